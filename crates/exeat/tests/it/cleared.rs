//! Whom a search clears, and whom it must not: names beside the column that is searched, names in an
//! address, what names nobody, orders that may have been renewed.

use super::screen::{SALE, at, data, exeat, json, sale};
use std::fs;

#[test]
fn a_column_that_may_hold_names_keeps_everybody_from_being_cleared() {
    let data = data("cleared-columns");
    for (column, value, code) in [
        ("Intermediate Consignee", "NSO Group", 4),
        ("FreightForwarder", "NSO Group", 4),
        ("Whatever", "NSO Group", 4),
        ("Whatever", "C10023", 0),
        ("Consignee country", "Germany", 0),
        ("Remarks", "deliver to the back door", 0),
    ] {
        let rows = format!("name,country,{column}\nBrotfabrik Kiel,DE,{value}\n");
        fs::write(data.join("customers.csv"), rows).unwrap();
        let run = exeat(&data, &["screen", "customers.csv"]);
        assert_eq!(run.code, code, "{column}: {} {}", run.out, run.err);
        assert_eq!(run.err.contains(&format!("`{column}`")), code == 4, "{}", run.err);
    }
    fs::write(data.join("customers.csv"), "name,surname\nOttokar,Vremenski\n").unwrap();
    let run = exeat(&data, &["screen", "customers.csv", "--map", "more=surname"]);
    assert!(run.out.contains("\"d1\""), "{}", run.out);
}

#[test]
fn what_names_nobody_in_particular_is_asked_for_its_name() {
    let data = data("cleared-nobody");
    for name in ["To order of shipper", "client in Iran", "unit 61398", "Mr. Kim", "\"#REF!\""] {
        let run = exeat(&data, &["check", sale(&data, name), "--format", "json"]);
        let answer = json(&run);
        assert_eq!(at(&answer, "/outcome"), "needs-review", "{name}: {answer}");
        assert_eq!(at(&answer, "/questions/0/fact"), "parties[0].name", "{name}: {answer}");
    }
    let run = exeat(&data, &["check", sale(&data, "Kim GmbH"), "--format", "json"]);
    assert_ne!(at(&json(&run), "/outcome"), "needs-review", "{}", run.out);
}

#[test]
fn whoever_is_named_in_an_address_is_searched() {
    let data = data("cleared-address");
    let check = |address: &str| {
        let party = format!("name: Brotfabrik Kiel, address: \"{address}\", ");
        fs::write(data.join("sale.yaml"), SALE.replace("name: NAME, ", &party)).unwrap();
        json(&exeat(&data, &["check", "sale.yaml", "--format", "json"]))
    };
    let open = check("c/o NSO Group, 5 Brotgasse, Kiel");
    assert_eq!(at(&open, "/outcome"), "needs-review", "{open}");
    assert_eq!(at(&open, "/screening/0/listed"), "NSO Group", "{open}");
    assert_ne!(at(&check("5 Brotgasse, Kiel"), "/outcome"), "needs-review");
}

#[test]
fn a_denial_order_that_ended_after_the_day_of_the_list_is_a_match() {
    let data = data("cleared-order");
    let import = |until: &str, on: &str| {
        let list = format!(
            "list,id,name,until\nEL,e1,A Aa,\nDPL,d1,Ottokar Vremenski,{until}\nMEU,m1,B Bb,\n\
             UVL,u1,C Cc,\nSDN,s1,D Dd,\nDTC,t1,E Ee,\n"
        );
        fs::write(data.join("list.csv"), list).unwrap();
        let run =
            exeat(&data, &["lists", "import", "list.csv", "--current-on", on, "--accept-shrunken"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let file = sale(&data, "Ottokar Vremenski");
        json(&exeat(&data, &["check", file, "--format", "json"]))
    };
    let open = import("2026-09-23", "2026-09-22");
    assert_eq!(at(&open, "/outcome"), "needs-review", "{open}");
    assert!(open.to_string().contains("nobody knows whether it was renewed"), "{open}");
    let gone = import("2026-09-23", "2026-09-23");
    assert_ne!(at(&gone, "/outcome"), "needs-review", "{gone}");
}
