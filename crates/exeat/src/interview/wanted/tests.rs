use super::Wanted;
use crate::interview::form::FieldPath;
use serde_json::{Value, json};

fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "published": { "anyOf": [{ "type": "boolean" }, { "type": "null" }] },
            "items": { "anyOf": [
                { "type": "array", "items": { "type": "object", "properties": {} } },
                { "type": "null" },
            ] },
            "percent": { "type": "number" },
            "sector": { "$ref": "#/$defs/Sector" },
            "purposes": { "type": "array", "items": { "$ref": "#/$defs/Sector" } },
            "parties": { "type": "array", "items": { "$ref": "#/$defs/Party" } },
            "lists": { "type": "array", "items": { "$ref": "#/$defs/Listing" } },
            "name": { "type": "string" },
        },
        "$defs": {
            "Sector": { "oneOf": [
                { "const": "bank", "description": "A bank." },
                { "const": "broadcast", "description": "A broadcaster." },
                { "const": "police", "description": "Police." },
            ] },
            "Party": { "type": "object", "properties": { "sector": { "$ref": "#/$defs/Sector" } } },
            "Listing": {
                "type": "object",
                "properties": { "list": { "$ref": "#/$defs/Sector" } },
                "required": ["list"],
            },
        },
    })
}

fn said(path: &str, line: &str) -> Result<Value, String> {
    let path = FieldPath::parse(path).unwrap();
    Wanted::at(&path, &schema()).unwrap().understand(line)
}

#[test]
fn a_typed_line_becomes_what_the_field_wants() {
    for (path, line, value) in [
        ("published", "Y", json!(true)),
        ("published", "no", json!(false)),
        ("percent", "25 %", json!("25")),
        ("sector", "3", json!("police")),
        ("sector", "POL", json!("police")),
        ("parties[0].sector", "bank", json!("bank")),
        ("parties[end-user].sector", "bank", json!("bank")),
        ("purposes", "police, 1", json!(["police", "bank"])),
        ("purposes", "none", json!([])),
        ("lists", "bank", json!([{ "list": "bank" }])),
        ("name", " a name ", json!("a name")),
        ("items", "4D004, 5A001.j", json!([{ "eccn": "4D004" }, { "eccn": "5A001.j" }])),
    ] {
        assert_eq!(said(path, line), Ok(value), "{path} {line}");
    }
}

#[test]
fn what_does_not_fit_is_said_and_not_guessed() {
    assert_eq!(said("sector", "b").unwrap_err(), "`b` could be bank or broadcast");
    assert_eq!(said("sector", "9").unwrap_err(), "`9` is not on the list; ? shows it");
    assert_eq!(said("published", "maybe").unwrap_err(), "`maybe` is neither yes nor no");
    assert_eq!(said("percent", "many").unwrap_err(), "`many` is not a number");
    assert!(said("purposes", "bank, b").is_err());
}

#[test]
fn a_field_that_is_not_in_the_schema_wants_nothing() {
    let path = FieldPath::parse("parties[0].color").unwrap();
    assert_eq!(Wanted::at(&path, &schema()), None);
}
