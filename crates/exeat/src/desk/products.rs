//! Products and their releases: the interview about one product, and what an `export.toml` says of
//! each of its components.

use crate::api::failure::Failure;
use crate::interview::product::with;
use decision::Engine;
use decision::classification::Product;
use decision::release::{Capabilities, Component, GivenAnswer, Release, read, write};
use decision::transaction::values::Answer;
use jiff::civil::Date;
use law::rulebook::{Capability, Question};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody said of a product so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interview {
    /// The product, with what was answered and what its capabilities establish.
    product: Option<Product>,
    /// Questions that nobody could answer.
    pub(crate) passed: BTreeSet<String>,
    /// Answers that a capability establishes: the question, and the capability.
    pub(crate) established: BTreeMap<String, String>,
    /// Answers that a capability suggests: the question, the answer, the capability.
    pub(crate) suggested: BTreeMap<String, (String, String)>,
}

/// Who answers a question about a component, and how.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    /// The question.
    pub(crate) question: String,
    /// The answer; `None` takes it back.
    pub(crate) answer: Option<Answer>,
    /// Who answers.
    pub(crate) by: String,
    /// On which day.
    pub(crate) on: Date,
}

impl Interview {
    /// What is known of a product on a day from what it can do and what was answered. What was
    /// answered goes before what a capability establishes, and questions that do not exist are
    /// left out.
    pub(crate) fn of(
        engine: &Engine,
        on: Date,
        capabilities: &[String],
        answers: &BTreeMap<String, String>,
    ) -> Self {
        let mut product = Product::on(on);
        let mut interview = Self::default();
        let Some(classification) = &engine.rulebook().classification else { return interview };
        let held: Vec<&Capability> =
            classification.capabilities.iter().filter(|it| capabilities.contains(&it.id)).collect();
        let said = |question: &str| answers.get(question).map(String::as_str);
        for it in &held {
            for (question, answer) in &it.establishes {
                if said(question).is_none()
                    && let Some(answer) = answer_to(engine, question, answer)
                {
                    product = with(&product, question, Some(answer));
                    interview.established.insert(question.clone(), it.id.clone());
                }
            }
            for (question, answer) in &it.suggests {
                let suggestion = (answer.clone(), it.id.clone());
                interview.suggested.entry(question.clone()).or_insert(suggestion);
            }
        }
        for (question, answer) in answers {
            match answer_to(engine, question, answer) {
                Some(answer) => product = with(&product, question, Some(answer)),
                None => drop(interview.passed.insert(question.clone())),
            }
        }
        interview.product = Some(product);
        interview
    }

    /// The product as far as it is known.
    pub(crate) fn product(&self, on: Date) -> Product {
        self.product.clone().unwrap_or_else(|| Product::on(on))
    }
}

/// An answer in a word, where it is one to that question.
pub(crate) fn answer_to(engine: &Engine, question: &str, word: &str) -> Option<Answer> {
    if question == "form" {
        return Some(Answer::Value(word.to_owned())).filter(|_| word != "unknown");
    }
    let question: &Question =
        engine.classification_questions().iter().find(|it| it.id == question)?;
    match (word, question.values.is_empty()) {
        ("yes", true) => Some(Answer::Yes),
        ("no", true) => Some(Answer::No),
        (value, false) if question.values.iter().any(|it| it == value) => {
            Some(Answer::Value(value.to_owned()))
        }
        (_, _) => None,
    }
}

/// Reads an `export.toml`.
///
/// # Errors
///
/// Every problem of it.
pub(crate) fn release(engine: &Engine, text: &str) -> Result<Release, Failure> {
    let Some(classification) = &engine.rulebook().classification else {
        return Err(Failure::from(crate::api::failure::Problem::new(
            "the rulebook classifies nothing",
        )));
    };
    read::read(text.as_bytes(), classification).map_err(Failure::from)
}

/// The same file with an answer in it; `None` where there is no such component.
pub(crate) fn answered(release: &Release, component: &str, signed: &Signed) -> Option<String> {
    let mut release = release.clone();
    let version = release.version.clone();
    let component: &mut Component = release.components.iter_mut().find(|it| it.id == component)?;
    if signed.question == "form" {
        component.form = match &signed.answer {
            Some(Answer::Value(form)) => form.parse().ok(),
            Some(Answer::Yes | Answer::No) | None => None,
        };
        return Some(write::write(&release));
    }
    let answers = component.answers.get_or_insert_default();
    answers.retain(|it| it.question != signed.question);
    if let Some(value) = &signed.answer {
        answers.push(GivenAnswer {
            question: signed.question.clone(),
            value: value.clone(),
            by: signed.by.clone(),
            on: signed.on,
            version: Some(version),
            source: None,
            note: None,
        });
    }
    Some(write::write(&release))
}

/// The capabilities of a component that the rulebook knows on a day, with what they suggest.
pub(crate) fn suggestions<'a>(
    engine: &'a Engine,
    component: &Component,
    on: Date,
) -> BTreeMap<&'a str, (&'a str, &'a str)> {
    let Some(classification) = &engine.rulebook().classification else { return BTreeMap::new() };
    let held = Capabilities::of(component, classification, on);
    held.suggest().map(|(capability, question, answer)| (question, (answer, capability))).collect()
}

#[cfg(test)]
mod tests;
