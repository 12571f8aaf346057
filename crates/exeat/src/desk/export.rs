//! Bundles for auditors: made aside, watched under an address of their own, taken as one archive.
//!
//! One is made at a time. It lies in the data folder until the next one is made or the server
//! starts anew, and never longer than an hour.

use super::Desk;
use super::fault::Fault;
use super::permission::{Actor, Permission, Whose};
use crate::archive;
use crate::chance;
use crate::data::DataFolder;
use crate::records::keep::engine_version;
use jiff::Timestamp;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use store::Store;
use store::bundle::{self, Bodies, Written};

/// How long an archive lies there.
const KEPT: Duration = Duration::from_hours(1);

/// The bundle of this process, where one was asked for.
#[derive(Debug, Default)]
pub(crate) struct Exports(Mutex<Option<Arc<Export>>>);

/// A bundle that is being made, or was.
#[derive(Debug)]
pub(crate) struct Export {
    /// Its name.
    pub(crate) name: String,
    began: Instant,
    written: AtomicU64,
    of: AtomicU64,
    ended: Mutex<Option<Result<Made, String>>>,
}

/// What was made.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Where the archive is.
    pub(crate) file: PathBuf,
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// How many events.
    pub(crate) events: u64,
    /// Where the chain ends.
    pub(crate) head: String,
}

impl Export {
    /// How much of the chain was written, in percent.
    pub(crate) fn percent(&self) -> u64 {
        let of = self.of.load(Ordering::Relaxed).max(1);
        (self.written.load(Ordering::Relaxed) * 100 / of).min(100)
    }

    /// What came of it; `None` while it is being made.
    pub(crate) fn ended(&self) -> Option<Result<Made, String>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_over(&self) -> bool {
        self.ended().is_some() && self.began.elapsed() > KEPT
    }
}

impl Exports {
    /// The bundle of that name, while it is kept.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Export>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|it| it.name == name && !it.is_over()).map(Arc::clone)
    }
}

impl Desk {
    /// Begins to make a bundle of all records, and returns its name; while one is being made, that
    /// of the one.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or there is no folder to make it in.
    pub(crate) fn begin_export(
        self: &Arc<Self>,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<String, Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        let store = Arc::clone(&self.records()?.store);
        let folder = DataFolder::open()?.path().join("exports");
        let mut held = self.exports.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = held.as_ref().filter(|it| it.ended().is_none()) {
            return Ok(one.name.clone());
        }
        let name = chance::id()?;
        let export = Arc::new(Export {
            name: name.clone(),
            began: Instant::now(),
            written: AtomicU64::new(0),
            of: AtomicU64::new(0),
            ended: Mutex::default(),
        });
        *held = Some(Arc::clone(&export));
        thread::spawn(move || {
            // What an earlier one left behind goes first; where it cannot, making this one tells.
            drop(fs::remove_dir_all(&folder));
            let made = make(&*store, &folder, &export, at);
            let mut ended = export.ended.lock().unwrap_or_else(PoisonError::into_inner);
            *ended = Some(made);
        });
        Ok(name)
    }
}

fn make(store: &dyn Store, folder: &Path, export: &Export, at: Timestamp) -> Result<Made, String> {
    let said = |it: std::io::Error| it.to_string();
    fs::create_dir_all(folder).map_err(said)?;
    let progress = &mut |written, of| {
        export.written.store(written, Ordering::Relaxed);
        export.of.store(of, Ordering::Relaxed);
    };
    let file = folder.join("records.tar.gz");
    let out = BufWriter::new(File::create(&file).map_err(said)?);
    let bundle = Bundle { bodies: &Bodies::All, now: at, progress };
    let written = bundle.pack(store, &folder.join("bundle"), out)?;
    let bytes = fs::metadata(&file).map_err(said)?.len();
    Ok(Made { file, bytes, events: written.events, head: written.head.to_string() })
}

/// What an auditor gets.
pub(super) struct Bundle<'a> {
    /// Which bodies it holds.
    pub(super) bodies: &'a Bodies,
    /// When it is made.
    pub(super) now: Timestamp,
    /// Told how many events were written, and of how many.
    pub(super) progress: &'a mut dyn FnMut(u64, u64),
}

impl Bundle<'_> {
    /// Writes it as an archive of the folder that `exeat audit export` makes; `folder` is where it
    /// is made, and gone afterwards.
    pub(super) fn pack(
        self,
        store: &dyn Store,
        folder: &Path,
        out: impl Write,
    ) -> Result<Written, String> {
        let said = |it: std::io::Error| it.to_string();
        let frozen = store.frozen().map_err(|it| it.to_string())?;
        let program = engine_version();
        let written =
            bundle::write(&*frozen, folder, self.bodies, (&program, self.now), self.progress)
                .map_err(|it| it.to_string())?;
        archive::pack(folder, "exeat-records", out).map_err(said)?;
        fs::remove_dir_all(folder).map_err(said)?;
        Ok(written)
    }
}
