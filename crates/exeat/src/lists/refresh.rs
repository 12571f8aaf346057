//! New files in, a new snapshot out, or the last good one kept.
//!
//! A source is refused, with the reason, where a file of it is not understood, where too many of
//! its entries are not, where a list in it has lost entries, names, addresses or what else is
//! searched as no list does in a day, or is gone, or is older than the one that is here. The other
//! sources go on. The snapshot is made anew from everything that is kept, read back, and only
//! then put in the place of the one that answers.

use super::holdings::Holdings;
use super::manifest::{Kept, KeptFile, Manifest, keep_file, kept_file};
use super::size;
use crate::data::DataFolder;
use crate::fetch::Tags;
use crate::keep;
use crate::trouble::Trouble;
use jiff::civil::Date;
use screening::ListedParty;
use screening::lists::{self, Extent, Format, Import, List, ListFile};
use screening::snapshot::{self, SectionKind, Snapshot, SnapshotError};
use std::collections::BTreeMap;
use std::fs;

/// The section of a snapshot that holds the index of its names.
pub(crate) const INDEX: SectionKind = SectionKind(SectionKind::FIRST_FREE);
/// A list may lose this share of its entries, in percent, before it is suspicious.
const SHRINKS: u64 = 10;
/// A list this much smaller, in entries, is never suspicious.
const FEW: u64 = 5;
/// So many entries in a thousand may be beyond reading before a source is refused.
const LOST: u64 = 10;

/// A source on its way in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    /// What it is called here.
    pub(crate) name: String,
    /// Its files.
    pub(crate) files: Vec<IncomingFile>,
    /// The day on which it is known to be the current one.
    pub(crate) current_on: Option<Date>,
}

/// A file on its way in.
#[derive(Clone, Debug)]
pub(crate) struct IncomingFile {
    /// What it is called.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
    /// Where it was fetched.
    pub(crate) address: Option<String>,
    /// As the server named it.
    pub(crate) tags: Tags,
}

impl IncomingFile {
    /// A file that somebody sends.
    pub(crate) fn sent(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes, address: None, tags: Tags::default() }
    }
}

/// A source that was taken in.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// How many entries each list has.
    pub(crate) entries: BTreeMap<String, u64>,
    /// What was not understood and did not matter enough.
    pub(crate) problems: Vec<String>,
    /// The lists whose day neither a file nor anybody told.
    pub(crate) undated: Vec<String>,
}

/// Why a source was not taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// A file is not understood.
    #[error("{}", .0.join("; "))]
    NotUnderstood(Vec<String>),
    /// There is nothing in it.
    #[error("there is no entry in it")]
    Empty,
    /// Too much of it is not understood.
    #[error("{lost} of {all} entries could not be read, the first: {first}")]
    Lost {
        /// How many.
        lost: u64,
        /// Of how many.
        all: u64,
        /// The first of them.
        first: String,
    },
    /// A list is suspiciously small.
    #[error("{list} has {now} {what}, and had {before}")]
    Shrunken {
        /// Which list.
        list: String,
        /// Of what: `entries`, `names`, `addresses`.
        what: &'static str,
        /// What it had.
        before: u64,
        /// What it would have.
        now: u64,
    },
    /// The list that is here is younger.
    #[error("{list} is of {now}, and the one that is here is of {before}")]
    Older {
        /// Which list.
        list: String,
        /// The day of the one that is here.
        before: Date,
        /// The day of this one.
        now: Date,
    },
}

impl Refusal {
    /// Whether somebody may say that it is meant.
    pub(crate) fn may_be_meant(&self) -> bool {
        matches!(self, Self::Shrunken { .. } | Self::Older { .. })
    }
}

/// The manifest with one more source, if it is sound. Its files are kept; nothing answers yet.
///
/// # Errors
///
/// `Ok(Err)` where the source is refused, `Err` where the folder cannot be written.
pub(crate) fn take(
    data: &DataFolder,
    manifest: &mut Manifest,
    incoming: &Incoming,
    accept_shrunken: bool,
    today: Date,
) -> Result<Result<Taken, Refusal>, Trouble> {
    let files: Vec<ListFile<'_>> =
        incoming.files.iter().map(|it| ListFile { name: &it.name, bytes: &it.bytes }).collect();
    let mut import = lists::import(&files);
    let kept = kept_lists(data, manifest);
    let before = before(manifest, &kept, &incoming.name, &import);
    let mut taken = match judged(&import, &before, accept_shrunken) {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !accept_shrunken
        && let Some(refusal) = older(&import, &kept, manifest.source.get(&incoming.name), incoming)
    {
        return Ok(Err(refusal));
    }
    if !accept_shrunken {
        taken.problems.splice(..0, size::doubt(&mut import.lists));
    }
    if incoming.current_on.is_none() {
        let undated = import.lists.iter().filter(|it| it.source.date.is_none());
        taken.undated = undated.map(|it| it.source.code.clone()).collect();
    }
    let mut kept = Kept {
        current_on: incoming.current_on.map(|it| it.to_string()),
        came: today.to_string(),
        small_is_meant: accept_shrunken,
        entries: taken.entries.clone(),
        file: Vec::new(),
    };
    for file in &incoming.files {
        kept.file.push(KeptFile {
            name: file.name.clone(),
            sha256: keep_file(data, &file.bytes)?,
            address: file.address.clone(),
            etag: file.tags.etag.clone(),
            last_modified: file.tags.last_modified.clone(),
        });
    }
    manifest.source.insert(incoming.name.clone(), kept);
    Ok(Ok(taken))
}

/// The lists of every source that is kept, as their files say. A source that is damaged has none:
/// what comes replaces it.
fn kept_lists(data: &DataFolder, manifest: &Manifest) -> Vec<(String, List)> {
    let lists = manifest.source.iter().flat_map(|(name, kept)| {
        let lists = as_published(data, kept).unwrap_or_default();
        lists.into_iter().map(|it| (name.clone(), it))
    });
    lists.collect()
}

/// What the lists hold that an import is about: those in it, and those that its source had so far,
/// which it may have lost. Of several sources the most that one has.
fn before(
    manifest: &Manifest,
    kept: &[(String, List)],
    source: &str,
    import: &Import,
) -> BTreeMap<String, Holdings> {
    let offered = import.lists.iter().map(|it| &it.source.code);
    let had = manifest.source.get(source).into_iter().flat_map(|it| it.entries.keys());
    let most = |code: &String| {
        let known = Holdings::of_entries(manifest.entries_of(code));
        let lists = kept.iter().map(|it| &it.1).filter(|it| it.source.code == *code);
        lists.map(Holdings::of).fold(known, Holdings::most)
    };
    offered.chain(had).map(|code| (code.clone(), most(code))).collect()
}

/// Whether a source brings a list that is older than what it brought before. Days that were told
/// are compared; where one was not, the youngest entries are.
fn older(
    import: &Import,
    kept: &[(String, List)],
    before: Option<&Kept>,
    incoming: &Incoming,
) -> Option<Refusal> {
    let told = |list: &List, current_on: Option<Date>| {
        list.source.date.filter(|_| list.source.dated).max(current_on)
    };
    import.lists.iter().find_map(|list| {
        let code = &list.source.code;
        let known = kept.iter().find(|it| it.0 == incoming.name && it.1.source.code == *code);
        let known = &known?.1;
        let days =
            (told(known, before.and_then(Kept::current_on)), told(list, incoming.current_on));
        let (before, now) = match days {
            (Some(before), Some(now)) => (before, now),
            _ => (known.source.date?, list.source.date?),
        };
        (now < before).then(|| Refusal::Older { list: code.clone(), before, now })
    })
}

/// Whether an import is sound, beside what was `before` it.
fn judged(
    import: &Import,
    before: &BTreeMap<String, Holdings>,
    accept_shrunken: bool,
) -> Result<Taken, Refusal> {
    if !import.failures.is_empty() {
        let failures = import.failures.iter().map(ToString::to_string).collect();
        return Err(Refusal::NotUnderstood(failures));
    }
    let entries: BTreeMap<String, u64> =
        import.lists.iter().map(|it| (it.source.code.clone(), it.parties.len() as u64)).collect();
    let all: u64 = entries.values().sum();
    if all == 0 {
        return Err(Refusal::Empty);
    }
    let missing: Vec<String> = import
        .problems
        .iter()
        .filter(|it| it.loss == lists::Loss::Entry)
        .map(ToString::to_string)
        .collect();
    let lost = missing.len() as u64;
    if let Some(first) = missing.first().filter(|_| lost * 1000 > all * LOST) {
        return Err(Refusal::Lost { lost, all: all + lost, first: first.clone() });
    }
    if !accept_shrunken {
        for (code, before) in before {
            let arrived = import.lists.iter().find(|it| it.source.code == *code);
            let now = arrived.map(Holdings::of).unwrap_or_default();
            for ((what, before), (_, now)) in before.each().into_iter().zip(now.each()) {
                if before > now + FEW && now * 100 < before * (100 - SHRINKS) {
                    return Err(Refusal::Shrunken { list: code.clone(), what, before, now });
                }
            }
        }
    }
    let problems = import.problems.iter().map(ToString::to_string).collect();
    Ok(Taken { entries, problems, undated: Vec::new() })
}

impl Manifest {
    /// How many entries of a list are kept, in the source that has most of them.
    fn entries_of(&self, list: &str) -> u64 {
        self.source.values().filter_map(|it| it.entries.get(list)).copied().max().unwrap_or(0)
    }
}

/// A list that was left out because another source has a younger or fuller copy of it.
#[derive(Debug)]
pub(crate) struct LeftOut {
    /// The list.
    pub(crate) list: String,
    /// The source.
    pub(crate) source: String,
}

/// Makes the snapshot of what a manifest names, and puts it and the manifest in place. What was
/// left out of it is told.
///
/// # Errors
///
/// Where a kept file is damaged, or the folder cannot be written. What answered before answers.
pub(crate) fn put_in_place(
    data: &DataFolder,
    manifest: &Manifest,
) -> Result<Vec<LeftOut>, Trouble> {
    let mut lists: Vec<(String, List)> = Vec::new();
    for (name, kept) in &manifest.source {
        lists.extend(read(data, kept)?.into_iter().map(|it| (name.clone(), it)));
    }
    let (chosen, left_out) = youngest(lists);
    let bytes = bytes_of(&chosen)?;
    Snapshot::open(bytes.as_slice())
        .map_err(|error| Trouble::new(format!("the new snapshot cannot be read back: {error}")))?;
    let path = data.snapshot();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Trouble::writing(folder, &error))?;
    }
    keep::replace(&path, &bytes).map_err(|error| Trouble::writing(&path, &error))?;
    manifest.keep(data)?;
    Ok(left_out)
}

/// The bytes of a snapshot of these lists.
///
/// # Errors
///
/// Where there are more than a snapshot holds.
pub(crate) fn bytes_of(lists: &[List]) -> Result<Vec<u8>, Trouble> {
    let wrong = |error: SnapshotError| Trouble::new(format!("no snapshot can be made: {error}"));
    // The index refers to parties by their places, which a snapshot of the lists alone tells.
    let alone = snapshot::write(lists, &[]).map_err(wrong)?;
    let alone = Snapshot::open(alone.as_slice()).map_err(wrong)?;
    let parties: Result<Vec<ListedParty>, SnapshotError> = alone.parties().collect();
    let index = screening::index::build(&parties.map_err(wrong)?);
    snapshot::write(lists, &[(INDEX, index)]).map_err(wrong)
}

/// The lists of a source that is kept.
fn read(data: &DataFolder, kept: &Kept) -> Result<Vec<List>, Trouble> {
    let mut lists = as_published(data, kept)?;
    if !kept.small_is_meant {
        size::doubt(&mut lists);
    }
    for list in &mut lists {
        // What the source was on the day it was fetched, it was whatever its files say.
        if let Some(day) = kept.current_on() {
            list.source.date = list.source.date.max(Some(day));
            list.source.dated = true;
        }
    }
    Ok(lists)
}

/// The same as their files say, and nobody else.
fn as_published(data: &DataFolder, kept: &Kept) -> Result<Vec<List>, Trouble> {
    let mut contents = Vec::new();
    for file in &kept.file {
        contents.push((file.name.as_str(), kept_file(data, file)?));
    }
    let files: Vec<ListFile<'_>> =
        contents.iter().map(|(name, bytes)| ListFile { name, bytes }).collect();
    let import = lists::import(&files);
    if let Some(failure) = import.failures.first() {
        return Err(Trouble::new(failure.to_string()));
    }
    Ok(import.lists)
}

/// Of each list one copy: the whole before the excerpt, the official before one of our own form, then
/// the youngest, then the fullest.
fn youngest(lists: Vec<(String, List)>) -> (Vec<List>, Vec<LeftOut>) {
    let rank = |it: &List| {
        let whole = it.source.extent == Extent::Whole;
        // A few rows under the code of an official list are not that list, however young.
        let official = it.source.format != Format::OwnCsv;
        (whole, official, it.source.date, Holdings::of(it).all())
    };
    let mut chosen: BTreeMap<String, (String, List)> = BTreeMap::new();
    let mut left_out = Vec::new();
    for (name, list) in lists {
        let code = list.source.code.clone();
        match chosen.remove(&code) {
            Some((other, known)) if rank(&known) >= rank(&list) => {
                left_out.push(LeftOut { list: code.clone(), source: name });
                chosen.insert(code, (other, known));
            }
            Some((other, _)) => {
                left_out.push(LeftOut { list: code.clone(), source: other });
                chosen.insert(code, (name, list));
            }
            None => {
                chosen.insert(code, (name, list));
            }
        }
    }
    (chosen.into_values().map(|it| it.1).collect(), left_out)
}
