//! The third machine: going against the engine.
//!
//! One person may be stricter, up to a review, a license or a prohibition. Freer than the engine takes two: one proposes with a reason, another
//! confirms, neither alone. A confirmed overruling counts only for the answer it was about; every
//! one that was ever proposed stays in the history of the case.

use super::happened::{Against, Happened, Words};
use super::work::words;
use super::{Case, Finding, Outcome, Refusal, Who};
use crate::digest::Digest;

/// Who went against the engine, and how.
#[derive(Clone, Debug, Default)]
pub struct Overruling {
    /// The stricter outcome that somebody set.
    pub restriction: Option<Restriction>,
    /// Every overruling toward more freedom that was ever proposed, in order.
    pub history: Vec<Freer>,
}

/// A stricter outcome.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Restriction {
    /// The outcome.
    pub to: Outcome,
    /// Who set it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A freer outcome.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Freer {
    /// The outcome that shall stand.
    pub to: Outcome,
    /// The engine's.
    pub from: Outcome,
    /// What the answer says that it goes against.
    pub substance: Digest,
    /// Who proposed it.
    pub proposer: String,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: State,
}

/// What became of a proposal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum State {
    /// Waiting for a second person.
    Proposed,
    /// A second person agreed.
    Confirmed {
        /// Who.
        by: String,
        /// What they wrote.
        reason: String,
    },
    /// Taken back or refused.
    Withdrawn {
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
}

impl Overruling {
    /// The overruling that counts for a finding.
    #[must_use]
    pub fn confirmed(&self, finding: &Finding) -> Option<&Freer> {
        let last = self.history.last()?;
        let confirmed = matches!(last.state, State::Confirmed { .. });
        (confirmed && last.substance == finding.basis.substance).then_some(last)
    }

    /// The outcome that stands instead of the engine's.
    pub(super) fn in_force(&self, finding: &Finding) -> Option<Outcome> {
        self.confirmed(finding).map(|it| it.to)
    }

    /// The proposal that waits for a second person, where it is about this finding.
    #[must_use]
    pub fn proposed(&self, finding: &Finding) -> Option<&Freer> {
        let last = self.history.last()?;
        (last.state == State::Proposed && last.substance == finding.basis.substance).then_some(last)
    }
}

pub(super) fn restrict(
    case: &Case,
    who: &Who,
    to: Outcome,
    why: &str,
) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.current()?;
    let than = case.outcome().unwrap_or(finding.outcome);
    if to <= than || to.is_permissive() {
        return Err(Refusal::NotStricter { to, than });
    }
    let against = against(finding, to, why)?;
    Ok(vec![Happened::Restricted(Against { from: than, ..against })])
}

pub(super) fn lift(case: &Case, who: &Who, why: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    if case.overruling.restriction.is_none() {
        return Err(Refusal::NotRestricted);
    }
    Ok(vec![Happened::RestrictionLifted(Words { text: lasting_reason(why)? })])
}

pub(super) fn propose(
    case: &Case,
    who: &Who,
    to: Outcome,
    why: &str,
) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.current()?;
    let open = finding.open_matches().count();
    if open > 0 {
        return Err(Refusal::OpenMatches { count: open });
    }
    if to >= finding.outcome {
        return Err(Refusal::NotFreer { to, than: finding.outcome });
    }
    if case.overruling.proposed(finding).is_some() || case.overruling.confirmed(finding).is_some() {
        return Err(Refusal::ProposedAlready);
    }
    Ok(vec![Happened::OverrulingProposed(against(finding, to, why)?)])
}

pub(super) fn confirm(case: &Case, who: &Who, why: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.current()?;
    let proposed = case.overruling.proposed(finding).ok_or(Refusal::NoProposal)?;
    if proposed.proposer == who.id {
        return Err(Refusal::OwnProposal);
    }
    case.four_eyes(who)?;
    Ok(vec![Happened::OverrulingConfirmed(Words { text: lasting_reason(why)? })])
}

pub(super) fn withdraw(case: &Case, who: &Who, why: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.determination.finding.as_ref().ok_or(Refusal::NoProposal)?;
    let there = case.overruling.proposed(finding).or(case.overruling.confirmed(finding));
    there.ok_or(Refusal::NoProposal)?;
    Ok(vec![Happened::OverrulingWithdrawn(Words { text: lasting_reason(why)? })])
}

fn against(finding: &Finding, to: Outcome, why: &str) -> Result<Against, Refusal> {
    let (from, substance) = (finding.outcome, finding.basis.substance);
    Ok(Against { to, from, substance, reason: lasting_reason(why)? })
}

/// A reason that the record shows forever; a word is not one.
fn lasting_reason(text: &str) -> Result<String, Refusal> {
    words("the reason", text, 10, 20_000)
}
