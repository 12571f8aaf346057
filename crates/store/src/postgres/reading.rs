//! Reading the chain and the views.

use super::link::{Link, misread};
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
use crate::stored::{body, count, digest, mark, natural, number, time};
use crate::view::{View, ViewRow};
use ::postgres::Row;
use ::postgres::types::{FromSql, ToSql};
use jiff::Timestamp;
use std::collections::BTreeMap;

const EVENT: &str = "seq, stream_kind, stream_id, version, kind, at, clock_back, actor, view, \
                     body_digest, hash, body";

fn column<'a, T: FromSql<'a>>(row: &'a Row, place: usize) -> Result<T, Error> {
    row.try_get(place).map_err(misread)
}

fn stream_of(row: &Row, place: usize) -> Result<StreamId, Error> {
    let kind: &str = column(row, place)?;
    Ok(StreamId { kind: kind.parse().map_err(Error::corrupt)?, id: column(row, place + 1)? })
}

/// Where the chain ends, and when its last event happened.
pub(super) fn head(link: &mut Link) -> Result<(Head, Timestamp), Error> {
    head_by(link, "SELECT seq, hash, at FROM head")
}

/// The same, and nobody else writes until this transaction is over.
pub(super) fn lock(link: &mut Link) -> Result<(Head, Timestamp), Error> {
    head_by(link, "SELECT seq, hash, at FROM head FOR UPDATE")
}

fn head_by(link: &mut Link, sql: &str) -> Result<(Head, Timestamp), Error> {
    let row = link.row("reading the head of the chain", sql, &[])?;
    let row = row.ok_or_else(|| Error::corrupt("the head of the chain is missing"))?;
    let head = Head { seq: natural(column(&row, 0)?)?, hash: digest(column(&row, 1)?)? };
    Ok((head, time(column(&row, 2)?)?))
}

/// The hash of an event, where it is there.
pub(super) fn hash(link: &mut Link, seq: u64) -> Result<Option<Digest>, Error> {
    let sql = "SELECT hash FROM events WHERE seq = $1";
    let row = link.row("reading the chain", sql, &[&number(seq)])?;
    row.map(|it| digest(column(&it, 0)?)).transpose()
}

pub(super) fn events(link: &mut Link, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
    let sql = format!("SELECT {EVENT} FROM events WHERE seq > $1 ORDER BY seq LIMIT $2");
    let rows = link.rows("reading the chain", &sql, &[&number(after), &count(limit)])?;
    rows.iter().map(event).collect()
}

pub(super) fn stream(link: &mut Link, stream: &StreamId, after: u64) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "SELECT {EVENT} FROM events \
         WHERE stream_kind = $1 AND stream_id = $2 AND version > $3 ORDER BY version"
    );
    // No stream has a name with this character, and the server does not take it.
    if stream.id.contains('\0') {
        return Ok(Vec::new());
    }
    let which: [&(dyn ToSql + Sync); 3] = [&stream.kind.as_str(), &stream.id, &number(after)];
    link.rows("reading a stream", &sql, &which)?.iter().map(event).collect()
}

pub(super) fn events_of(
    link: &mut Link,
    kind: &Kind,
    after: u64,
    limit: usize,
) -> Result<Vec<Event>, Error> {
    let sql = format!(
        "SELECT {EVENT} FROM events WHERE stream_kind = $1 AND seq > $2 ORDER BY seq LIMIT $3"
    );
    let which: [&(dyn ToSql + Sync); 3] = [&kind.as_str(), &number(after), &count(limit)];
    link.rows("reading the chain", &sql, &which)?.iter().map(event).collect()
}

pub(super) fn holds(link: &mut Link, after: u64, limit: usize) -> Result<Vec<Event>, Error> {
    let which: [&(dyn ToSql + Sync); 2] = [&number(after), &count(limit)];
    let rows = link.rows("reading what is held", &standing_holds(EVENT), &which)?;
    rows.iter().map(event).collect()
}

fn event(row: &Row) -> Result<Event, Error> {
    let kind: &str = column(row, 4)?;
    let text: Option<Vec<u8>> = column(row, 11)?;
    Ok(Event {
        seq: natural(column(row, 0)?)?,
        stream: stream_of(row, 1)?,
        version: natural(column(row, 3)?)?,
        kind: kind.parse().map_err(Error::corrupt)?,
        at: time(column(row, 5)?)?,
        clock_back: column(row, 6)?,
        actor: column(row, 7)?,
        view: mark(column(row, 8)?)?,
        body_digest: digest(column(row, 9)?)?,
        hash: digest(column(row, 10)?)?,
        body: text.map(body).transpose()?,
    })
}

fn view_row(row: &Row) -> Result<ViewRow, Error> {
    let labels: Vec<String> = column(row, 15)?;
    Ok(ViewRow {
        stream: stream_of(row, 1)?,
        version: natural(column(row, 3)?)?,
        seq: natural(column(row, 4)?)?,
        first: natural(column(row, 5)?)?,
        at: time(column(row, 6)?)?,
        view: View {
            title: column(row, 7)?,
            state: column(row, 8)?,
            assignee: column(row, 9)?,
            priority: priority(column(row, 10)?),
            due: day(column(row, 11)?),
            outcome: column(row, 12)?,
            labels: labels.into_iter().collect(),
            text: column(row, 13)?,
            data: column(row, 14)?,
        },
    })
}

pub(super) fn view(link: &mut Link, stream: &StreamId) -> Result<Option<ViewRow>, Error> {
    if stream.id.contains('\0') {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS}, v.labels FROM views v WHERE v.kind = $1 AND v.id = $2");
    let row = link.row("reading a view", &sql, &[&stream.kind.as_str(), &stream.id])?;
    row.as_ref().map(view_row).transpose()
}

fn bound(sql: &Sql) -> Vec<&(dyn ToSql + Sync)> {
    sql.bound.iter().map(value).collect()
}

fn value(bound: &Bound) -> &(dyn ToSql + Sync) {
    match bound {
        Bound::Text(text) => text,
        Bound::Number(number) => number,
    }
}

pub(super) fn views(link: &mut Link, query: &ViewQuery) -> Result<Page, Error> {
    let sql = Sql::page(query, Dialect::Postgres)?;
    let rows = link.rows("reading views", &sql.text, &bound(&sql))?;
    let more = rows.len() > limit(query);
    let rows: Vec<ViewRow> =
        rows.iter().take(limit(query)).map(view_row).collect::<Result<_, _>>()?;
    let next = rows.last().filter(|_| more).map(|it| cursor(query.order, it));
    Ok(Page { rows, next })
}

pub(super) fn counts(link: &mut Link, query: &ViewQuery) -> Result<BTreeMap<String, u64>, Error> {
    let sql = Sql::counts(query, Dialect::Postgres);
    let rows = link.rows("counting views", &sql.text, &bound(&sql))?;
    rows.iter().map(|it| Ok((column(it, 0)?, natural(column(it, 1)?)?))).collect()
}

pub(super) fn last_marks(
    link: &mut Link,
    after: Option<&StreamId>,
    limit: usize,
) -> Result<Vec<LastMark>, Error> {
    let (kind, id) = after.map_or(("", ""), |it| (it.kind.as_str(), it.id.as_str()));
    let most = count(limit);
    let which: [&(dyn ToSql + Sync); 3] = [&kind, &id, &most];
    let said = "SELECT DISTINCT ON (stream_kind, stream_id) stream_kind, stream_id, version, view \
                FROM events WHERE (stream_kind, stream_id) > ($1, $2) AND view IS NOT NULL \
                ORDER BY stream_kind, stream_id, version DESC LIMIT $3";
    let said = link.rows("reading what the chain says of views", said, &which)?;
    let said = said.iter().map(|row| {
        let said = (natural(column(row, 2)?)?, mark(column(row, 3)?)?);
        Ok((stream_of(row, 0)?, said))
    });
    let said = said.collect::<Result<_, Error>>()?;
    let found = format!(
        "SELECT {COLUMNS}, v.labels FROM views v WHERE (v.kind, v.id) > ($1, $2) \
         ORDER BY v.kind, v.id LIMIT $3"
    );
    let found = link.rows("reading views", &found, &which)?;
    let found = found.iter().map(view_row).collect::<Result<_, _>>()?;
    Ok(join_marks(said, found, limit))
}

/// Which streams refer to which contents, after one of them.
pub(super) fn refs(
    link: &mut Link,
    after: Option<&(StreamId, Digest)>,
    limit: usize,
) -> Result<Vec<(StreamId, Digest)>, Error> {
    let sql = "SELECT stream_kind, stream_id, digest FROM blob_refs \
               WHERE (stream_kind, stream_id, digest) > ($1, $2, $3) \
               ORDER BY stream_kind, stream_id, digest LIMIT $4";
    let (kind, id) = after.map_or(("", ""), |it| (it.0.kind.as_str(), it.0.id.as_str()));
    let bytes = after.map_or(&[][..], |it| it.1.as_bytes());
    let which: [&(dyn ToSql + Sync); 4] = [&kind, &id, &bytes, &count(limit)];
    let rows = link.rows("listing references", sql, &which)?;
    rows.iter().map(|it| Ok((stream_of(it, 0)?, digest(column(it, 2)?)?))).collect()
}
