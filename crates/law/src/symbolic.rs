//! What is true of one matter whatever the unknown may turn out to be: exactly.
//!
//! Every unknown fact and every point the law leaves open is a variable; a block is a function of
//! them ([`crate::diagram`]). It is certain when the function is constant, which three-valued
//! logic does not see where the unknown occurs twice ("either way barred"). Where the fast
//! evaluation is certain it is believed, so with everything known nothing is built.
//!
//! Two things are not exact, both from the safe side: an unknown code in an unknown set is a
//! variable of its own, and beyond a budget of nodes everything is [`Node::UNDECIDED`].

use crate::compile::{Literals, Membership, Op, OpId, Range};
use crate::diagram::{Diagram, NODES, Node, Variable};
use crate::eval::{Evaluation, belongs};
use crate::facts::{Facts, RowId, Value};
use crate::law::Law;
use crate::logic::Logic;
use crate::partition::{FactPlan, Values};
use crate::probe::{Cell, member};
use crate::rulebook::{TermId, Test, Thing};
use crate::schema::{FactId, KindId};
use crate::truth::Truth;
use crate::unknown::{Choices, Class, FactCases, Meaning, Point, Unknown, Variables};
use std::collections::BTreeSet;

/// The exact evaluation of one matter under one day's law.
#[derive(Debug)]
pub struct Symbolic<'a> {
    law: &'a Law,
    facts: &'a Facts,
    fast: Evaluation<'a>,
    pub(crate) diagram: Diagram,
    variables: Variables,
    /// What was worked out, where the fast evaluation remembers it.
    memory: Vec<Option<Node>>,
    stack: Vec<RowId>,
}

impl Law {
    /// Everything that is true of a matter whatever the unknown may be, worked out as it is asked.
    #[must_use]
    pub fn symbolic<'a>(&'a self, facts: &'a Facts) -> Symbolic<'a> {
        Symbolic::new(self, facts, NODES)
    }
}

impl<'a> Symbolic<'a> {
    /// The exact evaluation, undecided beyond so many nodes.
    #[must_use]
    pub fn new(law: &'a Law, facts: &'a Facts, budget: usize) -> Self {
        let fast = law.evaluate(facts);
        let diagram = Diagram::new(budget);
        let variables = Variables::default();
        Self { law, facts, fast, diagram, variables, memory: Vec::new(), stack: Vec::new() }
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

    /// The fast evaluation of the same matter.
    pub fn fast(&mut self) -> &mut Evaluation<'a> {
        &mut self.fast
    }

    /// Whether a block (by its place in [`Law::blocks`]) holds of a thing, as a function of what
    /// is unknown. Rows are taken as [`Evaluation::block`] takes them.
    pub fn block(&mut self, place: usize, row: RowId) -> Node {
        if let Some(known) = self.fast.block(place, row).known() {
            return constant(known);
        }
        let law = self.law;
        let Some(plan) = law.program.blocks.get(place) else { return Node::UNDECIDED };
        let Some((row, memory)) = self.fast.remembered(row, plan.subject, plan.slot) else {
            return Node::UNDECIDED;
        };
        if let Some(node) = self.recall(memory) {
            return node;
        }
        let base = self.stack.len();
        self.stack.resize(base + plan.variables, row);
        if let Some(root) = self.stack.get_mut(base) {
            *root = RowId(0);
        }
        let mut node = self.op(plan.condition, base);
        self.stack.truncate(base);
        for exempt in &plan.unless {
            let exempt = self.block(*exempt, row);
            let open = self.diagram.not(exempt);
            node = self.diagram.and(node, open);
        }
        if plan.doubtful && node != Node::FALSE {
            let block = law.blocks().get(place).map(|it| it.id);
            let point = block.map(|block| self.point(Point::Block { block, row }));
            node = self.diagram.and(node, point.unwrap_or(Node::UNDECIDED));
        }
        self.remember(memory, node)
    }

    /// What is certain of a function.
    #[must_use]
    pub fn value(&self, node: Node) -> Truth {
        match node {
            Node::FALSE => Truth::False,
            Node::TRUE => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// What a function depends on, in order.
    #[must_use]
    pub fn support(&self, node: Node) -> Vec<Unknown> {
        self.unknowns(self.diagram.support(node))
    }

    /// Whether a function depends on something.
    #[must_use]
    pub fn depends_on(&self, node: Node, unknown: &Unknown) -> bool {
        self.support(node).binary_search(unknown).is_ok()
    }

    /// The classes of values that the law of the day tells apart; every value is in one.
    pub fn classes(&mut self, unknown: &Unknown) -> Vec<Class> {
        match unknown {
            Unknown::Law(_) => vec![Class::Truth(false), Class::Truth(true)],
            Unknown::Fact { row, fact } => {
                let Some(plan) = self.plan(*row, *fact) else { return Vec::new() };
                let value = self.facts.value(*row, *fact);
                let world = (self.law, self.facts);
                let cases = self.variables.cases(&mut self.diagram, world, (*row, *fact));
                cases.map_or(Vec::new(), |it| Variables::classes(plan, self.facts, value, it))
            }
        }
    }

    /// The function where something unknown falls in one of its [`Symbolic::classes`]. Whether an
    /// unknown code is in an unknown set stays open when one of them becomes known.
    pub fn restrict(&mut self, node: Node, unknown: &Unknown, class: usize) -> Node {
        let choices = self.choices(unknown);
        choices
            .fixed(class)
            .into_iter()
            .fold(node, |node, (variable, case)| self.diagram.restrict(node, variable, case))
    }

    /// What each class of something unknown fixes.
    pub(crate) fn choices(&mut self, unknown: &Unknown) -> Choices {
        match unknown {
            Unknown::Law(point) => Choices::One(self.variables.point(*point), 2),
            Unknown::Fact { row, fact } => {
                let world = (self.law, self.facts);
                let cases = self.variables.cases(&mut self.diagram, world, (*row, *fact));
                cases.map_or(Choices::One(None, 0), FactCases::choices)
            }
        }
    }

    /// Everything unknown that was met so far, in order.
    pub(crate) fn met(&self) -> Vec<Unknown> {
        self.unknowns(0..u32::try_from(self.diagram.variables()).unwrap_or(u32::MAX))
    }

    /// Whether an unknown code met an unknown set: then it admits more than can be.
    #[cfg(test)]
    pub(crate) fn approximates(&self) -> bool {
        let meanings = (0..).map_while(|it| self.variables.meaning(it));
        meanings.into_iter().any(|it| matches!(it, Meaning::Member { .. }))
    }

    fn unknowns(&self, variables: impl IntoIterator<Item = Variable>) -> Vec<Unknown> {
        let mut unknown = BTreeSet::new();
        for variable in variables {
            match self.variables.meaning(variable) {
                Some(Meaning::Fact(row, fact)) => {
                    unknown.insert(Unknown::Fact { row, fact });
                }
                Some(Meaning::Point(point)) => {
                    unknown.insert(Unknown::Law(point));
                }
                Some(Meaning::Member { code, set }) => {
                    for (row, fact) in [code, set] {
                        unknown.insert(Unknown::Fact { row, fact });
                    }
                }
                None => {}
            }
        }
        unknown.into_iter().collect()
    }

    fn plan(&self, row: RowId, fact: FactId) -> Option<&'a FactPlan> {
        self.law.program.fact(self.facts.row(row)?.kind, fact)
    }

    fn term(&mut self, term: usize, row: RowId) -> Node {
        if let Some(known) = self.fast.term(term, row).known() {
            return constant(known);
        }
        let law = self.law;
        let Some(plan) = law.program.terms.get(term) else { return Node::UNDECIDED };
        let Some((row, memory)) = self.fast.remembered(row, plan.subject, plan.slot) else {
            return Node::UNDECIDED;
        };
        if let Some(node) = self.recall(memory) {
            return node;
        }
        let mut node = Node::FALSE;
        for block in &plan.blocks {
            let block = self.block(*block, row);
            node = self.diagram.or(node, block);
        }
        if plan.blocks.is_empty() {
            let term = u32::try_from(term).map(TermId).ok();
            let point = term.map(|term| self.point(Point::Term { term, row }));
            node = point.unwrap_or(Node::UNDECIDED);
        }
        self.remember(memory, node)
    }

    fn op(&mut self, op: OpId, base: usize) -> Node {
        let law = self.law;
        let Some(op) = law.program.ops.get(op as usize) else { return Node::UNDECIDED };
        let (node, negated) = match op {
            Op::Constant(value) => (constant(*value), false),
            Op::AllOf(literals) => (self.literals(literals, false, base), false),
            Op::AnyOf(literals) => (self.literals(literals, true, base), false),
            Op::All(range) => {
                let mut node = Node::TRUE;
                for child in children(law, *range) {
                    if node != Node::FALSE {
                        let child = self.op(*child, base);
                        node = self.diagram.and(node, child);
                    }
                }
                (node, false)
            }
            Op::Any(range) => {
                let mut node = Node::FALSE;
                for child in children(law, *range) {
                    if node != Node::TRUE {
                        let child = self.op(*child, base);
                        node = self.diagram.or(node, child);
                    }
                }
                (node, false)
            }
            Op::Term { term, thing, negated } => {
                let row = self.thing(*thing, base);
                (row.map_or(Node::UNDECIDED, |row| self.term(*term, row)), *negated)
            }
            Op::Member(it) => {
                let rows = (self.thing(it.thing, base), self.thing(it.holder, base));
                let node = match rows {
                    (Some(row), Some(holder)) => self.member(it, row, holder),
                    (None, _) | (_, None) => Node::UNDECIDED,
                };
                (node, it.negated)
            }
            Op::Exists { kind, of, variable, body, negated } => {
                (self.exists((*kind, *of), *variable, *body, base), *negated)
            }
        };
        if negated { self.diagram.not(node) } else { node }
    }

    fn exists(
        &mut self,
        (kind, of): (KindId, Option<Thing>),
        variable: u16,
        body: OpId,
        base: usize,
    ) -> Node {
        let of = match of.map(|it| self.thing(it, base)) {
            None => None,
            Some(None) => return Node::UNDECIDED,
            Some(Some(row)) => Some(row),
        };
        let mut node = Node::FALSE;
        let facts = self.facts;
        for row in facts.rows_of(kind) {
            if node == Node::TRUE || of.is_some_and(|of| !belongs(facts, *row, of)) {
                continue;
            }
            match self.stack.get_mut(base + usize::from(variable)) {
                Some(slot) => *slot = *row,
                None => return Node::UNDECIDED,
            }
            let body = self.op(body, base);
            node = self.diagram.or(node, body);
        }
        node
    }

    fn literals(&mut self, it: &Literals, any: bool, base: usize) -> Node {
        let Some(row) = self.thing(it.thing, base) else { return Node::UNDECIDED };
        let (yes, possible) = self.fast.words(row, it.word);
        let decided = if any { crate::eval::any_of } else { crate::eval::all_of };
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
                plan.tests.get(test).map_or(Node::UNDECIDED, |it| self.set_test(plan, &groups, it))
            }
            Some(FactCases::Broken) | None => Node::UNDECIDED,
        }
    }

    fn choose(&mut self, variable: Option<Variable>, answers: &[Node]) -> Node {
        match (variable, answers) {
            (Some(variable), answers) => self.diagram.choice(variable, answers),
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

    /// A test of an unknown set.
    fn set_test(&mut self, plan: &FactPlan, groups: &[(u128, Variable)], test: &Test) -> Node {
        let has = |mask: u128, this: &mut Self| {
            let mut node = Node::FALSE;
            for (group, variable) in groups {
                if group & mask != 0 {
                    let element = this.diagram.choice(*variable, &[Node::FALSE, Node::TRUE]);
                    node = this.diagram.or(node, element);
                }
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
                let left = self.set_test(plan, groups, left);
                let right = self.set_test(plan, groups, right);
                self.diagram.and(left, right)
            }
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Number(..)
            | Test::MemberOf { .. } => Node::UNDECIDED,
        }
    }

    fn member(&mut self, it: &Membership, row: RowId, holder: RowId) -> Node {
        let (code, set) = (self.facts.value(row, it.fact), self.facts.value(holder, it.set));
        if let Some(known) = member(code, set, it.size).known() {
            return constant(known);
        }
        let world = (self.law, self.facts);
        let code = match code {
            Value::Code(code) if usize::from(*code) < it.size => Some(*code),
            _ => None,
        };
        match (code, set) {
            // Both are known, and a set cannot hold this value.
            (Some(_), Value::Set(_)) => Node::UNDECIDED,
            (Some(code), _) => {
                let cases = self.variables.cases(&mut self.diagram, world, (holder, it.set));
                let Some(FactCases::Groups(groups)) = cases else { return Node::UNDECIDED };
                let bit = 1_u128.checked_shl(u32::from(code)).unwrap_or(0);
                match groups.iter().find(|(group, _)| *group == bit) {
                    Some((_, variable)) => {
                        let variable = *variable;
                        self.diagram.choice(variable, &[Node::FALSE, Node::TRUE])
                    }
                    None => Node::UNDECIDED,
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
            (None, _) => {
                let meaning = Meaning::Member { code: (row, it.fact), set: (holder, it.set) };
                let variable = self.variables.other(&mut self.diagram, meaning);
                self.diagram.choice(variable, &[Node::FALSE, Node::TRUE])
            }
        }
    }

    fn point(&mut self, point: Point) -> Node {
        let variable = self.variables.other(&mut self.diagram, Meaning::Point(point));
        self.diagram.choice(variable, &[Node::FALSE, Node::TRUE])
    }

    fn thing(&self, thing: Thing, base: usize) -> Option<RowId> {
        let bound = *self.stack.get(base + usize::from(thing.variable))?;
        (0..thing.up).try_fold(bound, |row, _| Some(self.facts.row(row)?.parent))
    }

    /// What was worked out, or a mark that it is being worked out now.
    fn recall(&mut self, memory: usize) -> Option<Node> {
        if self.memory.len() <= memory {
            self.memory.resize(memory + 1, None);
        }
        let slot = self.memory.get_mut(memory)?;
        if slot.is_none() {
            *slot = Some(Node::UNDECIDED);
            return None;
        }
        *slot
    }

    fn remember(&mut self, memory: usize, node: Node) -> Node {
        if let Some(slot) = self.memory.get_mut(memory) {
            *slot = Some(node);
        }
        node
    }
}

impl Logic for Symbolic<'_> {
    type Value = Node;

    fn constant(&mut self, value: bool) -> Node {
        constant(value)
    }

    fn and(&mut self, left: Node, right: Node) -> Node {
        self.diagram.and(left, right)
    }

    fn or(&mut self, left: Node, right: Node) -> Node {
        self.diagram.or(left, right)
    }

    fn not(&mut self, value: Node) -> Node {
        self.diagram.not(value)
    }

    fn block(&mut self, block: usize, row: RowId) -> Node {
        Symbolic::block(self, block, row)
    }
}

fn constant(value: bool) -> Node {
    if value { Node::TRUE } else { Node::FALSE }
}

fn children(law: &Law, range: Range) -> &[OpId] {
    let first = range.first as usize;
    law.program.children.get(first..first + range.count as usize).unwrap_or(&[])
}

#[cfg(test)]
mod tests;
