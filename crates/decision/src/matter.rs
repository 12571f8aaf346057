//! One matter: a leg's facts under the law of its day, and everything that is found about it.
//!
//! The walk is that of 15 CFR § 732.1 to § 732.6, except that no step ends it: every check runs
//! and every hit is reported, so that an early "license required" cannot hide a denied person.

use crate::clearance;
use crate::country::Country;
use crate::determination::{
    Because, Condition, Derived, Determination, ExceptionFinding, Flag, ItemFinding, Policy,
    Question, Referral, Requirement,
};
use crate::effects::{Concluded, Conclusion, Judged};
use crate::engine::{Day, Engine, Options};
use crate::facts::{self, FactOptions, MatterFacts};
use crate::outcome::Outcome;
use crate::questions::{Asking, Ranked};
use crate::trace::{Trace, Tracer};
use crate::transaction::{Leg, Party, Transaction};
use jiff::ToSpan;
use jiff::civil::Date;
use law::rulebook::{Block, Effect, Rulebook, TermId};
use law::{Coverage, Evaluation, Law, Node, RowId, Symbolic, Truth, Unknown};
use std::collections::BTreeMap;

/// Terms that every answer reports, where the rulebook defines them.
pub(crate) const REPORTED_TERMS: [&str; 6] = [
    "ace-government-end-user",
    "ace-favorable-treatment-end-user",
    "enc-government-end-user",
    "military-end-user",
    "cybersecurity-item",
    "subject-to-the-ear",
];

/// A leg's facts under the law of its day.
#[derive(Debug)]
pub(crate) struct Matter<'law, 'leg> {
    engine: &'law Engine,
    day: &'law Day,
    leg: &'leg Leg<'leg>,
    on: Date,
    options: Options,
    facts: MatterFacts,
    /// Why no permissive answer is given, where the law's own days do not reach this one.
    out_of_date: Option<String>,
}

/// What was concluded for one item, in plain truths.
struct Judgment {
    conclusion: Option<Conclusion>,
    possible: Vec<Outcome>,
    license_required: Truth,
    /// By place in the effects' requirements.
    requirements: Vec<Truth>,
    exceptions: Vec<(u8, Truth)>,
    prohibited: Truth,
    questions: BTreeMap<String, Ranked>,
}

impl Judgment {
    /// The outcome that stands: the settled one; where every completion forbids it to go, the
    /// mildest of them; otherwise a review.
    fn outcome(&self) -> Outcome {
        match self.possible.as_slice() {
            [only] if self.conclusion.is_some() => *only,
            [first, ..] if *first >= Outcome::LicenseRequired => *first,
            _ => Outcome::NeedsReview,
        }
    }
}

impl<'law, 'leg> Matter<'law, 'leg> {
    pub(crate) fn new(
        engine: &'law Engine,
        day: &'law Day,
        leg: &'leg Leg<'leg>,
        on: Date,
        options: &Options,
        later_leg_barred: bool,
        depth: u8,
    ) -> Self {
        let strict = FactOptions { strict: options.strict };
        let mut facts = facts::facts(leg, on, engine.catalogue(), engine.bindings(), strict);
        facts.set_later_leg_barred(later_leg_barred);
        let out_of_date = out_of_date(engine.rulebook(), on, options.max_law_age);
        let mut matter = Self { engine, day, leg, on, options: *options, facts, out_of_date };
        if depth == 0 {
            matter.clear_passages(options);
        }
        matter
    }

    /// Answers, for each country passed through, whether each item could lawfully go there
    /// itself: what 15 CFR § 736.2(b)(8) asks of a shipment in transit.
    fn clear_passages(&mut self, options: &Options) {
        let inner = Options { trace: Trace::None, answers: false, ..*options };
        for (place, country) in self.leg.transit.unwrap_or_default().iter().enumerate() {
            let parties = self.leg.parties.map(|it| relocated(it, self.leg.destination, *country));
            let mut there = *self.leg;
            there.destination = Some(*country);
            there.transit = None;
            there.parties = parties.as_deref();
            let answer = self.engine.decide_leg(&there, &inner, false, 1);
            for item in &answer.items {
                let cleared = match item.outcome {
                    it if it.is_permissive() => Some(true),
                    Outcome::NeedsReview => None,
                    _ => Some(false),
                };
                self.facts.set_cleared(item.index, place, cleared);
            }
        }
    }

    pub(crate) fn determine(mut self) -> Determination<'law> {
        let judgments = self.judge();
        let law = &self.day.law;
        let rulebook = self.engine.rulebook();

        let mut determination = Determination {
            id: self.leg.id.map(str::to_owned),
            label: self.leg.label.map(str::to_owned),
            law_date: self.on,
            outcome: Outcome::NotAnExport,
            settled: judgments.iter().all(|it| it.conclusion.is_some()),
            possible: Vec::new(),
            exception: None,
            license_required: Truth::False,
            items: Vec::new(),
            reasons: Vec::new(),
            because: Vec::new(),
            derived: Vec::new(),
            questions: Vec::new(),
            assumptions: Vec::new(),
            conditions: Vec::new(),
            flags: Vec::new(),
            referrals: Vec::new(),
            review_policy: None,
            clearance: clearance::none(),
            legs: Vec::new(),
            rulebook: self.engine.stamp(),
            notes: self.notes(),
        };

        let tracer = Tracer {
            rulebook,
            matter: &self.facts,
            evaluation: law.evaluate(&self.facts.facts).into(),
            trace: self.options.trace,
            seen: std::cell::RefCell::default(),
        };
        for (index, (row, judgment)) in self.facts.items.iter().zip(&judgments).enumerate() {
            let item = self.item(&tracer, index, *row, judgment);
            determination.outcome = determination.outcome.max(item.outcome);
            determination.license_required =
                determination.license_required.or(item.license_required);
            determination.items.push(item);
        }
        determination.possible = possible_of_all(&judgments);
        determination.exception = (determination.outcome == Outcome::LicenseException)
            .then(|| determination.items.iter().find_map(|it| it.exception))
            .flatten();
        for reason in &rulebook.vocabulary.reasons {
            let given = determination.items.iter().flat_map(|it| &it.requirements);
            if given.map(|it| it.reason).any(|it| it == reason) {
                determination.reasons.push(reason);
            }
        }
        if self.options.trace != Trace::None {
            determination.because = self.because(&tracer, &judgments);
            determination.flags = self.flags(&tracer);
        }
        determination.questions = self.questions(&judgments);
        let seen = tracer.seen.into_inner();
        if self.options.trace != Trace::None {
            determination.assumptions = self.facts.assumptions_of(&seen);
        }
        if self.options.trace != Trace::None {
            self.prohibit_by_reasons(&judgments, &mut determination);
            self.add_late(&judgments, &mut determination);
        }
        determination
    }

    /// The reasons of prohibitions that hold stand among the reasons.
    fn prohibit_by_reasons(&self, judgments: &[Judgment], determination: &mut Determination<'law>) {
        if !judgments.iter().any(|it| it.prohibited.is_true()) {
            return;
        }
        let mut evaluation = self.day.law.evaluate(&self.facts.facts);
        for judged in &self.day.effects.prohibitions {
            for item in &self.facts.items {
                if evaluation.block(judged.block, judged.row(*item)).is_true()
                    && let Some(Block { effect: Effect::Prohibit(reason), .. }) =
                        self.block(*judged)
                    && !determination.reasons.contains(&reason.as_str())
                {
                    determination.reasons.push(reason);
                }
            }
        }
    }

    fn notes(&self) -> Vec<String> {
        let verified = self.engine.rulebook().verified_through;
        let mut notes = Vec::new();
        if let Some(why) = &self.out_of_date {
            notes.push(why.clone());
        } else if self.on > verified {
            notes.push(format!(
                "The law was verified through {verified}; this answer is for {}, a later day.",
                self.on
            ));
        }
        notes
    }

    /// Concludes for every item: fast where three-valued logic is enough, exactly where it is not.
    fn judge(&self) -> Vec<Judgment> {
        let stale = self.out_of_date.is_some();
        let effects = &self.day.effects;
        let mut evaluation: Evaluation<'_> = self.day.law.evaluate(&self.facts.facts);
        let mut symbolic: Option<Symbolic<'_>> = None;
        let mut judgments = Vec::with_capacity(self.facts.items.len());
        for item in &self.facts.items {
            let concluded = effects.conclude(&mut evaluation, *item, stale);
            let definite = concluded.conclusions.iter().find(|it| it.1.is_true());
            judgments.push(match definite {
                Some((conclusion, _)) => settled(*conclusion, &concluded),
                None => {
                    let symbolic =
                        symbolic.get_or_insert_with(|| self.day.law.symbolic(&self.facts.facts));
                    let concluded = effects.conclude(symbolic, *item, stale);
                    self.judge_exactly(symbolic, *item, &concluded)
                }
            });
        }
        judgments
    }

    fn judge_exactly(
        &self,
        symbolic: &mut Symbolic<'_>,
        item: RowId,
        concluded: &Concluded<Node>,
    ) -> Judgment {
        let mut possible: Vec<Outcome> =
            concluded.conclusions.iter().map(|it| it.0.outcome).collect();
        possible.sort_unstable();
        possible.dedup();
        let conclusion = match concluded.conclusions.as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        };
        let questions = if conclusion.is_some() {
            BTreeMap::new()
        } else {
            let found = symbolic.relevance(&concluded.conclusions);
            let asking = Asking {
                rulebook: self.engine.rulebook(),
                law: &self.day.law,
                effects: &self.day.effects,
                matter: &self.facts,
                leg: self.leg,
                item,
                conclusions: &concluded.conclusions,
                with_answers: self.options.answers,
            };
            asking.questions(symbolic, &found)
        };
        let requirements = concluded
            .requirements
            .iter()
            .map(|it| {
                let truth = symbolic.value(*it);
                let by_law = truth.is_unknown()
                    && symbolic.support(*it).iter().all(|it| matches!(it, Unknown::Law(_)));
                // A requirement that hangs on an unknown fact is a question, not a finding.
                if truth.is_unknown() && !by_law { Truth::False } else { truth }
            })
            .collect();
        Judgment {
            conclusion,
            possible,
            license_required: symbolic.value(concluded.license_required),
            requirements,
            exceptions: concluded
                .exceptions
                .iter()
                .map(|(symbol, node)| (*symbol, symbolic.value(*node)))
                .collect(),
            prohibited: symbolic.value(concluded.prohibited),
            questions,
        }
    }

    fn item(
        &self,
        tracer: &Tracer<'_, 'law>,
        index: usize,
        row: RowId,
        judgment: &Judgment,
    ) -> ItemFinding<'law> {
        let words = &self.engine.rulebook().vocabulary;
        let given = self.leg.items.and_then(|it| it.get(index));
        let outcome = judgment.outcome();
        let mut requirements: Vec<Requirement<'law>> = Vec::new();
        for (requirement, truth) in self.day.effects.requirements.iter().zip(&judgment.requirements)
        {
            if let Some(block) = self.block(requirement.judged)
                && !truth.is_false()
                && let Effect::Require(reason) = &block.effect
            {
                requirements.push(Requirement {
                    reason,
                    citation: &block.citation,
                    says: &block.says,
                    truth: *truth,
                });
            }
        }
        let mut exceptions = Vec::new();
        if self.options.trace != Trace::None && !judgment.license_required.is_false() {
            for (symbol, name) in (0_u8..).zip(&words.exceptions) {
                let asked = judgment.exceptions.iter().find(|it| it.0 == symbol);
                match asked {
                    Some((_, available)) => {
                        let found = self.exception(tracer, symbol, name, row, *available, judgment);
                        exceptions.push(found);
                    }
                    None if outcome >= Outcome::NeedsReview => {
                        exceptions.extend(self.missed(tracer, symbol, name, row));
                    }
                    None => {}
                }
            }
        }
        let exception = judgment
            .conclusion
            .and_then(|it| it.exception)
            .and_then(|it| words.exceptions.get(usize::from(it)))
            .map(String::as_str);
        ItemFinding {
            index,
            name: given.and_then(|it| it.name.clone()),
            eccn: given.and_then(|it| it.eccn.as_ref()).map(ToString::to_string),
            outcome,
            possible: judgment.possible.clone(),
            exception,
            license_required: judgment.license_required,
            requirements,
            exceptions,
        }
    }

    /// An exception that is meant for such an item and does not open: why not.
    fn missed(
        &self,
        tracer: &Tracer<'_, 'law>,
        symbol: u8,
        name: &'law str,
        row: RowId,
    ) -> Option<ExceptionFinding<'law>> {
        let exception = self.day.effects.exceptions.get(usize::from(symbol))?;
        let of_the_item = self.day.effects.of_the_item;
        let allows = exception.allows.iter().filter(|it| it.1 & of_the_item != 0);
        let because: Vec<_> = allows
            .filter_map(|(it, _)| tracer.fitting(it.block, it.row(row), row))
            .filter(|it| it.truth.is_false())
            .collect();
        let available = Truth::False;
        let not_overcome = Vec::new();
        (!because.is_empty()).then_some(ExceptionFinding {
            symbol: name,
            available,
            not_overcome,
            because,
        })
    }

    fn exception(
        &self,
        tracer: &Tracer<'_, 'law>,
        symbol: u8,
        name: &'law str,
        row: RowId,
        available: Truth,
        judgment: &Judgment,
    ) -> ExceptionFinding<'law> {
        let effects = &self.day.effects;
        let mut because = Vec::new();
        let mut not_overcome: Vec<&'law str> = Vec::new();
        let mut home: Vec<&str> = Vec::new();
        let standing = effects.requirements.iter().zip(&judgment.requirements);
        let reasons =
            standing.filter(|it| !it.1.is_false()).fold(0, |bits, it| bits | 1 << it.0.reason);
        if let Some(exception) = effects.exceptions.get(usize::from(symbol)) {
            let mut overcomes = 0_u64;
            for (judged, bits) in &exception.allows {
                if let Some(node) = tracer.near(judged.block, judged.row(row)) {
                    if !node.truth.is_false() && bits & reasons != 0 {
                        overcomes |= bits;
                        home.push(section(node.citation));
                        because.push(node);
                    } else if tracer.trace == Trace::Full {
                        because.push(node);
                    }
                }
            }
            for (requirement, truth) in effects.requirements.iter().zip(&judgment.requirements) {
                if truth.is_true() && overcomes & (1 << requirement.reason) == 0 {
                    let reasons = &self.engine.rulebook().vocabulary.reasons;
                    if let Some(reason) = reasons.get(usize::from(requirement.reason))
                        && !not_overcome.contains(&reason.as_str())
                    {
                        not_overcome.push(reason);
                    }
                }
            }
            for judged in &exception.bars {
                if let Some(node) = tracer.near(judged.block, judged.row(row))
                    && (!node.truth.is_false()
                        || home.contains(&section(node.citation))
                        || tracer.trace == Trace::Full)
                {
                    because.push(node);
                }
            }
        }
        ExceptionFinding { symbol: name, available, not_overcome, because }
    }

    /// The trace: exclusions that hold, the general prohibitions with what stands under each, and
    /// the flags.
    fn because(&self, tracer: &Tracer<'_, 'law>, judgments: &[Judgment]) -> Vec<Because<'law>> {
        let effects = &self.day.effects;
        let mut because: Vec<Because<'law>> = Vec::new();
        let mut add = |node: Because<'law>| {
            if !because.contains(&node) {
                because.push(node);
            }
        };
        for item in &self.facts.items {
            for exclusion in &effects.exclusions {
                let judged = exclusion.judged;
                if let Some(node) = tracer.near(judged.block, judged.row(*item)) {
                    add(node);
                }
            }
        }
        for (name, citation, words) in &self.engine.rulebook().vocabulary.prohibitions {
            let mut node = Because {
                citation,
                text: words,
                effect: "prohibition",
                truth: Truth::False,
                facts: Vec::new(),
                because: Vec::new(),
            };
            for (item, judgment) in self.facts.items.iter().zip(judgments) {
                for (requirement, truth) in effects.requirements.iter().zip(&judgment.requirements)
                {
                    self.under(tracer, name, requirement.judged, *item, Some(*truth), &mut node);
                }
                for judged in &effects.prohibitions {
                    self.under(tracer, name, *judged, *item, None, &mut node);
                }
            }
            add(node);
        }
        for item in &self.facts.items {
            for judged in &effects.flags {
                if let Some(node) = tracer.near(judged.block, judged.row(*item))
                    && !node.truth.is_false()
                {
                    add(node);
                }
            }
        }
        because
    }

    /// Puts a block under the general prohibition that it belongs to.
    fn under(
        &self,
        tracer: &Tracer<'_, 'law>,
        prohibition: &str,
        judged: Judged,
        item: RowId,
        truth: Option<Truth>,
        node: &mut Because<'law>,
    ) {
        let Some(block) = self.block(judged) else { return };
        if block.under.as_deref() != Some(prohibition) {
            return;
        }
        if let Some(found) = tracer.near(judged.block, judged.row(item)) {
            node.truth = node.truth.or(truth.unwrap_or(found.truth));
            if !node.because.contains(&found) {
                node.because.push(found);
            }
        }
    }

    fn flags(&self, tracer: &Tracer<'_, 'law>) -> Vec<Flag<'law>> {
        let mut evaluation = self.day.law.evaluate(&self.facts.facts);
        let mut flags: Vec<Flag<'law>> = Vec::new();
        for item in &self.facts.items {
            for judged in &self.day.effects.flags {
                let truth = evaluation.block(judged.block, judged.row(*item));
                let Some(block) = self.block(*judged) else { continue };
                let Effect::Flag(flag) = &block.effect else { continue };
                if !truth.is_true() {
                    continue;
                }
                let Some(node) = tracer.because(judged.block, judged.row(*item)) else { continue };
                let found = Flag {
                    flag,
                    subject: subject_of(&node),
                    resolved: false,
                    truth,
                    why: &block.says,
                    citation: &block.citation,
                };
                if !flags.contains(&found) {
                    flags.push(found);
                }
            }
        }
        flags
    }

    /// All questions, the best first, each once.
    fn questions(&self, judgments: &[Judgment]) -> Vec<Question> {
        let mut ranked: BTreeMap<&str, &Ranked> = BTreeMap::new();
        for (path, it) in judgments.iter().flat_map(|it| &it.questions) {
            match ranked.get(path.as_str()) {
                Some(known) if known.worth >= it.worth => {}
                _ => {
                    ranked.insert(path, it);
                }
            }
        }
        let mut ranked: Vec<(&str, &Ranked)> = ranked.into_iter().collect();
        ranked.sort_by(|a, b| b.1.worth.cmp(&a.1.worth).then_with(|| a.0.cmp(b.0)));
        let mut questions: Vec<Question> =
            ranked.into_iter().map(|(_, it)| it.question.clone()).collect();
        if let Some(why) = &self.out_of_date {
            questions.push(Question {
                fact: "law".to_owned(),
                ask: format!(
                    "Has the law changed since {}?",
                    self.engine.rulebook().verified_through
                ),
                why: why.clone(),
                citation: String::new(),
                answers: Vec::new(),
            });
        }
        questions
    }

    /// Tells the facts what was concluded, for the blocks that are judged last.
    fn conclude_late(&mut self, judgments: &[Judgment]) {
        for (row, judgment) in self.facts.items.clone().iter().zip(judgments) {
            let rulebook = self.engine.rulebook();
            let exceptions = &rulebook.vocabulary.exceptions;
            let used = judgment.conclusion.map(|it| match it.exception {
                None => "none",
                Some(symbol) => exceptions.get(usize::from(symbol)).map_or("none", String::as_str),
            });
            let required = judgment.license_required;
            self.facts.set_late(*row, &rulebook.schema, judgment.outcome(), used, required);
        }
    }

    /// Adds what every block is of this matter to a coverage.
    pub(crate) fn cover(mut self, coverage: &mut Coverage) {
        let judgments = self.judge();
        self.conclude_late(&judgments);
        coverage.add(&mut self.day.law.evaluate(&self.facts.facts));
    }

    /// Duties, referrals, the review policy and the papers: what follows from the outcome.
    fn add_late(&mut self, judgments: &[Judgment], determination: &mut Determination<'law>) {
        self.conclude_late(judgments);
        let law: &'law Law = &self.day.law;
        let mut evaluation = law.evaluate(&self.facts.facts);
        let mut policy: Option<(usize, Policy<'law>)> = None;
        let mut duties = Vec::new();
        for item in &self.facts.items {
            for judged in &self.day.effects.late {
                let truth = evaluation.block(judged.block, judged.row(*item));
                let Some(block) = self.block(*judged) else { continue };
                match &block.effect {
                    Effect::Oblige(code) => {
                        add_condition(block, code, truth, determination);
                        if truth.is_true() {
                            duties.extend(evaluation.explain(judged.block, judged.row(*item)));
                        }
                    }
                    Effect::Refer(agency) if truth.is_true() => {
                        let found =
                            Referral { agency, why: &block.says, citation: &block.citation };
                        if !determination.referrals.contains(&found) {
                            determination.referrals.push(found);
                        }
                    }
                    Effect::Policy(name)
                        if truth.is_true() && determination.outcome >= Outcome::NeedsReview =>
                    {
                        let policies = &self.engine.rulebook().vocabulary.policies;
                        let rank = policies.iter().position(|it| it == name).unwrap_or(usize::MAX);
                        if policy.as_ref().is_none_or(|it| it.0 < rank) {
                            let found = Policy {
                                policy: name,
                                says: &block.says,
                                citation: &block.citation,
                            };
                            policy = Some((rank, found));
                        }
                    }
                    _ => {}
                }
            }
        }
        let tracer = Tracer {
            rulebook: self.engine.rulebook(),
            matter: &self.facts,
            evaluation: law.evaluate(&self.facts.facts).into(),
            trace: self.options.trace,
            seen: std::cell::RefCell::default(),
        };
        for duty in duties {
            let node = tracer.tree(&duty, 0);
            if !determination.because.contains(&node) {
                determination.because.push(node);
            }
        }
        determination.review_policy = policy.map(|it| it.1);
        determination.clearance =
            clearance::of(|name| self.term(name), &mut evaluation, &self.facts, determination);
        determination.derived = self.derived(&mut evaluation);
    }

    fn derived(&self, evaluation: &mut Evaluation<'_>) -> Vec<Derived<'law>> {
        let rulebook = self.engine.rulebook();
        let mut derived = Vec::new();
        for name in REPORTED_TERMS {
            let Some(id) = self.term(name) else { continue };
            let Some(term) = rulebook.terms.get(id.0 as usize) else { continue };
            for row in self.facts.facts.rows_of(term.subject) {
                let value = evaluation.holds(id, *row);
                derived.push(Derived {
                    term: &term.name,
                    subject: self.facts.subject_of(*row),
                    value,
                    citation: self.citation_of(term, evaluation, *row),
                });
            }
        }
        derived
    }

    /// The paragraph whose meaning of a term holds for a thing, or the first that is in force.
    fn citation_of(
        &self,
        term: &law::rulebook::Term,
        evaluation: &mut Evaluation<'_>,
        row: RowId,
    ) -> &'law str {
        let law: &'law Law = &self.day.law;
        let mut first = "";
        for (place, block) in law.blocks().iter().enumerate() {
            if !term.blocks.contains(&block.id) {
                continue;
            }
            let Some(held) = self.engine.rulebook().blocks.get(block.id.0 as usize) else {
                continue;
            };
            if evaluation.block(place, row).is_true() {
                return &held.citation;
            }
            if first.is_empty() {
                first = &held.citation;
            }
        }
        first
    }

    fn term(&self, name: &str) -> Option<TermId> {
        let place = self.engine.rulebook().terms.iter().position(|it| it.name == name)?;
        Some(TermId(u32::try_from(place).ok()?))
    }

    fn block(&self, judged: Judged) -> Option<&'law Block> {
        let law: &'law Law = &self.day.law;
        let block = law.blocks().get(judged.block)?;
        self.engine.rulebook().blocks.get(block.id.0 as usize)
    }
}

fn settled(conclusion: Conclusion, concluded: &Concluded<Truth>) -> Judgment {
    Judgment {
        conclusion: Some(conclusion),
        possible: vec![conclusion.outcome],
        license_required: concluded.license_required,
        // What is unknown here changes nothing: it is not a finding.
        requirements: concluded
            .requirements
            .iter()
            .map(|it| if it.is_true() { Truth::True } else { Truth::False })
            .collect(),
        exceptions: concluded.exceptions.clone(),
        prohibited: concluded.prohibited,
        questions: BTreeMap::new(),
    }
}

fn add_condition<'law>(
    block: &'law Block,
    code: &'law str,
    truth: Truth,
    determination: &mut Determination<'law>,
) {
    let binds = truth.is_true() || (truth.is_unknown() && determination.outcome.is_permissive());
    if !binds {
        return;
    }
    match determination.conditions.iter_mut().find(|it| it.code == code) {
        Some(known) => known.truth = known.truth.or(truth),
        None => determination.conditions.push(Condition {
            code,
            what: &block.says,
            citation: &block.citation,
            by: block.by.as_deref(),
            truth,
        }),
    }
}

/// The outcomes that the whole may still have: for each possible outcome of an item, the strictest
/// with the least that the others can have.
fn possible_of_all(judgments: &[Judgment]) -> Vec<Outcome> {
    let floor = judgments.iter().filter_map(|it| it.possible.first()).max().copied();
    let mut possible: Vec<Outcome> = judgments
        .iter()
        .flat_map(|it| &it.possible)
        .copied()
        .filter(|it| floor.is_none_or(|floor| *it >= floor))
        .collect();
    possible.sort_unstable();
    possible.dedup();
    possible
}

/// The parties at the destination, as if they were where the item passes through.
fn relocated(parties: &[Party], destination: Option<Country>, there: Country) -> Vec<Party> {
    let mut parties = parties.to_vec();
    for party in &mut parties {
        if party.country.is_some() && party.country == destination {
            party.country = Some(there);
        }
    }
    parties
}

/// `740.22` of `740.22(c)(2)`.
fn section(citation: &str) -> &str {
    citation.split('(').next().unwrap_or(citation).trim()
}

/// The thing a flag is about: the first party or item whose fact was read.
fn subject_of(node: &Because<'_>) -> String {
    let own = node.facts.iter().filter_map(|it| it.split_once('.')).map(|it| it.0);
    let own = own.filter(|it| it.contains('[')).map(str::to_owned).next();
    own.or_else(|| node.because.iter().map(subject_of).find(|it| it != "transaction"))
        .unwrap_or_else(|| "transaction".to_owned())
}

/// Why a day is outside what the rulebook can vouch for.
fn out_of_date(rulebook: &Rulebook, on: Date, max_law_age: u32) -> Option<String> {
    if on < rulebook.from {
        return Some(format!(
            "The rulebook speaks of {} and later; {on} is before it.",
            rulebook.from
        ));
    }
    let last = rulebook.verified_through.saturating_add(i64::from(max_law_age).days());
    (on > last).then(|| {
        format!(
            "The law was verified through {}, more than {max_law_age} days before {on}; check what has changed.",
            rulebook.verified_through
        )
    })
}

/// Joins the answers to the legs of a chain: the strictest stands.
pub(crate) fn join_legs<'law>(
    transaction: &Transaction,
    strictest: &Determination<'law>,
    legs: Vec<Determination<'law>>,
    rulebook: &'law Rulebook,
) -> Determination<'law> {
    let mut joined = strictest.clone();
    joined.id.clone_from(&transaction.id);
    joined.label = None;
    joined.law_date = transaction.date;
    joined.settled = legs.iter().all(|it| it.settled);
    joined.license_required =
        legs.iter().fold(Truth::False, |truth, it| truth.or(it.license_required));
    joined.reasons.clear();
    for reason in &rulebook.vocabulary.reasons {
        if legs.iter().any(|it| it.reasons.contains(&reason.as_str())) {
            joined.reasons.push(reason);
        }
    }
    for leg in &legs {
        merge(&mut joined.because, &leg.because);
        merge(&mut joined.questions, &leg.questions);
        merge(&mut joined.assumptions, &leg.assumptions);
        merge(&mut joined.flags, &leg.flags);
        merge(&mut joined.referrals, &leg.referrals);
        merge(&mut joined.derived, &leg.derived);
        merge(&mut joined.notes, &leg.notes);
        for it in &leg.conditions {
            if !joined.conditions.iter().any(|known| known.code == it.code) {
                joined.conditions.push(it.clone());
            }
        }
        joined.possible.extend(leg.possible.iter().copied());
    }
    let floor = legs.iter().filter_map(|it| it.possible.first()).max().copied();
    joined.possible.retain(|it| floor.is_none_or(|floor| *it >= floor));
    joined.possible.sort_unstable();
    joined.possible.dedup();
    joined.legs = legs;
    joined
}

fn merge<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
    for it in from {
        if !into.contains(it) {
            into.push(it.clone());
        }
    }
}
