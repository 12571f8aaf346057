//! Impact: which transactions come out differently under two laws.
//!
//! Each transaction is decided twice, first without a trace; only where the two answers differ is
//! the paragraph sought that decides. Of a portfolio that is packed ([`Packed`]) the verdicts are
//! found for many at once, and only those that differ or are not settled are decided one by one.

mod asked;
mod bytes;
mod packed;

pub use asked::{Asked, Words};
pub use packed::{Compared, PackError, Packed, Packing, Settled, Sketch, settled};

use crate::deciding::Deciding;
use crate::determination::Determination;
use crate::engine::{Decides, Engine, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::Transaction;
use crate::workspace::Workspace;

/// A law to decide under: a rulebook, and how it is applied (on which day, above all).
#[derive(Debug)]
pub struct Side<'e, E = Engine> {
    /// The rulebook, or who searches names before it is asked.
    pub engine: &'e E,
    /// How it is applied; the trace is chosen here.
    pub options: Options,
}

impl<E> Clone for Side<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Side<'_, E> {}

/// An outcome, and the exception where one authorizes it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Answer {
    /// The outcome.
    pub outcome: Outcome,
    /// The exception's symbol.
    pub exception: Option<String>,
}

/// What two laws make of one transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Impact {
    /// The same.
    Same(Answer),
    /// Something else.
    Changed(Change),
}

/// A transaction that comes out differently.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Change {
    /// The answer under the first law.
    pub before: Answer,
    /// The answer under the second.
    pub after: Answer,
    /// The paragraph that decides under the first.
    pub decided_before: Deciding,
    /// The paragraph that decides under the second.
    pub decided_after: Deciding,
}

impl Change {
    /// The paragraph that decides: that of the stricter answer, which the other law does not have.
    #[must_use]
    pub fn deciding(&self) -> &Deciding {
        let stricter = self.after.outcome >= self.before.outcome;
        if stricter { &self.decided_after } else { &self.decided_before }
    }
}

/// Decides a transaction under both laws.
#[must_use]
pub fn impact<E: Decides>(
    before: &Side<'_, E>,
    after: &Side<'_, E>,
    transaction: &Transaction,
    workspace: &mut Workspace,
) -> Impact {
    let first = before.decide(transaction, Trace::None, workspace).answer();
    let second = after.decide(transaction, Trace::None, workspace).answer();
    if first == second {
        return Impact::Same(second);
    }
    let found = [before, after].map(|it| it.decide(transaction, Trace::Decisive, workspace));
    let [decided_before, decided_after] = found.each_ref().map(Deciding::behind);
    Impact::Changed(Change { before: first, after: second, decided_before, decided_after })
}

/// The value of what is to leave, in thousandths of a US dollar; `None` where a line has none.
#[must_use]
pub fn value(transaction: &Transaction) -> Option<u128> {
    let items = transaction.items.as_deref()?;
    items.iter().try_fold(0_u128, |sum, item| {
        let value = u128::try_from(item.value_usd?.thousandths()).ok()?;
        Some(sum.saturating_add(value))
    })
}

impl<'e, E: Decides> Side<'e, E> {
    fn decide(
        &self,
        transaction: &Transaction,
        trace: Trace,
        workspace: &mut Workspace,
    ) -> Determination<'e> {
        let options = Options { trace, answers: false, ..self.options };
        self.engine.decide_each(workspace, transaction, &options)
    }
}

impl Determination<'_> {
    fn answer(&self) -> Answer {
        Answer { outcome: self.outcome, exception: self.exception.map(str::to_owned) }
    }
}
