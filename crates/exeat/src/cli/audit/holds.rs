//! `exeat audit holds`: everything that somebody has asked to be kept.

use crate::api::commands;
use crate::cli::{Exit, Stop};
use crate::records::RecordsArg;
use crate::results::Form;
use crate::trouble::Trouble;
use std::io::Write;
use store::Event;
use store::retention::why;

/// How many are read at once.
const PAGE: usize = 500;

/// List the records that are held beyond their time, with who asked for it and why
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Prints them, in the order in which they were held.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let mut held = Vec::new();
    loop {
        let after = held.last().map_or(0, |it: &Event| it.seq);
        let page = store.holds(after, PAGE).map_err(Trouble::from)?;
        if page.is_empty() {
            break;
        }
        held.extend(page);
    }
    if args.format == Form::Json {
        commands::print(|json| {
            json.objects_of("holds", &held, |json, it| {
                json.text_of("record", &it.stream.to_string());
                json.text_of("at", &it.at.to_string());
                json.text_of("by", &it.actor);
                json.optional_of("why", why(it).as_deref());
            });
        })?;
        return Ok(Exit::Fine);
    }
    let mut out = anstream::stdout();
    for it in &held {
        writeln!(out, "{}  {}  by {}", it.at, it.stream, it.actor)?;
        if let Some(why) = why(it) {
            writeln!(out, "      {why}")?;
        }
    }
    if held.is_empty() {
        writeln!(out, "nothing is held")?;
    }
    Ok(Exit::Fine)
}
