use super::{Change, Course, Growth};
use crate::facts::{Facts, RowId, Value};
use crate::law::Selection;
use crate::rulebook::BlockId;
use crate::toy::{
    COLORS, Completion, GUEST, LOAN, PRICE, RAINS, UMBRELLA, World, completions, day,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn growth() -> Growth {
    let facts = [(RAINS, Change::Up), (COLORS, Change::Up), (PRICE, Change::Down)];
    let kinds = [LOAN, GUEST, UMBRELLA];
    let facts = kinds.into_iter().flat_map(|kind| facts.map(|(fact, way)| ((kind, fact), way)));
    let added = vec![(crate::toy::SHADE, Value::OneOf([0, 2].into()))];
    let kinds = [(UMBRELLA, added)].into();
    Growth { kinds, facts: facts.collect(), but_for: BTreeSet::new() }
}

/// The same matter with more of what may grow: `by` chooses what.
fn grown(before: &Facts, world: &World, by: u8) -> Facts {
    let schema = &world.rulebook.schema;
    let mut after = before.clone();
    for row in (0..).map(RowId).take(before.rows().len()) {
        if by & 1 == 1 {
            after.set(row, RAINS, Value::Truth(true));
        }
        if let (true, Value::Set(set)) = (by & 2 == 2, before.value(row, COLORS)) {
            after.set(row, COLORS, Value::Set(set | u128::from(by >> 5)));
        }
        if let (true, Value::Number(price)) = (by & 4 == 4, before.value(row, PRICE)) {
            after.set(row, PRICE, Value::Number(price - 1));
        }
    }
    if let (true, Some(guest)) = (by & 8 == 8, before.rows_of(GUEST).first()) {
        let row = after.push(schema, UMBRELLA, *guest, 0);
        after.set(row, RAINS, Value::Truth(by & 16 == 16));
        after.set(row, COLORS, Value::Set(u128::from(by >> 5)));
        after.set(row, PRICE, Value::Number(i64::from(by >> 6)));
        after.set(row, crate::toy::HOME, Value::Code(u16::from(by >> 6)));
        after.set(row, crate::toy::SHADE, Value::Code(u16::from(by % 2) * 2));
    }
    after
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_block_goes_another_way_than_its_course(
        tape in proptest::collection::vec(any::<u8>(), 400),
        by in any::<u8>(),
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let growth = growth();
        let mut courses = law.courses(&growth);
        let points = BTreeMap::new();
        let Some(all) = completions(&world.facts, 64) else { return Ok(()) };
        for before in &all {
            let after = grown(before, &world, by);
            let holds = |facts, id, row, missing: &mut Vec<_>| {
                let rulebook = &*world.rulebook;
                Completion { rulebook, facts, points: &points, day: day() }.block(id, row, missing)
            };
            for (place, block) in law.blocks().iter().enumerate() {
                let course = courses.of(place);
                let rows = (0..).map(RowId).take(before.rows().len());
                for row in rows.filter(|it| before.row(*it).unwrap().kind == block.subject) {
                    let id: BlockId = block.id;
                    let mut missing = Vec::new();
                    let first = holds(before, id, row, &mut missing);
                    let second = holds(&after, id, row, &mut missing);
                    if !missing.is_empty() {
                        continue;
                    }
                    let allowed = match course {
                        Course::Never => !first && !second,
                        Course::Always => first && second,
                        Course::Still => first == second,
                        Course::Rises => first <= second,
                        Course::Falls => first >= second,
                        Course::Either => true,
                    };
                    prop_assert!(allowed, "{course:?}: {first} to {second}");
                }
            }
        }
    }
}

#[test]
fn what_two_courses_make_together_is_what_every_pair_of_truths_makes() {
    const ALL: [Course; 6] = [
        Course::Never,
        Course::Always,
        Course::Still,
        Course::Rises,
        Course::Falls,
        Course::Either,
    ];
    let pairs = |course| -> Vec<(bool, bool)> {
        let all = [(false, false), (true, true), (false, true), (true, false)];
        let of = match course {
            Course::Never => &all[..1],
            Course::Always => &all[1..2],
            Course::Still => &all[..2],
            Course::Rises => &all[..3],
            Course::Falls => return vec![all[0], all[1], all[3]],
            Course::Either => &all[..],
        };
        of.to_vec()
    };
    for one in ALL {
        for it in pairs(one) {
            assert!(pairs(one.not()).contains(&(!it.0, !it.1)));
            for other in ALL {
                for and in pairs(other) {
                    assert!(pairs(one.and(other)).contains(&(it.0 & and.0, it.1 & and.1)));
                    assert!(pairs(one.or(other)).contains(&(it.0 | and.0, it.1 | and.1)));
                }
            }
        }
    }
}
