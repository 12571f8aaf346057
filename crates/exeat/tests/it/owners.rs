//! Owners of a party: how they are asked for, and what names nobody.

use super::screen::{SALE, at, data, exeat, json};
use super::{Run, run};
use std::fs;
use std::path::{Path, PathBuf};

/// A day on which listed owners count, with the list of the day before and the sale without owners.
fn owned(name: &str) -> PathBuf {
    let data = data(name);
    let lists = ["lists", "import", "list.csv", "--current-on", "2025-10-14", "--accept-shrunken"];
    assert_eq!(exeat(&data, &lists).code, 0);
    let sale = SALE.replace("2026-09-24", "2025-10-15").replace("NAME", "Brotfabrik Kiel");
    fs::write(data.join("sale.yaml"), sale).unwrap();
    data
}

fn asked(data: &Path, answers: &str) -> Run {
    let data_folder = [("EXEAT_DATA", data.to_str().unwrap())];
    run(
        data,
        &["ask", "sale.yaml", "--out", "asked.yaml"],
        format!("{answers}\nquit\n"),
        &data_folder,
    )
}

#[test]
fn who_owns_a_party_is_answered_with_names_and_shares_and_nothing_else() {
    let data = owned("screen-owners");
    for answer in [
        "I don't know",
        "yes",
        "no",
        "empty list",
        "it is on the Entity List",
        "Backhaus 60 % (Entity List)",
        "Backhaus 60",
        "the others 40%",
    ] {
        let run = asked(&data, answer);
        assert_eq!(run.code, 4, "{answer}: {}", run.out);
        assert!(run.out.contains("leave it open where the owners are not known"), "{}", run.out);
        assert!(!data.join("asked.yaml").exists(), "{answer}");
    }
    let run = asked(&data, "60% Backhaus; Qwrtz (40 %)");
    assert_eq!(run.code, 0, "{}", run.out);
    let saved = fs::read_to_string(data.join("asked.yaml")).unwrap();
    for part in ["name: Backhaus\n", "percent: 60\n", "name: Qwrtz\n", "percent: 40\n"] {
        assert!(saved.contains(part), "{saved}");
    }
    for listed in ["NSO Group 60%", "60% NSO Group; Qwrtz", "NSO Group"] {
        let run = asked(&data, listed);
        assert_eq!(run.code, 4, "{listed}: {}", run.out);
        assert!(run.out.contains("NSO Group"), "{}", run.out);
    }
}

#[test]
fn the_name_of_an_owner_with_more_in_it_than_a_name_clears_nobody() {
    let data = owned("screen-owner-names");
    let sale = fs::read_to_string(data.join("sale.yaml")).unwrap();
    let outcome = |owner: &str| {
        let with = format!("us_subsidiary: false, owners: [{{name: {owner}}}]");
        fs::write(data.join("o.yaml"), sale.replace("us_subsidiary: false", &with)).unwrap();
        let run = exeat(&data, &["check", "o.yaml", "--format", "json"]);
        at(&json(&run), "/outcome").as_str().unwrap().to_owned()
    };
    for owner in ["Backhaus 60%", "I don't know", "it is on the Entity List", "the others"] {
        assert_eq!(outcome(owner), "needs-review", "{owner}");
    }
    assert_eq!(outcome("Backhaus"), "no-license-required");
}
