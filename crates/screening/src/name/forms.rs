//! The names that stand in one listed name: with a remark in brackets, without it, and the remark
//! where that is a name itself. `National University of Defense Technology (NUDT)` are three. And
//! the name before `, including` or `and any successor`.

use super::{Class, Name, names_nobody};
use crate::lexicon;
use crate::lists::country_names;
use crate::party::PartyKind;

/// Offers the other names that a listed name of a party of this kind has in it, in their parts.
pub(crate) fn each(text: &str, kind: PartyKind, mut found: impl FnMut(Name)) {
    let text = match without_tail(text) {
        Some(head) => {
            let name = Name::parse(head, kind);
            if carries(&name) {
                found(name);
            }
            head
        }
        None => text,
    };
    let Some((before, rest)) = text.split_once('(') else { return };
    let Some((inside, after)) = rest.split_once(')') else { return };
    let (before, inside, after) = (before.trim(), inside.trim(), after.trim());
    let is_end = after.trim_end_matches([',', '.', ';']).is_empty() || names_nobody(after);
    if !is_end || before.is_empty() {
        return;
    }
    let outside = Name::parse(&format!("{before} {after}"), kind);
    if carries(&outside) {
        found(outside);
    }
    let (inside, is_said) = without_aka(inside);
    if !is_said && !may_be_name(inside) {
        return;
    }
    let inside = Name::parse(inside, kind);
    if carries(&inside) {
        found(inside);
    }
}

/// Whether a name is told from others: by a word of its own, or by several that are common.
fn carries(name: &Name) -> bool {
    let count = |class| name.tokens.iter().filter(|it| it.class == class).count();
    count(Class::Name) > 0 || count(Class::Word) > 1
}

/// The name before what a list adds to it so that its parts are meant as well.
fn without_tail(text: &str) -> Option<&str> {
    const TAILS: [&str; 5] = [
        ", including ",
        "; and any ",
        " and any successor",
        ", and its sub-units",
        " and its sub-units",
    ];
    let lower = text.to_ascii_lowercase();
    let at = TAILS.iter().filter_map(|it| lower.find(it)).min()?;
    text.get(..at).map(|it| it.trim_end_matches([',', ';', ' ']))
}

/// What follows a phrase such as `a.k.a.`, and whether there was one.
fn without_aka(inside: &str) -> (&str, bool) {
    let lower = inside.to_ascii_lowercase();
    let phrases = ["a.k.a.", "a.k.a", "aka:", "aka", "f.k.a.", "f.k.a", "fka", "formerly"];
    let phrase = phrases.iter().find(|it| {
        let rest = lower.strip_prefix(**it);
        rest.is_some_and(|it| it.starts_with([' ', ',']) && it.len() > 2)
    });
    let rest = phrase.and_then(|it| inside.get(it.len()..));
    rest.map_or((inside, false), |it| (it.trim_start_matches([' ', ',']), true))
}

/// Whether a remark is a name: no country or kind, and either one rare word in capitals or several
/// words with a legal form or an acronym among them.
fn may_be_name(inside: &str) -> bool {
    let words: Vec<&str> = inside.split([' ', ',']).filter(|it| !it.is_empty()).collect();
    let is_acronym = |it: &&str| {
        let letters = it.chars().filter(|it| it.is_alphabetic());
        let lower = it.to_lowercase();
        letters.clone().count() >= 3
            && letters.filter(|it| it.is_uppercase()).count() >= 3
            && lexicon::commonness(&lower) == 0
            && lexicon::known(&lower).is_empty()
            && !country_names::is_country(it)
    };
    let is_remark = |it: &&str| {
        let lower = it.to_lowercase();
        country_names::is_country(it)
            || ["individual", "national", "entity", "person", "dprk", "prc", "branch"]
                .contains(&lower.as_str())
    };
    let is_legal = |it: &&str| names_nobody(it);
    match words.as_slice() {
        [] => false,
        [word] => is_acronym(word),
        words if words.len() > MOST_WORDS || words.iter().any(is_remark) => false,
        words => words.iter().any(is_acronym) || words.last().is_some_and(is_legal),
    }
}

/// A remark of more words is none.
const MOST_WORDS: usize = 5;

#[cfg(test)]
mod tests;
