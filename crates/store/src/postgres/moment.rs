//! The records at one moment: a transaction for reading that stays open.

use super::link::{Link, Server};
use super::{keys, reading};
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::frozen::{Frozen, LastMark};
use crate::name::StreamId;
use crate::store::BlobEntry;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A connection that sees one moment.
#[derive(Debug)]
pub(super) struct Moment(Mutex<Link>);

impl Moment {
    /// Now.
    pub(super) fn new(server: &Server) -> Result<Self, Error> {
        let mut link = server.link()?;
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        link.say("beginning to read", begin)?;
        // The first read chooses the moment; what is wrong with it the next one tells.
        drop(reading::head(&mut link));
        Ok(Self(Mutex::new(link)))
    }

    fn link(&self) -> MutexGuard<'_, Link> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Frozen for Moment {
    fn head(&self) -> Result<Head, Error> {
        Ok(reading::head(&mut self.link())?.0)
    }

    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
        reading::events(&mut self.link(), after, limit)
    }

    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error> {
        reading::stream(&mut self.link(), stream, after)
    }

    fn last_marks(&self, after: Option<&StreamId>, limit: usize) -> Result<Vec<LastMark>, Error> {
        reading::last_marks(&mut self.link(), after, limit)
    }

    fn refs(
        &self,
        after: Option<&(StreamId, Digest)>,
        limit: usize,
    ) -> Result<Vec<(StreamId, Digest)>, Error> {
        reading::refs(&mut self.link(), after, limit)
    }

    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error> {
        keys::blobs(&mut self.link(), after, limit)
    }

    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        keys::blob(&mut self.link(), digest)
    }
}
