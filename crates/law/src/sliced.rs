//! What is true of many matters at once: one bit of a word for each.
//!
//! Matters of one [`Shape`] (as many things of each kind, in the same order) are packed into a
//! [`Batch`]: for each test of each thing two planes of bits, what is true and what is possible. An
//! evaluation of the batch is three-valued logic on planes, and says of each matter what
//! [`crate::eval`] says of it alone. A block is skipped where it is ruled out of every matter of the
//! batch, so matters that are alike belong together.
//!
//! What tests a code against a set is not packed: a matter with such things does not fit, and is
//! evaluated alone.

mod batch;

pub use batch::{Batch, Shape};

use crate::compile::{Literals, Op, OpId, Range};
use crate::facts::RowId;
use crate::law::Law;
use crate::logic::Logic;
use crate::rulebook::Thing;
use crate::schema::KindId;

/// How many words a plane has.
pub const WORDS: usize = 8;

/// How many matters a batch holds at most.
pub const LANES: usize = 64 * WORDS;

/// What is known of a statement in each matter of a batch.
#[derive(Clone, Copy, Debug, Eq)]
pub struct Lanes {
    yes: [u64; WORDS],
    possible: [u64; WORDS],
}

/// By whole planes, which the compiler keeps in registers; bytes would be compared elsewhere.
impl PartialEq for Lanes {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        let yes = self.yes.iter().zip(&other.yes);
        let both = yes.chain(self.possible.iter().zip(&other.possible));
        both.fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
    }
}

impl Lanes {
    /// False in every matter.
    pub const NO: Self = Self { yes: [0; WORDS], possible: [0; WORDS] };
    /// True in every matter.
    pub const YES: Self = Self { yes: [u64::MAX; WORDS], possible: [u64::MAX; WORDS] };
    /// Unknown in every matter.
    pub const OPEN: Self = Self { yes: [0; WORDS], possible: [u64::MAX; WORDS] };

    /// The matters in which it certainly holds, one bit each.
    #[must_use]
    pub fn yes(&self) -> &[u64; WORDS] {
        &self.yes
    }

    /// The matters in which it may hold, one bit each.
    #[must_use]
    pub fn possible(&self) -> &[u64; WORDS] {
        &self.possible
    }

    #[inline]
    fn and(mut self, other: &Self) -> Self {
        self.yes.iter_mut().zip(&other.yes).for_each(|(it, other)| *it &= other);
        self.possible.iter_mut().zip(&other.possible).for_each(|(it, other)| *it &= other);
        self
    }

    #[inline]
    fn or(mut self, other: &Self) -> Self {
        self.yes.iter_mut().zip(&other.yes).for_each(|(it, other)| *it |= other);
        self.possible.iter_mut().zip(&other.possible).for_each(|(it, other)| *it |= other);
        self
    }

    #[inline]
    fn not(self) -> Self {
        Self { yes: self.possible.map(|it| !it), possible: self.yes.map(|it| !it) }
    }

    /// Unknown where it was true.
    #[inline]
    fn doubted(self) -> Self {
        Self { yes: [0; WORDS], possible: self.possible }
    }

    #[inline]
    fn is_no(&self) -> bool {
        self.possible.iter().fold(0, |all, it| all | it) == 0
    }

    #[inline]
    fn is_yes(&self) -> bool {
        self.yes.iter().fold(u64::MAX, |all, it| all & it) == u64::MAX
    }
}

/// Memory that evaluations of batches use, one after the other.
#[derive(Debug, Default)]
pub struct SlicedScratch {
    /// For every row and slot: whether it was worked out, and what.
    known: Vec<Memo>,
    lanes: Vec<Lanes>,
    /// Where each row's memory begins.
    first: Vec<usize>,
    stack: Vec<RowId>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Memo {
    #[default]
    New,
    Busy,
    Done,
}

/// What is true of every matter of a batch under one day's law, worked out as it is asked.
#[derive(Debug)]
pub struct Sliced<'a> {
    law: &'a Law,
    batch: &'a Batch,
    scratch: &'a mut SlicedScratch,
}

impl<'a> Sliced<'a> {
    /// The evaluation of a batch that was packed under the same law.
    #[must_use]
    pub fn new(law: &'a Law, batch: &'a Batch, scratch: &'a mut SlicedScratch) -> Self {
        let mut count = 0;
        scratch.first.clear();
        for (kind, _) in batch.shape().rows() {
            scratch.first.push(count);
            let plan = law.program.kinds.get(usize::from(kind.0));
            count += plan.map_or(0, |it| it.slots as usize);
        }
        scratch.known.clear();
        scratch.known.resize(count, Memo::New);
        scratch.lanes.resize(count, Lanes::OPEN);
        scratch.stack.clear();
        Self { law, batch, scratch }
    }

    /// Whether a block (by its place in [`Law::blocks`]) holds of a thing, in each matter.
    pub fn block(&mut self, place: usize, row: RowId) -> Lanes {
        let law = self.law;
        let Some(plan) = law.program.blocks.get(place) else { return Lanes::OPEN };
        let Some((row, memory)) = self.remembered(row, plan.subject, plan.slot) else {
            return Lanes::OPEN;
        };
        if self.batch.is_ruled_out(row, plan.bit) {
            return Lanes::NO;
        }
        if let Some(known) = self.recall(memory) {
            return known;
        }
        let base = self.scratch.stack.len();
        self.scratch.stack.resize(base + plan.variables, row);
        if let Some(root) = self.scratch.stack.get_mut(base) {
            *root = RowId(0);
        }
        let mut lanes = self.op(plan.condition, base);
        self.scratch.stack.truncate(base);
        for exempt in &plan.unless {
            if lanes.is_no() {
                break;
            }
            lanes = lanes.and(&self.block(*exempt, row).not());
        }
        if plan.doubtful {
            lanes = lanes.doubted();
        }
        self.remember(memory, lanes)
    }

    fn term(&mut self, term: usize, row: RowId) -> Lanes {
        let law = self.law;
        let Some(plan) = law.program.terms.get(term) else { return Lanes::OPEN };
        let Some((row, memory)) = self.remembered(row, plan.subject, plan.slot) else {
            return Lanes::OPEN;
        };
        if let Some(known) = self.recall(memory) {
            return known;
        }
        let mut lanes = if plan.blocks.is_empty() { Lanes::OPEN } else { Lanes::NO };
        for block in &plan.blocks {
            if lanes.is_yes() {
                break;
            }
            lanes = lanes.or(&self.block(*block, row));
        }
        self.remember(memory, lanes)
    }

    fn op(&mut self, op: OpId, base: usize) -> Lanes {
        let law = self.law;
        let Some(op) = law.program.ops.get(op as usize) else { return Lanes::OPEN };
        match op {
            Op::Constant(true) => Lanes::YES,
            Op::Constant(false) => Lanes::NO,
            Op::AllOf(literals) => self.all_of(literals, base),
            Op::AnyOf(literals) => self.any_of(literals, base),
            Op::All(range) => {
                let mut lanes = Lanes::YES;
                for child in children(law, *range) {
                    lanes = lanes.and(&self.op(*child, base));
                    if lanes.is_no() {
                        break;
                    }
                }
                lanes
            }
            Op::Any(range) => {
                let mut lanes = Lanes::NO;
                for child in children(law, *range) {
                    lanes = lanes.or(&self.op(*child, base));
                    if lanes.is_yes() {
                        break;
                    }
                }
                lanes
            }
            Op::Term { term, thing, negated } => {
                let row = self.thing(*thing, base);
                let lanes = row.map_or(Lanes::OPEN, |row| self.term(*term, row));
                if *negated { lanes.not() } else { lanes }
            }
            // A matter with things of which this is asked does not fit.
            Op::Member(_) => Lanes::OPEN,
            Op::Exists { kind, of, variable, body, negated } => {
                let lanes = self.exists((*kind, *of), *variable, *body, base);
                if *negated { lanes.not() } else { lanes }
            }
        }
    }

    fn all_of(&self, it: &Literals, base: usize) -> Lanes {
        let Some(row) = self.thing(it.thing, base) else { return Lanes::OPEN };
        let planes = self.batch.planes(row, it.word);
        let mut lanes = Lanes::YES;
        for bit in bits(it.holding) {
            lanes = lanes.and(planes.get(bit).unwrap_or(&Lanes::OPEN));
        }
        for bit in bits(it.failing) {
            lanes = lanes.and(&planes.get(bit).unwrap_or(&Lanes::OPEN).not());
        }
        lanes
    }

    fn any_of(&self, it: &Literals, base: usize) -> Lanes {
        let Some(row) = self.thing(it.thing, base) else { return Lanes::OPEN };
        let planes = self.batch.planes(row, it.word);
        let mut lanes = Lanes::NO;
        for bit in bits(it.holding) {
            lanes = lanes.or(planes.get(bit).unwrap_or(&Lanes::OPEN));
        }
        for bit in bits(it.failing) {
            lanes = lanes.or(&planes.get(bit).unwrap_or(&Lanes::OPEN).not());
        }
        lanes
    }

    fn exists(
        &mut self,
        (kind, of): (KindId, Option<Thing>),
        variable: u16,
        body: OpId,
        base: usize,
    ) -> Lanes {
        let of = match of.map(|it| self.thing(it, base)) {
            None => None,
            Some(None) => return Lanes::OPEN,
            Some(Some(row)) => Some(row),
        };
        let place = base + usize::from(variable);
        let mut lanes = Lanes::NO;
        let batch = self.batch;
        for row in batch.shape().rows_of(kind) {
            if of.is_some_and(|of| !batch.shape().belongs(row, of)) {
                continue;
            }
            match self.scratch.stack.get_mut(place) {
                Some(slot) => *slot = row,
                None => return Lanes::OPEN,
            }
            lanes = lanes.or(&self.op(body, base));
            if lanes.is_yes() {
                break;
            }
        }
        lanes
    }

    #[inline]
    fn thing(&self, thing: Thing, base: usize) -> Option<RowId> {
        let bound = *self.scratch.stack.get(base + usize::from(thing.variable))?;
        (0..thing.up).try_fold(bound, |row, _| self.batch.shape().parent(row))
    }

    /// The row that is meant, and where the answer for it is kept.
    #[inline]
    fn remembered(&self, row: RowId, subject: KindId, slot: u32) -> Option<(RowId, usize)> {
        let row = self.batch.shape().whole(row, subject)?;
        Some((row, self.scratch.first.get(row.0 as usize)? + slot as usize))
    }

    /// What was worked out; unknown where it is being worked out now. Otherwise it is marked so.
    #[inline]
    fn recall(&mut self, memory: usize) -> Option<Lanes> {
        match self.scratch.known.get_mut(memory) {
            Some(memo @ Memo::New) => {
                *memo = Memo::Busy;
                None
            }
            Some(Memo::Done) => self.scratch.lanes.get(memory).copied(),
            Some(Memo::Busy) | None => Some(Lanes::OPEN),
        }
    }

    #[inline]
    fn remember(&mut self, memory: usize, lanes: Lanes) -> Lanes {
        let kept = self.scratch.known.get_mut(memory).zip(self.scratch.lanes.get_mut(memory));
        if let Some((memo, slot)) = kept {
            *memo = Memo::Done;
            *slot = lanes;
        }
        lanes
    }
}

impl Logic for Sliced<'_> {
    type Value = Lanes;

    fn constant(&mut self, value: bool) -> Lanes {
        if value { Lanes::YES } else { Lanes::NO }
    }

    fn and(&mut self, left: Lanes, right: Lanes) -> Lanes {
        left.and(&right)
    }

    fn or(&mut self, left: Lanes, right: Lanes) -> Lanes {
        left.or(&right)
    }

    fn not(&mut self, value: Lanes) -> Lanes {
        value.not()
    }

    fn block(&mut self, block: usize, row: RowId) -> Lanes {
        Self::block(self, block, row)
    }

    fn ruled_out(&self, row: RowId) -> &[u64] {
        self.batch.ruled_out(row)
    }
}

fn children(law: &Law, range: Range) -> &[OpId] {
    let first = range.first as usize;
    law.program.children.get(first..first + range.count as usize).unwrap_or(&[])
}

/// The places of the bits of a word.
fn bits(word: u64) -> impl Iterator<Item = usize> {
    let mut left = word;
    std::iter::from_fn(move || {
        let bit = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}

#[cfg(test)]
mod tests;
