//! `exeat restore`: a copy of the records becomes the records.

use super::audit::progress;
use super::{Exit, Stop};
use crate::api::commands;
use crate::records::RecordsArg;
use crate::results::Form;
use crate::trouble::Trouble;
use std::io::Write;
use std::path::PathBuf;

/// Put a copy of the records in place
///
/// Takes what `exeat backup` or `exeat audit export` wrote into a database without records, of
/// either kind; every event is checked on the way.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The copy: a file or a folder
    from: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Takes the copy over.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    if !args.from.exists() {
        let error = std::io::ErrorKind::NotFound.into();
        return Err(Trouble::reading(&args.from, &error).into());
    }
    let store = args.records.open()?;
    let progress = &mut progress("took over");
    let head = if args.from.is_dir() {
        store::bundle::read(&*store, &args.from, progress)
    } else {
        store::open_copy(&args.from).and_then(|it| store::transfer(&*it, &*store, progress))
    };
    let head = head.map_err(Trouble::from)?;
    if args.format == Form::Json {
        let to = args.records.address()?;
        commands::print(|json| {
            json.text_of("to", &without_password(&to));
            json.text_of("head", &head.to_string());
        })?;
        return Ok(Exit::Fine);
    }
    writeln!(anstream::stdout(), "the records are in place\nthe chain ends at {head}")?;
    Ok(Exit::Fine)
}

/// An address without what lets somebody in.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => {
            let place = place.split(['?', '#']).next().unwrap_or_default();
            format!("{scheme}://{place}")
        }
        _ => address.split('?').next().unwrap_or_default().to_owned(),
    }
}
