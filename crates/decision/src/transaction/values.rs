//! The small values of a transaction: amounts, percentages, answers.

/// A share in thousandths of a percent: 0 to 100,000.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Percent(pub(crate) i64); // INVARIANT: 0..=100_000.

impl Percent {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// In thousandths of a percent.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        self.0
    }
}

/// An amount of dollars or of pieces, in thousandths, not negative.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Amount(pub(crate) i64); // INVARIANT: not negative.

impl Amount {
    /// In thousandths.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        self.0
    }
}

/// A number of whole days.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Days(pub u32);

/// Version 1 of the transaction format, the only one there is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Version;

/// A footnote of the Entity List that changes what its entry means.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Footnote {
    /// Footnote 1.
    One,
    /// Footnote 3.
    Three,
    /// Footnote 4.
    Four,
    /// Footnote 5.
    Five,
}

impl Footnote {
    /// Every footnote.
    pub const ALL: &'static [Self] = &[Self::One, Self::Three, Self::Four, Self::Five];

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Three => 3,
            Self::Four => 4,
            Self::Five => 5,
        }
    }

    /// Its place in the list.
    #[must_use]
    pub fn place(self) -> u16 {
        self as u16
    }
}

/// An answer to a classification question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// Yes, or true.
    Yes,
    /// No, or false.
    No,
    /// One of the values that the question names.
    Value(String),
}
