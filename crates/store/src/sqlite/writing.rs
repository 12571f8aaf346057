//! Writing a group of batches in one transaction.

use super::{keys, reading, trouble};
use crate::anchor::AnchorFile;
use crate::chain::Head;
use crate::commit::Write;
use crate::digest::Digest;
use crate::error::{Error, Last};
use crate::event::Event;
use crate::name::StreamId;
use crate::part::Part;
use crate::plan::{Ground, Plan, Prepared, plan};
use crate::query::sql::{due, rank};
use crate::stored::{mark_bytes, micros, natural, number, time};
use crate::view::ViewRow;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};

/// The connection that writes.
#[derive(Debug)]
pub(crate) struct Writer {
    connection: Connection,
    anchor: AnchorFile,
    /// Whether the last records could not be written.
    is_hindered: bool,
}

impl Writer {
    pub(super) fn new(connection: Connection, anchor: AnchorFile) -> Self {
        Self { connection, anchor, is_hindered: false }
    }

    /// Whether records can be written. After some that could not, room for one is tried: a small
    /// write may still succeed on a disk that is full for a record.
    pub(super) fn probe(&mut self) -> Result<(), Error> {
        if !self.is_hindered {
            return self.direct(keys::touch);
        }
        self.direct(keys::fill)?;
        self.direct(keys::empty)?;
        self.is_hindered = false;
        Ok(())
    }

    /// Writes something that is not in the chain, in a transaction of its own.
    pub(super) fn direct<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let transaction = self.begin()?;
        let result = write(&transaction)?;
        transaction.commit().map_err(trouble("committing"))?;
        Ok(result)
    }

    /// Takes over a part of another store, which must follow on what is here.
    pub(super) fn import(&mut self, part: &Part) -> Result<(), Error> {
        let head = self.direct(|transaction| {
            let (head, at) = reading::head(transaction)?;
            let (head, at) = part.follow(head, at)?;
            let write = || {
                insert_events(transaction, &part.events)?;
                for row in &part.views {
                    put_view(transaction, row)?;
                }
                refer(transaction, &part.refs)?;
                move_head(transaction, &head, at)
            };
            write().map_err(trouble("taking over records"))?;
            Ok(head)
        })?;
        self.anchor.note(&head);
        Ok(())
    }

    fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(trouble("beginning to write"))
    }

    fn commit(&mut self, group: Vec<Prepared>) -> Result<Plan, Error> {
        let transaction = self.begin()?;
        let ground = ground(&transaction, &group)?;
        let plan = plan(ground, group);
        write(&transaction, &plan).map_err(trouble("writing"))?;
        transaction.commit().map_err(trouble("committing"))?;
        if !plan.events.is_empty() {
            self.anchor.note(&plan.head);
        }
        Ok(plan)
    }
}

impl Write for Writer {
    fn write(&mut self, group: Vec<Prepared>) -> Vec<Result<Vec<Event>, Error>> {
        let count = group.len();
        let committed = self.commit(group);
        self.is_hindered = committed.is_err();
        match committed {
            Ok(plan) => plan.answers(),
            Err(error) => (0..count).map(|_| Err(error.shared())).collect(),
        }
    }
}

fn ground(transaction: &Transaction<'_>, group: &[Prepared]) -> Result<Ground, Error> {
    let (head, at) = reading::head(transaction)?;
    let mut ground = Ground {
        head,
        at,
        streams: BTreeMap::new(),
        keys: BTreeMap::new(),
        blobs: BTreeSet::new(),
    };
    let streams: BTreeSet<&StreamId> = group.iter().flat_map(Prepared::streams).collect();
    for stream in streams {
        if let Some(last) = last(transaction, stream)? {
            ground.streams.insert(stream.clone(), last);
        }
    }
    let blobs: BTreeSet<&Digest> = group.iter().flat_map(Prepared::blobs).collect();
    for digest in blobs {
        if keys::has_blob(transaction, digest)? {
            ground.blobs.insert(*digest);
        }
    }
    let absent: BTreeSet<_> = group.iter().flat_map(Prepared::absent).collect();
    for (space, key) in absent {
        if let Some(expires) = keys::expires(transaction, space, key)? {
            ground.keys.insert((space.clone(), key.to_owned()), expires);
        }
    }
    Ok(ground)
}

fn last(transaction: &Transaction<'_>, stream: &StreamId) -> Result<Option<(u64, Last)>, Error> {
    let sql = "SELECT version, kind, actor, at FROM events \
               WHERE stream_kind = ?1 AND stream_id = ?2 ORDER BY version DESC LIMIT 1";
    let mut statement = transaction.prepare_cached(sql).map_err(trouble("reading a stream"))?;
    let read = |row: &rusqlite::Row<'_>| {
        let kind: String = row.get(1)?;
        Ok((row.get::<_, i64>(0)?, kind, row.get(2)?, row.get::<_, i64>(3)?))
    };
    let row = statement.query_row(params![stream.kind.as_str(), stream.id], read).optional();
    let Some((version, kind, actor, at)) = row.map_err(trouble("reading a stream"))? else {
        return Ok(None);
    };
    let at = time(at)?;
    let kind = kind.parse().map_err(Error::corrupt)?;
    Ok(Some((natural(version)?, Last { kind, actor, at })))
}

fn write(transaction: &Transaction<'_>, plan: &Plan) -> rusqlite::Result<()> {
    insert_events(transaction, &plan.events)?;
    for (stream, version) in &plan.erased {
        erase(transaction, stream, *version)?;
    }
    for row in plan.views.values() {
        put_view(transaction, row)?;
    }
    refer(transaction, &plan.blobs)?;
    for key in plan.keys.values() {
        keys::write(transaction, key)?;
    }
    if !plan.events.is_empty() {
        move_head(transaction, &plan.head, plan.at)?;
    }
    Ok(())
}

fn move_head(transaction: &Transaction<'_>, head: &Head, at: Timestamp) -> rusqlite::Result<()> {
    let sql = "UPDATE head SET seq = ?1, hash = ?2, at = ?3";
    let mut statement = transaction.prepare_cached(sql)?;
    statement.execute(params![number(head.seq), head.hash.as_bytes(), micros(at)])?;
    Ok(())
}

fn refer<'a>(
    transaction: &Transaction<'_>,
    refs: impl IntoIterator<Item = &'a (StreamId, Digest)>,
) -> rusqlite::Result<()> {
    let sql =
        "INSERT OR IGNORE INTO blob_refs (digest, stream_kind, stream_id) VALUES (?1, ?2, ?3)";
    let mut statement = transaction.prepare_cached(sql)?;
    for (stream, digest) in refs {
        statement.execute(params![digest.as_bytes(), stream.kind.as_str(), stream.id])?;
    }
    Ok(())
}

/// Removes what a stream said before a version: the bodies, the view, and contents that nobody
/// else refers to.
fn erase(transaction: &Transaction<'_>, stream: &StreamId, version: u64) -> rusqlite::Result<()> {
    let (kind, id) = (stream.kind.as_str(), &stream.id);
    let bodies = "UPDATE events SET body = NULL \
                  WHERE stream_kind = ?1 AND stream_id = ?2 AND version < ?3";
    transaction.execute(bodies, params![kind, id, number(version)])?;
    let words = "DELETE FROM view_words \
                 WHERE rowid IN (SELECT n FROM views WHERE kind = ?1 AND id = ?2)";
    if transaction.execute(words, params![kind, id])? > 0 {
        // Deleted words stay in the index until its parts are merged; erased ones must not.
        let merge = "INSERT INTO view_words (view_words) VALUES ('optimize')";
        transaction.execute(merge, [])?;
    }
    transaction.execute("DELETE FROM views WHERE kind = ?1 AND id = ?2", params![kind, id])?;
    let contents = "DELETE FROM blobs WHERE digest IN \
                    (SELECT digest FROM blob_refs WHERE stream_kind = ?1 AND stream_id = ?2) \
                    AND NOT EXISTS (SELECT 1 FROM blob_refs other \
                      WHERE other.digest = blobs.digest \
                      AND (other.stream_kind, other.stream_id) <> (?1, ?2))";
    transaction.execute(contents, params![kind, id])?;
    let refs = "DELETE FROM blob_refs WHERE stream_kind = ?1 AND stream_id = ?2";
    transaction.execute(refs, params![kind, id])?;
    Ok(())
}

pub(super) fn insert_events(
    transaction: &Transaction<'_>,
    events: &[Event],
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO events (seq, stream_kind, stream_id, version, kind, at, clock_back, actor, \
         view, body_digest, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for event in events {
        insert.execute(params![
            number(event.seq),
            event.stream.kind.as_str(),
            event.stream.id,
            number(event.version),
            event.kind.as_str(),
            micros(event.at),
            event.clock_back,
            event.actor,
            mark_bytes(&event.view),
            event.body_digest.as_bytes(),
            event.hash.as_bytes(),
            event.body.as_ref().map(String::as_bytes),
        ])?;
    }
    Ok(())
}

pub(super) fn put_view(transaction: &Transaction<'_>, row: &ViewRow) -> rusqlite::Result<()> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO views (kind, id, version, seq, first, at, title, state, assignee, rank, due, \
         outcome, text, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, seq = excluded.seq, \
         at = excluded.at, title = excluded.title, state = excluded.state, \
         assignee = excluded.assignee, rank = excluded.rank, due = excluded.due, \
         outcome = excluded.outcome, text = excluded.text, data = excluded.data \
         RETURNING n",
    )?;
    let view = &row.view;
    let kind = row.stream.kind.as_str();
    let n: i64 = put.query_row(
        params![
            kind,
            row.stream.id,
            number(row.version),
            number(row.seq),
            number(row.first),
            micros(row.at),
            view.title,
            view.state,
            view.assignee,
            rank(view.priority),
            due(view.due),
            view.outcome,
            view.text,
            view.data,
        ],
        |row| row.get(0),
    )?;
    // A view that was there has labels and words of its own.
    if row.version > 1 {
        transaction.prepare_cached("DELETE FROM view_labels WHERE n = ?1")?.execute([n])?;
        transaction.prepare_cached("DELETE FROM view_words WHERE rowid = ?1")?.execute([n])?;
    }
    let mut label = transaction
        .prepare_cached("INSERT INTO view_labels (kind, label, n) VALUES (?1, ?2, ?3)")?;
    for it in &view.labels {
        label.execute(params![kind, it, n])?;
    }
    let words = view.words();
    if !words.is_empty() {
        let sql = "INSERT INTO view_words (rowid, words) VALUES (?1, ?2)";
        transaction.prepare_cached(sql)?.execute(params![n, words])?;
    }
    Ok(())
}
