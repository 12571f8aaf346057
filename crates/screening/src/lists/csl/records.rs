//! `consolidated.json`: an object with the entries under `results`.

use super::super::json::{Lines, Many, Text, document, what};
use super::super::names;
use super::super::problem::{ImportError, Reason};
use super::super::{Batch, Extent, Problems, days};
use super::Entry;
use super::rows::aliases;
use crate::party::{Address, NameRole};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    source: Text,
    entity_number: Text,
    #[serde(rename = "type")]
    kind: Text,
    programs: Many<Text>,
    name: Text,
    title: Text,
    alt_names: Many<Text>,
    addresses: Many<RecordAddress>,
    federal_register_notice: Text,
    start_date: Text,
    end_date: Text,
    standard_order: Text,
    license_requirement: Text,
    license_policy: Text,
    call_sign: Text,
    vessel_type: Text,
    gross_tonnage: Text,
    vessel_flag: Text,
    vessel_owner: Text,
    remarks: Text,
    source_list_url: Text,
    citizenships: Many<Text>,
    nationalities: Many<Text>,
    dates_of_birth: Many<Text>,
    places_of_birth: Many<Text>,
    ids: Many<RecordId>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RecordAddress {
    address: Text,
    city: Text,
    state: Text,
    postal_code: Text,
    country: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RecordId {
    #[serde(rename = "type")]
    kind: Text,
    number: Text,
    country: Text,
}

pub(in super::super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let document = document(file, text, &["results", "entries"])?;
    let mut batch = Batch::default();
    let stated = ["search_performed_at", "csl_search_performed_at"];
    let stated = stated.iter().find_map(|it| document.member::<Text>(it));
    batch.date = stated.and_then(|it| days::day(it.as_str()));
    let entries = document.entries.as_deref().unwrap_or_default();
    // A file that says how many entries were looked through, or how many there are, and holds
    // fewer, is a choice of them.
    let all = ["entries_scanned", "total"].iter().find_map(|it| document.member::<u64>(it));
    if all.is_some_and(|it| it > entries.len() as u64) {
        batch.extent = Some(Extent::Excerpt);
    }
    let mut lines = Lines::new(text);
    for raw in entries {
        let line = lines.of(raw);
        match serde_json::from_str::<Record>(raw.get()) {
            Ok(record) => record.entry().add_to(&mut batch, line, problems),
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
    fn entry(&self) -> Entry<'_> {
        let code = super::list(self.source.as_str()).map_or("", |it| it.0);
        let marked = super::is_marked(code);
        let alt_names = self.alt_names.0.iter().flat_map(|it| {
            if marked {
                aliases(code, it.as_str())
            } else {
                vec![names::plain(it.as_str(), NameRole::Alias)]
            }
        });
        Entry {
            source: self.source.as_str(),
            number: self.entity_number.as_str(),
            kind: self.kind.as_str(),
            programs: texts(&self.programs),
            name: self.name.as_str(),
            title: self.title.as_str(),
            alt_names: alt_names.collect(),
            addresses: self.addresses.0.iter().filter_map(RecordAddress::address).collect(),
            notices: self.federal_register_notice.as_str(),
            start: self.start_date.as_str(),
            end: self.end_date.as_str(),
            standard_order: self.standard_order.as_str(),
            license_requirement: self.license_requirement.as_str(),
            license_policy: self.license_policy.as_str(),
            call_sign: self.call_sign.as_str(),
            vessel_type: self.vessel_type.as_str(),
            gross_tonnage: self.gross_tonnage.as_str(),
            vessel_flag: self.vessel_flag.as_str(),
            vessel_owner: self.vessel_owner.as_str(),
            remarks: self.remarks.as_str(),
            source_url: self.source_list_url.as_str(),
            citizenships: texts(&self.citizenships),
            nationalities: texts(&self.nationalities),
            births: texts(&self.dates_of_birth),
            birth_places: texts(&self.places_of_birth),
            ids: self.ids.0.iter().map(RecordId::particular).collect(),
        }
    }
}

fn texts(many: &Many<Text>) -> Vec<&str> {
    many.0.iter().map(Text::as_str).filter(|it| !it.is_empty()).collect()
}

impl RecordAddress {
    fn address(&self) -> Option<Address> {
        let address = Address {
            text: names::tidy(self.address.as_str()),
            city: names::tidy(self.city.as_str()),
            region: names::tidy(self.state.as_str()),
            postal_code: names::tidy(self.postal_code.as_str()),
            country: super::super::country_names::country(self.country.as_str()),
        };
        (address != Address::default()).then_some(address)
    }
}

impl RecordId {
    fn particular(&self) -> (&str, &str, Option<crate::CountryCode>) {
        let country = super::super::country_names::country(self.country.as_str());
        (self.kind.as_str(), self.number.as_str(), country)
    }
}
