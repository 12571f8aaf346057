//! Answers JSON lines: streamed, in order, with every core, in bounded memory.
//!
//! A reader cuts the input into chunks of whole lines, workers answer chunks, and the writer takes
//! the answers in the order of the chunks. Each channel is bounded, so a slow writer slows the
//! reader. A line that cannot be answered never stops the others.

use crate::api::failure::Problem;
use crate::input::without_mark;
use crate::known::Known;
use decision::Workspace;
use decision::outcome::Outcome;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// The longest line that is read, in bytes.
pub(crate) const LONGEST: usize = 10_000_000;
/// How much is read at once.
const BLOCK: usize = 1 << 18;

/// What became of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict<O = Outcome> {
    /// It was answered so.
    Answered(O),
    /// It could not be read.
    Failed,
}

/// How many lines were answered how.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Tally<O = Outcome> {
    /// By outcome, from the freest.
    pub(crate) answered: BTreeMap<O, u64>,
    /// How many could not be read.
    pub(crate) failed: u64,
}

impl<O> Default for Tally<O> {
    fn default() -> Self {
        Self { answered: BTreeMap::new(), failed: 0 }
    }
}

impl<O: Ord + Copy> Tally<O> {
    /// One more.
    pub(crate) fn add(&mut self, verdict: Verdict<O>) {
        match verdict {
            Verdict::Answered(outcome) => *self.answered.entry(outcome).or_default() += 1,
            Verdict::Failed => self.failed += 1,
        }
    }

    /// These as well.
    pub(crate) fn merge(&mut self, other: Self) {
        for (outcome, count) in other.answered {
            *self.answered.entry(outcome).or_default() += count;
        }
        self.failed += other.failed;
    }

    /// The strictest answer.
    pub(crate) fn strictest(&self) -> Option<O> {
        self.answered.keys().next_back().copied()
    }

    /// How many lines there were.
    pub(crate) fn count(&self) -> u64 {
        self.failed + self.answered.values().sum::<u64>()
    }
}

/// What a worker has of its own.
#[derive(Debug, Default)]
pub(crate) struct Worker {
    /// Memory that answers use, one after the other.
    pub(crate) workspace: Workspace,
    /// What it answered before.
    pub(crate) known: Known,
}

/// Answers one line: its number from 1, and its bytes or why they were not read. Each worker has
/// memory of its own.
pub(crate) type Answer<O = Outcome> =
    dyn Fn(&mut Worker, u64, Result<&[u8], Problem>, &mut Vec<u8>) -> Verdict<O> + Send + Sync;

/// Answers every line of `input`, in order, to `out`, which is flushed after every chunk, and counts
/// the answers in `tally`: also those before an error.
///
/// # Errors
///
/// Where `input` cannot be read on (what came before is answered) or `out` cannot be written.
pub(crate) fn answer<O: Ord + Copy + Send + 'static>(
    input: impl Read + Send + 'static,
    answer: &Arc<Answer<O>>,
    out: &mut dyn Write,
    tally: &mut Tally<O>,
) -> io::Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (jobs, queue) = sync_channel::<Job<O>>(2 * cores);
    let (promise, promised) = sync_channel::<Receiver<io::Result<Answers<O>>>>(4 * cores);
    // Not joined: after a broken pipe the reader may still wait for input that nobody wants.
    let is_read = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&is_read);
    thread::spawn(move || {
        read(input, &jobs, &promise);
        done.store(true, Ordering::Release);
        // Only now does the writer learn that nothing follows.
        drop(promise);
    });
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..cores {
        let (queue, answer) = (Arc::clone(&queue), Arc::clone(answer));
        thread::spawn(move || work(&queue, &*answer));
    }
    for answers in promised {
        let lost = |_| io::Error::other("a part of the input was lost");
        let answers = answers.recv().map_err(lost)??;
        for verdict in answers.verdicts {
            tally.add(verdict);
        }
        out.write_all(&answers.bytes)?;
        out.flush()?;
    }
    // A reader that ended otherwise must not look like the end of the input.
    if is_read.load(Ordering::Acquire) {
        Ok(())
    } else {
        Err(io::Error::other("the input was not read to its end"))
    }
}

/// Whole lines of the input.
struct Chunk {
    /// The number of the first.
    first: u64,
    /// With their line breaks; `None` stands for one line that was too long.
    bytes: Option<Vec<u8>>,
}

struct Job<O> {
    chunk: Chunk,
    done: SyncSender<io::Result<Answers<O>>>,
}

struct Answers<O> {
    bytes: Vec<u8>,
    verdicts: Vec<Verdict<O>>,
}

fn read<O>(
    input: impl Read,
    jobs: &SyncSender<Job<O>>,
    promise: &SyncSender<Receiver<io::Result<Answers<O>>>>,
) {
    let send = |chunk| {
        let (done, answers) = sync_channel(1);
        promise.send(answers).is_ok() && jobs.send(Job { chunk, done }).is_ok()
    };
    if let Err(error) = cut(input, send) {
        let (done, answers) = sync_channel(1);
        if done.send(Err(error)).is_ok() {
            // Where nobody listens any more, nobody needs the error.
            drop(promise.send(answers));
        }
    }
}

/// Cuts the input into whole lines, as they come. Stops early where `send` says no.
fn cut(mut input: impl Read, mut send: impl FnMut(Chunk) -> bool) -> io::Result<()> {
    let mut buffer = vec![0; BLOCK];
    let mut carried: Vec<u8> = Vec::new();
    let mut first = 1;
    let mut too_long = false;
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut fresh = buffer.get(..count).unwrap_or_default();
        if too_long {
            let Some(end) = fresh.iter().position(|it| *it == b'\n') else { continue };
            too_long = false;
            if !send(Chunk { first, bytes: None }) {
                return Ok(());
            }
            first += 1;
            fresh = fresh.get(end + 1..).unwrap_or_default();
        }
        let Some(end) = fresh.iter().rposition(|it| *it == b'\n') else {
            carried.extend_from_slice(fresh);
            if carried.len() > LONGEST {
                carried = Vec::new();
                too_long = true;
            }
            continue;
        };
        let (whole, rest) = fresh.split_at(end + 1);
        carried.extend_from_slice(whole);
        let bytes = std::mem::replace(&mut carried, rest.to_vec());
        let lines = bytes.split(|it| *it == b'\n').count().saturating_sub(1);
        if !send(Chunk { first, bytes: Some(bytes) }) {
            return Ok(());
        }
        first += lines as u64;
    }
    if too_long {
        send(Chunk { first, bytes: None });
    } else if !carried.is_empty() {
        send(Chunk { first, bytes: Some(carried) });
    }
    Ok(())
}

fn work<O>(queue: &Mutex<Receiver<Job<O>>>, answer: &Answer<O>) {
    let mut worker = Worker::default();
    loop {
        let job = match queue.lock() {
            Ok(queue) => queue.recv(),
            Err(poisoned) => poisoned.into_inner().recv(),
        };
        let Ok(Job { chunk, done }) = job else { return };
        let answers = answers(&mut worker, &chunk, answer);
        // Where nobody listens any more, the next `recv` ends this worker.
        drop(done.send(Ok(answers)));
    }
}

fn answers<O>(worker: &mut Worker, chunk: &Chunk, answer: &Answer<O>) -> Answers<O> {
    let mut answers = Answers { bytes: Vec::new(), verdicts: Vec::new() };
    let Some(bytes) = &chunk.bytes else {
        answers.one(worker, chunk.first, Err(too_long()), answer);
        return answers;
    };
    answers.bytes.reserve(4 * bytes.len());
    for (number, line) in (chunk.first..).zip(bytes.split(|it| *it == b'\n')) {
        let line = if number == 1 { without_mark(line) } else { line };
        let line = line.trim_ascii();
        if line.len() > LONGEST {
            answers.one(worker, number, Err(too_long()), answer);
        } else if !line.is_empty() {
            answers.one(worker, number, Ok(line), answer);
        }
    }
    answers
}

impl<O> Answers<O> {
    /// One line's answer. A panic is a defect of ours, and costs this line only.
    fn one(
        &mut self,
        worker: &mut Worker,
        number: u64,
        line: Result<&[u8], Problem>,
        answer: &Answer<O>,
    ) {
        let before = self.bytes.len();
        let bytes = &mut self.bytes;
        let verdict = catch_unwind(AssertUnwindSafe(|| answer(worker, number, line, bytes)));
        let verdict = verdict.unwrap_or_else(|_| {
            *worker = Worker::default();
            self.bytes.truncate(before);
            let problem = Problem::new("this line made the program fail")
                .help("please report it, with the line");
            answer(worker, number, Err(problem), &mut self.bytes)
        });
        self.verdicts.push(verdict);
    }
}

fn too_long() -> Problem {
    Problem::new("the line is longer than 10 MB").help("give one transaction a line")
}

#[cfg(test)]
mod tests;
