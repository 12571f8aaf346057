//! `exeat schema`: the JSON Schemas of what goes in and what comes out.

use super::{Exit, Stop};
use crate::api::{classification, commands, fields};
use crate::server::v1::openapi;
use decision::classification::product_schema;
use decision::release;
use decision::transaction::schema::transaction_schema;
use std::io::{self, Write};

/// Print the JSON Schema of what goes in or comes out
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
    /// What `exeat classify` reads.
    Product,
    /// What `exeat classify --format json` writes.
    Classification,
    /// The file beside the code: export.toml.
    Export,
    /// What other commands write with `--format json`, by command.
    Commands,
    /// The API of `exeat serve`, as OpenAPI.
    Openapi,
}

/// Prints the schema.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let schema = match args.which {
        Which::Transaction => transaction_schema(),
        Which::Determination => fields::schema(),
        Which::Product => product_schema(),
        Which::Classification => classification::schema(),
        Which::Export => release::schema(),
        Which::Commands => commands::schema(),
        Which::Openapi => openapi::document(),
    };
    writeln!(io::stdout(), "{schema:#}")?;
    Ok(Exit::Fine)
}
