//! `exeat rules check`: is the rulebook well formed, and what is odd about it?

use crate::api::commands;
use crate::cli::rules::text::{heading, period};
use crate::cli::{Exit, Stop, width};
use crate::json::Writer;
use crate::library::RulesArg;
use crate::report::page::{PLAIN, Page, styled};
use crate::results::Form;
use decision::catalogue::Catalogue;
use law::diagnostic::render_all;
use law::rulebook::{BlockId, Effect, Rulebook};
use law::{Diagnostic, Law, Selection, Severity, SourceFile};
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
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
}

/// Prints what is wrong, and what there is.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let files = RulesArg { rules: args.folder.clone(), also: Vec::new() }.files()?;
    let mut out = anstream::stdout();
    let loaded = match Rulebook::load(files, Catalogue::new().schema) {
        Ok(loaded) => loaded,
        Err(error) if args.format == Form::Json => {
            commands::print(|json| {
                json.bool_of("refused", true);
                problems(json, &error.diagnostics, &error.files);
                json.texts_of("dead", std::iter::empty::<&str>());
                json.optional_of("rulebook", None);
            })?;
            return Ok(Exit::Failed);
        }
        Err(error) => {
            write!(out, "{error}")?;
            writeln!(out, "\nThe rulebook is refused.")?;
            return Ok(Exit::Failed);
        }
    };
    if args.format == Form::Json {
        let rulebook = Arc::new(loaded.rulebook);
        let dead = if args.dead { dead(&rulebook) } else { BTreeSet::new() };
        let dead = dead.iter().filter_map(|it| rulebook.block(*it));
        let dead: Vec<String> =
            dead.map(|it| format!("{} {}", heading(it, &rulebook), period(it))).collect();
        commands::print(|json| {
            json.bool_of("refused", false);
            problems(json, &loaded.warnings, &loaded.files);
            json.texts_of("dead", &dead);
            json.object_of("rulebook", |json| Counts::of(&rulebook).write(&rulebook, json));
        })?;
        return Ok(Exit::Fine);
    }
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
    let mut page = Page::new(width());
    for line in counts(&rulebook).lines() {
        page.paragraph(&styled(PLAIN, ""), &[styled(PLAIN, line)]);
    }
    write!(out, "{}", page.finish())?;
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

/// `problems`: what is wrong or odd, with its place.
fn problems(json: &mut Writer<'_>, found: &[Diagnostic], files: &[SourceFile]) {
    json.objects_of("problems", found, |json, it| {
        let file = files.get(usize::from(it.span.file));
        let (line, column) = file.map_or((0, 0), |file| file.position(it.span.start));
        let severity = match it.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        json.text_of("severity", severity);
        json.text_of("file", file.map_or("", |it| it.name.as_str()));
        json.number_of("line", u64::from(line));
        json.number_of("column", u64::from(column));
        json.text_of("message", &it.message);
        json.optional_of("help", it.help.as_deref());
    });
}

/// How much there is in a rulebook.
struct Counts {
    blocks: usize,
    untranslated: usize,
    unverified: usize,
    rows: usize,
}

impl Counts {
    fn of(rulebook: &Rulebook) -> Self {
        let names: BTreeSet<(String, &str)> =
            rulebook.blocks.iter().map(|it| (it.id(), it.effect.keyword())).collect();
        let of = |it: &&law::rulebook::Block| it.effect == Effect::Untranslated;
        Self {
            blocks: names.len(),
            untranslated: rulebook.blocks.iter().filter(of).count(),
            unverified: rulebook.blocks.iter().filter(|it| it.unverified).count(),
            rows: rulebook.tables.iter().map(|it| it.rows.len()).sum(),
        }
    }

    fn write(&self, rulebook: &Rulebook, json: &mut Writer<'_>) {
        json.text_of("name", &rulebook.name);
        json.text_of("from", &rulebook.from.to_string());
        json.text_of("verified_through", &rulebook.verified_through.to_string());
        for (key, count) in [
            ("sections", rulebook.sections.len()),
            ("blocks", self.blocks),
            ("versions", rulebook.blocks.len()),
            ("untranslated", self.untranslated),
            ("unverified", self.unverified),
            ("terms", rulebook.terms.len()),
            ("tables", rulebook.tables.len()),
            ("rows", self.rows),
            ("paragraphs", rulebook.paragraphs.len()),
        ] {
            json.number_of(key, count as u64);
        }
    }
}

fn counts(rulebook: &Rulebook) -> String {
    let Counts { blocks, untranslated, unverified, rows } = Counts::of(rulebook);
    format!(
        "{}: {} sections, {blocks} blocks in {} versions ({untranslated} untranslated, {unverified} \
         unverified), {} terms, {} tables with {rows} rows, {} paragraphs.\n\
         From {}, verified through {}.\n",
        rulebook.name,
        rulebook.sections.len(),
        rulebook.blocks.len(),
        rulebook.terms.len(),
        rulebook.tables.len(),
        rulebook.paragraphs.len(),
        rulebook.from,
        rulebook.verified_through
    )
}
