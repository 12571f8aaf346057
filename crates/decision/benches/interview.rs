//! How long the next question takes.
//!
//! A person is asked about a sale, question by question, the best first, until nothing that can
//! still matter is left; what cannot be said is skipped. `kept` goes on with what was worked out for
//! the question before, `anew` decides each form from the beginning. The first question of an
//! interview is left out: there is nothing to go on with, and its time is that of `first`.
#![expect(clippy::expect_used, reason = "a bench that cannot go on fails")]
#![expect(clippy::panic, reason = "a rulebook that cannot be loaded fails every bench")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::{Engine, Options, Trace, Workspace};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use std::collections::BTreeSet;

#[path = "../tests/it/rulebook.rs"]
mod rulebook;

fn main() {
    divan::main();
}

const OPTIONS: Options =
    Options { strict: false, max_law_age: 10_000, on: None, trace: Trace::Lean, answers: false };

/// What can be told of a sale: the field that is asked for, and what is answered.
const TOLD: [(&str, &str); 14] = [
    ("items[0].form", "object-code"),
    ("items[0].published", "false"),
    ("items[0].origin.us_origin", "true"),
    ("from", "US"),
    ("parties[0].country", "{there}"),
    ("parties[0].sector", "private-other"),
    ("parties[0].government_of", "{there}"),
    ("parties[0].state_owned_percent", "0"),
    ("parties[0].state_appoints_board_majority", "false"),
    ("parties[0].us_subsidiary", "false"),
    ("parties[0].lists", "[]"),
    ("end_use.purposes", "[defensive-testing]"),
    ("end_use.knows", "[]"),
    ("red_flags", "[]"),
];

/// Where, and what: one interview each.
const SALES: [(&str, &str); 8] = [
    ("VN", "4D004"),
    ("DE", "4D004"),
    ("SA", "5A001.j"),
    ("IL", "4E001.c"),
    ("AE", "5D001.c"),
    ("CN", "4A005"),
    ("IN", "5D002.c.1"),
    ("BR", "5A004.b"),
];

/// A sale of which this was told.
fn sale((there, eccn): (&str, &str), told: &BTreeSet<&str>) -> Transaction {
    let value = |field: &str| {
        let found = TOLD.iter().find(|it| it.0 == field && told.contains(field));
        found.map(|it| it.1.replace("{there}", there))
    };
    let fields = |of: &str| {
        let here = TOLD.iter().filter_map(|(field, _)| {
            let name = field.strip_prefix(of)?;
            Some(format!("{name}: {}", value(field)?))
        });
        here.filter(|it| !it.starts_with("origin.")).collect::<Vec<_>>().join(", ")
    };
    let origin = value("items[0].origin.us_origin");
    let origin = origin.map_or(String::new(), |it| format!(", origin: {{us_origin: {it}}}"));
    let mut text = format!("date: 2026-09-24\nactivity: export\ndestination: {there}\n");
    for field in ["from", "red_flags"] {
        text.extend(value(field).map(|it| format!("{field}: {it}\n")));
    }
    let (items, parties) = (fields("items[0]."), fields("parties[0]."));
    text.extend([
        format!("items: [{{eccn: {eccn}, {items}{origin}}}]\n"),
        format!("parties: [{{role: end-user, {parties}}}]\n"),
        format!("end_use: {{{}}}\n", fields("end_use.")),
    ]);
    read(Format::Yaml, text.as_bytes()).expect("a transaction")
}

/// The forms of an interview, one after each answer that could be given.
fn interview(engine: &Engine, of: (&str, &str)) -> Vec<Transaction> {
    let mut told = BTreeSet::new();
    let mut forms = vec![sale(of, &told)];
    loop {
        let answer = engine.decide(forms.last().expect("a form"), &OPTIONS);
        let known = |field: &str| TOLD.iter().map(|it| it.0).find(|it| *it == field);
        let mut next = answer.questions.iter().filter_map(|it| known(&it.fact));
        let Some(next) = next.find(|it| !told.contains(it)) else { return forms };
        told.insert(next);
        forms.push(sale(of, &told));
    }
}

fn interviews() -> Vec<Vec<Transaction>> {
    SALES.iter().map(|it| interview(rulebook::engine(), *it)).collect()
}

#[divan::bench]
fn first(bencher: Bencher<'_, '_>) {
    let engine = rulebook::engine();
    let forms: Vec<Transaction> =
        interviews().into_iter().filter_map(|it| it.into_iter().next()).collect();
    bencher.counter(ItemsCount::new(forms.len())).bench_local(|| {
        forms.iter().map(|it| engine.decide(black_box(it), &OPTIONS).questions.len()).sum::<usize>()
    });
}

/// Answers the forms of every interview but the first of each, in workspaces that have answered
/// the first.
fn next(bencher: Bencher<'_, '_>, workspace: fn() -> Workspace) {
    let engine = rulebook::engine();
    let interviews = interviews();
    let questions = interviews.iter().map(|it| it.len() - 1).sum::<usize>();
    let begun = || {
        let begin = |forms: &Vec<Transaction>| {
            let mut workspace = workspace();
            forms.iter().take(1).for_each(|it| {
                black_box(engine.decide_in(&mut workspace, it, &OPTIONS));
            });
            workspace
        };
        interviews.iter().map(begin).collect::<Vec<Workspace>>()
    };
    bencher.counter(ItemsCount::new(questions)).with_inputs(begun).bench_local_values(
        |mut held| {
            for (forms, workspace) in interviews.iter().zip(&mut held) {
                for form in forms.iter().skip(1) {
                    black_box(engine.decide_in(workspace, black_box(form), &OPTIONS));
                }
            }
            held
        },
    );
}

#[divan::bench]
fn kept(bencher: Bencher<'_, '_>) {
    next(bencher, Workspace::of_interview);
}

#[divan::bench]
fn anew(bencher: Bencher<'_, '_>) {
    next(bencher, Workspace::default);
}
