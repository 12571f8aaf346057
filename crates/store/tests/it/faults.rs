//! A full disk, a database that is gone for a while, a clock that is set back, a time that is over.

use crate::backends::{folder, open, sqlite_address};
use crate::office::{at, case, fill, noted, opened};
use crate::server;
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use store::audit::audit;
use store::retention::{ERASED, Erasure, HELD};
use store::{Draft, Error, Store, StreamId};

/// A small file system of its own, gone at the end.
struct Small(PathBuf);

impl Small {
    /// `None` where we may not mount one.
    fn mount(path: PathBuf) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(&path);
        mount.output().is_ok_and(|it| it.status.success()).then_some(Self(path))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).status());
    }
}

#[test]
fn a_full_disk_is_told_and_when_there_is_room_again_work_goes_on() {
    let Some(small) = Small::mount(folder("full")) else {
        writeln!(std::io::stderr(), "\n!!! SKIPPED: a full disk, which takes root to mount")
            .unwrap();
        return;
    };
    let ballast = small.0.join("ballast");
    fs::write(&ballast, vec![1; 1_200_000]).unwrap();
    let store = open(small.0.join("records.db").to_str().unwrap());
    let body = format!(r#"{{"x":"{}"}}"#, "x".repeat(20_000));
    let mut kept = 0;
    let error = loop {
        match store.append(noted("a", 1).body(body.clone()).into()) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Unavailable { .. }), "{error}");
    assert!(kept > 3);
    // What is there can be read while nothing can be written.
    assert_eq!(store.events(0, 1000).unwrap().len(), kept);
    assert!(matches!(
        store.append(noted("a", 2).body(body.clone()).into()),
        Err(Error::Unavailable { .. })
    ));
    fs::remove_file(ballast).unwrap();
    store.append(noted("a", 3).body(body).into()).unwrap();
    let found = audit(&*store, None, &mut |_, _| {}).unwrap();
    assert_eq!((found.faults.as_slice(), found.events), (&[][..], kept as u64 + 1));
}

#[test]
fn a_database_that_was_gone_is_used_again_without_a_restart() {
    let Some(address) = server::database() else { return };
    let (base, name) = address.rsplit_once('/').unwrap();
    let mut admin =
        postgres::Client::connect(&format!("{base}/postgres"), postgres::NoTls).unwrap();
    let mut say = |sql: String| admin.batch_execute(&sql).unwrap();
    let kill =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    let store = open(&address);
    store.append(opened("a", 1).into()).unwrap();
    store.view(&case("a")).unwrap();
    // The server is restarted: nobody notices.
    say(kill.clone());
    store.append(noted("a", 2).into()).unwrap();
    say(kill);
    assert!(store.view(&case("a")).unwrap().is_some());
    // It is gone for a while: everybody is told, and nothing is written.
    let gone = server::Gone::begin(&address);
    for _ in 0..2 {
        assert!(matches!(store.append(noted("a", 3).into()), Err(Error::Unavailable { .. })));
        assert!(matches!(store.view(&case("a")), Err(Error::Unavailable { .. })));
        assert!(matches!(store.ready(), Err(Error::Unavailable { .. })));
    }
    drop(gone);
    store.ready().unwrap();
    store.append(noted("a", 4).expecting(2).into()).unwrap();
    assert_eq!(store.stream(&case("a"), 0).unwrap().len(), 3);
}

fn over_both(test: fn(&dyn Store)) {
    test(&*open(&sqlite_address("both")));
    if let Some(address) = server::database() {
        test(&*open(&address));
    }
}

#[test]
fn an_event_dated_before_its_predecessor_is_recorded_and_marked() {
    over_both(|store| {
        store.append(opened("a", 7200).into()).unwrap();
        let events = store.append(noted("a", 3600).into()).unwrap();
        assert!(events[0].clock_back);
        assert!(!store.append(noted("a", 3595).into()).unwrap()[0].clock_back);
        let found = audit(store, None, &mut |_, _| {}).unwrap();
        assert_eq!((found.faults.as_slice(), found.clock_back), (&[][..], vec![2]));
    });
}

#[test]
fn what_is_held_is_listed_until_it_is_let_go_and_again_when_it_is_held_anew() {
    over_both(|store| {
        fill(store);
        let say = |id, kind, second| {
            store.append(Draft::new(case(id), kind, "counsel", at(second)).into()).unwrap();
        };
        let held = |after, limit| -> Vec<(String, u64)> {
            let events = store.holds(after, limit).unwrap();
            assert!(events.iter().all(|it| it.kind == HELD));
            events.into_iter().map(|it| (it.stream.id, it.seq)).collect()
        };
        let ids = |after| held(after, 9).into_iter().map(|it| it.0).collect::<Vec<_>>();
        assert!(ids(0).is_empty());
        say("b", HELD, 11);
        say("a", HELD, 12);
        assert_eq!(ids(0), ["b", "a"]);
        let first = held(0, 1);
        assert_eq!((first.len(), ids(first[0].1)), (1, vec!["a".to_owned()]), "page by page");
        say("b", store::retention::LET_GO, 13);
        assert_eq!(ids(0), ["a"]);
        store.append(noted("a", 14).into()).unwrap();
        say("b", HELD, 15);
        assert_eq!(ids(0), ["a", "b"]);
    });
}

#[test]
fn what_is_over_is_erased_and_the_chain_stays_whole() {
    over_both(|store| {
        fill(store);
        let secret = store.blob(&store::Digest::of(b"an attachment")).unwrap();
        assert!(secret.is_some());
        let later: Timestamp = "2031-11-26T00:00:00Z".parse().unwrap();
        let permit = |at| Erasure::permit(store, &case("b"), "ada", at, "over");
        let early = permit(later - SignedDuration::from_hours(48)).unwrap_err();
        assert!(matches!(early, Error::TooEarly { until: Some(_), .. }), "{early}");

        store.append(Draft::new(case("b"), HELD, "counsel", at(11)).into()).unwrap();
        assert!(matches!(permit(later), Err(Error::TooEarly { until: None, .. })));
        let ended = Draft::new(case("b"), store::retention::LET_GO, "counsel", at(12));
        store.append(ended.into()).unwrap();

        // Somebody adds to it between the permission and the erasure: it is not erased.
        let stale = permit(later).unwrap();
        store.append(noted("b", 13).into()).unwrap();
        assert!(matches!(store.erase(stale), Err(Error::Conflict(_))));

        let event = store.erase(permit(later).unwrap()).unwrap();
        assert_eq!((event.kind, event.version), (ERASED, 7));
        assert!(store.view(&case("b")).unwrap().is_none());
        let events = store.stream(&case("b"), 0).unwrap();
        let bodies: Vec<bool> = events.iter().map(|it| it.body.is_some()).collect();
        assert_eq!(bodies, [false, false, false, false, false, false, true]);
        assert_eq!(store.blob(&store::Digest::of(b"an attachment")).unwrap(), None);
        assert!(store.view(&case("a")).unwrap().is_some());
        let found = audit(store, None, &mut |_, _| {}).unwrap();
        assert_eq!((found.faults.as_slice(), found.erased, found.views), (&[][..], 6, 2));
    });
}

#[test]
fn a_determination_is_kept_as_long_as_a_case_that_rests_on_it() {
    over_both(|store| {
        let made = |id| StreamId::new(store::record::DETERMINATION, id);
        for id in ["20261126-aaaa", "20261126-bbbb"] {
            store
                .append(Draft::new(made(id), "made".parse().unwrap(), "ada", at(1)).into())
                .unwrap();
        }
        let years = |count: i64| at(1) + SignedDuration::from_hours(24 * 366 * count);
        let rests = Draft::new(case("a"), "decided".parse().unwrap(), "ada", years(2));
        let rests = rests.body(r#"{"finding":{"determination":"20261126-aaaa"}}"#);
        store.append(rests.into()).unwrap();
        let permit = |id, when| Erasure::permit(store, &made(id), "ada", when, "over");
        assert!(permit("20261126-bbbb", years(6)).is_ok(), "no case rests on the other");
        let early = permit("20261126-aaaa", years(6)).unwrap_err();
        assert!(matches!(early, Error::TooEarly { until: Some(_), .. }), "{early}");
        assert!(early.to_string().contains("case/a rests on it"), "{early}");
        assert!(permit("20261126-aaaa", years(8)).is_ok(), "the case is over too");
        store.append(Draft::new(case("a"), HELD, "counsel", years(3)).into()).unwrap();
        let held = permit("20261126-aaaa", years(20)).unwrap_err();
        assert!(matches!(held, Error::TooEarly { until: None, .. }), "{held}");
    });
}

#[test]
fn nothing_of_what_was_erased_stays_in_the_file() {
    let path = folder("erased").join("records.db");
    let store = open(path.to_str().unwrap());
    let secret = "Unverwechselbar";
    let body = format!(r#"{{"name":"{secret}"}}"#);
    let view = store::View { title: secret.into(), ..store::View::default() };
    store.append(noted("a", 1).body(body).view(view).into()).unwrap();
    let later = "2040-01-01T00:00:00Z".parse().unwrap();
    store.erase(Erasure::permit(&*store, &case("a"), "ada", later, "over").unwrap()).unwrap();
    drop(store);
    let holds = |path: &Path, text: &str| {
        let bytes = fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|it| it == text.as_bytes())
    };
    assert!(!holds(&path, secret), "the body or the title");
    assert!(!holds(&path, &secret.to_lowercase()), "the words that are searched");
}
