//! The fourth machine: whether it may leave.
//!
//! A release needs a finding under the law and the lists in force, an answer that lets it go, and
//! either an approval of exactly that, or an answer that is settled and rests on no person's
//! judgment. A release is about one binding, as an approval is: what changes ends it.

use super::coverage::Drawn;
use super::happened::{Happened, Released, Upon, Words};
use super::work::reason;
use super::{Case, Finding, Outcome, Refusal, Who};
use crate::digest::Digest;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What is in force when something is to be released, and how careful the house is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InForce {
    /// The digest of the rulebook.
    pub law: String,
    /// The digest of the lists; empty where none are searched.
    pub lists: String,
    /// Whether every release needs an approval.
    pub approve_all: bool,
    /// What other cases released on the authorizations of this one.
    pub drawn: Vec<Drawn>,
}

/// Whether it may leave.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Release {
    /// The last release that nobody took back.
    pub last: Option<Given>,
}

/// A release that was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Given {
    /// By whom.
    pub by: String,
    /// What was released.
    pub binding: Digest,
    /// Upon what.
    pub upon: Upon,
    /// Whether the case has become something else since; that does not heal.
    pub lapsed: bool,
}

impl Release {
    /// Whether what was released is still what the case is.
    #[must_use]
    pub fn in_force(&self, case: &Case) -> bool {
        !case.determination.awaited && self.stands()
    }

    /// Whether something was released that has not lapsed, though an answer may be awaited.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.last.as_ref().is_some_and(|it| !it.lapsed)
    }
}

pub(super) fn release(
    case: &Case,
    who: &Who,
    in_force: &InForce,
    at: Timestamp,
) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.current()?;
    if let Some(hold) = &case.hold {
        return Err(Refusal::Held { why: hold.why.clone() });
    }
    if finding.basis.law != in_force.law {
        return Err(Refusal::Outdated { what: "a rulebook" });
    }
    if finding.basis.lists != in_force.lists {
        return Err(Refusal::Outdated { what: "lists" });
    }
    if case.change.is_some() {
        return Err(Refusal::UnansweredChange);
    }
    if case.release.in_force(case) {
        return Err(Refusal::Released);
    }
    let open = finding.open_matches().count();
    if open > 0 {
        return Err(Refusal::OpenMatches { count: open });
    }
    goes(case, finding, day_of(at), &in_force.drawn)?;
    let upon = match (case.approver(), approval_is_needed(case, finding, in_force)) {
        (Some(_), _) => Upon::Approval,
        (None, None) => Upon::Answer,
        (None, Some(because)) => return Err(Refusal::NeedsApproval { because }),
    };
    let binding = case.binding().ok_or(Refusal::Undecided)?;
    Ok(vec![Happened::Released(Released { binding, basis: finding.basis.digest(), upon })])
}

/// Refuses where the answer that stands does not let it go.
fn goes(case: &Case, finding: &Finding, day: Date, drawn: &[Drawn]) -> Result<(), Refusal> {
    match case.outcome().unwrap_or(finding.outcome) {
        Outcome::NotAnExport
        | Outcome::NotSubject
        | Outcome::NoLicenseRequired
        | Outcome::LicenseException => Ok(()),
        Outcome::NeedsReview => Err(Refusal::Unresolved { count: finding.questions.len() }),
        Outcome::LicenseRequired => case.licensed(finding, day, drawn),
        outcome @ Outcome::Prohibited => Err(Refusal::NotPermissive { outcome }),
    }
}

/// Why an approval is needed, where it is.
fn approval_is_needed(case: &Case, finding: &Finding, in_force: &InForce) -> Option<&'static str> {
    if case.overruling.confirmed(finding).is_some() {
        Some("the engine was overruled")
    } else if case.overruling.restriction.is_some() {
        // Also where a license covers what the restriction asks one for.
        Some("somebody restricted it")
    } else if !finding.outcome.is_permissive() {
        Some("it rests on a license")
    } else if !finding.settled {
        Some("the answer is not settled")
    } else if finding.rests_on_judgment() {
        Some("a match with a listed party was decided to be somebody else")
    } else if in_force.approve_all {
        Some("every release here needs one")
    } else {
        None
    }
}

pub(super) fn recall(case: &Case, why: &str) -> Result<Vec<Happened>, Refusal> {
    if case.release.last.is_none() {
        return Err(Refusal::NotReleased);
    }
    Ok(vec![Happened::Recalled(Words { text: reason("the reason", why)? })])
}

/// The day of a moment, by universal time.
pub(super) fn day_of(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}
