//! The list with short keys and tables for what repeats, as some projects republish it.
//!
//! Names, aliases, lists, license texts and programs are all there; addresses are countries only,
//! and births and identifiers are left out. Which key means what is written in the file itself.

use super::super::json::{Lines, Many, Text, document, what};
use super::super::problem::{ImportError, Reason};
use super::super::{Batch, Problems, country_names, days};
use super::Entry;
use super::rows::aliases;
use crate::party::Address;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tables {
    sources: Vec<String>,
    #[serde(rename = "licenceRequirements")]
    requirements: Vec<String>,
    #[serde(rename = "licencePolicies")]
    policies: Vec<String>,
    programmes: Vec<serde_json::Value>,
    urls: Vec<String>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "n")]
    name: Text,
    #[serde(rename = "a", default)]
    aliases: Many<Text>,
    #[serde(rename = "s")]
    source: usize,
    #[serde(rename = "t", default)]
    kind: Text,
    #[serde(rename = "c", default)]
    countries: Many<Text>,
    #[serde(rename = "e", default)]
    number: Text,
    #[serde(rename = "lr", default)]
    requirement: Option<usize>,
    #[serde(rename = "lp", default)]
    policy: Option<usize>,
    #[serde(rename = "pg", default)]
    programs: Option<usize>,
    #[serde(rename = "fr", default)]
    notices: serde_json::Value,
    #[serde(rename = "u", default)]
    url: Option<usize>,
}

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let document = document(file, text, &["entries"])?;
    let tables: Tables = document.member("tables").ok_or_else(|| {
        ImportError::whole(file, Reason::Columns { missing: "tables".to_owned() })
    })?;
    let date = document.member::<Text>("sourceGeneratedAt").and_then(|it| days::day(it.as_str()));
    let mut batch = Batch { date, ..Batch::default() };
    let mut lines = Lines::new(text);
    for raw in document.entries.as_deref().unwrap_or_default() {
        let line = lines.of(raw);
        match serde_json::from_str::<Record>(raw.get()) {
            Ok(record) => record.add_to(&tables, &mut batch, line, problems),
            Err(error) => problems.entry(line, what(&error)),
        }
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.lost = problems.lost();
    Ok(batch)
}

impl Record {
    fn add_to(&self, tables: &Tables, batch: &mut Batch, line: u64, problems: &mut Problems<'_>) {
        let of = |table: &[String], place: Option<usize>| {
            place.map(|it| table.get(it).cloned().ok_or(it)).transpose()
        };
        let found = (
            of(&tables.sources, Some(self.source)),
            of(&tables.requirements, self.requirement),
            of(&tables.policies, self.policy),
            of(&tables.urls, self.url),
        );
        let (Ok(source), Ok(requirement), Ok(policy), Ok(url)) = found else {
            problems.entry(line, "refers to a row of a table that is not there");
            return;
        };
        let source = source.unwrap_or_default();
        let code = super::list(&source).map_or("", |it| it.0);
        let programs = self.programs.and_then(|it| tables.programmes.get(it)).map(strings);
        let programs = programs.unwrap_or_default();
        let notices = strings(&self.notices).join("; ");
        let country = |it: &Text| country_names::country(it.as_str());
        let address = |it| Address { country: Some(it), ..Address::default() };
        let entry = Entry {
            source: &source,
            number: self.number.as_str(),
            kind: self.kind.as_str(),
            programs: programs.iter().flat_map(|it| it.split("; ")).collect(),
            name: self.name.as_str(),
            alt_names: self.aliases.0.iter().flat_map(|it| aliases(code, it.as_str())).collect(),
            addresses: self.countries.0.iter().filter_map(country).map(address).collect(),
            notices: &notices,
            license_requirement: requirement.as_deref().unwrap_or_default(),
            license_policy: policy.as_deref().unwrap_or_default(),
            source_url: url.as_deref().unwrap_or_default(),
            ..Entry::default()
        };
        entry.add_to(batch, line, problems);
    }
}

/// A text or several.
fn strings(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(all) => all.iter().flat_map(strings).collect(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Object(_) => Vec::new(),
    }
}
