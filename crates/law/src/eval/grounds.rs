//! What a block's truth rests on: the blocks behind it, the rows of tables, and nothing else of the
//! facts.
//!
//! This is the cheap half of a trace, for answers by the thousand. It follows what makes a block
//! hold, or what makes it fail, through terms and exemptions, in the compiled form; a full trace
//! is in [`crate::trace`].

use super::{Evaluation, Run, belongs};
use crate::compile::{Literals, Op, OpId};
use crate::facts::RowId;
use crate::law::Law;
use crate::rulebook::Test;
use crate::schema::FactId;
use crate::truth::Truth;

/// A block and the thing it is said of.
pub type Ground = (usize, RowId);

/// What was asked of a row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'law> {
    /// Of which thing.
    pub row: RowId,
    /// Which of its facts is the key.
    pub fact: FactId,
    /// What was asked.
    pub test: &'law Test,
    /// The answer.
    pub truth: Truth,
}

/// What the truth of a block rests on.
#[derive(Clone, Debug, Default)]
pub struct Grounds<'law> {
    /// The blocks, nearest first.
    pub blocks: Vec<Ground>,
    /// The rows of tables that were asked.
    pub cells: Vec<Cell<'law>>,
}

impl<'law> Evaluation<'law> {
    /// What the truth of a block rests on, at most so many blocks and cells. Of what holds or may
    /// hold, the definitions and exemptions that hold or may; of what fails, what makes it fail.
    pub fn grounds(
        &mut self,
        place: usize,
        row: RowId,
        (blocks, cells): (usize, usize),
    ) -> Grounds<'law> {
        let law = self.law;
        let found = Grounds::default();
        let mut search = Search { law, run: self.run(), found, blocks, cells };
        search.of(place, row);
        search.found
    }
}

struct Search<'r, 'law> {
    law: &'law Law,
    run: Run<'r>,
    found: Grounds<'law>,
    blocks: usize,
    cells: usize,
}

impl Search<'_, '_> {
    /// Adds a block, and what it rests on.
    fn add(&mut self, place: usize, row: RowId) {
        let blocks = &mut self.found.blocks;
        if blocks.len() < self.blocks && !blocks.contains(&(place, row)) {
            blocks.push((place, row));
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
        if self.found.blocks.len() >= self.blocks {
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
            Some(Op::AllOf(literals) | Op::AnyOf(literals)) => self.cells(literals, base, holds),
            Some(Op::Constant(_) | Op::Member(_)) | None => {}
        }
    }

    /// Adds the rows of tables among the tests that make several hold, or fail.
    fn cells(&mut self, literals: &Literals, base: usize, holds: bool) {
        if self.cells == 0 {
            return;
        }
        let Some(row) = self.run.thing(literals.thing, base) else { return };
        let kind = self.run.facts.row(row).map(|it| usize::from(it.kind.0));
        let Some(plan) = kind.and_then(|it| self.law.program.kinds.get(it)) else { return };
        let (yes, possible) = self.run.scratch.pair(row, literals.word);
        let mut left = literals.holding | literals.failing;
        while left != 0 && self.found.cells.len() < self.cells {
            let bit = left.trailing_zeros();
            left &= left - 1;
            let truth = Truth::of_bits(yes >> bit, possible >> bit);
            let said = if literals.holding >> bit & 1 == 1 { truth } else { truth.not() };
            let place = 64 * usize::from(literals.word) + bit as usize;
            if said.is_false() == holds {
                continue;
            }
            let Some((fact, test)) = plan.bits.get(place).copied().flatten() else { continue };
            let test = plan.facts.get(usize::from(fact.0)).and_then(|it| it.tests.get(test));
            let Some(test @ Test::Column { .. }) = test else { continue };
            let cells = &mut self.found.cells;
            if !cells.iter().any(|it| it.row == row && it.fact == fact && it.test == test) {
                cells.push(Cell { row, fact, test, truth });
            }
        }
    }
}
