use super::{filled, mended};
use crate::field::tests::{finds, texts};
use crate::party::PartyKind::{Organization, Person};
use proptest::prelude::*;

#[test]
fn letters_that_were_read_in_another_encoding_hide_nobody() {
    assert_eq!(mended("Dzina KutÅ¡uk").as_deref(), Some("Dzina Kutšuk"));
    assert_eq!(mended("KrivoruÄ\u{8d}ko").as_deref(), Some("Krivoručko"));
    assert_eq!(mended("SociÃƒÂ©tÃƒÂ©").as_deref(), Some("Société"));
    for whole in ["Société Générale", "Ålesund", "Müller", "Иванов", "Jose"] {
        assert_eq!(mended(whole), None, "{whole}");
    }
    assert!(finds("Kutšuk Veligorov", Person, "KutÅ¡uk Veligorov"));
    assert!(finds("Société Zéphyrène", Organization, "SociÃ©tÃ© ZÃ©phyrÃ¨ne"));
}

#[test]
fn a_letter_that_was_lost_hides_nobody() {
    for (listed, kind, asked) in [
        ("Dzina Kutšuk", Person, "Dzina Kut\u{fffd}uk"),
        ("Dzina Kutšuk", Person, "Dzina Kut\u{fffd}\u{fffd}uk"),
        ("Vladimirović Kulašin", Person, "Vladimirovi? Kula?in"),
        ("Société Zéphyrène", Organization, "Soci?t? Z?phyr?ne"),
        ("Çelikhan Veligör", Person, "?elikhan Velig?r"),
        ("Ромашкина Заря", Organization, "Р?машкина Заря"),
    ] {
        assert!(finds(listed, kind, asked), "{asked}");
    }
}

#[test]
fn a_question_is_no_lost_letter() {
    for asked in ["Yahoo?", "Quorvane ???", "Who? Quorvane 2?"] {
        let read = texts(asked, Organization);
        assert!(read.len() < 4, "{read:?}");
    }
    assert!(filled("Quorvane ???").is_empty());
}

proptest! {
    #[test]
    fn what_was_read_in_another_encoding_is_read_in_its_own(text in "[łşğıčа-я]{1,12}") {
        let read: String = text.bytes().map(char::from).collect();
        prop_assert_eq!(mended(&read), Some(text));
    }
}
