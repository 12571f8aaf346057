//! When a new list is believed.

use super::{Fate, Limits, Why, refresh};
use crate::lists::{Import, ImportError, List, ListFile, Reason, builtin, import};
use std::fmt::Write;

/// A list of that many people in a file.
fn people(file: &str, list: &str, count: usize) -> Vec<List> {
    let mut text = "list,id,name\n".to_owned();
    for number in 0..count {
        writeln!(text, "{list},{number},Person {number}").expect("a string takes it");
    }
    import(&[ListFile { name: file, bytes: text.as_bytes() }]).lists
}

fn of(lists: Vec<List>) -> Import {
    Import { lists, ..Import::default() }
}

fn outcome(last: Vec<List>, new: Import) -> (Fate, usize, Option<String>) {
    let refreshed = refresh(last, new, Limits::default());
    let kept = refreshed.lists[0].clone();
    (refreshed.fates[&kept.source.code].clone(), kept.parties.len(), kept.source.note)
}

#[test]
fn a_list_that_shrinks_suspiciously_is_kept_and_says_so() {
    let (fate, entries, note) = outcome(people("a.csv", "A", 100), of(people("a.csv", "A", 89)));
    assert_eq!(fate, Fate::Kept(Why::Shrank { before: 100, after: 89 }));
    assert_eq!(entries, 100);
    assert_eq!(note.as_deref(), Some("kept: the new one has 89 entries instead of 100"));
    let (fate, entries, note) = outcome(people("a.csv", "A", 100), of(people("a.csv", "A", 90)));
    assert_eq!((fate, entries, note), (Fate::Replaced { before: 100, after: 90 }, 90, None));
}

#[test]
fn a_list_whose_file_cannot_be_read_is_kept() {
    let error = ImportError { file: "a.csv".to_owned(), line: Some(3), reason: Reason::Empty };
    let failed = Import { failures: vec![error], ..Import::default() };
    let (fate, entries, _) = outcome(people("a.csv", "A", 10), failed);
    let error = "`a.csv`, line 3: it holds no entry".to_owned();
    assert_eq!((fate, entries), (Fate::Kept(Why::Failed { error }), 10));
}

#[test]
fn a_list_that_its_file_no_longer_has_is_kept_and_others_are_not_touched() {
    let mut last = people("a.csv", "A", 10);
    last.extend(people("c.csv", "C", 10));
    let refreshed = refresh(last, of(people("a.csv", "B", 10)), Limits::default());
    assert_eq!(refreshed.fates["A"], Fate::Kept(Why::Missing));
    assert_eq!(refreshed.fates["B"], Fate::Added { entries: 10 });
    assert_eq!(refreshed.fates["C"], Fate::Untouched);
    assert_eq!(refreshed.lists.len(), 3);
}

#[test]
fn a_list_that_lost_rows_on_the_way_is_kept() {
    let mut new = people("a.csv", "A", 98);
    new[0].source.lost = 2;
    let (fate, entries, _) = outcome(people("a.csv", "A", 100), of(new));
    assert_eq!((fate, entries), (Fate::Kept(Why::Lost { entries: 2 }), 100));
}

#[test]
fn a_whole_list_replaces_the_built_in_one_and_never_the_other_way_round() {
    let whole = people("el.csv", "EL", 5);
    let (fate, entries, note) = outcome(vec![builtin()], of(whole.clone()));
    assert_eq!((fate, entries, note), (Fate::Replaced { before: 9, after: 5 }, 5, None));
    let (fate, entries, _) = outcome(whole, of(vec![builtin()]));
    assert_eq!((fate, entries), (Fate::Kept(Why::Excerpt), 5));
}
