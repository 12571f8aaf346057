use crate::field::tests::{finds, texts};
use crate::party::PartyKind::{self, Organization, Vessel};

fn hides(listed: &str, kind: PartyKind, behind: &[&str]) -> Vec<String> {
    let asked = behind.iter().map(|it| it.replace("{}", listed));
    asked.filter(|it| !finds(listed, kind, it)).collect()
}

const NONE: [&str; 0] = [];

/// Two listed names: one with a legal form, and one of a rare word and a common one.
const LISTED: [&str; 2] = ["Zephyrcom Quorvane Ltd", "Veligorov Trading"];

#[test]
fn a_label_with_a_number_behind_a_name_hides_nobody() {
    for listed in LISTED {
        let found = hides(
            listed,
            Organization,
            &[
                "{} T:+971 4 2211334",
                "{} Ph.022-27654321",
                "{} Tel:+86 755 88886666",
                "{} Telefon 030 1234567",
                "{} 电话:0755-88886666",
                "{} هاتف 0501234567",
                "{} GST No. 27AAACB1234C1Z5",
                "{} USt-IdNr. DE123456789",
                "{} UID CHE-123.456.789",
                "{} INN/KPP 7701234567/770101001",
                "{} CR No. 1010123456",
                "{} Trade Licence No 123456",
                "{} Cust.No. 554433",
                "{} Kd.-Nr. 10023",
                "{} A/C 0012345",
                "{} SO#778812",
                "{} BIC DEUTDEFF",
                "{} Your Ref: 12345",
                // Labels that no table has.
                "{} Zqx 12345678",
                "{} Qzx:4411223",
                "{} Zqxtv No. 445566",
                "{} 27AAACB1234C1Z5",
            ],
        );
        assert_eq!(found, NONE);
    }
    let form = hides(LISTED[0], Organization, &["{} dept of something or other 7701234567"]);
    assert_eq!(form, NONE);
}

#[test]
fn a_word_of_a_name_is_no_label_without_a_number() {
    for name in ["Order Zephyrcom Quorvane", "Quorvane Account Services", "Zephyrcom Mobile Ltd"] {
        assert_eq!(texts(name, Organization), [name]);
    }
    // What follows a colon and is no number may be a name.
    assert!(finds("Zephyrcom Quorvane Ltd", Organization, "Order: Zephyrcom Quorvane Ltd"));
}

#[test]
fn the_code_of_a_country_behind_a_name_hides_nobody() {
    for listed in LISTED {
        let found = hides(
            listed,
            Organization,
            &["{} CN", "{} RUS", "{} KSA", "{} CN 518000", "{}/MOSCOW/RU", "{}/RU", "{} P.R.C."],
        );
        assert_eq!(found, NONE);
    }
    assert!(finds("Zephyrcom", Organization, "Zephyrcom TR"));
    // A word, where no legal form stands before it.
    assert_eq!(texts("Zephyrcom Quorvane IT", Organization), ["Zephyrcom Quorvane IT"]);
    assert!(
        !texts("Zephyrcom Quorvane cn", Organization).contains(&"Zephyrcom Quorvane".to_owned())
    );
}

#[test]
fn a_branch_or_a_remark_hides_nobody() {
    for listed in LISTED {
        let found = hides(
            listed,
            Organization,
            &[
                "{} Succursale de Genève",
                "{} Zweigniederlassung Wien",
                "{} Liaison Office",
                "{} İrtibat Bürosu",
                "{} Представительство в Минске",
                "{} Обособленное подразделение",
                "{} 北京办事处",
                "{} فرع دبي",
                "{} Head Office",
                "{} gesperrt",
                "{} - DO NOT USE",
                "BLOCKED {}",
                "{} не использовать",
                "{} USD",
                "收货人:{}",
                "Endkunde: {}",
                "Receiving Dock 4 {}",
            ],
        );
        assert_eq!(found, NONE);
    }
    assert!(finds("深圳市泽菲尔科技有限公司", Organization, "深圳市泽菲尔科技有限公司上海分公司"));
}

#[test]
fn what_stands_beside_a_vessel_hides_none() {
    let found = hides(
        "Zelmira",
        Vessel,
        &[
            "Vessel {} voy. 123E",
            "SHIPPED ON {}",
            "per {}",
            "{} V.045W",
            "{} voyage 12",
            "M.V. {} ex Sea Star",
            "{} ex-Sea Star",
            "m/v {} flag Panama",
            "O/B {}",
            "MT {} or substitute",
            "{} IMO9123456",
        ],
    );
    assert_eq!(found, NONE);
}
