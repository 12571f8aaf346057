//! Lists that come in while the server runs: from a file that somebody sends, or fetched as
//! `lists.toml` says. What is refused leaves the lists that answer as they are.

use super::super::Desk;
use super::super::fault::Fault;
use super::super::permission::{Actor, Permission, Whose};
use crate::data::DataFolder;
use crate::lists::manifest::Manifest;
use crate::lists::refresh::{Incoming, IncomingFile, LeftOut, Refusal, put_in_place, take};
use crate::lists::settings::{Settings, is_name};
use crate::lists::update::{News, Terms, update};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// One at a time: each makes the snapshot from everything that is kept.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What became of one source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Arrived {
    /// What it is called here.
    pub(crate) source: String,
    /// Whether it is new, unchanged, or refused.
    pub(crate) state: &'static str,
    /// How many entries each list of it has.
    pub(crate) entries: BTreeMap<String, u64>,
    /// What was not understood and did not matter enough, or why the last good one is kept.
    pub(crate) notes: Vec<String>,
    /// Whether it is refused only because a list of it shrank.
    pub(crate) shrunken: bool,
}

/// How somebody sends a file.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// What the source is called here.
    pub(crate) source: String,
    /// What the file is called; its ending says the format where the content does not.
    pub(crate) name: String,
    /// The day on which it is known to be the current one.
    pub(crate) current_on: Option<Date>,
    /// Whether a list that has shrunk is taken as well.
    pub(crate) accept_shrunken: bool,
}

/// What is fetched, and on what terms.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fetching {
    /// Whether only the drop folder is taken in.
    pub(crate) offline: bool,
    /// Whether a list that has shrunk is taken as well.
    pub(crate) accept_shrunken: bool,
}

/// The largest file of a list, in bytes.
pub(crate) const LARGEST: usize = 64 << 20;
/// How many notes are told.
const TOLD: usize = 20;

impl Desk {
    /// Takes in a file of a list; it answers at once.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the file is refused.
    pub(crate) fn take_list(
        &self,
        actor: &Actor,
        sent: &Sent,
        bytes: Vec<u8>,
        today: Date,
    ) -> Result<Arrived, Fault> {
        actor.may(Permission::ManageLists, Whose::Anyone)?;
        let file = IncomingFile::sent(&sent.name, bytes);
        let incoming = incoming(&sent.source, vec![file], sent.current_on)?;
        let taken = self.taken(&incoming, sent.accept_shrunken, today)?;
        taken.map_err(|it| Fault::invalid("body", it.to_string()))
    }

    /// Takes files in, if they are sound.
    pub(super) fn taken(
        &self,
        incoming: &Incoming,
        accept_shrunken: bool,
        today: Date,
    ) -> Result<Result<Arrived, Refusal>, Fault> {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let data = DataFolder::open()?;
        let mut manifest = Manifest::read(&data)?;
        let taken = match take(&data, &mut manifest, incoming, accept_shrunken, today)? {
            Ok(taken) => taken,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut notes: Vec<String> = taken.problems.into_iter().take(TOLD).collect();
        notes.extend(put_in_place(&data, &manifest)?.iter().map(left_out));
        self.refresh()?;
        let source = incoming.name.clone();
        Ok(Ok(Arrived { source, state: "new", entries: taken.entries, notes, shrunken: false }))
    }

    /// Fetches every source again, and takes in what lies in the drop folder.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the data folder cannot be written. A source that does not come
    /// is told, and keeps its last good files.
    pub(crate) fn update_lists(
        &self,
        actor: &Actor,
        offline: bool,
        today: Date,
    ) -> Result<Vec<Arrived>, Fault> {
        actor.may(Permission::ManageLists, Whose::Anyone)?;
        let fetching = Fetching { offline, ..Fetching::default() };
        self.fetched(fetching, today, &mut |_| {})
    }

    /// The same for whoever asked before; `told` hears of each source when it is done.
    pub(super) fn fetched(
        &self,
        fetching: Fetching,
        today: Date,
        told: &mut dyn FnMut(&Arrived),
    ) -> Result<Vec<Arrived>, Fault> {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let data = DataFolder::open()?;
        let mut settings = Settings::read(&data)?;
        if fetching.offline {
            settings.remotes.clear();
        }
        let mut manifest = Manifest::read(&data)?;
        let terms = Terms { accept_shrunken: fetching.accept_shrunken, today };
        let mut all = Vec::new();
        update(&data, &settings, &mut manifest, terms, &mut |source, news| {
            let arrived = match news {
                News::Unchanged => {
                    Arrived { state: "unchanged", ..kept(source, Vec::new(), false) }
                }
                News::New(it) => Arrived {
                    state: "new",
                    entries: it.entries.clone(),
                    ..kept(source, it.problems.iter().take(TOLD).cloned().collect(), false)
                },
                News::Kept(why) => kept(source, vec![why.clone()], false),
                News::Shrunken(why) => {
                    let why = format!("{why}; it is taken once somebody accepts that");
                    kept(source, vec![why], true)
                }
            };
            told(&arrived);
            all.push(arrived);
        })?;
        if !manifest.source.is_empty() {
            for it in put_in_place(&data, &manifest)? {
                if let Some(arrived) = all.iter_mut().find(|arrived| arrived.source == it.source) {
                    arrived.notes.push(left_out(&it));
                }
            }
        }
        self.refresh()?;
        Ok(all)
    }
}

/// A source that keeps its last good files, and why.
pub(super) fn kept(source: &str, notes: Vec<String>, shrunken: bool) -> Arrived {
    let entries = BTreeMap::new();
    Arrived { source: source.to_owned(), state: "kept", entries, notes, shrunken }
}

/// Files that somebody sends, under the name of a source.
///
/// # Errors
///
/// Where the name cannot be one.
pub(crate) fn incoming(
    source: &str,
    files: Vec<IncomingFile>,
    current_on: Option<Date>,
) -> Result<Incoming, Fault> {
    if !is_name(source) {
        let what = "letters, digits, `-`, `_` and `.` are wanted, at most 100 of them";
        return Err(Fault::invalid("source", what));
    }
    Ok(Incoming { name: source.to_owned(), files, current_on })
}

fn left_out(LeftOut { list, source }: &LeftOut) -> String {
    format!(
        "{list} of `{source}` is not used: another source has it younger, fuller or as published"
    )
}
