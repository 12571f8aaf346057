//! Citations: a section, a paragraph of its outline, and what stands outside the outline.
//!
//! Rule text and tables hold citations as plain text; this is for putting them in order, for
//! reading what a person typed, and for asking which paragraph holds which.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A citation, such as `740.22(c)(2)(i)`, `4E001 Note 1` or `738 Supp. 1`.
///
/// Ordered as the regulation is: sections by their numbers, paragraphs by their outline, where
/// `(i)` is a numeral on the third and sixth level and a letter elsewhere.
///
/// ```
/// let citation: law::Citation = "§ 740.22 (c)(2)".parse()?;
/// assert_eq!(citation.to_string(), "740.22(c)(2)");
/// # Ok::<(), law::citation::ParseCitationError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Citation {
    section: String,
    /// The steps of the outline, without brackets.
    outline: Vec<String>,
    /// What follows: `Note 1`.
    rest: String,
}

/// A text that is no citation.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is not a citation, such as `740.22(c)(2)`")]
pub struct ParseCitationError {
    /// The text.
    pub text: String,
}

impl Citation {
    /// The section's number.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// The steps of the outline, without brackets.
    pub fn outline(&self) -> impl Iterator<Item = &str> {
        self.outline.iter().map(String::as_str)
    }

    /// Whether the other citation is this one or lies within it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let within = self.section == other.section && other.outline.starts_with(&self.outline);
        let same = self.outline.len() == other.outline.len();
        within && (self.rest.is_empty() || (same && self.rest == other.rest))
    }
}

impl FromStr for Citation {
    type Err = ParseCitationError;

    fn from_str(text: &str) -> Result<Self, ParseCitationError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let folded = words.join(" ");
        let plain = folded.trim_start_matches('§').trim_start();
        let end = plain.find(['(', ' ']).unwrap_or(plain.len());
        let (section, after) = plain.split_at_checked(end).unwrap_or((plain, ""));
        if !section.starts_with(|it: char| it.is_ascii_alphanumeric())
            || section.contains(|it: char| it.is_control())
        {
            return Err(ParseCitationError { text: text.to_owned() });
        }
        let mut outline = Vec::new();
        let mut rest = after;
        while let Some((step, after)) =
            rest.trim_start().strip_prefix('(').and_then(|it| it.split_once(')'))
        {
            if step.is_empty() || !step.bytes().all(|it| it.is_ascii_alphanumeric()) {
                break;
            }
            outline.push(step.to_owned());
            rest = after;
        }
        if !rest.is_empty() && !rest.starts_with(' ') {
            // `748.5 (c)-(f)` is no step of an outline.
            outline.clear();
            rest = after;
        }
        Ok(Self { section: section.to_owned(), outline, rest: rest.trim().to_owned() })
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.section)?;
        for step in &self.outline {
            write!(f, "({step})")?;
        }
        if self.rest.is_empty() { Ok(()) } else { write!(f, " {}", self.rest) }
    }
}

impl Ord for Citation {
    fn cmp(&self, other: &Self) -> Ordering {
        let steps = || {
            let one = self.outline.iter().enumerate().map(|(level, it)| rank(level, it));
            one.cmp(other.outline.iter().enumerate().map(|(level, it)| rank(level, it)))
        };
        natural(&self.section, &other.section)
            .then_with(steps)
            .then_with(|| natural(&self.rest, &other.rest))
    }
}

impl PartialOrd for Citation {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The place of a step among its siblings.
fn rank(level: usize, step: &str) -> (u64, &str) {
    let place = step.parse().ok().or_else(|| if level % 3 == 2 { numeral(step) } else { None });
    (place.or_else(|| letters(step)).unwrap_or(u64::MAX), step)
}

/// The value of a small numeral, such as `iv`.
fn numeral(step: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut highest = 0;
    for it in step.chars().rev() {
        let value = match it.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        };
        if value < highest {
            total = total.checked_sub(value)?;
        } else {
            total = total.checked_add(value)?;
            highest = value;
        }
    }
    Some(total)
}

/// `a` to `z`, then `aa`.
fn letters(step: &str) -> Option<u64> {
    step.bytes().try_fold(0_u64, |total, it| {
        let place = it.to_ascii_lowercase().checked_sub(b'a').filter(|it| *it < 26)?;
        total.checked_mul(26)?.checked_add(u64::from(place) + 1)
    })
}

/// Text order in which runs of digits count as numbers.
fn natural(one: &str, other: &str) -> Ordering {
    let mut pieces = (pieces(one), pieces(other));
    loop {
        let ordering = match (pieces.0.next(), pieces.1.next()) {
            (None, None) => return one.cmp(other),
            (a, b) => a.cmp(&b),
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
}

/// Runs of digits by value (leading zeros apart), and everything else letter by letter.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(digits.max(first.len_utf8()))?;
        rest = after;
        let number = piece.trim_start_matches('0');
        Some(if digits > 0 { (number.len() + 1, number) } else { (0, piece) })
    })
}

#[cfg(test)]
mod tests;
