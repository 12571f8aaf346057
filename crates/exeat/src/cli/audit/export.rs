//! `exeat audit export`: a folder that needs no Exeat.

use super::{progress, stream};
use crate::api::commands;
use crate::cli::{Exit, Stop};
use crate::clock;
use crate::records::RecordsArg;
use crate::records::keep::engine_version;
use crate::results::Form;
use crate::trouble::Trouble;
use std::io::Write;
use std::path::PathBuf;
use store::StreamId;
use store::bundle::{self, Bodies};

/// Write the records into a folder that an auditor can check and read without Exeat
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder, which is made
    folder: PathBuf,
    /// Only the content of this record; of the others, the events without what they say. May be
    /// given more than once
    #[arg(long, value_name = "KIND/ID", value_parser = stream)]
    only: Vec<StreamId>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Writes the folder.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let frozen = store.frozen().map_err(Trouble::from)?;
    let bodies = match args.only.as_slice() {
        [] => Bodies::All,
        some => Bodies::Only(some.iter().cloned().collect()),
    };
    let made = (engine_version(), clock::now());
    let made = (made.0.as_str(), made.1);
    let written = bundle::write(&*frozen, &args.folder, &bodies, made, &mut progress("wrote"))
        .map_err(Trouble::from)?;
    if args.format == Form::Json {
        commands::print(|json| {
            json.text_of("to", &args.folder.display().to_string());
            json.text_of("head", &written.head.to_string());
            json.number_of("events", written.events);
            json.number_of("views", written.views);
            json.number_of("contents", written.contents);
        })?;
        return Ok(Exit::Fine);
    }
    writeln!(
        anstream::stdout(),
        "{} events, {} views and {} contents are in `{}`\nthe chain ends at {}\ncheck it with: \
         python3 {}",
        written.events,
        written.views,
        written.contents,
        args.folder.display(),
        written.head,
        args.folder.join("verify.py").display()
    )?;
    Ok(Exit::Fine)
}
