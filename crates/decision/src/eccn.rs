//! Export Control Classification Numbers, down to the paragraph.
//!
//! A number is well formed here and nothing more: whether the Commerce Control List has it depends
//! on the day, and only the rulebook's table knows.

use std::fmt;
use std::str::FromStr;

/// The number of an entry of the Commerce Control List, with or without its paragraph, or `EAR99`.
///
/// ```
/// let eccn: decision::Eccn = "5d002.c.1".parse()?;
/// assert_eq!((eccn.to_string(), eccn.entry()), ("5D002.c.1".to_owned(), "5D002"));
/// # Ok::<(), decision::eccn::ParseEccnError>(())
/// ```
///
/// Source: 738.2(d)(1), 734.3(c).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Eccn(Box<str>); // INVARIANT: five ASCII characters, then `.` and a segment any number of times.

/// Why a text is no classification number.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is not a classification number")]
pub struct ParseEccnError {
    /// What was written.
    pub text: String,
}

impl Eccn {
    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The entry without the paragraph: `5D002` of `5D002.c.1`.
    #[must_use]
    pub fn entry(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// The letter of the product group: `D` of `5D002`. `EAR99` is of none.
    ///
    /// Source: 738.2(b).
    #[must_use]
    pub fn product_group(&self) -> Option<&str> {
        self.0.get(1..2).filter(|_| self.0.starts_with(|it: char| it.is_ascii_digit()))
    }

    /// Whether `code` names the same paragraph or one that contains it.
    #[must_use]
    pub fn is_under(&self, code: &str) -> bool {
        contains(code, &self.0)
    }

    /// Whether `code` names the same paragraph or one within it.
    #[must_use]
    pub fn holds(&self, code: &str) -> bool {
        contains(&self.0, code)
    }
}

fn contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl FromStr for Eccn {
    type Err = ParseEccnError;

    fn from_str(text: &str) -> Result<Self, ParseEccnError> {
        let (entry, paragraph) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
        let well_formed = is_entry(entry)
            && paragraph.is_none_or(|it| entry.len() == 5 && it.split('.').all(is_segment))
            || text.eq_ignore_ascii_case("EAR99");
        if !well_formed {
            return Err(ParseEccnError { text: crate::suggestion::shortened(text) });
        }
        let mut code = entry.to_ascii_uppercase();
        if let Some(paragraph) = paragraph {
            code.push('.');
            code.push_str(&paragraph.to_ascii_lowercase());
        }
        Ok(Self(code.into_boxed_str()))
    }
}

fn is_entry(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9', group, b'0'..=b'9', b'0'..=b'9', b'0'..=b'9']
        if matches!(group.to_ascii_uppercase(), b'A'..=b'E'))
}

fn is_segment(text: &str) -> bool {
    const LONGEST: usize = 4;
    (1..=LONGEST).contains(&text.len())
        && (text.bytes().all(|it| it.is_ascii_digit())
            || text.bytes().all(|it| it.is_ascii_alphabetic()))
}

impl fmt::Display for Eccn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an item is "for": the parents of a paragraph such as "software for 5A001.j", the nearest
/// first. Written `5D001.c for 5A001.j`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EccnChain(Vec<Eccn>); // INVARIANT: not empty.

impl EccnChain {
    /// The parents, the nearest first.
    #[must_use]
    pub fn parents(&self) -> &[Eccn] {
        &self.0
    }
}

impl FromStr for EccnChain {
    type Err = ParseEccnError;

    fn from_str(text: &str) -> Result<Self, ParseEccnError> {
        text.split(" for ").map(|it| it.trim().parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Display for EccnChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, parent) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" for ")?;
            }
            write!(f, "{parent}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
