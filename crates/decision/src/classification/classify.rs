//! One product under the law of its day.

use super::because::Explainer;
use super::conclusion::{Verdict, conclude};
use super::day::ClassificationDay;
use super::product::{FORM, Product};
use super::{
    Classification, ClassificationOutcome, Described, Excluded, answers, nearby, questions,
};
use crate::determination::{Because, Condition, Referral};
use crate::engine::{Engine, Options};
use crate::matter::out_of_date;
use crate::trace::Trace;
use crate::transaction::values::Answer;
use jiff::civil::Date;
use law::rulebook::{BlockId, Effect, TableRow};
use law::{Evaluation, Relevance, RowId, Truth};
use std::collections::BTreeSet;

/// How many nodes the exact method may make for one product.
const BUDGET: usize = 200_000;

/// To whom a block refers.
fn referral(law: &law::Law, place: usize) -> Option<Referral<'_>> {
    let block = law.block(place)?;
    let Effect::Refer(agency) = &block.effect else { return None };
    Some(Referral { agency, why: &block.says, citation: &block.citation })
}

impl Engine {
    /// What each part of a block's condition is of a product, as [`law::Crowd::parts`] counts them,
    /// and at the end what the block itself is; empty where the block is not in force.
    #[must_use]
    pub fn parts_of_product(&self, product: &Product, block: BlockId, on: Date) -> Vec<u8> {
        let rulebook = self.rulebook();
        let Some(classification) = &rulebook.classification else { return Vec::new() };
        let law = &self.classification_day(on).law;
        let Some(place) = law.place(block) else { return Vec::new() };
        let known = answers::known(rulebook, classification, product, on);
        let nobody = BTreeSet::new();
        let mut crowd = law.crowd(&known.facts, &nobody);
        let mut parts = crowd.parts(place, known.row);
        parts.push(match crowd.block(place, known.row) {
            Truth::True => 1,
            Truth::Unknown => 2,
            Truth::False => 4,
        });
        parts
    }

    /// Which entry of the control list describes a product, and why. Of the options, `on`,
    /// `max_law_age` and `trace` count.
    ///
    /// An answer that is no answer to its question leaves it open. A rulebook that classifies
    /// nothing answers that it is to be reviewed.
    #[must_use]
    pub fn classify<'law>(
        &'law self,
        product: &Product,
        options: &Options,
    ) -> Classification<'law> {
        let on = options.on.unwrap_or(product.date);
        let mut answer = self.unclassified(product, on);
        let rulebook = self.rulebook();
        let Some(classification) = &rulebook.classification else {
            answer.notes.push("The rulebook holds no classification.".to_owned());
            return answer;
        };
        let day = self.classification_day(on);
        let known = answers::known(rulebook, classification, product, on);
        let (facts, row) = (&known.facts, known.row);
        let mut symbolic = day.law.symbolic_within(facts, BUDGET);
        let verdicts = conclude(day, &mut symbolic, row);
        let outlook = symbolic.outlook(&verdicts);
        let relevance = symbolic.relevance(&outlook);
        answer.settled = relevance.settled.is_some();
        let mut evaluation = day.law.evaluate(facts);
        answer.conclude(day, &relevance, &mut evaluation, row);
        let contradicting = &known.contradicting;
        let contradiction = self
            .contradiction(product, options, contradicting, &answer)
            .or_else(|| self.false_release(product, options, contradicting, &answer));
        if let Some(note) = contradiction {
            answer.review(note);
        }
        if let Some(note) = out_of_date(rulebook, on, options.max_law_age)
            && answer.outcome < ClassificationOutcome::NeedsReview
        {
            answer.review(note);
        }
        if options.trace == Trace::None {
            return answer;
        }
        if relevance.settled.is_none() {
            answer.questions = questions::open(classification, day, &mut symbolic, &relevance, row);
            if answer.questions.is_empty() {
                answer.notes.push(FORMAL.to_owned());
            }
        }
        if let Some(row) = answer.eccn.and_then(|it| self.row(it, &answer.eccn_for, on)) {
            self.add_row(row, &mut answer);
        }
        let explainer = Explainer {
            rulebook,
            law: &day.law,
            facts,
            form: self.form_question().map(|it| it.fact),
            full: options.trace == Trace::Full,
        };
        answer.explain(day, &explainer, &mut evaluation, row);
        if answer.outcome == ClassificationOutcome::OtherAgency {
            let holding = day.referrals.iter().filter(|it| evaluation.block(**it, row).is_true());
            answer.referrals = holding.filter_map(|it| referral(&day.law, *it)).collect();
        }
        if options.trace != Trace::Lean {
            answer.near_misses = nearby::misses(rulebook, classification, day, &explainer, &known);
        }
        answer.assumptions = known.assumptions;
        answer
    }

    /// Adds what every block is of a product to a coverage.
    pub fn cover_product(
        &self,
        product: &Product,
        options: &Options,
        coverage: &mut law::Coverage,
    ) {
        let Some(classification) = &self.rulebook().classification else { return };
        let on = options.on.unwrap_or(product.date);
        let known = answers::known(self.rulebook(), classification, product, on);
        coverage.add(&mut self.classification_day(on).law.evaluate(&known.facts));
    }

    fn form_question(&self) -> Option<&law::rulebook::Question> {
        self.classification_questions().iter().find(|it| it.id == FORM)
    }

    fn unclassified<'law>(&'law self, product: &Product, on: Date) -> Classification<'law> {
        Classification {
            id: product.id.clone(),
            law_date: on,
            outcome: ClassificationOutcome::NeedsReview,
            settled: false,
            eccn: None,
            eccn_for: Vec::new(),
            also_described: Vec::new(),
            candidates: Vec::new(),
            left_open: Vec::new(),
            undescribed: false,
            reasons_for_control: Vec::new(),
            exceptions: Vec::new(),
            excluded: Vec::new(),
            because: Vec::new(),
            questions: Vec::new(),
            near_misses: Vec::new(),
            conditions: Vec::new(),
            referrals: Vec::new(),
            assumptions: Vec::new(),
            notes: Vec::new(),
            rulebook: self.stamp(),
        }
    }

    /// What is said where answers contradict each other and it matters which of them is right.
    fn contradiction(
        &self,
        product: &Product,
        options: &Options,
        contradicting: &[&law::rulebook::Question],
        answer: &Classification<'_>,
    ) -> Option<String> {
        let questions = self.classification_questions();
        // Taken at its word, a yes takes back the answers upon which it would not be asked.
        let mut believed = product.clone();
        let answers = believed.answers.get_or_insert_default();
        let mut denied = Vec::new();
        let mut open: Vec<&law::rulebook::Question> = contradicting.to_vec();
        while let Some(question) = open.pop() {
            for fact in question.rests_on() {
                let Some(rest) = questions.get(usize::from(fact.0)) else { continue };
                if !rest.releases && answers.remove(&rest.id).is_some() {
                    denied.push(rest.id.as_str());
                    open.push(rest);
                }
            }
        }
        if denied.is_empty() {
            return None;
        }
        let inner = Options { trace: Trace::None, ..*options };
        let other = self.classify(&believed, &inner);
        let same = other.outcome == answer.outcome && other.eccn == answer.eccn;
        (!same).then(|| {
            let stated: Vec<&str> = contradicting.iter().map(|it| it.id.as_str()).collect();
            format!(
                "The answers contradict each other: yes to {} does not go with what was answered \
                 to {}. Correct the one or the other.",
                stated.join(" and "),
                denied.join(" and ")
            )
        })
    }

    /// What is said where a yes releases the product by which another yes would not be asked: it
    /// is nothing but a payload, and it builds payloads. A release that is contradicted is none.
    fn false_release(
        &self,
        product: &Product,
        options: &Options,
        contradicting: &[&law::rulebook::Question],
        answer: &Classification<'_>,
    ) -> Option<String> {
        if answer.outcome >= ClassificationOutcome::Classified {
            return None;
        }
        let questions = self.classification_questions();
        let mut believed = product.clone();
        let answers = believed.answers.get_or_insert_default();
        let mut denied: Vec<&str> = Vec::new();
        for fact in contradicting.iter().flat_map(|it| it.ended_by()) {
            let Some(release) = questions.get(usize::from(fact.0)) else { continue };
            if release.releases && answers.get(&release.id) == Some(&Some(Answer::Yes)) {
                answers.insert(release.id.clone(), Some(Answer::No));
                denied.push(&release.id);
            }
        }
        if denied.is_empty() {
            return None;
        }
        let inner = Options { trace: Trace::None, ..*options };
        let other = self.classify(&believed, &inner);
        (other.outcome != answer.outcome).then(|| {
            let stated: Vec<&str> = contradicting.iter().map(|it| it.id.as_str()).collect();
            format!(
                "The answers contradict each other: yes to {} says no to {}. Correct the one or \
                 the other.",
                stated.join(" and "),
                denied.join(" and ")
            )
        })
    }

    /// The row of the control list for an entry and the first of what it is for.
    fn row(&self, eccn: &str, parents: &[&str], on: Date) -> Option<&TableRow> {
        let found = parents.first().map(|it| it.parse());
        let chain = match found {
            Some(Ok(chain)) => Some(chain),
            Some(Err(_)) | None => None,
        };
        let found = self.bindings().entries.find(&eccn.parse().ok()?, chain.as_ref(), on);
        let law::Value::Code(key) = found.value else { return None };
        let rulebook = self.rulebook();
        let entries = rulebook.classification.as_ref()?.entries;
        let mut tables = rulebook.tables.iter().filter(|it| it.domain == entries);
        tables.find_map(|table| {
            table.rows.iter().find(|it| {
                it.key == key && it.from <= on && it.until.is_none_or(|until| on < until)
            })
        })
    }

    /// What the row of the entry says of it.
    fn add_row<'law>(&'law self, row: &'law TableRow, answer: &mut Classification<'law>) {
        let rulebook = self.rulebook();
        let Some(entries) = rulebook.classification.as_ref().map(|it| it.entries) else { return };
        let Some(table) = rulebook.tables.iter().find(|it| it.domain == entries) else { return };
        let column = table.columns.iter().position(|it| it.name == "reason");
        if let Some(place) = column
            && let (Some(words), Some(column)) = (row.words.get(place), table.columns.get(place))
        {
            let known = words.iter().filter_map(|it| column.words.get(usize::from(*it)));
            answer.reasons_for_control.extend(known.map(String::as_str));
        }
        let order = |it: &&str| rulebook.vocabulary.reasons.iter().position(|known| known == it);
        answer.reasons_for_control.sort_by_key(order);
        if let Some(printed) = row.other.get("exceptions") {
            answer.exceptions.extend(printed.split(';').map(str::trim));
        }
    }
}

/// What is said where the text settles nothing.
const FORMAL: &str =
    "Ask BIS for a formal classification (748.3): the text does not settle this by itself.";

impl<'law> Classification<'law> {
    /// The outcome of what is known, and what else it may be.
    fn conclude(
        &mut self,
        day: &'law ClassificationDay,
        relevance: &Relevance<Verdict>,
        evaluation: &mut Evaluation<'_>,
        row: RowId,
    ) {
        for verdict in &relevance.possible {
            if let Verdict::Entry(place) = verdict {
                self.candidates.extend(described(day, *place));
            }
        }
        self.undescribed = relevance.possible.contains(&Verdict::NotDescribed);
        self.left_open = self.candidates.iter().map(|it| it.eccn).collect();
        if relevance.possible.contains(&Verdict::Review) {
            // Which of the entries gives way to another, the text does not say.
            for (place, it) in day.described.iter().enumerate() {
                if !evaluation.block(it.block, row).is_false()
                    && let Some(other) = described(day, place)
                    && !self.left_open.contains(&other.eccn)
                {
                    self.left_open.push(other.eccn);
                }
            }
        }
        let (outcome, entry) = match relevance.settled {
            Some(Verdict::OtherAgency) => (ClassificationOutcome::OtherAgency, None),
            Some(Verdict::Outside) => (ClassificationOutcome::NotSubject, None),
            None | Some(Verdict::Review) => (ClassificationOutcome::NeedsReview, None),
            Some(Verdict::NotDescribed) => (ClassificationOutcome::NotControlledHere, None),
            Some(Verdict::Entry(place)) => (ClassificationOutcome::Classified, Some(place)),
        };
        self.outcome = outcome;
        let entry = entry.and_then(|it| described(day, it));
        self.eccn = entry.as_ref().map(|it| it.eccn);
        self.eccn_for = entry.as_ref().map(|it| it.eccn_for.clone()).unwrap_or_default();
        for (place, it) in day.described.iter().enumerate() {
            if evaluation.block(it.block, row).is_true()
                && let Some(also) = described(day, place)
                && Some(&also) != entry.as_ref()
                && !self.also_described.contains(&also)
            {
                self.also_described.push(also);
            }
        }
        if relevance.settled == Some(Verdict::Review) {
            self.candidates.clone_from(&self.also_described);
            if self.candidates.len() > 1 {
                let readings: Vec<&str> = self.candidates.iter().map(|it| it.eccn).collect();
                self.notes.push(format!(
                    "Each of {} gives way to another of them, so the text settles none.",
                    readings.join(" and ")
                ));
                self.notes.push(FORMAL.to_owned());
            }
        }
    }

    fn review(&mut self, note: String) {
        self.outcome = ClassificationOutcome::NeedsReview;
        self.eccn = None;
        self.eccn_for.clear();
        self.settled = false;
        self.notes.push(note);
    }

    /// The trace, the exclusions and the duties.
    fn explain(
        &mut self,
        day: &'law ClassificationDay,
        explainer: &Explainer<'_, 'law>,
        evaluation: &mut Evaluation<'_>,
        row: RowId,
    ) {
        let gates = [&day.referrals, &day.exclusions, &day.flags];
        for block in gates.into_iter().flatten() {
            if !evaluation.block(*block, row).is_false() || explainer.full {
                self.because.extend(explainer.because(evaluation, *block, row));
            }
        }
        for it in &day.preferences {
            let both = [it.first, it.over].into_iter().all(|it| {
                let block = day.described.get(it).map(|it| it.block);
                block.is_some_and(|it| evaluation.block(it, row).is_true())
            });
            if both && !evaluation.block(it.block, row).is_false() {
                let tree = explainer.because(evaluation, it.block, row);
                self.because.extend(tree.filter(|it| !self.because.contains(it)));
            }
        }
        let mut holding: Vec<Because<'law>> = Vec::new();
        let mut near: Vec<Because<'law>> = Vec::new();
        for (place, it) in day.described.iter().enumerate() {
            let Some(found) = evaluation.explain(it.block, row) else { continue };
            let mut exemptions = Vec::new();
            explainer.exemptions(&found, &mut exemptions);
            for block in exemptions {
                self.exclude(day, place, block, explainer);
            }
            let tree = || explainer.tree(&found, 0);
            match found.truth {
                Truth::True => holding.push(tree()),
                Truth::Unknown => near.push(tree()),
                Truth::False if explainer.full || explainer.is_near(&found) => {
                    near.push(tree());
                }
                Truth::False => {}
            }
        }
        self.because.extend(holding);
        self.because.extend(near);
        let unasked = day.untranslated.iter().filter(|it| {
            self.outcome == ClassificationOutcome::NotControlledHere
                && !evaluation.condition(**it, row).is_false()
        });
        let unasked: Vec<String> =
            unasked.filter_map(|it| explainer.says(*it)).map(|it| it.1.to_owned()).collect();
        self.notes.extend(unasked);
        for block in &day.duties {
            let truth = evaluation.block(*block, row);
            if !truth.is_true() {
                continue;
            }
            let Some(duty) = day.law.block(*block) else { continue };
            if let Effect::Oblige(code) = &duty.effect {
                let (what, citation) = (duty.says.as_str(), duty.citation.as_str());
                self.conditions.push(Condition {
                    code,
                    what,
                    citation,
                    by: duty.by.as_deref(),
                    truth,
                });
            }
        }
    }

    fn exclude(
        &mut self,
        day: &'law ClassificationDay,
        place: usize,
        exempt: usize,
        explainer: &Explainer<'_, 'law>,
    ) {
        let (Some((eccn, _)), Some((citation, text))) = (day.entry(place), explainer.says(exempt))
        else {
            return;
        };
        let excluded = Excluded { eccn, citation, text };
        if !self.excluded.contains(&excluded) {
            self.excluded.push(excluded);
        }
    }
}

/// The entry that a description describes.
pub(super) fn described(day: &ClassificationDay, place: usize) -> Option<Described<'_>> {
    let (eccn, parents) = day.entry(place)?;
    Some(Described { eccn, eccn_for: parents.iter().map(String::as_str).collect() })
}
