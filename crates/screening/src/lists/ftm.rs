//! Entities in the `FollowTheMoney` format, one JSON object a line, as `OpenSanctions` has them.
//!
//! Such files come from the user, who must hold the license for them. Only entities that can be a
//! party are taken; sanctions, addresses and relations between entities are passed over. Source:
//! <https://followthemoney.tech/explorer/>.

use super::country_names::country;
use super::json::{Many, Text, what};
use super::particular::{self, born, link, remark};
use super::problem::{ImportError, Loss, Reason};
use super::{Batch, Problems, days, names};
use crate::party::{Address, CountryLink, Identifier, ListedParty, NameParts, NameRole, PartyKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Our code of the list, whatever data sets a file joins.
const LIST: &str = "FTM";
const MAX_LINE: usize = 8 << 20;

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Text,
    schema: Text,
    #[serde(default)]
    properties: BTreeMap<String, Many<Text>>,
    #[serde(default)]
    datasets: Many<Text>,
    #[serde(default)]
    first_seen: Text,
}

pub(super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    let mut passed = 0_u64;
    for (number, line) in (1_u64..).zip(text.split('\n')) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line.len() > MAX_LINE {
            problems.entry(number, format!("is longer than {MAX_LINE} bytes"));
            continue;
        }
        match serde_json::from_str::<Record>(line) {
            Ok(record) => match kind(record.schema.as_str()) {
                Some(kind) => match record.party(kind, number, problems) {
                    Some(party) => batch.parties.push(party),
                    None => problems.entry(number, "has no name"),
                },
                None => passed += 1,
            },
            Err(error) => problems.entry(number, what(&error)),
        }
    }
    if passed > 0 {
        let what = format!("{passed} lines are of kinds that are no parties and were passed over");
        problems.push(1, "schema", Loss::Nothing, what);
    }
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.titles.insert(LIST.to_owned(), "FollowTheMoney entities".to_owned());
    batch.lost = problems.lost();
    Ok(batch)
}

fn kind(schema: &str) -> Option<PartyKind> {
    match schema {
        "Person" => Some(PartyKind::Person),
        "Company" | "Organization" | "PublicBody" | "Airline" | "Bank" => {
            Some(PartyKind::Organization)
        }
        "LegalEntity" | "CryptoWallet" | "Asset" => Some(PartyKind::Unknown),
        "Vessel" => Some(PartyKind::Vessel),
        "Airplane" => Some(PartyKind::Aircraft),
        _ => None,
    }
}

impl Record {
    fn all(&self, property: &str) -> impl Iterator<Item = &str> {
        let values = self.properties.get(property).into_iter().flat_map(|it| &it.0);
        values.map(Text::as_str).filter(|it| !it.is_empty())
    }

    fn party(
        &self,
        kind: PartyKind,
        line: u64,
        problems: &mut Problems<'_>,
    ) -> Option<ListedParty> {
        let mut party = ListedParty {
            list: LIST.to_owned(),
            id: self.id.as_str().to_owned(),
            kind,
            from: days::day(self.first_seen.as_str()),
            source_url: self.all("sourceUrl").next().map(str::to_owned),
            ..ListedParty::default()
        };
        self.name(&mut party)?;
        self.place(&mut party, line, problems);
        for text in self.all("birthDate").chain(self.all("buildDate")) {
            if !born(&mut party, text) {
                problems.field(line, "birthDate", format!("`{text}` is no date that is read"));
                remark(&mut party, &format!("born: {text}"));
            }
        }
        party.birth_places = self.all("birthPlace").map(names::tidy).collect();
        for text in self.all("gender") {
            particular::add(&mut party, "Gender", text, None);
        }
        for (property, kind) in [
            ("passportNumber", "Passport"),
            ("idNumber", "ID number"),
            ("registrationNumber", "Registration Number"),
            ("taxNumber", "Tax ID No."),
            ("innCode", "INN"),
            ("ogrnCode", "OGRN"),
            ("leiCode", "Legal Entity Number"),
            ("swiftBic", "SWIFT/BIC"),
            ("dunsCode", "D-U-N-S Number"),
            ("imoNumber", "IMO"),
            ("mmsi", "MMSI"),
            ("callSign", "Call Sign"),
            ("serialNumber", "Serial Number"),
            ("publicKey", "Digital Currency Address"),
            ("email", "Email Address"),
            ("phone", "Phone Number"),
            ("website", "Website"),
        ] {
            for number in self.all(property) {
                let id =
                    Identifier { kind: kind.to_owned(), number: number.to_owned(), country: None };
                party.ids.push(id);
            }
        }
        for property in ["programId", "program", "topics"] {
            party.programs.extend(self.all(property).map(str::to_owned));
        }
        party.programs.extend(self.datasets.0.iter().map(|it| it.as_str().to_owned()));
        for property in ["position", "notes"] {
            for text in self.all(property) {
                remark(&mut party, text);
            }
        }
        Some(party)
    }

    fn name(&self, party: &mut ListedParty) -> Option<()> {
        for text in self.all("name") {
            names::push(&mut party.names, names::plain(text, NameRole::Alias));
        }
        for (property, role, weak) in [
            ("alias", NameRole::Alias, false),
            ("weakAlias", NameRole::Alias, true),
            ("previousName", NameRole::Former, false),
            ("abbreviation", NameRole::Alias, true),
        ] {
            for text in self.all(property) {
                let mut name = names::plain(text, role);
                name.weak = weak;
                names::push(&mut party.names, name);
            }
        }
        let (given, family) = (self.all("firstName").next(), self.all("lastName").next());
        if party.names.is_empty()
            && let (Some(given), Some(family)) = (given, family)
        {
            names::push(
                &mut party.names,
                names::plain(&format!("{given} {family}"), NameRole::Alias),
            );
        }
        // A wallet has no other name than its address.
        if party.names.is_empty()
            && let Some(key) = self.all("publicKey").next()
        {
            names::push(&mut party.names, names::primary(key));
        }
        let first = party.names.first_mut()?;
        first.role = NameRole::Primary;
        if let (PartyKind::Person, Some(given), Some(family)) = (party.kind, given, family) {
            let fits = [given, family].iter().all(|it| first.text.contains(it));
            let apart = NameParts { given: given.to_owned(), family: family.to_owned() };
            first.parts = fits.then_some(apart);
        }
        Some(())
    }

    fn place(&self, party: &mut ListedParty, line: u64, problems: &mut Problems<'_>) {
        let home = self.all("country").find_map(code);
        for text in self.all("address") {
            let mut address = super::address::line(text).unwrap_or_default();
            address.country = address.country.or(home);
            if address != Address::default() {
                party.addresses.push(address);
            }
        }
        for (property, how) in [
            ("country", CountryLink::Location),
            ("jurisdiction", CountryLink::Registration),
            ("mainCountry", CountryLink::Location),
            ("nationality", CountryLink::Nationality),
            ("citizenship", CountryLink::Citizenship),
            ("birthCountry", CountryLink::Birth),
            ("flag", CountryLink::Registration),
        ] {
            for text in self.all(property) {
                let known = code(text).map(|it| link(party, how, it.as_str()));
                if known.is_none() {
                    problems.field(line, property, format!("`{text}` is no country that is known"));
                    remark(party, &format!("{property}: {text}"));
                }
            }
        }
    }
}

/// Codes are in small letters here, and some are of places that are no more: `suhh`.
fn code(text: &str) -> Option<crate::CountryCode> {
    match text {
        "suhh" | "ru" => country("RU"),
        text if text.len() == 2 => country(&text.to_uppercase()),
        text => country(text),
    }
}
