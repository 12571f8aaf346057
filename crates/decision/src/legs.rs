//! A chain of legs: each is judged as a transaction of its own, and the strictest stands.

use crate::determination::Determination;
use crate::judgment::possible_together;
use crate::transaction::Transaction;
use law::Truth;
use law::rulebook::Rulebook;

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
