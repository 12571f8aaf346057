//! `exeat application`: the draft of a license application.

use super::asked::Asked;
use super::{Exit, Stop, complain, width};
use crate::api::commands;
use crate::library::LawArgs;
use crate::papers::application;
use crate::report::words;
use crate::search::{SearchArgs, Searcher};
use decision::{Deciding, Outcome, Trace, Workspace};
use std::io::Write;

/// Draft the license application that a transaction needs
///
/// Where a license is required, writes what a SNAP-R application asks by the blocks of form BIS-748P,
/// as far as the transaction tells it: the parties by role, the items with their ECCNs, quantities and
/// values, the end use, the paragraphs that require the license and how it would be reviewed. What the
/// transaction does not tell is blank. Of a chain, each leg that needs a license has a draft.
///
/// Exit codes: 3 a license is required and a draft was written; otherwise nothing is written, and
/// they are those of `exeat check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
}

/// How it is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
    /// Markdown, for files and tickets.
    Md,
}

/// Decides, and drafts.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.law.rules.engine()?.for_few();
    let transaction = args.asked.transaction()?;
    let options = args.law.options(Trace::Decisive, false);
    let searcher = Searcher::new(args.search.clone());
    let workspace = &mut Workspace::default();
    let decided = searcher.decide(&engine, workspace, &transaction, &options);
    let determination = decided.map_err(|failure| args.asked.trouble(&failure))?;
    let exit = Exit::from(determination.outcome);
    if determination.outcome != Outcome::LicenseRequired {
        let outcome = words::outcome(determination.outcome, determination.exception);
        let next = match determination.outcome {
            Outcome::NeedsReview => "answer what is open first: `exeat ask FILE`",
            Outcome::Prohibited => "no license is issued for it",
            Outcome::LicenseRequired
            | Outcome::LicenseException
            | Outcome::NoLicenseRequired
            | Outcome::NotSubject
            | Outcome::NotAnExport => "there is nothing to apply for",
        };
        let deciding = Deciding::behind(&determination);
        complain(&format!("no draft was written: the answer is {outcome}, so {next}"));
        if !deciding.citation.is_empty() {
            complain(&format!("  {} [{}]", deciding.text, deciding.citation));
        }
        return Ok(exit);
    }
    let drafts = application::drafts(&transaction, &determination);
    exit.written(match args.format {
        Output::Text => {
            write!(anstream::stdout(), "{}", application::text(&drafts, width()))
        }
        Output::Md => write!(std::io::stdout(), "{}", application::markdown(&drafts)),
        Output::Json => {
            commands::print(|json| application::write(json, determination.outcome, &drafts))
        }
    })
}
