//! The lines of a bundle, and their way from and to the core types.

use crate::digest::Digest;
use crate::error::Error;
use crate::event::{Event, ViewMark};
use crate::name::StreamId;
use crate::stored::time;
use crate::view::{View, ViewRow};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct StreamLine {
    kind: String,
    id: String,
}

impl From<&StreamId> for StreamLine {
    fn from(stream: &StreamId) -> Self {
        Self { kind: stream.kind.to_string(), id: stream.id.clone() }
    }
}

impl StreamLine {
    fn stream(self) -> Result<StreamId, Error> {
        Ok(StreamId { kind: self.kind.parse().map_err(Error::corrupt)?, id: self.id })
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct EventLine {
    seq: u64,
    stream: StreamLine,
    version: u64,
    kind: String,
    at: i64,
    time: String,
    clock: String,
    actor: String,
    view: String,
    body_digest: Digest,
    hash: Digest,
    body: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    withheld: bool,
}

impl EventLine {
    /// An event as a line, with or without its body.
    pub(super) fn of(event: Event, with_body: bool) -> Self {
        Self {
            seq: event.seq,
            stream: (&event.stream).into(),
            version: event.version,
            kind: event.kind.to_string(),
            at: event.at.as_microsecond(),
            time: event.at.to_string(),
            clock: if event.clock_back { "back" } else { "" }.to_owned(),
            actor: event.actor,
            view: match event.view {
                ViewMark::Same => String::new(),
                ViewMark::Set(digest) => digest.to_string(),
                ViewMark::Gone => "gone".to_owned(),
            },
            body_digest: event.body_digest,
            hash: event.hash,
            withheld: event.body.is_some() && !with_body,
            body: event.body.filter(|_| with_body),
        }
    }

    /// # Errors
    ///
    /// [`Error::Corrupt`]; [`Error::Refused`] where the body was withheld.
    pub(super) fn event(self) -> Result<Event, Error> {
        if self.withheld {
            return Err(Error::refused("the bundle is not whole: bodies were withheld"));
        }
        Ok(Event {
            seq: self.seq,
            stream: self.stream.stream()?,
            version: self.version,
            kind: self.kind.parse().map_err(Error::corrupt)?,
            at: time(self.at)?,
            clock_back: self.clock == "back",
            actor: self.actor,
            view: match self.view.as_str() {
                "" => ViewMark::Same,
                "gone" => ViewMark::Gone,
                digest => ViewMark::Set(digest.parse().map_err(Error::corrupt)?),
            },
            body_digest: self.body_digest,
            body: self.body,
            hash: self.hash,
        })
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct ViewLine {
    stream: StreamLine,
    version: u64,
    seq: u64,
    first: u64,
    at: i64,
    title: String,
    state: String,
    assignee: Option<String>,
    priority: i32,
    due: Option<Date>,
    outcome: Option<String>,
    labels: BTreeSet<String>,
    text: String,
    data: String,
}

impl From<ViewRow> for ViewLine {
    fn from(row: ViewRow) -> Self {
        let ViewRow { stream, version, seq, first, at, view } = row;
        let View { title, state, assignee, priority, due, outcome, labels, text, data } = view;
        Self {
            stream: (&stream).into(),
            version,
            seq,
            first,
            at: at.as_microsecond(),
            title,
            state,
            assignee,
            priority,
            due,
            outcome,
            labels,
            text,
            data,
        }
    }
}

impl ViewLine {
    /// # Errors
    ///
    /// [`Error::Corrupt`].
    pub(super) fn row(self) -> Result<ViewRow, Error> {
        let Self { title, state, assignee, priority, due, outcome, labels, text, data, .. } = self;
        Ok(ViewRow {
            stream: self.stream.stream()?,
            version: self.version,
            seq: self.seq,
            first: self.first,
            at: time(self.at)?,
            view: View { title, state, assignee, priority, due, outcome, labels, text, data },
        })
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct ReferenceLine {
    stream: StreamLine,
    digest: Digest,
}

impl From<&(StreamId, Digest)> for ReferenceLine {
    fn from((stream, digest): &(StreamId, Digest)) -> Self {
        Self { stream: stream.into(), digest: *digest }
    }
}

impl ReferenceLine {
    /// # Errors
    ///
    /// [`Error::Corrupt`].
    pub(super) fn reference(self) -> Result<(StreamId, Digest), Error> {
        Ok((self.stream.stream()?, self.digest))
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct HeadLine {
    pub(super) seq: u64,
    pub(super) hash: Digest,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Manifest {
    pub(super) bundle: u32,
    pub(super) program: String,
    pub(super) made_at: String,
    pub(super) head: HeadLine,
    /// Whether no body, view or content was withheld.
    pub(super) complete: bool,
    pub(super) files: BTreeMap<String, Digest>,
}
