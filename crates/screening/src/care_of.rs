//! Somebody who is named in an address: `c/o Acme Ltd, 12 Harbour Road`.
//!
//! Whoever takes in what is sent, or owns the house, is a party as well, and stands in no field of
//! its own. What is behind such a word is a name to be searched.

use crate::name::names_nobody;

/// Words behind which somebody is named, in small letters; of two that fit, the longer counts.
const MARKS: &[&str] = &[
    "c/o",
    "c / o",
    "c.o.",
    "℅",
    "care of",
    "in care of",
    "p/a",
    "a/c of",
    "attn",
    "attn.",
    "attention",
    "att.",
    "att:",
    "f.a.o.",
    "for the attention of",
    "warehouse of",
    "the warehouse of",
    "premises of",
    "office of",
    "offices of",
    "building of",
    "depot of",
    "factory of",
    "site of",
    "facility of",
    "facilities of",
    "yard of",
    "hosted by",
    "z. hd.",
    "z.hd.",
    "z. h.",
    "zu händen",
    "zu händen von",
    "per adresse",
    "lager der",
    "lager von",
    "chez",
    "aux bons soins de",
    "à l'attention de",
    "entrepôt de",
    "a/c",
    "a la atención de",
    "a cargo de",
    "almacén de",
    "aos cuidados de",
    "armazém de",
    "presso",
    "alla c.a. di",
    "magazzino di",
    "ter attentie van",
    "t.a.v.",
    "для",
    "склад",
    "на складе",
    "بواسطة",
];

/// The most names that are read out of one address.
const MOST: usize = 8;

/// Who is named in an address beside the party itself.
///
/// ```
/// let address = "c/o Acme Trading Co., Ltd., 12 Harbour Road, Dubai";
/// assert_eq!(screening::care_of::named_in(address), ["Acme Trading Co., Ltd."]);
/// ```
#[must_use]
pub fn named_in(address: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = address;
    while names.len() < MOST
        && let Some(behind) = behind_mark(rest)
    {
        names.extend(name_at_start(behind));
        rest = behind;
    }
    names
}

/// What stands behind the first mark.
fn behind_mark(text: &str) -> Option<&str> {
    let mut starts = text.char_indices().filter(|(at, it)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        !it.is_whitespace() && before.is_none_or(|it| !it.is_alphanumeric())
    });
    starts.find_map(|(at, _)| {
        let here = text.get(at..)?;
        let marks = MARKS.iter().filter_map(|mark| behind(here, mark));
        marks.min_by_key(|it| it.len())
    })
}

/// What stands behind this mark, where the text begins with it as a word.
fn behind<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in mark.chars() {
        let mut small = rest.next()?.to_lowercase();
        if small.next() != Some(wanted) || small.next().is_some() {
            return None;
        }
    }
    let rest = rest.as_str();
    let is_word = mark.chars().next_back().is_some_and(char::is_alphanumeric);
    let goes_on = rest.chars().next().is_some_and(|it| it.is_alphanumeric() || it == '-');
    (!(is_word && goes_on)).then_some(rest)
}

/// The name that a text begins with: up to a comma, a line, a number, or the next mark; a legal form
/// behind the comma goes with it.
fn name_at_start(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|it: char| it.is_whitespace() || ":.-,/".contains(it));
    let mut parts = text.split([',', ';', '\n', '\r', '|', '(']);
    let first = before_number(parts.next()?).trim();
    let is_number = |it: &str| it.chars().all(|it| it.is_ascii_digit());
    if first.split_whitespace().next().is_none_or(is_number) || !has_letter(first) {
        return None;
    }
    let mut name = first.to_owned();
    for part in parts.map(str::trim).take_while(|it| !it.is_empty() && is_form(it)) {
        name = format!("{name}, {part}");
    }
    Some(name)
}

/// Whether this is a legal form and no more.
fn is_form(text: &str) -> bool {
    has_letter(text) && text.chars().count() <= 12 && names_nobody(text)
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The words before the first one that begins with a digit, as house numbers do.
fn before_number(text: &str) -> &str {
    let mut end = text.len();
    let mut before = ' ';
    for (at, it) in text.char_indices() {
        if at > 0 && before.is_whitespace() && it.is_ascii_digit() {
            end = at;
            break;
        }
        before = it;
    }
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests;
