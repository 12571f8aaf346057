//! A draft: what was said so far, and which questions were passed over.

use crate::api::failure::Failure;
use crate::desk::Desk;
use crate::input::{Document, Format};
use crate::interview::form::Form;
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
}

/// The address of the draft of that name.
pub(crate) fn address(name: &str) -> String {
    format!("/check/{name}")
}

impl Draft {
    /// A draft of a form.
    pub(crate) fn of(form: Form) -> Self {
        Self { form, skipped: BTreeSet::new() }
    }

    /// The draft of that name, while it is kept.
    pub(crate) fn kept(desk: &Desk, name: &str) -> Option<Self> {
        let text = desk.drafts().get(name)?;
        let mut document: Value = serde_json::from_str(&text).ok()?;
        let skipped = document.get("skipped").and_then(Value::as_array).into_iter().flatten();
        let skipped = skipped.filter_map(Value::as_str).map(str::to_owned).collect();
        let form = Form::with(document.get_mut("transaction")?.take())?;
        Some(Self { form, skipped })
    }

    /// Keeps it, and returns its name.
    pub(crate) fn keep(&self, desk: &Desk) -> String {
        let document = json!({ "transaction": self.form.document(), "skipped": self.skipped });
        desk.drafts().keep(&document.to_string())
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
