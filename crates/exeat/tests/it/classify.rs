//! `exeat classify` as an engineer and a pipeline meet it.

use crate::{Run, exeat, exeat_in, folder};
use serde_json::Value;
use std::path::Path;

const PLATFORM: &str = "date: 2026-09-24\nname: test platform\nform: object-code\nunanswered: no\n\
    answers:\n  avoids-monitoring-or-defeats-protection: true\n  extracts-modifies-or-diverts: true\n  \
    commands-intrusion-software: true\n  specially-designed-properties: true\n";

fn example(name: &str) -> String {
    format!("{}/../../examples/release/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn json(run: &Run) -> serde_json::Value {
    assert!(run.out.starts_with('{'), "{}{}", run.out, run.err);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_platform_is_4d004_and_says_why() {
    let folder = folder("classify");
    std::fs::write(folder.join("p.yaml"), PLATFORM).unwrap();
    let run = exeat_in(&folder, &["classify", "p.yaml"], "");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("4D004. Settled"), "{}", run.out);
    for part in ["[4D004]", "Controlled for NS1, AT1", "Not legal advice"] {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
    assert!(run.out.lines().count() <= 40, "it fits on a screen\n{}", run.out);
    let answer = json(&exeat_in(&folder, &["classify", "p.yaml", "--format", "json"], ""));
    assert_eq!((&answer["outcome"], &answer["eccn"]), (&"classified".into(), &"4D004".into()));
    assert!(exeat_in(&folder, &["classify", "p.yaml", "--explain"], "").out.contains("└─ "));
}

#[test]
fn what_the_text_leaves_open_is_told_in_its_words_and_what_nobody_answered_is_asked() {
    let suite = |last: &str| {
        format!(
            "{{\"date\":\"2026-09-24\",\"form\":\"object-code\",\"unanswered\":\"no\",\"answers\":{{\
             \"extracts-raw-device-data\":true,\"circumvents-device-authentication\":true,\
             \"avoids-monitoring-or-defeats-protection\":true,\
             \"extracts-modifies-or-diverts\":true,\"extraction-beside-payload\":{last}}}}}"
        )
    };
    let run = exeat(&["classify", "-"], suite("true"));
    let told = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Whether the words about intrusion software take out"), "{}", run.out);
    let run = exeat(&["classify", "-"], suite("null"));
    assert!(!run.out.contains("Whether the words"), "{}", run.out);
    assert!(run.out.contains("Besides what beats the protections"), "{}", run.out);
}

#[test]
fn lines_are_answered_in_order_and_a_bad_one_in_its_place() {
    let lines = "{\"id\":\"a\",\"date\":\"2026-09-24\",\"form\":\"commodity\",\"answers\":{\"cryptanalytic\":true},\"unanswered\":\"no\"}\n\
        {\"id\":\"b\",\"date\":\"2026-09-24\",\"answers\":{\"payload-onyl\":true}}\n\n\
        {\"id\":\"c\",\"date\":\"2026-09-24\"}\n";
    let run = exeat(&["classify", "--format", "jsonl", "-"], lines);
    assert_eq!(run.code, 1, "{}", run.err);
    let answers: Vec<serde_json::Value> =
        run.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let [a, b, c] = answers.as_slice() else { panic!("{}", run.out) };
    assert_eq!((&a["id"], &a["eccn"]), (&"a".into(), &"5A004.a".into()));
    assert_eq!(b["error"]["path"], "answers.payload-onyl");
    assert_eq!(b["error"]["line"], 2);
    assert!(b["error"]["help"].as_str().unwrap().contains("payload-only"), "{b}");
    assert_eq!((&c["id"], &c["outcome"]), (&"c".into(), &"needs-review".into()));
}

#[test]
fn an_interview_asks_saves_goes_back_and_on() {
    let folder = folder("classify-ask");
    let typed = "object-code\n?\nno\nback\nno\ndon't know\nquit\n";
    let run = exeat_in(&folder, &["classify", "--ask", "p.yaml", "--on", "2026-09-24"], typed);
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    assert!(run.out.contains("It is the question"), "{}", run.out);
    assert!(run.err.contains("saved as p.yaml"), "{}", run.err);
    let saved = std::fs::read_to_string(folder.join("p.yaml")).unwrap();
    assert!(saved.starts_with("date: 2026-09-24\nform: object-code\n"), "{saved}");
    assert_eq!(saved.matches(": false").count(), 1, "{saved}");
    let again = exeat_in(&folder, &["classify", "--ask", "p.yaml"], "quit\n");
    assert!(!again.out.contains("What leaves"), "{}", again.out);
    let run = exeat_in(&folder, &["classify"], "quit\n");
    assert_eq!(run.code, 4, "{}", run.err);
}

#[test]
fn an_interview_about_a_component_keeps_who_answered() {
    let folder = folder("classify-component");
    let text = "product = \"P\"\nversion = \"2\"\ndate = 2026-09-20\n\n[[component]]\nid = \"core\"\nkind = \"core\"\n";
    std::fs::write(folder.join("export.toml"), text).unwrap();
    let refused = exeat_in(&folder, &["classify", "--ask", "export.toml"], "");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("--by"), "{}", refused.err);
    let arguments =
        ["classify", "--ask", "export.toml", "--by", "A. Example", "--on", "2026-09-20"];
    let run = exeat_in(&folder, &arguments, "object-code\nno\nquit\n");
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    let saved = std::fs::read_to_string(folder.join("export.toml")).unwrap();
    for part in
        ["form = \"object-code\"", "by = \"A. Example\"", "on = 2026-09-20", "version = \"2\""]
    {
        assert!(saved.contains(part), "{part} is not in\n{saved}");
    }
}

#[test]
fn a_pipeline_is_told_by_its_exit_code() {
    let (new, old) = (example("export.toml"), example("export-4.1.toml"));
    let folder = folder("classify-ci");
    let ci = |arguments: &[&str]| {
        let mut all = vec!["classify", "--ci"];
        all.extend(arguments);
        exeat_in(&folder, &all, "")
    };
    assert_eq!(ci(&[&new]).code, 0);
    let changed = ci(&[&new, "--against", &old, "--on", "2026-09-24"]);
    assert_eq!(changed.code, 10, "{}", changed.out);
    for part in ["The classification changed", "under ACE", "Assumed of every destination"] {
        assert!(changed.out.contains(part), "{part} is not in\n{}", changed.out);
    }
    let text = std::fs::read_to_string(&new).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write(
        "missing.toml",
        &text.replace(
            "question = \"payload-only\"\nvalue = false",
            "question = \"chip-off-or-jtag\"\nvalue = false",
        ),
    );
    assert_eq!(ci(&["missing.toml"]).code, 11, "{}", ci(&["missing.toml"]).out);
    write("old.toml", &text.replace("changed = 2026-09-01", "changed = 2026-09-19"));
    assert_eq!(ci(&["old.toml"]).code, 12);
    write("bad.toml", &text.replace("kind = \"core\"", "kind = \"kore\""));
    let bad = ci(&["bad.toml"]);
    assert_eq!(bad.code, 1);
    assert!(bad.err.contains("did you mean `core`?"), "{}", bad.err);
    assert_eq!(ci(&["--against", &old, &new, "--memo"]).code, 2);
    let verdict = json(&ci(&[&new, "--against", &old, "--format", "json"]));
    assert_eq!(verdict["verdict"], "classification-changed");
}

#[test]
fn the_memo_has_everything_that_counsel_signs() {
    let run = exeat(&["classify", "--memo", "--component", "core", &example("export.toml")], "");
    assert_eq!(run.code, 0, "{}", run.err);
    for part in [
        "# Classification memo",
        "classified as **4D004**",
        "## Answers and their sources",
        "commit 7c1e0aa",
        "capability antivirus-evasion",
        "declared complete on 2026-09-18",
        "## Reasoning",
        "## Alternatives considered and rejected",
        "## Open points",
        "Digest of the rulebook",
        "| Export counsel: the classification follows |",
    ] {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
}

#[test]
fn an_item_of_a_release_can_be_checked() {
    let folder = folder("classify-item");
    let item = exeat(&["classify", "--item", "--component", "core", &example("export.toml")], "");
    assert_eq!(item.code, 0, "{}", item.err);
    let sale = format!(
        "date: 2026-09-24\nactivity: export\ndestination: PH\n{}parties: [{{role: end-user, country: PH, \
         sector: private-other, state_owned_percent: 0, us_subsidiary: false, lists: []}}]\n\
         end_use: {{purposes: [defensive-testing], knows: []}}\nnotices: []\nred_flags: []\n",
        item.out
    );
    std::fs::write(folder.join("sale.yaml"), sale).unwrap();
    let run = exeat_in(&folder, &["check", "sale.yaml", "--format", "json"], "");
    assert_eq!(json(&run)["exception"], "ACE", "{}", run.out);
}

#[test]
fn papers_for_agencies_say_what_is_missing_and_what_is_not_needed() {
    let folder = folder("classify-papers");
    let text = "product = \"M, the messenger\"\nversion = \"3\"\ndate = 2026-09-20\n[maker]\nname = \"E\"\n\
        email = \"e@x.example\"\n[[component]]\nid = \"app\"\nkind = \"core\"\nform = \"object-code\"\n\
        [component.capabilities]\nlist = [\"message-encryption\"]\ncomplete = true\nby = \"A\"\non = 2026-09-20\n";
    let answer = |question: &str, value: bool| {
        format!(
            "[[component.answer]]\nquestion = \"{question}\"\nvalue = {value}\nby = \"A\"\non = 2026-09-20\n"
        )
    };
    let mut text = text.to_owned();
    for question in [
        "described-on-usml",
        "published",
        "surreptitious-interception",
        "note-2-exclusion",
        "crypto-supports-non-primary-function",
        "mass-market",
    ] {
        text.push_str(&answer(question, false));
    }
    for question in ["crypto-strength-above-threshold", "crypto-usable-or-activatable"] {
        text.push_str(&answer(question, true));
    }
    std::fs::write(folder.join("export.toml"), &text).unwrap();
    let report = exeat_in(&folder, &["classify", "--annual-report", "export.toml"], "");
    assert_eq!(report.code, 0, "{}", report.err);
    let mut lines = report.out.lines();
    assert_eq!(lines.next().unwrap().split(',').count(), 12);
    let row: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    assert_eq!(row.len(), 12, "{}{}", report.out, report.err);
    assert_eq!((row[0], row[3], row[4]), ("M the messenger app", "5D002", "ENC"));
    assert!(report.err.contains("`report_item_type` is missing"), "{}", report.err);
    assert!(report.err.contains("not verified"), "{}", report.err);
    let notice = exeat_in(&folder, &["classify", "--notice", "export.toml"], "");
    assert!(notice.out.starts_with("# Not needed"), "{}", notice.out);
    assert!(!notice.out.contains("To: "), "nothing is drafted: {}", notice.out);
    let needed = text
        .replace("\"message-encryption\"]", "\"message-encryption\", \"home-made-cryptography\"]");
    std::fs::write(folder.join("export.toml"), needed).unwrap();
    let notice = exeat_in(&folder, &["classify", "--notice", "export.toml"], "");
    assert!(notice.out.starts_with("# Needed"), "{}", notice.out);
    assert!(notice.out.contains("To: crypt@bis.doc.gov, enc@nsa.gov"), "{}", notice.out);
}

#[test]
fn questions_and_capabilities_can_be_listed() {
    assert!(exeat(&["classify", "--questions"], "").out.contains("payload-only"));
    let listed = json(&exeat(&["classify", "--capabilities", "--format", "json"], ""));
    assert!(listed["capabilities"].as_array().unwrap().len() >= 60);
    assert!(Path::new(&example("export.toml")).exists());
}

#[test]
fn what_state_controls_is_referred_to_state() {
    let folder = crate::folder("classify-usml");
    let answers = "form: object-code\nanswers: {described-on-usml: true}\n";
    std::fs::write(folder.join("p.yaml"), format!("date: 2026-09-24\n{answers}")).unwrap();
    let sale = "date: 2026-09-24\nactivity: export\ndestination: VN\nitems:\n\
                - {form: object-code, answers: {described-on-usml: true}}\n";
    std::fs::write(folder.join("t.yaml"), sale).unwrap();
    let classify = ["classify", "p.yaml", "--format", "json"];
    let check = ["check", "t.yaml", "--no-screening", "--format", "json"];
    for run in [exeat_in(&folder, &classify, ""), exeat_in(&folder, &check, "")] {
        assert_eq!(json(&run)["referrals"][0]["agency"], "State", "{}{}", run.out, run.err);
    }
    for args in [["classify", "p.yaml"], ["check", "t.yaml"]] {
        let run = exeat_in(&folder, &args, "");
        assert!(run.out.contains("Other agencies"), "{}", run.out);
    }
}

/// A release of a program that encrypts, of which everything else is answered no.
fn encrypting() -> String {
    let listed = json(&exeat(&["classify", "--questions", "--format", "json"], ""));
    let yes = [
        "cryptography-for-confidentiality",
        "crypto-strength-above-threshold",
        "crypto-usable-or-activatable",
    ];
    let head = "format = 1\nproduct = \"Example Messenger\"\nversion = \"1\"\ndate = 2026-09-20\n\n\
                [[component]]\nid = \"app\"\nkind = \"core\"\nform = \"object-code\"\n";
    let questions = listed.pointer("/questions").and_then(Value::as_array).unwrap();
    let asked = questions.iter().filter(|it| it.pointer("/values/0").is_none());
    let answers = asked.map(|it| {
        let id = it.pointer("/id").and_then(Value::as_str).unwrap();
        format!(
            "\n[[component.answer]]\nquestion = \"{id}\"\nvalue = {}\nby = \"A. Example\"\n\
             on = 2026-09-20\n",
            yes.contains(&id)
        )
    });
    head.to_owned() + &answers.collect::<String>()
}

#[test]
fn an_item_that_encrypts_says_what_740_17_needs_and_what_is_open_of_it() {
    let folder = folder("classify-encrypts");
    let release = encrypting();
    std::fs::write(folder.join("export.toml"), &release).unwrap();
    let item = exeat_in(&folder, &["classify", "--item", "export.toml"], "");
    assert!(item.out.contains("eccn: 5D002.c.1"), "{}{}", item.out, item.err);
    for known in ["category: null", "classification: null", "nonstandard: false"] {
        assert!(item.out.contains(known), "{known}: {}", item.out);
    }
    assert!(item.err.contains("leaves open what 740.17 needs (category, classification)"));
    let sale = format!(
        "date: 2026-09-24\nactivity: export\ndestination: VN\n{}parties: [{{role: end-user, country: VN, \
         sector: private-other, state_owned_percent: 0, us_subsidiary: false, lists: []}}]\n\
         end_use: {{purposes: [internal-business-use], knows: []}}\nnotices: []\nred_flags: []\n",
        item.out.replace("classification: null", "classification: self-classified")
    );
    std::fs::write(folder.join("sale.yaml"), sale).unwrap();
    let check = json(&exeat_in(&folder, &["check", "sale.yaml", "--format", "json"], ""));
    assert_eq!(check["questions"][0]["fact"], "items[0].encryption.category", "{check}");
    // What the answers say of it is there.
    let penetrates = release
        .replace("\"network-penetration\"\nvalue = false", "\"network-penetration\"\nvalue = true");
    std::fs::write(folder.join("export.toml"), penetrates).unwrap();
    let item = exeat_in(&folder, &["classify", "--item", "export.toml"], "");
    assert!(item.out.contains("category: network-penetration"), "{}", item.out);
}
