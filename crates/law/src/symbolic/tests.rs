use super::*;
use crate::law::Selection;
use crate::toy::{Completion, World, completions, day};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn tape() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 400)
}

/// For each completion of facts and of points of law, whether the block holds.
fn brute(world: &World, law: &Law, all: &[Facts], place: usize, row: RowId) -> Option<Vec<bool>> {
    let mut answers = Vec::new();
    for facts in all {
        // Points are found as they are asked for; a point not yet answered is tried both ways.
        let mut open = vec![BTreeMap::new()];
        while let Some(points) = open.pop() {
            let completion =
                Completion { rulebook: &world.rulebook, facts, points: &points, day: day() };
            let mut missing = Vec::new();
            let holds = completion.block(law.blocks()[place].id, row, &mut missing);
            match missing.first() {
                None => answers.push(holds),
                Some(point) => {
                    for answer in [false, true] {
                        let mut points = points.clone();
                        points.insert(*point, answer);
                        open.push(points);
                    }
                }
            }
            if answers.len() + open.len() > 20_000 {
                return None;
            }
        }
    }
    Some(answers)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_block_is_certain_exactly_when_every_completion_agrees(tape in tape()) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let Some(all) = completions(&world.facts, 400) else { return Ok(()) };
        let mut symbolic = law.symbolic(&world.facts);
        for (place, block) in law.blocks().iter().enumerate() {
            for row in world.facts.rows_of(block.subject) {
                let Some(answers) = brute(&world, &law, &all, place, *row) else { continue };
                let node = symbolic.block(place, *row);
                let fast = law.evaluate(&world.facts).block(place, *row);
                let truth = match (answers.contains(&true), answers.contains(&false)) {
                    (true, false) => Truth::True,
                    (false, true) => Truth::False,
                    _ => Truth::Unknown,
                };
                prop_assert!(fast.is_unknown() || fast == truth, "{place} {row:?} fast {fast} {truth}");
                let exact = symbolic.value(node);
                if symbolic.approximates() {
                    prop_assert!(exact.is_unknown() || exact == truth);
                } else {
                    prop_assert_eq!(exact, truth, "block {} of {:?}", place, row);
                }
            }
        }
    }
}
