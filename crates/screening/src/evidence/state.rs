//! Whose a public body is, by its name: `Ministry of Defence of France` is not that of another state.
//!
//! Only a name that says no more than what body it is and of which country: where more is told, such
//! as a city, the country may be that of an office, and nothing is taken from it.

use crate::CountryCode;
use crate::lists::country_names;
use crate::name::Name;
use crate::party::PartyKind;
use crate::score;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What makes a name that of a public body, by its words.
const BODIES: [&str; 44] = [
    "ministry",
    "ministries",
    "ministerio",
    "ministère",
    "ministere",
    "ministerium",
    "ministero",
    "ministério",
    "ministerstvo",
    "ministerstwo",
    "bakanlığı",
    "bakanligi",
    "bundesministerium",
    "министерство",
    "міністерство",
    "وزارة",
    "وزارت",
    "army",
    "navy",
    "air force",
    "armed forces",
    "police",
    "gendarmerie",
    "coast guard",
    "border guard",
    "border guards",
    "national guard",
    "customs",
    "central bank",
    "national bank",
    "space agency",
    "atomic energy commission",
    "atomic energy agency",
    "atomic energy organization",
    "intelligence service",
    "intelligence agency",
    "security service",
    "government",
    "parliament",
    "general staff",
    "council of ministers",
    "department of defense",
    "department of defence",
    "embassy",
];

/// The countries that the name of a public body names, and the rest of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct State {
    countries: Vec<CountryCode>,
    /// How many words the rest has that carry a name.
    words: usize,
}

/// The most words that the name of a country has.
const LONGEST: usize = 5;

impl State {
    /// Of a field that names a public body and a country; nothing where it does not.
    pub(crate) fn of(field: &str, kind: PartyKind) -> Option<Self> {
        if matches!(kind, PartyKind::Person | PartyKind::Vessel | PartyKind::Aircraft)
            || !is_body(field)
        {
            return None;
        }
        let words: Vec<&str> =
            field.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let (mut countries, mut rest) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let longest = LONGEST.min(words.len() - at);
            let found = (1..=longest).rev().find_map(|used| {
                let name = words.get(at..at + used)?.join(" ");
                let is_known = used > 1 || name.len() > 2;
                country_names::country(&name).filter(|_| is_known).map(|it| (used, it))
            });
            if let Some((used, country)) = found {
                countries.push(country);
                at += used;
            } else {
                rest.push(*word);
                at += 1;
            }
        }
        let words = carrying(&Name::parse(&rest.join(" "), kind));
        (!countries.is_empty()).then_some(Self { countries, words })
    }

    /// The countries that it names.
    pub(crate) fn into_countries(self) -> Vec<CountryCode> {
        self.countries
    }

    /// Whether a listed party of these countries, with a name of so many words that carry it, is the
    /// body of another state. `read` is what of the field was read as its name.
    pub(crate) fn is_another(&self, read: &str, listed: &[[u8; 2]], words: usize) -> bool {
        !listed.is_empty()
            && self.words <= words
            && is_body(read)
            && !self
                .countries
                .iter()
                .any(|it| listed.iter().any(|other| other == it.as_str().as_bytes()))
    }
}

/// How many words of a name carry it.
fn carrying(name: &Name) -> usize {
    name.tokens.iter().filter(|it| score::carries(it.class)).count()
}

/// The first words of these. Most fields have none of them.
static FIRST: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| BODIES.iter().filter_map(|it| it.split(' ').next()).collect());

fn is_body(field: &str) -> bool {
    let is_part = |it: &&str| !it.is_empty();
    let words = || field.split(|it: char| !it.is_alphanumeric()).filter(is_part);
    if !words().any(|it| FIRST.contains(it.to_lowercase().as_str())) {
        return false;
    }
    let words: Vec<String> = words().map(str::to_lowercase).collect();
    BODIES.iter().any(|body| {
        let body: Vec<&str> = body.split(' ').collect();
        words.windows(body.len()).any(|it| it.iter().eq(&body))
    })
}

#[cfg(test)]
mod tests;
