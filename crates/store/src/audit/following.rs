//! Whether each event follows on the one before.

use super::fault::Fault;
use crate::chain::{self, Head};
use crate::digest::Digest;
use crate::event::Event;

/// The last event that was read.
#[derive(Debug, Default)]
pub(super) struct Following {
    /// Its place, and the hash that is stored with it.
    head: Option<Head>,
    /// The hash that it should have, where it has another: then either the event was changed or
    /// only its stored hash, and the next event follows on the one or the other.
    doubt: Option<Digest>,
}

impl Following {
    /// Where the chain ends so far.
    pub(super) fn head(&self) -> Head {
        self.head.unwrap_or(Head::START)
    }

    /// What is wrong with the next event, if anything.
    pub(super) fn next(&mut self, event: &Event) -> Option<Fault> {
        let before = self.head();
        let doubt = self.doubt.take();
        self.head = Some(Head { seq: event.seq, hash: event.hash });
        if event.seq != before.seq + 1 {
            // What is missing cannot be followed on.
            return Some(Fault::Missing { from: before.seq + 1, to: event.seq.saturating_sub(1) });
        }
        let wanted = chain::hash(&before.hash, event);
        // Where only the stored hash before was changed, this event follows on what it should be.
        let follows =
            wanted == event.hash || doubt.is_some_and(|it| chain::hash(&it, event) == event.hash);
        if follows {
            return None;
        }
        self.doubt = Some(wanted);
        Some(Fault::Changed {
            seq: event.seq,
            stream: event.stream.clone(),
            version: event.version,
        })
    }
}
