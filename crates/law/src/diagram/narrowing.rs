//! Some functions of a diagram where variables have one of their cases, in a diagram of their own.

use super::{Diagram, Node};

impl Diagram {
    /// Lets the operations look at as many cases as at first.
    pub(crate) fn begin_anew(&mut self) {
        self.steps = self.steps_at_first;
    }

    /// The functions of `roots` where each variable that has a case in `fixed` (by its number) has
    /// that case: in a new diagram over the same variables, in which each root is renamed. Nothing
    /// else is taken along. The new diagram gives up after as many nodes as this one, of which
    /// there are fewer now, and after the steps that this one has left.
    pub(crate) fn narrowed(&self, fixed: &[Option<u16>], roots: &mut [&mut Node]) -> Self {
        let case_of = |variable: u32| fixed.get(variable as usize).copied().flatten();
        let mut needed = vec![false; self.nodes.len()];
        let mut open: Vec<Node> = roots.iter().map(|it| **it).collect();
        while let Some(node) = open.pop() {
            let Some(place) = Self::place(node) else { continue };
            if needed.get_mut(place).is_none_or(|it| std::mem::replace(it, true)) {
                continue;
            }
            match case_of(self.top(node)) {
                Some(case) => open.extend(self.cases(node).get(usize::from(case))),
                None => open.extend_from_slice(self.cases(node)),
            }
        }
        let mut narrowed =
            Self { steps: self.steps, ..Self::within(self.budget, self.steps_at_first) };
        let nodes = needed.iter().filter(|it| **it).count();
        narrowed.table = vec![0; (nodes * 3).next_power_of_two().max(256)];
        narrowed.nodes.reserve(nodes);
        narrowed.cases.reserve(nodes * 2);
        narrowed.arities.clone_from(&self.arities);
        narrowed.ranks.clone_from(&self.ranks);
        let mut renamed = vec![Node::UNDECIDED; self.nodes.len()];
        // A node is made after those it leads to, so these have their new names already.
        for (place, entry) in self.nodes.iter().enumerate() {
            if !needed.get(place).is_some_and(|it| *it) {
                continue;
            }
            let first = entry.first as usize;
            let cases = first..first + usize::from(self.arity(entry.variable));
            let cases = self.cases.get(cases).unwrap_or(&[]);
            let name = |node: &Node| match Self::place(*node) {
                None => *node,
                Some(place) => renamed.get(place).copied().unwrap_or(Node::UNDECIDED),
            };
            let node = if let Some(case) = case_of(entry.variable) {
                cases.get(usize::from(case)).map_or(Node::UNDECIDED, name)
            } else {
                let from = narrowed.pending.len();
                narrowed.pending.extend(cases.iter().map(name));
                narrowed.make(entry.variable, from)
            };
            if let Some(slot) = renamed.get_mut(place) {
                *slot = node;
            }
        }
        for root in roots {
            if let Some(place) = Self::place(**root) {
                **root = renamed.get(place).copied().unwrap_or(Node::UNDECIDED);
            }
        }
        narrowed
    }
}
