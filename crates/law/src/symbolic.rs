//! What is true of one matter whatever the unknown may turn out to be: exactly.
//!
//! Every unknown fact and every point the law leaves open is a variable; a block is a function of
//! them ([`crate::diagram`]). It is certain when the function is constant, which three-valued
//! logic does not see where the unknown occurs twice ("either way barred"). Where the fast
//! evaluation is certain it is believed, so with everything known nothing is built.
//!
//! Two things are not exact, both from the safe side: an unknown code in an unknown set is a
//! variable of its own, and beyond a budget of nodes everything is [`Node::UNDECIDED`].

use crate::compile::{Op, OpId, Range};
use crate::diagram::{Diagram, NODES, Node, Variable};
use crate::eval::{Evaluation, belongs};
use crate::facts::{Facts, RowId};
use crate::law::Law;
use crate::logic::Logic;
use crate::partition::FactPlan;
use crate::rulebook::{TermId, Thing};
use crate::schema::{FactId, KindId};
use crate::truth::Truth;
use crate::unknown::{Choices, Class, Meaning, Point, Unknown, Variables};
use std::collections::BTreeSet;

mod reading;
pub(crate) mod reads;

pub use reads::{Stakes, Supports};

/// How many steps a bounded evaluation has for each node of its budget: as many as matters of
/// the size that it is meant for take.
const STEPS_EACH: u64 = 6;

/// The exact evaluation of one matter under one day's law.
#[derive(Debug)]
pub struct Symbolic<'a> {
    pub(crate) law: &'a Law,
    pub(crate) facts: &'a Facts,
    pub(crate) fast: Evaluation<'a>,
    pub(crate) diagram: Diagram,
    pub(crate) variables: Variables,
    /// What was worked out, where the fast evaluation remembers it.
    pub(crate) memory: Vec<Option<Node>>,
    pub(crate) stack: Vec<RowId>,
    pub(crate) reads: reads::Reads,
}

impl Law {
    /// Everything that is true of a matter whatever the unknown may be, worked out as it is asked.
    #[must_use]
    pub fn symbolic<'a>(&'a self, facts: &'a Facts) -> Symbolic<'a> {
        Symbolic::new(self, facts, NODES)
    }

    /// The same, but undecided beyond so many nodes, and so many steps for each of them: what it
    /// costs is bounded whatever the matter is.
    #[must_use]
    pub fn symbolic_within<'a>(&'a self, facts: &'a Facts, nodes: usize) -> Symbolic<'a> {
        Symbolic::over(self.evaluate(facts), nodes)
    }
}

impl<'a> Symbolic<'a> {
    /// The exact evaluation, undecided beyond so many nodes.
    #[must_use]
    pub fn new(law: &'a Law, facts: &'a Facts, budget: usize) -> Self {
        Self::from_fast(law.evaluate(facts), Diagram::new(budget))
    }

    /// The exact evaluation on top of a fast one, with all that it found out already; bounded as
    /// by [`Law::symbolic_within`].
    #[must_use]
    pub fn over(fast: Evaluation<'a>, nodes: usize) -> Self {
        let steps = STEPS_EACH.saturating_mul(nodes as u64);
        Self::from_fast(fast, Diagram::within(nodes, steps))
    }

    fn from_fast(fast: Evaluation<'a>, diagram: Diagram) -> Self {
        Self {
            law: fast.law(),
            facts: fast.facts(),
            fast,
            diagram,
            variables: Variables::default(),
            memory: Vec::new(),
            stack: Vec::new(),
            reads: reads::Reads::default(),
        }
    }

    /// The fast evaluation of the same matter, to be gone on with.
    #[must_use]
    pub fn into_fast(self) -> Evaluation<'a> {
        self.fast
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

    /// How many nodes were made so far, and how many steps it took.
    #[must_use]
    pub fn effort(&self) -> (usize, u64) {
        (self.diagram.size(), self.diagram.steps())
    }

    /// How many nodes were made so far: what the evaluation cost, without a clock.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.diagram.size()
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
        self.variables.choices(&mut self.diagram, (self.law, self.facts), unknown)
    }

    /// Everything unknown that was met so far, in order.
    pub(crate) fn met(&self) -> Vec<Unknown> {
        self.unknowns(0..u32::try_from(self.diagram.variables()).unwrap_or(u32::MAX))
    }

    /// Whether an unknown code met an unknown set: then it admits more than can be.
    #[cfg(test)]
    pub(crate) fn approximates(&self) -> bool {
        let known = |(row, fact)| {
            matches!(self.facts.value(row, fact), crate::Value::Code(_) | crate::Value::Set(_))
        };
        (0..).map_while(|it| self.variables.meaning(it)).any(|it| match it {
            Meaning::Member { code, set } => !known(code) && !known(set),
            Meaning::Fact(..) | Meaning::Group(..) | Meaning::Point(_) => false,
        })
    }

    fn unknowns(&self, variables: impl IntoIterator<Item = Variable>) -> Vec<Unknown> {
        let mut unknown = BTreeSet::new();
        for variable in variables {
            match self.variables.meaning(variable) {
                Some(Meaning::Fact(row, fact) | Meaning::Group(row, fact, _)) => {
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

    fn point(&mut self, point: Point) -> Node {
        self.open(Meaning::Point(point))
    }

    /// Something that may hold or not, as nothing is known of it.
    fn open(&mut self, meaning: Meaning) -> Node {
        let variable = self.variables.other(&mut self.diagram, meaning);
        self.reads.mark(variable);
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
            self.reads.begin();
            return None;
        }
        self.reads.recall(memory);
        *slot
    }

    fn remember(&mut self, memory: usize, node: Node) -> Node {
        self.reads.end(memory, node);
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
