//! Files as they were given, and places in them.

use std::fmt;

/// A file: its name as the user knows it, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path inside the rulebook folder, such as `740.22-ace.law`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// Which file, by its place among the files given.
    pub file: u16,
    /// The first byte.
    pub start: u32,
    /// The first byte after.
    pub end: u32,
}

impl SourceFile {
    /// The line and column (both from 1, columns in characters) of a byte.
    #[must_use]
    pub fn position(&self, byte: u32) -> (u32, u32) {
        let before = self.text.get(..byte as usize).unwrap_or(&self.text);
        let line = before.bytes().filter(|it| *it == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |it| it.chars().count()) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

impl fmt::Display for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
