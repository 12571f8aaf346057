//! `exeat audit hold` and `let-go`: records that somebody has asked for.

use super::{events, stream};
use crate::cli::{Exit, Stop, complain};
use crate::clock;
use crate::records::RecordsArg;
use crate::trouble::Trouble;
use store::retention::{HELD, LET_GO, Retention, retention};
use store::{Draft, Kind, StreamId, json};

/// Keep a record beyond its time, until it is let go
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    what: What,
}

/// End a hold; the record's own time counts again
#[derive(Debug, clap::Args)]
pub(crate) struct LetGoArgs {
    #[command(flatten)]
    what: What,
}

#[derive(Debug, clap::Args)]
struct What {
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

/// Holds it.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    append(&args.what, HELD, |is_held| {
        is_held.then(|| "it is held already: one hold is enough".to_owned())
    })
}

/// Lets it go.
pub(crate) fn let_go(args: &LetGoArgs) -> Result<Exit, Stop> {
    append(&args.what, LET_GO, |is_held| (!is_held).then(|| "nobody holds it".to_owned()))
}

fn append(
    what: &What,
    kind: Kind,
    refusal: impl FnOnce(bool) -> Option<String>,
) -> Result<Exit, Stop> {
    let store = what.records.open()?;
    let events = events(&*store, &what.record)?;
    let is_held = matches!(retention(&events), Some(Retention::Held { .. }));
    if let Some(refusal) = refusal(is_held) {
        return Err(Trouble::new(refusal).into());
    }
    let body = json::canonical(&serde_json::json!({ "why": what.why }));
    let version = events.last().map_or(0, |it| it.version);
    let draft = Draft::new(what.record.clone(), kind, what.by.as_str(), clock::now());
    store.append(draft.expecting(version).body(body).into()).map_err(Trouble::from)?;
    let after = store.stream(&what.record, 0).map_err(Trouble::from)?;
    if let Some(retention) = retention(&after) {
        complain(&format!("{}: {retention}", what.record));
    }
    Ok(Exit::Fine)
}
