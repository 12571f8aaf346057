//! What follows from the outcome: duties, referrals, the review policy, the papers, and the terms
//! that every answer reports. The facts that such blocks read are known only now.

use super::Matter;
use crate::catalogue::item;
use crate::clearance::{self, Papers};
use crate::determination::{
    Assumption, Because, Condition, Derived, Determination, Policy, Referral,
};
use crate::facts::MatterFacts;
use crate::judgment::Judgment;
use crate::outcome::Outcome;
use crate::transaction::symbols::ReviewPolicy;
use law::rulebook::{Block, Effect, TermId};
use law::schema::{FactId, Schema};
use law::{Evaluation, Law, RowId, Scratch, Truth, Value};
use std::collections::BTreeSet;

/// Terms that every answer reports, where the rulebook defines them.
pub(crate) const REPORTED_TERMS: [&str; 6] = [
    "ace-government-end-user",
    "ace-favorable-treatment-end-user",
    "enc-government-end-user",
    "military-end-user",
    "cybersecurity-item",
    "subject-to-the-ear",
];

impl<'law> Matter<'law, '_> {
    /// Tells the facts what was concluded, for the blocks that are judged last.
    pub(super) fn conclude_late(&mut self, judgments: &[Judgment]) {
        let rulebook = self.engine.rulebook();
        let exceptions = &rulebook.vocabulary.exceptions;
        for (place, judgment) in judgments.iter().enumerate() {
            let Some(row) = self.facts.items.get(place).copied() else { continue };
            let used = judgment.conclusion.map(|it| match it.exception {
                None => "none",
                Some(symbol) => exceptions.get(usize::from(symbol)).map_or("none", String::as_str),
            });
            let required = judgment.license_required;
            self.facts.set_late(row, &rulebook.schema, judgment.outcome(), used, required);
        }
    }

    /// Duties, referrals, the review policy and the papers: what follows from the outcome.
    pub(super) fn add_late(&self, determination: &mut Determination<'law>, scratch: &mut Scratch) {
        let policies = &self.engine.rulebook().vocabulary.policies;
        let effects = &self.day.effects;
        let tracer = self.tracer(self.day.law.evaluate_later(&self.facts.facts, scratch));
        let mut policy: Option<(usize, Policy<'law>, Option<Because<'law>>)> = None;
        // The strictest that may apply, for all that is known.
        let mut possible: Option<usize> = None;
        for item in &self.facts.items {
            for place in effects.sieves.late.in_order(&tracer.ruled_out(*item)) {
                let Some(judged) = effects.late.get(place) else { continue };
                let row = judged.row(*item);
                let truth = tracer.truth(judged.block, row);
                let Some(block) = self.block(*judged).filter(|_| !truth.is_false()) else {
                    continue;
                };
                match &block.effect {
                    Effect::Oblige(code) => {
                        add_condition(block, code, truth, determination);
                        if truth.is_true()
                            && let Some(node) = tracer.because(judged.block, row)
                            && !determination.because.contains(&node)
                        {
                            determination.because.push(node);
                        }
                    }
                    Effect::Refer(agency) => {
                        if !truth.is_true() {
                            continue;
                        }
                        let found =
                            Referral { agency, why: &block.says, citation: &block.citation };
                        if !determination.referrals.contains(&found) {
                            determination.referrals.push(found);
                        }
                    }
                    Effect::Policy(name) => {
                        // Who needs no license applies for none.
                        let needless = determination.license_required.is_false();
                        if determination.outcome < Outcome::NeedsReview || needless {
                            continue;
                        }
                        let rank = policies.iter().position(|it| it == name).unwrap_or(usize::MAX);
                        possible = possible.max(Some(rank));
                        if truth.is_true() && policy.as_ref().is_none_or(|it| it.0 < rank) {
                            let (says, citation) = (&block.says, &block.citation);
                            let named = Policy { policy: name, says, citation };
                            policy = Some((rank, named, tracer.bare(judged.block, row)));
                        }
                    }
                    Effect::Define(_)
                    | Effect::Exempt
                    | Effect::Require(_)
                    | Effect::Allow { .. }
                    | Effect::Bar(_)
                    | Effect::Exclude(_)
                    | Effect::Prohibit(_)
                    | Effect::Flag(_)
                    | Effect::Describe { .. }
                    | Effect::Prefer { .. }
                    | Effect::Untranslated => {}
                }
            }
        }
        // A milder one is no promise where a stricter one may apply; a denial stays one.
        let refuses = |it: &Policy<'_>| it.policy.parse().is_ok_and(ReviewPolicy::refuses);
        let policy = policy.filter(|it| possible <= Some(it.0) || refuses(&it.1));
        if let Some((_, policy, node)) = policy {
            determination.review_policy = Some(policy);
            determination.because.extend(node);
        }
        let mut evaluation = tracer.evaluation.borrow_mut();
        let reported = &self.day.reported;
        determination.clearance =
            clearance::of(&reported.papers, &mut evaluation, &self.facts, determination);
        determination.derived = self.derived(&mut evaluation);
    }

    fn derived(&self, evaluation: &mut Evaluation<'_>) -> Vec<Derived<'law>> {
        let rulebook = self.engine.rulebook();
        let mut derived = Vec::with_capacity(12);
        for (id, places) in &self.day.reported.terms {
            let Some(term) = rulebook.terms.get(id.0 as usize) else { continue };
            for row in self.facts.facts.rows_of(term.subject) {
                let value = evaluation.holds(*id, *row);
                // The meaning that holds, or the first in force.
                let mut holding = places.iter().filter(|it| evaluation.block(**it, *row).is_true());
                let holding = if value.is_true() { holding.next() } else { None };
                let block = holding.or(places.first()).and_then(|it| self.day.law.block(*it));
                derived.push(Derived {
                    term: &term.name,
                    subject: self.facts.subject_of(*row),
                    value,
                    citation: block.map_or("", |it| it.citation.as_str()),
                });
            }
        }
        derived
    }
}

/// The terms that every answer reports, found once for each day's law.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    /// With the places of their definitions in force.
    terms: Vec<(TermId, Vec<usize>)>,
    papers: Papers,
}

impl Reported {
    pub(crate) fn of(law: &Law, term: impl Fn(&str) -> Option<TermId>) -> Self {
        let places = |id: TermId| {
            let blocks = law.rulebook().terms.get(id.0 as usize).map(|it| it.blocks.as_slice());
            blocks.unwrap_or_default().iter().filter_map(|it| law.place(*it)).collect()
        };
        let terms = REPORTED_TERMS.iter().filter_map(|it| term(it));
        Self { terms: terms.map(|it| (it, places(it))).collect(), papers: Papers::of(term) }
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

impl MatterFacts {
    /// Says what was concluded for an item: the exception that covers it, `none`, or nothing
    /// where that is still open.
    fn set_late(
        &mut self,
        item: RowId,
        schema: &Schema,
        outcome: Outcome,
        exception: Option<&str>,
        license_required: Truth,
    ) {
        let code = |domain: &str, value: Option<&str>| {
            let place = schema.domain(domain).and_then(|it| schema.value(it, value?));
            place.map_or(Value::Unknown, Value::Code)
        };
        self.facts.set(item, item::OUTCOME, code("outcome", Some(outcome.as_str())));
        self.facts.set(item, item::EXCEPTION_USED, code("exception-or-none", exception));
        let required = license_required.known().map_or(Value::Unknown, Value::Truth);
        self.facts.set(item, item::LICENSE_REQUIRED, required);
    }

    /// The presumptions that stand in for facts that were read, or for lists.
    pub(super) fn assumptions_of(&self, seen: &BTreeSet<(RowId, FactId)>) -> Vec<Assumption> {
        let mut used = self.assumptions();
        let listed = self.presumptions.iter().filter(|it| it.is_listed());
        let mut was_read = listed.map(|it| it.was_read(seen));
        used.retain(|_| was_read.next().unwrap_or(true));
        used
    }
}
