use super::lack;
use crate::case::authorization::{Authorization, Granted, State};
use crate::case::coverage::{Drawn, Needed, NeededItem, NeededParty};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 9, 24);

fn party(role: &str, name: &str) -> NeededParty {
    NeededParty { role: role.to_owned(), names: vec![name.to_owned()] }
}

fn item(eccn: &str, quantity: i64) -> NeededItem {
    let quantity = Some(quantity * 1000);
    NeededItem { eccn: Some(eccn.to_owned()), quantity, value: None }
}

/// Two lines from a purchaser to a bank.
fn needed() -> Needed {
    Needed {
        agencies: vec!["BIS".to_owned()],
        destinations: ["VN".to_owned()].into(),
        items: vec![item("4D004", 3), item("5A001.j", 2)],
        parties: vec![party("purchaser", "Trader"), party("end-user", "Bank")],
    }
}

fn license(number: &str, items: &[&str], parties: &[&str]) -> Authorization {
    let texts = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect();
    Authorization {
        granted: Granted {
            number: number.to_owned(),
            agency: "BIS".to_owned(),
            scope: "testing".to_owned(),
            from: None,
            until: Some(date(2030, 1, 1)),
            destinations: vec!["VN".to_owned()],
            items: texts(items),
            parties: texts(parties),
            quantity: None,
            value_usd: None,
        },
        state: State::Live,
    }
}

fn limited(license: Authorization, quantity: u64) -> Authorization {
    let granted = Granted { quantity: Some(quantity), ..license.granted };
    Authorization { granted, ..license }
}

fn told(all: &[Authorization], needed: &Needed, drawn: &[Drawn]) -> Option<String> {
    lack(&all.iter().collect::<Vec<_>>(), needed, DAY, drawn)
}

const BOTH: &[&str] = &["Trader", "Bank"];

#[test]
fn one_license_a_line_covers_all() {
    let all = [license("A", &["4D004"], BOTH), license("B", &["5A001"], BOTH)];
    assert_eq!(told(&all, &needed(), &[]), None);
}

#[test]
fn a_line_that_no_license_covers_as_a_whole_is_not_covered() {
    let beside = [license("A", &["4D004"], BOTH), license("B", &["5A001.j"], &["Bank"])];
    let said = told(&beside, &needed(), &[]).unwrap();
    assert_eq!(said, "nor does any cover 5A001.j for Trader and Bank as a whole");
    // Who buys in one license and who uses in the other authorize nothing together.
    let both: &[&str] = &["4D004", "5A001.j"];
    let halves = [license("A", both, &["Trader"]), license("B", both, &["Bank"])];
    assert!(told(&halves, &needed(), &[]).is_some());
    // Nor are places divided.
    let mut chain = needed();
    chain.destinations.insert("TH".to_owned());
    let mut thai = license("B", both, BOTH);
    thai.granted.destinations = vec!["TH".to_owned()];
    assert!(told(&[license("A", both, BOTH), thai], &chain, &[]).is_some());
    // One that has ended covers no part.
    let mut over = license("B", &["5A001.j"], BOTH);
    over.granted.until = Some(DAY);
    assert!(told(&[license("A", &["4D004"], BOTH), over], &needed(), &[]).is_some());
}

#[test]
fn end_users_side_by_side_may_stand_in_licenses_of_their_own() {
    let both: &[&str] = &["4D004", "5A001.j"];
    let mut two = needed();
    two.parties.push(party("end-user", "Insurer"));
    let all = [license("A", both, BOTH), license("B", both, &["Trader", "Insurer"])];
    assert_eq!(told(&all, &two, &[]), None);
    let without_trader = [license("A", both, BOTH), license("B", both, &["Insurer"])];
    assert!(told(&without_trader, &two, &[]).is_some());
    // Consignees on the way are no choice: it goes through the hands of both.
    let mut way = needed();
    way.parties.extend([
        party("intermediate-consignee", "Port"),
        party("intermediate-consignee", "Depot"),
    ]);
    let all = [
        license("A", both, &["Trader", "Bank", "Port"]),
        license("B", both, &["Trader", "Bank", "Depot"]),
    ];
    assert!(told(&all, &way, &[]).is_some());
}

#[test]
fn what_is_left_of_each_is_enough_for_the_lines_that_it_takes() {
    let both: &[&str] = &["4D004", "5A001.j"];
    // 3 and 2: the one that takes both would have 5.
    let all = [limited(license("A", both, BOTH), 3), limited(license("B", both, BOTH), 2)];
    assert_eq!(told(&all, &needed(), &[]), None);
    let drawn = Drawn { number: "B".to_owned(), quantity: 1, value: 0 };
    let said = told(&all, &needed(), &[drawn]).unwrap();
    assert_eq!(said, "nor is enough left of all of them together");
    // A line is not divided by amounts.
    let less = [limited(license("A", both, BOTH), 4), limited(license("B", both, BOTH), 1)];
    assert!(told(&less, &needed(), &[]).is_some());
    // Nor by end users: each license takes all of a line.
    let mut two = needed();
    two.parties.push(party("end-user", "Insurer"));
    let a = limited(license("A", both, BOTH), 5);
    let b = limited(license("B", both, &["Trader", "Insurer"]), 4);
    assert!(told(&[a.clone(), b], &two, &[]).is_some());
    let b = limited(license("B", both, &["Trader", "Insurer"]), 5);
    assert_eq!(told(&[a, b], &two, &[]), None);
}
