//! `exeat audit erase`: what a record said, when it need no longer be kept.

use super::{events, stream};
use crate::cli::{Exit, Stop, complain};
use crate::clock;
use crate::records::RecordsArg;
use crate::trouble::Trouble;
use store::StreamId;
use store::retention::Erasure;

/// Erase what a record says, five years after its last event and not before
///
/// The events stay in the chain, with who and when; their content, the view and attachments that
/// nothing else refers to are gone. That it was erased is an event itself.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    #[arg(value_name = "KIND/ID", value_parser = stream)]
    record: StreamId,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    why: String,
    #[command(flatten)]
    records: RecordsArg,
}

/// Erases it, or says until when it must be kept.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.open()?;
    // Where there is no such record, that is said.
    events(&*store, &args.record)?;
    let (by, why) = (args.by.as_str(), args.why.as_str());
    let erasure = Erasure::permit(&*store, &args.record, by, clock::now(), why);
    let erasure = erasure.map_err(Trouble::from)?;
    let event = store.erase(erasure).map_err(Trouble::from)?;
    complain(&format!("{} is erased; event {} says so", args.record, event.seq));
    Ok(Exit::Fine)
}
