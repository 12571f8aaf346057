//! Presumptions: what stands in for an unknown, by its number, and where.

use super::MatterFacts;
use crate::country::Country;
use crate::determination::Assumption;
use law::RowId;
use law::schema::FactId;
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
        self.presumptions.iter().map(said).collect()
    }
}
