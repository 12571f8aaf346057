//! One entry of the Consolidated Screening List, whatever file it stands in.

use super::super::particular::{born, link, remark};
use super::super::{Batch, Problems, coverage, days, names, particular};
use crate::country::CountryCode;
use crate::party::{Address, Basis, CountryLink, ListedParty, NameRole, PartyKind, PartyName};

/// The fields as they are written, apart from what one file format splits and another does not.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub(super) source: &'a str,
    pub(super) number: &'a str,
    pub(super) kind: &'a str,
    pub(super) programs: Vec<&'a str>,
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) alt_names: Vec<PartyName>,
    pub(super) addresses: Vec<Address>,
    pub(super) notices: &'a str,
    pub(super) start: &'a str,
    pub(super) end: &'a str,
    pub(super) standard_order: &'a str,
    pub(super) license_requirement: &'a str,
    pub(super) license_policy: &'a str,
    pub(super) call_sign: &'a str,
    pub(super) vessel_type: &'a str,
    pub(super) gross_tonnage: &'a str,
    pub(super) vessel_flag: &'a str,
    pub(super) vessel_owner: &'a str,
    pub(super) remarks: &'a str,
    pub(super) source_url: &'a str,
    pub(super) citizenships: Vec<&'a str>,
    pub(super) nationalities: Vec<&'a str>,
    pub(super) births: Vec<&'a str>,
    pub(super) birth_places: Vec<&'a str>,
    /// Kind, value and country.
    pub(super) ids: Vec<(&'a str, &'a str, Option<CountryCode>)>,
}

/// What lists of nonproliferation sanctions put behind a name, meaning more than the name.
const SUCCESSORS: [&str; 4] =
    ["; and any successor", " and any successor", ", and any successor", "; and its successor"];

impl Entry<'_> {
    /// Makes a party of it and adds it to the batch.
    pub(super) fn add_to(self, batch: &mut Batch, line: u64, problems: &mut Problems<'_>) {
        let Some((code, title)) = super::list(self.source) else {
            problems.entry(line, format!("`{}` is a list that is not known here", self.source));
            return;
        };
        if self.name.trim().is_empty() {
            problems.entry(line, "has no name");
            return;
        }
        let mut party = ListedParty { list: code.to_owned(), ..ListedParty::default() };
        party.id = match self.number.trim() {
            "" => String::new(),
            number => number.to_owned(),
        };
        self.name_it(&mut party);
        self.place_it(&mut party, line, problems);
        self.date_it(&mut party, line, problems);
        self.describe_it(&mut party);
        for (kind, value, country) in &self.ids {
            particular::add(&mut party, kind, value, *country);
        }
        batch.titles.entry(code.to_owned()).or_insert_with(|| title.to_owned());
        batch.parties.push(party);
    }

    fn name_it(&self, party: &mut ListedParty) {
        party.kind = kind(self.kind, party.list == "CMIC");
        let person = party.kind == PartyKind::Person;
        let (name, tail) = without_successors(self.name);
        if let Some(tail) = tail {
            remark(party, tail);
        }
        party.basis = basis(name);
        if person {
            party.names.push(names::person(name, NameRole::Primary));
        } else if super::is_marked(&party.list) {
            party.names = names::marked(name);
        } else {
            party.names.push(names::primary(name));
        }
        for alias in &self.alt_names {
            let weak = names::quoted(&alias.text);
            let text = weak.unwrap_or(&alias.text);
            let mut name = if person {
                names::person(text, alias.role)
            } else {
                names::plain(text, alias.role)
            };
            name.weak = alias.weak || weak.is_some();
            names::push(&mut party.names, name);
        }
    }

    fn place_it(&self, party: &mut ListedParty, line: u64, problems: &mut Problems<'_>) {
        party.addresses.clone_from(&self.addresses);
        for (field, how, names) in [
            ("citizenships", CountryLink::Citizenship, &self.citizenships),
            ("nationalities", CountryLink::Nationality, &self.nationalities),
        ] {
            for name in names.iter().filter(|it| !it.trim().is_empty()) {
                if !link(party, how, name) {
                    problems.field(line, field, format!("`{name}` is no country that is known"));
                    remark(party, &format!("{field}: {name}"));
                }
            }
        }
        let flag = self.vessel_flag.trim();
        if !flag.is_empty() && !link(party, CountryLink::Registration, flag) {
            problems.field(line, "vessel_flag", format!("`{flag}` is no country that is known"));
            remark(party, &format!("flag: {flag}"));
        }
        for place in self.birth_places.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
            let last = place.rsplit(',').next().unwrap_or(place);
            link(party, CountryLink::Birth, last);
            party.birth_places.push(place.to_owned());
        }
    }

    fn date_it(&self, party: &mut ListedParty, line: u64, problems: &mut Problems<'_>) {
        for text in self.births.iter().filter(|it| !it.trim().is_empty()) {
            if !born(party, text) {
                problems.field(line, "dates_of_birth", format!("`{text}` is no date that is read"));
                remark(party, &format!("born: {text}"));
            }
        }
        let mut day = |field: &str, text: &str| {
            let day = days::day(text);
            if day.is_none() && !text.trim().is_empty() {
                problems.field(line, field, format!("`{text}` is no day"));
            }
            day
        };
        party.from = day("start_date", self.start);
        // The list gives the last day; ours is the first on which the entry no longer stands.
        party.until = day("end_date", self.end).and_then(|it| it.tomorrow().ok());
    }

    fn describe_it(&self, party: &mut ListedParty) {
        let programs = self.programs.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
        party.programs = programs.map(str::to_owned).collect();
        party.notices = notices(self.notices);
        let text = |it: &str| (!it.trim().is_empty()).then(|| names::tidy(it));
        party.license_requirement = text(self.license_requirement);
        party.license_policy = text(self.license_policy);
        if party.list == "EL" {
            party.coverage = coverage::read(self.license_requirement, self.license_policy);
        }
        party.source_url = text(self.source_url);
        remark(party, self.title);
        remark(party, self.remarks);
        for (name, value) in [
            ("vessel type", self.vessel_type),
            ("gross tonnage", self.gross_tonnage),
            ("vessel owner", self.vessel_owner),
        ] {
            if !value.trim().is_empty() {
                remark(party, &format!("{name}: {}", value.trim()));
            }
        }
        if self.standard_order.trim().eq_ignore_ascii_case("n") {
            remark(party, "not a standard denial order: read its terms");
        }
        if !self.call_sign.trim().is_empty() {
            particular::add(party, "Call Sign", self.call_sign, None);
        }
    }
}

fn kind(text: &str, company: bool) -> PartyKind {
    match text.trim().to_ascii_lowercase().as_str() {
        "individual" => PartyKind::Person,
        "entity" => PartyKind::Organization,
        "vessel" => PartyKind::Vessel,
        "aircraft" => PartyKind::Aircraft,
        _ if company => PartyKind::Organization,
        _ => PartyKind::Unknown,
    }
}

/// `Address 01` and its like are addresses of high diversion risk (15 CFR § 744.16(f)).
pub(in crate::lists) fn basis(name: &str) -> Basis {
    let number = name.trim().strip_prefix("Address ");
    match number.map(str::trim) {
        Some(number) if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) => {
            Basis::HighDiversionAddress
        }
        _ => Basis::Name,
    }
}

fn without_successors(name: &str) -> (&str, Option<&str>) {
    let lower = name.to_ascii_lowercase();
    let cut = SUCCESSORS.iter().filter_map(|it| lower.find(it)).min().filter(|it| *it > 0);
    match cut.and_then(|it| name.split_at_checked(it)) {
        Some((name, tail)) => (name, Some(tail.trim_start_matches([';', ',', ' ']))),
        None => (name, None),
    }
}

/// `83 FR 37423; 87 FR 77505` are two notices.
pub(in crate::lists) fn notices(text: &str) -> Vec<String> {
    let split = text.split([';', '\n']).map(names::tidy);
    split.map(|it| it.trim_end_matches('.').to_owned()).filter(|it| !it.is_empty()).collect()
}
