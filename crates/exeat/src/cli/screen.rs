//! `exeat screen`: who this may be, by the lists.

mod changed;
mod customers;
mod decide;
mod file;
mod one;
mod resumed;
mod tune;

use super::{Exit, Stop};
use crate::results::Output;
use crate::search::{ListArgs, MAX_LIST_AGE};
use clap::Subcommand;
use std::path::PathBuf;

/// Search restricted-party lists for a name, or for every name of a file
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "Exit codes: 0 nothing at or above the threshold, 4 a match that nobody \
                        cleared, a name that cannot be searched, columns that may hold names and \
                        are not searched, or lists that clear nobody (missing, partial or old); 1 could not run, 2 usage.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// A name, or a file of names: CSV with a header, JSON lines or Parquet
    #[arg(value_name = "NAME|FILE", required = true)]
    what: Option<String>,
    #[command(flatten)]
    about: one::About,
    #[command(flatten)]
    of_file: file::OfFile,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    lists: ListArgs,
    /// How many days old the lists may be; past that they clear nobody, and nothing found is a
    /// review
    #[arg(long, value_name = "DAYS", default_value_t = MAX_LIST_AGE)]
    max_list_age: u32,
    /// How to answer (default: text for a name, jsonl for a file)
    #[arg(long, value_enum)]
    format: Option<Output>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Decide(Box<decide::Args>),
    Tune(Box<tune::Args>),
}

/// How it is searched.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct How {
    /// Report matches from this score on, from 0 to 1 (default: that of the shipped settings)
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub(crate) threshold: Option<u16>,
    /// At most so many matches a name
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Look at every listed name instead of asking the index; the hits are the same
    #[arg(long)]
    pub(crate) exhaustive: bool,
}

/// A score as a person writes it, in thousandths.
fn score(text: &str) -> Result<u16, String> {
    let wrong = || "a score is a number from 0 to 1, such as 0.7".to_owned();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole: u16 = whole.parse().map_err(|_| wrong())?;
    if rest.len() > 3 || !rest.bytes().all(|it| it.is_ascii_digit()) {
        return Err(wrong());
    }
    let thousandths: u16 = format!("{rest:0<3}").parse().map_err(|_| wrong())?;
    whole
        .checked_mul(1000)
        .and_then(|it| it.checked_add(thousandths))
        .filter(|it| *it <= 1000)
        .ok_or_else(wrong)
}

/// Searches for a name, or for the names of a file.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    match &args.command {
        Some(Command::Decide(args)) => return decide::run(args),
        Some(Command::Tune(args)) => return tune::run(args),
        None => {}
    }
    let what = args.what.clone().unwrap_or_default();
    let is_file = what == "-" || is_table(&what);
    let opened = crate::search::Opened::with(&args.lists, args.max_list_age, &args.how)?;
    if is_file {
        file::run(&PathBuf::from(what), &args.of_file, &args.how, &opened, args.format)
    } else {
        one::run(&what, &args.about, &args.how, &opened, args.format.unwrap_or(Output::Text))
    }
}

/// Whether a text names a file of names and is no name itself.
fn is_table(text: &str) -> bool {
    let extension = std::path::Path::new(text).extension().and_then(|it| it.to_str());
    let known = extension.is_some_and(|it| {
        ["csv", "jsonl", "ndjson", "parquet"].iter().any(|known| it.eq_ignore_ascii_case(known))
    });
    known || std::path::Path::new(text).is_file()
}
