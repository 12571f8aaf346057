//! `exeat backup`: a copy of the records while they are in use.

use super::audit::progress;
use super::{Exit, Stop};
use crate::api::commands;
use crate::clock;
use crate::records::RecordsArg;
use crate::records::keep::engine_version;
use crate::results::Form;
use crate::trouble::Trouble;
use std::io::Write;
use std::path::PathBuf;
use store::bundle::{self, Bodies};

/// Copy the records while they are in use
///
/// To a new file (named *.db) where the records are an `SQLite` file; to a new folder from either
/// database, which can be restored into either. Sessions and messages that are not yet sent are
/// only in the file.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The new file (*.db), or the new folder
    to: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Makes the copy.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let head = if args.to.extension().is_some_and(|it| it == "db") {
        store.copy_to(&args.to).map_err(Trouble::from)?;
        store::open_copy(&args.to).and_then(|it| it.head()).map_err(Trouble::from)?
    } else {
        let frozen = store.frozen().map_err(Trouble::from)?;
        let (program, now) = (engine_version(), clock::now());
        let made = (program.as_str(), now);
        bundle::write(&*frozen, &args.to, &Bodies::All, made, &mut progress("wrote"))
            .map_err(Trouble::from)?
            .head
    };
    let to = args.to.display();
    if args.format == Form::Json {
        commands::print(|json| {
            json.text_of("to", &to.to_string());
            json.text_of("head", &head.to_string());
        })?;
        return Ok(Exit::Fine);
    }
    writeln!(anstream::stdout(), "the records are in `{to}`\nthe chain ends at {head}")?;
    Ok(Exit::Fine)
}
