//! The UK Sanctions List and the older consolidated list of financial sanctions, both CSV.
//!
//! Both have a line above the header, many rows an entry (one a name or address), and the family
//! name in `Name 6`. Source: <https://www.gov.uk/government/publications/the-uk-sanctions-list>.

use super::country_names::country;
use super::particular::{self, link, remark};
use super::problem::{ImportError, Reason};
use super::table::{Columns, Row, Table};
use super::{Batch, Problems, days, names};
use crate::party::{
    Address, CountryLink, DateSpan, ListedParty, NameParts, NameRole, PartyKind, PartyName,
};
use std::collections::BTreeMap;

/// Our code of the list.
const LIST: &str = "UK";

/// What a row may hold: our word, and the columns that hold it in either file, in lower case.
const FIELDS: [(&str, &[&str]); 30] = [
    ("id", &["unique id", "group id"]),
    ("kind", &["designation type", "individual, entity, ship", "group type"]),
    ("name type", &["name type", "alias type"]),
    ("strength", &["alias strength", "alias quality"]),
    ("script", &["name non-latin script"]),
    ("title", &["title"]),
    ("regime", &["regime name", "regime"]),
    ("designated", &["date designated", "uk sanctions list date designated", "listed on"]),
    ("born", &["d.o.b", "dob"]),
    ("town", &["town of birth"]),
    ("country of birth", &["country of birth"]),
    ("nationality", &["nationality(/ies)", "nationality"]),
    ("gender", &["gender"]),
    ("passport", &["passport number"]),
    ("passport details", &["passport additional information", "passport details"]),
    ("national id", &["national identifier number", "national identification number", "ni number"]),
    ("registration", &["business registration number (s)"]),
    ("imo", &["imo number"]),
    ("hull", &["hull identification number (hin)"]),
    ("flag", &["current believed flag of ship"]),
    ("built", &["year built"]),
    ("phone", &["phone number"]),
    ("website", &["website"]),
    ("email", &["email address"]),
    ("position", &["position"]),
    ("other", &["other information"]),
    ("reasons", &["uk statement of reasons"]),
    ("un", &["un reference number"]),
    ("post", &["address postal code", "post/zip code"]),
    ("country", &["address country", "country"]),
];

/// The columns of one file.
struct Layout {
    columns: Columns,
}

impl Layout {
    fn get<'t>(&self, row: Row<'t>, field: &str) -> &'t str {
        let names = FIELDS.iter().find(|it| it.0 == field).map_or(&[][..], |it| it.1);
        let values = names.iter().map(|it| self.columns.get(row, it));
        values.map(known).find(|it| !it.is_empty()).unwrap_or("")
    }

    /// The first of two columns for numbered parts of names and addresses.
    fn part<'t>(&self, row: Row<'t>, prefixes: &[&str], number: usize) -> &'t str {
        let values = prefixes.iter().map(|it| self.columns.get(row, &format!("{it} {number}")));
        values.map(known).find(|it| !it.is_empty()).unwrap_or("")
    }
}

/// A value, or nothing where the file says that there is none.
fn known(text: &str) -> &str {
    match text {
        "N/A" | "Unknown" | "0" | "-" => "",
        _ => text,
    }
}

/// Whether bytes begin as the older list does: a date, and below it a header of its columns.
pub(super) fn is_older(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let head: String = head.iter().filter(|it| it.is_ascii()).map(|it| char::from(*it)).collect();
    head.starts_with("Last Updated,") && head.contains("Name 6,Name 1") && head.contains("Regime")
}

pub(super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let mut table = Table::new(text, b',');
    let layout = loop {
        match table.next() {
            Some(Ok(row)) if row.fields().any(|it| it.eq_ignore_ascii_case("name 6")) => {
                let (columns, width) = (Columns::new(row), row.len());
                table.expect_width(width);
                break Layout { columns };
            }
            Some(Ok(row)) => {
                let stated = row.fields().find_map(published);
                batch.date = batch.date.or(stated);
            }
            Some(Err(_)) => {}
            None => {
                let missing = "Name 6".to_owned();
                return Err(ImportError::whole(file, Reason::Columns { missing }));
            }
        }
    };
    let mut groups: BTreeMap<String, ListedParty> = BTreeMap::new();
    let mut order = Vec::new();
    while let Some(row) = table.next() {
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                problems.entry(bad.line, bad.what);
                continue;
            }
        };
        let id = layout.get(row, "id").to_owned();
        if id.is_empty() {
            problems.entry(row.line, "has no number of its group");
            continue;
        }
        let party = groups.entry(id.clone()).or_insert_with(|| {
            order.push((id.clone(), row.line));
            start(&layout, row, id)
        });
        add(party, &layout, row, problems);
    }
    for (id, line) in order {
        let Some(mut party) = groups.remove(&id) else { continue };
        // The name of the entry may stand in any of its rows.
        party.names.sort_by_key(|it| it.role);
        if party.names.is_empty() {
            problems.entry(line, "has no name");
            continue;
        }
        // Only one name is primary; variations of it are other names.
        for (place, name) in party.names.iter_mut().enumerate() {
            name.role = match (place, name.role) {
                (0, _) => NameRole::Primary,
                (_, NameRole::Primary | NameRole::Alias) => NameRole::Alias,
                (_, NameRole::Former) => NameRole::Former,
            };
        }
        batch.parties.push(party);
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.titles.insert(LIST.to_owned(), "UK Sanctions List".to_owned());
    batch.lost = problems.lost();
    Ok(batch)
}

/// `27/04/2020` or `Report Date: 11-Sep-2026`.
fn published(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim_start_matches("Report Date:").trim();
    days::day(text).or_else(|| days::uk_span(text).map(|it| it.earliest))
}

fn start(layout: &Layout, row: Row<'_>, id: String) -> ListedParty {
    let get = |field: &str| layout.get(row, field);
    let mut party = ListedParty { list: LIST.to_owned(), id, ..ListedParty::default() };
    party.kind = match get("kind").to_lowercase().as_str() {
        "individual" => PartyKind::Person,
        "entity" => PartyKind::Organization,
        "ship" | "vessel" => PartyKind::Vessel,
        _ => PartyKind::Unknown,
    };
    party.programs =
        Some(get("regime").to_owned()).filter(|it| !it.is_empty()).into_iter().collect();
    party.from = published(get("designated"));
    party
}

fn add(party: &mut ListedParty, layout: &Layout, row: Row<'_>, problems: &mut Problems<'_>) {
    let get = |field: &str| layout.get(row, field);
    name(party, layout, row);
    address(party, layout, row, problems);
    for text in numbered(get("born")) {
        let span = days::uk_span(text).or_else(|| days::span(text));
        birth(party, span, text, row.line, problems);
    }
    if party.kind == PartyKind::Vessel && !get("built").is_empty() {
        particular::born(party, get("built"));
    }
    let place = [get("town"), get("country of birth")];
    let place: Vec<&str> = place.into_iter().filter(|it| !it.is_empty()).collect();
    let place = names::tidy(&place.join(", "));
    if !place.is_empty() {
        names::add_once(&mut party.birth_places, place);
    }
    for text in numbered(get("country of birth")) {
        link(party, CountryLink::Birth, text);
    }
    for (field, how) in
        [("nationality", CountryLink::Nationality), ("flag", CountryLink::Registration)]
    {
        for text in numbered(get(field)) {
            if !link(party, how, text) {
                problems.field(row.line, field, format!("`{text}` is no country that is known"));
                once(party, &format!("{field}: {text}"));
            }
        }
    }
    for (field, kind) in [
        ("passport", "Passport"),
        ("national id", "National Identification Number"),
        ("registration", "Business Registration Number"),
        ("imo", "IMO"),
        ("hull", "Hull Identification Number"),
        ("phone", "Phone Number"),
        ("website", "Website"),
        ("email", "Email Address"),
        ("un", "UN reference"),
        ("gender", "Gender"),
    ] {
        for text in numbered(get(field)) {
            particular::add(party, kind, text, None);
        }
    }
    for field in ["title", "position", "other", "reasons", "passport details"] {
        once(party, get(field));
    }
}

fn name(party: &mut ListedParty, layout: &Layout, row: Row<'_>) {
    let given: Vec<&str> =
        (1..=5).map(|it| layout.part(row, &["name"], it)).filter(|it| !it.is_empty()).collect();
    let (given, family) =
        (names::tidy(&given.join(" ")), names::tidy(layout.part(row, &["name"], 6)));
    let text = names::tidy(&format!("{given} {family}"));
    let kind = layout.get(row, "name type").to_lowercase();
    let role = match kind.as_str() {
        "fka" => NameRole::Former,
        "primary name" | "prime alias" | "" => NameRole::Primary,
        _ => NameRole::Alias,
    };
    let weak = layout.get(row, "strength").to_lowercase().starts_with("low");
    let person = party.kind == PartyKind::Person && !given.is_empty() && !family.is_empty();
    let apart = person.then_some(NameParts { given, family });
    names::push(&mut party.names, PartyName { text, role, weak, parts: apart });
    let script = layout.get(row, "script");
    names::push(&mut party.names, names::plain(script, NameRole::Alias));
}

fn address(party: &mut ListedParty, layout: &Layout, row: Row<'_>, problems: &mut Problems<'_>) {
    let lines = (1..=6).map(|it| layout.part(row, &["address line", "address"], it));
    let lines: Vec<&str> = lines.filter(|it| !it.is_empty()).collect();
    let place = layout.get(row, "country");
    let home = country(place);
    if home.is_none() && !place.is_empty() {
        problems.field(row.line, "country", format!("`{place}` is no country that is known"));
    }
    let mut text = lines.join(", ");
    if home.is_none() {
        text = format!("{text}, {place}");
    }
    let address = Address {
        text: names::tidy(&text),
        postal_code: layout.get(row, "post").to_owned(),
        country: home,
        ..Address::default()
    };
    if address != Address::default() {
        names::add_once(&mut party.addresses, address);
    }
}

fn birth(
    party: &mut ListedParty,
    span: Option<DateSpan>,
    text: &str,
    line: u64,
    problems: &mut Problems<'_>,
) {
    if let Some(span) = span {
        names::add_once(&mut party.births, span);
    } else {
        problems.field(line, "born", format!("`{text}` is no date that is read"));
        once(party, &format!("born: {text}"));
    }
}

/// Adds a remark that is not there yet: every row of a group repeats them.
fn once(party: &mut ListedParty, text: &str) {
    // Looking through a long text for every row of a long group would take its square.
    let there = party.remarks.as_deref().is_some_and(|it| it.len() < 1 << 16 && it.contains(text));
    if !there {
        remark(party, text);
    }
}

/// `1) Saudi Arabia 2) Qatar`, `(1) Russia (2) Cyprus` and `a) Russia, b) Cyprus` are two; any
/// other text is one.
fn numbered(text: &str) -> Vec<&str> {
    let numbers = marked(text, (1..=64).map(|it| format!("{it})")));
    if numbers.len() > 1 {
        return numbers;
    }
    marked(text, ('a'..='j').map(|it| format!("{it})")))
}

fn marked(text: &str, marks: impl Iterator<Item = String>) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    for mark in marks {
        let Some((before, after)) = rest.split_once(&mark) else { break };
        pieces.push(before);
        rest = after;
    }
    pieces.push(rest);
    let bare = pieces.into_iter().map(|it| it.trim().trim_end_matches(['(', ',', ' ']));
    bare.filter(|it| !it.is_empty()).collect()
}
