//! Who asks: as much of an account or a key as a case must know.

use super::Refusal;

/// What somebody is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Nature {
    /// A person who signed in.
    Person,
    /// An API key.
    Key,
    /// The program itself.
    System,
}

/// Somebody who asks something of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Who {
    /// The id that events carry.
    pub id: String,
    /// What it is.
    pub nature: Nature,
    /// The person behind a key, where it has one: what the key prepared, that person prepared.
    pub behind: Option<String>,
}

impl Who {
    /// A person who signed in.
    #[must_use]
    pub fn person(id: impl Into<String>) -> Self {
        Self { id: id.into(), nature: Nature::Person, behind: None }
    }

    /// A key, and the person behind it.
    #[must_use]
    pub fn key(id: impl Into<String>, behind: Option<String>) -> Self {
        Self { id: id.into(), nature: Nature::Key, behind }
    }

    /// The program itself.
    #[must_use]
    pub fn system(id: impl Into<String>) -> Self {
        Self { id: id.into(), nature: Nature::System, behind: None }
    }

    /// Every id that answers for it.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        [Some(self.id.as_str()), self.behind.as_deref()].into_iter().flatten()
    }

    /// Refuses keys and the program, where a person must answer.
    pub(crate) fn must_be_a_person(&self) -> Result<(), Refusal> {
        match self.nature {
            Nature::Person => Ok(()),
            Nature::Key | Nature::System => Err(Refusal::PersonOnly),
        }
    }
}
