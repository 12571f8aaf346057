//! The one transaction that a command is asked about.

use crate::api::failure::Failure;
use crate::input::{Format, Source};
use crate::transactions;
use crate::trouble::Trouble;
use decision::Transaction;
use std::path::PathBuf;

/// Which transaction.
#[derive(Debug, clap::Args)]
pub(crate) struct Asked {
    /// The transaction; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "example")]
    file: Option<PathBuf>,
    /// Take an example that is in the program (see `exeat examples`)
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    example: Option<String>,
    /// The format of the input, where neither its name nor its content tells it
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
}

impl Asked {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, with every problem in it.
    pub(crate) fn transaction(&self) -> Result<Transaction, Trouble> {
        let document = self.source().document(self.input)?;
        transactions::read(&document).map_err(|failure| Trouble::of_input(&failure, &document.name))
    }

    /// What is told where it was read and still not answered.
    pub(crate) fn trouble(&self, failure: &Failure) -> Trouble {
        Trouble::of_input(failure, &self.source().name())
    }

    fn source(&self) -> Source {
        match (&self.example, &self.file) {
            (Some(name), _) => Source::Example(name.clone()),
            (None, Some(path)) => Source::named(path),
            (None, None) => Source::Stdin,
        }
    }
}
