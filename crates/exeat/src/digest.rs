//! SHA-256 as people read it: what tells which bytes answered.

use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};

/// A digest in 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Sha256Hex(String);

impl Sha256Hex {
    /// Its digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The digest of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Sha256Hex {
    Sha256Hex(hex(&Sha256::digest(bytes)))
}

/// The digits of the digest of some bytes.
pub(crate) fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes of a digest in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
