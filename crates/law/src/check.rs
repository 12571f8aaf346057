//! Whether a rulebook that can be read also makes sense: versions, references over time, cycles,
//! blocks that nothing reaches, citations that do not exist.
//!
//! An error here is something that would make an answer wrong; a warning is something that makes
//! it unknown, or that its author may have meant.

mod graph;

use crate::blocks::Note;
use crate::diagnostic::{Diagnostic, nearest};
use crate::rulebook::{Block, BlockId, Effect, Rulebook, Status, TermId};
use crate::source::{SourceFile, Span};
use crate::version::{spells, uncovered};
use graph::Graph;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Tables that lie in the folder but are not named in the manifest.
pub(crate) fn unused_files(
    files: &[SourceFile],
    read: &BTreeSet<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (place, file) in files.iter().enumerate() {
        let is_table = file.name.starts_with("tables/")
            && std::path::Path::new(&file.name)
                .extension()
                .is_some_and(|it| it == "csv" || it == "toml");
        if is_table && !read.contains(&place) {
            let span = Span { file: u16::try_from(place).unwrap_or(u16::MAX), start: 0, end: 0 };
            let message = format!("`{}` is not named in `rulebook.toml`", file.name);
            diagnostics.push(Diagnostic::warning(span, message));
        }
    }
}

/// Checks the whole rulebook. `resolved` says whether every name in it led somewhere; if not, what
/// seems unused may be meant by a name that did not.
pub(crate) fn check(
    rulebook: &Rulebook,
    notes: &[Note],
    resolved: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut checker = Checker { rulebook, notes, diagnostics };
    checker.versions();
    checker.citations();
    if resolved {
        checker.references();
        checker.terms();
        let graph = Graph::new(rulebook, notes);
        checker.cycles(&graph);
        checker.late(&graph);
        checker.unreachable(&graph);
    }
}

struct Checker<'a> {
    rulebook: &'a Rulebook,
    notes: &'a [Note],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn each(&self) -> impl Iterator<Item = (BlockId, &'a Block, &'a Note)> + use<'a> {
        let (blocks, notes) = (&self.rulebook.blocks, self.notes);
        blocks
            .iter()
            .zip(notes)
            .zip((0..).map(BlockId))
            .map(|((block, note), id)| (id, block, note))
    }

    fn head(&self, id: BlockId) -> Span {
        self.notes.get(id.0 as usize).map_or_else(Span::default, |it| it.head)
    }

    fn blocks<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i BlockId>,
    ) -> impl Iterator<Item = &'a Block> {
        ids.into_iter().filter_map(|it| self.rulebook.block(*it))
    }

    /// Versions of one block that overlap are an error, days between them a warning.
    fn versions(&mut self) {
        for (identity, ids) in self.rulebook.versions() {
            for status in [Status::Law, Status::Adopted, Status::Proposed] {
                let of_status = |it: &&BlockId| {
                    self.rulebook.block(**it).is_some_and(|it| it.version.status == status)
                };
                let ids: Vec<BlockId> = ids.iter().filter(of_status).copied().collect();
                for (earlier, later) in ids.iter().zip(ids.iter().skip(1)) {
                    let pair = (self.rulebook.block(*earlier), self.rulebook.block(*later));
                    let (Some(one), Some(other)) = pair else { continue };
                    let from = other.version.from;
                    let name = format!("{} {}", identity.keyword, other.id());
                    if one.version.until.is_none_or(|it| from < it) {
                        let message = format!("two versions of `{name}` are in force on {from}");
                        let help = format!(
                            "end the earlier one with `until {from}`, or tell the two apart by a \
                             label: `{}#label`",
                            other.citation
                        );
                        let error = Diagnostic::error(self.head(*later), message).help(help);
                        self.diagnostics.push(error);
                    } else if let Some(until) = one.version.until.filter(|it| *it < from) {
                        let message = format!(
                            "`{name}` is not in force from {until} to {from}, between two versions"
                        );
                        self.diagnostics.push(Diagnostic::warning(self.head(*later), message));
                    }
                }
            }
        }
    }

    /// Every citation must be a paragraph on each day of its block.
    fn citations(&mut self) {
        if self.rulebook.paragraphs.is_empty() {
            return;
        }
        let mut known: BTreeMap<&str, Vec<(Date, Option<Date>)>> = BTreeMap::new();
        for it in &self.rulebook.paragraphs {
            known.entry(&it.citation).or_default().push((it.from, it.until));
        }
        for (_, block, note) in self.each().filter(|(_, it, _)| it.version.status == Status::Law) {
            let spells = known.get(block.citation.as_str()).cloned().unwrap_or_default();
            let Some(day) = uncovered(block.version, spells.iter().copied()) else { continue };
            let error = if spells.is_empty() {
                let message = format!("there is no paragraph `{}`", block.citation);
                let error = Diagnostic::error(note.head, message);
                match nearest(&block.citation, known.keys().copied()) {
                    Some(it) => error.help(format!(
                        "did you mean `{it}`? Otherwise add it to the table of paragraphs"
                    )),
                    None => error.help("add it to the table of paragraphs"),
                }
            } else {
                let message = format!("there is no paragraph `{}` on {day}", block.citation);
                Diagnostic::error(note.head, message)
                    .help("date the block as the table of paragraphs dates its paragraph")
            };
            self.diagnostics.push(error);
        }
    }

    /// What is named after `unless` must be there on each day of the block that names it.
    fn references(&mut self) {
        for (_, block, note) in self.each() {
            for (targets, span) in block.unless.iter().zip(&note.unless) {
                let spells = spells(block.version, self.blocks(targets));
                let Some(day) = uncovered(block.version, spells) else { continue };
                let name = self.blocks(targets).next().map(Block::id).unwrap_or_default();
                let message = format!("`{name}` is not in force on {day}, but this block is");
                let help = "write two versions of this block, one with the name and one without";
                self.diagnostics.push(Diagnostic::error(*span, message).help(help));
            }
        }
    }

    /// A term that nothing defines on a day on which a block uses it is unknown then.
    fn terms(&mut self) {
        for (_, block, note) in self.each() {
            for (term, span) in &note.terms {
                let Some(term) = self.rulebook.terms.get(term.0 as usize) else { continue };
                let spells = spells(block.version, self.blocks(&term.blocks));
                let Some(day) = uncovered(block.version, spells) else { continue };
                let message = format!(
                    "nothing defines `{}` on {day}, when this block is in force",
                    term.name
                );
                let help = "on such a day it is unknown";
                self.diagnostics.push(Diagnostic::warning(*span, message).help(help));
            }
        }
    }

    fn cycles(&mut self, graph: &Graph) {
        for cycle in graph.cycles() {
            let mut names: Vec<String> = self.names(&cycle);
            names.extend(names.first().cloned());
            let message = format!("a definition that needs itself: {}", names.join(" → "));
            let span = cycle.first().map_or_else(Span::default, |it| self.head(*it));
            self.diagnostics.push(Diagnostic::error(span, message));
        }
        if let Some(id) = graph.too_deep() {
            let message = format!("this leads through more than {} other blocks", graph::DEEPEST);
            self.diagnostics.push(Diagnostic::error(self.head(id), message));
        }
    }

    /// How people know blocks: a definition by its term, anything else by its paragraph.
    fn names(&self, ids: &[BlockId]) -> Vec<String> {
        let name = |it: &Block| match &it.effect {
            Effect::Define(term) => self.term(*term).to_owned(),
            Effect::Exempt
            | Effect::Require(_)
            | Effect::Allow { .. }
            | Effect::Bar(_)
            | Effect::Exclude(_)
            | Effect::Prohibit(_)
            | Effect::Oblige(_)
            | Effect::Flag(_)
            | Effect::Refer(_)
            | Effect::Policy(_)
            | Effect::Describe { .. }
            | Effect::Prefer { .. }
            | Effect::Untranslated => it.id(),
        };
        self.blocks(ids).map(name).collect()
    }

    fn term(&self, term: TermId) -> &'a str {
        self.rulebook.terms.get(term.0 as usize).map_or("?", |it| it.name.as_str())
    }

    /// Only late blocks may read late facts, directly or through others.
    fn late(&mut self, graph: &Graph) {
        let late = graph
            .leading_to(|id| self.notes.get(id.0 as usize).is_some_and(|it| !it.late.is_empty()));
        let help = "only `oblige`, `refer` and `policy` blocks may ask about the outcome";
        for (_, block, note) in self.each() {
            if block.effect.is_late() || is_inner(&block.effect) {
                continue;
            }
            for span in &note.late {
                let message = "this is known only when the outcome is";
                self.diagnostics.push(Diagnostic::error(*span, message).help(help));
            }
            for (term, span) in &note.terms {
                let blocks = self.rulebook.terms.get(term.0 as usize).map(|it| &it.blocks);
                if blocks.into_iter().flatten().any(|it| late.contains(it)) {
                    let message =
                        format!("`{}` is known only when the outcome is", self.term(*term));
                    self.diagnostics.push(Diagnostic::error(*span, message).help(help));
                }
            }
            for (targets, span) in block.unless.iter().zip(&note.unless) {
                if targets.iter().any(|it| late.contains(it)) {
                    let message = "that block is settled only when the outcome is known";
                    self.diagnostics.push(Diagnostic::error(*span, message).help(help));
                }
            }
        }
    }

    /// Definitions that nothing uses, and exemptions that nothing names.
    fn unreachable(&mut self, graph: &Graph) {
        let terms: BTreeMap<BlockId, &str> = self
            .rulebook
            .terms
            .iter()
            .flat_map(|term| term.blocks.iter().map(|it| (*it, term.name.as_str())))
            .collect();
        let is_start = |id: BlockId, block: &Block| {
            !is_inner(&block.effect)
                || (block.effect == Effect::Untranslated && !terms.contains_key(&id))
        };
        let starts: Vec<BlockId> =
            self.each().filter(|(id, block, _)| is_start(*id, block)).map(|(id, ..)| id).collect();
        let reached = graph.reached_from(starts);
        for (id, block, note) in self.each().filter(|(id, ..)| !reached.contains(id)) {
            let error = match terms.get(&id) {
                Some(term) => Diagnostic::error(note.head, format!("nothing uses `{term}`"))
                    .help("unreachable: use it in a condition, or take it out"),
                None => {
                    Diagnostic::error(note.head, format!("nothing is exempt by `{}`", block.id()))
                        .help("unreachable: name it after `unless` in the block it switches off")
                }
            };
            self.diagnostics.push(error);
        }
    }
}

/// Whether a block has an effect only through others.
fn is_inner(effect: &Effect) -> bool {
    matches!(effect, Effect::Define(_) | Effect::Exempt | Effect::Untranslated)
}

#[cfg(test)]
mod tests;
