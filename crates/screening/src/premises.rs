//! Entries that name only an address: whoever sits there.
//!
//! There are few of them, so each is looked at. Two addresses are alike where the numbers and the
//! words of the listed one stand in the other; words that stand in many addresses count nothing,
//! and a number counts twice. A house of many rooms is not the room: the numbers tell.

use crate::normalize;
use crate::party::{Address, Basis, ListedParty};
use crate::{CountryCode, Score};
use std::collections::BTreeSet;

/// Entries of an address alone, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Premises {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    /// The place of the party among those that were given.
    party: u32,
    country: Option<CountryCode>,
    words: BTreeSet<String>,
}

/// Words of addresses that tell nothing of where it is.
const COMMON: [&str; 42] = [
    "address",
    "apartment",
    "apt",
    "avenue",
    "ave",
    "block",
    "blvd",
    "boulevard",
    "box",
    "bldg",
    "building",
    "business",
    "center",
    "centre",
    "city",
    "commercial",
    "district",
    "flat",
    "floor",
    "house",
    "industrial",
    "kong",
    "hong",
    "lane",
    "no",
    "number",
    "office",
    "of",
    "plaza",
    "po",
    "rd",
    "rm",
    "road",
    "room",
    "st",
    "street",
    "suite",
    "the",
    "tower",
    "unit",
    "fl",
    "level",
];
/// From this share of a listed address on, in thousandths, it may be the same.
pub(crate) const ALIKE: u32 = 700;

impl Premises {
    /// The entries of an address among `parties`, each with its place among all.
    pub fn of<'p>(parties: impl IntoIterator<Item = (u32, &'p ListedParty)>) -> Self {
        let mut entries = Vec::new();
        for (place, party) in parties {
            if party.basis == Basis::Name {
                continue;
            }
            for address in &party.addresses {
                let words = words_of(address);
                entries.push(Entry { party: place, country: address.country, words });
            }
        }
        Self { entries }
    }

    /// The entries that an address may be, each with how much of the listed address stands in it.
    /// A country that is known on both sides and differs excludes an entry.
    #[must_use]
    pub fn at(&self, address: &str, countries: &[CountryCode]) -> Vec<(u32, Score)> {
        let asked = words(address);
        let mut found: Vec<(u32, Score)> = Vec::new();
        for entry in &self.entries {
            let elsewhere =
                entry.country.is_some_and(|it| !countries.is_empty() && !countries.contains(&it));
            if elsewhere {
                continue;
            }
            let Some(score) = share(&entry.words, &asked) else { continue };
            match found.iter_mut().find(|it| it.0 == entry.party) {
                Some(known) => known.1 = known.1.max(score),
                None => found.push((entry.party, score)),
            }
        }
        found
    }
}

/// How much of a listed address stands in another; nothing where that is too little, or where no
/// number agrees.
fn share(listed: &BTreeSet<String>, asked: &BTreeSet<String>) -> Option<Score> {
    let weight = |word: &String| weight(word);
    let all: u32 = listed.iter().map(weight).sum();
    let shared: u32 = listed.intersection(asked).map(weight).sum();
    let a_number_agrees = listed.intersection(asked).any(|it| is_number(it));
    let share = (shared * 1000).checked_div(all)?;
    (share >= ALIKE && a_number_agrees).then(|| Score::new(u16::try_from(share).unwrap_or(1000)))
}

/// The words and numbers of a listed address that tell where it is.
pub(crate) fn words_of(address: &Address) -> BTreeSet<String> {
    words(&format!("{} {} {}", address.text, address.city, address.postal_code))
}

/// How much a word of an address counts.
pub(crate) fn weight(word: &str) -> u32 {
    if is_number(word) { 2 } else { 1 }
}

/// Whether it is a number, or has one in it.
pub(crate) fn is_number(word: &str) -> bool {
    word.bytes().any(|it| it.is_ascii_digit())
}

/// The words and numbers of an address that tell where it is.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    // `16/F` and `2-16` are two words each; `16F` is the floor that `16/F` names.
    let apart: String =
        text.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let mut words = BTreeSet::new();
    for word in normalize::words(&apart) {
        let plain =
            word.text.strip_suffix('f').filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
        let plain = plain.unwrap_or(&word.text);
        if (plain.len() > 1 || is_number(plain)) && !COMMON.contains(&plain) {
            words.insert(plain.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests;
