//! The records at one moment: a transaction for reading that stays open.

use super::{connect, keys, reading, trouble};
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::frozen::{Frozen, LastMark};
use crate::name::StreamId;
use crate::store::BlobEntry;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A connection that sees one moment.
#[derive(Debug)]
pub(super) struct Moment(Mutex<Connection>);

impl Moment {
    /// Now.
    pub(super) fn new(path: &Path) -> Result<Self, Error> {
        Self::over(connect(path)?)
    }

    /// Now, over a connection.
    pub(super) fn over(connection: Connection) -> Result<Self, Error> {
        connection.execute_batch("BEGIN").map_err(trouble("beginning to read"))?;
        // The first read chooses the moment; what is wrong with it the next one tells.
        drop(reading::head(&connection));
        Ok(Self(Mutex::new(connection)))
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Frozen for Moment {
    fn head(&self) -> Result<Head, Error> {
        Ok(reading::head(&self.connection())?.0)
    }

    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        reading::events(&self.connection(), after, limit)
    }

    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error> {
        reading::stream(&self.connection(), stream, after)
    }

    fn last_marks(&self, after: Option<&StreamId>, limit: usize) -> Result<Vec<LastMark>, Error> {
        reading::last_marks(&self.connection(), after, limit)
    }

    fn refs(
        &self,
        after: Option<&(StreamId, Digest)>,
        limit: usize,
    ) -> Result<Vec<(StreamId, Digest)>, Error> {
        reading::refs(&self.connection(), after, limit)
    }

    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error> {
        keys::blobs(&self.connection(), after, limit)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        keys::blob(&self.connection(), digest)
    }
}
