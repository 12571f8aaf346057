//! The command line: one file for each command, all alike (`Args`, `run`, an [`Exit`]).
//!
//! Results go to standard output, everything else to standard error.

mod answered;
mod application;
mod ask;
mod asked;
mod atlas;
mod audit;
mod backup;
mod check;
mod classify;
mod completions;
mod doctor;
mod examples;
pub(crate) mod explain;
mod impact;
mod keys;
mod lists;
mod man;
mod mcp;
mod replay;
mod restore;
pub(crate) mod rules;
mod schema;
pub(crate) mod screen;
mod serve;
mod what_if;
pub(crate) mod why_not;

use crate::trouble::Trouble;
use clap::{Parser, Subcommand};
use decision::outcome::Outcome;
use std::env::var_os;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// May this leave, to these people, on this day, and if not, what would make it lawful?
#[derive(Debug, Parser)]
#[command(name = "exeat", version, about, long_about = None, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 may go, 3 license required, 4 needs review, 5 prohibited, \
                        1 could not run, 2 usage.\nTry: exeat examples, then exeat check \
                        --example NAME. Not legal advice.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Classify(classify::Args),
    Ask(ask::Args),
    WhyNot(why_not::Args),
    WhatIf(what_if::Args),
    Application(application::Args),
    Atlas(atlas::Args),
    Impact(impact::Args),
    Keys(keys::Args),
    Explain(explain::Args),
    Lists(lists::Args),
    Screen(Box<screen::Args>),
    Serve(Box<serve::Args>),
    Doctor(Box<doctor::Args>),
    Replay(replay::Args),
    Audit(audit::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Rules(rules::Args),
    Examples(examples::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
    Mcp(Box<mcp::Args>),
}

/// What the shell is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Exit {
    /// It ran, or it may go.
    Fine,
    /// It could not run, or not for every input.
    Failed,
    /// A license is required.
    LicenseRequired,
    /// It needs review.
    NeedsReview,
    /// It is prohibited.
    Prohibited,
    /// A release changes its classification.
    Changed,
    /// An answer about a release is missing.
    AnswerMissing,
    /// An answer is older than the release.
    AnswerOld,
    /// The law moved under a release.
    LawMoved,
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotAnExport
            | Outcome::NotSubject
            | Outcome::NoLicenseRequired
            | Outcome::LicenseException => Self::Fine,
            Outcome::NeedsReview => Self::NeedsReview,
            Outcome::LicenseRequired => Self::LicenseRequired,
            Outcome::Prohibited => Self::Prohibited,
        }
    }
}

impl Exit {
    /// What the shell is told of answers that were written so: what they say, also where nobody
    /// read them to their end.
    ///
    /// # Errors
    ///
    /// Where they could not be written for another reason.
    pub(crate) fn written(self, written: Result<(), impl Into<Stop>>) -> Result<Self, Stop> {
        match written.map_err(Into::into) {
            Ok(()) | Err(Stop::Unread) => Ok(self),
            Err(stop @ Stop::Trouble(_)) => Err(stop),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Failed => 1,
            Exit::LicenseRequired => 3,
            Exit::NeedsReview => 4,
            Exit::Prohibited => 5,
            Exit::Changed => 10,
            Exit::AnswerMissing => 11,
            Exit::AnswerOld => 12,
            Exit::LawMoved => 13,
        })
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It could not run.
    Trouble(Trouble),
    /// Nobody reads on, and nothing was decided.
    Unread,
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            Self::Unread
        } else {
            Self::Trouble(error.into())
        }
    }
}

/// Reads the command line and does what it says.
pub(crate) fn main() -> Exit {
    let result = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Classify(args) => classify::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::WhyNot(args) => why_not::run(&args),
        Command::WhatIf(args) => what_if::run(&args),
        Command::Application(args) => application::run(&args),
        Command::Atlas(args) => atlas::run(&args),
        Command::Impact(args) => impact::run(&args),
        Command::Keys(args) => keys::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Lists(args) => lists::run(&args),
        Command::Screen(args) => screen::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Examples(args) => examples::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Mcp(args) => mcp::run(&args),
    };
    match result {
        Ok(exit) => exit,
        // The shell's reader has left; whoever asks for the code is not told that all is well.
        Err(Stop::Unread) => Exit::Failed,
        Err(Stop::Trouble(trouble)) => {
            complain(&trouble.to_string());
            Exit::Failed
        }
    }
}

/// A line for the person at the terminal, apart from the results.
pub(crate) fn complain(text: &str) {
    // Where standard error is closed, nobody is there to be told so.
    drop(writeln!(anstream::stderr(), "{text}"));
}

/// How wide lines may be: as the terminal is, else as `COLUMNS` says, else 80 columns.
pub(crate) fn width() -> usize {
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let said = || var_os("COLUMNS")?.to_str()?.parse().ok().filter(|it| *it > 0);
    of_terminal().or_else(said).unwrap_or(80)
}

/// Whether so many columns are too few for a table: then each of its rows is folded.
pub(crate) fn is_narrow(width: usize) -> bool {
    width < 72
}
