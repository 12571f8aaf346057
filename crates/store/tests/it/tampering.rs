//! What an audit says of records that somebody changed behind the program's back.

use crate::backends::{folder, open};
use crate::office::{case, fill, noted, opened};
use crate::server;
use std::fs;
use std::path::{Path, PathBuf};
use store::audit::{Audit, audit};
use store::{Error, Head, Options, Store};

/// What is done to the records, and the faults that are found.
const DEEDS: &[(&str, &[&str])] = &[
    (
        "UPDATE events SET actor = 'mallory' WHERE seq = 5",
        &["event 5 (case/a, version 3) was changed, moved or inserted"],
    ),
    (
        "UPDATE events SET at = at + 1 WHERE seq = 3",
        &["event 3 (case/a, version 2) was changed, moved or inserted"],
    ),
    (
        "UPDATE events SET hash = body_digest WHERE seq = 5",
        &["event 5 (case/a, version 3) was changed, moved or inserted"],
    ),
    (
        "UPDATE events SET body = BYTES('7b7d') WHERE seq = 5",
        &["the body of event 5 (case/a) was changed"],
    ),
    ("UPDATE events SET body = NULL WHERE seq = 5", &["the body of event 5 (case/a) was removed"]),
    ("DELETE FROM events WHERE seq = 5", &["events 5 to 5 are missing"]),
    ("DELETE FROM events WHERE seq BETWEEN 3 AND 6", &["events 3 to 6 are missing"]),
    (
        "UPDATE events SET seq = 99 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = 6; \
         UPDATE events SET seq = 6 WHERE seq = 99",
        &[
            "event 5 (case/b, version 3) was changed, moved or inserted",
            "event 6 (case/a, version 3) was changed, moved or inserted",
            "event 7 (case/c, version 1) was changed, moved or inserted",
        ],
    ),
    (
        "INSERT INTO events SELECT 11, stream_kind, stream_id, 9, kind, at, clock_back, actor, \
         view, body_digest, hash, body FROM events WHERE seq = 10",
        &[
            "event 11 (case/a, version 9) was changed, moved or inserted",
            "the chain ends at event 11, and its head says 10",
        ],
    ),
    (
        "DELETE FROM events WHERE seq > 8",
        &[
            "the chain ends at event 8, and its head says 10",
            "events 9 to 10 were cut off the end: the anchor knows them",
        ],
    ),
    (
        "DELETE FROM events WHERE seq > 8; UPDATE head SET seq = 8, \
         hash = (SELECT hash FROM events WHERE seq = 8)",
        &["events 9 to 10 were cut off the end: the anchor knows them"],
    ),
    ("UPDATE head SET seq = 7", &["the chain ends at event 10, and its head says 7"]),
    ("UPDATE views SET state = 'closed' WHERE id = 'b'", &["the view of case/b was changed"]),
    ("UPDATE views SET version = 2 WHERE id = 'b'", &["the view of case/b was changed"]),
    ("DELETE FROM views WHERE id = 'b'", &["the view of case/b is missing"]),
    (
        "UPDATE views SET id = 'z' WHERE id = 'b'",
        &["the view of case/b is missing", "no event made the view of case/z"],
    ),
    ("UPDATE blobs SET bytes = BYTES('00')", &["content CONTENT was changed"]),
    ("DELETE FROM blobs", &["content CONTENT of case/b is missing"]),
    (
        "UPDATE events SET kind = 'Not A Kind' WHERE seq = 5",
        &[
            "cannot be read: the event after event 4: `Not A Kind` names no kind: 1 to 64 of a-z, 0-9, `-`, `_` and `.` are wanted",
            "events 5 to 5 are missing",
        ],
    ),
];

fn faults(store: &dyn Store, anchor: &Head) -> Vec<String> {
    let audit = audit(store, Some(anchor), &mut |_, _| {}).unwrap();
    let content = store::Digest::of(b"an attachment").to_string();
    audit.faults.iter().map(|it| it.to_string().replace(&content, "CONTENT")).collect()
}

fn look(address: &str) -> std::sync::Arc<dyn Store> {
    store::open(address, &Options { strict: false, ..Options::default() }).unwrap()
}

fn assert_clean(store: &dyn Store) -> Audit {
    let audit = audit(store, None, &mut |_, _| {}).unwrap();
    assert_eq!(audit.faults, []);
    assert_eq!((audit.events, audit.views, audit.blobs), (10, 3, 1));
    assert_eq!(audit.head, Some(store.head().unwrap()));
    audit
}

#[test]
fn every_deed_in_sqlite_is_named() {
    let folder = folder("tampering");
    let honest = folder.join("honest.db");
    let store = open(honest.to_str().unwrap());
    fill(&*store);
    assert_clean(&*store);
    let anchor = store.head().unwrap();
    drop(store);
    for (number, (deed, expected)) in DEEDS.iter().enumerate() {
        let bent = folder.join(format!("bent{number}.db"));
        fs::copy(&honest, &bent).unwrap();
        let deed = deed.replace("BYTES(", "unhex(");
        rusqlite::Connection::open(&bent).unwrap().execute_batch(&deed).unwrap();
        assert_eq!(faults(&*look(bent.to_str().unwrap()), &anchor), *expected, "{deed}");
    }
    let labels = folder.join("labels.db");
    fs::copy(&honest, &labels).unwrap();
    let deed = "UPDATE view_labels SET label = 'old'";
    rusqlite::Connection::open(&labels).unwrap().execute_batch(deed).unwrap();
    assert_eq!(faults(&*look(labels.to_str().unwrap()), &anchor).len(), 3);
}

#[test]
fn every_deed_in_postgresql_is_named() {
    let Some(honest) = server::database() else { return };
    let store = open(&honest);
    fill(&*store);
    assert_clean(&*store);
    let anchor = store.head().unwrap();
    drop(store);
    for (deed, expected) in DEEDS {
        let Some(bent) = server::copy(&honest) else { return };
        let deed = deed.replace("BYTES('", "decode('").replace("')", "', 'hex')");
        let mut client = postgres::Client::connect(&bent, postgres::NoTls).unwrap();
        client.batch_execute(&deed).unwrap();
        assert_eq!(faults(&*look(&bent), &anchor), *expected, "{deed}");
    }
}

#[test]
fn a_chain_that_was_written_anew_is_not_that_of_the_anchor() {
    let folder = folder("anew");
    let one = open(folder.join("one.db").to_str().unwrap());
    fill(&*one);
    let anchor = one.head().unwrap();
    let other = open(folder.join("other.db").to_str().unwrap());
    for id in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        other.append(opened(id, 1).into()).unwrap();
    }
    assert_eq!(
        faults(&*other, &anchor),
        ["the chain was written anew: event 10 is not the one of the anchor"]
    );
    other.append(noted("a", 2).into()).unwrap();
    assert_eq!(faults(&*other, &anchor).len(), 1);
}

fn anchor_of(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}.anchor", path.display()))
}

#[test]
fn records_that_end_before_the_anchor_beside_them_are_not_opened_for_work() {
    let folder = folder("anchor");
    let path = folder.join("records.db");
    let store = open(path.to_str().unwrap());
    fill(&*store);
    assert_eq!(
        fs::read_to_string(anchor_of(&path)).unwrap().trim(),
        store.head().unwrap().to_string()
    );
    drop(store);
    let cut = "DELETE FROM events WHERE seq > 8; UPDATE head SET seq = 8, \
               hash = (SELECT hash FROM events WHERE seq = 8)";
    rusqlite::Connection::open(&path).unwrap().execute_batch(cut).unwrap();
    let address = path.to_str().unwrap();
    let error = store::open(address, &Options::default()).unwrap_err();
    assert!(matches!(&error, Error::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("the chain ends at event 8, and its anchor says 10"));
    assert_eq!(look(address).stream(&case("a"), 0).unwrap().len(), 3);
    fs::remove_file(anchor_of(&path)).unwrap();
    open(address);
}
