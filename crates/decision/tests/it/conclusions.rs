//! The fast ways to a conclusion against the plain one, on the real rulebook and the cases' facts.

use crate::cases::{entries, transaction};
use crate::fuzz::rulebook::engine;
use decision::effects::Concluded;
use decision::engine::Day;
use decision::{FactOptions, MatterFacts, facts};
use law::schema::{FactId, FactType, Schema};
use law::{Evaluation, Facts, Logic, RowId, Truth, Value};

/// The fast logic, without what tells it which blocks need not be asked for.
struct Plain<'a>(Evaluation<'a>);

impl Logic for Plain<'_> {
    type Value = Truth;

    fn constant(&mut self, value: bool) -> Truth {
        self.0.constant(value)
    }

    fn and(&mut self, left: Truth, right: Truth) -> Truth {
        left.and(right)
    }

    fn or(&mut self, left: Truth, right: Truth) -> Truth {
        left.or(right)
    }

    fn not(&mut self, value: Truth) -> Truth {
        value.not()
    }

    fn block(&mut self, block: usize, row: RowId) -> Truth {
        self.0.block(block, row)
    }
}

/// Calls back with every leg of every case: its place, the law of its day, what is known of it.
fn each_matter(options: FactOptions, mut check: impl FnMut(&str, &Day, MatterFacts)) {
    for (place, case) in entries() {
        let Ok(transaction) = transaction(&case) else { continue };
        for leg in transaction.legs() {
            let (catalogue, bindings) = (engine().catalogue(), engine().bindings());
            let matter = facts(&leg, leg.date, catalogue, bindings, options);
            check(&place, engine().day(leg.date), matter);
        }
    }
}

/// The facts with something said wherever nothing is known, chosen by `seed`.
fn complete(schema: &Schema, facts: &mut Facts, mut seed: u64) {
    let mut below = |count: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % count.max(1)
    };
    let rows = (0..).map(RowId).zip(facts.rows().to_vec());
    for (row, thing) in rows {
        let kind = schema.kinds.get(usize::from(thing.kind.0)).expect("the kind of a row");
        for (fact, told) in (0..).map(FactId).zip(&kind.facts) {
            let code = |place: usize| u16::try_from(place).expect("a place in a domain");
            let value = match (facts.value(row, fact), told.of) {
                (Value::Unknown, FactType::Truth) => Value::Truth(below(2) == 1),
                (Value::Unknown, FactType::Code(domain)) => {
                    Value::Code(code(below(schema.size(domain))))
                }
                (Value::Unknown, FactType::Set(_)) => Value::Set(1 << below(3)),
                (Value::Unknown, FactType::Number) => {
                    Value::Number(i64::try_from(below(120)).expect("below 120") * 1000)
                }
                (Value::OneOf(codes), _) => {
                    let chosen = below(codes.len());
                    Value::Code(*codes.get(chosen).expect("one of them"))
                }
                (Value::Between(low, _), _) => Value::Number(*low),
                _ => continue,
            };
            facts.set(row, fact, value);
        }
    }
}

fn assert_same(place: &str, fast: &Concluded<Truth>, plain: &Concluded<Truth>) {
    assert_eq!(fast.requirements, plain.requirements, "{place}");
    assert_eq!(fast.license_required, plain.license_required, "{place}");
    assert_eq!(fast.exceptions, plain.exceptions, "{place}");
    assert_eq!(fast.prohibited, plain.prohibited, "{place}");
    assert_eq!(fast.conclusions, plain.conclusions, "{place}");
}

#[test]
fn what_is_ruled_out_beforehand_changes_no_conclusion() {
    for strict in [false, true] {
        each_matter(FactOptions { strict }, |place, day, matter| {
            for item in &matter.items {
                let mut fast = day.law.evaluate(&matter.facts);
                let mut plain = Plain(day.law.evaluate(&matter.facts));
                let fast = day.effects.conclude(&mut fast, *item, false);
                let plain = day.effects.conclude(&mut plain, *item, false);
                assert_same(place, &fast, &plain);
            }
        });
    }
}

#[test]
fn where_everything_is_known_the_fast_and_the_exact_conclusion_agree() {
    let (mut seed, mut settled) = (0, 0);
    each_matter(FactOptions::default(), |place, day, mut matter| {
        seed += 1;
        complete(&engine().rulebook().schema, &mut matter.facts, seed);
        for item in &matter.items {
            let mut fast = day.law.evaluate(&matter.facts);
            let fast = day.effects.conclude(&mut fast, *item, false);
            let mut symbolic = day.law.symbolic(&matter.facts);
            let exact = day.effects.conclude(&mut symbolic, *item, false);
            let values = exact.conclusions.iter().map(|(it, node)| (*it, symbolic.value(*node)));
            let values: Vec<_> = values.collect();
            if fast.conclusions.iter().any(|it| it.1.is_true()) {
                settled += 1;
                assert_eq!(fast.conclusions, values, "{place}");
            }
            // Points of law may be open, but the fast way never knows better than the exact one.
            for (conclusion, _) in &values {
                let found = fast.conclusions.iter().any(|it| it.0 == *conclusion);
                assert!(found, "{place}: {conclusion:?} is possible");
            }
        }
    });
    assert!(settled > 300, "{settled} conclusions were compared");
}
