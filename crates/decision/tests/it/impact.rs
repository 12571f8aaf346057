//! A packed portfolio comes out as one that is decided line by line.

use crate::cases;
use crate::fuzz::rulebook::engine;
use crate::hunt::prey::{Dice, Prey};
use decision::impact::{Impact, Packed, Packing, Settled, Side, impact, settled};
use decision::transaction::Transaction;
use decision::transaction::read::{Format, read};
use decision::{Options, Workspace};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// Packs, decides and compares; how many were settled for their whole group, and how many groups.
fn compare(transactions: &[Transaction], days: [Option<Date>; 2]) -> (usize, usize) {
    let side = |on| Side { engine: engine(), options: Options { on, ..Options::default() } };
    let sides = days.map(side);
    let mut packing = Packing::default();
    let groups: Vec<Option<u32>> = transactions.iter().map(|it| packing.push(&sides, it)).collect();
    let packed = Packed::read(&packing.bytes()).expect("what was packed");
    let compared = packed.compared(&sides, 0..packed.len());
    assert_eq!(compared.len(), packed.len());
    let mut workspace = Workspace::default();
    let mut found: BTreeMap<u32, Settled> = BTreeMap::new();
    let mut together = 0;
    for (it, group) in transactions.iter().zip(&groups) {
        let Some(group) = group else { continue };
        // The first of a group stands for all.
        let settled = found.entry(*group).or_insert_with(|| {
            let compared = compared.get(*group as usize).copied().flatten();
            settled(&sides, compared, it, &mut workspace)
        });
        let [before, after] = &sides;
        let alone = impact(before, after, it, &mut workspace);
        match settled {
            Settled::Same => assert!(matches!(alone, Impact::Same(_)), "{it:?}\n{alone:?}"),
            Settled::Changed(change) => {
                assert_eq!(
                    Impact::Changed(decision::impact::Change::clone(change)),
                    alone,
                    "{it:?}"
                );
            }
            Settled::Asked(asked) => {
                let words = asked.words(&sides, it, &mut workspace).expect("what is asked of it");
                let told = decision::impact::Change::clone(&asked.change(&words));
                assert_eq!(Impact::Changed(told), alone, "{it:?}");
            }
            Settled::Each => continue,
        }
        together += 1;
    }
    (together, packed.len())
}

/// Two days that lie apart, and the day of each transaction against one.
const DAYS: [[Option<Date>; 2]; 3] = [
    [Some(date(2022, 3, 1)), Some(date(2022, 5, 26))],
    [Some(date(2021, 11, 1)), Some(date(2026, 9, 24))],
    [None, Some(date(2024, 4, 4))],
];

#[test]
fn the_cases_change_packed_as_they_do_line_by_line() {
    let transactions: Vec<Transaction> =
        cases::entries().iter().filter_map(|it| cases::transaction(&it.1).ok()).collect();
    for days in DAYS {
        let (together, groups) = compare(&transactions, days);
        assert!(together > 1000, "{together} of {groups} groups");
    }
}

#[test]
fn made_up_portfolios_change_packed_as_they_do_line_by_line() {
    let mut dice = Dice::new(19);
    for days in DAYS {
        let transactions: Vec<Transaction> = (0..3000)
            .filter_map(|_| {
                let json = Prey::new(&mut dice).json().to_string();
                read(Format::Json, json.as_bytes()).ok()
            })
            .collect();
        let (together, groups) = compare(&transactions, days);
        assert!(groups > 500 && together > 500, "{together} of {groups} groups");
    }
}

#[test]
fn what_is_alike_but_for_names_is_one_group_and_what_is_not_is_none() {
    let of = |destination: &str, id: &str| {
        let text = format!(
            r#"{{"id": "{id}", "date": "2026-09-24", "activity": "export", "destination":
            "{destination}", "items": [{{"name": "{id}", "eccn": "4D004", "form": "object-code"}}]}}"#
        );
        read(Format::Json, text.as_bytes()).expect("a transaction")
    };
    let side = Side { engine: engine(), options: Options::default() };
    let mut packing = Packing::default();
    let mut group = |it: &Transaction| packing.push(&[side, side], it);
    assert_eq!(group(&of("VN", "a")), group(&of("VN", "b")));
    assert_ne!(group(&of("VN", "a")), group(&of("DE", "a")));
}

#[test]
fn bytes_that_are_cut_off_are_refused() {
    let side = Side { engine: engine(), options: Options::default() };
    let mut packing = Packing::default();
    let all = cases::entries();
    for it in all.iter().take(20).filter_map(|it| cases::transaction(&it.1).ok()) {
        packing.push(&[side, side], &it);
    }
    let bytes = packing.bytes();
    for end in 0..bytes.len() {
        assert!(bytes.get(..end).is_none_or(|it| Packed::read(it).is_err()), "cut off after {end}");
    }
    assert!(Packed::read(&[bytes, vec![0]].concat()).is_err(), "something follows");
}
