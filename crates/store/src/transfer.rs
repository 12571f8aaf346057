//! Records from one store into another, whatever their backends.

use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::frozen::Frozen;
use crate::name::StreamId;
use crate::part::Part;
use crate::store::Store;

/// So many rows are read and written at once.
const PAGE: usize = 500;

/// Takes all records over into an empty store, and says where the chain ends. `progress` is told
/// how many events of how many were taken over.
///
/// # Errors
///
/// [`Error::Refused`] where the store is not empty; [`Error::Corrupt`] where the records are not
/// what was written. What was taken over by then stays: begin again with another empty store.
pub fn transfer(
    from: &dyn Frozen,
    to: &dyn Store,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Head, Error> {
    if to.head()? != Head::START {
        return Err(Error::refused("there are records already: restore into an empty store"));
    }
    let head = from.head()?;
    contents(from, to)?;
    let mut after = 0;
    loop {
        let events = from.events(after, PAGE)?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        to.import(&Part { events, ..Part::default() })?;
        progress(after, head.seq);
    }
    let mut after: Option<StreamId> = None;
    loop {
        let marks = from.last_marks(after.as_ref(), PAGE)?;
        let Some(last) = marks.last() else { break };
        after = Some(last.stream.clone());
        let views = marks.into_iter().filter_map(|it| it.found).collect();
        to.import(&Part { views, ..Part::default() })?;
    }
    let mut after: Option<(StreamId, Digest)> = None;
    loop {
        let refs = from.refs(after.as_ref(), PAGE)?;
        let Some(last) = refs.last() else { break };
        after = Some(last.clone());
        to.import(&Part { refs, ..Part::default() })?;
    }
    let end = to.head()?;
    if end == head {
        Ok(head)
    } else {
        let (end, said) = (end.seq, head.seq);
        Err(Error::corrupt(format!("the chain ends at event {end}, and its head says {said}")))
    }
}

fn contents(from: &dyn Frozen, to: &dyn Store) -> Result<(), Error> {
    let mut after: Option<Digest> = None;
    loop {
        let page = from.blobs(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.digest);
        for entry in page {
            if let Some(bytes) = from.blob(&entry.digest)? {
                to.put_blob(&bytes)?;
            }
        }
    }
}
