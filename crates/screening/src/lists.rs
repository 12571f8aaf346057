//! Restricted-party lists as governments publish them: bytes in, parties out.
//!
//! [`import`] looks at what the files contain, not at how they are called, and reads them. What is
//! wrong with one entry is a [`Problem`] with file, line and field, and the rest goes on; what is
//! wrong with a whole file (broken XML, bytes that are no text, columns that are not there) is an
//! [`ImportError`], and nothing of that file is kept. The importers know formats, no law: what an
//! entry means for an export is decided elsewhere.

mod address;
mod bis;
mod builtin;
mod canada;
pub(crate) mod country_names;
mod coverage;
mod csl;
mod days;
mod decode;
mod eu;
mod format;
mod ftm;
mod identity;
mod join;
mod json;
mod names;
mod ofac;
mod own;
mod particular;
mod problem;
mod table;
mod uk;
mod un;
mod xml;

pub use builtin::builtin;
pub use country_names::country;
pub use coverage::read as read_coverage;
pub use format::Format;
pub use problem::{ImportError, Loss, Problem, Reason};

use crate::party::{Basis, ListedParty};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A file of a list: its name, for messages, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct ListFile<'a> {
    /// What to call it.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// One list as imported: the parties of one code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct List {
    /// Where it comes from and what was read.
    pub source: Source,
    /// Its parties, by id.
    pub parties: Vec<ListedParty>,
}

impl List {
    /// A list without entries.
    fn empty(code: &str, file: ListFile<'_>) -> Self {
        let source = Source {
            code: code.to_owned(),
            title: code.to_owned(),
            date: None,
            dated: false,
            format: Format::OwnCsv,
            file: file.name.to_owned(),
            digest: Sha256::digest(file.bytes).into(),
            extent: Extent::Excerpt,
            lost: 0,
            note: None,
        };
        Self { source, parties: Vec::new() }
    }
}

impl Source {
    /// How many days old the list is on a day; `None` where its own day is not stated, since it
    /// may then be of any age, and negative where it is of a later day.
    #[must_use]
    pub fn age(&self, on: Date) -> Option<i32> {
        let date = self.date.filter(|_| self.dated)?;
        Some(on.since(date).ok()?.get_days())
    }
}

/// Where a list comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Source {
    /// The code of the list, as in [`ListedParty::list`].
    pub code: String,
    /// Its name in words.
    pub title: String,
    /// The day of which it is: as the file says, else the latest date that its entries show.
    pub date: Option<Date>,
    /// Whether the file itself states that day. Where it does not, the list may be younger.
    pub dated: bool,
    /// How the file was written.
    pub format: Format,
    /// The file or files it was read from.
    pub file: String,
    /// SHA-256 of those files, one after the other.
    pub digest: [u8; 32],
    /// Whether this is the list or a piece of it. An excerpt that finds nothing proves nothing.
    pub extent: Extent,
    /// Entries of the file that could not be read at all.
    pub lost: u32,
    /// What people should know of it, such as why an older one was kept.
    pub note: Option<String>,
}

/// How much of a list a source holds.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Extent {
    /// The list as published.
    Whole,
    /// Chosen entries only.
    Excerpt,
}

/// What came of importing.
#[derive(Debug, Default)]
pub struct Import {
    /// The lists that were read, by code.
    pub lists: Vec<List>,
    /// What was not understood, in the order of the files.
    pub problems: Vec<Problem>,
    /// Files of which nothing was kept.
    pub failures: Vec<ImportError>,
}

/// Reads list files of any known format. Files that belong together, such as `sdn.csv` and
/// `alt.csv`, must come in one call.
#[must_use]
pub fn import(files: &[ListFile<'_>]) -> Import {
    let mut import = Import::default();
    let (sets, single): (Vec<&ListFile<'_>>, Vec<&ListFile<'_>>) =
        files.iter().partition(|it| ofac_part(**it).is_some());
    for file in single {
        let mut found = Problems { file: file.name, all: Vec::new() };
        match read_file(*file, &mut found) {
            Ok(lists) => import.lists.extend(lists),
            Err(error) => import.failures.push(error),
        }
        import.problems.append(&mut found.all);
    }
    read_sets(&sets, &mut import);
    import.lists = join::join(std::mem::take(&mut import.lists));
    import
}

fn read_file(file: ListFile<'_>, found: &mut Problems<'_>) -> Result<Vec<List>, ImportError> {
    let text = match decode::text(file) {
        Ok(text) => text,
        // The older list of the United Kingdom is published in Windows-1252.
        Err(error) if uk::is_older(file.bytes) => {
            let text = decode::western(file).map_err(|_| error)?;
            found.push(1, "", Loss::Nothing, "not UTF-8; read as Windows-1252".to_owned());
            text.into()
        }
        Err(error) => return Err(error),
    };
    let format =
        format::detect(&text).ok_or_else(|| ImportError::whole(file.name, Reason::Unrecognized))?;
    let batch = match format {
        Format::CslCsv => csl::rows(file.name, &text, found)?,
        Format::CslJson => csl::json(file.name, &text, found)?,
        Format::CslCompactJson => csl::compact(file.name, &text, found)?,
        Format::OfacXml => ofac::xml(file.name, &text, found)?,
        Format::OfacAdvancedXml => ofac::advanced(file.name, &text, found)?,
        Format::UnXml => un::read(file.name, &text, found)?,
        Format::EuXml => eu::xml(file.name, &text, found)?,
        Format::EuCsv => eu::csv(file.name, &text, found)?,
        Format::CanadaXml => canada::read(file.name, &text, found)?,
        Format::BisDenied => bis::denied(file.name, &text, found)?,
        Format::BisJson => bis::json(file.name, &text, found)?,
        Format::UkCsv => uk::read(file.name, &text, found)?,
        Format::FtmJson => ftm::read(file.name, &text, found)?,
        Format::OwnCsv => own::read(file.name, &text, found)?,
        Format::OfacCsv | Format::BuiltIn => {
            return Err(ImportError::whole(file.name, Reason::Unrecognized));
        }
    };
    Ok(batch.into_lists(format, file.name, &digest(&[file])))
}

fn ofac_part(file: ListFile<'_>) -> Option<ofac::Part> {
    ofac::part(&decode::text(file).ok()?)
}

/// The files of OFAC's CSV sets: every main file with whatever lies beside it. Numbers of entries
/// are the same in all of them, so that two sets may come together.
fn read_sets(files: &[&ListFile<'_>], import: &mut Import) {
    let mut companions = ofac::Companions::default();
    let (mut mains, mut others) = (Vec::new(), Vec::new());
    for file in files {
        let Ok(text) = decode::text(**file) else { continue };
        match ofac::part(&text) {
            Some(ofac::Part::Main) => mains.push((file, text)),
            Some(part) => {
                let mut found = Problems { file: file.name, all: Vec::new() };
                companions.add(part, &text, &mut found);
                import.problems.append(&mut found.all);
                others.push(**file);
            }
            None => {}
        }
    }
    if mains.is_empty() {
        for file in others {
            let main = "sdn.csv or cons_prim.csv".to_owned();
            import.failures.push(ImportError::whole(file.name, Reason::Alone { main }));
        }
        return;
    }
    // A main file holds weak aliases only; without the others it is half a list.
    let note = (!companions.has_aliases()).then(|| {
        "without `alt.csv`: the strong aliases are missing, so this is not the whole list"
            .to_owned()
    });
    let mut batches = Vec::new();
    for (file, text) in mains {
        let mut found = Problems { file: file.name, all: Vec::new() };
        match ofac::csv(file.name, &text, &companions, &mut found) {
            Ok(batch) => batches.push((file, batch)),
            Err(error) => import.failures.push(error),
        }
        import.problems.append(&mut found.all);
    }
    let entries: BTreeSet<String> =
        batches.iter().flat_map(|it| &it.1.parties).map(|it| it.id.clone()).collect();
    let younger = companions.of_others(&entries);
    for (file, mut batch) in batches {
        let mut set = vec![**file];
        set.extend(&others);
        let other_day = companions.end_early(&batch.parties).or_else(|| younger.clone());
        batch.note = join_notes(note.clone(), other_day);
        batch.extent = batch.note.as_ref().map(|_| Extent::Excerpt);
        import.lists.extend(batch.into_lists(Format::OfacCsv, file.name, &digest(&set)));
    }
}

fn digest(files: &[ListFile<'_>]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.bytes);
    }
    hasher.finalize().into()
}

/// Problems of one file, as an importer meets them.
struct Problems<'a> {
    file: &'a str,
    all: Vec<Problem>,
}

impl Problems<'_> {
    fn entry(&mut self, line: u64, what: impl Into<String>) {
        self.push(line, "", Loss::Entry, what.into());
    }

    fn field(&mut self, line: u64, field: &str, what: impl Into<String>) {
        self.push(line, field, Loss::Field, what.into());
    }

    fn push(&mut self, line: u64, field: &str, loss: Loss, what: String) {
        let file = self.file.to_owned();
        self.all.push(Problem { file, line, field: field.to_owned(), loss, what });
    }

    fn lost(&self) -> u32 {
        let lost = self.all.iter().filter(|it| it.loss == Loss::Entry).count();
        u32::try_from(lost).unwrap_or(u32::MAX)
    }
}

/// What one file held, before it is sorted into lists.
#[derive(Default)]
struct Batch {
    parties: Vec<ListedParty>,
    titles: BTreeMap<String, String>,
    date: Option<Date>,
    extent: Option<Extent>,
    lost: u32,
    note: Option<String>,
}

impl Batch {
    fn into_lists(self, format: Format, file: &str, digest: &[u8; 32]) -> Vec<List> {
        // A file without a date is at least as young as its youngest entry.
        let youngest = self.parties.iter().filter_map(|it| it.from).max();
        let mut lists: BTreeMap<String, Vec<ListedParty>> = BTreeMap::new();
        for party in self.parties {
            lists.entry(party.list.clone()).or_default().push(party);
        }
        let list = |(code, mut parties): (String, Vec<ListedParty>)| {
            identity::settle(&mut parties);
            let placeless = placeless(&parties);
            let source = Source {
                title: self.titles.get(&code).cloned().unwrap_or_else(|| code.clone()),
                date: self.date.or(youngest),
                dated: self.date.is_some(),
                format,
                file: file.to_owned(),
                digest: *digest,
                extent: placeless
                    .as_ref()
                    .map_or(self.extent.unwrap_or(Extent::Whole), |_| Extent::Excerpt),
                lost: self.lost,
                note: join_notes(self.note.clone(), placeless),
                code,
            };
            List { source, parties }
        };
        lists.into_iter().map(list).collect()
    }
}

/// Why a list clears nobody of which entries name an address, and none is there.
fn placeless(parties: &[ListedParty]) -> Option<String> {
    let none = |it: &&ListedParty| {
        it.basis != Basis::Name && it.addresses.iter().all(|it| it.text.trim().is_empty())
    };
    let count = parties.iter().filter(none).count();
    (count > 0).then(|| {
        let entries = if count == 1 { "1 entry" } else { &format!("{count} entries") };
        format!(
            "the address is missing of {entries} that only an address is in: not the whole list"
        )
    })
}

fn join_notes(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}; {second}")),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests;
