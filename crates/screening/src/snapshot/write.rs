//! Lists into bytes.

use super::coding::{Encoder, Strings};
use super::{HEADER, MAGIC, MAX_SECTIONS, SECTION_ROW, SectionKind, SnapshotError, VERSION};
use crate::country::CountryCode;
use crate::lists::{Extent, List, Source};
use crate::party::{
    Address, Basis, CountryLink, Coverage, DateSpan, Gender, Identifier, ListedParty, NameRole,
    PartyKind, PartyName, Scope,
};
use sha2::{Digest, Sha256};

/// Writes lists, and sections of others, as one file. Lists are put in the order of their codes
/// and parties in the order of their ids, which are the ordinals that a section may refer to: take
/// them from a snapshot of the lists alone, they stay the same.
///
/// # Errors
///
/// [`SnapshotError::TooLarge`] past four thousand million bytes of parties, or 60 sections.
pub fn write(
    lists: &[List],
    sections: &[(SectionKind, Vec<u8>)],
) -> Result<Vec<u8>, SnapshotError> {
    let mut lists: Vec<&List> = lists.iter().collect();
    lists.sort_by(|a, b| a.source.code.cmp(&b.source.code));
    let (mut sources, mut parties, mut places) = (Vec::new(), Vec::new(), Vec::new());
    let mut strings = Strings::default();
    let mut encoder = Encoder { bytes: &mut sources, strings: &mut strings };
    encoder.count(lists.len());
    for list in &lists {
        source(&mut encoder, &list.source, list.parties.len());
    }
    for (number, list) in lists.iter().enumerate() {
        let mut sorted: Vec<&ListedParty> = list.parties.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        for it in sorted {
            places.extend_from_slice(&place(parties.len())?);
            let mut encoder = Encoder { bytes: &mut parties, strings: &mut strings };
            encoder.count(number);
            party(&mut encoder, it);
        }
    }
    places.extend_from_slice(&place(parties.len())?);
    let mut all = vec![
        (SectionKind::SOURCES, sources.as_slice()),
        (SectionKind::STRINGS, strings.bytes.as_slice()),
        (SectionKind::PLACES, places.as_slice()),
        (SectionKind::PARTIES, parties.as_slice()),
    ];
    all.extend(sections.iter().map(|it| (it.0, it.1.as_slice())));
    assemble(&all)
}

fn place(place: usize) -> Result<[u8; 4], SnapshotError> {
    let place = u32::try_from(place).map_err(|_| SnapshotError::TooLarge { what: "parties" })?;
    Ok(place.to_le_bytes())
}

fn assemble(sections: &[(SectionKind, &[u8])]) -> Result<Vec<u8>, SnapshotError> {
    let count = u32::try_from(sections.len()).unwrap_or(u32::MAX);
    if sections.len() > MAX_SECTIONS {
        return Err(SnapshotError::TooLarge { what: "sections" });
    }
    let mut body = Vec::new();
    let mut at = (HEADER + SECTION_ROW * sections.len()) as u64;
    for (kind, bytes) in sections {
        body.extend_from_slice(&kind.0.to_le_bytes());
        body.extend_from_slice(&[0; 4]);
        body.extend_from_slice(&at.to_le_bytes());
        body.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        at += (bytes.len() as u64).next_multiple_of(8);
    }
    for (_, bytes) in sections {
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(8), 0);
    }
    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&count.to_le_bytes());
    file.extend_from_slice(&Sha256::digest(&body));
    file.extend_from_slice(&body);
    Ok(file)
}

fn source(to: &mut Encoder<'_>, it: &Source, parties: usize) {
    to.text(&it.code);
    to.text(&it.title);
    to.date(it.date);
    to.number(u64::from(it.dated));
    to.text(it.format.code());
    to.text(&it.file);
    to.bytes.extend_from_slice(&it.digest);
    to.number(match it.extent {
        Extent::Whole => 0,
        Extent::Excerpt => 1,
    });
    to.number(u64::from(it.lost));
    to.optional(it.note.as_deref());
    to.count(parties);
}

/// The order of fields is that of [`super::read`], the id first: searching reads no further.
fn party(to: &mut Encoder<'_>, it: &ListedParty) {
    to.text(&it.id);
    to.number(match it.kind {
        PartyKind::Person => 0,
        PartyKind::Organization => 1,
        PartyKind::Vessel => 2,
        PartyKind::Aircraft => 3,
        PartyKind::Unknown => 4,
    });
    to.number(match it.basis {
        Basis::Name => 0,
        Basis::Address => 1,
        Basis::HighDiversionAddress => 2,
    });
    each(to, &it.names, name);
    each(to, &it.addresses, address);
    to.count(it.countries.len());
    for (how, country) in &it.countries {
        link(to, *how, *country);
    }
    each(to, &it.births, birth);
    to.texts(&it.birth_places);
    to.number(match it.gender {
        None => 0,
        Some(Gender::Female) => 1,
        Some(Gender::Male) => 2,
    });
    each(to, &it.ids, identifier);
    to.texts(&it.programs);
    to.optional(it.license_requirement.as_deref());
    to.optional(it.license_policy.as_deref());
    to.texts(&it.notices);
    coverage(to, &it.coverage);
    to.date(it.from);
    to.date(it.until);
    to.optional(it.remarks.as_deref());
    to.optional(it.source_url.as_deref());
}

fn each<T>(to: &mut Encoder<'_>, all: &[T], one: fn(&mut Encoder<'_>, &T)) {
    to.count(all.len());
    for it in all {
        one(to, it);
    }
}

fn name(to: &mut Encoder<'_>, it: &PartyName) {
    to.text(&it.text);
    let role = match it.role {
        NameRole::Primary => 0,
        NameRole::Alias => 1,
        NameRole::Former => 2,
    };
    to.number(role << 2 | u64::from(it.weak) << 1 | u64::from(it.parts.is_some()));
    if let Some(parts) = &it.parts {
        to.text(&parts.given);
        to.text(&parts.family);
    }
}

fn address(to: &mut Encoder<'_>, it: &Address) {
    for text in [&it.text, &it.city, &it.region, &it.postal_code] {
        to.text(text);
    }
    country(to, it.country);
}

fn link(to: &mut Encoder<'_>, how: CountryLink, of: CountryCode) {
    to.number(match how {
        CountryLink::Location => 0,
        CountryLink::Citizenship => 1,
        CountryLink::Nationality => 2,
        CountryLink::Birth => 3,
        CountryLink::Registration => 4,
    });
    country(to, Some(of));
}

fn birth(to: &mut Encoder<'_>, it: &DateSpan) {
    to.date(Some(it.earliest));
    to.date(Some(it.latest));
    to.number(u64::from(it.circa));
}

fn identifier(to: &mut Encoder<'_>, it: &Identifier) {
    to.text(&it.kind);
    to.text(&it.number);
    country(to, it.country);
}

fn country(to: &mut Encoder<'_>, it: Option<CountryCode>) {
    to.text(it.as_ref().map_or("", CountryCode::as_str));
}

fn coverage(to: &mut Encoder<'_>, it: &Coverage) {
    match &it.scope {
        None => to.number(0),
        Some(Scope::AllItems) => to.number(1),
        Some(Scope::CclItems) => to.number(2),
        Some(Scope::ListedItems(entries)) => {
            to.number(3);
            to.texts(entries);
        }
    }
    to.number(u64::from(it.exceptions_allowed.is_some()));
    if let Some(symbols) = &it.exceptions_allowed {
        to.texts(symbols);
    }
    to.number(u64::from(it.footnotes.is_some()));
    if let Some(footnotes) = &it.footnotes {
        each(to, footnotes, |to, it| to.number(u64::from(*it)));
    }
    to.optional(it.review_policy.as_deref());
}
