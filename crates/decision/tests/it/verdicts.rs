//! Verdicts for many are those of one: on the case pages and on made-up transactions.

use crate::cases;
use crate::fuzz::rulebook::engine;
use crate::hunt::prey::{Dice, Prey};
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::verdicts::{Packed, Packer, Unfit};
use decision::{Options, Trace};
use law::SlicedScratch;
use std::collections::BTreeMap;

/// What became of transactions.
#[derive(Debug, Default)]
struct Count {
    settled: usize,
    open: usize,
    unfit: BTreeMap<&'static str, usize>,
}

fn compare(transactions: &[Transaction], options: Options) -> Count {
    let (engine, mut count) = (engine(), Count::default());
    let mut packer = Packer::new(engine, options);
    let mut scratch = SlicedScratch::default();
    let mut check = |packed: &Packed<'_>, count: &mut Count| {
        for (number, verdict) in packed.verdicts(&mut scratch) {
            let Some(verdict) = verdict else {
                count.open += 1;
                continue;
            };
            let it = transactions.get(number).expect("a number that was given");
            let alone = engine.decide(it, &options);
            let reasons: Vec<&str> = verdict.reasons(engine.rulebook()).collect();
            let one = (verdict.outcome, verdict.exception, reasons);
            let other = (alone.outcome, alone.exception, alone.reasons);
            assert_eq!(one, other, "{it:?}");
            count.settled += 1;
        }
    };
    for (number, it) in transactions.iter().enumerate() {
        match packer.push(number, it) {
            Ok(Some(full)) => check(&full, &mut count),
            Ok(None) => {}
            Err(why) => {
                let name = match why {
                    Unfit::Legs => "legs",
                    Unfit::Transit => "transit",
                    Unfit::Answers => "answers",
                    Unfit::Sets => "sets",
                };
                *count.unfit.entry(name).or_default() += 1;
            }
        }
    }
    for rest in packer.finish() {
        check(&rest, &mut count);
    }
    count
}

#[test]
fn the_cases_come_out_as_they_do_alone() {
    let cases = cases::entries();
    let transactions = cases.iter().filter_map(|(_, it)| cases::transaction(it).ok());
    let transactions: Vec<Transaction> = transactions.collect();
    let count = compare(&transactions, Options { trace: Trace::None, ..Options::default() });
    assert!(count.settled > 300, "{count:?}");
    for why in ["legs", "transit", "sets"] {
        assert!(count.unfit.contains_key(why), "{why} has a case: {count:?}");
    }
}

#[test]
fn made_up_transactions_come_out_as_they_do_alone() {
    let mut dice = Dice::new(7);
    let made = (0..3000).map(|_| {
        let text = Prey::new(&mut dice).json().to_string();
        read(Format::Json, text.as_bytes()).expect("it can be read")
    });
    let transactions: Vec<Transaction> = made.collect();
    let options = Options { trace: Trace::None, max_law_age: 10_000, ..Options::default() };
    let count = compare(&transactions, options);
    assert!(count.settled > 500, "{count:?}");
}
