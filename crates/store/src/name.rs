//! What streams and events are called.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A word that names a kind of stream, of event or of key, such as `case` or `review-requested`.
///
/// Always 1 to 64 of `a` to `z`, `0` to `9`, `-`, `_` and `.`. The words of a part of the program
/// are its constants: `const CASE: Kind = Kind::of("case");`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Kind(Cow<'static, str>);

impl Kind {
    /// A word of the program's own.
    ///
    /// # Panics
    ///
    /// Where it is no such word; for constants, so that the compiler says so.
    #[must_use]
    pub const fn of(word: &'static str) -> Self {
        assert!(is_word(word.as_bytes()), "a kind is 1 to 64 of a-z, 0-9, `-`, `_`, `.`");
        Self(Cow::Borrowed(word))
    }

    /// As a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_word(mut bytes: &[u8]) -> bool {
    if bytes.is_empty() || bytes.len() > 64 {
        return false;
    }
    while let [first, rest @ ..] = bytes {
        if !matches!(first, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.') {
            return false;
        }
        bytes = rest;
    }
    true
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no kind.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` names no kind: 1 to 64 of a-z, 0-9, `-`, `_` and `.` are wanted")]
pub struct ParseKindError {
    text: String,
}

impl FromStr for Kind {
    type Err = ParseKindError;

    fn from_str(text: &str) -> Result<Self, ParseKindError> {
        if is_word(text.as_bytes()) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(ParseKindError { text: text.to_owned() })
        }
    }
}

/// Which stream: a kind, and the name of one among them.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct StreamId {
    /// What it is a stream of.
    pub kind: Kind,
    /// Which one; 1 to 200 bytes without control characters, or nothing is appended to it.
    pub id: String,
}

impl StreamId {
    /// A stream by its two names.
    #[must_use]
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}
