//! Several servers, many threads, one chain.

use crate::backends::{open, sqlite_address};
use crate::office::{at, case, noted, opened};
use crate::server;
use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;
use store::audit::audit;
use store::{Conflict, Error, KeyWrite, Kind, Store};

const KEYS: Kind = Kind::of("once");

/// Two servers act on the same version of one case at the same moment, again and again.
fn two_servers_race(address: &str) {
    let servers = [open(address), open(address)];
    servers[0].append(opened("a", 0).into()).unwrap();
    let start = Barrier::new(2);
    for round in 1..=40_u64 {
        let results: Vec<_> = thread::scope(|scope| {
            let act = |server: &Arc<dyn Store>| {
                start.wait();
                server.append(noted("a", 1).expecting(round).into())
            };
            let racers: Vec<_> = servers.iter().map(|it| scope.spawn(move || act(it))).collect();
            racers.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1, "round {round}");
        let lost = results.into_iter().find_map(Result::err).unwrap();
        let Error::Conflict(lost) = lost else { panic!("{lost}") };
        let Conflict::Stream { found, last, .. } = *lost else { panic!("{lost}") };
        assert_eq!((found, last.unwrap().actor.as_str()), (round + 1, "bob"));
    }
    let found = audit(&*servers[1], None, &mut |_, _| {}).unwrap();
    assert_eq!((found.faults.as_slice(), found.events), (&[][..], 41));
}

/// Many threads on two servers append to their own and to shared streams, and fetch one ticket.
fn a_crowd_writes(address: &str) {
    let servers = [open(address), open(address)];
    servers[0].put(KeyWrite::put(KEYS, "ticket", "1", None)).unwrap();
    let wins: Vec<(usize, usize)> = thread::scope(|scope| {
        let crowd: Vec<_> = (0..16_usize)
            .map(|number| {
                let server = &servers[number % 2];
                scope.spawn(move || {
                    for turn in 0..10 {
                        let own = format!("own-{number}-{turn}");
                        let batch = store::Batch::from(opened(&own, 0)).and(noted("shared", 1));
                        let events = server.append(batch).unwrap();
                        assert_eq!(events[1].seq, events[0].seq + 1);
                    }
                    let put = KeyWrite::put(KEYS, "first", "1", None);
                    let first = server.put_if_absent(put, at(0)).unwrap();
                    let ticket = server.take(&KEYS, "ticket", at(0)).unwrap().is_some();
                    (usize::from(first), usize::from(ticket))
                })
            })
            .collect();
        crowd.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(wins.iter().map(|it| it.0).sum::<usize>(), 1);
    assert_eq!(wins.iter().map(|it| it.1).sum::<usize>(), 1);
    let found = audit(&*servers[0], None, &mut |_, _| {}).unwrap();
    assert_eq!((found.faults.as_slice(), found.events), (&[][..], 320));
    let shared = servers[1].stream(&case("shared"), 0).unwrap();
    let versions: BTreeSet<u64> = shared.iter().map(|it| it.version).collect();
    assert_eq!(versions, (1..=160).collect());
}

#[test]
fn of_two_servers_on_one_sqlite_file_one_wins_and_the_other_is_told() {
    two_servers_race(&sqlite_address("race"));
    a_crowd_writes(&sqlite_address("crowd"));
}

#[test]
fn of_two_servers_on_one_postgresql_one_wins_and_the_other_is_told() {
    let (Some(race), Some(crowd)) = (server::database(), server::database()) else { return };
    two_servers_race(&race);
    a_crowd_writes(&crowd);
}
