use super::*;
use crate::desk::people::session::{IDLE, LONGEST};

fn entered(records: &Records) -> (Account, Secret) {
    let ada = records.with_admin();
    let entered = records.people().sign_in(&typed("ada", PASSWORD), now()).unwrap();
    (ada, entered.token)
}

fn holds(records: &Records, token: &Secret, at: Timestamp) -> bool {
    records.people().session(token, at).unwrap().is_some()
}

#[test]
fn a_session_survives_a_restart_and_holds_on_every_server() {
    let records = Records::new();
    let (ada, token) = entered(&records);
    let again = open(&records.path);
    let session = People::new(&*again).session(&token, now()).unwrap().unwrap();
    assert_eq!(session.account.id, ada.id);
    let first = records.people().session(&token, now()).unwrap().unwrap();
    assert_eq!(first.csrf(), session.csrf(), "a form of one server is taken by the other");
}

#[test]
fn a_session_that_nobody_uses_ends_and_one_that_is_used_ends_too() {
    let records = Records::new();
    let (_, token) = entered(&records);
    let second = SignedDuration::from_secs(1);
    assert!(holds(&records, &token, later(IDLE)));
    assert!(holds(&records, &token, later(IDLE + IDLE)), "it was used");
    assert!(!holds(&records, &token, later(IDLE + IDLE + IDLE + second)), "it was not");
    let token = records.people().sign_in(&typed("ada", PASSWORD), now()).unwrap().token;
    let mut at = SignedDuration::ZERO;
    while at + IDLE < LONGEST {
        at += IDLE;
        assert!(holds(&records, &token, later(at)), "{at:?}");
    }
    assert!(!holds(&records, &token, later(LONGEST)));
}

#[test]
fn signing_out_ends_one_session_and_everywhere_ends_all() {
    let records = Records::new();
    let (ada, one) = entered(&records);
    let people = records.people();
    let two = people.sign_in(&typed("ada", PASSWORD), now()).unwrap().token;
    people.sign_out(&one).unwrap();
    assert!(!holds(&records, &one, now()));
    assert!(holds(&records, &two, now()));
    people.sign_out_everywhere(&ada.actor(), &ada.id, now()).unwrap();
    assert!(!holds(&records, &two, now()));
}

#[test]
fn a_lock_and_a_new_password_end_sessions_at_once() {
    let records = Records::new();
    let (ada, _) = entered(&records);
    let people = records.people();
    let bob = records.joined(&ada, "bob", Role::Approver);
    let token = people.sign_in(&typed("bob", PASSWORD), now()).unwrap().token;
    people.lock(&ada.actor(), &bob.id, "left", now()).unwrap();
    assert!(!holds(&records, &token, now()));
    people.unlock(&ada.actor(), &bob.id, now()).unwrap();
    assert!(!holds(&records, &token, now()), "what ended does not begin again");
    let token = people.sign_in(&typed("bob", PASSWORD), now()).unwrap().token;
    let new = Secret::new("granite heron postcard");
    people.change_password(&bob.actor(), &Secret::new(PASSWORD), &new, now()).unwrap();
    assert!(!holds(&records, &token, now()));
}

#[test]
fn other_roles_count_in_sessions_that_are_there() {
    let records = Records::new();
    let (ada, _) = entered(&records);
    let people = records.people();
    let bob = records.joined(&ada, "bob", Role::Approver);
    let token = people.sign_in(&typed("bob", PASSWORD), now()).unwrap().token;
    people.set_roles(&ada.actor(), &bob.id, [Role::Auditor].into(), now()).unwrap();
    let session = people.session(&token, now()).unwrap().unwrap();
    assert_eq!(session.account.roles, [Role::Auditor].into());
}

#[test]
fn a_session_of_the_future_does_not_hold() {
    let records = Records::new();
    let (_, token) = entered(&records);
    assert!(holds(&records, &token, later(SignedDuration::from_secs(-60))), "clocks stand apart");
    assert!(!holds(&records, &token, later(SignedDuration::from_hours(-24))));
}

#[test]
fn a_form_carries_what_only_its_session_knows() {
    let records = Records::new();
    let (_, one) = entered(&records);
    let two = records.people().sign_in(&typed("ada", PASSWORD), now()).unwrap().token;
    let one = records.people().session(&one, now()).unwrap().unwrap();
    let two = records.people().session(&two, now()).unwrap().unwrap();
    assert!(one.sent(one.csrf()));
    assert!(!one.sent(two.csrf()));
    assert!(!one.sent(""));
}

#[test]
fn a_made_up_token_is_no_session() {
    let records = Records::new();
    let (_, token) = entered(&records);
    assert!(!holds(&records, &Secret::new(""), now()));
    assert!(!holds(&records, &Secret::new(token.digest()), now()), "what is stored is no key");
}
