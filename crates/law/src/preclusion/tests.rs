use super::Preclusion;
use crate::eval::Evaluation;
use crate::facts::{Facts, RowId, Value};
use crate::law::Selection;
use crate::rulebook::{Effect, Expr, Quantifier, Test};
use crate::toy::{GUEST, HOME, LOAN, World, block, day, rulebook, schema, test, thing};
use crate::truth::Truth;
use proptest::prelude::*;
use std::sync::Arc;

fn is_ruled_out(evaluation: &Evaluation<'_>, place: usize, row: RowId) -> bool {
    let bit = evaluation.law().bit(place).unwrap();
    let kind = evaluation.facts().row(row).map(|it| it.kind);
    let word = evaluation.ruled_out(row).get(bit / 64);
    kind == Some(evaluation.law().blocks()[place].subject)
        && word.is_some_and(|it| it >> (bit % 64) & 1 == 1)
}

/// Whether each of two blocks is ruled out where the loan's home is that value: one that needs it
/// to be `aa`, and one that needs a guest and that.
fn ruled_out(home: Value) -> (bool, bool) {
    let needs = || test(0, HOME, Test::In(vec![0]));
    let some_guest = Expr::Quantified {
        quantifier: Quantifier::Some,
        kind: GUEST,
        of: Some(thing(0)),
        variable: 2,
        body: Box::new(needs()),
    };
    let blocks = vec![
        block("1", Effect::Exempt, LOAN, needs()),
        block("2", Effect::Exempt, LOAN, some_guest),
    ];
    let book = Arc::new(rulebook(blocks, Vec::new(), Vec::new()));
    let law = book.as_of(day(), &Selection::default());
    let mut facts = Facts::new(&schema());
    facts.push(&schema(), GUEST, RowId(0), 0);
    facts.set(RowId(0), HOME, home);
    let evaluation = law.evaluate(&facts);
    (is_ruled_out(&evaluation, 0, RowId(0)), is_ruled_out(&evaluation, 1, RowId(0)))
}

#[test]
fn a_fact_of_another_class_rules_a_block_out() {
    assert_eq!(ruled_out(Value::Code(0)), (false, false));
    assert_eq!(ruled_out(Value::Code(1)), (true, true));
}

#[test]
fn a_block_that_needs_a_guest_is_ruled_out_where_no_guest_will_do() {
    let needs = test(2, HOME, Test::In(vec![0]));
    let some_guest = Expr::Quantified {
        quantifier: Quantifier::Some,
        kind: GUEST,
        of: Some(thing(0)),
        variable: 2,
        body: Box::new(needs),
    };
    let blocks = vec![block("1", Effect::Exempt, LOAN, some_guest)];
    let book = Arc::new(rulebook(blocks, Vec::new(), Vec::new()));
    let law = book.as_of(day(), &Selection::default());
    let mut facts = Facts::new(&schema());
    let ruled_out = |facts: &Facts| is_ruled_out(&law.evaluate(facts), 0, RowId(0));
    assert!(ruled_out(&facts));
    let guest = facts.push(&schema(), GUEST, RowId(0), 0);
    assert!(!ruled_out(&facts));
    facts.set(guest, HOME, Value::Code(1));
    assert!(ruled_out(&facts));
    let other = facts.push(&schema(), GUEST, RowId(0), 0);
    assert!(!ruled_out(&facts));
    facts.set(other, HOME, Value::Code(0));
    assert!(!ruled_out(&facts));
}

#[test]
fn a_fact_that_is_not_known_rules_out_nothing() {
    assert_eq!(ruled_out(Value::Unknown), (false, false));
    assert_eq!(ruled_out(Value::OneOf([0, 1].into())), (false, false));
    assert_eq!(ruled_out(Value::Code(9)), (false, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// The other way is the plain one: the program without any masks.
    #[test]
    fn what_is_ruled_out_is_false_and_everything_else_is_as_it_was(
        tape in proptest::collection::vec(any::<u8>(), 400)
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let mut plain = law.clone();
        plain.program.preclusion = Preclusion::default();
        let (mut fast, mut slow) = (law.evaluate(&world.facts), plain.evaluate(&world.facts));
        for place in 0..law.blocks().len() {
            for row in (0..).map(RowId).take(world.facts.rows().len()) {
                let truth = slow.block(place, row);
                prop_assert!(!is_ruled_out(&slow, place, row));
                prop_assert_eq!(fast.block(place, row), truth);
                if is_ruled_out(&fast, place, row) {
                    prop_assert_eq!(truth, Truth::False);
                }
            }
        }
    }
}
