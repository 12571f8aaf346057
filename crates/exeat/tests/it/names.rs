//! Names are searched wherever a transaction is decided, or the answer says that they were not.

use super::screen::{SALE, data, exeat, sale};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn json(data: &Path, arguments: &[&str]) -> Value {
    let run = exeat(data, &[arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_if_begins_with_the_answer_of_check() {
    let data = data("names-what-if");
    sale(&data, "Brotfabrik Kiel");
    let clear = json(&data, &["what-if", "sale.yaml"]);
    assert_eq!(clear["outcome"], "no-license-required", "{clear}");
    assert_eq!(clear["names"]["searched"], true);
    assert_eq!(clear["names"]["lists"][0]["date"], "2026-09-23");
    sale(&data, "NSO Gruppe");
    let open = json(&data, &["what-if", "sale.yaml"]);
    assert_eq!(open["outcome"], "needs-review");
    assert_eq!(open["names"]["screening"][0]["listed"], "NSO Group");
    let text = exeat(&data, &["what-if", "sale.yaml"]).out;
    assert!(words(&text).contains("1 match is not decided"), "{text}");
    // What a person decided counts as it does in a check.
    let said = ["--entry", "EL:e1", "--other", "--by", "kim", "--why", "seen", "--on"];
    let whom = ["screen", "decide", "--transaction", "sale.yaml", "--subject", "parties[0]"];
    let run = exeat(&data, &[&whom[..], &said[..], &["2026-09-24"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let other = json(&data, &["what-if", "sale.yaml"]);
    assert_eq!(other["outcome"], "no-license-required", "{other}");
    assert_eq!(other["names"]["screening"][0]["verdict"], "other");
}

#[test]
fn where_no_names_are_searched_that_is_said_and_nobody_is_cleared() {
    let data = data("names-not");
    sale(&data, "Brotfabrik Kiel");
    for command in ["what-if", "atlas"] {
        let told = json(&data, &[command, "sale.yaml", "--no-screening"]);
        assert_eq!(told["names"]["searched"], false, "{command}");
        assert!(told["names"]["why"].as_str().unwrap().contains("--no-screening"), "{command}");
        let text = exeat(&data, &[command, "sale.yaml", "--no-screening"]).out;
        assert!(words(&text).contains("Names were not searched"), "{text}");
        // Who is named nowhere, or whose listings are stated, asks for no search.
        let stated = SALE.replace("name: NAME", "name: A, lists: []");
        fs::write(data.join("stated.yaml"), stated).unwrap();
        let told = json(&data, &[command, "stated.yaml"]);
        assert_eq!(told["names"]["searched"], Value::Null, "{command}");
    }
}

#[test]
fn the_atlas_answers_each_place_as_check_does() {
    let data = data("names-atlas");
    for (name, outcome) in
        [("Brotfabrik Kiel", "no-license-required"), ("Zolotoy Parovoz", "needs-review")]
    {
        sale(&data, name);
        let atlas = json(&data, &["atlas", "sale.yaml"]);
        let places = atlas["places"].as_array().unwrap();
        let germany = places.iter().find(|it| it["country"] == "DE").unwrap();
        assert_eq!(germany["outcome"], outcome, "{name}: {germany}");
        let free = places.iter().filter(|it| it["outcome"] == "no-license-required").count();
        assert_eq!(free > 150, outcome == "no-license-required", "{name}: {free}");
    }
}

#[test]
fn lists_that_cannot_be_read_answer_nothing() {
    let data = data("names-unreadable");
    sale(&data, "Brotfabrik Kiel");
    fs::write(data.join("lists/current.snapshot"), "no snapshot").unwrap();
    for command in ["what-if", "atlas"] {
        let run = exeat(&data, &[command, "sale.yaml"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{command}");
        assert!(run.err.contains("the lists cannot be searched"), "{}", run.err);
    }
}

#[test]
fn impact_says_of_how_many_names_nothing_is_known_and_searches_them_when_told() {
    let data = data("names-impact");
    let line = |name: &str| {
        let sale = SALE.replace("NAME", name).replace("EAR99", "4D004").replace("DE", "FR");
        format!("{}\n", as_json(&sale))
    };
    let all = [line("Brotfabrik Kiel"), line("NSO Group")].concat();
    fs::write(data.join("all.jsonl"), all).unwrap();
    let days = ["impact", "all.jsonl", "--from", "2022-03-01", "--to", "2026-09-24"];
    let plain = json(&data, &days);
    assert_eq!(plain["names_searched"], false);
    assert_eq!(plain["names_not_searched"], 2);
    let text = exeat(&data, &days).out;
    assert!(words(&text).contains("2 of the transactions name somebody"), "{text}");
    let age = ["--screening", "--max-list-age", "40000"];
    let searched = json(&data, &[&days[..], &age[..]].concat());
    assert_eq!(
        (&searched["names_searched"], &searched["names_not_searched"]),
        (&true.into(), &0.into())
    );
    assert_eq!(searched["changed"], 1, "the clear name comes under ACE: {searched}");
    let packed = ["--pack", "all.pack"];
    let run = exeat(&data, &[&days[..], &packed[..]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let mut of_pack = days;
    of_pack[1] = "all.pack";
    assert_eq!(json(&data, &of_pack)["names_not_searched"], 2);
    let run = exeat(&data, &[&of_pack[..], &age[..]].concat());
    assert_eq!(run.code, 1, "{}", run.out);
}

/// The sale as a line: the keys and values stand as JSON already but for the names of keys.
fn as_json(yaml: &str) -> String {
    let mut fields = Vec::new();
    for line in yaml.lines() {
        let (key, value) = line.split_once(": ").unwrap();
        fields.push(format!("\"{key}\": {}", quoted(value)));
    }
    format!("{{{}}}", fields.join(", "))
}

/// Puts quotes around every bare word of a flow of YAML.
fn quoted(value: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let end = |word: &mut String, out: &mut String| {
        let text = word.trim();
        let bare = text.is_empty() || text.parse::<i64>().is_ok() || text == "false";
        let quote = if bare { "" } else { "\"" };
        out.extend([quote, text, quote]);
        word.clear();
    };
    for it in value.chars() {
        if matches!(it, '[' | ']' | '{' | '}' | ',' | ':') {
            end(&mut word, &mut out);
            out.push(it);
        } else {
            word.push(it);
        }
    }
    end(&mut word, &mut out);
    out
}
