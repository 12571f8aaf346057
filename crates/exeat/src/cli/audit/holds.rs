//! `exeat audit holds`: everything that somebody has asked to be kept.

use crate::cli::{Exit, Stop};
use crate::records::RecordsArg;
use crate::trouble::Trouble;
use std::io::Write;
use store::retention::why;

/// How many are read at once.
const PAGE: usize = 500;

/// List the records that are held beyond their time, with who asked for it and why
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    records: RecordsArg,
}

/// Prints them, in the order in which they were held.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let mut out = anstream::stdout();
    let (mut after, mut count) = (0, 0_usize);
    loop {
        let page = store.holds(after, PAGE).map_err(Trouble::from)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for it in &page {
            writeln!(out, "{}  {}  by {}", it.at, it.stream, it.actor)?;
            if let Some(why) = why(it) {
                writeln!(out, "      {why}")?;
            }
        }
        count += page.len();
    }
    if count == 0 {
        writeln!(out, "nothing is held")?;
    }
    Ok(Exit::Fine)
}
