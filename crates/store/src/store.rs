//! The one trait that both backends fulfil.

use crate::batch::{Batch, KeyWrite};
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::{Conflict, Error};
use crate::event::Event;
use crate::frozen::Frozen;
use crate::name::{Kind, StreamId};
use crate::part::Part;
use crate::query::{Page, ViewQuery};
use crate::retention::Erasure;
use crate::view::ViewRow;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

/// Where records are kept. Blocking; many threads may use one.
///
/// Every method can fail with [`Error::Unavailable`] where the database is out of reach, and with
/// [`Error::Corrupt`] where what it gives makes no sense. Both backends come back by themselves
/// when the database does.
pub trait Store: Debug + Send + Sync {
    /// Writes events and keys in one transaction, and returns the events when they are durable:
    /// neither a killed process nor a power cut loses them. What many threads append at the same
    /// time is committed together.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where a stream is not at the expected version, or a key is there that
    /// must not be; [`Error::Refused`] where a draft is malformed. In both cases nothing of the
    /// batch was written, and the batches of others are not touched.
    fn append(&self, batch: Batch) -> Result<Vec<Event>, Error>;

    /// Writes many batches in one commit, each as [`Store::append`] would; one answer for each, in
    /// order, when all are durable.
    fn append_all(&self, batches: Vec<Batch>) -> Vec<Result<Vec<Event>, Error>>;

    /// Where the chain ends.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn head(&self) -> Result<Head, Error>;

    /// Events of all streams after a place in the chain (0: from the first), in its order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error>;

    /// Events of one stream after a version (0: from the first), in order; none where there is no
    /// such stream.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error>;

    /// Events of all streams of a kind after a place in the chain (0: from the first), in its order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn events_of(&self, kind: &Kind, after: u64, limit: usize) -> Result<Vec<Event>, Error>;

    /// The holds that stand, after a place in the chain (0: from the first): of each stream that is
    /// held, the event that says so.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn holds(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error>;

    /// What a stream has come to.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn view(&self, stream: &StreamId) -> Result<Option<ViewRow>, Error>;

    /// A page of views.
    ///
    /// # Errors
    ///
    /// Those of the trait; [`Error::Refused`] for a cursor of another order.
    fn views(&self, query: &ViewQuery) -> Result<Page, Error>;

    /// How many views the query finds, by state; its order, cursor and limit do not matter.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn counts(&self, query: &ViewQuery) -> Result<BTreeMap<String, u64>, Error>;

    /// Erases the bodies, the view and the contents of a stream, and appends the event that says
    /// so. The chain stays whole: it holds digests of what is gone.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where something happened since the erasure was permitted.
    fn erase(&self, erasure: Erasure) -> Result<Event, Error>;

    /// Takes over a part of another store, in one transaction. Contents come first, by
    /// [`Store::put_blob`].
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`] where its events do not follow on the chain that is here.
    fn import(&self, part: &Part) -> Result<(), Error>;

    /// The records as they are now, for audits and copies; others go on writing.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn frozen(&self) -> Result<Box<dyn Frozen>, Error>;

    /// Copies the whole database into one new file, while others read and write.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the file is there already, or the backend is no file.
    fn copy_to(&self, file: &Path) -> Result<(), Error>;

    /// Keeps a content by its digest; the same content is kept once.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn put_blob(&self, bytes: &[u8]) -> Result<Digest, Error>;

    /// A content by its digest; `None` where it is not kept.
    ///
    /// # Errors
    ///
    /// Those of the trait; [`Error::Corrupt`] where it is no longer what it was.
    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error>;

    /// Which contents are kept, after this one, in the order of their digests.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error>;

    /// The value of a key, where it is there and has not expired.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn get(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error>;

    /// The value of a key, which is gone afterwards: of several that ask, one gets it.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn take(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Vec<u8>>, Error>;

    /// The keys of a space after this one that have not expired, in order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn keys(
        &self,
        space: &Kind,
        after: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<KeyEntry>, Error>;

    /// Removes what has expired, and says how much it was.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn purge(&self, now: Timestamp) -> Result<u64, Error>;

    /// Whether the database answers and can be written.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn ready(&self) -> Result<(), Error>;

    /// Puts a value, whatever is there.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn put(&self, write: KeyWrite) -> Result<(), Error> {
        self.append(write.into()).map(drop)
    }

    /// Puts a value where none is at this time; whether it did.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn put_if_absent(&self, write: KeyWrite, now: Timestamp) -> Result<bool, Error> {
        match self.append(write.if_absent(now).into()) {
            Ok(_) => Ok(true),
            Err(Error::Conflict(it)) if matches!(*it, Conflict::Key { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A content that is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BlobEntry {
    /// Its digest, as it was stored.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
}

/// A key and its value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyEntry {
    /// The key.
    pub key: String,
    /// Its value.
    pub value: Vec<u8>,
    /// From when on it counts as absent.
    pub expires: Option<Timestamp>,
}
