//! The same transaction in three formats, and texts that are no transaction at all.

use crate::transaction::Transaction;
use crate::transaction::read::{Format, InputErrors, read};
use proptest::prelude::*;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A transaction with every key.
const FULL: &str = include_str!("full.json");

fn yaml(value: &Value, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                write!(out, "\n{margin}{key}:").expect("written");
                yaml(value, indent + 2, out);
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for value in values {
                write!(out, "\n{margin}-").expect("written");
                yaml(value, indent + 2, out);
            }
        }
        Value::String(text) if is_plain(text) => write!(out, " {text}").expect("written"),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => write!(out, " {value}").expect("written"),
    }
}

/// Whether a text needs no quotation marks in YAML, numbers and Norway included.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._".contains(&it))
}

fn toml(value: &Value) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Object(map) => {
            let told = map.iter().filter(|it| !it.1.is_null());
            let members = told.map(|(key, it)| format!("{key} = {}", toml(it))).collect();
            format!("{{ {} }}", list(members))
        }
        Value::Array(values) => format!("[{}]", list(values.iter().map(toml).collect())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn in_three_formats(value: &Value) -> [(Format, String); 3] {
    let mut block = String::new();
    yaml(value, 0, &mut block);
    let keys = value.as_object().expect("an object").iter();
    let lines: Vec<_> = keys.map(|(key, value)| format!("{key} = {}\n", toml(value))).collect();
    [(Format::Json, format!("{value:#}")), (Format::Yaml, block), (Format::Toml, lines.concat())]
}

fn read_in_three_formats(value: &Value) -> [Result<Transaction, InputErrors>; 3] {
    in_three_formats(value).map(|(format, text)| read(format, text.as_bytes()))
}

fn full() -> Value {
    serde_json::from_str(FULL).expect("JSON")
}

#[test]
fn a_transaction_with_every_key_reads_the_same_in_three_formats() {
    let [json, yaml, toml] = read_in_three_formats(&full());
    let json = json.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(yaml.unwrap_or_else(|error| panic!("{error}")), json);
    assert_eq!(toml.unwrap_or_else(|error| panic!("{error}")), json);
}

#[test]
fn the_transaction_with_every_key_has_every_key() {
    let schema = crate::transaction::schema::transaction_schema();
    let mut keys = std::collections::BTreeSet::new();
    keys_of(&full(), &mut keys);
    for definition in schema["$defs"].as_object().expect("an object").values() {
        for key in definition["properties"].as_object().into_iter().flat_map(|it| it.keys()) {
            assert!(keys.contains(key), "`{key}` is missing in full.json");
        }
    }
}

fn keys_of(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                keys.insert(key.clone());
                keys_of(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|it| keys_of(it, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The folder with worked cases, where it is at hand.
fn shared() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("EXEAT_SHARED").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    #[expect(clippy::print_stderr, reason = "a test that does not run must say so")]
    {
        eprintln!("SKIPPED: no worked cases in {} (set EXEAT_SHARED)", folder.display());
    }
    None
}

#[test]
fn every_worked_case_reads_the_same_in_three_formats() {
    let Some(shared) = shared() else { return };
    let mut count = 0;
    for name in ["cyber", "destinations"] {
        let file = shared.join(format!("cases/{name}.jsonl"));
        for line in std::fs::read_to_string(file).expect("readable").lines() {
            let case: Value = serde_json::from_str(line).expect("JSON");
            let Some(transaction) = case.get("transaction") else { continue };
            let [json, yaml, toml] = read_in_three_formats(transaction);
            let json = json.unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
            assert_eq!(yaml.as_ref(), Ok(&json), "{}", case["id"]);
            assert_eq!(toml.as_ref(), Ok(&json), "{}", case["id"]);
            count += 1;
        }
    }
    assert!(count > 100, "only {count} cases");
}

#[test]
fn every_worked_example_of_the_format_reads() {
    let Some(shared) = shared() else { return };
    let text = std::fs::read_to_string(shared.join("transaction.md")).expect("readable");
    let examples: Vec<_> = text.split("```yaml\n").skip(1).collect();
    assert_eq!(examples.len(), 6);
    for example in examples {
        let example = example.split("```").next().expect("a block");
        let transaction = read(Format::Yaml, example.as_bytes());
        assert!(transaction.is_ok(), "{example}\n{}", transaction.expect_err("faulty"));
    }
}

/// The transaction with every key, in some format, with a few bytes changed.
fn mutated() -> impl Strategy<Value = (Format, Vec<u8>)> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..3_u8);
    (0..3_usize, prop::collection::vec(change, 1..8)).prop_map(|(format, changes)| {
        let (format, text) = in_three_formats(&full())[format].clone();
        let mut bytes = text.into_bytes();
        for (place, byte, how) in changes {
            let place = place.index(bytes.len());
            match how {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, b"{}[]\":,\n -#&*!"[usize::from(byte) % 14]),
                _ => drop(bytes.remove(place)),
            }
        }
        (format, bytes)
    })
}

/// The transaction with every key, with some of its values replaced.
fn replaced() -> impl Strategy<Value = Value> {
    let values = prop::sample::select(vec![
        Value::Null,
        Value::from(true),
        Value::from(-1),
        Value::from(1e300),
        Value::from(0.0001),
        Value::from(""),
        Value::from("DE"),
        Value::from("2026-09-24"),
        Value::from(vec![Value::from("DE")]),
        serde_json::json!({ "role": "end-user" }),
    ]);
    prop::collection::vec((any::<prop::sample::Index>(), values), 1..4).prop_map(|changes| {
        let mut value = full();
        for (place, new) in changes {
            let mut slots = 0;
            count(&value, &mut slots);
            let mut place = place.index(slots);
            replace(&mut value, &mut place, &new);
        }
        value
    })
}

fn count(value: &Value, slots: &mut usize) {
    for member in members(value) {
        *slots += 1;
        count(member, slots);
    }
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(values) => values.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn replace(value: &mut Value, place: &mut usize, new: &Value) -> bool {
    let members: Vec<&mut Value> = match value {
        Value::Object(map) => map.values_mut().collect(),
        Value::Array(values) => values.iter_mut().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for member in members {
        if *place == 0 {
            *member = new.clone();
            return true;
        }
        *place -= 1;
        if replace(member, place, new) {
            return true;
        }
    }
    false
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), format in 0..3_usize) {
        let format = [Format::Json, Format::Yaml, Format::Toml][format];
        let _ = read(format, &bytes);
    }

    #[test]
    fn no_damage_makes_reading_panic((format, bytes) in mutated()) {
        if let Err(errors) = read(format, &bytes) {
            prop_assert!(!errors.errors.is_empty());
            prop_assert!(!errors.to_string().is_empty());
        }
    }

    #[test]
    fn json_and_yaml_agree_on_what_is_wrong(value in replaced()) {
        // TOML has no null, and YAML without quotation marks takes a number for a text.
        let [json, yaml, _] = read_in_three_formats(&value);
        match (json, yaml) {
            (Ok(json), Ok(yaml)) => prop_assert_eq!(json, yaml),
            (Err(json), Err(yaml)) => {
                let paths = |it: &InputErrors| {
                    let mut paths: Vec<_> = it.errors.iter().map(|it| it.path.clone()).collect();
                    paths.sort();
                    paths
                };
                let (json, yaml) = (paths(&json), paths(&yaml));
                prop_assert!(yaml.iter().all(|it| json.contains(it)), "{json:?} {yaml:?}");
            }
            (Err(json), Ok(_)) => {
                let quotes = |it: &super::super::InputError| it.message.starts_with("expected a text");
                prop_assert!(json.errors.iter().all(quotes), "{json}");
            }
            (Ok(_), Err(yaml)) => prop_assert!(false, "{yaml}"),
        }
    }
}
