//! One profile: its names in parts and scripts, and its features.

use super::super::super::names::{add_once, push, tidy};
use super::super::super::particular::{self, link, remark};
use super::super::super::xml::Element;
use super::super::super::{Problems, days};
use super::tables::Tables;
use crate::party::{
    Address, CountryLink, DateSpan, ListedParty, NameParts, NameRole, PartyKind, PartyName,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn read(
    profile: &Element,
    record: &Element,
    tables: &Tables,
    problems: &mut Problems<'_>,
) -> Option<ListedParty> {
    let mut party = ListedParty {
        id: record.attribute("FixedRef").to_owned(),
        kind: kind(tables.party_type(profile.attribute("PartySubTypeID"))),
        ..ListedParty::default()
    };
    for identity in profile.all("Identity") {
        names(&mut party, identity, tables);
        for document in tables.documents(identity.attribute("ID")) {
            particular::add(&mut party, &document.kind, &document.number, document.country);
        }
    }
    party.names.sort_by_key(|it| it.role);
    party.names.first_mut()?.role = NameRole::Primary;
    for feature in profile.all("Feature") {
        let kind = tables.text("FeatureType", feature.attribute("FeatureTypeID"));
        for version in feature.all("FeatureVersion") {
            self::feature(&mut party, kind, version, tables, problems);
        }
    }
    remark(&mut party, record.get("Comment"));
    Some(party)
}

fn kind((kind, sub): (&str, &str)) -> PartyKind {
    match (kind, sub) {
        (_, "Vessel") => PartyKind::Vessel,
        (_, "Aircraft") => PartyKind::Aircraft,
        ("Individual", _) => PartyKind::Person,
        ("Entity", _) => PartyKind::Organization,
        _ => PartyKind::Unknown,
    }
}

fn names(party: &mut ListedParty, identity: &Element, tables: &Tables) {
    // A part of a name belongs to a group, and the group says what part it is.
    let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
    for master in identity.items("NamePartGroups", "MasterNamePartGroup") {
        for group in master.all("NamePartGroup") {
            let kind = tables.text("NamePartType", group.attribute("NamePartTypeID"));
            groups.insert(group.attribute("ID"), kind);
        }
    }
    for alias in identity.all("Alias") {
        let role = if alias.attribute("Primary") == "true" {
            NameRole::Primary
        } else if tables.text("AliasType", alias.attribute("AliasTypeID")).starts_with('F') {
            NameRole::Former
        } else {
            NameRole::Alias
        };
        let weak = alias.attribute("LowQuality") == "true";
        for (place, documented) in alias.all("DocumentedName").enumerate() {
            // The first is the name; others write it in another script.
            let role = if place > 0 && role == NameRole::Primary { NameRole::Alias } else { role };
            push(&mut party.names, name(documented, &groups, role, weak));
        }
    }
}

fn name(
    documented: &Element,
    groups: &BTreeMap<&str, &str>,
    role: NameRole,
    weak: bool,
) -> PartyName {
    let (mut given, mut family, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for part in documented.all("DocumentedNamePart") {
        let Some(value) = part.child("NamePartValue") else { continue };
        let text = value.text();
        match groups.get(value.attribute("NamePartGroupID")).copied().unwrap_or_default() {
            "Last Name" => family.push(text),
            "First Name" | "Middle Name" | "Patronymic" | "Matronymic" | "Nickname" => {
                given.push(text);
            }
            _ => whole.push(text),
        }
    }
    let (given, family) = (tidy(&given.join(" ")), tidy(&family.join(" ")));
    let text = tidy(&format!("{given} {family} {}", whole.join(" ")));
    let apart = !given.is_empty() && !family.is_empty() && whole.is_empty();
    PartyName { text, role, weak, parts: apart.then_some(NameParts { given, family }) }
}

fn feature(
    party: &mut ListedParty,
    kind: &str,
    version: &Element,
    tables: &Tables,
    problems: &mut Problems<'_>,
) {
    if let Some(period) = version.child("DatePeriod") {
        match (span(period), kind) {
            (
                Some(span),
                "Birthdate" | "Organization Established Date" | "Aircraft Manufacture Date",
            ) => {
                add_once(&mut party.births, span);
            }
            (Some(span), _) => {
                let days = if span.earliest == span.latest {
                    span.earliest.to_string()
                } else {
                    format!("{} to {}", span.earliest, span.latest)
                };
                particular::add(party, kind, &days, None);
            }
            (None, _) => problems.field(version.line, kind, "holds a date that is not read"),
        }
    }
    for place in version.all("VersionLocation") {
        let Some(place) = tables.place(place.attribute("LocationID")) else {
            problems.field(version.line, kind, "refers to a place that is not there");
            continue;
        };
        located(party, kind, place);
    }
    for detail in version.all("VersionDetail") {
        let reference = tables.text("DetailReference", detail.attribute("DetailReferenceID"));
        let value = if reference.is_empty() { detail.text() } else { reference };
        match kind {
            "Place of Birth" if !value.is_empty() => {
                party.birth_places.push(tidy(value));
                link(party, CountryLink::Birth, value.rsplit(", ").next().unwrap_or(value));
            }
            "Title" => remark(party, value),
            _ => particular::add(party, kind, value, None),
        }
    }
    remark(party, version.get("Comment"));
}

fn located(party: &mut ListedParty, kind: &str, place: &Address) {
    let how = match kind {
        "Nationality Country" => CountryLink::Nationality,
        "Citizenship Country" => CountryLink::Citizenship,
        "Vessel Flag" | "Nationality of Registration" => CountryLink::Registration,
        "Place of Birth" => {
            let words = [&place.text, &place.city, &place.region].map(String::as_str);
            let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
            if !words.is_empty() {
                party.birth_places.push(words.join(", "));
            }
            CountryLink::Birth
        }
        _ => {
            if *place != Address::default() {
                add_once(&mut party.addresses, place.clone());
            }
            return;
        }
    };
    if let Some(country) = place.country {
        add_once(&mut party.countries, (how, country));
    }
}

/// From the beginning of the earliest to the end of the latest day that a period names.
fn span(period: &Element) -> Option<DateSpan> {
    let (start, end) = (period.child("Start")?, period.child("End")?);
    let earliest = boundary(start, "From")?.0;
    let latest = boundary(end, "To").or_else(|| boundary(end, "From"))?.1;
    let circa = [start, end].iter().any(|it| it.attribute("Approximate") == "true");
    (earliest <= latest).then_some(DateSpan { earliest, latest, circa })
}

/// The first and last day of what may be a year or a month.
fn boundary(of: &Element, end: &str) -> Option<(Date, Date)> {
    let of = of.child(end)?;
    let (year, month, day) = (of.get("Year"), of.get("Month"), of.get("Day"));
    let span = match (month, day) {
        ("" | "0", _) => days::span(year),
        (_, "" | "0") => days::span(&format!("{year}-{month}")),
        _ => days::span(&format!("{year}-{month}-{day}")),
    }?;
    Some((span.earliest, span.latest))
}
