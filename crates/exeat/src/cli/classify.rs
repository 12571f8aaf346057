//! `exeat classify`: which entry of the control list describes a product?

mod answer;
mod ask;
mod lists;
mod release;

use super::answered::Answered;
use super::{Exit, Stop, width};
use crate::input::{Format, Input, Source};
use crate::library::RulesArg;
use crate::lines::{self, Tally};
use crate::results::{Output, Results};
use crate::trouble::Trouble;
use answer::Answerer;
use decision::Options;
use decision::classification::ClassificationOutcome;
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Find the entry of the control list that describes a product
///
/// FILE holds one product (YAML, JSON or TOML), many as JSON lines, or an export.toml; `-` is
/// standard input. Without FILE, or with --ask, it interviews: it asks only what can still change
/// the answer.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 settled, and the EAR's own matter; 4 open, or another \
                        agency's law comes first; 1 could not run; 2 usage. With --ci: 10 the \
                        classification changed, 13 the law moved, 11 an answer is missing, 12 an \
                        answer is older than the version; the first that applies.")]
pub(crate) struct Args {
    /// A product, many as JSON lines, or an export.toml; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// The format of the input, where neither its name nor its content tells it
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
    /// Show the whole trace: every paragraph that was looked at
    #[arg(long)]
    explain: bool,
    /// Apply the law of this day instead of the product's date
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// How old the verified law may be before an answer needs review
    #[arg(long, value_name = "DAYS", default_value_t = 180)]
    max_law_age: u32,
    /// Interview: go on with FILE, or with a new one [default: product.yaml]
    #[arg(long)]
    ask: bool,
    /// Who answers, for the answers that are written into an export.toml
    #[arg(long, value_name = "NAME", requires = "ask")]
    by: Option<String>,
    /// Only this component of an export.toml
    #[arg(long, value_name = "ID")]
    component: Option<String>,
    #[command(flatten)]
    pipeline: Pipeline,
    #[command(flatten)]
    papers: Papers,
    #[command(flatten)]
    lists: Lists,
    #[command(flatten)]
    rules: RulesArg,
}

/// What a pipeline asks of a release.
#[derive(Debug, clap::Args)]
struct Pipeline {
    /// Check a release: what changed, what is missing, what is too old
    #[arg(long, conflicts_with_all = ["ask", "memo", "item", "notice", "annual_report"])]
    ci: bool,
    /// The export.toml of the release before, for --ci
    #[arg(long, value_name = "OLD", requires = "ci")]
    against: Option<PathBuf>,
}

/// Papers about a release.
#[derive(Debug, clap::Args)]
struct Papers {
    /// Write the classification memo, in Markdown, for counsel to sign
    #[arg(long, conflicts_with_all = ["ask", "item", "notice", "annual_report"])]
    memo: bool,
    /// Write the item as `exeat check` takes it
    #[arg(long, conflicts_with_all = ["ask", "notice", "annual_report"])]
    item: bool,
    #[command(flatten)]
    agencies: Agencies,
}

/// Papers that agencies receive.
#[derive(Debug, clap::Args)]
struct Agencies {
    /// Draft the e-mail about published encryption source code (742.15(b)(2))
    #[arg(long, conflicts_with_all = ["ask", "annual_report"])]
    notice: bool,
    /// Write the annual self-classification report as CSV, as far as its fields are verified
    #[arg(long, conflicts_with = "ask")]
    annual_report: bool,
}

/// What the rulebook knows.
#[derive(Debug, clap::Args)]
struct Lists {
    /// List the questions
    #[arg(long, conflicts_with = "files")]
    questions: bool,
    /// List the capabilities, and what each says of the questions
    #[arg(long, conflicts_with = "files")]
    capabilities: bool,
}

impl Args {
    fn options(&self, trace: decision::Trace) -> Options {
        Options { on: self.on, max_law_age: self.max_law_age, trace, ..Options::default() }
    }

    /// Whether one of the papers of a release is asked for.
    fn wants_paper(&self) -> bool {
        let Papers { memo, item, agencies } = &self.papers;
        self.pipeline.ci || *memo || *item || agencies.notice || agencies.annual_report
    }
}

impl From<ClassificationOutcome> for Exit {
    fn from(outcome: ClassificationOutcome) -> Self {
        match outcome {
            ClassificationOutcome::NotSubject
            | ClassificationOutcome::NotControlledHere
            | ClassificationOutcome::Classified => Self::Fine,
            ClassificationOutcome::NeedsReview | ClassificationOutcome::OtherAgency => {
                Self::NeedsReview
            }
        }
    }
}

/// Answers every input, in order, or interviews.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    if args.lists.questions || args.lists.capabilities {
        return lists::run(args);
    }
    if args.ask || args.files.is_empty() && !args.wants_paper() {
        return ask::run(args);
    }
    let trace = match (args.explain, args.format) {
        (true, _) => decision::Trace::Full,
        (false, Output::Jsonl) => decision::Trace::Lean,
        (false, Output::Text | Output::Json | Output::Md) => decision::Trace::Decisive,
    };
    let answerer = Arc::new(Answerer {
        engine: args.rules.engine()?,
        options: args.options(trace),
        output: args.format,
        width: width(),
    });
    let sources: Vec<Source> = args.files.iter().map(|it| Source::named(it)).collect();
    let mut out = Results::new(args.format, sources.len() > 1);
    let mut done = Answered::of(sources.len());
    let written = answer_each(args, &sources, &answerer, &mut out, &mut done);
    match written {
        Ok(Some(paper)) => paper.written(out.finish()),
        Ok(None) => done.exit(out.finish().map_err(Stop::from)),
        Err(stop) => done.exit(Err(stop)),
    }
}

/// Answers every input. Where one of the papers of a release was asked for, gives what that comes
/// to, and looks no further.
fn answer_each(
    args: &Args,
    sources: &[Source],
    answerer: &Arc<Answerer>,
    out: &mut Results,
    done: &mut Answered<ClassificationOutcome>,
) -> Result<Option<Exit>, Stop> {
    for source in sources {
        match source.open(args.input, args.format == Output::Jsonl) {
            Ok(Input::One(document)) if release::is_one(&document) || args.wants_paper() => {
                match release::run(args, answerer, &document, out)? {
                    release::Done::Answered(some, bytes) => {
                        done.lines(source, some, true);
                        out.write_all(&bytes)?;
                    }
                    release::Done::Paper(exit) => return Ok(Some(exit)),
                }
            }
            Ok(Input::One(document)) => {
                let mut bytes = Vec::new();
                done.one(answerer.one(&document, sources.len() > 1, &mut bytes));
                out.write_all(&bytes)?;
            }
            Ok(Input::Table(_)) => done.unread(
                &Trouble::new(format!(
                    "{} is a table, and products are not read from one",
                    source.name()
                ))
                .help("a product is YAML, JSON or TOML; many are JSON lines"),
            ),
            Ok(Input::Lines(reader)) => {
                out.list = true;
                let answerer = Arc::clone(answerer);
                let answer: Arc<lines::Answer<ClassificationOutcome>> =
                    Arc::new(move |_, number, line, out| answerer.line(number, line, out));
                let mut lines = Tally::default();
                let written = lines::answer(reader, &answer, out, &mut lines);
                let summary = answer::summary(&lines);
                done.lines(source, lines, written.is_ok());
                written?;
                if args.format == Output::Text {
                    out.write_all(summary.as_bytes())?;
                }
            }
            Err(trouble) => done.unread(&trouble),
        }
    }
    Ok(None)
}
