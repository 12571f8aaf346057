//! What can go wrong, by what the caller can do about it.

use crate::name::{Kind, StreamId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;

/// Why something was not done. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there.
    #[error("there is no {what}")]
    NotFound {
        /// What was looked for.
        what: String,
    },
    /// Somebody else was there first: look again, and decide again.
    #[error(transparent)]
    Conflict(Box<Conflict>),
    /// It must still be kept.
    #[error("{stream} must be kept{}: {why}", until.map(|it| format!(" until {it}")).unwrap_or_default())]
    TooEarly {
        /// What is to be kept.
        stream: StreamId,
        /// The first day on which it may be erased; `None` while somebody holds it.
        until: Option<Date>,
        /// Why.
        why: String,
    },
    /// What was asked can never be done: the program asks wrongly.
    #[error("{what}")]
    Refused {
        /// What is wrong with it.
        what: String,
    },
    /// The database is gone, full or busy. Whether the last commit went through may be unknown;
    /// what states the version it expects can be tried again without harm.
    #[error("the records are out of reach: {doing}")]
    Unavailable {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What is stored is not what was written.
    #[error("the records are damaged: {what}")]
    Corrupt {
        /// What does not fit.
        what: String,
    },
}

impl Error {
    /// Something is missing.
    pub fn not_found(what: impl fmt::Display) -> Self {
        Self::NotFound { what: what.to_string() }
    }

    /// The request makes no sense.
    pub fn refused(what: impl fmt::Display) -> Self {
        Self::Refused { what: what.to_string() }
    }

    /// Stored bytes make no sense.
    pub fn corrupt(what: impl fmt::Display) -> Self {
        Self::Corrupt { what: what.to_string() }
    }

    /// The database did not answer.
    pub(crate) fn unavailable(
        doing: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Unavailable { doing, source: source.into() }
    }

    /// The same for another who waited for the same commit.
    pub(crate) fn shared(&self) -> Self {
        match self {
            Self::Unavailable { doing, source } => Self::unavailable(doing, causes(&**source)),
            Self::Corrupt { what } => Self::corrupt(what),
            Self::NotFound { .. }
            | Self::Conflict(_)
            | Self::TooEarly { .. }
            | Self::Refused { .. } => Self::unavailable("committing", self.to_string()),
        }
    }
}

/// An error and what caused it, down to the first cause, in one line.
#[must_use]
pub fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |it| it.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Who was there first.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Conflict {
    /// The stream is not at the version that the event rests on.
    #[error("{stream} is at version {found}, not {expected}{}", last.as_ref().map(Last::told).unwrap_or_default())]
    Stream {
        /// The stream.
        stream: StreamId,
        /// The version that the event rests on.
        expected: u64,
        /// The version that is there.
        found: u64,
        /// The event that is there, where there is one.
        last: Option<Last>,
    },
    /// The key is there already.
    #[error("`{key}` is there already among {space}")]
    Key {
        /// What it is for.
        space: Kind,
        /// Which one.
        key: String,
    },
}

/// The event that somebody else was first with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Last {
    /// What happened.
    pub kind: Kind,
    /// Who did it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Last {
    fn told(&self) -> String {
        format!(": {} by {} at {}", self.kind, self.actor, self.at)
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(Box::new(conflict))
    }
}
