//! Presumptions: what stands in for an unknown, by its number, and where.

use super::MatterFacts;
use crate::catalogue::item;
use crate::country::Country;
use crate::determination::Assumption;
use law::RowId;
use law::schema::FactId;
use std::collections::BTreeSet;
use std::fmt;

/// A presumption that stands in for an unknown fact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Presumption {
    /// Its number, such as `P10`; `stated` for reasons for control that the input stated because
    /// the table has none.
    pub number: &'static str,
    /// The thing it is about.
    pub row: RowId,
    /// What of it.
    pub about: About,
    /// What is presumed.
    pub value: Presumed,
}

/// What a presumption is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum About {
    /// A fact.
    Fact(FactId),
    /// A list of the input, by its key.
    Key(&'static str),
}

/// What is presumed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presumed {
    /// It does not hold.
    False,
    /// It holds.
    True,
    /// The list is empty.
    Empty,
    /// Nothing of it.
    Zero,
    /// This country.
    Country(Country),
    /// This value of a closed list.
    Word(&'static str),
}

impl Presumed {
    /// As it would be written in the input.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::True => "true",
            Self::Empty => "[]",
            Self::Zero => "0",
            Self::Country(country) => country.code(),
            Self::Word(word) => word,
        }
    }
}

impl fmt::Display for Presumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Facts that say whether a field denies something: what is presumed of the field is listed once.
const DENIED: [(FactId, FactId); 2] = [
    (item::MASS_MARKET_DENIED, item::MASS_MARKET),
    (item::ENC_STEP_DENIED, item::ENC_CLASSIFICATION),
];

impl Presumption {
    /// Whether the answer lists it.
    pub(crate) fn is_listed(&self) -> bool {
        !matches!(self.about, About::Fact(fact) if DENIED.iter().any(|it| it.0 == fact))
    }

    /// Whether one of the facts that were read is what it is about.
    pub(crate) fn was_read(&self, seen: &BTreeSet<(RowId, FactId)>) -> bool {
        let About::Fact(fact) = self.about else { return true };
        let denied = DENIED.iter().filter(|it| it.1 == fact).map(|it| it.0);
        std::iter::once(fact).chain(denied).any(|it| seen.contains(&(self.row, it)))
    }
}

impl MatterFacts {
    /// The presumptions as the answer lists them.
    #[must_use]
    pub fn assumptions(&self) -> Vec<Assumption> {
        let said = |it: &Presumption| Assumption {
            presumption: it.number,
            fact: match it.about {
                About::Fact(fact) => self.path_of(it.row, fact),
                About::Key(key) => self.path_of_key(it.row, key),
            },
            value: it.value.as_str(),
        };
        self.presumptions.iter().filter(|it| it.is_listed()).map(said).collect()
    }
}
