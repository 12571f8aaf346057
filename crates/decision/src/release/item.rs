//! A classified component as the item of a transaction.

use super::{Component, Release};
use crate::classification::{Classification, Product, encryption_category};
use crate::derivations::is_encryption_entry;
use crate::transaction::item::Encryption;
use crate::transaction::values::Answer;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Questions that are facts of an item by themselves, where they are answered yes.
const OUTSIDE: &[(&str, &str)] = &[
    ("published", "published"),
    ("fundamental-research", "fundamental_research"),
    ("in-published-patent", "in_published_patent"),
    ("mass-market", "mass_market"),
];

/// The entry of `items[]` that `exeat check` takes: the classification where there is one, the
/// answers where there is none yet. What is not known is left out, but of an encryption item what
/// 740.17 needs is there, and null where it is not known: `exeat check` asks for it.
#[must_use]
pub fn item(
    release: &Release,
    component: &Component,
    product: &Product,
    classification: &Classification<'_>,
) -> Value {
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    set(
        "name",
        Value::from(format!("{} {}, {}", release.product, release.version, component.name())),
    );
    if let Some(form) = component.form {
        set("form", Value::from(form.as_str()));
    }
    if let Some(eccn) = classification.eccn {
        set("eccn", Value::from(eccn));
        if let Some(parent) = classification.eccn_for.first() {
            set("eccn_for", Value::from(*parent));
        }
        let also: Vec<&str> = classification.also_described.iter().map(|it| it.eccn).collect();
        if !also.is_empty() {
            set("also_controlled", Value::from(also));
        }
    } else {
        let answers = product.answers.iter().flatten().filter_map(|(question, answer)| {
            let answer = match answer.as_ref()? {
                Answer::Yes => json!(true),
                Answer::No => json!(false),
                Answer::Value(value) => json!(value),
            };
            Some((question.clone(), answer))
        });
        set("answers", Value::Object(answers.collect()));
    }
    for (question, key) in OUTSIDE {
        let answer = product.answers.as_ref().and_then(|it| it.get(*question));
        if answer == Some(&Some(Answer::Yes)) {
            set(key, json!(true));
        }
    }
    let told = component.encryption.clone().unwrap_or_default();
    if is_encryption(classification) {
        set("encryption", encryption_of(told, product));
    } else if component.encryption.is_some() {
        set("encryption", encryption(&told));
    }
    Value::Object(item)
}

/// Whether one of the entries that describe a product is one of encryption.
fn is_encryption(classification: &Classification<'_>) -> bool {
    let also = classification.also_described.iter().map(|it| it.eccn);
    let mut entries = classification.eccn.into_iter().chain(also);
    entries.any(|it| it.parse().is_ok_and(|it| is_encryption_entry(&it)))
}

/// What 740.17 needs of an encryption item: what was told, what its answers say, and null.
fn encryption_of(mut told: Encryption, product: &Product) -> Value {
    let answers = product.answers.iter().flatten();
    let answers: BTreeMap<String, Answer> =
        answers.filter_map(|it| Some((it.0.clone(), it.1.clone()?))).collect();
    told.category = told.category.or_else(|| encryption_category(&answers));
    told.nonstandard = told.nonstandard.or(match answers.get("nonstandard-cryptography") {
        Some(Answer::Yes) => Some(true),
        Some(Answer::No) => Some(false),
        Some(Answer::Value(_)) | None => None,
    });
    let mut block = encryption(&told);
    for key in ["classification", "category", "nonstandard"] {
        if let Some(fields) = block.as_object_mut() {
            fields.entry(key).or_insert(Value::Null);
        }
    }
    block
}

/// What BIS was told of the encryption, as far as anything was.
pub(super) fn encryption(told: &Encryption) -> Value {
    let told = [
        ("classification", told.classification.map(|it| Value::from(it.as_str()))),
        ("category", told.category.map(|it| Value::from(it.as_str()))),
        ("request_filed_days_ago", told.request_filed_days_ago.map(|it| json!(it.0))),
        ("on_hold", told.on_hold.map(Value::from)),
        ("nonstandard", told.nonstandard.map(Value::from)),
        ("open_source_notified", told.open_source_notified.map(Value::from)),
    ];
    let told = told.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(told.collect())
}
