use super::write;
use crate::api::fields::{OBJECTS, schema};
use crate::json::Layout;
use crate::sample;
use serde_json::Value;

fn written(layout: Layout) -> Value {
    let mut bytes = Vec::new();
    write(&sample::chain(), layout, &mut bytes);
    serde_json::from_slice(&bytes).unwrap()
}

/// Whether a value fits a schema, as far as our schemas go: the first place where it does not.
fn misfit(value: &Value, schema: &Value, root: &Value, path: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = &root["$defs"][name.trim_start_matches("#/$defs/")];
        assert!(definition.is_object(), "{name} is not defined");
        return misfit(value, definition, root, path);
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return (!allowed.contains(value)).then(|| format!("{path}: {value} is not allowed"));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            panic!("{path}: a schema without a type")
        }
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if it.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(elements) => {
            if let Some(bad) = elements.iter().enumerate().find_map(|(place, it)| {
                misfit(it, &schema["items"], root, &format!("{path}[{place}]"))
            }) {
                return Some(bad);
            }
            "array"
        }
        Value::Object(entries) => {
            let properties = schema["properties"].as_object().unwrap();
            for required in schema["required"].as_array().unwrap() {
                if !entries.contains_key(required.as_str().unwrap()) {
                    return Some(format!("{path}: {required} is missing"));
                }
            }
            for (key, value) in entries {
                let path = format!("{path}.{key}");
                let Some(property) = properties.get(key) else {
                    return Some(format!("{path} is not in the schema"));
                };
                if let Some(bad) = misfit(value, property, root, &path) {
                    return Some(bad);
                }
            }
            "object"
        }
    };
    (!kinds.contains(&kind)).then(|| format!("{path}: {kind}, not {kinds:?}"))
}

#[test]
fn an_answer_fits_its_schema() {
    let schema = schema();
    for layout in [Layout::Line, Layout::Pretty] {
        let answer = written(layout);
        assert_eq!(misfit(&answer, &schema["$defs"]["determination"], &schema, "answer"), None);
    }
}

#[test]
fn the_schema_refuses_what_is_not_an_answer() {
    let schema = schema();
    let mut answer = written(Layout::Line);
    answer["outcome"] = Value::from("fine");
    let bad = misfit(&answer, &schema["$defs"]["determination"], &schema, "answer");
    assert_eq!(bad.unwrap(), "answer.outcome: \"fine\" is not allowed");
}

#[test]
fn every_field_of_the_table_is_written_in_its_order() {
    let mut bytes = Vec::new();
    write(&sample::chain(), Layout::Line, &mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let answer: Value = serde_json::from_str(&text).unwrap();
    let samples = [
        ("determination", &answer),
        ("leg", &answer["legs"][0]),
        ("item", &answer["items"][0]),
        ("requirement", &answer["items"][0]["requirements"][0]),
        ("exception", &answer["items"][0]["exceptions"][0]),
        ("node", &answer["because"][0]),
        ("question", &answer["questions"][0]),
        ("condition", &answer["conditions"][0]),
        ("clearance", &answer["clearance"]),
        ("rulebook", &answer["rulebook"]),
    ];
    for (name, sample) in samples {
        let object = OBJECTS.iter().find(|it| it.name == name).unwrap();
        for field in object.fields.iter().filter(|it| !matches!(it.name, "id" | "label")) {
            assert!(sample.get(field.name).is_some(), "{name}.{} is not written", field.name);
        }
    }
    let first = OBJECTS[0].fields.iter().filter(|it| it.name != "label");
    let places: Vec<usize> =
        first.map(|it| text.find(&format!("\"{}\":", it.name)).unwrap()).collect();
    assert_eq!(places[0], 1, "the answer begins with its id");
}

#[test]
fn unknown_is_null_and_an_id_not_given_is_left_out() {
    let answer = written(Layout::Line);
    assert!(answer["clearance"]["eei_required"].is_null());
    assert!(answer["derived"][0]["value"].is_null());
    assert_eq!(answer["id"], "a \"quoted\" id");
    assert!(answer["legs"][0].get("id").is_none());
    assert!(answer["legs"][0].get("rulebook").is_none());
    assert_eq!(answer["legs"][1]["label"], "his sale");
}
