//! `exeat rules mutate`: would the cases notice if the rulebook were wrong somewhere?
//!
//! Every mutant (see `law::mutation`) is judged by the cases that it can make a difference to. One
//! that no case notices is a survivor: a new case is missing, or the change means the same law. What
//! is proved to make no difference is counted apart, and so is what is not law by itself.

mod equivalents;
mod guards;
mod report;

use crate::cli::{Exit, Stop, complain};
use crate::library::RulesArg;
use decision::{Engine, Options, Trace};
use guards::Guard;
use law::rulebook::Rulebook;
use law::rulebook::Status;
use law::{Loaded, Mutant};
use report::Report;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Change the rulebook in small ways, and list the changes that no case notices
///
/// CASES are case pages (`.md`) and JSON lines of cases with `transaction` and `expect`. A change
/// is noticed when a case that passes now would fail. Exit codes: 0 enough were noticed, 1 not
/// enough, or a case could not be read, or the list of equivalents is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files with cases
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// Only the blocks whose citation begins so, such as `740.22`
    #[arg(long, value_name = "PARAGRAPH")]
    only: Option<String>,
    /// Only every so manieth change, for a quick look
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// How many percent must be noticed
    #[arg(long, value_name = "PERCENT", default_value_t = 0)]
    min: usize,
    /// Changes that mean the same law, one to a line: the block and its days, the change and the
    /// reason, with ` :: ` between them
    #[arg(long, value_name = "FILE")]
    equivalents: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArg,
}

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
}

/// Why a change is not judged by the cases.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Apart {
    /// Its block is adopted or proposed only, and used when somebody asks for it.
    NotLaw,
    /// Nothing in force leads to it (`law::mutation`).
    Idle,
    /// No transaction comes out another way (`decision::equivalence`).
    Proved,
    /// The list of equivalents says why.
    Named,
}

impl Apart {
    const ALL: [Self; 4] = [Self::Idle, Self::Proved, Self::Named, Self::NotLaw];

    /// In words, after a number of changes.
    fn words(self) -> &'static str {
        match self {
            Self::NotLaw => {
                "are of blocks that are adopted or proposed only, which nobody asked for"
            }
            Self::Idle => "can make no difference: nothing in force on their days leads to them",
            Self::Proved => {
                "are noticed by no case and proved to mean the same law: no transaction comes out \
                 another way"
            }
            Self::Named => "mean the same law, as the list of equivalents says",
        }
    }
}

/// Judges every mutant and reports.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.rules.engine()?;
    let options = Options { trace: Trace::Decisive, ..Options::default() };
    let mut exit = Exit::Fine;
    let mut guards = Vec::new();
    for path in &args.cases {
        for guard in guards::read(path, &engine)? {
            match guard {
                Ok(mut guard) if guard.problems(&engine, &options).is_empty() => {
                    guard.prepare(&engine, &options);
                    guards.push(guard);
                }
                Ok(guard) => complain(&format!("left out, it fails already: {}", guard.name)),
                Err(problem) => {
                    complain(problem.trim_end());
                    exit = Exit::Failed;
                }
            }
        }
    }
    guards::most_useful_first(&mut guards);
    let rulebook = engine.rulebook();
    let mutants: Vec<Mutant> = rulebook
        .mutants()
        .into_iter()
        .filter(|it| args.only.as_ref().is_none_or(|only| is_of(rulebook, it, only)))
        .step_by(args.every.max(1))
        .collect();
    let asked = engine.asked();
    let apart = |it: &Mutant| {
        let status = it.block.and_then(|it| rulebook.block(it)).map(|it| it.version.status);
        match status {
            Some(Status::Adopted | Status::Proposed) => Some(Apart::NotLaw),
            Some(Status::Law) | None => rulebook.is_idle(it, &asked).then_some(Apart::Idle),
        }
    };
    let mut apart: Vec<Option<Apart>> = mutants.iter().map(apart).collect();
    let found = judge(&engine, &mutants, &apart, &guards, &options);
    let noticed: Vec<Option<&str>> = found
        .iter()
        .map(|it| match it {
            Some(Found::Noticed(by)) => Some(*by),
            Some(Found::Proved) | None => None,
        })
        .collect();
    for (apart, found) in apart.iter_mut().zip(&found) {
        if let Some(Found::Proved) = found {
            *apart = Some(Apart::Proved);
        }
    }
    let list = args.equivalents.as_deref().map(equivalents::read).transpose()?;
    let (named, problems) =
        equivalents::judge(&list.unwrap_or_default(), rulebook, &mutants, &noticed);
    for problem in &problems {
        complain(&format!("error: the list of equivalents, {problem}"));
        exit = Exit::Failed;
    }
    for (apart, named) in apart.iter_mut().zip(named) {
        if named {
            *apart = apart.or(Some(Apart::Named));
        }
    }
    let report = Report::new(rulebook, &mutants, &noticed, &apart, guards.len());
    match args.format {
        Output::Text => write!(anstream::stdout(), "{}", report.text())?,
        Output::Json => io::stdout().write_all(&report.json())?,
    }
    if report.percent() < args.min {
        exit = Exit::Failed;
    }
    Ok(exit)
}

fn is_of(rulebook: &Rulebook, mutant: &Mutant, only: &str) -> bool {
    let block = mutant.block.and_then(|it| rulebook.block(it));
    block.is_some_and(|it| it.citation.starts_with(only))
}

/// What was found of a mutant.
#[derive(Clone, Copy, Debug)]
enum Found<'a> {
    /// This case noticed it first.
    Noticed(&'a str),
    /// No case did, and it is proved that none can.
    Proved,
}

/// What was found of each mutant that is not apart.
fn judge<'a>(
    engine: &Engine,
    mutants: &[Mutant],
    apart: &[Option<Apart>],
    guards: &'a [Guard],
    options: &Options,
) -> Vec<Option<Found<'a>>> {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let shown = io::stderr().is_terminal();
    let work = || {
        let mut found = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(place) else { return found };
            if shown && place.is_multiple_of(20) {
                let _ = write!(io::stderr(), "\r{place} of {} changes", mutants.len());
            }
            if apart.get(place) == Some(&None) {
                let by = noticed_by(engine, mutant, guards, options).map(Found::Noticed);
                let proved = || engine.is_equivalent(mutant).then_some(Found::Proved);
                found.push((place, by.or_else(proved)));
            }
        }
    };
    let mut noticed = vec![None; mutants.len()];
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            for (place, by) in worker.join().unwrap_or_default() {
                if let Some(slot) = noticed.get_mut(place) {
                    *slot = by;
                }
            }
        }
    });
    if shown {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    noticed
}

fn noticed_by<'a>(
    engine: &Engine,
    mutant: &Mutant,
    guards: &'a [Guard],
    options: &Options,
) -> Option<&'a str> {
    let rulebook = engine.rulebook();
    let days = rulebook.days_of(mutant);
    let loaded =
        Loaded { rulebook: rulebook.mutated(mutant), files: Vec::new(), warnings: Vec::new() };
    let changed = Engine::new(loaded, String::new()).for_few();
    let classifying = mutant.block.and_then(|it| rulebook.block(it));
    let classifying = classifying
        .is_some_and(|it| rulebook.classification.as_ref().is_some_and(|of| of.kind == it.subject));
    let able = |guard: &&Guard| {
        let on_a_day =
            days.as_ref().is_none_or(|days| guard.dates.iter().any(|it| days.contains(it)));
        let block = mutant.block.filter(|_| mutant.is_of_a_condition());
        on_a_day && block.is_none_or(|it| guard.may_notice((engine, &changed), it, classifying))
    };
    let notices = |guard: &&Guard| !guard.problems(&changed, options).is_empty();
    guards.iter().filter(able).find(notices).map(|it| it.name.as_str())
}
