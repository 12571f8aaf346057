//! Items of a transaction that carry answers: classified by the same blocks as a product.
//!
//! A settled entry stands in for a classification that was not given; an open one leaves the item
//! unclassified, and its questions come first. A classification that was given stands, and where
//! the answers lead elsewhere no permissive answer is given.

use super::product::fits;
use super::told_twice::{self, Answers};
use super::{Classification, ClassificationOutcome, Product, Unanswered};
use crate::determination::{Determination, Flag, Question, Referral};
use crate::eccn::{Eccn, EccnChain};
use crate::engine::{Engine, Options};
use crate::outcome::Outcome;
use crate::trace::Trace;
use crate::transaction::end_use::EndUse;
use crate::transaction::leg::LeftOpen;
use crate::transaction::read::InputError;
use crate::transaction::values::Answer;
use crate::transaction::{Item, Leg, Transaction};
use jiff::civil::Date;
use law::Truth;
use std::collections::BTreeMap;

/// What the answers of a leg's items came to.
#[derive(Debug)]
pub(crate) struct ClassifiedItems<'law> {
    /// The items, with what was settled.
    pub(crate) items: Vec<Item>,
    /// Those of which the answers settled the entry.
    pub(crate) by_answers: Vec<usize>,
    /// What is left of those that are free by their answers.
    left_open: Vec<LeftOpen>,
    notes: Vec<String>,
    questions: Vec<Question>,
    /// The agencies whose law comes first.
    referrals: Vec<Referral<'law>>,
    /// Items of which no permissive answer is given: their classification and their answers
    /// contradict each other, or an answer cannot be read.
    doubtful: Vec<usize>,
}

impl Engine {
    /// What is wrong with the answers that items of a transaction carry: questions that do not
    /// exist, and values that are no answer to them, each with its path.
    ///
    /// Reading a transaction needs no rulebook and so does not know the questions. Where one is
    /// decided all the same, no permissive answer is given for such an item.
    #[must_use]
    pub fn wrong_answers(&self, transaction: &Transaction) -> Vec<InputError> {
        let mut wrong = Vec::new();
        for (place, item) in transaction.items.iter().flatten().enumerate() {
            for (id, answer) in item.answers.iter().flatten() {
                if let Err((message, help)) = self.answers_a_question(id, answer) {
                    let path = format!("items[{place}].answers.{id}");
                    wrong.push(InputError { path, line: None, message, help });
                }
            }
        }
        wrong
    }

    fn answers_a_question(
        &self,
        id: &str,
        answer: &Answer,
    ) -> Result<(), (String, Option<String>)> {
        let text = match answer {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Value(text) => text,
        };
        fits(id, text, self.classification_questions())
    }
}

/// The items of a leg, where one of them carries answers.
pub(crate) fn classify<'law>(
    engine: &'law Engine,
    leg: &Leg<'_>,
    on: Date,
    options: &Options,
) -> Option<ClassifiedItems<'law>> {
    let items = leg.items?;
    if items.iter().all(|it| it.answers.as_ref().is_none_or(BTreeMap::is_empty)) {
        return None;
    }
    let mut out = ClassifiedItems {
        items: items.to_vec(),
        by_answers: Vec::new(),
        left_open: Vec::new(),
        notes: Vec::new(),
        questions: Vec::new(),
        referrals: Vec::new(),
        doubtful: Vec::new(),
    };
    for (place, item) in items.iter().enumerate() {
        if let Some(answers) = item.answers.as_ref().filter(|it| !it.is_empty()) {
            out.item(engine, place, item, answers, on, options);
            out.compare_fields(place, leg.end_use, answers);
        }
    }
    Some(out)
}

impl<'law> ClassifiedItems<'law> {
    fn item(
        &mut self,
        engine: &'law Engine,
        place: usize,
        item: &Item,
        answers: &BTreeMap<String, Answer>,
        on: Date,
        options: &Options,
    ) {
        let mut product = Product::on(on);
        product.form = item.form;
        product.answers = Some(with_fields(item, answers));
        let options = Options { on: Some(on), trace: Trace::Lean, ..*options };
        let found = engine.classify(&product, &options);
        for it in &found.referrals {
            if !self.referrals.contains(it) {
                self.referrals.push(it.clone());
            }
        }
        let mut strange = false;
        for (id, answer) in answers {
            if let Err((message, help)) = engine.answers_a_question(id, answer) {
                let help = help.map(|it| format!(" ({it})")).unwrap_or_default();
                self.notes.push(format!("items[{place}].answers.{id}: {message}{help}."));
                strange = true;
            }
        }
        // An answer that cannot be read may be a slip that hides one that matters.
        if strange {
            self.doubtful.push(place);
        }
        match &item.eccn {
            Some(given) => {
                self.compare(place, given, &found);
                if found.outcome == ClassificationOutcome::NeedsReview {
                    // With an entry at hand nobody answers everything: what is left out counts as no.
                    product.unanswered = Some(Unanswered::No);
                    self.compare(place, given, &engine.classify(&product, &options));
                }
            }
            None if strange => {}
            None => {
                self.settle(place, &found);
                if found.outcome == ClassificationOutcome::NotSubject {
                    self.settle_kept_back(place, &engine.classify(&kept_back(product), &options));
                }
            }
        }
    }

    /// Of some entries more is asked before what is published is free: takes over what describes
    /// an item that is free by its answers, or what still may.
    fn settle_kept_back(&mut self, place: usize, kept: &Classification<'_>) {
        match kept.outcome {
            ClassificationOutcome::Classified => self.settle(place, kept),
            ClassificationOutcome::NotControlledHere | ClassificationOutcome::NeedsReview => {
                let none = kept.undescribed || kept.outcome != ClassificationOutcome::NeedsReview;
                let entries = kept.left_open.iter().filter_map(|it| it.parse().ok()).collect();
                self.left_open.push(LeftOpen { item: place, entries, none });
            }
            ClassificationOutcome::NotSubject | ClassificationOutcome::OtherAgency => {}
        }
    }

    /// Compares the item's fields with its answers, and takes over what only the answers tell.
    fn compare_fields(&mut self, place: usize, end_use: Option<&EndUse>, answers: &Answers) {
        let Some(item) = self.items.get_mut(place) else { return };
        let differing = told_twice::differing(item, end_use, answers);
        told_twice::take_over(item, answers);
        if !differing.is_empty() {
            self.doubtful.push(place);
        }
        let notes = differing.into_iter();
        self.notes
            .extend(notes.map(|it| format!("items[{place}]: {it}: correct the one or the other.")));
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
                self.by_answers.push(place);
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
                "items[{place}]: by its answers it is not subject to the EAR."
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
        self.ask_what_is_open(place, found);
    }

    fn ask_what_is_open(&mut self, place: usize, found: &Classification<'_>) {
        // What it is made of is a field of the item as well as a question about it.
        let path = |fact: &str| match fact {
            "form" => format!("items[{place}].form"),
            question => format!("items[{place}].answers.{question}"),
        };
        self.questions.extend(found.questions.iter().map(|it| Question {
            fact: path(it.fact),
            ask: it.ask.to_owned(),
            why: it.why.clone(),
            citation: it.citation.to_owned(),
            answers: Vec::new(),
            about: None,
        }));
    }

    /// Compares a classification that was given with what the answers settle, or leave open. What
    /// they settle beyond it, a paragraph below it, a parent or another entry, is taken over.
    fn compare(&mut self, place: usize, given: &Eccn, found: &Classification<'_>) {
        let agrees = |eccn: &str| given.holds(eccn) || given.is_under(eccn);
        let differs = match found.outcome {
            ClassificationOutcome::Classified => {
                let same = found.eccn.is_some_and(agrees) && self.same_parent(place, found);
                if same {
                    self.take_over(place, given, found);
                }
                !same
            }
            ClassificationOutcome::OtherAgency => true,
            // What was given may be an entry that nobody is asked about.
            ClassificationOutcome::NotControlledHere | ClassificationOutcome::NotSubject => false,
            ClassificationOutcome::NeedsReview => {
                !found.undescribed && !found.left_open.iter().any(|it| agrees(it))
            }
        };
        if !differs || self.doubtful.contains(&place) {
            return;
        }
        self.doubtful.push(place);
        let other = match (found.eccn, found.left_open.as_slice()) {
            (Some(one), _) => {
                let parents = found.eccn_for.first().map(|it| format!(" for {it}"));
                format!("lead to {one}{}", parents.unwrap_or_default())
            }
            (None, []) => "lead to another agency's list".to_owned(),
            (None, several) => format!("leave only {}", several.join(", ")),
        };
        self.notes.push(format!(
            "items[{place}] is given as {given}, but its answers {other}: correct the one or the \
             other."
        ));
        self.ask_what_is_open(place, found);
    }

    /// Whether what the entry is for, where both say so, is the same.
    fn same_parent(&self, place: usize, found: &Classification<'_>) -> bool {
        let told = self.items.get(place).and_then(|it| it.eccn_for.as_ref());
        told.is_none_or(|told| {
            let parents = found.eccn_for.iter().filter_map(|it| it.parse::<EccnChain>().ok());
            let mut nearest = parents.filter_map(|it| it.parents().first().cloned()).peekable();
            let Some(own) = told.parents().first() else { return true };
            let same = |it: Eccn| it.holds(&own.to_string()) || own.holds(&it.to_string());
            nearest.peek().is_none() || nearest.any(same)
        })
    }

    /// Takes over what answers that agree with a given entry settle beyond it.
    fn take_over(&mut self, place: usize, given: &Eccn, found: &Classification<'_>) {
        let Some(item) = self.items.get_mut(place) else { return };
        let deeper = found.eccn.filter(|it| given.holds(it) && given.to_string() != *it);
        if let Some(deeper) = deeper.and_then(|it| it.parse().ok()) {
            self.notes.push(format!("items[{place}] is {deeper} by its answers, under {given}."));
            item.eccn = Some(deeper);
        }
        if item.eccn_for.is_none() {
            item.eccn_for = found.eccn_for.first().and_then(|it| it.parse().ok());
        }
        let known = item.also_controlled.get_or_insert_default();
        for also in found.also_described.iter().filter_map(|it| it.eccn.parse::<Eccn>().ok()) {
            if !known.contains(&also) {
                self.notes
                    .push(format!("items[{place}] is described by {also} too, by its answers."));
                known.push(also);
            }
        }
    }

    /// A leg with what the answers of its items settled.
    pub(crate) fn leg<'a>(&'a self, leg: Leg<'a>) -> Leg<'a> {
        let mut leg = leg;
        leg.items = Some(&self.items);
        leg.by_answers = &self.by_answers;
        leg.left_open = &self.left_open;
        leg
    }

    /// Adds what the answers came to; takes back what contradicts them.
    pub(crate) fn add_to(self, determination: &mut Determination<'law>) {
        for item in &mut determination.items {
            if self.doubtful.contains(&item.index) && item.outcome.is_permissive() {
                item.outcome = Outcome::NeedsReview;
                item.exception = None;
                determination.outcome = determination.outcome.max(Outcome::NeedsReview);
            }
        }
        if !self.doubtful.is_empty() {
            determination.settled = false;
            if determination.outcome != Outcome::LicenseException {
                determination.exception = None;
            }
        }
        for index in &self.doubtful {
            determination.flags.push(Flag {
                flag: "other",
                subject: format!("items[{index}]"),
                resolved: false,
                truth: Truth::True,
                why: "What was told of the item and the answers about it do not go together: the \
                      notes say which of them.",
                citation: "738.2(a)",
            });
        }
        determination.notes.extend(self.notes);
        for it in self.referrals {
            if !determination.referrals.contains(&it) {
                determination.referrals.push(it);
            }
        }
        let asked = std::mem::replace(&mut determination.questions, self.questions);
        let own = determination.questions.len();
        for it in asked {
            let known = determination.questions.iter().take(own).any(|own| own.fact == it.fact);
            if !known {
                determination.questions.push(it);
            }
        }
    }
}

/// A product as it would be if it were free in no way.
fn kept_back(product: Product) -> Product {
    ["published", "fundamental-research", "in-published-patent"]
        .into_iter()
        .fold(product, |product, way| product.with(way, Answer::No))
}

/// The answers of an item, and what its fields say where those are silent. That it is not free is
/// presumed of an item as it is elsewhere (transaction.md, P2).
fn with_fields(item: &Item, answers: &Answers) -> BTreeMap<String, Option<Answer>> {
    let mut all: BTreeMap<String, Option<Answer>> =
        answers.iter().map(|(id, it)| (id.clone(), Some(it.clone()))).collect();
    let nonstandard = item.encryption.as_ref().and_then(|it| it.nonstandard);
    for (question, told) in [
        ("published", Some(item.published.unwrap_or_default())),
        ("fundamental-research", Some(item.fundamental_research.unwrap_or_default())),
        ("in-published-patent", Some(item.in_published_patent.unwrap_or_default())),
        ("mass-market", item.mass_market),
        ("nonstandard-cryptography", nonstandard),
    ] {
        let answer = told.map(|told| if told { Answer::Yes } else { Answer::No });
        if let Some(answer) = answer {
            all.entry(question.to_owned()).or_insert(Some(answer));
        }
    }
    all
}
