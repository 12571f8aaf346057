//! Files of names: CSV with a header, JSON lines, or Parquet, one row after the other in constant
//! memory.
//!
//! A row that cannot be read is a row that says so; it does not stop the others.

mod column;
mod heading;

pub(crate) use column::{Field, parse_map};

use crate::columnar;
use crate::input;
use crate::once;
use crate::screened::{Asked, parse_born, parse_id, parse_kind};
use crate::trouble::Trouble;
use column::{Column, columns_of};
use decision::Country;
use decision::matches::{MOST_NAMES, unsearchable};
use heading::names_a_thing;
use screening::name::names_nobody;
use screening::{CountryCode, lists};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest row, in bytes.
const LONGEST: u64 = 10_000_000;

/// A row as it was read: its number from 1, and its values or what is wrong with it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its number; the header does not count.
    pub(crate) number: u64,
    /// Before which byte of the file it begins; there may be empty lines between.
    pub(crate) at: u64,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Values(csv::ByteRecord),
    Line(Vec<u8>),
    Bad(String),
}

impl Row {
    /// The same as the row of another number.
    pub(crate) fn numbered(self, number: u64) -> Self {
        Self { number, ..self }
    }
}

/// A file of names.
pub(crate) struct Rows {
    kind: Kind,
    number: u64,
    /// Where the next line begins, in a file of lines.
    at: u64,
    /// How many bytes were read.
    read: Arc<AtomicU64>,
    since_row: Arc<AtomicU64>,
}

/// How a file is divided into rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// Columns, with this between them.
    Csv {
        /// Between the columns.
        delimiter: u8,
    },
    /// JSON, an object a line.
    Lines,
}

enum Kind {
    Csv { reader: Box<csv::Reader<Chain<Cursor<Vec<u8>>, Counted>>>, delimiter: u8 },
    Lines(BufReader<Counted>),
}

/// How rows become questions.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// For each column, what it holds. Empty for JSON lines.
    columns: Vec<Column>,
    map: Vec<(Field, String)>,
}

impl Rows {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, has no column of names, or is in a format that is not known.
    pub(crate) fn open(path: &Path, map: &[(Field, String)]) -> Result<(Self, Reading), Trouble> {
        let input: Box<dyn Read + Send> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else if columnar::is_one(path) {
            columnar::open(path)?
        } else {
            Box::new(File::open(path).map_err(|error| Trouble::reading(path, &error))?)
        };
        Self::of(input, path, map)
    }

    /// The rows of these numbers, from 1 and rising, of a file of columns.
    ///
    /// # Errors
    ///
    /// Where the program that reads them is not there.
    pub(crate) fn some(path: &Path, numbers: &[u64]) -> Result<Self, Trouble> {
        let (read, since_row) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let input = columnar::open_some(path, numbers)?;
        let counted = Counted { input, read: Arc::clone(&read), since_row: Arc::clone(&since_row) };
        Ok(Self { kind: Kind::Lines(BufReader::new(counted)), number: 0, at: 0, read, since_row })
    }

    /// The rows of an input that is called so.
    ///
    /// # Errors
    ///
    /// As [`Rows::open`].
    pub(crate) fn of(
        input: Box<dyn Read + Send>,
        path: &Path,
        map: &[(Field, String)],
    ) -> Result<(Self, Reading), Trouble> {
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        let (read, since_row) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let counted = Counted { input, read: Arc::clone(&read), since_row: Arc::clone(&since_row) };
        let mut input = BufReader::with_capacity(1 << 16, counted);
        let head = input.fill_buf().map_err(|error| Trouble::reading(path, &error))?;
        if input::is_utf16(head) {
            return Err(Trouble::new(format!("`{}` is not UTF-8", path.display()))
                .help("save it as UTF-8; it seems to be UTF-16"));
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let lines = columnar::is_one(path)
            || matches!(extension.to_ascii_lowercase().as_str(), "jsonl" | "ndjson")
            || head.trim_ascii_start().starts_with(b"{");
        if lines {
            let reading = Reading { columns: Vec::new(), map: map.to_vec() };
            let kind = Kind::Lines(input);
            return Ok((Self { kind, number: 0, at: 0, read, since_row }, reading));
        }
        let first = head.split(|it| *it == b'\n').next().unwrap_or_default();
        let often = |delimiter: u8| first.split(|it| *it == delimiter).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|it| often(*it)).unwrap_or(b',');
        let buffered = input.buffer().to_vec();
        let rest = input.into_inner();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Cursor::new(buffered).chain(rest));
        let header = reader
            .byte_headers()
            .map_err(|error| Trouble::new(format!("`{}`: {error}", path.display())))?;
        let columns: Vec<String> = header
            .iter()
            .map(|it| String::from_utf8_lossy(it).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let columns = columns_of(&columns, map).map_err(|it| {
            Trouble::new(format!("`{}`: {it}", path.display()))
                .help("name the columns: --map name=\"Customer name\" --map country=Land")
        })?;
        let reading = Reading { columns, map: map.to_vec() };
        let kind = Kind::Csv { reader: Box::new(reader), delimiter };
        Ok((Self { kind, number: 0, at: 0, read, since_row }, reading))
    }

    /// How many bytes were read so far; to be asked while another thread reads.
    pub(crate) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read on.
    pub(crate) fn next(&mut self) -> io::Result<Option<Row>> {
        self.since_row.store(0, Ordering::Relaxed);
        let mut at = self.at;
        let content = match &mut self.kind {
            Kind::Csv { reader, .. } => {
                at = reader.position().byte();
                let mut record = csv::ByteRecord::new();
                match reader.read_byte_record(&mut record) {
                    Ok(false) => return Ok(None),
                    Ok(true) => Content::Values(record),
                    Err(error) if error.is_io_error() => return Err(error.into()),
                    Err(error) => Content::Bad(error.to_string()),
                }
            }
            Kind::Lines(reader) => loop {
                let mut line = Vec::new();
                let count = reader.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line)?;
                if count == 0 {
                    return Ok(None);
                }
                self.at += count as u64;
                if line.len() as u64 > LONGEST {
                    self.at += skip_line(reader)?;
                    break Content::Bad("the line is longer than 10 MB".to_owned());
                }
                if !line.trim_ascii().is_empty() {
                    break Content::Line(line);
                }
                at = self.at;
            },
        };
        self.number += 1;
        Ok(Some(Row { number: self.number, at, content }))
    }

    /// How the file is divided into rows.
    pub(crate) fn form(&self) -> Form {
        match self.kind {
            Kind::Csv { delimiter, .. } => Form::Csv { delimiter },
            Kind::Lines(_) => Form::Lines,
        }
    }

    /// The row of this number again, out of the bytes from where it begins to where the next does.
    ///
    /// # Errors
    ///
    /// Where there is none in them.
    pub(crate) fn again(form: Form, number: u64, bytes: Vec<u8>) -> io::Result<Row> {
        let (read, since_row) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let counted = |input: Box<dyn Read + Send>| Counted {
            input,
            read: Arc::clone(&read),
            since_row: Arc::clone(&since_row),
        };
        let kind = match form {
            Form::Csv { delimiter } => {
                let reader = csv::ReaderBuilder::new()
                    .flexible(true)
                    .has_headers(false)
                    .delimiter(delimiter)
                    .from_reader(Cursor::new(bytes).chain(counted(Box::new(io::empty()))));
                Kind::Csv { reader: Box::new(reader), delimiter }
            }
            Form::Lines => Kind::Lines(BufReader::new(counted(Box::new(Cursor::new(bytes))))),
        };
        let number = number.saturating_sub(1);
        let mut rows = Self { kind, number, at: 0, read, since_row };
        rows.next()?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }
}

/// Reads to the end of the line, and says how much that was.
fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let (count, found) = match buffer.iter().position(|it| *it == b'\n') {
            Some(place) => (place + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(count);
        skipped += count as u64;
        if found {
            return Ok(skipped);
        }
    }
}

impl Reading {
    /// How the rows of JSON lines are understood where nobody says which key holds what.
    pub(crate) fn of_lines() -> Self {
        Self { columns: Vec::new(), map: Vec::new() }
    }

    /// The question of a line.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(crate) fn asked_line(&self, line: &[u8]) -> Result<Asked, String> {
        self.asked(&Row { number: 0, at: 0, content: Content::Line(line.to_vec()) })
    }

    /// The question of a row.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(crate) fn asked(&self, row: &Row) -> Result<Asked, String> {
        let (mut asked, mut further) = (Asked::default(), Vec::new());
        match &row.content {
            Content::Bad(why) => return Err(why.clone()),
            Content::Values(values) => {
                // A cell without a header is one that an unquoted separator cut off.
                let beyond = values.iter().skip(self.columns.len());
                if beyond.into_iter().any(|it| !it.trim_ascii().is_empty()) {
                    let columns = self.columns.len();
                    let most = if columns == 1 { "column" } else { "columns" };
                    return Err(format!(
                        "the row has {} values and the header {columns} {most}: put quotation marks \
                         around a value that has a separator in it",
                        values.len()
                    ));
                }
                if let Some(why) = self.unclosed(values) {
                    return Err(why);
                }
                for (column, value) in self.columns.iter().zip(values) {
                    if *column == Column::LeftOut {
                        continue;
                    }
                    let text = std::str::from_utf8(value)
                        .map_err(|_| "the row is not UTF-8".to_owned())?;
                    match column {
                        Column::Holds(Field::Further) => further.push(text.trim().to_owned()),
                        Column::Holds(field) => put(&mut asked, *field, text),
                        Column::Unsearched(_) | Column::Unknown(_) | Column::LeftOut => {
                            asked.passed_over.extend(column.passes_over(text).cloned());
                        }
                    }
                }
            }
            Content::Line(line) => {
                let value: Value = once::read(line).map_err(|unread| {
                    let what = if unread.is_json { "" } else { "the line is no JSON: " };
                    format!("{what}{unread}")
                })?;
                let object = value.as_object().ok_or("the line is no JSON object")?;
                for (key, value) in object {
                    match (Column::of(key, &self.map), value) {
                        (Column::Holds(Field::Further), Value::String(text)) => {
                            further.push(text.trim().to_owned());
                        }
                        (Column::Holds(field), _) => put_value(&mut asked, field, value),
                        (column, _) => {
                            asked.passed_over.extend(passed_over(&column, value).cloned());
                        }
                    }
                }
            }
        }
        if asked.query.name.is_empty() {
            return Err("there is no name".to_owned());
        }
        put_further(&mut asked, further);
        let others = asked.query.aliases.len();
        if others > MOST_NAMES {
            return Err(format!(
                "there are {others} other names: at most {MOST_NAMES} are searched"
            ));
        }
        if let Some(why) = unsearchable(&asked.query) {
            asked.problems.push(format!("not searched for certain: {why}"));
        }
        for column in &asked.passed_over {
            asked.problems.push(format!("`{column}` may be a name, and is not searched"));
        }
        Ok(asked)
    }
}

impl Reading {
    /// Why other rows seem to stand within a value: a quotation mark opens it and is never closed, or
    /// is by the next one somewhere.
    fn unclosed(&self, values: &csv::ByteRecord) -> Option<String> {
        /// So many lines are no name.
        const LINES: usize = 3;
        let between = self.columns.len().saturating_sub(1);
        let is_short = values.len() <= between;
        let mut all = self.columns.iter().zip(values);
        all.find_map(|(column, value)| {
            let lines: Vec<&[u8]> = value.split(|it| *it == b'\n').collect();
            let is_name =
                matches!(column.field(), Some(Field::Name | Field::Alias | Field::Further));
            let like_row = |line: &&[u8]| {
                let values = |mark: u8| line.split(|it| *it == mark).count();
                [b',', b';', b'\t'].into_iter().any(|it| values(it) == self.columns.len())
            };
            let rows = lines.iter().skip(1).filter(|it| like_row(it)).count();
            let is_open = lines.len() > 1 && is_short || is_name && lines.len() >= LINES;
            (is_open && rows > 0).then(|| {
                format!(
                    "a value has {} lines that look like rows: is a quotation mark not closed?",
                    lines.len()
                )
            })
        })
    }
}

/// Puts in what stands in columns beside the name: other names, or what the name goes on with.
fn put_further(asked: &mut Asked, mut further: Vec<String>) {
    further.retain(|it| !it.is_empty());
    if further.is_empty() {
        return;
    }
    let whole = format!("{} {}", asked.query.name, further.join(" "));
    // Somebody else may stand there, in as many parts.
    let rest = (further.len() > 1).then(|| further.join(" "));
    // A legal form that did not fit is no name of its own.
    further.retain(|it| !names_nobody(it));
    asked.query.aliases.extend(further);
    asked.query.aliases.extend(rest);
    asked.query.aliases.push(whole);
}

/// The column's name, where somewhere in a value of it there may be a name that is not searched.
/// What the keys in it say counts where they say that nobody is named.
fn passed_over<'c>(column: &'c Column, value: &Value) -> Option<&'c String> {
    match value {
        Value::String(text) => column.passes_over(text),
        Value::Array(values) => values.iter().find_map(|it| passed_over(column, it)),
        Value::Object(values) => {
            let mut others = values.iter().filter(|it| !names_a_thing(it.0));
            others.find_map(|it| passed_over(column, it.1))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn put_value(asked: &mut Asked, field: Field, value: &Value) {
    match value {
        Value::String(text) => put(asked, field, text),
        Value::Number(number) => put(asked, field, &number.to_string()),
        Value::Array(values) => values.iter().for_each(|it| put_value(asked, field, it)),
        Value::Object(values) if field == Field::Id => {
            for (kind, it) in values {
                let number = it.as_str().map_or_else(|| it.to_string(), str::to_owned);
                put(asked, field, &format!("{kind}:{number}"));
            }
        }
        Value::Null => {}
        _ if field == Field::Unused => {}
        Value::Bool(_) | Value::Object(_) => {
            asked.problems.push(format!("{field:?} is no text").to_lowercase());
        }
    }
}

/// Puts a value into the question. One that is not understood is told, and the name is searched
/// all the same: what is missing can only make more matches.
fn put(asked: &mut Asked, field: Field, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let (query, problems) = (&mut asked.query, &mut asked.problems);
    let several = || text.split(';').map(str::trim).filter(|it| !it.is_empty());
    match field {
        Field::Name if query.name.is_empty() => text.clone_into(&mut query.name),
        Field::Name | Field::Further => query.aliases.push(text.to_owned()),
        Field::Unused => {}
        // A dash stands where there is no other name.
        Field::Alias => {
            let said =
                several().filter(|it| !it.chars().all(|it| "-\u{2013}\u{2014}./".contains(it)));
            query.aliases.extend(said.map(str::to_owned));
        }
        Field::Kind => match parse_kind(text) {
            Ok(kind) => query.kind = kind,
            Err(problem) => problems.push(problem),
        },
        Field::Country => {
            for told in several() {
                match countries(told) {
                    Some(codes) => query.countries.extend(codes),
                    None => problems.push(format!("`{told}` is no country")),
                }
            }
        }
        Field::Address => asked.at(text),
        Field::Born => match parse_born(text) {
            Ok(born) => asked.born(born),
            Err(problem) => problems.push(problem),
        },
        Field::Id => {
            for id in several() {
                match parse_id(id) {
                    Ok(id) => query.ids.push(id),
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
}

/// The countries of a value: a code of two or three letters, a name in English, or several codes.
fn countries(text: &str) -> Option<Vec<CountryCode>> {
    if let Ok(code) = text.parse() {
        return Some(vec![code]);
    }
    let named = || {
        let same = |it: &Country| it.name().eq_ignore_ascii_case(text);
        let code = Country::all().find(same).map(|it| it.code().to_owned());
        // Of three letters, what is meant is the code of that length.
        let meant = || text.parse::<Country>().err().filter(|_| text.len() == 3)?.suggestion;
        code.or_else(meant)?.get(..2)?.parse().ok()
    };
    if let Some(code) = lists::country(text).or_else(named) {
        return Some(vec![code]);
    }
    let codes = text.split([',', ' ', '/']).filter(|it| !it.is_empty());
    let codes: Option<Vec<CountryCode>> = codes.map(|it| it.parse().ok()).collect();
    codes.filter(|it| it.len() > 1)
}

/// Counts what is read, and stops where a row does not end.
struct Counted {
    input: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
    since_row: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        let since = self.since_row.fetch_add(count as u64, Ordering::Relaxed);
        if since > 4 * LONGEST {
            let text = "a row is longer than 40 MB: a quotation mark is probably never closed";
            return Err(io::Error::new(ErrorKind::InvalidData, text));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
