//! A part of a store on its way to another.

use crate::chain::{self, Head};
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::name::StreamId;
use crate::view::ViewRow;
use jiff::Timestamp;

/// Events as they stand in a chain, and what belongs to them.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Events, in the order of the chain, following on those of the part before.
    pub events: Vec<Event>,
    /// Views; their events are in this part or one before.
    pub views: Vec<ViewRow>,
    /// Which streams refer to which contents.
    pub refs: Vec<(StreamId, Digest)>,
}

impl Part {
    /// Where the chain ends after this part, and when its last event happened.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`] where an event does not follow on the one before.
    pub(crate) fn follow(
        &self,
        mut head: Head,
        mut at: Timestamp,
    ) -> Result<(Head, Timestamp), Error> {
        for event in &self.events {
            if event.seq != head.seq + 1 || event.hash != chain::hash(&head.hash, event) {
                let (seq, end) = (event.seq, head.seq);
                return Err(Error::corrupt(format!("event {seq} does not follow on event {end}")));
            }
            let is_body = |it: &String| Digest::of(it.as_bytes()) == event.body_digest;
            if !event.body.as_ref().is_none_or(is_body) {
                return Err(Error::corrupt(format!("the body of event {} changed", event.seq)));
            }
            head = Head { seq: event.seq, hash: event.hash };
            at = event.at;
        }
        Ok((head, at))
    }
}
