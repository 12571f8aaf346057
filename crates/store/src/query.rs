//! Which views are wanted, in which order, and from where on.

pub(crate) mod sql;

use crate::name::Kind;
use crate::view::ViewRow;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// Which views are wanted; what is empty does not restrict.
#[derive(Clone, Debug)]
pub struct ViewQuery {
    /// Views of this kind of stream.
    pub kind: Kind,
    /// In one of these states.
    pub states: Vec<String>,
    /// Whose turn it is.
    pub assigned: Option<Assigned>,
    /// Due on this day or before.
    pub due_by: Option<Date>,
    /// With one of these outcomes.
    pub outcomes: Vec<String>,
    /// With all of these labels.
    pub labels: Vec<String>,
    /// With all of these words in the title or text, or words that begin so.
    pub text: String,
    /// Which come first.
    pub order: Order,
    /// Only those after this one: [`Page::next`] of the page before, under the same query.
    pub after: Option<Cursor>,
    /// How many, at most 1,000.
    pub limit: usize,
}

impl ViewQuery {
    /// All views of a kind, those that changed last first, 50 of them.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            states: Vec::new(),
            assigned: None,
            due_by: None,
            outcomes: Vec::new(),
            labels: Vec::new(),
            text: String::new(),
            order: Order::Changed,
            after: None,
            limit: 50,
        }
    }
}

/// Whose turn it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Assigned {
    /// Nobody's.
    Nobody,
    /// This one's.
    To(String),
}

/// Which views come first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// Those that changed last.
    Changed,
    /// Those that changed longest ago.
    Unchanged,
    /// Those that began last.
    Newest,
    /// Those that began first.
    Oldest,
    /// Those due first; without a date, last.
    Due,
    /// The most pressing, among them those due first.
    Priority,
}

/// Where a page ended. Opaque outside this crate; its text goes into links.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cursor(pub(crate) Vec<i64>);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(i64::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

/// The text is no cursor.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is no place in a list: take the one that a page gave")]
pub struct ParseCursorError {
    text: String,
}

impl FromStr for Cursor {
    type Err = ParseCursorError;

    fn from_str(text: &str) -> Result<Self, ParseCursorError> {
        let parts: Result<Vec<i64>, _> = text.split('.').take(4).map(str::parse).collect();
        match parts {
            Ok(parts) if Self(parts.clone()).to_string() == text => Ok(Self(parts)),
            _ => Err(ParseCursorError { text: text.chars().take(80).collect() }),
        }
    }
}

/// Some views, and where to go on.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The views, in order.
    pub rows: Vec<ViewRow>,
    /// Where the next page begins; `None` where this is the last.
    pub next: Option<Cursor>,
}
