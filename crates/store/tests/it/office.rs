//! A small office whose records other tests bend, copy and count.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use store::{Batch, Draft, Kind, Store, StreamId, View};

pub(crate) const CASE: Kind = Kind::of("case");
pub(crate) const OPENED: Kind = Kind::of("opened");
pub(crate) const NOTED: Kind = Kind::of("noted");

/// A morning, and so many seconds.
pub(crate) fn at(seconds: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
    morning.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

pub(crate) fn case(id: &str) -> StreamId {
    StreamId::new(CASE, id)
}

/// A case with a view.
pub(crate) fn opened(id: &str, seconds: i64) -> Draft {
    let view = View {
        title: format!("case {id}"),
        state: "open".into(),
        labels: BTreeSet::from(["new".into()]),
        data: format!(r#"{{"n":"{id}"}}"#),
        ..View::default()
    };
    Draft::new(case(id), OPENED, "ada", at(seconds)).expecting(0).view(view)
}

/// A note that leaves the view as it is.
pub(crate) fn noted(id: &str, seconds: i64) -> Draft {
    let body = format!(r#"{{"note":"Größe {seconds}"}}"#);
    Draft::new(case(id), NOTED, "bob", at(seconds)).body(body)
}

/// Ten events: three cases (1, 2, 7), notes between and after them, one attachment.
pub(crate) fn fill(store: &dyn Store) {
    let attached = store.put_blob(b"an attachment").unwrap();
    let drafts = vec![
        opened("a", 1),
        opened("b", 2).blobs(vec![attached]),
        noted("a", 3),
        noted("b", 4),
        noted("a", 5),
        noted("b", 6),
        opened("c", 7),
        noted("c", 8),
        noted("a", 9),
        noted("a", 10),
    ];
    for draft in drafts {
        store.append(Batch::from(draft)).unwrap();
    }
}
