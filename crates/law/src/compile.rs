//! Conditions of one day as flat arrays.
//!
//! Tests become bits of a row (see [`crate::partition`]), so that a conjunction of tests of one
//! thing is a mask; what remains is a small array of operations without negation, cheapest part
//! first. The arrays say nothing of how they are run: [`crate::eval`] runs them for one matter, a
//! bit-sliced evaluator may run them for many.

use crate::partition::FactPlan;
use crate::preclusion::{Preclusion, Span};
use crate::probe::DayTables;
use crate::rulebook::{Block, BlockId, Effect, Expr, Quantifier, Rulebook, Test, Thing};
use crate::schema::{FactId, FactType, KindId};
use std::collections::BTreeMap;

/// Which operation, by its place in [`Program::ops`].
pub(crate) type OpId = u32;

/// What is computed. Negation stands only at the leaves.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Constant(bool),
    /// All of these tests of one thing, or none of those, in one word of its row.
    AllOf(Literals),
    /// Any of these tests, or any of those failing.
    AnyOf(Literals),
    All(Range),
    Any(Range),
    Term {
        term: usize,
        thing: Thing,
        negated: bool,
    },
    Exists {
        kind: KindId,
        of: Option<Thing>,
        variable: u16,
        body: OpId,
        negated: bool,
    },
    Member(Membership),
}

/// Tests of one thing whose bits lie in one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literals {
    pub(crate) thing: Thing,
    pub(crate) word: u16,
    pub(crate) holding: u64,
    pub(crate) failing: u64,
}

/// A code of one thing in a set of another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Membership {
    pub(crate) thing: Thing,
    pub(crate) fact: FactId,
    pub(crate) holder: Thing,
    pub(crate) set: FactId,
    /// How many values their domain has.
    pub(crate) size: usize,
    pub(crate) negated: bool,
}

/// Places in [`Program::children`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) first: u32,
    pub(crate) count: u32,
}

/// What is evaluated of a block.
#[derive(Clone, Debug)]
pub(crate) struct BlockPlan {
    pub(crate) subject: KindId,
    /// Its place in a row's memory.
    pub(crate) slot: u32,
    /// The place of its condition, where it yields to other blocks.
    pub(crate) met: Option<u32>,
    /// Its bit among those that may be ruled out of its subject.
    pub(crate) bit: usize,
    /// The bit of its condition, by itself.
    pub(crate) met_bit: usize,
    /// Whether it is asked why it does not hold although its condition is met.
    pub(crate) may_be_spared: bool,
    pub(crate) condition: OpId,
    /// The blocks in force that switch it off.
    pub(crate) unless: Vec<usize>,
    /// Whether it is a point of law where its condition does not fail.
    pub(crate) doubtful: bool,
    /// How many variables its condition has.
    pub(crate) variables: usize,
}

/// What is evaluated of a term.
#[derive(Clone, Debug)]
pub(crate) struct TermPlan {
    pub(crate) subject: KindId,
    pub(crate) slot: u32,
    /// The blocks in force that define it. Without any it is a point of law.
    pub(crate) blocks: Vec<usize>,
}

/// How the rows of a kind are read and remembered.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindPlan {
    pub(crate) parent: Option<KindId>,
    pub(crate) facts: Vec<FactPlan>,
    /// Facts that are tested, by place.
    pub(crate) tested: Vec<u16>,
    /// How many words (true, possible) a row has: this many pairs.
    pub(crate) words: usize,
    /// For each bit, the fact and the place of the test among the fact's.
    pub(crate) bits: Vec<Option<(FactId, usize)>>,
    /// How many blocks and terms are said of this kind.
    pub(crate) slots: u32,
    /// The bits of what is ruled out of its things.
    pub(crate) span: Span,
    /// Facts that are tested and known last, by place.
    pub(crate) late: Vec<u16>,
    /// Where what depends on such facts is remembered.
    pub(crate) late_slots: Vec<u32>,
}

/// Everything in force on one day, ready to be run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) ops: Vec<Op>,
    pub(crate) children: Vec<OpId>,
    pub(crate) kinds: Vec<KindPlan>,
    pub(crate) blocks: Vec<BlockPlan>,
    pub(crate) terms: Vec<TermPlan>,
    /// What a fact rules out by itself.
    pub(crate) preclusion: Preclusion,
}

impl Program {
    /// Compiles the blocks that are in force.
    pub(crate) fn compile(rulebook: &Rulebook, tables: &DayTables, blocks: &[BlockId]) -> Self {
        let mut program = Self { kinds: kinds(rulebook), ..Self::default() };
        let force: Vec<&Block> =
            blocks.iter().filter_map(|it| rulebook.blocks.get(it.0 as usize)).collect();
        for block in &force {
            let mut scope = Scope::new(block.subject);
            program.collect(&block.condition, &mut scope);
        }
        program.lay_out(rulebook, tables);
        let place: BTreeMap<BlockId, usize> = blocks.iter().copied().zip(0..).collect();
        for term in &rulebook.terms {
            let blocks = term.blocks.iter().filter_map(|it| place.get(it).copied()).collect();
            let slot = program.slot(term.subject);
            program.terms.push(TermPlan { subject: term.subject, slot, blocks });
        }
        for block in &force {
            let mut scope = Scope::new(block.subject);
            let condition = program.expr(&block.condition, false, &mut scope);
            let named = block.unless.iter().flatten();
            let unless: Vec<usize> = named.filter_map(|it| place.get(it).copied()).collect();
            let doubtful = block.unverified || block.effect == Effect::Untranslated;
            let (subject, slot) = (block.subject, program.slot(block.subject));
            let met = (!unless.is_empty()).then(|| program.slot(block.subject));
            let may_be_spared = match &block.effect {
                Effect::Require(_) | Effect::Exclude(_) | Effect::Flag(_) => true,
                Effect::Define(_)
                | Effect::Exempt
                | Effect::Allow { .. }
                | Effect::Bar(_)
                | Effect::Prohibit(_)
                | Effect::Oblige(_)
                | Effect::Refer(_)
                | Effect::Describe { .. }
                | Effect::Prefer { .. }
                | Effect::Policy(_)
                | Effect::Untranslated => false,
            };
            let variables = scope.kinds.len();
            program.blocks.push(BlockPlan {
                subject,
                slot,
                met,
                bit: usize::MAX,
                met_bit: usize::MAX,
                may_be_spared,
                condition,
                unless,
                doubtful,
                variables,
            });
        }
        program.mark_late(&rulebook.schema, &force);
        program
    }

    /// The plan of one fact.
    pub(crate) fn fact(&self, kind: KindId, fact: FactId) -> Option<&FactPlan> {
        self.kinds.get(usize::from(kind.0))?.facts.get(usize::from(fact.0))
    }

    fn fact_mut(&mut self, kind: KindId, fact: FactId) -> Option<&mut FactPlan> {
        self.kinds.get_mut(usize::from(kind.0))?.facts.get_mut(usize::from(fact.0))
    }

    /// The kind of the thing that a condition speaks of.
    fn kind_of(&self, thing: Thing, scope: &Scope) -> Option<KindId> {
        let bound = *scope.kinds.get(usize::from(thing.variable))?;
        (0..thing.up).try_fold(bound, |it, _| self.kinds.get(usize::from(it.0))?.parent)
    }

    fn slot(&mut self, subject: KindId) -> u32 {
        self.kinds.get_mut(usize::from(subject.0)).map_or(0, |it| {
            it.slots += 1;
            it.slots - 1
        })
    }

    /// First pass: gathers the tests of every fact.
    fn collect(&mut self, expr: &Expr, scope: &mut Scope) {
        match expr {
            Expr::Constant(_) | Expr::Term { .. } => {}
            Expr::All(parts) | Expr::Any(parts) => {
                for part in parts {
                    self.collect(part, scope);
                }
            }
            Expr::Not(part) => self.collect(part, scope),
            Expr::Test { thing, fact, test } => {
                let Some(kind) = self.kind_of(*thing, scope) else { return };
                self.collect_test((kind, *fact), test, scope);
            }
            Expr::Quantified { kind, variable, body, .. } => {
                scope.bind(*variable, *kind);
                self.collect(body, scope);
            }
        }
    }

    fn collect_test(&mut self, (kind, fact): (KindId, FactId), test: &Test, scope: &Scope) {
        match test {
            Test::MemberOf { thing, fact: set } => {
                let Some(holder) = self.kind_of(*thing, scope) else { return };
                let (code, set) = ((kind, fact), (holder, *set));
                for (one, other) in [(code, set), (set, code)] {
                    if let Some(plan) = self.fact_mut(one.0, one.1)
                        && !plan.partners.contains(&other)
                    {
                        plan.partners.push(other);
                    }
                }
            }
            Test::Both(left, right) if mentions_member(test) => {
                self.collect_test((kind, fact), left, scope);
                self.collect_test((kind, fact), right, scope);
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Both(..)
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..) => {
                if let Some(plan) = self.fact_mut(kind, fact) {
                    plan.intern(test);
                }
            }
        }
    }

    /// Gives every test its bit.
    fn lay_out(&mut self, rulebook: &Rulebook, tables: &DayTables) {
        for kind in &mut self.kinds {
            let mut next = 0;
            for (fact, plan) in (0..).zip(&mut kind.facts) {
                next = plan.place(next);
                plan.settle(rulebook, tables);
                kind.bits.resize(plan.first, None);
                let tests = 0..plan.tests.len();
                kind.bits.extend(tests.map(|test| Some((FactId(fact), test))));
                if !plan.tests.is_empty() {
                    kind.tested.push(fact);
                }
            }
            kind.words = next.div_ceil(64);
        }
    }

    /// Second pass: writes the operations. `negated` asks for the opposite.
    fn expr(&mut self, expr: &Expr, negated: bool, scope: &mut Scope) -> OpId {
        let op = match expr {
            Expr::Constant(value) => Op::Constant(*value != negated),
            Expr::Not(part) => return self.expr(part, !negated, scope),
            Expr::All(parts) => return self.compound(parts, negated, negated, scope),
            Expr::Any(parts) => return self.compound(parts, !negated, negated, scope),
            Expr::Test { .. } => {
                return self.compound(std::slice::from_ref(expr), negated, negated, scope);
            }
            Expr::Term { term, thing } => {
                Op::Term { term: term.0 as usize, thing: *thing, negated }
            }
            Expr::Quantified { quantifier, kind, of, variable, body } => {
                scope.bind(*variable, *kind);
                let every = *quantifier == Quantifier::Every;
                let none = *quantifier != Quantifier::Some;
                let body = self.expr(body, every, scope);
                let negated = none != negated;
                Op::Exists { kind: *kind, of: *of, variable: *variable, body, negated }
            }
        };
        self.push(op)
    }

    /// Parts joined by `or` if `any`, by `and` otherwise, each negated if `negated`.
    fn compound(&mut self, parts: &[Expr], any: bool, negated: bool, scope: &mut Scope) -> OpId {
        let mut literals: Vec<Literals> = Vec::new();
        let mut others = Vec::new();
        self.flatten(parts, (any, negated), scope, &mut literals, &mut others);
        let wrap = |it| if any { Op::AnyOf(it) } else { Op::AllOf(it) };
        let mut children: Vec<OpId> = literals.into_iter().map(|it| self.push(wrap(it))).collect();
        children.extend(others);
        children.sort_by_key(|it| self.ops.get(*it as usize).map_or(0, cost));
        if let [only] = children.as_slice() {
            return *only;
        }
        let first = u32::try_from(self.children.len()).unwrap_or(u32::MAX);
        let count = u32::try_from(children.len()).unwrap_or(u32::MAX);
        self.children.extend(children);
        let range = Range { first, count };
        self.push(if any { Op::Any(range) } else { Op::All(range) })
    }

    fn flatten(
        &mut self,
        parts: &[Expr],
        (any, negated): (bool, bool),
        scope: &mut Scope,
        literals: &mut Vec<Literals>,
        others: &mut Vec<OpId>,
    ) {
        for part in parts {
            match part {
                Expr::Not(inner) => {
                    let inner = std::slice::from_ref(&**inner);
                    self.flatten(inner, (any, !negated), scope, literals, others);
                }
                Expr::All(inner) if any == negated => {
                    self.flatten(inner, (any, negated), scope, literals, others);
                }
                Expr::Any(inner) if any != negated => {
                    self.flatten(inner, (any, negated), scope, literals, others);
                }
                Expr::Test { thing, fact, test } => match self.bit(*thing, *fact, test, scope) {
                    Some((word, bit)) => {
                        let found =
                            literals.iter_mut().find(|it| it.thing == *thing && it.word == word);
                        let (holding, failing) = if negated { (0, bit) } else { (bit, 0) };
                        match found {
                            Some(it) => {
                                it.holding |= holding;
                                it.failing |= failing;
                            }
                            None => {
                                literals.push(Literals { thing: *thing, word, holding, failing });
                            }
                        }
                    }
                    None => others.push(self.odd_test((*thing, *fact), test, negated, scope)),
                },
                Expr::Constant(_)
                | Expr::All(_)
                | Expr::Any(_)
                | Expr::Term { .. }
                | Expr::Quantified { .. } => others.push(self.expr(part, negated, scope)),
            }
        }
    }

    /// The word and bit of a test that has one.
    fn bit(&self, thing: Thing, fact: FactId, test: &Test, scope: &Scope) -> Option<(u16, u64)> {
        let plan = self.fact(self.kind_of(thing, scope)?, fact)?;
        let place = plan.first + plan.tests.iter().position(|it| it == test)?;
        Some((u16::try_from(place / 64).ok()?, 1 << (place % 64)))
    }

    /// A membership test, or two tests of which one is.
    fn odd_test(
        &mut self,
        (thing, fact): (Thing, FactId),
        test: &Test,
        negated: bool,
        scope: &mut Scope,
    ) -> OpId {
        match test {
            Test::MemberOf { thing: holder, fact: set } => {
                let kind = self.kind_of(thing, scope);
                let size = kind.and_then(|it| self.fact(it, fact)).map_or(0, |it| it.size);
                let (holder, set) = (*holder, *set);
                self.push(Op::Member(Membership { thing, fact, holder, set, size, negated }))
            }
            Test::Both(left, right) => {
                let parts =
                    [left, right].map(|it| Expr::Test { thing, fact, test: it.as_ref().clone() });
                self.compound(&parts, negated, negated, scope)
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..) => {
                // A test of something that is not there: never true, never false.
                let nowhere = Thing { variable: u16::MAX, up: 0 };
                self.push(Op::Term { term: usize::MAX, thing: nowhere, negated })
            }
        }
    }

    fn push(&mut self, op: Op) -> OpId {
        self.ops.push(op);
        u32::try_from(self.ops.len() - 1).unwrap_or(u32::MAX)
    }
}

/// The kind of each variable, as they are bound on the way down.
struct Scope {
    kinds: Vec<KindId>,
}

impl Scope {
    fn new(subject: KindId) -> Self {
        Self { kinds: vec![KindId(0), subject] }
    }

    fn bind(&mut self, variable: u16, kind: KindId) {
        let place = usize::from(variable);
        if self.kinds.len() <= place {
            self.kinds.resize(place + 1, kind);
        }
        if let Some(slot) = self.kinds.get_mut(place) {
            *slot = kind;
        }
    }
}

fn kinds(rulebook: &Rulebook) -> Vec<KindPlan> {
    let schema = &rulebook.schema;
    let plan = |of: FactType| match of {
        FactType::Code(domain) | FactType::Set(domain) => FactPlan::new(of, schema.size(domain)),
        FactType::Truth | FactType::Number => FactPlan::new(of, 0),
    };
    let kinds = schema.kinds.iter().map(|kind| KindPlan {
        parent: kind.parent,
        facts: kind.facts.iter().map(|it| plan(it.of)).collect(),
        ..KindPlan::default()
    });
    kinds.collect()
}

/// Whether a membership test is part of it.
pub(crate) fn mentions_member(test: &Test) -> bool {
    match test {
        Test::MemberOf { .. } => true,
        Test::Both(left, right) => mentions_member(left) || mentions_member(right),
        Test::IsTrue
        | Test::In(_)
        | Test::Column { .. }
        | Test::Includes(_)
        | Test::Within(_)
        | Test::Empty
        | Test::Number(..) => false,
    }
}

/// Cheap parts are asked first; the answer is the same in any order.
fn cost(op: &Op) -> u8 {
    match op {
        Op::Constant(_) => 0,
        Op::AllOf(_) | Op::AnyOf(_) => 1,
        Op::Member(_) => 2,
        Op::All(_) | Op::Any(_) => 3,
        Op::Term { .. } => 4,
        Op::Exists { .. } => 5,
    }
}
