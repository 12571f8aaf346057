use super::*;
use crate::scripts::Script;
use proptest::prelude::*;

fn term(text: &str) -> OwnedTerm {
    OwnedTerm::new(text.to_owned(), 0, crate::lexicon::name_classes(text))
}

fn shares_a_key(a: &OwnedTerm, b: &OwnedTerm) -> bool {
    let (mut x, mut y) = (Keys::default(), Keys::default());
    a.view().asked_keys(&mut x);
    b.view().listed_keys(&mut y);
    let both = |x: &[u32], y: &[u32]| x.iter().any(|it| y.contains(it));
    both(&x.same, &y.same) || both(&x.errors, &y.errors) || both(&x.sounds, &y.sounds)
}

/// From nowhere, from any system of writing, or a word of an abjad that is known.
fn flags() -> impl Strategy<Value = u8> {
    let systems = [
        System::Cyrillic,
        System::Greek,
        System::Arabic,
        System::Hebrew,
        System::Han,
        System::Kana,
        System::Hangul,
    ];
    let mut all: Vec<u8> = systems.into_iter().map(flag::of).collect();
    all.extend([0, 0, 0, flag::ABJAD, flag::COARSE, flag::KNOWN | flag::ABJAD]);
    prop::sample::select(all)
}

#[test]
fn flags_keep_the_system_of_writing() {
    for script in [
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Hebrew,
        Script::Han,
        Script::Kana,
        Script::Hangul,
        Script::Other,
    ] {
        let system = System::of(script).unwrap();
        let flags = flag::of(system);
        assert_eq!(flag::system(flags), Some(system));
        assert_eq!(flag::is_abjad(flags), script.is_abjad());
        assert_eq!(flags & flag::COARSE != 0, script.is_coarse());
    }
    assert_eq!(flag::system(flag::KNOWN | flag::ABJAD), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn terms_that_are_alike_share_a_key(a in "[a-dhklqrsz]{1,12}", b in "[a-dhklqrsz]{1,12}", flags in flags(), other in flags()) {
        let (a, b) = (OwnedTerm::new(a, flags, &[]), OwnedTerm::new(b, other, &[]));
        if compare(a.view(), b.view()).is_some() {
            prop_assert!(shares_a_key(&a, &b));
        }
    }

    #[test]
    fn likeness_is_the_same_from_both_sides(a in "[a-dhkqsz]{1,9}", b in "[a-dhkqsz]{1,9}", flags in flags()) {
        let (a, b) = (OwnedTerm::new(a, flags, &[]), term(&b));
        prop_assert_eq!(compare(a.view(), b.view()), compare(b.view(), a.view()));
        if let Some(like) = compare(a.view(), b.view()) {
            prop_assert!(like.score <= 1000);
        }
    }

    #[test]
    fn a_letter_more_is_within_reach(word in "[a-z]{5,12}", at in any::<prop::sample::Index>(), letter in "[a-z]") {
        let mut longer = word.clone();
        longer.insert_str(at.index(word.len()), &letter);
        let (a, b) = (term(&word), term(&longer));
        prop_assert!(compare(a.view(), b.view()).is_some());
        prop_assert!(shares_a_key(&a, &b));
    }
}

#[test]
fn nicknames_mean_the_same() {
    let like = compare(term("bob").view(), term("robert").view());
    assert_eq!(like.map(|it| it.relation), Some(Relation::Synonym));
}

#[test]
fn what_passports_shorten_and_other_romanizations_mean_the_same() {
    for (one, other) in [
        ("mohd", "mohammed"),
        ("muhd", "muhammad"),
        ("ri", "lee"),
        ("rhee", "yi"),
        ("hsueh", "xue"),
        ("tseng", "zeng"),
        ("jung", "rong"),
    ] {
        let like = compare(term(one).view(), term(other).view());
        assert_eq!(like.map(|it| it.relation), Some(Relation::Synonym), "{one} {other}");
    }
}
