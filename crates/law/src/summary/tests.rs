use crate::facts::{Facts, RowId, Value};
use crate::law::{Law, Selection};
use crate::toy::{PRICE, RAINS, World, day};
use proptest::prelude::*;

fn summary(law: &Law, facts: &Facts) -> Vec<u64> {
    let mut words = Vec::new();
    law.summary(facts, &mut words);
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Numbers are what a summary leaves out; they are moved until it changes.
    #[test]
    fn of_matters_with_one_summary_the_same_is_true(
        tape in proptest::collection::vec(any::<u8>(), 400),
        by in -3_i64..4,
        whose in 0_u32..6,
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let row = RowId(whose % u32::try_from(world.facts.rows().len()).unwrap());
        let mut other = world.facts.clone();
        if let Value::Number(price) = world.facts.value(row, PRICE) {
            other.set(row, PRICE, Value::Number(price + by));
        }
        let same = summary(&law, &world.facts) == summary(&law, &other);
        let mut one = law.evaluate(&world.facts);
        let mut two = law.evaluate(&other);
        let rows = || (0..).map(RowId).take(other.rows().len());
        for (place, row) in (0..law.blocks().len()).flat_map(|it| rows().map(move |row| (it, row))) {
            if same {
                prop_assert_eq!(one.block(place, row), two.block(place, row));
                prop_assert_eq!(one.condition(place, row), two.condition(place, row));
            }
        }
        // Whatever is not a number tells two matters apart.
        let holds = *world.facts.value(row, RAINS) == Value::Truth(true);
        let rains = if holds { Value::Unknown } else { Value::Truth(true) };
        other.set(row, RAINS, rains);
        prop_assert_ne!(summary(&law, &world.facts), summary(&law, &other));
    }
}
