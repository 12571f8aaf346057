//! `exeat impact`: which transactions of a portfolio come out differently under two laws.

mod batch;
mod many;
mod pack;
mod portfolio;
mod report;

use super::{Exit, Stop, complain, width};
use crate::input::{Format, Source};
use crate::library::{Also, RulesArg};
use crate::search::{ListArgs, MAX_LIST_AGE, SearchArgs, Searcher};
use crate::transactions;
use crate::trouble::Trouble;
use decision::{Engine, Options, Trace};
use jiff::civil::Date;
use pack::Opened;
use portfolio::{Law, Portfolio, Progress};
use report::Report;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Show which transactions come out differently under two days, rulebooks or with a proposed rule
///
/// FILE holds one transaction a line as JSON, or a row of CSV; `-` is standard input. Without dates each transaction
/// is decided under the law of its own day. At least one of --to, --rules-to and --also must say
/// what differs. With --pack what may be known of each transaction is written to a file instead, and
/// such a file stands for the portfolio afterwards, however often the law text is changed.
///
/// Names are not searched unless --screening is given: on which lists they stand is then unknown
/// under both laws, and the answer says of how many transactions that is so.
///
/// Exit codes: 0 it ran, whatever changed; 1 it could not run, or not for every line; 2 usage.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("differs").args(["to", "rules_to", "also"]).required(true).multiple(true))]
pub(crate) struct Args {
    /// Transactions: JSON lines, CSV or Parquet, `-` is standard input; or one packed portfolio
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The law before: that of this day; without it, that of each transaction's own day
    #[arg(long, value_name = "DATE", requires = "to")]
    from: Option<Date>,
    /// The law after: that of this day
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// The rulebook before, instead of the one in the program
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The rulebook after, instead of the one before
    #[arg(long, value_name = "DIR")]
    rules_to: Option<PathBuf>,
    /// What takes part in the law after, and not in the one before
    #[arg(long, value_name = "STATUS", value_enum)]
    also: Vec<Also>,
    /// Ask for every missing fact instead of presuming it
    #[arg(long)]
    strict: bool,
    /// How old the verified law may be before a permissive answer needs review
    #[arg(long, value_name = "DAYS", default_value_t = 180)]
    max_law_age: u32,
    /// Search the names on the lists as `exeat check` does; each line is then decided by itself,
    /// which takes longer
    #[arg(long, conflicts_with = "pack")]
    screening: bool,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchedBy,
    /// Decide nothing, but pack the one FILE for these laws into this file
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
}

/// Which lists are searched with `--screening`.
#[derive(Clone, Debug, clap::Args)]
struct SearchedBy {
    /// Search this snapshot instead of the one in the data folder
    #[arg(long, value_name = "SNAPSHOT", requires = "screening")]
    lists: Option<PathBuf>,
    /// Read decisions on matches here instead of in the data folder
    #[arg(long, value_name = "FILE", requires = "screening")]
    decisions: Option<PathBuf>,
    /// How many days a list may be away from the date of the transaction; past that it clears
    /// nobody
    #[arg(long, value_name = "DAYS", default_value_t = MAX_LIST_AGE)]
    max_list_age: u32,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document, with every transaction that changes.
    Json,
    /// One row for each transaction that changes.
    Csv,
}

/// Decides every line under both laws.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let before = args.law(args.rules.clone(), Vec::new(), args.from)?;
    let rules = args.rules_to.clone().or_else(|| args.rules.clone());
    let after = args.law(rules, args.also.clone(), args.to)?;
    let portfolio = Arc::new(Portfolio::new(before, after, args.searcher()?));
    if let Some(out) = &args.pack {
        return args.write_pack(&portfolio, out);
    }
    let began = Instant::now();
    let mut unread = false;
    for file in &args.files {
        if Opened::is_one(file) {
            args.only_one("a packed portfolio is given alone: run it by itself")?;
            if args.screening {
                let trouble = Trouble::new("a packed portfolio holds no names to search");
                return Err(trouble.help("give the lines themselves with --screening").into());
            }
            many::decide(args, &portfolio, file, began)?;
            continue;
        }
        let source = Source::named(file);
        let input = source.open(Some(Format::Jsonl), true);
        let reader = match input.and_then(|it| transactions::lines(it, &source)) {
            Ok(reader) => reader,
            Err(trouble) => {
                complain(&trouble.to_string());
                unread = true;
                continue;
            }
        };
        let several = args.files.len() > 1;
        let name = if several { format!("{}, ", file.display()) } else { String::new() };
        let mut progress = Progress::new(&portfolio, began);
        batch::decide(&portfolio, &name, reader, &mut progress)?;
    }
    portfolio.say_rate(began);
    let report = Report::of(&portfolio);
    if !unread && report.failed.is_empty() && portfolio.decided.load(Ordering::Relaxed) == 0 {
        return Err(pack::nothing().into());
    }
    let exit = if unread || !report.failed.is_empty() { Exit::Failed } else { Exit::Fine };
    exit.written(match args.format {
        Output::Text => write!(anstream::stdout(), "{}", report.text(width())),
        Output::Json => {
            let mut bytes = Vec::new();
            report.json(&mut bytes);
            bytes.push(b'\n');
            io::stdout().write_all(&bytes)
        }
        Output::Csv => {
            let written = report.csv(io::stdout());
            for failed in report.unread() {
                complain(&failed);
            }
            written
        }
    })
}

impl Args {
    /// What searches the names, where they are searched.
    fn searcher(&self) -> Result<Option<Searcher>, Trouble> {
        if !self.screening {
            return Ok(None);
        }
        let SearchedBy { lists, decisions, max_list_age } = self.search.clone();
        let of = ListArgs { lists, decisions };
        let searcher = Searcher::new(SearchArgs { of, max_list_age, no_screening: false });
        let trouble = |what| Trouble::new(format!("the lists cannot be searched: {what}"));
        searcher.opened().map_err(trouble)?.screener().map_err(trouble)?;
        Ok(Some(searcher))
    }

    /// Packs the portfolio.
    fn write_pack(&self, portfolio: &Arc<Portfolio>, out: &Path) -> Result<Exit, Stop> {
        let file = self.only_one("one portfolio is packed at a time: give one FILE")?;
        let source = Source::named(file);
        let input = transactions::lines(source.open(Some(Format::Jsonl), true)?, &source)?;
        pack::write(self, portfolio, input, out)?;
        Ok(Exit::Fine)
    }

    fn only_one(&self, otherwise: &str) -> Result<&Path, Trouble> {
        match self.files.as_slice() {
            [file] => Ok(file),
            _ => Err(Trouble::new(otherwise)),
        }
    }

    fn law(&self, rules: Option<PathBuf>, also: Vec<Also>, on: Option<Date>) -> Result<Law, Stop> {
        let with: Vec<&str> = also.iter().map(|it| it.as_str()).collect();
        let with = match with.as_slice() {
            [] => String::new(),
            some => format!(" with {} versions", some.join(" and ")),
        };
        let engine: Engine = RulesArg { rules, also }.engine()?;
        let (strict, max_law_age) = (self.strict, self.max_law_age);
        let options = Options { strict, max_law_age, on, trace: Trace::None, answers: false };
        Ok(Law { engine, options, with })
    }
}
