//! `exeat audit show`: what a record says, event by event.

use super::{events, stream};
use crate::api::{commands, recorded};
use crate::cli::{Exit, Stop};
use crate::records::RecordsArg;
use crate::results::Form;
use std::io::Write;
use store::StreamId;
use store::retention::retention;

/// Show the events of a record, and until when it is kept
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The record
    #[arg(value_name = "KIND/ID", value_parser = stream)]
    record: StreamId,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Prints them.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let events = events(&*store, &args.record)?;
    if args.format == Form::Json {
        commands::print(|json| {
            json.text_of("record", &args.record.to_string());
            json.objects_of("events", &events, recorded::event);
            json.optional_of("kept", retention(&events).map(|it| it.to_string()).as_deref());
        })?;
        return Ok(Exit::Fine);
    }
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
