use crate::lexicon::{Role, meant};

#[test]
fn a_slip_in_a_common_word_is_seen() {
    for (text, role) in [
        ("technolgies", Role::Word),
        ("tecnologes", Role::Word),
        ("technologes", Role::Word),
        ("goup", Role::Word),
        ("internatinal", Role::Word),
        ("incorported", Role::Legal),
        ("limted", Role::Legal),
        ("ldt", Role::Legal),
    ] {
        assert_eq!(meant(text), Some(role), "{text}");
    }
}

#[test]
fn names_are_not_taken_for_slips() {
    for text in ["sandvine", "candiru", "gazprom", "huawei", "nso", "intellexa", "zte", "martin"] {
        assert_eq!(meant(text), None, "{text}");
    }
}
