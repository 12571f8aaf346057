//! The seeds of the fuzz targets, as ordinary tests.

use crate::fuzz;
use crate::fuzz::rulebook::root;
use decision::case_page;
use decision::transaction::read::{Format, read};
use std::fs;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/seeds").join(target);
    let entries = fs::read_dir(folder).expect("the folder of the seeds");
    let seeds: Vec<Vec<u8>> =
        entries.map(|it| fs::read(it.expect("an entry").path()).expect("a seed")).collect();
    assert!(!seeds.is_empty(), "no seeds for {target}");
    seeds
}

/// How many of the seeds are accepted; the others are refused in an orderly way.
fn accepted(target: &str, accepts: impl Fn(&[u8]) -> bool) -> usize {
    seeds(target).iter().filter(|it| accepts(it)).count()
}

#[test]
fn seeds_of_transactions_are_read_or_refused() {
    for (target, format, expected) in [
        ("transaction_json", Format::Json, 2),
        ("transaction_yaml", Format::Yaml, 2),
        ("transaction_toml", Format::Toml, 1),
    ] {
        assert_eq!(accepted(target, |it| read(format, it).is_ok()), expected, "{target}");
    }
}

#[test]
fn seeds_of_rules_are_loaded_or_refused() {
    let loads = |it: &[u8]| fuzz::load_rules(&String::from_utf8_lossy(it)).is_ok();
    assert_eq!(accepted("rule_parser", loads), 1);
}

#[test]
fn seeds_of_case_pages_are_read_or_refused() {
    let reads = |it: &[u8]| case_page::read(&String::from_utf8_lossy(it)).is_ok();
    assert_eq!(accepted("case_page", reads), 1);
}

#[test]
fn seeds_of_the_evaluator_give_the_same_answer_twice() {
    for seed in seeds("evaluator") {
        fuzz::decide_twice(&seed);
    }
}
