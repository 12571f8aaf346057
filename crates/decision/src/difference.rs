//! Whether one changed block can make a difference to a transaction: a quick look before two
//! whole answers are worked out and compared.

use crate::classification::classified_items;
use crate::engine::{Engine, Options};
use crate::facts::{self, FactOptions, MatterFacts};
use crate::transaction::Transaction;
use jiff::civil::Date;
use law::Truth;
use law::rulebook::BlockId;
use std::collections::BTreeSet;

/// The facts of a transaction, to look again and again at what is true of it under one law or
/// another.
#[derive(Debug)]
pub struct Probe {
    on: Date,
    facts: MatterFacts,
}

impl Engine {
    /// The facts of a transaction; nothing where one answer is made of several matters: it has
    /// legs, or passes through a country.
    #[must_use]
    pub fn probe(&self, transaction: &Transaction, options: &Options) -> Option<Probe> {
        let legs = transaction.legs();
        let [leg] = legs.as_slice() else { return None };
        if leg.transit.is_some_and(|it| !it.is_empty()) {
            return None;
        }
        let on = options.on.unwrap_or(leg.date);
        let classified = classified_items(self, leg, on, options);
        let leg = classified.as_ref().map_or(*leg, |it| it.leg(*leg));
        let strict = FactOptions { strict: options.strict };
        let facts = facts::facts(&leg, on, self.catalogue(), self.bindings(), strict);
        Some(Probe { on, facts })
    }

    /// What a block is of each thing that it speaks of, by three-valued logic; nothing where the
    /// block is not in force. The probe may be of any engine with the same facts.
    #[must_use]
    pub fn truths(&self, probe: &Probe, block: BlockId) -> Option<Vec<Truth>> {
        let law = self.law(probe.on);
        let place = law.place(block)?;
        let subject = law.block(place)?.subject;
        let mut evaluation = law.evaluate(&probe.facts.facts);
        let rows = probe.facts.facts.rows_of(subject);
        Some(rows.iter().map(|row| evaluation.block(place, *row)).collect())
    }

    /// What each part of a block's condition is of some thing, as [`law::Crowd::parts`] counts them;
    /// empty where the block is not in force.
    #[must_use]
    pub fn parts(&self, probe: &Probe, block: BlockId) -> Vec<u8> {
        let law = self.law(probe.on);
        let nobody = BTreeSet::new();
        let facts = &probe.facts.facts;
        let place = law.place(block);
        let Some((place, of)) = place.and_then(|it| Some((it, law.block(it)?))) else {
            return Vec::new();
        };
        let mut crowd = law.crowd(facts, &nobody);
        let mut found: Vec<u8> = Vec::new();
        for row in facts.rows_of(of.subject) {
            let parts = crowd.parts(place, *row);
            found.resize(found.len().max(parts.len()), 0);
            found.iter_mut().zip(parts).for_each(|(known, it)| *known |= it);
        }
        found
    }

    /// Whether the transaction may be answered differently by an engine whose rulebook is this
    /// one's but for the condition of one block. False only where the block is as true of
    /// everything as it was; where it is unknown of something, the exact method must tell.
    #[must_use]
    pub fn may_differ(&self, changed: &Self, block: BlockId, probe: Option<&Probe>) -> bool {
        let Some(probe) = probe else { return true };
        let before = self.truths(probe, block);
        before != changed.truths(probe, block)
            || before.is_some_and(|it| it.contains(&Truth::Unknown))
    }
}
