//! Searching the lists for the names of transactions.
//!
//! The lists are opened when the first name asks for them, so that transactions without names cost
//! nothing. Lists that are there and cannot be read answer nothing in their place.

pub(crate) mod searching;

use crate::api::failure::{Failure, Problem};
use crate::cli::complain;
use crate::cli::screen::How;
use crate::clock;
use crate::data::DataFolder;
use crate::decisions;
use crate::lists::open::{Lists, open};
use crate::trouble::Trouble;
use decision::matches::{Decisions, Screened, Search, Searched, asks_for_a_search};
use decision::transaction::Transaction;
use decision::transaction::read::InputErrors;
use decision::{Determination, Engine, Options};
use jiff::civil::Date;
use screening::{Score, Screener, Settings, Workspace};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::SystemTime;
use store::Digest;

/// Which lists are searched.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Search this snapshot instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT")]
    pub(crate) lists: Option<PathBuf>,
    /// Read decisions on matches here instead of in the data folder
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
}

/// How many days old lists may be where nobody says otherwise.
pub(crate) const MAX_LIST_AGE: u32 = 7;

/// Which lists are searched for the names of transactions, and how.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) of: ListArgs,
    /// How many days a list may be away from the date of the transaction; past that it clears
    /// nobody
    #[arg(long, value_name = "DAYS", default_value_t = MAX_LIST_AGE)]
    pub(crate) max_list_age: u32,
    /// Search no names: listings are only those that transactions state
    #[arg(long)]
    pub(crate) no_screening: bool,
}

/// Searches names, from the first that is asked for.
#[derive(Debug)]
pub(crate) struct Searcher {
    args: SearchArgs,
    opened: OnceLock<Result<Opened, String>>,
    workspaces: Mutex<Vec<Workspace>>,
}

/// What is searched.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The lists.
    pub(crate) lists: Lists,
    /// The settings of the search.
    pub(crate) settings: Settings,
    /// What was decided.
    pub(crate) decisions: Decisions,
    /// Their digest, once somebody asked.
    decided: OnceLock<String>,
    searched: Arc<Searched>,
    /// Today, for names that belong to no transaction.
    pub(crate) today: Date,
    /// What the files were when they were opened.
    marks: Vec<Mark>,
}

/// A file as it was when it was opened: when it was written, and how long it was.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Mark {
    path: PathBuf,
    written: Option<(SystemTime, u64)>,
}

impl Mark {
    fn of(path: PathBuf) -> Self {
        let about = std::fs::metadata(&path).ok();
        let written = about.and_then(|it| Some((it.modified().ok()?, it.len())));
        Self { path, written }
    }
}

impl Searcher {
    /// Opens nothing yet.
    pub(crate) fn new(args: SearchArgs) -> Self {
        Self { args, opened: OnceLock::new(), workspaces: Mutex::default() }
    }

    /// Whether a transaction may go, with its names searched where it states no listings for them.
    ///
    /// # Errors
    ///
    /// Where an answer to a classification question is none, or where a name asks for a search, and
    /// the lists or the decisions cannot be read.
    pub(crate) fn decide<'law>(
        &self,
        engine: &'law Engine,
        workspace: &mut decision::Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Result<Determination<'law>, Failure> {
        self.decide_knowing(engine, workspace, transaction, options, None)
    }

    /// Says what is wrong with the answers to classification questions in a transaction, which are
    /// those of a rulebook and so are not read with it.
    ///
    /// # Errors
    ///
    /// Every answer to no question, and every value that is no answer.
    pub(crate) fn understood(engine: &Engine, transaction: &Transaction) -> Result<(), Failure> {
        let errors = engine.wrong_answers(transaction);
        if errors.is_empty() {
            return Ok(());
        }
        Err(InputErrors { errors, id: transaction.id.clone() }.into())
    }

    /// Whether names of a transaction are searched.
    pub(crate) fn searches(&self, transaction: &Transaction) -> bool {
        !self.args.no_screening && asks_for_a_search(transaction)
    }

    /// The same with other decisions on matches than those of the file, where they are given.
    ///
    /// # Errors
    ///
    /// As [`Searcher::decide`].
    pub(crate) fn decide_knowing<'law>(
        &self,
        engine: &'law Engine,
        workspace: &mut decision::Workspace,
        transaction: &Transaction,
        options: &Options,
        decisions: Option<&Decisions>,
    ) -> Result<Determination<'law>, Failure> {
        Self::understood(engine, transaction)?;
        Ok(match self.screened(transaction, options.on, decisions)? {
            None => engine.decide_in(workspace, transaction, options),
            Some(screened) => engine.decide_screened(workspace, transaction, screened, options),
        })
    }

    /// What the lists say of the names of a transaction; nothing where none is searched.
    ///
    /// # Errors
    ///
    /// Where the lists or the decisions cannot be read.
    fn screened(
        &self,
        transaction: &Transaction,
        on: Option<Date>,
        decisions: Option<&Decisions>,
    ) -> Result<Option<Screened>, Failure> {
        if !self.searches(transaction) {
            return Ok(None);
        }
        let failure = |problem: String| Failure {
            id: transaction.id.clone(),
            problems: vec![
                Problem::new(format!("the lists cannot be searched: {problem}"))
                    .help("make them readable, or search no names with --no-screening"),
            ],
        };
        let opened = self.opened().map_err(failure)?;
        let search = Search {
            snapshot: &opened.lists.snapshot,
            screener: opened.screener().map_err(failure)?,
            review: opened.settings.review,
            premises: &|| opened.lists.premises(),
            decisions: decisions.unwrap_or(&opened.decisions),
            searched: Arc::clone(&opened.searched),
            on,
        };
        let mut scratch = self.workspace();
        let screened = search.of(transaction, &mut scratch);
        self.give_back(scratch);
        Ok(Some(screened))
    }

    /// Searches what is open already.
    pub(crate) fn over(opened: Opened) -> Self {
        let args = SearchArgs {
            of: ListArgs { lists: None, decisions: None },
            max_list_age: opened.searched.max_age,
            no_screening: false,
        };
        let searcher = Self::new(args);
        // Nobody else has it yet, so it is empty.
        drop(searcher.opened.set(Ok(opened)));
        searcher
    }

    /// What is searched; opens it where no name has asked for it.
    ///
    /// # Errors
    ///
    /// Where the lists or the decisions cannot be read, in words.
    pub(crate) fn opened(&self) -> Result<&Opened, String> {
        self.opened
            .get_or_init(|| Opened::open(&self.args.of, self.args.max_list_age))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// What is searched when a transaction is decided, as [`Searcher::opened`]; `None` where no
    /// names are searched.
    pub(crate) fn in_use(&self) -> Option<Result<&Opened, String>> {
        (!self.args.no_screening).then(|| self.opened())
    }

    /// The lists, where somebody asked for them already.
    pub(crate) fn opened_already(&self) -> Option<Result<&Opened, &str>> {
        Some(self.opened.get()?.as_ref().map_err(String::as_str))
    }

    /// The digest of the snapshot; `None` where no name is searched, or nobody asked yet.
    pub(crate) fn digest(&self) -> Option<&str> {
        let opened = self.opened.get()?.as_ref().ok()?;
        Some(opened.searched.digest.as_str())
    }

    /// Whether the files are others than those that were opened, or another day has begun.
    pub(crate) fn is_stale(&self) -> bool {
        match self.opened.get() {
            None => false,
            Some(Err(_)) => true,
            Some(Ok(opened)) => {
                opened.today != clock::today()
                    || opened.marks.iter().any(|it| Mark::of(it.path.clone()) != *it)
            }
        }
    }

    fn workspace(&self) -> Workspace {
        let mut free = self.workspaces.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        free.pop().unwrap_or_default()
    }

    fn give_back(&self, workspace: Workspace) {
        let mut free = self.workspaces.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        free.push(workspace);
    }
}

impl Opened {
    /// Opens the lists and reads the decisions; lists may be so many days away from the day that is
    /// asked about.
    ///
    /// # Errors
    ///
    /// Where they cannot be read, in words.
    pub(crate) fn open(args: &ListArgs, max_age: u32) -> Result<Self, String> {
        let snapshot = match &args.lists {
            Some(path) => Some(path.clone()),
            None => DataFolder::open().ok().map(|it| it.snapshot()),
        };
        let usual = || DataFolder::open().ok().map(|it| it.decisions());
        let path = args.decisions.clone().or_else(usual);
        // The marks come first: a file that is replaced while it is read is read again.
        let marks = snapshot.into_iter().chain(path.clone()).map(Mark::of).collect();
        let lists = open(args.lists.as_deref()).map_err(Trouble::what)?;
        if lists.is_remade() && !lists.built_in {
            complain(
                "note: the lists were indexed by another version of Exeat, and are indexed anew at \
                 each start; exeat lists update, or importing them, ends that",
            );
        }
        let decisions = match (&args.decisions, path) {
            (Some(path), _) => decisions::named(path).map_err(Trouble::what)?,
            (None, Some(path)) => decisions::read(&path).map_err(Trouble::what)?,
            (None, None) => Decisions::default(),
        };
        Ok(Self { marks, ..Self::of(lists, decisions, max_age) })
    }

    /// Lists and decisions that were read already; lists may be so many days away from the day of
    /// a transaction.
    pub(crate) fn of(lists: Lists, decisions: Decisions, max_age: u32) -> Self {
        let settings = Settings::default();
        let searched = Searched { settings: settings.digest(), ..lists.searched(max_age) };
        let today = clock::today();
        let (decided, marks) = (OnceLock::new(), Vec::new());
        Self { lists, settings, decisions, decided, searched: searched.into(), today, marks }
    }

    /// The same, reporting matches from another score on.
    ///
    /// # Errors
    ///
    /// As [`Opened::open`].
    pub(crate) fn with(args: &ListArgs, max_age: u32, how: &How) -> Result<Self, Trouble> {
        let mut opened = Self::open(args, max_age).map_err(Trouble::new)?;
        if let Some(threshold) = how.threshold {
            opened.settings.threshold = Score::new(threshold);
            let settings = opened.settings.digest();
            opened.searched = Arc::new(Searched { settings, ..(*opened.searched).clone() });
        }
        Ok(opened)
    }

    /// Why these lists clear nobody today; `None` where they do.
    pub(crate) fn wanting(&self) -> Option<String> {
        self.searched.insufficient(self.today)
    }

    /// The digest of the decisions; empty where there are none.
    pub(crate) fn decided(&self) -> &str {
        self.decided.get_or_init(|| match decisions::text(&self.decisions) {
            Ok(text) if !self.decisions.is_empty() => Digest::of(text.as_bytes()).to_string(),
            Ok(_) | Err(_) => String::new(),
        })
    }

    /// What was searched.
    pub(crate) fn searched(&self) -> &Searched {
        &self.searched
    }

    /// What searches their names.
    pub(crate) fn screener(&self) -> Result<Screener<'_>, String> {
        self.screener_by(&self.settings)
    }

    /// What searches their names by other settings.
    pub(crate) fn screener_by<'a>(
        &'a self,
        settings: &'a Settings,
    ) -> Result<Screener<'a>, String> {
        Ok(Screener::new(self.lists.index()?, settings))
    }
}
