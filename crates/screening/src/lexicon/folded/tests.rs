use super::fold;
use crate::lexicon::{Role, respelled};
use crate::normalize;

#[test]
fn spellings_of_one_word_fold_to_one() {
    for (a, b) in [
        ("obshchestvo", "obschestvo"),
        ("obshchestvo", "obshestvo"),
        ("aktsionernoe", "aktcionernoye"),
        ("otvetstvennostyu", "otvetstvennostiu"),
        ("tekhnologii", "tehnologiy"),
    ] {
        assert_eq!(fold(a), fold(b), "{a} {b}");
    }
}

#[test]
fn legal_forms_and_common_words_are_known_in_latin_letters() {
    for (text, role, words) in [
        ("Obschestvo s Ogranichennoy Otvetstvennostiu Galika", Role::Legal, 4),
        ("Aktcionernoe Obshestvo Tetis", Role::Legal, 2),
        ("Nauchno-Proizvodstvennoe Obyedinenie", Role::Word, 3),
        ("Mashinostroitelny", Role::Word, 1),
        ("Tekhnologicheskii", Role::Word, 1),
    ] {
        let found = respelled(&normalize::words(text)).map(|it| (it.1.role, it.0));
        assert_eq!(found, Some((role, words)), "{text}");
    }
    for text in ["Sandvine", "Candiru", "Intellexa", "Gazprom", "Huawei", "Ross"] {
        assert!(respelled(&normalize::words(text)).is_none(), "{text}");
    }
}

#[test]
fn a_name_that_only_begins_like_a_common_word_is_none() {
    for text in ["Assad", "Singh", "Sinclair", "Skolkovo", "Radiovolna", "Moskvichev", "Pichugin"] {
        assert!(respelled(&normalize::words(text)).is_none(), "{text}");
    }
    for text in ["Issledovatelskogo", "Tsentralnyi", "Gosudarstvennaya", "Hizmetleri", "Belarusian"]
    {
        assert!(respelled(&normalize::words(text)).is_some(), "{text}");
    }
}

#[test]
fn forms_of_one_long_word_have_one_stem() {
    for (a, b) in [
        ("infrastrukturnye", "infrastructure"),
        ("partnerstvo", "partnerstva"),
        ("elektrouglei", "elektrougli"),
    ] {
        let (a, b) = (fold(a), fold(b));
        assert_eq!(super::stem(&a), super::stem(&b), "{a} {b}");
    }
    for (a, b) in [("continental", "continente"), ("element", "elemento")] {
        let (a, b) = (fold(a), fold(b));
        assert!(super::stem(&a).is_none() || super::stem(&a) != super::stem(&b), "{a} {b}");
    }
}
