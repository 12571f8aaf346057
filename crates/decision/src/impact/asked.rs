//! A review among the answers of a group: what decides it is a question, and every transaction of the
//! group is asked it by the names it gives itself.

use super::{Change, Side};
use crate::deciding::Deciding;
use crate::legs::Chain;
use crate::trace::Trace;
use crate::transaction::{Leg, Transaction};
use crate::workspace::Workspace;
use law::RowId;
use law::schema::FactId;
use std::sync::Arc;

/// What two laws make of a group in which one answer at least is a review.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    change: Arc<Change>,
    /// Under each law, what is asked first, where that decides and names something of the
    /// transaction.
    about: [Option<(RowId, FactId)>; 2],
}

/// What is asked of one transaction under each law, in its own words, where that decides.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Words([Option<String>; 2]);

impl Asked {
    /// What is asked of a transaction that comes out so; nothing for one of several legs, of which
    /// each has facts of its own.
    pub(super) fn of(
        sides: &[Side<'_>; 2],
        change: Change,
        transaction: &Transaction,
        workspace: &mut Workspace,
    ) -> Option<Self> {
        only(transaction)?;
        let about = sides.each_ref().map(|side| {
            let found = side.decide(transaction, Trace::None, workspace);
            Deciding::question(&found).and_then(|it| it.about)
        });
        Some(Self { change: Arc::new(change), about })
    }

    /// What is asked of another transaction of the group.
    #[must_use]
    pub fn words(
        &self,
        sides: &[Side<'_>; 2],
        transaction: &Transaction,
        workspace: &mut Workspace,
    ) -> Option<Words> {
        let mut words = Words::default();
        for ((side, about), text) in sides.iter().zip(&self.about).zip(&mut words.0) {
            let Some((row, fact)) = about else { continue };
            let leg = only(transaction)?;
            let on = side.options.on.unwrap_or(leg.date);
            let alone = Chain::default();
            let facts = side.engine.facts_of(workspace, &leg, on, &side.options, alone);
            *text = Some(facts.ask_for(&leg, *row, *fact)?.question);
            workspace.facts = Some(facts);
        }
        Some(words)
    }

    /// What the two laws make of a transaction of the group of which that is asked.
    #[must_use]
    pub fn change(&self, words: &Words) -> Arc<Change> {
        let Words([before, after]) = words;
        if before.is_none() && after.is_none() {
            return Arc::clone(&self.change);
        }
        let mut change = Change::clone(&self.change);
        let decided = [&mut change.decided_before, &mut change.decided_after];
        for (decided, text) in decided.into_iter().zip([before, after]) {
            if let Some(text) = text {
                decided.text.clone_from(text);
            }
        }
        Arc::new(change)
    }
}

/// The one leg of a transaction that is no chain.
fn only(transaction: &Transaction) -> Option<Leg<'_>> {
    match transaction.legs().as_slice() {
        [leg] if leg.place.is_none() => Some(*leg),
        _ => None,
    }
}
