//! `exeat audit`: are the records what was written, and what may be done with them.

mod erase;
mod export;
mod hold;
mod holds;
mod show;
mod verify;

use super::{Exit, Stop, complain};
use crate::trouble::Trouble;
use clap::Subcommand;
use std::io::IsTerminal;
use store::StreamId;

/// Verify records, export them for an auditor, hold or erase them
///
/// A record is a stream of events, named as KIND/ID, such as `determination/20260924-7f3kq9x2mz0a`
/// or `case/17`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::Args),
    Export(export::Args),
    Show(show::Args),
    Hold(hold::Args),
    Holds(holds::Args),
    LetGo(hold::LetGoArgs),
    Erase(erase::Args),
}

/// Does what the command says.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Command::Verify(args) => verify::run(args),
        Command::Export(args) => export::run(args),
        Command::Show(args) => show::run(args),
        Command::Hold(args) => hold::run(args),
        Command::Holds(args) => holds::run(args),
        Command::LetGo(args) => hold::let_go(args),
        Command::Erase(args) => erase::run(args),
    }
}

/// Which record an argument names.
fn stream(text: &str) -> Result<StreamId, String> {
    let wrong = || format!("`{text}` names no record; write KIND/ID, such as case/17");
    let (kind, id) = text.split_once('/').ok_or_else(wrong)?;
    let kind = kind.parse().map_err(|_| wrong())?;
    if id.is_empty() { Err(wrong()) } else { Ok(StreamId::new(kind, id)) }
}

/// The events of a record.
///
/// # Errors
///
/// Where there are none.
fn events(store: &dyn store::Store, stream: &StreamId) -> Result<Vec<store::Event>, Trouble> {
    let events = store.stream(stream, 0)?;
    if events.is_empty() {
        return Err(Trouble::new(format!("there is no record `{stream}`")));
    }
    Ok(events)
}

/// Tells a person at a terminal how far it is, now and then.
pub(super) fn progress(doing: &'static str) -> impl FnMut(u64, u64) {
    let is_shown = std::io::stderr().is_terminal();
    let mut told = 0;
    move |done, all| {
        // Every tenth part, so that a log does not fill.
        let tenth = done * 10 / all.max(1);
        if is_shown && tenth > told && done < all {
            told = tenth;
            complain(&format!("{doing}: {done} of {all} events"));
        }
    }
}
