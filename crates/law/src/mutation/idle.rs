//! Changes that cannot matter, because nothing asks for what they change on the days they change it.
//!
//! A definition that begins a day early does nothing on that day if no block that has an effect then
//! leads to it. That is a reason which is checked anew whenever the rulebook changes, and no case
//! could notice such a change. Nor does it matter which of two words stands in a column where no
//! condition asks for either.

use super::{Change, Mutant};
use crate::rulebook::{Block, BlockId, Effect, Expr, Rulebook, Status, TermId, Test};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is asked of a law besides what its blocks ask.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Terms that are asked for by themselves.
    pub terms: Vec<TermId>,
    /// Columns of tables, by name, that are read as a whole.
    pub columns: Vec<&'static str>,
}

impl Rulebook {
    /// Whether a change makes no difference: on every day on which its block is another, no block
    /// that has an effect leads to it, nor does a term that is `asked` for by itself; or no
    /// condition asks for the words that were exchanged in a column, nor is it read as a whole. Of
    /// what is not law it is never said.
    #[must_use]
    pub fn is_idle(&self, mutant: &Mutant, asked: &Asked) -> bool {
        if let Change::Words(table, column, one, other) = mutant.change {
            return self.is_never_asked((table, column), [one, other], asked);
        }
        let (Some(id), Some(days)) = (mutant.block, self.days_of(mutant)) else { return false };
        let of = |it: BlockId| self.blocks.get(it.0 as usize);
        let Some(block) = of(id).filter(|it| it.version.status == Status::Law) else {
            return false;
        };
        if has_effect(block) {
            return false;
        }
        let within = self.epochs().into_iter().filter(|it| days.contains(it));
        std::iter::once(days.start)
            .chain(within)
            .all(|day| !self.reached(day, id, &asked.terms).contains(&id))
    }

    /// Whether nothing asks for either word of a column.
    fn is_never_asked(&self, place: (usize, usize), of: [u16; 2], asked: &Asked) -> bool {
        let column = self.tables.get(place.0).and_then(|it| it.columns.get(place.1));
        let is_whole = column.is_none_or(|it| asked.columns.contains(&it.name.as_str()));
        !is_whole && !self.blocks.iter().any(|it| asks(&it.condition, place, of))
    }

    /// The blocks that something with an effect leads to on a day; `also` is taken to be in force.
    fn reached(&self, day: Date, also: BlockId, asked: &[TermId]) -> BTreeSet<BlockId> {
        let in_force = |it: BlockId| {
            let block = self.blocks.get(it.0 as usize);
            block.filter(|block| it == also || block.version.covers(day))
        };
        let all = (0..).map(BlockId).take(self.blocks.len());
        let mut open: Vec<BlockId> =
            all.filter(|it| in_force(*it).is_some_and(has_effect)).collect();
        open.extend(asked.iter().flat_map(|it| self.defining(*it)));
        let mut reached = BTreeSet::new();
        while let Some(id) = open.pop() {
            let Some(block) = in_force(id) else { continue };
            if reached.insert(id) {
                open.extend(self.led_to_by(block));
            }
        }
        reached
    }

    /// The blocks that the truth of a block rests on directly: what it yields to, and what defines
    /// the terms that it names.
    pub(crate) fn led_to_by(&self, block: &Block) -> Vec<BlockId> {
        let mut terms = Vec::new();
        named(&block.condition, &mut terms);
        let defining = terms.into_iter().flat_map(|it| self.defining(it));
        block.unless.iter().flatten().chain(defining).copied().collect()
    }

    fn defining(&self, term: TermId) -> &[BlockId] {
        self.terms.get(term.0 as usize).map_or(&[][..], |it| it.blocks.as_slice())
    }
}

/// Whether a block does something by itself, and does not only serve others.
pub(super) fn has_effect(block: &Block) -> bool {
    !matches!(block.effect, Effect::Define(_) | Effect::Exempt | Effect::Untranslated)
}

/// Whether a condition asks for one of two words of a column.
fn asks(expr: &Expr, place: (usize, usize), of: [u16; 2]) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|it| asks(it, place, of)),
        Expr::Not(part) => asks(part, place, of),
        Expr::Quantified { body, .. } => asks(body, place, of),
        Expr::Test { test, .. } => tests(test, place, of),
        Expr::Constant(_) | Expr::Term { .. } => false,
    }
}

fn tests(test: &Test, place: (usize, usize), of: [u16; 2]) -> bool {
    match test {
        Test::Column { table, column, words } => {
            place == (usize::from(*table), usize::from(*column))
                && of.iter().any(|it| words.contains(it))
        }
        Test::Both(one, other) => tests(one, place, of) || tests(other, place, of),
        Test::IsTrue
        | Test::In(_)
        | Test::Includes(_)
        | Test::Within(_)
        | Test::Empty
        | Test::Number(..)
        | Test::MemberOf { .. } => false,
    }
}

/// The terms that a condition names.
fn named(expr: &Expr, terms: &mut Vec<TermId>) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|it| named(it, terms)),
        Expr::Not(part) => named(part, terms),
        Expr::Quantified { body, .. } => named(body, terms),
        Expr::Term { term, .. } => terms.push(*term),
        Expr::Constant(_) | Expr::Test { .. } => {}
    }
}
