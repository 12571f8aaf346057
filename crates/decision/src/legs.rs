//! A chain of legs: each is judged as a transaction of its own, and the strictest stands.

use crate::country::Country;
use crate::derivations::UNITED_STATES;
use crate::determination::Determination;
use crate::judgment::possible_together;
use crate::transaction::{Leg, Party, Transaction};
use law::Truth;
use law::rulebook::Rulebook;

/// What the chain is to one of its legs.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Chain {
    /// A later leg is barred and not covered by an authorization.
    pub later_leg_barred: bool,
    /// A leg begins in the United States, so that what goes on abroad is known to have come from
    /// there (15 CFR § 734.13(c)).
    pub left_the_us: bool,
    /// More than one leg begins abroad where no other leg ends.
    pub leg_missing: bool,
    /// Parties, a destination or knowledge were told of the whole, and every leg says something else.
    pub told_in_no_leg: bool,
}

impl Chain {
    /// What is so of a chain in whatever order its legs were told.
    pub(crate) fn of(transaction: &Transaction, legs: &[Leg<'_>]) -> Self {
        let from_the_us = |it: &Leg<'_>| match it.from {
            Some(from) => UNITED_STATES.contains(&from.code()),
            None => it.activity.begins_in_the_us(),
        };
        let ends_at = |from: Country| legs.iter().any(|it| it.destination == Some(from));
        let beginnings = legs.iter().filter(|it| from_the_us(it) || !it.from.is_some_and(ends_at));
        let abroad = beginnings.filter(|it| it.from.is_some() && !from_the_us(it)).count();
        let left_the_us = legs.iter().any(from_the_us);
        Self {
            later_leg_barred: false,
            left_the_us,
            leg_missing: abroad > usize::from(!left_the_us),
            told_in_no_leg: told_in_no_leg(transaction, legs),
        }
    }
}

/// Whether something was told of the whole that no leg takes up.
fn told_in_no_leg(transaction: &Transaction, legs: &[Leg<'_>]) -> bool {
    let takes_part = |party: &Party| {
        let same = |it: &Party| {
            (it.role, &it.name, it.country, it.sector, it.government_of)
                == (party.role, &party.name, party.country, party.sector, party.government_of)
        };
        legs.iter().any(|leg| leg.parties.unwrap_or_default().iter().any(same))
    };
    let mut strangers = transaction.parties.iter().flatten().filter(|it| !takes_part(it));
    let elsewhere = transaction
        .destination
        .is_some_and(|there| legs.iter().all(|leg| leg.destination != Some(there)));
    let knows = transaction.end_use.iter().flat_map(|it| it.knows.iter().flatten());
    let mut forgotten = knows.filter(|known| {
        let known_in = |leg: &Leg<'_>| {
            leg.end_use.and_then(|it| it.knows.as_ref()).is_some_and(|it| it.contains(known))
        };
        !legs.iter().any(known_in)
    });
    strangers.next().is_some() || elsewhere || forgotten.next().is_some()
}

/// Joins the answers to the legs of a chain. `strictest` is the one that stands.
pub(crate) fn join<'law>(
    transaction: &Transaction,
    strictest: &Determination<'law>,
    legs: Vec<Determination<'law>>,
    rulebook: &'law Rulebook,
) -> Determination<'law> {
    let mut joined = strictest.clone();
    joined.id.clone_from(&transaction.id);
    joined.label = None;
    joined.law_date = transaction.date;
    joined.settled = legs.iter().all(|it| it.settled);
    joined.license_required =
        legs.iter().fold(Truth::False, |truth, it| truth.or(it.license_required));
    joined.reasons.clear();
    for reason in &rulebook.vocabulary.reasons {
        if legs.iter().any(|it| it.reasons.contains(&reason.as_str())) {
            joined.reasons.push(reason);
        }
    }
    for leg in &legs {
        merge(&mut joined.because, &leg.because);
        merge(&mut joined.questions, &leg.questions);
        merge(&mut joined.assumptions, &leg.assumptions);
        merge(&mut joined.flags, &leg.flags);
        merge(&mut joined.referrals, &leg.referrals);
        merge(&mut joined.derived, &leg.derived);
        merge(&mut joined.notes, &leg.notes);
        for it in &leg.conditions {
            if !joined.conditions.iter().any(|known| known.code == it.code) {
                joined.conditions.push(it.clone());
            }
        }
    }
    joined.possible = possible_together(legs.iter().map(|it| it.possible.as_slice()));
    joined.legs = legs;
    joined
}

fn merge<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
    for it in from {
        if !into.contains(it) {
            into.push(it.clone());
        }
    }
}
