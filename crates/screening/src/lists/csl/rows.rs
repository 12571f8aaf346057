//! `consolidated.csv`: 29 columns, several values in a field joined by `; `.

use super::super::country_names::country;
use super::super::names;
use super::super::problem::{ImportError, Loss, Reason};
use super::super::table::{Columns, Row, Table};
use super::super::{Batch, Problems, address};
use super::Entry;
use crate::country::CountryCode;
use crate::party::{NameRole, PartyName};

const NEEDED: [&str; 10] = [
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "addresses",
    "license_requirement",
    "license_policy",
    "alt_names",
    "ids",
];

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut table = Table::new(text, b',');
    let columns = header(file, &mut table)?;
    let mut batch = Batch::default();
    let order = IdOrder::of(text);
    let (mut rows, mut broken) = (0_u64, 0_u64);
    while let Some(row) = table.next() {
        rows += 1;
        match row {
            Ok(row) if columns.repeated_by(row) => {
                problems.push(row.line, "", Loss::Nothing, "repeats the header".to_owned());
            }
            Ok(row) => entry(&columns, row, order).add_to(&mut batch, row.line, problems),
            Err(bad) => {
                broken += 1;
                problems.entry(bad.line, bad.what);
            }
        }
    }
    if broken * 2 > rows {
        return Err(ImportError::whole(file, Reason::TooBroken { broken, rows }));
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.lost = problems.lost();
    Ok(batch)
}

fn header(file: &str, table: &mut Table<'_>) -> Result<Columns, ImportError> {
    let (columns, width) = match table.next() {
        Some(Ok(row)) => (Columns::new(row), row.len()),
        Some(Err(bad)) => {
            return Err(ImportError::at(
                file,
                bad.line,
                Reason::Columns { missing: "source".to_owned() },
            ));
        }
        None => return Err(ImportError::whole(file, Reason::Empty)),
    };
    columns.require(file, 1, &NEEDED)?;
    table.expect_width(width);
    Ok(columns)
}

fn entry<'t>(columns: &Columns, row: Row<'t>, order: IdOrder) -> Entry<'t> {
    let get = |name: &str| columns.get(row, name);
    let many = |name: &str| get(name).split("; ").map(str::trim).filter(|it| !it.is_empty());
    let list = super::list(get("source")).map_or("", |it| it.0);
    Entry {
        source: get("source"),
        number: get("entity_number"),
        kind: get("type"),
        programs: many("programs").collect(),
        name: get("name"),
        title: get("title"),
        alt_names: aliases(list, get("alt_names")),
        addresses: address::lines(get("addresses")),
        notices: get("federal_register_notice"),
        start: get("start_date"),
        end: get("end_date"),
        standard_order: get("standard_order"),
        license_requirement: get("license_requirement"),
        license_policy: get("license_policy"),
        call_sign: get("call_sign"),
        vessel_type: get("vessel_type"),
        gross_tonnage: get("gross_tonnage"),
        vessel_flag: get("vessel_flag"),
        vessel_owner: get("vessel_owner"),
        remarks: get("remarks"),
        source_url: get("source_list_url"),
        citizenships: many("citizenships").collect(),
        nationalities: many("nationalities").collect(),
        births: many("dates_of_birth").collect(),
        birth_places: many("places_of_birth").collect(),
        ids: many("ids").map(|it| identifier(it, order)).collect(),
    }
}

/// OFAC joins plain names; the lists of Commerce and State also write marks between them.
pub(in super::super) fn aliases(list: &str, text: &str) -> Vec<PartyName> {
    if super::is_marked(list) {
        return names::aliases(text);
    }
    text.split("; ").map(|it| names::plain(it, NameRole::Alias)).collect()
}

/// Whether the kind of an identifier comes first or last. It has been both, by year.
#[derive(Clone, Copy, Eq, PartialEq)]
enum IdOrder {
    KindFirst,
    KindLast,
}

impl IdOrder {
    fn of(text: &str) -> Self {
        let first = text.matches("Gender, Male").count() + text.matches("Gender, Female").count();
        let last = text.matches("Male, Gender").count() + text.matches("Female, Gender").count();
        if first > last { Self::KindFirst } else { Self::KindLast }
    }
}

/// `Passport, U00242309, TR` or `TR, U00242309, Passport`.
fn identifier(text: &str, order: IdOrder) -> (&str, &str, Option<CountryCode>) {
    match order {
        IdOrder::KindFirst => {
            let (kind, rest) = text.split_once(", ").unwrap_or((text, ""));
            match rest.rsplit_once(", ") {
                Some((value, last)) if country_code(last).is_some() => (kind, value, country(last)),
                _ => (kind, rest, None),
            }
        }
        IdOrder::KindLast => {
            let (rest, kind) = text.rsplit_once(", ").unwrap_or(("", text));
            match rest.split_once(", ") {
                Some((first, value)) if country_code(first).is_some() => {
                    (kind, without_expiry(value), country(first))
                }
                _ => (kind, rest, None),
            }
        }
    }
}

/// `2028-08-07, N2360712` is a number with the day on which it expires.
fn without_expiry(value: &str) -> &str {
    match value.split_once(", ") {
        Some((day, number)) if super::super::days::day(day).is_some() => number,
        _ => value,
    }
}

fn country_code(text: &str) -> Option<CountryCode> {
    (text.len() == 2).then(|| country(text)).flatten()
}
