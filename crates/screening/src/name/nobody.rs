//! Texts that stand where a name should, and name nobody: `unknown`, `N/A`, `LLC`, `Mr. X`.
//!
//! A search for one of them finds nothing, and that says nothing of the party. The phrases are in
//! `data/nobody.txt`; what names a kind of body, and is a name as soon as another word stands beside
//! it, in `data/alone.txt`.

use crate::lexicon::{self, LONGEST_PHRASE, Role};
use crate::normalize::{self, Word};
use crate::scripts::Script;
use std::collections::{BTreeMap, BTreeSet};
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

/// What names nobody where nothing else is there: `bank` does not, `Yes Bank` does.
static ALONE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = include_str!("../../data/alone.txt").split([',', '\n']);
    all.map(|it| joined(&normalize::words(it))).filter(|it| !it.is_empty()).collect()
});

/// What may stand before it.
const ARTICLES: [&str; 8] = ["a", "an", "any", "local", "our", "some", "the", "their"];

/// So many of one letter are no word: `aaaaa`.
const REPEATED: usize = 5;

/// The most single letters that are no name; three are an acronym.
const LETTERS: usize = 2;

/// Whether every word of `text` is a legal form, a title, a particle, a single letter, or says that
/// the name is missing. One word that may carry a name is enough to be a name: `Unknown Worlds`.
///
/// A text without a word is no name either.
#[must_use]
pub fn names_nobody(text: &str) -> bool {
    let words = normalize::words(text);
    if is_alone(&words) || is_number(&words) {
        return true;
    }
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

/// Whether nothing but a kind of body is told.
fn is_alone(words: &[Word]) -> bool {
    let without = match words {
        [article, rest @ ..] if ARTICLES.contains(&article.text.as_str()) => rest,
        all => all,
    };
    // A longer text is none of these; most are, and need not be put together.
    without.len() <= LONGEST_PHRASE && ALONE.contains(&joined(without))
}

/// Whether there are digits and nothing else: the number of a customer, not its name.
fn is_number(words: &[Word]) -> bool {
    let is_digits = |it: &Word| it.text.chars().all(|it| it.is_ascii_digit());
    !words.is_empty() && words.iter().all(is_digits)
}

/// Whether these words together are none of a name: a phrase that says that it is `missing`, or
/// what surrounds names.
fn is_no_name(words: &[Word], missing: &[String]) -> bool {
    let phrase = joined(words);
    let surrounds = |role: Role| matches!(role, Role::Legal | Role::Honor | Role::Particle);
    missing.contains(&phrase)
        || lexicon::known(&phrase).iter().any(|it| surrounds(it.role))
        || matches!(words, [one] if is_repeated(&one.text))
}

/// Whether a word is one letter again and again, or an `x` twice.
fn is_repeated(word: &str) -> bool {
    let first = word.bytes().next().filter(u8::is_ascii_alphabetic);
    let most = if first == Some(b'x') { 2 } else { REPEATED };
    word.len() >= most && word.bytes().all(|it| Some(it) == first)
}

/// Whether a word is one letter of an alphabet, or one digit; a Chinese character may be a name.
fn is_letter(word: &Word) -> bool {
    word.text.chars().count() == 1
        && !matches!(word.script, Script::Han | Script::Kana | Script::Hangul)
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether words are a kind of body or a part in a deal, as [`names_nobody`] knows them.
pub(super) fn kind(words: &[Word]) -> Option<Kind> {
    let text = joined(words);
    let missing = || {
        let first = words.first().map_or("", |it| it.text.as_str());
        PHRASES.get(first).is_some_and(|them| them.contains(&text))
    };
    if text.is_empty() {
        None
    } else if missing() {
        Some(Kind::Part)
    } else {
        ALONE.contains(&text).then_some(Kind::Body)
    }
}

/// What is told of somebody who is not named.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A part in a deal, or that the name is missing: `customer`, `unknown`.
    Part,
    /// A kind of body, of which names are made as well: `bank`.
    Body,
}

#[cfg(test)]
mod tests;
