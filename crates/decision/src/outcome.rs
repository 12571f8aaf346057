//! The seven answers, from the freest to the strictest.

use std::fmt;

/// What is to be done with a transaction, an item or a leg.
///
/// The order is the meaning: where checks disagree the strictest stands, and that is `max`.
///
/// Source: 15 CFR § 736.2 (prohibitions), § 740.1 (exceptions), § 734.3(b), § 734.18.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Outcome {
    /// Nothing happened that the EAR call an export, reexport or transfer.
    NotAnExport,
    /// The item is outside the EAR.
    NotSubject,
    /// Subject to the EAR, and nothing requires a license.
    NoLicenseRequired,
    /// A license would be needed; an exception covers it on its conditions.
    LicenseException,
    /// A fact, a match, a red flag or the law itself is unresolved.
    NeedsReview,
    /// No exception fits, as far as shown.
    LicenseRequired,
    /// An order or a known violation; no exception helps.
    Prohibited,
}

impl Outcome {
    /// Every outcome, from the freest to the strictest.
    pub const ALL: [Self; 7] = [
        Self::NotAnExport,
        Self::NotSubject,
        Self::NoLicenseRequired,
        Self::LicenseException,
        Self::NeedsReview,
        Self::LicenseRequired,
        Self::Prohibited,
    ];

    /// Whether it may leave (on the conditions stated).
    #[must_use]
    pub fn is_permissive(self) -> bool {
        self < Self::NeedsReview
    }

    /// The severity that `transaction.md` gives it, from 1 to 6.
    #[must_use]
    pub fn severity(self) -> u8 {
        match self {
            Self::NotAnExport | Self::NotSubject => 1,
            Self::NoLicenseRequired => 2,
            Self::LicenseException => 3,
            Self::NeedsReview => 4,
            Self::LicenseRequired => 5,
            Self::Prohibited => 6,
        }
    }

    /// The word used in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAnExport => "not-an-export",
            Self::NotSubject => "not-subject",
            Self::NoLicenseRequired => "no-license-required",
            Self::LicenseException => "license-exception",
            Self::NeedsReview => "needs-review",
            Self::LicenseRequired => "license-required",
            Self::Prohibited => "prohibited",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
