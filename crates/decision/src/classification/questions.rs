//! What to find out: only what can still change the outcome or the entry, the best first.
//!
//! A question is good when many of its answers settle the matter, and where none does, when much
//! of what is still possible rests on it; and when it is easy to answer.

use super::ClassificationQuestion;
use super::conclusion::Verdict;
use super::day::ClassificationDay;
use law::rulebook::{Classification, Question};
use law::{Facts, Relevance, RowId, Symbolic, Truth, Unknown};
use std::collections::BTreeSet;

/// The questions that can still change the outcome and are asked upon what is known.
pub(super) fn open<'law>(
    classification: &'law Classification,
    day: &'law ClassificationDay,
    symbolic: &mut Symbolic<'_>,
    relevance: &Relevance<Verdict>,
    row: RowId,
) -> Vec<ClassificationQuestion<'law>> {
    let facts = symbolic.facts();
    let mut ranked: Vec<(u64, &Question)> = Vec::new();
    let mut upon = Vec::new();
    for relevant in &relevance.open {
        let Unknown::Fact { fact, .. } = relevant.unknown else { continue };
        let Some(question) = classification.questions.get(usize::from(fact.0)) else { continue };
        let reach = reach(day, symbolic, fact, row);
        let share = 1000 * relevant.settling as u64 / relevant.classes.max(1) as u64;
        let worth = (1000 * share + reach) / u64::from(question.cost.max(1));
        match question.is_asked(facts, row) {
            Truth::True => ranked.push((worth, question)),
            Truth::Unknown => upon.push((worth, question)),
            Truth::False => {}
        }
    }
    // What is asked only upon what is not known yet waits, unless nothing else is left.
    if ranked.is_empty() {
        ranked = upon;
    }
    ranked.sort_by_key(|(worth, question)| (std::cmp::Reverse(*worth), question.fact));
    ranked.into_iter().map(|(_, it)| asked(day, it, facts, row)).collect()
}

/// Which share of the descriptions that are still possible rests on a fact, in thousandths: all of
/// them where the fact may put the product outside, because nothing is settled before.
fn reach(
    day: &ClassificationDay,
    symbolic: &mut Symbolic<'_>,
    fact: law::schema::FactId,
    row: RowId,
) -> u64 {
    for (block, facts) in day.exclusions.iter().zip(&day.excluding) {
        let node = symbolic.block(*block, row);
        if facts.contains(&fact) && symbolic.value(node) == Truth::Unknown {
            return 1000;
        }
    }
    let (mut possible, mut resting) = (0_u64, 0_u64);
    for it in &day.described {
        let node = symbolic.block(it.block, row);
        if symbolic.value(node) == Truth::Unknown {
            possible += 1;
            resting += u64::from(it.facts.contains(&fact));
        }
    }
    1000 * resting / possible.max(1)
}

fn asked<'law>(
    day: &'law ClassificationDay,
    question: &'law Question,
    facts: &Facts,
    row: RowId,
) -> ClassificationQuestion<'law> {
    let mut evaluation = day.law.evaluate(facts);
    let open = day.described.iter().enumerate().filter(|(_, it)| {
        it.facts.contains(&question.fact) && evaluation.block(it.block, row).is_unknown()
    });
    let entries: BTreeSet<&str> =
        open.filter_map(|(place, _)| day.entry(place).map(|it| it.0)).collect();
    let mut entries: Vec<&str> = entries.into_iter().collect();
    let more = entries.len().saturating_sub(SHOWN);
    entries.truncate(SHOWN);
    let why = match (entries.as_slice(), more) {
        ([], _) => "it comes before the control list".to_owned(),
        (entries, 0) => format!("can still lead to {}", entries.join(", ")),
        (entries, more) => format!("can still lead to {} and {more} others", entries.join(", ")),
    };
    ClassificationQuestion {
        fact: &question.id,
        ask: &question.ask,
        help: &question.help,
        values: question.values.iter().map(String::as_str).collect(),
        why,
        citation: &question.citation,
        leads_to: &question.leads_to,
    }
}

/// So many entries are named.
const SHOWN: usize = 4;
