//! Bytes to a transaction: parsed once, at the edge.
//!
//! The three formats become one tree of `Node`s, and one typed reader walks it and collects
//! every problem of the transaction, each with its path, its line and what to do about it.

mod json;
mod lines;
mod node;
mod reading;
mod toml;
mod tree;
mod values;
mod yaml;

pub(crate) use node::{Entry, Node, NodeValue};
pub(crate) use reading::{Read, Reading};

use crate::transaction::Transaction;
use std::fmt;

/// How deep lists and objects may be nested. A transaction needs six levels.
const DEEPEST: usize = 64;

/// How a transaction is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// YAML 1.2, one document, without aliases and tags.
    Yaml,
    /// TOML 1.
    Toml,
}

/// Why a transaction could not be read: every problem that was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InputErrors {
    /// The caller's reference, where it could still be read, so that the error can echo it.
    pub id: Option<String>,
    /// The problems, in the order of the text. Never empty.
    pub errors: Vec<InputError>,
}

/// One problem of an input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InputError {
    /// Where it is, such as `items[0].eccn`; empty for the input as a whole.
    pub path: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl InputError {
    fn of_the_whole(line: Option<u32>, message: impl Into<String>, help: Option<&str>) -> Self {
        let help = help.map(str::to_owned);
        Self { path: String::new(), line, message: message.into(), help }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

impl fmt::Display for InputErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.errors.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for InputErrors {}

/// What a parser leaves behind when it fails.
#[derive(Debug)]
struct Unparsed {
    id: Option<String>,
    error: InputError,
}

/// Reads one transaction.
///
/// # Errors
///
/// Every problem of the input: text that is not in the format, keys and values that are not in
/// their closed lists, facts that cannot be.
pub fn read(format: Format, bytes: &[u8]) -> Result<Transaction, InputErrors> {
    read_as(format, bytes, Transaction::read)
}

/// Reads something that has a reader, and may be checked further by whoever knows more.
///
/// # Errors
///
/// Every problem of the input.
pub(crate) fn read_as<T>(
    format: Format,
    bytes: &[u8],
    read: impl for<'n> FnOnce(&'n Node<'n>, &mut Reading<'n>) -> Option<T>,
) -> Result<T, InputErrors> {
    let text = text(bytes)?;
    let root = parse(format, text)?;
    let mut reading = Reading::default();
    let value = read(&root, &mut reading);
    let mut errors = reading.into_errors();
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        Some(_) | None => {
            if errors.is_empty() {
                errors.push(InputError::of_the_whole(None, "cannot be read", None));
            }
            if format == Format::Json {
                lines::locate(text, &mut errors);
            }
            errors.sort_by_key(|it| it.line);
            Err(InputErrors { id: root.id(), errors })
        }
    }
}

/// The keys and values of an input as they stand, not checked against what a transaction is. An
/// interview goes on from there.
///
/// # Errors
///
/// Where the text is not in the format, and where a part of it would be lost: a key that stands
/// twice, a number that cannot be kept as it is.
pub fn tree(format: Format, bytes: &[u8]) -> Result<serde_json::Value, InputErrors> {
    read_as(format, bytes, |root, reading| Some(tree::of(root, reading)))
}

fn parse(format: Format, text: &str) -> Result<Node<'_>, InputErrors> {
    let root = match format {
        Format::Json => json::parse(text),
        Format::Yaml => yaml::parse(text),
        Format::Toml => toml::parse(text),
    };
    root.map_err(|it| InputErrors { id: it.id, errors: vec![it.error] })
}

fn text(bytes: &[u8]) -> Result<&str, InputErrors> {
    whole_text(bytes).map_err(|error| InputErrors { id: None, errors: vec![error] })
}

fn whole_text(bytes: &[u8]) -> Result<&str, InputError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = u32::try_from(valid.split(|it| *it == b'\n').count()).ok();
        InputError::of_the_whole(line, "not valid UTF-8", Some("save the file as UTF-8"))
    })?;
    if text.starts_with('\u{feff}') {
        return Err(InputError::of_the_whole(
            Some(1),
            "begins with a byte order mark",
            Some("save the file as UTF-8 without one"),
        ));
    }
    if text.trim().is_empty() {
        return Err(InputError::of_the_whole(None, "empty", Some("write one transaction")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
