//! `--format json` of the commands whose answers are documented in `schema/commands.schema.json`.

use super::{exeat, exeat_in, folder};
use serde_json::Value;
use std::path::Path;

/// Whether a value has the form that a schema says, as far as our schemas say it.
fn fits(value: &Value, schema: &Value, root: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return fits(value, root.pointer(&format!("/$defs/{name}")).unwrap(), root);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let any = choices.iter().any(|it| fits(value, it, root).is_ok());
        return if any { Ok(()) } else { Err(format!("{value} is none of {schema}")) };
    }
    if let Some(words) = schema["enum"].as_array() {
        return if words.contains(value) { Ok(()) } else { Err(format!("{value}: {schema}")) };
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        _ => value.is_null(),
    };
    let right = match &schema["type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    };
    if !right {
        return Err(format!("{value} is no {}", schema["type"]));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(key).is_none() {
            return Err(format!("`{key}` is not in {value}"));
        }
    }
    if schema["additionalProperties"] == false {
        for (key, inner) in value.as_object().into_iter().flatten() {
            let of_key = schema["properties"].get(key).ok_or(format!("`{key}` is not told"))?;
            fits(inner, of_key, root).map_err(|it| format!("{key}: {it}"))?;
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        fits(inner, &schema["items"], root)?;
    }
    Ok(())
}

fn told(folder: &Path, name: &str, arguments: &[&str], code: i32) -> Value {
    let run = exeat_in(folder, &[arguments, &["--format", "json"]].concat(), "");
    assert_eq!(run.code, code, "{name}: {}{}", run.out, run.err);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    let schema: Value = serde_json::from_str(&exeat(&["schema", "commands"], "").out).unwrap();
    let of_name = schema.pointer(&format!("/properties/{name}")).unwrap();
    fits(&value, of_name, &schema).map_err(|it| format!("{name}: {it}")).unwrap();
    value
}

#[test]
fn what_reads_the_law_has_an_answer_for_machines() {
    let folder = folder("commands-law");
    let explained = told(&folder, "explain", &["explain", "740.22(c)(2)"], 0);
    assert_eq!(explained["citation"], "740.22(c)(2)");
    assert!(!explained["blocks"].as_array().unwrap().is_empty());
    let shown = told(&folder, "rules-show", &["rules", "show", "740.22(c)(2)"], 0);
    assert_eq!(shown, explained);
    let days = ["rules", "diff", "2025-09-01", "2025-12-01"];
    assert!(!told(&folder, "rules-diff", &days, 0)["changes"].as_array().unwrap().is_empty());
    let checked = told(&folder, "rules-check", &["rules", "check"], 0);
    assert!(checked["rulebook"]["blocks"].as_u64().unwrap() > 100, "{checked}");
    std::fs::create_dir(folder.join("bad")).unwrap();
    std::fs::write(folder.join("bad/rulebook.toml"), "name = 1\n").unwrap();
    let bad = told(&folder, "rules-check", &["rules", "check", "bad"], 1);
    assert_eq!(
        (&bad["refused"], &bad["problems"][0]["file"]),
        (&true.into(), &"rulebook.toml".into())
    );
}

#[test]
fn what_is_asked_of_one_transaction_fits_its_schema() {
    let folder = folder("commands-one");
    let bank = ["--example", "vietnam-bank"];
    told(&folder, "what-if", &[&["what-if"], &bank[..]].concat(), 0);
    told(&folder, "why-not", &[&["why-not", "ACE"], &bank[..]].concat(), 0);
    told(&folder, "atlas", &[&["atlas"], &bank[..]].concat(), 0);
    let sale = "{\"date\": \"2026-09-24\", \"activity\": \"export\", \"destination\": \"VN\"}\nx\n";
    std::fs::write(folder.join("sales.jsonl"), sale).unwrap();
    let days = ["impact", "sales.jsonl", "--from", "2022-03-01", "--to", "2026-09-24"];
    assert_eq!(told(&folder, "impact", &days, 1)["errors"][0]["line"], 2);
    let application = ["application", "--example", "vietnam-police"];
    told(&folder, "application", &application, 3);
    let examples = told(&folder, "examples", &["examples"], 0);
    assert!(examples["examples"].as_array().unwrap().len() > 5);
    let one = exeat(&["examples", "vietnam-bank", "--format", "json"], "");
    let one: Value = serde_json::from_str(&one.out).unwrap();
    let check = exeat(&["check", "-"], one["transaction"].to_string());
    assert_eq!(check.code, 0, "{}", check.out);
}

#[test]
fn what_is_kept_is_told_to_machines() {
    let folder = folder("commands-records");
    let records = ["--records", "records.db"];
    let of = |arguments: &[&str]| -> Vec<String> {
        arguments.iter().chain(&records).map(|it| (*it).to_owned()).collect()
    };
    let run = |name: &str, arguments: &[&str], code: i32| {
        let arguments = of(arguments);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        told(&folder, name, &arguments, code)
    };
    let check = of(&["check", "--record", "--example", "israel-csirt"]);
    let check: Vec<&str> = check.iter().map(String::as_str).collect();
    let made = exeat_in(&folder, &check, "");
    let name = made.err.lines().find_map(|it| it.strip_prefix("recorded as ")).unwrap();
    let record = format!("determination/{name}");
    let shown = run("audit-show", &["audit", "show", &record], 0);
    assert_eq!(shown["events"][0]["kind"], "made");
    assert!(shown["kept"].as_str().unwrap().contains("kept until"), "{shown}");
    assert_eq!(run("audit-holds", &["audit", "holds"], 0)["holds"], serde_json::json!([]));
    let hold = of(&["audit", "hold", &record, "--by", "ada", "--why", "asked"]);
    let hold: Vec<&str> = hold.iter().map(String::as_str).collect();
    assert_eq!(exeat_in(&folder, &hold, "").code, 0);
    assert_eq!(run("audit-holds", &["audit", "holds"], 0)["holds"][0]["record"], record.as_str());
    let key = run("keys-add", &["keys", "add", "shop", "--scope", "check"], 0);
    assert!(key["key"].is_string());
    let keys = run("keys-list", &["keys", "list"], 0);
    assert_eq!((&keys["keys"][0]["id"], &keys["keys"][0]["key"]), (&key["id"], &Value::Null));
    run("replay", &["replay", &record], 0);
    let exported = run("audit-export", &["audit", "export", "bundle"], 0);
    let copied = run("backup", &["backup", "copy.db"], 0);
    assert_eq!(exported["head"], copied["head"]);
    let placed = told(&folder, "restore", &["restore", "copy.db", "--records", "new.db"], 0);
    assert_eq!((&placed["head"], &placed["to"]), (&copied["head"], &"new.db".into()));
    told(&folder, "lists-status", &["lists", "status"], 0);
    let health = run("doctor", &["doctor"], 1);
    assert_eq!(health["well"], false, "the small list is no screening: {health}");
}
