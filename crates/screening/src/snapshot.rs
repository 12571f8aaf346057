//! All lists in one immutable file that is read where it lies.
//!
//! [`write()`] turns lists into bytes, the same bytes for the same lists. [`Snapshot`] reads them
//! without unpacking: opening checks the digest and the layout, and a party is decoded when it is
//! asked for. Every place and length is checked, so that bytes which were tampered with are an
//! error and nothing else. The format, all numbers little-endian:
//!
//! ```text
//! "EXEATSNP" | version u32 | sections u32 | digest of all after it, 32 bytes
//! sections × (kind u32 | 0 u32 | place u64 | length u64)
//! the sections, each at a multiple of 8
//! ```

mod coding;
mod read;
mod write;

pub use read::{Parties, Snapshot};
pub use write::write;

use std::fmt;

const MAGIC: &[u8; 8] = b"EXEATSNP";
/// Changes whenever older programs could not read what newer ones write.
pub const VERSION: u32 = 1;
const HEADER: usize = 48;
const SECTION_ROW: usize = 24;
const MAX_SECTIONS: usize = 64;

/// What a section of a snapshot is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SectionKind(pub u32);

impl SectionKind {
    const SOURCES: Self = Self(1);
    const STRINGS: Self = Self(2);
    const PLACES: Self = Self(3);
    const PARTIES: Self = Self(4);
    /// The first kind that others may define, such as an index of names. What such a section
    /// holds is not looked at here.
    pub const FIRST_FREE: u32 = 16;
}

/// The place of a party in its snapshot, counted from 0.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ordinal(pub u32);

/// SHA-256 of a snapshot, by which answers name it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SnapshotDigest(pub [u8; 32]);

impl fmt::Display for SnapshotDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

/// Why bytes are no snapshot, or no snapshot could be made.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SnapshotError {
    /// Something else, or another file entirely.
    #[error("not a snapshot of lists")]
    Foreign,
    /// Written by another version of the program.
    #[error(
        "a snapshot of version {found}; this program reads version {VERSION}: import the lists again"
    )]
    Version {
        /// The version found.
        found: u32,
    },
    /// The bytes are not those that were written.
    #[error("the digest does not match: the file is damaged or was cut off")]
    Digest,
    /// The digest is right and the content is not.
    #[error("malformed at {what}")]
    Malformed {
        /// The part that makes no sense.
        what: &'static str,
    },
    /// More than the format holds.
    #[error("more {what} than a snapshot holds")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
}

#[cfg(test)]
mod tests;
