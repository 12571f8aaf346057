//! Lists that come in while the server runs: from a file that somebody sends, or fetched as
//! `lists.toml` says. What is refused leaves the lists that answer as they are.

use super::super::Desk;
use super::super::fault::Fault;
use super::super::permission::{Actor, Permission, Whose};
use crate::data::DataFolder;
use crate::fetch::Tags;
use crate::lists::manifest::Manifest;
use crate::lists::refresh::{Incoming, IncomingFile, LeftOut, put_in_place, take};
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
        if !is_name(&sent.source) {
            return Err(Fault::invalid("source", "letters, digits, `-`, `_` and `.` are wanted"));
        }
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let data = DataFolder::open()?;
        let mut manifest = Manifest::read(&data)?;
        let file =
            IncomingFile { name: sent.name.clone(), bytes, address: None, tags: Tags::default() };
        let (name, files) = (sent.source.clone(), vec![file]);
        let incoming = Incoming { name, files, current_on: sent.current_on };
        let taken = take(&data, &mut manifest, &incoming, sent.accept_shrunken, today)?;
        let taken = taken.map_err(|it| Fault::invalid("body", it.to_string()))?;
        let mut notes: Vec<String> = taken.problems.into_iter().take(TOLD).collect();
        notes.extend(put_in_place(&data, &manifest)?.iter().map(left_out));
        self.refresh()?;
        Ok(Arrived { source: sent.source.clone(), state: "new", entries: taken.entries, notes })
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
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let data = DataFolder::open()?;
        let mut settings = Settings::read(&data)?;
        if offline {
            settings.remotes.clear();
        }
        let mut manifest = Manifest::read(&data)?;
        let terms = Terms { accept_shrunken: false, today };
        let mut all = Vec::new();
        update(&data, &settings, &mut manifest, terms, &mut |source, news| {
            let (state, entries, notes) = match news {
                News::Unchanged => ("unchanged", BTreeMap::new(), Vec::new()),
                News::New(it) => {
                    let notes = it.problems.iter().take(TOLD).cloned().collect();
                    ("new", it.entries.clone(), notes)
                }
                News::Kept(why) => ("kept", BTreeMap::new(), vec![why.clone()]),
            };
            all.push(Arrived { source: source.to_owned(), state, entries, notes });
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

fn left_out(LeftOut { list, source }: &LeftOut) -> String {
    format!("{list} of `{source}` is not used: another source is younger")
}
