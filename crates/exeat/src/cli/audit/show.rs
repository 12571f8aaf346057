//! `exeat audit show`: what a record says, event by event.

use super::{events, stream};
use crate::cli::{Exit, Stop};
use crate::records::RecordsArg;
use std::io::Write;
use store::StreamId;
use store::retention::retention;

/// Show the events of a record, and until when it is kept
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    #[arg(value_name = "KIND/ID", value_parser = stream)]
    record: StreamId,
    #[command(flatten)]
    records: RecordsArg,
}

/// Prints them.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let events = events(&*store, &args.record)?;
    let mut out = anstream::stdout();
    for event in &events {
        let back = if event.clock_back { ", by a clock that was set back" } else { "" };
        writeln!(
            out,
            "{:>4}  {}  {} by {}{back} (event {} of the chain)",
            event.version, event.at, event.kind, event.actor, event.seq
        )?;
        match &event.body {
            Some(body) if body == "{}" => {}
            Some(body) => writeln!(out, "      {body}")?,
            None => writeln!(out, "      erased")?,
        }
    }
    if let Some(retention) = retention(&events) {
        writeln!(out, "{retention}")?;
    }
    Ok(Exit::Fine)
}
