use super::*;

fn refused(text: &str) -> bool {
    check(&Secret::new(text), "ada.lovelace@example.org", "Ada Lovelace").is_err()
}

#[test]
fn long_words_that_nobody_tries_first_are_good() {
    for good in ["kettle under violet snow", "Ferngully-Okapi-77", "päckchen für müller"] {
        assert!(!refused(good), "{good}");
    }
}

#[test]
fn short_common_and_own_names_are_refused() {
    for bad in [
        "",
        "kettle",
        "password1234",
        "Password!Password!",
        "qwertyuiop123456",
        "iloveyou2026!!!!",
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "lovelace2026!!!",
        "Summer2026Winter",
        "exeatadmin2026",
    ] {
        assert!(refused(bad), "{bad}");
    }
    assert!(refused(&"long ".repeat(60)));
}

#[test]
fn a_password_is_known_by_its_hash_and_only_it() {
    let kept = hash(&Secret::new("kettle under violet snow")).unwrap();
    assert!(kept.reveal().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(verify(&Secret::new("kettle under violet snow"), Some(&kept)).unwrap());
    assert!(!verify(&Secret::new("kettle under violet snow "), Some(&kept)).unwrap());
    assert!(!verify(&Secret::new("kettle under violet snow"), None).unwrap());
    let again = hash(&Secret::new("kettle under violet snow")).unwrap();
    assert_ne!(kept.reveal(), again.reveal(), "each has a salt of its own");
}
