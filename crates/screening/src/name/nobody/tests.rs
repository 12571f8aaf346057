use super::{ALONE, PHRASES, names_nobody};

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

#[test]
fn what_stands_for_a_name_in_a_form_names_nobody() {
    for text in [
        "same as consignee",
        "Same as purchaser",
        "Same as ship-to",
        "see attachment",
        "as per PO",
        "TBD by customer",
        "TBA - see PO",
        "Customer of reseller",
        "end customer",
        "for stock",
        "reseller stock",
        "stock",
        "one-time customer",
        "CPD customer",
        "cash sale",
        "test",
        "Test customer",
        "dummy",
        "DO NOT USE",
        "123456",
        "12 34-56",
        "asdf",
        "aaaaa",
        "Government",
        "government agency",
        "Ministry",
        "police",
        "local police",
        "distributor",
        "the distributor",
        "agent",
        "our partner",
        "bank",
        "school",
        "wie oben",
        "siehe Anhang",
        "idem",
        "client final",
        "cliente final",
        "\u{442}\u{43e} \u{436}\u{435}",
        "\u{43a} \u{441}\u{432}\u{435}\u{434}\u{435}\u{43d}\u{438}\u{44e}",
        "\u{646}\u{641}\u{633} \u{627}\u{644}\u{645}\u{631}\u{633}\u{644} \u{625}\u{644}\u{64a}\u{647}",
        "\u{89c1}\u{9644}\u{4ef6}",
    ] {
        assert!(names_nobody(text), "{text}");
    }
}

#[test]
fn a_kind_of_body_with_a_name_is_somebody() {
    for text in [
        "Bank Rossiya",
        "Police of Kiel",
        "Test Valley Borough",
        "Agent Provocateur",
        "Stock GmbH",
        "Distributor Nord",
        "Government of Bavaria",
        "37signals",
        "1C",
        "58.com",
        "AAA",
        "CCCC",
        "Lager 157",
        "Idemitsu",
        "Same Deutz-Fahr",
        "Ministry of Sound",
        "School 57",
    ] {
        assert!(!names_nobody(text), "{text}");
    }
    assert!(ALONE.len() > 150);
    assert!(ALONE.iter().all(|it| names_nobody(it)));
}
