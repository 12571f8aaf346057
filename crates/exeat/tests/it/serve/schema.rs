//! Whether a JSON value is as a schema of the OpenAPI document says: the part of JSON Schema that
//! our schemas use, and a panic at any word besides, so that none is passed over.

use serde_json::Value;

/// Words that say nothing of validity.
const SILENT: [&str; 5] = ["description", "title", "format", "examples", "$schema"];

/// What is wrong with a value; nothing where it is as the schema says.
pub(crate) fn problems(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "$", &mut found);
    found
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Value::Object(words) = schema else { panic!("a schema is an object, at {at}: {schema}") };
    let mut wrong = |what: String| found.push(format!("{at}: {what}"));
    for (word, said) in words {
        match word.as_str() {
            "$ref" => {
                let pointer = said.as_str().unwrap().strip_prefix('#').unwrap();
                let target = document.pointer(pointer).expect(pointer);
                check(document, target, value, at, found);
                return;
            }
            "type" => {
                let several = said.as_array().into_iter().flatten().filter_map(Value::as_str);
                let names: Vec<&str> = said.as_str().into_iter().chain(several).collect();
                if !names.iter().any(|it| is(value, it)) {
                    wrong(format!("{value} is none of {names:?}"));
                }
            }
            "enum" => {
                if !said.as_array().unwrap().contains(value) {
                    wrong(format!("{value} is none of {said}"));
                }
            }
            "const" => {
                if said != value {
                    wrong(format!("{value} is not {said}"));
                }
            }
            "required" => {
                for name in said.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.as_object().is_some_and(|it| !it.contains_key(name)) {
                        wrong(format!("`{name}` is missing"));
                    }
                }
            }
            "additionalProperties" if *said == Value::Bool(false) => {
                let known = schema["properties"].as_object();
                for name in value.as_object().into_iter().flatten().map(|it| it.0) {
                    if !known.is_some_and(|it| it.contains_key(name)) {
                        wrong(format!("`{name}` is not in the schema"));
                    }
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|it| it < said.as_f64().unwrap()) {
                    wrong(format!("{value} is less than {said}"));
                }
            }
            "maximum" => {
                if value.as_f64().is_some_and(|it| it > said.as_f64().unwrap()) {
                    wrong(format!("{value} is more than {said}"));
                }
            }
            "properties" | "items" | "oneOf" | "anyOf" | "additionalProperties" => {}
            silent if SILENT.contains(&silent) => {}
            other => panic!("the word `{other}` of a schema is not understood here, at {at}"),
        }
    }
    for word in ["oneOf", "anyOf"] {
        let Some(choices) = schema[word].as_array() else { continue };
        let fits = choices.iter().filter(|it| problems(document, it, value).is_empty()).count();
        if fits == 0 || (word == "oneOf" && fits > 1) {
            found.push(format!("{at}: {value} fits {fits} of {word}"));
        }
    }
    if let (Some(properties), Some(fields)) = (schema["properties"].as_object(), value.as_object())
    {
        for (name, value) in fields {
            if let Some(schema) = properties.get(name) {
                check(document, schema, value, &format!("{at}.{name}"), found);
            }
        }
    }
    if let (Value::Object(_), Some(values)) = (&schema["items"], value.as_array()) {
        for (place, value) in values.iter().enumerate() {
            check(document, &schema["items"], value, &format!("{at}[{place}]"), found);
        }
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("no type is called `{other}`"),
    }
}
