use super::{PHRASES, names_nobody};

#[test]
fn what_says_that_a_name_is_missing_names_nobody() {
    for text in [
        "unknown",
        "UNKNOWN",
        "Un\u{200b}known",
        "N/A",
        "n.a.",
        "NA",
        "TBD",
        "T.B.D.",
        "none",
        "null",
        "To be determined",
        "not known",
        "n.n.",
        "-",
        "?",
        "x",
        "XXX",
        "unbekannt",
        "inconnu",
        "Desconocido",
        "неизвестно",
        "不详",
        "不詳",
        "未知",
        "미상",
        "غير معروف",
        "Unknown, to be confirmed",
        "Unknown end user",
        "End user: unknown",
        "the company",
        "Não informado",
        "I don't know",
        "I don\u{2019}t know",
        "don't know",
        "DONT KNOW",
        "We do not know yet, to be confirmed",
        "no idea",
        "not yet known",
        "unclear",
        "private person",
        "A private individual",
        "yes",
        "не знаю",
        "Я не знаю",
        "Weiß nicht",
        "keine Ahnung",
        "je ne sais pas",
        "no lo sé",
        "não sei",
        "non lo so",
        "bilmiyorum",
        "tidak tahu",
        "không biết",
        "لا أعرف",
        "لا اعرف",
        "نمی\u{200c}دانم",
        "לא יודע",
        "我不知道",
        "分かりません",
        "모르겠습니다",
        "मुझे नहीं पता",
        "не знаємо",
        "",
    ] {
        assert!(names_nobody(text), "{text}");
    }
}

#[test]
fn legal_forms_titles_and_letters_alone_name_nobody() {
    for text in [
        "LLC",
        "L.L.C.",
        "GmbH",
        "ООО",
        "Co., Ltd.",
        "Mr.",
        "Mr. X",
        "Dr",
        "X LLC",
        "Unknown LLC",
        "Herr Unbekannt",
        "J. D.",
        "N.N. GmbH",
    ] {
        assert!(names_nobody(text), "{text}");
    }
}

#[test]
fn one_word_that_may_carry_a_name_is_enough() {
    for text in [
        "Unknown Worlds Entertainment",
        "Unknown Trading",
        "Null Technologies",
        "Acme LLC",
        "3M",
        "IBM",
        "I.B.M.",
        "A.B.C. Ltd",
        "Mr. Smith",
        "华为",
        "Li",
        "Позитив",
        "None Such Ltd",
        "No Name Brands",
        "Qwrtz",
        "NSO Group",
        "Yes Bank",
        "No Limits Ltd",
        "Don Tknow Holdings",
        "Idea Cellular",
        "Privat Bank",
        "PrivatBank",
        "Ja Rule",
        "Dr. Non",
        "Ni Hao",
        "Personal Computers LLC",
        "Particular Software",
        "Later Life Ltd",
        "Biri Technologies",
        "Ya Kun",
    ] {
        assert!(!names_nobody(text), "{text}");
    }
}

#[test]
fn every_phrase_is_known_as_it_is_written() {
    assert!(PHRASES.len() > 200);
    for phrase in include_str!("../../../data/nobody.txt").split([',', '\n']) {
        assert!(names_nobody(phrase), "{phrase}");
    }
}
