//! Contents by digest, and keys.

use super::trouble;
use crate::batch::KeyWrite;
use crate::digest::Digest;
use crate::error::Error;
use crate::name::Kind;
use crate::store::{BlobEntry, KeyEntry};
use crate::stored::{self, count, micros, natural, time};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

pub(super) fn has_blob(connection: &Connection, digest: &Digest) -> Result<bool, Error> {
    let during = trouble("looking for a content");
    let sql = "SELECT 1 FROM blobs WHERE digest = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(during)?;
    statement.exists([digest.as_bytes()]).map_err(during)
}

pub(super) fn put_blob(
    transaction: &Transaction<'_>,
    digest: &Digest,
    bytes: &[u8],
) -> Result<(), Error> {
    let size = count(bytes.len());
    let sql = "INSERT OR IGNORE INTO blobs (digest, size, bytes) VALUES (?1, ?2, ?3)";
    let put = transaction.execute(sql, params![digest.as_bytes(), size, bytes]);
    put.map(drop).map_err(trouble("keeping a content"))
}

pub(super) fn blob(connection: &Connection, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
    let sql = "SELECT bytes FROM blobs WHERE digest = ?1";
    let read = |row: &Row<'_>| row.get::<_, Vec<u8>>(0);
    let bytes = connection.query_row(sql, [digest.as_bytes()], read).optional();
    let bytes = bytes.map_err(trouble("reading a content"))?;
    if bytes.as_ref().is_some_and(|it| Digest::of(it) != *digest) {
        return Err(Error::corrupt(format!("content {digest} is not what it was")));
    }
    Ok(bytes)
}

pub(super) fn blobs(
    connection: &Connection,
    after: Option<&Digest>,
    limit: usize,
) -> Result<Vec<BlobEntry>, Error> {
    let during = trouble("listing contents");
    let after = after.map_or(&[][..], |it| it.as_bytes());
    let limit = count(limit);
    let sql = "SELECT digest, size FROM blobs WHERE digest > ?1 ORDER BY digest LIMIT ?2";
    let mut statement = connection.prepare_cached(sql).map_err(during)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?));
    let rows = statement.query_map(params![after, limit], read).map_err(during)?;
    rows.map(|row| {
        let (digest, size) = row.map_err(during)?;
        let digest = stored::digest(&digest)?;
        Ok(BlobEntry { digest, size: natural(size)? })
    })
    .collect()
}

/// Writes a key as a plan says.
pub(super) fn write(transaction: &Transaction<'_>, key: &KeyWrite) -> rusqlite::Result<()> {
    let (space, name) = (key.space.as_str(), key.key.as_bytes());
    match &key.value {
        None => {
            let sql = "DELETE FROM keys WHERE space = ?1 AND key = ?2";
            transaction.prepare_cached(sql)?.execute(params![space, name])?;
        }
        Some(value) => {
            let sql = "INSERT INTO keys (space, key, value, expires) VALUES (?1, ?2, ?3, ?4) \
                       ON CONFLICT (space, key) DO UPDATE \
                       SET value = excluded.value, expires = excluded.expires";
            let expires = key.expires.map(micros);
            transaction.prepare_cached(sql)?.execute(params![space, name, value, expires])?;
        }
    }
    Ok(())
}

type Found = (Vec<u8>, Option<i64>);

fn find(connection: &Connection, space: &Kind, key: &str) -> Result<Option<Found>, Error> {
    let during = trouble("reading a key");
    let sql = "SELECT value, expires FROM keys WHERE space = ?1 AND key = ?2";
    let mut statement = connection.prepare_cached(sql).map_err(during)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    statement.query_row(params![space.as_str(), key.as_bytes()], read).optional().map_err(during)
}

/// When a key expires, where it is there; [`Timestamp::MAX`] for never.
pub(super) fn expires(
    connection: &Connection,
    space: &Kind,
    key: &str,
) -> Result<Option<Timestamp>, Error> {
    let found = find(connection, space, key)?;
    found.map(|(_, expires)| expires.map_or(Ok(Timestamp::MAX), time)).transpose()
}

pub(super) fn get(
    connection: &Connection,
    space: &Kind,
    key: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let found = find(connection, space, key)?;
    let live = |it: &Found| it.1.is_none_or(|it| it > micros(now));
    Ok(found.filter(live).map(|(value, _)| value))
}

pub(super) fn take(
    transaction: &Transaction<'_>,
    space: &Kind,
    key: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let value = get(transaction, space, key, now)?;
    if value.is_some() {
        let removed = KeyWrite::remove(space.clone(), key);
        write(transaction, &removed).map_err(trouble("taking a key"))?;
    }
    Ok(value)
}

pub(super) fn keys(
    connection: &Connection,
    space: &Kind,
    after: &str,
    limit: usize,
    now: Timestamp,
) -> Result<Vec<KeyEntry>, Error> {
    let during = trouble("listing keys");
    let sql = "SELECT key, value, expires FROM keys WHERE space = ?1 AND key > ?2 \
               AND (expires IS NULL OR expires > ?3) ORDER BY key LIMIT ?4";
    let limit = count(limit);
    let mut statement = connection.prepare_cached(sql).map_err(during)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?));
    let which = params![space.as_str(), after.as_bytes(), micros(now), limit];
    let rows = statement.query_map(which, read).map_err(during)?;
    rows.map(|row| {
        let (key, value, expires): (Vec<u8>, Vec<u8>, Option<i64>) = row.map_err(during)?;
        let key = String::from_utf8(key).map_err(|_| Error::corrupt("a key is not UTF-8"))?;
        Ok(KeyEntry { key, value, expires: expires.map(time).transpose()? })
    })
    .collect()
}

pub(super) fn purge(transaction: &Transaction<'_>, now: Timestamp) -> Result<u64, Error> {
    let sql = "DELETE FROM keys WHERE expires <= ?1";
    let count = transaction.execute(sql, [micros(now)]).map_err(trouble("removing keys"))?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// A write that changes nothing, to see whether one is possible.
pub(super) fn touch(transaction: &Transaction<'_>) -> Result<(), Error> {
    let touched = transaction.execute("UPDATE head SET seq = seq", []);
    touched.map(drop).map_err(trouble("trying to write"))
}

/// As much as a large record takes.
const LARGE: i64 = 256 << 10;

/// A write that takes room, to see whether there is any. What it wrote has expired already.
pub(super) fn fill(transaction: &Transaction<'_>) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO keys (space, key, value, expires) \
               VALUES ('probe', x'00', zeroblob(?1), 0)";
    transaction.execute(sql, [LARGE]).map(drop).map_err(trouble("trying to write"))
}

/// Gives the room back.
pub(super) fn empty(transaction: &Transaction<'_>) -> Result<(), Error> {
    let removed = transaction.execute("DELETE FROM keys WHERE space = 'probe'", []);
    removed.map(drop).map_err(trouble("trying to write"))
}
