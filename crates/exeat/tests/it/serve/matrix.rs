//! Who may do what, asked of the server for every operation, every role and every scope of a key,
//! and held against the table that people read.

use super::routes::{operations, requests};
use super::services::{first, invited, opened};
use super::{SALE, Server};
use serde_json::Value;
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../../../../docs/people-and-roles.md");

const ROLES: [&str; 6] = ["requester", "analyst", "approver", "counsel", "auditor", "admin"];
const SCOPES: [&str; 9] = [
    "check",
    "screen",
    "record",
    "cases:read",
    "cases:write",
    "handle",
    "audit",
    "lists",
    "health",
];

/// What an operation does, as the table calls it.
fn verb(operation: &str) -> &'static str {
    match operation {
        "check" | "check-batch" | "questions" | "what-if" | "application" | "why-not" | "atlas"
        | "atlas-picture" | "classify" | "sign-out" => "check",
        "classification-questions"
        | "rules"
        | "rules-changes"
        | "rules-paragraph"
        | "lists"
        | "lists-entries"
        | "lists-entry" => "read-law",
        "screen" => "screen",
        "record" => "record",
        "determinations" | "determination" | "replay" => "read-records",
        "open-case" => "open-case",
        "cases" | "case" | "attachment" => "read-case",
        "case-step" | "attach" => "comment",
        "watch" | "changes" | "decisions" => "see-matches",
        "answer-change" => "answer-change",
        "import-decisions" => "decide-match",
        "events" | "audit-verify" | "audit-export" | "holds" | "retention" => "read-audit",
        "hold-record" | "let-go-record" => "legal-hold",
        "erase-record" => "dispose",
        "people" => "read-people",
        "invite" | "set-roles" | "lock-person" | "unlock-person" | "reset-password" => {
            "manage-people"
        }
        "make-key" | "keys" | "end-key" => "manage-keys",
        "make-webhook" | "webhooks" | "test-webhook" | "enable-webhook" | "remove-webhook" => {
            "manage-hooks"
        }
        "import-list" | "update-lists" => "manage-lists",
        other => panic!("what does `{other}` do?"),
    }
}

/// The table: for each verb what each role has, and which scopes.
fn table() -> BTreeMap<String, (Vec<String>, String)> {
    let rows = PAGE.lines().filter(|it| it.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<String> = line.split('|').map(|it| it.trim().to_owned()).collect();
        let verb = cells[1].trim_matches('`').to_owned();
        (verb, (cells[3..9].to_vec(), cells[9].clone()))
    };
    rows.map(row).collect()
}

/// Everything that the operations are about, made by somebody who is none of those who ask.
fn made(server: &Server, first: &str) -> BTreeMap<&'static str, String> {
    let told = |method: &str, path: &str, body: &str, name: &str| {
        let answer = server.ask(first, method, path, body);
        assert!(answer.status < 300, "{path}: {}", answer.text());
        answer.json()[name].as_str().unwrap().to_owned()
    };
    let case = opened(server, first)["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/cases/{case}/attachments?name=b.txt");
    let attached = server.ask(first, "POST", &path, "a file");
    let file = attached.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    invited(server, first, "victim", &["auditor"]);
    let people = server.ask(first, "GET", "/v1/people", "").json();
    let people = people["people"].as_array().unwrap();
    let victim = people.iter().find(|it| it["login"] == "victim").unwrap();
    BTreeMap::from([
        ("determination", told("POST", "/v1/determinations", SALE, "id")),
        ("case", case),
        ("file", file),
        ("person", victim["id"].as_str().unwrap().to_owned()),
        ("key", told("POST", "/v1/keys", r#"{"name":"k","scopes":["check"]}"#, "id")),
        ("hook", told("POST", "/v1/webhooks", r#"{"name":"h","to":"http://127.0.0.1:1/"}"#, "id")),
    ])
}

#[test]
fn every_operation_is_open_to_those_whom_the_table_names_and_to_nobody_else() {
    let data = crate::folder("serve-matrix");
    let server = Server::start(&data, &["--rate", "100000"]);
    let first = first(&server);
    let names = made(&server, &first);
    let document: Value = server.get("/v1/openapi.json").json();
    let methods: BTreeMap<String, String> =
        operations(&document).into_iter().map(|(id, method, ..)| (id, method)).collect();
    let table = table();
    let mut callers: Vec<(String, String, bool)> = Vec::new();
    for role in ROLES {
        callers.push((role.to_owned(), invited(&server, &first, role, &[role]), true));
    }
    for scope in SCOPES {
        callers.push((scope.to_owned(), super::key(&data, scope, &[]), false));
    }
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (who, secret, is_person) in &callers {
        for (id, path, body) in requests() {
            let has = |verb: &str| {
                let (roles, scopes) = &table[verb];
                let Some(column) = ROLES.iter().position(|it| it == who) else {
                    return scopes.split(", ").any(|it| it.trim_matches('`') == who);
                };
                // What is listed is what is one's own; what is named here is another's.
                let own = roles[column] == "own" && matches!(id, "determinations" | "cases");
                roles[column] == "yes" || own
            };
            let method = &methods[id];
            if matches!(id, "join" | "sign-in" | "openapi") || (id == "sign-out" && !is_person) {
                continue;
            }
            // A change names its case.
            let is_open = has(verb(id)) && (id != "changes" || has("read-case"));
            let path = names.iter().fold(path.to_owned(), |path, (name, value)| {
                path.replace(&format!("{{{name}}}"), value)
            });
            let answer = server.ask(secret, method, &path, &body);
            asked += 1;
            // What somebody may not see is not there for them.
            let hidden = ["no such case", "no such determination"];
            let is_hidden =
                answer.status == 404 && hidden.iter().any(|it| answer.text().contains(it));
            let was_open = !matches!(answer.status, 401 | 403) && !is_hidden;
            if was_open != is_open {
                let what = if is_open { "should be open" } else { "should be shut" };
                wrong.push(format!("{who}: {id} {what}: {} {}", answer.status, answer.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "of {asked}:\n{}", wrong.join("\n"));
    for (id, path, body) in requests() {
        if matches!(id, "join" | "sign-in" | "openapi") {
            continue;
        }
        let stranger = server.ask("exeat_nobody_0000000000", &methods[id], path, &body);
        assert_eq!(stranger.status, 401, "{id}: {}", stranger.text());
    }
}
