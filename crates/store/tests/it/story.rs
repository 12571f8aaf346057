//! An office's week, told over every backend.

use crate::backends::{open, sqlite_address};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Assigned, Batch, Conflict, Digest, Draft, Error, KeyWrite, Kind, Order, Store, StreamId, View,
    ViewQuery,
};

const CASE: Kind = Kind::of("case");
const OPENED: Kind = Kind::of("opened");
const ASSIGNED: Kind = Kind::of("assigned");
const NOTED: Kind = Kind::of("noted");
const APPROVED: Kind = Kind::of("approved");
const SESSION: Kind = Kind::of("session");

fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}Z").parse().unwrap()
}

fn case(id: &str) -> StreamId {
    StreamId::new(CASE, id)
}

fn view(title: &str, state: &str) -> View {
    View { title: title.into(), state: state.into(), data: "{}".into(), ..View::default() }
}

fn titles(store: &dyn Store, query: &ViewQuery) -> Vec<String> {
    store.views(query).unwrap().rows.into_iter().map(|it| it.view.title).collect()
}

fn week(store: &dyn Store) {
    store.ready().unwrap();
    assert_eq!(store.head().unwrap().seq, 0);

    // Monday: two cases are opened, one of them pressing, with an attachment.
    let attached = store.put_blob(b"a purchase order").unwrap();
    assert_eq!(store.put_blob(b"a purchase order").unwrap(), attached);
    let pressing = View {
        priority: 5,
        due: Some("2026-11-27".parse().unwrap()),
        labels: BTreeSet::from(["encryption".into(), "rush".into()]),
        text: "Zürich, two copies of a scanner".into(),
        outcome: Some("needs-review".into()),
        ..view("Müller AG", "open")
    };
    let draft = Draft::new(case("1"), OPENED, "ada", at("23T09:00:00")).expecting(0);
    let draft = draft.body(r#"{"note":"first"}"#).view(pressing.clone()).blobs(vec![attached]);
    let events = store.append(draft.into()).unwrap();
    assert_eq!(events.iter().map(|it| (it.seq, it.version)).collect::<Vec<_>>(), [(1, 1)]);
    assert_eq!(store.head().unwrap().hash, events[0].hash);
    let second = Draft::new(case("2"), OPENED, "ada", at("23T09:05:00")).expecting(0);
    store.append(second.view(view("Nobody Ltd.", "open")).into()).unwrap();

    // A content that nobody brought is refused.
    let missing = Draft::new(case("3"), OPENED, "ada", at("23T09:06:00"));
    let missing = missing.blobs(vec![Digest::of(b"never seen")]);
    assert!(matches!(store.append(missing.into()), Err(Error::NotFound { .. })));

    // Tuesday: two people take the same case. One is told who was first.
    let take = |who: &str, time| {
        Draft::new(case("1"), ASSIGNED, who, at(time))
            .expecting(1)
            .view(View { assignee: Some(who.into()), ..pressing.clone() })
    };
    store.append(take("bob", "24T10:00:00").into()).unwrap();
    let error = store.append(take("eve", "24T10:00:01").into()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "case/1 is at version 2, not 1: assigned by bob at 2026-11-24T10:00:00Z"
    );
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert!(matches!(*conflict, Conflict::Stream { found: 2, expected: 1, .. }));

    // A batch is written as a whole or not at all.
    let half = Batch::from(Draft::new(case("2"), NOTED, "eve", at("24T11:00:00")))
        .and(take("eve", "24T11:00:00"));
    assert!(matches!(store.append(half), Err(Error::Conflict(_))));
    assert_eq!(store.stream(&case("2"), 0).unwrap().len(), 1);
    let both = Batch::from(Draft::new(case("2"), NOTED, "eve", at("24T11:30:00")).expecting(1))
        .and(Draft::new(case("2"), NOTED, "eve", at("24T11:30:01")).expecting(2));
    let versions: Vec<u64> = store.append(both).unwrap().iter().map(|it| it.version).collect();
    assert_eq!(versions, [2, 3]);

    // A note leaves the view as it is.
    let row = store.view(&case("2")).unwrap().unwrap();
    assert_eq!((row.version, row.first, row.view.title.as_str()), (1, 2, "Nobody Ltd."));

    queue(store);
    approval(store);
    chain(store);
    keys(store);
    odd_texts(store);
    contents(store);
}

/// The titles of the cases that a query finds.
fn found(store: &dyn Store, change: fn(&mut ViewQuery)) -> Vec<String> {
    let mut query = ViewQuery::of(CASE);
    change(&mut query);
    titles(store, &query)
}

fn queue(store: &dyn Store) {
    // Wednesday: the queue.
    let all = ViewQuery::of(CASE);
    assert_eq!(titles(store, &all), ["Müller AG", "Nobody Ltd."]);
    assert_eq!(store.counts(&all).unwrap(), BTreeMap::from([("open".into(), 2)]));
    let by = |change| found(store, change);
    assert_eq!(by(|it| it.order = Order::Oldest), ["Müller AG", "Nobody Ltd."]);
    assert_eq!(by(|it| it.order = Order::Newest), ["Nobody Ltd.", "Müller AG"]);
    assert_eq!(by(|it| it.order = Order::Priority), ["Müller AG", "Nobody Ltd."]);
    assert_eq!(by(|it| it.order = Order::Due), ["Müller AG", "Nobody Ltd."]);
    assert_eq!(by(|it| it.assigned = Some(Assigned::Nobody)), ["Nobody Ltd."]);
    assert_eq!(by(|it| it.assigned = Some(Assigned::To("bob".into()))), ["Müller AG"]);
    assert_eq!(by(|it| it.due_by = Some("2026-11-27".parse().unwrap())), ["Müller AG"]);
    assert!(by(|it| it.due_by = Some("2026-11-26".parse().unwrap())).is_empty());
    assert_eq!(by(|it| it.labels = vec!["rush".into(), "encryption".into()]), ["Müller AG"]);
    assert!(by(|it| it.labels = vec!["rush".into(), "gone".into()]).is_empty());
    assert_eq!(by(|it| it.outcomes = vec!["needs-review".into()]), ["Müller AG"]);
    assert_eq!(by(|it| it.text = "ZÜR scan".into()), ["Müller AG"]);
    assert_eq!(by(|it| it.text = "nob".into()), ["Nobody Ltd."]);
    assert!(by(|it| it.text = "scanner paris".into()).is_empty());
    assert!(by(|it| it.text = "' OR 1=1 -- \" * : & ! \0".into()).is_empty());
    assert_eq!(by(|it| it.states = vec!["open".into(), "closed".into()]).len(), 2);
    let mut backwards = by(|it| it.order = Order::Unchanged);
    backwards.reverse();
    assert_eq!(backwards, by(|it| it.order = Order::Changed));
    let orders = [Order::Changed, Order::Unchanged, Order::Newest, Order::Oldest, Order::Due];
    for order in orders.into_iter().chain([Order::Priority]) {
        let mut query = ViewQuery { order, limit: 1, ..ViewQuery::of(CASE) };
        let whole = titles(store, &ViewQuery { limit: 50, ..query.clone() });
        let mut paged = Vec::new();
        loop {
            let page = store.views(&query).unwrap();
            paged.extend(page.rows.into_iter().map(|it| it.view.title));
            let Some(next) = page.next else { break };
            query.after = Some(next.to_string().parse().unwrap());
        }
        assert_eq!(paged, whole, "{order:?}");
    }
}

fn approval(store: &dyn Store) {
    let by = |change| found(store, change);
    let all = ViewQuery::of(CASE);
    // Thursday: it is approved. The labels and words of before no longer find it.
    let done = View { labels: BTreeSet::from(["quiet".into()]), ..view("Müller AG", "closed") };
    let approve = Draft::new(case("1"), APPROVED, "carl", at("26T16:00:00")).expecting(2);
    store.append(approve.view(done.clone()).into()).unwrap();
    assert_eq!(store.view(&case("1")).unwrap().unwrap().view, done);
    assert!(by(|it| it.labels = vec!["rush".into()]).is_empty());
    assert!(by(|it| it.text = "scanner".into()).is_empty());
    assert_eq!(by(|it| it.labels = vec!["quiet".into()]), ["Müller AG"]);
    let counts = BTreeMap::from([("closed".into(), 1), ("open".into(), 1)]);
    assert_eq!(store.counts(&all).unwrap(), counts);
}

fn chain(store: &dyn Store) {
    // Friday: the whole week, as it stands in the chain.
    let chain = store.events(0, 100).unwrap();
    assert_eq!(chain.iter().map(|it| it.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    let mut before = Digest::ZERO;
    for event in &chain {
        assert_eq!(event.hash, store::chain::hash(&before, event));
        assert_eq!(event.body_digest, Digest::of(event.body.as_ref().unwrap().as_bytes()));
        before = event.hash;
    }
    assert_eq!(store.head().unwrap().hash, before);
    assert_eq!(store.events(4, 1).unwrap(), chain[4..5]);
    let one: Vec<_> = chain.iter().filter(|it| it.stream == case("1")).cloned().collect();
    assert_eq!(store.stream(&case("1"), 0).unwrap(), one);
    assert_eq!(store.stream(&case("1"), 2).unwrap(), one[2..]);
    assert!(store.stream(&case("9"), 0).unwrap().is_empty());
    assert!(store.view(&case("9")).unwrap().is_none());
}

fn keys(store: &dyn Store) {
    let (now, soon, later) = (at("26T12:00:00"), at("26T12:30:00"), at("26T13:00:00"));
    let put = |key: &str, value: &str| KeyWrite::put(SESSION, key, value, Some(soon));
    assert!(store.put_if_absent(put("a", "1"), now).unwrap());
    assert!(!store.put_if_absent(put("a", "2"), now).unwrap());
    assert_eq!(store.get(&SESSION, "a", now).unwrap(), Some(b"1".to_vec()));
    assert_eq!(store.get(&SESSION, "a", soon).unwrap(), None);
    assert!(store.put_if_absent(put("a", "3"), later).unwrap());
    store.put(KeyWrite::put(SESSION, "b", "kept", None)).unwrap();
    store.put(KeyWrite::put(SESSION, "\0odd\u{7f}", "kept", None)).unwrap();
    let found = store.keys(&SESSION, "", 10, now).unwrap();
    assert_eq!(
        found.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(),
        ["\0odd\u{7f}", "a", "b"]
    );
    assert_eq!(store.keys(&SESSION, "a", 10, now).unwrap().len(), 1);
    assert_eq!(store.take(&SESSION, "b", now).unwrap(), Some(b"kept".to_vec()));
    assert_eq!(store.take(&SESSION, "b", now).unwrap(), None);
    assert_eq!(store.purge(now).unwrap(), 0);
    assert_eq!(store.purge(later).unwrap(), 1);
    store.put(KeyWrite::remove(SESSION, "\0odd\u{7f}")).unwrap();
    assert!(store.keys(&SESSION, "", 10, now).unwrap().is_empty());

    // A key beside an event: both, or neither.
    let before = store.head().unwrap();
    let once = |key: &str| {
        Batch::from(Draft::new(case("once"), OPENED, "ada", now))
            .and_key(KeyWrite::put(SESSION, key, "answer", None).if_absent(now))
    };
    store.append(once("k")).unwrap();
    let Err(Error::Conflict(it)) = store.append(once("k")) else { panic!() };
    assert_eq!(*it, Conflict::Key { space: SESSION, key: "k".into() });
    assert_eq!(store.head().unwrap().seq, before.seq + 1);
}

/// The longest texts that are taken, in every place that is indexed, and characters of every kind.
fn odd_texts(store: &dyn Store) {
    let now = at("26T14:00:00");
    let odd = |length: usize| {
        let text: String =
            "\0\u{1f}é漢\u{202e}'\"\\%_\u{10ffff}\n".chars().cycle().take(length).collect();
        text
    };
    let view = View {
        title: odd(5000),
        state: odd(60),
        assignee: Some(odd(60)),
        outcome: Some(odd(60)),
        labels: (0..20).map(|it| format!("{it}{}", odd(60))).collect(),
        text: format!("{} {}", odd(5000), "ключ ".repeat(5000)),
        data: odd(5000),
        ..View::default()
    };
    let stream = StreamId::new(CASE, "x".repeat(200));
    let draft = Draft::new(stream.clone(), OPENED, "x".repeat(200), now).view(view.clone());
    let key: String = odd(1000).chars().take(250).collect();
    let put = KeyWrite::put(SESSION, key.as_str(), "v", None);
    store.append(Batch::from(draft.body(odd(5000))).and_key(put)).unwrap();
    assert_eq!(store.get(&SESSION, &key, now).unwrap(), Some(b"v".to_vec()));
    let kept = store.view(&stream).unwrap().unwrap().view;
    assert_eq!(kept.title, view.title.replace('\0', "\u{fffd}"));
    assert_eq!(kept.labels.len(), 20);
    let by = |it: ViewQuery| store.views(&it).unwrap().rows.len();
    assert_eq!(by(ViewQuery { states: vec![view.state], ..ViewQuery::of(CASE) }), 1);
    let label = kept.labels.first().unwrap().clone();
    assert_eq!(by(ViewQuery { labels: vec![label], ..ViewQuery::of(CASE) }), 1);
    assert_eq!(by(ViewQuery { text: "КЛЮЧ".into(), ..ViewQuery::of(CASE) }), 1);
    assert!(store.view(&StreamId::new(CASE, "a\0b")).unwrap().is_none());
    let found = store::audit::audit(store, None, &mut |_, _| {}).unwrap();
    assert_eq!(found.faults, []);
}

fn contents(store: &dyn Store) {
    let large: Vec<u8> =
        (0..28_000_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let digest = store.put_blob(&large).unwrap();
    assert_eq!(digest, Digest::of(&large));
    assert_eq!(store.blob(&digest).unwrap().as_deref(), Some(large.as_slice()));
    assert_eq!(store.blob(&Digest::of(b"absent")).unwrap(), None);
    let all = store.blobs(None, 10).unwrap();
    assert_eq!(all.len(), 2);
    assert!(all.is_sorted_by_key(|it| it.digest));
    assert_eq!(store.blobs(Some(&all[0].digest), 10).unwrap(), all[1..]);
    assert_eq!(all.iter().map(|it| it.size).sum::<u64>(), 28_000_016);
}

#[test]
fn an_office_keeps_its_week_in_sqlite() {
    week(&*open(&sqlite_address("story")));
}

#[test]
fn an_office_keeps_its_week_in_postgresql() {
    let Some(address) = crate::server::database() else { return };
    week(&*open(&address));
}
