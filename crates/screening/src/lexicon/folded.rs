//! Known words by a spelling in which the usual ways to write Russian, Persian or Turkish words in
//! Latin letters come out the same: `Obshchestvo`, `Obschestvo`; `Tekhnologii`, `Technologies`.

use super::Known;
use std::collections::BTreeMap;

/// Known phrases and beginnings of words, folded.
#[derive(Debug, Default)]
pub(super) struct Folded {
    phrases: BTreeMap<String, Known>,
    /// How many words the longest phrase has that starts with this one.
    starts: BTreeMap<String, usize>,
    stems: BTreeMap<String, Known>,
    shortest: usize,
}

/// The fewest letters of a word that is known by its folded spelling alone.
const SHORTEST: usize = 5;

/// The most letters that may follow a beginning.
const ENDING: usize = 5;

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
    pub(super) fn find(&self, words: &[String]) -> Option<(usize, &Known)> {
        let first = words.first()?;
        if let Some(longest) = self.starts.get(first) {
            for used in (1..=(*longest).min(words.len())).rev() {
                let phrase = words.get(..used)?.join(" ");
                if let Some(known) = self.phrases.get(&phrase) {
                    return Some((used, known));
                }
            }
        }
        let shortest = self.shortest.max(first.len().saturating_sub(ENDING));
        (shortest..=first.len())
            .rev()
            .filter_map(|it| first.get(..it))
            .find_map(|it| self.stems.get(it))
            .map(|it| (1, it))
    }
}

/// One spelling for many.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    const SOUNDS: [(&str, &str); 31] = [
        ("shch", "s"),
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "s"),
        ("zh", "z"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ts", "q"),
        ("tz", "q"),
        ("tc", "q"),
        ("ck", "k"),
        ("iu", "u"),
        ("yu", "u"),
        ("ju", "u"),
        ("ia", "a"),
        ("ya", "a"),
        ("ja", "a"),
        ("ie", "e"),
        ("ye", "e"),
        ("je", "e"),
        ("io", "o"),
        ("yo", "o"),
        ("jo", "o"),
        ("c", "k"),
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
        ("x", "ks"),
        ("oo", "u"),
        ("ee", "i"),
    ];
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        // The first letter rules most of them out.
        let first = rest.as_bytes().first();
        let found =
            SOUNDS.iter().find(|it| it.0.as_bytes().first() == first && rest.starts_with(it.0));
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
