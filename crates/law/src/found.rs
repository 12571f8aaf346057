//! Finding the blocks of a paragraph on a day, or saying why there are none.

use crate::citation::Citation;
use crate::diagnostic::ranked;
use crate::rulebook::{Block, BlockId, Paragraph, Rulebook, Status};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a citation leads to on a day.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// The paragraph exists, with these blocks. There are none where only the table of paragraphs
    /// knows it: then [`Rulebook::paragraph`] has its title.
    InForce(Vec<BlockId>),
    /// It begins on that later day.
    NotYet(Date),
    /// That earlier day was its last.
    Ended(Date),
    /// There never was such a paragraph.
    NoSuch {
        /// Those that are spelled almost like it, the most alike first.
        nearest: Vec<String>,
    },
}

impl Rulebook {
    /// The blocks in force on a day of a paragraph (`740.22(c)`), or of that label in it
    /// (`740.22(c)#police`).
    #[must_use]
    pub fn find(&self, citation_or_id: &str, on: Date) -> Found {
        let text = citation_or_id.trim();
        let (text, label) = match text.split_once('#') {
            Some((citation, label)) => (citation, Some(label)),
            None => (text, None),
        };
        let canonical =
            text.parse::<Citation>().map_or_else(|_| text.to_owned(), |it| it.to_string());
        let is_meant = |it: &str| it == text || it == canonical;
        let blocks: Vec<(BlockId, &Block)> = (0..)
            .map(BlockId)
            .zip(&self.blocks)
            .filter(|(_, it)| is_meant(&it.citation) && it.version.status == Status::Law)
            .filter(|(_, it)| label.is_none() || it.label.as_deref() == label)
            .collect();
        let in_force: Vec<BlockId> =
            blocks.iter().filter(|(_, it)| it.version.covers(on)).map(|(id, _)| *id).collect();
        if !in_force.is_empty() {
            return Found::InForce(in_force);
        }
        let mut spells: Vec<(Date, Option<Date>)> =
            blocks.iter().map(|(_, it)| (it.version.from, it.version.until)).collect();
        if label.is_none() {
            if self.paragraph(text, on).or_else(|| self.paragraph(&canonical, on)).is_some() {
                return Found::InForce(Vec::new());
            }
            let paragraphs = self.paragraphs.iter().filter(|it| is_meant(&it.citation));
            spells.extend(paragraphs.map(|it| (it.from, it.until)));
        }
        let next = spells.iter().map(|(from, _)| *from).filter(|it| *it > on).min();
        let last =
            spells.iter().filter_map(|(_, until)| until.and_then(|it| it.yesterday().ok())).max();
        match (next, last) {
            (Some(first), _) => Found::NotYet(first),
            (None, Some(last)) => Found::Ended(last),
            (None, None) => Found::NoSuch { nearest: self.nearest(&canonical, label) },
        }
    }

    /// The paragraph of that citation on a day, as the table of paragraphs has it.
    #[must_use]
    pub fn paragraph(&self, citation: &str, on: Date) -> Option<&Paragraph> {
        self.paragraphs.iter().find(|it| {
            it.citation == citation && it.from <= on && it.until.is_none_or(|until| on < until)
        })
    }

    fn nearest(&self, citation: &str, label: Option<&str>) -> Vec<String> {
        const SHOWN: usize = 5;
        let mut known: BTreeSet<String> =
            self.blocks.iter().map(|it| it.citation.clone()).collect();
        if label.is_some() {
            known.extend(self.blocks.iter().map(Block::id));
        }
        known.extend(self.paragraphs.iter().map(|it| it.citation.clone()));
        let written = match label {
            Some(label) => format!("{citation}#{label}"),
            None => citation.to_owned(),
        };
        let nearest = ranked(&written, known.iter().map(String::as_str));
        nearest.into_iter().take(SHOWN).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests;
