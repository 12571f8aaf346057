//! How many determinations a second, and what the parts of one cost.
//!
//! The transactions are the examples of the repository, read beforehand. `verdict_only` is what
//! `lean` (as JSON lines are answered), `traced` (as one transaction is) and `traced_in_full` are
//! measured against: the same answers without the trace. `settled_verdict` and `settled_lean` are of
//! those that three-valued logic settles; the others wait for the exact method, whatever else is
//! fast; `settled_known` are those again that have a pattern, each answered before.
//! `without_memory_of_its_own` is `lean` in a workspace that is made anew each time.
#![expect(clippy::expect_used, reason = "a bench that cannot go on fails")]
#![expect(clippy::panic, reason = "a rulebook that cannot be loaded fails every bench")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

use decision::pattern::{Pattern, Told};
use decision::trace::Trace;
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::{Determination, Engine, Options, Workspace};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use law::Selection;
use law::rulebook::Rulebook;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

#[path = "../tests/it/rulebook.rs"]
mod rulebook;

fn main() {
    divan::main();
}

/// The examples in YAML: their texts.
fn texts() -> Vec<Vec<u8>> {
    let entries = fs::read_dir(rulebook::root().join("examples")).expect("the examples");
    let mut paths: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "yaml"));
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("an example")).collect()
}

fn transactions() -> Vec<Transaction> {
    texts().iter().map(|it| read(Format::Yaml, it).expect("an example that can be read")).collect()
}

/// Decides every example, the law of every day compiled beforehand.
fn decide_all(bencher: Bencher<'_, '_>, options: Options) {
    decide(bencher, &transactions(), options);
}

fn decide(bencher: Bencher<'_, '_>, transactions: &[Transaction], options: Options) {
    let engine: &Engine = rulebook::engine();
    for transaction in transactions {
        black_box(engine.day(transaction.date));
    }
    let mut workspace = Workspace::default();
    bencher.counter(ItemsCount::new(transactions.len())).bench_local(|| {
        for transaction in transactions {
            black_box(engine.decide_in(&mut workspace, black_box(transaction), &options));
        }
    });
}

/// The examples of which nothing that matters is unknown.
fn settled() -> Vec<Transaction> {
    let mut transactions = transactions();
    transactions.retain(|it| {
        let legs = it.legs();
        let mut parties = legs.iter().flat_map(|it| it.parties.unwrap_or_default());
        let told = parties.all(|it| it.sector.is_some() && it.lists.is_some());
        let options = Options { trace: Trace::None, ..Options::default() };
        told && rulebook::engine().decide(it, &options).settled
    });
    transactions
}

#[divan::bench]
fn verdict_only(bencher: Bencher<'_, '_>) {
    decide_all(bencher, Options { trace: Trace::None, ..Options::default() });
}

#[divan::bench]
fn lean(bencher: Bencher<'_, '_>) {
    decide_all(bencher, Options { trace: Trace::Lean, ..Options::default() });
}

#[divan::bench]
fn settled_verdict(bencher: Bencher<'_, '_>) {
    decide(bencher, &settled(), Options { trace: Trace::None, ..Options::default() });
}

#[divan::bench]
fn settled_lean(bencher: Bencher<'_, '_>) {
    decide(bencher, &settled(), Options { trace: Trace::Lean, ..Options::default() });
}

#[divan::bench]
fn without_memory_of_its_own(bencher: Bencher<'_, '_>) {
    let (transactions, engine) = (settled(), rulebook::engine());
    let options = Options { trace: Trace::Lean, ..Options::default() };
    bencher.counter(ItemsCount::new(transactions.len())).bench(|| {
        for transaction in &transactions {
            black_box(engine.decide(black_box(transaction), &options));
        }
    });
}

/// As `settled_lean`, where each answer was given before and is found by its pattern: what a shop
/// pays for the customers of yesterday.
#[divan::bench]
fn settled_known(bencher: Bencher<'_, '_>) {
    let engine = rulebook::engine();
    let options = Options { trace: Trace::Lean, ..Options::default() };
    let mut workspace = Workspace::default();
    let mut known: BTreeMap<u64, Vec<(Pattern, Determination<'_>)>> = BTreeMap::new();
    let mut transactions = settled();
    transactions.retain(|it| {
        match engine.decide_unless_known(&mut workspace, it, &options, |_, _| None::<()>) {
            Told::Known(()) => false,
            Told::Decided(answer) => workspace.pattern().is_some_and(|pattern| {
                known.entry(pattern.hash()).or_default().push((pattern.clone(), answer));
                true
            }),
        }
    });
    bencher.counter(ItemsCount::new(transactions.len())).bench_local(|| {
        for transaction in &transactions {
            let transaction = black_box(transaction);
            let told =
                engine.decide_unless_known(&mut workspace, transaction, &options, |it, _| {
                    let answers = known.get(&it.hash())?;
                    answers.iter().find(|(pattern, _)| pattern == it).map(|(_, answer)| answer)
                });
            assert!(matches!(black_box(told), Told::Known(_)), "an answer that is known");
        }
    });
}

#[divan::bench]
fn traced(bencher: Bencher<'_, '_>) {
    decide_all(bencher, Options { trace: Trace::Decisive, ..Options::default() });
}

#[divan::bench(sample_count = 20)]
fn traced_in_full(bencher: Bencher<'_, '_>) {
    decide_all(bencher, Options { trace: Trace::Full, ..Options::default() });
}

#[divan::bench(sample_count = 20)]
fn with_the_answers_to_each_question(bencher: Bencher<'_, '_>) {
    decide_all(bencher, Options { answers: true, ..Options::default() });
}

/// One example only: the more is unknown, the more completions there are to agree.
#[divan::bench(sample_count = 10)]
fn without_presumptions(bencher: Bencher<'_, '_>) {
    let first: Vec<Transaction> = transactions().into_iter().rev().take(1).collect();
    decide(bencher, &first, Options { strict: true, ..Options::default() });
}

#[divan::bench]
fn read_from_yaml(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in &texts {
            black_box(read(Format::Yaml, black_box(text)).ok());
        }
    });
}

#[divan::bench(sample_count = 20)]
fn load_the_rulebook(bencher: Bencher<'_, '_>) {
    bencher.bench(rulebook::load);
}

#[divan::bench(sample_count = 50)]
fn compile_the_law_of_a_day(bencher: Bencher<'_, '_>) {
    let book = Arc::new(rulebook::load().rulebook);
    let day = book.verified_through;
    bencher.bench(|| Rulebook::as_of(&book, day, &Selection::default()));
}
