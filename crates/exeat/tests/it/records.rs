//! Records from the command line: written, replayed, verified, exported, copied and put back.

use super::{Run, folder, run};
use std::path::Path;
use std::process::Command;

/// Runs the program with its records in this folder.
fn exeat(folder: &Path, arguments: &[&str]) -> Run {
    let home = folder.to_str().unwrap();
    run(folder, arguments, "", &[("EXEAT_DATA", home), ("EXEAT_RECORDS", "")])
}

/// Records an example, and gives its name and the answer.
fn recorded(folder: &Path, example: &str) -> (String, String) {
    let check = ["check", "--record", "--format", "jsonl", "--example", example];
    let run = exeat(folder, &check);
    let name = run.err.lines().find_map(|it| it.strip_prefix("recorded as ")).unwrap();
    (name.to_owned(), run.out)
}

#[test]
fn what_was_recorded_is_answered_again_byte_for_byte() {
    let folder = folder("records-replay");
    for example in ["israel-csirt", "entity-list", "russia-forwarder"] {
        let (name, answer) = recorded(&folder, example);
        let replay = exeat(&folder, &["replay", &name]);
        assert_eq!((replay.code, replay.out), (0, answer), "{example}");
        assert!(replay.err.starts_with("this is the recorded answer, byte for byte\n"));
        assert_eq!(exeat(&folder, &["replay", &format!("determination/{name}")]).code, 0);
        assert_eq!(exeat(&folder, &["replay", "--with-today", &name]).code, 0);
    }
    let none = exeat(&folder, &["replay", "nothing"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("there is no determination `nothing`"), "{}", none.err);
}

#[test]
fn a_replay_names_what_the_answer_rests_on_as_the_answer_and_an_export_do() {
    let folder = folder("records-rests");
    let sale = super::screen::SALE.replace("NAME", "Brotfabrik Kiel");
    std::fs::write(folder.join("sale.yaml"), sale).unwrap();
    let check = exeat(&folder, &["check", "--record", "--format", "jsonl", "sale.yaml"]);
    let name = check.err.lines().find_map(|it| it.strip_prefix("recorded as ")).unwrap();
    let answer: serde_json::Value = serde_json::from_str(&check.out).unwrap();
    let run = exeat(&folder, &["replay", name, "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let replay: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&replay["same"], &replay["determination"]), (&true.into(), &answer));
    assert_eq!(replay["differences"], serde_json::json!([]));
    assert_eq!(replay["snapshot"], answer["snapshot"]);
    assert_eq!(replay["rulebook"], answer["rulebook"]["digest"]);
    // The content is in an export, and holds the lists that the answer names.
    assert_eq!(exeat(&folder, &["audit", "export", "bundle"]).code, 0);
    let content = replay["lists"].as_str().unwrap();
    let file = folder.join("bundle/contents").join(content.get(..2).unwrap()).join(content);
    let bytes = std::fs::read(file).unwrap();
    let digest = store::Digest::of(&bytes[48..]).to_string();
    assert_eq!(answer["snapshot"], serde_json::Value::from(digest));
    let text = exeat(&folder, &["replay", name]).err;
    assert!(
        text.contains(content) && text.contains(answer["snapshot"].as_str().unwrap()),
        "{text}"
    );
    let other = exeat(&folder, &["replay", "case/17"]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("`case/17` is a case, and no determination"), "{}", other.err);
}

#[test]
fn what_was_changed_behind_the_program_is_named() {
    let folder = folder("records-verify");
    let (name, _) = recorded(&folder, "israel-csirt");
    let clean = exeat(&folder, &["audit", "verify"]);
    assert_eq!(clean.code, 0, "{}", clean.out);
    assert!(clean.out.ends_with("everything is what was written\n"), "{}", clean.out);
    let database = rusqlite::Connection::open(folder.join("records.db")).unwrap();
    let deed = "UPDATE views SET outcome = 'not-subject'";
    database.execute_batch(deed).unwrap();
    let bent = exeat(&folder, &["audit", "verify"]);
    let fault = format!("FAULT: the view of determination/{name} was changed\n");
    assert!(bent.code == 1 && bent.out.starts_with(&fault), "{}", bent.out);
    let json = exeat(&folder, &["audit", "verify", "--format", "json"]);
    assert!(json.out.contains("\"clean\": false"), "{}", json.out);
}

#[test]
fn a_record_is_kept_for_five_years_and_longer_while_it_is_held() {
    let folder = folder("records-hold");
    let (name, _) = recorded(&folder, "israel-csirt");
    let record = format!("determination/{name}");
    let reason = ["--by", "ada", "--why", "asked by an agency"];
    let say = |verb: &str| exeat(&folder, &[&["audit", verb, &record], &reason[..]].concat());
    let early = say("erase");
    assert_eq!(early.code, 1);
    assert!(early.err.contains("5 years from its last event (15 CFR 762.6)"), "{}", early.err);
    assert_eq!(say("let-go").code, 1);
    assert_eq!(exeat(&folder, &["audit", "holds"]).out, "nothing is held\n");
    assert_eq!(say("hold").code, 0);
    let holds = exeat(&folder, &["audit", "holds"]).out;
    assert!(holds.contains(&format!("{record}  by ada\n      asked by an agency")), "{holds}");
    let held = say("erase");
    assert!(held.err.contains("ada holds it since"), "{}", held.err);
    assert_eq!(say("let-go").code, 0);
    let shown = exeat(&folder, &["audit", "show", &record]);
    for part in
        ["made by command line", "legal-hold by ada", "legal-hold-ended by ada", "kept until"]
    {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
}

#[test]
fn an_export_is_checked_without_exeat_and_a_copy_becomes_the_records() {
    let folder = folder("records-copy");
    let (name, answer) = recorded(&folder, "israel-csirt");
    assert_eq!(exeat(&folder, &["audit", "export", "bundle"]).code, 0);
    let mut python = Command::new("python3");
    let checked = python.arg(folder.join("bundle/verify.py")).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    assert_eq!(exeat(&folder, &["backup", "copy.db"]).code, 0);
    for from in ["bundle", "copy.db"] {
        let records = format!("sqlite:again-{from}");
        let restored = exeat(&folder, &["restore", from, "--records", &records]);
        assert_eq!(restored.code, 0, "{}", restored.err);
        let replay = exeat(&folder, &["replay", &name, "--records", &records]);
        assert_eq!((replay.code, &replay.out), (0, &answer), "{}", replay.err);
        assert_eq!(exeat(&folder, &["audit", "verify", "--records", &records]).code, 0);
        assert_eq!(exeat(&folder, &["restore", from, "--records", &records]).code, 1);
    }
    let only = format!("determination/{name}");
    assert_eq!(exeat(&folder, &["audit", "export", "one", "--only", &only]).code, 0);
}
