//! The XML of the European Union: everything stands in attributes.

use super::super::country_names::country;
use super::super::particular::remark;
use super::super::problem::{ImportError, Reason};
use super::super::xml::{Element, records};
use super::super::{Batch, Problems, days, names};
use crate::country::CountryCode;
use crate::party::{
    Address, CountryLink, DateSpan, Gender, Identifier, ListedParty, NameParts, NameRole,
    PartyKind, PartyName,
};

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = super::titled();
    let root = records(file, text, &["sanctionEntity"], |record| match party(&record, problems) {
        Some(party) => batch.parties.push(party),
        None => problems.entry(record.line, "has no name"),
    })?;
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.date = days::day(root.attribute("generationDate"));
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(record: &Element, problems: &mut Problems<'_>) -> Option<ListedParty> {
    let subject = record.child("subjectType");
    let subject = subject.map_or("", |it| it.attribute("code"));
    let reference = record.attribute("euReferenceNumber");
    let mut party = ListedParty {
        list: super::LIST.to_owned(),
        id: if reference.is_empty() { record.attribute("logicalId") } else { reference }.to_owned(),
        kind: match subject {
            "person" => PartyKind::Person,
            "enterprise" => PartyKind::Organization,
            _ => PartyKind::Unknown,
        },
        ..ListedParty::default()
    };
    for alias in record.all("nameAlias") {
        name(&mut party, alias);
    }
    party.names.first_mut()?.role = NameRole::Primary;
    for regulation in record.all("regulation") {
        listed(&mut party, regulation);
    }
    party.from = days::day(record.attribute("designationDate")).or(party.from);
    for it in record.all("citizenship") {
        match of_country(it) {
            Some(country) => party.countries.push((CountryLink::Citizenship, country)),
            None => unknown(&mut party, it, problems),
        }
    }
    for it in record.all("birthdate") {
        birth(&mut party, it, problems);
    }
    for it in record.all("address") {
        let of = |name: &str| names::tidy(it.attribute(name));
        let address = Address {
            text: of("street"),
            city: of("city"),
            region: of("region"),
            postal_code: of("zipCode"),
            country: of_country(it),
        };
        if address != Address::default() {
            party.addresses.push(address);
        }
    }
    for it in record.all("identification") {
        identification(&mut party, it);
    }
    for it in record.all("remark") {
        remark(&mut party, it.text());
    }
    let un = record.attribute("unitedNationId");
    if !un.is_empty() {
        let (kind, number) = ("UN reference".to_owned(), un.to_owned());
        party.ids.push(Identifier { kind, number, country: None });
    }
    Some(party)
}

fn name(party: &mut ListedParty, alias: &Element) {
    let of = |name: &str| names::tidy(alias.attribute(name));
    let given = names::tidy(&format!("{} {}", of("firstName"), of("middleName")));
    let split = NameParts { given, family: of("lastName") };
    let whole = of("wholeName");
    let text = if whole.is_empty() {
        names::tidy(&format!("{} {}", split.given, split.family))
    } else {
        whole
    };
    let apart = Some(split).filter(|it| !it.given.is_empty() && !it.family.is_empty());
    let weak = alias.attribute("strong") == "false";
    names::push(&mut party.names, PartyName { text, role: NameRole::Alias, weak, parts: apart });
    party.gender = party.gender.or(match alias.attribute("gender") {
        "M" => Some(Gender::Male),
        "F" => Some(Gender::Female),
        _ => None,
    });
    remark(party, &of("function"));
    for it in alias.all("remark") {
        remark(party, it.text());
    }
}

fn listed(party: &mut ListedParty, regulation: &Element) {
    let program = regulation.attribute("programme").to_owned();
    if !program.is_empty() {
        names::add_once(&mut party.programs, program);
    }
    let number = regulation.attribute("numberTitle").to_owned();
    if !number.is_empty() {
        names::add_once(&mut party.notices, number);
    }
    let day = days::day(regulation.attribute("entryIntoForceDate"));
    party.from = [party.from, day].into_iter().flatten().min();
    if party.source_url.is_none() {
        let url = regulation.get("publicationUrl");
        party.source_url = Some(url.to_owned()).filter(|it| !it.is_empty());
    }
}

fn birth(party: &mut ListedParty, it: &Element, problems: &mut Problems<'_>) {
    let of = |name: &str| it.attribute(name);
    let span = match (of("birthdate"), of("year"), of("yearRangeFrom")) {
        ("", "" | "0", "" | "0") => None,
        ("", "" | "0", from) => days::span(&format!("{from} to {}", of("yearRangeTo"))),
        ("", year, _) => match (of("monthOfYear"), of("dayOfMonth")) {
            ("", _) => days::span(year),
            (month, "") => days::span(&format!("{year}-{month}")),
            (month, day) => days::span(&format!("{year}-{month}-{day}")),
        },
        (day, _, _) => days::span(day),
    };
    if let Some(span) = span {
        let span = DateSpan { circa: span.circa || of("circa") == "true", ..span };
        names::add_once(&mut party.births, span);
    } else if !of("birthdate").is_empty() || !of("year").is_empty() {
        let what = format!("`{}{}` is no date that is read", of("birthdate"), of("year"));
        problems.field(it.line, "birthdate", what);
    }
    let place = ["place", "city", "region"].map(of);
    let mut place: Vec<&str> = place.into_iter().filter(|it| !it.is_empty()).collect();
    if let Some(country) = of_country(it) {
        place.push(of("countryDescription"));
        let link = (CountryLink::Birth, country);
        names::add_once(&mut party.countries, link);
    }
    if !place.is_empty() {
        party.birth_places.push(names::tidy(&place.join(", ")));
    }
}

fn identification(party: &mut ListedParty, it: &Element) {
    let of = |name: &str| it.attribute(name);
    let kind = [of("identificationTypeDescription"), of("identificationTypeCode")];
    let kind = kind.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let number = if of("number").is_empty() { of("latinNumber") } else { of("number") };
    if !number.is_empty() {
        let number = names::tidy(number);
        party.ids.push(Identifier { kind: kind.to_owned(), number, country: of_country(it) });
    }
    for note in it.all("remark") {
        remark(party, note.text());
    }
}

/// The code is `00` where the country is not known.
fn of_country(it: &Element) -> Option<CountryCode> {
    let code = it.attribute("countryIso2Code");
    country(code).or_else(|| country(it.attribute("countryDescription")))
}

fn unknown(party: &mut ListedParty, it: &Element, problems: &mut Problems<'_>) {
    let text = it.attribute("countryDescription");
    if !text.is_empty() && text != "UNKNOWN" {
        problems.field(it.line, "citizenship", format!("`{text}` is no country that is known"));
        remark(party, &format!("citizenship: {text}"));
    }
}
