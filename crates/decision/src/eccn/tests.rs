use super::{Eccn, EccnChain};
use proptest::prelude::*;

#[test]
fn numbers_are_read_to_the_paragraph_in_either_case() {
    for (written, read) in [
        ("4D004", Some("4D004")),
        ("5d002.C.1", Some("5D002.c.1")),
        ("4A005.z.1", Some("4A005.z.1")),
        ("ear99", Some("EAR99")),
        ("EAR99.a", None),
        ("4F004", None),
        ("4D04", None),
        ("4D004.", None),
        ("4D004..a", None),
        ("4D004.a1", None),
        ("XI(b)", None),
        ("", None),
    ] {
        let eccn = written.parse::<Eccn>().ok().map(|it| it.to_string());
        assert_eq!(eccn.as_deref(), read, "{written}");
    }
}

#[test]
fn a_paragraph_is_under_what_contains_it_and_not_under_what_merely_begins_alike() {
    let eccn: Eccn = "5D002.c.1".parse().expect("well formed");
    for (code, under) in [("5D002", true), ("5D002.c", true), ("5D002.c.1", true)] {
        assert_eq!(eccn.is_under(code), under, "{code}");
    }
    for code in ["5D002.c.1.a", "5D002.c.11", "5D00"] {
        assert!(!eccn.is_under(code), "{code}");
    }
    assert!(eccn.holds("5D002.c.1.a") && !eccn.holds("5D002.c.11"));
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(text in "[0-9][A-E][0-9]{3}(\\.[a-z1-9]{1}){0,4}") {
        let eccn: Eccn = text.parse().expect("well formed");
        prop_assert_eq!(eccn.as_str(), &text);
        let chain: EccnChain = format!("{eccn} for 5A001.j").parse().expect("well formed");
        prop_assert_eq!(chain.to_string().parse::<EccnChain>(), Ok(chain));
    }
}
