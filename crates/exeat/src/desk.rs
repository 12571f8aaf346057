//! The desk: what the API and the pages do, each thing once.
//!
//! Services take what was asked and who asks, and give back what is to be shown; they know neither
//! HTTP nor HTML. The law and the lists stand behind a lock of their own, so that a newer rulebook
//! or snapshot takes the place of the old one while answers go on.

#[expect(dead_code, reason = "the doors that ask are being built")]
pub(crate) mod cases;
pub(crate) mod fault;
mod finding;
#[expect(dead_code, reason = "the doors that ask are being built")]
pub(crate) mod permission;
mod remembered;

use crate::api::failure::Failure;
use crate::library::LawArgs;
use crate::search::{SearchArgs, Searcher};
use crate::trouble::Trouble;
use decision::transaction::Transaction;
use decision::{Determination, Engine, Options, Trace, Workspace};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

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
    engine: RwLock<Arc<Engine>>,
    searcher: RwLock<Arc<Searcher>>,
    workspaces: Mutex<Vec<Workspace>>,
}

impl Desk {
    /// Reads the law; the lists are opened when the first name asks for them.
    ///
    /// # Errors
    ///
    /// Where the rulebook cannot be read or is refused.
    pub(crate) fn open(args: &DeskArgs) -> Result<Self, Trouble> {
        Ok(Self {
            engine: RwLock::new(Arc::new(args.law.rules.engine()?)),
            searcher: RwLock::new(Arc::new(Searcher::new(args.search.clone()))),
            workspaces: Mutex::default(),
            args: args.clone(),
        })
    }

    /// The law that answers now.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The lists that are searched now.
    pub(crate) fn searcher(&self) -> Arc<Searcher> {
        Arc::clone(&self.searcher.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How the law is applied where a request says nothing else.
    pub(crate) fn options(&self, trace: Trace) -> Options {
        self.args.law.options(trace, false)
    }

    /// Whether a transaction may go. Nothing is recorded.
    ///
    /// # Errors
    ///
    /// Where the lists cannot be searched.
    pub(crate) fn decide<'law>(
        &self,
        engine: &'law Engine,
        transaction: &Transaction,
        options: &Options,
    ) -> Result<Determination<'law>, Failure> {
        let lock = || self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workspace = lock().pop().unwrap_or_default();
        let decided = self.searcher().decide(engine, &mut workspace, transaction, options);
        lock().push(workspace);
        decided
    }
}
