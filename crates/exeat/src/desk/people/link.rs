//! Links that work once: to set up the first account, to join, to choose a new password.
//!
//! Only the digest of a link's token is kept, with its last moment.

use super::super::fault::Fault;
use super::super::permission::Role;
use super::secret::Secret;
use crate::chance;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{KeyWrite, Kind, Store};

const LINK: Kind = Kind::of("link");

/// What a link is for.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Link {
    /// To set up the first account.
    Setup,
    /// To join.
    Invitation(Invitation),
    /// To choose a new password.
    Reset {
        /// Whose.
        user: String,
    },
}

/// What somebody is invited to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Invitation {
    /// The name for people to read; they may correct it.
    pub(crate) name: String,
    /// What they will be given.
    pub(crate) roles: BTreeSet<Role>,
    /// Who invites; set by the service.
    #[serde(default)]
    pub(crate) by: String,
}

impl Link {
    /// How long it works.
    fn lasts(&self) -> SignedDuration {
        match self {
            Self::Setup | Self::Reset { .. } => SignedDuration::from_hours(24),
            Self::Invitation(_) => SignedDuration::from_hours(7 * 24),
        }
    }
}

/// Makes a link; its token is told this one time.
///
/// # Errors
///
/// Where it cannot be written.
pub(super) fn put(store: &dyn Store, link: &Link, now: Timestamp) -> Result<Secret, Fault> {
    let token = Secret::new(chance::token()?);
    put_back(store, &token, link, now)?;
    Ok(token)
}

/// Puts a link back that was taken in vain.
pub(super) fn put_back(
    store: &dyn Store,
    token: &Secret,
    link: &Link,
    now: Timestamp,
) -> Result<(), Fault> {
    let expires = now.checked_add(link.lasts()).unwrap_or(Timestamp::MAX);
    let value = serde_json::to_vec(link)?;
    Ok(store.put(KeyWrite::put(LINK, token.digest(), value, Some(expires)))?)
}

/// What a link is for, without using it.
///
/// # Errors
///
/// Where it does not work, or no longer: the two are not told apart.
pub(super) fn look(store: &dyn Store, token: &Secret, now: Timestamp) -> Result<Link, Fault> {
    read(store.get(&LINK, &token.digest(), now)?)
}

/// What a link is for; it does not work again. Of several that use it at once, one does.
///
/// # Errors
///
/// As [`look`].
pub(super) fn take(store: &dyn Store, token: &Secret, now: Timestamp) -> Result<Link, Fault> {
    read(store.take(&LINK, &token.digest(), now)?)
}

fn read(bytes: Option<Vec<u8>>) -> Result<Link, Fault> {
    let bytes =
        bytes.ok_or(Fault::NotFound { what: "such link, or no longer: ask for a new one" })?;
    Ok(serde_json::from_slice(&bytes)?)
}
