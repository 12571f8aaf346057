//! `exeat check`: may it leave?

mod answer;
mod recording;

use super::answered::Answered;
use super::{Exit, Stop, width};
use crate::input::{Format, Input, Source};
use crate::library::LawArgs;
use crate::lines::{self, Tally};
use crate::records::RecordsArg;
use crate::results::{Output, Results};
use crate::search::{SearchArgs, Searcher};
use crate::transactions;
use answer::{Answerer, Place};
use decision::Outcome;
use recording::Recording;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Decide whether a transaction may leave
///
/// FILE holds one transaction as YAML, JSON or TOML, or many as JSON lines, Parquet or CSV, whose
/// first row names the fields by their paths; `-` is standard input.
/// The exit code is that of the strictest answer, and 1 where an input could not be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Transactions: YAML, JSON, TOML, JSON lines, CSV or Parquet; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "example")]
    files: Vec<PathBuf>,
    /// Check an example that is in the program (see `exeat examples`)
    #[arg(long, value_name = "NAME")]
    example: Vec<String>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// The format of the input, where neither its name nor its content tells it
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
    /// Show the whole trace: every paragraph that was looked at
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
    #[command(flatten, next_help_heading = "Records")]
    recording: RecordArgs,
}

/// Whether and where answers are recorded.
#[derive(Debug, clap::Args)]
struct RecordArgs {
    /// Write each determination into the records, with the law and the lists it rests on; its name
    /// is printed on standard error (see `exeat replay`)
    #[arg(long)]
    record: bool,
    #[command(flatten)]
    records: RecordsArg,
}

/// Answers every input, in order.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let examples = args.example.iter().map(|it| Source::Example(it.clone()));
    let sources: Vec<Source> =
        args.files.iter().map(|it| Source::named(it)).chain(examples).collect();
    let trace = match (args.explain, args.format) {
        (true, _) => decision::Trace::Full,
        (false, Output::Jsonl) => decision::Trace::Lean,
        (false, Output::Text | Output::Json | Output::Md) => decision::Trace::Decisive,
    };
    let engine = args.law.rules.engine()?;
    let recording = match &args.recording {
        RecordArgs { record: true, records } => {
            Some(Recording::open(records, &args.law.rules.files()?)?)
        }
        RecordArgs { record: false, .. } => None,
    };
    let answerer = Arc::new(Answerer {
        searcher: Searcher::new(args.search.clone()),
        engine: if args.format == Output::Jsonl { engine } else { engine.for_few() },
        options: args.law.options(trace, args.explain),
        output: args.format,
        width: width(),
        recording,
        rows: Mutex::default(),
    });
    let mut out = Results::new(args.format, sources.len() > 1);
    let mut done = Answered::of(sources.len());
    let written = answer_each(args, &sources, &answerer, &mut out, &mut done);
    let exit = done.exit(written.and_then(|()| Ok(out.finish()?)));
    // The process ends: nobody needs the law to be taken apart.
    std::mem::forget(answerer);
    exit
}

fn answer_each(
    args: &Args,
    sources: &[Source],
    answerer: &Arc<Answerer>,
    out: &mut Results,
    done: &mut Answered<Outcome>,
) -> Result<(), Stop> {
    for source in sources {
        match source.open(args.input, args.format == Output::Jsonl) {
            Ok(Input::One(document)) => {
                let place = Place { document: &document, several: sources.len() > 1 };
                let mut bytes = Vec::new();
                done.one(answerer.one(&place, &mut bytes));
                out.write_all(&bytes)?;
            }
            Ok(it @ (Input::Lines(_) | Input::Table(_))) => {
                let reader = match transactions::lines(it, source) {
                    Ok(reader) => reader,
                    Err(trouble) => {
                        done.unread(&trouble);
                        continue;
                    }
                };
                out.list = true;
                let each = Arc::clone(answerer);
                let answer: Arc<lines::Answer> =
                    Arc::new(move |worker, number, line, out| each.line(worker, number, line, out));
                let mut lines = Tally::default();
                let written = lines::answer(reader, &answer, out, &mut lines);
                let summary = answerer.summary(&lines);
                done.lines(source, lines, written.is_ok());
                written?;
                if args.format == Output::Text {
                    out.write_all(summary.as_bytes())?;
                }
            }
            Err(trouble) => done.unread(&trouble),
        }
    }
    Ok(())
}
