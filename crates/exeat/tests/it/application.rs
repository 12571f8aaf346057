//! The draft of a license application.

use crate::{exeat, exeat_in, folder};
use serde_json::Value;

const SALE: &str = "\
date: 2026-09-24
activity: export
from: US
destination: VN
items:
- {name: red-team platform, eccn: 4D004, form: object-code, value_usd: 12500.5, quantity: 2}
- {name: handbook, eccn: EAR99, form: technology, value_usd: 10}
parties:
- {role: seller, name: Example Security, country: US, address: '1 Main Street, Springfield', sector: private-other, lists: []}
- {role: purchaser, name: Cong Ty, country: VN, sector: reseller, state_owned_percent: 0, us_subsidiary: false, lists: []}
- {role: end-user, name: Ngan Hang, country: VN, sector: private-other, state_owned_percent: 0, us_subsidiary: false, lists: []}
end_use: {purposes: [defensive-testing], knows: []}
documents_held: [end-user-statement]
notices: []
red_flags: []
";

/// What a block says under a title; null is blank.
fn told<'a>(draft: &'a Value, block: &str, title: &str) -> Vec<&'a Value> {
    let blocks = draft["blocks"].as_array().unwrap().iter().filter(|it| it["block"] == block);
    let parts = blocks.flat_map(|it| it["parts"].as_array().unwrap());
    parts
        .filter(|it| it["title"].as_str().unwrap().starts_with(title))
        .map(|it| &it["text"])
        .collect()
}

#[test]
fn what_the_transaction_tells_stands_in_its_block_and_the_rest_is_blank() {
    let folder = folder("application");
    std::fs::write(folder.join("sale.yaml"), SALE).unwrap();
    let run = exeat_in(&folder, &["application", "sale.yaml", "--format", "json"], "");
    assert_eq!(run.code, 3, "{}{}", run.out, run.err);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let draft = &answer["applications"][0];
    assert_eq!(told(draft, "5", "Type"), ["Export"]);
    assert_eq!(told(draft, "14", "Name"), ["Example Security"]);
    assert_eq!(told(draft, "14", "Address"), ["1 Main Street, Springfield"]);
    assert_eq!(told(draft, "16", "Name"), ["Cong Ty"]);
    assert_eq!(told(draft, "19", "Country"), ["Vietnam (VN)"]);
    // The item that needs no license is not applied for.
    assert_eq!(told(draft, "22", "(a)"), ["4D004"]);
    assert_eq!(told(draft, "22", "(e)"), ["2"]);
    assert_eq!(told(draft, "22", "(h)"), ["12500.50"]);
    assert_eq!(told(draft, "23", "Value"), ["12500.50"]);
    assert_eq!(told(draft, "6-7", "Held"), ["end user statement"]);
    assert_eq!(draft["reasons"][0]["citation"], "742.4(a)(1)");
    assert_eq!(draft["review"]["policy"], "case-by-case");
    // Nothing is made up.
    for (block, title) in [
        ("1-3", "Name"),
        ("17", "Name"),
        ("18", "Name"),
        ("19", "Address"),
        ("22", "(f)"),
        ("22", "(i)"),
        ("21", "In words"),
        ("25", "Signed"),
    ] {
        assert_eq!(told(draft, block, title), [&Value::Null], "{block} {title}");
    }
    let text = exeat_in(&folder, &["application", "sale.yaml"], "").out;
    assert!(text.contains("18. Ultimate consignee\n  Name: ____________"), "{text}");
    let paper = exeat_in(&folder, &["application", "sale.yaml", "--format", "md"], "").out;
    assert!(paper.contains("| 19 End user | Name | Ngan Hang |"), "{paper}");
}

#[test]
fn without_the_value_of_each_line_there_is_no_total() {
    let sale = SALE.replace(", value_usd: 12500.5", "");
    let run = exeat(&["application", "-", "--format", "json"], sale);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(told(&answer["applications"][0], "23", "Value"), [&Value::Null]);
}

#[test]
fn where_no_license_is_required_nothing_is_drafted() {
    for (example, code, why) in [
        ("vietnam-bank", 0, "there is nothing to apply for"),
        ("china-reseller", 4, "answer what is open first"),
    ] {
        let run = exeat(&["application", "--example", example], "");
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{example}: {}", run.err);
        assert!(run.err.contains(why), "{example}: {}", run.err);
    }
}

#[test]
fn each_leg_that_needs_a_license_has_a_draft() {
    let run = exeat(&["application", "--example", "russia-forwarder", "--format", "json"], "");
    assert_eq!(run.code, 3, "{}", run.err);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let drafts = answer["applications"].as_array().unwrap();
    assert!(
        !drafts.is_empty() && drafts.iter().all(|it| !it["reasons"].as_array().unwrap().is_empty())
    );
}
