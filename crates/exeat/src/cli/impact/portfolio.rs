//! A portfolio being decided: two laws, and what was found so far.

use crate::api::failure::{Failure, Problem};
use crate::cli::complain;
use crate::lines::Verdict;
use crate::search::Searcher;
use crate::search::searching::Searching;
use crate::transactions;
use decision::impact::{Change, Impact, Side, impact, value};
use decision::matches::asks_for_a_search;
use decision::{Engine, Options, Transaction, Workspace};
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How often progress is told to a person.
const EVERY: Duration = Duration::from_millis(500);

/// A law to decide under.
#[derive(Debug)]
pub(super) struct Law {
    pub(super) engine: Engine,
    pub(super) options: Options,
    /// What takes part that is not law, in words.
    pub(super) with: String,
}

impl Law {
    pub(super) fn side(&self) -> Side<'_> {
        Side { engine: &self.engine, options: self.options }
    }

    /// Such as `the law of 2022-05-26, us-ear 1a2b3c4d`.
    pub(super) fn describe(&self) -> String {
        let stamp = self.engine.stamp();
        let digest: String = stamp.digest.chars().take(8).collect();
        let day = self.options.on.map_or("each day".to_owned(), |it| it.to_string());
        format!("the law of {day}, {} {digest}{}", stamp.name, self.with)
    }
}

/// A transaction that comes out differently.
#[derive(Debug)]
pub(super) struct Changed {
    /// What the caller calls it, or its line.
    pub(super) name: String,
    /// Its value in thousandths of a US dollar, where every line has one.
    pub(super) value: Option<u128>,
    pub(super) change: Arc<Change>,
}

/// Two laws, and what was found so far.
#[derive(Debug)]
pub(super) struct Portfolio {
    pub(super) before: Law,
    pub(super) after: Law,
    /// What searches names, where they are searched.
    pub(super) searcher: Option<Searcher>,
    /// How many lines name somebody who was not searched.
    pub(super) unsearched: AtomicU64,
    /// How many lines were decided.
    pub(super) decided: AtomicU64,
    /// By place in the input, so that the order is that of the input on any number of cores.
    pub(super) changed: Mutex<Vec<(String, u64, Changed)>>,
    pub(super) failed: Mutex<Vec<(String, u64, Failure)>>,
}

impl Portfolio {
    pub(super) fn new(before: Law, after: Law, searcher: Option<Searcher>) -> Self {
        let (decided, unsearched) = (AtomicU64::new(0), AtomicU64::new(0));
        let (changed, failed) = (Mutex::default(), Mutex::default());
        Self { before, after, searcher, unsearched, decided, changed, failed }
    }

    /// Decides one line of a file under both laws.
    pub(super) fn line(
        &self,
        workspace: &mut Workspace,
        file: &str,
        number: u64,
        line: Result<&[u8], Problem>,
    ) -> Verdict<()> {
        let transaction = line
            .map_err(|problem| Failure::from(problem.at_line(number)))
            .and_then(transactions::read_line)
            .map_err(|failure| failure.in_line(number));
        let transaction = match transaction {
            Ok(transaction) => transaction,
            Err(failure) => {
                let mut failed = lock(&self.failed);
                failed.push((file.to_owned(), number, failure));
                return Verdict::Failed;
            }
        };
        let impact = match self.impact(&transaction, workspace) {
            Ok(impact) => impact,
            Err(failure) => {
                lock(&self.failed).push((file.to_owned(), number, failure.in_line(number)));
                return Verdict::Failed;
            }
        };
        self.decided.fetch_add(1, Ordering::Relaxed);
        if let Impact::Changed(change) = impact {
            let name = transaction.id.clone().unwrap_or_else(|| format!("{file}line {number}"));
            let value = value(&transaction);
            let changed = Changed { name, value, change: Arc::new(change) };
            lock(&self.changed).push((file.to_owned(), number, changed));
        }
        Verdict::Answered(())
    }

    fn impact(
        &self,
        transaction: &Transaction,
        workspace: &mut Workspace,
    ) -> Result<Impact, Failure> {
        let Some(searcher) = &self.searcher else {
            self.named(transaction);
            return Ok(impact(&self.before.side(), &self.after.side(), transaction, workspace));
        };
        let sides = [&self.before, &self.after].map(|it| Searching::with(&it.engine, searcher));
        let [before, after] = &sides;
        let before = Side { engine: before, options: self.before.options };
        let after = Side { engine: after, options: self.after.options };
        for side in [&before, &after] {
            side.engine.names(transaction, &side.options, "")?;
        }
        Ok(impact(&before, &after, transaction, workspace))
    }

    /// Counts a transaction that names somebody, where names are not searched.
    pub(super) fn named(&self, transaction: &Transaction) {
        if self.searcher.is_none() && asks_for_a_search(transaction) {
            self.unsearched.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Tells how fast it went; apart from the results, which are the same every time.
    pub(super) fn say_rate(&self, began: Instant) {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        complain(&format!("{}, on {cores} cores", self.rate(began)));
    }

    fn rate(&self, began: Instant) -> String {
        let decided = self.decided.load(Ordering::Relaxed);
        let elapsed = began.elapsed().as_millis().max(1);
        let rate = u128::from(decided) * 1000 / elapsed;
        format!(
            "{decided} transactions, each under two laws, in {}.{} s: {rate} a second",
            elapsed / 1000,
            elapsed % 1000 / 100
        )
    }
}

/// Where a thread failed while it held the lock, what it had found is still good.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Tells a person at the terminal how far it is.
pub(super) struct Progress<'a> {
    portfolio: &'a Portfolio,
    began: Instant,
    told: Instant,
    somebody: bool,
}

impl<'a> Progress<'a> {
    pub(super) fn new(portfolio: &'a Portfolio, began: Instant) -> Self {
        Self { portfolio, began, told: began, somebody: io::stderr().is_terminal() }
    }
}

impl Write for Progress<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    /// Comes after every chunk of lines.
    fn flush(&mut self) -> io::Result<()> {
        if self.somebody && self.told.elapsed() >= EVERY {
            complain(&format!("{} so far", self.portfolio.rate(self.began)));
            self.told = Instant::now();
        }
        Ok(())
    }
}
