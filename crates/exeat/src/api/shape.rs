//! Shapes: the named forms that bodies have, for documents that must say them.
//!
//! A shape is made of the tables that the JSON Schemas are made of, or is a schema that another
//! crate makes from its own declarations.

use super::fields::{self, Object};
use serde_json::{Map, Value, json};

/// A named form.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Its name among the components of a document.
    pub(crate) name: &'static str,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    /// The first of these objects, which may refer to the others.
    Objects(&'static [&'static [Object]]),
    /// A JSON Schema with `$defs`.
    Schema(fn() -> Value),
}

impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Shape").field(&self.name).finish()
    }
}

impl Shape {
    /// The first of these objects; the tables are those that it refers to.
    pub(crate) const fn of(name: &'static str, objects: &'static [&'static [Object]]) -> Self {
        Self { name, of: Of::Objects(objects) }
    }

    /// What this makes.
    pub(crate) const fn schema(name: &'static str, schema: fn() -> Value) -> Self {
        Self { name, of: Of::Schema(schema) }
    }

    /// A reference to it in an OpenAPI document.
    pub(crate) fn reference(self) -> Value {
        json!({ "$ref": format!("#/components/schemas/{}", self.name) })
    }

    /// Adds it, and what it refers to, to the components of an OpenAPI document.
    pub(crate) fn add_to(self, components: &mut Map<String, Value>) {
        if components.contains_key(self.name) {
            return;
        }
        let (root, definitions) = match self.of {
            Of::Objects(tables) => {
                let mut all = tables.iter().copied().flatten();
                let root = all.next().map_or(Value::Null, fields::object);
                let rest = all.map(|it| (it.name.to_owned(), fields::object(it))).collect();
                (root, rest)
            }
            Of::Schema(schema) => {
                let mut root = schema();
                let definitions = root.as_object_mut().and_then(|it| {
                    it.remove("$schema");
                    it.remove("$defs")
                });
                let definitions = match definitions {
                    Some(Value::Object(definitions)) => definitions,
                    _ => Map::new(),
                };
                (root, definitions)
            }
        };
        components.insert(self.name.to_owned(), self.moved(root));
        for (name, schema) in definitions {
            components.insert(format!("{}.{name}", self.name), self.moved(schema));
        }
    }

    /// The same schema with references to where its parts are in the document.
    fn moved(self, schema: Value) -> Value {
        match schema {
            Value::Object(fields) => fields
                .into_iter()
                .map(|(key, value)| {
                    let referred = value.as_str().filter(|_| key == "$ref");
                    let moved = match referred.and_then(|it| it.strip_prefix("#/$defs/")) {
                        Some(name) => format!("#/components/schemas/{}.{name}", self.name).into(),
                        None => self.moved(value),
                    };
                    (key, moved)
                })
                .collect(),
            Value::Array(values) => values.into_iter().map(|it| self.moved(it)).collect(),
            plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
        }
    }
}
