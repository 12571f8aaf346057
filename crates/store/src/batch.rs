//! What is written together, or not at all.

use crate::event::Draft;
use crate::name::Kind;
use jiff::Timestamp;

/// Events and keys that are written in one transaction: all of them, or none.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Events, in order.
    pub drafts: Vec<Draft>,
    /// Keys, in order: an idempotency key beside its answer, a message in the outbox.
    pub keys: Vec<KeyWrite>,
}

impl Batch {
    /// The same with one more event.
    #[must_use]
    pub fn and(mut self, draft: Draft) -> Self {
        self.drafts.push(draft);
        self
    }

    /// The same with one more key.
    #[must_use]
    pub fn and_key(mut self, key: KeyWrite) -> Self {
        self.keys.push(key);
        self
    }
}

impl From<Draft> for Batch {
    fn from(draft: Draft) -> Self {
        Self { drafts: vec![draft], keys: Vec::new() }
    }
}

impl From<Vec<Draft>> for Batch {
    fn from(drafts: Vec<Draft>) -> Self {
        Self { drafts, keys: Vec::new() }
    }
}

impl From<KeyWrite> for Batch {
    fn from(key: KeyWrite) -> Self {
        Self { drafts: Vec::new(), keys: vec![key] }
    }
}

/// A small content outside the chain: a session, an idempotency key, a lease, a message to send.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyWrite {
    /// What it is for.
    pub space: Kind,
    /// Which one.
    pub key: String,
    /// What is kept; `None` removes it.
    pub value: Option<Vec<u8>>,
    /// From when on it counts as absent; `None` keeps it until it is removed.
    pub expires: Option<Timestamp>,
    /// Where something is there that has not expired at this time, the whole batch is a
    /// [`Conflict`](crate::Error::Conflict) and nothing of it is written.
    pub only_if_absent: Option<Timestamp>,
}

impl KeyWrite {
    /// Puts a value, whatever is there.
    #[must_use]
    pub fn put(
        space: Kind,
        key: impl Into<String>,
        value: impl Into<Vec<u8>>,
        expires: Option<Timestamp>,
    ) -> Self {
        let (key, value) = (key.into(), Some(value.into()));
        Self { space, key, value, expires, only_if_absent: None }
    }

    /// Removes it, if it is there.
    #[must_use]
    pub fn remove(space: Kind, key: impl Into<String>) -> Self {
        Self { space, key: key.into(), value: None, expires: None, only_if_absent: None }
    }

    /// The same, only where nothing is there at this time.
    #[must_use]
    pub fn if_absent(self, now: Timestamp) -> Self {
        Self { only_if_absent: Some(now), ..self }
    }
}
