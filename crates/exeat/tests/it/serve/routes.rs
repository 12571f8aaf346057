//! Every route that the document names, asked for real, and its answer held against the document.

use super::schema::problems;
use super::{SALE, Server, http};
use serde_json::Value;
use std::collections::BTreeSet;

const JOIN: &str =
    r#"{"link":"{link}","login":"ada","name":"Ada","password":"nine quiet herons wade"}"#;
const SIGN_IN: &str = r#"{"login":"ada","password":"nine quiet herons wade"}"#;

/// A request for each operation: its id, the path with its query, and the body. `{determination}`
/// and `{case}` stand for what the requests before them made.
fn requests() -> Vec<(&'static str, &'static str, String)> {
    let sale = || SALE.to_owned();
    let case = format!(r#"{{"title":"a case","reference":"r-1","transaction":{SALE}}}"#);
    let product = r#"{"id":"p","date":"2026-09-24","form":"object-code","answers":{}}"#;
    vec![
        ("check", "/v1/check?trace=full", sale()),
        ("check-batch", "/v1/check/batch", format!("[{SALE},{{\"id\":\"bad\"}}]")),
        ("questions", "/v1/questions?strict=true", sale()),
        ("what-if", "/v1/what-if?size=1", sale()),
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
        ("events", "/v1/events?limit=7", String::new()),
        ("join", "/v1/people/join", JOIN.to_owned()),
        ("sign-in", "/v1/session", SIGN_IN.to_owned()),
        ("invite", "/v1/people/invitations", r#"{"name":"B","roles":["approver"]}"#.to_owned()),
        ("people", "/v1/people", String::new()),
        ("make-key", "/v1/keys", r#"{"name":"k","scopes":["check"]}"#.to_owned()),
        ("keys", "/v1/keys", String::new()),
        ("end-key", "/v1/keys/{key}", String::new()),
        ("openapi", "/v1/openapi.json", String::new()),
    ]
}

/// Every operation of the document: id, method, path, description.
fn operations(document: &Value) -> Vec<(String, String, String, Value)> {
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
    let (mut determination, mut case, mut person, mut made) =
        (String::new(), String::new(), String::new(), String::new());
    let link = server.setup_link();
    let requests = requests();
    let asked: BTreeSet<&str> = requests.iter().map(|it| it.0).collect();
    let known: BTreeSet<&str> = operations.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(asked, known, "each operation has a request here");
    for (id, path, body) in requests {
        let (_, method, _, described) = operations.iter().find(|it| it.0 == id).unwrap();
        let path = path.replace("{determination}", &determination).replace("{case}", &case);
        let path = path.replace("{key}", &made);
        // Keys and invitations are a matter of persons.
        let is_for_persons = id.ends_with("key") || id == "keys" || id == "invite";
        let who = if is_for_persons { &person } else { &key };
        let answer = server.ask(who, method, &path, &body.replace("{link}", &link));
        let response = &described["responses"][answer.status.to_string()];
        assert!(answer.status < 300, "{id}: {} {}", answer.status, answer.text());
        let told = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
        match id {
            "record" => determination = told("id"),
            "open-case" => case = told("id"),
            "join" => person = told("token"),
            "make-key" => made = told("id"),
            "end-key" => continue,
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
