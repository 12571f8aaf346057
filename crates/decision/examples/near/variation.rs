//! Transactions that are other in one thing, made from the schema and from what the cases hold.

use decision::transaction::schema::transaction_schema;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// How many values of a kind of thing are tried where one can be put.
const VALUES: usize = 10;

/// What can stand where.
pub(super) struct Variations {
    definitions: Map<String, Value>,
    /// Things of a definition that cases hold, as JSON.
    things: BTreeMap<String, Vec<Value>>,
    /// Texts and numbers that cases hold under a name.
    named: BTreeMap<String, Vec<Value>>,
}

impl Variations {
    /// Of the transactions of cases.
    pub(super) fn of<'t>(trees: impl Iterator<Item = &'t Value>) -> Self {
        let schema = transaction_schema();
        let definitions = schema.get("$defs").and_then(Value::as_object).cloned();
        let mut made = Self {
            definitions: definitions.unwrap_or_default(),
            things: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        let whole = reference("Transaction");
        let mut seen = BTreeSet::new();
        for tree in trees {
            made.gather(&whole, tree, "", &mut seen);
        }
        made
    }

    fn gather(
        &mut self,
        schema: &Value,
        value: &Value,
        name: &str,
        seen: &mut BTreeSet<(String, String)>,
    ) {
        let (schema, definition) = self.resolved(schema);
        match value {
            Value::Object(object) => {
                if let Some(definition) = definition
                    && seen.insert((definition.clone(), value.to_string()))
                {
                    self.things.entry(definition).or_default().push(value.clone());
                }
                for (key, inner) in object {
                    let property = schema.get("properties").and_then(|it| it.get(key)).cloned();
                    self.gather(&property.unwrap_or_default(), inner, key, seen);
                }
            }
            Value::Array(members) => {
                let of = schema.get("items").cloned().unwrap_or_default();
                for member in members {
                    self.gather(&of, member, name, seen);
                }
            }
            Value::String(_) | Value::Number(_) => {
                if schema.get("oneOf").is_none()
                    && seen.insert((format!("={name}"), value.to_string()))
                {
                    self.named.entry(name.to_owned()).or_default().push(value.clone());
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// The schema that is meant, without what is only said around it, and its name.
    fn resolved(&self, schema: &Value) -> (Value, Option<String>) {
        let mut schema = schema.clone();
        let mut name = None;
        loop {
            let choices = schema.get("anyOf").and_then(Value::as_array);
            let chosen = choices.and_then(|it| it.iter().find(|it| !is_null(it))).cloned();
            let named =
                schema.get("$ref").and_then(Value::as_str).and_then(|it| it.rsplit('/').next());
            let named = named.map(str::to_owned);
            if let Some(chosen) = chosen {
                schema = chosen;
            } else if let Some(named) = named {
                schema = self.definitions.get(&named).cloned().unwrap_or_default();
                name = Some(named);
            } else {
                return (schema, name);
            }
        }
    }

    /// Every variant of a transaction in one thing, with the path of that thing, places in lists
    /// left out. `words` are values that should be among them.
    pub(super) fn of_tree(&self, tree: &Value, words: &[String]) -> Vec<(String, Value)> {
        let mut variants = Vec::new();
        self.vary(&reference("Transaction"), Some(tree), "", words, &mut variants);
        variants
    }

    fn vary(
        &self,
        schema: &Value,
        value: Option<&Value>,
        name: &str,
        words: &[String],
        into: &mut Vec<(String, Value)>,
    ) {
        let (schema, definition) = self.resolved(schema);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let Some(Value::Object(object)) = value else {
                let things = definition.and_then(|it| self.things.get(&it));
                into.extend(sample(things.map_or(&[][..], Vec::as_slice)).map(whole));
                return;
            };
            let required = schema.get("required").and_then(Value::as_array);
            for (key, inner) in properties {
                if matches!(key.as_str(), "id" | "label" | "version" | "legs" | "date" | "name") {
                    continue;
                }
                let mut variants = Vec::new();
                let held = object.get(key);
                self.vary(inner, held, key, words, &mut variants);
                for (path, variant) in variants {
                    let mut changed = object.clone();
                    changed.insert(key.clone(), variant);
                    into.push((format!("{key}.{path}"), Value::Object(changed)));
                }
                // An entry for another: two fields at once.
                if key == "eccn_for" {
                    for (eccn, of) in words.iter().filter_map(|it| it.split_once('-')) {
                        if is_entry(eccn) && is_entry(of) {
                            let mut changed = object.clone();
                            changed.insert("eccn".to_owned(), eccn.into());
                            changed.insert("eccn_for".to_owned(), of.into());
                            into.push((key.clone(), Value::Object(changed)));
                        }
                    }
                }
                let is_required = required.is_some_and(|it| it.iter().any(|it| it == key.as_str()));
                if held.is_some() && !is_required {
                    let mut changed = object.clone();
                    changed.remove(key);
                    into.push((key.clone(), Value::Object(changed)));
                }
            }
        } else if let Some(of) = schema.get("items") {
            let members = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            if members.is_empty() != value.is_none() || value.is_none() {
                into.push(whole(&Value::Array(Vec::new())));
            }
            for place in 0..members.len() {
                let without = (0..).zip(members).filter(|it| it.0 != place);
                into.push(whole(&Value::Array(without.map(|it| it.1.clone()).collect())));
                let mut variants = Vec::new();
                self.vary(of, members.get(place), name, words, &mut variants);
                self.vary(of, None, name, words, &mut variants);
                for (path, variant) in variants {
                    let mut changed = members.to_vec();
                    changed.get_mut(place).into_iter().for_each(|it| *it = variant.clone());
                    into.push((path, Value::Array(changed)));
                }
            }
            let mut more = Vec::new();
            self.vary(of, None, name, words, &mut more);
            for (path, one) in more.into_iter().filter(|it| !members.contains(&it.1)) {
                let mut changed = members.to_vec();
                changed.push(one);
                into.push((path, Value::Array(changed)));
            }
        } else if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
            let values: Vec<Value> =
                choices.iter().filter_map(|it| it.get("const")).cloned().collect();
            let is_worth =
                |it: &&Value| it.as_str().is_some_and(|it| words.iter().any(|word| word == it));
            into.extend(values.iter().filter(is_worth).map(whole));
            into.extend(sample(&values).filter(|it| Some(*it) != value).map(whole));
        } else {
            match schema.get("type").and_then(Value::as_str) {
                Some("boolean") => into.extend([true, false].map(|it| whole(&Value::Bool(it)))),
                Some("integer" | "number") => {
                    let often = [0, 1, 24, 25, 26, 49, 50, 51, 100];
                    into.extend(often.map(|it| whole(&Value::from(it))));
                    let bounds = words.iter().filter_map(|it| it.parse::<i64>().ok());
                    let around = bounds.flat_map(|it| [it - 1, it, it + 1]);
                    into.extend(around.filter(|it| *it >= 0).map(|it| whole(&Value::from(it))));
                }
                Some("string") if is_code(name) => {
                    let held = self.named.get(name).map_or(&[][..], Vec::as_slice);
                    into.extend(sample(held).map(whole));
                    let entries = words.iter().filter(|it| is_entry(it));
                    into.extend(entries.map(|it| whole(&Value::String(it.clone()))));
                }
                Some(_) | None => {}
            }
        }
        into.retain(|it| Some(&it.1) != value);
    }
}

/// A value by itself, at the end of a path.
fn whole(value: &Value) -> (String, Value) {
    (String::new(), value.clone())
}

fn reference(name: &str) -> Value {
    serde_json::json!({ "$ref": format!("#/$defs/{name}") })
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|it| it == "null")
}

/// Whether a text under that name is a code that the law reads.
fn is_code(name: &str) -> bool {
    matches!(
        name,
        "eccn"
            | "eccn_for"
            | "also_controlled"
            | "scope_eccns"
            | "eccns"
            | "tags"
            | "section"
            | "since"
    )
}

fn is_entry(word: &str) -> bool {
    word == "EAR99" || word.len() >= 5 && word.starts_with(|it: char| it.is_ascii_digit())
}

/// Some of many, evenly.
fn sample(values: &[Value]) -> impl Iterator<Item = &Value> {
    let step = if values.len() <= 2 * VALUES { 1 } else { values.len() / VALUES };
    values.iter().step_by(step)
}
