//! What surrounds the answers: files, holds, exports, webhooks, lists that come in, keys and who
//! stands behind them.

use super::{SALE, Server};
use ring::hmac;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

const PASSWORD: &str = "nine quiet herons wade";

/// A list in the columns of the Consolidated Screening List.
pub(super) fn list() -> String {
    const HEAD: &str = "_id,source,entity_number,type,programs,name,title,addresses,\
        federal_register_notice,start_date,end_date,standard_order,license_requirement,\
        license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,\
        vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,\
        places_of_birth,source_information_url,ids";
    (0..9).fold(format!("{HEAD}\n"), |mut text, number| {
        let source = "Denied Persons List (DPL) - Bureau of Industry and Security";
        let empty = ",".repeat(19);
        let start = format!("id{number},{source},,,,Person {number},,");
        writeln!(text, "{start}\"1 Example Street, Exampletown, DE\",90 F.R. 1,2024-01-02{empty}")
            .unwrap();
        text
    })
}

/// The first person of a server: admin and analyst.
pub(super) fn first(server: &Server) -> String {
    join(server, &server.setup_link(), "ada")
}

fn join(server: &Server, link: &str, login: &str) -> String {
    let body = json!({"link": link, "login": login, "name": login, "password": PASSWORD});
    let answer = server.post("/v1/people/join", &body.to_string());
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["token"].as_str().unwrap().to_owned()
}

/// Somebody whom the first person invites, with these roles.
pub(super) fn invited(server: &Server, by: &str, login: &str, roles: &[&str]) -> String {
    let body = json!({"name": login, "roles": roles}).to_string();
    let link = server.ask(by, "POST", "/v1/people/invitations", &body).json()["link"].clone();
    join(server, link.as_str().unwrap(), login)
}

pub(super) fn opened(server: &Server, who: &str) -> Value {
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let body = json!({"title": "a case", "transaction": sale}).to_string();
    let answer = server.ask(who, "POST", "/v1/cases", &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

#[test]
fn a_file_comes_back_as_it_was_sent_and_only_to_those_who_see_the_case() {
    let server = Server::start(&crate::folder("serve-files"), &[]);
    let ada = first(&server);
    let case = opened(&server, &ada);
    let path = format!("/v1/cases/{}/attachments", case["id"].as_str().unwrap());
    let named = format!("{path}?name=invoice%20%221%22.html");
    let attached = server.ask_with(&ada, "POST", &named, "<script>1</script>", &[]);
    assert_eq!(attached.status, 201, "{}", attached.text());
    let file = &attached.json()["attachments"][0];
    assert_eq!(file["size"], 18);
    let place = attached.header("location").unwrap();
    assert_eq!(place, format!("{path}/{}", file["digest"].as_str().unwrap()));
    let fetched = server.ask(&ada, "GET", place, "");
    assert_eq!((fetched.status, fetched.text()), (200, "<script>1</script>"));
    assert_eq!(fetched.header("content-type"), Some("application/octet-stream"));
    assert_eq!(fetched.header("x-content-type-options"), Some("nosniff"));
    let saved = "attachment; filename=\"invoice _1_.html\"";
    assert_eq!(fetched.header("content-disposition"), Some(saved));
    let etag = fetched.header("etag").unwrap();
    let again = server.ask_with(&ada, "GET", place, "", &[("if-none-match", etag)]);
    assert_eq!(again.status, 304);

    let rita = invited(&server, &ada, "rita", &["requester"]);
    assert_eq!(server.ask(&rita, "GET", place, "").status, 404, "not her case");
    assert_eq!(server.ask(&rita, "POST", &named, "x").status, 403);
    let other = format!("{path}/{}", "0".repeat(64));
    assert_eq!(server.ask(&ada, "GET", &other, "").status, 404);
    let large = "x".repeat(20 * 1024 * 1024 + 1);
    assert_eq!(server.ask(&ada, "POST", &named, &large).status, 413);
    assert_eq!(server.ask(&ada, "POST", &format!("{path}?name=..%2Fx"), "x").status, 400);
}

#[test]
fn a_case_that_needs_a_license_has_a_draft_of_its_application() {
    let server = Server::start(&crate::folder("serve-application"), &[]);
    let ada = first(&server);
    let rita = invited(&server, &ada, "rita", &["requester"]);
    let opened = |who: &str, sale: String| {
        let sale: Value = serde_json::from_str(&sale).unwrap();
        let body = json!({"title": "a case", "transaction": sale}).to_string();
        let answer = server.ask(who, "POST", "/v1/cases", &body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["id"].as_str().unwrap().to_owned()
    };
    let needed = opened(&ada, SALE.replace("\"bank\"", "\"police\""));
    let here = format!("/cases/{needed}/application");
    let case = server.visit(&ada, &format!("/cases/{needed}"));
    assert!(case.text().contains(&format!("href=\"{here}\"")), "{}", case.text());
    let page = server.visit(&ada, &here);
    assert_eq!(page.status, 200, "{}", page.text());
    for part in ["19. End user", "4D004", "742.4(a)(1)", "To be verified by the applicant"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let saved = server.visit(&ada, &format!("{here}.md"));
    assert_eq!(saved.header("content-type"), Some("text/markdown; charset=utf-8"));
    assert!(saved.header("content-disposition").unwrap().starts_with("attachment"));
    assert!(saved.text().contains("To be verified by the applicant"), "{}", saved.text());
    // Where no license is required there is none, and who may not see matches is told nothing.
    let free = opened(&ada, SALE.to_owned());
    assert!(!server.visit(&ada, &format!("/cases/{free}")).text().contains("application"));
    assert_eq!(server.visit(&ada, &format!("/cases/{free}/application.md")).status, 404);
    let own = opened(&rita, SALE.replace("\"bank\"", "\"police\""));
    assert_eq!(server.visit(&rita, &format!("/cases/{own}/application")).status, 404);
}

#[test]
fn the_pages_ask_what_part_a_reseller_plays_and_whose_government_an_embassy_is() {
    let server = Server::start(&crate::folder("serve-granted"), &[]);
    let ada = first(&server);
    let begun = |sector: &str| {
        let sale = SALE.replace("\"VN\"", "\"DE\"").replace("\"bank\"", sector);
        let sale = sale.replace("\"government_of\":\"DE\",", "").replace("65", "0");
        let draft = server.send(&ada, "/check/paste", "/check/paste", &[("text", &sale)]);
        draft.header("location").expect("a draft").to_owned()
    };
    let draft = begun("\"reseller\"");
    let page = server.visit(&ada, &draft).text().to_owned();
    let role = "name=\"parties[0].role\"";
    assert!(page.contains(role) && page.contains("get it from there"), "{page}");
    let chosen = page.split("value=\"ultimate-consignee\"").nth(1).unwrap();
    assert!(chosen.split('>').next().unwrap().contains("checked"), "{page}");
    let said = [("asked", "parties[0].role"), ("parties[0].role", "ultimate-consignee")];
    let next = server.send(&ada, &draft, &draft, &said);
    let next = server.visit(&ada, next.header("location").unwrap()).text().to_owned();
    assert!(next.contains("parties[1].name"), "who uses it is asked: {next}");
    let draft = begun("\"foreign-affairs\"");
    let page = server.visit(&ada, &draft).text().to_owned();
    assert!(page.contains("name=\"parties[0].government_of\""), "{page}");
}

#[test]
fn a_determination_is_watched_where_it_was_recorded_in_a_case() {
    let data = crate::folder("serve-in-case");
    let server = Server::start(&data, &[]);
    let (shop, reader) = (super::key(&data, "record", &[]), super::key(&data, super::ALL, &[]));
    let record = |query: &str, body: &str| {
        let path = format!("/v1/determinations{query}");
        let more = [("idempotency-key", "order-1")];
        let answer = server.ask_with(&shop, "POST", &path, body, &more);
        (answer.status, answer.json())
    };
    let ask = |query: &str, body: &str| {
        let answer = server.ask(&shop, "POST", &format!("/v1/determinations{query}"), body);
        (answer.status, answer.json())
    };
    let watched = || {
        let cases = server.ask(&reader, "GET", "/v1/cases?label=is%3Awatched", "").json();
        cases["cases"].as_array().unwrap().len()
    };
    // A sale that may go leaves a record; with `review` no more than that.
    for query in ["", "?case=never", "?case=review"] {
        let (status, made) = ask(query, SALE);
        assert_eq!(
            (status, &made["case"], &made["customer"]["code"]),
            (201, &Value::Null, &json!("may-go"))
        );
    }
    assert_eq!(watched(), 0);
    // One that somebody must look at is put where somebody looks.
    let police =
        SALE.replace("\"sector\":\"bank\",\"state_owned_percent\":65,", "\"sector\":\"police\",");
    let (status, made) = record("?case=review", &police);
    assert_eq!((status, &made["customer"]["code"]), (201, &json!("in-review")), "{made}");
    assert_eq!(made["outcome"], Value::Null, "a shop is not told");
    assert_eq!(watched(), 1);
    let case = made["case"].as_str().unwrap();
    let shown = server.ask(&reader, "GET", &format!("/v1/cases/{case}"), "").json();
    assert_eq!(shown["finding"]["determination"], made["id"]);
    assert_eq!(server.ask(&shop, "GET", &format!("/v1/cases/{case}"), "").status, 403);
    // The same request again is the same case.
    let (_, again) = record("?case=review", &police);
    assert_eq!((&again["id"], &again["case"]), (&made["id"], &made["case"]));
    assert_eq!(record("?case=always", &police).0, 422, "the key was used for something else");
    assert_eq!(watched(), 1);
    let (status, made) = ask("?case=always", SALE);
    assert_eq!((status, watched()), (201, 2), "{made}");
    assert_eq!(ask("?case=always&strict=true", SALE).0, 422);
}

#[test]
fn what_a_key_prepared_the_person_behind_it_does_not_approve() {
    let server = Server::start(&crate::folder("serve-behind"), &[]);
    let ada = first(&server);
    let ben = invited(&server, &ada, "ben", &["admin", "approver"]);
    let cleo = invited(&server, &ada, "cleo", &["approver"]);
    let body = json!({"name": "shop", "scopes": ["cases:write", "cases:read"]}).to_string();
    let key = server.ask(&ben, "POST", "/v1/keys", &body).json()["key"].clone();
    let key = key.as_str().unwrap();
    let case = opened(&server, key);
    let steps = format!("/v1/cases/{}/steps", case["id"].as_str().unwrap());
    let asked = server.ask(key, "POST", &steps, r#"{"do":"request-review","text":"please"}"#);
    assert_eq!(asked.status, 200, "{}", asked.text());
    // A key without the scope `screen` is not told what an approval would be about.
    let path = format!("/v1/cases/{}", case["id"].as_str().unwrap());
    let binding = server.ask(&cleo, "GET", &path, "").json()["binding"].clone();
    let approve = json!({"do": "approve", "binding": binding, "text": "fine"}).to_string();
    let refused = server.ask(&ben, "POST", &steps, &approve);
    assert_eq!((refused.status, &refused.json()["reason"]), (409, &json!("four-eyes")));
    // Another person is asked the next question: under the law of today one fact is still open.
    let other = server.ask(&cleo, "POST", &steps, &approve);
    assert_ne!(other.json()["reason"], "four-eyes", "{}", other.text());
    assert_eq!(server.ask(key, "POST", &steps, &approve).status, 403, "no key approves");
}

#[test]
fn counsel_holds_a_record_and_nobody_erases_it_before_its_time() {
    let server = Server::start(&crate::folder("serve-holds"), &[]);
    let ada = first(&server);
    let cleo = invited(&server, &ada, "cleo", &["counsel"]);
    let record = format!("/v1/records/case/{}", opened(&server, &ada)["id"].as_str().unwrap());
    let why = r#"{"why":"a subpoena"}"#;
    let post = |who: &str, what: &str| server.ask(who, "POST", &format!("{record}/{what}"), why);
    assert_eq!(post(&ada, "hold").status, 403, "an admin holds nothing");
    let refused = post(&ada, "erase");
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("762.6"), "{}", refused.text());
    let held = post(&cleo, "hold").json();
    assert_eq!(held["state"], "held");
    assert_eq!(post(&cleo, "hold").status, 422, "one hold is enough");
    assert!(post(&ada, "erase").text().contains("holds it"));
    assert_eq!(post(&cleo, "erase").status, 403, "counsel disposes of nothing");
    let free = post(&cleo, "let-go").json();
    assert_eq!(free["state"], "kept");
    let kinds: Vec<&Value> =
        free["events"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert!(kinds.contains(&&json!("legal-hold")) && kinds.contains(&&json!("legal-hold-ended")));
    assert_eq!(server.ask(&ada, "GET", &record, "").status, 403, "an admin reads no chain");
    assert_eq!(server.ask(&cleo, "GET", "/v1/records/case/none", "").status, 404);
}

#[test]
fn what_is_held_is_listed_and_what_is_over_is_erased_from_its_page() {
    let data = crate::folder("serve-over");
    // Seven years ago somebody opened three cases.
    {
        let store =
            store::open(data.join("records.db").to_str().unwrap(), &store::Options::default());
        let (store, then) = (store.unwrap(), "2019-03-01T09:00:00Z".parse().unwrap());
        let cases = [
            ("old", "An old <b>sale</b>"),
            ("asked-for", "A sale in dispute"),
            ("left", "Another sale"),
        ];
        for (id, title) in cases {
            let stream = store::StreamId::new(store::case::CASE, id);
            let view =
                store::View { title: title.into(), state: "closed".into(), ..Default::default() };
            let draft = store::Draft::new(stream, "note".parse().unwrap(), "bob", then);
            store.append(draft.body("{}").view(view).into()).unwrap();
        }
    }
    let server = Server::start(&data, &[]);
    let ada = first(&server);
    let cleo = invited(&server, &ada, "cleo", &["counsel"]);
    let rex = invited(&server, &ada, "rex", &["admin"]);
    let why = r#"{"why":"a subpoena"}"#;
    let held = server.ask(&cleo, "POST", "/v1/records/case/asked-for/hold", why);
    assert_eq!(held.json()["state"], "held");
    let listed = server.ask(&cleo, "GET", "/v1/holds?limit=1", "").json();
    let first = &listed["holds"][0];
    assert_eq!(
        (&first["stream"], &first["body"]["why"]),
        (&json!("case/asked-for"), &json!("a subpoena"))
    );
    assert!(listed["next"].is_null(), "{listed}");

    let page = |who: &str, path: &str| server.visit(who, path).text().to_owned();
    let counsels = page(&cleo, "/record/kept");
    assert!(counsels.contains("A sale in dispute") && counsels.contains("a subpoena"));
    assert!(
        counsels.contains("An old &lt;b&gt;sale&lt;/b&gt;")
            && !counsels.contains("Erase it for good")
    );
    // Who only looks after the place reads no case, and still erases what is over.
    let admins = page(&rex, "/record/kept");
    assert!(
        admins.contains("case/old") && !admins.contains("An old") && !admins.contains("dispute\"")
    );
    assert!(!admins.contains("case/asked-for"), "what is held is not over");
    let send = |who: &str, case: &str, why: &str| {
        server.send(
            who,
            "/record/kept",
            &format!("/record/kept/case/{case}"),
            &[("what", "erase"), ("why", why)],
        )
    };
    let refused = send(&rex, "old", "  ");
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("say why") && refused.text().contains("Erase it for good"));
    assert_eq!(send(&cleo, "old", "over").status, 403, "counsel disposes of nothing");
    let refused = send(&rex, "asked-for", "over");
    assert!(
        refused.status == 409 && refused.text().contains("case/asked-for is under a legal hold"),
        "{}",
        refused.text()
    );
    let done = send(&rex, "old", "its time is over");
    assert_eq!((done.status, done.header("location")), (303, Some("/record/kept?erased=case/old")));
    let again = send(&rex, "old", "its time is over");
    assert_eq!(again.status, 404, "what is erased says so, and is no trouble of the server");
    let after = page(&rex, "/record/kept?erased=case%2Fold");
    assert!(after.contains("It was erased") && after.contains("case/left"), "{after}");
    let claimed = page(&rex, "/record/kept?erased=case%2Fasked-for");
    assert!(!claimed.contains("It was erased"), "no address says what did not happen");
    let state = server.ask(&cleo, "GET", "/v1/records/case/old", "").json();
    assert_eq!(state["state"], "erased");
}

#[test]
fn an_auditor_checks_the_records_and_takes_them_along() {
    let data = crate::folder("serve-audit");
    let server = Server::start(&data, &[]);
    let key = super::key(&data, "audit,cases:write", &[]);
    opened(&server, &key);
    let verified = server.ask(&key, "POST", "/v1/audit/verify", "").json();
    assert_eq!(
        (&verified["clean"], verified["faults"].as_array().map(Vec::len)),
        (&json!(true), Some(0))
    );
    let head = verified["head"].as_str().unwrap();
    let path = format!("/v1/audit/verify?anchor={}", head.replace(':', "%3A"));
    assert_eq!(server.ask(&key, "POST", &path, "").json()["clean"], true);
    let (place, hash) = head.split_once(':').unwrap();
    let other: String = hash.chars().rev().collect();
    let elsewhere = format!("/v1/audit/verify?anchor={place}%3A{other}");
    assert_eq!(server.ask(&key, "POST", &elsewhere, "").json()["clean"], false);
    assert_eq!(server.ask(&key, "POST", "/v1/audit/verify?anchor=x", "").status, 400);

    let archive = server.ask(&key, "GET", "/v1/audit/export", "");
    assert_eq!(archive.header("content-type"), Some("application/gzip"));
    std::fs::write(data.join("records.tar.gz"), &archive.body).unwrap();
    let unpacked = Command::new("tar").args(["xzf", "records.tar.gz"]).current_dir(&data).status();
    assert!(unpacked.unwrap().success());
    let script = data.join("exeat-records/verify.py");
    let run = Command::new("python3").arg(script).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    let shop = super::key(&data, "record", &[]);
    assert_eq!(server.ask(&shop, "GET", "/v1/audit/export", "").status, 403);
}

/// Somebody who is told: an address, and the heads and bodies that come.
fn listener() -> (String, Receiver<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/told", listener.local_addr().unwrap());
    let (send, told) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                lines.read_line(&mut line).unwrap();
                if let Some(it) = line.to_lowercase().strip_prefix("content-length:") {
                    length = it.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            lines.read_exact(&mut body).unwrap();
            write!(stream, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
            send.send((head, String::from_utf8(body).unwrap())).unwrap();
        }
    });
    (address, told)
}

#[test]
fn a_webhook_is_tried_at_once_signed_and_removed() {
    let server = Server::start(&crate::folder("serve-hooks"), &[]);
    let ada = first(&server);
    let (address, told) = listener();
    let body = json!({"name": "a CRM", "to": address}).to_string();
    let made = server.ask(&ada, "POST", "/v1/webhooks", &body).json();
    let (id, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let one = format!("/v1/webhooks/{id}");
    let tried = server.ask(&ada, "POST", &format!("{one}/test"), "").json();
    assert_eq!((&tried["arrived"], &tried["status"]), (&json!(true), &json!(204)));
    let (head, body) = told.recv().unwrap();
    let signature = head.lines().find_map(|it| it.strip_prefix("exeat-signature: ")).unwrap();
    let (second, sum) = signature.split_once(",v1=").unwrap();
    let said = format!("{}.{body}", second.strip_prefix("t=").unwrap());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let wanted = hmac::sign(&key, said.as_bytes());
    let wanted = wanted.as_ref().iter().fold(String::new(), |text, it| format!("{text}{it:02x}"));
    assert_eq!(sum.trim(), wanted);
    let listed = server.ask(&ada, "GET", "/v1/webhooks", "");
    assert_eq!(listed.json()["webhooks"].as_array().unwrap().len(), 1);
    assert!(!listed.text().contains(secret), "no list shows a secret");

    assert_eq!(server.ask(&ada, "DELETE", &one, "").status, 204);
    assert_eq!(server.ask(&ada, "DELETE", &one, "").status, 404);
    assert_eq!(server.ask(&ada, "POST", &format!("{one}/test"), "").status, 404);
    let listed = server.ask(&ada, "GET", "/v1/webhooks", "").json();
    assert_eq!(listed["webhooks"], json!([]));
    for to in ["http://example.org/", "ftp://x", "mailto:nobody", ""] {
        let body = json!({"name": "h", "to": to}).to_string();
        assert_eq!(server.ask(&ada, "POST", "/v1/webhooks", &body).status, 422, "{to}");
    }
    let rita = invited(&server, &ada, "rita", &["analyst", "approver", "counsel", "auditor"]);
    assert_eq!(server.ask(&rita, "GET", "/v1/webhooks", "").status, 403);
    assert!(!server.log.lock().unwrap().contains(secret), "no log holds a secret");
}

#[test]
fn a_list_comes_in_over_the_api_and_a_broken_one_changes_nothing() {
    let data = crate::folder("serve-lists");
    let server = Server::start(&data, &[]);
    let key = super::key(&data, "lists,check", &[]);
    let path = "/v1/lists?source=us&name=us.csv&current_on=2026-09-24";
    let entries = || {
        let lists = server.ask(&key, "GET", "/v1/lists", "").json();
        let lists = lists["lists"].as_array().unwrap().clone();
        lists.iter().find(|it| it["name"] == "DPL").map(|it| it["entries"].clone())
    };
    let before = entries();
    let refused = server.ask(&key, "POST", path, "Dear Sir or Madam");
    assert_eq!((refused.status, entries()), (422, before), "{}", refused.text());
    let taken = server.ask(&key, "POST", path, &list());
    assert_eq!(taken.json()["lists"], json!([{"list": "DPL", "entries": 9}]), "{}", taken.text());
    assert_eq!(entries(), Some(json!(9)), "it answers at once");
    let updated = server.ask(&key, "POST", "/v1/lists/update?offline=true", "").json();
    assert_eq!(updated["sources"], json!([]));
    let shop = super::key(&data, "check", &[]);
    assert_eq!(server.ask(&shop, "POST", path, &list()).status, 403);
}

#[test]
fn decisions_of_a_file_are_brought_in_once_by_a_person() {
    let server = Server::start(&crate::folder("serve-decisions"), &[]);
    let ada = first(&server);
    let file = "[[decision]]\nparty = \"A Bank\"\nlist = \"EL\"\nentry = \"1\"\nsame = false\n\
                by = \"Ada\"\nwhy = \"another\"\non = \"2026-09-24\"\nrests_on = [\"name: a bank\"]\n";
    let bearer = format!("Bearer {ada}");
    let send = |text: &str| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/toml")];
        let address = &server.address;
        super::http::ask(address, "POST", "/v1/decisions", &headers, text.as_bytes())
    };
    assert_eq!(send(file).json(), json!({"new": 1, "known": 0}));
    assert_eq!(send(file).json(), json!({"new": 0, "known": 1}));
    assert_eq!(send("[[decision]]\nparty = 1").status, 422);
    assert_eq!(send(&file.replace("2026", "2099")).status, 422, "nobody decides tomorrow");
    let listed = server.ask(&ada, "GET", "/v1/decisions", "").json();
    assert_eq!(listed["decisions"][0]["decision"]["party"], "A Bank");
}

#[test]
fn an_admin_changes_roles_locks_and_people_sign_out() {
    let server = Server::start(&crate::folder("serve-roles"), &[]);
    let ada = first(&server);
    let ben = invited(&server, &ada, "ben", &["analyst"]);
    let people = server.ask(&ada, "GET", "/v1/people", "").json();
    let id = |login: &str| {
        let all = people["people"].as_array().unwrap();
        let found = all.iter().find(|it| it["login"] == login).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let post = |who: &str, login: &str, what: &str, body: &str| {
        server.ask(who, "POST", &format!("/v1/people/{}/{what}", id(login)), body)
    };
    let roles = r#"{"roles":["admin","counsel"]}"#;
    assert_eq!(post(&ben, "ben", "roles", roles).status, 403);
    assert_eq!(post(&ada, "ada", "roles", roles).status, 422, "nobody gives to themselves");
    assert_eq!(post(&ada, "ben", "roles", roles).json()["roles"], json!(["counsel", "admin"]));
    assert_eq!(post(&ada, "ben", "roles", r#"{"roles":["owner"]}"#).status, 422);
    assert_eq!(post(&ada, "ben", "lock", r#"{"why":"gone"}"#).status, 200);
    assert_eq!(server.ask(&ben, "GET", "/v1/people", "").status, 401, "the session is over");
    assert_eq!(post(&ada, "ben", "unlock", "").status, 200);
    assert!(post(&ada, "ben", "reset", "").json()["link"].is_string());
    assert_eq!(server.ask(&ada, "DELETE", "/v1/session", "").status, 204);
    assert_eq!(server.ask(&ada, "GET", "/v1/people", "").status, 401);
}
