//! What is true of every matter of a kind at once, whatever is unknown and however many things
//! there are.
//!
//! Some rows of the facts stand for any number of things, none among them. What is true here is
//! true of every matter that the facts leave possible, and what is false is false of every one; the
//! rest is unknown. That is three-valued logic with one more rule: that some such thing does is
//! never certain, because there may be none. It reads the conditions as they were written and
//! shares nothing with the compiled evaluation but the meaning of a single test.

use crate::eval::belongs;
use crate::facts::{Facts, RowId, Value};
use crate::law::Law;
use crate::logic::Logic;
use crate::probe::{alike, answer, answers, fits, member};
use crate::rulebook::{BlockId, Comparison, Effect, Expr, Quantifier, TermId, Test, Thing};
use crate::schema::{FactId, FactType, KindId};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

mod parts;
mod same;
mod table;

pub use table::Written;

/// What is true of every matter that some facts leave possible.
#[derive(Debug)]
pub struct Crowd<'a> {
    law: &'a Law,
    facts: &'a Facts,
    many: &'a BTreeSet<RowId>,
    blocks: BTreeMap<(BlockId, RowId), Truth>,
    terms: BTreeMap<(TermId, RowId), Truth>,
}

impl Law {
    /// What is true of every matter that the facts leave possible, where each of `many` stands for
    /// any number of things.
    #[must_use]
    pub fn crowd<'a>(&'a self, facts: &'a Facts, many: &'a BTreeSet<RowId>) -> Crowd<'a> {
        Crowd { law: self, facts, many, blocks: BTreeMap::new(), terms: BTreeMap::new() }
    }
}

impl Crowd<'_> {
    /// Whether a block (by its place in [`Law::blocks`]) holds of a thing.
    pub fn block(&mut self, place: usize, row: RowId) -> Truth {
        match self.law.blocks().get(place) {
            Some(it) => self.in_force(it.id, row),
            None => Truth::Unknown,
        }
    }

    fn in_force(&mut self, id: BlockId, row: RowId) -> Truth {
        let law = self.law;
        let Some(block) = law.rulebook().blocks.get(id.0 as usize) else { return Truth::Unknown };
        let Some(row) = self.whole(row, block.subject) else { return Truth::Unknown };
        if let Some(known) = self.blocks.get(&(id, row)) {
            return *known;
        }
        // What leads back to itself stays unknown.
        self.blocks.insert((id, row), Truth::Unknown);
        let mut truth = self.expr(&block.condition, &mut vec![RowId(0), row]);
        for exempt in block.unless.iter().flatten() {
            if !truth.is_false() && law.place(*exempt).is_some() {
                truth = truth.and(self.in_force(*exempt, row).not());
            }
        }
        let doubtful = block.unverified || block.effect == Effect::Untranslated;
        if doubtful && truth.is_true() {
            truth = Truth::Unknown;
        }
        self.blocks.insert((id, row), truth);
        truth
    }

    fn term(&mut self, id: TermId, row: RowId) -> Truth {
        let law = self.law;
        let Some(term) = law.rulebook().terms.get(id.0 as usize) else { return Truth::Unknown };
        let Some(row) = self.whole(row, term.subject) else { return Truth::Unknown };
        if let Some(known) = self.terms.get(&(id, row)) {
            return *known;
        }
        self.terms.insert((id, row), Truth::Unknown);
        let mut in_force = term.blocks.iter().filter(|it| law.place(**it).is_some()).peekable();
        let none = if in_force.peek().is_none() { Truth::Unknown } else { Truth::False };
        let mut truth = none;
        for block in in_force {
            if !truth.is_true() {
                truth = truth.or(self.in_force(*block, row));
            }
        }
        self.terms.insert((id, row), truth);
        truth
    }

    fn expr(&mut self, expr: &Expr, bound: &mut Vec<RowId>) -> Truth {
        match expr {
            Expr::Constant(value) => Truth::from(*value),
            Expr::All(parts) => {
                let mut truth = Truth::True;
                for part in parts {
                    if !truth.is_false() {
                        truth = truth.and(self.expr(part, bound));
                    }
                }
                truth
            }
            Expr::Any(parts) => {
                let mut truth = Truth::False;
                for part in parts {
                    if !truth.is_true() {
                        truth = truth.or(self.expr(part, bound));
                    }
                }
                truth
            }
            Expr::Not(part) => self.expr(part, bound).not(),
            Expr::Test { thing, fact, test } => match self.thing(*thing, bound) {
                Some(row) => self.test(row, *fact, test, bound),
                None => Truth::Unknown,
            },
            Expr::Term { term, thing } => match self.thing(*thing, bound) {
                Some(row) => self.term(*term, row),
                None => Truth::Unknown,
            },
            Expr::Quantified { quantifier, kind, of, variable, body } => {
                let of = match of.map(|it| self.thing(it, bound)) {
                    Some(None) => return Truth::Unknown,
                    Some(of) => of,
                    None => None,
                };
                let every = *quantifier == Quantifier::Every;
                let some = self.some((*kind, of), (*variable, every), body, bound);
                if *quantifier == Quantifier::Some { some } else { some.not() }
            }
        }
    }

    /// Whether the body holds of some thing (or does not, where `failing`).
    fn some(
        &mut self,
        (kind, of): (KindId, Option<RowId>),
        (variable, failing): (u16, bool),
        body: &Expr,
        bound: &mut Vec<RowId>,
    ) -> Truth {
        let facts = self.facts;
        let place = usize::from(variable);
        if bound.len() <= place {
            bound.resize(place + 1, RowId(0));
        }
        let mut truth = Truth::False;
        for row in facts.rows_of(kind) {
            if of.is_some_and(|of| !belongs(facts, *row, of)) {
                continue;
            }
            if let Some(slot) = bound.get_mut(place) {
                *slot = *row;
            }
            let mut holds = self.expr(body, bound);
            if failing {
                holds = holds.not();
            }
            if self.is_many(*row, of) {
                holds = holds.and(Truth::Unknown);
            }
            truth = truth.or(holds);
        }
        truth
    }

    /// Whether there may be none of it: it, or what it belongs to below `of`, is one of the many.
    fn is_many(&self, row: RowId, of: Option<RowId>) -> bool {
        let mut row = row;
        loop {
            if Some(row) == of {
                return false;
            }
            if self.many.contains(&row) {
                return true;
            }
            match self.facts.row(row) {
                Some(it) if it.parent != row => row = it.parent,
                Some(_) | None => return false,
            }
        }
    }

    fn test(&self, row: RowId, fact: FactId, test: &Test, bound: &[RowId]) -> Truth {
        if let Test::MemberOf { thing, fact: set } = test {
            let Some(holder) = self.thing(*thing, bound) else { return Truth::Unknown };
            let size = self.size(row, fact);
            return member(self.facts.value(row, fact), self.facts.value(holder, *set), size);
        }
        if let Test::Both(left, right) = test {
            let left = self.test(row, fact, left, bound);
            return left.and(self.test(row, fact, right, bound));
        }
        let (rulebook, tables) = (self.law.rulebook(), &self.law.tables);
        match self.facts.value(row, fact) {
            Value::OneOf(codes) if fits(codes, self.size(row, fact)) => {
                alike(codes.iter().map(|it| answer(rulebook, tables, test, &Value::Code(*it))))
            }
            Value::Between(low, high) if low <= high => {
                let ends =
                    [*low, *high].map(|it| answer(rulebook, tables, test, &Value::Number(it)));
                // Between two numbers that differ a single one may lie.
                let equal = matches!(test, Test::Number(Comparison::Equal, _));
                if equal && low != high { Truth::Unknown } else { alike(ends.into_iter()) }
            }
            Value::Unknown => match u16::try_from(self.size(row, fact)) {
                Ok(size) if size > 0 && matches!(test, Test::In(_) | Test::Column { .. }) => {
                    alike(answers(rulebook, tables, test, 0..size).into_iter())
                }
                Ok(_) | Err(_) => Truth::Unknown,
            },
            known @ (Value::Truth(_)
            | Value::Code(_)
            | Value::OneOf(_)
            | Value::Set(_)
            | Value::Number(_)
            | Value::Between(..)) => answer(rulebook, tables, test, known),
        }
    }

    fn size(&self, row: RowId, fact: FactId) -> usize {
        let schema = &self.law.rulebook().schema;
        let kind = self.facts.row(row).and_then(|it| schema.kinds.get(usize::from(it.kind.0)));
        match kind.and_then(|it| it.facts.get(usize::from(fact.0))).map(|it| it.of) {
            Some(FactType::Code(domain) | FactType::Set(domain)) => schema.size(domain),
            Some(FactType::Truth | FactType::Number) | None => 0,
        }
    }

    fn thing(&self, thing: Thing, bound: &[RowId]) -> Option<RowId> {
        let row = *bound.get(usize::from(thing.variable))?;
        (0..thing.up).try_fold(row, |row, _| Some(self.facts.row(row)?.parent))
    }

    /// The thing, or what it belongs to, that is of that kind.
    fn whole(&self, row: RowId, kind: KindId) -> Option<RowId> {
        let mut row = row;
        loop {
            let it = self.facts.row(row)?;
            if it.kind == kind {
                return Some(row);
            }
            if it.parent == row {
                return None;
            }
            row = it.parent;
        }
    }
}

impl Logic for Crowd<'_> {
    type Value = Truth;

    fn constant(&mut self, value: bool) -> Truth {
        Truth::from(value)
    }

    fn and(&mut self, left: Truth, right: Truth) -> Truth {
        left.and(right)
    }

    fn or(&mut self, left: Truth, right: Truth) -> Truth {
        left.or(right)
    }

    fn not(&mut self, value: Truth) -> Truth {
        value.not()
    }

    fn block(&mut self, block: usize, row: RowId) -> Truth {
        Self::block(self, block, row)
    }
}

#[cfg(test)]
mod tests;
