//! Small changes to a rulebook, one at a time, to find out whether its cases would notice.
//!
//! A mutant is the rulebook with one thing wrong in it: an exception dropped, a part of a
//! condition left out or turned round, a value exchanged for its neighbor, a date moved by a day,
//! two words of a table's column exchanged. If no case fails under it, the cases do not guard the
//! paragraph. Nothing here knows what a case is.
//!
//! Source: `DeMillo`, Lipton and Sayward, "Hints on test data selection", 1978.

mod condition;
mod idle;
mod words;

pub use idle::Asked;

use crate::rulebook::{Bars, Block, BlockId, Effect, Expr, Rulebook, Version};
use condition::Turn;
use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::Range;

/// What kind of change a mutant has.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// A block never holds.
    Silent,
    /// A block that switches another off is not named any more.
    Exception,
    /// One part of a condition is left out.
    Part,
    /// One part of a condition is turned round.
    Turn,
    /// One value of a set is another.
    Value,
    /// A first or last day is another.
    Date,
    /// What could not be verified is taken for certain.
    Doubt,
    /// An effect reaches further, or less far.
    Reach,
    /// Two words of a table's column are exchanged.
    Table,
}

impl Kind {
    /// Every kind, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Silent,
        Self::Exception,
        Self::Part,
        Self::Turn,
        Self::Value,
        Self::Date,
        Self::Doubt,
        Self::Reach,
        Self::Table,
    ];

    /// In a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Silent => "block silenced",
            Self::Exception => "exception dropped",
            Self::Part => "condition left out",
            Self::Turn => "condition turned round",
            Self::Value => "value exchanged",
            Self::Date => "date moved by a day",
            Self::Doubt => "doubt removed",
            Self::Reach => "effect widened or narrowed",
            Self::Table => "table column exchanged",
        }
    }
}

/// One small change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mutant {
    /// What kind of change.
    pub kind: Kind,
    /// The block that is changed; `None` for a table.
    pub block: Option<BlockId>,
    /// What is changed, in words.
    pub what: String,
    change: Change,
}

/// The change itself.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Change {
    Silent,
    Unless(usize),
    /// The part at this place, counted from the outside in, is turned so.
    Condition(usize, Turn),
    From(Date),
    Until(Date),
    Verified,
    /// This exception is closed where it was open, or the other way round.
    Closes(String),
    Overcomes(usize),
    Despite(usize),
    /// Words of a column: table, column, one word, the other.
    Words(usize, usize, u16, u16),
}

impl Rulebook {
    /// Every small change of this rulebook, in the order of its files, tables last.
    ///
    /// ```
    /// # fn demo(rulebook: &law::rulebook::Rulebook) {
    /// for mutant in rulebook.mutants() {
    ///     let changed = rulebook.mutated(&mutant);
    ///     assert_eq!(changed.blocks.len(), rulebook.blocks.len());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn mutants(&self) -> Vec<Mutant> {
        let mut found = Vec::new();
        for id in (0..).map(BlockId).take(self.blocks.len()) {
            self.mutants_of(id, &mut found);
        }
        for (place, table) in self.tables.iter().enumerate() {
            for (column, of) in table.columns.iter().enumerate() {
                for ((one, word), (other, next)) in
                    (0..).zip(&of.words).zip((1..).zip(of.words.iter().skip(1)))
                {
                    found.push(Mutant {
                        kind: Kind::Table,
                        block: None,
                        what: format!("{}: {} {word} and {next} exchanged", table.name, of.name),
                        change: Change::Words(place, column, one, other),
                    });
                }
            }
        }
        found
    }

    fn mutants_of(&self, id: BlockId, found: &mut Vec<Mutant>) {
        let Some(block) = self.blocks.get(id.0 as usize) else { return };
        if block.effect == Effect::Untranslated {
            return;
        }
        let mut add = |kind, what: String, change| {
            found.push(Mutant { kind, block: Some(id), what, change });
        };
        add(Kind::Silent, "it never holds".to_owned(), Change::Silent);
        for (place, named) in block.unless.iter().enumerate() {
            let named = named.first().and_then(|it| self.blocks.get(it.0 as usize));
            let name = named.map(Block::id).unwrap_or_default();
            add(Kind::Exception, format!("without `unless {name}`"), Change::Unless(place));
        }
        for (place, turn, what) in condition::turns(&block.condition, self, block.subject) {
            add(turn.kind(), what, Change::Condition(place, turn));
        }
        self.dates(block.version, &mut add);
        if block.unverified {
            add(Kind::Doubt, "taken for certain".to_owned(), Change::Verified);
        }
        match &block.effect {
            Effect::Bar(Bars::AllExcept(open)) => {
                for symbol in open {
                    add(
                        Kind::Reach,
                        format!("closes {symbol} too"),
                        Change::Closes(symbol.clone()),
                    );
                }
            }
            Effect::Bar(Bars::These(closed)) if closed.len() > 1 => {
                for symbol in closed {
                    add(
                        Kind::Reach,
                        format!("leaves {symbol} open"),
                        Change::Closes(symbol.clone()),
                    );
                }
            }
            Effect::Allow { overcomes, .. } => {
                for (place, reason) in overcomes.iter().enumerate() {
                    add(
                        Kind::Reach,
                        format!("does not overcome {reason}"),
                        Change::Overcomes(place),
                    );
                }
            }
            Effect::Bar(Bars::These(_))
            | Effect::Define(_)
            | Effect::Exempt
            | Effect::Require(_)
            | Effect::Describe { .. }
            | Effect::Prefer { .. }
            | Effect::Exclude(_)
            | Effect::Prohibit(_)
            | Effect::Oblige(_)
            | Effect::Flag(_)
            | Effect::Refer(_)
            | Effect::Policy(_)
            | Effect::Untranslated => {}
        }
        for (place, name) in block.despite.iter().enumerate() {
            add(Kind::Reach, format!("falls away where {name}"), Change::Despite(place));
        }
    }

    fn dates(&self, version: Version, add: &mut impl FnMut(Kind, String, Change)) {
        let moved = |date: Date, by: i64| date.checked_add(by.days()).ok();
        if version.from > self.from {
            for (by, word) in [(-1, "earlier"), (1, "later")] {
                if let Some(date) = moved(version.from, by) {
                    add(Kind::Date, format!("from one day {word}"), Change::From(date));
                }
            }
        }
        // The end of one version that is the beginning of the next is moved by that one's mutants
        // too, and still by itself here: then a day has no version, or two.
        if let Some(until) = version.until {
            for (by, word) in [(-1, "earlier"), (1, "later")] {
                if let Some(date) = moved(until, by) {
                    add(Kind::Date, format!("until one day {word}"), Change::Until(date));
                }
            }
        }
    }

    /// The rulebook with that change.
    #[must_use]
    pub fn mutated(&self, mutant: &Mutant) -> Self {
        let mut changed = self.clone();
        if let Change::Words(table, column, one, other) = mutant.change {
            changed.exchange(table, column, one, other);
        }
        let Some(BlockId(id)) = mutant.block else { return changed };
        let Some(block) = changed.blocks.get_mut(id as usize) else { return changed };
        match &mutant.change {
            Change::Silent => block.condition = Expr::Constant(false),
            Change::Unless(place) => {
                block.unless.remove(*place);
            }
            Change::Condition(place, turn) => {
                condition::turn(&mut block.condition, *place, turn);
            }
            Change::From(date) => block.version.from = *date,
            Change::Until(date) => block.version.until = Some(*date),
            Change::Verified => block.unverified = false,
            Change::Closes(symbol) => {
                if let Effect::Bar(Bars::AllExcept(list) | Bars::These(list)) = &mut block.effect {
                    list.retain(|it| it != symbol);
                }
            }
            Change::Overcomes(place) => {
                if let Effect::Allow { overcomes, .. } = &mut block.effect {
                    overcomes.remove(*place);
                }
            }
            Change::Despite(place) => {
                block.despite.remove(*place);
            }
            Change::Words(..) => {}
        }
        changed
    }

    fn exchange(&mut self, table: usize, column: usize, one: u16, other: u16) {
        let rows = self.tables.get_mut(table).map(|it| it.rows.iter_mut());
        for row in rows.into_iter().flatten() {
            for cells in [&mut row.words, &mut row.doubtful] {
                let Some(words) = cells.get_mut(column) else { continue };
                for word in words.iter_mut() {
                    *word = match *word {
                        it if it == one => other,
                        it if it == other => one,
                        it => it,
                    };
                }
                words.sort_unstable();
            }
        }
    }

    /// On which days the law may be another under that change; `None` for any day.
    #[must_use]
    pub fn days_of(&self, mutant: &Mutant) -> Option<Range<Date>> {
        let version = self.blocks.get(mutant.block?.0 as usize)?.version;
        let (from, until) = (version.from, version.until.unwrap_or(Date::MAX));
        let between = |one: Date, other: Date| one.min(other)..one.max(other);
        Some(match mutant.change {
            Change::From(date) => between(date, from),
            Change::Until(date) => between(date, until),
            Change::Silent
            | Change::Unless(_)
            | Change::Condition(..)
            | Change::Verified
            | Change::Closes(_)
            | Change::Overcomes(_)
            | Change::Despite(_)
            | Change::Words(..) => from..until,
        })
    }
}

/// How far the effect of a changed block reaches, where that is the change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reach<'m> {
    /// The bar closes this exception too.
    Closes(&'m str),
    /// The exception that the block opens does not overcome its reason of this place.
    Overcomes(usize),
    /// The block falls away where its exclusion of this place holds.
    Despite(usize),
}

impl Mutant {
    /// How far the effect reaches, where that is the change. Of a bar that leaves open what it
    /// closed there is nothing to say.
    #[must_use]
    pub fn reach(&self) -> Option<Reach<'_>> {
        match &self.change {
            Change::Closes(symbol) => Some(Reach::Closes(symbol)),
            Change::Overcomes(place) => Some(Reach::Overcomes(*place)),
            Change::Despite(place) => Some(Reach::Despite(*place)),
            Change::Silent
            | Change::Unless(_)
            | Change::Condition(..)
            | Change::From(_)
            | Change::Until(_)
            | Change::Verified
            | Change::Words(..) => None,
        }
    }

    /// Whether a first or last day is moved: the block is in force on more days, or on fewer.
    #[must_use]
    pub fn is_of_a_date(&self) -> bool {
        matches!(self.change, Change::From(_) | Change::Until(_))
    }

    /// Whether the change shows in the truth of its block, and nowhere else.
    #[must_use]
    pub fn is_of_a_condition(&self) -> bool {
        matches!(self.change, Change::Silent | Change::Unless(_) | Change::Condition(..))
    }
}

#[cfg(test)]
mod tests;
