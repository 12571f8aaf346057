//! Which blocks a number of matters saw true, false and unknown.

use crate::eval::Evaluation;
use crate::rulebook::BlockId;
use crate::truth::Truth;
use std::collections::BTreeMap;

/// How often a block was seen to be what.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// How often true.
    pub holding: u64,
    /// How often false.
    pub failing: u64,
    /// How often unknown.
    pub unknown: u64,
}

/// What was seen of each block, over matters and days.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Coverage {
    seen: BTreeMap<BlockId, Seen>,
}

impl Coverage {
    /// Adds every block of an evaluation, of every thing it can be said of. A block in force that
    /// can be said of nothing is listed too, as never seen.
    pub fn add(&mut self, evaluation: &mut Evaluation<'_>) {
        let (law, facts) = (evaluation.law(), evaluation.facts());
        for (place, block) in law.blocks().iter().enumerate() {
            let seen = self.seen.entry(block.id).or_default();
            for row in facts.rows_of(block.subject) {
                match evaluation.block(place, *row) {
                    Truth::True => seen.holding += 1,
                    Truth::False => seen.failing += 1,
                    Truth::Unknown => seen.unknown += 1,
                }
            }
        }
    }

    /// What was seen of a block; nothing if it was never in force.
    #[must_use]
    pub fn of(&self, block: BlockId) -> Seen {
        self.seen.get(&block).copied().unwrap_or_default()
    }

    /// Every block that was in force, in the order of the files.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockId, Seen)> + '_ {
        self.seen.iter().map(|(block, seen)| (*block, *seen))
    }
}

#[cfg(test)]
mod tests;
