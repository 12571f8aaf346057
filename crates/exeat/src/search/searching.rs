//! Deciding many transactions that are made out of one, or one under several laws: the names of each
//! are searched as [`Searcher::decide`] does it, and what was searched before is not searched again.

use super::Searcher;
use crate::api::failure::Failure;
use crate::api::fields::{Field, LISTS, NOT_SEARCHED, Object, SETTINGS, SNAPSHOT, Type, field};
use crate::api::matches;
use crate::json::Writer;
use crate::report::matches::sentence;
use decision::matches::{Screened, asks_for_a_search, sought};
use decision::transaction::Transaction;
use decision::{Decides, Determination, Engine, Options, Workspace};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// How many searches are remembered.
const KEPT: usize = 1024;

/// What the lists say of the names of a transaction; nothing where none is searched.
type Found = Result<Option<Screened>, Failure>;

/// Finds it.
type Find<'a> = dyn Fn(&Transaction, &Options) -> Found + Send + Sync + 'a;

/// What a search looks at: the names with what stands beside them, and the day that was asked for.
type Sought = (String, Option<Date>);

/// An engine that searches the names of each transaction first.
pub(crate) struct Searching<'a> {
    engine: &'a Engine,
    find: Box<Find<'a>>,
    kept: Mutex<BTreeMap<Sought, Option<Screened>>>,
}

impl fmt::Debug for Searching<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Searching").finish_non_exhaustive()
    }
}

impl<'a> Searching<'a> {
    /// Searches by what finds the names of one transaction.
    pub(crate) fn by(
        engine: &'a Engine,
        find: impl Fn(&Transaction, &Options) -> Found + Send + Sync + 'a,
    ) -> Self {
        Self { engine, find: Box::new(find), kept: Mutex::default() }
    }

    /// Searches as the command line does.
    pub(crate) fn with(engine: &'a Engine, searcher: &'a Searcher) -> Self {
        Self::by(engine, |transaction, options| searcher.screened(transaction, options.on, None))
    }

    /// What the lists say of the names of a transaction.
    ///
    /// # Errors
    ///
    /// Where the lists or the decisions on matches cannot be read.
    fn of(&self, transaction: &Transaction, options: &Options) -> Found {
        if !asks_for_a_search(transaction) {
            return Ok(None);
        }
        let key = (sought(transaction), options.on);
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Ok(known.clone());
        }
        let found = (self.find)(transaction, options)?;
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, found.clone());
        Ok(found)
    }

    /// What became of the names of a transaction; `otherwise` is why they were not searched, where
    /// they were not.
    ///
    /// # Errors
    ///
    /// Where an answer to a classification question is none, or the lists or the decisions on
    /// matches cannot be read.
    pub(crate) fn names(
        &self,
        transaction: &Transaction,
        options: &Options,
        otherwise: &str,
    ) -> Result<Names, Failure> {
        Searcher::understood(self.engine, transaction)?;
        if !asks_for_a_search(transaction) {
            return Ok(Names::None);
        }
        Ok(match self.of(transaction, options)? {
            Some(screened) => Names::Searched(Box::new(screened)),
            None => Names::Not(otherwise.to_owned()),
        })
    }
}

impl Decides for Searching<'_> {
    /// Where the lists cannot be read after all, the listings stay unknown.
    fn decide_each<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        match self.of(transaction, options) {
            Ok(Some(screened)) => {
                self.engine.decide_screened(workspace, transaction, screened, options)
            }
            Ok(None) | Err(_) => self.engine.decide_in(workspace, transaction, options),
        }
    }
}

/// Why no name is searched where somebody asked for that.
pub(crate) const NOT_ASKED: &str = "--no-screening was given";
/// Why no name is searched for those who may not see matches.
pub(crate) const NOT_SEEN: &str = "who asks may not see matches";

/// What became of the names of a transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Names {
    /// It names nobody whose listings it does not state.
    None,
    /// They were searched, and this was found for them as they are given.
    Searched(Box<Screened>),
    /// They were not searched, and why.
    Not(String),
}

/// Where [`Names::write`] stands.
pub(crate) const FIELD: Field = field(
    "names",
    Type::One("names"),
    "Whether names were searched on the lists; nobody is cleared where they were not.",
);

/// What [`Names::write`] writes.
pub(crate) const NAMES: Object = Object {
    name: "names",
    about: "Whether the names of the transaction were searched on the lists.",
    fields: &[
        field(
            "searched",
            Type::Truth,
            "Whether they were; null where nobody is named whose listings are not stated.",
        ),
        field("why", Type::TextOrNull, "Why not, where they were not."),
        field("screening", Type::Many("match"), "What was found for them as they are given."),
        LISTS,
        NOT_SEARCHED,
        SNAPSHOT,
        SETTINGS,
    ],
};

impl Names {
    /// In a sentence; nothing where there is nothing to say.
    pub(crate) fn sentence(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Searched(screened) => Some(format!("{}.", sentence(screened))),
            Self::Not(why) => Some(format!(
                "Names were not searched on the lists ({why}): on which lists they stand is \
                 unknown here, and nobody is cleared. A check searches them."
            )),
        }
    }

    /// As the key `names` of an object.
    pub(crate) fn write(&self, json: &mut Writer<'_>) {
        json.object_of("names", |json| {
            let (searched, why, found) = match self {
                Self::None => (None, None, None),
                Self::Searched(screened) => (Some(true), None, Some(&**screened)),
                Self::Not(why) => (Some(false), Some(why.as_str()), None),
            };
            json.truth_of("searched", law::Truth::from(searched));
            json.optional_of("why", why);
            matches::found(json, found);
            matches::searched(json, found.map(|it| &*it.searched));
        });
    }
}
