//! A table of one's own: customers, an internal deny list, or a list that no importer knows.
//!
//! The first line names the columns; `name` is needed, the others are optional and may stand in
//! any order. `docs/list-format.md` is the reference. Several values of a field are separated by
//! semicolons.

use super::country_names::country;
use super::csl::{basis, notices};
use super::particular::{born, link, remark};
use super::problem::{ImportError, Loss, Reason};
use super::table::{Columns, Row, Table};
use super::{Batch, Problems, address, coverage, days, names};
use crate::party::{
    Address, Basis, CountryLink, Gender, Identifier, ListedParty, NameRole, PartyKind,
};

/// Every column that means something here.
pub(super) const COLUMNS: [&str; 27] = [
    "list",
    "id",
    "name",
    "type",
    "aliases",
    "weak_aliases",
    "former_names",
    "address",
    "city",
    "region",
    "postal_code",
    "country",
    "citizenships",
    "nationalities",
    "born",
    "birth_places",
    "gender",
    "ids",
    "programs",
    "license_requirement",
    "license_policy",
    "notices",
    "basis",
    "from",
    "until",
    "remarks",
    "source_url",
];

/// The list of rows that name none.
const OWN: &str = "OWN";

pub(super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut table = Table::new(text, b',');
    let columns = match table.next() {
        Some(Ok(row)) => {
            for column in row.fields().filter(|it| !COLUMNS.contains(&it.to_lowercase().as_str())) {
                let what = format!("the column `{column}` is not known and was left out");
                problems.push(row.line, column, Loss::Nothing, what);
            }
            let (columns, width) = (Columns::new(row), row.len());
            table.expect_width(width);
            columns
        }
        Some(Err(_)) | None => return Err(ImportError::whole(file, Reason::Empty)),
    };
    columns.require(file, 1, &["name"])?;
    let mut batch = Batch::default();
    while let Some(row) = table.next() {
        match row {
            Ok(row) => match party(&columns, row, problems) {
                Some(party) => batch.parties.push(party),
                None => problems.entry(row.line, "has no name"),
            },
            Err(bad) => problems.entry(bad.line, bad.what),
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(columns: &Columns, row: Row<'_>, problems: &mut Problems<'_>) -> Option<ListedParty> {
    let get = |name: &str| columns.get(row, name);
    let some = |name: &str| Some(get(name).to_owned()).filter(|it| !it.is_empty());
    let many = |name: &str| {
        let values = get(name).split(';').map(names::tidy).filter(|it| !it.is_empty());
        values.collect::<Vec<_>>()
    };
    let mut party = ListedParty {
        list: some("list").unwrap_or_else(|| OWN.to_owned()),
        id: get("id").to_owned(),
        kind: kind(get("type"), row.line, problems),
        programs: many("programs"),
        license_requirement: some("license_requirement"),
        license_policy: some("license_policy"),
        notices: notices(get("notices")),
        remarks: some("remarks"),
        source_url: some("source_url"),
        birth_places: many("birth_places"),
        ..ListedParty::default()
    };
    name(&mut party, get("name"), &many)?;
    if party.list == "EL" {
        party.coverage = coverage::read(get("license_requirement"), get("license_policy"));
    }
    place(&mut party, &get, row.line, problems);
    for text in many("born") {
        if !born(&mut party, &text) {
            problems.field(row.line, "born", format!("`{text}` is no date that is read"));
            remark(&mut party, &format!("born: {text}"));
        }
    }
    for (field, how) in
        [("citizenships", CountryLink::Citizenship), ("nationalities", CountryLink::Nationality)]
    {
        for text in many(field) {
            if !link(&mut party, how, &text) {
                problems.field(row.line, field, format!("`{text}` is no country that is known"));
                remark(&mut party, &format!("{field}: {text}"));
            }
        }
    }
    party.gender = match get("gender").to_lowercase().as_str() {
        "female" | "f" => Some(Gender::Female),
        "male" | "m" => Some(Gender::Male),
        _ => None,
    };
    party.ids = many("ids").iter().map(|it| identifier(it)).collect();
    party.basis = match get("basis") {
        "address" => Basis::Address,
        "high-diversion-address" => Basis::HighDiversionAddress,
        _ => basis(get("name")),
    };
    let mut day = |field: &str| {
        let day = days::day(get(field));
        if day.is_none() && !get(field).is_empty() {
            problems.field(row.line, field, format!("`{}` is no day", get(field)));
        }
        day
    };
    party.from = day("from");
    party.until = day("until");
    Some(party)
}

fn name(party: &mut ListedParty, text: &str, many: &dyn Fn(&str) -> Vec<String>) -> Option<()> {
    names::push(&mut party.names, names::primary(text));
    party.names.first()?;
    for (field, role, weak) in [
        ("aliases", NameRole::Alias, false),
        ("weak_aliases", NameRole::Alias, true),
        ("former_names", NameRole::Former, false),
    ] {
        for text in many(field) {
            let mut name = names::plain(&text, role);
            name.weak = weak;
            names::push(&mut party.names, name);
        }
    }
    Some(())
}

fn place<'t>(
    party: &mut ListedParty,
    get: &dyn Fn(&str) -> &'t str,
    line: u64,
    problems: &mut Problems<'_>,
) {
    let (city, region, postal) = (get("city"), get("region"), get("postal_code"));
    let home = country(get("country"));
    if home.is_none() && !get("country").is_empty() {
        problems.field(
            line,
            "country",
            format!("`{}` is no country that is known", get("country")),
        );
        remark(party, &format!("country: {}", get("country")));
    }
    // With a town of its own, the address is one; else it may be several, each with its country.
    if city.is_empty() && region.is_empty() && postal.is_empty() {
        party.addresses = address::lines(get("address"));
        for address in &mut party.addresses {
            address.country = address.country.or(home);
        }
    } else {
        party.addresses.push(Address {
            text: names::tidy(get("address")),
            city: city.to_owned(),
            region: region.to_owned(),
            postal_code: postal.to_owned(),
            country: home,
        });
    }
    if let Some(home) = home {
        party.countries.push((CountryLink::Location, home));
    }
}

fn kind(text: &str, line: u64, problems: &mut Problems<'_>) -> PartyKind {
    match text.to_lowercase().as_str() {
        "person" | "individual" => PartyKind::Person,
        "organization" | "organisation" | "entity" | "company" => PartyKind::Organization,
        "vessel" | "ship" => PartyKind::Vessel,
        "aircraft" => PartyKind::Aircraft,
        "" => PartyKind::Unknown,
        _ => {
            let known = "`person`, `organization`, `vessel` or `aircraft`";
            problems.field(line, "type", format!("`{text}` is not one of {known}"));
            PartyKind::Unknown
        }
    }
}

/// `Passport: A123 (XA)`, or a number alone.
fn identifier(text: &str) -> Identifier {
    let (kind, number) = text.split_once(':').unwrap_or(("", text));
    let (number, country) = match number.trim().strip_suffix(')').and_then(|it| it.rsplit_once('('))
    {
        Some((number, place)) if country(place).is_some() => (number, country(place)),
        _ => (number, None),
    };
    Identifier { kind: kind.trim().to_owned(), number: number.trim().to_owned(), country }
}
