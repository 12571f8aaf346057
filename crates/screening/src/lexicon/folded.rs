//! Known words by a spelling in which the usual ways to write Russian, Persian or Turkish words in
//! Latin letters come out the same: `Obshchestvo`, `Obschestvo`; `Tekhnologii`, `Technologies`.

use super::Known;
use super::table::Table;

/// Known phrases and beginnings of words, folded.
#[derive(Debug, Default)]
pub(super) struct Folded {
    phrases: Table<String, Known>,
    /// How many words the longest phrase has that starts with this one.
    starts: Table<String, usize>,
    stems: Table<String, Known>,
    shortest: usize,
}

/// The fewest letters of a word that is known by its folded spelling alone.
const SHORTEST: usize = 5;

/// A beginning with fewer letters than this is also that of many names, so that one more consonant
/// makes another word: `Asia` and `Asad`.
const SURE: usize = 4;

/// What may follow a beginning, folded and in order: the endings that English, Slavic, Turkish and
/// Romance words take. Anything else makes another word of it: `Radiovolna`, `Skolkovo`.
const ENDINGS: [&str; 196] = [
    "a", "able", "adora", "adoras", "age", "ah", "al", "ale", "ales", "alna", "alni", "alnoe",
    "alnoi", "als", "am", "ami", "an", "ana", "anas", "ane", "anie", "anke", "ano", "anos", "ans",
    "anske", "anski", "ant", "ar", "ara", "aro", "aros", "as", "ati", "atie", "ative", "aton",
    "ator", "dora", "e", "ed", "ego", "ei", "elni", "en", "ena", "ene", "eni", "enia", "enie",
    "enih", "eniu", "eno", "enoe", "enogo", "enoi", "eo", "eos", "er", "era", "eras", "ero",
    "eros", "ers", "es", "esi", "eska", "eske", "eski", "eskie", "eskih", "eskoe", "eskogo",
    "eskoi", "i", "ia", "ie", "ih", "ik", "ika", "ikal", "ikals", "ikan", "ikas", "ike", "iki",
    "iko", "ikos", "iks", "ilne", "ilni", "ilnih", "im", "imi", "ing", "ings", "ise", "ised",
    "isi", "isq", "ist", "itel", "iteli", "itelni", "itelnoe", "ites", "iti", "iu", "ize", "ized",
    "ka", "ke", "ki", "kon", "kones", "ku", "lar", "lari", "ler", "leri", "li", "lik", "menq",
    "ment", "ments", "n", "na", "ne", "ni", "nie", "nih", "nik", "niki", "nimi", "no", "noe",
    "nogo", "noi", "nom", "nu", "o", "oe", "ogo", "oi", "om", "on", "ona", "one", "ones", "oni",
    "onih", "ono", "onoe", "onogo", "onoi", "ons", "or", "ora", "oras", "ores", "ors", "os", "ost",
    "osti", "ova", "ove", "ovi", "ovih", "ovo", "ovoe", "ovoi", "s", "si", "ska", "ske", "ski",
    "skie", "skih", "sko", "skoe", "skogo", "skoi", "stva", "stve", "stvena", "stveni", "stvenoe",
    "stvo", "stvu", "tive", "ton", "tor", "tors", "u", "um", "us",
];

/// The longest of them.
const LONGEST_ENDING: usize = 7;

impl Folded {
    /// Adds words of a phrase.
    pub(super) fn add(&mut self, words: &[String], known: Known) {
        let words: Vec<String> = words.iter().map(|it| fold(it)).collect();
        let Some(first) = words.first() else { return };
        let phrase = words.join(" ");
        if phrase.len() < SHORTEST {
            return;
        }
        let longest = self.starts.entry(first.clone()).or_default();
        *longest = (*longest).max(words.len());
        self.phrases.entry(phrase).or_insert(known);
    }

    /// Adds the beginning of a word.
    pub(super) fn add_stem(&mut self, stem: &str, known: Known) {
        let stem = fold(stem);
        self.shortest = if self.shortest == 0 { stem.len() } else { self.shortest.min(stem.len()) };
        self.stems.entry(stem).or_insert(known);
    }

    /// The longest phrase that the folded `words` begin with.
    pub(super) fn find(&self, mut words: impl Iterator<Item = String>) -> Option<(usize, &Known)> {
        let first = words.next()?;
        if let Some(longest) = self.starts.get(&first) {
            let words: Vec<String> =
                std::iter::once(first.clone()).chain(words).take(*longest).collect();
            for used in (1..=words.len()).rev() {
                let phrase = words.get(..used)?.join(" ");
                if let Some(known) = self.phrases.get(&phrase) {
                    return Some((used, known));
                }
            }
        }
        let shortest = self.shortest.max(first.len().saturating_sub(LONGEST_ENDING));
        (shortest..=first.len())
            .rev()
            .filter_map(|it| first.split_at_checked(it))
            .filter(|(stem, ending)| may_end(stem, ending))
            .find_map(|it| self.stems.get(it.0))
            .map(|it| (1, it))
    }
}

/// The fewest letters of a beginning that tells which word it is.
const TELLING: usize = 8;

/// What one word ends in, folded and in order, whatever it is called in a sentence: plural and
/// Slavic cases, and the adjective made of it. An English adjective is another word.
const FORMS: [&str; 43] = [
    "a", "e", "ego", "ei", "es", "i", "ie", "ih", "imi", "na", "ne", "nei", "ni", "nie", "nih",
    "nim", "noe", "nogo", "noi", "nom", "nu", "o", "oe", "ogo", "oi", "om", "ov", "s", "ska",
    "ske", "ski", "skie", "skih", "skim", "sko", "skoe", "skogo", "skoi", "skom", "sku", "u", "ue",
    "um",
];

/// A long folded word without its ending.
pub(super) fn stem(folded: &str) -> Option<&str> {
    if !folded.is_ascii() {
        return None;
    }
    let shortest = TELLING.max(folded.len().saturating_sub(LONGEST_ENDING));
    (shortest..=folded.len())
        .filter_map(|it| folded.split_at_checked(it))
        .find(|(_, ending)| ending.is_empty() || FORMS.binary_search(ending).is_ok())
        .map(|it| it.0)
}

/// Whether a beginning may take an ending.
fn may_end(stem: &str, ending: &str) -> bool {
    let vowel = ending.ends_with(['a', 'e', 'i', 'o', 'u']);
    let sure = stem.len() >= SURE || vowel;
    ending.is_empty() || sure && ENDINGS.binary_search(&ending).is_ok()
}

/// Letters, and those that stand for them.
type Sound = (&'static str, &'static str);

/// The sounds that begin with this letter, the longest first.
fn sounds(first: u8) -> &'static [Sound] {
    match first {
        b'c' => &[("ch", "s"), ("ck", "k"), ("c", "k")],
        b'e' => &[("ee", "i")],
        b'g' => &[("gh", "g")],
        b'i' => &[("iu", "u"), ("ia", "a"), ("ie", "e"), ("io", "o")],
        b'j' => &[("ju", "u"), ("ja", "a"), ("je", "e"), ("jo", "o"), ("j", "i")],
        b'k' => &[("kh", "h")],
        b'o' => &[("oo", "u")],
        b'p' => &[("ph", "f")],
        b's' => &[("shch", "s"), ("sch", "s"), ("sh", "s")],
        b't' => &[("ts", "q"), ("tz", "q"), ("tc", "q")],
        b'w' => &[("w", "v")],
        b'x' => &[("x", "ks")],
        b'y' => &[("yu", "u"), ("ya", "a"), ("ye", "e"), ("yo", "o"), ("y", "i")],
        b'z' => &[("zh", "z")],
        _ => &[],
    }
}

/// One spelling for many.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let sounds = sounds(rest.as_bytes().first().copied().unwrap_or_default());
        let found = sounds.iter().find(|it| rest.starts_with(it.0));
        let (used, sound) = found.map_or_else(
            || (letter.len_utf8(), rest.get(..letter.len_utf8())),
            |it| (it.0.len(), Some(it.1)),
        );
        let sound = sound.unwrap_or_default();
        if !folded.ends_with(sound) {
            folded.push_str(sound);
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    folded
}

#[cfg(test)]
mod tests;
