//! What an item tells in its own fields and again in its answers.
//!
//! Some questions of a classification are about what a field of an item or of the end use holds
//! as well. Where both are told and differ, one is a mistake, and which of them nobody knows.

use crate::transaction::Item;
use crate::transaction::end_use::EndUse;
use crate::transaction::item::{EncryptionCategory, Form};
use crate::transaction::values::Answer;
use std::collections::BTreeMap;

/// The answers of an item, by question.
pub(super) type Answers = BTreeMap<String, Answer>;

/// A field and a question about the same, with what differs, in words.
pub(super) fn differing(item: &Item, end_use: Option<&EndUse>, answers: &Answers) -> Vec<String> {
    let mut found = Vec::new();
    let mut differ = |field: &str, question: &str| {
        found.push(format!("`{field}` and the answer to `{question}` contradict each other"));
    };
    let encryption = item.encryption.as_ref();
    for (field, told, question) in [
        ("published", item.published, "published"),
        ("fundamental_research", item.fundamental_research, "fundamental-research"),
        ("in_published_patent", item.in_published_patent, "in-published-patent"),
        ("mass_market", item.mass_market, "mass-market"),
        (
            "encryption.nonstandard",
            encryption.and_then(|it| it.nonstandard),
            "nonstandard-cryptography",
        ),
    ] {
        if told.zip(yes(answers, question)).is_some_and(|(told, answered)| told != answered) {
            differ(field, question);
        }
    }
    if item.form.map(Form::as_str).zip(value(answers, "form")).is_some_and(|(a, b)| a != b) {
        differ("form", "form");
    }
    if let Some(told) = encryption.and_then(|it| it.category) {
        for (question, category) in BY_A_YES {
            if yes(answers, question) == Some(true) && told != category {
                differ("encryption.category", question);
            }
        }
        if value(answers, CATEGORY).is_some_and(|it| it != told.as_str()) {
            differ("encryption.category", CATEGORY);
        }
    }
    let purposes = end_use.and_then(|it| it.purposes.as_deref());
    if let (Some(purposes), Some(why)) = (purposes, value(answers, "release-purpose")) {
        let told = |purpose: &str| purposes.iter().any(|it| it.as_str() == purpose);
        if RELEASES.iter().any(|it| told(it) != (why == *it)) {
            differ("end_use.purposes", "release-purpose");
        }
    }
    found
}

/// Takes over what only the answers tell, so that the law reads it as it reads the fields.
pub(super) fn take_over(item: &mut Item, answers: &Answers) {
    for (field, question) in [
        (&mut item.published, "published"),
        (&mut item.fundamental_research, "fundamental-research"),
        (&mut item.in_published_patent, "in-published-patent"),
        (&mut item.mass_market, "mass-market"),
    ] {
        *field = field.or(yes(answers, question));
    }
    item.form = item.form.or_else(|| value(answers, "form")?.parse().ok());
    if let Some(category) = category(answers) {
        item.encryption.get_or_insert_default().category.get_or_insert(category);
    }
    if let Some(nonstandard) = yes(answers, "nonstandard-cryptography") {
        item.encryption.get_or_insert_default().nonstandard.get_or_insert(nonstandard);
    }
}

/// Which paragraph of 740.17(b) the answers name, where they name one.
pub(crate) fn category(answers: &Answers) -> Option<EncryptionCategory> {
    let mut named: Vec<EncryptionCategory> =
        BY_A_YES.into_iter().filter(|it| yes(answers, it.0) == Some(true)).map(|it| it.1).collect();
    named.extend(value(answers, CATEGORY).and_then(|it| it.parse::<EncryptionCategory>().ok()));
    match named.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

const CATEGORY: &str = "encryption-category";

/// Questions of which a yes names a paragraph of 740.17(b).
const BY_A_YES: [(&str, EncryptionCategory); 2] = [
    ("network-penetration", EncryptionCategory::NetworkPenetration),
    ("adaptive-vulnerability-analysis", EncryptionCategory::AdaptiveVulnerabilityAnalysis),
];

/// Purposes for which know-how may be released, Note 1 to 4E001.
const RELEASES: [&str; 2] = ["vulnerability-disclosure", "cyber-incident-response"];

fn yes(answers: &Answers, question: &str) -> Option<bool> {
    match answers.get(question)? {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Value(_) => None,
    }
}

fn value<'a>(answers: &'a Answers, question: &str) -> Option<&'a str> {
    match answers.get(question)? {
        Answer::Value(text) => Some(text),
        Answer::Yes | Answer::No => None,
    }
}
