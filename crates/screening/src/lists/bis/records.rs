//! Lists as JSON: `{list_id, entities: [{name, aliases, country, address, federal_register, ...}]}`.
//!
//! The Entity List and the Military End-User List are published as tables in the Code of Federal
//! Regulations, not as data. This is the form in which they are taken out of it.

use super::super::csl::{basis, notices};
use super::super::json::{Lines, Many, Text, document, what};
use super::super::particular::{born, link, remark};
use super::super::problem::{ImportError, Reason};
use super::super::{Batch, Problems, address, coverage, days, names};
use crate::party::{CountryLink, ListedParty};
use jiff::civil::Date;
use serde::Deserialize;

/// The lists that have a code of ours; others keep their own.
const LISTS: [(&str, &str, &str); 7] = [
    ("bis-entity-list", "EL", "Entity List"),
    ("bis-dpl", "DPL", "Denied Persons List"),
    ("bis-meu", "MEU", "Military End-User List"),
    ("state-debarred-admin", "DTC", "AECA Debarred, administrative"),
    ("state-debarred-statutory", "DTC", "AECA Debarred, statutory"),
    ("state-nonproliferation", "ISN", "Nonproliferation Sanctions"),
    ("ofac-nscmic", "CMIC", "Non-SDN Chinese Military-Industrial Complex Companies"),
];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    name: Text,
    aliases: Many<Text>,
    country: Text,
    address: Text,
    effective_date: Text,
    federal_register: Text,
    notes: Text,
}

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let document = document(file, text, &["entities"])?;
    let own = document.member::<String>("list_id").unwrap_or_default();
    if own.is_empty() {
        return Err(ImportError::whole(file, Reason::Columns { missing: "list_id".to_owned() }));
    }
    let (code, title) = LISTS
        .iter()
        .find(|it| it.0 == own)
        .map_or_else(|| (own.to_uppercase(), own.clone()), |it| (it.1.to_owned(), it.2.to_owned()));
    let date = document.member::<Text>("extracted").and_then(|it| days::day(it.as_str()));
    let mut batch = Batch { date, ..Batch::default() };
    let mut lines = Lines::new(text);
    for raw in document.entries.as_deref().unwrap_or_default() {
        let line = lines.of(raw);
        match serde_json::from_str::<Record>(raw.get()) {
            Ok(record) => match record.party(&code, line, problems) {
                Some(party) => batch.parties.push(party),
                None => problems.entry(line, "has no name"),
            },
            Err(error) => problems.entry(line, what(&error)),
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.titles.insert(code, title);
    batch.lost = problems.lost();
    Ok(batch)
}

impl Record {
    fn party(&self, code: &str, line: u64, problems: &mut Problems<'_>) -> Option<ListedParty> {
        let mut party = ListedParty { list: code.to_owned(), ..ListedParty::default() };
        party.names = names::marked(self.name.as_str());
        party.names.first()?;
        for alias in &self.aliases.0 {
            for name in names::aliases(alias.as_str()) {
                names::push(&mut party.names, name);
            }
        }
        party.basis = basis(self.name.as_str());
        party.addresses = address::lines(self.address.as_str());
        let country = self.country.as_str();
        if !country.is_empty() && !link(&mut party, CountryLink::Location, country) {
            problems.field(line, "country", format!("`{country}` is no country that is known"));
            remark(&mut party, &format!("country: {country}"));
        }
        let cited = self.federal_register.as_str();
        party.notices = notices(cited);
        party.from = days::day(self.effective_date.as_str()).or_else(|| first_day(cited));
        let notes = self.notes.as_str();
        if code == "EL" {
            party.license_requirement = Some(names::tidy(notes)).filter(|it| !it.is_empty());
            party.coverage = coverage::read(notes, "");
        } else {
            party.until = match notes.split_once("Expires: ") {
                // The last day, on the Denied Persons List.
                Some((_, day)) if code == "DPL" => days::day(day.split(';').next().unwrap_or(day))
                    .and_then(|it| it.tomorrow().ok()),
                _ => expired(notes),
            };
            if let Some((_, date)) = notes.split_once("Date of birth: ") {
                born(&mut party, date.split(';').next().unwrap_or(date));
            }
            remark(&mut party, notes);
        }
        Some(party)
    }
}

/// The first day among `86 FR 60760, 11/4/21`.
fn first_day(text: &str) -> Option<Date> {
    let words = text.split([' ', '\n', ',']).map(|it| it.trim_matches(['.', ';', '(', ')']));
    words.filter(|it| it.contains('/')).filter_map(days::us_day).min()
}

/// The first day on which none of the sanctions of an entry stands, where each says that it ended.
fn expired(notes: &str) -> Option<Date> {
    let mut latest: Option<Date> = None;
    for sanction in notes.split(" | ") {
        let (_, after) = sanction.split_once("status: Expired on ")?;
        let day = after.split(';').next().and_then(days::us_day)?;
        latest = latest.max(Some(day));
    }
    latest
}
