//! Items of a transaction that carry answers: classified by the same blocks as a product.
//!
//! A settled entry stands in for a classification that was not given; an open one leaves the item
//! unclassified, and its questions come first. A classification that was given stands, and where
//! the answers lead elsewhere no permissive answer is given.

use super::{Classification, ClassificationOutcome, Product};
use crate::determination::{Determination, Question};
use crate::eccn::Eccn;
use crate::engine::{Engine, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::values::Answer;
use crate::transaction::{Item, Leg};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the answers of a leg's items came to.
#[derive(Debug)]
pub(crate) struct ClassifiedItems {
    /// The items, with what was settled.
    pub(crate) items: Vec<Item>,
    notes: Vec<String>,
    questions: Vec<Question>,
    /// Items whose classification and answers contradict each other.
    contradicting: Vec<usize>,
}

/// The items of a leg, where one of them carries answers.
pub(crate) fn classify(
    engine: &Engine,
    leg: &Leg<'_>,
    on: Date,
    options: &Options,
) -> Option<ClassifiedItems> {
    let items = leg.items?;
    if items.iter().all(|it| it.answers.as_ref().is_none_or(BTreeMap::is_empty)) {
        return None;
    }
    let mut out = ClassifiedItems {
        items: items.to_vec(),
        notes: Vec::new(),
        questions: Vec::new(),
        contradicting: Vec::new(),
    };
    for (place, item) in items.iter().enumerate() {
        if let Some(answers) = item.answers.as_ref().filter(|it| !it.is_empty()) {
            out.item(engine, place, item, answers, on, options);
        }
    }
    Some(out)
}

impl ClassifiedItems {
    fn item(
        &mut self,
        engine: &Engine,
        place: usize,
        item: &Item,
        answers: &BTreeMap<String, Answer>,
        on: Date,
        options: &Options,
    ) {
        let mut product = Product::on(on);
        product.form = item.form;
        product.answers =
            Some(answers.iter().map(|(id, it)| (id.clone(), Some(it.clone()))).collect());
        let options = Options { on: Some(on), trace: Trace::Lean, ..*options };
        let found = engine.classify(&product, &options);
        let known = engine.classification_questions();
        let strange: Vec<&str> = answers
            .keys()
            .map(String::as_str)
            .filter(|id| !known.iter().any(|it| it.id == **id))
            .collect();
        for id in &strange {
            self.notes.push(format!("items[{place}].answers: there is no question `{id}`."));
        }
        match &item.eccn {
            Some(given) => self.compare(place, given, &found),
            // An answer to no question may be a slip that hides one that matters.
            None if strange.is_empty() => self.settle(place, &found),
            None => {}
        }
    }

    /// Takes over what the answers settle; asks what they leave open.
    fn settle(&mut self, place: usize, found: &Classification<'_>) {
        let Some(item) = self.items.get_mut(place) else { return };
        match found.outcome {
            ClassificationOutcome::Classified => {
                item.eccn = found.eccn.and_then(|it| it.parse().ok());
                item.eccn_for = found.eccn_for.first().and_then(|it| it.parse().ok());
                let also: Vec<Eccn> =
                    found.also_described.iter().filter_map(|it| it.eccn.parse().ok()).collect();
                if !also.is_empty() {
                    item.also_controlled.get_or_insert_default().extend(also);
                }
                let parents = match found.eccn_for.first() {
                    Some(it) => format!(" for {it}"),
                    None => String::new(),
                };
                self.notes.push(format!(
                    "items[{place}] is {}{parents} by its answers.",
                    found.eccn.unwrap_or_default()
                ));
            }
            ClassificationOutcome::NotControlledHere => self.notes.push(format!(
                "items[{place}]: by its answers none of the entries that were asked about describes \
                 it; say which entry does, or EAR99."
            )),
            ClassificationOutcome::NotSubject => self.notes.push(format!(
                "items[{place}]: by its answers it is not subject; say so by `published`, \
                 `fundamental_research` or `in_published_patent`."
            )),
            ClassificationOutcome::OtherAgency => self.notes.push(format!(
                "items[{place}]: by its answers another agency's list describes it; ask that agency."
            )),
            ClassificationOutcome::NeedsReview => self.ask(place, found),
        }
    }

    fn ask(&mut self, place: usize, found: &Classification<'_>) {
        self.notes.push(format!("items[{place}]: its answers do not settle its classification."));
        self.notes.extend(found.notes.iter().cloned());
        self.questions.extend(found.questions.iter().map(|it| Question {
            fact: format!("items[{place}].answers.{}", it.fact),
            ask: it.ask.to_owned(),
            why: it.why.clone(),
            citation: it.citation.to_owned(),
            answers: Vec::new(),
            about: None,
        }));
    }

    /// Compares a classification that was given with what the answers settle.
    fn compare(&mut self, place: usize, given: &Eccn, found: &Classification<'_>) {
        let agrees = |eccn: &str| given.holds(eccn) || given.is_under(eccn);
        let differs = match found.outcome {
            ClassificationOutcome::Classified => !found.eccn.is_some_and(agrees),
            ClassificationOutcome::OtherAgency => true,
            // What was given may be an entry that nobody is asked about.
            ClassificationOutcome::NotControlledHere
            | ClassificationOutcome::NotSubject
            | ClassificationOutcome::NeedsReview => false,
        };
        if differs {
            let other = found.eccn.unwrap_or("another agency's list");
            self.notes.push(format!(
                "items[{place}] is given as {given}, but its answers lead to {other}: correct the \
                 one or the other."
            ));
            self.contradicting.push(place);
        }
    }

    /// Adds what the answers came to; takes back what contradicts them.
    pub(crate) fn add_to(self, determination: &mut Determination<'_>) {
        for item in &mut determination.items {
            if self.contradicting.contains(&item.index) && item.outcome.is_permissive() {
                item.outcome = Outcome::NeedsReview;
                item.exception = None;
                determination.outcome = determination.outcome.max(Outcome::NeedsReview);
            }
        }
        if !self.contradicting.is_empty() {
            determination.settled = false;
            if determination.outcome != Outcome::LicenseException {
                determination.exception = None;
            }
        }
        determination.notes.extend(self.notes);
        let asked = std::mem::take(&mut determination.questions);
        determination.questions = self.questions;
        determination.questions.extend(asked);
    }
}
