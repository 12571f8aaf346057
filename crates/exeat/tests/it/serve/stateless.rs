//! Answers that leave nothing behind.

use super::{SALE, Server, http};
use crate::exeat;
use serde_json::{Value, json};

/// Every example in the program, as it is written.
fn examples() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "yaml"))
        .map(|it| (it.display().to_string(), std::fs::read(it).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() > 8);
    found
}

#[test]
fn an_answer_over_http_is_that_of_the_command_byte_for_byte() {
    let server = Server::shared();
    for (name, yaml) in examples() {
        let answer = server.post_as("/v1/check", "application/yaml", &yaml);
        let printed = exeat(&["check", "-", "--format", "json", "--input", "yaml"], &yaml);
        assert_eq!(answer.text(), printed.out, "{name}");
    }
}

#[test]
fn a_stream_of_lines_is_answered_as_the_command_answers_it() {
    let server = Server::shared();
    let mut lines = String::new();
    for number in 0..500 {
        let line = if number % 7 == 3 {
            "{\"id\":\"broken\"".to_owned()
        } else {
            SALE.replace("sale-1", &format!("sale-{number}"))
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    let answer = server.post_as("/v1/check", "application/jsonl", lines.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/jsonl"));
    let printed = exeat(&["check", "-", "--format", "jsonl"], &lines);
    // Not `assert_eq!`: nobody reads four megabytes.
    assert!(answer.text() == printed.out, "the stream and the command differ");
    assert_eq!(answer.text().lines().count(), 500);
}

#[test]
fn several_are_answered_in_order_with_errors_in_their_place_and_their_line() {
    let body = format!("[\n{SALE},\n{{\"id\":\"bad\",\n\"date\":17}},\n{SALE}]");
    let answer = Server::shared().post("/v1/check/batch", &body).json();
    let answers = answer.as_array().unwrap();
    assert_eq!(answers[0]["outcome"], "license-exception");
    assert_eq!(answers[1]["id"], "bad");
    let errors = answers[1]["errors"].as_array().unwrap();
    let date = errors.iter().find(|it| it["path"] == "date").unwrap();
    assert_eq!(date["line"], 4);
    assert_eq!(answers[2], answers[0]);
}

#[test]
fn a_wrong_field_is_told_by_its_path_its_line_and_what_to_do() {
    let body = SALE.replace("\"bank\"", "\"bnak\"");
    let answer = Server::shared().post("/v1/check", &body);
    assert_eq!(answer.status, 422);
    let problem = answer.json();
    assert_eq!(problem["code"], "invalid-input");
    assert_eq!(problem["type"], "urn:exeat:problem:invalid-input");
    assert_eq!(problem["errors"][0]["path"], "parties[0].sector");
    assert_eq!(problem["errors"][0]["line"], 1);
    assert!(problem["help"].as_str().unwrap().contains("bank"), "{problem}");
}

#[test]
fn an_id_of_the_caller_comes_back_and_one_that_is_no_plain_word_does_not() {
    let ask = |id: &str| {
        let headers = [("x-request-id", id)];
        let answer = http::ask(&Server::shared().address, "GET", "/v1/rules", &headers, b"");
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(ask("order-17.a_b"), "order-17.a_b");
    assert_ne!(ask("a b"), "a b");
    assert_ne!(ask("<script>"), "<script>");
    assert_eq!(ask("").len(), 16);
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::shared();
    let first = server.get("/v1/rules");
    let etag = first.header("etag").unwrap();
    let again =
        |it: &str| http::ask(&server.address, "GET", "/v1/rules", &[("if-none-match", it)], b"");
    let same = again(etag);
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_eq!(same.header("etag"), Some(etag));
    assert_eq!(again("\"other\"").status, 200);
}

#[test]
fn every_answer_names_the_law_and_the_lists_behind_it() {
    let answer = Server::shared().post("/v1/check", SALE);
    let rulebook = answer.json()["rulebook"]["digest"].clone();
    assert_eq!(answer.header("exeat-rulebook"), rulebook.as_str());
    assert_eq!(answer.header("exeat-lists").map(str::len), Some(64));
}

#[test]
fn browsers_are_kept_out() {
    let server = Server::shared();
    for path in ["/v1/rules", "/healthz", "/v1/nowhere", "/v1/lists?x=1"] {
        let answer = server.get(path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert!(answer.header("server").is_none(), "{path}");
    }
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let server = Server::shared();
    let headers = [("content-type", "application/json"), ("expect", "100-continue")];
    let head = format!(
        "POST /v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 99999999\r\n{}\r\n",
        headers.map(|it| format!("{}: {}\r\n", it.0, it.1)).concat()
    );
    let answer = raw(&server, head.as_bytes());
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json()["code"], "too-large");
}

#[test]
fn requests_that_are_no_http_cost_nothing() {
    let server = Server::shared();
    for bytes in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"] {
        let asked = std::panic::AssertUnwindSafe(|| raw(&server, bytes));
        let answer = std::panic::catch_unwind(asked);
        if let Ok(answer) = answer {
            assert!((400..=505).contains(&answer.status), "{}", answer.status);
        }
    }
    assert_eq!(server.get("/healthz").status, 200);
}

fn raw(server: &Server, bytes: &[u8]) -> http::Answer {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).ok();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    http::parse(&answer)
}

/// Texts that have hurt programs before.
const HOSTILE: [&str; 12] = [
    "",
    "\u{0}",
    "\u{202e}\u{feff}\u{1f4a9}",
    "<script>alert(1)</script>",
    "'; DROP TABLE events; --",
    "{{7*7}}${7*7}",
    "../../../../etc/passwd",
    "%00%0d%0aset-cookie:a=b",
    "\r\nset-cookie: a=b",
    "NaN",
    "-1e999999",
    "true\\\"}],[{",
];

/// The same value with one of its texts replaced, once for each text in it.
fn replaced(value: &Value, with: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => {
            let mut all = Vec::new();
            for (name, inner) in fields {
                for inner in replaced(inner, with) {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), inner);
                    all.push(Value::Object(changed));
                }
            }
            all
        }
        Value::Array(values) => {
            let mut all = vec![with.clone()];
            for (place, inner) in values.iter().enumerate() {
                for inner in replaced(inner, with) {
                    let mut changed = values.clone();
                    changed[place] = inner;
                    all.push(Value::Array(changed));
                }
            }
            all
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![with.clone()],
    }
}

#[test]
fn hostile_texts_in_every_field_are_answered_or_refused_and_never_break_anything() {
    let server = Server::shared();
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let product = json!({"id":"p","date":"2026-09-24","form":"object-code","answers":{"a":"b"}});
    let party = json!({"name":"x","aliases":["y"],"type":"person","countries":["IL"],"address":"z","born":"1962","ids":["1"]});
    let mut asked = 0;
    for (path, value) in [("/v1/check", &sale), ("/v1/classify", &product), ("/v1/screen", &party)]
    {
        for text in HOSTILE {
            for body in replaced(value, &json!(text)) {
                let answer = server.post(path, &body.to_string());
                assert!(matches!(answer.status, 200 | 422), "{path} {}: {body}", answer.status);
                assert!(answer.header("set-cookie").is_none());
                answer.json();
                asked += 1;
            }
        }
        for odd in [json!(null), json!(1e300), json!(-1), json!([[[]]]), json!({"a": {}})] {
            for body in replaced(value, &odd) {
                let answer = server.post(path, &body.to_string());
                assert!(matches!(answer.status, 200 | 422), "{path} {}: {body}", answer.status);
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
    let deep = "[".repeat(100_000);
    assert_eq!(server.post("/v1/check", &deep).status, 422);
    assert_eq!(server.post("/v1/check/batch", &deep).status, 422);
    assert_eq!(server.post("/v1/screen", &format!("{{\"name\":{deep}")).status, 422);
}

#[test]
fn hostile_texts_in_paths_and_queries_are_refused_as_problems() {
    let server = Server::shared();
    for text in HOSTILE {
        let encoded = text.bytes().fold(String::new(), |all, it| format!("{all}%{it:02x}"));
        for path in [
            format!("/v1/rules/{encoded}"),
            format!("/v1/rules/740.22?on={encoded}"),
            format!("/v1/lists/{encoded}/entries/{encoded}"),
            format!("/v1/lists/entries?text={encoded}&limit={encoded}"),
            format!("/v1/lists/entries?{encoded}={encoded}"),
            format!("/v1/{encoded}"),
            format!("/v1/{encoded}/x"),
        ] {
            let answer = server.get(&path);
            assert!(answer.status < 500, "{path}: {}", answer.status);
            assert!(answer.header("set-cookie").is_none());
            if answer.status >= 400 {
                assert_eq!(answer.header("content-type"), Some("application/problem+json"));
                answer.json();
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn what_was_accepted_is_finished_before_the_process_ends() {
    use std::io::{Read, Write};
    let server = Server::start(&crate::folder("serve-stop"), &["--open"]);
    // A request whose body comes slowly is under way when the process is asked to stop.
    let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
    let (first, second) = SALE.split_at(40);
    let head = format!(
        "POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{first}",
        SALE.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let address = server.address.clone();
    // Only when another request was answered after it, the first is surely being read.
    assert_eq!(server.get("/readyz").status, 200);
    let stopping = std::thread::spawn(move || server.stop());
    while std::net::TcpStream::connect(&address).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(second.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let answer = http::parse(&bytes);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["outcome"], "license-exception");
    let (code, log) = stopping.join().unwrap();
    assert_eq!(code, Some(0));
    assert!(!log.contains("stopped-unfinished"), "{log}");
}

#[test]
fn what_editors_put_before_utf_8_is_passed_over_as_by_the_command() {
    let server = Server::shared();
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (path, text) in [
        ("/v1/check", SALE.to_owned()),
        ("/v1/check/batch", format!("[{SALE}]")),
        ("/v1/screen", r#"{"name": "Brotfabrik"}"#.to_owned()),
    ] {
        let answer = server.post_as(path, "application/json", &marked(&text));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.text(), server.post(path, &text).text(), "{path}");
    }
}
