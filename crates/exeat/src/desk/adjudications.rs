//! Decisions on matches, looked at and brought in from the file that a team kept before.

use super::Desk;
use super::fault::Fault;
use super::permission::{Actor, Permission, Whose};
use super::remembered::{self, MATCH};
use decision::matches::Decision;
use jiff::Timestamp;
use store::{Batch, Page, ViewQuery};

/// How many decisions are written at a time.
const AT_A_TIME: usize = 100;

/// What became of a file of decisions.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct BroughtIn {
    /// Decisions that are new here.
    pub(crate) new: u64,
    /// Decisions that were here already.
    pub(crate) known: u64,
}

impl Desk {
    /// A page of the decisions that hold in every case.
    ///
    /// # Errors
    ///
    /// Where the actor may not see matches.
    pub(crate) fn adjudications(&self, actor: &Actor, query: ViewQuery) -> Result<Page, Fault> {
        actor.may(Permission::SeeMatches, Whose::Anyone)?;
        Ok(self.records()?.store.views(&ViewQuery { kind: MATCH, ..query })?)
    }

    /// Brings in decisions that were kept in a file, each once. Who decided and why stands in them;
    /// who brought them in stands in the event.
    ///
    /// # Errors
    ///
    /// Where the actor may not decide matches, or a decision says neither who nor why.
    pub(crate) fn bring_in(
        &self,
        actor: &Actor,
        decisions: &[Decision],
        now: Timestamp,
    ) -> Result<BroughtIn, Fault> {
        actor.may(Permission::DecideMatch, Whose::Anyone)?;
        for it in decisions {
            let said = [&it.party, &it.list, &it.entry, &it.decided.by, &it.decided.why];
            if said.iter().any(|it| it.trim().is_empty() || it.chars().count() > 4000) {
                let what = "party, list, entry, by and why are texts of at most 4,000 characters";
                return Err(Fault::invalid("decision", what));
            }
            if it.decided.on > remembered::day(now) {
                return Err(Fault::invalid(
                    "decision.on",
                    "it lies in the future; write the day on which it was decided",
                ));
            }
        }
        let store = &*self.records()?.store;
        let mut done = BroughtIn::default();
        for some in decisions.chunks(AT_A_TIME) {
            let (mut drafts, mut new) = (Vec::new(), Vec::new());
            for it in some {
                if remembered::of(store, &it.party, &it.list, &it.entry)?.contains(it) {
                    done.known += 1;
                } else {
                    drafts.push(remembered::draft(it, &it.entry, &actor.id, now)?);
                    new.push(it);
                    done.new += 1;
                }
            }
            if !drafts.is_empty() {
                let due = remembered::due(new)?;
                store.append(due.into_iter().fold(Batch::from(drafts), Batch::and_key))?;
            }
        }
        self.cases()?.follow(now);
        Ok(done)
    }
}
