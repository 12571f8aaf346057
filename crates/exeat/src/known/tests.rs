use super::Known;
use crate::api::determination;
use crate::examples;
use crate::json::Layout;
use crate::library::RulesArg;
use decision::pattern::{Names, Told};
use decision::transaction::read;
use decision::{Engine, Options, Outcome, Pattern, Trace, Transaction, Workspace};

const OPTIONS: Options =
    Options { strict: false, max_law_age: 10_000, on: None, trace: Trace::Lean, answers: false };

fn plain(engine: &Engine, transaction: &Transaction) -> Vec<u8> {
    let mut out = Vec::new();
    determination::write(&engine.decide(transaction, &OPTIONS), Layout::Line, &mut out);
    out
}

/// The answer, and whether it was known.
fn told(
    engine: &Engine,
    (workspace, known): (&mut Workspace, &mut Known),
    transaction: &Transaction,
) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let tell = |pattern: &Pattern, names: &Names<'_>| -> Option<Outcome> {
        known.write(pattern, names, &mut out)
    };
    match engine.decide_unless_known(workspace, transaction, &OPTIONS, tell) {
        Told::Known(_) => (out, true),
        Told::Decided(answer) => {
            match workspace.pattern() {
                Some(pattern) => known.keep(pattern, &answer, &mut out),
                None => determination::write(&answer, Layout::Line, &mut out),
            }
            (out, false)
        }
    }
}

/// The transaction of another customer, in words that JSON must escape.
fn renamed(transaction: &Transaction, round: u32) -> Transaction {
    let mut other = transaction.clone();
    other.id = (round != 2).then(|| format!("order \"{round}\""));
    for item in other.items.iter_mut().flatten() {
        item.name = (round != 3).then(|| format!("tool\\{round}\n"));
    }
    for party in other.parties.iter_mut().flatten() {
        party.name = (round != 4).then(|| format!("{{party}}, \u{1}{round}"));
    }
    other
}

#[test]
fn an_answer_that_is_written_again_is_the_answer() {
    let rules = RulesArg { rules: None, also: Vec::new() };
    let engine = rules.engine().unwrap();
    let (mut workspace, mut known) = (Workspace::default(), Known::default());
    let (mut again, mut asking) = (0, 0);
    for example in examples::all() {
        let name = example.name;
        let transaction = read::read(read::Format::Yaml, example.text.as_bytes()).unwrap();
        for round in 0..6 {
            let transaction = renamed(&transaction, round);
            let (answer, was_known) = told(&engine, (&mut workspace, &mut known), &transaction);
            let wanted = String::from_utf8(plain(&engine, &transaction)).unwrap();
            assert_eq!(String::from_utf8(answer).unwrap(), wanted, "{name}, {round}");
            again += usize::from(was_known);
            asking += usize::from(was_known && wanted.contains("\"ask\""));
        }
    }
    assert!(again >= 40 && asking >= 4, "{again} were known, {asking} of them ask");
}

#[test]
fn what_is_held_is_bounded() {
    let mut known = Known::default();
    let engine = RulesArg { rules: None, also: Vec::new() }.engine().unwrap();
    let example = examples::find("vietnam-bank").unwrap();
    let transaction = read::read(read::Format::Yaml, example.text.as_bytes()).unwrap();
    let mut workspace = Workspace::default();
    for _ in 0..2 {
        told(&engine, (&mut workspace, &mut known), &transaction);
    }
    let held = known.bytes;
    assert!(held > 0);
    known.bytes = super::MOST;
    let mut other = transaction.clone();
    other.date = other.date.tomorrow().unwrap();
    for _ in 0..2 {
        told(&engine, (&mut workspace, &mut known), &other);
    }
    assert!(known.bytes < 2 * held && known.answers.len() == 1, "all was forgotten but the last");
}
