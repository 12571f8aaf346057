//! People: who has an account, how they prove it, and what they were given.
//!
//! An account is a stream of events without a secret in it. What proves a person (the hash of the
//! password, the secret of the one-time codes) is kept beside the chain, where it can be replaced
//! ([`credential`]). Sessions and links live there too, by the digest of their token. [`People`] has
//! what an admin does; signing in is in [`entry`], with an identity provider in [`provider`].

pub(crate) mod account;
pub(crate) mod code;
pub(crate) mod credential;
pub(crate) mod entry;
pub(crate) mod link;
pub(crate) mod password;
pub(crate) mod provider;
pub(crate) mod secret;
pub(crate) mod session;

use super::fault::Fault;
use super::permission::{Actor, Permission, Role, Whose};
use crate::chance;
use account::{Account, AccountEvent, USER};
use jiff::Timestamp;
use link::{Invitation, Link};
use secret::Secret;
use std::collections::BTreeSet;
use store::{Batch, Conflict, Draft, Error, KeyWrite, Kind, Order, Store, StreamId, ViewQuery};

/// Which account a name to sign in with belongs to.
const LOGIN: Kind = Kind::of("login");
/// Which account a subject of an identity provider belongs to.
const SUBJECT: Kind = Kind::of("subject");

/// The people of a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct People<'a> {
    store: &'a dyn Store,
}

/// What an account begins with.
#[derive(Clone, Debug)]
pub(crate) struct Newcomer {
    /// The name to sign in with.
    pub(crate) login: String,
    /// The name for people to read.
    pub(crate) name: String,
    /// What they are given.
    pub(crate) roles: BTreeSet<Role>,
    /// The issuer and the subject, where an identity provider vouches.
    pub(crate) subject: Option<(String, String)>,
}

impl<'a> People<'a> {
    /// The people of a store.
    pub(crate) fn new(store: &'a dyn Store) -> Self {
        Self { store }
    }

    /// The account of an id such as `user:7f3a`.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub(crate) fn account(&self, id: &str) -> Result<Account, Fault> {
        let events = self.store.stream(&stream(id), 0)?;
        let account = Account::fold(id, &events)?;
        account.ok_or(Fault::NotFound { what: "such account" })
    }

    /// The account as its view has it: one read, for every request.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub(crate) fn glance(&self, id: &str) -> Result<Account, Fault> {
        let row = self.store.view(&stream(id))?;
        let row = row.ok_or(Fault::NotFound { what: "such account" })?;
        Account::of_view(&row.view)
    }

    /// Everybody, in the order of their coming.
    ///
    /// # Errors
    ///
    /// Where the actor may not see them.
    pub(crate) fn everybody(&self, actor: &Actor) -> Result<Vec<Account>, Fault> {
        actor.may(Permission::ReadPeople, Whose::Anyone)?;
        self.all(&[])
    }

    /// Accounts with all of these labels.
    fn all(&self, labels: &[String]) -> Result<Vec<Account>, Fault> {
        let mut accounts = Vec::new();
        let mut query = ViewQuery {
            labels: labels.to_vec(),
            order: Order::Oldest,
            limit: 1000,
            ..ViewQuery::of(USER)
        };
        loop {
            let page = self.store.views(&query)?;
            for row in page.rows {
                accounts.push(Account::of_view(&row.view)?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(accounts),
            }
        }
    }

    /// Whether nobody has an account yet.
    ///
    /// # Errors
    ///
    /// Where the records are out of reach.
    pub(crate) fn is_empty(&self) -> Result<bool, Fault> {
        Ok(self.store.views(&ViewQuery { limit: 1, ..ViewQuery::of(USER) })?.rows.is_empty())
    }

    /// The token of the link that sets up the first account; `None` where somebody has one.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn setup(&self, now: Timestamp) -> Result<Option<Secret>, Fault> {
        if !self.is_empty()? {
            return Ok(None);
        }
        Ok(Some(link::put(self.store, &Link::Setup, now)?))
    }

    /// The token of a link by which somebody makes an account.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or a field is wrong.
    pub(crate) fn invite(
        &self,
        actor: &Actor,
        invitation: Invitation,
        now: Timestamp,
    ) -> Result<Secret, Fault> {
        actor.may(Permission::ManagePeople, Whose::Anyone)?;
        let invitation = Invitation { by: actor.id.clone(), ..invitation };
        checked_name(&invitation.name)?;
        if invitation.roles.is_empty() {
            return Err(Fault::invalid("roles", "give at least one role"));
        }
        link::put(self.store, &Link::Invitation(invitation), now)
    }

    /// The token of a link by which somebody chooses a new password.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or there is no such account.
    pub(crate) fn reset(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<Secret, Fault> {
        actor.may(Permission::ManagePeople, Whose::Anyone)?;
        let account = self.account(id)?;
        if account.subject.is_some() {
            return Err(Fault::invalid("id", "the identity provider looks after this password"));
        }
        link::put(self.store, &Link::Reset { user: account.id }, now)
    }

    /// Gives other roles to somebody.
    ///
    /// # Errors
    ///
    /// Where the actor may not, it is their own account, or nobody would be left who may.
    pub(crate) fn set_roles(
        &self,
        actor: &Actor,
        id: &str,
        roles: BTreeSet<Role>,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        let account = self.managed(actor, id)?;
        if roles.is_empty() {
            return Err(Fault::invalid("roles", "give at least one role, or lock the account"));
        }
        if account.roles == roles {
            return Ok(account);
        }
        if !roles.contains(&Role::Admin) {
            self.keep_an_admin(&account)?;
        }
        self.record(account, &actor.id, &AccountEvent::RolesSet { roles }, now)
    }

    /// Locks an account: its sessions end, and nobody signs in with it.
    ///
    /// # Errors
    ///
    /// Where the actor may not, it is their own account, or nobody would be left who may.
    pub(crate) fn lock(
        &self,
        actor: &Actor,
        id: &str,
        why: &str,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        let account = self.managed(actor, id)?;
        self.keep_an_admin(&account)?;
        if why.trim().is_empty() {
            return Err(Fault::invalid("why", "say why"));
        }
        let event = AccountEvent::Locked { why: why.trim().to_owned() };
        self.record(account, &actor.id, &event, now)
    }

    /// Unlocks an account.
    ///
    /// # Errors
    ///
    /// Where the actor may not, or it is their own account.
    pub(crate) fn unlock(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<Account, Fault> {
        let account = self.managed(actor, id)?;
        self.record(account, &actor.id, &AccountEvent::Unlocked {}, now)
    }

    /// Somebody else's account that the actor may look after.
    fn managed(&self, actor: &Actor, id: &str) -> Result<Account, Fault> {
        actor.may(Permission::ManagePeople, Whose::Anyone)?;
        if actor.id == id {
            let what = "nobody changes what they may do themselves; ask another admin";
            return Err(Fault::invalid("id", what));
        }
        self.account(id)
    }

    fn keep_an_admin(&self, but: &Account) -> Result<(), Fault> {
        if self.has_admin_beside(but)? {
            Ok(())
        } else {
            Err(Fault::invalid("id", "nobody would be left who looks after accounts"))
        }
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    ///
    /// Where it is not the actor's own and they do not look after people.
    pub(crate) fn sign_out_everywhere(
        &self,
        actor: &Actor,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Fault> {
        if actor.id != id {
            actor.may(Permission::ManagePeople, Whose::Anyone)?;
        }
        let account = self.account(id)?;
        self.record(account, &actor.id, &AccountEvent::SessionsEnded {}, now).map(drop)
    }

    /// Makes an account. What proves the person is written in the same transaction.
    pub(super) fn create(
        &self,
        newcomer: Newcomer,
        proof: Option<&credential::Credential>,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        let login = checked_login(&newcomer.login)?;
        let name = checked_name(&newcomer.name)?;
        let id = format!("user:{}", chance::id()?);
        let created = AccountEvent::Created {
            login: login.clone(),
            name,
            roles: newcomer.roles,
            subject: newcomer.subject.as_ref().map(|it| it.1.clone()),
            issuer: newcomer.subject.as_ref().map(|it| it.0.clone()),
            by: by.map(str::to_owned),
        };
        let mut account = Account::default();
        account.apply(&id, &created);
        let draft = draft(&account, &id, &created, now)?.expecting(0);
        let taken = KeyWrite::put(LOGIN, login, id.as_bytes(), None).if_absent(now);
        let mut batch = Batch::from(draft).and_key(taken);
        if let Some((issuer, subject)) = &newcomer.subject {
            let key = subject_key(issuer, subject);
            batch = batch.and_key(KeyWrite::put(SUBJECT, key, id.as_bytes(), None).if_absent(now));
        }
        if let Some(proof) = proof {
            batch = batch.and_key(proof.write(&id)?);
        }
        match self.store.append(batch) {
            Ok(_) => Ok(account),
            Err(Error::Conflict(it)) if matches!(*it, Conflict::Key { .. }) => {
                Err(Fault::invalid("login", "somebody has this name already"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes what happened to an account.
    pub(super) fn record(
        &self,
        mut account: Account,
        actor: &str,
        event: &AccountEvent,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        let version = account.version;
        let id = account.id.clone();
        account.apply(&id, event);
        let draft = draft(&account, actor, event, now)?.expecting(version);
        self.store.append(draft.into())?;
        Ok(account)
    }

    /// Binds what an identity provider calls somebody to an account that is there.
    pub(super) fn bind(
        &self,
        mut account: Account,
        issuer: &str,
        subject: &str,
        now: Timestamp,
    ) -> Result<Account, Fault> {
        if account.subject.is_some() {
            let what = "this account is bound to an identity provider already";
            return Err(Fault::invalid("id", what));
        }
        let (version, id) = (account.version, account.id.clone());
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        let key = KeyWrite::put(SUBJECT, subject_key(&issuer, &subject), id.as_bytes(), None);
        let event = AccountEvent::SubjectLinked { issuer, subject };
        account.apply(&id, &event);
        let draft = draft(&account, &id, &event, now)?.expecting(version);
        self.store.append(Batch::from(draft).and_key(key.if_absent(now)))?;
        Ok(account)
    }

    /// Whether somebody else looks after people, too.
    pub(super) fn has_admin_beside(&self, account: &Account) -> Result<bool, Fault> {
        let admins = self.all(&[account::role_label(Role::Admin)])?;
        Ok(admins.iter().any(|it| it.id != account.id && !it.locked))
    }

    /// The account of a name to sign in with.
    pub(super) fn by_login(&self, login: &str, now: Timestamp) -> Result<Option<Account>, Fault> {
        self.by_key(&LOGIN, &login.trim().to_lowercase(), now)
    }

    /// The account of a subject of an identity provider.
    pub(super) fn by_subject(
        &self,
        issuer: &str,
        subject: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, Fault> {
        self.by_key(&SUBJECT, &subject_key(issuer, subject), now)
    }

    fn by_key(&self, space: &Kind, key: &str, now: Timestamp) -> Result<Option<Account>, Fault> {
        let Some(id) = self.store.get(space, key, now)? else { return Ok(None) };
        self.account(&String::from_utf8_lossy(&id)).map(Some)
    }
}

fn stream(id: &str) -> StreamId {
    StreamId::new(USER, id)
}

fn draft(
    account: &Account,
    actor: &str,
    event: &AccountEvent,
    now: Timestamp,
) -> Result<Draft, Fault> {
    let (kind, body) = event.parts()?;
    Ok(Draft::new(stream(&account.id), kind, actor, now).body(body).view(account.view()?))
}

fn subject_key(issuer: &str, subject: &str) -> String {
    let key = serde_json::json!([issuer, subject]).to_string();
    store::Digest::of(key.as_bytes()).to_string()
}

/// A name to sign in with, in lower case.
fn checked_login(text: &str) -> Result<String, Fault> {
    let login = text.trim().to_lowercase();
    let plain = |it: char| it.is_ascii_alphanumeric() || ".-_@+".contains(it);
    if (2..=100).contains(&login.len()) && login.chars().all(plain) {
        Ok(login)
    } else {
        Err(Fault::invalid("login", "2 to 100 of a-z, 0-9 and . - _ @ + are wanted"))
    }
}

/// A name for people to read.
fn checked_name(text: &str) -> Result<String, Fault> {
    let name = text.trim();
    let control = name.chars().any(char::is_control);
    if control || !(1..=100).contains(&name.chars().count()) {
        return Err(Fault::invalid("name", "a name has 1 to 100 characters, on one line"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests;
