//! Texts that tell of somebody and do not say who: `client in Iran`, `Iranian customer`, `unit
//! 12345`, `to the order of a bank`, and one given or family name that very many bear.
//!
//! They are searched as every name is. Where nothing is found, that says nothing. What says that a
//! name is missing is in `nobody`.

use super::nobody::{Kind, kind, names_nobody};
use crate::lexicon::{self, Role};
use crate::lists;
use crate::normalize::{self, Word};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Given and family names that alone name nobody.
static NAMESAKES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| phrases(include_str!("../../data/namesakes.txt")));

/// What is said of somebody.
static DESCRIBING: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| phrases(include_str!("../../data/described.txt")));

/// Before somebody who is not said to be a certain one.
const INDEFINITE: [&str; 19] = [
    "a", "an", "any", "some", "one", "our", "their", "its", "my", "your", "his", "her", "ein",
    "eine", "einer", "un", "une", "una", "um",
];

/// Before the place of somebody.
const IN: [&str; 14] =
    ["in", "from", "im", "aus", "en", "au", "aux", "em", "w", "z", "в", "во", "из", "у"];

/// Words that stand with the number of a unit of an army.
const UNITS: [&str; 16] = [
    "unit",
    "military unit",
    "army unit",
    "pla unit",
    "pla",
    "в ч",
    "вч",
    "войсковая часть",
    "воинская часть",
    "військова частина",
    "部队",
    "部隊",
    "解放军部队",
    "中国人民解放军部队",
    "einheit",
    "unité militaire",
];

/// The fewest digits of such a number.
const DIGITS: usize = 3;

/// The most words of a place.
const PLACE: usize = 2;

/// Whether a text names nobody in particular: it says so ([`names_nobody`]), only describes
/// somebody, or is one name that very many bear.
#[must_use]
pub fn names_nobody_in_particular(text: &str) -> bool {
    if names_nobody(text) || is_fault(text) || is_numbered_unit(text) {
        return true;
    }
    let words = normalize::words(text);
    is_namesake(&words) || is_described(&words)
}

/// Whether a spreadsheet could not work it out: `#REF!`, `#NAME?`.
fn is_fault(text: &str) -> bool {
    let inner = text.trim().strip_prefix('#').and_then(|it| it.strip_suffix(['!', '?']));
    inner.is_some_and(|it| {
        let plain = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '/';
        !it.is_empty() && it.chars().all(plain)
    })
}

/// Whether a text is the number of a unit of an army.
fn is_numbered_unit(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let without: String =
        text.chars().map(|it| if it.is_alphabetic() { it } else { ' ' }).collect();
    let words = without.to_lowercase();
    let words: Vec<&str> =
        words.split_whitespace().filter(|it| !matches!(*it, "no" | "nr" | "n")).collect();
    digits >= DIGITS && UNITS.contains(&words.join(" ").as_str())
}

/// Whether a text is one name that very many bear, with a title perhaps.
fn is_namesake(words: &[Word]) -> bool {
    let is_title =
        |it: &Word| lexicon::known(&it.text).iter().any(|known| known.role == Role::Honor);
    let rest = match words {
        [title, rest @ ..] if !rest.is_empty() && is_title(title) => rest,
        all => all,
    };
    rest.len() <= 2 && NAMESAKES.contains(&joined(rest))
}

/// Whether somebody is described: a kind, what is said of it, and where it is.
fn is_described(words: &[Word]) -> bool {
    let mut rest = words;
    let mut is_indefinite = false;
    if let [article, more @ ..] = rest {
        is_indefinite = INDEFINITE.contains(&article.text.as_str());
        if is_indefinite || article.text == "the" {
            rest = more;
        }
    }
    // To the order of somebody.
    let order = (1..rest.len()).rev().find(|it| {
        let before = rest.get(..*it).unwrap_or_default();
        before.last().is_some_and(|it| matches!(it.text.as_str(), "of" | "de" | "di"))
            && kind(before) == Some(Kind::Part)
    });
    if let Some(order) = order {
        return is_described(rest.get(order..).unwrap_or_default());
    }
    let place = rest.iter().skip(1).position(|it| IN.contains(&it.text.as_str())).map(|it| it + 1);
    let (head, place) = rest.split_at(place.unwrap_or(rest.len()));
    let place = place.get(1..).unwrap_or_default();
    let is_country = lists::country(&joined(place)).is_some();
    let Some((kind, said)) = described(head) else { return false };
    match kind {
        // `Partners in Pet Food` is a name.
        _ if !place.is_empty() && is_country => true,
        Kind::Part => place.len() <= PLACE,
        // `Indian Bank` is a name, `an Indian bank` is none.
        Kind::Body => place.is_empty() && (is_indefinite || !said),
    }
}

/// The kind behind what is said of it, and whether anything is.
fn described(words: &[Word]) -> Option<(Kind, bool)> {
    (0..words.len()).find_map(|at| {
        let (said, rest) = words.split_at(at);
        let kind = kind(rest)?;
        all_describe(said).then_some((kind, at > 0))
    })
}

/// Whether all these words say something of somebody: where they are from, how they are.
fn all_describe(words: &[Word]) -> bool {
    let mut at = 0;
    while at < words.len() {
        let phrase = (1..=PLACE.min(words.len() - at)).rev().find(|it| {
            let text = joined(words.get(at..at + it).unwrap_or_default());
            DESCRIBING.contains(&text) || lists::country(&text).is_some()
        });
        match phrase {
            Some(count) => at += count,
            None => return false,
        }
    }
    true
}

fn phrases(text: &str) -> BTreeSet<String> {
    let all = text.split([',', '\n']).map(|it| joined(&normalize::words(it)));
    all.filter(|it| !it.is_empty()).collect()
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
