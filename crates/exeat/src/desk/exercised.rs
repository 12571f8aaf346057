//! Which of the project's own cases exercise a paragraph.
//!
//! The case pages judge the rulebook; they are in the program so that a reader of the law sees what
//! a rule was tried with. They are run once for each rulebook, when somebody first asks.

use super::Desk;
use crate::input::{Document, Format};
use crate::transactions;
use decision::{Engine, Trace, case_page};
use law::rulebook::BlockId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

include!(concat!(env!("OUT_DIR"), "/cases.rs"));

/// What the cases of a rulebook came to, and for which.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Option<(String, Arc<Exercised>)>>);

/// The cases, and what every rule was in each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exercised {
    /// The cases, in the order of their pages.
    pub(crate) cases: Vec<Case>,
    seen: BTreeMap<BlockId, Vec<(usize, Truth)>>,
}

/// A case of a page.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The file of its page.
    pub(crate) page: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// What is asked, in YAML.
    pub(crate) transaction: String,
}

/// What a rule was in a case.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Truth {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// A fact is missing.
    Unknown,
}

impl Exercised {
    /// The cases in which a rule was this, by their places.
    pub(crate) fn of(&self, block: BlockId, truth: Truth) -> Vec<usize> {
        let seen = self.seen.get(&block).into_iter().flatten();
        seen.filter(|it| it.1 == truth).map(|it| it.0).collect()
    }

    fn by(engine: &Engine, options: &decision::Options) -> Self {
        let mut exercised = Self::default();
        for (page, text) in CASES {
            // A page that cannot be read is a matter for the tests of the program.
            for entry in case_page::read(text).unwrap_or_default() {
                let bytes = entry.transaction.clone().into_bytes();
                let document = Document { name: (*page).to_owned(), format: Format::Yaml, bytes };
                let Ok(transaction) = transactions::read(&document) else { continue };
                let transaction = entry.adjudicated(transaction);
                let mut coverage = law::Coverage::default();
                engine.cover(&transaction, options, &mut coverage);
                let place = exercised.cases.len();
                for id in (0..).map(BlockId).take(engine.rulebook().blocks.len()) {
                    let seen = coverage.of(id);
                    let all = [
                        (seen.holding, Truth::Holds),
                        (seen.unknown, Truth::Unknown),
                        (seen.failing, Truth::Fails),
                    ];
                    // Of several items, the one of which it holds is what the case is about.
                    if let Some((_, truth)) = all.into_iter().find(|it| it.0 > 0) {
                        exercised.seen.entry(id).or_default().push((place, truth));
                    }
                }
                let (title, transaction) = (entry.title, entry.transaction);
                exercised.cases.push(Case { page, title, transaction });
            }
        }
        exercised
    }
}

impl Desk {
    /// What the cases are under the rulebook that answers now.
    pub(crate) fn exercised(&self) -> Arc<Exercised> {
        let engine = self.engine();
        let digest = engine.stamp().digest.to_owned();
        let held = || self.exercised.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, it)) = held().as_ref().filter(|it| it.0 == digest) {
            return Arc::clone(it);
        }
        let options = self.options(Trace::Decisive);
        let found = Arc::new(self.working(|| Exercised::by(&engine, &options)));
        *held() = Some((digest, Arc::clone(&found)));
        found
    }
}
