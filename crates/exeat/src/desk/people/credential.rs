//! What proves a person: kept beside the chain, so that it can be replaced and never shows up in a
//! record.

use super::super::fault::Fault;
use super::secret::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{KeyWrite, Kind, Store};

const CREDENTIAL: Kind = Kind::of("credential");

/// What proves a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credential {
    /// The hash of the password.
    pub(super) password: Option<Secret>,
    /// The secret of one-time codes, once a first code was right.
    pub(super) codes: Option<Secret>,
    /// A secret that was shown and not confirmed yet.
    pub(super) begun: Option<Secret>,
    /// The step of the last code that was used.
    pub(super) used: Option<i64>,
    /// The digests of recovery codes that were not used.
    pub(super) recovery: Vec<String>,
}

#[derive(Deserialize, Serialize)]
struct Kept {
    password: Option<String>,
    codes: Option<String>,
    begun: Option<String>,
    used: Option<i64>,
    recovery: Vec<String>,
}

impl Credential {
    /// One that is a password.
    pub(crate) fn password(hash: Secret) -> Self {
        Self { password: Some(hash), ..Self::default() }
    }

    /// What proves this account; nothing where nothing is kept.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub(super) fn of(store: &dyn Store, id: &str, now: Timestamp) -> Result<Self, Fault> {
        let Some(bytes) = store.get(&CREDENTIAL, id, now)? else { return Ok(Self::default()) };
        let it: Kept = serde_json::from_slice(&bytes)?;
        Ok(Self {
            password: it.password.map(Secret::new),
            codes: it.codes.map(Secret::new),
            begun: it.begun.map(Secret::new),
            used: it.used,
            recovery: it.recovery,
        })
    }

    /// How it is kept.
    ///
    /// # Errors
    ///
    /// Never in practice.
    pub(super) fn write(&self, id: &str) -> Result<KeyWrite, Fault> {
        let text = |it: &Option<Secret>| it.as_ref().map(|it| it.reveal().to_owned());
        let kept = Kept {
            password: text(&self.password),
            codes: text(&self.codes),
            begun: text(&self.begun),
            used: self.used,
            recovery: self.recovery.clone(),
        };
        Ok(KeyWrite::put(CREDENTIAL, id, serde_json::to_vec(&kept)?, None))
    }
}
