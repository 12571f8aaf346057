//! Blocks that can hold of nothing, whatever the facts.
//!
//! A block is tried on matters of which nothing is known, with two, one or no things of each kind.
//! If it is certainly false in all of them it is called dead. A block that needs three things of a
//! kind to hold would be called so too; the law has not been so subtle yet.

use crate::diagram::Node;
use crate::facts::{Facts, RowId};
use crate::law::Law;
use crate::rulebook::BlockId;
use crate::schema::{KindId, Schema};
use crate::symbolic::Symbolic;

/// Beyond this a block is given the benefit of the doubt.
const NODES: usize = 100_000;

impl Law {
    /// The blocks in force that cannot hold, in the order of the files.
    #[must_use]
    pub fn dead_blocks(&self) -> Vec<BlockId> {
        let schema = &self.rulebook().schema;
        let blocks = self.blocks().iter().enumerate();
        let dead = blocks.filter(|(place, block)| {
            let alive = |count| self.can_hold(*place, &blank(schema, block.subject, count));
            ![1, 2, 0].into_iter().any(alive)
        });
        dead.map(|(_, it)| it.id).collect()
    }

    fn can_hold(&self, place: usize, facts: &Facts) -> bool {
        let subject = self.blocks().get(place).map(|it| it.subject);
        let rows = subject.map_or(&[][..], |it| facts.rows_of(it));
        let mut symbolic = Symbolic::new(self, facts, NODES);
        rows.iter().any(|row| symbolic.block(place, *row) != Node::FALSE)
    }
}

/// A matter of which nothing is known, with so many things of every kind, and one at least of
/// those that the subject needs.
fn blank(schema: &Schema, subject: KindId, count: usize) -> Facts {
    let mut facts = Facts::new(schema);
    let mut needed = vec![subject];
    while let Some(parent) =
        needed.last().and_then(|it| schema.kinds.get(usize::from(it.0))?.parent)
    {
        needed.push(parent);
    }
    for (kind, it) in (0..).map(KindId).zip(&schema.kinds) {
        let Some(parent) = it.parent else { continue };
        let count = if needed.contains(&kind) { count.max(1) } else { count };
        let parents: Vec<RowId> = facts.rows_of(parent).to_vec();
        for parent in parents {
            for _ in 0..count {
                facts.push(schema, kind, parent, 0);
            }
        }
    }
    facts
}

#[cfg(test)]
mod tests;
