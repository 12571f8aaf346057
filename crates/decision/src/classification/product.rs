//! A product that is to be classified: what it is made of, and the answers to the questions.

use crate::closed_list::closed_list;
use crate::suggestion::{did_you_mean, nearest};
use crate::transaction::item::Form;
use crate::transaction::read::{Format, InputErrors, Node, NodeValue, Read, Reading, read_as};
use crate::transaction::record::record;
use crate::transaction::schema::schema_of;
use crate::transaction::values::Answer;
use jiff::civil::Date;
use law::rulebook::Question;
use std::collections::BTreeMap;

record! {
    /// A product that is to be classified.
    pub struct Product {
        /// The caller's own reference, echoed in the answer.
        id: Option<String>,
        /// The day whose law applies: that of the release, or of the export.
        date: Date,
        /// For people and documents.
        name: Option<String>,
        /// For people and documents.
        description: Option<String>,
        /// What leaves.
        form: Option<Form>,
        /// Answers to the classification questions, by their ids. An answer of null is known not
        /// to be known: it stays open whatever `unanswered` says.
        answers: Option<BTreeMap<String, Option<Answer>>>,
        /// What a question means that is left out.
        unanswered: Option<Unanswered>,
    }
}

closed_list! {
    /// What a question means that is left out.
    pub enum Unanswered is "a meaning of unanswered questions" {
        /// It is open, and asked where it can still change the outcome.
        Ask = "ask",
        /// It counts as no.
        No = "no",
    }
}

/// The id of the question that `form` answers.
pub(super) const FORM: &str = "form";

impl Product {
    /// A product of which nothing is known but the day.
    #[must_use]
    pub fn on(date: Date) -> Self {
        Self {
            id: None,
            date,
            name: None,
            description: None,
            form: None,
            answers: None,
            unanswered: None,
        }
    }

    /// The same product with one more answer.
    #[must_use]
    pub fn with(mut self, question: &str, answer: Answer) -> Self {
        self.answers.get_or_insert_default().insert(question.to_owned(), Some(answer));
        self
    }
}

/// Reads one product, as [`crate::transaction::read::read`] reads a transaction. `questions` are
/// those of [`crate::Engine::classification_questions`].
///
/// # Errors
///
/// Every problem of the input: text that is not in the format, unknown keys, questions that do not
/// exist, and values that are no answer to them.
pub fn read(format: Format, bytes: &[u8], questions: &[Question]) -> Result<Product, InputErrors> {
    read_as(format, bytes, |root, reading| {
        let product = Product::read(root, reading);
        check(root, questions, reading);
        product
    })
}

/// The JSON Schema (2020-12) of a product.
#[must_use]
pub fn product_schema() -> serde_json::Value {
    schema_of::<Product>("Exeat product, version 1")
}

/// Reports the answers that answer no question.
fn check<'n>(root: &'n Node<'n>, questions: &[Question], reading: &mut Reading<'n>) {
    let NodeValue::Map(entries) = &root.value else { return };
    for entry in entries.iter().filter(|it| it.key == "answers") {
        let NodeValue::Map(answers) = &entry.node.value else { continue };
        reading.enter_key("answers");
        for answer in answers {
            reading.enter_key(&answer.key);
            if let Err((message, help)) = problem(&answer.key, &answer.node, questions) {
                reading.problem(&answer.node, message, help);
            }
            reading.leave();
        }
        reading.leave();
    }
}

fn problem(
    id: &str,
    node: &Node<'_>,
    questions: &[Question],
) -> Result<(), (String, Option<String>)> {
    let question = question(id, questions)?;
    let text = match &node.value {
        NodeValue::Bool(_) if question.values.is_empty() => return Ok(()),
        NodeValue::Text(text) | NodeValue::Plain(text) => text.as_ref(),
        NodeValue::Bool(_) => "",
        // Reading it reported it, or nothing is known.
        NodeValue::Null | NodeValue::Number(_) | NodeValue::List(_) | NodeValue::Map(_) => {
            return Ok(());
        }
    };
    answer_of(question, text).map(|_| ()).or_else(|help| {
        if node.is_null() { Ok(()) } else { Err((NO_ANSWER.to_owned(), Some(help))) }
    })
}

const NO_ANSWER: &str = "not an answer to this question";

/// The question of that id, or what is wrong, and what to do about it.
fn question<'q>(
    id: &str,
    questions: &'q [Question],
) -> Result<&'q Question, (String, Option<String>)> {
    if id == FORM {
        let help = Some("write it as the product's `form`".to_owned());
        return Err(("the form is no answer but a key of its own".to_owned(), help));
    }
    questions.iter().find(|it| it.id == id).ok_or_else(|| {
        let ids = questions.iter().map(|it| it.id.as_str());
        ("there is no such question".to_owned(), nearest(id, ids).map(did_you_mean))
    })
}

/// Whether a text answers the question of that id; else what is wrong, and what to do about it.
pub(super) fn fits(
    id: &str,
    text: &str,
    questions: &[Question],
) -> Result<(), (String, Option<String>)> {
    let found = answer_of(question(id, questions)?, text);
    found.map(|_| ()).map_err(|help| (NO_ANSWER.to_owned(), Some(help)))
}

/// Reads the text of an answer, or says which there are.
pub(super) fn answer_of(question: &Question, text: &str) -> Result<Answer, String> {
    match text {
        "yes" | "true" if question.values.is_empty() => Ok(Answer::Yes),
        "no" | "false" if question.values.is_empty() => Ok(Answer::No),
        _ if question.values.is_empty() => {
            Err("answer yes or no, or null where it is not known".to_owned())
        }
        _ if question.values.iter().any(|it| it == text) => Ok(Answer::Value(text.to_owned())),
        _ => Err(format!("one of: {}", question.values.join(", "))),
    }
}
