//! The CSV of the European Union: one row a name, a birth, an address or an identifier, many rows
//! an entity, separated by semicolons.

use super::super::country_names::country;
use super::super::particular::{link, remark};
use super::super::problem::{ImportError, Loss, Reason};
use super::super::table::{Columns, Row, Table};
use super::super::{Batch, Problems, days, names};
use crate::party::{
    Address, CountryLink, DateSpan, Gender, Identifier, ListedParty, NameParts, NameRole,
    PartyKind, PartyName,
};
use std::collections::BTreeMap;

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut table = Table::new(text, b';');
    let columns = match table.next() {
        Some(Ok(row)) => {
            let (columns, width) = (Columns::new(row), row.len());
            table.expect_width(width);
            columns
        }
        Some(Err(_)) | None => return Err(ImportError::whole(file, Reason::Empty)),
    };
    let needed = ["entity_logicalid", "namealias_wholename"];
    columns.require(file, 1, &needed)?;
    let mut batch = super::titled();
    let mut entities: BTreeMap<String, ListedParty> = BTreeMap::new();
    let mut order = Vec::new();
    while let Some(row) = table.next() {
        match row {
            Ok(row) => {
                let get = |name: &str| columns.get(row, name);
                batch.date = batch.date.or_else(|| day(get("filegenerationdate")));
                let id = get("entity_logicalid");
                if id.is_empty() {
                    problems.entry(row.line, "has no entity");
                    continue;
                }
                let party = entities.entry(id.to_owned()).or_insert_with(|| {
                    order.push((id.to_owned(), row.line));
                    start(&columns, row)
                });
                add(party, &columns, row, problems);
            }
            Err(bad) => problems.entry(bad.line, bad.what),
        }
    }
    for (id, line) in order {
        let Some(mut party) = entities.remove(&id) else { continue };
        match party.names.first_mut() {
            Some(name) => {
                name.role = NameRole::Primary;
                batch.parties.push(party);
            }
            None => problems.entry(line, "has no name"),
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.lost = problems.lost();
    Ok(batch)
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    days::day(text).or_else(|| days::uk_span(text).map(|it| it.earliest))
}

fn start(columns: &Columns, row: Row<'_>) -> ListedParty {
    let get = |name: &str| columns.get(row, name);
    let reference = get("entity_eu_referencenumber");
    let mut party = ListedParty {
        list: super::LIST.to_owned(),
        id: if reference.is_empty() { get("entity_logicalid") } else { reference }.to_owned(),
        kind: match subject(get("entity_subjecttype"), get("entity_subjecttype_classificationcode"))
        {
            "P" | "person" => PartyKind::Person,
            "E" | "enterprise" => PartyKind::Organization,
            _ => PartyKind::Unknown,
        },
        from: day(get("entity_designationdate"))
            .or_else(|| day(get("entity_regulation_entryintoforcedate"))),
        programs: some(get("entity_regulation_programme")).into_iter().collect(),
        notices: some(get("entity_regulation_numbertitle")).into_iter().collect(),
        source_url: some(get("entity_regulation_publicationurl")),
        ..ListedParty::default()
    };
    if let Some(number) = some(get("entity_unitednationid")) {
        let kind = "UN reference".to_owned();
        party.ids.push(Identifier { kind, number, country: None });
    }
    remark(&mut party, get("entity_remark"));
    party
}

/// The column has had two names.
fn subject<'t>(plain: &'t str, code: &'t str) -> &'t str {
    if plain.is_empty() { code } else { plain }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|it| !it.is_empty())
}

fn add(party: &mut ListedParty, columns: &Columns, row: Row<'_>, problems: &mut Problems<'_>) {
    let get = |name: &str| columns.get(row, name);
    let tidy = |name: &str| names::tidy(get(name));
    let given = format!("{} {}", get("namealias_firstname"), get("namealias_middlename"));
    let split = NameParts { given: names::tidy(&given), family: tidy("namealias_lastname") };
    let whole = tidy("namealias_wholename");
    let text = if whole.is_empty() {
        names::tidy(&format!("{} {}", split.given, split.family))
    } else {
        whole
    };
    let apart = Some(split).filter(|it| !it.given.is_empty() && !it.family.is_empty());
    let weak = matches!(get("namealias_strong"), "false" | "FALSE" | "No");
    names::push(&mut party.names, PartyName { text, role: NameRole::Alias, weak, parts: apart });
    party.gender = party.gender.or(match get("namealias_gender") {
        "M" => Some(Gender::Male),
        "F" => Some(Gender::Female),
        _ => None,
    });
    let address = Address {
        text: tidy("address_street"),
        city: tidy("address_city"),
        region: tidy("address_region"),
        postal_code: tidy("address_zipcode"),
        country: country(get("address_countryiso2code"))
            .or_else(|| country(get("address_countrydescription"))),
    };
    if address != Address::default() {
        names::add_once(&mut party.addresses, address);
    }
    birth(party, columns, row, problems);
    let number = tidy("identification_number");
    if !number.is_empty() {
        let kind = tidy("identification_typedescription");
        let country = country(get("identification_countryiso2code"));
        let id = Identifier { kind, number, country };
        names::add_once(&mut party.ids, id);
    }
    let citizen = get("citizenship_countryiso2code");
    if !citizen.is_empty() && !link(party, CountryLink::Citizenship, citizen) {
        let name = get("citizenship_countrydescription");
        if !link(party, CountryLink::Citizenship, name) && citizen != "00" {
            let what = format!("`{citizen}` is no country that is known");
            problems.push(row.line, "Citizenship_CountryIso2Code", Loss::Field, what);
        }
    }
}

fn birth(party: &mut ListedParty, columns: &Columns, row: Row<'_>, problems: &mut Problems<'_>) {
    let get = |name: &str| columns.get(row, name);
    let whole = get("birthdate_birthdate");
    let span = if whole.is_empty() {
        match (get("birthdate_year"), get("birthdate_yearrangefrom")) {
            ("" | "0", "" | "0") => None,
            ("" | "0", from) => days::span(&format!("{from} to {}", get("birthdate_yearrangeto"))),
            (year, _) => days::span(year),
        }
    } else {
        days::span(whole).or_else(|| days::uk_span(whole))
    };
    if let Some(span) = span {
        let circa = span.circa || get("birthdate_circa").eq_ignore_ascii_case("true");
        let span = DateSpan { circa, ..span };
        names::add_once(&mut party.births, span);
    } else if !whole.is_empty() {
        problems.field(
            row.line,
            "BirthDate_BirthDate",
            format!("`{whole}` is no date that is read"),
        );
        remark(party, &format!("born: {whole}"));
    }
    let place =
        ["birthdate_place", "birthdate_city", "birthdate_region", "birthdate_countrydescription"];
    let place: Vec<&str> = place.map(get).into_iter().filter(|it| !it.is_empty()).collect();
    if !place.is_empty() && place != ["UNKNOWN"] {
        let place = names::tidy(&place.join(", "));
        names::add_once(&mut party.birth_places, place);
        link(party, CountryLink::Birth, get("birthdate_countryiso2code"));
    }
}
