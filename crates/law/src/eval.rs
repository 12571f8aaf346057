//! What is true of one matter, in three-valued logic: fast, and wrong only on the side of
//! "unknown".
//!
//! Every row's tests are read once into words of bits; blocks and terms are worked out when they
//! are asked for, and remembered per row. Trouble (a kind that does not fit, a definition that
//! leads back to itself) is unknown, never false.

pub mod grounds;

use crate::compile::{BlockPlan, Literals, Membership, Op, OpId};
use crate::facts::{Facts, RowId};
use crate::law::Law;
use crate::preclusion::{Span, add};
use crate::probe::member;
use crate::rulebook::{TermId, Thing};
use crate::schema::KindId;
use crate::truth::Truth;

/// Memory that evaluations use, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    rows: Vec<RowState>,
    /// Pairs of words, true and possible, for every row.
    words: Vec<u64>,
    /// What was worked out, for every row.
    memory: Vec<Memo>,
    /// For every row, the blocks that cannot hold of it: one bit each.
    ruled_out: Vec<u64>,
    /// Bits of all kinds: what is ruled out of all rows of its kind, and what follows from that.
    everywhere: Vec<u64>,
    common: Vec<u64>,
    /// The rows bound to the variables of the blocks being worked out.
    stack: Vec<RowId>,
}

#[derive(Clone, Copy, Debug)]
struct RowState {
    kind: KindId,
    parent: RowId,
    words: u32,
    memory: u32,
    ruled_out: u32,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Memo {
    #[default]
    New,
    Busy,
    Done(Truth),
}

/// What is true of one matter under one day's law.
#[derive(Debug)]
pub struct Evaluation<'a> {
    law: &'a Law,
    facts: &'a Facts,
    scratch: Held<'a>,
}

#[derive(Debug)]
enum Held<'a> {
    Own(Box<Scratch>),
    Lent(&'a mut Scratch),
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(law: &'a Law, facts: &'a Facts) -> Self {
        let mut scratch = Box::<Scratch>::default();
        scratch.fill(law, facts);
        Self { law, facts, scratch: Held::Own(scratch) }
    }

    pub(crate) fn within(law: &'a Law, facts: &'a Facts, scratch: &'a mut Scratch) -> Self {
        scratch.fill(law, facts);
        Self { law, facts, scratch: Held::Lent(scratch) }
    }

    pub(crate) fn later(law: &'a Law, facts: &'a Facts, scratch: &'a mut Scratch) -> Self {
        scratch.fill_late(law, facts);
        Self { law, facts, scratch: Held::Lent(scratch) }
    }

    /// The law it is an evaluation under.
    #[must_use]
    pub fn law(&self) -> &'a Law {
        self.law
    }

    /// The facts it is an evaluation of.
    #[must_use]
    pub fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// Whether a block (by its place in [`Law::blocks`]) holds of a thing. Of a block that is said
    /// of something the thing belongs to, that something is asked.
    pub fn block(&mut self, place: usize, row: RowId) -> Truth {
        self.run().block(place, row)
    }

    /// The blocks that certainly do not hold of a thing, as far as one fact alone can tell: cheap,
    /// and often right. One bit each (see [`Law::bit`]), of those that are said of its kind.
    #[must_use]
    pub fn ruled_out(&self, row: RowId) -> &[u64] {
        let scratch = match &self.scratch {
            Held::Own(scratch) => scratch,
            Held::Lent(scratch) => &**scratch,
        };
        let kept = scratch.row(row).and_then(|it| {
            let plan = self.law.program.kinds.get(usize::from(it.kind.0))?;
            let first = it.ruled_out as usize;
            scratch.ruled_out.get(first..first + plan.span.own)
        });
        kept.unwrap_or(&[])
    }

    /// Whether the condition of a block holds, whatever it yields to.
    pub fn condition(&mut self, place: usize, row: RowId) -> Truth {
        self.run().condition(place, row)
    }

    /// Whether a term is true of a thing.
    pub fn holds(&mut self, term: TermId, row: RowId) -> Truth {
        self.term(term.0 as usize, row)
    }

    /// Whether a term (by its place in the rulebook's terms) is true of a thing.
    pub(crate) fn term(&mut self, term: usize, row: RowId) -> Truth {
        self.run().term(term, row)
    }

    /// The words (true, possible) of a row's tests.
    pub(crate) fn words(&self, row: RowId, word: u16) -> (u64, u64) {
        match &self.scratch {
            Held::Own(scratch) => scratch.pair(row, word),
            Held::Lent(scratch) => scratch.pair(row, word),
        }
    }

    /// The row that is meant, and where the answer for it is kept.
    pub(crate) fn remembered(
        &self,
        row: RowId,
        subject: KindId,
        slot: u32,
    ) -> Option<(RowId, usize)> {
        match &self.scratch {
            Held::Own(scratch) => scratch.remembered(row, subject, slot),
            Held::Lent(scratch) => scratch.remembered(row, subject, slot),
        }
    }

    fn run(&mut self) -> Run<'_> {
        let scratch = match &mut self.scratch {
            Held::Own(scratch) => scratch,
            Held::Lent(scratch) => &mut **scratch,
        };
        Run { law: self.law, facts: self.facts, scratch }
    }
}

impl Scratch {
    /// Reads every row's tests, and forgets what was worked out before.
    fn fill(&mut self, law: &Law, facts: &Facts) {
        let program = &law.program;
        let plan = |kind: KindId| program.kinds.get(usize::from(kind.0));
        let (mut words, mut memory, mut ruled_out) = (0, 0, 0);
        self.rows.clear();
        self.rows.reserve(facts.rows().len());
        for row in facts.rows() {
            let place = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
            self.rows.push(RowState {
                kind: row.kind,
                parent: row.parent,
                words: place(words),
                memory: place(memory),
                ruled_out: place(ruled_out),
            });
            if let Some(plan) = plan(row.kind) {
                words += 2 * plan.words;
                memory += plan.slots as usize;
                ruled_out += plan.span.all;
            }
        }
        renew(&mut self.words, words, 0);
        renew(&mut self.memory, memory, Memo::New);
        renew(&mut self.ruled_out, ruled_out, 0);
        self.stack.clear();
        for (row, state) in facts.rows().iter().zip(&self.rows) {
            let Some(plan) = plan(row.kind) else { continue };
            let into = self.words.get_mut(state.words as usize..).unwrap_or_default();
            let place = state.ruled_out as usize;
            let Some((above, rest)) = self.ruled_out.split_at_mut_checked(place) else { continue };
            let ruled_out = rest.get_mut(..plan.span.all).unwrap_or_default();
            // What rules a block out of the whole rules it out of the part.
            if let Some(parent) = self.rows.get(row.parent.0 as usize)
                && Some(parent.kind) == plan.parent
                && let Some(whole) = program.kinds.get(usize::from(parent.kind.0))
            {
                let within = plan.span.first.saturating_sub(whole.span.first);
                let first = parent.ruled_out as usize + within;
                add(above.get(first..first + plan.span.all).unwrap_or(&[]), ruled_out);
            }
            let slots = facts.slots(row, plan.facts.len());
            for fact in plan.tested.iter().map(|it| usize::from(*it)) {
                if let (Some(plan), Some(value)) = (plan.facts.get(fact), slots.get(fact)) {
                    plan.read(value, into, &program.preclusion, ruled_out);
                }
            }
        }
        self.share(law, facts);
    }

    /// Reads the facts that are known last again, and forgets what rests on them.
    fn fill_late(&mut self, law: &Law, facts: &Facts) {
        let program = &law.program;
        for (row, state) in facts.rows().iter().zip(&self.rows) {
            let Some(plan) = program.kinds.get(usize::from(row.kind.0)) else { continue };
            if plan.late.is_empty() && plan.late_slots.is_empty() {
                continue;
            }
            let into = self.words.get_mut(state.words as usize..).unwrap_or_default();
            let ruled_out = self.ruled_out.get_mut(state.ruled_out as usize..).unwrap_or_default();
            let ruled_out = ruled_out.get_mut(..plan.span.all).unwrap_or_default();
            let slots = facts.slots(row, plan.facts.len());
            for fact in plan.late.iter().map(|it| usize::from(*it)) {
                if let (Some(plan), Some(value)) = (plan.facts.get(fact), slots.get(fact)) {
                    plan.forget(into);
                    plan.read(value, into, &program.preclusion, ruled_out);
                }
            }
            for slot in &plan.late_slots {
                let place = state.memory as usize + *slot as usize;
                if let Some(memo) = self.memory.get_mut(place) {
                    *memo = Memo::New;
                }
            }
        }
    }

    /// Rules out of all rows what cannot hold because there is no thing that would do.
    fn share(&mut self, law: &Law, facts: &Facts) {
        let program = &law.program;
        program.preclusion.begin(&mut self.everywhere, &mut self.common);
        for (kind, plan) in program.kinds.iter().enumerate() {
            if u16::try_from(kind).is_ok_and(|it| facts.rows_of(KindId(it)).is_empty()) {
                program.preclusion.add_absent(kind, &mut self.common);
                if let Some(own) = own(plan.span, &mut self.everywhere) {
                    own.fill(0);
                }
            }
        }
        for state in &self.rows {
            let Some(plan) = program.kinds.get(usize::from(state.kind.0)) else { continue };
            let ruled_out = self.ruled_out.get(state.ruled_out as usize..).unwrap_or(&[]);
            if let Some(own) = own(plan.span, &mut self.everywhere) {
                own.iter_mut().zip(ruled_out).for_each(|(into, word)| *into &= word);
            }
        }
        program.preclusion.add_bodies(&self.everywhere, &mut self.common);
        for state in &self.rows {
            let Some(plan) = program.kinds.get(usize::from(state.kind.0)) else { continue };
            let ruled_out = self.ruled_out.get_mut(state.ruled_out as usize..).unwrap_or_default();
            if let Some(own) = own(plan.span, &mut self.common) {
                add(own, ruled_out);
            }
        }
    }

    #[inline]
    fn is_ruled_out(&self, plan: &BlockPlan, row: RowId) -> bool {
        self.rows.get(row.0 as usize).is_some_and(|it| {
            let word = self.ruled_out.get(it.ruled_out as usize + plan.bit / 64);
            it.kind == plan.subject && word.is_some_and(|it| it >> (plan.bit % 64) & 1 == 1)
        })
    }

    #[inline]
    fn row(&self, row: RowId) -> Option<&RowState> {
        self.rows.get(row.0 as usize)
    }

    /// The row that is meant, and where in memory its answer is kept.
    #[inline]
    fn remembered(&self, row: RowId, subject: KindId, slot: u32) -> Option<(RowId, usize)> {
        let mut row = row;
        loop {
            let state = self.row(row)?;
            if state.kind == subject {
                return Some((row, state.memory as usize + slot as usize));
            }
            if state.parent == row {
                return None;
            }
            row = state.parent;
        }
    }

    #[inline]
    fn pair(&self, row: RowId, word: u16) -> (u64, u64) {
        let pair = self.row(row).and_then(|it| {
            let place = it.words as usize + 2 * usize::from(word);
            match self.words.get(place..place + 2)? {
                [yes, possible] => Some((*yes, *possible)),
                _ => None,
            }
        });
        pair.unwrap_or((0, u64::MAX))
    }
}

/// An evaluation with its memory at hand.
struct Run<'r> {
    law: &'r Law,
    facts: &'r Facts,
    scratch: &'r mut Scratch,
}

impl Run<'_> {
    fn block(&mut self, place: usize, row: RowId) -> Truth {
        let law = self.law;
        let Some(plan) = law.program.blocks.get(place) else { return Truth::Unknown };
        let Some((row, memory)) = self.scratch.remembered(row, plan.subject, plan.slot) else {
            return Truth::Unknown;
        };
        if self.scratch.is_ruled_out(plan, row) {
            return Truth::False;
        }
        match self.scratch.memory.get_mut(memory) {
            Some(Memo::Done(truth)) => return *truth,
            Some(Memo::Busy) | None => return Truth::Unknown,
            Some(memo @ Memo::New) => *memo = Memo::Busy,
        }
        let mut truth = self.met(plan, row);
        for exempt in &plan.unless {
            if truth.is_false() {
                break;
            }
            truth = truth.and(self.block(*exempt, row).not());
        }
        if plan.doubtful && truth.is_true() {
            truth = Truth::Unknown;
        }
        self.remember(memory, truth)
    }

    fn condition(&mut self, place: usize, row: RowId) -> Truth {
        let law = self.law;
        let Some(plan) = law.program.blocks.get(place) else { return Truth::Unknown };
        if plan.met.is_none() && !plan.doubtful {
            return self.block(place, row);
        }
        match self.scratch.remembered(row, plan.subject, plan.slot) {
            Some((row, _)) => self.met(plan, row),
            None => Truth::Unknown,
        }
    }

    /// Whether the condition of a block holds of a row of its subject. Remembered where the block
    /// yields to others: then it is another question than whether the block holds.
    fn met(&mut self, plan: &BlockPlan, row: RowId) -> Truth {
        let Some(slot) = plan.met else { return self.bare(plan, row) };
        let Some((_, memory)) = self.scratch.remembered(row, plan.subject, slot) else {
            return Truth::Unknown;
        };
        if let Some(Memo::Done(truth)) = self.scratch.memory.get(memory) {
            return *truth;
        }
        let truth = self.bare(plan, row);
        self.remember(memory, truth)
    }

    fn bare(&mut self, plan: &BlockPlan, row: RowId) -> Truth {
        let base = self.scratch.stack.len();
        self.scratch.stack.resize(base + plan.variables, row);
        if let Some(root) = self.scratch.stack.get_mut(base) {
            *root = RowId(0);
        }
        let truth = self.op(plan.condition, base);
        self.scratch.stack.truncate(base);
        truth
    }

    fn term(&mut self, term: usize, row: RowId) -> Truth {
        let law = self.law;
        let Some(plan) = law.program.terms.get(term) else { return Truth::Unknown };
        let Some((row, memory)) = self.scratch.remembered(row, plan.subject, plan.slot) else {
            return Truth::Unknown;
        };
        match self.scratch.memory.get_mut(memory) {
            Some(Memo::Done(truth)) => return *truth,
            Some(Memo::Busy) | None => return Truth::Unknown,
            Some(memo @ Memo::New) => *memo = Memo::Busy,
        }
        let mut truth = if plan.blocks.is_empty() { Truth::Unknown } else { Truth::False };
        for block in &plan.blocks {
            if truth.is_true() {
                break;
            }
            truth = truth.or(self.block(*block, row));
        }
        self.remember(memory, truth)
    }

    fn op(&mut self, op: OpId, base: usize) -> Truth {
        let law = self.law;
        let program = &law.program;
        let Some(op) = program.ops.get(op as usize) else { return Truth::Unknown };
        let part = |range: &crate::compile::Range| {
            let first = range.first as usize;
            program.children.get(first..first + range.count as usize).unwrap_or(&[])
        };
        match op {
            Op::Constant(value) => Truth::from(*value),
            Op::AllOf(literals) => match self.pair(literals, base) {
                Some(pair) => all_of(literals, pair),
                None => Truth::Unknown,
            },
            Op::AnyOf(literals) => match self.pair(literals, base) {
                Some(pair) => any_of(literals, pair),
                None => Truth::Unknown,
            },
            Op::All(range) => {
                let mut truth = Truth::True;
                for child in part(range) {
                    truth = truth.and(self.op(*child, base));
                    if truth.is_false() {
                        break;
                    }
                }
                truth
            }
            Op::Any(range) => {
                let mut truth = Truth::False;
                for child in part(range) {
                    truth = truth.or(self.op(*child, base));
                    if truth.is_true() {
                        break;
                    }
                }
                truth
            }
            Op::Term { term, thing, negated } => {
                let row = self.thing(*thing, base);
                let truth = row.map_or(Truth::Unknown, |row| self.term(*term, row));
                if *negated { truth.not() } else { truth }
            }
            Op::Member(membership) => self.member(membership, base),
            Op::Exists { kind, of, variable, body, negated } => {
                let truth = self.exists((*kind, *of), *variable, *body, base);
                if *negated { truth.not() } else { truth }
            }
        }
    }

    /// The words that tests are read from.
    #[inline]
    fn pair(&self, it: &Literals, base: usize) -> Option<(u64, u64)> {
        Some(self.scratch.pair(self.thing(it.thing, base)?, it.word))
    }

    fn member(&self, it: &Membership, base: usize) -> Truth {
        let (row, holder) = (self.thing(it.thing, base), self.thing(it.holder, base));
        let (Some(row), Some(holder)) = (row, holder) else { return Truth::Unknown };
        let code = self.facts.value(row, it.fact);
        let truth = member(code, self.facts.value(holder, it.set), it.size);
        if it.negated { truth.not() } else { truth }
    }

    fn exists(
        &mut self,
        (kind, of): (KindId, Option<Thing>),
        variable: u16,
        body: OpId,
        base: usize,
    ) -> Truth {
        let of = match of.map(|it| self.thing(it, base)) {
            None => None,
            Some(None) => return Truth::Unknown,
            Some(Some(row)) => Some(row),
        };
        let place = base + usize::from(variable);
        let mut truth = Truth::False;
        let facts = self.facts;
        for row in facts.rows_of(kind) {
            if of.is_some_and(|of| !belongs(facts, *row, of)) {
                continue;
            }
            match self.scratch.stack.get_mut(place) {
                Some(slot) => *slot = *row,
                None => return Truth::Unknown,
            }
            truth = truth.or(self.op(body, base));
            if truth.is_true() {
                break;
            }
        }
        truth
    }

    #[inline]
    fn thing(&self, thing: Thing, base: usize) -> Option<RowId> {
        let bound = *self.scratch.stack.get(base + usize::from(thing.variable))?;
        if thing.up == 0 {
            return Some(bound);
        }
        (0..thing.up).try_fold(bound, |row, _| Some(self.scratch.row(row)?.parent))
    }

    #[inline]
    fn remember(&mut self, memory: usize, truth: Truth) -> Truth {
        if let Some(memo) = self.scratch.memory.get_mut(memory) {
            *memo = Memo::Done(truth);
        }
        truth
    }
}

/// The words of one kind among those of all.
fn own(span: Span, words: &mut [u64]) -> Option<&mut [u64]> {
    words.get_mut(span.first..span.first + span.own)
}

/// So many of a value, and nothing else.
#[inline]
fn renew<T: Copy>(memory: &mut Vec<T>, count: usize, value: T) {
    memory.resize(count, value);
    memory.fill(value);
}

/// Whether all of the tests hold, of words (true, possible).
#[inline]
pub(crate) fn all_of(it: &Literals, (yes, possible): (u64, u64)) -> Truth {
    if (it.holding & !possible) | (it.failing & yes) != 0 {
        Truth::False
    } else if (it.holding & !yes) | (it.failing & possible) == 0 {
        Truth::True
    } else {
        Truth::Unknown
    }
}

/// Whether any of the tests holds, of words (true, possible).
#[inline]
pub(crate) fn any_of(it: &Literals, (yes, possible): (u64, u64)) -> Truth {
    if (it.holding & yes) | (it.failing & !possible) != 0 {
        Truth::True
    } else if (it.holding & possible) | (it.failing & !yes) == 0 {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// Whether a thing is another or belongs to it, by however many steps.
pub(crate) fn belongs(facts: &Facts, row: RowId, of: RowId) -> bool {
    let mut row = row;
    loop {
        if row == of {
            return true;
        }
        match facts.row(row) {
            Some(it) if it.parent != row => row = it.parent,
            Some(_) | None => return false,
        }
    }
}

#[cfg(test)]
mod tests;
