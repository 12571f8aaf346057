//! Coming in: with a link, with a password and a code, with a code for the day the phone is gone.
//!
//! Wrong attempts are counted by the name that was typed, whether or not anybody has it, and each
//! makes the next wait longer. What is answered to a wrong name is answered to a wrong password, and
//! takes as long.

use super::super::fault::Fault;
use super::super::permission::{Actor, Role};
use super::account::{Account, AccountEvent};
use super::credential::Credential;
use super::link::{self, Link};
use super::secret::Secret;
use super::{Newcomer, People, code, password, session};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};
use store::{Batch, Digest, KeyWrite, Kind};

const ATTEMPTS: Kind = Kind::of("attempts");

/// How many wrong attempts cost nothing.
const FREE: u32 = 5;
/// How long the first delay is; each further wrong attempt doubles it.
const FIRST_DELAY: SignedDuration = SignedDuration::from_secs(30);
/// The longest delay.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(1);
/// How long wrong attempts are remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Attempts are judged one after the other, so that none slips by while another is counted.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Why somebody did not come in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoEntry {
    /// The name, the password or the code is wrong.
    #[error("the name, the password or the code is wrong")]
    Wrong,
    /// The password is right, and a code is needed.
    #[error("a code from your app is needed, or one of your recovery codes")]
    CodeNeeded,
    /// Too many wrong attempts.
    #[error("too many wrong attempts: try again in {seconds} seconds")]
    Wait {
        /// How long.
        seconds: i64,
    },
    /// The records are out of reach, or the like.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Somebody came in.
#[derive(Debug)]
pub(crate) struct Entered {
    /// Who.
    pub(crate) account: Account,
    /// The token for the cookie.
    pub(crate) token: Secret,
}

/// What somebody types to come in.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// The name to sign in with.
    pub(crate) login: String,
    /// The password.
    pub(crate) password: Secret,
    /// A one-time code or a recovery code.
    pub(crate) code: Option<Secret>,
}

/// What somebody types to make an account.
#[derive(Clone, Debug)]
pub(crate) struct Joining {
    /// The name to sign in with.
    pub(crate) login: String,
    /// The name for people to read.
    pub(crate) name: String,
    /// The password.
    pub(crate) password: Secret,
}

/// Wrong attempts under one name.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
struct Attempts {
    failures: u32,
    until: Option<Timestamp>,
}

impl People<'_> {
    /// What a link is for.
    ///
    /// # Errors
    ///
    /// Where it does not work, or no longer.
    pub(crate) fn link(&self, token: &Secret, now: Timestamp) -> Result<Link, Fault> {
        link::look(self.store, token, now)
    }

    /// Makes an account with a link, and comes in.
    ///
    /// # Errors
    ///
    /// Where the link does not work, the password is weak or the name is taken; the link then works
    /// again.
    pub(crate) fn join(
        &self,
        token: &Secret,
        joining: &Joining,
        now: Timestamp,
    ) -> Result<Entered, Fault> {
        // Looked at first, so that nobody without a link makes us work.
        let link = self.link(token, now)?;
        password::check(&joining.password, &joining.login, &joining.name)?;
        let (roles, by) = match &link {
            Link::Setup if self.is_empty()? => ([Role::Admin, Role::Analyst].into(), None),
            Link::Setup => return Err(Fault::NotFound { what: "such link: an account is there" }),
            Link::Invitation(it) => (it.roles.clone(), Some(it.by.clone())),
            Link::Reset { .. } => return Err(Fault::NotFound { what: "such link to join" }),
        };
        let proof = Credential::password(password::hash(&joining.password)?);
        let used = link::take(self.store, token, now)?;
        let newcomer = Newcomer {
            login: joining.login.clone(),
            name: joining.name.clone(),
            roles,
            subject: None,
        };
        match self.create(newcomer, Some(&proof), by.as_deref(), now) {
            Ok(account) => self.enter(account, "password", now),
            Err(fault) => {
                link::put_back(self.store, token, &used, now)?;
                Err(fault)
            }
        }
    }

    /// Chooses a new password with a link. Every session of the account ends, and codes are asked
    /// for as before.
    ///
    /// # Errors
    ///
    /// Where the link does not work or the password is weak.
    pub(crate) fn choose_password(
        &self,
        token: &Secret,
        chosen: &Secret,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let Link::Reset { user } = self.link(token, now)? else {
            return Err(Fault::NotFound { what: "such link to choose a password" });
        };
        let account = self.account(&user)?;
        password::check(chosen, &account.login, &account.name)?;
        let hash = password::hash(chosen)?;
        link::take(self.store, token, now)?;
        self.set_password(account, hash, now)
    }

    /// Changes one's own password. Every session ends.
    ///
    /// # Errors
    ///
    /// Where the old one is wrong, or the new one weak.
    pub(crate) fn change_password(
        &self,
        actor: &Actor,
        old: &Secret,
        new: &Secret,
        now: Timestamp,
    ) -> Result<(), NoEntry> {
        let account = self.account(&actor.id)?;
        let typed = Typed { login: account.login.clone(), password: old.clone(), code: None };
        self.counted(&account.login, now, || {
            let credential = Credential::of(self.store, &account.id, now)?;
            Ok(password::verify(&typed.password, credential.password.as_ref())?)
        })?;
        password::check(new, &account.login, &account.name)?;
        let hash = password::hash(new)?;
        Ok(self.set_password(account, hash, now)?)
    }

    fn set_password(
        &self,
        mut account: Account,
        hash: Secret,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut credential = Credential::of(self.store, &account.id, now)?;
        credential.password = Some(hash);
        let (version, id) = (account.version, account.id.clone());
        let event = AccountEvent::PasswordSet {};
        account.apply(&id, &event);
        let draft = super::draft(&account, &id, &event, now)?.expecting(version);
        self.store.append(Batch::from(draft).and_key(credential.write(&id)?))?;
        Ok(())
    }

    /// Comes in with a password, and a code where the account asks for one.
    ///
    /// # Errors
    ///
    /// Where something is wrong, or too much was.
    pub(crate) fn sign_in(&self, typed: &Typed, now: Timestamp) -> Result<Entered, NoEntry> {
        let account = self.by_login(&typed.login, now)?;
        let mut used = None;
        let mut left = 0;
        self.counted(&typed.login, now, || {
            // Read while nobody else is judged, so that a code does not count twice.
            let mut credential = match &account {
                Some(account) => Credential::of(self.store, &account.id, now)?,
                None => Credential::default(),
            };
            let right = password::verify(&typed.password, credential.password.as_ref())?;
            let Some(account) = account.as_ref().filter(|it| right && !it.locked) else {
                return Ok(false);
            };
            let Some(secret) = credential.codes.clone().filter(|_| account.codes) else {
                return Ok(true);
            };
            let Some(code) = &typed.code else { return Err(NoEntry::CodeNeeded) };
            used = second(&mut credential, &secret, code.reveal(), now);
            if used.is_some() {
                self.store.put(credential.write(&account.id)?).map_err(Fault::from)?;
            }
            left = credential.recovery.len();
            Ok(used.is_some())
        })?;
        let account = account.ok_or(NoEntry::Wrong)?;
        let account = match used {
            Some(Used::Recovery) => {
                let id = account.id.clone();
                self.record(account, &id, &AccountEvent::RecoveryCodeUsed { left }, now)?
            }
            Some(Used::Code) | None => account,
        };
        let how = if used.is_some() { "password and code" } else { "password" };
        Ok(self.enter(account, how, now)?)
    }

    /// Begins a session for somebody who proved who they are.
    pub(super) fn enter(
        &self,
        account: Account,
        how: &str,
        now: Timestamp,
    ) -> Result<Entered, Fault> {
        let id = account.id.clone();
        let account =
            self.record(account, &id, &AccountEvent::SignedIn { how: how.to_owned() }, now)?;
        let token = session::begin(self.store, &account, now)?;
        Ok(Entered { account, token })
    }

    /// Judges one attempt under a name, and counts it where it is wrong.
    fn counted(
        &self,
        login: &str,
        now: Timestamp,
        attempt: impl FnOnce() -> Result<bool, NoEntry>,
    ) -> Result<(), NoEntry> {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let key = Digest::of(login.trim().to_lowercase().as_bytes()).to_string();
        let kept = self.store.get(&ATTEMPTS, &key, now).map_err(Fault::from)?;
        let mut attempts: Attempts =
            kept.and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_default();
        if let Some(until) = attempts.until.filter(|it| now < *it) {
            // A clock that was set back far must not lock anybody out for a year.
            let seconds = until.duration_since(now).as_secs().min(LONGEST_DELAY.as_secs());
            return Err(NoEntry::Wait { seconds: seconds.max(1) });
        }
        match attempt() {
            Ok(true) if attempts.failures == 0 => Ok(()),
            Ok(true) => {
                let forgotten = self.store.put(KeyWrite::remove(ATTEMPTS, key));
                Ok(forgotten.map_err(Fault::from)?)
            }
            Ok(false) => {
                attempts.failures = attempts.failures.saturating_add(1);
                attempts.until = delay(attempts.failures).and_then(|it| now.checked_add(it).ok());
                let expires = now.checked_add(REMEMBERED).ok();
                let value = serde_json::to_vec(&attempts).map_err(Fault::from)?;
                self.store
                    .put(KeyWrite::put(ATTEMPTS, key, value, expires))
                    .map_err(Fault::from)?;
                self.tell_of_delay(login, attempts.failures, now)?;
                Err(NoEntry::Wrong)
            }
            Err(why) => Err(why),
        }
    }

    /// Puts down for the audit that an account is being tried.
    fn tell_of_delay(&self, login: &str, failures: u32, now: Timestamp) -> Result<(), Fault> {
        if failures < FREE || !failures.is_multiple_of(FREE) {
            return Ok(());
        }
        match self.by_login(login, now)? {
            Some(account) => {
                let event = AccountEvent::SignInDelayed { failures };
                self.record(account, "system:entry", &event, now).map(drop)
            }
            None => Ok(()),
        }
    }

    /// A new secret for one-time codes, which counts when a first code was right.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn begin_codes(&self, actor: &Actor, now: Timestamp) -> Result<Secret, Fault> {
        let account = self.account(&actor.id)?;
        if account.codes {
            return Err(Fault::invalid("code", "codes are asked for already; end that first"));
        }
        let mut credential = Credential::of(self.store, &account.id, now)?;
        let secret = code::secret()?;
        credential.begun = Some(secret.clone());
        self.store.put(credential.write(&account.id)?)?;
        Ok(secret)
    }

    /// Confirms the secret with a first code, and gives recovery codes: they are told this one
    /// time.
    ///
    /// # Errors
    ///
    /// Where the code is wrong.
    pub(crate) fn confirm_codes(
        &self,
        actor: &Actor,
        first: &Secret,
        now: Timestamp,
    ) -> Result<Vec<Secret>, Fault> {
        let mut account = self.account(&actor.id)?;
        let mut credential = Credential::of(self.store, &account.id, now)?;
        let wrong = || {
            Fault::invalid("code", "the code is wrong; see that the clock of the phone is right")
        };
        let secret = credential.begun.take().ok_or_else(wrong)?;
        let step = code::step(&secret, first.reveal(), None, now).ok_or_else(wrong)?;
        let recovery = code::recovery()?;
        credential.codes = Some(secret);
        credential.used = Some(step);
        credential.recovery = recovery.iter().map(Secret::digest).collect();
        let (version, id) = (account.version, account.id.clone());
        let event = AccountEvent::CodesBegun {};
        account.apply(&id, &event);
        let draft = super::draft(&account, &id, &event, now)?.expecting(version);
        self.store.append(Batch::from(draft).and_key(credential.write(&id)?))?;
        Ok(recovery)
    }

    /// Asks for no codes any more: one's own account with the password, or another's by an admin.
    ///
    /// # Errors
    ///
    /// Where the password is wrong or the actor may not.
    pub(crate) fn end_codes(
        &self,
        actor: &Actor,
        id: &str,
        own_password: Option<&Secret>,
        now: Timestamp,
    ) -> Result<(), NoEntry> {
        let mut account = if actor.id == id { self.account(id)? } else { self.managed(actor, id)? };
        let mut credential = Credential::of(self.store, &account.id, now)?;
        if actor.id == id {
            let nothing = Secret::new("");
            self.counted(&account.login, now, || {
                let typed = own_password.unwrap_or(&nothing);
                Ok(password::verify(typed, credential.password.as_ref())?)
            })?;
        }
        (credential.codes, credential.begun, credential.used) = (None, None, None);
        credential.recovery.clear();
        let (version, user) = (account.version, account.id.clone());
        let event = AccountEvent::CodesEnded {};
        account.apply(&user, &event);
        let draft = super::draft(&account, &actor.id, &event, now)?.expecting(version);
        let batch = Batch::from(draft).and_key(credential.write(&user)?);
        self.store.append(batch).map_err(Fault::from)?;
        Ok(())
    }
}

/// What proved a person besides the password.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Used {
    Code,
    Recovery,
}

/// Takes a one-time code or a recovery code; neither works twice.
fn second(
    credential: &mut Credential,
    secret: &Secret,
    typed: &str,
    now: Timestamp,
) -> Option<Used> {
    if let Some(step) = code::step(secret, typed, credential.used, now) {
        credential.used = Some(step);
        return Some(Used::Code);
    }
    let digest = code::typed(typed).digest();
    let place = credential.recovery.iter().position(|it| *it == digest)?;
    credential.recovery.remove(place);
    Some(Used::Recovery)
}

/// How long the next attempt must wait.
fn delay(failures: u32) -> Option<SignedDuration> {
    let doubled = failures.checked_sub(FREE)?.min(20);
    Some((FIRST_DELAY * (1 << doubled)).min(LONGEST_DELAY))
}
