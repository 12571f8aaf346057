//! Which presumptions an answer rests on, beside those that its trace reads: a trace shows what
//! decides, and says nothing of what was ruled out by what was presumed.
//!
//! A presumption counts where the conclusion is no longer certain without it. Three-valued logic is
//! asked, which never calls certain what is not; so one too many may be listed, and none too few.

use super::Matter;
use crate::effects::Conclusion;
use crate::facts::About;
use crate::judgment::{self, Judgment};
use law::schema::FactId;
use law::{RowId, Scratch, Value};
use std::collections::BTreeSet;

/// A fact of a thing.
type Place = (RowId, FactId);

impl Matter<'_, '_> {
    /// Adds the facts that were presumed and on which the conclusions rest.
    pub(super) fn add_relied_on(&mut self, seen: &mut BTreeSet<Place>, judgments: &[Judgment]) {
        let unseen: Vec<Place> = self
            .facts
            .presumptions
            .iter()
            .filter_map(|it| match it.about {
                About::Fact(fact) => Some((it.row, fact)),
                About::Key(_) => None,
            })
            .filter(|it| !seen.contains(it))
            .collect();
        // In memory of its own: what follows from the outcome goes on where the answer left off.
        let scratch = &mut Scratch::default();
        let known = self.conclusions(scratch);
        let settled = judgments.iter().zip(&known).all(|(it, known)| it.conclusion == *known);
        // What only the exact method settles is not told by the quick one.
        if settled && known.iter().all(Option::is_some) {
            self.narrow(&unseen, &known, seen, scratch);
        }
    }

    /// Adds those of some facts that must be known for the same to be concluded: each is made
    /// unknown after the other, and is known again where something else, or nothing certain, comes
    /// out. What is not added may be unknown all at once.
    fn narrow(
        &mut self,
        facts: &[Place],
        known: &[Option<Conclusion>],
        relied: &mut BTreeSet<Place>,
        scratch: &mut Scratch,
    ) {
        let held = &self.facts.facts;
        let presumed: Vec<Value> =
            facts.iter().map(|(row, fact)| held.value(*row, *fact).clone()).collect();
        for ((row, fact), presumed) in facts.iter().zip(&presumed) {
            self.facts.facts.set(*row, *fact, Value::Unknown);
            if self.conclusions(scratch) != known {
                self.facts.facts.set(*row, *fact, presumed.clone());
                relied.insert((*row, *fact));
            }
        }
        for ((row, fact), presumed) in facts.iter().zip(presumed) {
            self.facts.facts.set(*row, *fact, presumed);
        }
    }

    /// What three-valued logic concludes for each item.
    fn conclusions(&self, scratch: &mut Scratch) -> Vec<Option<Conclusion>> {
        let stale = self.out_of_date.is_some();
        let mut evaluation = self.day.law.evaluate_into(&self.facts.facts, scratch);
        let effects = &self.day.effects;
        let items = self.facts.items.iter();
        items.map(|it| judgment::fast(effects, &mut evaluation, *it, stale)?.conclusion).collect()
    }
}
