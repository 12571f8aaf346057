//! Writing a group of batches in one transaction.
//!
//! Every statement takes a whole group as arrays, so that a group costs a handful of round trips
//! however large it is.

use super::link::{Link, Server};
use super::{keys, reading};
use crate::anchor::AnchorFile;
use crate::batch::KeyWrite;
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
use std::collections::{BTreeMap, BTreeSet};

const WRITING: &str = "writing";

/// The connection that writes.
#[derive(Debug)]
pub(crate) struct Writer {
    server: Server,
    link: Option<Link>,
    anchor: Option<AnchorFile>,
}

impl Writer {
    pub(super) fn new(server: Server, link: Link, anchor: Option<AnchorFile>) -> Self {
        Self { server, link: Some(link), anchor }
    }

    /// Writes in a transaction, over a connection that works.
    pub(super) fn direct<T>(
        &mut self,
        write: impl FnOnce(&mut Link) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut link = self.begin()?;
        let result = link.finish(write);
        self.link = Some(link).filter(|it| !it.is_gone());
        result
    }

    /// A connection with a transaction begun: a new one where the old one broke.
    fn begin(&mut self) -> Result<Link, Error> {
        if let Some(mut link) = self.link.take()
            && link.begin().is_ok()
        {
            return Ok(link);
        }
        let mut link = self.server.link()?;
        link.begin()?;
        Ok(link)
    }

    fn commit(&mut self, group: Vec<Prepared>) -> Result<Plan, Error> {
        let plan = self.direct(|link| {
            let ground = ground(link, &group)?;
            let plan = plan(ground, group);
            write(link, &plan)?;
            Ok(plan)
        })?;
        if !plan.events.is_empty() {
            self.note(&plan.head);
        }
        Ok(plan)
    }

    /// Takes over a part of another store, which must follow on what is here.
    pub(super) fn import(&mut self, part: &Part) -> Result<(), Error> {
        let head = self.direct(|link| {
            let (head, at) = reading::lock(link)?;
            let (head, at) = part.follow(head, at)?;
            insert_events(link, &part.events)?;
            put_views(link, part.views.iter())?;
            refer(link, part.refs.iter())?;
            move_head(link, &head, at)?;
            Ok(head)
        })?;
        self.note(&head);
        Ok(())
    }

    fn note(&mut self, head: &Head) {
        if let Some(anchor) = &mut self.anchor {
            anchor.note(head);
        }
    }
}

impl Write for Writer {
    fn write(&mut self, group: Vec<Prepared>) -> Vec<Result<Vec<Event>, Error>> {
        let count = group.len();
        match self.commit(group) {
            Ok(plan) => plan.answers(),
            Err(error) => (0..count).map(|_| Err(error.shared())).collect(),
        }
    }
}

fn ground(link: &mut Link, group: &[Prepared]) -> Result<Ground, Error> {
    let streams: BTreeSet<&StreamId> = group.iter().flat_map(Prepared::streams).collect();
    let absent: BTreeSet<_> = group.iter().flat_map(Prepared::absent).collect();
    let blobs: BTreeSet<&Digest> = group.iter().flat_map(Prepared::blobs).collect();
    // Keys that are only put go in any order with what other servers write.
    let (head, at) = if streams.is_empty() && absent.is_empty() {
        (Head::START, Timestamp::MIN)
    } else {
        reading::lock(link)?
    };
    Ok(Ground {
        head,
        at,
        streams: last(link, &streams)?,
        keys: keys::expiries(link, &absent)?,
        blobs: keys::kept(link, &blobs)?,
    })
}

fn last(
    link: &mut Link,
    streams: &BTreeSet<&StreamId>,
) -> Result<BTreeMap<StreamId, (u64, Last)>, Error> {
    if streams.is_empty() {
        return Ok(BTreeMap::new());
    }
    let kinds: Vec<&str> = streams.iter().map(|it| it.kind.as_str()).collect();
    let ids: Vec<&str> = streams.iter().map(|it| it.id.as_str()).collect();
    let sql = "SELECT s.kind, s.id, e.version, e.kind, e.actor, e.at \
               FROM unnest($1::text[], $2::text[]) AS s (kind, id) CROSS JOIN LATERAL \
                 (SELECT version, kind, actor, at FROM events \
                  WHERE stream_kind = s.kind AND stream_id = s.id \
                  ORDER BY version DESC LIMIT 1) e";
    let rows = link.rows("reading streams", sql, &[&kinds, &ids])?;
    let found = rows.iter().map(|row| {
        let kind = |place| row.get::<_, &str>(place).parse().map_err(Error::corrupt);
        let stream = StreamId { kind: kind(0)?, id: row.get(1) };
        let last = Last { kind: kind(3)?, actor: row.get(4), at: time(row.get(5))? };
        Ok((stream, (natural(row.get(2))?, last)))
    });
    found.collect()
}

fn write(link: &mut Link, plan: &Plan) -> Result<(), Error> {
    insert_events(link, &plan.events)?;
    for (stream, version) in &plan.erased {
        erase(link, stream, *version)?;
    }
    put_views(link, plan.views.values())?;
    refer(link, plan.blobs.iter())?;
    let (puts, removals): (Vec<&KeyWrite>, Vec<&KeyWrite>) =
        plan.keys.values().partition(|it| it.value.is_some());
    keys::put(link, &puts)?;
    keys::remove(link, &removals)?;
    if !plan.events.is_empty() {
        move_head(link, &plan.head, plan.at)?;
    }
    Ok(())
}

fn move_head(link: &mut Link, head: &Head, at: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE head SET seq = $1, hash = $2, at = $3";
    let hash: &[u8] = head.hash.as_bytes();
    link.write(WRITING, sql, &[&number(head.seq), &hash, &micros(at)]).map(drop)
}

fn insert_events(link: &mut Link, events: &[Event]) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let column = |it: fn(&Event) -> i64| events.iter().map(it).collect::<Vec<i64>>();
    let texts = |it: fn(&Event) -> &str| events.iter().map(it).collect::<Vec<&str>>();
    let bytes = |it: fn(&Event) -> &[u8]| events.iter().map(it).collect::<Vec<&[u8]>>();
    let backs: Vec<bool> = events.iter().map(|it| it.clock_back).collect();
    let views: Vec<Option<&[u8]>> = events.iter().map(|it| mark_bytes(&it.view)).collect();
    let bodies: Vec<Option<&[u8]>> =
        events.iter().map(|it| it.body.as_ref().map(String::as_bytes)).collect();
    let sql = "INSERT INTO events (seq, stream_kind, stream_id, version, kind, at, clock_back, \
                 actor, view, body_digest, hash, body) \
               SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], \
                 $5::text[], $6::bigint[], $7::boolean[], $8::text[], $9::bytea[], $10::bytea[], \
                 $11::bytea[], $12::bytea[])";
    let count = link.write(
        WRITING,
        sql,
        &[
            &column(|it| number(it.seq)),
            &texts(|it| it.stream.kind.as_str()),
            &texts(|it| &it.stream.id),
            &column(|it| number(it.version)),
            &texts(|it| it.kind.as_str()),
            &column(|it| micros(it.at)),
            &backs,
            &texts(|it| &it.actor),
            &views,
            &bytes(|it| it.body_digest.as_bytes()),
            &bytes(|it| it.hash.as_bytes()),
            &bodies,
        ],
    )?;
    debug_assert_eq!(count, events.len() as u64);
    Ok(())
}

/// What stands between labels on their way to the server: no label has it (see `View::cleaned`).
const BETWEEN: &str = "\u{1f}";

fn put_views<'a>(link: &mut Link, rows: impl Iterator<Item = &'a ViewRow>) -> Result<(), Error> {
    let rows: Vec<&ViewRow> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let numbers = |it: fn(&ViewRow) -> i64| rows.iter().map(|row| it(row)).collect::<Vec<i64>>();
    let texts = |it: fn(&ViewRow) -> &str| rows.iter().map(|row| it(row)).collect::<Vec<&str>>();
    let options = |it: fn(&ViewRow) -> Option<&str>| {
        rows.iter().map(|row| it(row)).collect::<Vec<Option<&str>>>()
    };
    let labels: Vec<String> = rows
        .iter()
        .map(|it| it.view.labels.iter().map(String::as_str).collect::<Vec<_>>().join(BETWEEN))
        .collect();
    let words: Vec<String> = rows.iter().map(|it| it.view.words()).collect();
    let sql = "INSERT INTO views (kind, id, version, seq, first, at, title, state, assignee, rank, \
                 due, outcome, text, data, labels, words) \
               SELECT kind, id, version, seq, first, at, title, state, assignee, rank, due, \
                 outcome, text, data, string_to_array(labels, chr(31)), \
                 array_to_tsvector(string_to_array(words, ' ')) \
               FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], \
                 $6::bigint[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], \
                 $12::text[], $13::text[], $14::text[], $15::text[], $16::text[]) \
                 AS r (kind, id, version, seq, first, at, title, state, assignee, rank, due, \
                 outcome, text, data, labels, words) \
               ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, \
                 seq = excluded.seq, at = excluded.at, title = excluded.title, \
                 state = excluded.state, assignee = excluded.assignee, rank = excluded.rank, \
                 due = excluded.due, outcome = excluded.outcome, text = excluded.text, \
                 data = excluded.data, labels = excluded.labels, words = excluded.words";
    link.write(
        WRITING,
        sql,
        &[
            &texts(|it| it.stream.kind.as_str()),
            &texts(|it| &it.stream.id),
            &numbers(|it| number(it.version)),
            &numbers(|it| number(it.seq)),
            &numbers(|it| number(it.first)),
            &numbers(|it| micros(it.at)),
            &texts(|it| &it.view.title),
            &texts(|it| &it.view.state),
            &options(|it| it.view.assignee.as_deref()),
            &numbers(|it| rank(it.view.priority)),
            &numbers(|it| due(it.view.due)),
            &options(|it| it.view.outcome.as_deref()),
            &texts(|it| &it.view.text),
            &texts(|it| &it.view.data),
            &labels,
            &words,
        ],
    )
    .map(drop)
}

fn refer<'a>(
    link: &mut Link,
    refs: impl Iterator<Item = &'a (StreamId, Digest)>,
) -> Result<(), Error> {
    let refs: Vec<_> = refs.collect();
    if refs.is_empty() {
        return Ok(());
    }
    let kinds: Vec<&str> = refs.iter().map(|it| it.0.kind.as_str()).collect();
    let ids: Vec<&str> = refs.iter().map(|it| it.0.id.as_str()).collect();
    let digests: Vec<&[u8]> = refs.iter().map(|it| &it.1.as_bytes()[..]).collect();
    let sql = "INSERT INTO blob_refs (stream_kind, stream_id, digest) \
               SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING";
    link.write(WRITING, sql, &[&kinds, &ids, &digests]).map(drop)
}

/// Removes what a stream said before a version: the bodies, the view, and contents that nobody
/// else refers to.
fn erase(link: &mut Link, stream: &StreamId, version: u64) -> Result<(), Error> {
    const ERASING: &str = "erasing";
    let (kind, id) = (stream.kind.as_str(), &stream.id);
    let bodies = "UPDATE events SET body = NULL \
                  WHERE stream_kind = $1 AND stream_id = $2 AND version < $3";
    link.write(ERASING, bodies, &[&kind, &id, &number(version)])?;
    link.write(ERASING, "DELETE FROM views WHERE kind = $1 AND id = $2", &[&kind, &id])?;
    let contents = "DELETE FROM blobs WHERE digest IN \
                    (SELECT digest FROM blob_refs WHERE stream_kind = $1 AND stream_id = $2) \
                    AND NOT EXISTS (SELECT 1 FROM blob_refs other \
                      WHERE other.digest = blobs.digest \
                      AND (other.stream_kind, other.stream_id) <> ($1, $2))";
    link.write(ERASING, contents, &[&kind, &id])?;
    let refs = "DELETE FROM blob_refs WHERE stream_kind = $1 AND stream_id = $2";
    link.write(ERASING, refs, &[&kind, &id]).map(drop)
}
