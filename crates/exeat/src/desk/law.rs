//! The rulebook as one reads it: sections, paragraphs, versions, what names what, and what is not
//! modelled.
//!
//! Everything is read from the rulebook that answers now. Which cases exercise a paragraph, see
//! [`super::exercised`].

mod search;

pub(crate) use search::search;

use super::Desk;
use crate::cli::explain::uses;
use jiff::civil::Date;
use law::rulebook::{Block, BlockId, Effect, Rulebook, Section, Status, Table, TableRow};
use law::{Citation, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A paragraph of a section on a day.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'l> {
    /// Such as `740.22(c)(2)`.
    pub(crate) citation: &'l str,
    /// What it is about, where the table of paragraphs says so.
    pub(crate) title: &'l str,
    /// How deep in the outline it stands; the section is 0.
    pub(crate) depth: usize,
    /// Its rules; none where it is only known.
    pub(crate) blocks: Vec<&'l Block>,
}

/// What the rulebook does not say for certain on a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits<'l> {
    /// Paragraphs that the language does not express.
    pub(crate) untranslated: Vec<&'l Block>,
    /// Paragraphs whose text could not be verified, or that are read in one of several ways.
    pub(crate) unverified: Vec<&'l Block>,
    /// Rows of tables with a doubtful cell: the table, and the key.
    pub(crate) doubtful: Vec<(&'l Table, &'l str)>,
}

impl Desk {
    /// The files of the rulebook that answers now.
    pub(crate) fn law_files(&self) -> Arc<Vec<SourceFile>> {
        self.law().files
    }
}

/// Whether a version is law on a day.
pub(crate) fn is_law(block: &Block, on: Date) -> bool {
    block.version.status == Status::Law && block.version.covers(on)
}

/// The section that a citation is a part of, or is.
pub(crate) fn section<'l>(rulebook: &'l Rulebook, citation: &str) -> Option<&'l Section> {
    let holds = |it: &&Section| {
        let rest = citation.strip_prefix(it.number.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', ' ', '.', '#']))
    };
    rulebook.sections.iter().filter(holds).max_by_key(|it| it.number.len())
}

/// The section that a rule is written in: the last that begins before it in its file.
pub(crate) fn written_in<'l>(rulebook: &'l Rulebook, block: &Block) -> Option<&'l Section> {
    let before =
        |it: &&Section| it.span.file == block.span.file && it.span.start <= block.span.start;
    rulebook.sections.iter().filter(before).max_by_key(|it| it.span.start)
}

/// The paragraphs of a section on a day, in the order of the outline.
pub(crate) fn outline<'l>(
    rulebook: &'l Rulebook,
    section: &'l Section,
    on: Date,
) -> Vec<Paragraph<'l>> {
    let mut found: BTreeMap<&str, Vec<&Block>> = BTreeMap::new();
    for block in rulebook.blocks.iter().filter(|it| is_law(it, on)) {
        if written_in(rulebook, block).is_some_and(|it| std::ptr::eq(it, section)) {
            found.entry(&block.citation).or_default().push(block);
        }
    }
    for it in &rulebook.paragraphs {
        let covers = it.from <= on && it.until.is_none_or(|until| on < until);
        let here =
            || self::section(rulebook, &it.citation).is_some_and(|it| std::ptr::eq(it, section));
        if covers && here() {
            found.entry(&it.citation).or_default();
        }
    }
    let mut paragraphs: Vec<(Option<Citation>, Paragraph<'_>)> = found
        .into_iter()
        .map(|(citation, blocks)| {
            let parsed: Option<Citation> = citation.parse().ok();
            let depth = parsed.as_ref().map_or(0, |it| it.outline().count());
            let title = rulebook.paragraph(citation, on).map_or("", |it| it.title.as_str());
            (parsed, Paragraph { citation, title, depth, blocks })
        })
        .collect();
    paragraphs.sort_by(|a, b| (&a.0, a.1.citation).cmp(&(&b.0, b.1.citation)));
    paragraphs.into_iter().map(|it| it.1).collect()
}

/// Every version of the rule that a block is one of, from the earliest.
pub(crate) fn versions<'l>(rulebook: &'l Rulebook, block: &Block) -> Vec<&'l Block> {
    let same = |it: &&Block| it.id() == block.id() && it.effect == block.effect;
    let mut versions: Vec<&Block> = rulebook.blocks.iter().filter(same).collect();
    versions.sort_by_key(|it| it.version.from);
    versions
}

/// The blocks that name this one, or use the term that it defines, on a day.
pub(crate) fn referring<'l>(
    rulebook: &'l Rulebook,
    id: BlockId,
    block: &Block,
    on: Date,
) -> Vec<&'l Block> {
    let term = if let Effect::Define(term) = block.effect { Some(term) } else { None };
    let mut seen = BTreeSet::new();
    let refers = |it: &&Block| {
        let by_name = it.unless.iter().flatten().any(|it| *it == id);
        let by_term = term.is_some_and(|term| uses(&it.condition, term));
        is_law(it, on) && (by_name || by_term) && seen.insert(it.id())
    };
    rulebook.blocks.iter().filter(refers).collect()
}

/// What the tables say of a key on a day, such as an entry of the control list or a country.
pub(crate) fn rows<'l>(
    rulebook: &'l Rulebook,
    key: &str,
    on: Date,
) -> Vec<(&'l Table, &'l TableRow)> {
    let in_force = |it: &&TableRow| it.from <= on && it.until.is_none_or(|until| on < until);
    let of = |table: &'l Table| {
        let key = rulebook.schema.value(table.domain, key)?;
        table.rows.iter().filter(in_force).find(|it| it.key == key).map(|it| (table, it))
    };
    rulebook.tables.iter().filter_map(of).collect()
}

/// The cells of a row that say something: the column, its words, its doubtful words.
pub(crate) fn cells<'l>(table: &'l Table, row: &TableRow) -> Vec<(&'l str, Vec<&'l str>, bool)> {
    let words = |places: &[u16], column: &'l law::rulebook::Column| -> Vec<&'l str> {
        let words = places.iter().filter_map(|it| column.words.get(usize::from(*it)));
        words.map(String::as_str).collect()
    };
    let columns = table.columns.iter().zip(row.words.iter().zip(&row.doubtful));
    columns
        .map(|(column, (sure, doubtful))| {
            let mut said = words(sure, column);
            said.extend(words(doubtful, column));
            (column.name.as_str(), said, !doubtful.is_empty())
        })
        .filter(|it| !it.1.is_empty())
        .collect()
}

/// What the rulebook does not say for certain on a day.
pub(crate) fn limits(rulebook: &Rulebook, on: Date) -> Limits<'_> {
    let mut limits = Limits::default();
    for block in rulebook.blocks.iter().filter(|it| is_law(it, on)) {
        if block.effect == Effect::Untranslated {
            limits.untranslated.push(block);
        } else if block.unverified {
            limits.unverified.push(block);
        }
    }
    for table in &rulebook.tables {
        for row in &table.rows {
            let in_force = row.from <= on && row.until.is_none_or(|until| on < until);
            if in_force && row.doubtful.iter().any(|it| !it.is_empty()) {
                limits.doubtful.push((table, rulebook.schema.value_name(table.domain, row.key)));
            }
        }
    }
    limits
}

#[cfg(test)]
mod tests;
