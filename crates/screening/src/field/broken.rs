//! Letters that a system broke on the way: bytes of UTF-8 that were read as letters of the West, and
//! letters that became `?` or `�`. What cannot be undone is filled: with nothing, and with the
//! letters that most often carry marks, one after the other.

/// What stands for a letter that was lost.
const LOST: char = '\u{fffd}';

/// The letters that carry most marks, behind none at all.
const LATIN: [&str; 10] = ["", "e", "a", "o", "i", "u", "s", "c", "z", "n"];

/// The same where the word is Cyrillic.
const CYRILLIC: [&str; 7] = ["", "о", "а", "е", "и", "у", "я"];

/// The text whose UTF-8 was read as Windows-1252 or Latin-1, word by word, and once more where that
/// was done twice; nothing where no word was.
pub(super) fn mended(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    for _ in 0..2 {
        let from = mended.as_deref().unwrap_or(text);
        // Each such letter begins with one of these.
        if !from.contains(|it: char| matches!(it, '\u{c2}'..='\u{f4}')) {
            break;
        }
        let mut changed = false;
        let words: Vec<String> = from
            .split(' ')
            .map(|word| match undone(word) {
                Some(it) => {
                    changed = true;
                    it
                }
                None => word.to_owned(),
            })
            .collect();
        if !changed {
            break;
        }
        mended = Some(words.join(" "));
    }
    mended
}

fn undone(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let bytes = word.chars().map(byte).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok()
}

/// The byte that Windows-1252 reads as this letter, or Latin-1.
fn byte(letter: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let at = HIGH.iter().position(|it| *it == letter);
    at.map_or(u32::from(letter), |it| 0x80 + u32::try_from(it).unwrap_or(0)).try_into().ok()
}

/// The text with each of the letters that may have been lost; none where none was.
pub(super) fn filled(text: &str) -> Vec<String> {
    if !text.contains([LOST, '?']) {
        return Vec::new();
    }
    let letters: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|it| letters.get(it)).copied();
    let is_letter = |it: Option<char>| it.is_some_and(char::is_alphabetic);
    let is_lost = |place: usize| {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        match letters.get(place) {
            Some(&LOST) => true,
            Some('?') => {
                let begins = before.is_none_or(char::is_whitespace);
                // Behind a short word it is a question: `Who? Quorvane`.
                let word = letters.iter().take(place).rev().take_while(|it| it.is_alphabetic());
                let ends = after.is_some_and(char::is_whitespace)
                    && is_letter(at(Some(place + 2)))
                    && word.count() > 3;
                let lower = after.is_some_and(char::is_lowercase);
                is_letter(before) && (is_letter(after) || ends) || begins && lower
            }
            _ => false,
        }
    };
    // One letter may have become several.
    let is_again = |place: usize| at(place.checked_sub(1)) == letters.get(place).copied();
    let kept: Vec<(char, bool)> = letters
        .iter()
        .enumerate()
        .map(|(place, it)| (place, *it, is_lost(place)))
        .filter(|(place, _, is_lost)| !(*is_lost && is_again(*place)))
        .map(|(_, it, is_lost)| (it, is_lost))
        .collect();
    if !kept.iter().any(|it| it.1) {
        return Vec::new();
    }
    let is_cyrillic = letters.iter().any(|it| matches!(it, '\u{400}'..='\u{4ff}'));
    let fillings = if is_cyrillic { &CYRILLIC[..] } else { &LATIN[..] };
    let fill = |with: &&str| {
        let mut filled = String::with_capacity(text.len());
        for (letter, is_lost) in &kept {
            if *is_lost {
                filled.push_str(with);
            } else {
                filled.push(*letter);
            }
        }
        filled
    };
    fillings.iter().map(fill).collect()
}

#[cfg(test)]
mod tests;
