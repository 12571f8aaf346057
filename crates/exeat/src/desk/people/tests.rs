use super::entry::{Joining, NoEntry, Typed};
use super::*;
use jiff::{SignedDuration, ToSpan as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Options;

mod hygiene;
mod sessions;

const PASSWORD: &str = "kettle under violet snow";

/// A store of its own, which is gone when the test is over.
pub(super) struct Records {
    pub(super) path: std::path::PathBuf,
    pub(super) store: Arc<dyn Store>,
}

impl Records {
    pub(super) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("exeat-people-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let store = open(&path);
        Self { path, store }
    }

    pub(super) fn people(&self) -> People<'_> {
        People::new(&*self.store)
    }

    /// Sets up the first account.
    pub(super) fn with_admin(&self) -> Account {
        let token = self.people().setup(now()).unwrap().unwrap();
        self.people().join(&token, &joining("ada"), now()).unwrap().account
    }

    /// Invites somebody, who joins.
    pub(super) fn joined(&self, by: &Account, login: &str, role: Role) -> Account {
        let invitation = Invitation { name: login.into(), roles: [role].into(), by: String::new() };
        let token = self.people().invite(&by.actor(), invitation, now()).unwrap();
        self.people().join(&token, &joining(login), now()).unwrap().account
    }
}

fn open(path: &std::path::Path) -> Arc<dyn Store> {
    store::open(path.join("records.db").to_str().unwrap(), &Options::default()).unwrap()
}

impl Drop for Records {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

pub(super) fn now() -> Timestamp {
    "2026-09-24T12:00:00Z".parse().unwrap()
}

fn later(by: SignedDuration) -> Timestamp {
    now().checked_add(by).unwrap()
}

fn joining(login: &str) -> Joining {
    Joining { login: login.into(), name: login.to_uppercase(), password: Secret::new(PASSWORD) }
}

fn typed(login: &str, password: &str) -> Typed {
    Typed { login: login.into(), password: Secret::new(password), code: None }
}

fn with_code(login: &str, code: &str) -> Typed {
    Typed { code: Some(Secret::new(code)), ..typed(login, PASSWORD) }
}

/// The code that an app shows.
fn app(secret: &Secret, at: Timestamp) -> String {
    code::shown(secret, at)
}

#[test]
fn the_setup_link_makes_the_first_account_and_works_once() {
    let records = Records::new();
    let people = records.people();
    let token = people.setup(now()).unwrap().unwrap();
    let entered = people.join(&token, &joining("Ada"), now()).unwrap();
    assert_eq!(entered.account.login, "ada");
    assert_eq!(entered.account.roles, [Role::Admin, Role::Analyst].into());
    assert!(people.join(&token, &joining("eve"), now()).is_err(), "it works once");
    assert!(people.setup(now()).unwrap().is_none(), "somebody has an account");
}

#[test]
fn a_setup_link_of_before_is_worth_nothing_when_somebody_has_an_account() {
    let records = Records::new();
    let people = records.people();
    let (first, second) =
        (people.setup(now()).unwrap().unwrap(), people.setup(now()).unwrap().unwrap());
    people.join(&first, &joining("ada"), now()).unwrap();
    assert!(people.join(&second, &joining("eve"), now()).is_err());
}

#[test]
fn a_link_ends_with_its_time() {
    let records = Records::new();
    let token = records.people().setup(now()).unwrap().unwrap();
    let tomorrow = later(SignedDuration::from_hours(24));
    assert!(records.people().join(&token, &joining("ada"), tomorrow).is_err());
}

#[test]
fn a_weak_password_or_a_taken_name_does_not_use_up_the_link() {
    let records = Records::new();
    let ada = records.with_admin();
    let invitation =
        Invitation { name: "Bob".into(), roles: [Role::Approver].into(), by: String::new() };
    let token = records.people().invite(&ada.actor(), invitation, now()).unwrap();
    let weak = Joining { password: Secret::new("password1234"), ..joining("bob") };
    assert!(records.people().join(&token, &weak, now()).is_err());
    assert!(records.people().join(&token, &joining("ADA"), now()).is_err());
    let bob = records.people().join(&token, &joining("bob"), now()).unwrap().account;
    assert_eq!(bob.roles, [Role::Approver].into());
}

#[test]
fn only_an_admin_invites() {
    let records = Records::new();
    let ada = records.with_admin();
    let bob = records.joined(&ada, "bob", Role::Approver);
    let invitation =
        Invitation { name: "Eve".into(), roles: [Role::Admin].into(), by: String::new() };
    let fault = records.people().invite(&bob.actor(), invitation, now()).unwrap_err();
    assert!(matches!(fault, Fault::Denied(_)));
}

#[test]
fn wrong_attempts_make_everybody_wait_longer_known_or_not() {
    let records = Records::new();
    records.with_admin();
    let people = records.people();
    for login in ["ada", "nobody"] {
        for _ in 0..5 {
            let refused = people.sign_in(&typed(login, "wrong password here"), now()).unwrap_err();
            assert!(matches!(refused, NoEntry::Wrong), "{refused}");
        }
        let refused = people.sign_in(&typed(login, PASSWORD), now()).unwrap_err();
        assert!(matches!(refused, NoEntry::Wait { seconds: 30 }), "{refused}");
        let after = later(SignedDuration::from_secs(30));
        people.sign_in(&typed(login, "wrong password here"), after).unwrap_err();
        let refused = people.sign_in(&typed(login, PASSWORD), after).unwrap_err();
        assert!(matches!(refused, NoEntry::Wait { seconds: 60 }), "{refused}");
    }
    let day = later(SignedDuration::from_hours(2));
    people.sign_in(&typed("ada", PASSWORD), day).unwrap();
    people.sign_in(&typed("ada", "wrong password here"), day).unwrap_err();
    people.sign_in(&typed("ada", PASSWORD), day).unwrap();
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out_for_long() {
    let records = Records::new();
    records.with_admin();
    let people = records.people();
    for _ in 0..5 {
        people.sign_in(&typed("ada", "wrong password here"), now()).unwrap_err();
    }
    let back = now().checked_sub(9000.hours()).unwrap();
    let refused = people.sign_in(&typed("ada", PASSWORD), back).unwrap_err();
    assert!(matches!(refused, NoEntry::Wait { seconds } if seconds <= 3600), "{refused}");
}

#[test]
fn codes_are_asked_for_and_none_works_twice() {
    let records = Records::new();
    let ada = records.with_admin();
    let people = records.people();
    let secret = people.begin_codes(&ada.actor(), now()).unwrap();
    people.sign_in(&typed("ada", PASSWORD), now()).expect("not asked for before the first code");
    let wrong = people.confirm_codes(&ada.actor(), &Secret::new("12345"), now());
    assert!(wrong.is_err());
    let first = Secret::new(app(&secret, now()));
    let recovery = people.confirm_codes(&ada.actor(), &first, now()).unwrap();
    let refused = people.sign_in(&typed("ada", PASSWORD), now()).unwrap_err();
    assert!(matches!(refused, NoEntry::CodeNeeded), "{refused}");
    let refused = people.sign_in(&with_code("ada", first.reveal()), now()).unwrap_err();
    assert!(matches!(refused, NoEntry::Wrong), "the first code was used: {refused}");
    let next = later(SignedDuration::from_secs(30));
    let code = app(&secret, next);
    people.sign_in(&with_code("ada", &code), next).unwrap();
    assert!(people.sign_in(&with_code("ada", &code), next).is_err(), "used already");
    let code = recovery[3].reveal();
    people.sign_in(&with_code("ada", code), next).unwrap();
    assert!(people.sign_in(&with_code("ada", code), next).is_err(), "used already");
}

#[test]
fn codes_end_with_the_password_or_by_another_admin() {
    let records = Records::new();
    let ada = records.with_admin();
    let people = records.people();
    let secret = people.begin_codes(&ada.actor(), now()).unwrap();
    people.confirm_codes(&ada.actor(), &Secret::new(app(&secret, now())), now()).unwrap();
    assert!(people.end_codes(&ada.actor(), &ada.id, None, now()).is_err());
    let bob = records.joined(&ada, "bob", Role::Approver);
    assert!(people.end_codes(&bob.actor(), &ada.id, None, now()).is_err());
    people.end_codes(&ada.actor(), &ada.id, Some(&Secret::new(PASSWORD)), now()).unwrap();
    people.sign_in(&typed("ada", PASSWORD), now()).unwrap();
}

#[test]
fn a_new_password_is_chosen_with_a_link_or_with_the_old_one() {
    let records = Records::new();
    let ada = records.with_admin();
    let bob = records.joined(&ada, "bob", Role::Approver);
    let people = records.people();
    let chosen = Secret::new("marble otter telegraph");
    let token = people.reset(&ada.actor(), &bob.id, now()).unwrap();
    people.choose_password(&token, &chosen, now()).unwrap();
    assert!(people.sign_in(&typed("bob", PASSWORD), now()).is_err());
    people.sign_in(&typed("bob", chosen.reveal()), now()).unwrap();
    let again = Secret::new("granite heron postcard");
    let refused = people.change_password(&bob.actor(), &Secret::new("wrong"), &again, now());
    assert!(matches!(refused, Err(NoEntry::Wrong)));
    people.change_password(&bob.actor(), &chosen, &again, now()).unwrap();
    people.sign_in(&typed("bob", again.reveal()), now()).unwrap();
}

#[test]
fn nobody_changes_their_own_roles_and_an_admin_remains() {
    let records = Records::new();
    let ada = records.with_admin();
    let people = records.people();
    let more = BTreeSet::from([Role::Admin, Role::Approver]);
    assert!(people.set_roles(&ada.actor(), &ada.id, more.clone(), now()).is_err());
    let bob = records.joined(&ada, "bob", Role::Admin);
    people.set_roles(&bob.actor(), &ada.id, more, now()).unwrap();
    people.lock(&ada.actor(), &bob.id, "left", now()).unwrap();
    // A key or a session of a locked admin is refused before; here only the rule is asked.
    let fault = people.lock(&bob.actor(), &ada.id, "revenge", now()).unwrap_err();
    assert!(fault.to_string().contains("nobody would be left"), "{fault}");
    assert!(people.sign_in(&typed("bob", PASSWORD), now()).is_err());
    people.unlock(&ada.actor(), &bob.id, now()).unwrap();
    people.sign_in(&typed("bob", PASSWORD), now()).unwrap();
}
