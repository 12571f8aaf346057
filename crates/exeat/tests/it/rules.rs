//! The tools for those who write and read the rulebook.

use crate::{exeat, exeat_in, folder};

const RULEBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks/us-ear");

#[test]
fn the_rulebook_is_well_formed_and_counted() {
    let run = exeat(&["rules", "check", RULEBOOK], "");
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("us-ear: "), "{}", run.out);
    assert!(run.out.contains("verified through"), "{}", run.out);
}

#[test]
fn a_bad_rulebook_is_refused_with_a_caret() {
    let folder = folder("bad-rulebook");
    std::fs::write(
        folder.join("rulebook.toml"),
        "name = \"toy\"\nfrom = \"2026-01-01\"\nverified_through = \"2026-01-02\"\n",
    )
    .unwrap();
    std::fs::write(folder.join("1.law"), "section 1 \"One\"\n\ndefine x\n  when nonsense\n")
        .unwrap();
    let run = exeat_in(&folder, &["rules", "check", "."], "");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("--> 1.law:"), "{}", run.out);
    assert!(run.out.contains('^'), "{}", run.out);
    let run = exeat_in(&folder, &["check", "--example", "vietnam-bank", "--rules", "."], "");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("the rulebook was refused"), "{}", run.err);
}

#[test]
fn a_paragraph_is_explained_and_shown() {
    let run = exeat(&["explain", "740.22(c)(2)"], "");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("bar ACE 740.22(c)(2)"), "{}", run.out);
    assert!(run.out.contains("740.22(c)(2)(ii)"), "{}", run.out);
    let run = exeat(&["rules", "show", "740.22(c)(2)"], "");
    assert!(run.out.contains("bar ACE (c)(2) from 2022-05-26\n"), "{}", run.out);
}

#[test]
fn a_paragraph_that_is_not_there_is_told_with_its_days_or_the_nearest() {
    let early = exeat(&["explain", "740.22(c)(2)", "--on", "2021-11-01"], "");
    assert_eq!(early.code, 1);
    assert!(early.err.contains("is not in force yet"), "{}", early.err);
    let wrong = exeat(&["explain", "740.22(c)(22)"], "");
    assert!(wrong.err.contains("has no paragraph `740.22(c)(22)`"), "{}", wrong.err);
    assert!(wrong.err.contains("740.22(c)(2)"), "{}", wrong.err);
}

#[test]
fn two_days_are_compared() {
    let run = exeat(&["rules", "diff", "2022-03-07", "2022-06-01"], "");
    assert_eq!(run.code, 0);
    assert!(run.out.contains("bar ACE 740.22(c)(2)"), "{}", run.out);
    let run = exeat(&["rules", "diff", "2026-09-01", "2026-09-01"], "");
    assert!(run.out.contains("0 changes"), "{}", run.out);
}

#[test]
fn rule_files_are_formatted_once() {
    let folder = folder("fmt");
    std::fs::write(
        folder.join("rulebook.toml"),
        "name = \"toy\"\nfrom = \"2026-01-01\"\nverified_through = \"2026-01-02\"\n",
    )
    .unwrap();
    let ugly = "section 1 \"One\"\ndefine x\n      says   \"It  is.\"\n  when always\n";
    std::fs::write(folder.join("1.law"), ugly).unwrap();
    let check = exeat_in(&folder, &["rules", "fmt", "--check", "."], "");
    assert_eq!((check.code, check.out.trim()), (1, "./1.law"));
    assert_eq!(std::fs::read_to_string(folder.join("1.law")).unwrap(), ugly);
    assert_eq!(exeat_in(&folder, &["rules", "fmt", "."], "").code, 0);
    let again = exeat_in(&folder, &["rules", "fmt", "--check", "."], "");
    assert_eq!((again.code, again.out.as_str()), (0, ""));
}

#[test]
fn a_case_whose_names_are_searched_guards_as_it_is_answered() {
    let folder = folder("mutate-searched");
    let page = "# A name\n\n```lists 2026-09-24\nlist,id,name,type\n\
        EL,e1,NSO Group,organization\n```\n\n```case\ndate: 2026-09-24\nactivity: export\n\
        destination: DE\nitems: [{eccn: 4D004, form: object-code}]\n\
        parties: [{role: end-user, name: To be determined, country: DE, sector: bank}]\n\
        end_use: {purposes: [defensive-testing], knows: []}\nnotices: []\nred_flags: []\n\
        expect:\n  outcome: needs-review\n  questions: [\"parties[0].name\"]\n```\n";
    std::fs::write(folder.join("page.md"), page).unwrap();
    // The first change alone: the block silenced.
    let one = ["--only", "740.22(a)", "--every", "1000", "--format", "json"];
    let run = exeat_in(&folder, &[&["rules", "mutate", "page.md"], &one[..]].concat(), "");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.err.as_str(), &answer["cases"]), ("", &1.into()));
    let silenced = &answer["mutants"][0];
    assert_eq!(silenced["kind"], "block silenced");
    assert_eq!(silenced["noticed_by"], "page.md:8 A name");
}

#[test]
fn a_change_of_the_law_is_noticed_by_the_case_that_guards_it_and_by_no_other() {
    let folder = folder("mutate");
    let page = "# Cuba\n\n```case\ndate: 2026-09-24\nactivity: export\ndestination: CU\n\
        items: [{eccn: 4D004, form: object-code}]\n\
        parties: [{role: end-user, country: CU, sector: bank, lists: []}]\n\
        end_use: {purposes: [defensive-testing], knows: []}\n\
        expect:\n  outcome: license-required\n  cites: [740.22(c)(1)]\n```\n";
    std::fs::write(folder.join("page.md"), page).unwrap();
    let only = ["rules", "mutate", "page.md", "--only", "740.22(c)(1)", "--format", "json"];
    let run = exeat_in(&folder, &only, "");
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let mutants = answer["mutants"].as_array().unwrap();
    let of = |block: &str, kind: &str| {
        let mut found = mutants
            .iter()
            .filter(|it| it["block"].as_str().unwrap().starts_with(block) && it["kind"] == kind);
        found.next().unwrap_or_else(|| panic!("{block}: {kind}"))["noticed_by"].clone()
    };
    assert_eq!(of("bar ACE 740.22(c)(1) ", "block silenced"), "page.md:3 Cuba");
    assert!(of("bar ACE 740.22(c)(1)(ii) ", "block silenced").is_null());
    let strict = [&only[..], &["--min", "99"]].concat();
    assert_eq!((run.code, exeat_in(&folder, &strict, "").code), (0, 1));

    // What means the same law is named with its reason, and the name is checked.
    let interim = mutants.iter().find(|it| it["noticed_by"].is_null()).unwrap();
    let entry = |block: &serde_json::Value, what: &serde_json::Value| {
        format!(
            "# same law\n{} :: {} :: nobody asks\n",
            block.as_str().unwrap(),
            what.as_str().unwrap()
        )
    };
    let listed = [&only[..], &["--equivalents", "same.txt"]].concat();
    let judged = |text: &str| {
        std::fs::write(folder.join("same.txt"), text).unwrap();
        let run = exeat_in(&folder, &listed, "");
        let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_default();
        (run.code, answer["changes"].as_u64(), run.err)
    };
    let all = answer["changes"].as_u64().map(|it| it - 1);
    let (code, changes, _) = judged(&entry(&interim["block"], &interim["change"]));
    assert_eq!((code, changes), (0, all));
    let seen = mutants.iter().find(|it| it["noticed_by"].is_string()).unwrap();
    let (code, _, said) = judged(&entry(&seen["block"], &seen["change"]));
    assert!(code == 1 && said.contains("notices it"), "{said}");
    let (code, _, said) = judged(&entry(&interim["block"], &"no change".into()));
    assert!(code == 1 && said.contains("no such change"), "{said}");
    let (code, _, said) = judged("a line\n");
    assert!(code == 1 && said.contains("same.txt:1"), "{said}");
}

#[test]
fn coverage_counts_what_cases_saw() {
    let folder = folder("coverage");
    let bank = exeat(&["examples", "vietnam-bank"], "").out;
    std::fs::write(folder.join("bank.yaml"), bank).unwrap();
    let page = "# Page\n\n## One\n\n```case\ndate: 2026-09-24\nactivity: export\nexpect:\n  outcome: needs-review\n```\n";
    std::fs::write(folder.join("page.md"), page).unwrap();
    let case = "{\"id\": \"a\", \"kind\": \"transaction\", \"transaction\": {\"date\": \"2026-09-24\", \"activity\": \"export\"}}\n{\"id\": \"b\", \"kind\": \"classification\", \"item\": {}}\n";
    std::fs::write(folder.join("cases.jsonl"), case).unwrap();
    let run = exeat_in(
        &folder,
        &["rules", "coverage", "bank.yaml", "page.md", "cases.jsonl", "--format", "json"],
        "",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["cases"], 3);
    let blocks = report["blocks"].as_array().unwrap();
    let bar =
        blocks.iter().find(|it| it["block"] == "bar ACE 740.22(c)(2) from 2022-05-26").unwrap();
    assert!(bar["false"].as_u64().unwrap() >= 1, "{bar}");
    assert!(bar["decisive"].as_u64().unwrap() >= 1, "{bar}");
    let text = exeat_in(&folder, &["rules", "coverage", "bank.yaml"], "");
    assert!(text.out.contains("Never seen true"), "{}", text.out);
}
