//! An account: what its events make of it. No secret is in them.

use super::super::fault::Fault;
use super::super::permission::{Actor, Role};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use store::{Event, Kind, View};

/// The stream of one account; its id is the actor's, such as `user:7f3a`.
pub(crate) const USER: Kind = Kind::of("user");

/// Somebody's account.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Account {
    /// The id that records carry.
    pub(crate) id: String,
    /// How many events it was made of.
    pub(crate) version: u64,
    /// The name to sign in with.
    pub(crate) login: String,
    /// The name for people to read.
    pub(crate) name: String,
    /// What they were given.
    pub(crate) roles: BTreeSet<Role>,
    /// What an identity provider calls them.
    pub(crate) subject: Option<String>,
    /// Which identity provider.
    pub(crate) issuer: Option<String>,
    /// Whether nobody signs in with it.
    pub(crate) locked: bool,
    /// How often its sessions were ended: a session of before is none.
    pub(crate) epoch: u64,
    /// Whether one-time codes are asked for.
    pub(crate) codes: bool,
}

/// What happens to an account.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub(crate) enum AccountEvent {
    #[serde(rename = "user-created")]
    Created {
        login: String,
        name: String,
        roles: BTreeSet<Role>,
        subject: Option<String>,
        issuer: Option<String>,
        /// Who invited them.
        by: Option<String>,
    },
    RolesSet {
        roles: BTreeSet<Role>,
    },
    SubjectLinked {
        issuer: String,
        subject: String,
    },
    Locked {
        why: String,
    },
    Unlocked {},
    SessionsEnded {},
    PasswordSet {},
    CodesBegun {},
    CodesEnded {},
    RecoveryCodesMade {},
    RecoveryCodeUsed {
        left: usize,
    },
    SignedIn {
        how: String,
    },
    SignInDelayed {
        failures: u32,
    },
}

/// The label of accounts with a role.
pub(crate) fn role_label(role: Role) -> String {
    format!("role:{role}")
}

impl AccountEvent {
    /// The kind of the event, and its body as JSON.
    ///
    /// # Errors
    ///
    /// Never in practice.
    pub(crate) fn parts(&self) -> Result<(Kind, String), Fault> {
        let mut value = serde_json::to_value(self)?;
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().parse();
        let kind = kind.map_err(|it: store::name::ParseKindError| Fault::Inside(it.to_string()))?;
        let body = value.get_mut("body").map(Value::take).unwrap_or_default();
        Ok((kind, body.to_string()))
    }
}

impl Account {
    /// The account that events make; `None` where there are none.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub(super) fn fold(id: &str, events: &[Event]) -> Result<Option<Self>, Fault> {
        let mut account = Self::default();
        for event in events {
            let Some(body) = &event.body else { return Ok(None) };
            let body: Value = serde_json::from_str(body)?;
            let read = serde_json::json!({"kind": event.kind.as_str(), "body": body});
            account.apply(id, &serde_json::from_value(read)?);
        }
        Ok((account.version > 0).then_some(account))
    }

    /// Takes in one event.
    pub(super) fn apply(&mut self, id: &str, event: &AccountEvent) {
        self.version += 1;
        match event {
            AccountEvent::Created { login, name, roles, subject, issuer, .. } => {
                id.clone_into(&mut self.id);
                self.login.clone_from(login);
                self.name.clone_from(name);
                self.roles.clone_from(roles);
                self.subject.clone_from(subject);
                self.issuer.clone_from(issuer);
            }
            AccountEvent::RolesSet { roles } => self.roles.clone_from(roles),
            AccountEvent::SubjectLinked { issuer, subject } => {
                self.subject = Some(subject.clone());
                self.issuer = Some(issuer.clone());
            }
            AccountEvent::Locked { .. } => {
                self.locked = true;
                self.epoch += 1;
            }
            AccountEvent::Unlocked {} => self.locked = false,
            AccountEvent::SessionsEnded {} | AccountEvent::PasswordSet {} => self.epoch += 1,
            AccountEvent::CodesBegun {} => self.codes = true,
            AccountEvent::CodesEnded {} => self.codes = false,
            AccountEvent::RecoveryCodesMade {}
            | AccountEvent::RecoveryCodeUsed { .. }
            | AccountEvent::SignedIn { .. }
            | AccountEvent::SignInDelayed { .. } => {}
        }
    }

    /// What lists show, and what every request reads.
    pub(super) fn view(&self) -> Result<View, Fault> {
        Ok(View {
            title: self.name.clone(),
            state: if self.locked { "locked" } else { "active" }.to_owned(),
            labels: self.roles.iter().map(|it| role_label(*it)).collect(),
            text: self.login.clone(),
            data: serde_json::to_string(self)?,
            ..View::default()
        })
    }

    /// The account that a view shows.
    pub(super) fn of_view(view: &View) -> Result<Self, Fault> {
        Ok(serde_json::from_str(&view.data)?)
    }

    /// Who asks, when this person asks.
    pub(crate) fn actor(&self) -> Actor {
        Actor::person(&self.id, &self.name, self.roles.iter().copied())
    }
}
