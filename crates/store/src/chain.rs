//! The chain: what each event's hash is made of, and what comes next.
//!
//! The hash of an event is SHA-256 over the hash before (32 bytes; zeros before the first), then
//! these texts, each preceded by its length in bytes as four bytes, most significant first:
//! `exeat-event-1`, the place in the chain, the stream's kind, its id, the place in the stream, the
//! event's kind, the time in microseconds since 1970, `back` or nothing, the actor, the view's
//! digest or `gone` or nothing, and the digest of the body. Numbers are decimal, digests
//! hexadecimal. Pure: no file and no clock.

use crate::digest::{Digest, Fields};
use crate::event::{Event, ViewMark};
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::str::FromStr;

/// How far an event may be dated before its predecessor without being marked: the clocks of
/// servers differ a little, and what waits together is not written in the order of its dates.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(10);

/// Where a chain ends: the place and the hash of its last event.
///
/// Whoever keeps one elsewhere (an *anchor*) can later tell that everything up to it is still
/// there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Head {
    /// The place of the last event; 0 where there is none.
    pub seq: u64,
    /// Its hash.
    pub hash: Digest,
}

impl Head {
    /// Where a chain begins.
    pub const START: Self = Self { seq: 0, hash: Digest::ZERO };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// The text is no head of a chain.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is no anchor: a number, a colon and a SHA-256 digest are wanted")]
pub struct ParseHeadError {
    text: String,
}

impl FromStr for Head {
    type Err = ParseHeadError;

    fn from_str(text: &str) -> Result<Self, ParseHeadError> {
        let parts = text.split_once(':');
        let head = parts.and_then(|(seq, hash)| {
            let plain = seq.bytes().all(|it| it.is_ascii_digit());
            Some(Self { seq: seq.parse().ok().filter(|_| plain)?, hash: hash.parse().ok()? })
        });
        head.ok_or_else(|| ParseHeadError { text: text.to_owned() })
    }
}

/// Whether the clock stood back between two events that follow each other.
#[must_use]
pub fn is_clock_back(before: Timestamp, at: Timestamp) -> bool {
    before.duration_since(at) > TOLERANCE
}

/// The hash that an event must have after the hash before it.
#[must_use]
pub fn hash(before: &Digest, event: &Event) -> Digest {
    let view = match &event.view {
        ViewMark::Same => String::new(),
        ViewMark::Set(digest) => digest.to_string(),
        ViewMark::Gone => "gone".to_owned(),
    };
    Fields::default()
        .fixed(before)
        .text("exeat-event-1")
        .text(&event.seq.to_string())
        .text(event.stream.kind.as_str())
        .text(&event.stream.id)
        .text(&event.version.to_string())
        .text(event.kind.as_str())
        .text(&event.at.as_microsecond().to_string())
        .text(if event.clock_back { "back" } else { "" })
        .text(&event.actor)
        .text(&view)
        .text(&event.body_digest.to_string())
        .digest()
}

#[cfg(test)]
mod tests;
