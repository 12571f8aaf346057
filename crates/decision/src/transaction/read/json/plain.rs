//! JSON as nearly everybody writes it, to the same tree in a fraction of the time: texts without
//! escapes, whole numbers, not nested deep.
//!
//! At the first sign of anything else it gives up, and the careful parser reads the text from the
//! beginning; so it never has to say what is wrong.

use crate::transaction::read::{DEEPEST, Entry, Node, NodeValue};
use std::borrow::Cow;

/// Reads one JSON text; `None` where it is not plain, or not JSON.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    let mut plain = Plain { text, at: 0 };
    let node = plain.value(0)?;
    plain.space();
    (plain.at == text.len()).then_some(node)
}

struct Plain<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Plain<'a> {
    fn value(&mut self, depth: usize) -> Option<Node<'a>> {
        self.space();
        let value = match self.peek()? {
            b'"' => NodeValue::Text(Cow::Borrowed(self.string()?)),
            b'{' => self.map(depth)?,
            b'[' => self.list(depth)?,
            b't' => self.word("true", NodeValue::Bool(true))?,
            b'f' => self.word("false", NodeValue::Bool(false))?,
            b'n' => self.word("null", NodeValue::Null)?,
            b'0'..=b'9' => self.number()?,
            _ => return None,
        };
        Some(Node { value, line: 0 })
    }

    fn map(&mut self, depth: usize) -> Option<NodeValue<'a>> {
        let mut entries = Vec::with_capacity(8);
        self.open(depth)?;
        if self.ends(b'}')? {
            return Some(NodeValue::Map(entries));
        }
        loop {
            self.space();
            let key = Cow::Borrowed(self.string()?);
            self.space();
            if self.next()? != b':' {
                return None;
            }
            entries.push(Entry { key, node: self.value(depth + 1)? });
            if !self.goes_on(b'}')? {
                return Some(NodeValue::Map(entries));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<NodeValue<'a>> {
        let mut nodes = Vec::new();
        self.open(depth)?;
        if self.ends(b']')? {
            return Some(NodeValue::List(nodes));
        }
        loop {
            nodes.push(self.value(depth + 1)?);
            if !self.goes_on(b']')? {
                return Some(NodeValue::List(nodes));
            }
        }
    }

    /// Passes the bracket that opens.
    fn open(&mut self, depth: usize) -> Option<()> {
        self.at += 1;
        (depth < DEEPEST).then_some(())
    }

    /// Whether the bracket closes at once; if so it is passed.
    fn ends(&mut self, close: u8) -> Option<bool> {
        self.space();
        let ends = self.peek()? == close;
        self.at += usize::from(ends);
        Some(ends)
    }

    /// Whether there is another element after a comma, and not the bracket that closes.
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        self.space();
        match self.next()? {
            b',' => Some(true),
            it => (it == close).then_some(false),
        }
    }

    /// A text without escapes.
    fn string(&mut self) -> Option<&'a str> {
        if self.next()? != b'"' {
            return None;
        }
        let rest = self.text.as_bytes().get(self.at..)?;
        let length = rest.iter().position(|it| matches!(it, b'"' | b'\\' | 0..0x20))?;
        let text = self.text.get(self.at..self.at + length)?;
        self.at += length;
        (self.next()? == b'"').then_some(text)
    }

    /// A whole number that is not negative, in thousandths.
    fn number(&mut self) -> Option<NodeValue<'a>> {
        /// Beyond so many digits a number may be too large.
        const DIGITS: usize = 15;
        let rest = self.text.as_bytes().get(self.at..)?;
        let length = rest.iter().position(|it| !it.is_ascii_digit()).unwrap_or(rest.len());
        let leading_zero = length > 1 && rest.first() == Some(&b'0');
        if length > DIGITS || leading_zero || matches!(rest.get(length), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        let digits = rest.get(..length)?.iter();
        let number = digits.fold(0_i64, |number, digit| 10 * number + i64::from(digit - b'0'));
        self.at += length;
        Some(NodeValue::Number(Ok(1000 * number)))
    }

    fn word(&mut self, word: &str, value: NodeValue<'a>) -> Option<NodeValue<'a>> {
        let is_it = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_it.then_some(value)
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }
}

#[cfg(test)]
mod tests;
