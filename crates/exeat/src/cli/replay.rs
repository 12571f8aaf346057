//! `exeat replay`: a recorded determination, answered again.

use super::{Exit, Stop, complain};
use crate::library::RulesArg;
use crate::records::{RecordsArg, replay};
use crate::search::{ListArgs, SearchArgs, Searcher};
use crate::trouble::Trouble;
use std::io::Write;
use store::record::Record;

/// Answer a recorded determination again, with the law and the lists it was made with
///
/// Prints the answer, and says whether it is the recorded one, byte for byte. The exit code is 0
/// where it is, and 10 where it differs.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name of the determination
    id: String,
    /// Answer with the rulebook in this program and today's lists instead, and show what differs
    #[arg(long)]
    with_today: bool,
    #[command(flatten)]
    records: RecordsArg,
}

/// Answers it.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let store = args.records.look()?;
    let record = replay::record(&*store, &args.id)?;
    let answer = if args.with_today { today(&record)? } else { replay::answer(&*store, &record)? };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{answer}")?;
    if answer == record.answer {
        let with = if args.with_today { "today's law and lists give" } else { "this is" };
        complain(&format!("{with} the recorded answer, byte for byte"));
        return Ok(Exit::Fine);
    }
    let engine = crate::records::keep::engine_version();
    if !args.with_today && record.engine != engine {
        complain(&format!("it was answered by {}, and now by {engine}", record.engine));
    }
    let differences = differences(&record.answer, &answer)?;
    complain(&format!("{} of the recorded answer differ:", differences.len()));
    for it in differences.iter().take(SHOWN) {
        complain(&format!("  {it}"));
    }
    if differences.len() > SHOWN {
        complain("  ...");
    }
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

/// The places where two answers differ, each with what was and what is.
fn differences(was: &str, is: &str) -> Result<Vec<String>, Trouble> {
    let read = |text: &str| {
        serde_json::from_str::<serde_json::Value>(text)
            .map_err(|error| Trouble::new(format!("an answer is no JSON: {error}")))
    };
    let mut found = Vec::new();
    differ("", &read(was)?, &read(is)?, &mut found);
    if found.is_empty() {
        found.push("only the way it is written".to_owned());
    }
    Ok(found)
}

fn differ(path: &str, was: &serde_json::Value, is: &serde_json::Value, out: &mut Vec<String>) {
    use serde_json::Value;
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let mut names: Vec<&String> = was.keys().chain(is.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let side = |it: &serde_json::Map<String, Value>| {
                    it.get(name).cloned().unwrap_or(Value::Null)
                };
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                differ(&path, &side(was), &side(is), out);
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (place, (was, is)) in was.iter().zip(is).enumerate() {
                differ(&format!("{path}[{place}]"), was, is, out);
            }
        }
        _ if was == is => {}
        _ => out.push(format!("{path}: {} was {}", short(is), short(was))),
    }
}

fn short(value: &serde_json::Value) -> String {
    let text = value.to_string();
    let start: String = text.chars().take(100).collect();
    if start.len() < text.len() { format!("{start}...") } else { text }
}
