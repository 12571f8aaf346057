//! `exeat lists show`: one entry, with everything that its list says.

use super::{Exit, Form, Stop};
use crate::lists::open::open;
use crate::report::listed;
use crate::trouble::Trouble;
use std::io::Write;
use std::path::PathBuf;

/// Show an entry of a list
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The list and the entry's number, such as SDN:48059
    #[arg(value_name = "LIST:ID")]
    entry: String,
    /// A snapshot, instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT")]
    lists: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Prints the entry.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let lists = open(args.lists.as_deref())?;
    let party = lists.entry(&args.entry)?.ok_or_else(|| {
        Trouble::new(format!("there is no entry `{}`", args.entry))
            .help("exeat lists search TEXT finds entries by their words")
    })?;
    let mut out = anstream::stdout();
    match args.format {
        Form::Text => out.write_all(listed::text(&party).as_bytes())?,
        Form::Json => {
            let mut bytes = Vec::new();
            crate::api::listed::write(&party, crate::json::Layout::Pretty, &mut bytes);
            bytes.push(b'\n');
            out.write_all(&bytes)?;
        }
    }
    Ok(Exit::Fine)
}
