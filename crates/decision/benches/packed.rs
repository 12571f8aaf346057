//! Verdicts from packed facts: how many a second, beside the same transactions one by one.
//!
//! A portfolio of one day: every destination, entries, sectors and purposes that lead to each of the
//! outcomes, everything told. `alike` is sorted by entry and purpose, as a portfolio may be; `mixed`
//! is in no order, so that hardly a block is ruled out of a whole batch. The packing is measured by
//! itself.
#![expect(clippy::expect_used, reason = "a bench that cannot go on fails")]
#![expect(clippy::panic, reason = "a rulebook that cannot be loaded fails every bench")]
#![expect(unreachable_pub, reason = "the tests share the file that reads the rulebook")]

use decision::country::Country;
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::verdicts::{Packed, Packer};
use decision::{Options, Outcome, Trace, Workspace};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use law::SlicedScratch;

#[path = "../tests/it/rulebook.rs"]
mod rulebook;

fn main() {
    divan::main();
}

const OPTIONS: Options =
    Options { strict: false, max_law_age: 10_000, on: None, trace: Trace::None, answers: false };

fn portfolio() -> Vec<Transaction> {
    let mut made = Vec::new();
    for (eccn, form) in [
        ("4D004", "object-code"),
        ("5A001.j", "commodity"),
        ("4E001.c", "technology"),
        ("5D002.c.1", "object-code"),
        ("5A992.c", "commodity"),
        ("EAR99", "object-code"),
    ] {
        for purposes in ["internal-business-use", "vulnerability-disclosure"] {
            for sector in ["bank", "police", "private-other", "telecom"] {
                for country in Country::all() {
                    let code = country.code();
                    let text = format!(
                        r#"{{"date":"2026-09-24","activity":"export","from":"US","destination":"{code}",
                        "items":[{{"eccn":"{eccn}","form":"{form}"}}],
                        "parties":[{{"role":"end-user","country":"{code}","sector":"{sector}",
                        "government_of":"{code}","state_owned_percent":0,"us_subsidiary":false,"lists":[]}}],
                        "end_use":{{"purposes":["{purposes}"],"knows":[]}},
                        "documents_held":[],"notices":[],"red_flags":[]}}"#
                    );
                    made.push(read(Format::Json, text.as_bytes()).expect("a transaction"));
                }
            }
        }
    }
    made
}

/// The same in an order that has no meaning: strides of a prime.
fn mixed() -> Vec<Transaction> {
    let alike = portfolio();
    let count = alike.len();
    (0..count).filter_map(|it| alike.get(it * 7919 % count).cloned()).collect()
}

fn packed(transactions: &[Transaction]) -> Vec<Packed<'static>> {
    let mut packer = Packer::new(rulebook::engine(), OPTIONS);
    let numbered = transactions.iter().enumerate();
    let mut batches: Vec<Packed<'_>> =
        numbered.filter_map(|(number, it)| packer.push(number, it).expect("it fits")).collect();
    batches.extend(packer.finish());
    batches
}

fn judge(bencher: Bencher<'_, '_>, transactions: &[Transaction]) {
    let packed = packed(transactions);
    let mut scratch = SlicedScratch::default();
    bencher.counter(ItemsCount::new(transactions.len())).bench_local(|| {
        packed
            .iter()
            .fold(0, |sum, it| sum + black_box(it).count(&mut scratch, Outcome::LicenseRequired))
    });
}

#[divan::bench]
fn alike(bencher: Bencher<'_, '_>) {
    judge(bencher, &portfolio());
}

#[divan::bench]
fn in_no_order(bencher: Bencher<'_, '_>) {
    judge(bencher, &mixed());
}

#[divan::bench(sample_count = 10)]
fn packing(bencher: Bencher<'_, '_>) {
    let transactions = portfolio();
    bencher
        .counter(ItemsCount::new(transactions.len()))
        .bench_local(|| packed(black_box(&transactions)).len());
}

#[divan::bench(sample_count = 10)]
fn one_by_one(bencher: Bencher<'_, '_>) {
    let (transactions, engine) = (portfolio(), rulebook::engine());
    let mut workspace = Workspace::default();
    bencher.counter(ItemsCount::new(transactions.len())).bench_local(|| {
        for it in &transactions {
            black_box(engine.decide_in(&mut workspace, black_box(it), &OPTIONS));
        }
    });
}
