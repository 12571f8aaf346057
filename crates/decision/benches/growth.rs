//! How the time of an answer grows: with the number of parties, and of unknown facts.
//!
//! `parties` adds end users of whom everything is told. `unknown` takes one thing after the other away, and what is left open
//! is considered by the exact method. `unknown_strict` does so without presumptions.
#![expect(clippy::expect_used, reason = "a bench that cannot go on fails")]
#![expect(clippy::panic, reason = "a rulebook that cannot be loaded fails every bench")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::{Engine, Options, Trace, Workspace};
use divan::{Bencher, black_box};
use std::fmt::Write as _;

#[path = "../tests/it/rulebook.rs"]
mod rulebook;

fn main() {
    divan::main();
}

const OPTIONS: Options =
    Options { strict: false, max_law_age: 10_000, on: None, trace: Trace::Lean, answers: false };

/// What is told of a sale, one thing to a line, in the order in which it is forgotten.
const TOLD: [&str; 12] = [
    "red_flags: []",
    "notices: []",
    "documents_held: []",
    "end_use: {purposes: [defensive-testing], knows: []}",
    "destination: VN",
    "from: US",
    "lists: []",
    "us_subsidiary: false",
    "state_owned_percent: 0",
    "government_of: VN",
    "sector: private-other",
    "country: VN",
];

/// A sale to so many users, of which the first so many things were forgotten.
fn sale(users: usize, forgotten: usize) -> Transaction {
    let told = TOLD.get(forgotten..).unwrap_or_default();
    let (of_user, of_sale): (Vec<&str>, Vec<&str>) =
        told.iter().partition(|it| TOLD.iter().skip(6).any(|of| of == *it));
    let mut text = "date: 2026-09-24\nactivity: export\n".to_owned();
    text.push_str(
        "items: [{eccn: 4D004, form: object-code, published: false, origin: {us_origin: true}}]\n",
    );
    // Writing to a string cannot fail.
    for it in of_sale {
        let _ = writeln!(text, "{it}");
    }
    text.push_str("parties:\n");
    for _ in 0..users {
        let _ = writeln!(
            text,
            "  - {{{}}}",
            [&["role: end-user"], of_user.as_slice()].concat().join(", ")
        );
    }
    read(Format::Yaml, text.as_bytes()).expect("a transaction")
}

fn decide(bencher: Bencher<'_, '_>, engine: &Engine, transaction: &Transaction, options: Options) {
    let mut workspace = Workspace::default();
    bencher.bench_local(|| {
        black_box(engine.decide_in(&mut workspace, black_box(transaction), &options)).outcome
    });
}

#[divan::bench(args = [1, 2, 4, 8, 16, 32, 64])]
fn parties(bencher: Bencher<'_, '_>, users: usize) {
    decide(bencher, rulebook::engine(), &sale(users, 0), OPTIONS);
}

#[divan::bench(args = [0, 2, 4, 6, 8, 10, 12], sample_count = 20)]
fn unknown(bencher: Bencher<'_, '_>, forgotten: usize) {
    decide(bencher, rulebook::engine(), &sale(1, forgotten), OPTIONS);
}

#[divan::bench(args = [0, 2, 4, 6, 8, 10, 12], sample_count = 20)]
fn unknown_strict(bencher: Bencher<'_, '_>, forgotten: usize) {
    let options = Options { strict: true, ..OPTIONS };
    decide(bencher, rulebook::engine(), &sale(1, forgotten), options);
}
