//! Sessions: a random token in a cookie, its digest in the store.
//!
//! A session ends when it was not used for a while, when its time is over, when its account is
//! locked, gets a new password or signs out everywhere, and where the clock stands before its
//! beginning. It survives a restart, and holds on every server of the same store.

use super::super::fault::Fault;
use super::People;
use super::account::Account;
use super::secret::Secret;
use crate::chance;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{KeyWrite, Kind, Store};

const SESSION: Kind = Kind::of("session");

/// How long a session lasts that nobody uses.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How long a session lasts at most.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// How often it is written down that a session is used.
const WRITTEN: SignedDuration = SignedDuration::from_mins(1);
/// How far clocks of servers may stand apart.
const APART: SignedDuration = SignedDuration::from_mins(5);

/// A session that holds.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Who signed in.
    pub(crate) account: Account,
    /// When.
    pub(crate) since: Timestamp,
    /// What forms must carry.
    csrf: Secret,
}

#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    user: String,
    epoch: u64,
    since: Timestamp,
    seen: Timestamp,
}

impl Session {
    /// What forms must carry, to show that a page of ours sent them.
    pub(crate) fn csrf(&self) -> &str {
        self.csrf.reveal()
    }

    /// Whether a form carries it.
    pub(crate) fn sent(&self, csrf: &str) -> bool {
        self.csrf.is(csrf)
    }
}

/// What forms of this session must carry: it follows from the token, and nobody who lacks the
/// cookie works it out.
fn csrf(token: &Secret) -> Secret {
    token.derive("exeat-csrf-1")
}

/// Begins a session; the token goes into the cookie.
///
/// # Errors
///
/// Where it cannot be written.
pub(super) fn begin(store: &dyn Store, account: &Account, now: Timestamp) -> Result<Secret, Fault> {
    let token = Secret::new(chance::token()?);
    let kept = Kept { user: account.id.clone(), epoch: account.epoch, since: now, seen: now };
    write(store, &token, &kept)?;
    Ok(token)
}

fn write(store: &dyn Store, token: &Secret, kept: &Kept) -> Result<(), Fault> {
    let expires = kept.since.checked_add(LONGEST).unwrap_or(Timestamp::MAX);
    let value = serde_json::to_vec(kept)?;
    Ok(store.put(KeyWrite::put(SESSION, token.digest(), value, Some(expires)))?)
}

impl People<'_> {
    /// The session of a token; `None` where it does not hold, or no longer.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn session(&self, token: &Secret, now: Timestamp) -> Result<Option<Session>, Fault> {
        let Some(bytes) = self.store.get(&SESSION, &token.digest(), now)? else { return Ok(None) };
        let mut kept: Kept = serde_json::from_slice(&bytes)?;
        let unused = now.duration_since(kept.seen);
        if unused > IDLE || now.duration_since(kept.since) < -APART {
            self.sign_out(token)?;
            return Ok(None);
        }
        let account = match self.glance(&kept.user) {
            Ok(account) => account,
            Err(Fault::NotFound { .. }) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        if account.locked || account.epoch != kept.epoch {
            self.sign_out(token)?;
            return Ok(None);
        }
        if unused > WRITTEN {
            kept.seen = now;
            write(self.store, token, &kept)?;
        }
        Ok(Some(Session { account, since: kept.since, csrf: csrf(token) }))
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn sign_out(&self, token: &Secret) -> Result<(), Fault> {
        Ok(self.store.put(KeyWrite::remove(SESSION, token.digest()))?)
    }
}

impl From<&Session> for super::super::permission::Actor {
    fn from(session: &Session) -> Self {
        session.account.actor()
    }
}
