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
        ("sector", "POLICE", json!("police")),
        ("percent", "-0.5", json!("-0.5")),
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
    assert_eq!(
        said("sector", "b").unwrap_err(),
        "`b` is not on the list; bank or broadcast is, in full"
    );
    assert_eq!(said("sector", "pol").unwrap_err(), "`pol` is not on the list; police is, in full");
    assert_eq!(said("sector", "9").unwrap_err(), "`9` is not on the list; ? shows it");
    assert_eq!(said("published", "maybe").unwrap_err(), "`maybe` is neither yes nor no");
    assert_eq!(said("percent", "many").unwrap_err(), "`many` is not a number");
    assert!(said("purposes", "bank, b").is_err());
    assert!(said("lists", " , ").is_err(), "commas alone are not `none`");
}

#[test]
fn a_number_is_written_in_one_way() {
    for line in ["1.500,00", "1,500", "3,0", "1_500", "1e1", ".5", "5.", "0x10", "1 500", "1.5.0"] {
        let wrong = said("percent", line).unwrap_err();
        assert!(wrong.contains("such as 1500 or 1500.5"), "{line}: {wrong}");
    }
    for line in ["NaN", "inf", "", "%", "\u{666}\u{665}"] {
        assert_eq!(said("percent", line).unwrap_err(), format!("`{line}` is not a number"));
    }
}

#[test]
fn in_a_cell_a_number_is_no_choice() {
    let sector = Wanted::at(&FieldPath::parse("sector").unwrap(), &schema()).unwrap();
    assert_eq!(sector.understand_cell("3").unwrap_err(), "`3` is not on the list");
    assert_eq!(sector.understand_cell("police"), Ok(json!("police")));
    let purposes = Wanted::at(&FieldPath::parse("purposes").unwrap(), &schema()).unwrap();
    assert!(purposes.understand_cell("police, 1").is_err());
    assert_eq!(purposes.understand_cell("police, bank"), Ok(json!(["police", "bank"])));
}

#[test]
fn a_field_that_is_not_in_the_schema_wants_nothing() {
    let path = FieldPath::parse("parties[0].color").unwrap();
    assert_eq!(Wanted::at(&path, &schema()), None);
}
