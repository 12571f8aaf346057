//! The consolidated list of the UN Security Council, XML.
//!
//! Source: <https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list>.

use super::country_names::country;
use super::particular::{born, link, remark};
use super::problem::{ImportError, Reason};
use super::xml::{Element, records};
use super::{Batch, Problems, days, names};
use crate::party::{
    Address, CountryLink, DateSpan, Gender, Identifier, ListedParty, NameRole, PartyKind,
};

/// Our code of the list.
const LIST: &str = "UN";

pub(super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let root =
        records(file, text, &["INDIVIDUAL", "ENTITY"], |record| match party(&record, problems) {
            Some(party) => batch.parties.push(party),
            None => problems.entry(record.line, "has no name"),
        })?;
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.date = days::day(root.attribute("dateGenerated"));
    batch.titles.insert(LIST.to_owned(), "UN Security Council Consolidated List".to_owned());
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(record: &Element, problems: &mut Problems<'_>) -> Option<ListedParty> {
    let person = record.name == "INDIVIDUAL";
    let kind = if person { "INDIVIDUAL" } else { "ENTITY" };
    let id = Some(record.get("REFERENCE_NUMBER")).filter(|it| !it.is_empty());
    let mut party = ListedParty {
        list: LIST.to_owned(),
        id: id.unwrap_or_else(|| record.get("DATAID")).to_owned(),
        kind: if person { PartyKind::Person } else { PartyKind::Organization },
        programs: Some(record.get("UN_LIST_TYPE").to_owned())
            .filter(|it| !it.is_empty())
            .into_iter()
            .collect(),
        gender: match record.get("GENDER") {
            "Male" => Some(Gender::Male),
            "Female" => Some(Gender::Female),
            _ => None,
        },
        ..ListedParty::default()
    };
    name(&mut party, record, kind)?;
    for value in record.items("NATIONALITY", "VALUE") {
        linked(&mut party, CountryLink::Nationality, "NATIONALITY", value, problems);
    }
    for address in record.all(&format!("{kind}_ADDRESS")) {
        place(&mut party, address, problems);
    }
    for birth in record.all("INDIVIDUAL_DATE_OF_BIRTH") {
        birth_date(&mut party, birth, problems);
    }
    for birth in record.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        let place = ["CITY", "STATE_PROVINCE", "COUNTRY"].map(|it| birth.get(it));
        let place: Vec<&str> = place.into_iter().filter(|it| !it.is_empty()).collect();
        if !place.is_empty() {
            party.birth_places.push(place.join(", "));
            link(&mut party, CountryLink::Birth, birth.get("COUNTRY"));
        }
    }
    for document in record.all("INDIVIDUAL_DOCUMENT") {
        let of = |name: &str| document.get(name);
        if !of("NUMBER").is_empty() {
            let issuer = country(of("ISSUING_COUNTRY")).or_else(|| country(of("COUNTRY_OF_ISSUE")));
            let kind = names::tidy(of("TYPE_OF_DOCUMENT"));
            party.ids.push(Identifier { kind, number: of("NUMBER").to_owned(), country: issuer });
        }
    }
    let mut day = |field: &str| {
        let day = days::day(record.get(field));
        if day.is_none() && !record.get(field).is_empty() {
            problems.field(record.line, field, format!("`{}` is no day", record.get(field)));
        }
        day
    };
    party.from = day("LISTED_ON");
    party.until = day("DELISTED_ON");
    for value in record.items("DESIGNATION", "VALUE") {
        remark(&mut party, value.text());
    }
    remark(&mut party, record.get("COMMENTS1"));
    Some(party)
}

fn name(party: &mut ListedParty, record: &Element, kind: &str) -> Option<()> {
    let fields = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let whole = fields.map(|it| record.get(it)).join(" ");
    // Some bodies have several names in one field.
    for (place, text) in whole.split(" ; ").enumerate() {
        let role = if place == 0 { NameRole::Primary } else { NameRole::Alias };
        names::push(&mut party.names, names::plain(text, role));
    }
    party.names.first()?;
    let script = record.get("NAME_ORIGINAL_SCRIPT");
    names::push(&mut party.names, names::plain(script, NameRole::Alias));
    for alias in record.all(&format!("{kind}_ALIAS")) {
        let role = match alias.get("QUALITY") {
            "f.k.a." => NameRole::Former,
            _ => NameRole::Alias,
        };
        for text in alias.get("ALIAS_NAME").split(';') {
            let mut name = names::plain(text, role);
            name.weak = alias.get("QUALITY") == "Low";
            names::push(&mut party.names, name);
        }
        born(party, alias.get("DATE_OF_BIRTH"));
    }
    Some(())
}

fn place(party: &mut ListedParty, address: &Element, problems: &mut Problems<'_>) {
    let of = |name: &str| names::tidy(address.get(name));
    let home = country(address.get("COUNTRY"));
    if home.is_none() && !of("COUNTRY").is_empty() {
        let what = format!("`{}` is no country that is known", of("COUNTRY"));
        problems.field(address.line, "COUNTRY", what);
    }
    let note = of("NOTE");
    let mut text = of("STREET");
    if home.is_none() && !of("COUNTRY").is_empty() {
        text = names::tidy(&format!("{text}, {}", of("COUNTRY")));
    }
    let place = Address {
        text,
        city: of("CITY"),
        region: of("STATE_PROVINCE"),
        postal_code: of("ZIP_CODE"),
        country: home,
    };
    if place != Address::default() {
        party.addresses.push(place);
    }
    remark(party, &note);
}

fn birth_date(party: &mut ListedParty, birth: &Element, problems: &mut Problems<'_>) {
    let of = |name: &str| birth.get(name);
    let circa = of("TYPE_OF_DATE") == "APPROXIMATELY";
    let span = match (of("FROM_YEAR"), of("TO_YEAR")) {
        ("", "") => days::span(of("DATE")).or_else(|| days::span(of("YEAR"))),
        (from, to) => days::span(&format!("{from} to {to}")),
    };
    let span = span.or_else(|| days::span(of("NOTE")));
    if let Some(span) = span {
        let span = DateSpan { circa: span.circa || circa, ..span };
        names::add_once(&mut party.births, span);
    } else {
        let words: Vec<&str> = birth.children().iter().skip(1).map(Element::text).collect();
        let words = names::tidy(&words.join(" "));
        if !words.is_empty() {
            let what = format!("`{words}` is no date that is read");
            problems.field(birth.line, "INDIVIDUAL_DATE_OF_BIRTH", what);
            remark(party, &format!("born: {words}"));
        }
    }
}

fn linked(
    party: &mut ListedParty,
    how: CountryLink,
    field: &str,
    value: &Element,
    problems: &mut Problems<'_>,
) {
    let text = value.text();
    if !text.is_empty() && !link(party, how, text) {
        problems.field(value.line, field, format!("`{text}` is no country that is known"));
        remark(party, &format!("{}: {text}", field.to_lowercase()));
    }
}
