//! How long a record is kept, who holds it beyond that, and erasing what it says when its time is
//! over.
//!
//! The rule itself stands in `store::retention`; here is asked who may.

use super::Desk;
use super::fault::Fault;
use super::permission::{Actor, Permission, Whose};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::case::CASE;
use store::record::DETERMINATION;
use store::retention::{Erasure, HELD, LET_GO, Retention, resting_on, retention};
use store::view::ViewRow;
use store::{Draft, Event, Kind, Order, Store, StreamId, ViewQuery, json};

/// Of how many determinations whose own time is over it is asked whether a case needs them.
const LOOKED_AT: usize = 1000;

/// A record: what happened in it, and until when it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Its events, in order.
    pub(crate) events: Vec<Event>,
    /// Until when it is kept.
    pub(crate) retention: Retention,
}

impl Desk {
    /// A record of any kind, such as `case/7f3a`.
    ///
    /// # Errors
    ///
    /// Where the actor may not read the chain, or there is no such record.
    pub(crate) fn standing(&self, actor: &Actor, stream: &StreamId) -> Result<Standing, Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        self.standing_of(stream)
    }

    fn standing_of(&self, stream: &StreamId) -> Result<Standing, Fault> {
        let events = self.records()?.store.stream(stream, 0)?;
        let retention = retention(&events).ok_or(Fault::NotFound { what: "such record" })?;
        Ok(Standing { events, retention })
    }

    /// What is held, after a place in the chain: of each record the event that says so.
    ///
    /// # Errors
    ///
    /// Where the actor may not read the chain.
    pub(crate) fn all_held(
        &self,
        actor: &Actor,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, Fault> {
        actor.may(Permission::ReadAudit, Whose::Anyone)?;
        Ok(self.records()?.store.holds(after, limit)?)
    }

    /// Determinations and cases that need not be kept any more on this day, of each kind those that
    /// have rested longest. A determination is kept as long as a case that rests on it.
    ///
    /// # Errors
    ///
    /// Where the actor may neither read the chain nor dispose of anything.
    pub(crate) fn rested(
        &self,
        actor: &Actor,
        today: Date,
        limit: usize,
    ) -> Result<Vec<ViewRow>, Fault> {
        let reads = actor.may(Permission::ReadAudit, Whose::Anyone);
        reads.or(actor.may(Permission::Dispose, Whose::Anyone))?;
        let store = &*self.records()?.store;
        let mut over = overdue(store, CASE, today, limit)?;
        // Whether a case still needs a determination is asked of many at once.
        let alone = overdue(store, DETERMINATION, today, LOOKED_AT)?;
        let streams: BTreeSet<StreamId> = alone.iter().map(|it| it.stream.clone()).collect();
        let resting = resting_on(store, &streams)?;
        let mut free = Vec::new();
        for row in alone {
            let cases = resting.get(&row.stream).into_iter().flatten();
            let mut is_needed = false;
            for case in cases {
                is_needed |= !is_over(&store.stream(case, 0)?, today);
            }
            if !is_needed {
                free.push(row);
            }
            if free.len() == limit {
                break;
            }
        }
        over.extend(free);
        Ok(over)
    }

    /// Keeps a record beyond its time, until it is let go.
    ///
    /// # Errors
    ///
    /// Where the actor may not, there is no such record, it is held already, or no reason is given.
    pub(crate) fn hold(
        &self,
        actor: &Actor,
        stream: &StreamId,
        why: &str,
        now: Timestamp,
    ) -> Result<Standing, Fault> {
        self.say(actor, stream, (HELD, why), now)
    }

    /// Ends a hold; the record's own time counts again.
    ///
    /// # Errors
    ///
    /// As [`Desk::hold`], and where nobody holds it.
    pub(crate) fn let_go(
        &self,
        actor: &Actor,
        stream: &StreamId,
        why: &str,
        now: Timestamp,
    ) -> Result<Standing, Fault> {
        self.say(actor, stream, (LET_GO, why), now)
    }

    fn say(
        &self,
        actor: &Actor,
        stream: &StreamId,
        (kind, why): (Kind, &str),
        now: Timestamp,
    ) -> Result<Standing, Fault> {
        actor.may(Permission::LegalHold, Whose::Anyone)?;
        let why = reason(why)?;
        let Standing { events, retention } = self.standing_of(stream)?;
        match (matches!(retention, Retention::Held { .. }), kind == HELD) {
            (true, true) => return Err(Fault::invalid("why", "it is held already")),
            (false, false) => return Err(Fault::invalid("why", "nobody holds it")),
            (true, false) | (false, true) => {}
        }
        let body = json::canonical(&serde_json::json!({ "why": why }));
        let version = events.last().map_or(0, |it| it.version);
        let draft = Draft::new(stream.clone(), kind, actor.id.as_str(), now).expecting(version);
        self.records()?.store.append(draft.body(body).into())?;
        self.standing_of(stream)
    }

    /// Erases what a record says, when it need no longer be kept. The events stay in the chain.
    ///
    /// # Errors
    ///
    /// Where the actor may not, its time is not over, somebody holds it, or no reason is given.
    pub(crate) fn erase(
        &self,
        actor: &Actor,
        stream: &StreamId,
        why: &str,
        now: Timestamp,
    ) -> Result<Standing, Fault> {
        actor.may(Permission::Dispose, Whose::Anyone)?;
        let why = reason(why)?;
        self.standing_of(stream)?;
        let store = &*self.records()?.store;
        store.erase(Erasure::permit(store, stream, &*actor.id, now, why)?)?;
        self.standing_of(stream)
    }
}

/// Whether something need not be kept any more, or is erased.
fn is_over(events: &[Event], today: Date) -> bool {
    match retention(events) {
        Some(Retention::Until(day)) => day <= today,
        Some(Retention::Held { .. }) => false,
        Some(Retention::Erased) | None => true,
    }
}

/// Records of a kind that need not be kept any more by what happened in them, at most so many.
fn overdue(store: &dyn Store, kind: Kind, today: Date, most: usize) -> Result<Vec<ViewRow>, Fault> {
    let mut over = Vec::new();
    let mut query = ViewQuery { order: Order::Unchanged, limit: most, ..ViewQuery::of(kind) };
    loop {
        let page = store.views(&query)?;
        for row in page.rows {
            // The rows are in the order of the chain: whoever comes later rests shorter.
            if store::retention::until(row.at) > today || over.len() == most {
                return Ok(over);
            }
            if is_over(&store.stream(&row.stream, 0)?, today) {
                over.push(row);
            }
        }
        let Some(next) = page.next else { return Ok(over) };
        query.after = Some(next);
    }
}

fn reason(why: &str) -> Result<&str, Fault> {
    let why = why.trim();
    if why.is_empty() || why.chars().count() > 2000 {
        return Err(Fault::invalid("why", "say why, in 1 to 2,000 characters"));
    }
    Ok(why)
}
