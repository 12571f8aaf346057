use crate::eval::Scratch;
use crate::facts::{Facts, RowId, Value};
use crate::law::{Law, Selection};
use crate::rulebook::{Effect, Expr, Test};
use crate::toy::{GUEST, HOME, LOAN, World, block, day, row, rulebook, schema, table, test};
use crate::truth::Truth;
use proptest::prelude::*;
use std::sync::Arc;

fn truths(law: &Law, facts: &Facts) -> Vec<Truth> {
    let mut evaluation = law.evaluate(facts);
    let mut truths = Vec::new();
    for (place, block) in law.blocks().iter().enumerate() {
        truths.extend(facts.rows_of(block.subject).iter().map(|it| evaluation.block(place, *it)));
    }
    truths
}

fn home_is(asked: Test, home: Value) -> Truth {
    let blocks = vec![block("1", Effect::Exempt, LOAN, test(0, HOME, asked))];
    let tables = vec![table(vec![row(0, &[2], &[1]), row(1, &[2], &[]), row(2, &[0], &[])])];
    let law = Arc::new(rulebook(blocks, tables, Vec::new())).as_of(day(), &Selection::default());
    let mut facts = Facts::new(&schema());
    facts.set(RowId(0), HOME, home);
    law.evaluate(&facts).block(0, RowId(0))
}

#[test]
fn a_column_test_reads_the_row_of_the_day() {
    let has = |words: &[u16]| Test::Column { table: 0, column: 0, words: words.to_vec() };
    for (words, home, truth) in [
        (&[2][..], Value::Code(0), Truth::True),
        (&[0], Value::Code(0), Truth::False),
        (&[1], Value::Code(0), Truth::Unknown),
        (&[1, 2], Value::Code(0), Truth::True),
        (&[2], Value::Code(3), Truth::Unknown),
        (&[2], Value::OneOf([0, 1].into()), Truth::True),
        (&[2], Value::OneOf([0, 2].into()), Truth::Unknown),
        (&[1], Value::OneOf([1, 2].into()), Truth::False),
        (&[2], Value::Unknown, Truth::Unknown),
    ] {
        assert_eq!(home_is(has(words), home.clone()), truth, "{words:?} of {home:?}");
    }
}

#[test]
fn a_value_that_does_not_fit_is_unknown() {
    for value in [Value::Code(4), Value::Truth(true), Value::Number(0), Value::OneOf([].into())] {
        assert_eq!(home_is(Test::In(vec![0]), value.clone()), Truth::Unknown, "{value:?}");
        assert_eq!(home_is(Test::Includes(1), value.clone()), Truth::Unknown, "{value:?}");
    }
}

#[test]
fn a_block_of_the_whole_is_asked_of_the_whole_when_a_part_is_given() {
    let blocks = vec![block("1", Effect::Exempt, LOAN, Expr::Constant(true))];
    let law =
        Arc::new(rulebook(blocks, Vec::new(), Vec::new())).as_of(day(), &Selection::default());
    let schema = schema();
    let mut facts = Facts::new(&schema);
    let guest = facts.push(&schema, GUEST, RowId(0), 0);
    assert_eq!(law.evaluate(&facts).block(0, guest), Truth::True);
    assert_eq!(law.evaluate(&facts).block(7, guest), Truth::Unknown);
    assert_eq!(law.evaluate(&facts).block(0, RowId(9)), Truth::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn the_order_of_things_does_not_matter(tape in proptest::collection::vec(any::<u8>(), 400)) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let reversed = world.reversed();
        let (mut one, mut other) = (law.evaluate(&world.facts), law.evaluate(&reversed));
        let (mut exact, mut exact_other) = (law.symbolic(&world.facts), law.symbolic(&reversed));
        for (place, block) in law.blocks().iter().enumerate() {
            if block.subject == LOAN {
                prop_assert_eq!(one.block(place, RowId(0)), other.block(place, RowId(0)));
                let (left, right) =
                    (exact.block(place, RowId(0)), exact_other.block(place, RowId(0)));
                prop_assert_eq!(exact.value(left), exact_other.value(right));
                prop_assert_eq!(exact.support(left).len(), exact_other.support(right).len());
            }
        }
    }

    #[test]
    fn memory_used_again_remembers_nothing(
        tapes in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 300), 3)
    ) {
        let mut scratch = Scratch::default();
        for tape in tapes {
            let world = World::read(&tape);
            let law = world.rulebook.as_of(day(), &Selection::default());
            let fresh = truths(&law, &world.facts);
            prop_assert_eq!(&fresh, &truths(&law, &world.facts));
            let mut evaluation = law.evaluate_into(&world.facts, &mut scratch);
            let mut again = Vec::new();
            for (place, block) in law.blocks().iter().enumerate() {
                let rows = world.facts.rows_of(block.subject).iter();
                again.extend(rows.map(|it| evaluation.block(place, *it)));
            }
            prop_assert_eq!(fresh, again);
        }
    }
}
