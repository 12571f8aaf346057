//! The atlas: the same item and the same kind of user, for every destination there is.
//!
//! What moves and what stays is the work of [`Relocation`], which says both in words. Each place is
//! then decided as a transaction of its own, by who decides everything else: the engine, or somebody
//! who searches the names first ([`Decides`]).

mod relocation;

pub use relocation::Relocation;

use crate::country::Country;
use crate::deciding::Deciding;
use crate::engine::{Decides, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// What holds for one destination.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// The destination.
    pub country: Country,
    /// What is to be done.
    pub outcome: Outcome,
    /// The exception's symbol, where one authorizes it.
    pub exception: Option<String>,
    /// Reason codes.
    pub reasons: Vec<String>,
    /// The paragraph that decides.
    pub deciding: Deciding,
}

/// A destination whose answer differs between two days.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Change<'a> {
    /// What held before.
    pub before: &'a Place,
    /// What holds after.
    pub after: &'a Place,
}

/// Every destination's answer, in the order of the codes.
#[must_use]
pub fn places(
    engine: &impl Decides,
    transaction: &Transaction,
    relocation: &Relocation,
    options: &Options,
) -> Vec<Place> {
    let options = Options { trace: Trace::Decisive, answers: false, ..*options };
    let mut workspace = Workspace::default();
    Country::all()
        .map(|country| {
            let moved = relocation.to(transaction, country);
            let determination = engine.decide_each(&mut workspace, &moved, &options);
            Place {
                country,
                outcome: determination.outcome,
                exception: determination.exception.map(str::to_owned),
                reasons: determination.reasons.iter().map(|it| (*it).to_owned()).collect(),
                deciding: Deciding::behind(&determination),
            }
        })
        .collect()
}

/// The places whose outcome or exception differs.
#[must_use]
pub fn changes<'a>(before: &'a [Place], after: &'a [Place]) -> Vec<Change<'a>> {
    before
        .iter()
        .zip(after)
        .filter(|(a, b)| a.outcome != b.outcome || a.exception != b.exception)
        .map(|(before, after)| Change { before, after })
        .collect()
}

#[cfg(test)]
mod tests;
