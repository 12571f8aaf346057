//! What both backends read back: numbers, times and digests, as ours again.

use crate::digest::Digest;
use crate::error::Error;
use crate::event::ViewMark;
use jiff::Timestamp;

/// A number of ours as databases keep it; ours stay far below the border.
pub(crate) fn number(it: u64) -> i64 {
    i64::try_from(it).unwrap_or(i64::MAX)
}

/// A count or a limit as databases take it.
pub(crate) fn count(it: usize) -> i64 {
    i64::try_from(it).unwrap_or(i64::MAX)
}

/// A number that was stored.
pub(crate) fn natural(it: i64) -> Result<u64, Error> {
    u64::try_from(it).map_err(|_| Error::corrupt(format!("{it} is no place in a chain")))
}

/// A time as databases keep it.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A time that was stored; the least number stands for no time yet.
pub(crate) fn time(micros: i64) -> Result<Timestamp, Error> {
    if micros == i64::MIN {
        return Ok(Timestamp::MIN);
    }
    Timestamp::from_microsecond(micros).map_err(Error::corrupt)
}

/// A digest that was stored.
pub(crate) fn digest(bytes: &[u8]) -> Result<Digest, Error> {
    Digest::from_bytes(bytes).ok_or_else(|| Error::corrupt("a digest has not 32 bytes"))
}

/// A body that was stored.
pub(crate) fn body(bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|_| Error::corrupt("a body is not UTF-8"))
}

/// What an event says of its view, as it is stored.
pub(crate) fn mark_bytes(mark: &ViewMark) -> Option<&[u8]> {
    match mark {
        ViewMark::Same => None,
        ViewMark::Set(digest) => Some(digest.as_bytes()),
        ViewMark::Gone => Some(&[]),
    }
}

/// What an event says of its view.
pub(crate) fn mark(view: Option<&[u8]>) -> Result<ViewMark, Error> {
    match view {
        None => Ok(ViewMark::Same),
        Some([]) => Ok(ViewMark::Gone),
        Some(bytes) => Ok(ViewMark::Set(digest(bytes)?)),
    }
}
