//! Many threads, one commit.
//!
//! Whoever comes while nothing is being committed leads: it takes everything that waits, commits it
//! together with its own, tells the others, and hands the lead to the first of those who came
//! meanwhile. So one synchronization of the disk serves many, and nobody waits for more than the
//! commit that runs and the next.

use crate::error::Error;
use crate::event::Event;
use crate::plan::Prepared;
use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// At most so many batches are committed together, so that the first need not wait for a crowd.
const GROUP: usize = 512;

/// A group that has so many bytes takes no more.
const LARGE: usize = 16 << 20;

/// What writes a group of batches in one transaction.
pub(crate) trait Write {
    /// Writes them all, those that conflict excepted; one answer for each, in order.
    fn write(&mut self, group: Vec<Prepared>) -> Vec<Result<Vec<Event>, Error>>;
}

/// A writer that threads share.
#[derive(Debug)]
pub(crate) struct Committer<W> {
    line: Mutex<Line>,
    writer: Mutex<W>,
}

#[derive(Debug, Default)]
struct Line {
    led: bool,
    waiting: VecDeque<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    batch: Prepared,
    told: SyncSender<Told>,
}

#[derive(Debug)]
enum Told {
    /// It is committed, or not.
    Done(Result<Vec<Event>, Error>),
    /// It is your turn, with what you brought.
    Lead(Prepared),
}

impl<W: Write> Committer<W> {
    /// A writer with nobody waiting.
    pub(crate) fn new(writer: W) -> Self {
        Self { line: Mutex::default(), writer: Mutex::new(writer) }
    }

    /// The writer for something else than a batch.
    pub(crate) fn writer(&self) -> MutexGuard<'_, W> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits a batch, together with those of others.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub(crate) fn append(&self, batch: Prepared) -> Result<Vec<Event>, Error> {
        match self.join(batch) {
            Place::First(batch) => self.lead(batch),
            Place::Behind(told) => match told.recv() {
                Ok(Told::Done(result)) => result,
                Ok(Told::Lead(batch)) => self.lead(batch),
                Err(gone) => Err(Error::unavailable("waiting for a commit", gone)),
            },
        }
    }

    /// Commits batches in one group; those that could not be prepared are told so in their place.
    pub(crate) fn append_all(
        &self,
        batches: impl Iterator<Item = Result<Prepared, Error>>,
    ) -> Vec<Result<Vec<Event>, Error>> {
        let mut group = Vec::new();
        let places: Vec<Result<(), Error>> =
            batches.map(|it| it.map(|batch| group.push(batch))).collect();
        let answers = if group.is_empty() { Vec::new() } else { self.writer().write(group) };
        let mut answers = answers.into_iter();
        let missing = || Err(Error::corrupt("a batch was not answered"));
        let answer =
            |it: Result<(), Error>| it.and_then(|()| answers.next().unwrap_or_else(missing));
        places.into_iter().map(answer).collect()
    }

    fn join(&self, batch: Prepared) -> Place {
        let mut line = self.line();
        if line.led {
            let (told, hear) = mpsc::sync_channel(1);
            line.waiting.push_back(Waiting { batch, told });
            Place::Behind(hear)
        } else {
            line.led = true;
            Place::First(batch)
        }
    }

    fn lead(&self, batch: Prepared) -> Result<Vec<Event>, Error> {
        let hand_over = HandOver(&self.line);
        let mut writer = self.writer();
        let mut told = Vec::new();
        let mut group = vec![batch];
        let mut size = group.iter().map(Prepared::size).sum::<usize>();
        let mut line = self.line();
        while group.len() < GROUP
            && size < LARGE
            && let Some(next) = line.waiting.pop_front()
        {
            size += next.batch.size();
            group.push(next.batch);
            told.push(next.told);
        }
        drop(line);
        let mut answers = writer.write(group).into_iter();
        drop(writer);
        let missing = || Err(Error::corrupt("a batch was not answered"));
        let own = answers.next().unwrap_or_else(missing);
        // The next group begins while those of this one are told.
        drop(hand_over);
        for told in told {
            // One that no longer listens needs no answer.
            drop(told.send(Told::Done(answers.next().unwrap_or_else(missing))));
        }
        own
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Place {
    First(Prepared),
    Behind(Receiver<Told>),
}

/// Hands the lead over at its end, whatever the end is.
struct HandOver<'line>(&'line Mutex<Line>);

impl Drop for HandOver<'_> {
    fn drop(&mut self) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(Waiting { batch, told }) = line.waiting.pop_front() {
            if told.send(Told::Lead(batch)).is_ok() {
                return;
            }
        }
        line.led = false;
    }
}
