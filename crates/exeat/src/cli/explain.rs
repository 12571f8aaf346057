//! `exeat explain`: a paragraph in our words, as it is on a day.

use super::rules::text::{heading, indented, period, source};
use super::{Exit, Stop, width};
use crate::api;
use crate::library::{RulesArg, load};
use crate::report::page::{DIM, PLAIN, Page, STRONG, YELLOW, styled, whole};
use crate::results::Form;
use crate::trouble::Trouble;
use jiff::civil::Date;
use law::Loaded;
use law::found::Found;
use law::rulebook::{Block, BlockId, Effect, Expr, Rulebook, TermId};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Say what a paragraph does, in our words
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The paragraph, such as `740.22(c)(2)` or `5A001.j`
    paragraph: String,
    /// The day [default: the last day through which the rulebook was verified]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    rules: RulesArg,
}

/// Prints the paragraph.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let loaded = load(args.rules.files()?)?;
    let on = args.on.unwrap_or(loaded.rulebook.verified_through);
    let blocks = find(&loaded.rulebook, &args.paragraph, on)?;
    if args.format == Form::Json {
        write_json(&args.paragraph, on, &blocks, &loaded)?;
        return Ok(Exit::Fine);
    }
    write!(
        anstream::stdout(),
        "{}",
        Explanation { loaded: &loaded, on }.text(&args.paragraph, &blocks)
    )?;
    Ok(Exit::Fine)
}

/// Writes the blocks of a paragraph as JSON.
///
/// # Errors
///
/// Where they cannot be written.
pub(crate) fn write_json(
    paragraph: &str,
    on: Date,
    blocks: &[BlockId],
    loaded: &Loaded,
) -> io::Result<()> {
    let rulebook = &loaded.rulebook;
    let blocks: Vec<&Block> = blocks.iter().filter_map(|it| rulebook.block(*it)).collect();
    let citation = blocks.first().map_or(paragraph, |it| it.citation.as_str());
    let mut bytes = Vec::new();
    api::rules::paragraph(citation, on, &blocks, rulebook, &loaded.files, &mut bytes);
    bytes.push(b'\n');
    io::stdout().write_all(&bytes)
}

/// The blocks of a paragraph on a day.
///
/// # Errors
///
/// Where there is no such paragraph on that day; says where it went.
pub(crate) fn find(
    rulebook: &Rulebook,
    paragraph: &str,
    on: Date,
) -> Result<Vec<BlockId>, Trouble> {
    match rulebook.find(paragraph, on) {
        Found::InForce(blocks) => Ok(blocks),
        Found::NotYet(from) => Err(Trouble::new(format!(
            "`{paragraph}` is not in force yet on {on}: it begins on {from}"
        ))
        .help(format!("add --on {from}"))),
        Found::Ended(last) => Err(Trouble::new(format!(
            "`{paragraph}` is no longer in force on {on}: it ended on {last}"
        ))
        .help(format!("add --on {last}"))),
        Found::NoSuch { nearest } => {
            let trouble = Trouble::new(format!("the rulebook has no paragraph `{paragraph}`"));
            Err(if nearest.is_empty() {
                trouble.help("paragraphs are written as in 740.22(c)(2), without 15 CFR")
            } else {
                trouble.help(format!("the nearest are {}", nearest.join(", ")))
            })
        }
    }
}

struct Explanation<'a> {
    loaded: &'a Loaded,
    on: Date,
}

impl Explanation<'_> {
    fn text(&self, paragraph: &str, blocks: &[BlockId]) -> String {
        let mut page = Page::new(width());
        let rulebook = &self.loaded.rulebook;
        let first = blocks.iter().find_map(|it| rulebook.block(*it));
        let citation = first.map_or(paragraph, |it| it.citation.as_str());
        let title = rulebook.paragraph(citation, self.on).map_or("", |it| it.title.as_str());
        page.paragraph(
            &styled(PLAIN, ""),
            &[
                styled(STRONG, citation),
                styled(PLAIN, title),
                styled(DIM, format!("on {}", self.on)),
            ],
        );
        if blocks.is_empty() {
            page.gap();
            let text = "The rulebook knows this paragraph, and has no rule for it.";
            page.paragraph(&styled(PLAIN, "  "), &[styled(YELLOW, text)]);
        }
        for block in blocks {
            self.block(*block, &mut page);
        }
        self.inside(citation, &mut page);
        page.finish()
    }

    fn block(&self, id: BlockId, page: &mut Page) {
        let rulebook = &self.loaded.rulebook;
        let Some(block) = rulebook.block(id) else { return };
        page.gap();
        page.paragraph(
            &styled(PLAIN, ""),
            &[styled(STRONG, heading(block, rulebook)), styled(DIM, period(block))],
        );
        page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, &block.says)]);
        if block.unverified {
            let text =
                "The text behind it could not be verified, so it is never taken for certain.";
            page.paragraph(&styled(PLAIN, "  "), &[styled(YELLOW, text)]);
        }
        page.gap();
        page.verbatim(DIM, &indented(source(block, &self.loaded.files)));
        let others: Vec<&Block> = rulebook
            .blocks
            .iter()
            .filter(|it| it.id() == block.id() && it.effect == block.effect)
            .collect();
        if others.len() > 1 {
            page.gap();
            page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, "Versions")]);
            for version in others {
                let here = if std::ptr::eq(version, block) { "→ " } else { "  " };
                page.paragraph(
                    &styled(PLAIN, format!("  {here}")),
                    &[styled(PLAIN, period(version)), styled(DIM, &version.says)],
                );
            }
        }
        self.referring(id, block, page);
    }

    /// The blocks that name this one, or use the term that it defines.
    fn referring(&self, id: BlockId, block: &Block, page: &mut Page) {
        let rulebook = &self.loaded.rulebook;
        let term = if let Effect::Define(term) = block.effect { Some(term) } else { None };
        let refers = |it: &&Block| {
            let by_name = it.unless.iter().flatten().any(|it| *it == id);
            let by_term = term.is_some_and(|term| uses(&it.condition, term));
            it.version.covers(self.on) && (by_name || by_term)
        };
        let names: BTreeSet<String> =
            rulebook.blocks.iter().filter(refers).map(|it| heading(it, rulebook)).collect();
        if names.is_empty() {
            return;
        }
        page.gap();
        page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, "Used by")]);
        for name in names {
            page.paragraph(&styled(PLAIN, "    "), &[styled(PLAIN, name)]);
        }
    }

    /// The paragraphs inside this one.
    fn inside(&self, citation: &str, page: &mut Page) {
        let rulebook = &self.loaded.rulebook;
        let inner =
            |it: &str| it.strip_prefix(citation).is_some_and(|it| it.starts_with(['(', '.', ' ']));
        let in_force = rulebook.blocks.iter().filter(|it| it.version.covers(self.on));
        let mut seen = BTreeSet::new();
        let blocks: Vec<&Block> = in_force
            .filter(|it| inner(&it.citation) && seen.insert(it.citation.as_str()))
            .collect();
        if blocks.is_empty() {
            return;
        }
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, "Inside it")]);
        for block in blocks {
            page.paragraph(
                &styled(PLAIN, "  "),
                &[whole(PLAIN, &block.citation), styled(DIM, &block.says)],
            );
        }
    }
}

/// Whether a condition uses a term.
pub(crate) fn uses(expr: &Expr, wanted: TermId) -> bool {
    match expr {
        Expr::Constant(_) | Expr::Test { .. } => false,
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|it| uses(it, wanted)),
        Expr::Not(inner) => uses(inner, wanted),
        Expr::Term { term, .. } => *term == wanted,
        Expr::Quantified { body, .. } => uses(body, wanted),
    }
}
