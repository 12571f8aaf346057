//! The consolidated list of Canadian autonomous sanctions, XML.
//!
//! Source: <https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx>.

use super::particular::{link, remark};
use super::problem::{ImportError, Reason};
use super::xml::{Element, records};
use super::{Batch, Problems, days, names};
use crate::party::{
    CountryLink, Identifier, ListedParty, NameParts, NameRole, PartyKind, PartyName,
};

/// Our code of the list.
const LIST: &str = "CA";

pub(super) fn read(
    file: &str,
    text: &str,
    problems: &mut Problems<'_>,
) -> Result<Batch, ImportError> {
    let mut batch = Batch::default();
    records(file, text, &["record"], |record| match party(&record, problems) {
        Some(party) => batch.parties.push(party),
        None => problems.entry(record.line, "has no name"),
    })?;
    if batch.parties.is_empty() {
        return Err(ImportError::whole(file, Reason::Empty));
    }
    batch.titles.insert(LIST.to_owned(), "Canadian Autonomous Sanctions List".to_owned());
    batch.lost = problems.lost();
    Ok(batch)
}

fn party(record: &Element, problems: &mut Problems<'_>) -> Option<ListedParty> {
    // The published files write the second word of some names in French.
    let of = |english: &str, french: &str| {
        let text = record.get(english);
        if text.is_empty() { record.get(french) } else { text }
    };
    let body = of("EntityOrShip", "Entity");
    let (family, given) = (record.get("LastName"), record.get("GivenName"));
    let ship = record.get("ShipIMONumber");
    let mut party = ListedParty { list: LIST.to_owned(), ..ListedParty::default() };
    party.kind = match (body.is_empty(), ship.is_empty()) {
        (true, _) => PartyKind::Person,
        (false, true) => PartyKind::Organization,
        (false, false) => PartyKind::Vessel,
    };
    let primary = if body.is_empty() {
        let split = NameParts { given: names::tidy(given), family: names::tidy(family) };
        let apart = Some(split).filter(|it| !it.given.is_empty() && !it.family.is_empty());
        let text = names::tidy(&format!("{given} {family}"));
        PartyName { text, role: NameRole::Primary, weak: false, parts: apart }
    } else {
        names::primary(body)
    };
    names::push(&mut party.names, primary);
    party.names.first()?;
    for alias in names::aliases(record.get("Aliases")) {
        names::push(&mut party.names, alias);
    }
    if !ship.is_empty() {
        let number = ship.to_owned();
        party.ids.push(Identifier { kind: "IMO".to_owned(), number, country: None });
    }
    birth(&mut party, of("DateOfBirthOrShipBuildDate", "DateOfBirth"), record.line, problems);
    party.from = days::day(record.get("DateOfListing"));
    if party.from.is_none() && !record.get("DateOfListing").is_empty() {
        let what = format!("`{}` is no day", record.get("DateOfListing"));
        problems.field(record.line, "DateOfListing", what);
    }
    // The country of the regulations under which it is listed, which need not be its own.
    let regulations = record.get("Country");
    if !regulations.is_empty() {
        link(&mut party, CountryLink::Location, regulations);
        let english = regulations.split(" / ").next().unwrap_or(regulations);
        party.programs.push(english.to_owned());
    }
    let item = [record.get("Schedule"), record.get("Item")].map(names::tidy);
    if !item.concat().is_empty() {
        party.notices.push(names::tidy(&format!("Schedule {}, item {}", item[0], item[1])));
    }
    remark(&mut party, of("TitleOrShip", "Title"));
    Some(party)
}

fn birth(party: &mut ListedParty, text: &str, line: u64, problems: &mut Problems<'_>) {
    let claims = text.replace(" OR ", " or ");
    for claim in claims.split(" or ").filter(|it| !it.trim().is_empty()) {
        if !super::particular::born(party, claim) {
            let what = format!("`{claim}` is no date that is read");
            problems.field(line, "DateOfBirthOrShipBuildDate", what);
            remark(party, &format!("born: {claim}"));
        }
    }
}
