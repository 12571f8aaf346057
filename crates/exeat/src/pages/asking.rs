//! Who asks for an answer, and whether they may learn of lists from it.

use super::visitor::Visitor;
use crate::api::failure::Failure;
use crate::desk::Desk;
use crate::desk::permission::Permission;
use decision::transaction::Transaction;
use decision::{Determination, Engine, Trace};

/// A desk, asked by somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asking<'a> {
    /// The desk.
    pub(super) desk: &'a Desk,
    /// Whether names are searched: who may not see matches must not learn of them from an answer.
    pub(super) sees_matches: bool,
}

impl<'a> Asking<'a> {
    /// A desk, asked by a visitor.
    pub(super) fn of(desk: &'a Desk, visitor: &Visitor) -> Self {
        let sees_matches = visitor.who.is_none() || visitor.may(Permission::SeeMatches);
        Self { desk, sees_matches }
    }

    /// Whether a transaction may go. Nothing is recorded.
    ///
    /// # Errors
    ///
    /// Where the lists cannot be searched.
    pub(super) fn decide<'law>(
        self,
        engine: &'law Engine,
        transaction: &Transaction,
    ) -> Result<Determination<'law>, Failure> {
        let options = self.desk.options(Trace::Decisive);
        if self.sees_matches {
            self.desk.decide_remembering(engine, transaction, &options)
        } else {
            Ok(self.desk.decide_unsearched(engine, transaction, &options))
        }
    }
}
