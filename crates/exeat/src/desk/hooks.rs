//! Who is told by itself of what happens: webhooks and addresses for e-mail.
//!
//! A hook is a stream; the secret that signs what is sent stands beside the chain. Personal data is
//! sent only to hooks for which somebody asked for it.

use super::fault::Fault;
use super::outgoing;
use super::people::secret::Secret;
use super::permission::{Actor, Permission, Whose};
use crate::chance;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Batch, Draft, KeyWrite, Kind, Order, Store, StreamId, View, ViewQuery};

/// The stream of one hook.
pub(super) const HOOK: Kind = Kind::of("hook");
/// The secrets.
const SECRET: Kind = Kind::of("hook-secret");

/// The states of hooks.
const ENABLED: &str = "enabled";
const DISABLED: &str = "disabled";
const REMOVED: &str = "removed";
/// How many kinds of events a hook may name.
const MOST_KINDS: usize = 50;

/// A hook.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Hook {
    /// Its id.
    #[serde(default)]
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: String,
    /// Where it leads: `https://…` or `mailto:…`.
    pub(crate) to: String,
    /// Kinds of events it is told of; where empty, all of cases.
    pub(crate) kinds: Vec<String>,
    /// Whether what happened is sent along, with the names in it.
    pub(crate) personal: bool,
    /// Why nothing is sent, where that is so.
    #[serde(default)]
    pub(crate) disabled: Option<String>,
}

/// The hooks of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hooks<'a> {
    store: &'a dyn Store,
}

impl<'a> Hooks<'a> {
    /// The hooks of a store.
    pub(crate) fn new(store: &'a dyn Store) -> Self {
        Self { store }
    }

    /// Makes a hook. The secret by which what is sent is signed is told this one time.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or the address is none.
    pub(crate) fn make(
        &self,
        actor: &Actor,
        hook: Hook,
        now: Timestamp,
    ) -> Result<(Hook, Secret), Fault> {
        actor.may(Permission::ManageHooks, Whose::Anyone)?;
        let name = hook.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Fault::invalid("name", "a name has 1 to 100 characters"));
        }
        if hook.kinds.len() > MOST_KINDS || hook.kinds.iter().any(|it| it.parse::<Kind>().is_err())
        {
            return Err(Fault::invalid("kinds", "kinds of events are wanted, such as `approved`"));
        }
        if hook.to.len() > 2000 {
            return Err(Fault::invalid("to", "an address has at most 2,000 characters"));
        }
        if let Some(address) = hook.to.strip_prefix("mailto:") {
            let parsed = address.parse::<lettre::Address>();
            parsed.map_err(|_| Fault::invalid("to", "no address for e-mail"))?;
        } else {
            let checked = outgoing::checked(&hook.to);
            checked.map_err(|it| Fault::invalid("to", it.to_string()))?;
        }
        let hook = Hook { id: chance::id()?, name, disabled: None, ..hook };
        let secret = Secret::new(chance::token()?);
        let kept = KeyWrite::put(SECRET, &*hook.id, secret.reveal().as_bytes(), None);
        let draft = draft(&hook, "hook-made", &actor.id, now)?.expecting(0);
        self.store.append(Batch::from(draft).and_key(kept))?;
        Ok((hook, secret))
    }

    /// Lets a hook send again, or not any more.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or there is no such hook.
    pub(crate) fn set(
        &self,
        actor: &Actor,
        id: &str,
        disabled: Option<String>,
        now: Timestamp,
    ) -> Result<Hook, Fault> {
        actor.may(Permission::ManageHooks, Whose::Anyone)?;
        self.write(Hook { disabled, ..self.hook(id)? }, &actor.id, now)
    }

    /// Lets go of a hook: nothing is sent there any more, and its secret is gone.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or there is no such hook.
    pub(crate) fn remove(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<(), Fault> {
        actor.may(Permission::ManageHooks, Whose::Anyone)?;
        let hook = self.hook(id)?;
        let mut draft = draft(&hook, "hook-removed", &actor.id, now)?;
        draft = draft.view(View { state: REMOVED.to_owned(), ..view(&hook)? });
        self.store.append(Batch::from(draft).and_key(KeyWrite::remove(SECRET, id)))?;
        Ok(())
    }

    /// One hook, for those who look after them.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or there is no such hook.
    pub(crate) fn one(&self, actor: &Actor, id: &str) -> Result<Hook, Fault> {
        actor.may(Permission::ManageHooks, Whose::Anyone)?;
        self.hook(id)
    }

    /// Puts down that the program stopped sending to a hook.
    pub(super) fn disable(&self, id: &str, why: &str, now: Timestamp) -> Result<(), Fault> {
        let hook = Hook { disabled: Some(why.to_owned()), ..self.hook(id)? };
        self.write(hook, "system:outbox", now).map(drop)
    }

    fn write(&self, hook: Hook, actor: &str, now: Timestamp) -> Result<Hook, Fault> {
        let kind = if hook.disabled.is_some() { "hook-disabled" } else { "hook-enabled" };
        self.store.append(draft(&hook, kind, actor, now)?.into())?;
        Ok(hook)
    }

    /// Every hook, for those who look after them.
    ///
    /// # Errors
    ///
    /// Where the actor may not.
    pub(crate) fn list(&self, actor: &Actor) -> Result<Vec<Hook>, Fault> {
        actor.may(Permission::ManageHooks, Whose::Anyone)?;
        self.all()
    }

    pub(super) fn all(&self) -> Result<Vec<Hook>, Fault> {
        let states = vec![ENABLED.to_owned(), DISABLED.to_owned()];
        let query = ViewQuery { states, order: Order::Oldest, limit: 1000, ..ViewQuery::of(HOOK) };
        let rows = self.store.views(&query)?.rows;
        rows.iter().map(|it| Ok(serde_json::from_str(&it.view.data)?)).collect()
    }

    pub(super) fn hook(&self, id: &str) -> Result<Hook, Fault> {
        let row = self.store.view(&StreamId::new(HOOK, id))?;
        let row = row
            .filter(|it| it.view.state != REMOVED)
            .ok_or(Fault::NotFound { what: "such hook" })?;
        Ok(serde_json::from_str(&row.view.data)?)
    }

    pub(super) fn secret(&self, id: &str, now: Timestamp) -> Result<Secret, Fault> {
        let kept = self.store.get(&SECRET, id, now)?;
        let kept = kept.ok_or(Fault::NotFound { what: "secret of this hook" })?;
        Ok(Secret::new(String::from_utf8_lossy(&kept).into_owned()))
    }
}

impl Hook {
    /// Whether it is told of a kind of events.
    pub(super) fn wants(&self, kind: &str) -> bool {
        self.disabled.is_none() && (self.kinds.is_empty() || self.kinds.iter().any(|it| it == kind))
    }
}

fn draft(hook: &Hook, kind: &str, actor: &str, now: Timestamp) -> Result<Draft, Fault> {
    let kind: Kind =
        kind.parse().map_err(|it: store::name::ParseKindError| Fault::Inside(it.to_string()))?;
    let draft = Draft::new(StreamId::new(HOOK, &*hook.id), kind, actor, now);
    Ok(draft.body(serde_json::to_string(hook)?).view(view(hook)?))
}

/// What lists show of a hook.
fn view(hook: &Hook) -> Result<View, Fault> {
    Ok(View {
        title: hook.name.clone(),
        state: if hook.disabled.is_some() { DISABLED } else { ENABLED }.to_owned(),
        data: serde_json::to_string(hook)?,
        ..View::default()
    })
}
