use super::{document, text};
use crate::server::v1::operations;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_document_in_the_repository_is_not_stale() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/openapi.json");
    let wanted = text();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "run `UPDATE_SCHEMA=1 cargo test -p exeat openapi`");
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.insert(reference.clone());
            }
            fields.values().for_each(|it| collect(it, references));
        }
        Value::Array(values) => values.iter().for_each(|it| collect(it, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn ids_and_routes_are_used_once_and_paths_declare_their_parameters() {
    let mut ids = BTreeSet::new();
    let mut routes = BTreeSet::new();
    for it in operations() {
        assert!(ids.insert(it.id), "{}", it.id);
        assert!(routes.insert((it.method.as_str(), it.path)), "{}", it.path);
        let named: BTreeSet<&str> =
            it.path.split('{').skip(1).map(|it| it.split('}').next().unwrap()).collect();
        let declared: BTreeSet<&str> = it
            .parameters
            .iter()
            .filter(|it| it.place == crate::server::operation::Place::Path)
            .map(|it| it.name)
            .collect();
        assert_eq!(named, declared, "{}", it.path);
    }
}
