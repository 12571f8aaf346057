//! The lists that answer: the snapshot of the data folder, one that was named, or the small list
//! in the program.

use super::built_in;
use super::refresh::INDEX;
use crate::data::DataFolder;
use crate::digest::hex;
use crate::trouble::Trouble;
use decision::matches::{Searched, SearchedList};
use decision::transaction::listing::KnownList;
use memmap2::Mmap;
use screening::ListedParty;
use screening::index::{self, IndexError};
use screening::lists::{Extent, Source};
use screening::party::Basis;
use screening::snapshot::{Ordinal, Snapshot, SnapshotError};
use screening::{Index, Premises};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;

/// A snapshot, and whether it is only the small list in the program.
#[derive(Debug)]
pub(crate) struct Lists {
    /// The snapshot.
    pub(crate) snapshot: Snapshot<Bytes>,
    /// Whether nobody has imported or fetched any list here.
    pub(crate) built_in: bool,
    /// The index of its names, where that in the snapshot is of another version of the program: old
    /// records are answered again by newer programs, and lists outlive an upgrade.
    remade: Option<Vec<u8>>,
    /// Its entries of an address alone; read when the first address is asked for.
    premises: OnceLock<Premises>,
}

/// Bytes that are mapped, or held.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// Of a file.
    Mapped(Mmap),
    /// Of the program.
    Held(Vec<u8>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(bytes) => bytes,
        }
    }
}

impl Lists {
    /// Lists over the bytes of a snapshot.
    ///
    /// # Errors
    ///
    /// Where the bytes are no snapshot of this version, or their index is damaged.
    pub(crate) fn new(bytes: Bytes, built_in: bool) -> Result<Self, String> {
        let snapshot = Snapshot::open(bytes).map_err(|error| error.to_string())?;
        let remade = match snapshot.section(INDEX).map(Index::read) {
            Some(Ok(_)) => None,
            Some(Err(error @ IndexError::Damaged)) => return Err(error.to_string()),
            None | Some(Err(IndexError::Version)) => {
                let parties: Result<Vec<ListedParty>, SnapshotError> = snapshot.parties().collect();
                Some(index::build(&parties.map_err(|error| error.to_string())?))
            }
        };
        let lists = Self { snapshot, built_in, remade, premises: OnceLock::new() };
        lists.index()?;
        Ok(lists)
    }

    /// Whether the index had to be made anew, which takes a while each time.
    pub(crate) fn is_remade(&self) -> bool {
        self.remade.is_some()
    }

    /// The index of the names.
    ///
    /// # Errors
    ///
    /// Where there is none in the snapshot: [`Lists::new`] has looked.
    pub(crate) fn index(&self) -> Result<Index<'_>, String> {
        let kept = || self.snapshot.section(INDEX);
        let bytes = self.remade.as_deref().or_else(kept).ok_or("it has no index")?;
        Index::read(bytes).map_err(|error| error.to_string())
    }

    /// The entries of an address alone.
    pub(crate) fn premises(&self) -> &Premises {
        self.premises.get_or_init(|| {
            // Only the Entity List, and lists of one's own, name addresses alone.
            let official = |code: &str| code != "EL" && code.parse::<KnownList>().is_ok();
            let lists: Vec<&Source> = self.snapshot.sources().map(|it| it.0).collect();
            let places = lists
                .into_iter()
                .filter(|it| !official(&it.code))
                .flat_map(|it| self.snapshot.ordinals(&it.code));
            let parties: Vec<(u32, ListedParty)> = places
                .filter_map(|it| Some((it, self.snapshot.party(Ordinal(it)).ok()?)))
                .filter(|it| it.1.basis != Basis::Name)
                .collect();
            Premises::of(parties.iter().map(|it| (it.0, &it.1)))
        })
    }

    /// What a search of these lists covers; `max_age` is how many days a list may be away from the
    /// day of a transaction.
    pub(crate) fn searched(&self, max_age: u32) -> Searched {
        let list = |(source, entries): (&Source, u32)| SearchedList {
            code: source.code.clone(),
            date: source.date,
            digest: hex(&source.digest),
            entries: u64::from(entries),
            whole: source.extent == Extent::Whole && !self.built_in,
        };
        Searched {
            lists: self.snapshot.sources().map(list).collect(),
            digest: self.snapshot.digest().to_string(),
            settings: String::new(),
            built_in: self.built_in,
            max_age,
        }
    }

    /// The entry that a person named as `LIST:ID`.
    ///
    /// # Errors
    ///
    /// Where the name has no such form, or the snapshot is damaged.
    pub(crate) fn entry(&self, named: &str) -> Result<Option<ListedParty>, Trouble> {
        let Some((list, id)) = named.split_once(':') else {
            return Err(Trouble::new(format!("`{named}` names no entry"))
                .help("write the list and the entry's number, such as SDN:48059"));
        };
        let damaged = |error: SnapshotError| Trouble::new(error.to_string());
        let place = self.snapshot.find(&list.to_uppercase(), id).map_err(damaged)?;
        place.map(|it| self.snapshot.party(it).map_err(damaged)).transpose()
    }
}

/// The lists to ask: those of a file where one is named, those of the data folder where there are
/// any, else the small list in the program.
///
/// # Errors
///
/// Where a file is there and cannot be read: then nothing else may answer in its place.
pub(crate) fn open(named: Option<&Path>) -> Result<Lists, Trouble> {
    if let Some(path) = named {
        return file(path)?.ok_or_else(|| Trouble::reading(path, &ErrorKind::NotFound.into()));
    }
    let kept = match DataFolder::open() {
        Ok(data) => file(&data.snapshot())?,
        // Without a home there are no lists of one's own.
        Err(_) => None,
    };
    kept.map_or_else(built_in::open, Ok)
}

/// The snapshot in a file; `None` where there is no such file.
pub(crate) fn file(path: &Path) -> Result<Option<Lists>, Trouble> {
    let Some(bytes) = mapped(path)? else { return Ok(None) };
    let lists = Lists::new(bytes, false).map_err(|error| {
        Trouble::new(format!("`{}`: {error}", path.display()))
            .help("make it again: exeat lists update, or exeat lists import FILE")
    })?;
    Ok(Some(lists))
}

/// The bytes of a file that is only ever replaced by renaming; `None` where there is no such file.
pub(crate) fn mapped(path: &Path) -> Result<Option<Bytes>, Trouble> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Trouble::reading(path, &error)),
    };
    Ok(Some(Bytes::Mapped(map(&file).map_err(|error| Trouble::reading(path, &error))?)))
}

#[expect(
    unsafe_code,
    reason = "a map is sound while nobody writes to the file: snapshots are only ever replaced by \
              renaming (`keep::replace`), which leaves the mapped file as it was; and every read \
              of it is bounds-checked, so that a file changed by somebody else gives an error or a \
              wrong name, and no memory beyond it"
)]
fn map(file: &File) -> std::io::Result<Mmap> {
    // SAFETY: see the reason above.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests;
