//! What the blocks ask about: exactly, from their functions, and nearly, where there are none.
//!
//! Nearly means every unknown that was met while a block that is not certain was worked out. That
//! holds when the budget ran out, and is never too little; it may be too much.

use super::Symbolic;
use crate::diagram::{Diagram, Node, Variable};
use crate::facts::RowId;
use crate::unknown::{Meaning, Unknown};
use std::collections::BTreeMap;

/// For everything worked out, the variables that were met on the way, as bits.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    open: Vec<Vec<u64>>,
    done: Vec<Vec<u64>>,
}

impl Reads {
    /// Something is being worked out; [`Reads::end`] must follow.
    pub(super) fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    /// It is worked out. What is certain asks about nothing.
    pub(super) fn end(&mut self, memory: usize, node: Node) {
        let mut met = self.open.pop().unwrap_or_default();
        if node == Node::TRUE || node == Node::FALSE {
            met.clear();
        }
        if let Some(outer) = self.open.last_mut() {
            join(outer, &met);
        }
        if self.done.len() <= memory {
            self.done.resize(memory + 1, Vec::new());
        }
        if let Some(slot) = self.done.get_mut(memory) {
            *slot = met;
        }
    }

    /// What was worked out before is met again.
    pub(super) fn recall(&mut self, memory: usize) {
        if let (Some(outer), Some(met)) = (self.open.last_mut(), self.done.get(memory)) {
            join(outer, met);
        }
    }

    /// A variable is met.
    pub(super) fn mark(&mut self, variable: Variable) {
        let Some(outer) = self.open.last_mut() else { return };
        let word = variable as usize / 64;
        if outer.len() <= word {
            outer.resize(word + 1, 0);
        }
        if let Some(word) = outer.get_mut(word) {
            *word |= 1 << (variable % 64);
        }
    }
}

fn join(into: &mut Vec<u64>, from: &[u64]) {
    if into.len() < from.len() {
        into.resize(from.len(), 0);
    }
    for (into, from) in into.iter_mut().zip(from) {
        *into |= from;
    }
}

/// What each function depends on, worked out for all of them at once.
#[derive(Debug)]
pub struct Supports {
    words: usize,
    bits: Vec<u64>,
}

/// The variables of something unknown, as bits.
#[derive(Debug)]
pub struct Stakes(Vec<u64>);

impl Symbolic<'_> {
    /// What each of the functions made so far depends on.
    #[must_use]
    pub fn supports(&self) -> Supports {
        let words = self.diagram.variables().div_ceil(64);
        let own = |variable: Variable, into: &mut [u64]| {
            if let Some(word) = into.get_mut(variable as usize / 64) {
                *word |= 1 << (variable % 64);
            }
        };
        Supports { words, bits: self.diagram.fold(words, own, |_| 0) }
    }

    /// The variables of each of these, by which [`Symbolic::asks`] tells what rests on them.
    #[must_use]
    pub fn stakes(&self, unknown: &[Unknown]) -> Vec<Stakes> {
        let words = self.diagram.variables().div_ceil(64);
        let places: BTreeMap<&Unknown, usize> = unknown.iter().zip(0..).collect();
        let mut stakes: Vec<Stakes> = unknown.iter().map(|_| Stakes(vec![0; words])).collect();
        for variable in 0..u32::try_from(self.diagram.variables()).unwrap_or(u32::MAX) {
            for of in self.unknowns([variable]) {
                let at = places.get(&of).and_then(|it| stakes.get_mut(*it));
                if let Some(word) = at.and_then(|it| it.0.get_mut(variable as usize / 64)) {
                    *word |= 1 << (variable % 64);
                }
            }
        }
        stakes
    }

    /// Calls back with the place of each of these that a block rests on which is not certain:
    /// exactly, where `supports` are given; otherwise with each that was met when the block was
    /// worked out, which is at least what it rests on, and known even when the budget ran out.
    pub fn asks(
        &mut self,
        (place, row): (usize, RowId),
        supports: Option<&Supports>,
        stakes: &[Stakes],
        mut call: impl FnMut(usize),
    ) {
        let node = Symbolic::block(self, place, row);
        let bits = match supports {
            _ if node.is_certain() => &[],
            Some(supports) => {
                let words = supports.words;
                let range = Diagram::place(node).map(|it| it * words..(it + 1) * words);
                range.and_then(|it| supports.bits.get(it)).unwrap_or(&[])
            }
            None => {
                let plan = self.law.program.blocks.get(place);
                let memory = plan.and_then(|it| self.fast.remembered(row, it.subject, it.slot));
                let met = memory.and_then(|(_, memory)| self.reads.done.get(memory));
                met.map_or(&[][..], Vec::as_slice)
            }
        };
        for (place, stake) in stakes.iter().enumerate() {
            if stake.0.iter().zip(bits).any(|(one, other)| one & other != 0) {
                call(place);
            }
        }
    }

    /// Whether a function depends on points of law only, and on one at least.
    #[must_use]
    pub fn is_doubt_of_law(&self, node: Node) -> bool {
        let of_law = |variable| matches!(self.variables.meaning(variable), Some(Meaning::Point(_)));
        !node.is_terminal() && self.diagram.asks_only(node, of_law)
    }
}
