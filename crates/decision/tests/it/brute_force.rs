//! What is unknown, against brute force: facts of the case pages are forgotten, up to six at a time,
//! and every completion of them is decided by itself.
//!
//! The exact method must find the conclusions that some completion has and no other, be settled
//! where they agree and nowhere else, and rest on a forgotten fact where its value matters and
//! nowhere else. Every value of a domain is tried, not one of each class. Numbers and large sets,
//! whose values nobody can list, are left as they are.

use crate::cases;
use crate::fuzz::rulebook::engine;
use crate::hunt::prey::Dice;
use decision::effects::Conclusion;
use decision::{FactOptions, Options};
use law::schema::{FactId, FactType};
use law::{Facts, RowId, Unknown, Value};
use std::collections::BTreeSet;

/// How many matters are compared; `EXEAT_BRUTE_FORCE` asks for more.
const MATTERS: usize = 500;

/// How many completions a matter has at most.
const COMPLETIONS: usize = 300;

/// How many facts are forgotten at most.
const FORGOTTEN: usize = 6;

/// A fact that is forgotten, with every value it may have.
struct Forgotten {
    row: RowId,
    fact: FactId,
    values: Vec<Value>,
}

/// The known facts of a matter that have few values, each with all of them.
fn finite(facts: &Facts) -> Vec<Forgotten> {
    let schema = &engine().rulebook().schema;
    let mut found = Vec::new();
    for (place, row) in (0..).map(RowId).zip(facts.rows()) {
        let Some(kind) = schema.kinds.get(usize::from(row.kind.0)) else { continue };
        for (fact, of) in (0..).map(FactId).zip(&kind.facts) {
            let values = match (facts.value(place, fact), of.of) {
                (Value::Truth(_), FactType::Truth) => [false, true].map(Value::Truth).to_vec(),
                (Value::Code(_), FactType::Code(domain)) => {
                    let size = u16::try_from(schema.size(domain)).unwrap_or(u16::MAX);
                    (0..size).map(Value::Code).collect()
                }
                (Value::Set(_), FactType::Set(domain)) if schema.size(domain) <= 6 => {
                    (0..1_u128 << schema.size(domain)).map(Value::Set).collect()
                }
                _ => continue,
            };
            found.push(Forgotten { row: place, fact, values });
        }
    }
    found
}

/// Some of them, of which there are few completions together.
fn some(mut all: Vec<Forgotten>, dice: &mut Dice) -> Vec<Forgotten> {
    let count = 1 + dice.roll(FORGOTTEN);
    let mut chosen: Vec<Forgotten> = Vec::new();
    let mut completions = 1;
    for _ in 0..4 * count {
        if chosen.len() == count || all.is_empty() {
            break;
        }
        let one = all.swap_remove(dice.roll(all.len()));
        if completions * one.values.len() <= COMPLETIONS {
            completions *= one.values.len();
            chosen.push(one);
        }
    }
    chosen
}

/// The conclusion of every completion, counting through the values of the last fact first; nothing
/// where three-valued logic does not settle it, because the law itself or something else is open.
fn conclusions(
    day: &decision::engine::Day,
    facts: &Facts,
    item: RowId,
    forgotten: &[Forgotten],
) -> Vec<Option<Conclusion>> {
    let Some((first, rest)) = forgotten.split_first() else {
        let mut evaluation = day.law.evaluate(facts);
        let concluded = day.effects.conclude(&mut evaluation, item, false);
        return vec![concluded.conclusions.iter().find(|it| it.1.is_true()).map(|it| it.0)];
    };
    let mut facts = facts.clone();
    let mut found = Vec::new();
    for value in &first.values {
        facts.set(first.row, first.fact, value.clone());
        found.extend(conclusions(day, &facts, item, rest));
    }
    found
}

/// Whether the value of one of the forgotten facts matters in some completion: two that differ in it
/// alone come out otherwise. `None` if that cannot be told.
fn matters(found: &[Option<Conclusion>], forgotten: &[Forgotten], place: usize) -> bool {
    let stride: usize = forgotten.iter().skip(place + 1).map(|it| it.values.len()).product();
    let values = forgotten.get(place).map_or(1, |it| it.values.len());
    let mut blocks = found.chunks(stride * values);
    blocks.any(|block| {
        let first = block.get(..stride).unwrap_or_default();
        block.chunks(stride).any(|it| {
            it.iter()
                .zip(first)
                .any(|(one, other)| one.zip(*other).is_some_and(|(one, other)| one != other))
        })
    })
}

#[test]
fn what_is_forgotten_is_answered_and_asked_as_brute_force_says() {
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
    let told = std::env::var("EXEAT_BRUTE_FORCE").ok();
    let wanted: usize = told.and_then(|it| it.parse().ok()).unwrap_or(MATTERS);
    let cases = cases::entries_of("cases");
    let mut dice = Dice::new(20_260_924);
    let (mut whole, mut partial, mut beyond, mut asked) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    while whole + partial + beyond < wanted {
        let Some((place, case)) = cases.get(dice.roll(cases.len())) else { continue };
        let Ok(transaction) = cases::transaction(case) else { continue };
        let legs = transaction.legs();
        let leg = legs.get(dice.roll(legs.len())).copied().expect("a leg");
        let day = engine().day(Options::default().on.unwrap_or(leg.date));
        let words = (engine().catalogue(), engine().bindings());
        let matter =
            decision::facts(&leg, leg.date, words.0, words.1, FactOptions { strict: false });
        let Some(item) = matter.items.first().copied() else { continue };
        let forgotten = some(finite(&matter.facts), &mut dice);
        let mut forgetful = matter.facts.clone();
        for it in &forgotten {
            forgetful.set(it.row, it.fact, Value::Unknown);
        }
        let found = conclusions(day, &forgetful, item, &forgotten);
        // Bounded by nodes alone: whether it was decided is seen by their number.
        let mut symbolic = law::Symbolic::new(&day.law, &forgetful, 60_000);
        let concluded = day.effects.conclude(&mut symbolic, item, false);
        if symbolic.nodes() >= 60_000 {
            beyond += 1;
            continue;
        }
        let exact: BTreeSet<Conclusion> = concluded.conclusions.iter().map(|it| it.0).collect();
        let certain: BTreeSet<Conclusion> = found.iter().flatten().copied().collect();
        let names = || {
            let schema = &engine().rulebook().schema;
            let name = |it: &Forgotten| {
                let kind =
                    forgetful.row(it.row).and_then(|it| schema.kinds.get(usize::from(it.kind.0)));
                let fact = kind.and_then(|kind| kind.facts.get(usize::from(it.fact.0)));
                fact.map_or_else(String::new, |it| it.name.clone())
            };
            forgotten.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let mut check = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!(
                    "{place} without {}: {what}; exact {exact:?}, brute force {certain:?}",
                    names()
                ));
            }
        };
        let support: BTreeSet<Unknown> =
            concluded.conclusions.iter().flat_map(|it| symbolic.support(it.1)).collect();
        let settled = matches!(
            concluded.conclusions.as_slice(),
            [(_, node)] if symbolic.value(*node).is_true()
        );
        check(certain.is_subset(&exact), "a completion has a conclusion that was ruled out");
        if settled {
            check(certain.len() <= 1, "settled, and two completions come out otherwise");
        }
        let all_certain = found.iter().all(Option::is_some);
        if all_certain {
            check(exact == certain, "a conclusion is possible that no completion has");
            check(settled == (certain.len() == 1), "settled where completions disagree, or not");
        }
        for (place, it) in forgotten.iter().enumerate() {
            let rests = support.contains(&Unknown::Fact { row: it.row, fact: it.fact });
            let matter = matters(&found, &forgotten, place);
            check(rests || !matter, "a fact that matters is not asked for");
            if all_certain {
                check(matter || !rests, "a fact is asked for that does not matter");
            }
            asked += usize::from(rests);
        }
        if all_certain { whole += 1 } else { partial += 1 }
    }
    assert!(wrong.is_empty(), "{} of {wanted}\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > wanted / 10, "only {asked} facts were asked for");
    assert!(
        whole > wanted / 2,
        "{whole} with every completion certain, {partial} not, {beyond} beyond"
    );
    #[expect(clippy::print_stderr, reason = "what a long run looked at")]
    {
        eprintln!(
            "{whole} with every completion certain, {partial} not, {beyond} beyond the budget; {asked} asked"
        );
    }
}
