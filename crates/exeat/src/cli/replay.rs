//! `exeat replay`: a recorded determination, answered again.

use super::{Exit, Stop, complain};
use crate::api::recorded;
use crate::library::RulesArg;
use crate::records::{RecordsArg, replay};
use crate::search::{ListArgs, SearchArgs, Searcher};
use crate::trouble::Trouble;
use std::io::Write;
use store::record::{DETERMINATION, Record};

/// Answer a recorded determination again, with the law and the lists it was made with
///
/// Prints the answer, and says whether it is the recorded one, byte for byte. The exit code is 0
/// where it is, and 10 where it differs. What it rests on is named by the digests under which it is
/// kept beside the records and in an export (`exeat audit export`).
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The determination: its name, or `determination/NAME`
    #[arg(value_name = "NAME")]
    id: String,
    /// Answer with the rulebook in this program and today's lists instead, and show what differs
    #[arg(long)]
    with_today: bool,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    #[command(flatten)]
    records: RecordsArg,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// The answer as a line of JSON, and apart from it whether it is the recorded one.
    Text,
    /// One JSON document: the answer, what it rests on, and what differs.
    Json,
}

/// Answers it.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let id = named(&args.id)?;
    let record = replay::record(&*store, id)?;
    let answer = if args.with_today { today(&record)? } else { replay::answer(&*store, &record)? };
    let mut out = std::io::stdout().lock();
    if args.format == Output::Json {
        let mut bytes = Vec::new();
        recorded::replay(id, &record, &answer, true, &mut bytes);
        bytes.push(b'\n');
        let exit = if answer == record.answer { Exit::Fine } else { Exit::Changed };
        return exit.written(out.write_all(&bytes));
    }
    writeln!(out, "{answer}")?;
    if answer == record.answer {
        let with = if args.with_today { "today's law and lists give" } else { "this is" };
        complain(&format!("{with} the recorded answer, byte for byte"));
        complain(&rests_on(&record));
        return Ok(Exit::Fine);
    }
    let engine = crate::records::keep::engine_version();
    if !args.with_today && record.engine != engine {
        complain(&format!("it was answered by {}, and now by {engine}", record.engine));
    }
    let differences = replay::differences(&record.answer, &answer);
    complain(&format!("{} of the recorded answer differ:", differences.len()));
    for it in differences.iter().take(SHOWN) {
        complain(&format!("  {}: {} was {}", it.path, short(&it.is), short(&it.was)));
    }
    if differences.len() > SHOWN {
        complain("  ...");
    }
    let decides = ["outcome", "exception", "items", "reasons", "questions", "conditions", "legs"];
    let of = |it: &str| differences.iter().any(|other| other.path.starts_with(it));
    if !decides.into_iter().any(of) {
        complain("the outcome, its reasons, its questions and its conditions are the same");
    }
    complain(&rests_on(&record));
    Ok(Exit::Changed)
}

/// At most so many differences are shown.
const SHOWN: usize = 40;

fn today(record: &Record) -> Result<String, Trouble> {
    let engine = RulesArg { rules: None, also: Vec::new() }.engine()?.for_few();
    let searcher = Searcher::new(SearchArgs {
        of: ListArgs { lists: None, decisions: None },
        max_list_age: record.lists.as_ref().map_or(7, |it| it.max_age),
        no_screening: record.lists.is_none(),
    });
    replay::decide(&engine, &searcher, record)
}

/// What the answer was made with, and under which digests it is kept.
fn rests_on(record: &Record) -> String {
    let mut said =
        format!("it was answered by {} with rulebook {}", record.engine, record.rulebook);
    if let Some(lists) = &record.lists {
        let snapshot = replay::snapshot(record).unwrap_or_default();
        said = format!("{said}, lists {snapshot} (kept as content {})", lists.snapshot);
        if let Some(decisions) = lists.decisions {
            said = format!("{said}, decisions on matches {decisions}");
        }
    }
    said
}

/// The name of a determination that somebody wrote as a record.
fn named(text: &str) -> Result<&str, Trouble> {
    match text.split_once('/') {
        None => Ok(text),
        Some((kind, name)) if kind == DETERMINATION.as_str() => Ok(name),
        Some((kind, _)) => Err(Trouble::new(format!("`{text}` is a {kind}, and no determination"))
            .help(format!("`exeat audit show {text}` names the determinations it rests on"))),
    }
}

fn short(value: &serde_json::Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(100).collect();
    if start.len() < text.len() { format!("{start}...") } else { text }
}
