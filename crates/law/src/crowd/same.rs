//! Whether two forms of a condition come to the same of every matter that the facts leave possible.
//!
//! They do where both are certain and alike, or where what they differ in is: a test whose answers
//! to every value that the fact may have are the same, a part that is certain wherever it was left
//! out. What is not seen to be the same is not the same.

use super::Crowd;
use crate::eval::belongs;
use crate::facts::{RowId, Value};
use crate::probe::{answer, fits};
use crate::rulebook::{Block, BlockId, Expr, Quantifier, Test, Thing};
use crate::schema::{FactId, KindId};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// What a quantifier goes through: the kind, what its things belong to, and the variable.
type Within = (KindId, Option<Thing>, u16);

/// What two conditions ask of the same things, if they are quantifiers that go through them alike.
fn bodies<'e>(one: &'e Expr, other: &'e Expr) -> Option<(Quantifier, Within, &'e Expr, &'e Expr)> {
    let parts = |it: &'e Expr| match it {
        Expr::Quantified { quantifier, kind, of, variable, body } => {
            Some(((*quantifier, (*kind, *of, *variable)), &**body))
        }
        Expr::Constant(_)
        | Expr::All(_)
        | Expr::Any(_)
        | Expr::Not(_)
        | Expr::Test { .. }
        | Expr::Term { .. } => None,
    };
    let ((first, body), (second, body2)) = (parts(one)?, parts(other)?);
    (first == second).then_some((first.0, first.1, body, body2))
}

impl Crowd<'_> {
    /// Whether two forms of one block hold of the same things, as far as can be seen: of every
    /// thing of their kind, or of those that are `of` or belong to it, their conditions come to the
    /// same, and so does what they yield to.
    pub fn holds_alike(&mut self, one: &Block, other: &Block, of: Option<RowId>) -> bool {
        if one.subject != other.subject || one.unverified != other.unverified {
            return false;
        }
        self.rows(one.subject, of).iter().all(|row| self.alike_of(one, other, *row))
    }

    /// The things of a kind, or those of them that are `of` or belong to it.
    #[must_use]
    pub fn rows(&self, kind: KindId, of: Option<RowId>) -> Vec<RowId> {
        let all = self.facts.rows_of(kind).iter().copied();
        all.filter(|row| of.is_none_or(|of| belongs(self.facts, *row, of))).collect()
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

    /// Whether one block holds of nothing that another does not hold of, as far as can be seen: with
    /// the same effect it adds nothing to the other. What is certain adds to what is in doubt.
    pub fn holds_no_more(&mut self, one: &Block, other: &Block, of: Option<RowId>) -> bool {
        let in_doubt = other.unverified && !one.unverified;
        self.rows(one.subject, of).iter().all(|row| {
            if self.open(one, *row).is_false() {
                return true;
            }
            if in_doubt {
                return false;
            }
            let Some(there) = self.whole(*row, other.subject) else { return false };
            if !other.unverified && self.open(other, there).is_true() {
                return true;
            }
            one.subject == other.subject
                && self.yields_no_more(other, one, *row)
                && self.implies(&one.condition, &other.condition, &mut vec![RowId(0), *row])
        })
    }

    /// Whether one block yields to nothing that may hold of a thing but to what another yields to.
    fn yields_no_more(&mut self, one: &Block, other: &Block, row: RowId) -> bool {
        let law = self.law;
        let more = one.unless.iter().filter(|it| !other.unless.contains(it));
        more.flatten().all(|it| law.place(*it).is_none() || self.in_force(*it, row).is_false())
    }

    /// Whether one condition is nowhere truer than another.
    fn implies(&mut self, one: &Expr, other: &Expr, bound: &mut Vec<RowId>) -> bool {
        if self.same(one, other, bound)
            || self.expr(one, bound).is_false()
            || self.expr(other, bound).is_true()
        {
            return true;
        }
        match (one, other) {
            (one, Expr::All(parts)) => parts.iter().all(|it| self.implies(one, it, bound)),
            (Expr::Any(parts), other) => parts.iter().all(|it| self.implies(it, other, bound)),
            (Expr::All(parts), other) => {
                parts.iter().any(|it| self.implies(it, other, bound))
                    || matches!(other, Expr::Any(all) if all.iter().any(|it| self.implies(one, it, bound)))
            }
            (one, Expr::Any(parts)) => parts.iter().any(|it| self.implies(one, it, bound)),
            (Expr::Not(this), Expr::Not(that)) => self.implies(that, this, bound),
            (
                Expr::Test { thing, fact, test },
                Expr::Test { thing: thing2, fact: fact2, test: test2 },
            ) if (thing, fact) == (thing2, fact2) => match self.thing(*thing, bound) {
                Some(row) => self.test_implies(row, *fact, test, test2),
                None => false,
            },
            _ => bodies(one, other).is_some_and(|(quantifier, within, body, body2)| {
                self.of_each(within, bound, |it, bound| match quantifier {
                    Quantifier::Some | Quantifier::Every => it.implies(body, body2, bound),
                    Quantifier::No => it.implies(body2, body, bound),
                })
            }),
        }
    }

    /// Whether something is so of each thing that a quantifier goes through.
    fn of_each(
        &mut self,
        (kind, of, variable): Within,
        bound: &mut Vec<RowId>,
        mut is_so: impl FnMut(&mut Self, &mut Vec<RowId>) -> bool,
    ) -> bool {
        let of = match of.map(|it| self.thing(it, bound)) {
            Some(None) => return false,
            Some(of) => of,
            None => None,
        };
        let place = usize::from(variable);
        if bound.len() <= place {
            bound.resize(place + 1, RowId(0));
        }
        let facts = self.facts;
        facts.rows_of(kind).iter().all(|row| {
            if of.is_some_and(|of| !belongs(facts, *row, of)) {
                return true;
            }
            if let Some(slot) = bound.get_mut(place) {
                *slot = *row;
            }
            is_so(self, bound)
        })
    }

    /// Whether to every value that a fact may have one test answers no more than another.
    fn test_implies(&self, row: RowId, fact: FactId, one: &Test, other: &Test) -> bool {
        self.of_every_code(row, fact, one, |code| self.answers_no_more(one, other, code))
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
            _ => bodies(one, other).is_some_and(|(_, within, body, body2)| {
                self.of_each(within, bound, |it, bound| it.same(body, body2, bound))
            }),
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
        self.of_every_code(row, fact, one, |code| self.answers_alike(one, other, code))
    }

    /// Whether something is so of every code that a fact may have; of what is no code nothing is.
    fn of_every_code(
        &self,
        row: RowId,
        fact: FactId,
        test: &Test,
        mut is_so: impl FnMut(u16) -> bool,
    ) -> bool {
        let size = self.size(row, fact);
        match (self.facts.value(row, fact), test) {
            (Value::OneOf(codes), _) if fits(codes, size) => codes.iter().all(|it| is_so(*it)),
            (Value::Unknown, Test::In(_) | Test::Column { .. }) => {
                size > 0 && u16::try_from(size).is_ok_and(|size| (0..size).all(is_so))
            }
            (Value::Code(code), _) => is_so(*code),
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
        let (first, second) = (self.answer(one, code), self.answer(other, code));
        first == second
            && (first.known().is_some() || {
                let doubts = self.doubts(one, code);
                doubts.is_some() && doubts == self.doubts(other, code)
            })
    }

    /// Whether one test answers no more than another to a code: less, or the same for certain, or
    /// from doubtful words of the same cell that are among the other's.
    fn answers_no_more(&self, one: &Test, other: &Test, code: u16) -> bool {
        let (first, second) = (self.answer(one, code), self.answer(other, code));
        let doubts = |test: &Test| self.doubts(test, code);
        first.is_false()
            || second.is_true()
            || first.is_unknown()
                && second.is_unknown()
                && doubts(one)
                    .zip(doubts(other))
                    .is_some_and(|((cell, few), (same, all))| cell == same && few.is_subset(&all))
    }

    fn answer(&self, test: &Test, code: u16) -> Truth {
        answer(self.law.rulebook(), &self.law.tables, test, &Value::Code(code))
    }

    /// The doubtful words of a cell that a test asks for, with the table and the column.
    fn doubts(&self, test: &Test, code: u16) -> Option<((u16, u16), BTreeSet<u16>)> {
        match test {
            Test::Column { table, column, words } => {
                let row = self.law.tables.row(self.law.rulebook(), *table, code);
                let doubtful = row.map(|it| it.doubtful.get(usize::from(*column)));
                // Without a row, or without the column, every word is doubtful.
                let is_doubtful = |it: &u16| doubtful.flatten().is_none_or(|all| all.contains(it));
                Some(((*table, *column), words.iter().copied().filter(is_doubtful).collect()))
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. }
            | Test::Both(..) => None,
        }
    }
}
