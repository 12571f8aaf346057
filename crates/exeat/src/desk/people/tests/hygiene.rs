//! Secrets are nowhere but where they must be.

use super::*;

/// Everything that stands in the files of a store, as text.
fn files(records: &Records) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(&records.path).unwrap() {
        text += &String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap());
    }
    text
}

#[test]
fn no_password_token_or_code_is_kept_printed_or_recorded() {
    let records = Records::new();
    let people = records.people();
    let setup = people.setup(now()).unwrap().unwrap();
    let entered = people.join(&setup, &joining("ada"), now()).unwrap();
    let secret = people.begin_codes(&entered.account.actor(), now()).unwrap();
    let first = Secret::new(app(&secret, now()));
    let recovery = people.confirm_codes(&entered.account.actor(), &first, now()).unwrap();
    let session = people.session(&entered.token, now()).unwrap().unwrap();

    // Not in what is printed for debugging.
    let printed = format!(
        "{:?} {:?} {:?} {session:?} {:?} {setup:?} {recovery:?} {secret:?}",
        entered,
        joining("ada"),
        typed("ada", PASSWORD),
        credential::Credential::of(&*records.store, &entered.account.id, now()).unwrap(),
    );
    let kept = credential::Credential::of(&*records.store, &entered.account.id, now()).unwrap();
    let hash = kept.password.clone().unwrap();
    let mut secrets = vec![PASSWORD, setup.reveal(), entered.token.reveal(), session.csrf()];
    secrets.extend(recovery.iter().map(Secret::reveal));
    for it in secrets.iter().chain([&hash.reveal(), &secret.reveal()]) {
        assert!(!printed.contains(*it), "printed: {it}");
    }
    // Not in events, in which the hash and the secret of the codes have no place either.
    let events = format!("{:?}", records.store.events(0, 1000).unwrap());
    for it in secrets.iter().chain([&hash.reveal(), &secret.reveal()]) {
        assert!(!events.contains(*it), "recorded: {it}");
    }
    // Not in the files: there only the hash and the secret of the codes stand, and digests.
    let files = files(&records);
    for it in &secrets {
        assert!(!files.contains(*it), "kept: {it}");
    }
    assert!(files.contains(hash.reveal()), "the files were looked at");
}

#[test]
fn an_error_does_not_repeat_what_was_typed() {
    let records = Records::new();
    records.with_admin();
    let secret = "hunter2hunter2!!";
    let refused = records.people().sign_in(&typed("ada", secret), now()).unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains(secret));
    let token = Secret::new("a-token-that-is-none");
    let refused = records.people().join(&token, &joining("eve"), now()).unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains(token.reveal()));
    let weak = password::check(&Secret::new(secret), "ada", "Ada").unwrap_err();
    assert!(!format!("{weak} {weak:?}").contains(secret));
}
