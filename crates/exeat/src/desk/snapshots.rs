//! Snapshots of the lists that answers used, as the records keep them, and what changed between two.

use super::Desk;
use super::fault::Fault;
use crate::lists::open::{Bytes, Lists};
use crate::records::keep::LISTS;
use jiff::Timestamp;
use screening::lists::List;
use store::{Digest, Order, ViewQuery};

/// How many snapshots are offered.
const OFFERED: usize = 200;

/// A snapshot that an answer used.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    /// The digest of its content.
    pub(crate) digest: Digest,
    /// When it came into use.
    pub(crate) since: Timestamp,
}

impl Desk {
    /// The snapshots that answers used, the latest first.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn snapshots(&self) -> Result<Vec<Used>, Fault> {
        let query = ViewQuery { order: Order::Newest, limit: OFFERED, ..ViewQuery::of(LISTS) };
        let rows = self.records()?.store.views(&query)?.rows;
        let used =
            |it: store::ViewRow| Some(Used { digest: it.stream.id.parse().ok()?, since: it.at });
        Ok(rows.into_iter().filter_map(used).collect())
    }

    /// The lists of a snapshot that the records keep.
    ///
    /// # Errors
    ///
    /// Where it is not there or damaged.
    pub(crate) fn snapshot(&self, digest: &Digest) -> Result<Vec<List>, Fault> {
        let bytes = self.records()?.store.blob(digest)?;
        let bytes = bytes.ok_or(Fault::NotFound { what: "such snapshot in the records" })?;
        let lists = Lists::new(Bytes::Held(bytes), false).map_err(Fault::Inside)?;
        lists.snapshot.lists().map_err(|it| Fault::Inside(it.to_string()))
    }

    /// The lists that answer now.
    ///
    /// # Errors
    ///
    /// Where they cannot be read.
    pub(crate) fn lists_of_now(&self) -> Result<Vec<List>, Fault> {
        let searcher = self.lists()?;
        let opened = searcher.opened().map_err(Fault::Inside)?;
        opened.lists.snapshot.lists().map_err(|it| Fault::Inside(it.to_string()))
    }
}
