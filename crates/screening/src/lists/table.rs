//! Rows of a delimited text, one at a time and in bounded memory, with their lines.
//!
//! A quotation mark that is never closed swallows what follows. A row that has the wrong number of
//! fields and runs over several lines is therefore reported, and reading goes on at its second
//! line: one broken row costs one row.

use super::problem::{ImportError, Reason};
use std::collections::BTreeMap;

/// The largest row, in bytes. The longest row of a real list has about 20,000.
pub(super) const MAX_ROW: usize = 1 << 20;
const MAX_FIELDS: usize = 512;
/// How often reading goes back after a quotation mark that was not closed.
const MAX_RETURNS: u32 = 256;

pub(super) struct Table<'a> {
    input: &'a [u8],
    at: usize,
    line: u64,
    parser: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    width: Option<usize>,
    returns: u32,
}

/// One row: its line and its fields.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) line: u64,
    text: &'t str,
    ends: &'t [usize],
}

/// A row that was left out.
pub(super) struct BadRow {
    pub(super) line: u64,
    pub(super) what: String,
}

impl<'a> Table<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        Self {
            input: text.as_bytes(),
            at: 0,
            line: 1,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; 4096],
            ends: vec![0; MAX_FIELDS],
            width: None,
            returns: 0,
        }
    }

    /// From here on, rows must have this many fields.
    pub(super) fn expect_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// The next row that is not empty.
    pub(super) fn next(&mut self) -> Option<Result<Row<'_>, BadRow>> {
        self.skip_line_ends();
        if self.at >= self.input.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let read = self.read();
        let lines = self.line - line;
        let (length, fields) = match read {
            Ok(size) => size,
            Err(what) => {
                self.go_back(start, line);
                return Some(Err(BadRow { line, what }));
            }
        };
        if let Some(width) = self.width.filter(|it| *it != fields) {
            let mut what = format!("has {fields} fields instead of {width}");
            // A line end at the very end of the row is its own.
            if lines > 1 && self.returns < MAX_RETURNS {
                what.push_str("; a quotation mark may be missing");
                self.returns += 1;
                self.go_back(start, line);
            }
            return Some(Err(BadRow { line, what }));
        }
        let text = self.text.get(..length).unwrap_or_default();
        let text = std::str::from_utf8(text).unwrap_or_default();
        let ends = self.ends.get(..fields).unwrap_or_default();
        Some(Ok(Row { line, text, ends }))
    }

    fn skip_line_ends(&mut self) {
        while let Some(byte @ (b'\r' | b'\n')) = self.input.get(self.at) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
    }

    /// Reads one row: how many bytes of text, and how many fields.
    fn read(&mut self) -> Result<(usize, usize), String> {
        use csv_core::ReadRecordResult as Step;
        self.parser.reset();
        let (mut length, mut fields) = (0, 0);
        loop {
            let input = self.input.get(self.at..).unwrap_or_default();
            let text = self.text.get_mut(length..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (step, read, written, ended) = self.parser.read_record(input, text, ends);
            let read_bytes = input.get(..read).unwrap_or_default();
            self.line += super::decode::line_after(read_bytes) - 1;
            self.at += read;
            length += written;
            fields += ended;
            match step {
                Step::Record => return Ok((length, fields)),
                // The parser wants to hear that nothing follows.
                Step::InputEmpty | Step::End if input.is_empty() => return Ok((length, fields)),
                Step::InputEmpty | Step::End => {}
                Step::OutputFull if self.text.len() < MAX_ROW => {
                    self.text.resize(self.text.len() * 2, 0);
                }
                Step::OutputFull => {
                    return Err(format!("is longer than {MAX_ROW} bytes"));
                }
                Step::OutputEndsFull => return Err(format!("has more than {MAX_FIELDS} fields")),
            }
        }
    }

    /// Continues after the first line of a row that was given up.
    fn go_back(&mut self, start: usize, line: u64) {
        let rest = self.input.get(start..).unwrap_or_default();
        let length = rest.iter().position(|it| *it == b'\n').map_or(rest.len(), |it| it + 1);
        self.at = start + length;
        self.line = line + 1;
    }
}

impl<'t> Row<'t> {
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// A field by its place, trimmed; empty where there is none.
    pub(super) fn field(self, place: usize) -> &'t str {
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or(usize::MAX),
        };
        let end = self.ends.get(place).copied().unwrap_or(0);
        self.text.get(start..end).unwrap_or_default().trim()
    }

    pub(super) fn fields(self) -> impl Iterator<Item = &'t str> {
        (0..self.len()).map(move |it| self.field(it))
    }
}

/// The places of columns by their names, in lower case.
pub(super) struct Columns(BTreeMap<String, usize>);

impl Columns {
    pub(super) fn new(header: Row<'_>) -> Self {
        let mut columns = BTreeMap::new();
        for (place, name) in header.fields().enumerate() {
            columns.entry(name.to_lowercase()).or_insert(place);
        }
        Self(columns)
    }

    /// Refuses a table that lacks one of these columns.
    pub(super) fn require(&self, file: &str, line: u64, names: &[&str]) -> Result<(), ImportError> {
        match names.iter().find(|it| !self.0.contains_key(**it)) {
            None => Ok(()),
            Some(missing) => {
                let missing = (*missing).to_owned();
                Err(ImportError::at(file, line, Reason::Columns { missing }))
            }
        }
    }

    pub(super) fn get<'t>(&self, row: Row<'t>, name: &str) -> &'t str {
        self.0.get(name).map_or("", |it| row.field(*it))
    }

    /// Whether a row repeats the header.
    pub(super) fn repeated_by(&self, row: Row<'_>) -> bool {
        self.0.iter().all(|(name, place)| row.field(*place).to_lowercase() == *name)
    }
}
