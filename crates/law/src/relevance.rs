//! Which outcome is settled, which are still possible, and what can still change it.
//!
//! The outcomes are given as functions of the unknown that exclude each other and cover
//! everything. They become one function with many ends; in a diagram that function depends on
//! exactly those unknowns that can change the outcome for some completion of the others.

use crate::diagram::{Diagram, Node};
use crate::symbolic::Symbolic;
use crate::unknown::{Choices, Unknown};

/// What is known of an outcome.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Relevance<L> {
    /// The outcome, if it is the same for every completion.
    pub settled: Option<L>,
    /// The outcomes that some completion has, in the order given. The settled one alone, if there
    /// is one.
    pub possible: Vec<L>,
    /// What can still change the outcome, in order.
    pub open: Vec<Relevant>,
    /// Whether the budget ran out, or the matter is broken, so that nothing can be settled; then
    /// every unknown that was met counts as open.
    pub undecided: bool,
}

/// Something unknown that can still change the outcome.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Relevant {
    /// What it is.
    pub unknown: Unknown,
    /// How many classes of values it has: see [`Symbolic::classes`].
    pub classes: usize,
    /// In how many of them the outcome is settled at once.
    pub settling: usize,
}

impl Symbolic<'_> {
    /// Tells what can still change an outcome. Equal labels are one outcome.
    pub fn relevance<L: Copy + Eq>(&mut self, outcomes: &[(L, Node)]) -> Relevance<L> {
        let mut labels: Vec<L> = Vec::new();
        let mut outcome = Node::UNDECIDED;
        for (label, condition) in outcomes {
            let place = labels.iter().position(|it| it == label).unwrap_or_else(|| {
                labels.push(*label);
                labels.len() - 1
            });
            outcome = self.diagram.overlay(*condition, Node::label(place), outcome);
        }
        let certain = outcomes.iter().find(|(_, it)| *it == Node::TRUE).map(|(label, _)| *label);
        let ends = Ends::of(&self.diagram, outcome);
        if ends.undecided && certain.is_none() {
            let conceivable =
                |label: &L| outcomes.iter().any(|(other, it)| other == label && *it != Node::FALSE);
            let possible = labels.into_iter().filter(conceivable).collect();
            let open = self.met();
            let open = self.relevant(outcome, open);
            return Relevance { settled: None, possible, open, undecided: true };
        }
        if let Some(label) = certain {
            let (settled, possible) = (Some(label), vec![label]);
            return Relevance { settled, possible, open: Vec::new(), undecided: false };
        }
        let possible: Vec<L> =
            ends.labels.iter().filter_map(|it| labels.get(*it).copied()).collect();
        let settled = match possible.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let open = self.support(outcome);
        let open = self.relevant(outcome, open);
        Relevance { settled, possible, open, undecided: false }
    }

    /// How each of these can change the outcome.
    fn relevant(&mut self, outcome: Node, unknown: Vec<Unknown>) -> Vec<Relevant> {
        let choices: Vec<Choices> = unknown.iter().map(|it| self.choices(it)).collect();
        let mut walk = Walk::new(&self.diagram);
        let relevant = unknown.into_iter().zip(choices).map(|(unknown, choices)| {
            let classes = choices.len();
            let settles = |class: &usize| walk.end(outcome, &choices, *class).is_some();
            Relevant { unknown, classes, settling: (0..classes).filter(settles).count() }
        });
        relevant.collect()
    }
}

/// Where a function can end.
struct Ends {
    labels: Vec<usize>,
    undecided: bool,
}

impl Ends {
    fn of(diagram: &Diagram, node: Node) -> Self {
        let mut seen = vec![false; diagram.size()];
        let mut ends = Self { labels: Vec::new(), undecided: false };
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match Diagram::place(node) {
                Some(place) => {
                    let first = seen.get_mut(place).is_some_and(|it| !std::mem::replace(it, true));
                    if first {
                        open.extend_from_slice(diagram.cases(node));
                    }
                }
                None => match node.as_label() {
                    Some(label) => ends.labels.push(label),
                    None => ends.undecided = true,
                },
            }
        }
        ends.labels.sort_unstable();
        ends.labels.dedup();
        ends
    }
}

/// Walks a function with one unknown fixed, to see whether it has one end.
struct Walk<'d> {
    diagram: &'d Diagram,
    /// The last walk in which a node was seen.
    seen: Vec<u32>,
    number: u32,
    open: Vec<Node>,
}

impl<'d> Walk<'d> {
    fn new(diagram: &'d Diagram) -> Self {
        Self { diagram, seen: vec![0; diagram.size()], number: 0, open: Vec::new() }
    }

    /// The only end there is where the unknown is in a class. Most walks meet a second end after
    /// a few steps.
    fn end(&mut self, node: Node, choices: &Choices, class: usize) -> Option<Node> {
        self.number += 1;
        self.open.clear();
        self.open.push(node);
        let mut end = None;
        while let Some(node) = self.open.pop() {
            let Some(place) = Diagram::place(node) else {
                let same = end.is_none_or(|it| it == node) && node != Node::UNDECIDED;
                if !same {
                    return None;
                }
                end = Some(node);
                continue;
            };
            let seen = self.seen.get_mut(place)?;
            if std::mem::replace(seen, self.number) == self.number {
                continue;
            }
            let cases = self.diagram.cases(node);
            match choices.case(self.diagram.top(node), class) {
                Some(case) => self.open.extend(cases.get(usize::from(case))),
                None => self.open.extend_from_slice(cases),
            }
        }
        end
    }
}

#[cfg(test)]
mod tests;
