//! Which outcome is settled, which are still possible, and what can still change it.
//!
//! The outcomes are given as functions of the unknown, the first that holds counts, and they cover
//! everything. They become one function with many ends; in a diagram that function depends on
//! exactly those unknowns that can change the outcome for some completion of the others.

use crate::diagram::{Diagram, Node};
use crate::symbolic::Symbolic;
use crate::unknown::{Choices, Unknown};

/// Outcomes put together into one function of what is unknown, in the evaluation that made it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outlook<L> {
    /// The outcomes that are conceivable, each once, in the order given.
    labels: Vec<L>,
    /// Which of them it is, as far as it is worked out.
    outcome: Node,
}

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

impl<L> Outlook<L> {
    /// The node that it is, to be renamed where an evaluation goes on: see [`Symbolic::resumed`].
    pub fn node(&mut self) -> &mut Node {
        &mut self.outcome
    }
}

impl Symbolic<'_> {
    /// Puts outcomes together, of which the first that holds counts. Equal labels are one outcome.
    pub fn outlook<L: Copy + Eq>(&mut self, outcomes: &[(L, Node)]) -> Outlook<L> {
        let mut labels: Vec<L> = Vec::new();
        let mut ends = Vec::with_capacity(outcomes.len());
        for (label, condition) in conceivable(outcomes) {
            let place = labels.iter().position(|it| *it == label).unwrap_or_else(|| {
                labels.push(label);
                labels.len() - 1
            });
            ends.push((Node::label(place), condition));
        }
        // From the last on, so that what stands before goes before.
        let outcome = ends.into_iter().rev().fold(Node::UNDECIDED, |rest, (end, condition)| {
            self.diagram.overlay(condition, end, rest)
        });
        Outlook { labels, outcome }
    }

    /// Tells what can still change an outcome.
    pub fn relevance<L: Copy + Eq>(&mut self, outlook: &Outlook<L>) -> Relevance<L> {
        let Outlook { labels, outcome } = outlook;
        let outcome = *outcome;
        if let Some(label) = outcome.as_label().and_then(|it| labels.get(it)) {
            let (settled, possible) = (Some(*label), vec![*label]);
            return Relevance { settled, possible, open: Vec::new(), undecided: false };
        }
        let ends = Ends::of(&self.diagram, outcome);
        if ends.undecided {
            let open = self.met().into_iter().map(|unknown| {
                let classes = self.choices(&unknown).len();
                Relevant { unknown, classes, settling: 0 }
            });
            let (open, possible) = (open.collect(), labels.clone());
            return Relevance { settled: None, possible, open, undecided: true };
        }
        let possible: Vec<L> =
            ends.labels.iter().filter_map(|it| labels.get(*it).copied()).collect();
        let open = self.support(outcome);
        let open = self.relevant(outcome, open);
        Relevance { settled: None, possible, open, undecided: false }
    }

    /// Where the outcome can end in each class of something unknown; equal labels are one outcome.
    /// Where the matter is undecided, or too much would have to be looked at, nothing is excluded
    /// that is conceivable at all.
    pub fn prospects<L: Copy + Eq>(
        &mut self,
        outlook: &Outlook<L>,
        unknown: &[Unknown],
    ) -> Vec<Vec<Vec<L>>> {
        let Outlook { labels, outcome } = outlook;
        let outcome = *outcome;
        let choices: Vec<Choices> = unknown.iter().map(|it| self.choices(it)).collect();
        let mut walk = Walk::new(&self.diagram, outcome);
        let of = |ends: u64| -> Vec<L> {
            let open = ends & UNDECIDED_END != 0;
            let can = |place: &usize| open || ends >> place & 1 == 1;
            (0..labels.len()).filter(can).filter_map(|it| labels.get(it).copied()).collect()
        };
        let prospects = choices.iter().map(|choices| {
            (0..choices.len()).map(|class| of(walk.ends(outcome, choices, class))).collect()
        });
        prospects.collect()
    }

    /// How each of these can change the outcome.
    fn relevant(&mut self, outcome: Node, unknown: Vec<Unknown>) -> Vec<Relevant> {
        let choices: Vec<Choices> = unknown.iter().map(|it| self.choices(it)).collect();
        let mut walk = Walk::new(&self.diagram, outcome);
        let relevant = unknown.into_iter().zip(choices).map(|(unknown, choices)| {
            let classes = choices.len();
            let settles = |class: &usize| {
                let ends = walk.ends_until(outcome, &choices, *class, 1);
                ends.is_power_of_two() && ends != UNDECIDED_END
            };
            Relevant { unknown, classes, settling: (0..classes).filter(settles).count() }
        });
        relevant.collect()
    }
}

/// The outcomes that may count, as far as can be seen from each by itself: none that never holds,
/// and none after one that always does.
fn conceivable<L: Copy>(outcomes: &[(L, Node)]) -> impl Iterator<Item = (L, Node)> {
    let mut open = true;
    let in_turn = outcomes.iter().copied().filter(|it| it.1 != Node::FALSE);
    in_turn.take_while(move |it| std::mem::replace(&mut open, it.1 != Node::TRUE))
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

/// The bit of what is not worked out, or of a label that has no bit.
const UNDECIDED_END: u64 = 1 << 63;

/// How many nodes all walks over one function may look at.
const VISITS: usize = 100_000;

/// Walks a function with one unknown fixed, to see where it can end.
struct Walk<'d> {
    diagram: &'d Diagram,
    /// Where each node can end, with nothing fixed.
    reach: Vec<u64>,
    /// The last walk in which a node was seen.
    seen: Vec<u32>,
    number: u32,
    open: Vec<Node>,
    visits: usize,
}

impl<'d> Walk<'d> {
    fn new(diagram: &'d Diagram, outcome: Node) -> Self {
        let reach =
            if outcome.is_terminal() { Vec::new() } else { diagram.fold(1, |_, _| {}, bit) };
        let seen = vec![0; diagram.size()];
        Self { diagram, reach, seen, number: 0, open: Vec::new(), visits: VISITS }
    }

    /// The ends there are where the unknown is in a class, one bit for each label.
    fn ends(&mut self, node: Node, choices: &Choices, class: usize) -> u64 {
        self.ends_until(node, choices, class, u32::MAX)
    }

    /// The same, but no more is looked for once there are more than so many. What can add nothing
    /// is skipped: below the last variable that is fixed, and where all ends are found already.
    fn ends_until(&mut self, node: Node, choices: &Choices, class: usize, enough: u32) -> u64 {
        self.number += 1;
        self.open.clear();
        self.open.push(node);
        let fixed = choices.fixed(class);
        let last = fixed.iter().map(|it| self.diagram.rank(it.0)).max();
        let mut ends = 0;
        while let Some(node) = self.open.pop() {
            let place = Diagram::place(node);
            let reach = match place {
                None => bit(node),
                Some(it) => self.reach.get(it).copied().unwrap_or(UNDECIDED_END),
            };
            if reach & !ends == 0 {
                continue;
            }
            let top = self.diagram.top(node);
            let Some(place) = place.filter(|_| last >= Some(self.diagram.rank(top))) else {
                ends |= reach;
                if ends.count_ones() > enough {
                    return ends;
                }
                continue;
            };
            let seen = self.seen.get_mut(place).map(|it| std::mem::replace(it, self.number));
            if seen == Some(self.number) {
                continue;
            }
            let Some(left) = self.visits.checked_sub(1) else { return ends | UNDECIDED_END };
            self.visits = left;
            let cases = self.diagram.cases(node);
            match fixed.iter().find(|it| it.0 == top) {
                Some((_, case)) => self.open.extend(cases.get(usize::from(*case))),
                None => self.open.extend_from_slice(cases),
            }
        }
        ends
    }
}

/// The bit of a terminal.
fn bit(node: Node) -> u64 {
    let label = node.as_label().and_then(|it| u32::try_from(it).ok()).filter(|it| *it < 63);
    label.map_or(UNDECIDED_END, |it| 1 << it)
}

#[cfg(test)]
mod tests;
