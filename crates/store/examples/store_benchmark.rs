//! How fast records are written and found.
//!
//! ```text
//! store_benchmark append ADDRESS THREADS SECONDS   durable appends from many threads
//! store_benchmark views ADDRESS COUNT              pages and counts over so many cases
//! ```
//!
//! Each append is what one determination over the API is: an event of 8 KB with its view, in a
//! stream of its own, and an idempotency key in the same transaction.

use jiff::Timestamp;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::time::{Duration, Instant};
use store::{
    Assigned, Batch, Draft, Error, KeyWrite, Kind, Options, Order, Store, StreamId, View, ViewQuery,
};

const CASE: Kind = Kind::of("case");
const MADE: Kind = Kind::of("made");
const IDEMPOTENCY: Kind = Kind::of("idempotency");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["append", address, threads, seconds] => {
            let store = store::open(address, &Options::default())?;
            append(&*store, threads.parse()?, Duration::from_secs(seconds.parse()?))
        }
        ["views", address, count] => {
            let store = store::open(address, &Options::default())?;
            views(&*store, count.parse()?)
        }
        _ => Err("see the head of examples/store_benchmark.rs".into()),
    }
}

fn append(
    store: &dyn Store,
    threads: usize,
    length: Duration,
) -> Result<(), Box<dyn std::error::Error>> {
    let body = format!(r#"{{"answer":"{}"}}"#, "0123456789abcdef".repeat(512));
    let before = store.head()?.seq;
    let start = Instant::now();
    let work = |thread: usize| -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        for number in 0_u64.. {
            if start.elapsed() >= length {
                break;
            }
            let name = format!("20261126-{before}-{thread}-{number}");
            let view = View {
                title: name.clone(),
                state: "no-license-required".into(),
                outcome: Some("no-license-required".into()),
                data: r#"{"law_date":"2026-11-26"}"#.into(),
                ..View::default()
            };
            let stream = StreamId::new(Kind::of("determination"), name.as_str());
            let draft = Draft::new(stream, MADE, "key:benchmark", Timestamp::UNIX_EPOCH);
            let draft = draft.expecting(0).body(body.as_str()).view(view);
            let key = KeyWrite::put(IDEMPOTENCY, name.as_str(), name.as_bytes(), None);
            let began = Instant::now();
            store.append(Batch::from(draft).and_key(key.if_absent(Timestamp::UNIX_EPOCH)))?;
            times.push(began.elapsed());
        }
        Ok(times)
    };
    let mut times = std::thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> = (0..threads).map(|it| scope.spawn(move || work(it))).collect();
        let mut times = Vec::new();
        for handle in handles {
            let result = handle.join().map_err(|_| "a thread ended badly")?;
            times.extend(result?);
        }
        Ok::<_, Box<dyn std::error::Error>>(times)
    })?;
    let spent = start.elapsed();
    times.sort_unstable();
    let rate = times.len() as u128 * 1000 / spent.as_millis().max(1);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    writeln!(
        io::stdout(),
        "{threads} threads: {rate} durable appends a second; median {:?}, p99 {:?}, longest {:?}",
        at(50),
        at(99),
        times.last().copied().unwrap_or_default()
    )?;
    Ok(())
}

fn views(store: &dyn Store, count: u64) -> Result<(), Box<dyn std::error::Error>> {
    let there: u64 = store.counts(&ViewQuery::of(CASE))?.values().sum();
    let states = ["open", "review", "approved", "closed", "closed", "closed"];
    let names = ["Müller", "Acme", "Orion", "Nordwind", "Sakura", "Atlas", "Borealis"];
    let pick = |of: &[&str], n: u64| {
        let place = usize::try_from(n % of.len() as u64).unwrap_or(0);
        of.get(place).copied().unwrap_or_default().to_owned()
    };
    for start in (there..count).step_by(500) {
        let drafts: Vec<Draft> = (start..(start + 500).min(count))
            .map(|n| {
                let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
                let view = View {
                    title: format!("{} {}", pick(&names, mixed), n),
                    state: pick(&states, mixed),
                    assignee: mixed.is_multiple_of(3).then(|| format!("user-{}", mixed % 40)),
                    priority: i32::try_from(mixed % 5).unwrap_or(0),
                    due: "2026-12-01".parse().ok().filter(|_| mixed.is_multiple_of(4)),
                    outcome: Some(pick(&["needs-review", "license-required"], mixed)),
                    labels: BTreeSet::from([
                        format!("country-{}", mixed % 200),
                        pick(&["rush", "normal"], mixed),
                    ]),
                    text: format!("scanner exploit {} for customer {}", mixed % 1000, mixed % 5000),
                    data: "{}".into(),
                };
                let stream = StreamId::new(CASE, format!("c{n:08}"));
                Draft::new(stream, MADE, "benchmark", Timestamp::UNIX_EPOCH).view(view)
            })
            .collect();
        store.append(drafts.into())?;
    }
    let of = || ViewQuery::of(CASE);
    let text = |it: &str| ViewQuery { text: it.into(), ..of() };
    let labels = |it: &str| ViewQuery { labels: vec![it.into()], ..of() };
    let open = || ViewQuery { states: vec!["open".into(), "review".into()], ..of() };
    let mine = Some(Assigned::To("user-7".into()));
    let queries = [
        ("last changed", of()),
        ("open, most pressing first", ViewQuery { order: Order::Priority, ..open() }),
        ("open, due first", ViewQuery { order: Order::Due, ..open() }),
        ("mine, most pressing first", ViewQuery { assigned: mine, order: Order::Priority, ..of() }),
        ("nobody's", ViewQuery { assigned: Some(Assigned::Nobody), ..of() }),
        (
            "due by a day",
            ViewQuery { due_by: "2026-12-01".parse().ok(), order: Order::Due, ..of() },
        ),
        ("one of two outcomes", ViewQuery { outcomes: vec!["needs-review".into()], ..of() }),
        ("an outcome that none has", ViewQuery { outcomes: vec!["prohibited".into()], ..of() }),
        ("open, with a common word", ViewQuery { text: "scanner".into(), ..open() }),
        ("open, with a common label", ViewQuery { labels: vec!["rush".into()], ..open() }),
        ("a rare label", labels("country-17")),
        ("a label that half of them have", labels("rush")),
        ("rare words", text("customer 4711")),
        ("a word that all of them have", text("scanner")),
        ("a word that none has", text("submarine")),
    ];
    let mut out = io::stdout();
    for (name, query) in queries {
        let (page, rows) = best(|| Ok(store.views(&query)?.rows.len()))?;
        let (counting, total) = best(|| Ok(store.counts(&query)?.values().sum::<u64>()))?;
        writeln!(
            out,
            "{name:<32} page of {rows:>2}: {page:>10.1?}   count {total:>6}: {counting:>10.1?}"
        )?;
    }
    // A page deep inside: where it begins does not matter.
    let mut query = ViewQuery { limit: 1000, ..of() };
    for _ in 0..50 {
        query.after = store.views(&query)?.next.or(query.after);
    }
    query.limit = 50;
    let (deep, rows) = best(|| Ok(store.views(&query)?.rows.len()))?;
    writeln!(out, "after 50,000 others              page of {rows:>2}: {deep:>10.1?}")?;
    Ok(())
}

/// The best of seven, and what came of it.
fn best<T>(mut what: impl FnMut() -> Result<T, Error>) -> Result<(Duration, T), Error> {
    let mut shortest: Option<(Duration, T)> = None;
    for _ in 0..7 {
        let start = Instant::now();
        let result = what()?;
        let spent = start.elapsed();
        if shortest.as_ref().is_none_or(|it| spent < it.0) {
            shortest = Some((spent, result));
        }
    }
    shortest.ok_or_else(|| Error::NotFound { what: "time".to_owned() })
}
