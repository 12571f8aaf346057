//! `exeat schema`: the JSON Schemas of what goes in and what comes out.

use super::{Exit, Stop};
use crate::api::fields;
use decision::transaction::schema::transaction_schema;
use std::io::{self, Write};

/// Print the JSON Schema of a transaction or of an answer
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which schema
    #[arg(value_enum)]
    which: Which,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Which {
    /// What `exeat check` reads.
    Transaction,
    /// What `exeat check --format json` writes.
    Determination,
}

/// Prints the schema.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let schema = match args.which {
        Which::Transaction => transaction_schema(),
        Which::Determination => fields::schema(),
    };
    writeln!(io::stdout(), "{schema:#}")?;
    Ok(Exit::Fine)
}
