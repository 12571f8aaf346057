//! Whether the records are what was written: every event, body, view and content.
//!
//! Reads the chain from its first event in constant memory, then the views, then the contents.
//! Whatever does not fit is named; one changed row is one [`Fault`], not all that follow. Nothing
//! is repaired.

mod fault;
mod following;

pub use fault::Fault;

use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::{Event, ViewMark};
use crate::frozen::{Frozen, LastMark};
use crate::name::StreamId;
use crate::retention::{self, ERASED};
use crate::store::Store;
use following::Following;
use jiff::tz::Offset;
use std::collections::BTreeSet;

/// So many rows are read at once.
const PAGE: usize = 500;

/// At most so many faults are told one by one.
const TOLD: usize = 200;

/// What an audit found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Audit {
    /// Where the chain ends: keep it elsewhere, as an anchor for the next audit.
    pub head: Option<Head>,
    /// How many events were read.
    pub events: u64,
    /// How many views were compared with what the chain says of them.
    pub views: u64,
    /// How many contents were read.
    pub blobs: u64,
    /// How many bodies were erased when their time was over.
    pub erased: u64,
    /// Events that are dated before their predecessor: a clock was set back. Not a fault.
    pub clock_back: Vec<u64>,
    /// What does not fit, the first two hundred of it.
    pub faults: Vec<Fault>,
    /// How much more does not fit.
    pub more_faults: u64,
}

impl Audit {
    /// Whether everything is what was written.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, fault: Fault) {
        if self.faults.len() < TOLD {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }
}

/// Reads everything there is. `anchor` is a head that was kept from before, where there is one;
/// `progress` is told how many events of how many were read.
///
/// # Errors
///
/// [`Error::Unavailable`] where the records cannot be read to the end.
pub fn audit(
    store: &dyn Store,
    anchor: Option<&Head>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Audit, Error> {
    let store = &*store.frozen()?;
    let mut audit = Audit::default();
    let head = match store.head() {
        Ok(head) => head,
        Err(Error::Corrupt { what }) => {
            audit.fault(Fault::Unreadable { what });
            Head::START
        }
        Err(error) => return Err(error),
    };
    chain(store, head, anchor, &mut audit, progress)?;
    views(store, &mut audit)?;
    contents(store, &mut audit)?;
    Ok(audit)
}

fn chain(
    store: &dyn Frozen,
    head: Head,
    anchor: Option<&Head>,
    audit: &mut Audit,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Error> {
    let mut following = Following::default();
    let mut after = 0;
    let mut rewritten = false;
    loop {
        let page = match store.events(after, PAGE) {
            Ok(page) => page,
            Err(Error::Corrupt { .. }) => match single(store, after, audit)? {
                Some(page) => page,
                None if after < head.seq => {
                    after += 1;
                    continue;
                }
                None => break,
            },
            Err(error) => return Err(error),
        };
        let Some(last) = page.last() else { break };
        after = last.seq;
        for event in &page {
            if let Some(fault) = following.next(event) {
                audit.fault(fault);
            }
            rewritten |= anchor.is_some_and(|it| it.seq == event.seq && it.hash != event.hash);
            audit.events += 1;
            if event.clock_back {
                audit.clock_back.push(event.seq);
            }
            body(store, event, audit)?;
        }
        progress(audit.events, head.seq);
    }
    let end = following.head();
    audit.head = Some(end);
    if end != head {
        audit.fault(Fault::Head { says: head, end });
    }
    if let Some(anchor) = anchor {
        if end.seq < anchor.seq {
            audit.fault(Fault::CutOff { from: end.seq + 1, to: anchor.seq });
        } else if rewritten {
            audit.fault(Fault::Rewritten { anchor: *anchor });
        }
    }
    Ok(())
}

/// The next event alone, where a page has one that cannot be read; `None` where it is that one.
fn single(store: &dyn Frozen, after: u64, audit: &mut Audit) -> Result<Option<Vec<Event>>, Error> {
    match store.events(after, 1) {
        Ok(page) => Ok(Some(page)),
        Err(Error::Corrupt { what }) => {
            let what = format!("the event after event {after}: {what}");
            audit.fault(Fault::Unreadable { what });
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether the body is the one that was written, or was erased when it might be.
fn body(store: &dyn Frozen, event: &Event, audit: &mut Audit) -> Result<(), Error> {
    match &event.body {
        Some(body) if Digest::of(body.as_bytes()) == event.body_digest => {}
        Some(_) => audit.fault(Fault::Body { seq: event.seq, stream: event.stream.clone() }),
        None => {
            let later = readable(store.stream(&event.stream, event.version))?;
            if later.iter().any(|it| it.kind == ERASED && it.view == ViewMark::Gone) {
                audit.erased += 1;
            } else {
                audit.fault(Fault::BodyGone { seq: event.seq, stream: event.stream.clone() });
            }
        }
    }
    if event.view == ViewMark::Gone {
        let all = readable(store.stream(&event.stream, 0))?;
        let before = all.iter().filter(|it| it.version < event.version);
        let until = before.map(|it| it.at).max().map(retention::until);
        let day = Offset::UTC.to_datetime(event.at).date();
        if until.is_none_or(|it| day < it) {
            audit.fault(Fault::ErasedEarly { seq: event.seq, stream: event.stream.clone(), until });
        }
    }
    Ok(())
}

/// What cannot be read is named where the chain is read; here it counts as missing.
fn readable(events: Result<Vec<Event>, Error>) -> Result<Vec<Event>, Error> {
    match events {
        Err(Error::Corrupt { .. }) => Ok(Vec::new()),
        other => other,
    }
}

fn views(store: &dyn Frozen, audit: &mut Audit) -> Result<(), Error> {
    let mut after: Option<StreamId> = None;
    loop {
        let page = match store.last_marks(after.as_ref(), PAGE) {
            Ok(page) => page,
            Err(Error::Corrupt { what }) => {
                audit.fault(Fault::Unreadable { what: format!("the views: {what}") });
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.stream.clone());
        for it in page {
            audit.views += u64::from(it.found.is_some());
            if let Some(fault) = view(it) {
                audit.fault(fault);
            }
        }
    }
}

fn view(LastMark { stream, said, found }: LastMark) -> Option<Fault> {
    match (said, found) {
        (Some((version, ViewMark::Set(digest))), Some(row)) => {
            let is_same = row.version == version && row.view.digest() == digest;
            (!is_same).then_some(Fault::View { stream })
        }
        (Some((_, ViewMark::Set(_))), None) => Some(Fault::ViewMissing { stream }),
        (Some((_, ViewMark::Gone | ViewMark::Same)) | None, Some(_)) => {
            Some(Fault::ViewInserted { stream })
        }
        (Some((_, ViewMark::Gone | ViewMark::Same)) | None, None) => None,
    }
}

fn contents(store: &dyn Frozen, audit: &mut Audit) -> Result<(), Error> {
    let mut kept: BTreeSet<Digest> = BTreeSet::new();
    loop {
        let page = match store.blobs(kept.last(), PAGE) {
            Ok(page) => page,
            Err(Error::Corrupt { what }) => {
                audit.fault(Fault::Unreadable { what: format!("the contents: {what}") });
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if page.is_empty() {
            break;
        }
        for entry in page {
            kept.insert(entry.digest);
            match store.blob(&entry.digest) {
                Ok(Some(_)) => audit.blobs += 1,
                // It was erased meanwhile.
                Ok(None) => {}
                Err(Error::Corrupt { .. }) => audit.fault(Fault::Blob { digest: entry.digest }),
                Err(error) => return Err(error),
            }
        }
    }
    let mut after: Option<(StreamId, Digest)> = None;
    loop {
        let page = store.refs(after.as_ref(), PAGE)?;
        for (stream, digest) in &page {
            if !kept.contains(digest) {
                audit.fault(Fault::BlobMissing { digest: *digest, stream: stream.clone() });
            }
        }
        match page.into_iter().next_back() {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}
