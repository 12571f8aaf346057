//! What is wrong with a list file: with one entry of it, or with the whole.

use std::fmt;

/// Something in a file that was not understood. The rest of the file was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line where the entry begins, counted from 1.
    pub line: u64,
    /// The field, by its name in the file; empty where it is about the entry.
    pub field: String,
    /// What is missing because of it.
    pub loss: Loss,
    /// What is wrong, in words.
    pub what: String,
}

/// What a problem costs.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Loss {
    /// Nothing of the party, such as a repeated header.
    Nothing,
    /// A field was not understood; its text is kept in the remarks where it is worth something.
    Field,
    /// The entry is missing from the list.
    Entry,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`, line {}", self.file, self.line)?;
        if !self.field.is_empty() {
            write!(f, ", field `{}`", self.field)?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Why nothing of a file was kept.
#[derive(Debug, thiserror::Error)]
#[error("{}", at(file, *line, reason))]
pub struct ImportError {
    /// The file.
    pub file: String,
    /// The line where it went wrong, counted from 1, where that is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: Reason,
}

fn at(file: &str, line: Option<u64>, reason: &Reason) -> String {
    match line {
        Some(line) => format!("`{file}`, line {line}: {reason}"),
        None => format!("`{file}`: {reason}"),
    }
}

impl ImportError {
    pub(super) fn whole(file: &str, reason: Reason) -> Self {
        Self { file: file.to_owned(), line: None, reason }
    }

    pub(super) fn at(file: &str, line: u64, reason: Reason) -> Self {
        Self { file: file.to_owned(), line: Some(line), reason }
    }
}

/// What is wrong with a whole file.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Reason {
    /// No importer knows this content.
    #[error("not a list format that is known here")]
    Unrecognized,
    /// The bytes are not text.
    #[error("not valid UTF-8 at byte {byte}; fetch the file again instead of re-saving it")]
    Encoding {
        /// Where, counted from 0.
        byte: usize,
    },
    /// The file says that it is written in another encoding.
    #[error("written in `{encoding}`; only UTF-8 and UTF-16 are read")]
    ForeignEncoding {
        /// The encoding that it names.
        encoding: String,
    },
    /// Columns that this format must have.
    #[error("the columns are not as published: `{missing}` is missing")]
    Columns {
        /// The first that is missing.
        missing: String,
    },
    /// The document ends early or its tags do not fit.
    #[error("broken XML: {what}")]
    Xml {
        /// In the words of the parser.
        what: String,
    },
    /// The text is not JSON, or not of the form that was expected.
    #[error("broken JSON: {what}")]
    Json {
        /// In the words of the parser.
        what: String,
    },
    /// The document defines entities, which no list does.
    #[error("the document defines entities of its own, which no list does")]
    Entities,
    /// One element, field or row is larger than any list needs.
    #[error("an entry is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Elements within elements without end.
    #[error("elements are nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// So many rows are broken that the rest cannot be trusted.
    #[error("{broken} of {rows} rows are broken; this is not the file as published")]
    TooBroken {
        /// Rows that could not be read.
        broken: u64,
        /// All rows.
        rows: u64,
    },
    /// A list without a single entry.
    #[error("it holds no entry")]
    Empty,
    /// A file that says nothing without another.
    #[error("it belongs to `{main}`, which was not given")]
    Alone {
        /// The file that it belongs to.
        main: String,
    },
}
