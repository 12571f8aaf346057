//! The tools as an assistant meets them: a session over standard input and output.

use super::SALE;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct Session {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Session {
    fn start(arguments: &[&str]) -> Self {
        let data = crate::folder(&format!("mcp{}", arguments.len()));
        let mut process = Command::new(env!("CARGO_BIN_EXE_exeat"))
            .arg("mcp")
            .args(arguments)
            .env("EXEAT_DATA", data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut session = Self { process, input, output: BufReader::new(output), asked: 0 };
        let client = json!({"name": "a test", "version": "1"});
        let begun = session.ask(
            "initialize",
            &json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}),
        );
        assert_eq!(begun["serverInfo"]["name"], "exeat");
        session.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        session
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").unwrap();
    }

    /// What a request answers.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server went away");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                return message["result"].clone();
            }
        }
    }

    /// What a tool says, and whether that is an error.
    fn call(&mut self, tool: &str, arguments: &Value) -> (Value, bool) {
        let result = self.ask("tools/call", &json!({"name": tool, "arguments": arguments}));
        let text = result["content"][0]["text"].as_str().unwrap();
        (serde_json::from_str(text).unwrap(), result["isError"] == true)
    }

    fn tools(&mut self) -> Vec<Value> {
        self.ask("tools/list", &json!({}))["tools"].as_array().unwrap().clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn an_assistant_lists_the_tools_and_decides_asks_and_reads_the_law_with_them() {
    let mut session = Session::start(&[]);
    let tools = session.tools();
    assert!(tools.len() > 10);
    for tool in &tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{}", tool["name"]);
        assert_eq!(tool["inputSchema"]["type"], "object");
    }
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let (decided, failed) = session.call("check", &json!({"body": sale, "trace": "lean"}));
    assert_eq!((&decided["outcome"], failed), (&json!("license-exception"), false));
    let (paragraph, _) = session.call("rules-paragraph", &json!({"citation": "740.22(c)(2)"}));
    assert_eq!(paragraph["citation"], "740.22(c)(2)");
    let (problem, failed) = session.call("check", &json!({"body": {"date": "2026-09-24"}}));
    assert_eq!((&problem["code"], failed), (&json!("invalid-input"), true));
    let (problem, failed) = session.call("record", &json!({"body": sale}));
    assert_eq!((&problem["code"], failed), (&json!("not-found"), true));
}

#[test]
fn tools_that_leave_records_are_there_only_where_that_was_asked_for() {
    let mut session = Session::start(&["--allow-records"]);
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let (made, failed) = session.call("record", &json!({"body": sale}));
    assert!(!failed, "{made}");
    let (shown, _) = session.call("determination", &json!({"id": made["id"]}));
    assert_eq!(shown["determination"], made["determination"]);
    // Also then an assistant approves nothing.
    let (case, _) =
        session.call("open-case", &json!({"body": {"title": "x", "transaction": sale}}));
    let approve = json!({"id": case["id"], "body": {"do": "approve", "binding": case["binding"]}});
    let (problem, failed) = session.call("case-step", &approve);
    assert_eq!((&problem["code"], failed), (&json!("not-permitted"), true));
}

#[test]
fn a_message_that_cannot_be_taken_is_answered() {
    let mut session = Session::start(&["--strict", "--no-screening"]);
    let mut refused = |line: &str| {
        writeln!(session.input, "{line}").unwrap();
        let mut said = String::new();
        assert!(session.output.read_line(&mut said).unwrap() > 0, "the server went away");
        serde_json::from_str::<Value>(&said).unwrap()
    };
    for line in ["nonsense", r#"{"id": 1e400}"#, r#"{"id": 7, "method": "\ud800"}"#] {
        let message = refused(line);
        assert_eq!((&message["error"]["code"], &message["id"]), (&json!(-32700), &Value::Null));
    }
    for body in [
        SALE.replacen('{', r#"{"destination": "IR", "#, 1),
        SALE.replace(r#""lists":[]"#, r#""lists":[{"list":"DPL"}],"lists":[]"#),
    ] {
        let message = refused(
            &format!(
                r#"{{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params":
                {{"name": "check", "arguments": {{"body": {body}}}}}}}"#
            )
            .replace('\n', " "),
        );
        assert_eq!((&message["error"]["code"], &message["id"]), (&json!(-32600), &json!(7)));
        assert!(message["error"]["message"].as_str().unwrap().contains("given twice"), "{message}");
    }
    // What can be taken still is.
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let (decided, failed) = session.call("check", &json!({"body": sale, "trace": "lean"}));
    assert!(!failed && decided["outcome"].is_string(), "{decided}");
}
