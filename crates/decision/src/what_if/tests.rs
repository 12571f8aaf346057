use super::levers::{LEVERS, Standing, of};
use super::turns;
use crate::transaction::read::{Format, read};
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
