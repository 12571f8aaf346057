//! Reading the chain and the views.

use super::trouble;
use crate::chain::Head;
use crate::digest::Digest;
use crate::error::Error;
use crate::event::Event;
use crate::frozen::{LastMark, join_marks};
use crate::name::{Kind, StreamId};
use crate::query::sql::{
    Bound, COLUMNS, Dialect, Sql, cursor, day, limit, priority, standing_holds,
};
use crate::query::{Page, ViewQuery};
use crate::stored::{self, count, digest, mark, natural, number, time};
use crate::view::{View, ViewRow};
use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

const EVENT: &str = "seq, stream_kind, stream_id, version, kind, at, clock_back, actor, view, \
                     body_digest, hash, body";

/// Where the chain ends, and when its last event happened.
pub(super) fn head(connection: &Connection) -> Result<(Head, Timestamp), Error> {
    let during = trouble("reading the head of the chain");
    let mut statement =
        connection.prepare_cached("SELECT seq, hash, at FROM head").map_err(during)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?));
    let row = statement.query_row([], read).optional().map_err(during)?;
    let (seq, hash, at) = row.ok_or_else(|| Error::corrupt("the head of the chain is missing"))?;
    Ok((Head { seq: natural(seq)?, hash: digest(&hash)? }, time(at)?))
}

/// The hash of an event, where it is there.
pub(super) fn hash(connection: &Connection, seq: u64) -> Result<Option<Digest>, Error> {
    let sql = "SELECT hash FROM events WHERE seq = ?1";
    let read = |row: &Row<'_>| row.get::<_, Vec<u8>>(0);
    let hash = connection.query_row(sql, [number(seq)], read).optional();
    hash.map_err(trouble("reading the chain"))?.map(|it| digest(&it)).transpose()
}

pub(super) fn events(
    connection: &Connection,
    after: u64,
    limit: usize,
) -> Result<Vec<Event>, Error> {
    let sql = format!("SELECT {EVENT} FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    let limit = count(limit);
    collect(connection, &sql, params![number(after), limit], event)
}

pub(super) fn stream(
    connection: &Connection,
    stream: &StreamId,
    after: u64,
) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "SELECT {EVENT} FROM events \
         WHERE stream_kind = ?1 AND stream_id = ?2 AND version > ?3 ORDER BY version"
    );
    let which = params![stream.kind.as_str(), stream.id, number(after)];
    collect(connection, &sql, which, event)
}

pub(super) fn events_of(
    connection: &Connection,
    kind: &Kind,
    after: u64,
    limit: usize,
) -> Result<Vec<Event>, Error> {
    // In the order of the chain, by whose number the rows lie: the index of streams would sort them.
    let sql = format!(
        "SELECT {EVENT} FROM events WHERE +stream_kind = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"
    );
    collect(connection, &sql, params![kind.as_str(), number(after), count(limit)], event)
}

pub(super) fn holds(
    connection: &Connection,
    after: u64,
    limit: usize,
) -> Result<Vec<Event>, Error> {
    collect(connection, &standing_holds(EVENT), params![number(after), count(limit)], event)
}

fn collect<T>(
    connection: &Connection,
    sql: &str,
    which: impl rusqlite::Params,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<Result<T, Error>>,
) -> Result<Vec<T>, Error> {
    let during = trouble("reading");
    let mut statement = connection.prepare_cached(sql).map_err(during)?;
    let rows = statement.query_map(which, |row| read(row)).map_err(during)?;
    rows.map(|it| it.map_err(during).flatten()).collect()
}

fn event(row: &Row<'_>) -> rusqlite::Result<Result<Event, Error>> {
    let (seq, version, at): (i64, i64, i64) = (row.get(0)?, row.get(3)?, row.get(5)?);
    let (stream_kind, kind): (String, String) = (row.get(1)?, row.get(4)?);
    let (id, actor, clock_back) = (row.get(2)?, row.get(7)?, row.get(6)?);
    let (view, body): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(8)?, row.get(11)?);
    let (body_digest, hash): (Vec<u8>, Vec<u8>) = (row.get(9)?, row.get(10)?);
    let event = || {
        Ok(Event {
            seq: natural(seq)?,
            stream: StreamId { kind: stream_kind.parse().map_err(Error::corrupt)?, id },
            version: natural(version)?,
            kind: kind.parse().map_err(Error::corrupt)?,
            at: time(at)?,
            clock_back,
            actor,
            view: mark(view.as_deref())?,
            body_digest: digest(&body_digest)?,
            body: body.map(stored::body).transpose()?,
            hash: digest(&hash)?,
        })
    };
    Ok(event())
}

/// Which streams refer to which contents, after one of them.
pub(super) fn refs(
    connection: &Connection,
    after: Option<&(StreamId, Digest)>,
    limit: usize,
) -> Result<Vec<(StreamId, Digest)>, Error> {
    let sql = "SELECT stream_kind, stream_id, digest FROM blob_refs \
               WHERE (stream_kind, stream_id, digest) > (?1, ?2, ?3) \
               ORDER BY stream_kind, stream_id, digest LIMIT ?4";
    let (kind, id) = after.map_or(("", ""), |it| (it.0.kind.as_str(), it.0.id.as_str()));
    let bytes = after.map_or(&[][..], |it| it.1.as_bytes());
    let limit = count(limit);
    let read = |row: &Row<'_>| {
        let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
        let bytes: Vec<u8> = row.get(2)?;
        let found = || {
            let stream = StreamId { kind: kind.parse().map_err(Error::corrupt)?, id };
            Ok((stream, digest(&bytes)?))
        };
        Ok(found())
    };
    collect(connection, sql, params![kind, id, bytes, limit], read)
}

/// A view with the number of its row, by which its labels are found.
fn row(row: &Row<'_>) -> rusqlite::Result<Result<(i64, ViewRow), Error>> {
    let n = row.get(0)?;
    let kind: String = row.get(1)?;
    let id = row.get(2)?;
    let (version, seq, first, at): (i64, i64, i64, i64) =
        (row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
    let view = View {
        title: row.get(7)?,
        state: row.get(8)?,
        assignee: row.get(9)?,
        priority: priority(row.get(10)?),
        due: day(row.get(11)?),
        outcome: row.get(12)?,
        labels: BTreeSet::new(),
        text: row.get(13)?,
        data: row.get(14)?,
    };
    let found = || {
        Ok((
            n,
            ViewRow {
                stream: StreamId { kind: kind.parse().map_err(Error::corrupt)?, id },
                version: natural(version)?,
                seq: natural(seq)?,
                first: natural(first)?,
                at: time(at)?,
                view,
            },
        ))
    };
    Ok(found())
}

fn labeled(connection: &Connection, rows: Vec<(i64, ViewRow)>) -> Result<Vec<ViewRow>, Error> {
    let sql = "SELECT label FROM view_labels WHERE n = ?1";
    let with = |(n, mut row): (i64, ViewRow)| {
        let labels = collect(connection, sql, [n], |it| Ok(Ok(it.get::<_, String>(0)?)))?;
        row.view.labels.extend(labels);
        Ok(row)
    };
    rows.into_iter().map(with).collect()
}

pub(super) fn view(connection: &Connection, stream: &StreamId) -> Result<Option<ViewRow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM views v WHERE v.kind = ?1 AND v.id = ?2");
    let which = params![stream.kind.as_str(), stream.id];
    let rows = collect(connection, &sql, which, row)?;
    Ok(labeled(connection, rows)?.pop())
}

impl ToSql for Bound {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Number(number) => ValueRef::Integer(*number),
        }))
    }
}

pub(super) fn views(connection: &Connection, query: &ViewQuery) -> Result<Page, Error> {
    let sql = Sql::page(query, Dialect::Sqlite)?;
    let mut rows = collect(connection, &sql.text, params_from_iter(&sql.bound), row)?;
    let more = rows.len() > limit(query);
    rows.truncate(limit(query));
    let rows = labeled(connection, rows)?;
    let next = rows.last().filter(|_| more).map(|it| cursor(query.order, it));
    Ok(Page { rows, next })
}

pub(super) fn counts(
    connection: &Connection,
    query: &ViewQuery,
) -> Result<BTreeMap<String, u64>, Error> {
    let sql = Sql::counts(query, Dialect::Sqlite);
    let read = |row: &Row<'_>| {
        let (state, count): (String, i64) = (row.get(0)?, row.get(1)?);
        Ok(natural(count).map(|count| (state, count)))
    };
    let counts = collect(connection, &sql.text, params_from_iter(&sql.bound), read)?;
    Ok(counts.into_iter().collect())
}

pub(super) fn last_marks(
    connection: &Connection,
    after: Option<&StreamId>,
    limit: usize,
) -> Result<Vec<LastMark>, Error> {
    let (kind, id) = after.map_or(("", ""), |it| (it.kind.as_str(), it.id.as_str()));
    let limit = count(limit);
    let said = "SELECT e.stream_kind, e.stream_id, e.version, e.view FROM events e \
         WHERE (e.stream_kind, e.stream_id) > (?1, ?2) AND e.view IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM events later WHERE later.stream_kind = e.stream_kind \
           AND later.stream_id = e.stream_id AND later.version > e.version \
           AND later.view IS NOT NULL) \
         ORDER BY e.stream_kind, e.stream_id LIMIT ?3";
    let read = |row: &Row<'_>| {
        let (kind, id, version): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let view: Option<Vec<u8>> = row.get(3)?;
        let said = || {
            let stream = StreamId { kind: kind.parse().map_err(Error::corrupt)?, id };
            Ok((stream, (natural(version)?, mark(view.as_deref())?)))
        };
        Ok(said())
    };
    let said = collect(connection, said, params![kind, id, limit], read)?;
    let found = format!(
        "SELECT {COLUMNS} FROM views v WHERE (v.kind, v.id) > (?1, ?2) \
         ORDER BY v.kind, v.id LIMIT ?3"
    );
    let found = collect(connection, &found, params![kind, id, limit], row)?;
    let found = labeled(connection, found)?;
    Ok(join_marks(said, found, usize::try_from(limit).unwrap_or(usize::MAX)))
}
