//! What was said in a form that was sent: values by the paths of their fields.

use super::draft::Draft;
use super::question::Asked;
use super::{field_path, question};
use crate::api::failure::Problem;
use crate::interview::form::{FieldPath, Form, Step};
use crate::interview::granted;
use crate::interview::wanted::{self, Wanted};
use crate::report::words;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What says that there is none of a list, which is another thing than saying nothing.
pub(super) const NONE: &str = "(none)";
/// The field that names, once for each, what was asked.
pub(super) const ASKED: &str = "asked";

/// Values by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    values: BTreeMap<String, Vec<String>>,
    asked: Vec<String>,
}

impl Said {
    /// What was sent.
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut said = Self::default();
        for (name, value) in pairs {
            if name == ASKED {
                said.asked.push(value);
            } else if !value.trim().is_empty() {
                said.values.entry(name).or_default().push(value.trim().to_owned());
            }
        }
        said
    }

    /// What a draft holds of what is asked.
    pub(super) fn in_draft(draft: &Draft, asked: &[Asked]) -> Self {
        let mut said = Self::default();
        for asked in asked {
            if let Some(usual) = asked.usual {
                said = said.or(&asked.path, usual);
                continue;
            }
            let held = field_path(&asked.path).and_then(|it| draft.form.at(&it).cloned());
            if let Some(value) = held {
                said.values.insert(asked.path.clone(), texts(&value, &asked.wanted));
            }
        }
        said
    }

    /// The same, where nothing is said of a field.
    pub(super) fn or(mut self, path: &str, value: &str) -> Self {
        self.values.entry(path.to_owned()).or_insert_with(|| vec![value.to_owned()]);
        self
    }

    /// The values of a field.
    pub(super) fn values(&self, path: &str) -> &[String] {
        self.values.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first value of a field.
    pub(super) fn value(&self, path: &str) -> &str {
        self.values(path).first().map(String::as_str).unwrap_or_default()
    }

    /// The draft with this in it. A question that was left empty is passed over from now on.
    ///
    /// # Errors
    ///
    /// What is wrong, each with its path.
    pub(super) fn added_to(&self, draft: &Draft) -> Result<Draft, Vec<Problem>> {
        let mut next = draft.clone();
        let mut problems = Vec::new();
        for name in &self.asked {
            let values = self.values(name);
            let known = field_path(name).zip(question::wanted(name));
            let Some((path, wanted)) = known else { continue };
            if values.is_empty() {
                next.form.clear(&path);
                next.skipped.insert(name.clone());
                continue;
            }
            match understood(values, &wanted) {
                Ok(value) => {
                    seat(&mut next.form, &path);
                    if granted::set(&mut next.form, &path, value) {
                        next.skipped.remove(name);
                    } else {
                        problems.push(problem(name, "cannot be filled in here"));
                    }
                }
                Err(wrong) => problems.push(problem(name, wrong)),
            }
        }
        if problems.is_empty() {
            problems = next.transaction().err().map(|it| it.problems).unwrap_or_default();
        }
        if problems.is_empty() { Ok(next) } else { Err(problems) }
    }
}

fn problem(path: &str, message: impl Into<String>) -> Problem {
    Problem { path: Some(path.to_owned()), ..Problem::new(message) }
}

/// What some values say.
fn understood(values: &[String], wanted: &Wanted) -> Result<Value, String> {
    if values.iter().any(|it| it == NONE) {
        return match values.len() {
            1 => Ok(json!([])),
            _ => Err("is either none or some, not both".to_owned()),
        };
    }
    match wanted {
        Wanted::Many(_) | Wanted::Records { .. } => wanted.understand(&values.join(",")),
        Wanted::YesOrNo
        | Wanted::One(_)
        | Wanted::Number
        | Wanted::Texts
        | Wanted::Owners
        | Wanted::Answer
        | Wanted::Text => wanted.understand(values.first().map(String::as_str).unwrap_or_default()),
    }
}

/// Gives a party that comes with its first fact a role: that of who is asked about.
fn seat(form: &mut Form, path: &FieldPath) {
    let steps = path.steps();
    for (place, step) in steps.iter().enumerate() {
        let parties = place > 0
            && matches!(steps.get(place - 1), Some(Step::Key(key)) if key == "parties")
            && matches!(step, Step::Index(_));
        if !parties {
            continue;
        }
        let party: Vec<String> = steps.iter().take(place + 1).map(written).collect();
        let role = field_path(&format!("{}.role", joined(&party)));
        if let Some(role) = role.filter(|it| form.at(it).is_none() && it != path) {
            // The path leads where the fact leads, and that is tried next.
            let _ = form.set(&role, form.role_of_the_unnamed().into());
        }
    }
}

fn written(step: &Step) -> String {
    match step {
        Step::Key(key) => key.clone(),
        Step::Index(index) => format!("[{index}]"),
        Step::Role(role) => format!("[{role}]"),
    }
}

fn joined(steps: &[String]) -> String {
    steps.iter().fold(String::new(), |mut path, step| {
        if !path.is_empty() && !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(step);
        path
    })
}

/// A value as the fields of a form hold it.
pub(super) fn texts(value: &Value, wanted: &Wanted) -> Vec<String> {
    let text = |it: &Value| match it {
        Value::String(text) if matches!(wanted, Wanted::YesOrNo | Wanted::Answer) => {
            match text.as_str() {
                "true" => "yes".to_owned(),
                "false" => "no".to_owned(),
                other => other.to_owned(),
            }
        }
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Object(fields) => match wanted {
            Wanted::Records { key, .. } => {
                fields.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
            }
            Wanted::YesOrNo
            | Wanted::One(_)
            | Wanted::Many(_)
            | Wanted::Number
            | Wanted::Texts
            | Wanted::Answer
            | Wanted::Text => String::new(),
            Wanted::Owners => wanted::written_owner(it),
        },
        other @ (Value::Null | Value::Number(_) | Value::Array(_)) => other.to_string(),
    };
    match value {
        Value::Array(elements) if elements.is_empty() => vec![NONE.to_owned()],
        Value::Array(elements) => {
            let texts: Vec<String> = elements.iter().map(text).collect();
            match wanted {
                Wanted::Texts => vec![texts.join(", ")],
                Wanted::Owners => vec![texts.join("; ")],
                Wanted::Records { choices, .. } if choices.is_empty() => vec![texts.join(", ")],
                Wanted::Records { .. }
                | Wanted::YesOrNo
                | Wanted::One(_)
                | Wanted::Many(_)
                | Wanted::Number
                | Wanted::Answer
                | Wanted::Text => texts,
            }
        }
        one @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)) => vec![text(one)],
    }
}

/// A problem as a sentence.
pub(super) fn sentence(problem: &Problem) -> String {
    let help = problem.help.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    words::sentence(&format!("{}{help}.", problem.message))
}
