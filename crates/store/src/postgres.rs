//! Records that several servers share, with PostgreSQL.
//!
//! Whoever appends locks the one row of the chain's head, so servers write one after the other,
//! each a whole group of batches at once. A connection that broke is opened anew by the next who
//! needs one. Beyond this machine connections are encrypted, unless the address says otherwise.

mod address;
mod keys;
mod link;
mod moment;
mod reading;
mod writing;

use crate::anchor::AnchorFile;
use crate::batch::Batch;
use crate::chain::Head;
use crate::commit::Committer;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::frozen::Frozen;
use crate::name::{Kind, StreamId};
use crate::opening::Options;
use crate::part::Part;
use crate::plan::Prepared;
use crate::query::{Page, ViewQuery};
use crate::retention::Erasure;
use crate::store::{BlobEntry, KeyEntry, Store};
use crate::view::ViewRow;
use jiff::Timestamp;
use link::{Link, Server};
use moment::Moment;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use writing::Writer;

/// At most so many connections for reading are kept open.
const READERS: usize = 16;

/// Records in a PostgreSQL database.
#[derive(Debug)]
pub struct Postgres {
    server: Server,
    committer: Committer<Writer>,
    readers: Mutex<Vec<Link>>,
}

impl Postgres {
    /// Connects, and brings the database up to date.
    ///
    /// # Errors
    ///
    /// As [`crate::open`].
    pub fn open(address: &str, options: &Options) -> Result<Self, Error> {
        let server = Server::new(address)?;
        let mut link = server.link()?;
        link.migrate()?;
        let anchor = options.anchor.clone().map(AnchorFile::new);
        if let Some(anchor) = anchor.as_ref().filter(|_| options.strict) {
            let noted = anchor.noted();
            let head = reading::head(&mut link)?.0;
            anchor.check(noted, &head, |seq| reading::hash(&mut link, seq))?;
        }
        let committer = Committer::new(Writer::new(server.clone(), link, anchor));
        Ok(Self { server, committer, readers: Mutex::default() })
    }

    fn read<T>(&self, read: impl Fn(&mut Link) -> Result<T, Error>) -> Result<T, Error> {
        let lock = || self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let free = lock().pop();
        let is_fresh = free.is_none();
        let mut link = match free {
            Some(link) => link,
            None => self.server.link()?,
        };
        let mut result = read(&mut link);
        if result.is_err() && link.is_gone() && !is_fresh {
            // It broke while nobody looked; the others did too.
            lock().clear();
            link = self.server.link()?;
            result = read(&mut link);
        }
        let mut readers = lock();
        if !link.is_gone() && readers.len() < READERS {
            readers.push(link);
        }
        result
    }
}

impl Store for Postgres {
    fn append(&self, batch: Batch) -> Result<Vec<Event>, Error> {
        self.committer.append(Prepared::new(batch)?)
    }

    fn append_all(&self, batches: Vec<Batch>) -> Vec<Result<Vec<Event>, Error>> {
        self.committer.append_all(batches.into_iter().map(Prepared::new))
    }

    fn head(&self) -> Result<Head, Error> {
        self.read(|it| Ok(reading::head(it)?.0))
    }

    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::events(it, after, limit))
    }

    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::stream(it, stream, after))
    }

    fn events_of(&self, kind: &Kind, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::events_of(it, kind, after, limit))
    }

    fn holds(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        self.read(|it| reading::holds(it, after, limit))
    }

    fn view(&self, stream: &StreamId) -> Result<Option<ViewRow>, Error> {
        self.read(|it| reading::view(it, stream))
    }

    fn views(&self, query: &ViewQuery) -> Result<Page, Error> {
        self.read(|it| reading::views(it, query))
    }

    fn counts(&self, query: &ViewQuery) -> Result<BTreeMap<String, u64>, Error> {
        self.read(|it| reading::counts(it, query))
    }

    fn erase(&self, erasure: Erasure) -> Result<Event, Error> {
        let mut events = self.committer.append(Prepared::erasing(erasure.draft())?)?;
        events.pop().ok_or_else(|| Error::corrupt("an erasure wrote nothing"))
    }

    fn import(&self, part: &Part) -> Result<(), Error> {
        self.committer.writer().import(part)
    }

    fn frozen(&self) -> Result<Box<dyn Frozen>, Error> {
        Ok(Box::new(Moment::new(&self.server)?))
    }

    fn copy_to(&self, _file: &Path) -> Result<(), Error> {
        Err(Error::refused(
            "a PostgreSQL database is no file: copy it into a folder, or use pg_dump",
        ))
    }

    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(bytes);
        if !self.read(|it| keys::has_blob(it, &digest))? {
            self.committer.writer().direct(|it| keys::put_blob(it, &digest, bytes))?;
        }
        Ok(digest)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        self.read(|it| keys::blob(it, digest))
    }

    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error> {
        self.read(|it| keys::blobs(it, after, limit))
    }

    fn get(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        self.read(|it| keys::get(it, space, key, now))
    }

    fn take(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error> {
        self.committer.writer().direct(|it| keys::take(it, space, key, now))
    }

    fn keys(
        &self,
        space: &Kind,
        after: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<KeyEntry>, Error> {
        self.read(|it| keys::keys(it, space, after, limit, now))
    }

    fn purge(&self, now: Timestamp) -> Result<u64, Error> {
        self.committer.writer().direct(|it| keys::purge(it, now))
    }

    fn ready(&self) -> Result<(), Error> {
        self.read(keys::is_writable)
    }
}
