//! What is in the records before it is answered, who may see it, and what nobody is told.

use super::{ALL, SALE, Server, http, key};
use crate::folder;
use serde_json::Value;

/// A sale to somebody who is on the small list in the program.
const LISTED: &str = r#"{"id":"secret-order-77","date":"2026-09-24","activity":"export","from":"US","destination":"IL","items":[{"eccn":"4D004","form":"object-code","origin":{"us_origin":true}}],"parties":[{"role":"end-user","name":"NSO Group","country":"IL","address":"22 Galgalei Haplada, Herzliya","sector":"private-other","state_owned_percent":0,"us_subsidiary":false}],"end_use":{"purposes":["defensive-testing"],"knows":[]},"notices":[],"red_flags":[]}"#;

#[test]
fn a_record_is_there_after_the_process_was_killed_and_replays_byte_for_byte() {
    let data = folder("serve-killed");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    let made = server.ask(&key, "POST", "/v1/determinations", SALE);
    assert_eq!(made.status, 201, "{}", made.text());
    let place = made.header("location").unwrap().to_owned();
    // Dropped is killed: the process gets no chance to write anything more.
    drop(server);
    let server = Server::start(&data, &[]);
    let found = server.ask(&key, "GET", &place, "");
    assert_eq!(found.text(), made.text());
    assert_eq!(found.json()["determination"]["outcome"], "license-exception");
    let replay = server.ask(&key, "POST", &format!("{place}/replay"), "").json();
    assert_eq!(replay["same"], true);
    assert_eq!(replay["determination"], found.json()["determination"]);
}

#[test]
fn the_same_request_under_the_same_key_is_recorded_once() {
    let data = folder("serve-idempotent");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    let record = |name: &str, body: &str| {
        server.ask_with(&key, "POST", "/v1/determinations", body, &[("idempotency-key", name)])
    };
    let first = record("order-1", SALE);
    let again = record("order-1", SALE);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text(), again.text());
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    let other = record("order-1", &SALE.replace("sale-1", "sale-2"));
    assert_eq!((other.status, &other.json()["code"]), (422, &"idempotency-key-reused".into()));
    assert_ne!(record("order-2", SALE).json()["id"], first.json()["id"]);
    let all = server.ask(&key, "GET", "/v1/determinations", "").json();
    assert_eq!(all["determinations"].as_array().unwrap().len(), 2);
}

#[test]
fn many_at_once_under_one_idempotency_key_are_one_record() {
    let data = folder("serve-idempotent-race");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    let ids: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let headers = [("idempotency-key", "one")];
                    let made = server.ask_with(&key, "POST", "/v1/determinations", SALE, &headers);
                    assert_eq!(made.status, 201, "{}", made.text());
                    made.json()["id"].as_str().unwrap().to_owned()
                })
            })
            .collect();
        asking.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(ids.len(), 1);
}

#[test]
fn pages_follow_each_other_without_gaps_or_repetitions() {
    let data = folder("serve-pages");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    for number in 0..7 {
        let body = SALE.replace("sale-1", &format!("order {number}"));
        assert_eq!(server.ask(&key, "POST", "/v1/determinations", &body).status, 201);
    }
    let mut titles = Vec::new();
    let mut path = "/v1/determinations?limit=3".to_owned();
    loop {
        let page = server.ask(&key, "GET", &path, "").json();
        let rows = page["determinations"].as_array().unwrap();
        titles.extend(rows.iter().map(|it| it["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/determinations?limit=3&after={next}");
    }
    let expected: Vec<String> = (0..7).rev().map(|it| format!("order {it}")).collect();
    assert_eq!(titles, expected);
    let found = server.ask(&key, "GET", "/v1/determinations?text=order%203", "").json();
    assert_eq!(found["determinations"].as_array().unwrap().len(), 1);
}

#[test]
fn a_key_does_what_its_scopes_say_and_no_more() {
    let data = folder("serve-scopes");
    let server = Server::start(&data, &[]);
    let check = key(&data, "check", &[]);
    let record = key(&data, "record", &[]);
    let allowed = |key: &str, method: &str, path: &str, body: &str| {
        let status = server.ask(key, method, path, body).status;
        assert!(matches!(status, 200 | 201 | 403), "{path}: {status}");
        status != 403
    };
    assert!(allowed(&check, "POST", "/v1/check", SALE));
    assert!(!allowed(&check, "POST", "/v1/screen", r#"{"name":"x"}"#));
    assert!(!allowed(&check, "POST", "/v1/determinations", SALE));
    assert!(!allowed(&check, "GET", "/v1/events", ""));
    assert!(allowed(&record, "POST", "/v1/determinations", SALE));
    assert!(allowed(&record, "GET", "/v1/determinations", ""));
    assert!(!allowed(&record, "GET", "/v1/cases", ""));
    assert!(!allowed(&record, "POST", "/v1/keys", r#"{"name":"k","scopes":["check"]}"#));
}

#[test]
fn no_key_a_wrong_key_an_ended_key_and_a_key_whose_time_is_over_are_refused() {
    let data = folder("serve-keys");
    let server = Server::start(&data, &[]);
    let good = key(&data, "check", &[]);
    assert_eq!(server.get("/v1/rules").status, 401);
    assert_eq!(server.get("/v1/rules").header("www-authenticate"), Some("Bearer realm=\"exeat\""));
    let mut wrong = good.clone();
    wrong.pop();
    for it in [wrong.as_str(), "exeat_", "exeat__", "exeat_0123_x", "x", &"x".repeat(300)] {
        assert_eq!(server.ask(it, "GET", "/v1/rules", "").status, 401, "{it}");
    }
    let basic = [("authorization", "Basic YTpi")];
    assert_eq!(http::ask(&server.address, "GET", "/v1/rules", &basic, b"").status, 401);
    assert_eq!(server.ask(&good, "GET", "/v1/rules", "").status, 200);
    let environment = [("EXEAT_DATA", data.to_str().unwrap())];
    let over = ["keys", "add", "a test", "--scope", "check", "--days", "0"];
    assert_eq!(crate::run(&data, &over, "", &environment).code, 1);
    let id = good.split('_').nth(1).unwrap();
    let ended = crate::run(&data, &["keys", "end", id], "", &environment);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let since = std::time::Instant::now();
    while server.ask(&good, "GET", "/v1/rules", "").status == 200 {
        assert!(since.elapsed().as_secs() < 5, "an ended key goes on");
        std::thread::yield_now();
    }
}

#[test]
fn whoever_asks_too_often_is_told_to_wait_and_others_are_not() {
    let data = folder("serve-rates");
    let server = Server::start(&data, &[]);
    let slow = key(&data, "check", &["--rate", "2"]);
    let other = key(&data, "check", &[]);
    let statuses: Vec<u16> =
        (0..12).map(|_| server.ask(&slow, "GET", "/v1/rules", "").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    assert_eq!(statuses.first(), Some(&200));
    let refused = (0..50).map(|_| server.ask(&slow, "GET", "/v1/rules", ""));
    let refused = refused.into_iter().find(|it| it.status == 429).unwrap();
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.json()["code"], "too-many-requests");
    assert_eq!(server.ask(&other, "GET", "/v1/rules", "").status, 200);
}

/// Words that would tell that somebody may be listed.
const TELLING: [&str; 9] = [
    "NSO",
    "EL-",
    "744.11",
    "match",
    "Entity",
    "screening\":[{",
    "name-match",
    "prohibited",
    "listed",
];

#[test]
fn a_customer_is_told_the_same_whether_a_name_is_listed_or_a_fact_is_missing() {
    let data = folder("serve-told");
    let server = Server::start(&data, &[]);
    let shop = key(&data, "record", &[]);
    let analyst = key(&data, ALL, &[]);
    let missing = LISTED.replace("NSO Group", "Fern and Daughter");
    let missing = missing.replace("22 Galgalei Haplada, Herzliya", "1 Fern Road");
    let ask = |body: &str| server.ask(&shop, "POST", "/v1/determinations", body);
    let listed = ask(LISTED);
    let unlisted = ask(&missing);
    for (answer, what) in [(&listed, "listed"), (&unlisted, "unlisted")] {
        assert_eq!(answer.status, 201, "{}", answer.text());
        let json = answer.json();
        assert_eq!(json["customer"]["code"], "in-review", "{what}");
        assert_eq!(json["outcome"], Value::Null);
        assert_eq!(json["determination"], Value::Null);
    }
    // Apart from id, time and place in the chain, both are the same to the letter.
    let bare = |answer: &http::Answer| {
        let mut json = answer.json();
        for name in ["id", "recorded_at", "seq"] {
            json.as_object_mut().unwrap().remove(name);
        }
        json
    };
    assert_eq!(bare(&listed), bare(&unlisted));
    let place = listed.header("location").unwrap();
    for (method, path) in [
        ("GET", place.to_owned()),
        ("POST", format!("{place}/replay")),
        ("GET", "/v1/determinations?text=secret".to_owned()),
        ("GET", "/v1/determinations?outcome=prohibited".to_owned()),
    ] {
        let answer = server.ask(&shop, method, &path, "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        for word in TELLING {
            assert!(!answer.text().contains(word), "{path} tells `{word}`: {}", answer.text());
        }
    }
    // What leaves nothing behind searches no name for it.
    let check = server.ask(&shop, "POST", "/v1/check", LISTED).json();
    assert_eq!(check["screening"], serde_json::json!([]));
    assert_eq!(check["lists"], serde_json::json!([]));
    assert_eq!(check["outcome"], "needs-review");
    // Whoever may see matches does.
    let seen = server.ask(&analyst, "GET", place, "").json();
    assert_eq!(seen["determination"]["screening"][0]["listed"], "NSO Group");
}

#[cfg(unix)]
#[test]
fn the_log_holds_no_name_no_address_no_key_no_query_and_no_path_that_somebody_wrote() {
    let data = folder("serve-log");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    server.ask(&key, "POST", "/v1/determinations", LISTED);
    server.ask(&key, "POST", "/v1/check", LISTED);
    server.ask(&key, "POST", "/v1/check", &LISTED.replace("\"IL\"", "\"Wolkenkuckucksheim\""));
    server.ask(
        &key,
        "POST",
        "/v1/screen",
        r#"{"name":"Rumpelstiltskin","address":"Spindle Lane"}"#,
    );
    server.ask(&key, "GET", "/v1/lists/entries?text=Rumpelstiltskin", "");
    server.ask(&key, "GET", "/v1/determinations?text=Rumpelstiltskin", "");
    server.ask(&key, "GET", "/v1/determinations/Rumpelstiltskin", "");
    server.ask(&key, "GET", "/v1/Rumpelstiltskin", "");
    server.ask(&key, "GET", "/Rumpelstiltskin", "");
    server.ask("exeat_0badc0de_Rumpelstiltskin", "GET", "/v1/rules", "");
    server.ask_with(&key, "GET", "/v1/rules", "", &[("cookie", "session=Rumpelstiltskin")]);
    server.ask_with(&key, "GET", "/v1/rules", "", &[("x-request-id", "Rumpel stilt")]);
    let secret = key.rsplit('_').next().unwrap().to_owned();
    let (code, log) = server.stop();
    assert_eq!(code, Some(0));
    assert!(log.lines().count() > 12, "{log}");
    for line in log.lines().filter(|it| !it.contains("http://127.0.0.1")) {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    for word in [
        "NSO",
        "Galgalei",
        "secret-order",
        "Wolkenkuckucksheim",
        "Rumpel",
        "Spindle",
        "Bearer",
        secret.as_str(),
        "session=",
        "0badc0de",
    ] {
        assert!(!log.contains(word), "the log has `{word}`");
    }
}

#[test]
fn events_are_read_to_the_end_without_gaps() {
    let data = folder("serve-events");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    for _ in 0..5 {
        server.ask(&key, "POST", "/v1/determinations", SALE);
    }
    let mut seen = Vec::new();
    let mut after = 0;
    loop {
        let page = server.ask(&key, "GET", &format!("/v1/events?limit=2&after={after}"), "").json();
        let events = page["events"].as_array().unwrap();
        seen.extend(events.iter().map(|it| it["seq"].as_u64().unwrap()));
        let Some(next) = page["next"].as_u64() else {
            assert_eq!(page["head"].as_u64(), seen.last().copied());
            break;
        };
        after = next;
    }
    assert!(seen.len() >= 6);
    assert!(seen.iter().zip(1..).all(|(seq, place)| *seq == place), "{seen:?}");
}

#[test]
fn a_case_is_opened_worked_on_and_refused_with_a_reason() {
    let data = folder("serve-cases");
    let server = Server::start(&data, &[]);
    let key = key(&data, ALL, &[]);
    let body = format!(r#"{{"title":"to the bank","transaction":{SALE}}}"#);
    let opened = server.ask(&key, "POST", "/v1/cases", &body);
    assert_eq!(opened.status, 201, "{}", opened.text());
    let place = opened.header("location").unwrap().to_owned();
    assert_eq!(opened.json()["outcome"], "license-exception");
    let steps = format!("{place}/steps");
    let step = |json: &str| server.ask(&key, "POST", &steps, json);
    // Of two keys none is lost, and facts that are refused do not stay.
    let twice = SALE.replace(r#""lists":[]"#, r#""lists":[{"list":"DPL"}],"lists":[]"#);
    let change = format!(r#"{{"do":"change-facts","text":"a slip","transaction":{twice}}}"#);
    let body = format!(r#"{{"title":"to the bank","transaction":{twice}}}"#);
    for refused in [step(&change), server.ask(&key, "POST", "/v1/cases", &body)] {
        let said = refused.text();
        assert_eq!(refused.status, 422, "{said}");
        assert!(said.contains("transaction.parties[0].lists") && said.contains("given twice"));
    }
    let slip = step(r#"{"do":"change-facts","text":"a slip","transaction":{"date":5}}"#);
    assert_eq!(slip.status, 422, "{}", slip.text());
    let kept = server.ask(&key, "GET", &place, "").json();
    assert_eq!(kept["version"], opened.json()["version"]);
    assert_eq!(step(r#"{"do":"note","text":"looked at it"}"#).status, 200);
    let asked = step(r#"{"do":"request-review","text":"please"}"#);
    assert_eq!(asked.json()["review"], "requested", "{}", asked.text());
    // A key approves nothing, and a step that somebody else overtook is not taken.
    let binding = asked.json()["binding"].as_str().unwrap().to_owned();
    let approve = format!(r#"{{"do":"approve","binding":"{binding}","text":"fine"}}"#);
    assert_eq!(step(&approve).status, 403);
    let old = [("if-match", "\"1\"")];
    let late = server.ask_with(&key, "POST", &steps, r#"{"do":"note","text":"late"}"#, &old);
    assert_eq!((late.status, late.json()["code"].as_str()), (412, Some("changed-meanwhile")));
    let early = step(r#"{"do":"recall","text":"why not"}"#);
    assert_eq!((early.status, early.json()["reason"].as_str()), (409, Some("not-released")));
    let shown = server.ask(&key, "GET", &place, "");
    let version = shown.json()["version"].as_u64().unwrap();
    assert_eq!(shown.header("etag"), Some(format!("\"{version}\"").as_str()));
    let listed = server.ask(&key, "GET", "/v1/cases?label=is:in-review", "").json();
    assert_eq!(listed["cases"].as_array().unwrap().len(), 1);
}
