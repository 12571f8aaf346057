//! Entries that a product just misses: one or two other answers lead there.

use super::answers::Known;
use super::because::Explainer;
use super::day::{ClassificationDay, Describing};
use super::{Change, NearMiss};
use law::rulebook::{Classification, Question, Rulebook};
use law::schema::{DomainId, FactType};
use law::{Facts, RowId, Value};

/// The nearest misses first; in the order of the law where they are equally near.
pub(super) fn misses<'law>(
    rulebook: &'law Rulebook,
    classification: &'law Classification,
    day: &'law ClassificationDay,
    explainer: &Explainer<'_, 'law>,
    known: &Known<'_>,
) -> Vec<NearMiss<'law>> {
    let search = Search { rulebook, classification, day, row: known.row };
    let mut found: Vec<NearMiss<'law>> = Vec::new();
    let mut evaluation = day.law.evaluate(&known.facts);
    for (place, describing) in day.described.iter().enumerate() {
        let truth = evaluation.block(describing.block, known.row);
        let same = |it: &NearMiss<'_>| {
            super::classify::described(day, place).is_some_and(|entry| it.described == entry)
        };
        if !truth.is_false() || found.iter().any(same) {
            continue;
        }
        let near = evaluation
            .explain_briefly(describing.block, known.row, 4)
            .is_some_and(|it| explainer.is_near(&it));
        if near
            && let Some(changes) = search.changes(&known.facts, describing)
            && let Some(miss) = search.miss(place, changes)
        {
            found.push(miss);
        }
    }
    // What another description of the same entry reaches already is no miss.
    found.retain(|miss| {
        !day.described.iter().enumerate().any(|(place, it)| {
            evaluation.block(it.block, known.row).is_true()
                && super::classify::described(day, place).as_ref() == Some(&miss.described)
        })
    });
    found.sort_by_key(|it| it.changes.len());
    found.truncate(SHOWN);
    found
}

/// So many are shown.
const SHOWN: usize = 8;

struct Search<'law> {
    rulebook: &'law Rulebook,
    classification: &'law Classification,
    day: &'law ClassificationDay,
    row: RowId,
}

/// Another value for a fact.
type Flip<'law> = (&'law Question, Value, &'law str);

impl<'law> Search<'law> {
    /// One other answer that makes a description hold, or two.
    fn changes(&self, facts: &Facts, describing: &Describing) -> Option<Vec<Flip<'law>>> {
        let flips: Vec<Flip<'law>> = describing
            .facts
            .iter()
            .filter_map(|it| self.classification.questions.get(usize::from(it.0)))
            .filter(|it| it.id != super::product::FORM)
            .flat_map(|it| self.flips(it, facts))
            .collect();
        let mut changed = facts.clone();
        let mut holds = |flips: &[&Flip<'law>]| {
            for (question, value, _) in flips {
                changed.set(self.row, question.fact, value.clone());
            }
            let holds = self.day.law.evaluate(&changed).block(describing.block, self.row).is_true();
            for (question, ..) in flips {
                let value = facts.value(self.row, question.fact).clone();
                changed.set(self.row, question.fact, value);
            }
            holds
        };
        if let Some(one) = flips.iter().find(|it| holds(&[it])) {
            return Some(vec![one.clone()]);
        }
        for (place, one) in flips.iter().enumerate() {
            for other in flips.iter().skip(place + 1).filter(|it| it.0.fact != one.0.fact) {
                if holds(&[one, other]) {
                    return Some(vec![one.clone(), other.clone()]);
                }
            }
        }
        None
    }

    /// The other answers to a question.
    fn flips(&self, question: &'law Question, facts: &Facts) -> Vec<Flip<'law>> {
        let now = facts.value(self.row, question.fact);
        if question.values.is_empty() {
            let both = [(Value::Truth(true), "yes"), (Value::Truth(false), "no")];
            let others = both.into_iter().filter(|(value, _)| value != now);
            return others.map(|(value, text)| (question, value, text)).collect();
        }
        let Some(domain) = self.domain(question) else { return Vec::new() };
        let values = question.values.iter().filter_map(|it| {
            Some((Value::Code(self.rulebook.schema.value(domain, it)?), it.as_str()))
        });
        let others = values.filter(|(value, _)| value != now);
        others.map(|(value, text)| (question, value, text)).collect()
    }

    fn domain(&self, question: &Question) -> Option<DomainId> {
        let kind = self.rulebook.schema.kinds.get(usize::from(self.classification.kind.0))?;
        match kind.facts.get(usize::from(question.fact.0))?.of {
            FactType::Code(domain) => Some(domain),
            FactType::Truth | FactType::Set(_) | FactType::Number => None,
        }
    }

    fn miss(&self, place: usize, flips: Vec<Flip<'law>>) -> Option<NearMiss<'law>> {
        let block = self.day.law.block(self.day.described.get(place)?.block)?;
        let described = super::classify::described(self.day, place)?;
        let changes: Vec<Change<'law>> = flips
            .into_iter()
            .map(|(question, _, answer)| Change { fact: &question.id, ask: &question.ask, answer })
            .collect();
        let away = match changes.len() {
            1 => "one answer away",
            _ => "two answers away",
        };
        let said: Vec<String> =
            changes.iter().map(|it| format!("\u{201c}{}\u{201d} {}", it.ask, it.answer)).collect();
        let words = format!("{away} from {}: {}", described.eccn, said.join("; and "));
        let (citation, text) = (block.citation.as_str(), block.says.as_str());
        Some(NearMiss { described, citation, text, changes, words })
    }
}
