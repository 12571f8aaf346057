//! `exeat audit verify`: does everything fit?

use super::progress;
use crate::api;
use crate::cli::{Exit, Stop};
use crate::json::Layout;
use crate::records::RecordsArg;
use crate::results::Form;
use std::fmt::Write as _;
use std::io::Write;
use store::audit::{Audit, audit};
use store::{Head, Options};

/// Check every event, view and content, and name what was changed, dropped, moved or inserted
///
/// Prints the end of the chain: note it elsewhere, and give it as --anchor later to see that
/// nothing up to it was cut off or written anew. The exit code is 1 where something does not fit.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// An end of the chain that was noted before, as this command printed it [default: the one
    /// kept beside the database]
    #[arg(long, value_name = "NUMBER:HASH")]
    anchor: Option<Head>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    records: RecordsArg,
}

/// Checks the records.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let anchor = match args.anchor {
        Some(anchor) => Some(anchor),
        None => store::noted(&args.records.address()?, &Options::default()),
    };
    let found = audit(&*store, anchor.as_ref(), &mut progress("read"))
        .map_err(crate::trouble::Trouble::from)?;
    let mut out = anstream::stdout();
    match args.format {
        Form::Text => out.write_all(text(&found).as_bytes())?,
        Form::Json => {
            let mut bytes = Vec::new();
            api::audit::write(&found, Layout::Pretty, &mut bytes);
            bytes.push(b'\n');
            out.write_all(&bytes)?;
        }
    }
    Ok(if found.is_clean() { Exit::Fine } else { Exit::Failed })
}

fn text(audit: &Audit) -> String {
    // Writing to a string cannot fail.
    let mut text = String::new();
    for fault in &audit.faults {
        let _ = writeln!(text, "FAULT: {fault}");
    }
    if audit.more_faults > 0 {
        let _ = writeln!(text, "and {} more", audit.more_faults);
    }
    if let Some(first) = audit.clock_back.first() {
        let count = audit.clock_back.len();
        let _ = writeln!(
            text,
            "note: {count} events are dated before their predecessor, the first of them {first}: a \
             clock was set back"
        );
    }
    let _ = writeln!(
        text,
        "{} events, {} views, {} contents; {} bodies erased when their time was over",
        audit.events, audit.views, audit.blobs, audit.erased
    );
    if let Some(head) = audit.head {
        let _ = writeln!(text, "the chain ends at {head}");
    }
    match audit.faults.len() {
        0 => text.push_str("everything is what was written\n"),
        count => {
            let _ = writeln!(text, "{} faults", count as u64 + audit.more_faults);
        }
    }
    text
}
