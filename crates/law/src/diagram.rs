//! Decision diagrams over variables with any number of cases.
//!
//! Nodes are shared: two diagrams of the same function are the same [`Node`], so "constant" and
//! "depends on" are comparisons. Variables are asked in the order of their ranks. Beyond `TRUE`
//! and `FALSE` there is the terminal [`Node::UNDECIDED`]: what a budget or broken input left open.
//! It spreads like "unknown" and is never taken for either. Further terminals are labels, for
//! functions with more than two outcomes.

mod narrowing;

use std::collections::BTreeSet;

/// A function of the variables, in the diagram that made it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Node(u32);

impl Node {
    /// Never.
    pub const FALSE: Self = Self(0);
    /// Always.
    pub const TRUE: Self = Self(1);
    /// Not worked out: may be anything.
    pub const UNDECIDED: Self = Self(2);

    const LABELS: u32 = 3;
    /// The nodes before this one are terminals.
    const FIRST: u32 = 1024;

    /// The terminal of a label; undecided if there are too many.
    pub(crate) fn label(label: usize) -> Self {
        let id = u32::try_from(label).ok().and_then(|it| it.checked_add(Self::LABELS));
        id.filter(|it| *it < Self::FIRST).map_or(Self::UNDECIDED, Self)
    }

    /// The label of a terminal.
    pub(crate) fn as_label(self) -> Option<usize> {
        (self.is_terminal() && self.0 >= Self::LABELS).then(|| (self.0 - Self::LABELS) as usize)
    }

    /// Whether it holds for every completion, or for none.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self == Self::FALSE || self == Self::TRUE
    }

    /// Whether it is the same for every completion, or undecided.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        self.0 < Self::FIRST
    }
}

/// A variable of a diagram.
pub(crate) type Variable = u32;

const NO_VARIABLE: Variable = u32::MAX;

/// How many nodes a diagram may have before it gives up.
pub(crate) const NODES: usize = 1_000_000;
/// How many cases all nodes may have together.
const CASES: usize = 8_000_000;
/// How many cases all operations may look at together.
const STEPS: u64 = 6_000_000;

/// The nodes of all functions over one set of variables.
#[derive(Debug)]
pub(crate) struct Diagram {
    arities: Vec<u16>,
    /// When each variable is asked: by rank, and as they were made.
    ranks: Vec<u64>,
    nodes: Vec<Entry>,
    cases: Vec<Node>,
    /// Places of nodes, found by hash; 0 is free.
    table: Vec<u32>,
    /// Results of operations, the latest at each place: the number of the operation (0 for none),
    /// left, right, and what it is.
    results: Vec<[u32; 4]>,
    pending: Vec<Node>,
    budget: usize,
    steps: u64,
    /// The steps there were at first.
    steps_at_first: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    variable: Variable,
    first: u32,
}

/// Where a node leads in each case of some variable.
#[derive(Clone, Copy)]
enum Follow {
    /// To the nodes from this place on among those that nodes lead to.
    Cases(u32),
    /// Nowhere else.
    Same(Node),
}

impl Follow {
    fn at(self, case: usize, cases: &[Node]) -> Option<Node> {
        match self {
            Self::Cases(first) => cases.get(first as usize + case).copied(),
            Self::Same(node) => Some(node),
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Operation {
    And,
    Or,
    Not,
    /// This terminal where the left holds, else the right.
    Label(Node),
    /// The left where the variable has this case.
    Restrict(Variable, u16),
}

impl Operation {
    /// A number of its own; none where its result is not remembered.
    fn number(self) -> Option<u32> {
        const RESTRICT: u32 = 1 << 31;
        match self {
            Self::And => Some(1),
            Self::Or => Some(2),
            Self::Not => Some(3),
            Self::Label(node) => Some(4 + node.0),
            Self::Restrict(variable, case) => {
                let variable = variable.checked_shl(16).filter(|it| it >> 16 == variable);
                variable.filter(|it| it < &RESTRICT).map(|it| RESTRICT | it | u32::from(case))
            }
        }
    }
}

impl Diagram {
    /// A diagram without variables, that gives up after so many nodes.
    pub(crate) fn new(budget: usize) -> Self {
        Self {
            arities: Vec::new(),
            ranks: Vec::new(),
            nodes: Vec::new(),
            cases: Vec::new(),
            table: vec![0; 256],
            results: vec![[0; 4]; 512],
            pending: Vec::new(),
            budget,
            steps: STEPS,
            steps_at_first: STEPS,
        }
    }

    /// A diagram that gives up as soon as its operations have looked at so many cases, too.
    pub(crate) fn within(budget: usize, steps: u64) -> Self {
        let steps = steps.min(STEPS);
        Self { steps, steps_at_first: steps, ..Self::new(budget) }
    }

    /// A new variable with so many cases. Those of lower rank are asked first; a diagram is small
    /// if what many functions ask is asked first.
    pub(crate) fn variable(&mut self, cases: u16, rank: u32) -> Variable {
        self.ranks.push(u64::from(rank) << 32 | self.arities.len() as u64);
        self.arities.push(cases);
        u32::try_from(self.arities.len() - 1).unwrap_or(NO_VARIABLE)
    }

    /// How many cases a variable has.
    pub(crate) fn arity(&self, variable: Variable) -> u16 {
        self.arities.get(variable as usize).copied().unwrap_or(0)
    }

    /// When a variable is asked; a terminal comes last.
    pub(crate) fn rank(&self, variable: Variable) -> u64 {
        self.ranks.get(variable as usize).copied().unwrap_or(u64::MAX)
    }

    /// How many cases the operations looked at so far.
    pub(crate) fn steps(&self) -> u64 {
        self.steps_at_first - self.steps
    }

    /// How many variables there are.
    pub(crate) fn variables(&self) -> usize {
        self.arities.len()
    }

    /// The variable a node asks first.
    pub(crate) fn top(&self, node: Node) -> Variable {
        self.entry(node).map_or(NO_VARIABLE, |it| it.variable)
    }

    /// Where a node leads, case by case; nothing for a terminal.
    pub(crate) fn cases(&self, node: Node) -> &[Node] {
        let range = self.entry(node).map(|it| {
            let first = it.first as usize;
            first..first + usize::from(self.arity(it.variable))
        });
        range.and_then(|it| self.cases.get(it)).unwrap_or(&[])
    }

    /// How many nodes there are, to give each a place: see [`Diagram::place`].
    pub(crate) fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The place of a node that is no terminal, below [`Diagram::size`].
    pub(crate) fn place(node: Node) -> Option<usize> {
        node.0.checked_sub(Node::FIRST).map(|it| it as usize)
    }

    /// The function that a variable chooses among these, which must not speak of it or of
    /// variables before it; where one does, the choice is put together the long way.
    pub(crate) fn choice(&mut self, variable: Variable, cases: &[Node]) -> Node {
        if cases.iter().all(|it| self.rank(self.top(*it)) > self.rank(variable)) {
            let from = self.pending.len();
            self.pending.extend_from_slice(cases);
            return self.make(variable, from);
        }
        let mut all = Node::FALSE;
        for (case, then) in cases.iter().enumerate() {
            let from = self.pending.len();
            let is = (0..cases.len()).map(|it| Node(u32::from(it == case)));
            self.pending.extend(is);
            let is_case = self.make(variable, from);
            let both = self.and(is_case, *then);
            all = self.or(all, both);
        }
        all
    }

    /// Both hold.
    pub(crate) fn and(&mut self, left: Node, right: Node) -> Node {
        self.apply(Operation::And, left, right)
    }

    /// At least one holds.
    pub(crate) fn or(&mut self, left: Node, right: Node) -> Node {
        self.apply(Operation::Or, left, right)
    }

    /// It does not hold.
    pub(crate) fn not(&mut self, node: Node) -> Node {
        self.apply(Operation::Not, node, node)
    }

    /// The label where the condition holds, else what the rest says.
    pub(crate) fn overlay(&mut self, condition: Node, label: Node, rest: Node) -> Node {
        self.apply(Operation::Label(label), condition, rest)
    }

    /// The function where a variable has one of its cases.
    pub(crate) fn restrict(&mut self, node: Node, variable: Variable, case: u16) -> Node {
        self.apply(Operation::Restrict(variable, case), node, node)
    }

    /// The variables it depends on, in order.
    pub(crate) fn support(&self, node: Node) -> Vec<Variable> {
        let mut seen = vec![false; self.size()];
        let mut depends = vec![false; self.arities.len()];
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let Some(seen) = Self::place(node).and_then(|it| seen.get_mut(it)) else { continue };
            if !std::mem::replace(seen, true) {
                if let Some(depends) = depends.get_mut(self.top(node) as usize) {
                    *depends = true;
                }
                open.extend_from_slice(self.cases(node));
            }
        }
        (0..).zip(depends).filter_map(|(variable, it)| it.then_some(variable)).collect()
    }

    /// Whether it asks no variable but such ones.
    pub(crate) fn asks_only(&self, node: Node, such: impl Fn(Variable) -> bool) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if !node.is_terminal() && seen.insert(node) {
                if !such(self.top(node)) {
                    return false;
                }
                open.extend_from_slice(self.cases(node));
            }
        }
        true
    }

    /// For every node, by place, what its cases come to: a node is made after those it leads to,
    /// so one pass is enough. `own` is what the variable of a node adds by itself.
    pub(crate) fn fold(
        &self,
        words: usize,
        own: impl Fn(Variable, &mut [u64]),
        terminal: impl Fn(Node) -> u64,
    ) -> Vec<u64> {
        let mut bits = vec![0_u64; words * self.nodes.len()];
        for (place, entry) in self.nodes.iter().enumerate() {
            let (before, rest) = bits.split_at_mut(place * words);
            let Some(into) = rest.get_mut(..words) else { continue };
            own(entry.variable, into);
            let first = entry.first as usize;
            let cases = first..first + usize::from(self.arity(entry.variable));
            let cases = self.cases.get(cases).unwrap_or(&[]);
            if let [into] = into {
                for case in cases {
                    *into |= match Self::place(*case) {
                        None => terminal(*case),
                        Some(place) => before.get(place).copied().unwrap_or(0),
                    };
                }
                continue;
            }
            for case in cases {
                match Self::place(*case) {
                    None => {
                        if let Some(word) = into.first_mut() {
                            *word |= terminal(*case);
                        }
                    }
                    Some(place) => {
                        let from = before.get(place * words..(place + 1) * words).unwrap_or(&[]);
                        for (into, from) in into.iter_mut().zip(from) {
                            *into |= from;
                        }
                    }
                }
            }
        }
        bits
    }

    fn entry(&self, node: Node) -> Option<Entry> {
        self.nodes.get(Self::place(node)?).copied()
    }

    fn apply(&mut self, operation: Operation, left: Node, right: Node) -> Node {
        if let Some(known) = self.obvious(operation, left, right) {
            return known;
        }
        let commutes = matches!(operation, Operation::And | Operation::Or);
        let (left, right) = if commutes && left > right { (right, left) } else { (left, right) };
        let number = operation.number();
        let hash = hash_of_result(number.unwrap_or(0), left.0, right.0);
        if let (Some(number), Some([known, one, other, is])) =
            (number, self.results.get(low(hash) & (self.results.len() - 1)))
            && (*known, *one, *other) == (number, left.0, right.0)
        {
            return Node(*is);
        }
        let (of_left, of_right) = (self.top(left), self.top(right));
        let variable = if self.rank(of_left) <= self.rank(of_right) { of_left } else { of_right };
        match self.steps.checked_sub(u64::from(self.arity(variable))) {
            Some(left) => self.steps = left,
            None => return Node::UNDECIDED,
        }
        let is = match operation {
            Operation::Restrict(restricted, case) if restricted == variable => {
                self.cases(left).get(usize::from(case)).copied().unwrap_or(Node::UNDECIDED)
            }
            Operation::And
            | Operation::Or
            | Operation::Not
            | Operation::Label(_)
            | Operation::Restrict(..) => {
                let from = self.pending.len();
                let left = self.follow(left, of_left == variable);
                let right = self.follow(right, of_right == variable);
                for case in 0..usize::from(self.arity(variable)) {
                    let part = match (left.at(case, &self.cases), right.at(case, &self.cases)) {
                        (Some(left), Some(right)) => self.apply(operation, left, right),
                        (None, _) | (_, None) => Node::UNDECIDED,
                    };
                    self.pending.push(part);
                }
                self.make(variable, from)
            }
        };
        let place = low(hash) & (self.results.len() - 1);
        if let (Some(number), Some(slot)) = (number, self.results.get_mut(place)) {
            *slot = [number, left.0, right.0, is.0];
        }
        is
    }

    /// Where a node leads in each case of a variable; `asks` says whether it asks the variable.
    fn follow(&self, node: Node, asks: bool) -> Follow {
        match self.entry(node) {
            Some(entry) if asks => Follow::Cases(entry.first),
            Some(_) | None => Follow::Same(node),
        }
    }

    fn obvious(&self, operation: Operation, left: Node, right: Node) -> Option<Node> {
        let both_terminal = left.is_terminal() && right.is_terminal();
        match operation {
            Operation::And => match (left, right) {
                (Node::FALSE, _) | (_, Node::FALSE) => Some(Node::FALSE),
                (Node::TRUE, other) | (other, Node::TRUE) => Some(other),
                _ if left == right => Some(left),
                _ => both_terminal.then_some(Node::UNDECIDED),
            },
            Operation::Or => match (left, right) {
                (Node::TRUE, _) | (_, Node::TRUE) => Some(Node::TRUE),
                (Node::FALSE, other) | (other, Node::FALSE) => Some(other),
                _ if left == right => Some(left),
                _ => both_terminal.then_some(Node::UNDECIDED),
            },
            Operation::Not => match left {
                Node::FALSE => Some(Node::TRUE),
                Node::TRUE => Some(Node::FALSE),
                _ => left.is_terminal().then_some(Node::UNDECIDED),
            },
            Operation::Label(label) => match left {
                Node::TRUE => Some(label),
                Node::FALSE => Some(right),
                _ if right == label => Some(label),
                _ => left.is_terminal().then_some(Node::UNDECIDED),
            },
            Operation::Restrict(variable, _) => {
                (self.rank(self.top(left)) > self.rank(variable)).then_some(left)
            }
        }
    }

    /// The node that asks a variable and leads to the pending nodes from `from` on.
    fn make(&mut self, variable: Variable, from: usize) -> Node {
        let cases = self.pending.get(from..).unwrap_or(&[]);
        let node = match cases.split_first() {
            None => Node::UNDECIDED,
            Some((first, rest)) if rest.iter().all(|it| it == first) => *first,
            Some(_) => {
                let hash = hash_of(variable, cases);
                match self.find(variable, cases, hash) {
                    Some(node) => node,
                    None => self.insert(variable, from, hash),
                }
            }
        };
        self.pending.truncate(from);
        node
    }

    fn find(&self, variable: Variable, cases: &[Node], hash: u64) -> Option<Node> {
        let mut place = low(hash) & (self.table.len() - 1);
        loop {
            let found = Node(*self.table.get(place)?);
            if found.0 == 0 {
                return None;
            }
            let entry = self.entry(found)?;
            let first = entry.first as usize;
            if entry.variable == variable
                && self.cases.get(first..first + cases.len()).is_some_and(|it| it == cases)
            {
                return Some(found);
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }

    fn insert(&mut self, variable: Variable, from: usize, hash: u64) -> Node {
        let cases = self.pending.get(from..).unwrap_or(&[]);
        if self.nodes.len() >= self.budget || self.cases.len() + cases.len() > CASES {
            return Node::UNDECIDED;
        }
        let first = u32::try_from(self.cases.len()).unwrap_or(u32::MAX);
        self.cases.extend_from_slice(cases);
        self.nodes.push(Entry { variable, first });
        let node = Node(u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX) + Node::FIRST);
        if self.nodes.len() * 2 > self.table.len() {
            self.grow();
        } else {
            self.enter(node, hash);
        }
        node
    }

    fn enter(&mut self, node: Node, hash: u64) {
        let mask = self.table.len() - 1;
        let mut place = low(hash) & mask;
        while let Some(slot) = self.table.get_mut(place) {
            if *slot == 0 {
                *slot = node.0;
                return;
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; self.table.len() * 4];
        for place in 0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX) {
            let node = Node(place + Node::FIRST);
            self.enter(node, hash_of(self.top(node), self.cases(node)));
        }
        // What is remembered moves with it: only what shared a place is worked out again.
        if self.results.len() >= self.table.len() / 4 {
            return;
        }
        let before = std::mem::take(&mut self.results);
        self.results = vec![[0; 4]; self.table.len() / 4];
        for it in before {
            let [number, left, right, _] = it;
            if number != 0 {
                let place = low(hash_of_result(number, left, right)) & (self.results.len() - 1);
                if let Some(slot) = self.results.get_mut(place) {
                    *slot = it;
                }
            }
        }
    }
}

fn hash_of_result(number: u32, left: u32, right: u32) -> u64 {
    mix(u64::from(number) ^ mix(u64::from(left) << 32 | u64::from(right)))
}

fn hash_of(variable: Variable, cases: &[Node]) -> u64 {
    cases.iter().fold(mix(u64::from(variable)), |hash, it| mix(hash ^ u64::from(it.0)))
}

/// Spreads the bits of a number. The same on every machine and in every run.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    number ^ (number >> 29)
}

#[expect(clippy::cast_possible_truncation, reason = "only the low bits choose a place")]
fn low(hash: u64) -> usize {
    hash as usize
}

#[cfg(test)]
mod tests;
