//! What the numbers of the document mean.

use super::super::super::country_names;
use super::super::super::names::tidy;
use super::super::super::xml::Element;
use crate::country::CountryCode;
use crate::party::{Address, Identifier};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Tables {
    /// Words by table and number.
    texts: BTreeMap<(String, String), String>,
    countries: BTreeMap<String, Option<CountryCode>>,
    /// The kind of a sub-kind of party.
    party_types: BTreeMap<String, String>,
    places: BTreeMap<String, Address>,
    documents: BTreeMap<String, Vec<Identifier>>,
}

impl Tables {
    /// Takes in a row of a table, a place or a document.
    pub(super) fn add(&mut self, record: &Element) {
        let id = record.attribute("ID").to_owned();
        match record.name.as_str() {
            "Location" => {
                let place = self.read_place(record);
                self.places.insert(id, place);
            }
            "IDRegDocument" => {
                let document = Identifier {
                    kind: self.text("IDRegDocType", record.attribute("IDRegDocTypeID")).to_owned(),
                    number: tidy(record.get("IDRegistrationNo")),
                    country: self.country(record.attribute("IssuedBy-CountryID")),
                };
                let holder = record.attribute("IdentityID").to_owned();
                if !document.number.is_empty() {
                    self.documents.entry(holder).or_default().push(document);
                }
            }
            "Country" => {
                let code = country_names::country(record.attribute("ISO2"));
                let code = code.or_else(|| country_names::country(record.text()));
                self.countries.insert(id.clone(), code);
                self.insert("Country", id, record.text());
            }
            "PartySubType" => {
                self.party_types.insert(id.clone(), record.attribute("PartyTypeID").to_owned());
                self.insert("PartySubType", id, record.text());
            }
            _ => self.insert(&record.name, id, record.text()),
        }
    }

    fn insert(&mut self, table: &str, id: String, text: &str) {
        self.texts.insert((table.to_owned(), id), text.to_owned());
    }

    /// The words of a number in a table; empty where there are none.
    pub(super) fn text(&self, table: &str, id: &str) -> &str {
        self.texts.get(&(table.to_owned(), id.to_owned())).map_or("", String::as_str)
    }

    pub(super) fn country(&self, id: &str) -> Option<CountryCode> {
        self.countries.get(id).copied().flatten()
    }

    /// The kind and sub-kind of a party, in words.
    pub(super) fn party_type(&self, sub: &str) -> (&str, &str) {
        let kind = self.party_types.get(sub).map_or("", String::as_str);
        (self.text("PartyType", kind), self.text("PartySubType", sub))
    }

    pub(super) fn place(&self, id: &str) -> Option<&Address> {
        self.places.get(id)
    }

    /// The documents of an identity.
    pub(super) fn documents(&self, identity: &str) -> &[Identifier] {
        self.documents.get(identity).map_or(&[], Vec::as_slice)
    }

    fn read_place(&self, record: &Element) -> Address {
        let mut place = Address::default();
        let mut streets = Vec::new();
        for part in record.all("LocationPart") {
            let value = part.all("LocationPartValue").map(|it| it.get("Value"));
            let value = tidy(value.into_iter().next().unwrap_or_default());
            match self.text("LocPartType", part.attribute("LocPartTypeID")) {
                "CITY" => place.city = value,
                "STATE/PROVINCE" => place.region = value,
                "POSTAL CODE" => place.postal_code = value,
                _ => streets.push(value),
            }
        }
        place.text = streets.join(", ");
        let country = record.child("LocationCountry").map(|it| it.attribute("CountryID"));
        let area = record.child("LocationAreaCode").map(|it| it.attribute("AreaCodeID"));
        place.country = country
            .and_then(|it| self.country(it))
            .or_else(|| country_names::country(self.text("AreaCode", area?)));
        place
    }
}
