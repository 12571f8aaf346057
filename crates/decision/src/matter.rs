//! One matter: a leg's facts under the law of its day, and everything that is found about it.
//!
//! The walk is that of 15 CFR § 732.1 to § 732.6, except that no step ends it: every check runs
//! and every hit is reported, so that an early "license required" cannot hide a denied person.

mod because;
mod late;
mod passages;
mod presumed;

pub(crate) use late::{REPORTED_TERMS, Reported};

use crate::clearance;
use crate::determination::{Determination, ItemFinding, Question};
use crate::effects::{Conclusion, Judged};
use crate::engine::{Day, Engine, Options};
use crate::facts::{self, FactOptions, MatterFacts};
use crate::finding::{Finding, block};
use crate::judgment::{self, Judgment, possible_together};
use crate::kept::{Claims, Interview};
use crate::outcome::Outcome;
use crate::questions::{Asking, Ranked};
use crate::trace::{Trace, Tracer};
use crate::transaction::Leg;
use jiff::ToSpan;
use jiff::civil::Date;
use law::rulebook::{Block, Effect, Rulebook};
use law::{Coverage, Evaluation, Outlook, Relevance, RowId, Scratch, Selection, Symbolic, Truth};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many nodes the exact method may make for one transaction before the answer is a review:
/// many times what a transaction with a dozen unknown facts takes, and a few milliseconds.
pub(crate) const BUDGET: usize = 24_000;

/// A leg's facts under the law of its day.
#[derive(Debug)]
pub(crate) struct Matter<'law, 'leg> {
    engine: &'law Engine,
    day: &'law Day,
    leg: &'leg Leg<'leg>,
    on: Date,
    options: Options,
    facts: MatterFacts,
    /// How many nodes the exact method may make.
    budget: usize,
    /// Why no permissive answer is given, where the law's own days do not reach this one.
    out_of_date: Option<String>,
}

/// A matter's part of the work that one answer may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// How many nodes the exact method may make.
    pub(crate) budget: usize,
    /// Whether the matter is itself a fact of another (a passage through a country), so that the
    /// chain of questions ends.
    pub(crate) inner: bool,
}

impl Share {
    /// The share of one leg of so many.
    pub(crate) fn of(legs: usize) -> Self {
        Self { budget: BUDGET / legs.max(1), inner: false }
    }
}

impl<'law, 'leg> Matter<'law, 'leg> {
    /// What the law may know of a leg, in the memory of earlier facts.
    pub(crate) fn facts(
        engine: &Engine,
        leg: &Leg<'_>,
        on: Date,
        options: &Options,
        spare: Option<MatterFacts>,
    ) -> MatterFacts {
        let words = (engine.catalogue(), engine.bindings());
        facts::facts_in(spare, leg, on, words, FactOptions { strict: options.strict })
    }

    pub(crate) fn new(
        engine: &'law Engine,
        leg: &'leg Leg<'leg>,
        on: Date,
        options: &Options,
        facts: MatterFacts,
        Share { budget, inner }: Share,
    ) -> Self {
        let day = engine.day(on);
        let out_of_date = out_of_date(engine.rulebook(), on, options.max_law_age);
        // Each country passed through is a matter of its own.
        let passages = leg.transit.filter(|_| !inner).map_or(0, <[_]>::len);
        let budget = budget / (1 + passages);
        let mut matter =
            Self { engine, day, leg, on, options: *options, facts, budget, out_of_date };
        if passages > 0 {
            matter.clear_passages(options);
        }
        matter
    }

    /// The law and the facts, for whoever evaluates them otherwise.
    pub(crate) fn into_parts(self) -> (&'law Day, MatterFacts) {
        (self.day, self.facts)
    }

    /// The answer, and the facts as they are in the end, whose memory may be used again.
    /// In an interview, what was worked out for the answer before is gone on with.
    pub(crate) fn determine(
        mut self,
        scratch: &mut Scratch,
        interview: Option<&mut Interview>,
    ) -> (Determination<'law>, MatterFacts) {
        let mut determination = self.empty();
        let evaluation = self.day.law.evaluate_into(&self.facts.facts, scratch);
        let (judgments, evaluation) = self.judge(evaluation, interview);
        let tracer = self.tracer(evaluation);
        determination.settled = judgments.iter().all(|it| it.conclusion.is_some());
        for (index, (row, judgment)) in self.facts.items.iter().zip(&judgments).enumerate() {
            let ruled_out = &tracer.ruled_out(*row);
            let finding = Finding {
                law: &self.day.law,
                effects: &self.day.effects,
                tracer: &tracer,
                judgment,
                row: *row,
                ruled_out,
            };
            let item = finding.item(index, self.leg.items.and_then(|it| it.get(index)));
            determination.outcome = determination.outcome.max(item.outcome);
            determination.license_required =
                determination.license_required.or(item.license_required);
            determination.items.push(item);
        }
        determination.possible =
            possible_together(judgments.iter().map(|it| it.possible.as_slice()));
        determination.exception = (determination.outcome == Outcome::LicenseException)
            .then(|| determination.items.iter().find_map(|it| it.exception))
            .flatten();
        determination.reasons = self.reasons(&tracer, (&determination.items, &judgments));
        determination.questions = self.questions(&judgments);
        if self.options.trace == Trace::None {
            drop(tracer);
            return (determination, self.facts);
        }
        determination.because = self.because(&tracer, &judgments);
        determination.flags = self.flags(&tracer);
        let mut seen = tracer.seen.take();
        drop(tracer);
        if self.options.trace == Trace::Decisive {
            self.add_relied_on(&mut seen, &judgments);
        }
        self.conclude_late(&judgments);
        self.add_late(&mut determination, scratch);
        determination.assumptions = if self.options.trace == Trace::Lean {
            self.facts.assumptions()
        } else {
            self.facts.assumptions_of(&seen)
        };
        (determination, self.facts)
    }

    /// Adds what every block is of this matter to a coverage.
    pub(crate) fn cover(mut self, coverage: &mut Coverage) {
        let (judgments, evaluation) = self.judge(self.day.law.evaluate(&self.facts.facts), None);
        drop(evaluation);
        self.conclude_late(&judgments);
        coverage.add(&mut self.day.law.evaluate(&self.facts.facts));
    }

    fn empty(&self) -> Determination<'law> {
        Determination {
            id: self.leg.id.map(str::to_owned),
            label: self.leg.label.map(str::to_owned),
            law_date: self.on,
            outcome: Outcome::NotAnExport,
            settled: false,
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
            screened: None,
        }
    }

    fn tracer<'a>(&'a self, evaluation: Evaluation<'a>) -> Tracer<'a, 'law> {
        Tracer {
            rulebook: self.engine.rulebook(),
            law: &self.day.law,
            matter: &self.facts,
            evaluation: evaluation.into(),
            trace: self.options.trace,
            seen: RefCell::default(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let verified = self.engine.rulebook().verified_through;
        let mut notes = Vec::new();
        if self.engine.selection() != Selection::default() {
            notes.push(
                "Versions that are not law took part: this is what would be, not what is."
                    .to_owned(),
            );
        }
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
    fn judge<'a>(
        &'a self,
        mut evaluation: Evaluation<'a>,
        interview: Option<&mut Interview>,
    ) -> (Vec<Judgment>, Evaluation<'a>) {
        let stale = self.out_of_date.is_some();
        let effects = &self.day.effects;
        let fast = |item: &RowId| judgment::fast(effects, &mut evaluation, *item, stale);
        let fast: Vec<Option<Judgment>> = self.facts.items.iter().map(fast).collect();
        if fast.iter().all(Option::is_some) {
            return (fast.into_iter().flatten().collect(), evaluation);
        }
        let mut slot = interview.map(|it| it.slot(self.engine, self.on, stale, self.leg.place));
        let (mut symbolic, mut claims) = match &mut slot {
            Some(slot) => slot.take(evaluation, (effects, &self.facts.items), self.budget),
            None => (Symbolic::over(evaluation, self.budget), Vec::new()),
        };
        claims.resize_with(fast.len(), || None);
        let claim = |symbolic: &mut Symbolic<'_>, item| Claims::of(effects, symbolic, item, stale);
        let mut is_new = false;
        for ((item, fast), claims) in self.facts.items.iter().zip(&fast).zip(&mut claims) {
            if fast.is_none() && claims.is_none() {
                *claims = Some(claim(&mut symbolic, *item));
                is_new = true;
            }
        }
        if is_new {
            let nodes = claims.iter_mut().flatten().flat_map(Claims::nodes);
            symbolic.tidy(&mut nodes.collect::<Vec<_>>());
        }
        let mut is_whole = true;
        let mut exact = |item: RowId, claims: &mut Option<Claims>| {
            let claims = claims.get_or_insert_with(|| claim(&mut symbolic, item));
            let found = symbolic.relevance(&claims.outlook);
            is_whole &= !found.undecided;
            let mut judgment = Judgment::exact(&mut symbolic, &claims.concluded, &found);
            if judgment.conclusion.is_none() {
                judgment.questions = self.ask(&mut symbolic, item, (&claims.outlook, &found));
            }
            judgment
        };
        let items = self.facts.items.iter().zip(fast).zip(&mut claims);
        let judgments = items
            .map(|((item, fast), claims)| fast.unwrap_or_else(|| exact(*item, claims)))
            .collect();
        let evaluation = match slot.filter(|_| is_whole) {
            Some(slot) => slot.keep(symbolic, claims),
            None => symbolic.into_fast(),
        };
        (judgments, evaluation)
    }

    fn ask(
        &self,
        symbolic: &mut Symbolic<'_>,
        item: RowId,
        (outlook, found): (&Outlook<Conclusion>, &Relevance<Conclusion>),
    ) -> BTreeMap<String, Ranked> {
        let asking = Asking {
            rulebook: self.engine.rulebook(),
            law: &self.day.law,
            effects: &self.day.effects,
            matter: &self.facts,
            leg: self.leg,
            item,
            outlook,
            with_answers: self.options.answers,
        };
        asking.questions(symbolic, found)
    }

    /// The reason codes in the rulebook's order: of requirements, and of prohibitions that hold.
    fn reasons(
        &self,
        tracer: &Tracer<'_, 'law>,
        (items, judgments): (&[ItemFinding<'law>], &[Judgment]),
    ) -> Vec<&'law str> {
        let effects = &self.day.effects;
        let mut given = 0_u64;
        for judgment in judgments {
            let found = effects.requirements.iter().zip(&judgment.requirements);
            found.filter(|it| !it.1.is_false()).for_each(|it| given |= 1 << it.0.reason);
        }
        let mut prohibited: Vec<&str> = Vec::new();
        for judged in &effects.prohibitions {
            for (item, found) in self.facts.items.iter().zip(items) {
                if found.outcome == Outcome::Prohibited
                    && tracer.truth(judged.block, judged.row(*item)).is_true()
                    && let Some(Effect::Prohibit(reason)) = self.block(*judged).map(|it| &it.effect)
                {
                    prohibited.push(reason);
                }
            }
        }
        let reasons = self.engine.rulebook().vocabulary.reasons.iter().map(String::as_str);
        let is_given = |(place, reason): &(u32, &str)| {
            1_u64.checked_shl(*place).is_some_and(|it| given & it != 0)
                || prohibited.contains(reason)
        };
        (0..).zip(reasons).filter(is_given).map(|it| it.1).collect()
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
            let rulebook = self.engine.rulebook();
            let ask = if self.on < rulebook.from {
                format!(
                    "What did the law say on {}? The rulebook begins on {}, so the answer is a \
                     review whatever the facts are: ask for a later day, or let a person read the \
                     law of then.",
                    self.on, rulebook.from
                )
            } else {
                format!("Has the law changed since {}?", rulebook.verified_through)
            };
            questions.push(Question {
                fact: "law".to_owned(),
                ask,
                why: why.clone(),
                citation: String::new(),
                answers: Vec::new(),
                about: None,
            });
        }
        questions
    }

    fn block(&self, judged: Judged) -> Option<&'law Block> {
        block(&self.day.law, judged)
    }
}

/// Why a day is outside what the rulebook can vouch for.
pub(crate) fn out_of_date(rulebook: &Rulebook, on: Date, max_law_age: u32) -> Option<String> {
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
