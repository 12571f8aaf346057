//! Bytes into parties, one at a time.

use super::coding::{BUDGET, Decoder};
use super::{
    HEADER, MAGIC, MAX_SECTIONS, Ordinal, SECTION_ROW, SectionKind, SnapshotDigest, SnapshotError,
    VERSION,
};
use crate::country::CountryCode;
use crate::lists::{Extent, List, Source};
use crate::party::{
    Address, Basis, CountryLink, Coverage, DateSpan, Gender, Identifier, ListedParty, NameParts,
    NameRole, PartyKind, PartyName, Scope,
};
use sha2::{Digest, Sha256};
use std::fmt;
use std::ops::Range;

/// A snapshot over bytes that somebody else holds: a vector, a slice or a mapped file.
pub struct Snapshot<B> {
    bytes: B,
    digest: SnapshotDigest,
    sections: Vec<(SectionKind, Range<usize>)>,
    sources: Vec<(Source, u32)>,
    count: u32,
}

impl<B> fmt::Debug for Snapshot<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("digest", &self.digest.to_string())
            .field("parties", &self.count)
            .finish_non_exhaustive()
    }
}

impl<B: AsRef<[u8]>> Snapshot<B> {
    /// Opens a snapshot: checks digest and layout, reads the sources, and leaves the parties where
    /// they are. It takes about as long as reading through the bytes once.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] where the bytes are not those of a snapshot of this version, whole.
    pub fn open(bytes: B) -> Result<Self, SnapshotError> {
        let (digest, sections) = layout(bytes.as_ref())?;
        let mut snapshot =
            Self { bytes, digest: SnapshotDigest(digest), sections, sources: Vec::new(), count: 0 };
        let strings = snapshot.known(SectionKind::STRINGS)?;
        let bytes = snapshot.known(SectionKind::SOURCES)?;
        let mut decoder = Decoder { bytes, strings, what: "sources", budget: BUDGET };
        let sources = decoder.many(source)?;
        let places = snapshot.known(SectionKind::PLACES)?.len();
        let malformed = SnapshotError::Malformed { what: "places" };
        let count = (places / 4).checked_sub(1).ok_or(malformed.clone())?;
        let count = u32::try_from(count).map_err(|_| malformed.clone())?;
        let sum = sources.iter().try_fold(0_u32, |sum, it| sum.checked_add(it.1));
        if places % 4 != 0 || sum != Some(count) {
            return Err(malformed);
        }
        snapshot.sources = sources;
        snapshot.count = count;
        Ok(snapshot)
    }

    /// The whole snapshot, as it was opened.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// The digest that answers name.
    #[must_use]
    pub fn digest(&self) -> SnapshotDigest {
        self.digest
    }

    /// The lists in it, by code, with the number of their parties.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = (&Source, u32)> {
        self.sources.iter().map(|it| (&it.0, it.1))
    }

    /// How many parties there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A section that somebody else defined.
    #[must_use]
    pub fn section(&self, kind: SectionKind) -> Option<&[u8]> {
        let (_, range) = self.sections.iter().find(|it| it.0 == kind)?;
        self.bytes.as_ref().get(range.clone())
    }

    /// Every section that somebody else defined.
    pub fn sections(&self) -> impl Iterator<Item = SectionKind> {
        self.sections.iter().map(|it| it.0).filter(|it| it.0 >= SectionKind::FIRST_FREE)
    }

    /// One party.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Malformed`] where there is none at this place, or it makes no sense.
    pub fn party(&self, ordinal: Ordinal) -> Result<ListedParty, SnapshotError> {
        let mut decoder = self.record(ordinal)?;
        let source = decoder.number()?;
        let source = usize::try_from(source).ok().and_then(|it| self.sources.get(it));
        let (source, _) = source.ok_or(decoder.malformed())?;
        party(&mut decoder, &source.code)
    }

    /// The parties, in the order of lists and ids.
    pub fn parties(&self) -> Parties<'_, B> {
        Parties { snapshot: self, next: 0, end: self.count }
    }

    /// Which parties belong to a list.
    #[must_use]
    pub fn ordinals(&self, list: &str) -> Range<u32> {
        let mut start = 0;
        for (source, count) in &self.sources {
            if source.code == list {
                return start..start + count;
            }
            start += count;
        }
        0..0
    }

    /// The place of an entry, by its list and id.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Malformed`] where a record on the way makes no sense.
    pub fn find(&self, list: &str, id: &str) -> Result<Option<Ordinal>, SnapshotError> {
        let Range { mut start, mut end } = self.ordinals(list);
        while start < end {
            let middle = start + (end - start) / 2;
            let mut decoder = self.record(Ordinal(middle))?;
            decoder.number()?;
            match decoder.text()?.cmp(id) {
                std::cmp::Ordering::Less => start = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(Ordinal(middle))),
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        Ok(None)
    }

    /// The lists again as they were written, for making the next snapshot.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Malformed`] where a record makes no sense.
    pub fn lists(&self) -> Result<Vec<List>, SnapshotError> {
        let list = |(source, _): &(Source, u32)| {
            let parties = self.ordinals(&source.code).map(|it| self.party(Ordinal(it)));
            Ok(List { source: source.clone(), parties: parties.collect::<Result<_, _>>()? })
        };
        self.sources.iter().map(list).collect()
    }

    fn known(&self, kind: SectionKind) -> Result<&[u8], SnapshotError> {
        self.section(kind).ok_or(SnapshotError::Malformed { what: "sections" })
    }

    fn record(&self, ordinal: Ordinal) -> Result<Decoder<'_>, SnapshotError> {
        let malformed = SnapshotError::Malformed { what: "places" };
        let places = self.known(SectionKind::PLACES)?;
        let at = ordinal.0 as usize;
        let place = |it: usize| {
            let bytes = places.get(it.checked_mul(4)?..it.checked_mul(4)?.checked_add(4)?)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let range = place(at).zip(place(at + 1)).map(|(start, end)| start..end);
        let bytes = range.and_then(|it| self.known(SectionKind::PARTIES).ok()?.get(it));
        let bytes = bytes.ok_or(malformed)?;
        let strings = self.known(SectionKind::STRINGS)?;
        Ok(Decoder { bytes, strings, what: "a party", budget: BUDGET })
    }
}

/// Parties one after the other.
#[derive(Debug)]
pub struct Parties<'s, B> {
    snapshot: &'s Snapshot<B>,
    next: u32,
    end: u32,
}

impl<B: AsRef<[u8]>> Iterator for Parties<'_, B> {
    type Item = Result<ListedParty, SnapshotError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        self.next += 1;
        Some(self.snapshot.party(Ordinal(self.next - 1)))
    }
}

type Sections = Vec<(SectionKind, Range<usize>)>;

fn layout(bytes: &[u8]) -> Result<([u8; 32], Sections), SnapshotError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(SnapshotError::Foreign)?;
    let (version, rest) = rest.split_first_chunk::<4>().ok_or(SnapshotError::Digest)?;
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(SnapshotError::Version { found: version });
    }
    let (count, rest) = rest.split_first_chunk::<4>().ok_or(SnapshotError::Digest)?;
    let (digest, body) = rest.split_first_chunk::<32>().ok_or(SnapshotError::Digest)?;
    if Sha256::digest(body).as_slice() != digest {
        return Err(SnapshotError::Digest);
    }
    let malformed = SnapshotError::Malformed { what: "sections" };
    let count = u32::from_le_bytes(*count) as usize;
    if count > MAX_SECTIONS {
        return Err(malformed);
    }
    let rows = body.get(..count * SECTION_ROW).ok_or(malformed.clone())?;
    let (rows, _) = rows.as_chunks::<SECTION_ROW>();
    let mut sections = Vec::with_capacity(count);
    for row in rows {
        let number = |at: usize| {
            let bytes =
                row.get(at..at + 8).and_then(|it| it.try_into().ok()).map(u64::from_le_bytes);
            bytes.and_then(|it| usize::try_from(it).ok())
        };
        let kind = row.first_chunk::<4>().map(|it| u32::from_le_bytes(*it));
        let range =
            number(8).zip(number(16)).and_then(|(at, length)| Some(at..at.checked_add(length)?));
        let (Some(kind), Some(range)) = (kind, range) else { return Err(malformed) };
        if range.start < HEADER || range.end > bytes.len() {
            return Err(malformed);
        }
        sections.push((SectionKind(kind), range));
    }
    Ok((*digest, sections))
}

fn source(from: &mut Decoder<'_>) -> Result<(Source, u32), SnapshotError> {
    let (code, title, date) = (from.owned()?, from.owned()?, from.date()?);
    let dated = from.truth()?;
    let format = from.text()?.parse().map_err(|()| from.malformed())?;
    let file = from.owned()?;
    let (digest, rest) = from.bytes.split_first_chunk::<32>().ok_or(from.malformed())?;
    from.bytes = rest;
    let extent = match from.number()? {
        0 => Extent::Whole,
        1 => Extent::Excerpt,
        _ => return Err(from.malformed()),
    };
    let lost = u32::try_from(from.number()?).map_err(|_| from.malformed())?;
    let note = from.optional()?;
    let count = u32::try_from(from.number()?).map_err(|_| from.malformed())?;
    let digest = *digest;
    Ok((Source { code, title, date, dated, format, file, digest, extent, lost, note }, count))
}

fn party(from: &mut Decoder<'_>, list: &str) -> Result<ListedParty, SnapshotError> {
    let id = from.owned()?;
    let kind = match from.number()? {
        0 => PartyKind::Person,
        1 => PartyKind::Organization,
        2 => PartyKind::Vessel,
        3 => PartyKind::Aircraft,
        4 => PartyKind::Unknown,
        _ => return Err(from.malformed()),
    };
    let basis = match from.number()? {
        0 => Basis::Name,
        1 => Basis::Address,
        2 => Basis::HighDiversionAddress,
        _ => return Err(from.malformed()),
    };
    Ok(ListedParty {
        list: list.to_owned(),
        id,
        kind,
        basis,
        names: from.many(name)?,
        addresses: from.many(address)?,
        countries: from.many(link)?,
        births: from.many(birth)?,
        birth_places: from.many(Decoder::owned)?,
        gender: match from.number()? {
            0 => None,
            1 => Some(Gender::Female),
            2 => Some(Gender::Male),
            _ => return Err(from.malformed()),
        },
        ids: from.many(identifier)?,
        programs: from.many(Decoder::owned)?,
        license_requirement: from.optional()?,
        license_policy: from.optional()?,
        notices: from.many(Decoder::owned)?,
        coverage: coverage(from)?,
        from: from.date()?,
        until: from.date()?,
        remarks: from.optional()?,
        source_url: from.optional()?,
    })
}

fn name(from: &mut Decoder<'_>) -> Result<PartyName, SnapshotError> {
    let text = from.owned()?;
    let bits = from.number()?;
    let role = match bits >> 2 {
        0 => NameRole::Primary,
        1 => NameRole::Alias,
        2 => NameRole::Former,
        _ => return Err(from.malformed()),
    };
    let parts = if bits & 1 == 1 {
        Some(NameParts { given: from.owned()?, family: from.owned()? })
    } else {
        None
    };
    Ok(PartyName { text, role, weak: bits & 2 == 2, parts })
}

fn address(from: &mut Decoder<'_>) -> Result<Address, SnapshotError> {
    Ok(Address {
        text: from.owned()?,
        city: from.owned()?,
        region: from.owned()?,
        postal_code: from.owned()?,
        country: country(from)?,
    })
}

fn link(from: &mut Decoder<'_>) -> Result<(CountryLink, CountryCode), SnapshotError> {
    let link = match from.number()? {
        0 => CountryLink::Location,
        1 => CountryLink::Citizenship,
        2 => CountryLink::Nationality,
        3 => CountryLink::Birth,
        4 => CountryLink::Registration,
        _ => return Err(from.malformed()),
    };
    Ok((link, country(from)?.ok_or(from.malformed())?))
}

fn birth(from: &mut Decoder<'_>) -> Result<DateSpan, SnapshotError> {
    let (earliest, latest) = (from.date()?, from.date()?);
    let (Some(earliest), Some(latest)) = (earliest, latest) else { return Err(from.malformed()) };
    Ok(DateSpan { earliest, latest, circa: from.truth()? })
}

fn identifier(from: &mut Decoder<'_>) -> Result<Identifier, SnapshotError> {
    Ok(Identifier { kind: from.owned()?, number: from.owned()?, country: country(from)? })
}

fn country(from: &mut Decoder<'_>) -> Result<Option<CountryCode>, SnapshotError> {
    match from.text()? {
        "" => Ok(None),
        code => code.parse().map(Some).map_err(|_| from.malformed()),
    }
}

fn coverage(from: &mut Decoder<'_>) -> Result<Coverage, SnapshotError> {
    let scope = match from.number()? {
        0 => None,
        1 => Some(Scope::AllItems),
        2 => Some(Scope::CclItems),
        3 => Some(Scope::ListedItems(from.many(Decoder::owned)?)),
        _ => return Err(from.malformed()),
    };
    let exceptions_allowed = if from.truth()? { Some(from.many(Decoder::owned)?) } else { None };
    let footnotes = if from.truth()? { Some(from.many(Decoder::small)?) } else { None };
    Ok(Coverage { scope, exceptions_allowed, footnotes, review_policy: from.optional()? })
}
