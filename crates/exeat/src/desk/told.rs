//! What a customer may be told: whether it may go, and no more.
//!
//! There are two codes on purpose. Whoever learned more (that a person looks at it because of a
//! name, that a license would be needed because of a list) could learn by trying who is listed.

use decision::Outcome;

/// What a customer may be told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Told {
    /// It may go, on the conditions that the seller keeps.
    MayGo,
    /// Somebody looks at it.
    InReview,
}

impl Told {
    /// Both.
    pub(crate) const CODES: &'static [&'static str] = &["may-go", "in-review"];

    /// What is told of an outcome.
    pub(crate) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotAnExport
            | Outcome::NotSubject
            | Outcome::NoLicenseRequired
            | Outcome::LicenseException => Self::MayGo,
            Outcome::NeedsReview | Outcome::LicenseRequired | Outcome::Prohibited => Self::InReview,
        }
    }

    /// What is told of an outcome as it is written; what is not known is in review.
    pub(crate) fn of_word(outcome: &str) -> Self {
        let known = Outcome::ALL.into_iter().find(|it| it.as_str() == outcome);
        known.map_or(Self::InReview, Self::of)
    }

    /// The code, which does not change.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::MayGo => "may-go",
            Self::InReview => "in-review",
        }
    }

    /// The same in words that a customer understands.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::MayGo => "This order can be delivered.",
            Self::InReview => "This order is being reviewed. We will come back to you.",
        }
    }
}
