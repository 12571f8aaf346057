//! What if: the smallest sets of facts whose change would alter the outcome.
//!
//! Every set is tried by deciding the changed transaction; nothing is inferred. Each fact is marked
//! as a lever or as none ([`levers`]), and what may not be shaped to pass is never tried
//! ([`turns`](mod@turns)). The number of decisions is bounded, not their time, so that the answer
//! is the same everywhere.

pub mod levers;
pub mod turns;

pub use levers::{LEVERS, Lever, Standing};
pub use turns::{Turn, turns};

use crate::deciding::Deciding;
use crate::engine::{Decides, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::Transaction;
use crate::workspace::Workspace;
use std::collections::BTreeMap;

/// How much is decided at most: a settled answer counts as 1, and one that the exact method had to
/// look at counts as [`UNSETTLED`].
pub const BOUND: usize = 6_000;
/// What an answer that is not settled takes, against one that is.
pub const UNSETTLED: usize = 30;

/// Facts whose change, all together, alters the outcome, while no fewer of them do.
#[derive(Clone, Debug)]
pub struct Alteration {
    /// The changes, as places in [`WhatIf::turns`]: for each fact the values that do alike.
    pub facts: Vec<Vec<usize>>,
    /// The outcome then.
    pub outcome: Outcome,
    /// The exception's symbol then.
    pub exception: Option<String>,
    /// The paragraph that decides then.
    pub deciding: Deciding,
    /// What it takes: a lever only if every fact is one.
    pub standing: Standing,
}

/// What would alter an outcome.
#[derive(Debug)]
pub struct WhatIf {
    /// The outcome now.
    pub outcome: Outcome,
    /// The exception's symbol now.
    pub exception: Option<String>,
    /// The paragraph that decides now.
    pub deciding: Deciding,
    /// Every change that was tried.
    pub turns: Vec<Turn>,
    /// What alters the outcome: levers first, then the smallest sets, then the freest outcomes.
    pub alterations: Vec<Alteration>,
    /// How many changed transactions were decided.
    pub decided: usize,
    /// Whether every set up to the size was tried.
    pub complete: bool,
}

/// An outcome and its exception: what is altered.
type Verdict = (Outcome, Option<String>);

/// Tries the sets of up to `size` facts. Sets of more than one fact are sought only where nothing
/// may go as it is, and only among those that let it go; sets of three only among levers.
#[must_use]
pub fn what_if(
    engine: &impl Decides,
    transaction: &Transaction,
    options: &Options,
    size: usize,
) -> WhatIf {
    let now = engine.decide_each(&mut Workspace::default(), transaction, &traced(options));
    let verdict = (now.outcome, now.exception.map(str::to_owned));
    let mut search = Search {
        engine,
        transaction,
        options: Options { trace: Trace::None, answers: false, ..*options },
        now: verdict.clone(),
        turns: turns(transaction),
        found: Vec::new(),
        workspace: Workspace::default(),
        decided: 0,
        spent: 0,
        complete: true,
    };
    search.run(size);
    let alterations = search.alterations(&traced(options));
    let Search { turns, decided, complete, .. } = search;
    let (outcome, exception) = verdict;
    let deciding = Deciding::behind(&now);
    WhatIf { outcome, exception, deciding, turns, alterations, decided, complete }
}

fn traced(options: &Options) -> Options {
    Options { trace: Trace::Decisive, answers: false, ..*options }
}

struct Search<'a, E> {
    engine: &'a E,
    transaction: &'a Transaction,
    options: Options,
    now: Verdict,
    turns: Vec<Turn>,
    /// Minimal sets of changes, and what they lead to.
    found: Vec<(Vec<usize>, Verdict)>,
    workspace: Workspace,
    decided: usize,
    /// Of [`BOUND`].
    spent: usize,
    complete: bool,
}

impl<E: Decides> Search<'_, E> {
    fn run(&mut self, size: usize) {
        for turn in 0..self.turns.len() {
            self.attempt(&[turn], |_| true);
        }
        if size < 2 || self.now.0.is_permissive() {
            return;
        }
        let all: Vec<usize> = (0..self.turns.len()).collect();
        let levers: Vec<usize> =
            all.iter().copied().filter(|it| self.standing(*it) == Standing::Lever).collect();
        // Levers first, so that the bound costs what nobody may pull.
        for (place, first) in levers.iter().enumerate() {
            for second in levers.iter().skip(place + 1) {
                self.attempt(&[*first, *second], Outcome::is_permissive);
            }
        }
        if size > 2 {
            for (a, first) in levers.iter().enumerate() {
                for (b, second) in levers.iter().enumerate().skip(a + 1) {
                    for third in levers.iter().skip(b + 1) {
                        self.attempt(&[*first, *second, *third], Outcome::is_permissive);
                    }
                }
            }
        }
        for first in &all {
            for second in all.iter().skip(first + 1) {
                if !(levers.contains(first) && levers.contains(second)) {
                    self.attempt(&[*first, *second], Outcome::is_permissive);
                }
            }
        }
    }

    fn standing(&self, turn: usize) -> Standing {
        self.turns.get(turn).map_or(Standing::NoLever, |it| it.standing)
    }

    /// Decides the transaction with these changes, unless a part of them does it already.
    fn attempt(&mut self, set: &[usize], wanted: impl Fn(Outcome) -> bool) {
        let paths: Vec<&str> =
            set.iter().filter_map(|it| self.turns.get(*it)).map(|it| it.path.as_str()).collect();
        let twice = paths.iter().enumerate().any(|(place, it)| {
            paths.iter().skip(place + 1).any(|other| it.starts_with(other) || other.starts_with(it))
        });
        let smaller = set.len() > 1
            && self.found.iter().any(|(known, verdict)| {
                wanted(verdict.0) && known.iter().all(|it| set.contains(it))
            });
        if twice || smaller {
            return;
        }
        if self.spent >= BOUND {
            self.complete = false;
            return;
        }
        self.decided += 1;
        let changed = self.changed(set);
        let determination = self.engine.decide_each(&mut self.workspace, &changed, &self.options);
        self.spent += if determination.settled { 1 } else { UNSETTLED };
        let verdict = (determination.outcome, determination.exception.map(str::to_owned));
        if verdict != self.now && wanted(verdict.0) {
            self.found.push((set.to_vec(), verdict));
        }
    }

    fn changed(&self, set: &[usize]) -> Transaction {
        let mut changed = self.transaction.clone();
        for turn in set.iter().filter_map(|it| self.turns.get(*it)) {
            turn.apply(&mut changed);
        }
        changed
    }

    /// What was found, values that do alike together, each with the paragraph that decides then.
    fn alterations(&self, options: &Options) -> Vec<Alteration> {
        let mut alike: BTreeMap<_, Vec<&Vec<usize>>> = BTreeMap::new();
        for (set, verdict) in &self.found {
            let facts: Vec<(&str, Standing)> = set
                .iter()
                .filter_map(|it| self.turns.get(*it))
                .map(|it| (it.path.as_str(), it.standing))
                .collect();
            // Of two facts, values are told apart by the first, so that every pair was tried.
            let first = if set.len() > 1 { set.first().copied() } else { None };
            alike.entry((facts, verdict, first)).or_default().push(set);
        }
        let mut alterations: Vec<Alteration> = alike
            .into_iter()
            .filter_map(|((facts, verdict, _), sets)| {
                let changed = self.changed(sets.first()?);
                let determination =
                    self.engine.decide_each(&mut Workspace::default(), &changed, options);
                let mut values: Vec<Vec<usize>> = vec![Vec::new(); facts.len()];
                for set in sets {
                    for (values, turn) in values.iter_mut().zip(set) {
                        if !values.contains(turn) {
                            values.push(*turn);
                        }
                    }
                }
                Some(Alteration {
                    facts: values,
                    outcome: verdict.0,
                    exception: verdict.1.clone(),
                    deciding: Deciding::behind(&determination),
                    standing: facts.iter().map(|it| it.1).max()?,
                })
            })
            .collect();
        alterations.sort_by_key(|it| (it.standing, it.facts.len(), it.outcome));
        alterations
    }
}

#[cfg(test)]
mod tests;
