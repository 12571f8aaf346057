//! What one day leaves of a rulebook.
//!
//! A [`Law`] is made once for a stretch of days on which nothing changes (see
//! [`Rulebook::epochs`]) and asked many times. It holds the blocks in force in a fixed order, the
//! table rows of the day, and both in compiled form.

use crate::compile::Program;
use crate::eval::{Evaluation, Scratch};
use crate::facts::Facts;
use crate::partition::Values;
use crate::probe::DayTables;
use crate::rulebook::{Block, BlockId, Effect, Rulebook, Status};
use crate::schema::{FactId, KindId};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which versions take part besides those that are law.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Selection {
    /// Those adopted.
    pub adopted: bool,
    /// Those proposed.
    pub proposed: bool,
}

/// The law of one day.
#[derive(Clone, Debug)]
pub struct Law {
    rulebook: Arc<Rulebook>,
    day: Date,
    selection: Selection,
    blocks: Vec<LawBlock>,
    pub(crate) tables: DayTables,
    pub(crate) program: Program,
}

/// A block that is in force.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LawBlock {
    /// Which block of the rulebook.
    pub id: BlockId,
    /// The kind of thing it is true or false of.
    pub subject: KindId,
    /// Whether it may read facts that are known only when the outcome is.
    pub late: bool,
}

impl Rulebook {
    /// The law of a day. A selected adopted or proposed version that covers the day stands in for
    /// every version of the same block that is less than that.
    #[must_use]
    pub fn as_of(self: &Arc<Self>, day: Date, selection: &Selection) -> Law {
        let mut law = self.as_of_once(day, selection);
        law.program.preclude();
        law
    }

    /// The same law, made faster for few matters: it does not work out what one known fact rules
    /// out, which takes longer than a few evaluations and saves most of many.
    #[must_use]
    pub fn as_of_once(self: &Arc<Self>, day: Date, selection: &Selection) -> Law {
        let classified = self.classification.as_ref().map(|it| it.kind);
        self.law(day, *selection, |it| Some(it.subject) != classified)
    }

    /// The law by which things are classified on a day: the blocks about the kind that
    /// [`Classification`](crate::rulebook::Classification) names, which are no part of
    /// [`Rulebook::as_of`]. Without such a kind it is empty.
    #[must_use]
    pub fn classifying(self: &Arc<Self>, day: Date, selection: &Selection) -> Law {
        let classified = self.classification.as_ref().map(|it| it.kind);
        self.law(day, *selection, |it| Some(it.subject) == classified)
    }

    /// The law of a day, of some of its blocks: no block of one part names one of another.
    fn law(
        self: &Arc<Self>,
        day: Date,
        selection: Selection,
        belongs: impl Fn(&Block) -> bool,
    ) -> Law {
        let takes_part = |block: &Block| {
            belongs(block)
                && block.version.covers(day)
                && match block.version.status {
                    Status::Law => true,
                    Status::Adopted => selection.adopted,
                    Status::Proposed => selection.proposed,
                }
        };
        let part: Vec<(BlockId, &Block)> =
            (0..).map(BlockId).zip(&self.blocks).filter(|(_, it)| takes_part(it)).collect();
        let replaced = |block: &Block| {
            let newer = |other: &Block| other.version.status > block.version.status;
            part.iter().any(|(_, other)| newer(other) && is_same_block(other, block))
        };
        let any_newer = part.iter().any(|(_, it)| it.version.status != Status::Law);
        let blocks: Vec<LawBlock> = part
            .iter()
            .filter(|(_, block)| !(any_newer && replaced(block)))
            .map(|(id, it)| LawBlock { id: *id, subject: it.subject, late: it.effect.is_late() })
            .collect();
        let ids: Vec<BlockId> = blocks.iter().map(|it| it.id).collect();
        let tables = DayTables::on(self, day);
        let program = Program::compile(self, &tables, &ids);
        Law { rulebook: Arc::clone(self), day, selection, blocks, tables, program }
    }

    /// The days on which anything changes, in order. From one of them until the day before the
    /// next, every day has the same [`Law`].
    #[must_use]
    pub fn epochs(&self) -> Vec<Date> {
        let mut days = BTreeSet::from([self.from]);
        for block in &self.blocks {
            days.insert(block.version.from);
            days.extend(block.version.until);
        }
        let questions = self.classification.iter().flat_map(|it| &it.questions);
        for question in questions {
            days.insert(question.from);
            days.extend(question.until);
        }
        for row in self.tables.iter().flat_map(|it| &it.rows) {
            days.insert(row.from);
            days.extend(row.until);
        }
        days.into_iter().collect()
    }
}

impl Law {
    /// The rulebook it comes from.
    #[must_use]
    pub fn rulebook(&self) -> &Arc<Rulebook> {
        &self.rulebook
    }

    /// The day it is the law of.
    #[must_use]
    pub fn day(&self) -> Date {
        self.day
    }

    /// Which versions that are not law by themselves take part.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The values of a fact with a code that no test of the day tells apart, group by group; none
    /// where nothing tests it.
    #[must_use]
    pub fn groups(&self, kind: KindId, fact: FactId) -> Vec<Vec<u16>> {
        let Some(Values::Code { class_of, first }) =
            self.program.fact(kind, fact).map(|it| &it.values)
        else {
            return Vec::new();
        };
        let mut groups = vec![Vec::new(); first.len()];
        for (code, class) in (0_u16..).zip(class_of) {
            if let Some(group) = groups.get_mut(usize::from(*class)) {
                group.push(code);
            }
        }
        groups
    }

    /// The blocks in force, in the order of the files.
    #[must_use]
    pub fn blocks(&self) -> &[LawBlock] {
        &self.blocks
    }

    /// The block at a place among those in force.
    #[must_use]
    pub fn block(&self, place: usize) -> Option<&Block> {
        self.rulebook.blocks.get(self.blocks.get(place)?.id.0 as usize)
    }

    /// The place of a block among those in force.
    #[must_use]
    pub fn place(&self, id: BlockId) -> Option<usize> {
        self.blocks.binary_search_by_key(&id, |it| it.id).ok()
    }

    /// The bit of a block (by its place in [`Self::blocks`]) among those that can be ruled out of
    /// one thing. Only blocks of one subject have different bits.
    #[must_use]
    pub fn bit(&self, place: usize) -> Option<usize> {
        self.program.blocks.get(place).map(|it| it.bit)
    }

    /// The same of its condition by itself, whatever it yields to. `None` where that is not worked
    /// out beforehand.
    #[must_use]
    pub fn condition_bit(&self, place: usize) -> Option<usize> {
        self.program.blocks.get(place).map(|it| it.met_bit).filter(|it| *it != usize::MAX)
    }

    /// The source of the row that a table has for a key that day: the row's own, else the table's.
    #[must_use]
    pub fn source(&self, table: u16, key: u16) -> Option<&str> {
        let own = self.tables.row(&self.rulebook, table, key).and_then(|it| it.citation.as_deref());
        own.or_else(|| self.rulebook.tables.get(usize::from(table)).map(|it| it.citation.as_str()))
    }

    /// Everything that is true of a matter, worked out as it is asked.
    #[must_use]
    pub fn evaluate<'a>(&'a self, facts: &'a Facts) -> Evaluation<'a> {
        Evaluation::new(self, facts)
    }

    /// The same without allocation, in memory that is used again.
    #[must_use]
    pub fn evaluate_into<'a>(
        &'a self,
        facts: &'a Facts,
        scratch: &'a mut Scratch,
    ) -> Evaluation<'a> {
        Evaluation::within(self, facts, scratch)
    }

    /// The evaluation that an earlier one in the same memory becomes when the facts that are known
    /// last (see [`Fact::late`](crate::schema::Fact::late)) were told. What does not rest on them
    /// is not worked out again, so nothing else may have changed in between.
    #[must_use]
    pub fn evaluate_later<'a>(
        &'a self,
        facts: &'a Facts,
        scratch: &'a mut Scratch,
    ) -> Evaluation<'a> {
        Evaluation::later(self, facts, scratch)
    }
}

/// Whether two versions are of one block.
fn is_same_block(one: &Block, other: &Block) -> bool {
    let same_effect = match (&one.effect, &other.effect) {
        (Effect::Allow { exception: one, .. }, Effect::Allow { exception: other, .. }) => {
            one == other
        }
        (one, other) => one == other,
    };
    one.citation == other.citation && one.label == other.label && same_effect
}

#[cfg(test)]
mod tests;
