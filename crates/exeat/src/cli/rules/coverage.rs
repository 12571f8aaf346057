//! `exeat rules coverage`: which blocks a number of cases saw true, false, unknown and deciding.

mod cases;

use crate::cli::rules::text::heading;
use crate::cli::{Exit, Stop, complain};
use crate::json::{Layout, Writer};
use crate::library::LawArgs;
use decision::determination::Because;
use decision::{Determination, Engine, Trace};
use law::rulebook::{BlockId, Effect};
use law::{Coverage, Seen};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Show which blocks the cases saw true, false, unknown, and deciding
///
/// CASES are transactions, JSON lines of transactions or of cases with a `transaction`, and case
/// pages (`.md`). Exit codes: 0 done, 1 a case could not be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files with cases
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// List every block, not only those that were never seen true or never seen false
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    law: LawArgs,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
}

/// Runs every case and counts.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.law.rules.engine()?;
    let options = args.law.options(Trace::Decisive, false);
    let mut report = Report::default();
    let mut exit = Exit::Fine;
    for path in &args.cases {
        for case in cases::read(path)? {
            match case {
                Ok(transaction) => {
                    engine.cover(&transaction, &options, &mut report.coverage);
                    report.add(&engine.decide(&transaction, &options));
                }
                Err(problem) => {
                    complain(problem.trim_end());
                    exit = Exit::Failed;
                }
            }
        }
    }
    match args.format {
        Output::Text => write!(anstream::stdout(), "{}", report.text(&engine, args.all))?,
        Output::Json => io::stdout().write_all(&report.json(&engine))?,
    }
    Ok(exit)
}

/// What was seen.
#[derive(Default)]
struct Report {
    cases: u64,
    coverage: Coverage,
    /// How often a block, by its citation and its sentence, was in an answer's decisive trace.
    decisive: BTreeMap<(String, String), u64>,
}

/// What was seen of one block.
struct Line<'a> {
    name: String,
    effect: &'a Effect,
    seen: Seen,
    decisive: u64,
}

impl Report {
    fn add(&mut self, determination: &Determination<'_>) {
        self.cases += 1;
        let mut nodes = BTreeSet::new();
        collect(determination, &mut nodes);
        for (citation, text) in nodes {
            *self.decisive.entry((citation.to_owned(), text.to_owned())).or_default() += 1;
        }
    }

    fn lines<'a>(&self, engine: &'a Engine) -> Vec<Line<'a>> {
        let rulebook = engine.rulebook();
        let line = |(id, block): (BlockId, &'a law::rulebook::Block)| {
            let key = (block.citation.clone(), block.says.clone());
            Line {
                name: format!("{} from {}", heading(block, rulebook), block.version.from),
                effect: &block.effect,
                seen: self.coverage.of(id),
                decisive: self.decisive.get(&key).copied().unwrap_or_default(),
            }
        };
        (0..).map(BlockId).zip(&rulebook.blocks).map(line).collect()
    }

    fn text(&self, engine: &Engine, all: bool) -> String {
        let lines = self.lines(engine);
        // Writing to a string cannot fail.
        let mut text = String::new();
        if all {
            text.push_str("    true   false unknown decisive  block\n");
            for Line { name, seen, decisive, .. } in &lines {
                let Seen { holding, failing, unknown } = seen;
                let _ = writeln!(text, "{holding:>8}{failing:>8}{unknown:>8}{decisive:>9}  {name}");
            }
            text.push('\n');
        }
        list(&mut text, "Never seen true", &lines, |it| it.seen.holding == 0);
        list(&mut text, "Never seen false", &lines, |it| it.seen.failing == 0);
        let count = |of: fn(&Line<'_>) -> bool| lines.iter().filter(|it| of(it)).count();
        let _ = writeln!(
            text,
            "{} cases over {} versions of blocks: {} seen true, {} false, {} unknown, {} deciding.",
            self.cases,
            lines.len(),
            count(|it| it.seen.holding > 0),
            count(|it| it.seen.failing > 0),
            count(|it| it.seen.unknown > 0),
            count(|it| it.decisive > 0),
        );
        text
    }

    fn json(&self, engine: &Engine) -> Vec<u8> {
        let mut bytes = Vec::new();
        Writer::new(&mut bytes, Layout::Pretty).object(|json| {
            json.number_of("cases", self.cases);
            json.objects_of("blocks", &self.lines(engine), |json, it| {
                json.text_of("block", &it.name);
                json.text_of("effect", it.effect.keyword());
                json.number_of("true", it.seen.holding);
                json.number_of("false", it.seen.failing);
                json.number_of("unknown", it.seen.unknown);
                json.number_of("decisive", it.decisive);
            });
        });
        bytes.push(b'\n');
        bytes
    }
}

fn list(text: &mut String, title: &str, lines: &[Line<'_>], of: impl Fn(&Line<'_>) -> bool) {
    let translated = lines.iter().filter(|it| *it.effect != Effect::Untranslated);
    let found: Vec<&Line<'_>> = translated.filter(|it| of(it)).collect();
    if found.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title} ({})", found.len());
    for line in found {
        let _ = writeln!(text, "  {}", line.name);
    }
    text.push('\n');
}

/// Every node of an answer's trace that holds, and every requirement and duty.
fn collect<'a>(answer: &'a Determination<'_>, found: &mut BTreeSet<(&'a str, &'a str)>) {
    nodes(&answer.because, found);
    for item in &answer.items {
        found.extend(item.requirements.iter().map(|it| (it.citation, it.says)));
        for exception in &item.exceptions {
            nodes(&exception.because, found);
        }
    }
    found.extend(answer.conditions.iter().map(|it| (it.citation, it.what)));
    found.extend(answer.flags.iter().map(|it| (it.citation, it.why)));
    found.extend(answer.referrals.iter().map(|it| (it.citation, it.why)));
    found.extend(answer.review_policy.iter().map(|it| (it.citation, it.says)));
    for leg in &answer.legs {
        collect(leg, found);
    }
}

fn nodes<'a>(list: &'a [Because<'_>], found: &mut BTreeSet<(&'a str, &'a str)>) {
    for node in list {
        found.insert((node.citation, node.text));
        nodes(&node.because, found);
    }
}
