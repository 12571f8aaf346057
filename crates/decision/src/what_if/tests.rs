use super::levers::{LEVERS, Standing, of};
use super::turns;
use crate::transaction::read::{Format, read};
use crate::transaction::{Role, Transaction};
use std::collections::BTreeSet;

#[test]
fn every_fact_of_the_catalogue_is_argued_once() {
    let facts: BTreeSet<&str> = LEVERS.iter().map(|it| it.fact).collect();
    assert_eq!(facts.len(), LEVERS.len());
    assert!(LEVERS.iter().all(|it| it.why.len() > 20));
}

#[test]
fn a_path_finds_its_fact_wherever_it_stands() {
    assert_eq!(of("parties[3].sector").unwrap().fact, "parties.sector");
    assert_eq!(of("legs[1].parties[0].lists").unwrap().fact, "parties.lists");
    assert_eq!(of("items[0].form").unwrap().standing, Standing::Lever);
    assert!(of("items[0].value_usd").is_none());
}

#[test]
fn nothing_that_could_be_shaped_to_pass_is_ever_tried() {
    let text = "date: 2026-09-24\nactivity: export\ndestination: VN\nitems: [{eccn: 4D004, form: \
                object-code, value_usd: 6000, quantity: 4, published: false}]\nparties: [{role: \
                end-user, name: A, country: VN, sector: police, government_of: VN, lists: []}]\n";
    let transaction = read(Format::Yaml, text.as_bytes()).unwrap();
    let turns = turns(&transaction);
    assert!(turns.len() > 20);
    for turn in turns {
        for shaped in ["value_usd", "quantity", "published", "name", "activity", "role", "date"] {
            assert!(!turn.path.ends_with(shaped), "{turn:?}");
        }
        let mut changed = transaction.clone();
        turn.apply(&mut changed);
        assert_ne!(changed, transaction, "{turn:?} changes nothing");
    }
}

fn sale(text: &str) -> Transaction {
    read(Format::Yaml, format!("date: 2026-09-24\n{text}").as_bytes()).unwrap()
}

/// The paths of the levers of a sale.
fn levers(text: &str) -> BTreeSet<String> {
    let turns = turns(&sale(text)).into_iter();
    turns.filter(|it| it.standing == Standing::Lever).map(|it| it.path).collect()
}

#[test]
fn who_only_moves_it_may_be_another_and_who_buys_or_uses_it_may_not() {
    for role in Role::ALL {
        let text = format!(
            "activity: export\ndestination: DE\nitems: [{{eccn: 4D004}}]\nparties: [{{role: {role}, \
             name: A, sector: freight-forwarding, lists: [{{list: DPL}}]}}]\n"
        );
        let moves =
            [Role::IntermediateConsignee, Role::Carrier, Role::Bank, Role::Broker].contains(role);
        assert_eq!(levers(&text).contains("parties[0].name"), moves, "{role}");
        // Whoever sells on is no forwarder, whatever the role.
        let reseller = text.replace("freight-forwarding", "reseller");
        assert!(!levers(&reseller).contains("parties[0].name"), "{role}");
    }
}

#[test]
fn another_route_is_a_lever_and_another_destination_is_none() {
    let text = "activity: export\ndestination: DE\ntransit: [IR, TR]\nitems: [{eccn: 4D004}]\n";
    let found = levers(text);
    assert!(found.contains("transit") && !found.contains("destination"), "{found:?}");
    for turn in turns(&sale(text)).iter().filter(|it| it.path == "transit") {
        let mut changed = sale(text);
        turn.apply(&mut changed);
        assert_eq!(changed.destination, sale(text).destination, "{turn:?}");
    }
    assert!(!levers(&text.replace("transit: [IR, TR]\n", "")).contains("transit"));
}

#[test]
fn where_data_is_kept_is_a_lever_only_where_nobody_there_is_to_have_it() {
    let stored = |parties: &str| {
        let provider = "{role: storage-provider, country: CN, sector: cloud-storage}";
        levers(&format!(
            "activity: storage-abroad\ndestination: CN\nitems: [{{eccn: 4D004}}]\n\
             parties: [{provider}{parties}]\n"
        ))
    };
    let path = "transfer.intentionally_stored_in";
    assert!(stored("").contains(path));
    assert!(!stored(", {role: end-user, country: CN}").contains(path));
    assert!(!levers("activity: export\ndestination: CN\nitems: [{eccn: 4D004}]\n").contains(path));
}

#[test]
fn an_item_of_encryption_may_be_classified_and_others_may_not() {
    let of = |item: &str| levers(&format!("activity: export\ndestination: VN\nitems: [{item}]\n"));
    assert!(of("{eccn: 5D002.c.1, form: object-code}").contains("items[0].encryption"));
    assert!(!of("{eccn: 4D004, form: object-code}").contains("items[0].encryption"));
    let supplied = "items[0].supplied_as";
    assert!(of("{eccn: 4D004, form: object-code, supplied_as: upgrade}").contains(supplied));
    assert!(!of("{eccn: 4D004, form: object-code, supplied_as: bug-fix}").contains(supplied));
    assert!(!of("{eccn: 4A005, form: commodity}").contains(supplied));
}
