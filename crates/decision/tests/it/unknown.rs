//! What is answered when much is unknown: never more freely than every completion allows, and at
//! a bounded price.
#![expect(clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use crate::cases;
use crate::fuzz::rulebook::engine;
use decision::transaction::read::{Format, read};
use decision::{FactOptions, Options, Outcome, Transaction};
use law::Value;
use law::schema::FactType;

/// More nodes than the exact method may make for one transaction.
const BOUND: usize = 50_000;

const TWO_LINES: &str = "version: 1\ndate: 2026-09-24\nactivity: export\n";

fn transaction(text: &str) -> Transaction {
    read(Format::Yaml, text.as_bytes()).expect("a transaction that can be read")
}

/// The lines of these keys are taken out.
fn without(text: &str, keys: &[&str]) -> String {
    let is_left = |line: &&str| !keys.iter().any(|it| line.trim_start().starts_with(it));
    text.lines().filter(is_left).fold(String::new(), |text, line| text + line + "\n")
}

const WHOLE: &str = "version: 1
date: 2026-09-24
activity: export
from: US
destination: VN
items:
  - name: tool
    eccn: 4D004
    form: object-code
    published: false
    origin: {us_origin: true}
parties:
  - role: end-user
    name: Example Bank
    country: VN
    sector: bank
    government_of: VN
    state_owned_percent: 65
    us_subsidiary: false
    lists: []
end_use: {purposes: [defensive-testing], knows: []}
documents_held: []
notices: []
red_flags: []
";

/// What one or two of these leave unknown.
const FACTS: [&str; 12] = [
    "destination:",
    "form:",
    "origin:",
    "published:",
    "country:",
    "sector:",
    "government_of:",
    "state_owned_percent:",
    "us_subsidiary:",
    "lists:",
    "notices:",
    "red_flags:",
];

fn subsets() -> Vec<Vec<&'static str>> {
    let mut subsets = Vec::new();
    for (place, one) in FACTS.iter().enumerate() {
        subsets.push(vec![*one]);
        subsets.extend(FACTS[place + 1..].iter().map(|other| vec![*one, *other]));
    }
    subsets
}

/// One completion for every choice of classes of what the conclusion hangs on; `None` where there
/// are too many.
fn completions(
    facts: &law::Facts,
    law: &law::Law,
    item: law::RowId,
    limit: usize,
) -> Option<Vec<law::Facts>> {
    let schema = &engine().rulebook().schema;
    let mut symbolic = law.symbolic(facts);
    let effects = &engine().day(law.day()).effects;
    let concluded = effects.conclude(&mut symbolic, item, false);
    let nodes = concluded.conclusions.iter().map(|it| it.1);
    let mut unknown: Vec<law::Unknown> = nodes.flat_map(|it| symbolic.support(it)).collect();
    unknown.sort_unstable();
    unknown.dedup();
    let mut all = vec![facts.clone()];
    for it in unknown {
        let law::Unknown::Fact { row, fact } = it else { continue };
        let kind = facts.row(row)?.kind;
        let of = schema.kinds[usize::from(kind.0)].facts[usize::from(fact.0)].of;
        let classes = symbolic.classes(&it);
        let values = classes.iter().filter_map(|class| match (class, of) {
            (law::Class::Truth(value), _) => Some(Value::Truth(*value)),
            (law::Class::Codes(codes), FactType::Code(_)) => {
                codes.first().map(|it| Value::Code(*it))
            }
            (law::Class::Numbers(low, high), _) => Some(Value::Number((*low).max(0).min(*high))),
            (law::Class::Set(set), _) => Some(Value::Set(*set)),
            _ => None,
        });
        let values: Vec<Value> = values.collect();
        if all.len() * values.len() > limit {
            return None;
        }
        all = all
            .iter()
            .flat_map(|facts| {
                values.iter().map(move |value| {
                    let mut facts = facts.clone();
                    facts.set(row, fact, value.clone());
                    facts
                })
            })
            .collect();
    }
    Some(all)
}

#[test]
fn what_is_settled_is_what_every_completion_concludes() {
    let mut compared = 0;
    for keys in subsets() {
        let transaction = transaction(&without(WHOLE, &keys));
        let day = engine().day(transaction.date);
        let legs = transaction.legs();
        let (catalogue, bindings) = (engine().catalogue(), engine().bindings());
        let matter = decision::facts(
            &legs[0],
            transaction.date,
            catalogue,
            bindings,
            FactOptions { strict: false },
        );
        let Some(all) = completions(&matter.facts, &day.law, matter.items[0], 2_000) else {
            continue;
        };
        let mut found: Vec<Outcome> = Vec::new();
        let mut certain = true;
        for facts in &all {
            let mut evaluation = day.law.evaluate(facts);
            let concluded = day.effects.conclude(&mut evaluation, matter.items[0], false);
            match concluded.conclusions.iter().find(|it| it.1.is_true()) {
                Some((conclusion, _)) => found.push(conclusion.outcome),
                None => certain = false,
            }
        }
        if !certain {
            continue;
        }
        found.sort_unstable();
        found.dedup();
        let answer = engine().decide(&transaction, &Options::default());
        assert_eq!(answer.possible, found, "without {keys:?}");
        assert!(!answer.outcome.is_permissive() || found == [answer.outcome], "without {keys:?}");
        compared += 1;
    }
    assert!(compared >= 20, "only {compared} were compared");
}

#[test]
fn the_less_is_known_the_less_is_allowed() {
    for keys in subsets() {
        let transaction = transaction(&without(WHOLE, &keys));
        let strict = Options { strict: true, ..Options::default() };
        for options in [Options::default(), strict] {
            let answer = engine().decide(&transaction, &options);
            assert!(
                !answer.outcome.is_permissive() || answer.settled,
                "{} without {keys:?}",
                answer.outcome
            );
        }
    }
}

#[test]
fn what_the_exact_method_costs_is_bounded() {
    let mut texts = vec![TWO_LINES.to_owned(), WHOLE.to_owned()];
    texts.extend(cases::entries().into_iter().step_by(20).map(|it| it.1.transaction));
    for text in texts {
        let Ok(transaction) = read(Format::Yaml, text.as_bytes()) else { continue };
        let day = engine().day(transaction.date);
        for leg in transaction.legs() {
            let (catalogue, bindings) = (engine().catalogue(), engine().bindings());
            let strict = FactOptions { strict: true };
            let matter = decision::facts(&leg, transaction.date, catalogue, bindings, strict);
            let mut symbolic = day.law.symbolic_within(&matter.facts, BOUND / 2);
            for item in &matter.items {
                day.effects.conclude(&mut symbolic, *item, false);
            }
            assert!(symbolic.nodes() <= BOUND, "{} nodes for {text}", symbolic.nodes());
        }
    }
}

#[test]
fn beyond_the_budget_nothing_is_allowed_and_the_plain_things_are_asked_first() {
    let answer = engine().decide(&transaction(TWO_LINES), &Options::default());
    assert_eq!(answer.outcome, Outcome::NeedsReview);
    assert!(!answer.settled);
    let asked: Vec<&str> = answer.questions.iter().take(4).map(|it| it.fact.as_str()).collect();
    assert_eq!(asked, ["destination", "parties[0].sector", "end_use.purposes", "items"]);
    assert!(answer.questions.iter().all(|it| it.fact == "law" || !it.why.is_empty()));
}
