//! `sdn.xml` and `consolidated.xml`, in the old namespace and in that of 2024.

use super::super::country_names::country;
use super::super::particular::{self, born, link, remark};
use super::super::problem::{ImportError, Reason};
use super::super::xml::{Element, records};
use super::super::{Batch, Problems, days, names};
use crate::party::{Address, CountryLink, ListedParty, NameParts, NameRole, PartyKind, PartyName};

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = super::titled();
    let mut stated = None;
    records(file, text, &["sdnEntry", "publshInformation"], |record| {
        if record.name == "publshInformation" {
            batch.date = days::us_day(record.get("Publish_Date"));
            stated = record.get("Record_Count").parse::<usize>().ok();
            return;
        }
        match party(&record, problems) {
            Some(party) => batch.parties.push(party),
            None => problems.entry(record.line, "has no name"),
        }
    })?;
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    if let Some(stated) = stated.filter(|it| *it > batch.parties.len()) {
        let what = format!("the file says {stated} entries and holds {}", batch.parties.len());
        problems.field(1, "Record_Count", what);
        batch.extent = Some(super::super::Extent::Excerpt);
    }
    super::sort(&mut batch);
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(record: &Element, problems: &mut Problems<'_>) -> Option<ListedParty> {
    let programs = record.items("programList", "program").map(|it| it.text().to_owned());
    let mut party = ListedParty {
        id: record.get("uid").to_owned(),
        kind: match record.get("sdnType") {
            "Individual" => PartyKind::Person,
            "Entity" => PartyKind::Organization,
            "Vessel" => PartyKind::Vessel,
            "Aircraft" => PartyKind::Aircraft,
            _ => PartyKind::Unknown,
        },
        programs: programs.collect(),
        ..ListedParty::default()
    };
    names::push(&mut party.names, name(record, NameRole::Primary));
    party.names.first()?;
    for aka in record.items("akaList", "aka") {
        let role = match aka.get("type") {
            "f.k.a." => NameRole::Former,
            _ => NameRole::Alias,
        };
        let mut name = name(aka, role);
        name.weak |= aka.get("category") == "weak";
        names::push(&mut party.names, name);
    }
    for it in record.items("addressList", "address") {
        address(&mut party, it, problems);
    }
    for it in record.items("idList", "id") {
        let country = country(it.get("idCountry"));
        particular::add(&mut party, it.get("idType"), it.get("idNumber"), country);
    }
    for it in record.items("dateOfBirthList", "dateOfBirthItem") {
        let text = it.get("dateOfBirth");
        if !text.is_empty() && !born(&mut party, text) {
            problems.field(it.line, "dateOfBirth", format!("`{text}` is no date that is read"));
            remark(&mut party, &format!("born: {text}"));
        }
    }
    for it in record.items("placeOfBirthList", "placeOfBirthItem") {
        let place = it.get("placeOfBirth");
        party.birth_places.push(place.to_owned());
        link(&mut party, CountryLink::Birth, place.rsplit(", ").next().unwrap_or(place));
    }
    for (list, item, how) in [
        ("nationalityList", "nationality", CountryLink::Nationality),
        ("citizenshipList", "citizenship", CountryLink::Citizenship),
    ] {
        for it in record.items(list, item) {
            let text = it.get("country");
            if !text.is_empty() && !link(&mut party, how, text) {
                problems.field(it.line, item, format!("`{text}` is no country that is known"));
                remark(&mut party, &format!("{item}: {text}"));
            }
        }
    }
    if let Some(vessel) = record.child("vesselInfo") {
        self::vessel(&mut party, vessel, problems);
    }
    remark(&mut party, record.get("title"));
    remark(&mut party, record.get("remarks"));
    Some(party)
}

/// The family name of a person stands in `lastName`, and so does the whole name of anything else.
fn name(of: &Element, role: NameRole) -> PartyName {
    let (given, family) = (names::tidy(of.get("firstName")), names::tidy(of.get("lastName")));
    let (family, weak) = match names::quoted(&family) {
        Some(inner) => (inner.to_owned(), true),
        None => (family, false),
    };
    if given.is_empty() {
        return PartyName { text: family, role, weak, parts: None };
    }
    let text = names::tidy(&format!("{given} {family}"));
    let parts = Some(NameParts { given, family }).filter(|it| !it.family.is_empty());
    PartyName { text, role, weak, parts }
}

fn address(party: &mut ListedParty, it: &Element, problems: &mut Problems<'_>) {
    let home = country(it.get("country"));
    if home.is_none() && !it.get("country").is_empty() {
        let what = format!("`{}` is no country that is known", it.get("country"));
        problems.field(it.line, "country", what);
    }
    let place = if home.is_none() { it.get("country") } else { "" };
    let street = ["address1", "address2", "address3"].map(|part| it.get(part));
    let street: Vec<&str> = street.into_iter().chain([place]).filter(|it| !it.is_empty()).collect();
    let address = Address {
        text: names::tidy(&street.join(", ")),
        city: names::tidy(it.get("city")),
        region: names::tidy(it.get("stateOrProvince")),
        postal_code: names::tidy(it.get("postalCode")),
        country: home,
    };
    if address != Address::default() {
        party.addresses.push(address);
    }
}

fn vessel(party: &mut ListedParty, it: &Element, problems: &mut Problems<'_>) {
    let flag = it.get("vesselFlag");
    if !flag.is_empty() && !link(party, CountryLink::Registration, flag) {
        problems.field(it.line, "vesselFlag", format!("`{flag}` is no country that is known"));
        remark(party, &format!("flag: {flag}"));
    }
    particular::add(party, "Call Sign", it.get("callSign"), None);
    for (name, field) in [
        ("vessel type", "vesselType"),
        ("vessel owner", "vesselOwner"),
        ("tonnage", "tonnage"),
        ("gross tonnage", "grossRegisteredTonnage"),
    ] {
        if !it.get(field).is_empty() {
            remark(party, &format!("{name}: {}", it.get(field)));
        }
    }
}
