//! What a block's truth rests on: the blocks behind it, and nothing of the facts.
//!
//! This is the cheap half of a trace, for answers by the thousand. It follows what makes a block
//! hold, or what makes it fail, through terms and exemptions, in the compiled form; a full trace
//! is in [`crate::trace`].

use super::{Evaluation, Run, belongs};
use crate::compile::{Op, OpId};
use crate::facts::RowId;
use crate::truth::Truth;

/// A block and the thing it is said of.
pub type Ground = (usize, RowId);

impl Evaluation<'_> {
    /// The blocks that the truth of a block rests on, nearest first, at most so many. Of what
    /// holds or may hold, the definitions and exemptions that hold or may; of what fails, what
    /// makes it fail.
    pub fn grounds(&mut self, place: usize, row: RowId, most: usize) -> Vec<Ground> {
        let mut grounds = Grounds { run: self.run(), found: Vec::new(), most };
        grounds.of(place, row);
        grounds.found
    }
}

struct Grounds<'r> {
    run: Run<'r>,
    found: Vec<Ground>,
    most: usize,
}

impl Grounds<'_> {
    /// Adds a block, and what it rests on.
    fn add(&mut self, place: usize, row: RowId) {
        if self.found.len() < self.most && !self.found.contains(&(place, row)) {
            self.found.push((place, row));
            self.of(place, row);
        }
    }

    fn of(&mut self, place: usize, row: RowId) {
        let law = self.run.law;
        let Some(plan) = law.program.blocks.get(place) else { return };
        let Some((row, _)) = self.run.scratch.remembered(row, plan.subject, plan.slot) else {
            return;
        };
        let holds = !self.run.block(place, row).is_false();
        let met = !self.run.condition(place, row).is_false();
        if met && !holds {
            for exempt in &plan.unless {
                if !self.run.block(*exempt, row).is_false() {
                    self.add(*exempt, row);
                }
            }
            return;
        }
        let base = self.run.scratch.stack.len();
        self.run.scratch.stack.resize(base + plan.variables, row);
        if let Some(root) = self.run.scratch.stack.get_mut(base) {
            *root = RowId(0);
        }
        self.walk(plan.condition, base, met);
        self.run.scratch.stack.truncate(base);
    }

    /// Follows what makes a condition hold, or fail.
    fn walk(&mut self, op: OpId, base: usize, holds: bool) {
        let law = self.run.law;
        let program = &law.program;
        if self.found.len() >= self.most {
            return;
        }
        match program.ops.get(op as usize) {
            Some(Op::All(range) | Op::Any(range)) => {
                let first = range.first as usize;
                let children = program.children.get(first..first + range.count as usize);
                for child in children.unwrap_or_default() {
                    if self.run.op(*child, base).is_false() != holds {
                        self.walk(*child, base, holds);
                    }
                }
            }
            Some(Op::Term { term, thing, negated }) => {
                let (Some(row), Some(plan)) =
                    (self.run.thing(*thing, base), program.terms.get(*term))
                else {
                    return;
                };
                for block in &plan.blocks {
                    if holds == *negated {
                        self.of(*block, row);
                    } else if !self.run.block(*block, row).is_false() {
                        self.add(*block, row);
                    }
                }
            }
            Some(Op::Exists { kind, of, variable, body, negated }) => {
                let of = of.and_then(|it| self.run.thing(it, base));
                let place = base + usize::from(*variable);
                let facts = self.run.facts;
                for row in facts.rows_of(*kind) {
                    if of.is_some_and(|of| !belongs(facts, *row, of)) {
                        continue;
                    }
                    if let Some(slot) = self.run.scratch.stack.get_mut(place) {
                        *slot = *row;
                    }
                    let meets = self.run.op(*body, base) != Truth::False;
                    if meets != (holds == *negated) {
                        self.walk(*body, base, meets);
                    }
                }
            }
            Some(Op::Constant(_) | Op::AllOf(_) | Op::AnyOf(_) | Op::Member(_)) | None => {}
        }
    }
}
