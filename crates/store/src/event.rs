//! Something that happened, before and after it is written down.

use crate::digest::Digest;
use crate::name::{Kind, StreamId};
use crate::view::View;
use jiff::Timestamp;

/// An event that is to be appended.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// What happened.
    pub kind: Kind,
    /// Who did it: an account, a key, or the program itself; never empty.
    pub actor: String,
    /// When; kept to the microsecond.
    pub at: Timestamp,
    /// The version of the stream that it rests on: 0 for a stream that must be new. `None` where
    /// whatever is there does not matter.
    pub expected: Option<u64>,
    /// What is to be kept, as JSON. Only its digest is in the chain, so that it can be erased when
    /// its time is over.
    pub body: String,
    /// What the stream's view becomes; `None` leaves it as it is.
    pub view: Option<View>,
    /// Contents that the body refers to. They are kept as long as the stream is.
    pub blobs: Vec<Digest>,
}

impl Draft {
    /// An event with an empty body (`{}`), whatever is there, that leaves the view as it is.
    #[must_use]
    pub fn new(stream: StreamId, kind: Kind, actor: impl Into<String>, at: Timestamp) -> Self {
        Self {
            stream,
            kind,
            actor: actor.into(),
            at,
            expected: None,
            body: "{}".to_owned(),
            view: None,
            blobs: Vec::new(),
        }
    }

    /// The same, resting on a version of the stream (0: it must be new).
    #[must_use]
    pub fn expecting(self, version: u64) -> Self {
        Self { expected: Some(version), ..self }
    }

    /// The same with a body, which is JSON.
    #[must_use]
    pub fn body(self, body: impl Into<String>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// The same with what the view becomes.
    #[must_use]
    pub fn view(self, view: View) -> Self {
        Self { view: Some(view), ..self }
    }

    /// The same with contents that the body refers to.
    #[must_use]
    pub fn blobs(self, blobs: Vec<Digest>) -> Self {
        Self { blobs, ..self }
    }
}

/// What an event says of the view of its stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ViewMark {
    /// It stays as it is.
    Same,
    /// It became the one with this digest.
    Set(Digest),
    /// There is none any more: the stream was erased.
    Gone,
}

/// Something that happened, as it stands in the chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    /// Its place in the chain, from 1, without gaps.
    pub seq: u64,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its place in the stream, from 1, without gaps.
    pub version: u64,
    /// What happened.
    pub kind: Kind,
    /// When, by the clock of whoever wrote it.
    pub at: Timestamp,
    /// Whether that clock stood behind the event before by more than
    /// [`chain::TOLERANCE`](crate::chain::TOLERANCE).
    pub clock_back: bool,
    /// Who did it.
    pub actor: String,
    /// What became of the view.
    pub view: ViewMark,
    /// The digest of the body as it was written.
    pub body_digest: Digest,
    /// The body; `None` where it was erased.
    pub body: Option<String>,
    /// The digest of everything above (of the body, its digest) and of the hash before.
    pub hash: Digest,
}
