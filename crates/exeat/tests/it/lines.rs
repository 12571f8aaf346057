//! Many transactions, one a line.

use crate::exeat;
use serde_json::{Value, json};
use std::process::{Command, Stdio};

fn bank(id: &str) -> String {
    json!({
        "id": id, "date": "2026-09-24", "activity": "export", "from": "US", "destination": "VN",
        "items": [{"eccn": "4D004", "form": "object-code"}],
        "parties": [{"role": "end-user", "country": "VN", "sector": "bank", "lists": [],
                     "us_subsidiary": false, "state_owned_percent": 65}],
        "end_use": {"purposes": ["defensive-testing"], "knows": []},
        "notices": [], "red_flags": [],
    })
    .to_string()
}

fn answers(input: impl AsRef<[u8]>) -> (Vec<Value>, i32) {
    let run = exeat(&["check", "--format", "jsonl", "-"], input);
    let answers = run.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    (answers, run.code)
}

#[test]
fn answers_come_in_the_order_of_the_lines() {
    let lines: Vec<String> = (0..300).map(|it| bank(&format!("case {it}"))).collect();
    let (answers, code) = answers(lines.join("\r\n"));
    assert_eq!(code, 0);
    assert_eq!(answers.len(), lines.len());
    for (place, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], format!("case {place}"));
        assert_eq!(answer["exception"], "ACE");
    }
}

#[test]
fn a_bad_line_is_an_error_in_its_place() {
    let unknown_key = bank("b").replacen("\"date\"", "\"dates\": 1, \"date\"", 1);
    let repeated = bank("c").replacen("\"date\"", "\"date\": \"2026-09-23\", \"date\"", 1);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let lines = [bank("a"), String::new(), unknown_key, repeated, "not json".to_owned(), deep];
    let mut input = lines.join("\n").into_bytes();
    input.extend_from_slice(b"\n{\"id\": \"\xff\"}\n");
    input.extend_from_slice(bank("z").as_bytes());
    let (answers, code) = answers(input);
    assert_eq!(code, 1);
    let failed: Vec<(Option<u64>, bool)> = answers
        .iter()
        .map(|it| (it["error"]["line"].as_u64(), it["error"]["message"].is_string()))
        .collect();
    let wanted = [None, Some(3), Some(4), Some(5), Some(6), Some(7), None];
    assert_eq!(failed, wanted.map(|it| (it, it.is_some())), "{answers:#?}");
    assert_eq!(answers[1]["id"], "b");
    assert_eq!(answers[1]["error"]["path"], "dates");
    assert_eq!(answers[6]["id"], "z");
}

#[test]
fn every_problem_of_a_line_is_listed() {
    let (answers, _) = answers("{\"date\": \"2026-13-01\", \"activity\": \"exprot\"}\n");
    assert!(answers[0]["errors"].as_array().unwrap().len() >= 2, "{answers:?}");
    assert_eq!(answers[0]["error"], answers[0]["errors"][0]);
}

#[test]
fn the_strictest_answer_is_the_exit_code() {
    let police = bank("p").replace("\"bank\"", "\"police\"");
    let open = bank("o").replace("\"sector\":\"bank\",", "");
    assert_eq!(answers(format!("{}\n{police}\n{open}\n", bank("a"))).1, 3);
    assert_eq!(answers(format!("{}\n{open}\n", bank("a"))).1, 4);
    assert_eq!(answers("\n\n").1, 1, "nothing was decided");
}

#[test]
fn lines_for_a_person_are_a_table_with_a_sum() {
    let run = exeat(&["check", "-"], format!("{}\n{}\n", bank("one"), bank("two")));
    insta::assert_snapshot!(run.out, @r"
    one            may go under ACE       NS1
    two            may go under ACE       NS1

    2 in all: 2 may go under an exception.
    ");
}

#[test]
fn an_array_is_written_for_json() {
    let run = exeat(&["check", "--input", "jsonl", "--format", "json", "-"], bank("a") + "\nx\n");
    let array: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(array[0]["id"], "a");
    assert!(array[1]["error"].is_object());
}

#[test]
fn a_hundred_megabytes_stream_through() {
    // Mostly one long description, so that the time goes into streaming and not into deciding.
    let long = bank("x").replacen(
        '{',
        &format!("{{\"version\":1,\"pad\":\"{}\",", "y".repeat(2_000_000)),
        1,
    );
    let mut input = String::new();
    for _ in 0..50 {
        input.push_str(&long);
        input.push('\n');
    }
    input.push_str(&bank("last"));
    assert!(input.len() > 100_000_000);
    let (answers, code) = answers(input);
    assert_eq!(code, 1);
    assert_eq!(answers.len(), 51);
    assert_eq!(answers[0]["error"]["path"], "pad");
    assert_eq!(answers[50]["id"], "last");
}

#[test]
fn an_answer_comes_before_the_next_question() {
    use std::io::{BufRead, BufReader, Write};
    let mut child = Command::new(env!("CARGO_BIN_EXE_exeat"))
        .args(["check", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["first", "second"] {
        writeln!(stdin, "{}", bank(id)).unwrap();
        stdin.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_that_leaves_is_not_told_that_all_may_go() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_exeat"))
        .args(["check", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let lines = (bank("a") + "\n").repeat(500);
    let feeder = std::thread::spawn(move || {
        use std::io::Write;
        let _ = stdin.write_all(lines.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_summary_names_the_lines_that_need_somebody() {
    let police = bank("two").replace("\"bank\"", "\"police\"");
    let open = bank("three").replace("\"sector\":\"bank\",", "");
    let many: Vec<String> = (0..30).map(|it| police.replace("two", &format!("p{it}"))).collect();
    let all = [&[bank("one"), police, "x".to_owned(), open][..], &many].concat().join("\n");
    let run = exeat(&["check", "--input", "jsonl", "-"], all);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Could not be read: line 3 "), "{}", run.out);
    assert!(text.contains("Needs review: three (line 4)"), "{}", run.out);
    assert!(text.contains("License required: two (line 2), p0 (line 5), p1 (line 6)"), "{text}");
    assert!(text.ends_with("p18 (line 23), and 11 more Needs review: three (line 4)"), "{text}");
}

/// The same sales as a table.
const TABLE: &str = "id;date;activity;from;destination;items[0].eccn;items[0].form;\
                     parties[end-user].country;parties[end-user].sector;parties[end-user].lists;\
                     parties[end-user].us_subsidiary;parties[end-user].state_owned_percent;\
                     end_use.purposes;end_use.knows;notices;red_flags\n\
                     a;2026-09-24;export;US;VN;4D004;object-code;VN;bank;none;no;65;\
                     defensive-testing;none;none;none\n\
                     b;2026-09-24;export;US;Narnia;4D004;object-code;VN;bank;none;no;65;\
                     defensive-testing;none;none;none\n\
                     c;2026-09-24;export;US;VN;4D004;object-code;VN;police;none;no;100;\
                     defensive-testing;none;none;none\n";

#[test]
fn a_table_is_read_as_rows_with_bad_rows_in_place() {
    let folder = super::folder("lines-table");
    std::fs::write(folder.join("deals.csv"), TABLE).unwrap();
    let run = super::exeat_in(&folder, &["check", "deals.csv", "--format", "jsonl"], "");
    let answers: Vec<Value> = run.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!((run.code, answers.len()), (1, 3), "{}{}", run.out, run.err);
    assert_eq!((&answers[0]["id"], &answers[0]["exception"]), (&json!("a"), &json!("ACE")));
    assert_eq!(answers[1]["error"]["path"], "destination", "{}", answers[1]);
    assert_eq!(answers[1]["error"]["line"], 3, "{}", answers[1]);
    assert_eq!(answers[2]["outcome"], "license-required", "{}", answers[2]);
    // Where its name does not say so, its header does; a portfolio is read in the same way.
    let piped = super::exeat_in(&folder, &["check", "-"], TABLE);
    assert!(piped.out.contains("3 in all: 1 license required"), "{}{}", piped.out, piped.err);
    let days = ["--from", "2022-03-01", "--to", "2026-09-24", "--format", "json"];
    let impact = super::exeat_in(&folder, &[&["impact", "deals.csv"], &days[..]].concat(), "");
    let report: Value = serde_json::from_str(&impact.out).unwrap();
    assert_eq!((&report["transactions"], &report["errors"][0]["line"]), (&json!(2), &json!(3)));
}

#[test]
fn what_is_no_transaction_is_told_what_is_read() {
    let folder = super::folder("lines-no-table");
    std::fs::write(folder.join("orders.csv"), "order,customer\n1,Acme\n").unwrap();
    let run = super::exeat_in(&folder, &["check", "orders.csv"], "");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
    for said in ["no column of `orders.csv` names a field", "items[0].eccn"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    std::fs::write(folder.join("order.txt"), "Acme wants one\n").unwrap();
    let run = super::exeat_in(&folder, &["check", "order.txt"], "");
    assert!(run.out.contains("many are JSON lines, Parquet or CSV"), "{}{}", run.out, run.err);
    let run = super::exeat_in(&folder, &["what-if", "orders.csv"], "");
    assert!(run.err.contains("this takes one transaction, not a table"), "{}", run.err);
}
