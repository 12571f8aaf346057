//! A text that must not be seen: it prints as nothing, and compares in constant time.

use ring::hmac;
use std::fmt;

/// A token, a password, the secret of one-time codes.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// Hides a text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that needs it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The digest by which it is kept: of a token with 256 random bits nothing can be guessed
    /// from it.
    pub(crate) fn digest(&self) -> String {
        store::Digest::of(self.0.as_bytes()).to_string()
    }

    /// Something that follows from it and does not betray it, for one purpose.
    pub(crate) fn derive(&self, purpose: &str) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        Self(crate::digest::hex(hmac::sign(&key, purpose.as_bytes()).as_ref()))
    }

    /// Whether a text is the same, in a time that does not tell where they differ.
    pub(crate) fn is(&self, text: &str) -> bool {
        same(self.0.as_bytes(), text.as_bytes())
    }
}

/// Whether bytes are the same, in a time that depends on their length only.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
