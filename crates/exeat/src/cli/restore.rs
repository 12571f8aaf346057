//! `exeat restore`: a copy of the records becomes the records.

use super::audit::progress;
use super::{Exit, Stop};
use crate::records::RecordsArg;
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
    writeln!(anstream::stdout(), "the records are in place\nthe chain ends at {head}")?;
    Ok(Exit::Fine)
}
