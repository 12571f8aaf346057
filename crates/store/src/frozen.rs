//! The records as they were at one moment, however much is written meanwhile.

use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::{Event, ViewMark};
use crate::name::StreamId;
use crate::store::BlobEntry;
use crate::view::ViewRow;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The records at one moment, for audits and copies. Every method reads the same moment, and can
/// fail as those of [`Store`](crate::Store) can.
pub trait Frozen: Debug {
    /// Where the chain ended.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn head(&self) -> Result<Head, Error>;

    /// Events of all streams after a place in the chain, in its order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn events(&self, after: u64, limit: usize) -> Result<Vec<Event>, Error>;

    /// Events of one stream after a version, in order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn stream(&self, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error>;

    /// Of streams after this one, in order, the last event that says anything of the view, and the
    /// view that is there. One of the two may be missing where somebody meddled.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn last_marks(&self, after: Option<&StreamId>, limit: usize) -> Result<Vec<LastMark>, Error>;

    /// Which streams refer to which contents, after one of them, in order.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn refs(
        &self,
        after: Option<&(StreamId, Digest)>,
        limit: usize,
    ) -> Result<Vec<(StreamId, Digest)>, Error>;

    /// Which contents are kept, after this one, in the order of their digests.
    ///
    /// # Errors
    ///
    /// Those of the trait.
    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobEntry>, Error>;

    /// A content by its digest.
    ///
    /// # Errors
    ///
    /// Those of the trait; [`Error::Corrupt`] where it is no longer what it was.
    fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error>;
}

/// What the chain says of a view last, and what is there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LastMark {
    /// The stream.
    pub stream: StreamId,
    /// The version of the stream and what its event says; `None` where no event speaks of a view.
    pub said: Option<(u64, ViewMark)>,
    /// What is there.
    pub found: Option<ViewRow>,
}

/// Joins what the chain says and what is there, both in the order of the streams and cut at the
/// same limit. Past the end of a side that was cut nothing is known yet.
pub(crate) fn join_marks(
    said: Vec<(StreamId, (u64, ViewMark))>,
    found: Vec<ViewRow>,
    limit: usize,
) -> Vec<LastMark> {
    let ends = [
        said.last().filter(|_| said.len() >= limit).map(|it| it.0.clone()),
        found.last().filter(|_| found.len() >= limit).map(|it| it.stream.clone()),
    ];
    let end = ends.into_iter().flatten().min();
    let mut marks: BTreeMap<StreamId, LastMark> = BTreeMap::new();
    let empty = |stream: &StreamId| LastMark { stream: stream.clone(), said: None, found: None };
    for (stream, it) in said {
        marks.entry(stream.clone()).or_insert_with(|| empty(&stream)).said = Some(it);
    }
    for row in found {
        let stream = row.stream.clone();
        marks.entry(stream.clone()).or_insert_with(|| empty(&stream)).found = Some(row);
    }
    marks.into_values().filter(|it| end.as_ref().is_none_or(|end| it.stream <= *end)).collect()
}
