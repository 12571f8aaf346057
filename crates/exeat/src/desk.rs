//! The desk: what the API and the pages do, each thing once.
//!
//! Services take what was asked and who asks, and give back what is to be shown; they know neither
//! HTTP nor HTML. The law and the lists stand behind a lock of their own, so that a newer rulebook
//! or snapshot takes the place of the old one while answers go on.

pub(crate) mod adjudications;
pub(crate) mod atlas;
pub(crate) mod audits;
pub(crate) mod cases;
pub(crate) mod crew;
pub(crate) mod determinations;
pub(crate) mod drafts;
pub(crate) mod exercised;
pub(crate) mod export;
pub(crate) mod fault;
mod finding;
pub(crate) mod holds;
pub(crate) mod hooks;
pub(crate) mod house;
pub(crate) mod judged;
pub(crate) mod keys;
pub(crate) mod law;
mod lease;
mod licensed;
pub(crate) mod lists;
pub(crate) mod mail;
pub(crate) mod outbox;
pub(crate) mod outgoing;
pub(crate) mod people;
#[cfg_attr(not(test), expect(dead_code, reason = "some of it only describes the matrix"))]
pub(crate) mod permission;
pub(crate) mod products;
pub(crate) mod records;
mod remembered;
pub(crate) mod rules;
pub(crate) mod screening;
mod scribe;
pub(crate) mod snapshots;
pub(crate) mod told;
pub(crate) mod tuning;
mod turnstile;
pub(crate) mod watch;

pub(crate) use remembered::MATCH;

use crate::library::{LawArgs, digest};
use crate::search::{SearchArgs, Searcher};
use crate::trouble::Trouble;
use ::law::SourceFile;
use crew::Crew;
use decision::transaction::Transaction;
use decision::{Determination, Engine, Options, Outcome, Trace, Workspace};
use drafts::Drafts;
use house::House;
use records::Records;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::Store;
use turnstile::Turnstile;

/// What a desk needs to open.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct DeskArgs {
    #[command(flatten)]
    pub(crate) law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    pub(crate) search: SearchArgs,
}

/// Everything that requests share.
#[derive(Debug)]
pub(crate) struct Desk {
    args: DeskArgs,
    law: RwLock<Law>,
    searcher: RwLock<Arc<Searcher>>,
    workspaces: Mutex<Vec<Workspace>>,
    turnstile: Turnstile,
    crew: Crew,
    records: Option<Records>,
    house: House,
    answers: [AtomicU64; Outcome::ALL.len()],
    drafts: Drafts,
    sheets: atlas::Sheets,
    jobs: screening::Jobs,
    exports: export::Exports,
    deliveries: lists::delivery::Deliveries,
    exercised: exercised::Kept,
}

/// The rulebook that answers, and the files it came from.
#[derive(Clone, Debug)]
struct Law {
    engine: Arc<Engine>,
    files: Arc<Vec<SourceFile>>,
}

impl Law {
    fn read(args: &LawArgs) -> Result<Self, Trouble> {
        let files = args.rules.files()?;
        let engine = args.rules.engine_over(files.clone())?;
        Ok(Self { engine: Arc::new(engine), files: Arc::new(files) })
    }
}

impl Desk {
    /// Reads the law; the lists are opened when the first name asks for them.
    ///
    /// # Errors
    ///
    /// Where the rulebook cannot be read or is refused.
    pub(crate) fn open(args: &DeskArgs) -> Result<Self, Trouble> {
        Ok(Self {
            law: RwLock::new(Law::read(&args.law)?),
            searcher: RwLock::new(Arc::new(Searcher::new(args.search.clone()))),
            workspaces: Mutex::default(),
            turnstile: Turnstile::new(),
            crew: Crew::new(),
            records: None,
            house: House::default(),
            answers: Default::default(),
            drafts: Drafts::default(),
            sheets: atlas::Sheets::default(),
            jobs: screening::Jobs::default(),
            exports: export::Exports::default(),
            deliveries: lists::delivery::Deliveries::default(),
            exercised: exercised::Kept::default(),
            args: args.clone(),
        })
    }

    /// The same, over records.
    pub(crate) fn over(self, store: Arc<dyn Store>) -> Self {
        Self { records: Some(Records::new(store)), ..self }
    }

    /// The same, as a house set it.
    pub(crate) fn in_house(self, house: House) -> Self {
        Self { house, ..self }
    }

    /// What the house set for itself.
    pub(crate) fn house(&self) -> &House {
        &self.house
    }

    /// The law that answers now.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        self.law().engine
    }

    fn law(&self) -> Law {
        self.law.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The lists that are searched now.
    pub(crate) fn searcher(&self) -> Arc<Searcher> {
        Arc::clone(&self.searcher.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts the lists where records find them, so that the first record has less to wait for.
    ///
    /// # Errors
    ///
    /// Where they cannot be read or written.
    pub(crate) fn keep_lists(&self) -> Result<(), Trouble> {
        if let Some(records) = self.records.as_ref().filter(|_| !self.args.search.no_screening) {
            let searcher = self.searcher();
            records.recorder.put(searcher.opened().map_err(Trouble::new)?)?;
        }
        Ok(())
    }

    /// Transactions that somebody is still filling in.
    pub(crate) fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// Files of names that are searched, or were.
    pub(crate) fn jobs(&self) -> &screening::Jobs {
        &self.jobs
    }

    /// Bundles for auditors that are being made, or were.
    pub(crate) fn exports(&self) -> &export::Exports {
        &self.exports
    }

    /// Sheets of the atlas that are kept.
    pub(crate) fn sheets(&self) -> &atlas::Sheets {
        &self.sheets
    }

    /// How the law is applied where a request says nothing else.
    pub(crate) fn options(&self, trace: Trace) -> Options {
        self.args.law.options(trace, false)
    }

    /// Does work that needs a processor, with no more of it at a time than there are processors.
    pub(crate) fn working<T>(&self, work: impl FnOnce() -> T) -> T {
        let _place = self.turnstile.enter();
        work()
    }

    /// Those who decide for requests that come by themselves.
    pub(crate) fn crew(&self) -> &Crew {
        &self.crew
    }

    /// Whether a transaction may go, for somebody who may not see matches: no name is searched, so
    /// that nothing can be learned of lists, and what only a search can tell stays unknown.
    pub(crate) fn decide_unsearched<'law>(
        &self,
        engine: &'law Engine,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        let decided = self.with_workspace(|it| engine.decide_in(it, transaction, options));
        self.answered(decided.outcome);
        decided
    }

    /// Lends memory that earlier answers used; there is as much of it as were ever lent at a time.
    fn with_workspace<T>(&self, work: impl FnOnce(&mut Workspace) -> T) -> T {
        let lock = || self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let mut workspace = free.unwrap_or_default();
        let done = work(&mut workspace);
        lock().push(workspace);
        done
    }

    /// Counts an answer.
    pub(crate) fn answered(&self, outcome: Outcome) {
        let place = Outcome::ALL.iter().position(|it| *it == outcome);
        if let Some(count) = place.and_then(|it| self.answers.get(it)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many answers there were of each outcome.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (Outcome, u64)> {
        Outcome::ALL.into_iter().zip(self.answers.iter().map(|it| it.load(Ordering::Relaxed)))
    }

    /// Reads the law and the lists again where their files changed, and lets them answer from now
    /// on. What is being answered goes on with what it began with.
    ///
    /// # Errors
    ///
    /// Where a new rulebook or snapshot cannot be read: then the old one goes on answering.
    pub(crate) fn refresh(&self) -> Result<Refreshed, Trouble> {
        let law = self.refresh_law()?;
        let lists = self.refresh_lists()?;
        Ok(Refreshed { law, lists })
    }

    fn refresh_law(&self) -> Result<bool, Trouble> {
        // The rulebook in the program does not change.
        if self.args.law.rules.rules.is_none() {
            return Ok(false);
        }
        let files = self.args.law.rules.files()?;
        if digest(&files) == self.engine().stamp().digest {
            return Ok(false);
        }
        let law = Law::read(&self.args.law)?;
        *self.law.write().unwrap_or_else(PoisonError::into_inner) = law;
        Ok(true)
    }

    fn refresh_lists(&self) -> Result<bool, Trouble> {
        let old = self.searcher();
        if !old.is_stale() {
            return Ok(false);
        }
        let new = Searcher::new(self.args.search.clone());
        let opened = new.opened().map_err(Trouble::new)?;
        if let Some(records) = &self.records {
            // Where this fails, the first record that rests on them tries again.
            drop(records.recorder.put(opened));
        }
        *self.searcher.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(true)
    }
}

/// What was read again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Refreshed {
    /// The rulebook.
    pub(crate) law: bool,
    /// The lists, or the decisions on matches in a file.
    pub(crate) lists: bool,
}

/// What must be there for requests to be answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readiness {
    missing: Vec<&'static str>,
}

impl Readiness {
    /// Whether everything is there.
    pub(crate) fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }

    /// What is missing, one a line, without a word about why.
    pub(crate) fn told(&self) -> String {
        self.missing.iter().flat_map(|it| ["not ready: ", it, "\n"]).collect()
    }
}

impl Desk {
    /// Whether requests can be answered.
    pub(crate) fn readiness(&self) -> Readiness {
        let mut missing = Vec::new();
        if !self.args.search.no_screening && self.searcher().opened().is_err() {
            missing.push("the lists cannot be read");
        }
        if self.records.as_ref().is_some_and(|it| it.store.ready().is_err()) {
            missing.push("the records are out of reach");
        }
        Readiness { missing }
    }
}
