//! `SDN_ADVANCED.XML` and `CONS_ADVANCED.XML`: the same parties in the UN advanced sanctions data
//! model, where everything is a number that a table at the beginning explains.
//!
//! The tables come first, then places, documents, parties and the lists that they are on; one pass
//! in that order suffices. Source: <https://ofac.treasury.gov/sdn-list-data-formats-data-schemas>.

mod party;
mod tables;

use super::super::problem::{ImportError, Reason};
use super::super::xml::{Element, records};
use super::super::{Batch, Problems, days};
use crate::party::ListedParty;
use jiff::civil::Date;
use std::collections::BTreeMap;
use tables::Tables;

/// What is read, record by record.
const RECORDS: [&str; 17] = [
    "DateOfIssue",
    "AliasType",
    "AreaCode",
    "Country",
    "DetailReference",
    "FeatureType",
    "IDRegDocType",
    "List",
    "LocPartType",
    "NamePartType",
    "PartyType",
    "PartySubType",
    "SanctionsType",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "SanctionsEntry",
];

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = super::titled();
    let mut tables = Tables::default();
    let mut parties: BTreeMap<String, (ListedParty, u64)> = BTreeMap::new();
    let mut entries = Vec::new();
    records(file, text, &RECORDS, |record| match record.name.as_str() {
        "DateOfIssue" => batch.date = batch.date.or_else(|| date(&record)),
        "DistinctParty" => {
            for profile in record.all("Profile") {
                match party::read(profile, &record, &tables, problems) {
                    Some(party) => {
                        let id = profile.attribute("ID").to_owned();
                        parties.insert(id, (party, record.line));
                    }
                    None => problems.entry(record.line, "has no name"),
                }
            }
        }
        "SanctionsEntry" => entries.push(record),
        _ => tables.add(&record),
    })?;
    for entry in &entries {
        let Some((party, _)) = parties.get(entry.attribute("ProfileID")) else {
            let what = format!("no party has the number `{}`", entry.attribute("ProfileID"));
            problems.field(entry.line, "ProfileID", what);
            continue;
        };
        batch.parties.push(listed(party, entry, &tables, problems));
    }
    // A party on no list would be lost; the file says nothing of where it belongs.
    let placed: std::collections::BTreeSet<&str> =
        entries.iter().map(|it| it.attribute("ProfileID")).collect();
    for (id, (_, line)) in &parties {
        if !placed.contains(id.as_str()) {
            problems.entry(*line, "is on no list of the file");
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.lost = problems.lost();
    Ok(batch)
}

/// A party as one of its lists has it.
fn listed(
    party: &ListedParty,
    entry: &Element,
    tables: &Tables,
    problems: &mut Problems<'_>,
) -> ListedParty {
    let name = tables.text("List", entry.attribute("ListID"));
    let code = match name {
        "SDN List" => "SDN",
        _ if name.contains("Sectoral") => "SSI",
        _ if name.contains("Palestinian") => "PLC",
        _ if name.contains("Evader") || name.contains("FSE") => "FSE",
        _ if name.contains("CMIC") || name.contains("Chinese Military") => "CMIC",
        _ if name.contains("CAPTA") || name.contains("561") => "CAP",
        _ if name.contains("MBS") || name.contains("Menu") => "MBS",
        _ => {
            problems.field(
                entry.line,
                "ListID",
                format!("`{name}` is a list that is not known here"),
            );
            "OFAC"
        }
    };
    let programs = entry
        .all("SanctionsMeasure")
        .filter(|it| tables.text("SanctionsType", it.attribute("SanctionsTypeID")) == "Program");
    let programs = programs.map(|it| it.get("Comment").to_owned()).filter(|it| !it.is_empty());
    let from = entry.all("EntryEvent").filter_map(|it| date(it.child("Date")?)).min();
    ListedParty { list: code.to_owned(), programs: programs.collect(), from, ..party.clone() }
}

/// A day in three elements.
fn date(of: &Element) -> Option<Date> {
    let (year, month, day) = (of.get("Year"), of.get("Month"), of.get("Day"));
    days::day(&format!("{year}-{month}-{day}"))
}
