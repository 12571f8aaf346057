//! How long a stream is kept, and who may say that it is over.
//!
//! Five years from its last event, by its latest date; longer while a legal hold stands. What a case
//! rests on is kept as long as the case. Only what is permitted here can be erased: [`Erasure`]
//! cannot be made otherwise. The day is an argument.
//!
//! Source: 15 CFR § 762.6(a) (five years from the latest of the events it names), (b) (no
//! destruction of what an agency has asked for).

use crate::case::CASE;
use crate::error::Error;
use crate::event::{Draft, Event};
use crate::name::{Kind, StreamId};
use crate::record::DETERMINATION;
use crate::store::Store;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Somebody asks that a stream be kept until he lets it go.
pub const HELD: Kind = Kind::of("legal-hold");
/// The hold is over.
pub const LET_GO: Kind = Kind::of("legal-hold-ended");
/// What the stream said was erased.
pub const ERASED: Kind = Kind::of("erased");

/// How many events are read at once.
const READ_AT_ONCE: usize = 1000;

/// For how many years records are kept.
pub const YEARS: i8 = 5;

/// What may be done with a stream.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Retention {
    /// Somebody holds it.
    Held {
        /// Who.
        by: String,
        /// Since when.
        since: Timestamp,
    },
    /// It must be kept until this day, the first on which it may be erased.
    Until(Date),
    /// It was erased, and nothing was added since.
    Erased,
}

/// What may be done with a stream, given all its events; `None` where it has none.
#[must_use]
pub fn retention(events: &[Event]) -> Option<Retention> {
    let last = events.last()?;
    let hold = events.iter().rev().find(|it| it.kind == HELD || it.kind == LET_GO);
    if let Some(hold) = hold.filter(|it| it.kind == HELD) {
        return Some(Retention::Held { by: hold.actor.clone(), since: hold.at });
    }
    if last.kind == ERASED {
        return Some(Retention::Erased);
    }
    // The latest date counts, even where a clock was set back since.
    let latest = events.iter().map(|it| it.at).max()?;
    Some(Retention::Until(until(latest)))
}

/// Why something was held or let go, as the event says; `None` for other events, and where it was
/// erased.
#[must_use]
pub fn why(event: &Event) -> Option<String> {
    let body = event.body.as_deref().filter(|_| event.kind == HELD || event.kind == LET_GO)?;
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    body.get("why")?.as_str().map(str::to_owned)
}

/// The cases that rest on determinations, or did once: for each of these, those that name it.
///
/// Reads every event of a case, so it is asked where something is to be erased, and not elsewhere.
///
/// # Errors
///
/// Those of the store.
pub fn resting_on(
    store: &dyn Store,
    determinations: &BTreeSet<StreamId>,
) -> Result<BTreeMap<StreamId, BTreeSet<StreamId>>, Error> {
    let mut found: BTreeMap<StreamId, BTreeSet<StreamId>> = BTreeMap::new();
    let sought: BTreeMap<&str, &StreamId> = determinations
        .iter()
        .filter(|it| it.kind == DETERMINATION)
        .map(|it| (it.id.as_str(), it))
        .collect();
    let mut after = 0;
    while !sought.is_empty() {
        let events = store.events_of(&CASE, after, READ_AT_ONCE)?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        for event in &events {
            // Whatever else a body says, a text between quotes that is the id names it.
            let words = event.body.as_deref().unwrap_or_default().split('"');
            for stream in words.filter_map(|it| sought.get(it)) {
                found.entry((*stream).clone()).or_default().insert(event.stream.clone());
            }
        }
    }
    Ok(found)
}

/// The first day on which something may be erased that last happened then.
#[must_use]
pub fn until(latest: Timestamp) -> Date {
    let day = day(latest);
    // The day itself counts as kept in full, wherever it was that day.
    let after = day.checked_add(i16::from(YEARS).years()).and_then(|it| it.checked_add(2.days()));
    after.unwrap_or(Date::MAX)
}

/// The day of a time, by universal time.
fn day(at: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(at).date()
}

/// Permission to erase a stream as it is now.
#[derive(Debug)]
pub struct Erasure {
    stream: StreamId,
    version: u64,
    actor: String,
    at: Timestamp,
    reason: String,
}

impl Erasure {
    /// Permits it, or says until when the stream must be kept and why.
    ///
    /// # Errors
    ///
    /// [`Error::TooEarly`] for the stream itself, or for a case that rests on it;
    /// [`Error::NotFound`] where there is no such stream, or it was erased; those of the store.
    pub fn permit(
        store: &dyn Store,
        stream: &StreamId,
        actor: impl Into<String>,
        at: Timestamp,
        reason: impl Into<String>,
    ) -> Result<Self, Error> {
        let events = store.stream(stream, 0)?;
        let permitted = Self::alone(&events, actor, at, reason)?;
        for case in resting_on(store, &BTreeSet::from([stream.clone()]))?.into_values().flatten() {
            let events = store.stream(&case, 0)?;
            let why = |why: &str| format!("{case} rests on it, {why}");
            let (until, why) = match retention(&events) {
                Some(Retention::Held { .. }) => (None, why("and that is held")),
                Some(Retention::Until(until)) if day(at) < until => {
                    (Some(until), why("and is kept as long"))
                }
                Some(Retention::Until(_) | Retention::Erased) | None => continue,
            };
            return Err(Error::TooEarly { stream: stream.clone(), until, why });
        }
        Ok(permitted)
    }

    /// The same by what happened in the stream itself. `events` are all of it.
    fn alone(
        events: &[Event],
        actor: impl Into<String>,
        at: Timestamp,
        reason: impl Into<String>,
    ) -> Result<Self, Error> {
        let (Some(last), Some(retention)) = (events.last(), retention(events)) else {
            return Err(Error::not_found("such stream to erase"));
        };
        let stream = last.stream.clone();
        match retention {
            Retention::Held { by, since } => {
                let why = format!("{by} holds it since {}", day(since));
                Err(Error::TooEarly { stream, until: None, why })
            }
            Retention::Until(until) if day(at) < until => {
                let why = format!("{YEARS} years from its last event (15 CFR 762.6)");
                Err(Error::TooEarly { stream, until: Some(until), why })
            }
            Retention::Erased => Err(Error::not_found(format!("content of {stream} any more"))),
            Retention::Until(_) => {
                let (actor, reason) = (actor.into(), reason.into());
                Ok(Self { stream, version: last.version, actor, at, reason })
            }
        }
    }

    /// The event that says so.
    pub(crate) fn draft(self) -> Draft {
        let body = serde_json::json!({ "reason": self.reason });
        Draft::new(self.stream, ERASED, self.actor, self.at)
            .expecting(self.version)
            .body(crate::json::canonical(&body))
    }
}

impl fmt::Display for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { by, since } => write!(f, "held by {by} since {}", day(*since)),
            Self::Until(day) => write!(f, "kept until {day}"),
            Self::Erased => f.write_str("erased"),
        }
    }
}

#[cfg(test)]
mod tests;
