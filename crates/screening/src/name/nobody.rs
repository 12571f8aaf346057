//! Texts that stand where a name should, and name nobody: `unknown`, `N/A`, `LLC`, `Mr. X`.
//!
//! A search for one of them finds nothing, and that says nothing of the party. The phrases are in
//! `data/nobody.txt`.

use crate::lexicon::{self, LONGEST_PHRASE, Role};
use crate::normalize::{self, Word};
use crate::scripts::Script;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// By their first words, as words of one spelling with blanks between.
static PHRASES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for it in include_str!("../../data/nobody.txt").split([',', '\n']) {
        let words = normalize::words(it);
        if let Some(first) = words.first() {
            phrases.entry(first.text.clone()).or_default().push(joined(&words));
        }
    }
    phrases
});

/// The most single letters that are no name; three are an acronym.
const LETTERS: usize = 2;

/// Whether every word of `text` is a legal form, a title, a particle, a single letter, or says that
/// the name is missing. One word that may carry a name is enough to be a name: `Unknown Worlds`.
///
/// A text without a word is no name either.
#[must_use]
pub fn names_nobody(text: &str) -> bool {
    let words = normalize::words(text);
    let (mut at, mut letters) = (0, 0);
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let first = rest.first().map_or("", |it| it.text.as_str());
        let missing = PHRASES.get(first).map_or(&[][..], Vec::as_slice);
        // Most words begin no phrase at all.
        let longest =
            if missing.is_empty() { lexicon::longest_from(first) } else { LONGEST_PHRASE };
        let phrase = (1..=rest.len().min(longest.max(1)))
            .rev()
            .find(|it| is_no_name(rest.get(..*it).unwrap_or_default(), missing));
        match (phrase, rest.first()) {
            (Some(count), _) => at += count,
            (None, Some(word)) if is_letter(word) && letters < LETTERS => {
                letters += 1;
                at += 1;
            }
            (None, _) => return false,
        }
    }
    true
}

/// Whether these words together are none of a name: a phrase that says that it is `missing`, or
/// what surrounds names.
fn is_no_name(words: &[Word], missing: &[String]) -> bool {
    let phrase = joined(words);
    let surrounds = |role: Role| matches!(role, Role::Legal | Role::Honor | Role::Particle);
    missing.contains(&phrase)
        || lexicon::known(&phrase).iter().any(|it| surrounds(it.role))
        || matches!(words, [one] if one.text.len() > 1 && one.text.bytes().all(|it| it == b'x'))
}

/// Whether a word is one letter of an alphabet, or one digit; a Chinese character may be a name.
fn is_letter(word: &Word) -> bool {
    word.text.chars().count() == 1
        && !matches!(word.script, Script::Han | Script::Kana | Script::Hangul)
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
