//! A decision on a match is one for every case of the party: each that is not closed is decided
//! again when it was made.
//!
//! That it is due is written along with the decision, so that nothing is forgotten where a server
//! stops. Some cases are decided by the request that brought the decision, the rest by the watch.

use super::super::fault::Fault;
use super::super::permission::Actor;
use super::super::remembered::{DUE, Due};
use super::{Cases, On};
use jiff::Timestamp;
use store::case::{CASE, Cause, row};
use store::{Cursor, KeyEntry, KeyWrite, Order, ViewQuery};

/// How many cases are decided again before the place is written down.
const AT_A_TIME: usize = 20;

impl Cases<'_> {
    /// Decides some of the cases again that decisions on matches are about. What fails is left to
    /// the watch: the decision itself is written.
    pub(crate) fn follow(&self, now: Timestamp) {
        drop(self.follow_some(now));
    }

    /// The same, for whoever tries again; whether there is more to do.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn follow_some(&self, now: Timestamp) -> Result<bool, Fault> {
        let mut left = AT_A_TIME;
        for entry in self.store.keys(&DUE, "", AT_A_TIME, now)? {
            if left == 0 {
                return Ok(true);
            }
            left = left.saturating_sub(self.follow_one(&entry, left, now)?.max(1));
        }
        Ok(!self.store.keys(&DUE, "", 1, now)?.is_empty())
    }

    /// Decides cases of one party again, and says how many.
    fn follow_one(&self, entry: &KeyEntry, most: usize, now: Timestamp) -> Result<usize, Fault> {
        let due: Due = serde_json::from_slice(&entry.value)?;
        let after = due.after.as_deref().map(str::parse::<Cursor>).transpose();
        let page = self.store.views(&ViewQuery {
            labels: vec![row::WATCHED.to_owned()],
            text: due.party.clone(),
            order: Order::Oldest,
            after: after.map_err(|it| Fault::Inside(it.to_string()))?,
            limit: most,
            ..ViewQuery::of(CASE)
        })?;
        let actor = Actor::system("watch");
        for row in &page.rows {
            let on = On { id: &row.stream.id, actor: &actor, at: now, expected: None };
            // Another fault is left: it is decided again when something is to leave.
            if let Err(fault @ Fault::Store(store::Error::Unavailable { .. })) =
                self.watch(on, Cause::Decisions)
            {
                return Err(fault);
            }
        }
        let key = entry.key.clone();
        self.store.put(match page.next {
            None => KeyWrite::remove(DUE, key),
            Some(next) => {
                let due = Due { after: Some(next.to_string()), ..due };
                KeyWrite::put(DUE, key, serde_json::to_vec(&due)?, None)
            }
        })?;
        Ok(page.rows.len())
    }
}
