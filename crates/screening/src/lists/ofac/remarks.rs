//! The remarks of an OFAC CSV row: facts in prose, separated by semicolons.
//!
//! `DOB 28 Jul 1963; POB Rainville; Passport P1 (Belize) expires 1 Jan 2030; a.k.a. 'SHORT'.`

use super::super::country_names::country;
use super::super::particular::{self, born, link, remark};
use super::super::{Problems, names};
use crate::party::{CountryLink, ListedParty, NameRole, PartyKind};

/// Kinds of identifiers that have no digit or sign which gives them away.
const KINDS: [&str; 24] = [
    "Digital Currency Address - ",
    "Vessel Registration Identification",
    "Aircraft Manufacturer's Serial Number (MSN)",
    "Aircraft Construction Number (also called L/N or S/N or F/N)",
    "Aircraft Mode S Transponder Code",
    "Aircraft Tail Number",
    "Previous Aircraft Tail Number",
    "Unified Social Credit Code (USCC)",
    "Economic Register Number (CBLS)",
    "Commercial Registry Number",
    "SWIFT/BIC",
    "BIK (RU)",
    "Website",
    "Email Address",
    "Phone Number",
    "Equity Ticker",
    "ISIN",
    "Issuer Name",
    "MMSI",
    "Passport",
    "SSN",
    "C.U.R.P.",
    "R.F.C.",
    "D.N.I.",
];

/// Words with which the kind of an identifier ends.
const ENDS: [&str; 11] = [
    "No.",
    "No",
    "Number",
    "#",
    "ID",
    "Code",
    "Identification",
    "License",
    "Certificate",
    "Card",
    "IMO",
];

/// Takes the facts out of remarks; what is none stays remarks.
pub(super) fn read(party: &mut ListedParty, remarks: &str, line: u64, problems: &mut Problems<'_>) {
    let remarks = remarks.trim().trim_end_matches('.');
    for piece in remarks.split("; ").map(str::trim).filter(|it| !it.is_empty()) {
        fact(party, piece.strip_prefix("alt. ").unwrap_or(piece), line, problems);
    }
}

fn fact(party: &mut ListedParty, piece: &str, line: u64, problems: &mut Problems<'_>) {
    let after = |prefix: &str| piece.strip_prefix(prefix).map(str::trim);
    let names =
        [("a.k.a. ", NameRole::Alias), ("f.k.a. ", NameRole::Former), ("n.k.a. ", NameRole::Alias)];
    for (prefix, role) in names {
        if let Some(text) = after(prefix) {
            alias(party, text, role, true);
            return;
        }
    }
    if let Some(text) = after("DOB ") {
        if !born(party, text) {
            problems.field(line, "remarks", format!("`{text}` is no date that is read"));
            remark(party, &format!("born: {text}"));
        }
        return;
    }
    if let Some(text) = after("POB ") {
        party.birth_places.push(text.to_owned());
        link(party, CountryLink::Birth, text.rsplit(", ").next().unwrap_or(text));
        return;
    }
    for (prefix, how) in [
        ("nationality ", CountryLink::Nationality),
        ("citizen ", CountryLink::Citizenship),
        ("Nationality of Registration ", CountryLink::Registration),
    ] {
        if let Some(text) = after(prefix) {
            if !link(party, how, text) {
                problems.field(line, "remarks", format!("`{text}` is no country that is known"));
                remark(party, piece);
            }
            return;
        }
    }
    for (prefix, kind) in [
        ("Gender ", "Gender"),
        ("Organization Established Date ", "Organization Established Date"),
        ("Aircraft Manufacture Date ", "Date of build"),
        ("Vessel Year of Build ", "Vessel Year of Build"),
        ("Effective Date (CMIC) ", "Effective Date (CMIC)"),
    ] {
        if let Some(value) = after(prefix) {
            particular::add(party, kind, value, None);
            return;
        }
    }
    match identifier(piece) {
        Some((kind, value)) => {
            let (number, issuer) = issuer(value);
            particular::add(party, kind, number, issuer);
        }
        None => remark(party, piece),
    }
}

/// Adds a name, quoted or not. A name that remarks give, or that is in quotation marks, is weak.
pub(super) fn alias(party: &mut ListedParty, text: &str, role: NameRole, weak: bool) {
    let quoted = names::quoted(text);
    let text = quoted.unwrap_or(text);
    let mut name = match party.kind {
        PartyKind::Person => names::person(text, role),
        PartyKind::Organization | PartyKind::Vessel | PartyKind::Aircraft | PartyKind::Unknown => {
            names::plain(text, role)
        }
    };
    name.weak = weak || quoted.is_some();
    names::push(&mut party.names, name);
}

/// Splits `Tax ID No. 123 (Russia)` into its kind and the rest.
fn identifier(piece: &str) -> Option<(&str, &str)> {
    for kind in KINDS {
        if let Some(rest) = piece.strip_prefix(kind) {
            if kind.ends_with("- ") {
                // The currency belongs to the kind.
                let length = kind.len() + rest.find(' ')?;
                return piece.split_at_checked(length);
            }
            return rest.starts_with(' ').then_some((kind, rest));
        }
    }
    let mut length = 0;
    let mut ended = false;
    for word in piece.split_inclusive(' ') {
        let bare = word.trim_end();
        if ended && bare.bytes().any(|it| it.is_ascii_digit()) {
            return piece.split_at_checked(length);
        }
        // `V.A.T. Number BG 123`: what stands between may belong to the number.
        ended = ENDS.contains(&bare) || (ended && bare.len() <= 4);
        length += word.len();
        if length > 80 {
            return None;
        }
    }
    None
}

/// `A1 (Iran) expires 27 Jun 2021` is A1, of Iran.
fn issuer(value: &str) -> (&str, Option<crate::CountryCode>) {
    let value = value.trim();
    let value = value.split(" expires ").next().unwrap_or(value);
    let value = value.split(" issued ").next().unwrap_or(value).trim();
    match value.strip_suffix(')').and_then(|it| it.rsplit_once(" (")) {
        Some((number, name)) if country(name).is_some() => (number, country(name)),
        _ => (value, None),
    }
}
