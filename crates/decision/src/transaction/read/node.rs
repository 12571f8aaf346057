//! The tree that the three formats have in common.

use std::borrow::Cow;

/// A value and where it is.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    /// The value.
    pub(crate) value: NodeValue<'a>,
    /// The line of its key or of its beginning; 0 where the format does not tell.
    pub(crate) line: u32,
}

/// A value as it was written.
#[derive(Debug)]
pub(crate) enum NodeValue<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number in thousandths.
    Number(Result<i64, Unfit>),
    /// A text.
    Text(Cow<'a, str>),
    /// A YAML scalar without quotes. What it is depends on what is expected: `5E001` is a
    /// classification and not a number, `NO` is Norway and not false.
    Plain(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object. Keys may be repeated here: the reader reports them.
    Map(Vec<Entry<'a>>),
}

/// Why what stands for a number cannot be one of thousandths.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unfit {
    /// It is none: `nan`, `inf`.
    NoNumber,
    /// It is too large, or has more than three decimals.
    TooLargeOrFine,
}

/// A key and its value.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// The key.
    pub(crate) key: Cow<'a, str>,
    /// Its value.
    pub(crate) node: Node<'a>,
}

impl Node<'_> {
    /// Whether nothing is said.
    pub(crate) fn is_null(&self) -> bool {
        match &self.value {
            NodeValue::Null => true,
            NodeValue::Plain(text) => is_null(text),
            NodeValue::Bool(_)
            | NodeValue::Number(_)
            | NodeValue::Text(_)
            | NodeValue::List(_)
            | NodeValue::Map(_) => false,
        }
    }

    /// The reference that the caller gave, as far as it can be read.
    pub(crate) fn id(&self) -> Option<String> {
        let NodeValue::Map(entries) = &self.value else { return None };
        let entry = entries.iter().find(|it| it.key == "id")?;
        let (NodeValue::Text(text) | NodeValue::Plain(text)) = &entry.node.value else {
            return None;
        };
        (!entry.node.is_null()).then(|| text.to_string())
    }
}

/// Whether a YAML scalar means nothing.
fn is_null(plain: &str) -> bool {
    matches!(plain, "" | "~" | "null" | "Null" | "NULL")
}

/// A number as it is written, in thousandths.
pub(crate) fn decimal(text: &str) -> Result<i64, Unfit> {
    // `inf` and `1e999` are the same to a parser; the second is a number, and too large.
    let has_digits = text.contains(|it: char| it.is_ascii_digit());
    let number = text.parse().ok().filter(|_| has_digits).ok_or(Unfit::NoNumber)?;
    thousandths(number)
}

/// A number in thousandths, if it is one, has at most three decimals and fits.
pub(crate) fn thousandths(number: f64) -> Result<i64, Unfit> {
    /// Beyond this, thousandths are no longer exact.
    const LARGEST: f64 = 1e12;
    // What is no number compares with nothing, and would pass as zero.
    if number.is_nan() {
        return Err(Unfit::NoNumber);
    }
    let scaled = number * 1000.0;
    let whole = scaled.round();
    if number.abs() > LARGEST || (scaled - whole).abs() > 1e-6_f64.max(scaled.abs() * 1e-15) {
        return Err(Unfit::TooLargeOrFine);
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and bounded by `LARGEST`")]
    Ok(whole as i64)
}
