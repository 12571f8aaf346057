//! A document as YAML, in the order a person would write it.
//!
//! Scalars are written without quotes wherever that is the same text: the reader knows what each
//! field is, so `5E001` stays a classification and `NO` a country.

use serde_json::{Map, Value};

/// The keys that come first, at whatever depth; the others follow by name.
const ORDER: &[&str] = &[
    "version",
    "id",
    "label",
    "date",
    "activity",
    "role",
    "name",
    "aliases",
    "from",
    "country",
    "destination",
    "transit",
    "eccn",
    "eccn_for",
    "form",
    "sector",
    "government_level",
    "government_of",
    "items",
    "parties",
    "end_use",
    "purposes",
    "knows",
    "transfer",
    "temporary",
    "documents_held",
    "notices",
    "flag",
    "red_flags",
    "authorizations",
    "legs",
];

/// The document, ending in a line break.
pub(crate) fn write(document: &Value) -> String {
    let mut out = String::new();
    match document {
        Value::Object(map) if !map.is_empty() => object(map, 0, &mut out),
        Value::Object(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_) => {
            out.push_str(&inline(document));
            out.push('\n');
        }
    }
    out
}

fn object(map: &Map<String, Value>, depth: usize, out: &mut String) {
    for (index, (key, value)) in sorted(map).into_iter().enumerate() {
        if index > 0 {
            indent(depth, out);
        }
        out.push_str(&scalar(key));
        out.push(':');
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                out.push('\n');
                indent(depth + 1, out);
                object(inner, depth + 1, out);
            }
            Value::Array(elements) if elements.iter().any(Value::is_object) => {
                out.push('\n');
                array(elements, depth + 1, out);
            }
            Value::Object(_)
            | Value::Array(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {
                out.push(' ');
                out.push_str(&inline(value));
                out.push('\n');
            }
        }
    }
}

fn array(elements: &[Value], depth: usize, out: &mut String) {
    for element in elements {
        indent(depth, out);
        out.push_str("- ");
        match element {
            Value::Object(map) if !map.is_empty() => object(map, depth + 1, out),
            Value::Object(_)
            | Value::Array(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {
                out.push_str(&inline(element));
                out.push('\n');
            }
        }
    }
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', 2 * depth));
}

fn sorted(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    let place = |key: &str| ORDER.iter().position(|it| *it == key).unwrap_or(ORDER.len());
    entries.sort_by(|(a, _), (b, _)| (place(a), a).cmp(&(place(b), b)));
    entries
}

/// A value in one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(elements) => {
            format!("[{}]", elements.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<String> = sorted(map)
                .into_iter()
                .map(|(key, value)| format!("{}: {}", scalar(key), inline(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text, in quotes where YAML would read something else.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { Value::from(text).to_string() }
}

fn is_plain(text: &str) -> bool {
    let safe =
        |it: char| it.is_alphanumeric() || matches!(it, ' ' | '_' | '.' | '/' | '(' | ')' | '-');
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.chars().all(safe)
        && !matches!(text, "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests;
