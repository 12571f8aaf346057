//! The tests of a condition as functions of the facts that are not known.

use super::{Symbolic, constant};
use crate::compile::{Literals, Membership};
use crate::diagram::{Node, Variable};
use crate::eval::{all_of, any_of};
use crate::facts::{RowId, Value};
use crate::partition::{FactPlan, Values};
use crate::probe::{Cell, member};
use crate::rulebook::Test;
use crate::schema::FactId;
use crate::truth::Truth;
use crate::unknown::{FactCases, Meaning, Point};

impl Symbolic<'_> {
    pub(super) fn literals(&mut self, it: &Literals, any: bool, base: usize) -> Node {
        let Some(row) = self.thing(it.thing, base) else { return Node::UNDECIDED };
        let (yes, possible) = self.fast.words(row, it.word);
        let decided = if any { any_of } else { all_of };
        if let Some(known) = decided(it, (yes, possible)).known() {
            return constant(known);
        }
        let mut node = constant(!any);
        let mut open = (it.holding | it.failing) & possible & !yes;
        while open != 0 {
            let bit = open.trailing_zeros();
            open &= open - 1;
            let place = 64 * usize::from(it.word) + bit as usize;
            let holds = self.test(row, place);
            let signs = [(it.holding, holds), (it.failing, self.diagram.not(holds))];
            for (mask, literal) in signs {
                if mask >> bit & 1 == 1 {
                    node = if any {
                        self.diagram.or(node, literal)
                    } else {
                        self.diagram.and(node, literal)
                    };
                }
            }
        }
        node
    }

    /// One test of one row, by its bit.
    fn test(&mut self, row: RowId, bit: usize) -> Node {
        let law = self.law;
        let kind = self.facts.row(row).and_then(|it| law.program.kinds.get(usize::from(it.kind.0)));
        let Some(kind) = kind else { return Node::UNDECIDED };
        let Some((fact, test)) = kind.bits.get(bit).copied().flatten() else {
            return Node::UNDECIDED;
        };
        let Some(plan) = kind.facts.get(usize::from(fact.0)) else { return Node::UNDECIDED };
        if let (Value::Code(code), Values::Code { class_of, .. }) =
            (self.facts.value(row, fact), &plan.values)
            && let Some(class) = class_of.get(usize::from(*code))
        {
            return self.answer(plan, usize::from(*class), *code, test);
        }
        let world = (law, self.facts);
        match self.variables.cases(&mut self.diagram, world, (row, fact)) {
            Some(FactCases::Cases(variable, cases)) => {
                let (variable, cases) = (*variable, cases.clone());
                let answers: Vec<Node> =
                    cases.iter().map(|it| self.answer(plan, it.class, it.sample, test)).collect();
                self.choose(variable, &answers)
            }
            Some(FactCases::Groups(groups)) => {
                let groups = groups.clone();
                plan.tests
                    .get(test)
                    .map_or(Node::UNDECIDED, |it| self.set_test(plan, (row, fact, &groups), it))
            }
            Some(FactCases::Broken) | None => Node::UNDECIDED,
        }
    }

    fn choose(&mut self, variable: Option<Variable>, answers: &[Node]) -> Node {
        match (variable, answers) {
            (Some(variable), answers) => {
                self.reads.mark(variable);
                self.diagram.choice(variable, answers)
            }
            (None, [only]) => *only,
            (None, _) => Node::UNDECIDED,
        }
    }

    /// What a class of a fact answers to a test; `code` is a value of it.
    fn answer(&mut self, plan: &FactPlan, class: usize, code: u16, test: usize) -> Node {
        match (plan.answer(class, test), plan.tests.get(test), &plan.values) {
            (Truth::True, ..) => Node::TRUE,
            (Truth::False, ..) => Node::FALSE,
            (Truth::Unknown, Some(test), Values::Code { .. }) => self.doubt(test, code),
            (Truth::Unknown, ..) => Node::UNDECIDED,
        }
    }

    /// A test that the table of the day does not settle for a code.
    fn doubt(&mut self, test: &Test, code: u16) -> Node {
        match test {
            Test::In(codes) => constant(codes.contains(&code)),
            Test::Both(left, right) => {
                let (left, right) = (self.doubt(left, code), self.doubt(right, code));
                self.diagram.and(left, right)
            }
            Test::Column { table, column, words } => {
                let (table, column) = (*table, *column);
                let mut node = Node::FALSE;
                for word in words {
                    let cell = Cell { table, key: code, column, word: *word };
                    let word = match self.law.tables.cell(self.law.rulebook(), cell) {
                        Truth::True => Node::TRUE,
                        Truth::False => Node::FALSE,
                        Truth::Unknown => {
                            self.point(Point::Cell { table, key: code, column, word: *word })
                        }
                    };
                    node = self.diagram.or(node, word);
                }
                node
            }
            Test::IsTrue
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. } => Node::UNDECIDED,
        }
    }

    /// A test of an unknown set, whose elements fall into these groups.
    fn set_test(
        &mut self,
        plan: &FactPlan,
        (row, fact, groups): (RowId, FactId, &[u128]),
        test: &Test,
    ) -> Node {
        let has = |mask: u128, this: &mut Self| {
            let mut node = Node::FALSE;
            for group in groups.iter().filter(|it| *it & mask != 0) {
                let element = this.open(Meaning::Group(row, fact, *group));
                node = this.diagram.or(node, element);
            }
            node
        };
        // An element that a set cannot hold may be there all the same.
        let beyond = if plan.size > 128 { Node::UNDECIDED } else { Node::FALSE };
        if groups.is_empty() {
            return Node::UNDECIDED;
        }
        match test {
            Test::Includes(mask) => has(*mask, self),
            Test::Within(mask) => {
                let other = has(!mask, self);
                let other = self.diagram.or(other, beyond);
                self.diagram.not(other)
            }
            Test::Empty => {
                let any = has(u128::MAX, self);
                let any = self.diagram.or(any, beyond);
                self.diagram.not(any)
            }
            Test::Both(left, right) => {
                let left = self.set_test(plan, (row, fact, groups), left);
                let right = self.set_test(plan, (row, fact, groups), right);
                self.diagram.and(left, right)
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Number(..)
            | Test::MemberOf { .. } => Node::UNDECIDED,
        }
    }

    pub(super) fn member(&mut self, it: &Membership, row: RowId, holder: RowId) -> Node {
        let (code, set) = (self.facts.value(row, it.fact), self.facts.value(holder, it.set));
        if let Some(known) = member(code, set, it.size).known() {
            return constant(known);
        }
        let world = (self.law, self.facts);
        let code = if let Value::Code(code) = code { Some(*code) } else { None };
        let code = code.filter(|code| usize::from(*code) < it.size);
        match (code, set) {
            // Both are known, and a set cannot hold this value.
            (Some(_), Value::Set(_)) => Node::UNDECIDED,
            (Some(code), _) => {
                let cases = self.variables.cases(&mut self.diagram, world, (holder, it.set));
                let Some(FactCases::Groups(groups)) = cases else { return Node::UNDECIDED };
                let bit = 1_u128.checked_shl(u32::from(code)).unwrap_or(0);
                if groups.contains(&bit) {
                    self.open(Meaning::Group(holder, it.set, bit))
                } else {
                    Node::UNDECIDED
                }
            }
            (None, Value::Set(_)) => {
                let cases = self.variables.cases(&mut self.diagram, world, (row, it.fact));
                let Some(FactCases::Cases(variable, cases)) = cases else { return Node::UNDECIDED };
                let is_in = |sample| match member(&Value::Code(sample), set, it.size) {
                    Truth::False => Node::FALSE,
                    Truth::Unknown => Node::UNDECIDED,
                    Truth::True => Node::TRUE,
                };
                let answers: Vec<Node> = cases.iter().map(|it| is_in(it.sample)).collect();
                let variable = *variable;
                self.choose(variable, &answers)
            }
            (None, _) => self.open(Meaning::Member { code: (row, it.fact), set: (holder, it.set) }),
        }
    }
}
