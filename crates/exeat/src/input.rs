//! Where transactions come from: files, standard input, the examples in the program.
//!
//! A format is told by the user, by a file's extension, or by the content; nothing here knows
//! what a transaction is.

use crate::columnar;
use crate::examples;
use crate::trouble::Trouble;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// The largest single document, in bytes.
const LARGEST: u64 = 10_000_000;
/// What some editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a text begins as one in UTF-16 does, which some programs save by themselves: with its
/// mark, or with letters of which every other byte is zero.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    marked || bytes.get(..64.min(bytes.len())).is_some_and(|it| it.contains(&0))
}

/// The bytes without what some editors put before UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// A format of input.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One JSON object.
    Json,
    /// JSON lines: one object a line.
    Jsonl,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// CSV: the first row names fields by their paths, each other row is one.
    Csv,
}

/// Where a transaction is read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// An example in the program.
    Example(String),
}

/// What was found there.
pub(crate) enum Input {
    /// One transaction.
    One(Document),
    /// One transaction a line.
    Lines(Box<dyn Read + Send>),
    /// A table, which [`crate::transactions::of_table`] makes lines of.
    Table(Box<dyn Read + Send>),
}

/// One transaction as it was given.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// What the user calls it.
    pub(crate) name: String,
    /// Its format; never JSON lines.
    pub(crate) format: Format,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Format {
    /// The format that a content speaks of. YAML where in doubt, which includes JSON.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        by_content(bytes)
    }
}

impl Source {
    /// What the user wrote: `-` is standard input.
    pub(crate) fn named(name: &Path) -> Self {
        if name == Path::new("-") { Self::Stdin } else { Self::File(name.to_owned()) }
    }

    /// What the user calls it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => format!("`{}`", path.display()),
            Self::Example(name) => format!("example {name}"),
        }
    }

    /// Opens it. `asked` is the format that the user named; `lines` says that standard input is
    /// JSON lines where nothing else is said.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is too large for one transaction.
    pub(crate) fn open(&self, asked: Option<Format>, lines: bool) -> Result<Input, Trouble> {
        match self {
            Self::Example(name) => {
                let example = examples::find(name)?;
                Ok(Input::One(Document {
                    name: format!("example {}", example.name),
                    format: asked.unwrap_or(Format::Yaml),
                    bytes: example.text.as_bytes().to_vec(),
                }))
            }
            Self::Stdin => {
                let asked = asked.or(lines.then_some(Format::Jsonl));
                open(Box::new(io::stdin()), "standard input", asked)
            }
            Self::File(path) if columnar::is_one(path) => {
                open(columnar::open_named(path)?, &path.display().to_string(), Some(Format::Jsonl))
            }
            Self::File(path) => {
                let file = File::open(path).map_err(|error| Trouble::reading(path, &error))?;
                // Where lines are expected, a table is as good.
                let named = by_extension(path);
                let asked = asked.filter(|it| *it != Format::Jsonl || named != Some(Format::Csv));
                let asked = asked.or(named);
                open(Box::new(file), &path.display().to_string(), asked)
            }
        }
    }

    /// Opens it as one transaction.
    ///
    /// # Errors
    ///
    /// As [`Source::open`], and where it is JSON lines.
    pub(crate) fn document(&self, asked: Option<Format>) -> Result<Document, Trouble> {
        match self.open(asked, false)? {
            Input::One(document) => Ok(document),
            Input::Lines(_) => Err(Trouble::new("this takes one transaction, not JSON lines")
                .help("put the transaction into a file of its own")),
            Input::Table(_) => Err(Trouble::new("this takes one transaction, not a table")
                .help("put the transaction into a file of its own, as YAML, JSON or TOML")),
        }
    }
}

fn by_extension(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "yaml" | "yml" => Some(Format::Yaml),
        "toml" => Some(Format::Toml),
        "csv" | "tsv" => Some(Format::Csv),
        _ => None,
    }
}

fn open(
    mut reader: Box<dyn Read + Send>,
    name: &str,
    asked: Option<Format>,
) -> Result<Input, Trouble> {
    match asked {
        Some(Format::Jsonl) => return Ok(Input::Lines(reader)),
        Some(Format::Csv) => return Ok(Input::Table(reader)),
        Some(Format::Json | Format::Yaml | Format::Toml) | None => {}
    }
    let bytes =
        beginning(&mut reader).map_err(|error| Trouble::reading(Path::new(name), &error))?;
    let format = asked.unwrap_or_else(|| by_content(&bytes));
    if format == Format::Csv {
        return Ok(Input::Table(Box::new(Cursor::new(bytes).chain(reader))));
    }
    if format == Format::Jsonl {
        return Ok(Input::Lines(Box::new(Cursor::new(bytes).chain(reader))));
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Trouble::new(format!("`{name}` is over 10 MB, too large for one transaction"))
            .help("many transactions are given as JSON lines: --input jsonl"));
    }
    Ok(Input::One(Document { name: name.to_owned(), format, bytes }))
}

/// As much of an input as one document may hold and a byte more, without the byte-order mark. The
/// mark is read apart, so that what follows need not be copied to be without it.
fn beginning(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(BYTE_ORDER_MARK.len() as u64).read_to_end(&mut bytes)?;
    if bytes == BYTE_ORDER_MARK {
        bytes.clear();
    }
    reader.by_ref().take(LARGEST + 1 - bytes.len() as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The format that the content speaks of. YAML where in doubt, which includes JSON.
fn by_content(bytes: &[u8]) -> Format {
    let bytes = without_mark(bytes);
    let mut lines = bytes.split(|it| *it == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.by_ref().filter(|it| !it.is_empty() && !it.starts_with(b"#"));
    let Some(first) = lines.next() else { return Format::Yaml };
    if first.starts_with(b"{") {
        let whole = serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok();
        let inner = first.get(1..).unwrap_or_default().trim_ascii_start().first();
        return match inner {
            Some(it) if !matches!(it, b'"' | b'}') => Format::Yaml,
            _ if whole && lines.next().is_some() => Format::Jsonl,
            _ => Format::Json,
        };
    }
    if is_header(first) {
        return Format::Csv;
    }
    let bare = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.' | b'"');
    let key = first.iter().take_while(|it| bare(it)).count();
    let after = first.get(key..).unwrap_or_default().trim_ascii_start();
    if first.starts_with(b"[") || (key > 0 && after.starts_with(b"=")) {
        return Format::Toml;
    }
    Format::Yaml
}

/// Whether a line names columns by the paths of fields: several, with nothing else in it.
fn is_header(line: &[u8]) -> bool {
    let Some(delimiter) = [b'\t', b';', b','].into_iter().find(|it| line.contains(it)) else {
        return false;
    };
    let path = |it: &u8| it.is_ascii_alphanumeric() || b"_-.[]\"".contains(it);
    line.split(|it| *it == delimiter).all(|cell| {
        let cell = cell.trim_ascii();
        cell.first().is_some_and(|it| it.is_ascii_lowercase() || *it == b'"')
            && cell.iter().all(path)
    })
}

#[cfg(test)]
mod tests;
