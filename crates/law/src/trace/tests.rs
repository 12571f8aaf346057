use crate::facts::{Facts, RowId, Value};
use crate::law::Selection;
use crate::rulebook::{BlockId, Effect, Expr, Quantifier, Term, TermId, Test};
use crate::toy::{
    GUEST, HOME, LOAN, RAINS, World, block, day, row, rulebook, schema, table, test, thing,
};
use crate::truth::Truth;
use proptest::prelude::*;
use std::sync::Arc;

#[test]
fn a_trace_shows_the_facts_the_table_row_and_the_blocks_behind() {
    let wet = Test::Column { table: 0, column: 0, words: vec![2] };
    let from_wet = block("1", Effect::Define(TermId(0)), GUEST, test(1, HOME, wet));
    let some = Expr::Quantified {
        quantifier: Quantifier::Some,
        kind: GUEST,
        of: None,
        variable: 2,
        body: Box::new(Expr::Term { term: TermId(0), thing: thing(2) }),
    };
    let exempt = block("3", Effect::Exempt, LOAN, test(0, RAINS, Test::IsTrue));
    let mut flag = block("2", Effect::Flag("take-one".to_owned()), LOAN, some);
    flag.unless.push(vec![BlockId(2)]);
    let terms =
        vec![Term { name: "from-wet".to_owned(), subject: GUEST, blocks: vec![BlockId(0)] }];
    let tables = vec![table(vec![row(0, &[2], &[]), row(1, &[0], &[])])];
    let law = Arc::new(rulebook(vec![from_wet, flag, exempt], tables, terms))
        .as_of(day(), &Selection::default());
    let schema = schema();
    let mut facts = Facts::new(&schema);
    facts.set(RowId(0), RAINS, Value::Truth(false));
    for home in [1, 0] {
        let guest = facts.push(&schema, GUEST, RowId(0), 0);
        facts.set(guest, HOME, Value::Code(home));
    }
    let explained = law.explain(&facts, 1, RowId(0)).unwrap();
    assert_eq!(explained.truth, Truth::True);
    assert_eq!(explained.terms.len(), 1, "the dry guest does not matter");
    let said = &explained.terms[0];
    assert_eq!((said.row, said.truth), (RowId(2), Truth::True));
    assert_eq!(said.definitions[0].reads[0].source, Some("row 0"));
    assert_eq!(explained.unless[0].truth, Truth::False);
    assert_eq!(explained.unless[0].reads[0].truth, Truth::False);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_trace_tells_the_truth_of_the_evaluation(
        tape in proptest::collection::vec(any::<u8>(), 400)
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        for (place, block) in law.blocks().iter().enumerate() {
            for row in world.facts.rows_of(block.subject) {
                let explained = law.explain(&world.facts, place, *row).unwrap();
                prop_assert_eq!(explained.truth, law.evaluate(&world.facts).block(place, *row));
                prop_assert_eq!(Some(explained), law.explain(&world.facts, place, *row));
            }
        }
    }
}
