//! Work that one server does at a time: whoever holds the lease, until it ends or is let go.
//!
//! Two that believe to hold it, because a clock stands wrong, do the work twice and harm nothing:
//! what they write states the version it rests on.

use super::fault::Fault;
use jiff::{SignedDuration, Timestamp};
use store::{KeyWrite, Kind, Store};

const LEASE: Kind = Kind::of("lease");
/// How long a lease lasts that is not renewed.
pub(crate) const LASTS: SignedDuration = SignedDuration::from_secs(60);

/// Takes or renews the lease for a task; whether this server holds it now.
///
/// # Errors
///
/// Where the records are out of reach.
pub(crate) fn hold(
    store: &dyn Store,
    task: &str,
    server: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let expires = now.checked_add(LASTS).unwrap_or(Timestamp::MAX);
    let write = KeyWrite::put(LEASE, task, server.as_bytes(), Some(expires));
    match store.get(&LEASE, task, now)? {
        Some(holder) if holder == server.as_bytes() => {
            store.put(write)?;
            Ok(true)
        }
        Some(_) => Ok(false),
        None => Ok(store.put_if_absent(write, now)?),
    }
}

/// Lets the lease go, where this server holds it.
///
/// # Errors
///
/// Where the records are out of reach.
pub(crate) fn let_go(
    store: &dyn Store,
    task: &str,
    server: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    if store.get(&LEASE, task, now)?.is_some_and(|it| it == server.as_bytes()) {
        store.put(KeyWrite::remove(LEASE, task))?;
    }
    Ok(())
}
