//! `exeat rules check`: is the rulebook well formed, and what is odd about it?

use crate::cli::rules::text::{heading, period};
use crate::cli::{Exit, Stop};
use crate::library::RulesArg;
use decision::catalogue::Catalogue;
use law::diagnostic::render_all;
use law::rulebook::{BlockId, Effect, Rulebook};
use law::{Law, Selection};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Check a rulebook: names, types, versions, dead blocks
///
/// Exit codes: 0 it can be used, 1 it is refused.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder of the rulebook; the one in the program if left out
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Look for blocks that can hold of nothing; takes a while
    #[arg(long)]
    dead: bool,
}

/// Prints what is wrong, and what there is.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let files = RulesArg { rules: args.folder.clone(), also: Vec::new() }.files()?;
    let mut out = anstream::stdout();
    let loaded = match Rulebook::load(files, Catalogue::new().schema) {
        Ok(loaded) => loaded,
        Err(error) => {
            write!(out, "{error}")?;
            writeln!(out, "\nThe rulebook is refused.")?;
            return Ok(Exit::Failed);
        }
    };
    if !loaded.warnings.is_empty() {
        writeln!(out, "{}", render_all(&loaded.warnings, &loaded.files))?;
    }
    let rulebook = Arc::new(loaded.rulebook);
    let dead = if args.dead { dead(&rulebook) } else { BTreeSet::new() };
    if !dead.is_empty() {
        writeln!(out, "These blocks can hold of nothing, whatever the facts:")?;
        for block in dead.iter().filter_map(|it| rulebook.block(*it)) {
            writeln!(out, "  {} {}", heading(block, &rulebook), period(block))?;
        }
        writeln!(out)?;
    }
    write!(out, "{}", counts(&rulebook))?;
    match loaded.warnings.len() {
        0 => {}
        1 => writeln!(out, "One warning.")?,
        many => writeln!(out, "{many} warnings.")?,
    }
    if args.dead && dead.is_empty() {
        writeln!(out, "No dead blocks.")?;
    }
    Ok(Exit::Fine)
}

/// The blocks that are dead on every day on which they are in force.
fn dead(rulebook: &Arc<Rulebook>) -> BTreeSet<BlockId> {
    let mut dead = BTreeSet::new();
    let mut alive = BTreeSet::new();
    for day in rulebook.epochs() {
        let law: Law = rulebook.as_of(day, &Selection::default());
        let today: BTreeSet<BlockId> = law.dead_blocks().into_iter().collect();
        alive.extend(law.blocks().iter().map(|it| it.id).filter(|it| !today.contains(it)));
        dead.extend(today);
    }
    dead.difference(&alive).copied().collect()
}

fn counts(rulebook: &Rulebook) -> String {
    let names: BTreeSet<(String, &str)> =
        rulebook.blocks.iter().map(|it| (it.id(), it.effect.keyword())).collect();
    let untranslated =
        rulebook.blocks.iter().filter(|it| it.effect == Effect::Untranslated).count();
    let unverified = rulebook.blocks.iter().filter(|it| it.unverified).count();
    let rows: usize = rulebook.tables.iter().map(|it| it.rows.len()).sum();
    format!(
        "{}: {} sections, {} blocks in {} versions ({untranslated} untranslated, {unverified} \
         unverified), {} terms, {} tables with {rows} rows, {} paragraphs.\n\
         From {}, verified through {}.\n",
        rulebook.name,
        rulebook.sections.len(),
        names.len(),
        rulebook.blocks.len(),
        rulebook.terms.len(),
        rulebook.tables.len(),
        rulebook.paragraphs.len(),
        rulebook.from,
        rulebook.verified_through
    )
}
