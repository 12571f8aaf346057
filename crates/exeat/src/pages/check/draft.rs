//! A draft: what was said so far, and which questions were passed over.

use crate::api::failure::Failure;
use crate::desk::Desk;
use crate::input::{Document, Format};
use crate::interview::form::Form;
use crate::interview::wanted::Wanted;
use crate::pages::glossary;
use crate::transactions;
use decision::transaction::Transaction;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What was said so far.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The transaction, as far as it is filled in.
    pub(crate) form: Form,
    /// Paths of questions that were left empty.
    pub(crate) skipped: BTreeSet<String>,
    /// The case whose facts are being changed, where one is.
    pub(crate) case: Option<String>,
}

/// The address of the draft of that name.
pub(crate) fn address(name: &str) -> String {
    format!("/check/{name}")
}

impl Draft {
    /// A draft of a form.
    pub(crate) fn of(form: Form) -> Self {
        Self { form, skipped: BTreeSet::new(), case: None }
    }

    /// The draft of that name, while it is kept.
    pub(crate) fn kept(desk: &Desk, name: &str) -> Option<Self> {
        let text = desk.drafts().get(name)?;
        let mut document: Value = serde_json::from_str(&text).ok()?;
        let skipped = document.get("skipped").and_then(Value::as_array).into_iter().flatten();
        let skipped = skipped.filter_map(Value::as_str).map(str::to_owned).collect();
        let case = document.get("case").and_then(Value::as_str).map(str::to_owned);
        let form = Form::with(document.get_mut("transaction")?.take())?;
        Some(Self { form, skipped, case })
    }

    /// Keeps it, and returns its name.
    pub(crate) fn keep(&self, desk: &Desk) -> String {
        let document = json!({
            "transaction": self.form.document(), "skipped": self.skipped, "case": self.case,
        });
        desk.drafts().keep(&document.to_string())
    }

    /// The transaction as JSON, with numbers and truths as such: a form holds them as texts.
    pub(crate) fn document(&self) -> Value {
        let mut document = self.form.document().clone();
        set_types("", &mut document);
        document
    }

    /// The same as a transaction.
    ///
    /// # Errors
    ///
    /// Every problem in it.
    pub(crate) fn transaction(&self) -> Result<Transaction, Failure> {
        transactions::read(&Document {
            name: "the form".to_owned(),
            format: Format::Yaml,
            bytes: self.form.to_yaml().into_bytes(),
        })
    }
}

/// Makes a number or a truth of a text where the field wants one; leaves out what is not filled in.
fn set_types(path: &str, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, it| !it.is_null());
            for (key, value) in fields.iter_mut() {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                set_types(&path, value);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter_mut().enumerate() {
                set_types(&format!("{path}[{index}]"), value);
            }
        }
        Value::String(text) => {
            let typed = match (glossary::wanted(path), text.as_str()) {
                (Some(Wanted::YesOrNo | Wanted::Answer), "true") => Some(Value::Bool(true)),
                (Some(Wanted::YesOrNo | Wanted::Answer), "false") => Some(Value::Bool(false)),
                (Some(Wanted::Number), number) => number.parse().ok().map(Value::Number),
                _ if path == "version" => text.parse().ok().map(Value::Number),
                _ => None,
            };
            if let Some(typed) = typed {
                *value = typed;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
