//! First letters of names, some of which are two in Latin letters: `Ю` is `Yu`.

/// What such a letter is in Latin letters.
pub(crate) const TWO: [&str; 24] = [
    "ch", "dj", "dz", "ia", "ie", "io", "iu", "ja", "je", "jo", "ju", "kh", "sc", "sch", "sh",
    "shch", "tc", "tch", "ts", "ya", "ye", "yo", "yu", "zh",
];

/// The most letters that one of them is.
const MOST: usize = 4;

/// Whether a word may be shortened to this first letter. `Yelena` is `Е.`, and so `E.` too.
pub(crate) fn begins(word: &[u8], letter: &[u8]) -> bool {
    word.starts_with(letter) || letter == b"e" && word.starts_with(b"ye")
}

/// A bit for the letter that a word begins with; those of other alphabets have one together.
pub(crate) fn bit(first: u8) -> u32 {
    1 << first.checked_sub(b'a').filter(|it| *it < 26).unwrap_or(26)
}

/// Those of all words that may be shortened to this first letter, and some others.
pub(crate) fn bits(letter: &[u8]) -> u32 {
    let own = letter.first().map_or(u32::MAX, |it| bit(*it));
    own | if letter == b"e" { bit(b'y') } else { 0 }
}

/// Offers every first letter that a word may be shortened to.
pub(crate) fn each(word: &str, mut found: impl FnMut(&[u8])) {
    let Some(first) = word.chars().next() else { return };
    found(word.get(..first.len_utf8()).unwrap_or_default().as_bytes());
    for used in 2..=MOST {
        if let Some(letter) = word.get(..used)
            && TWO.contains(&letter)
        {
            found(letter.as_bytes());
        }
    }
    if word.starts_with("ye") {
        found(b"e");
    }
}
