use super::{cyrillic, japanese};

fn hepburn(word: &str) -> Option<String> {
    japanese(&word.chars().collect::<Vec<_>>())
}

#[test]
fn japanese_in_cyrillic_is_spelled_by_hepburn() {
    for (word, expected) in [
        ("дзёдзё", "jojo"),
        ("итидзо", "ichizo"),
        ("сюити", "shuichi"),
        ("ёсидзо", "yoshizo"),
        ("танигути", "taniguchi"),
        ("такахаси", "takahashi"),
        ("намба", ""),
        ("намбахаси", "nanbahashi"),
        ("хаттори", "hattori"),
        ("цудзи", "tsuji"),
    ] {
        assert_eq!(hepburn(word).unwrap_or_default(), expected, "{word}");
        assert_eq!(cyrillic(word).iter().any(|it| it == expected), !expected.is_empty(), "{word}");
    }
}

#[test]
fn what_no_japanese_syllables_make_has_no_such_spelling() {
    for word in ["иванов", "сергей", "никита", "тимошин", "дмитрий", "тихвин", "хабиб", "", "н"]
    {
        assert_eq!(hepburn(word), None, "{word}");
    }
}
