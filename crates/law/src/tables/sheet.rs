//! A file of rows, cut into cells: CSV, or TOML with a `[[row]]` for each.

use super::comma::{Record, records};
use crate::diagnostic::Diagnostic;
use crate::lexer::offset;
use crate::manifest::{plain, span, toml_error};
use crate::source::{SourceFile, Span};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use toml::Spanned;

/// The rows of one file.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) name: String,
    pub(crate) span: Span,
    headers: Vec<Cow<'a, str>>,
    pub(crate) lines: Vec<Line<'a>>,
}

/// One row.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) number: u32,
    pub(crate) span: Span,
    cells: Vec<Cow<'a, str>>,
}

impl Line<'_> {
    /// A cell; what is missing is empty.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |it| it)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    row: Vec<Spanned<toml::Table>>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn read(file: &'a SourceFile, number: u16) -> Result<Self, Box<Diagnostic>> {
        let is_toml = std::path::Path::new(&file.name).extension().is_some_and(|it| it == "toml");
        if is_toml { Self::from_toml(file, number) } else { Self::from_csv(file, number) }
    }

    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.headers().position(|it| it == name)
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|it| &**it)
    }

    fn from_csv(file: &'a SourceFile, number: u16) -> Result<Self, Box<Diagnostic>> {
        let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
        let skipped = file.text.len() - text.len();
        let mut read = match records(text) {
            Some(records) => records,
            None => careful(text).map_err(|error| {
                let span = Span { file: number, start: 0, end: 0 };
                Box::new(Diagnostic::error(span, format!("`{}`: {error}", file.name)))
            })?,
        }
        .into_iter();
        let headers = read.next().map(|it| it.cells).unwrap_or_default();
        let mut lines = Vec::with_capacity(read.len());
        for Record { number: line, start, end, cells } in read {
            let span =
                Span { file: number, start: offset(start + skipped), end: offset(end + skipped) };
            if cells.len() > headers.len() {
                let message = format!(
                    "`{}`, line {line}: {} cells in a table of {} columns",
                    file.name,
                    cells.len(),
                    headers.len()
                );
                let help = "put a cell that holds a comma in quotes";
                return Err(Box::new(Diagnostic::error(span, message).help(help)));
            }
            lines.push(Line { number: line, span, cells });
        }
        let span =
            Span { file: number, start: 0, end: offset(text.lines().next().map_or(0, str::len)) };
        Ok(Self { name: file.name.clone(), span, headers, lines })
    }

    fn from_toml(file: &'a SourceFile, number: u16) -> Result<Self, Box<Diagnostic>> {
        let document: Document =
            toml::from_str(&file.text).map_err(|it| Box::new(toml_error(&it, number)))?;
        let columns: BTreeSet<&str> = document
            .row
            .iter()
            .flat_map(|it| it.get_ref().keys().map(String::as_str))
            .chain(["from", "until", "source"])
            .collect();
        let mut lines = Vec::with_capacity(document.row.len());
        let mut places = Places { text: &file.text, byte: 0, line: 1 };
        for row in &document.row {
            let span = span(row, number);
            let mut cells = Vec::with_capacity(columns.len());
            for column in &columns {
                let value = row.get_ref().get(*column);
                let cell = value.map_or(Some(String::new()), plain).ok_or_else(|| {
                    let message = format!("`{column}` is not a text, a number, a day or a list");
                    Box::new(Diagnostic::error(span, message))
                })?;
                cells.push(Cow::Owned(cell.trim().to_owned()));
            }
            let (.., line) = places.row(row.span().start);
            lines.push(Line { number: line, span, cells });
        }
        let span = Span { file: number, start: 0, end: 0 };
        let headers = columns.into_iter().map(|it| Cow::Owned(it.to_owned())).collect();
        Ok(Self { name: file.name.clone(), span, headers, lines })
    }
}

/// The records of any CSV there is.
fn careful(text: &str) -> Result<Vec<Record<'_>>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut places = Places { text, byte: 0, line: 1 };
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record?;
        let byte = record.position().map_or(0, csv::Position::byte);
        let (start, end, number) = places.row(usize::try_from(byte).unwrap_or(usize::MAX));
        let cells = record.iter().map(|it| Cow::Owned(it.to_owned())).collect();
        records.push(Record { number, start, end, cells });
    }
    Ok(records)
}

/// Counts lines while rows are read from the top down.
struct Places<'a> {
    text: &'a str,
    byte: usize,
    line: u32,
}

impl Places<'_> {
    /// The first byte of the row, the end of its first line, and the line's number. The reader
    /// gives the byte where it began to look, which may be before empty lines and comments.
    fn row(&mut self, from: usize) -> (usize, usize, u32) {
        let mut start = from.min(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        for line in rest.split_inclusive('\n') {
            let blank = line.trim_end_matches(['\r', '\n']).is_empty();
            if !blank && !line.starts_with('#') {
                break;
            }
            start += line.len();
        }
        let before = self.text.get(self.byte..start).unwrap_or_default();
        let breaks = before.bytes().filter(|it| *it == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.byte = self.byte.max(start);
        let length = self.text.get(start..).and_then(|it| it.lines().next()).map_or(0, str::len);
        (start, start + length, self.line)
    }
}
