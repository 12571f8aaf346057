//! Killed under load, a full disk, a database that is gone for a while, two servers on one
//! database: what a caller is told, and what is in the records afterwards.
//!
//! `EXEAT_KILL_ROUNDS` says how often a server is killed (3; for a release, 50).

use super::{ALL, SALE, Server, http, key};
use crate::database;
use crate::folder;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Records from four threads until the server is killed, so long after the first record; the places
/// that it said.
fn place_after_place(server: &Mutex<Server>, key: &str, until: Duration) -> Vec<String> {
    let address = server.lock().unwrap().address.clone();
    let places = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let bearer = format!("Bearer {key}");
                let headers =
                    [("authorization", bearer.as_str()), ("content-type", "application/json")];
                while let Some(made) =
                    http::try_ask(&address, "POST", "/v1/determinations", &headers, SALE.as_bytes())
                {
                    assert_eq!(made.status, 201, "{}", made.text());
                    places.lock().unwrap().push(made.header("location").unwrap().to_owned());
                }
            });
        }
        let since = Instant::now();
        while places.lock().unwrap().is_empty() {
            assert!(since.elapsed() < Duration::from_mins(1), "nothing is recorded");
            thread::yield_now();
        }
        thread::sleep(until);
        // SIGKILL: nothing of it can be caught.
        server.lock().unwrap().process.kill().unwrap();
    });
    places.into_inner().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "this is a setting of the tests")]
fn rounds() -> u64 {
    std::env::var("EXEAT_KILL_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(3)
}

fn killed_again_and_again(data: &Path, records: &[&str]) {
    let key = key(data, ALL, records);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..rounds() {
        let server = Mutex::new(Server::start(data, records));
        // Another moment each time.
        let until = Duration::from_millis((round * 137 + 11) % 400);
        acknowledged.extend(place_after_place(&server, &key, until));
        drop(server);
        let verify = [&["audit", "verify"], records].concat();
        let environment = [("EXEAT_DATA", data.to_str().unwrap())];
        let verified = crate::run(Path::new("/"), &verify, "", &environment);
        assert_eq!(verified.code, 0, "round {round}: {}{}", verified.out, verified.err);
        let server = Server::start(data, records);
        for place in &acknowledged {
            let found = server.ask(&key, "GET", place, "");
            assert_eq!(found.status, 200, "{place} in round {round}: {}", found.text());
        }
    }
    assert!(acknowledged.len() as u64 > rounds(), "{}", acknowledged.len());
}

#[test]
fn what_a_killed_server_acknowledged_is_there_and_the_chain_verifies() {
    killed_again_and_again(&folder("serve-killed-under-load"), &[]);
}

#[test]
fn the_same_over_postgresql() {
    let Some(address) = database::database() else { return };
    killed_again_and_again(&folder("serve-killed-on-postgres"), &["--records", &address]);
}

/// A small file system of its own, gone at the end.
struct Small(PathBuf);

impl Small {
    /// `None` where we may not mount one.
    fn mount(path: PathBuf) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(&path);
        mount.output().is_ok_and(|it| it.status.success()).then_some(Self(path))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).status());
    }
}

#[test]
fn where_the_disk_is_full_nothing_is_acknowledged_and_checks_go_on() {
    let Some(small) = Small::mount(folder("serve-full")) else {
        writeln!(std::io::stderr(), "\n!!! SKIPPED: a full disk, which takes root to mount")
            .unwrap();
        return;
    };
    let server = Server::start(&small.0, &["--open"]);
    let key = key(&small.0, ALL, &[]);
    let record = || server.ask(&key, "POST", "/v1/determinations", SALE);
    assert_eq!(record().status, 201);
    let ballast = small.0.join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while file.write_all(&[1; 4096]).is_ok() {}
    let since = Instant::now();
    let mut made = 1;
    let refused = loop {
        let answer = record();
        if answer.status != 201 {
            break answer;
        }
        made += 1;
        assert!(since.elapsed() < Duration::from_mins(1), "the disk is not full");
    };
    assert_eq!((refused.status, refused.json()["code"].as_str()), (503, Some("unavailable")));
    assert!(refused.header("retry-after").is_some());
    let ready = server.get("/readyz");
    assert_eq!((ready.status, ready.text()), (503, "not ready: the records are out of reach\n"));
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.post("/v1/check", SALE).status, 200);
    // An open file keeps its room.
    drop(file);
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(server.get("/readyz").status, 200);
    assert_eq!(record().status, 201);
    let all = server.ask(&key, "GET", "/v1/determinations?limit=200", "").json();
    assert_eq!(all["determinations"].as_array().unwrap().len(), made + 1);
}

#[test]
fn a_server_whose_database_is_gone_says_so_and_is_ready_again_when_it_is_back() {
    let Some(address) = database::database() else { return };
    let data = folder("serve-gone");
    let records = ["--records", address.as_str()];
    let server = Server::start(&data, &["--open", "--records", &address]);
    let key = key(&data, ALL, &records);
    let record = || server.ask(&key, "POST", "/v1/determinations", SALE);
    assert_eq!((server.get("/readyz").status, record().status), (200, 201));
    let gone = database::Gone::begin(&address);
    let ready = server.get("/readyz");
    assert_eq!((ready.status, ready.text()), (503, "not ready: the records are out of reach\n"));
    let refused = record();
    assert_eq!((refused.status, refused.json()["code"].as_str()), (503, Some("unavailable")));
    assert!(!refused.text().contains("exeat_test"), "tells of the database: {}", refused.text());
    // It is alive, and what needs no record goes on.
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.post("/v1/check", SALE).status, 200);
    drop(gone);
    let ready = server.get("/readyz");
    assert_eq!((ready.status, ready.text()), (200, "ok\n"));
    assert_eq!(record().status, 201);
    let all = server.ask(&key, "GET", "/v1/determinations", "").json();
    assert_eq!(all["determinations"].as_array().unwrap().len(), 2);
}

/// Two servers on the same records: both are asked for the same step, for the same version of one
/// case, at the same moment.
fn two_servers_race(data: &Path, records: &[&str]) {
    let servers = [Server::start(data, records), Server::start(data, records)];
    let key = key(data, ALL, records);
    let body = format!(r#"{{"title":"to the bank","transaction":{SALE}}}"#);
    let opened = servers[0].ask(&key, "POST", "/v1/cases", &body);
    assert_eq!(opened.status, 201, "{}", opened.text());
    let steps = format!("{}/steps", opened.header("location").unwrap());
    let start = Barrier::new(2);
    let race = |json: &str, version: Option<&str>| -> Vec<http::Answer> {
        let headers: Vec<(&str, &str)> = version.map(|it| ("if-match", it)).into_iter().collect();
        let ask = |server: &Server| {
            start.wait();
            server.ask_with(&key, "POST", &steps, json, &headers)
        };
        let ask = &ask;
        thread::scope(|scope| {
            let racing: Vec<_> = servers.iter().map(|it| scope.spawn(move || ask(it))).collect();
            let mut answers: Vec<_> = racing.into_iter().map(|it| it.join().unwrap()).collect();
            answers.sort_by_key(|it| it.status);
            answers
        })
    };
    let mut version = opened.json()["version"].as_u64().unwrap();
    for round in 0..10 {
        let answers = race(r#"{"do":"note","text":"seen"}"#, Some(&format!("\"{version}\"")));
        let statuses = [answers[0].status, answers[1].status];
        assert_eq!(statuses, [200, 412], "round {round}: {}", answers[1].text());
        assert_eq!(answers[1].json()["code"], "changed-meanwhile");
        version += 1;
        assert_eq!(answers[0].json()["version"].as_u64(), Some(version));
    }
    // Without a version the machine itself says why not: a review is requested once.
    let answers = race(r#"{"do":"request-review","text":"please"}"#, None);
    let statuses = [answers[0].status, answers[1].status];
    assert_eq!(statuses, [200, 409], "{}", answers[1].text());
    let case = steps.trim_end_matches("/steps");
    let shown = [0, 1].map(|it| servers[it].ask(&key, "GET", case, "").json());
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0]["version"], answers[0].json()["version"]);
}

#[test]
fn of_two_servers_on_one_postgresql_one_wins_a_case_and_the_other_is_told() {
    let Some(address) = database::database() else { return };
    two_servers_race(&folder("serve-race-postgres"), &["--records", &address]);
}

#[test]
fn of_two_servers_on_one_file_one_wins_a_case_and_the_other_is_told() {
    two_servers_race(&folder("serve-race-file"), &[]);
}
