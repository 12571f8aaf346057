//! Why a service did not do what was asked: one enum for all of them, so that every door answers
//! alike.

use super::permission::Denied;
use crate::api::failure::Failure;
use crate::trouble::Trouble;
use store::case::{FoldError, Refusal};
use store::{Conflict, Error};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The case does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A transaction could not be read or decided.
    #[error("the transaction cannot be decided")]
    Input(Failure),
    /// Somebody else was first; what they did.
    #[error("somebody else was first: {0}")]
    Moved(Box<Conflict>),
    /// It is not there, or not for this actor.
    #[error("there is no {what}")]
    NotFound {
        /// What was asked for.
        what: &'static str,
    },
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for another request")]
    Reused,
    /// A field is wrong.
    #[error("`{field}`: {what}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong with it, and what is wanted.
        what: String,
    },
    /// Too many bytes.
    #[error("it is larger than {most} bytes")]
    TooLarge {
        /// How many may be.
        most: usize,
    },
    /// The program is at fault, or the system it runs on.
    #[error("{0}")]
    Inside(String),
    /// The records are out of reach or damaged.
    #[error(transparent)]
    Store(Error),
}

impl Fault {
    /// A field is wrong.
    pub(crate) fn invalid(field: &'static str, what: impl Into<String>) -> Self {
        Self::Invalid { field, what: what.into() }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Conflict(it) => Self::Moved(it),
            Error::NotFound { .. }
            | Error::TooEarly { .. }
            | Error::Refused { .. }
            | Error::Unavailable { .. }
            | Error::Corrupt { .. } => Self::Store(error),
        }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Input(failure)
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Inside(trouble.what())
    }
}

impl From<FoldError> for Fault {
    fn from(error: FoldError) -> Self {
        match error {
            FoldError::Erased { .. } => Self::NotFound { what: "such case: it was erased" },
            FoldError::Unreadable { .. } => Self::Inside(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Inside(error.to_string())
    }
}

impl From<getrandom::Error> for Fault {
    fn from(error: getrandom::Error) -> Self {
        Self::Inside(format!("the system gives no random bytes: {error}"))
    }
}
