//! Decisions on matches that are kept in the records: one stream for each party and entry.
//!
//! A decision made in one case holds in every other, as long as what it rested on is the same. They
//! are looked up one by one, for the matches that a search found, so that a million of them cost
//! nothing.

use super::fault::Fault;
use crate::chance;
use decision::matches::{Decided, Decision, Decisions};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Digest, Draft, KeyWrite, Kind, Order, Store, StreamId, View, ViewQuery};

/// The stream of one party and one entry.
pub(crate) const MATCH: Kind = Kind::of("match");
/// A decision was made.
const DECIDED: Kind = Kind::of("decided");

/// Decisions that cases have not been asked about yet, each under a key of its own.
pub(super) const DUE: Kind = Kind::of("match-due");

/// Whose cases are to be decided again, and where that goes on.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Due {
    /// The name that was decided upon.
    pub(super) party: String,
    /// The place in the list of cases; `None` at its beginning.
    pub(super) after: Option<String>,
}

/// A decision as it is kept.
#[derive(Debug, Deserialize, Serialize)]
struct Body {
    party: String,
    list: String,
    entry: String,
    same: bool,
    by: String,
    why: String,
    on: Date,
    until: Option<Date>,
    rests_on: Vec<String>,
}

/// Where decisions about a party and an entry stand.
pub(crate) fn stream(party: &str, list: &str, entry: &str) -> StreamId {
    let key = [Decisions::key(party), list.to_owned(), entry.to_owned()];
    let key = serde_json::json!(key).to_string();
    StreamId::new(MATCH, Digest::of(key.as_bytes()).to_string())
}

/// What was decided about a party and an entry, in order.
///
/// # Errors
///
/// Where the records cannot be read, or a decision in them: it must not be passed over.
pub(crate) fn of(
    store: &dyn Store,
    party: &str,
    list: &str,
    entry: &str,
) -> Result<Vec<Decision>, Fault> {
    let events = store.stream(&stream(party, list, entry), 0)?;
    let decisions = events.iter().filter(|it| it.kind == DECIDED).filter_map(|it| it.body.as_ref());
    decisions.map(|it| Ok(serde_json::from_str::<Body>(it)?.decision())).collect()
}

/// The matches that were decided last, one decision each.
///
/// # Errors
///
/// Where the records cannot be read.
pub(crate) fn latest(store: &dyn Store, count: usize) -> Result<Vec<Decision>, Fault> {
    let query = ViewQuery { order: Order::Newest, limit: count, ..ViewQuery::of(MATCH) };
    let rows = store.views(&query)?.rows;
    rows.iter().map(|it| Ok(serde_json::from_str::<Body>(&it.view.data)?.decision())).collect()
}

/// What is written when a match is decided.
///
/// # Errors
///
/// Never in practice.
pub(crate) fn draft(
    decision: &Decision,
    listed: &str,
    actor: &str,
    at: Timestamp,
) -> Result<Draft, Fault> {
    let body = Body::of(decision);
    let view = View {
        title: format!("{} / {listed}", decision.party),
        state: if decision.same { "same" } else { "other" }.to_owned(),
        labels: BTreeSet::from([format!("list:{}", decision.list)]),
        text: format!("{} {}", decision.list, decision.entry),
        data: serde_json::to_string(&body)?,
        ..View::default()
    };
    let stream = stream(&decision.party, &decision.list, &decision.entry);
    let draft = Draft::new(stream, DECIDED, actor, at);
    Ok(draft.body(serde_json::to_string(&body)?).view(view))
}

/// What is written along with decisions, so that the cases of their parties are decided again.
///
/// # Errors
///
/// Where the system gives no random bytes.
pub(super) fn due<'a>(
    decisions: impl IntoIterator<Item = &'a Decision>,
) -> Result<Vec<KeyWrite>, Fault> {
    let parties: BTreeSet<String> =
        decisions.into_iter().map(|it| Decisions::key(&it.party)).collect();
    let write = |party: String| {
        let due = serde_json::to_vec(&Due { party, after: None })?;
        Ok(KeyWrite::put(DUE, chance::id()?, due, None))
    };
    parties.into_iter().map(write).collect()
}

/// Refuses a decision that would have ended before the day on which it is made is over.
///
/// # Errors
///
/// Where `until`, the first day on which it no longer holds, is not after that day.
pub(crate) fn has_a_day(until: Option<Date>, at: Timestamp) -> Result<(), Fault> {
    match until {
        Some(until) if until <= day(at) => {
            Err(Fault::invalid("until", "the decision would never hold; name a day after today"))
        }
        Some(_) | None => Ok(()),
    }
}

/// The day of a moment, by universal time.
pub(crate) fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

impl Body {
    fn of(it: &Decision) -> Self {
        let Decision { party, list, entry, same, decided, rests_on } = it.clone();
        let Decided { by, why, on, until } = decided;
        Self { party, list, entry, same, by, why, on, until, rests_on }
    }

    fn decision(self) -> Decision {
        let Self { party, list, entry, same, by, why, on, until, rests_on } = self;
        Decision { party, list, entry, same, decided: Decided { by, why, on, until }, rests_on }
    }
}
