//! What a person reads on a narrow terminal.

use super::screen::{data, sale};
use super::{folder, run};
use std::path::Path;

fn narrow(data: &Path, arguments: &[&str], input: &str) -> String {
    let environment = [("EXEAT_DATA", data.to_str().unwrap()), ("COLUMNS", "40")];
    run(data, arguments, input, &environment).out
}

#[test]
fn lines_are_no_longer_than_forty_columns_are_wide() {
    let data = data("narrow");
    sale(&data, "NSO Gruppe");
    let line = |id: &str, activity: &str| {
        format!("{{\"id\": \"{id}\", \"date\": \"2026-09-24\", \"activity\": \"{activity}\"}}\n")
    };
    let lines = [line("a-rather-long-name-of-an-order", "export"), line("b", "smuggling")].concat();
    for (arguments, input) in [
        (&["check", "sale.yaml"][..], ""),
        (&["check", "--input", "jsonl", "-"], &lines),
        (&["what-if", "sale.yaml"], ""),
        (&["why-not", "ACE", "sale.yaml"], ""),
        (&["atlas", "sale.yaml"], ""),
        (&["lists", "status"], ""),
        (&["screen", "NSO Gruppe", "--max-list-age", "40000"], ""),
        (&["examples"], ""),
        (&["rules", "diff", "2025-09-01", "2025-12-01"], ""),
    ] {
        let text = narrow(&data, arguments, input);
        assert!(text.lines().count() > 3, "{arguments:?}: {text}");
        for line in text.lines() {
            // A digest, a path of a field and the like are never broken, and errors are left as
            // they are, so that they can be searched for.
            let is_whole = !line.trim().contains(' ') || line.contains("Snapshot ");
            let is_whole = is_whole || line.starts_with("error: ");
            assert!(line.chars().count() <= 40 || is_whole, "{arguments:?}: `{line}`\n{text}");
        }
    }
}

#[test]
fn a_table_is_folded_where_it_has_no_room_and_says_the_same() {
    let data = data("narrow-table");
    let text = narrow(&data, &["lists", "status"], "");
    assert!(text.contains("DPL   1 entries of 2026-09-23"), "{text}");
    let text = narrow(&folder("narrow-examples"), &["examples"], "");
    assert!(
        text.starts_with("canada-red-team\n  ") || text.contains("\nvietnam-bank\n  "),
        "{text}"
    );
}
