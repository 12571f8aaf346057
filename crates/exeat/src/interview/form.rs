//! A transaction that is being filled in: fields are set by their paths.

use super::yaml;
use serde_json::{Map, Value};
use std::fmt;

/// A transaction, as far as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Form(Value);

/// Where a field is, such as `parties[0].sector`; `parties[end-user]` is the party of that role.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FieldPath(Vec<Step>);

/// A step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// To a field.
    Key(String),
    /// To an element.
    Index(usize),
    /// To the party of that role.
    Role(String),
}

impl FieldPath {
    /// The path that a question names; `None` where it names no field.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            // Questions about a product are keys as they are written, with hyphens.
            let question = steps.last().is_some_and(|it| *it == Step::Key("answers".to_owned()));
            let named = |it: char| it.is_ascii_alphanumeric() || it == '_' || question && it == '-';
            if key.is_empty() || !key.chars().all(named) {
                return None;
            }
            steps.push(Step::Key(key.to_owned()));
            while let Some(inner) = rest.strip_prefix('[') {
                let (element, after) = inner.split_once(']')?;
                steps.push(match element.parse() {
                    Ok(index) => Step::Index(index),
                    Err(_) if element.is_empty() => return None,
                    Err(_) => Step::Role(element.to_owned()),
                });
                rest = after;
            }
            if !rest.is_empty() {
                return None;
            }
        }
        Some(Self(steps))
    }

    /// Its steps.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The question about a product that it answers, where it is `items[0].answers.QUESTION`.
    pub(crate) fn question(&self) -> Option<&str> {
        match self.0.as_slice() {
            [.., Step::Key(answers), Step::Key(question)] if answers == "answers" => Some(question),
            _ => None,
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if place == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Role(role) => write!(f, "[{role}]")?,
            }
        }
        Ok(())
    }
}

impl Form {
    /// An empty form.
    pub(crate) fn empty() -> Self {
        Self(Value::Object(Map::new()))
    }

    /// A form with this in it; `None` where it is not an object.
    pub(crate) fn with(document: Value) -> Option<Self> {
        document.is_object().then_some(Self(document))
    }

    /// Whether a field of the transaction is filled in.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|it| !it.is_null())
    }

    /// Whether a field of the transaction is filled in with this word.
    pub(crate) fn says(&self, key: &str, word: &str) -> bool {
        self.0.get(key).is_some_and(|it| it == word)
    }

    /// Fills in a field, and makes what it stands in. Says whether the path leads anywhere.
    #[must_use]
    pub(crate) fn set(&mut self, path: &FieldPath, value: Value) -> bool {
        let role = self.role_of_the_unnamed();
        self.fill(path, value, Some(role))
    }

    /// The role of whoever is asked about before anybody was named: the end user, or the person to
    /// whom something is released.
    pub(crate) fn role_of_the_unnamed(&self) -> &'static str {
        let released = ["deemed-export", "deemed-reexport"];
        if released.iter().any(|it| self.says("activity", it)) { "employee" } else { "end-user" }
    }

    /// The same as it is written in a table: a party that comes with it has no role but one that is
    /// told.
    #[must_use]
    pub(crate) fn set_as_written(&mut self, path: &FieldPath, value: Value) -> bool {
        self.fill(path, value, None)
    }

    fn fill(&mut self, path: &FieldPath, value: Value, role: Option<&str>) -> bool {
        match place(&mut self.0, path.steps(), role) {
            Some(field) => {
                let told = std::mem::replace(field, value);
                if matches!(path.steps().last(), Some(Step::Key(key)) if key == "owners") {
                    keep_what_was_told(&told, field);
                }
                true
            }
            None => false,
        }
    }

    /// What is filled in at a path.
    pub(crate) fn at(&self, path: &FieldPath) -> Option<&Value> {
        let found = path.steps().iter().try_fold(&self.0, |value, step| match step {
            Step::Key(key) => value.get(key.as_str()),
            Step::Index(index) => value.get(*index),
            Step::Role(role) => value.as_array()?.iter().find(|it| it["role"] == role.as_str()),
        });
        found.filter(|it| !it.is_null())
    }

    /// Empties a field; what it stands in stays.
    pub(crate) fn clear(&mut self, path: &FieldPath) {
        if self.at(path).is_some()
            && let Some(field) = place(&mut self.0, path.steps(), None)
        {
            *field = Value::Null;
        }
    }

    /// Everything that is filled in.
    pub(crate) fn document(&self) -> &Value {
        &self.0
    }

    /// The form as it is saved.
    pub(crate) fn to_yaml(&self) -> String {
        yaml::write(&self.0)
    }
}

/// Owners who are named again keep what an answer with names and shares cannot tell: where they are,
/// and what they are listed for.
fn keep_what_was_told(told: &Value, owners: &mut Value) {
    let told = told.as_array().map(Vec::as_slice).unwrap_or_default();
    for owner in owners.as_array_mut().into_iter().flatten() {
        let same = told.iter().find(|it| it.get("name") == owner.get("name"));
        let known = same.and_then(Value::as_object);
        if let (Some(known), Some(fields)) = (known, owner.as_object_mut()) {
            for (key, value) in known.iter().filter(|it| it.0 != "percent") {
                fields.entry(key.as_str()).or_insert_with(|| value.clone());
            }
        }
    }
}

/// The value at the end of a path, made where it is missing; a party that is made has that role.
fn place<'v>(
    mut value: &'v mut Value,
    steps: &[Step],
    role: Option<&str>,
) -> Option<&'v mut Value> {
    let mut list = "";
    for step in steps {
        if let Step::Key(key) = step {
            list = key;
        }
        value = match step {
            Step::Key(key) => {
                if value.is_null() {
                    *value = Value::Object(Map::new());
                }
                value.as_object_mut()?.entry(key.as_str()).or_insert(Value::Null)
            }
            Step::Index(index) => {
                let elements = elements(value)?;
                if *index == elements.len() {
                    // Of the parties, the one that is asked about before it is there is whom
                    // nobody named.
                    let role = role.filter(|_| list == "parties");
                    let party = role.map(|it| serde_json::json!({ "role": it }));
                    elements.push(party.unwrap_or(Value::Null));
                }
                elements.get_mut(*index)?
            }
            Step::Role(role) => {
                let elements = elements(value)?;
                let known = elements.iter().position(|it| it["role"] == role.as_str());
                let index = known.unwrap_or(elements.len());
                if known.is_none() {
                    elements.push(serde_json::json!({ "role": role }));
                }
                elements.get_mut(index)?
            }
        };
    }
    Some(value)
}

fn elements(value: &mut Value) -> Option<&mut Vec<Value>> {
    if value.is_null() {
        *value = Value::Array(Vec::new());
    }
    value.as_array_mut()
}

#[cfg(test)]
mod tests;
