use crate::lexicon::{Role, slipped};
use crate::normalize;

#[test]
fn one_error_in_a_legal_form_of_several_words_is_seen_through() {
    for (text, used) in [
        ("limited liabilty company translom", 3),
        ("joint stock compnay polimer", 3),
        ("joint stock comapny", 3),
        ("public joint stock comany saturn", 4),
        ("pulbic joint stock company saturn", 4),
        ("aktssionernoe obshchestvo zavod proton", 2),
        ("obshchestvo s ogranichennoi otvetstvennostyyu nn development", 4),
        ("общество с ограниченой ответственностью вектор", 4),
    ] {
        let found = slipped(&normalize::words(text));
        assert_eq!(found.map(|it| (it.0, it.1.role)), Some((used, Role::Legal)), "{text}");
    }
    for text in ["stock exchange", "limited edition company", "north star"] {
        assert_eq!(slipped(&normalize::words(text)), None, "{text}");
    }
}
