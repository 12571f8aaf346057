//! Answers with one pattern are the same but for the caller's own words.

#![expect(clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use crate::fuzz::rulebook::engine;
use crate::hunt::prey::{Dice, Prey};
use decision::pattern::{Names, Told};
use decision::transaction::read::{Format, read};
use decision::{Determination, Options, Pattern, Trace, Workspace};
use serde_json::{Value, json};

/// The answer to another transaction with the same pattern.
fn in_the_words_of<'law>(known: &Determination<'law>, names: &Names<'_>) -> Determination<'law> {
    let mut told = known.clone();
    told.id = names.id().map(str::to_owned);
    told.law_date = names.law_date();
    for (item, given) in told.items.iter_mut().zip(names.items()) {
        item.name.clone_from(&given.name);
        item.eccn = given.eccn.as_ref().map(ToString::to_string);
    }
    for question in &mut told.questions {
        question.ask = names.ask(question).unwrap_or_else(|| question.ask.clone());
    }
    told
}

/// The same for another customer, who buys a little more or less of it.
fn renamed(text: &Value, dice: &mut Dice) -> Value {
    let mut text = text.clone();
    text["id"] = json!(format!("another \"{}\"", dice.roll(1000)));
    for (list, key) in [("parties", "name"), ("parties", "address"), ("items", "name")] {
        for thing in text[list].as_array_mut().into_iter().flatten() {
            thing[key] = json!(format!("name: {}, {{party}}", dice.roll(1000)));
        }
    }
    for item in text["items"].as_array_mut().into_iter().flatten() {
        for key in ["value_usd", "quantity"] {
            if let Some(number) = item[key].as_u64() {
                item[key] = json!(number + dice.roll(3) as u64);
            }
        }
    }
    text
}

/// The same but for one thing that is told otherwise, somewhere, or not at all.
fn meddled(text: &Value, dice: &mut Dice) -> Value {
    fn leaves<'a>(value: &'a mut Value, into: &mut Vec<&'a mut Value>) {
        match value {
            Value::Object(fields) => fields.values_mut().for_each(|it| leaves(it, into)),
            Value::Array(elements) => elements.iter_mut().for_each(|it| leaves(it, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => into.push(value),
        }
    }
    let mut text = text.clone();
    let mut found = Vec::new();
    leaves(&mut text, &mut found);
    let at = dice.roll(found.len());
    let Some(leaf) = found.into_iter().nth(at) else { return text };
    *leaf = match (&*leaf, dice.roll(4)) {
        (Value::Bool(is), 0..3) => json!(!is),
        (Value::Number(number), 0) => json!(number.as_u64().unwrap_or_default() + 1),
        (Value::Number(number), 1) => json!(number.as_u64().unwrap_or_default() * 10),
        (Value::Number(_), 2) => json!(0),
        _ => Value::Null,
    };
    text
}

#[test]
fn answers_with_one_pattern_differ_in_the_callers_own_words_only() {
    let mut dice = Dice::new(17);
    let mut known: Vec<(Pattern, Determination<'_>)> = Vec::new();
    let mut workspace = Workspace::default();
    let (mut again, mut asking) = (0, 0);
    for round in 0..400 {
        let prey = Prey::new(&mut dice);
        let prey = if round % 2 == 0 { prey } else { prey.with_a_gap(&mut dice, true).1 };
        let text = prey.json();
        let options = Options {
            trace: Trace::Lean,
            strict: round % 5 == 0,
            max_law_age: if round % 7 == 0 { 1 } else { 10_000 },
            ..Options::default()
        };
        let mut other_day = text.clone();
        other_day["date"] = json!(format!("2026-0{}-11", 1 + dice.roll(6)));
        let mut others = vec![renamed(&text, &mut dice), renamed(&text, &mut dice), other_day];
        others.extend((0..4).map(|_| meddled(&text, &mut dice)));
        for text in [text.clone()].iter().chain(&others) {
            let Ok(transaction) = read(Format::Json, text.to_string().as_bytes()) else { continue };
            let plain = engine().decide(&transaction, &options);
            let told = engine().decide_unless_known(
                &mut workspace,
                &transaction,
                &options,
                |pattern, names| {
                    let found = known.iter().find(|it| it.0 == *pattern)?;
                    Some(in_the_words_of(&found.1, names))
                },
            );
            match told {
                Told::Known(told) => {
                    assert_eq!(told, plain, "{text}");
                    again += 1;
                    asking += usize::from(!told.questions.is_empty());
                }
                Told::Decided(told) => {
                    assert_eq!(told, plain, "{text}");
                    known.extend(workspace.pattern().map(|it| (it.clone(), told)));
                }
            }
        }
    }
    assert!(again > 500 && asking > 50, "{again} were known, of which {asking} ask");
}
