//! The JSON schema of a transaction, made from the declarations that the reader uses.

use crate::transaction::Transaction;
use crate::transaction::read::Read;
use crate::transaction::record::Field;
use serde_json::{Map, Value, json};

/// The JSON Schema (2020-12) of a transaction. YAML and TOML carry the same keys.
#[must_use]
pub fn transaction_schema() -> Value {
    schema_of::<Transaction>("Exeat transaction, version 1")
}

/// The whole schema of something that is read so.
pub(crate) fn schema_of<T: Read>(title: &str) -> Value {
    let mut definitions = Definitions::default();
    let root = T::schema(&mut definitions);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        schema.insert("$defs".to_owned(), Value::Object(definitions.made));
    }
    schema
}

/// The named parts of a schema, each made once.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    made: Map<String, Value>,
}

impl Definitions {
    /// A reference to an object with these keys and no others.
    pub(crate) fn record(&mut self, name: &str, meaning: &str, fields: &[Field]) -> Value {
        self.define(name, |definitions| {
            let mut properties = Map::new();
            for field in fields {
                let mut schema = (field.schema)(definitions);
                if let Value::Object(schema) = &mut schema {
                    schema.insert("description".to_owned(), plain(field.meaning).into());
                }
                properties.insert(field.key.to_owned(), schema);
            }
            let required: Vec<_> =
                fields.iter().filter(|it| it.required).map(|it| it.key).collect();
            json!({
                "type": "object",
                "description": plain(meaning),
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            })
        })
    }

    /// A reference to one of these values.
    pub(crate) fn closed_list<'v>(
        &mut self,
        name: &str,
        meaning: &str,
        values: impl Iterator<Item = (&'v str, &'v str)>,
    ) -> Value {
        self.define(name, |_| {
            let choices: Vec<_> = values
                .map(|(name, says)| json!({ "const": name, "description": plain(says) }))
                .collect();
            json!({ "description": plain(meaning), "oneOf": choices })
        })
    }

    fn define(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.made.contains_key(name) {
            self.made.insert(name.to_owned(), Value::Null);
            let definition = make(self);
            self.made.insert(name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// A doc comment on one line.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
