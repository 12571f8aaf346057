//! What is not known: facts that nobody gave, and points that the law leaves open.
//!
//! Each becomes one variable of a diagram (a set becomes several), with as many cases as the day's
//! tests can tell apart. Start with [`Unknown`].

use crate::diagram::{Diagram, Variable};
use crate::facts::{Facts, RowId, Value};
use crate::law::Law;
use crate::partition::{FactPlan, Values, class, full};
use crate::probe::{fits, member};
use crate::rulebook::{BlockId, TermId, Test};
use crate::schema::{FactId, FactType};
use std::collections::BTreeMap;

/// Something that is not known.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Unknown {
    /// A fact of a thing.
    Fact {
        /// Of which thing.
        row: RowId,
        /// Which fact of its kind.
        fact: FactId,
    },
    /// A point that no fact can settle.
    Law(Point),
}

/// A point that the law, as the rulebook has it, leaves open.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Point {
    /// A block whose text is unverified or untranslated, as it is said of a thing.
    Block {
        /// Which block.
        block: BlockId,
        /// Of which thing.
        row: RowId,
    },
    /// A word that a cell of a table may or may not have.
    Cell {
        /// Which table, by its place in the rulebook.
        table: u16,
        /// Which row, by the place of its key in the domain.
        key: u16,
        /// Which column of the table.
        column: u16,
        /// Which word of the column.
        word: u16,
    },
    /// A term that nothing in force defines, as it is said of a thing.
    Term {
        /// Which term.
        term: TermId,
        /// Of which thing.
        row: RowId,
    },
}

/// Values of something unknown that no test of the day tells apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Class {
    /// No, or yes. Also for points of law.
    Truth(bool),
    /// These values of the fact's domain, by their places.
    Codes(Vec<u16>),
    /// The numbers from the first to the second, both included, in thousandths.
    Numbers(i64, i64),
    /// Sets alike to this one. Where there are too many kinds of sets, the classes are only the
    /// empty set, one for each kind of element, and the set of all.
    Set(u128),
}

/// What a variable of the diagram stands for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Meaning {
    /// Which class a fact's value falls in.
    Fact(RowId, FactId),
    /// Whether a fact's set has an element of this group.
    Group(RowId, FactId, u128),
    Point(Point),
    /// Whether an unknown code is in an unknown set. Independent of both, which admits more than
    /// can be: an over-approximation, from the safe side.
    Member {
        code: (RowId, FactId),
        set: (RowId, FactId),
    },
}

/// The variables made so far.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    meanings: Vec<Meaning>,
    facts: BTreeMap<(RowId, FactId), FactCases>,
    others: BTreeMap<Meaning, Variable>,
}

/// The cases of one fact that is not known.
#[derive(Clone, Debug)]
pub(crate) enum FactCases {
    /// One of several cases; without a variable if there is only one.
    Cases(Option<Variable>, Vec<Case>),
    /// For each group of elements, whether the set has one of them: a variable each, made when
    /// it is asked.
    Groups(Vec<u128>),
    /// Nothing can be said, because its domain has no values.
    Broken,
}

/// One case of a fact: a class of the day's tests, as far as the matter at hand divides it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// The class.
    pub(crate) class: usize,
    /// A value of it, if it is a code.
    pub(crate) sample: u16,
}

/// What each class of something unknown fixes.
#[derive(Debug)]
pub(crate) enum Choices {
    /// The case of one variable, if there is one, with the number of the class; so many classes.
    One(Option<Variable>, usize),
    /// Which groups of elements the class's set has.
    Groups(Vec<(u128, Option<Variable>)>, Vec<u128>),
}

impl Choices {
    /// How many classes there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::One(_, count) => *count,
            Self::Groups(_, sets) => sets.len(),
        }
    }

    /// The case that a class fixes for a variable.
    pub(crate) fn case(&self, variable: Variable, class: usize) -> Option<u16> {
        match self {
            Self::One(fixed, _) if *fixed == Some(variable) => u16::try_from(class).ok(),
            Self::One(..) => None,
            Self::Groups(groups, sets) => {
                let (group, _) = groups.iter().find(|it| it.1 == Some(variable))?;
                Some(u16::from(sets.get(class)? & group != 0))
            }
        }
    }

    /// Every variable that a class fixes, and its case.
    pub(crate) fn fixed(&self, class: usize) -> Vec<(Variable, u16)> {
        let variables: Vec<Variable> = match self {
            Self::One(variable, _) => variable.iter().copied().collect(),
            Self::Groups(groups, _) => groups.iter().filter_map(|it| it.1).collect(),
        };
        variables.into_iter().filter_map(|it| Some((it, self.case(it, class)?))).collect()
    }
}

/// A fact with cases that is tested this often is asked before all others, the most tested first:
/// where it is known, what is left falls apart into small pieces. Everything else is asked in the
/// order in which the law mentions it, so that what stands together is asked together.
const HUB: u32 = 12;

/// A set fact with at most this many groups of elements is listed class by class.
const LISTED_GROUPS: usize = 6;

impl Variables {
    /// What a variable stands for.
    pub(crate) fn meaning(&self, variable: Variable) -> Option<Meaning> {
        self.meanings.get(variable as usize).copied()
    }

    /// The variable that stands for anything but the cases of a fact, if there is one.
    pub(crate) fn of(&self, meaning: &Meaning) -> Option<Variable> {
        self.others.get(meaning).copied()
    }

    /// The cases of a fact that was met.
    pub(crate) fn known(&self, row: RowId, fact: FactId) -> Option<&FactCases> {
        self.facts.get(&(row, fact))
    }

    /// The variable of anything but the cases of a fact.
    pub(crate) fn other(&mut self, diagram: &mut Diagram, meaning: Meaning) -> Variable {
        if let Some(variable) = self.others.get(&meaning) {
            return *variable;
        }
        self.meanings.push(meaning);
        let variable = diagram.variable(2, u32::MAX);
        self.others.insert(meaning, variable);
        variable
    }

    /// What each class of something unknown fixes.
    pub(crate) fn choices(
        &mut self,
        diagram: &mut Diagram,
        world: (&Law, &Facts),
        unknown: &Unknown,
    ) -> Choices {
        let (row, fact) = match unknown {
            Unknown::Law(point) => {
                return Choices::One(self.others.get(&Meaning::Point(*point)).copied(), 2);
            }
            Unknown::Fact { row, fact } => (*row, *fact),
        };
        match self.cases(diagram, world, (row, fact)).cloned() {
            Some(FactCases::Cases(variable, cases)) => Choices::One(variable, cases.len()),
            Some(FactCases::Groups(groups)) => {
                let variable = |group| self.others.get(&Meaning::Group(row, fact, group)).copied();
                let sets = sets(&groups);
                Choices::Groups(groups.into_iter().map(|it| (it, variable(it))).collect(), sets)
            }
            Some(FactCases::Broken) | None => Choices::One(None, 0),
        }
    }

    /// The cases of a fact that is not known.
    pub(crate) fn cases(
        &mut self,
        diagram: &mut Diagram,
        (law, facts): (&Law, &Facts),
        (row, fact): (RowId, FactId),
    ) -> Option<&FactCases> {
        let key = (row, fact);
        if !self.facts.contains_key(&key) {
            let kind = facts.row(row)?.kind;
            let plan = law.program.fact(kind, fact)?;
            let cases = if let FactType::Set(_) = plan.of {
                FactCases::Groups(groups(plan, facts))
            } else {
                let cases = cases(plan, facts, facts.value(row, fact));
                match cases.len() {
                    0 => FactCases::Broken,
                    1 => FactCases::Cases(None, cases),
                    count => {
                        let hub = count > 2 && plan.uses >= HUB;
                        let rank = if hub { u32::MAX - plan.uses } else { u32::MAX };
                        self.meanings.push(Meaning::Fact(row, fact));
                        let count = u16::try_from(count).unwrap_or(u16::MAX);
                        FactCases::Cases(Some(diagram.variable(count, rank)), cases)
                    }
                }
            };
            self.facts.insert(key, cases);
        }
        self.facts.get(&key)
    }

    /// The classes of a fact, in the order of its cases.
    pub(crate) fn classes(
        plan: &FactPlan,
        facts: &Facts,
        value: &Value,
        cases: &FactCases,
    ) -> Vec<Class> {
        match (cases, &plan.values) {
            (FactCases::Groups(groups), _) => sets(groups).into_iter().map(Class::Set).collect(),
            (FactCases::Cases(_, cases), Values::Truth) => {
                cases.iter().map(|it| Class::Truth(it.class == 1)).collect()
            }
            (FactCases::Cases(_, cases), Values::Number { cuts }) => {
                let (low, high) = bounds(value);
                let class = |it: &Case| {
                    let from = it.class.checked_sub(1).and_then(|it| cuts.get(it).copied());
                    let after = cuts.get(it.class).map(|it| it - 1);
                    let (from, to) =
                        (from.unwrap_or(low).max(low), after.unwrap_or(high).min(high));
                    Class::Numbers(from, to)
                };
                cases.iter().map(class).collect()
            }
            (FactCases::Cases(_, cases), Values::Code { class_of, .. }) => {
                let sets = partner_sets(plan, facts);
                let mut codes = vec![Vec::new(); cases.len()];
                for code in possible(value, class_of.len()) {
                    let alike = |it: &&Case| {
                        class_of.get(usize::from(code)) == u16::try_from(it.class).ok().as_ref()
                            && are_alike(&sets, it.sample, code, plan.size)
                    };
                    let place = cases.iter().position(|it| alike(&it));
                    if let Some(codes) = place.and_then(|it| codes.get_mut(it)) {
                        codes.push(code);
                    }
                }
                codes.into_iter().map(Class::Codes).collect()
            }
            (FactCases::Broken, _) | (FactCases::Cases(..), Values::Set) => Vec::new(),
        }
    }
}

/// The sets that stand for the classes of a set fact.
fn sets(groups: &[u128]) -> Vec<u128> {
    let join = |all, group: &u128| all | group;
    if groups.len() <= LISTED_GROUPS {
        let chosen = |bits: usize| {
            let members = groups.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
            members.map(|(_, group)| group).fold(0, join)
        };
        return (0..1 << groups.len()).map(chosen).collect();
    }
    let everything = groups.iter().fold(0, join);
    std::iter::once(0).chain(groups.iter().copied()).chain([everything]).collect()
}

/// The groups of elements that the tests of a set tell apart.
fn groups(plan: &FactPlan, facts: &Facts) -> Vec<u128> {
    fn masks(test: &Test, into: &mut Vec<u128>) {
        match test {
            Test::Includes(mask) | Test::Within(mask) => into.push(*mask),
            Test::Both(left, right) => {
                masks(left, into);
                masks(right, into);
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. } => {}
        }
    }
    let mut all = Vec::new();
    plan.tests.iter().for_each(|it| masks(it, &mut all));
    for (kind, fact) in &plan.partners {
        for row in facts.rows_of(*kind) {
            if let Value::Code(code) = facts.value(*row, *fact) {
                all.extend(1_u128.checked_shl(u32::from(*code)));
            }
        }
    }
    let mut groups = vec![full(plan.size)];
    for mask in all {
        let split = groups.iter().flat_map(|it| [it & mask, it & !mask]);
        groups = split.filter(|it| *it != 0).collect();
    }
    groups.retain(|it| *it != 0);
    groups
}

/// The cases of a fact that is not a set.
fn cases(plan: &FactPlan, facts: &Facts, value: &Value) -> Vec<Case> {
    let case = |class| Case { class, sample: 0 };
    match &plan.values {
        Values::Truth => vec![case(0), case(1)],
        Values::Number { cuts } => {
            let (low, high) = bounds(value);
            (class(cuts, low)..=class(cuts, high)).map(case).collect()
        }
        Values::Code { class_of, first } => {
            let sets = partner_sets(plan, facts);
            let open = !matches!(value, Value::OneOf(codes) if fits(codes, class_of.len()));
            if open && sets.is_empty() {
                let samples = first.iter().copied().enumerate();
                return samples.map(|(class, sample)| Case { class, sample }).collect();
            }
            let mut cases: Vec<Case> = Vec::new();
            for code in possible(value, class_of.len()) {
                let Some(class) = class_of.get(usize::from(code)).map(|it| usize::from(*it)) else {
                    continue;
                };
                let alike =
                    |it: &Case| it.class == class && are_alike(&sets, it.sample, code, plan.size);
                if !cases.iter().any(alike) {
                    cases.push(Case { class, sample: code });
                }
            }
            cases
        }
        Values::Set => Vec::new(),
    }
}

/// The least and the greatest that a number may still be.
fn bounds(value: &Value) -> (i64, i64) {
    match value {
        Value::Number(number) => (*number, *number),
        Value::Between(low, high) if low <= high => (*low, *high),
        Value::Unknown
        | Value::Truth(_)
        | Value::Code(_)
        | Value::OneOf(_)
        | Value::Set(_)
        | Value::Between(..) => (i64::MIN, i64::MAX),
    }
}

/// The values that a code may still have.
fn possible(value: &Value, size: usize) -> Vec<u16> {
    match value {
        Value::OneOf(codes) if fits(codes, size) => codes.to_vec(),
        Value::Code(code) if usize::from(*code) < size => vec![*code],
        Value::Unknown
        | Value::Truth(_)
        | Value::Code(_)
        | Value::OneOf(_)
        | Value::Set(_)
        | Value::Number(_)
        | Value::Between(..) => (0..size).filter_map(|it| u16::try_from(it).ok()).collect(),
    }
}

/// The known sets that a code may be asked to be in.
fn partner_sets(plan: &FactPlan, facts: &Facts) -> Vec<Value> {
    let mut sets: Vec<Value> = Vec::new();
    for (kind, fact) in &plan.partners {
        for row in facts.rows_of(*kind) {
            let value = facts.value(*row, *fact);
            if matches!(value, Value::Set(set) if *set != 0) && !sets.contains(value) {
                sets.push(value.clone());
            }
        }
    }
    sets
}

fn are_alike(sets: &[Value], one: u16, other: u16, size: usize) -> bool {
    let is_in = |code, set| member(&Value::Code(code), set, size);
    sets.iter().all(|set| is_in(one, set) == is_in(other, set))
}
