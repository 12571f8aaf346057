//! How the time of an answer grows: with the number of parties, of unknown facts, and of blocks.
//!
//! `parties` adds end users of whom everything is told. `unknown` takes one thing after the other
//! away, and what is left open is considered by the exact method; `unknown_strict` does so without
//! presumptions. `blocks` adds red flags to the five hundred blocks of the rulebook, each with
//! conditions of its own that have to be looked at and do not hold; `loading` reads such a rulebook
//! and compiles the law of a day.
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

/// The rulebook with so many red flags more.
fn larger(more: usize) -> Engine {
    let mut files = rulebook::files();
    let flags = files.iter_mut().find(|it| it.name == "732-supp-3.law").expect("the red flags");
    for place in 0..more {
        let percent = place % 100;
        let sector = if place % 2 == 0 { "freight-forwarding" } else { "reseller" };
        // Writing to a string cannot fail.
        let _ = write!(
            flags.text,
            "\nflag forwarder-as-final-destination (b)(9)#more-{place}\n  \
             when some party where\n    \
             party.role in {{ultimate-consignee, end-user}}\n    \
             and party.listed-owned-percent > {percent}\n    \
             and some person of party where person.sector in {{{sector}}}\n  \
             unless (a)(6)#forwarder-as-final-destination-resolved\n  \
             says \"One more.\"\n  source \"a bench\"\n"
        );
    }
    let schema = decision::catalogue::Catalogue::new().schema;
    let loaded = law::rulebook::Rulebook::load(files, schema);
    Engine::new(loaded.unwrap_or_else(|error| panic!("{error}")), "larger".to_owned())
}

#[divan::bench(args = [0, 500, 1_000, 2_000, 4_000])]
fn blocks(bencher: Bencher<'_, '_>, more: usize) {
    decide(bencher, &larger(more), &sale(1, 0), OPTIONS);
}

#[divan::bench(args = [0, 500, 1_000, 2_000, 4_000], sample_count = 10)]
fn loading(bencher: Bencher<'_, '_>, more: usize) {
    let day = "2026-09-24".parse().expect("a day");
    bencher.bench_local(|| larger(more).law(day).blocks().len());
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
