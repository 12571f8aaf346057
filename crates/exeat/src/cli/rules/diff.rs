//! `exeat rules diff`: what changed in the law between two days.

use crate::api;
use crate::cli::rules::text::{heading, period};
use crate::cli::{Exit, Stop};
use crate::library::{RulesArg, load};
use crate::report::page::{DIM, GREEN, PLAIN, Page, RED, Run, STRONG, YELLOW, styled};
use crate::results::Form;
use jiff::civil::Date;
use law::diff::{Change, diff};
use law::rulebook::{BlockId, Rulebook};
use std::io::Write;

/// Show what changed in the law between two days
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The first day
    #[arg(value_name = "DATE")]
    from: Date,
    /// The second day
    #[arg(value_name = "DATE")]
    to: Date,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    rules: RulesArg,
}

/// Prints every change.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let loaded = load(args.rules.files()?)?;
    let changes = diff(&loaded.rulebook, args.from, args.to);
    if args.format == Form::Json {
        let mut bytes = Vec::new();
        api::rules::changes(&changes, args.from, args.to, &loaded.rulebook, &mut bytes);
        bytes.push(b'\n');
        std::io::stdout().write_all(&bytes)?;
        return Ok(Exit::Fine);
    }
    let mut page = Page::new(crate::cli::width());
    for change in &changes {
        show(change, &loaded.rulebook, &mut page);
    }
    page.gap();
    let text = format!("{} changes from {} to {}.", changes.len(), args.from, args.to);
    page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, text)]);
    write!(anstream::stdout(), "{}", page.finish())?;
    Ok(Exit::Fine)
}

fn show(change: &Change, rulebook: &Rulebook, page: &mut Page) {
    let mut said = |sign: &Run, id: &BlockId| {
        if let Some(block) = rulebook.block(*id) {
            let name = styled(PLAIN, heading(block, rulebook));
            let words = styled(DIM, format!("{}: {}", period(block), block.says));
            page.paragraph(sign, &[name, words]);
        }
    };
    match change {
        Change::Begins(block) => said(&styled(GREEN, "+ "), block),
        Change::Ends(block) => said(&styled(RED, "- "), block),
        Change::Becomes { before, after } => {
            said(&styled(RED, "- "), before);
            said(&styled(GREEN, "+ "), after);
        }
        Change::Row { .. } => {
            page.paragraph(&styled(YELLOW, "~ "), &[styled(PLAIN, change.describe(rulebook))]);
        }
    }
}
