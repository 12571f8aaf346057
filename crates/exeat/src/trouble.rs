//! Why a command could not run: what happened, and what to do.

use crate::api::failure::Failure;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

/// Why a command could not run.
#[derive(Debug)]
pub(crate) struct Trouble {
    what: String,
    help: Option<String>,
}

impl Trouble {
    /// Something that happened, lower case, without a full stop.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    /// What happened, without what to do about it.
    pub(crate) fn what(self) -> String {
        self.what
    }

    /// What happened, and what to do about it.
    pub(crate) fn parts(self) -> (String, Option<String>) {
        (self.what, self.help)
    }

    /// The same, with what to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A transaction that could not be read.
    pub(crate) fn of_input(failure: &Failure, name: &str) -> Self {
        let text = failure.for_a_person(name);
        Self::new(text.strip_prefix("error: ").unwrap_or(&text).trim_end())
    }

    /// A file or folder that could not be read.
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot read `{}`: {}", path.display(), plain(error)))
    }

    /// A file or folder that could not be written.
    pub(crate) fn writing(path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot write `{}`: {}", path.display(), plain(error)))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::new(plain(&error))
    }
}

/// What the system says, in words.
fn plain(error: &std::io::Error) -> String {
    let kind = error.kind();
    if kind == ErrorKind::NotFound {
        "there is no such file".to_owned()
    } else if kind == ErrorKind::PermissionDenied {
        "it may not be read or written here".to_owned()
    } else if kind == ErrorKind::IsADirectory {
        "it is a folder".to_owned()
    } else if error.raw_os_error().is_some() {
        error.to_string().to_lowercase()
    } else {
        error.to_string()
    }
}
