//! Particulars that lists write as a kind and a value: `Passport`, `Gender`, `Listing Date`.
//!
//! Most are identifiers. Some are facts of another sort, and some are no facts about the party at
//! all but about what is forbidden: those stay with the remarks.

use super::country_names::country;
use super::days;
use super::names::add_once;
use crate::country::CountryCode;
use crate::party::{CountryLink, Gender, Identifier, ListedParty};

/// What is said about sanctions, not about the party. In lower case, by their beginnings.
const ABOUT_SANCTIONS: [&str; 17] = [
    "secondary sanctions risk",
    "additional sanctions information",
    "transactions prohibited",
    "executive order",
    "organization type",
    "target type",
    "effective date",
    "listing date",
    "purchase/sales",
    "prohibited transactions",
    "caatsa section",
    "isa",
    "foreign exchange",
    "linked to",
    "vessel type",
    "other vessel type",
    "for more information",
];

/// Adds a particular to a party, wherever it belongs.
pub(super) fn add(party: &mut ListedParty, kind: &str, value: &str, country: Option<CountryCode>) {
    let kind = kind.trim().trim_end_matches([':', '-', ' ']);
    let value = value.trim();
    if value.is_empty() && (kind.is_empty() || kind == "Call Sign") {
        return;
    }
    let lower = kind.to_ascii_lowercase();
    let taken = match lower.as_str() {
        "gender" => gender(party, value),
        "nationality of registration" | "vessel flag" | "flag" => {
            link(party, CountryLink::Registration, value)
        }
        "organization established date" | "vessel year of build" | "date of build" => {
            born(party, value)
        }
        "effective date (cmic)" => {
            party.from = party.from.or_else(|| days::day(value));
            false
        }
        _ => false,
    };
    if taken {
        return;
    }
    if value.is_empty() || ABOUT_SANCTIONS.iter().any(|it| lower.starts_with(it)) {
        let separator = if kind.is_empty() || value.is_empty() { "" } else { ": " };
        remark(party, &format!("{kind}{separator}{value}"));
        return;
    }
    let id = Identifier { kind: kind.to_owned(), number: value.to_owned(), country };
    add_once(&mut party.ids, id);
}

/// Adds a sentence to the remarks.
pub(super) fn remark(party: &mut ListedParty, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    match &mut party.remarks {
        Some(remarks) => {
            remarks.push_str("; ");
            remarks.push_str(text);
        }
        None => party.remarks = Some(text.to_owned()),
    }
}

/// Connects a country by its name or code; whether there is such a country.
pub(super) fn link(party: &mut ListedParty, how: CountryLink, name: &str) -> bool {
    let Some(country) = country(name) else { return false };
    add_once(&mut party.countries, (how, country));
    true
}

/// Adds a date of birth; whether it could be read.
pub(super) fn born(party: &mut ListedParty, text: &str) -> bool {
    let Some(span) = days::span(text) else { return false };
    add_once(&mut party.births, span);
    true
}

fn gender(party: &mut ListedParty, value: &str) -> bool {
    party.gender = match value.to_ascii_lowercase().as_str() {
        "male" | "m" => Some(Gender::Male),
        "female" | "f" => Some(Gender::Female),
        _ => return false,
    };
    true
}
