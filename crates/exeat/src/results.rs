//! How answers are written: their form, and the frame around several of them.

use crate::api::failure::{self, Failure};
use crate::json::Layout;
use crate::report::markdown;
use std::io::{self, Write};

/// What stands between two answers in a JSON array.
pub(crate) const BETWEEN: &[u8] = b",\n";

/// How answers are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Markdown, for files and tickets.
    Md,
}

/// How a command answers that has one answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum Form {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
}

impl Output {
    /// Says in the place of an answer why there is none.
    pub(crate) fn failed(self, failure: &Failure, name: &str, out: &mut Vec<u8>) {
        match self {
            Output::Text => {
                out.extend_from_slice(failure.for_a_person(name).as_bytes());
            }
            Output::Md => {
                let text = format!("- {}", markdown::escape(&failure.for_a_person(name)));
                out.extend_from_slice(text.as_bytes());
                out.push(b'\n');
            }
            Output::Json => {
                out.extend_from_slice(BETWEEN);
                failure::write(failure, Layout::Line, out);
            }
            Output::Jsonl => {
                failure::write(failure, Layout::Line, out);
                out.push(b'\n');
            }
        }
    }
}

/// Standard output, and the frame around several answers.
pub(crate) struct Results {
    out: anstream::AutoStream<io::StdoutLock<'static>>,
    format: Output,
    /// Whether there are several answers.
    pub(crate) list: bool,
    begun: bool,
}

impl Results {
    /// Standard output, for answers of that form; `list` says that there are several.
    pub(crate) fn new(format: Output, list: bool) -> Self {
        let stdout = io::stdout().lock();
        let out = match format {
            Output::Text => anstream::AutoStream::auto(stdout),
            Output::Json | Output::Jsonl | Output::Md => anstream::AutoStream::always_ansi(stdout),
        };
        Self { out, format, list, begun: false }
    }

    /// Ends the frame, and says so where nothing came.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.format == Output::Json && self.list {
            self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        }
        self.out.flush()
    }
}

/// JSON answers come with `,` and a line break before each; the first becomes the bracket.
impl Write for Results {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.format != Output::Json || self.begun || bytes.is_empty() {
            return self.out.write(bytes);
        }
        self.begun = true;
        if self.list {
            self.out.write_all(b"[\n")?;
        }
        self.out.write_all(bytes.strip_prefix(BETWEEN).unwrap_or(bytes))?;
        if !self.list {
            self.out.write_all(b"\n")?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
