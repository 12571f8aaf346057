//! From answers to facts: what was said, what follows from it, and what is taken for granted.
//!
//! A question that is not asked, because of the answers to others, is answered no. A yes to a
//! question that is asked only upon a yes to another says that one too, unless that yes would
//! release the product from a control: such a yes must be stated.

use super::AssumedAnswer;
use super::product::{FORM, Product, Unanswered, answer_of};
use crate::transaction::item::Form;
use crate::transaction::values::Answer;
use jiff::civil::Date;
use law::rulebook::{Classification, Question, Rulebook};
use law::schema::{FactType, Schema};
use law::{Facts, RowId, Truth, Value};

/// What is known of one product.
#[derive(Clone, Debug)]
pub(super) struct Known<'law> {
    /// The facts: the root, and the product.
    pub(super) facts: Facts,
    /// The product.
    pub(super) row: RowId,
    /// Answers that were taken for granted.
    pub(super) assumptions: Vec<AssumedAnswer<'law>>,
    /// Questions to which a yes was given although, by other answers, they are not asked.
    pub(super) contradicting: Vec<&'law Question>,
}

/// What follows from the answers on a day.
pub(super) fn known<'law>(
    rulebook: &'law Rulebook,
    classification: &'law Classification,
    product: &Product,
    on: Date,
) -> Known<'law> {
    let mut facts = Facts::new(&rulebook.schema);
    let row = facts.push(&rulebook.schema, classification.kind, RowId(0), 0);
    let mut making = Making {
        schema: &rulebook.schema,
        classification,
        facts,
        row,
        open: vec![false; classification.questions.len()],
        assumptions: Vec::new(),
    };
    making.form(product.form);
    for (place, question) in classification.questions.iter().enumerate() {
        match product.answers.as_ref().and_then(|it| it.get(&question.id)) {
            Some(Some(answer)) => making.answer(question, answer),
            Some(None) => making.leave_open(place),
            None if question.covers(on) => {}
            None => making.say_no(question),
        }
    }
    making.grant();
    let contradicting = making.contradicting();
    making.close();
    if product.unanswered == Some(Unanswered::No) {
        making.say_no_to_the_rest();
    }
    Known { facts: making.facts, row, assumptions: making.assumptions, contradicting }
}

struct Making<'law> {
    schema: &'law Schema,
    classification: &'law Classification,
    facts: Facts,
    row: RowId,
    /// Questions that are known not to be known.
    open: Vec<bool>,
    assumptions: Vec<AssumedAnswer<'law>>,
}

impl<'law> Making<'law> {
    fn form(&mut self, form: Option<Form>) {
        let Some(question) = self.classification.questions.iter().find(|it| it.id == FORM) else {
            return;
        };
        // A key is treated as the software that it enables (734.19(b)).
        let form = match form {
            Some(Form::SoftwareKey) => Some(Form::ObjectCode),
            Some(Form::AccessInformation) | None => None,
            Some(
                it @ (Form::Commodity
                | Form::ObjectCode
                | Form::SourceCode
                | Form::Technology
                | Form::Service),
            ) => Some(it),
        };
        if let Some(form) = form {
            self.set(question, form.as_str());
        }
    }

    fn answer(&mut self, question: &'law Question, answer: &Answer) {
        match answer {
            Answer::Yes => self.set(question, "yes"),
            Answer::No => self.set(question, "no"),
            Answer::Value(text) => self.set(question, text),
        }
    }

    /// Says an answer; what is no answer to the question leaves it open.
    fn set(&mut self, question: &Question, text: &str) {
        let value = match answer_of(question, text) {
            Ok(Answer::Yes) => Value::Truth(true),
            Ok(Answer::No) => Value::Truth(false),
            Ok(Answer::Value(text)) => {
                let kind = self.schema.kinds.get(usize::from(self.classification.kind.0));
                let fact = kind.and_then(|it| it.facts.get(usize::from(question.fact.0)));
                match fact.map(|it| it.of) {
                    Some(FactType::Code(domain)) => {
                        self.schema.value(domain, &text).map_or(Value::Unknown, Value::Code)
                    }
                    Some(FactType::Truth | FactType::Set(_) | FactType::Number) | None => {
                        Value::Unknown
                    }
                }
            }
            Err(_) => Value::Unknown,
        };
        self.facts.set(self.row, question.fact, value);
    }

    fn leave_open(&mut self, place: usize) {
        if let Some(open) = self.open.get_mut(place) {
            *open = true;
        }
    }

    fn is_unknown(&self, question: &Question) -> bool {
        *self.facts.value(self.row, question.fact) == Value::Unknown
    }

    fn is_affirmed(&self, question: &Question) -> bool {
        match self.facts.value(self.row, question.fact) {
            Value::Truth(yes) => *yes,
            Value::Code(_) => question.id != FORM,
            Value::Unknown
            | Value::OneOf(_)
            | Value::Set(_)
            | Value::Number(_)
            | Value::Between(..) => false,
        }
    }

    /// What a yes says beside itself.
    fn grant(&mut self) {
        let questions = &self.classification.questions;
        loop {
            let affirmed = questions.iter().filter(|it| self.is_affirmed(it));
            let rest = affirmed.flat_map(Question::rests_on);
            let granted: Vec<&Question> = rest
                .filter_map(|it| questions.get(usize::from(it.0)))
                .filter(|it| self.is_unknown(it) && !it.releases && it.values.is_empty())
                .filter(|it| self.open.get(usize::from(it.fact.0)) != Some(&true))
                .collect();
            if granted.is_empty() {
                return;
            }
            for question in granted {
                if self.is_unknown(question) {
                    self.set(question, "yes");
                    self.assumptions.push(AssumedAnswer {
                        fact: &question.id,
                        answer: "yes".to_owned(),
                        why: "a question was answered that is asked only then",
                    });
                }
            }
        }
    }

    /// Yes to what is not asked, by what was answered.
    fn contradicting(&self) -> Vec<&'law Question> {
        let questions = self.classification.questions.iter();
        let stated = questions.filter(|it| self.is_affirmed(it));
        stated.filter(|it| it.is_asked(&self.facts, self.row).is_false()).collect()
    }

    /// What is not asked is answered no.
    fn close(&mut self) {
        let questions = &self.classification.questions;
        loop {
            let closed: Vec<&Question> = questions
                .iter()
                .filter(|it| self.is_unknown(it) && it.values.is_empty())
                .filter(|it| it.is_asked(&self.facts, self.row).is_false())
                .collect();
            if closed.is_empty() {
                return;
            }
            for question in closed {
                self.set(question, "no");
            }
        }
    }

    fn say_no(&mut self, question: &'law Question) {
        if question.values.is_empty() {
            self.set(question, "no");
        }
    }

    /// What was left out counts as no; where a no would be the way out, as its table says.
    fn say_no_to_the_rest(&mut self) {
        for (place, question) in self.classification.questions.iter().enumerate() {
            if !self.is_unknown(question) || self.open.get(place) == Some(&true) {
                continue;
            }
            let asked = question.is_asked(&self.facts, self.row);
            let said = question.left_out.as_deref().filter(|_| asked != Truth::False);
            match said {
                Some(said) => {
                    self.set(question, said);
                    self.assumptions.push(AssumedAnswer {
                        fact: &question.id,
                        answer: said.to_owned(),
                        why: "it was left out, and only a stated answer would release the product",
                    });
                }
                None => self.say_no(question),
            }
        }
    }
}
