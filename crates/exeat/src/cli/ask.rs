//! `exeat ask`: an interview that fills in a transaction.

use super::{Exit, Stop, complain, width};
use crate::input::{Format, Source};
use crate::interview::form::Form;
use crate::interview::{self, Interview};
use crate::library::LawArgs;
use crate::report::{Report, text};
use crate::search::{SearchArgs, Searcher};
use crate::trouble::Trouble;
use crate::{clock, keep, transactions};
use decision::{Options, Transaction, Workspace, transaction};
use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where an interview is kept that was given no file.
const DEFAULT: &str = "transaction.yaml";

/// Fill in a transaction by answering questions
///
/// Asks only what can still change the outcome, the best question first, and saves the transaction
/// as YAML after every answer. With FILE it goes on where that left off. Names are searched in the
/// lists as `exeat check` does.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The transaction to go on with; made where it is not there yet [default: transaction.yaml]
    file: Option<PathBuf>,
    /// Write here instead of to FILE
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
}

/// Interviews, then shows the answer.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let (form, target) = begin(args)?;
    let engine = args.law.rules.engine()?;
    let options = args.law.options(decision::Trace::Decisive, false);
    let mut out = anstream::stdout().lock();
    let mut saved = false;
    let mut save = |form: &Form| {
        saved = true;
        keep::replace(&target, form.to_yaml().as_bytes())
    };
    let searcher = Searcher::new(args.search.clone());
    let workspace = RefCell::new(Workspace::of_interview());
    let decide = |transaction: &Transaction, options: &Options| {
        let decided = searcher.decide(&engine, &mut workspace.borrow_mut(), transaction, options);
        decided.map_err(|failure| Trouble::of_input(&failure, &target.display().to_string()))
    };
    let form = Interview {
        decide: &decide,
        options,
        searches: !args.search.no_screening,
        schema: transaction::schema::transaction_schema(),
        questions: engine.classification_questions(),
        today: clock::today().to_string(),
        width: io::stdout().is_terminal().then(width),
        input: &mut io::stdin().lock(),
        out: &mut out,
        save: &mut save,
    }
    .run(form)?;
    if saved {
        complain(&format!("saved as {}", target.display()));
    }
    let Ok(transaction) = interview::read(&form) else { return Ok(Exit::NeedsReview) };
    let determination = decide(&transaction, &options)?;
    let report = Report::of(&determination, &transaction);
    let written = write!(out, "\n{}", text::render(&report, width()));
    Exit::from(determination.outcome).written(written)
}

/// The form to begin with, and where it is kept.
fn begin(args: &Args) -> Result<(Form, PathBuf), Trouble> {
    let given = args.file.as_deref();
    let path = given.unwrap_or(Path::new(DEFAULT));
    if given.is_none() || !path.exists() {
        let target = args.out.clone().unwrap_or_else(|| path.to_owned());
        if given.is_none() && target.exists() {
            let help = format!(
                "go on with it by `exeat ask {0}`, or name another file with --out",
                target.display()
            );
            return Err(Trouble::new(format!("`{}` is already there", target.display())).help(help));
        }
        return Ok((Form::empty(), target));
    }
    let document = Source::named(path).document(None)?;
    let target = args.out.clone().unwrap_or_else(|| path.to_owned());
    if args.out.is_none() && document.format != Format::Yaml {
        return Err(Trouble::new(format!("`{}` is not YAML", path.display()))
            .help("name the YAML file to write with --out"));
    }
    let tree = transactions::tree(&document)
        .map_err(|failure| Trouble::of_input(&failure, &document.name))?;
    let form = Form::with(tree)
        .ok_or_else(|| Trouble::new(format!("`{}` is not a transaction", path.display())))?;
    if args.out.is_none() && document.bytes.split(|it| *it == b'\n').any(is_comment) {
        complain("note: the comments in this file are not kept; --out writes another file");
    }
    Ok((form, target))
}

fn is_comment(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"#")
}
