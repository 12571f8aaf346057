//! What does not fit, in words that name it.

use crate::chain::Head;
use crate::digest::Digest;
use crate::name::StreamId;
use jiff::civil::Date;

/// Something in the records that is not what was written.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Fault {
    /// Events are missing from the middle.
    #[error("events {from} to {to} are missing")]
    Missing {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// An event is not what was written, or not where it was.
    #[error("event {seq} ({stream}, version {version}) was changed, moved or inserted")]
    Changed {
        /// Its place in the chain.
        seq: u64,
        /// Its stream.
        stream: StreamId,
        /// Its place in the stream.
        version: u64,
    },
    /// The body of an event is another.
    #[error("the body of event {seq} ({stream}) was changed")]
    Body {
        /// The event.
        seq: u64,
        /// Its stream.
        stream: StreamId,
    },
    /// The body of an event is gone, and no event says that it was erased.
    #[error("the body of event {seq} ({stream}) was removed")]
    BodyGone {
        /// The event.
        seq: u64,
        /// Its stream.
        stream: StreamId,
    },
    /// Something was erased that had still to be kept.
    #[error("event {seq} erased {stream} before its time")]
    ErasedEarly {
        /// The event that says so.
        seq: u64,
        /// The stream.
        stream: StreamId,
        /// When it might have been erased; `None` where it had no other event.
        until: Option<Date>,
    },
    /// The head is not where the chain ends.
    #[error("the chain ends at event {}, and its head says {}", end.seq, says.seq)]
    Head {
        /// What the head says.
        says: Head,
        /// Where the chain ends.
        end: Head,
    },
    /// The end of the chain is missing.
    #[error("events {from} to {to} were cut off the end: the anchor knows them")]
    CutOff {
        /// The first of them.
        from: u64,
        /// The last that the anchor knows.
        to: u64,
    },
    /// The chain is another than the anchor's.
    #[error("the chain was written anew: event {} is not the one of the anchor", anchor.seq)]
    Rewritten {
        /// The anchor.
        anchor: Head,
    },
    /// The view of a stream is not what its last event made it.
    #[error("the view of {stream} was changed")]
    View {
        /// The stream.
        stream: StreamId,
    },
    /// The view of a stream is missing.
    #[error("the view of {stream} is missing")]
    ViewMissing {
        /// The stream.
        stream: StreamId,
    },
    /// There is a view that no event made.
    #[error("no event made the view of {stream}")]
    ViewInserted {
        /// The stream.
        stream: StreamId,
    },
    /// A content is not what was kept.
    #[error("content {digest} was changed")]
    Blob {
        /// Its digest, as it is called.
        digest: Digest,
    },
    /// A content is missing.
    #[error("content {digest} of {stream} is missing")]
    BlobMissing {
        /// Its digest.
        digest: Digest,
        /// A stream that refers to it.
        stream: StreamId,
    },
    /// Something cannot be read at all.
    #[error("cannot be read: {what}")]
    Unreadable {
        /// What, and why.
        what: String,
    },
}
