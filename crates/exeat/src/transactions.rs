//! Documents to transactions, with problems in the words of the doors.

use crate::api::failure::{Failure, Problem};
use crate::input::{self, Document, Format, Input, Source};
use crate::pages::check::table;
use crate::trouble::Trouble;
use decision::transaction::Transaction;
use decision::transaction::read::{self, InputErrors};
use serde_json::json;
use std::io::{Cursor, Read};
use std::path::Path;

/// Reads a document as a transaction.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read(document: &Document) -> Result<Transaction, Failure> {
    read::read(format(document), &document.bytes).map_err(|errors| {
        let mut failure = Failure::from(errors);
        // What is no object at all may be a file of another kind.
        for it in &mut failure.problems {
            let is_whole = it.path.is_none() && it.message.starts_with("expected an object");
            if is_whole && it.help.is_none() {
                it.help = Some(READ.to_owned());
            }
        }
        failure
    })
}

/// What files are read.
const READ: &str = "a transaction is YAML, JSON or TOML; many are JSON lines, Parquet or CSV, whose \
                    first row names fields such as destination and items[0].eccn (--input says \
                    which, where the name of the file does not)";

/// Many transactions as JSON lines, whatever they were given as.
///
/// # Errors
///
/// As [`of_table`].
pub(crate) fn lines(input: Input, source: &Source) -> Result<Box<dyn Read + Send>, Trouble> {
    Ok(match input {
        Input::Lines(reader) => reader,
        Input::One(document) => Box::new(Cursor::new(document.bytes)),
        Input::Table(reader) => Box::new(of_table(reader, source.name().trim_matches('`'))?),
    })
}

/// How a line begins that stands for a row which could not be read; no JSON begins so.
const WRONG: char = '\u{1}';

/// A table as JSON lines: the first is empty and stands for the header, so that the number of a line
/// is that of its row. A row that cannot be read is a line that [`read_line`] answers with what is
/// wrong with it.
///
/// # Errors
///
/// Where the table cannot be read, is not UTF-8, or has no column that names a field.
pub(crate) fn of_table(mut input: impl Read, name: &str) -> Result<Cursor<Vec<u8>>, Trouble> {
    let mut bytes = Vec::new();
    let read = input.read_to_end(&mut bytes);
    read.map_err(|error| Trouble::reading(Path::new(name), &error))?;
    let text = std::str::from_utf8(input::without_mark(&bytes)).map_err(|_| {
        let wrong = if input::is_utf16(&bytes) { "is UTF-16" } else { "is not UTF-8" };
        Trouble::new(format!("`{name}` {wrong}")).help("save it as CSV in UTF-8")
    })?;
    if text.trim().is_empty() {
        return Ok(Cursor::new(Vec::new()));
    }
    let rows = table::rows(text).map_err(|problems| {
        Trouble::of_input(&Failure { id: None, problems }, name).help(COLUMNS)
    })?;
    if !table::names_a_field(text) {
        let what = format!("no column of `{name}` names a field of a transaction");
        return Err(Trouble::new(what).help(COLUMNS));
    }
    let mut lines = "\n".to_owned();
    for (_, row) in rows {
        match row {
            Ok(draft) => lines.push_str(&draft.document().to_string()),
            Err(problems) => {
                let told: Vec<_> =
                    problems.iter().map(|it| json!([it.message, it.path, it.help])).collect();
                lines.extend([WRONG.to_string(), json!(told).to_string()]);
            }
        }
        lines.push('\n');
    }
    Ok(Cursor::new(lines.into_bytes()))
}

/// How the columns of a table are named.
const COLUMNS: &str = "the first row names each column by its field, such as date, activity, from, \
                       destination, items[0].eccn, items[0].form, parties[end-user].name, \
                       parties[end-user].country, parties[end-user].sector; `exeat schema \
                       transaction` has all fields. Rename the columns, or leave out the others";

/// What is wrong with a row that could not be read, where a line stands for one.
fn of_row(line: &[u8]) -> Option<Failure> {
    let text = std::str::from_utf8(line).ok()?.strip_prefix(WRONG)?;
    let told: Vec<(String, Option<String>, Option<String>)> = serde_json::from_str(text).ok()?;
    let problem = |(message, path, help)| Problem { message, path, help, line: None };
    Some(Failure { id: None, problems: told.into_iter().map(problem).collect() })
}

/// Reads a line as a transaction.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read_line(line: &[u8]) -> Result<Transaction, Failure> {
    if let Some(failure) = of_row(line) {
        return Err(failure);
    }
    read::read(read::Format::Json, line).map_err(Failure::from)
}

/// Reads bytes in a format as a transaction.
///
/// # Errors
///
/// Every problem in them.
pub(crate) fn read_as(form: Format, bytes: &[u8]) -> Result<Transaction, Failure> {
    read::read(form_of(form), bytes).map_err(Failure::from)
}

/// Reads a document as the keys and values that stand in it, without asking what they mean.
///
/// # Errors
///
/// Where it is not in its format.
pub(crate) fn tree(document: &Document) -> Result<serde_json::Value, Failure> {
    read::tree(format(document), &document.bytes).map_err(Failure::from)
}

fn format(document: &Document) -> read::Format {
    form_of(document.format)
}

/// A format, as the reader calls it.
pub(crate) fn form_of(form: Format) -> read::Format {
    match form {
        Format::Json | Format::Jsonl | Format::Csv => read::Format::Json,
        Format::Yaml => read::Format::Yaml,
        Format::Toml => read::Format::Toml,
    }
}

impl From<InputErrors> for Failure {
    fn from(errors: InputErrors) -> Self {
        let problem = |it: read::InputError| Problem {
            message: it.message,
            path: Some(it.path).filter(|it| !it.is_empty()),
            line: it.line.map(u64::from),
            help: it.help,
        };
        Self { id: errors.id, problems: errors.errors.into_iter().map(problem).collect() }
    }
}
