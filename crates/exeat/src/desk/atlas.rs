//! The atlas: one item and one kind of user for every destination, on every day on which the law
//! changes.
//!
//! Sheets are kept for a while, so that moving through time and coming back cost nothing.

mod subject;

pub(crate) use subject::{Government, Short, Subject, document};

use super::Desk;
use crate::atlas::{Atlas, Sheet};
use crate::report::about;
use crate::search::searching::Names;
use decision::atlas::{Change, changes, places};
use decision::matches::asks_for_a_search;
use decision::transaction::Transaction;
use decision::{Country, Engine, Outcome, Trace};
use jiff::civil::Date;
use law::Selection;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many sheets are kept: some transactions through all of time.
const MOST: usize = 256;

/// The sheets that are kept, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Sheets(Mutex<VecDeque<(Key, Arc<Sheet>)>>);

/// What a sheet was made from.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Key {
    law: String,
    transaction: Arc<Transaction>,
    on: Date,
}

/// A day on which some destination's answer changes.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    /// The first day of the new answers.
    pub(crate) day: Date,
    /// What changed, by destination.
    pub(crate) moves: Vec<Move>,
}

/// A destination whose answer changes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Move {
    /// The destination.
    pub(crate) country: Country,
    /// What held before.
    pub(crate) before: (Outcome, Option<String>),
    /// What holds now.
    pub(crate) after: (Outcome, Option<String>),
}

impl Desk {
    /// Every destination's answer on a day.
    pub(crate) fn sheet(&self, engine: &Engine, subject: &Subject, on: Date) -> Arc<Sheet> {
        let law = engine.stamp().digest.to_owned();
        let key = Key { law, transaction: Arc::clone(&subject.transaction), on };
        if let Some(sheet) = self.sheets().get(&key) {
            return sheet;
        }
        let options = decision::Options { on: Some(on), ..self.options(Trace::Decisive) };
        let places =
            self.working(|| places(engine, &subject.transaction, &subject.relocation(), &options));
        let sheet = Arc::new(Sheet { law_date: on, places });
        self.sheets().keep(key, Arc::clone(&sheet));
        sheet
    }

    /// What changes on a day, where the law does.
    pub(crate) fn turn(&self, engine: &Engine, subject: &Subject, day: Date) -> Option<Turn> {
        let eve = day.yesterday().ok()?;
        if !days(engine).contains(&day) {
            return None;
        }
        let before = self.sheet(engine, subject, eve);
        let moves = moves(&before, &self.sheet(engine, subject, day));
        (!moves.is_empty()).then_some(Turn { day, moves })
    }

    /// The days on which some destination's answer changes. Looks at every day on which the law
    /// does, which takes a while where much is unknown.
    pub(crate) fn turns(&self, engine: &Engine, subject: &Subject) -> Vec<Turn> {
        let mut turns = Vec::new();
        let mut last: Option<Arc<Sheet>> = None;
        for day in days(engine) {
            let sheet = self.sheet(engine, subject, day);
            if let Some(before) = last.replace(Arc::clone(&sheet)) {
                let moves = moves(&before, &sheet);
                if !moves.is_empty() {
                    turns.push(Turn { day, moves });
                }
            }
        }
        turns
    }

    /// The whole atlas of a day, as it is written out.
    pub(crate) fn atlas<'law>(
        &self,
        engine: &'law Engine,
        subject: &Subject,
        on: Date,
    ) -> Atlas<'law> {
        Atlas {
            about: about::at_hand(&subject.transaction),
            before: None,
            sheet: (*self.sheet(engine, subject, on)).clone(),
            relocation: subject.relocation(),
            stamp: engine.stamp(),
            proposed: engine.selection() != Selection::default(),
            names: if asks_for_a_search(&subject.transaction) {
                Names::Not("the map does not; the answer of a place does".to_owned())
            } else {
                Names::None
            },
        }
    }
}

impl Sheets {
    fn get(&self, key: &Key) -> Option<Arc<Sheet>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|it| it.0 == *key).map(|it| Arc::clone(&it.1))
    }

    fn keep(&self, key: Key, sheet: Arc<Sheet>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back((key, sheet));
    }
}

/// The days on which the law changes, from the first that the rulebook speaks of.
pub(crate) fn days(engine: &Engine) -> Vec<Date> {
    let from = engine.rulebook().from;
    engine.rulebook().epochs().into_iter().filter(|it| *it >= from).collect()
}

/// What differs between two days.
pub(crate) fn moves(before: &Sheet, after: &Sheet) -> Vec<Move> {
    let changed = changes(&before.places, &after.places);
    let moved = changed.iter().map(|Change { before, after }| Move {
        country: after.country,
        before: (before.outcome, before.exception.clone()),
        after: (after.outcome, after.exception.clone()),
    });
    moved.collect()
}

#[cfg(test)]
mod tests;
