//! Why a block is true, false or unknown of a thing: the facts it read and the blocks behind it.
//!
//! A trace is made from the rule as it is written, after the fact, and only for blocks somebody
//! looks at. It shows both sides of every `and` and `or`, but of a quantifier only the things that
//! matter: the witnesses where it is settled by them, else the things in question.

use crate::eval::{Evaluation, belongs};
use crate::facts::{Facts, RowId, Value};
use crate::law::Law;
use crate::probe::member;
use crate::rulebook::{BlockId, Expr, Quantifier, TermId, Test, Thing};
use crate::schema::FactId;
use crate::truth::Truth;

/// A block and what is behind its truth.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explained<'a> {
    /// Which block.
    pub block: BlockId,
    /// Its place in [`Law::blocks`].
    pub place: usize,
    /// Of which thing it is said.
    pub row: RowId,
    /// Whether it holds of it.
    pub truth: Truth,
    /// What its condition joins by `and` at the top, in the order of the text.
    pub parts: Vec<Part>,
    /// The facts its condition read, in the order of the text.
    pub reads: Vec<Read<'a>>,
    /// The terms its condition used, in the order of the text.
    pub terms: Vec<Said<'a>>,
    /// The blocks that it yields to, in the order of the text.
    pub unless: Vec<Self>,
}

/// One of the things that a condition asks together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// Whether it is met.
    pub truth: Truth,
    /// The things it speaks of, each once.
    pub rows: Vec<RowId>,
    /// Whether it is a term said of one of them, or its denial, and no test of a fact.
    pub is_term: bool,
}

/// A term said of a thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said<'a> {
    /// Which term.
    pub term: TermId,
    /// Of which thing.
    pub row: RowId,
    /// Whether it is true of it.
    pub truth: Truth,
    /// The definitions that make it so: where it is true those that hold, else all in force.
    pub definitions: Vec<Explained<'a>>,
}

/// A fact that was read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Read<'a> {
    /// Of which thing.
    pub row: RowId,
    /// Which fact.
    pub fact: FactId,
    /// What was asked of it.
    pub test: &'a Test,
    /// The answer.
    pub truth: Truth,
    /// The source of the table row that the answer comes from: the row's own, else the table's.
    pub source: Option<&'a str>,
    /// The part of the condition that asked it first, by its place among [`Explained::parts`].
    pub part: usize,
}

/// A quantifier shows at most this many things.
const SHOWN: usize = 8;
/// Definitions are followed this deep.
const DEPTH: usize = 24;

impl Law {
    /// Why a block (by its place in [`Law::blocks`]) is what it is of a thing. `None` if there is
    /// no such block, or the thing is of another kind.
    #[must_use]
    pub fn explain<'a>(
        &'a self,
        facts: &'a Facts,
        place: usize,
        row: RowId,
    ) -> Option<Explained<'a>> {
        self.evaluate(facts).explain(place, row)
    }
}

impl<'a> Evaluation<'a> {
    /// Why a block is what it is of a thing: see [`Law::explain`].
    pub fn explain(&mut self, place: usize, row: RowId) -> Option<Explained<'a>> {
        self.explain_to(place, row, Reach { depth: DEPTH, whole: true })
    }

    /// The same in short: what holds is followed so deep, and of what fails only what it asked
    /// itself is shown.
    pub fn explain_briefly(
        &mut self,
        place: usize,
        row: RowId,
        depth: usize,
    ) -> Option<Explained<'a>> {
        self.explain_to(place, row, Reach { depth, whole: false })
    }

    fn explain_to(&mut self, place: usize, row: RowId, reach: Reach) -> Option<Explained<'a>> {
        let (law, facts) = (self.law(), self.facts());
        let plan = law.program.blocks.get(place)?;
        let (row, _) = self.remembered(row, plan.subject, plan.slot)?;
        let block = law.blocks().get(place)?.id;
        let truth = self.block(place, row);
        let condition = &law.block(place)?.condition;
        let mut bound = vec![row; plan.variables];
        if let Some(root) = bound.first_mut() {
            *root = RowId(0);
        }
        let (mut found, mut parts) = (Found::default(), Vec::new());
        let mut reader = Reader { evaluation: self, law, facts, bound };
        let joined = match condition {
            Expr::All(joined) => joined.as_slice(),
            Expr::Constant(_)
            | Expr::Any(_)
            | Expr::Not(_)
            | Expr::Test { .. }
            | Expr::Term { .. }
            | Expr::Quantified { .. } => std::slice::from_ref(condition),
        };
        let (mut terms, mut unless) = (Vec::new(), Vec::new());
        for (place, part) in joined.iter().enumerate() {
            let mut inner = Found { part: place, ..Found::default() };
            let met = reader.expr(part, &mut inner);
            let is_term = inner.reads.is_empty();
            parts.push(Part { truth: met, rows: inner.rows(), is_term });
            // Of what fails, only what makes it fail is followed.
            let followed = reach.whole || !truth.is_false() || met.is_false();
            for said in inner.terms.drain(..) {
                if !terms.iter().any(|it: &((TermId, RowId), bool)| it.0 == said) {
                    terms.push((said, followed));
                }
            }
            found.add(inner);
        }
        let mut said = Vec::new();
        if let Some(further) = reach.further() {
            for ((term, row), followed) in terms {
                let reach = if followed { further } else { Reach { depth: 0, ..further } };
                said.push(self.said(term, row, reach, followed));
            }
            for exempt in &plan.unless {
                let reach = further.of(self.block(*exempt, row));
                unless.extend(self.explain_to(*exempt, row, reach));
            }
        }
        let (terms, reads) = (said, found.reads);
        Some(Explained { block, place, row, truth, parts, reads, terms, unless })
    }

    fn said(&mut self, term: TermId, row: RowId, reach: Reach, followed: bool) -> Said<'a> {
        let truth = self.term(term.0 as usize, row);
        let plan = self.law().program.terms.get(term.0 as usize);
        let blocks = plan.map_or(&[][..], |it| it.blocks.as_slice());
        let mut definitions = Vec::new();
        for place in blocks {
            if followed && (!truth.is_true() || self.block(*place, row).is_true()) {
                definitions.extend(self.explain_to(*place, row, reach));
            }
        }
        Said { term, row, truth, definitions }
    }
}

/// How far a trace goes.
#[derive(Clone, Copy)]
struct Reach {
    /// How many blocks deep.
    depth: usize,
    /// Whether what fails is followed like what holds.
    whole: bool,
}

impl Reach {
    /// One block further, unless this is the last.
    fn further(self) -> Option<Self> {
        self.depth.checked_sub(1).map(|depth| Self { depth, ..self })
    }

    /// How far to follow something of that truth.
    fn of(self, truth: Truth) -> Self {
        if self.whole || !truth.is_false() { self } else { Self { depth: 0, ..self } }
    }
}

/// What a condition used.
#[derive(Default)]
struct Found<'a> {
    /// The part of the condition that is read.
    part: usize,
    reads: Vec<Read<'a>>,
    terms: Vec<(TermId, RowId)>,
}

impl<'a> Found<'a> {
    fn rows(&self) -> Vec<RowId> {
        let rows = self.reads.iter().map(|it| it.row).chain(self.terms.iter().map(|it| it.1));
        let mut rows: Vec<RowId> = rows.collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn add(&mut self, other: Found<'a>) {
        if self.reads.is_empty() && self.terms.is_empty() {
            *self = other;
            return;
        }
        other.reads.into_iter().for_each(|it| self.read(it));
        other.terms.into_iter().for_each(|(term, row)| self.term(term, row));
    }

    fn term(&mut self, term: TermId, row: RowId) {
        if !self.terms.contains(&(term, row)) {
            self.terms.push((term, row));
        }
    }
}

impl<'a> Found<'a> {
    /// Adds a test, unless the same one (not only one alike) was made of the thing before.
    fn read(&mut self, read: Read<'a>) {
        let same = |it: &Read<'_>| {
            it.row == read.row && it.fact == read.fact && std::ptr::eq(it.test, read.test)
        };
        if !self.reads.iter().any(same) {
            self.reads.push(read);
        }
    }
}

/// Goes through a condition as it is written.
struct Reader<'r, 'a> {
    evaluation: &'r mut Evaluation<'a>,
    law: &'a Law,
    facts: &'a Facts,
    bound: Vec<RowId>,
}

impl<'a> Reader<'_, 'a> {
    fn expr(&mut self, expr: &'a Expr, found: &mut Found<'a>) -> Truth {
        match expr {
            Expr::Constant(value) => Truth::from(*value),
            Expr::All(parts) => {
                parts.iter().fold(Truth::True, |all, it| all.and(self.expr(it, found)))
            }
            Expr::Any(parts) => {
                parts.iter().fold(Truth::False, |any, it| any.or(self.expr(it, found)))
            }
            Expr::Not(part) => self.expr(part, found).not(),
            Expr::Test { thing, fact, test } => {
                let Some(row) = self.thing(*thing) else { return Truth::Unknown };
                let truth = self.test(row, *fact, test);
                let source = self.source(row, *fact, test);
                found.read(Read { row, fact: *fact, test, truth, source, part: found.part });
                truth
            }
            Expr::Term { term, thing } => {
                let Some(row) = self.thing(*thing) else { return Truth::Unknown };
                found.term(*term, row);
                self.evaluation.term(term.0 as usize, row)
            }
            Expr::Quantified { quantifier, kind, of, variable, body } => {
                let of = match of.map(|it| self.thing(it)) {
                    None => None,
                    Some(None) => return Truth::Unknown,
                    Some(Some(row)) => Some(row),
                };
                let every = *quantifier == Quantifier::Every;
                let (mut any, mut things) = (Truth::False, Vec::new());
                for row in self.facts.rows_of(*kind) {
                    if of.is_some_and(|of| !belongs(self.facts, *row, of)) {
                        continue;
                    }
                    if let Some(slot) = self.bound.get_mut(usize::from(*variable)) {
                        *slot = *row;
                    }
                    let mut inner = Found { part: found.part, ..Found::default() };
                    let body = self.expr(body, &mut inner);
                    let witness = if every { body.not() } else { body };
                    any = any.or(witness);
                    things.push((witness, inner));
                }
                things.retain(|(witness, _)| *witness == any);
                things.into_iter().take(SHOWN).for_each(|(_, inner)| found.add(inner));
                if *quantifier == Quantifier::Some { any } else { any.not() }
            }
        }
    }

    fn test(&self, row: RowId, fact: FactId, test: &Test) -> Truth {
        let kind = self.facts.row(row).map(|it| it.kind);
        let Some(plan) = kind.and_then(|it| self.law.program.fact(it, fact)) else {
            return Truth::Unknown;
        };
        if let Some(place) = plan.tests.iter().position(|it| it == test) {
            let bit = plan.first + place;
            let word = u16::try_from(bit / 64).unwrap_or(u16::MAX);
            let (yes, possible) = self.evaluation.words(row, word);
            return Truth::of_bits(yes >> (bit % 64), possible >> (bit % 64));
        }
        match test {
            Test::Both(left, right) => self.test(row, fact, left).and(self.test(row, fact, right)),
            Test::MemberOf { thing, fact: set } => match self.thing(*thing) {
                Some(holder) => {
                    let set = self.facts.value(holder, *set);
                    member(self.facts.value(row, fact), set, plan.size)
                }
                None => Truth::Unknown,
            },
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..) => Truth::Unknown,
        }
    }

    /// Where the cells of a test come from: the row's own source, else the table's.
    fn source(&self, row: RowId, fact: FactId, test: &Test) -> Option<&'a str> {
        match test {
            Test::Both(left, right) => {
                self.source(row, fact, left).or_else(|| self.source(row, fact, right))
            }
            Test::Column { table, .. } => {
                let law: &'a Law = self.law;
                match self.facts.value(row, fact) {
                    Value::Code(key) => law.source(*table, *key),
                    Value::Unknown
                    | Value::Truth(_)
                    | Value::OneOf(_)
                    | Value::Set(_)
                    | Value::Number(_)
                    | Value::Between(..) => {
                        let table = law.rulebook().tables.get(usize::from(*table));
                        table.map(|it| it.citation.as_str())
                    }
                }
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. } => None,
        }
    }

    fn thing(&self, thing: Thing) -> Option<RowId> {
        let bound = *self.bound.get(usize::from(thing.variable))?;
        (0..thing.up).try_fold(bound, |row, _| Some(self.facts.row(row)?.parent))
    }
}

#[cfg(test)]
mod tests;
