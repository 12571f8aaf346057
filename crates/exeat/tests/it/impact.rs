//! Which transactions of a portfolio come out differently.

use crate::{exeat, exeat_in, folder};
use serde_json::Value;

/// A police force of the Emirates, and a bank, each with a value; and a line that is none.
fn portfolio() -> String {
    let line = |id: &str, sector: &str, value: u32| {
        format!(
            "{{\"id\": \"{id}\", \"date\": \"2022-06-01\", \"activity\": \"export\", \"from\": \"US\", \
             \"destination\": \"AE\", \"items\": [{{\"eccn\": \"4D004\", \"form\": \"object-code\", \
             \"value_usd\": {value}}}], \"parties\": [{{\"role\": \"end-user\", \"country\": \"AE\", \
             \"sector\": \"{sector}\", \"government_of\": \"AE\", \"state_owned_percent\": 0, \
             \"lists\": []}}], \"end_use\": {{\"purposes\": [\"defensive-testing\"], \"knows\": []}}, \
             \"notices\": [], \"red_flags\": []}}\n"
        )
    };
    [line("police-1", "police", 1500), "nonsense\n".to_owned(), line("bank-1", "bank", 700)]
        .concat()
}

fn json(arguments: &[&str], input: &str) -> (Value, i32) {
    let run = exeat(&[&["impact", "-", "--format", "json"], arguments].concat(), input);
    (serde_json::from_str(&run.out).unwrap(), run.code)
}

#[test]
fn the_day_ace_began_changes_what_it_opened_and_bad_lines_are_told_in_their_place() {
    let (report, code) = json(&["--from", "2022-03-01", "--to", "2022-05-26"], &portfolio());
    assert_eq!(code, 1, "a line could not be read");
    assert_eq!(report["transactions"], 2);
    assert_eq!(report["errors"][0]["line"], 2);
    let groups = report["groups"].as_array().unwrap();
    let named = |id: &str| {
        groups.iter().find(|it| it["transactions"].as_array().unwrap().iter().any(|it| it == id))
    };
    let police = named("police-1").unwrap();
    assert_eq!(police["after"]["outcome"], "license-required", "{police}");
    assert_eq!(police["deciding"]["citation"], "740.22(c)(2)", "{police}");
    assert_eq!(police["value_usd"], 1500);
    let (same, _) = json(&["--from", "2022-06-01", "--to", "2022-06-01"], &portfolio());
    assert_eq!((&same["changed"], &same["groups"]), (&0.into(), &serde_json::json!([])));
}

#[test]
fn a_proposed_rule_is_tried_on_the_portfolio() {
    let today = portfolio().replace("2022-06-01", "2026-09-24").replace("AE", "FR");
    let (report, _) = json(&["--also", "proposed"], &today);
    assert_eq!(report["changed"], 1, "{report}");
    let group = &report["groups"][0];
    assert_eq!(group["transactions"], serde_json::json!(["police-1"]));
    assert_eq!(group["after"]["outcome"], "needs-review");
}

#[test]
fn two_rulebooks_are_compared_and_the_order_is_that_of_the_input() {
    const RULEBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks/us-ear");
    let folder = folder("impact");
    let lines = portfolio().replace("nonsense\n", "");
    std::fs::write(folder.join("p.jsonl"), lines.repeat(20)).unwrap();
    let same = ["impact", "p.jsonl", "--rules-to", RULEBOOK];
    let run = exeat_in(&folder, &same, "");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("None of 40 transactions"), "{}", run.out);
    assert!(run.err.contains("a second"), "{}", run.err);
    let days = ["impact", "p.jsonl", "--from", "2022-03-01", "--to", "2022-05-26"];
    let (first, second) = (exeat_in(&folder, &days, ""), exeat_in(&folder, &days, ""));
    assert_eq!(first.out, second.out);
    assert!(first.out.contains("US$ 30,000"), "{}", first.out);
}

#[test]
fn it_must_be_said_what_differs() {
    assert_eq!(exeat(&["impact", "-"], "").code, 2);
    assert_eq!(exeat(&["impact", "-", "--from", "2022-01-01"], "").code, 2);
}

#[test]
fn a_table_has_a_row_for_each_transaction_that_changes() {
    let lines = portfolio().replace("police-1", "=police-1");
    let arguments =
        ["impact", "-", "--format", "csv", "--from", "2022-03-01", "--to", "2022-05-26"];
    let run = exeat(&arguments, &lines);
    assert_eq!(run.code, 1, "a line could not be read");
    let mut rows = run.out.lines();
    assert!(rows.next().unwrap().starts_with("transaction,before,"), "{}", run.out);
    let police = rows.find(|it| it.contains("police-1")).unwrap();
    assert!(police.starts_with("'=police-1,"), "no formula: {police}");
    assert!(police.contains(",license-required,,740.22(c)(2),"), "{police}");
    assert!(police.ends_with(",1500.00"), "{police}");
    assert!(run.err.contains("line 2"), "{}", run.err);
}

#[test]
fn a_packed_portfolio_is_told_byte_for_byte_as_its_lines() {
    let folder = folder("impact-packed");
    let ones = portfolio().replace("nonsense\n", "");
    let open = ones.replace("\"sector\": \"bank\", ", "").replace("bank-1", "who-1");
    let unnamed = ones.replace("\"id\": \"police-1\", ", "");
    let odd = ones.replace("\"items\"", "\"transit\": [\"SA\"], \"items\"");
    let lines = [ones.repeat(3), open, unnamed, odd.replace("police-1", "through-1")].concat();
    std::fs::write(folder.join("p.jsonl"), &lines).unwrap();
    let days = ["--from", "2022-03-01", "--to", "2022-05-26"];
    let run = |arguments: &[&str]| {
        let run = exeat_in(&folder, &[&["impact"], arguments, &days].concat(), "");
        assert_eq!(run.code, 0, "{}", run.err);
        run
    };
    let packed = run(&["p.jsonl", "--pack", "p.packed"]);
    assert!(
        packed.out.is_empty() && packed.err.contains("12 transactions packed"),
        "{}",
        packed.err
    );
    for format in ["text", "json", "csv"] {
        let (from_lines, from_packed) =
            (run(&["p.jsonl", "--format", format]), run(&["p.packed", "--format", format]));
        assert_eq!(from_lines.out, from_packed.out);
        assert!(from_packed.err.contains("12 transactions, each under two laws"));
        assert!(from_packed.out.contains("740.22(c)(2)"), "{}", from_packed.out);
    }
}

/// A thousand lines and more are packed as they come; fewer are decided one by one.
#[test]
fn many_lines_are_told_as_a_few_at_a_time() {
    let folder = folder("impact-many");
    let ones = portfolio();
    let open = ones.replace("\"sector\": \"bank\", ", "").replace("bank-1", "who-1");
    let odd = ones.replace("\"items\"", "\"transit\": [\"SA\"], \"items\"");
    let some = [ones, open, odd.replace("police-1", "through-1"), "\n".to_owned()].concat();
    let blank = some.lines().count();
    let one = |number: usize| some.replace("-1\"", &format!("-{number}\""));
    let days = ["--from", "2022-03-01", "--to", "2022-05-26", "--format", "csv"];
    let run = |name: &str, lines: &str| {
        std::fs::write(folder.join(name), lines).unwrap();
        let run = exeat_in(&folder, &[&["impact", name], &days[..]].concat(), "");
        assert_eq!(run.code, 1, "bad lines: {}", run.err);
        let rows: Vec<String> = run.out.lines().skip(1).map(str::to_owned).collect();
        (rows, run.err.matches("nonsense").count() + run.err.matches("error: ").count())
    };
    let parts: Vec<String> =
        (0..3).map(|part| (0..40).map(|it| one(40 * part + it)).collect()).collect();
    let (mut rows, mut told) = (Vec::new(), 0);
    for part in &parts {
        assert!(part.lines().count() < 1000);
        let (found, failed) = run("few.jsonl", part);
        rows.extend(found);
        told += failed;
    }
    let all = parts.concat();
    assert!(all.lines().count() > 1000 && blank == 10);
    let (mut found, failed) = run("many.jsonl", all.trim_end());
    // By the deciding paragraph first, and within it as they came.
    rows.sort_by_key(|it| it.splitn(3, ',').last().map(str::to_owned));
    found.sort_by_key(|it| it.splitn(3, ',').last().map(str::to_owned));
    let differs = rows.iter().zip(&found).find(|it| it.0 != it.1);
    assert_eq!((differs, rows.len()), (None, found.len()));
    assert_eq!(failed, told);
    assert!(found.len() > 240, "{} changes", found.len());
    let last = run("many.jsonl", &format!("{all}{{\"broken\n")).1;
    assert_eq!(last, told + 1);
}

#[test]
fn what_was_packed_for_something_else_is_refused() {
    let folder = folder("impact-stale");
    std::fs::write(folder.join("p.jsonl"), portfolio().replace("nonsense\n", "")).unwrap();
    let with = |arguments: &[&str]| exeat_in(&folder, &[&["impact"], arguments].concat(), "");
    let packed =
        with(&["p.jsonl", "--pack", "p.packed", "--from", "2022-03-01", "--to", "2022-05-26"]);
    assert_eq!(packed.code, 0, "{}", packed.err);
    for (more, why) in [
        (&["--from", "2022-03-01", "--to", "2022-05-27"][..], "other days"),
        (&["--from", "2022-03-01", "--to", "2022-05-26", "--strict"][..], "other presumptions"),
    ] {
        let run = with(&[&["p.packed"], more].concat());
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.err.contains(why) && run.err.contains("--pack"), "{}", run.err);
        assert!(run.out.is_empty(), "{}", run.out);
    }
    let bytes = std::fs::read(folder.join("p.packed")).unwrap();
    std::fs::write(folder.join("half.packed"), &bytes[..bytes.len() / 2]).unwrap();
    let run = with(&["half.packed", "--from", "2022-03-01", "--to", "2022-05-26"]);
    assert_eq!(run.code, 1, "{}", run.out);
}

#[test]
fn a_portfolio_that_cannot_be_read_to_its_end_is_not_packed() {
    let folder = folder("impact-unpacked");
    std::fs::write(folder.join("p.jsonl"), portfolio()).unwrap();
    std::fs::write(folder.join("empty.jsonl"), "\n").unwrap();
    let days = ["--from", "2022-03-01", "--to", "2022-05-26"];
    for (file, said) in [
        ("p.jsonl", "nothing was packed: 1 of 3 lines could not be read"),
        ("empty.jsonl", "nothing to decide"),
    ] {
        let pack = [&["impact", file, "--pack", "p.packed"][..], &days].concat();
        let run = exeat_in(&folder, &pack, "");
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains(said), "{}", run.err);
        assert!(!folder.join("p.packed").exists());
    }
    let run = exeat_in(&folder, &[&["impact", "empty.jsonl"][..], &days].concat(), "");
    assert_eq!(run.code, 1, "{}", run.out);
}

#[test]
fn a_day_after_alone_is_compared_with_the_day_of_each_transaction() {
    let sales = portfolio().replace("2022-06-01", "2022-03-01").replace("nonsense\n", "");
    let (report, code) = json(&["--to", "2022-05-26"], &sales);
    assert_eq!(code, 0, "{report}");
    assert!(report["before"].as_str().unwrap().contains("the law of each day"), "{report}");
    assert!(report["changed"].as_u64().unwrap() > 0, "{report}");
}
