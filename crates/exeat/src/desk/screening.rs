//! Files of names: searched aside, watched under an address of their own, and worked alert by
//! alert.
//!
//! A job lives as long as the server does, and no longer: what is decided about a match is kept
//! with the decisions, what is found can be found again.

use super::Desk;
use super::fault::Fault;
use crate::clock;
use crate::digest::sha256;
use crate::ordered;
use crate::rows::{Reading, Row, Rows};
use crate::screened::{Asked, Found};
use crate::trouble::Trouble;
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Cursor};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The largest file, in bytes.
pub(crate) const LARGEST: usize = 64 << 20;
/// How many jobs are kept; the oldest go first.
const JOBS: usize = 16;
/// How many alerts of a job are kept.
const ALERTS: usize = 5_000;
/// How many rows that could not be read are kept.
const BAD: usize = 100;
/// How many entries a name is shown with.
const ENTRIES: usize = 10;
/// How many rows are searched at once.
const BATCH: usize = 64;

/// The jobs of this process.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<Kept>);

/// The jobs by their names, and the names from the oldest.
type Kept = (BTreeMap<String, Arc<Job>>, VecDeque<String>);

/// A file of names that is searched, or was.
#[derive(Debug)]
pub(crate) struct Job {
    /// What it is called.
    pub(crate) file: String,
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// Which lists are searched: their entries, and the oldest day among them.
    pub(crate) lists: String,
    read: AtomicU64,
    state: Mutex<State>,
}

/// How far a job is, and what it found.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// How many rows were answered.
    pub(crate) rows: u64,
    /// How many rows may be somebody listed, and nobody cleared.
    pub(crate) open: u64,
    /// How many rows could not be read.
    pub(crate) unread: u64,
    /// The first of those, with why.
    pub(crate) bad: Vec<(u64, String)>,
    /// The rows that may be somebody listed, in order.
    pub(crate) alerts: Vec<Arc<Alert>>,
    /// Whether it is over.
    pub(crate) done: bool,
    /// Why it ended early, where it did.
    pub(crate) trouble: Option<String>,
}

/// A row that may be somebody listed.
#[derive(Debug)]
pub(crate) struct Alert {
    /// Its number; the header does not count.
    pub(crate) row: u64,
    /// Who is asked for.
    pub(crate) asked: Asked,
    /// The entries, the best first.
    pub(crate) found: Vec<Found>,
}

impl Alert {
    /// Whether somebody must still decide.
    pub(crate) fn is_open(&self) -> bool {
        !self.asked.problems.is_empty() || self.found.iter().any(|it| !it.is_cleared())
    }
}

impl Job {
    /// How far it is.
    pub(crate) fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much of the file was read, in percent.
    pub(crate) fn percent(&self) -> u64 {
        (self.read.load(Ordering::Relaxed) * 100 / self.bytes.max(1)).min(100)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Jobs {
    /// The job of that name, while it is kept.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Job>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0.get(name).map(Arc::clone)
    }

    fn keep(&self, name: String, job: Arc<Job>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.push_back(name.clone());
        kept.0.insert(name, job);
        if kept.1.len() > JOBS
            && let Some(oldest) = kept.1.pop_front()
        {
            kept.0.remove(&oldest);
        }
    }
}

impl Desk {
    /// Begins to search the names of a file, and returns the job's name. The same file against the
    /// same lists is the same job.
    ///
    /// # Errors
    ///
    /// Where the lists or the file cannot be read.
    pub(crate) fn screen_file(
        self: &Arc<Self>,
        file: &str,
        bytes: Vec<u8>,
    ) -> Result<String, Trouble> {
        let searcher = self.lists()?;
        let lists = searcher.opened().map_err(Trouble::new)?.searched();
        let mut key = bytes.clone();
        key.extend_from_slice(lists.digest.as_bytes());
        key.extend_from_slice(file.as_bytes());
        let name: String = sha256(&key).as_str().chars().take(32).collect();
        if self.jobs().get(&name).is_some() {
            return Ok(name);
        }
        let entries: u64 = lists.lists.iter().map(|it| it.entries).sum();
        let told = match lists.dated(clock::today()) {
            Some(day) => format!("{entries} entries, the oldest list of {day}"),
            None => format!("{entries} entries"),
        };
        let total = bytes.len() as u64;
        let (rows, reading) = Rows::of(Box::new(Cursor::new(bytes)), Path::new(file), &[])?;
        let job = Arc::new(Job {
            file: file.to_owned(),
            bytes: total,
            lists: told,
            read: AtomicU64::new(0),
            state: Mutex::default(),
        });
        self.jobs().keep(name.clone(), Arc::clone(&job));
        let desk = Arc::clone(self);
        thread::spawn(move || {
            let ended = work(&desk, &job, rows, &reading);
            job.change(|it| {
                it.done = true;
                it.trouble = ended.err().map(|it| it.to_string());
            });
        });
        Ok(name)
    }
}

impl Desk {
    /// Looks up again what was decided about the matches of a row.
    ///
    /// # Errors
    ///
    /// Where the records cannot be read.
    pub(crate) fn look_again(&self, job: &Job, row: u64) -> Result<(), Fault> {
        let state = job.state();
        let Some(old) = state.alerts.iter().find(|it| it.row == row) else { return Ok(()) };
        let mut found = old.found.clone();
        self.remember(&old.asked.subject(), &mut found)?;
        let new = Arc::new(Alert { row, asked: old.asked.clone(), found });
        let (was, is) = (u64::from(old.is_open()), u64::from(new.is_open()));
        job.change(|state| {
            if let Some(it) = state.alerts.iter_mut().find(|it| it.row == row) {
                *it = new;
                state.open = (state.open + is).saturating_sub(was);
            }
        });
        Ok(())
    }
}

/// Answers every row.
fn work(desk: &Desk, job: &Job, mut rows: Rows, reading: &Reading) -> io::Result<()> {
    let searcher = desk.lists().map_err(|it| io::Error::other(it.what()))?;
    let opened = searcher.opened().map_err(io::Error::other)?;
    let progress = rows.progress();
    let next = || batch(&mut rows);
    let answer = |workspace: &mut screening::Workspace, rows: Vec<Row>| {
        desk.working(|| {
            let answers = rows.iter().map(|row| {
                let found = reading.asked(row).and_then(|asked| {
                    let found = opened.ask(&asked, ENTRIES, false, workspace);
                    let mut found = found.map_err(Trouble::what)?;
                    desk.remember(&asked.subject(), &mut found).map_err(|it| it.to_string())?;
                    Ok((asked, found))
                });
                (row.number, found)
            });
            answers.collect::<Vec<_>>()
        })
    };
    ordered::each(next, screening::Workspace::default, answer, |answers| {
        job.read.store(progress.load(Ordering::Relaxed), Ordering::Relaxed);
        job.change(|state| {
            for (row, found) in answers {
                state.rows += 1;
                match found {
                    Err(why) => {
                        state.unread += 1;
                        if state.bad.len() < BAD {
                            state.bad.push((row, why));
                        }
                    }
                    Ok((asked, found)) => {
                        let alert = Alert { row, asked, found };
                        state.open += u64::from(alert.is_open());
                        let shown = !alert.found.is_empty() || !alert.asked.problems.is_empty();
                        if shown && state.alerts.len() < ALERTS {
                            state.alerts.push(Arc::new(alert));
                        }
                    }
                }
            }
        });
        Ok(())
    })
}

fn batch(rows: &mut Rows) -> io::Result<Option<Vec<Row>>> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH {
        match rows.next()? {
            Some(row) => batch.push(row),
            None => break,
        }
    }
    Ok(Some(batch).filter(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests;
