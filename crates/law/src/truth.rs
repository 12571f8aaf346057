//! True, false, or not known: Kleene's strong three-valued logic.
//!
//! Unknown is never false: `not` keeps it unknown, and only a false conjunct or a true disjunct
//! settles a compound without it. The exact method, which knows that "either way barred" is
//! barred, is in [`crate::symbolic`]; this one is its fast approximation from the safe side.

use std::fmt;

/// What is known of a statement.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Truth {
    /// It does not hold.
    False = 0,
    /// It may or may not hold.
    #[default]
    Unknown = 1,
    /// It holds.
    True = 2,
}

impl Truth {
    /// Both hold.
    #[must_use]
    #[inline]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one holds.
    #[must_use]
    #[inline]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// It holds exactly when this does not.
    #[must_use]
    #[inline]
    #[expect(clippy::should_implement_trait, reason = "`and`, `or`, `not` read alike")]
    pub fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// What the lowest bits of two words (true, possible) say.
    pub(crate) fn of_bits(yes: u64, possible: u64) -> Self {
        match (yes & 1, possible & 1) {
            (1, _) => Self::True,
            (_, 0) => Self::False,
            (_, _) => Self::Unknown,
        }
    }

    /// Whether it certainly holds.
    #[must_use]
    #[inline]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Whether it certainly does not hold.
    #[must_use]
    #[inline]
    pub fn is_false(self) -> bool {
        self == Self::False
    }

    /// Whether neither is certain.
    #[must_use]
    #[inline]
    pub fn is_unknown(self) -> bool {
        self == Self::Unknown
    }

    /// `Some` of what is known, `None` of what is not.
    #[must_use]
    #[inline]
    pub fn known(self) -> Option<bool> {
        match self {
            Self::False => Some(false),
            Self::Unknown => None,
            Self::True => Some(true),
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Unknown, Self::from)
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        })
    }
}
