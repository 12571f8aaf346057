//! The server as a program meets it: the real binary on a port of its own.

#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "where the server says something else than it must, the test fails"
)]

mod faults;
mod http;
mod matrix;
mod mcp;
mod openid;
mod people;
mod recorded;
mod routes;
mod schema;
mod services;
mod stateless;

use http::Answer;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};

/// A server that ends with the test.
pub(crate) struct Server {
    process: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// A server over the data in a folder.
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_exeat"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .env("EXEAT_DATA", data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let mut address = None;
        while address.is_none() {
            let mut line = String::new();
            let is_there = lines.read_line(&mut line).unwrap() > 0;
            assert!(is_there, "the server did not start:\n{}", log.lock().unwrap());
            address = line.trim().strip_prefix("listening on http://").map(str::to_owned);
            log.lock().unwrap().push_str(&line);
        }
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|it| it > 0) {
                kept.lock().unwrap().push_str(&line);
                line.clear();
            }
        });
        Self { process, address: address.unwrap(), log }
    }

    /// A server over nothing, shared by the tests that leave nothing behind.
    fn shared() -> Arc<Self> {
        static SERVER: Mutex<Weak<Server>> = Mutex::new(Weak::new());
        let mut server = SERVER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        server.upgrade().unwrap_or_else(|| {
            // The last test that uses it ends it.
            let fresh = Arc::new(Self::start(&crate::folder("serve-shared"), &["--open"]));
            *server = Arc::downgrade(&fresh);
            fresh
        })
    }

    /// The token of the link that sets up the first account, as it was printed.
    fn setup_link(&self) -> String {
        loop {
            // It is printed behind the address.
            let log = self.log.lock().unwrap().clone();
            if let Some(line) = log.lines().find(|it| it.contains("make the first at ")) {
                return line.rsplit('/').next().unwrap().to_owned();
            }
            std::thread::yield_now();
        }
    }

    /// Asks with a key.
    fn ask(&self, key: &str, method: &str, path: &str, json: &str) -> Answer {
        self.ask_with(key, method, path, json, &[])
    }

    /// Asks with a key and other headers.
    fn ask_with(
        &self,
        key: &str,
        method: &str,
        path: &str,
        json: &str,
        more: &[(&str, &str)],
    ) -> Answer {
        let bearer = format!("Bearer {key}");
        let mut headers = vec![("authorization", bearer.as_str())];
        if !json.is_empty() {
            headers.push(("content-type", "application/json"));
        }
        headers.extend_from_slice(more);
        http::ask(&self.address, method, path, &headers, json.as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        http::ask(&self.address, "GET", path, &[], b"")
    }

    fn post(&self, path: &str, json: &str) -> Answer {
        let headers = [("content-type", "application/json")];
        http::ask(&self.address, "POST", path, &headers, json.as_bytes())
    }

    fn post_as(&self, path: &str, media: &str, body: &[u8]) -> Answer {
        http::ask(&self.address, "POST", path, &[("content-type", media)], body)
    }

    /// A page, as the browser of somebody who signed in asks for it.
    fn visit(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("exeat-session={who}");
        http::ask(&self.address, "GET", path, &[("cookie", &cookie)], b"")
    }

    /// Sends a form of a page; its values are words.
    fn send(&self, who: &str, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.visit(who, page);
        let csrf =
            page.text().split("name=\"csrf\" value=\"").nth(1).and_then(|it| it.split('"').next());
        let mut form = format!("csrf={}", csrf.expect("the page has a form"));
        for (name, value) in fields {
            write!(form, "&{name}={}", value.replace(' ', "+")).unwrap();
        }
        let cookie = format!("exeat-session={who}");
        let media = "application/x-www-form-urlencoded";
        let headers = [("cookie", cookie.as_str()), ("content-type", media)];
        http::ask(&self.address, "POST", to, &headers, form.as_bytes())
    }

    /// Asks the process to stop and waits until it has; its exit code.
    #[cfg(unix)]
    fn stop(mut self) -> (Option<i32>, String) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.process.wait().unwrap();
        let mut out = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        (status.code(), self.log.lock().unwrap().clone())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A new key with these scopes, for the records in a folder.
fn key(data: &Path, scopes: &str, more: &[&str]) -> String {
    let mut arguments = vec!["keys", "add", "a test", "--scope", scopes];
    arguments.extend_from_slice(more);
    let data = data.to_str().unwrap();
    let run = crate::run(Path::new("/"), &arguments, "", &[("EXEAT_DATA", data)]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.out.trim().to_owned()
}

/// Every scope that a key can have.
const ALL: &str = "check,screen,record,cases:read,cases:write,handle,audit,lists,health";

/// A transaction that needs nothing to be found out.
const SALE: &str = r#"{"id":"sale-1","date":"2026-09-24","activity":"export","from":"US","destination":"VN","items":[{"eccn":"4D004","form":"object-code","origin":{"us_origin":true}}],"parties":[{"role":"end-user","country":"VN","sector":"bank","state_owned_percent":65,"government_of":"VN","us_subsidiary":false,"lists":[]}],"end_use":{"purposes":["defensive-testing"],"knows":[]},"notices":[],"red_flags":[]}"#;
