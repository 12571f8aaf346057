//! Which way a block goes when there is more of something: more listings, more knowledge.
//!
//! A condition in which "some listing" stands only where it makes it true can only become true when
//! a listing is added, whatever else is the case. That is read off the conditions in force, through
//! terms and exemptions, without a matter at hand: what is found holds for every matter of that
//! day, however many things it has. It errs on the side of [`Course::Either`].

use crate::facts::{RowId, Value};
use crate::law::Law;
use crate::logic::Logic;
use crate::probe::{alike, answer};
use crate::rulebook::{BlockId, Comparison, Expr, Quantifier, TermId, Test, Thing};
use crate::schema::{FactId, KindId};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// What there may be more of in a second matter than in a first that is otherwise the same.
#[derive(Clone, Debug, Default)]
pub struct Growth {
    /// Things of these kinds may be added, with these facts and any others.
    pub kinds: BTreeMap<KindId, Vec<(FactId, Value)>>,
    /// These facts may change, one way.
    pub facts: BTreeMap<(KindId, FactId), Change>,
    /// Blocks that are taken to stay as they are: what is found holds but for these.
    pub but_for: BTreeSet<BlockId>,
}

/// Which way a fact may change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Change {
    /// A set gains values, a number rises, what did not hold holds.
    Up,
    /// A set loses values, a number falls, what held does not hold.
    Down,
    /// Anything.
    Any,
}

/// Which way something goes: from the first matter to the second.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Course {
    /// It holds in neither.
    Never,
    /// It holds in both.
    Always,
    /// It holds in both or in neither.
    Still,
    /// It may begin to hold.
    Rises,
    /// It may cease to hold.
    Falls,
    /// Either.
    Either,
}

impl Course {
    /// Of what holds exactly when this does not.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "`and`, `or`, `not` read alike")]
    pub fn not(self) -> Self {
        match self {
            Self::Never => Self::Always,
            Self::Always => Self::Never,
            Self::Still => Self::Still,
            Self::Rises => Self::Falls,
            Self::Falls => Self::Rises,
            Self::Either => Self::Either,
        }
    }

    /// Of two things held together by `and`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, it) | (it, Self::Always) => it,
            _ => self.join(other),
        }
    }

    /// Of two things held together by `or`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, it) | (it, Self::Never) => it,
            _ => self.join(other),
        }
    }

    /// Whether it can never cease to hold.
    #[must_use]
    pub fn never_falls(self) -> bool {
        !matches!(self, Self::Falls | Self::Either)
    }

    /// Whether it can never begin to hold.
    #[must_use]
    pub fn never_rises(self) -> bool {
        !matches!(self, Self::Rises | Self::Either)
    }

    /// Both courses are possible. Neither of the two is constant.
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Still | Self::Never | Self::Always, it)
            | (it, Self::Still | Self::Never | Self::Always) => it,
            (Self::Rises, Self::Rises) => Self::Rises,
            (Self::Falls, Self::Falls) => Self::Falls,
            (Self::Rises | Self::Falls | Self::Either, _) => Self::Either,
        }
    }
}

/// The course of everything in force on one day, as there is more of something. What follows from
/// blocks is put together by its [`Logic`].
#[derive(Debug)]
pub struct Courses<'a> {
    law: &'a Law,
    growth: &'a Growth,
    blocks: BTreeMap<BlockId, Course>,
    terms: BTreeMap<TermId, Course>,
}

impl Law {
    /// The courses of everything in force, as there is more of something.
    #[must_use]
    pub fn courses<'a>(&'a self, growth: &'a Growth) -> Courses<'a> {
        Courses { law: self, growth, blocks: BTreeMap::new(), terms: BTreeMap::new() }
    }
}

impl Courses<'_> {
    /// The course of a block, by its place in [`Law::blocks`].
    pub fn of(&mut self, place: usize) -> Course {
        match self.law.blocks().get(place) {
            Some(it) => self.block(it.id),
            None => Course::Either,
        }
    }

    fn block(&mut self, id: BlockId) -> Course {
        if let Some(known) = self.blocks.get(&id) {
            return *known;
        }
        if self.growth.but_for.contains(&id) {
            return Course::Still;
        }
        // What leads back to itself may be anything.
        self.blocks.insert(id, Course::Either);
        let law = self.law;
        let Some(block) = law.rulebook().blocks.get(id.0 as usize) else { return Course::Either };
        let mut course = self.expr(&block.condition, &mut vec![KindId(0), block.subject]);
        for exempt in block.unless.iter().flatten() {
            if law.place(*exempt).is_some() {
                course = course.and(self.block(*exempt).not());
            }
        }
        // Doubt about the text is the same before and after.
        if block.unverified {
            course = course.and(Course::Still);
        }
        self.blocks.insert(id, course);
        course
    }

    fn term(&mut self, id: TermId) -> Course {
        if let Some(known) = self.terms.get(&id) {
            return *known;
        }
        self.terms.insert(id, Course::Either);
        let law = self.law;
        let Some(term) = law.rulebook().terms.get(id.0 as usize) else { return Course::Either };
        let in_force = term.blocks.iter().filter(|it| law.place(**it).is_some());
        let course = in_force.fold(Course::Still, |course, it| course.or(self.block(*it)));
        self.terms.insert(id, course);
        course
    }

    fn expr(&mut self, expr: &Expr, kinds: &mut Vec<KindId>) -> Course {
        match expr {
            Expr::Constant(true) => Course::Always,
            Expr::Constant(false) => Course::Never,
            Expr::All(parts) => {
                parts.iter().fold(Course::Always, |course, it| course.and(self.expr(it, kinds)))
            }
            Expr::Any(parts) => {
                parts.iter().fold(Course::Never, |course, it| course.or(self.expr(it, kinds)))
            }
            Expr::Not(part) => self.expr(part, kinds).not(),
            Expr::Test { thing, fact, test } => self.test(*thing, *fact, test, kinds),
            Expr::Term { term, .. } => self.term(*term),
            Expr::Quantified { quantifier, kind, variable, body, .. } => {
                let place = usize::from(*variable);
                if kinds.len() <= place {
                    kinds.resize(place + 1, *kind);
                }
                if let Some(bound) = kinds.get_mut(place) {
                    *bound = *kind;
                }
                let every = *quantifier == Quantifier::Every;
                // There may be none before, and one that will do after.
                let grows = self.growth.kinds.get(kind).is_some_and(|facts| {
                    let holds = self.added((*variable, facts), body);
                    !(if every { holds.not() } else { holds }).is_false()
                });
                let mut body = self.expr(body, kinds);
                if every {
                    body = body.not();
                }
                let some = if body == Course::Never {
                    Course::Never
                } else if grows {
                    body.join(Course::Rises)
                } else if body == Course::Always {
                    // Whether there is one at all is the same before and after.
                    Course::Still
                } else {
                    body
                };
                if *quantifier == Quantifier::Some { some } else { some.not() }
            }
        }
    }

    /// What is known of a condition on a thing that is added, by its facts alone.
    fn added(&self, (variable, facts): (u16, &[(FactId, Value)]), expr: &Expr) -> Truth {
        match expr {
            Expr::Constant(value) => Truth::from(*value),
            Expr::All(parts) => parts
                .iter()
                .fold(Truth::True, |truth, it| truth.and(self.added((variable, facts), it))),
            Expr::Any(parts) => parts
                .iter()
                .fold(Truth::False, |truth, it| truth.or(self.added((variable, facts), it))),
            Expr::Not(part) => self.added((variable, facts), part).not(),
            Expr::Test { thing: Thing { variable: of, up: 0 }, fact, test } if *of == variable => {
                let (rulebook, tables) = (self.law.rulebook(), &self.law.tables);
                let value = facts.iter().find(|it| it.0 == *fact).map(|it| &it.1);
                match value {
                    Some(Value::OneOf(codes)) => alike(
                        codes.iter().map(|it| answer(rulebook, tables, test, &Value::Code(*it))),
                    ),
                    Some(value) => answer(rulebook, tables, test, value),
                    None => Truth::Unknown,
                }
            }
            Expr::Term { term, thing: Thing { variable: of, up: 0 } } if *of == variable => {
                self.added_is(*term, facts)
            }
            Expr::Test { .. } | Expr::Term { .. } | Expr::Quantified { .. } => Truth::Unknown,
        }
    }

    /// What is known of a term of a thing that is added, by its facts alone.
    fn added_is(&self, term: TermId, facts: &[(FactId, Value)]) -> Truth {
        let rulebook = self.law.rulebook();
        let blocks = rulebook.terms.get(term.0 as usize).map_or(&[][..], |it| &it.blocks);
        let mut in_force = blocks.iter().filter(|it| self.law.place(**it).is_some()).peekable();
        let none = if in_force.peek().is_none() { Truth::Unknown } else { Truth::False };
        in_force.filter_map(|it| rulebook.blocks.get(it.0 as usize)).fold(none, |truth, block| {
            let mut holds = self.added((1, facts), &block.condition);
            // What it yields to, and doubt about its text, can only take away.
            if !block.unless.is_empty() || block.unverified {
                holds = holds.and(Truth::Unknown);
            }
            truth.or(holds)
        })
    }

    fn test(&self, thing: Thing, fact: FactId, test: &Test, kinds: &[KindId]) -> Course {
        let change = |thing: Thing, fact| match self.kind_of(thing, kinds) {
            Some(kind) => self.growth.facts.get(&(kind, fact)).copied(),
            None => Some(Change::Any),
        };
        let own = change(thing, fact);
        let course = |up| match own {
            None => Course::Still,
            Some(Change::Up) => up,
            Some(Change::Down) => up.not(),
            Some(Change::Any) => Course::Either,
        };
        match test {
            Test::IsTrue
            | Test::Includes(_)
            | Test::Number(Comparison::AtLeast | Comparison::More, _) => course(Course::Rises),
            Test::Within(_)
            | Test::Empty
            | Test::Number(Comparison::AtMost | Comparison::Less, _) => course(Course::Falls),
            Test::Number(Comparison::Equal, _) | Test::In(_) | Test::Column { .. } => {
                if own.is_none() { Course::Still } else { Course::Either }
            }
            Test::Both(left, right) => {
                let left = self.test(thing, fact, left, kinds);
                left.and(self.test(thing, fact, right, kinds))
            }
            Test::MemberOf { thing: holder, fact: set } => {
                if own.is_some() {
                    return Course::Either;
                }
                match change(*holder, *set) {
                    None => Course::Still,
                    Some(Change::Up) => Course::Rises,
                    Some(Change::Down) => Course::Falls,
                    Some(Change::Any) => Course::Either,
                }
            }
        }
    }

    fn kind_of(&self, thing: Thing, kinds: &[KindId]) -> Option<KindId> {
        let schema = &self.law.rulebook().schema;
        let bound = *kinds.get(usize::from(thing.variable))?;
        (0..thing.up).try_fold(bound, |it, _| schema.kinds.get(usize::from(it.0))?.parent)
    }
}

impl Logic for Courses<'_> {
    type Value = Course;

    fn constant(&mut self, value: bool) -> Course {
        if value { Course::Always } else { Course::Never }
    }

    fn and(&mut self, left: Course, right: Course) -> Course {
        left.and(right)
    }

    fn or(&mut self, left: Course, right: Course) -> Course {
        left.or(right)
    }

    fn not(&mut self, value: Course) -> Course {
        value.not()
    }

    fn block(&mut self, block: usize, _: RowId) -> Course {
        self.of(block)
    }
}

#[cfg(test)]
mod tests;
