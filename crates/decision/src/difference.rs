//! Whether one changed block can make a difference to a transaction: a quick look before two
//! whole answers are worked out and compared.

use crate::engine::{Engine, Options};
use crate::facts::{self, FactOptions};
use crate::transaction::Transaction;
use law::Truth;
use law::rulebook::BlockId;

impl Engine {
    /// Whether the transaction may be answered differently by an engine whose rulebook is this
    /// one's but for the condition of one block. False only where the block is as true of
    /// everything as it was; where it is unknown of something, the exact method must tell.
    #[must_use]
    pub fn may_differ(
        &self,
        changed: &Self,
        block: BlockId,
        transaction: &Transaction,
        options: &Options,
    ) -> bool {
        let legs = transaction.legs();
        let [leg] = legs.as_slice() else { return true };
        if leg.transit.is_some_and(|it| !it.is_empty()) {
            return true; // Each country passed through is a matter of its own.
        }
        let on = options.on.unwrap_or(leg.date);
        let strict = FactOptions { strict: options.strict };
        let facts = facts::facts(leg, on, self.catalogue(), self.bindings(), strict);
        let (ours, theirs) = (self.law(on), changed.law(on));
        let (Some(here), Some(there)) = (ours.place(block), theirs.place(block)) else {
            return ours.place(block) != theirs.place(block);
        };
        let Some(subject) = ours.block(here).map(|it| it.subject) else { return false };
        let (mut before, mut after) = (ours.evaluate(&facts.facts), theirs.evaluate(&facts.facts));
        facts.facts.rows_of(subject).iter().any(|row| {
            let (one, other) = (before.block(here, *row), after.block(there, *row));
            one != other || one == Truth::Unknown
        })
    }
}
