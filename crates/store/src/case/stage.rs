//! Where a case stands as a whole: one word for the queue, made from the machines.

use super::review::Review;
use super::{Case, Outcome};

/// Where a case stands. The word is for lists; what is allowed is asked of the machines.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Stage {
    /// A finding is awaited.
    Undecided,
    /// Questions or matches are open.
    Open,
    /// A review was asked for.
    InReview,
    /// A reviewer sent it back.
    Returned,
    /// What was approved or released has changed, or a change waits for an answer.
    Changed,
    /// It is approved.
    Approved,
    /// The answer lets it go.
    Permitted,
    /// The answer does not let it go.
    Stopped,
    /// It is on hold.
    Held,
    /// It may leave.
    Released,
    /// It is closed.
    Closed,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 11] = [
        Self::Undecided,
        Self::Open,
        Self::InReview,
        Self::Returned,
        Self::Changed,
        Self::Approved,
        Self::Permitted,
        Self::Stopped,
        Self::Held,
        Self::Released,
        Self::Closed,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Open => "open",
            Self::InReview => "in-review",
            Self::Returned => "returned",
            Self::Changed => "changed",
            Self::Approved => "approved",
            Self::Permitted => "permitted",
            Self::Stopped => "stopped",
            Self::Held => "held",
            Self::Released => "released",
            Self::Closed => "closed",
        }
    }
}

impl Case {
    /// Where it stands as a whole.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.closed.is_some() {
            return Stage::Closed;
        }
        if self.hold.is_some() {
            return Stage::Held;
        }
        let Ok(finding) = self.current() else { return Stage::Undecided };
        if self.change.is_some() || self.release.last.is_some() && !self.release.in_force(self) {
            return Stage::Changed;
        }
        if self.release.in_force(self) {
            return Stage::Released;
        }
        if finding.open_matches().next().is_some() {
            return Stage::Open;
        }
        match (&self.review, self.outcome().unwrap_or(finding.outcome)) {
            (Review::Requested { .. }, _) => Stage::InReview,
            (Review::Returned { .. }, _) => Stage::Returned,
            (Review::Approved { .. }, _) => Stage::Approved,
            (Review::Lapsed { .. }, _) => Stage::Changed,
            (Review::NotRequested, Outcome::NeedsReview) => Stage::Open,
            (Review::NotRequested, Outcome::LicenseRequired | Outcome::Prohibited) => {
                Stage::Stopped
            }
            (
                Review::NotRequested,
                Outcome::NotAnExport
                | Outcome::NotSubject
                | Outcome::NoLicenseRequired
                | Outcome::LicenseException,
            ) => Stage::Permitted,
        }
    }
}
