//! What was answered before, so that a pattern that comes again is only written again.
//!
//! Each worker knows for itself. An answer is looked up by its whole [`Pattern`]; the caller's own
//! words are put in anew. It is written down when its pattern comes the second time, so that
//! transactions of which no two are alike cost little more. What is held is bounded, and no answer
//! depends on it. It belongs to one engine and one set of options.

use crate::api::determination::{self, Line};
use crate::lines::Worker;
use decision::pattern::{Names, Pattern, Told};
use decision::{Determination, Engine, Options, Outcome, Transaction};
use std::collections::BTreeMap;

/// How many bytes are held at most. When they are full, all is forgotten.
const MOST: usize = 16 << 20;
/// How many patterns are remembered to have come once.
const ONCE: usize = 1 << 12;

/// Answers by their patterns.
#[derive(Debug, Default)]
pub(crate) struct Known {
    answers: BTreeMap<u64, Vec<Answer>>,
    bytes: usize,
    /// The hashes of patterns that came once, each where its low bits say.
    once: Vec<u64>,
}

/// Answers a transaction whose names are not searched in one line of JSON, and only writes it
/// again where the worker answered its pattern before.
pub(crate) fn answer(
    engine: &Engine,
    worker: &mut Worker,
    transaction: &Transaction,
    options: &Options,
    out: &mut Vec<u8>,
) -> Outcome {
    let Worker { workspace, known } = worker;
    let tell = |pattern: &Pattern, names: &Names<'_>| known.write(pattern, names, out);
    let determination = match engine.decide_unless_known(workspace, transaction, options, tell) {
        Told::Known(outcome) => return outcome,
        Told::Decided(determination) => determination,
    };
    match workspace.pattern() {
        Some(pattern) => known.keep(pattern, &determination, out),
        None => determination::write(&determination, crate::json::Layout::Line, out),
    }
    determination.outcome
}

#[derive(Debug)]
struct Answer {
    pattern: Pattern,
    line: Line,
    outcome: Outcome,
}

impl Known {
    /// Writes the answer to a pattern in one line, where it is known.
    pub(crate) fn write(
        &self,
        pattern: &Pattern,
        names: &Names<'_>,
        out: &mut Vec<u8>,
    ) -> Option<Outcome> {
        let answers = self.answers.get(&pattern.hash())?;
        let known = answers.iter().find(|it| it.pattern == *pattern)?;
        known.line.write(names, out);
        Some(known.outcome)
    }

    /// Writes an answer in one line, and keeps it where its pattern came before.
    pub(crate) fn keep(
        &mut self,
        pattern: &Pattern,
        answer: &Determination<'_>,
        out: &mut Vec<u8>,
    ) {
        let hash = pattern.hash();
        if self.is_first(hash) {
            return determination::write(answer, crate::json::Layout::Line, out);
        }
        let line = Line::write_new(answer, out);
        let bytes = line.size() + pattern.size() + size_of::<Answer>();
        if self.bytes + bytes > MOST {
            *self = Self::default();
        }
        self.bytes += bytes;
        let answer = Answer { pattern: pattern.clone(), line, outcome: answer.outcome };
        self.answers.entry(hash).or_default().push(answer);
    }

    /// Whether no pattern of that hash came before, as far as is remembered.
    fn is_first(&mut self, hash: u64) -> bool {
        self.once.resize(ONCE, 0);
        let place = usize::try_from(hash % ONCE as u64).unwrap_or(0);
        let Some(slot) = self.once.get_mut(place) else { return true };
        std::mem::replace(slot, hash) != hash
    }
}

#[cfg(test)]
mod tests;
