//! Killed under load: what was acknowledged is there, and the chain verifies.
//!
//! A child process (this test binary again) appends from several threads and writes the name of
//! each record to its output once the append has returned. It is killed at a moment that differs
//! from round to round. `EXEAT_KILL_ROUNDS` says how often (5; for a release, 50).

use crate::backends::{open, sqlite_address};
use crate::office::{case, opened};
use crate::server;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use store::audit::audit;

const ADDRESS: &str = "EXEAT_TEST_KILLED";

#[expect(clippy::disallowed_methods, reason = "this is a setting of the tests")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The child: appends until it is killed.
#[test]
fn child_that_is_killed() {
    let Some(address) = setting(ADDRESS) else { return };
    let store = open(&address);
    let round = setting("EXEAT_TEST_ROUND").unwrap();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let (store, round) = (Arc::clone(&store), round.clone());
            thread::spawn(move || {
                for number in 0.. {
                    let name = format!("{round}-{thread}-{number}");
                    store.append(opened(&name, 1).into()).unwrap();
                    // One write, past the harness: a line is there whole or not at all.
                    let line = format!("ack {name}\n");
                    std::io::stderr().write_all(line.as_bytes()).unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

fn killed_again_and_again(address: &str) {
    let rounds = setting("EXEAT_KILL_ROUNDS").and_then(|it| it.parse().ok()).unwrap_or(5);
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::child_that_is_killed", "--nocapture"])
            .env(ADDRESS, address)
            .env("EXEAT_TEST_ROUND", format!("{round}"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.starts_with("ack "), "{first}");
        let reading = thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
        thread::sleep(Duration::from_millis((round * 37 + 11) % 150));
        // SIGKILL: nothing of it can be caught.
        child.kill().unwrap();
        child.wait().unwrap();
        let lines = std::iter::once(first).chain(reading.join().unwrap());
        let names = lines.filter_map(|it| Some(it.strip_prefix("ack ")?.to_owned()));
        acknowledged.extend(names);

        let store = open(address);
        for name in &acknowledged {
            assert_eq!(store.stream(&case(name), 0).unwrap().len(), 1, "{name} in round {round}");
            assert!(store.view(&case(name)).unwrap().is_some(), "{name} in round {round}");
        }
        let found = audit(&*store, None, &mut |_, _| {}).unwrap();
        assert_eq!(found.faults, [], "round {round}");
        assert!(found.events >= acknowledged.len() as u64);
    }
    assert!(acknowledged.len() as u64 > rounds, "{}", acknowledged.len());
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_in_sqlite() {
    killed_again_and_again(&sqlite_address("killed"));
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_in_postgresql() {
    let Some(address) = server::database() else { return };
    killed_again_and_again(&address);
}
