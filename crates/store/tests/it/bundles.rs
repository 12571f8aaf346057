//! Bundles: what the checker in Python says of them, and how they become a store again.

use crate::backends::{folder, open, sqlite_address};
use crate::office::{at, case, fill, noted};
use crate::server;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use store::audit::audit;
use store::bundle::{self, Bodies};
use store::{Error, Store};

fn export(store: &dyn Store, to: &Path, bodies: &Bodies) -> bundle::Written {
    let frozen = store.frozen().unwrap();
    bundle::write(&*frozen, to, bodies, ("exeat test", at(100)), &mut |_, _| {}).unwrap()
}

/// What the checker says, and its exit code.
fn check(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let mut python = Command::new("python3");
    let output = python.arg(folder.join("verify.py")).args(arguments).output().unwrap();
    let mut said = String::from_utf8(output.stdout).unwrap();
    said.push_str(&String::from_utf8(output.stderr).unwrap());
    (said, output.status.code().unwrap())
}

#[test]
fn the_checker_finds_nothing_in_an_honest_bundle() {
    let folder = folder("bundle").join("out");
    let store = open(&sqlite_address("bundle"));
    fill(&*store);
    let written = export(&*store, &folder, &Bodies::All);
    assert_eq!((written.events, written.views, written.contents), (10, 3, 1));
    let anchor = store.head().unwrap().to_string();
    let (said, code) = check(&folder, &["--anchor", &anchor]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("10 events, 3 views, 1 contents; 0 bodies erased"), "{said}");
    assert!(said.contains(&anchor), "{said}");
    // What is written meanwhile is not in it, and does no harm.
    let frozen = store.frozen().unwrap();
    store.append(noted("a", 11).into()).unwrap();
    let later = folder.with_file_name("later");
    bundle::write(&*frozen, &later, &Bodies::All, ("x", at(0)), &mut |_, _| {}).unwrap();
    assert_eq!(check(&later, &[]).1, 0);
    let error = bundle::write(&*frozen, &later, &Bodies::All, ("x", at(0)), &mut |_, _| {});
    assert!(matches!(error, Err(Error::Refused { .. })));
}

/// A file, what is done to it, and what is found.
type Deed = (&'static str, fn(&str) -> String, &'static str);

#[test]
fn the_checker_names_every_deed() {
    let folder = folder("bent-bundle");
    let store = open(&sqlite_address("bent-bundle"));
    fill(&*store);
    let anchor = store.head().unwrap().to_string();
    let deeds: &[Deed] = &[
        (
            "events.jsonl",
            |it| it.replacen("bob", "eve", 1),
            "event 3 (case/a, version 2) was changed",
        ),
        ("events.jsonl", |it| it.replacen("Größe 5", "Größe 6", 1), "the body of event 5"),
        ("events.jsonl", |it| without(it, 5), "events 5 to 5 are missing"),
        ("events.jsonl", |it| without(it, 10), "events 10 to 10 were cut off the end"),
        ("events.jsonl", |it| swapped(it), "is out of order"),
        (
            "views.jsonl",
            |it| it.replacen("\"open\"", "\"done\"", 1),
            "the view of case/a was changed",
        ),
        ("views.jsonl", |it| without(it, 1), "the view of case/a is missing"),
        (
            "views.jsonl",
            |it| it.replacen("\"id\":\"a\"", "\"id\":\"z\"", 1),
            "no event made the view of case/z",
        ),
        ("references.jsonl", |it| it.replace('4', "5"), "is missing"),
        ("README.txt", |_| String::new(), "README.txt is not the file that was exported"),
    ];
    for (number, (file, deed, fault)) in deeds.iter().enumerate() {
        let bent = folder.join(number.to_string());
        export(&*store, &bent, &Bodies::All);
        let path = bent.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_ne!(deed(&text), text, "{fault}");
        fs::write(&path, deed(&text)).unwrap();
        let (said, code) = check(&bent, &["--anchor", &anchor]);
        assert_eq!(code, 1, "{fault}: {said}");
        assert!(said.contains(fault), "{fault}: {said}");
        let into = open(&sqlite_address("bent-restore"));
        let changes_records = *file != "README.txt" && !fault.contains("view of");
        let restored = bundle::read(&*into, &bent, &mut |_, _| {});
        assert!(restored.is_err() || !changes_records, "{fault}");
    }
}

fn without(text: &str, line: usize) -> String {
    let kept = text.lines().enumerate().filter(|it| it.0 + 1 != line).map(|it| it.1);
    kept.flat_map(|it| [it, "\n"]).collect()
}

fn swapped(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(3, 4);
    lines.into_iter().flat_map(|it| [it, "\n"]).collect()
}

#[test]
fn a_bundle_of_one_case_holds_the_whole_chain_and_only_its_bodies() {
    let folder = folder("one-case").join("out");
    let store = open(&sqlite_address("one-case"));
    fill(&*store);
    let written = export(&*store, &folder, &Bodies::Only(BTreeSet::from([case("a")])));
    assert_eq!((written.events, written.views, written.contents), (10, 1, 0));
    let (said, code) = check(&folder, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("5 withheld"), "{said}");
    let events = fs::read_to_string(folder.join("events.jsonl")).unwrap();
    assert!(!events.contains("Größe 4") && events.contains("Größe 5"));
    let error = bundle::read(&*open(&sqlite_address("one")), &folder, &mut |_, _| {}).unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
}

/// Moves records from one store to another through a bundle.
fn move_over(from: &str, to: &str) {
    let folder = folder("move").join("out");
    let store = open(from);
    fill(&*store);
    export(&*store, &folder, &Bodies::All);
    let moved = open(to);
    let head = bundle::read(&*moved, &folder, &mut |_, _| {}).unwrap();
    assert_eq!(head, store.head().unwrap());
    assert_eq!(moved.events(0, 100).unwrap(), store.events(0, 100).unwrap());
    assert_eq!(moved.view(&case("b")).unwrap(), store.view(&case("b")).unwrap());
    assert_eq!(audit(&*moved, None, &mut |_, _| {}).unwrap().faults, []);
    // It goes on where it ended.
    let next = moved.append(noted("a", 12).into()).unwrap();
    assert_eq!((next[0].seq, next[0].version), (11, 6));
    let again = bundle::read(&*moved, &folder, &mut |_, _| {});
    assert!(matches!(again, Err(Error::Refused { .. })));
}

#[test]
fn records_move_from_sqlite_to_postgresql_and_back() {
    move_over(&sqlite_address("from"), &sqlite_address("to"));
    let (Some(one), Some(other)) = (server::database(), server::database()) else { return };
    move_over(&sqlite_address("from"), &one);
    move_over(&other, &sqlite_address("to"));
}

#[test]
fn a_copy_made_while_others_write_is_whole() {
    let folder = folder("copy");
    let store = open(folder.join("records.db").to_str().unwrap());
    fill(&*store);
    let copy = folder.join("copy.db");
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for number in 0..200 {
                store.append(noted("a", 20 + number).into()).unwrap();
            }
        });
        store.copy_to(&copy).unwrap();
        writing.join().unwrap();
    });
    assert!(matches!(store.copy_to(&copy), Err(Error::Refused { .. })));
    let frozen = store::open_copy(&copy).unwrap();
    let moved = open(folder.join("moved.db").to_str().unwrap());
    let head = store::transfer(&*frozen, &*moved, &mut |_, _| {}).unwrap();
    assert_eq!(moved.head().unwrap(), head);
    assert_eq!(audit(&*moved, None, &mut |_, _| {}).unwrap().faults, []);
    let again = store::transfer(&*frozen, &*moved, &mut |_, _| {});
    assert!(matches!(again, Err(Error::Refused { .. })));
    drop(frozen);
    let copied = open(copy.to_str().unwrap());
    let found = audit(&*copied, None, &mut |_, _| {}).unwrap();
    assert_eq!(found.faults, []);
    assert!(found.events >= 10);
}
