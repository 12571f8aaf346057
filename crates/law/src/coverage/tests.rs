use super::{Coverage, Seen};
use crate::facts::{Facts, RowId, Value};
use crate::law::Selection;
use crate::rulebook::{BlockId, Effect, Test};
use crate::toy::{GUEST, LOAN, RAINS, block, day, rulebook, schema, test};
use std::sync::Arc;

#[test]
fn coverage_counts_what_was_seen_of_every_block_in_force() {
    let rains = |subject| {
        block("1", Effect::Flag("rain".to_owned()), subject, test(1, RAINS, Test::IsTrue))
    };
    let law = Arc::new(rulebook(vec![rains(LOAN), rains(GUEST)], Vec::new(), Vec::new()))
        .as_of(day(), &Selection::default());
    let mut coverage = Coverage::default();
    for value in [Value::Truth(true), Value::Truth(false), Value::Truth(true), Value::Unknown] {
        let mut facts = Facts::new(&schema());
        facts.set(RowId(0), RAINS, value);
        coverage.add(&mut law.evaluate(&facts));
    }
    let seen: Vec<_> = coverage.blocks().collect();
    let first = Seen { holding: 2, failing: 1, unknown: 1 };
    assert_eq!(seen, [(BlockId(0), first), (BlockId(1), Seen::default())]);
}
