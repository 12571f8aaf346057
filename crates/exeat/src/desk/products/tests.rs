use super::{Interview, Signed, answered, release};
use crate::library::RulesArg;
use decision::transaction::values::Answer;
use decision::{Engine, Options};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

const DAY: Date = date(2026, 9, 24);
const TEXT: &str = include_str!("../../../../../examples/release/export.toml");

fn engine() -> Engine {
    RulesArg { rules: None, also: Vec::new() }.engine().unwrap()
}

#[test]
fn what_a_capability_establishes_is_an_answer_that_can_be_overruled() {
    let engine = engine();
    let capabilities = &engine.rulebook().classification.as_ref().unwrap().capabilities;
    let one = capabilities.iter().find(|it| !it.establishes.is_empty()).unwrap();
    let (question, answer) = &one.establishes[0];
    let held = Interview::of(&engine, DAY, std::slice::from_ref(&one.id), &BTreeMap::new());
    assert_eq!(held.established.get(question), Some(&one.id));
    assert!(held.product(DAY).answers.unwrap().contains_key(question), "{answer}");
    let overruled = BTreeMap::from([(question.clone(), "no".to_owned())]);
    let overruled = Interview::of(&engine, DAY, std::slice::from_ref(&one.id), &overruled);
    assert!(overruled.established.is_empty() || !overruled.established.contains_key(question));
}

#[test]
fn what_is_no_answer_leaves_the_question_open() {
    let engine = engine();
    let odd = BTreeMap::from([("no-such-question".to_owned(), "yes".to_owned())]);
    let interview = Interview::of(&engine, DAY, &[], &odd);
    assert!(interview.product(DAY).answers.is_none());
    let classification = engine.classify(&interview.product(DAY), &Options::default());
    assert!(!classification.questions.is_empty());
}

#[test]
fn an_answer_is_written_into_the_file_with_who_gave_it() {
    let engine = engine();
    let before = release(&engine, TEXT).unwrap();
    let component = before.components[0].id.clone();
    let question = engine.classification_questions().iter().find(|it| it.values.is_empty());
    let signed = Signed {
        question: question.unwrap().id.clone(),
        answer: Some(Answer::No),
        by: "An \"engineer\"".to_owned(),
        on: DAY,
    };
    let text = answered(&before, &component, &signed).unwrap();
    let after = release(&engine, &text).unwrap();
    let given = after.components[0].answers.as_ref().unwrap();
    let given = given.iter().find(|it| it.question == signed.question).unwrap();
    assert_eq!((given.by.as_str(), given.on, &given.value), ("An \"engineer\"", DAY, &Answer::No));
    assert_eq!(answered(&before, "no-such-component", &signed), None);
}
