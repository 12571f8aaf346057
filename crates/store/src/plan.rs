//! What a group of batches comes to, given what is there: pure, and the same for both backends.
//!
//! A backend locks the chain, looks up the [`Ground`] that the batches stand on, and writes the
//! [`Plan`]. A batch that does not fit is told so and leaves no trace in the plan.

use crate::batch::{Batch, KeyWrite};
use crate::chain::{self, Head};
use crate::digest::Digest;
use crate::error::{Conflict, Error, Last};
use crate::event::{Draft, Event, ViewMark};
use crate::name::{Kind, StreamId};
use crate::view::{View, ViewRow};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A batch that was checked, with its digests.
#[derive(Debug)]
pub(crate) struct Prepared {
    drafts: Vec<Ready>,
    keys: Vec<KeyWrite>,
}

#[derive(Debug)]
struct Ready {
    draft: Draft,
    body_digest: Digest,
    view: ViewMark,
}

/// What is there, of what a group asks for.
#[derive(Debug)]
pub(crate) struct Ground {
    /// Where the chain ends.
    pub(crate) head: Head,
    /// When its last event happened.
    pub(crate) at: Timestamp,
    /// How far each stream is, of those that exist.
    pub(crate) streams: BTreeMap<StreamId, (u64, Last)>,
    /// When each key expires, of those that are there; [`Timestamp::MAX`] for never.
    pub(crate) keys: BTreeMap<(Kind, String), Timestamp>,
    /// The contents that are kept, of those that are referred to.
    pub(crate) blobs: BTreeSet<Digest>,
}

/// What is to be written.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Where the chain ends afterwards.
    pub(crate) head: Head,
    /// When its last event happened.
    pub(crate) at: Timestamp,
    /// The events, in the order of the chain.
    pub(crate) events: Vec<Event>,
    /// What each stream has come to.
    pub(crate) views: BTreeMap<StreamId, ViewRow>,
    /// Which streams refer to which contents.
    pub(crate) blobs: BTreeSet<(StreamId, Digest)>,
    /// Streams that are erased, up to the version of the event that says so.
    pub(crate) erased: BTreeMap<StreamId, u64>,
    /// The keys, as they are in the end.
    pub(crate) keys: BTreeMap<(Kind, String), KeyWrite>,
    /// How many of the events belong to each batch, or why it does not fit.
    answers: Vec<Result<usize, Error>>,
}

impl Prepared {
    /// Checks a batch and works out its digests: all that can be done before anything is locked.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where a draft can never be written.
    pub(crate) fn new(batch: Batch) -> Result<Self, Error> {
        let drafts = batch.drafts.into_iter().map(Ready::new).collect::<Result<_, _>>()?;
        if let Some(long) = batch.keys.iter().find(|it| it.key.len() > LONGEST_KEY) {
            let what = format!("a key among {} has more than {LONGEST_KEY} bytes", long.space);
            return Err(Error::refused(what));
        }
        Ok(Self { drafts, keys: batch.keys })
    }

    /// How many bytes there are to write, about.
    pub(crate) fn size(&self) -> usize {
        let view = |it: &View| it.title.len() + it.text.len() + it.data.len();
        let draft = |it: &Ready| it.draft.body.len() + it.draft.view.as_ref().map_or(0, view);
        let key = |it: &KeyWrite| it.key.len() + it.value.as_ref().map_or(0, Vec::len);
        self.drafts.iter().map(draft).sum::<usize>() + self.keys.iter().map(key).sum::<usize>()
    }

    /// An event that erases what its stream said before.
    ///
    /// # Errors
    ///
    /// As [`Prepared::new`].
    pub(crate) fn erasing(draft: Draft) -> Result<Self, Error> {
        let ready = Ready::new(Draft { view: None, ..draft })?;
        Ok(Self { drafts: vec![Ready { view: ViewMark::Gone, ..ready }], keys: Vec::new() })
    }

    /// The streams that it appends to.
    pub(crate) fn streams(&self) -> impl Iterator<Item = &StreamId> {
        self.drafts.iter().map(|it| &it.draft.stream)
    }

    /// The contents that it refers to.
    pub(crate) fn blobs(&self) -> impl Iterator<Item = &Digest> {
        self.drafts.iter().flat_map(|it| &it.draft.blobs)
    }

    /// The keys that must not be there.
    pub(crate) fn absent(&self) -> impl Iterator<Item = (&Kind, &str)> {
        let keys = self.keys.iter().filter(|it| it.only_if_absent.is_some());
        keys.map(|it| (&it.space, it.key.as_str()))
    }
}

/// The longest key, in bytes: databases do not index longer ones.
const LONGEST_KEY: usize = 1000;

/// The longest word that lists are filtered by, in bytes.
const LONGEST_WORD: usize = 200;

/// The largest body, and the largest text of a view, in bytes. Larger contents are blobs.
const LARGEST: usize = 64 << 20;

/// Refuses what a database would refuse later, and the batches of others with it.
fn fitting(draft: &Draft) -> Result<(), Error> {
    let empty = View::default();
    let view = draft.view.as_ref().unwrap_or(&empty);
    let words = [Some(&view.state), view.assignee.as_ref(), view.outcome.as_ref()];
    let mut words = words.into_iter().flatten().chain(&view.labels);
    if words.any(|it| it.len() > LONGEST_WORD) {
        return Err(Error::refused(format!(
            "state, assignee, outcome and labels have at most {LONGEST_WORD} bytes each"
        )));
    }
    let texts = [&draft.body, &view.title, &view.text, &view.data];
    if texts.into_iter().any(|it| it.len() > LARGEST) {
        return Err(Error::refused(format!("a text has more than {LARGEST} bytes")));
    }
    Ok(())
}

impl Ready {
    fn new(draft: Draft) -> Result<Self, Error> {
        fitting(&draft)?;
        let bad =
            |text: &str| text.is_empty() || text.len() > 200 || text.contains(char::is_control);
        if bad(&draft.stream.id) {
            let what = "the name of a stream is 1 to 200 bytes without control characters";
            return Err(Error::refused(what));
        }
        if bad(&draft.actor) {
            let what = "who did it is named in 1 to 200 bytes without control characters";
            return Err(Error::refused(what));
        }
        let at = Timestamp::from_microsecond(draft.at.as_microsecond()).unwrap_or(draft.at);
        let body_digest = Digest::of(draft.body.as_bytes());
        let draft = Draft { at, view: draft.view.map(View::cleaned), ..draft };
        let view = draft.view.as_ref().map_or(ViewMark::Same, |it| ViewMark::Set(it.digest()));
        Ok(Self { draft, body_digest, view })
    }
}

/// Works out what a group comes to.
pub(crate) fn plan(mut ground: Ground, group: Vec<Prepared>) -> Plan {
    let mut plan = Plan {
        head: ground.head,
        at: ground.at,
        events: Vec::new(),
        views: BTreeMap::new(),
        blobs: BTreeSet::new(),
        erased: BTreeMap::new(),
        keys: BTreeMap::new(),
        answers: Vec::with_capacity(group.len()),
    };
    for batch in group {
        let answer = match fits(&ground, &batch) {
            Ok(()) => Ok(plan.add(&mut ground, batch)),
            Err(error) => Err(error),
        };
        plan.answers.push(answer);
    }
    plan
}

/// Whether a batch may be written onto the ground.
fn fits(ground: &Ground, batch: &Prepared) -> Result<(), Error> {
    let mut reached: BTreeMap<&StreamId, u64> = BTreeMap::new();
    for Ready { draft, .. } in &batch.drafts {
        let there = ground.streams.get(&draft.stream);
        let found = reached
            .entry(&draft.stream)
            .or_insert_with(|| there.map_or(0, |(version, _)| *version));
        if let Some(expected) = draft.expected
            && expected != *found
        {
            let last = there.map(|(_, last)| last.clone());
            let stream = draft.stream.clone();
            return Err(Conflict::Stream { stream, expected, found: *found, last }.into());
        }
        *found += 1;
        if let Some(missing) = draft.blobs.iter().find(|it| !ground.blobs.contains(*it)) {
            return Err(Error::not_found(format!("content {missing}")));
        }
    }
    for key in &batch.keys {
        let Some(now) = key.only_if_absent else { continue };
        if let Some(expires) = ground.keys.get(&(key.space.clone(), key.key.clone()))
            && *expires > now
        {
            return Err(Conflict::Key { space: key.space.clone(), key: key.key.clone() }.into());
        }
    }
    Ok(())
}

impl Plan {
    fn add(&mut self, ground: &mut Ground, batch: Prepared) -> usize {
        let count = batch.drafts.len();
        for Ready { draft, body_digest, view } in batch.drafts {
            let last = Last { kind: draft.kind.clone(), actor: draft.actor.clone(), at: draft.at };
            let version = ground.streams.get(&draft.stream).map_or(0, |(version, _)| *version) + 1;
            ground.streams.insert(draft.stream.clone(), (version, last));
            let mut event = Event {
                seq: self.head.seq + 1,
                stream: draft.stream,
                version,
                kind: draft.kind,
                at: draft.at,
                clock_back: self.head.seq > 0 && chain::is_clock_back(self.at, draft.at),
                actor: draft.actor,
                view,
                body_digest,
                body: Some(draft.body),
                hash: Digest::ZERO,
            };
            event.hash = chain::hash(&self.head.hash, &event);
            self.head = Head { seq: event.seq, hash: event.hash };
            self.at = event.at;
            if view == ViewMark::Gone {
                self.views.remove(&event.stream);
                self.blobs.retain(|it| it.0 != event.stream);
                self.erased.insert(event.stream.clone(), version);
            }
            if let Some(view) = draft.view {
                let (stream, seq, at) = (event.stream.clone(), event.seq, event.at);
                let first = self.views.get(&stream).map_or(seq, |it| it.first);
                let row = ViewRow { stream, version, seq, first, at, view };
                self.views.insert(event.stream.clone(), row);
            }
            self.blobs.extend(draft.blobs.into_iter().map(|it| (event.stream.clone(), it)));
            self.events.push(event);
        }
        for key in batch.keys {
            let name = (key.space.clone(), key.key.clone());
            match &key.value {
                Some(_) => ground.keys.insert(name.clone(), key.expires.unwrap_or(Timestamp::MAX)),
                None => ground.keys.remove(&name),
            };
            self.keys.insert(name, key);
        }
        count
    }

    /// What each batch is told once all of it is durable.
    pub(crate) fn answers(self) -> Vec<Result<Vec<Event>, Error>> {
        let mut events = self.events.into_iter();
        let answer =
            |it: Result<usize, Error>| it.map(|count| events.by_ref().take(count).collect());
        self.answers.into_iter().map(answer).collect()
    }
}

#[cfg(test)]
mod tests;
