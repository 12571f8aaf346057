//! Every route that the document names, asked for real, and its answer held against the document.

use super::schema::problems;
use super::{SALE, Server, http};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const JOIN: &str =
    r#"{"link":"{link}","login":"ada","name":"Ada","password":"nine quiet herons wade"}"#;
const SIGN_IN: &str = r#"{"login":"ada","password":"nine quiet herons wade"}"#;

const DECISION: &str = r#"{"decision":[{"party":"A Bank","list":"EL","entry":"1","same":false,"by":"Ada","why":"another","on":"2026-09-24","rests_on":["name: a bank"]}]}"#;
/// What a person does, and no key.
const PERSONS: [&str; 16] = [
    "make-key",
    "end-key",
    "keys",
    "invite",
    "set-roles",
    "lock-person",
    "unlock-person",
    "reset-password",
    "import-decisions",
    "answer-change",
    "erase-record",
    "make-webhook",
    "webhooks",
    "test-webhook",
    "enable-webhook",
    "remove-webhook",
];
/// What is refused in these records, though it is asked as it should be: nothing moved, and nothing
/// is old.
const REFUSED: [&str; 2] = ["answer-change", "erase-record"];

/// A request for each operation: its id, the path with its query, and the body. `{determination}`
/// and `{case}` stand for what the requests before them made.
pub(super) fn requests() -> Vec<(&'static str, &'static str, String)> {
    let sale = || SALE.to_owned();
    let case = format!(r#"{{"title":"a case","reference":"r-1","transaction":{SALE}}}"#);
    let product = r#"{"id":"p","date":"2026-09-24","form":"object-code","answers":{}}"#;
    vec![
        ("check", "/v1/check?trace=full", sale()),
        ("check-batch", "/v1/check/batch", format!("[{SALE},{{\"id\":\"bad\"}}]")),
        ("questions", "/v1/questions?strict=true", sale()),
        ("what-if", "/v1/what-if?size=1", sale()),
        ("application", "/v1/application", sale().replace("bank", "police")),
        ("why-not", "/v1/why-not/ACE", sale()),
        ("atlas", "/v1/atlas?before=2022-01-01", sale()),
        ("atlas-picture", "/v1/atlas.svg", sale()),
        ("classify", "/v1/classify", product.to_owned()),
        ("classification-questions", "/v1/classify/questions", String::new()),
        ("screen", "/v1/screen?limit=3", r#"{"name":"NSO Group","countries":["IL"]}"#.to_owned()),
        ("rules", "/v1/rules", String::new()),
        ("rules-changes", "/v1/rules/changes?from=2023-01-01&to=2026-01-01", String::new()),
        ("rules-paragraph", "/v1/rules/740.22(c)(2)", String::new()),
        ("lists", "/v1/lists", String::new()),
        ("lists-entries", "/v1/lists/entries?text=nso", String::new()),
        ("lists-entry", "/v1/lists/EL/entries/EL-f11fe2b89723", String::new()),
        ("record", "/v1/determinations", sale()),
        ("determinations", "/v1/determinations?limit=1", String::new()),
        ("determination", "/v1/determinations/{determination}", String::new()),
        ("replay", "/v1/determinations/{determination}/replay", String::new()),
        ("open-case", "/v1/cases", case),
        ("cases", "/v1/cases?order=priority", String::new()),
        ("case", "/v1/cases/{case}", String::new()),
        ("case-step", "/v1/cases/{case}/steps", r#"{"do":"note","text":"seen"}"#.to_owned()),
        ("attach", "/v1/cases/{case}/attachments?name=a.txt", "a file".to_owned()),
        ("attachment", "/v1/cases/{case}/attachments/{file}", String::new()),
        ("watch", "/v1/watch", String::new()),
        ("changes", "/v1/changes", String::new()),
        ("events", "/v1/events?limit=7", String::new()),
        ("audit-verify", "/v1/audit/verify", String::new()),
        ("audit-export", "/v1/audit/export?only=case/{case}", String::new()),
        ("holds", "/v1/holds?limit=1", String::new()),
        ("retention", "/v1/records/case/{case}", String::new()),
        ("join", "/v1/people/join", JOIN.to_owned()),
        ("sign-in", "/v1/session", SIGN_IN.to_owned()),
        ("invite", "/v1/people/invitations", r#"{"name":"B","roles":["approver"]}"#.to_owned()),
        ("people", "/v1/people", String::new()),
        ("set-roles", "/v1/people/{person}/roles", r#"{"roles":["counsel"]}"#.to_owned()),
        ("lock-person", "/v1/people/{person}/lock", r#"{"why":"gone"}"#.to_owned()),
        ("unlock-person", "/v1/people/{person}/unlock", String::new()),
        ("reset-password", "/v1/people/{person}/reset", String::new()),
        ("import-decisions", "/v1/decisions", DECISION.to_owned()),
        ("decisions", "/v1/decisions?limit=1", String::new()),
        ("answer-change", "/v1/changes/{case}", r#"{"text":"seen"}"#.to_owned()),
        ("erase-record", "/v1/records/case/{case}/erase", r#"{"why":"old"}"#.to_owned()),
        ("hold-record", "/v1/records/case/{case}/hold", r#"{"why":"a subpoena"}"#.to_owned()),
        ("let-go-record", "/v1/records/case/{case}/let-go", r#"{"why":"it is over"}"#.to_owned()),
        ("make-webhook", "/v1/webhooks", r#"{"name":"h","to":"http://127.0.0.1:1/"}"#.to_owned()),
        ("webhooks", "/v1/webhooks", String::new()),
        ("test-webhook", "/v1/webhooks/{hook}/test", String::new()),
        ("enable-webhook", "/v1/webhooks/{hook}/enable", String::new()),
        ("remove-webhook", "/v1/webhooks/{hook}", String::new()),
        ("make-key", "/v1/keys", r#"{"name":"k","scopes":["check"]}"#.to_owned()),
        ("keys", "/v1/keys", String::new()),
        ("end-key", "/v1/keys/{key}", String::new()),
        ("import-list", "/v1/lists?source=us&name=us.csv", super::services::list()),
        ("update-lists", "/v1/lists/update?offline=true", String::new()),
        ("openapi", "/v1/openapi.json", String::new()),
        ("sign-out", "/v1/session", String::new()),
    ]
}

/// Every operation of the document: id, method, path, description.
pub(super) fn operations(document: &Value) -> Vec<(String, String, String, Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, it) in methods.as_object().unwrap() {
            let id = it["operationId"].as_str().unwrap().to_owned();
            found.push((id, method.to_uppercase(), path.clone(), it.clone()));
        }
    }
    found
}

#[test]
fn every_route_answers_as_the_document_says() {
    let data = crate::folder("serve-routes");
    let server = Server::start(&data, &[]);
    let key = super::key(&data, super::ALL, &[]);
    let document = server.get("/v1/openapi.json").json();
    let operations = operations(&document);
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let link = server.setup_link();
    let requests = requests();
    let asked: BTreeSet<&str> = requests.iter().map(|it| it.0).collect();
    let known: BTreeSet<&str> = operations.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(asked, known, "each operation has a request here");
    for (id, path, body) in requests {
        let (_, method, _, described) = operations.iter().find(|it| it.0 == id).unwrap();
        let mut path = path.to_owned();
        for (name, value) in &names {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        let is_counsels = matches!(id, "hold-record" | "let-go-record");
        let who = match (PERSONS.contains(&id) || id == "sign-out", is_counsels) {
            (_, true) => &names["counsel"],
            (true, false) => &names["admin"],
            (false, false) => &key,
        };
        let answer = server.ask(who, method, &path, &body.replace("{link}", &link));
        let response = &described["responses"][answer.status.to_string()];
        if REFUSED.contains(&id) {
            assert_eq!(answer.status, 409, "{id}: {}", answer.text());
            continue;
        }
        assert!(
            answer.status < 300,
            "{id}: {} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        let told = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
        match id {
            "record" => drop(names.insert("determination", told("id"))),
            "open-case" => drop(names.insert("case", told("id"))),
            "attach" => {
                let place = answer.header("location").unwrap();
                names.insert("file", place.rsplit('/').next().unwrap().to_owned());
            }
            "join" => drop(names.insert("admin", told("token"))),
            "invite" => {
                let body = JOIN.replace("{link}", &told("link")).replace("ada", "cleo");
                let joined = server.post("/v1/people/join", &body).json();
                names.insert("person", joined["account"]["id"].as_str().unwrap().to_owned());
            }
            "unlock-person" => {
                let body = SIGN_IN.replace("ada", "cleo");
                let token = server.post("/v1/session", &body).json()["token"].clone();
                names.insert("counsel", token.as_str().unwrap().to_owned());
            }
            "make-key" => drop(names.insert("key", told("id"))),
            "make-webhook" => drop(names.insert("hook", told("id"))),
            _ if answer.status == 204 => continue,
            _ => {}
        }
        let content = response["content"].as_object().unwrap();
        let media = answer.header("content-type").unwrap();
        let schema = &content.get(media).unwrap_or_else(|| panic!("{id}: {media}"))["schema"];
        if media == "application/json" {
            assert_eq!(problems(&document, schema, &answer.json()), [""; 0], "{id}");
        }
    }
}

#[test]
fn every_request_that_is_told_to_be_wrong_is_a_problem_as_the_document_says() {
    let data = crate::folder("serve-problems");
    let server = Server::start(&data, &[]);
    let key = super::key(&data, super::ALL, &[]);
    let document = server.get("/v1/openapi.json").json();
    let schema = &document["components"]["schemas"]["Problem"];
    for (id, method, path, described) in operations(&document) {
        let path = path.replace("{exception}", "ACE").replace(['{', '}'], "x");
        let unknown = format!("{path}?no-such-parameter=1");
        let ask = |method: &str, path: &str, body: &str| server.ask(&key, method, path, body);
        let mut answers = vec![ask(&method, &unknown, if method == "POST" { "{}" } else { "" })];
        if described["security"].is_null() {
            let nobody = http::ask(&server.address, &method, &path, &[], b"");
            assert_eq!(nobody.status, 401, "{id}");
            answers.push(nobody);
        }
        if described["requestBody"].is_object() {
            answers.push(ask("POST", &path, "{\"no_such_field\":1}"));
            answers.push(ask("POST", &path, "no json"));
            let form = [("content-type", "application/x-www-form-urlencoded")];
            answers.push(server.ask_with(&key, "POST", &path, "", &form));
            answers.push(ask("PUT", &path, "{}"));
        }
        for answer in answers {
            let status = answer.status.to_string();
            assert!((400..500).contains(&answer.status), "{id}: {status} {}", answer.text());
            assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{id}");
            assert!(described["responses"].get(&status).is_some(), "{id}: {status}");
            let json = answer.json();
            assert_eq!(problems(&document, schema, &json), [""; 0], "{id}");
            assert_eq!(json["status"], answer.status, "{id}");
            assert_eq!(json["request_id"].as_str(), answer.header("x-request-id"), "{id}");
        }
    }
}

/// What somebody may write into a field to see what happens.
const HOSTILE: [&str; 9] = [
    "",
    "\u{0}\u{1b}[2J",
    "'; DROP TABLE events; --",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "\u{202e}\u{2066}gpj.exe",
    "${jndi:ldap://x/}{{7*7}}%s%n",
    "\r\nset-cookie: a=b",
    "9999999999999999999999999999",
];

/// Every copy of a value with another text in the place of one of its texts.
fn with_other_texts(value: &Value, text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::String(_) => found.push(Value::from(text)),
        Value::Array(items) => {
            for (place, it) in items.iter().enumerate() {
                for other in with_other_texts(it, text) {
                    let mut all = items.clone();
                    all[place] = other;
                    found.push(Value::from(all));
                }
            }
        }
        Value::Object(fields) => {
            for (name, it) in fields {
                for other in with_other_texts(it, text) {
                    let mut all = fields.clone();
                    all.insert(name.clone(), other);
                    found.push(Value::from(all));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    found
}

#[test]
fn hostile_text_in_any_field_of_any_endpoint_is_data_or_a_problem() {
    let data = crate::folder("serve-hostile");
    let server = Server::start(&data, &[]);
    let key = super::key(&data, super::ALL, &[]);
    let joining = JOIN.replace("{link}", &server.setup_link());
    let person = server.post("/v1/people/join", &joining).json()["token"].clone();
    let person = person.as_str().unwrap();
    let long = "x".repeat(100_000);
    let document = server.get("/v1/openapi.json").json();
    let operations = operations(&document);
    let mut sent = 0;
    for (id, path, body) in requests() {
        let (_, method, _, described) = operations.iter().find(|it| it.0 == id).unwrap();
        let Ok(body) = serde_json::from_str::<Value>(&body) else { continue };
        // Wrong sign-ins wait, which is another test's matter.
        if id == "sign-in" || !described["requestBody"].is_object() {
            continue;
        }
        let who = if PERSONS.contains(&id) { person } else { &key };
        for text in HOSTILE.into_iter().chain([long.as_str()]) {
            for it in with_other_texts(&body, text) {
                let answer =
                    server.ask(who, method, &path.replace(['{', '}'], "x"), &it.to_string());
                let said = String::from_utf8_lossy(&answer.body).into_owned();
                assert!(answer.status < 500, "{id} with {text:.20}: {said:.300}");
                assert_eq!(answer.header("set-cookie"), None, "{id}");
                if answer.header("content-type").is_some_and(|it| it.contains("json")) {
                    serde_json::from_str::<Value>(&said).unwrap_or_else(|it| panic!("{id}: {it}"));
                }
                sent += 1;
            }
        }
    }
    assert!(sent > 500, "{sent}");
    for text in HOSTILE {
        let text = text.bytes().fold(String::new(), |text, it| format!("{text}%{it:02x}"));
        for (id, method, path, described) in &operations {
            let mut path = path.clone();
            for it in described["parameters"].as_array().into_iter().flatten() {
                let name = it["name"].as_str().unwrap();
                path = match it["in"].as_str() {
                    Some("path") => path.replace(&format!("{{{name}}}"), &text),
                    _ => {
                        format!("{path}{}{name}={text}", if path.contains('?') { '&' } else { '?' })
                    }
                };
            }
            let body = if described["requestBody"].is_object() { "{}" } else { "" };
            let who = if PERSONS.contains(&id.as_str()) { person } else { &key };
            let answer = server.ask(who, method, &path, body);
            assert!(answer.status < 500, "{id} {path}: {}", String::from_utf8_lossy(&answer.body));
        }
    }
    let verified =
        crate::run(&data, &["audit", "verify"], "", &[("EXEAT_DATA", data.to_str().unwrap())]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
}
