//! Whether two forms of a condition come to the same of every matter that the facts leave possible.
//!
//! They do where both are certain and alike, or where what they differ in is: a test whose answers
//! to every value that the fact may have are the same, a part that is certain wherever it was left
//! out. What is not seen to be the same is not the same.

use super::Crowd;
use crate::eval::belongs;
use crate::facts::{RowId, Value};
use crate::probe::{answer, fits};
use crate::rulebook::{Block, BlockId, Expr, Test};
use crate::schema::FactId;
use crate::truth::Truth;
use std::collections::BTreeSet;

impl Crowd<'_> {
    /// Whether two forms of one block hold of the same things, as far as can be seen: of every
    /// thing of their kind their conditions come to the same, and so does what they yield to.
    pub fn holds_alike(&mut self, one: &Block, other: &Block) -> bool {
        if one.subject != other.subject || one.unverified != other.unverified {
            return false;
        }
        let facts = self.facts;
        facts.rows_of(one.subject).iter().all(|row| self.alike_of(one, other, *row))
    }

    fn alike_of(&mut self, one: &Block, other: &Block, row: RowId) -> bool {
        if one.unless == other.unless
            && self.same(&one.condition, &other.condition, &mut vec![RowId(0), row])
        {
            return true;
        }
        let first = self.open(one, row);
        if first.known().is_some() && first == self.open(other, row) {
            return true;
        }
        // What it yields to is dropped and never holds at all.
        let dropped = |it: &&Vec<BlockId>| !other.unless.contains(it);
        let law = self.law;
        one.condition == other.condition
            && one
                .unless
                .iter()
                .filter(dropped)
                .flatten()
                .all(|it| law.place(*it).is_none() || self.in_force(*it, row).is_false())
    }

    /// Whether a block holds of a thing, its doubts aside.
    fn open(&mut self, block: &Block, row: RowId) -> Truth {
        let mut truth = self.expr(&block.condition, &mut vec![RowId(0), row]);
        for exempt in block.unless.iter().flatten() {
            if !truth.is_false() && self.law.place(*exempt).is_some() {
                truth = truth.and(self.in_force(*exempt, row).not());
            }
        }
        truth
    }

    fn same(&mut self, one: &Expr, other: &Expr, bound: &mut Vec<RowId>) -> bool {
        if one == other {
            return true;
        }
        let first = self.expr(one, bound);
        if first.known().is_some() && first == self.expr(other, bound) {
            return true;
        }
        match (one, other) {
            (Expr::All(all), Expr::All(left)) => self.lists(all, left, Truth::True, bound),
            (Expr::Any(all), Expr::Any(left)) => self.lists(all, left, Truth::False, bound),
            (Expr::Not(this), Expr::Not(that)) => self.same(this, that, bound),
            (
                Expr::Test { thing, fact, test },
                Expr::Test { thing: thing2, fact: fact2, test: test2 },
            ) if (thing, fact) == (thing2, fact2) => match self.thing(*thing, bound) {
                Some(row) => self.tests(row, *fact, test, test2),
                None => false,
            },
            (
                Expr::Quantified { quantifier, kind, of, variable, body },
                Expr::Quantified {
                    quantifier: quantifier2,
                    kind: kind2,
                    of: of2,
                    variable: variable2,
                    body: body2,
                },
            ) if (quantifier, kind, of, variable) == (quantifier2, kind2, of2, variable2) => {
                let of = match of.map(|it| self.thing(it, bound)) {
                    Some(None) => return false,
                    Some(of) => of,
                    None => None,
                };
                let place = usize::from(*variable);
                if bound.len() <= place {
                    bound.resize(place + 1, RowId(0));
                }
                let facts = self.facts;
                facts.rows_of(*kind).iter().all(|row| {
                    if of.is_some_and(|of| !belongs(facts, *row, of)) {
                        return true;
                    }
                    if let Some(slot) = bound.get_mut(place) {
                        *slot = *row;
                    }
                    self.same(body, body2, bound)
                })
            }
            _ => false,
        }
    }

    /// Whether two lists of parts come to the same; the second may lack a part, which then must be
    /// what changes nothing.
    fn lists(
        &mut self,
        all: &[Expr],
        left: &[Expr],
        nothing: Truth,
        bound: &mut Vec<RowId>,
    ) -> bool {
        if all.len() == left.len() {
            return all.iter().zip(left).all(|(one, other)| self.same(one, other, bound));
        }
        if all.len() != left.len() + 1 {
            return false;
        }
        let differs = all.iter().zip(left).position(|(one, other)| one != other);
        let at = differs.unwrap_or(left.len());
        let rest = all.get(at + 1..) == left.get(at..);
        rest && all.get(at).is_some_and(|it| self.expr(it, bound) == nothing)
    }

    /// Whether two tests answer alike to every value that a fact may have.
    fn tests(&self, row: RowId, fact: FactId, one: &Test, other: &Test) -> bool {
        let size = self.size(row, fact);
        match (self.facts.value(row, fact), one) {
            (Value::OneOf(codes), _) if fits(codes, size) => {
                codes.iter().all(|it| self.answers_alike(one, other, *it))
            }
            (Value::Unknown, Test::In(_) | Test::Column { .. }) => {
                size > 0
                    && u16::try_from(size)
                        .is_ok_and(|size| (0..size).all(|it| self.answers_alike(one, other, it)))
            }
            (Value::Code(code), _) => self.answers_alike(one, other, *code),
            (
                Value::Unknown
                | Value::Truth(_)
                | Value::OneOf(_)
                | Value::Set(_)
                | Value::Number(_)
                | Value::Between(..),
                _,
            ) => false,
        }
    }

    /// Whether two tests answer alike to a code: both certainly, or from the same doubtful words of
    /// the same cell.
    fn answers_alike(&self, one: &Test, other: &Test, code: u16) -> bool {
        let (rulebook, tables) = (self.law.rulebook(), &self.law.tables);
        let value = Value::Code(code);
        let first = answer(rulebook, tables, one, &value);
        if first != answer(rulebook, tables, other, &value) {
            return false;
        }
        if first.known().is_some() {
            return true;
        }
        let doubts = |test: &Test| match test {
            Test::Column { table, column, words } => {
                let row = tables.row(rulebook, *table, code)?;
                let doubtful = row.doubtful.get(usize::from(*column))?;
                let of = words.iter().copied().filter(|it| doubtful.contains(it));
                Some((*table, *column, of.collect::<BTreeSet<u16>>()))
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. }
            | Test::Both(..) => None,
        };
        doubts(one).is_some_and(|it| doubts(other) == Some(it))
    }
}
