//! Documents to transactions, with problems in the words of the doors.

use crate::api::failure::{Failure, Problem};
use crate::input::{Document, Format};
use decision::transaction::Transaction;
use decision::transaction::read::{self, InputErrors};

/// Reads a document as a transaction.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read(document: &Document) -> Result<Transaction, Failure> {
    read::read(format(document), &document.bytes).map_err(Failure::from)
}

/// Reads a line as a transaction.
///
/// # Errors
///
/// Every problem in it.
pub(crate) fn read_line(line: &[u8]) -> Result<Transaction, Failure> {
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
        Format::Json | Format::Jsonl => read::Format::Json,
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
