use crate::eval::Scratch;
use crate::facts::{RowId, Value};
use crate::law::Selection;
use crate::toy::{HOME, RAINS, World, day};
use crate::truth::Truth;
use proptest::prelude::*;
use std::sync::Arc;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Everything is asked for before the late facts are told, so that there is much to forget.
    #[test]
    fn what_is_learned_late_is_as_if_it_had_been_known(
        tape in proptest::collection::vec(any::<u8>(), 400)
    ) {
        let world = World::read(&tape);
        let mut book = (*world.rulebook).clone();
        let late = [RAINS, HOME];
        for kind in &mut book.schema.kinds {
            for fact in late {
                kind.facts[usize::from(fact.0)].late = true;
            }
        }
        let law = Arc::new(book).as_of(day(), &Selection::default());
        let rows = || (0..).map(RowId).take(world.facts.rows().len());
        let mut before = world.facts.clone();
        for (row, fact) in rows().flat_map(|row| late.map(|fact| (row, fact))) {
            before.set(row, fact, Value::Unknown);
        }
        let asked = || (0..law.blocks().len()).flat_map(|place| rows().map(move |row| (place, row)));
        let mut scratch = Scratch::default();
        let mut early = law.evaluate_into(&before, &mut scratch);
        for (place, row) in asked() {
            let _: (Truth, Truth) = (early.block(place, row), early.condition(place, row));
        }
        let mut later = law.evaluate_later(&world.facts, &mut scratch);
        let mut fresh = law.evaluate(&world.facts);
        for (place, row) in asked() {
            prop_assert_eq!(later.block(place, row), fresh.block(place, row));
            prop_assert_eq!(later.condition(place, row), fresh.condition(place, row));
        }
    }
}
