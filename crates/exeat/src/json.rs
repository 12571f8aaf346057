//! Writes JSON straight into bytes.
//!
//! Answers are written by hand so that neither the wire form nor the core types can change the
//! other by accident, and so that a hundred thousand small answers a second cost no tree of
//! values. Reading is `serde_json`'s work.

use law::Truth;
use std::ops::Range;

/// A JSON text in the making. Braces and commas come by themselves; the caller keeps objects and
/// arrays balanced by writing their content in a closure.
#[derive(Debug)]
pub(crate) struct Writer<'out> {
    out: &'out mut Vec<u8>,
    layout: Layout,
    depth: usize,
    first: bool,
    /// Where to note what the caller's own words became, if that is asked.
    own: Option<&'out mut Vec<Range<usize>>>,
}

/// How a JSON text is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Layout {
    /// All in one line.
    Line,
    /// One value a line, indented by two.
    Pretty,
}

impl<'out> Writer<'out> {
    /// Appends to these bytes.
    pub(crate) fn new(out: &'out mut Vec<u8>, layout: Layout) -> Self {
        Self { out, layout, depth: 0, first: true, own: None }
    }

    /// Appends to these bytes in one line, and notes where in them that stands which is written as
    /// the caller's own.
    pub(crate) fn noting(out: &'out mut Vec<u8>, own: &'out mut Vec<Range<usize>>) -> Self {
        Self { own: Some(own), ..Self::new(out, Layout::Line) }
    }

    /// Goes on in one line, within an object that has fields already or, if `first`, has none.
    pub(crate) fn within(out: &'out mut Vec<u8>, first: bool) -> Self {
        Self { first, ..Self::new(out, Layout::Line) }
    }

    /// Fields that hold the caller's own words.
    pub(crate) fn own(&mut self, content: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        content(self);
        let end = self.out.len();
        if let Some(own) = &mut self.own {
            own.push(start..end);
        }
    }

    /// An object as an element or as the whole text.
    pub(crate) fn object(&mut self, content: impl FnOnce(&mut Self)) {
        self.element();
        self.nested(b'{', b'}', content);
    }

    /// An object as the value of a key.
    pub(crate) fn object_of(&mut self, key: &'static str, content: impl FnOnce(&mut Self)) {
        self.key(key);
        self.nested(b'{', b'}', content);
    }

    /// An array as the value of a key.
    pub(crate) fn array_of(&mut self, key: &'static str, content: impl FnOnce(&mut Self)) {
        self.key(key);
        self.nested(b'[', b']', content);
    }

    /// An array of objects, one for each element, as the value of a key.
    pub(crate) fn objects_of<T>(
        &mut self,
        key: &'static str,
        elements: &[T],
        mut content: impl FnMut(&mut Self, &T),
    ) {
        self.array_of(key, |json| {
            for element in elements {
                json.object(|json| content(json, element));
            }
        });
    }

    /// An array of texts as the value of a key.
    pub(crate) fn texts_of(
        &mut self,
        key: &'static str,
        texts: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        self.array_of(key, |json| {
            for text in texts {
                json.element();
                json.quoted(text.as_ref());
            }
        });
    }

    /// A text as the value of a key.
    #[expect(
        clippy::inline_always,
        reason = "a key that is known where it is written is a few moves"
    )]
    #[inline(always)]
    pub(crate) fn text_of(&mut self, key: &'static str, text: &str) {
        self.key(key);
        self.quoted(text);
    }

    /// A text in pieces, none of which has anything to be escaped, as the value of a key.
    pub(crate) fn pieces_of(
        &mut self,
        key: &'static str,
        pieces: impl FnOnce(&mut dyn FnMut(&str)),
    ) {
        self.key(key);
        self.out.push(b'"');
        pieces(&mut |it| self.out.extend_from_slice(it.as_bytes()));
        self.out.push(b'"');
    }

    /// A text, or null, as the value of a key.
    pub(crate) fn optional_of(&mut self, key: &'static str, text: Option<&str>) {
        match text {
            Some(text) => self.text_of(key, text),
            None => self.raw_of(key, "null"),
        }
    }

    /// True, false, or null for unknown, as the value of a key.
    #[inline]
    pub(crate) fn truth_of(&mut self, key: &'static str, truth: Truth) {
        self.raw_of(
            key,
            match truth {
                Truth::True => "true",
                Truth::False => "false",
                Truth::Unknown => "null",
            },
        );
    }

    /// Yes or no as the value of a key.
    pub(crate) fn bool_of(&mut self, key: &'static str, value: bool) {
        self.raw_of(key, if value { "true" } else { "false" });
    }

    /// A whole number as the value of a key.
    pub(crate) fn number_of(&mut self, key: &'static str, value: u64) {
        self.raw_of(key, &value.to_string());
    }

    /// A number of thousandths, from 0 to 1000, as a number from 0 to 1.
    pub(crate) fn thousandths_of(&mut self, key: &'static str, value: u16) {
        self.raw_of(key, &format!("{}.{:03}", value / 1000, value % 1000));
    }

    /// An amount in thousandths, as a number.
    pub(crate) fn amount_of(&mut self, key: &'static str, thousandths: u128) {
        let (whole, part) = (thousandths / 1000, thousandths % 1000);
        let text = if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}") };
        self.raw_of(key, text.trim_end_matches(|it| part != 0 && it == '0'));
    }

    /// A value that is JSON already.
    pub(crate) fn json_of(&mut self, key: &'static str, value: &str) {
        self.raw_of(key, value);
    }

    #[expect(
        clippy::inline_always,
        reason = "a key that is known where it is written is a few moves"
    )]
    #[inline(always)]
    fn raw_of(&mut self, key: &'static str, value: &str) {
        self.key(key);
        self.out.extend_from_slice(value.as_bytes());
    }

    /// Keys are ours, and none has anything to be escaped.
    #[expect(
        clippy::inline_always,
        reason = "a key that is known where it is written is a few moves"
    )]
    #[inline(always)]
    fn key(&mut self, key: &'static str) {
        match self.layout {
            Layout::Line => {
                self.out.reserve(key.len() + 4);
                if !self.first {
                    self.out.push(b',');
                }
                self.first = false;
                self.out.push(b'"');
                self.out.extend_from_slice(key.as_bytes());
                self.out.extend_from_slice(b"\":");
            }
            Layout::Pretty => self.pretty_key(key),
        }
    }

    #[inline(never)]
    fn pretty_key(&mut self, key: &str) {
        self.element();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }

    #[inline]
    fn element(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
        if self.depth > 0 {
            self.line();
        }
    }

    fn nested(&mut self, open: u8, close: u8, content: impl FnOnce(&mut Self)) {
        self.out.push(open);
        self.depth += 1;
        self.first = true;
        content(self);
        self.depth -= 1;
        if !self.first {
            self.line();
        }
        self.first = false;
        self.out.push(close);
    }

    fn line(&mut self) {
        if self.layout == Layout::Pretty {
            self.out.push(b'\n');
            self.out.extend(std::iter::repeat_n(b' ', 2 * self.depth));
        }
    }

    fn quoted(&mut self, text: &str) {
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(place) = first_to_be_escaped(rest) {
            let (plain, tail) = rest.split_at(place);
            self.out.extend_from_slice(plain);
            let Some((byte, tail)) = tail.split_first() else { break };
            self.escaped(*byte);
            rest = tail;
        }
        self.out.extend_from_slice(rest);
        self.out.push(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        match byte {
            b'"' => self.out.extend_from_slice(b"\\\""),
            b'\\' => self.out.extend_from_slice(b"\\\\"),
            b'\n' => self.out.extend_from_slice(b"\\n"),
            b'\r' => self.out.extend_from_slice(b"\\r"),
            b'\t' => self.out.extend_from_slice(b"\\t"),
            other => self.out.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
        }
    }
}

/// The place of the first byte that must be escaped. Most texts have none, so thirty-two bytes are
/// passed over at once, then eight.
fn first_to_be_escaped(bytes: &[u8]) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<32>();
    let passed = chunks.iter().take_while(|it| is_plain(it)).count();
    let rest = if passed == chunks.len() { rest } else { bytes.get(32 * passed..)? };
    let (eights, _) = rest.as_chunks::<8>();
    let plain = eights.iter().take_while(|it| !any_must_be_escaped(u64::from_le_bytes(**it)));
    let passed_of_rest = 8 * plain.count();
    let rest = rest.get(passed_of_rest..)?;
    let place = rest.iter().position(|it| must_be_escaped(*it));
    place.map(|place| 32 * passed + passed_of_rest + place)
}

/// Whether none of these must be escaped. Written without a way out in the middle, so that the
/// machine compares sixteen bytes in one step.
fn is_plain(bytes: &[u8; 32]) -> bool {
    let (halves, _) = bytes.as_chunks::<16>();
    let mut any = [0_u8; 16];
    for half in halves {
        for (any, byte) in any.iter_mut().zip(half) {
            *any |= u8::from(must_be_escaped(*byte));
        }
    }
    any == [0; 16]
}

/// Whether any of eight bytes must be escaped. A byte of `it - 0x20` borrows exactly where the
/// lowest byte below 0x20 is, and so on: what is found above it may be wrong, that there is one is
/// not.
fn any_must_be_escaped(eight: u64) -> bool {
    /// The same byte eight times.
    const fn every(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let below = |it: u64, byte| it.wrapping_sub(every(byte)) & !it;
    let equal = |byte| below(eight ^ every(byte), 1);
    (below(eight, 0x20) | equal(b'"') | equal(b'\\') | equal(0x7f)) & every(0x80) != 0
}

const fn must_be_escaped(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f)
}

#[cfg(test)]
mod tests;
