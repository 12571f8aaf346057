use super::{Batch, LANES, Shape, Sliced, SlicedScratch};
use crate::facts::{Facts, RowId, Value};
use crate::law::Selection;
use crate::toy::{COLORS, HOME, PRICE, RAINS, SHADE, World, day};
use crate::truth::Truth;
use proptest::prelude::*;

/// The same things with other facts.
fn varied(world: &World, by: u32) -> Facts {
    let mut facts = world.facts.clone();
    let mut by = by;
    for row in (0..).map(RowId).take(facts.rows().len()) {
        for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
            by = by.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = match (by >> 29, fact) {
                (0..=3, _) => continue,
                (4, _) => Value::Unknown,
                (_, RAINS) => Value::Truth(by >> 20 & 1 == 1),
                (_, HOME) => Value::Code(u16::try_from(by >> 20 & 3).unwrap()),
                (_, COLORS) => Value::Set(u128::from(by >> 20 & 7)),
                (_, PRICE) => Value::Number(i64::from(by >> 20 & 3)),
                (_, _) => Value::Code(u16::try_from((by >> 20) % 3).unwrap()),
            };
            facts.set(row, fact, value);
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_batch_says_of_each_matter_what_is_said_of_it_alone(
        tape in proptest::collection::vec(any::<u8>(), 400),
        seeds in proptest::collection::vec(any::<u32>(), 1..80),
        prepared in any::<bool>(),
    ) {
        let world = World::read(&tape);
        let selection = Selection::default();
        let law = if prepared {
            world.rulebook.as_of(day(), &selection)
        } else {
            world.rulebook.as_of_once(day(), &selection)
        };
        let shape = Shape::of(&world.facts);
        if !shape.fits(&law) {
            return Ok(());
        }
        let matters: Vec<Facts> = seeds.iter().map(|it| varied(&world, *it)).collect();
        let mut batch = Batch::new(&law, shape);
        for facts in &matters {
            prop_assert!(batch.push(&law.evaluate(facts)));
        }
        batch.seal();
        let mut scratch = SlicedScratch::default();
        let mut sliced = Sliced::new(&law, &batch, &mut scratch);
        let mut alone: Vec<_> = matters.iter().map(|it| law.evaluate(it)).collect();
        for place in 0..law.blocks().len() {
            for row in (0..).map(RowId).take(world.facts.rows().len()) {
                let lanes = sliced.block(place, row);
                for (lane, evaluation) in alone.iter_mut().enumerate() {
                    let has = |plane: &[u64]| plane[lane / 64] >> (lane % 64) & 1 == 1;
                    let truth = match (has(lanes.yes()), has(lanes.possible())) {
                        (true, _) => Truth::True,
                        (false, true) => Truth::Unknown,
                        (false, false) => Truth::False,
                    };
                    prop_assert_eq!(truth, evaluation.block(place, row), "{} {:?}", place, row);
                }
            }
        }
    }
}

#[test]
fn a_batch_is_full_at_some_point() {
    let world = World::read(&[1; 400]);
    let law = world.rulebook.as_of(day(), &Selection::default());
    let mut batch = Batch::new(&law, Shape::of(&world.facts));
    let matter = law.evaluate(&world.facts);
    assert_eq!((0..=LANES).filter(|_| batch.push(&matter)).count(), LANES);
    batch.clear();
    assert!(batch.is_empty() && batch.push(&matter));
    batch.seal();
    assert!(!batch.push(&matter), "what is sealed stays as it is");
}
