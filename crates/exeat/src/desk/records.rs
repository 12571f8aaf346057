//! The records of a desk, and the events in them.

use super::Desk;
use super::cases::Cases;
use super::fault::Fault;
use super::keys::Keys;
use super::people::People;
use super::permission::{Actor, Permission, Whose};
use super::scribe::Scribe;
use crate::records::keep::Recorder;
use std::sync::Arc;
use store::{Event, Store};

/// Where records go.
#[derive(Debug)]
pub(crate) struct Records {
    /// Where they are kept.
    pub(crate) store: Arc<dyn Store>,
    /// What writes determinations, and keeps what they rest on.
    pub(crate) recorder: Recorder,
    /// Who writes many of them in one commit.
    pub(super) scribe: Scribe,
    /// The keys of programs.
    pub(crate) keys: Keys,
}

impl Records {
    /// Records in a store.
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        let recorder = Recorder::new(Arc::clone(&store));
        let scribe = Scribe::new(Arc::clone(&store));
        Self { keys: Keys::new(Arc::clone(&store)), store, recorder, scribe }
    }
}

impl Desk {
    /// The records.
    ///
    /// # Errors
    ///
    /// Where this desk has none.
    pub(crate) fn records(&self) -> Result<&Records, Fault> {
        self.records.as_ref().ok_or(Fault::NotFound { what: "record: this desk keeps none" })
    }

    /// The cases.
    ///
    /// # Errors
    ///
    /// Where this desk has no records.
    pub(crate) fn cases(&self) -> Result<Cases<'_>, Fault> {
        let records = self.records()?;
        let cases = Cases::new(self, &*records.store, &records.recorder);
        Ok(cases.approving_all(self.house().approve_all))
    }

    /// The people.
    ///
    /// # Errors
    ///
    /// Where this desk has no records.
    pub(crate) fn people(&self) -> Result<People<'_>, Fault> {
        Ok(People::new(&*self.records()?.store))
    }

    /// Events of all streams after a place in the chain, and where the chain ends.
    ///
    /// # Errors
    ///
    /// Where the actor may not read them, or the records are out of reach.
    pub(crate) fn events(
        &self,
        actor: &Actor,
        after: u64,
        limit: usize,
    ) -> Result<(Vec<Event>, u64), Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        let store = &self.records()?.store;
        let head = store.head()?.seq;
        Ok((store.events(after, limit)?, head))
    }
}
