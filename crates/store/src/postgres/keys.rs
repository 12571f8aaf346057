//! Contents by digest, and keys.

use super::link::Link;
use crate::batch::KeyWrite;
use crate::digest::Digest;
use crate::error::Error;
use crate::name::Kind;
use crate::store::{BlobEntry, KeyEntry};
use crate::stored::{count, digest, micros, natural, time};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn has_blob(link: &mut Link, digest: &Digest) -> Result<bool, Error> {
    Ok(!kept(link, &BTreeSet::from([digest]))?.is_empty())
}

/// Which of these contents are kept.
pub(super) fn kept(link: &mut Link, wanted: &BTreeSet<&Digest>) -> Result<BTreeSet<Digest>, Error> {
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    let digests: Vec<&[u8]> = wanted.iter().map(|it| &it.as_bytes()[..]).collect();
    let sql = "SELECT digest FROM blobs WHERE digest = ANY ($1)";
    let rows = link.rows("looking for contents", sql, &[&digests])?;
    rows.iter().map(|it| digest(it.get(0))).collect()
}

pub(super) fn put_blob(link: &mut Link, digest: &Digest, bytes: &[u8]) -> Result<(), Error> {
    let sql = "INSERT INTO blobs (digest, size, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let name: &[u8] = digest.as_bytes();
    link.write("keeping a content", sql, &[&name, &count(bytes.len()), &bytes]).map(drop)
}

pub(super) fn blob(link: &mut Link, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
    let name: &[u8] = digest.as_bytes();
    let sql = "SELECT bytes FROM blobs WHERE digest = $1";
    let row = link.row("reading a content", sql, &[&name])?;
    let bytes: Option<Vec<u8>> = row.map(|it| it.get(0));
    if bytes.as_ref().is_some_and(|it| Digest::of(it) != *digest) {
        return Err(Error::corrupt(format!("content {digest} is not what it was")));
    }
    Ok(bytes)
}

pub(super) fn blobs(
    link: &mut Link,
    after: Option<&Digest>,
    limit: usize,
) -> Result<Vec<BlobEntry>, Error> {
    let after = after.map_or(&[][..], |it| it.as_bytes());
    let sql = "SELECT digest, size FROM blobs WHERE digest > $1 ORDER BY digest LIMIT $2";
    let rows = link.rows("listing contents", sql, &[&after, &count(limit)])?;
    let entry = |digest, size| Ok(BlobEntry { digest, size: natural(size)? });
    rows.iter().map(|it| entry(digest(it.get(0))?, it.get(1))).collect()
}

/// Puts keys, in their order.
pub(super) fn put(link: &mut Link, writes: &[&KeyWrite]) -> Result<(), Error> {
    if writes.is_empty() {
        return Ok(());
    }
    let spaces: Vec<&str> = writes.iter().map(|it| it.space.as_str()).collect();
    let keys: Vec<&[u8]> = writes.iter().map(|it| it.key.as_bytes()).collect();
    let values: Vec<&[u8]> =
        writes.iter().map(|it| it.value.as_deref().unwrap_or_default()).collect();
    let expires: Vec<Option<i64>> = writes.iter().map(|it| it.expires.map(micros)).collect();
    let sql = "INSERT INTO keys (space, key, value, expires) \
               SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[]) \
               ON CONFLICT (space, key) DO UPDATE \
               SET value = excluded.value, expires = excluded.expires";
    link.write("writing keys", sql, &[&spaces, &keys, &values, &expires]).map(drop)
}

/// Removes keys, those that are there.
pub(super) fn remove(link: &mut Link, writes: &[&KeyWrite]) -> Result<(), Error> {
    if writes.is_empty() {
        return Ok(());
    }
    let spaces: Vec<&str> = writes.iter().map(|it| it.space.as_str()).collect();
    let keys: Vec<&[u8]> = writes.iter().map(|it| it.key.as_bytes()).collect();
    let sql = "DELETE FROM keys USING unnest($1::text[], $2::bytea[]) AS gone (space, key) \
               WHERE keys.space = gone.space AND keys.key = gone.key";
    link.write("removing keys", sql, &[&spaces, &keys]).map(drop)
}

/// When keys expire, of those that are there; [`Timestamp::MAX`] for never.
pub(super) fn expiries(
    link: &mut Link,
    wanted: &BTreeSet<(&Kind, &str)>,
) -> Result<BTreeMap<(Kind, String), Timestamp>, Error> {
    let mut found = BTreeMap::new();
    for (space, key) in wanted {
        let sql = "SELECT expires FROM keys WHERE space = $1 AND key = $2";
        let row = link.row("reading a key", sql, &[&space.as_str(), &key.as_bytes()])?;
        if let Some(row) = row {
            let expires = row.get::<_, Option<i64>>(0).map_or(Ok(Timestamp::MAX), time)?;
            found.insert(((*space).clone(), (*key).to_owned()), expires);
        }
    }
    Ok(found)
}

pub(super) fn get(
    link: &mut Link,
    space: &Kind,
    key: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let sql = "SELECT value FROM keys WHERE space = $1 AND key = $2 \
               AND (expires IS NULL OR expires > $3)";
    let which = [&space.as_str() as _, &key.as_bytes() as _, &micros(now) as _];
    Ok(link.row("reading a key", sql, &which)?.map(|it| it.get(0)))
}

pub(super) fn take(
    link: &mut Link,
    space: &Kind,
    key: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let sql = "DELETE FROM keys WHERE space = $1 AND key = $2 \
               AND (expires IS NULL OR expires > $3) RETURNING value";
    let which = [&space.as_str() as _, &key.as_bytes() as _, &micros(now) as _];
    Ok(link.row("taking a key", sql, &which)?.map(|it| it.get(0)))
}

pub(super) fn keys(
    link: &mut Link,
    space: &Kind,
    after: &str,
    limit: usize,
    now: Timestamp,
) -> Result<Vec<KeyEntry>, Error> {
    let sql = "SELECT key, value, expires FROM keys WHERE space = $1 AND key > $2 \
               AND (expires IS NULL OR expires > $3) ORDER BY key LIMIT $4";
    let limit = count(limit);
    let (space, after, now) = (space.as_str(), after.as_bytes(), micros(now));
    let rows = link.rows("listing keys", sql, &[&space, &after, &now, &limit])?;
    let entry = |row: &::postgres::Row| {
        let key = String::from_utf8(row.get(0));
        let key = key.map_err(|_| Error::corrupt("a key is not UTF-8"))?;
        let expires = row.get::<_, Option<i64>>(2).map(time).transpose()?;
        Ok(KeyEntry { key, value: row.get(1), expires })
    };
    rows.iter().map(entry).collect()
}

pub(super) fn purge(link: &mut Link, now: Timestamp) -> Result<u64, Error> {
    link.write("removing keys", "DELETE FROM keys WHERE expires <= $1", &[&micros(now)])
}

/// Whether the server takes writes: one that only repeats another does not.
pub(super) fn is_writable(link: &mut Link) -> Result<(), Error> {
    let row = link.row("trying to write", "SELECT pg_is_in_recovery()", &[])?;
    match row.map(|it| it.get(0)) {
        Some(false) => Ok(()),
        _ => Err(Error::unavailable("trying to write", "the server only reads")),
    }
}
