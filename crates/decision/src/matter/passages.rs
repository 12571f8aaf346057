//! The countries that a shipment passes through: each is a matter of its own.

use super::{Matter, Share};
use crate::country::Country;
use crate::engine::Options;
use crate::legs::Chain;
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::Party;
use crate::workspace::Workspace;

impl Matter<'_, '_> {
    /// Answers, for each country passed through, whether each item could lawfully go there
    /// itself: what 15 CFR § 736.2(b)(8) asks of a shipment in transit.
    pub(super) fn clear_passages(&mut self, options: &Options) {
        let inner = Options { trace: Trace::None, answers: false, ..*options };
        for (place, country) in self.leg.transit.unwrap_or_default().iter().enumerate() {
            let parties = self.leg.parties.map(|it| relocated(it, self.leg.destination, *country));
            let mut there = *self.leg;
            there.destination = Some(*country);
            there.transit = None;
            there.parties = parties.as_deref();
            let answer = self.engine.decide_leg(
                &mut Workspace::default(),
                &there,
                &inner,
                Chain::default(),
                Share { budget: self.budget, inner: true },
            );
            for item in &answer.items {
                let cleared = match item.outcome {
                    it if it.is_permissive() => Some(true),
                    Outcome::NeedsReview => None,
                    Outcome::NotAnExport
                    | Outcome::NotSubject
                    | Outcome::NoLicenseRequired
                    | Outcome::LicenseException
                    | Outcome::LicenseRequired
                    | Outcome::Prohibited => Some(false),
                };
                self.facts.set_cleared(item.index, place, cleared);
            }
        }
    }
}

/// The parties at the destination, as if they were where the item passes through.
fn relocated(parties: &[Party], destination: Option<Country>, there: Country) -> Vec<Party> {
    let mut parties = parties.to_vec();
    for party in &mut parties {
        if party.country.is_some() && party.country == destination {
            party.country = Some(there);
        }
    }
    parties
}
