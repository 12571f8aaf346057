use super::{Government, Short, Subject};
use crate::desk::{Desk, DeskArgs};
use clap::{Args, FromArgMatches};
use decision::transaction::sector::Sector;
use jiff::civil::date;
use serde_json::json;

fn desk() -> Desk {
    let command = DeskArgs::augment_args(clap::Command::new("exeat"));
    let args = DeskArgs::from_arg_matches(&command.get_matches_from(["exeat", "--no-screening"]));
    Desk::open(&args.unwrap()).unwrap()
}

fn example(name: &str) -> Subject {
    let text = crate::examples::find(name).unwrap().text;
    Subject::of(super::subject::document(text).unwrap()).unwrap()
}

#[test]
fn a_sheet_that_was_made_is_not_made_again() {
    let (desk, subject) = (desk(), example("vietnam-bank"));
    let engine = desk.engine();
    let first = desk.sheet(&engine, &subject, date(2026, 9, 24));
    let again = desk.sheet(&engine, &subject, date(2026, 9, 24));
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    assert!(!std::sync::Arc::ptr_eq(&first, &desk.sheet(&engine, &subject, date(2024, 1, 1))));
}

#[test]
fn a_day_of_the_time_line_is_one_on_which_a_place_changes() {
    let (desk, subject) = (desk(), example("vietnam-police"));
    let engine = desk.engine();
    let days = super::days(&engine);
    let turn = days.iter().rev().find_map(|it| desk.turn(&engine, &subject, *it)).unwrap();
    let eve = desk.sheet(&engine, &subject, turn.day.yesterday().unwrap());
    assert_eq!(super::moves(&eve, &desk.sheet(&engine, &subject, turn.day)), turn.moves);
    assert!(desk.turn(&engine, &subject, turn.day.yesterday().unwrap()).is_none());
}

#[test]
fn the_document_for_another_place_says_what_the_relocated_transaction_says() {
    for example in crate::examples::all() {
        let subject = Subject::of(super::subject::document(example.text).unwrap()).unwrap();
        let day = date(2026, 9, 24);
        for country in decision::Country::all().step_by(31) {
            // `at` compares them itself, and says nothing where they differ.
            let told = subject.at(country, day);
            let chain = subject.transaction.legs.is_some();
            assert!(told.is_some() || chain, "{} in {country}", example.name);
        }
    }
}

#[test]
fn an_item_and_a_user_make_a_transaction() {
    let short =
        Short { eccn: "4D004".parse().unwrap(), sector: Sector::Bank, government: Government::Yes };
    let subject = Subject::of(short.document(date(2026, 9, 24))).unwrap();
    let user = &subject.transaction.parties.as_ref().unwrap()[0];
    assert_eq!(user.government_of.map(decision::Country::code), Some("GB"));
    let moved = subject.at("VN".parse().unwrap(), date(2026, 9, 24)).unwrap();
    assert_eq!(moved["parties"][0]["government_of"], json!("VN"));
}
