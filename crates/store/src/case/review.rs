//! The second machine: what people say of an answer.
//!
//! A review is asked for, advised upon, and ends in an approval or a return. An approval is about
//! one binding: where facts, law, lists or people change what was approved, it lapses, without
//! anybody having to take it back, and does not revive.

use super::happened::{Approved, Asked, Happened, Words};
use super::work::{reason, words};
use super::{Case, Outcome, Refusal, Who};
use crate::digest::Digest;

/// Where a review stands.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Review {
    /// Nobody asked for one.
    #[default]
    NotRequested,
    /// Somebody asked.
    Requested {
        /// Who.
        by: String,
    },
    /// Somebody sent it back.
    Returned {
        /// Who.
        by: String,
        /// Why.
        why: String,
    },
    /// Somebody approved.
    Approved {
        /// Who.
        by: String,
        /// What.
        binding: Digest,
    },
    /// Somebody approved what the case is no longer; it does not come back when the case does.
    Lapsed {
        /// Who.
        by: String,
    },
}

impl Case {
    /// Who approved what the case is now, where somebody did.
    #[must_use]
    pub fn approver(&self) -> Option<&str> {
        match &self.review {
            Review::Approved { by, .. } if !self.determination.awaited => Some(by),
            Review::Approved { .. }
            | Review::NotRequested
            | Review::Requested { .. }
            | Review::Returned { .. }
            | Review::Lapsed { .. } => None,
        }
    }

    /// Whether somebody approved what the case is no longer.
    #[must_use]
    pub fn approval_lapsed(&self) -> bool {
        matches!(self.review, Review::Lapsed { .. })
    }

    /// Ends an approval and a release of what the case is no longer.
    pub(super) fn lapse(&mut self, anyway: bool) {
        let now = self.binding();
        let other = |it: Digest| anyway || now != Some(it);
        if let Review::Approved { by, binding } = &self.review
            && other(*binding)
        {
            self.review = Review::Lapsed { by: by.clone() };
        }
        if let Some(given) = &mut self.release.last
            && other(given.binding)
        {
            given.lapsed = true;
        }
    }
}

pub(super) fn request(case: &Case, who: &Who, text: &str) -> Result<Vec<Happened>, Refusal> {
    let finding = case.current()?;
    if matches!(case.review, Review::Requested { .. }) {
        return Err(Refusal::InReview);
    }
    if case.approver().is_some() {
        return Err(Refusal::Approved);
    }
    let open = finding.open_matches().count();
    if open > 0 {
        return Err(Refusal::OpenMatches { count: open });
    }
    let text = words("the words", text, 0, 20_000)?;
    Ok(vec![Happened::ReviewRequested(Asked { text, behind: who.behind.clone() })])
}

pub(super) fn advise(who: &Who, text: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    Ok(vec![Happened::Advised(Words { text: reason("the advice", text)? })])
}

pub(super) fn approve(
    case: &Case,
    who: &Who,
    seen: Digest,
    text: &str,
) -> Result<Vec<Happened>, Refusal> {
    case.four_eyes(who)?;
    let finding = case.current()?;
    if let Some(hold) = &case.hold {
        return Err(Refusal::Held { why: hold.why.clone() });
    }
    if case.approver().is_some() {
        return Err(Refusal::Approved);
    }
    if !matches!(case.review, Review::Requested { .. }) {
        return Err(Refusal::NotInReview);
    }
    let open = finding.open_matches().count();
    if open > 0 {
        return Err(Refusal::OpenMatches { count: open });
    }
    if case.outcome() == Some(Outcome::NeedsReview) {
        return Err(Refusal::Unresolved { count: finding.questions.len() });
    }
    if case.change.is_some() {
        return Err(Refusal::UnansweredChange);
    }
    let binding = case.binding().ok_or(Refusal::Undecided)?;
    if binding != seen {
        return Err(Refusal::NotWhatYouSaw);
    }
    let basis = finding.basis.digest();
    let text = words("the words", text, 0, 20_000)?;
    Ok(vec![Happened::Approved(Approved { binding, basis, text })])
}

pub(super) fn send_back(case: &Case, who: &Who, text: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let asked = matches!(case.review, Review::Requested { .. });
    if !asked && case.approver().is_none() {
        return Err(Refusal::NotInReview);
    }
    if case.release.in_force(case) {
        return Err(Refusal::Released);
    }
    Ok(vec![Happened::Returned(Words { text: reason("the reason", text)? })])
}
