use crate::crowd::Written;
use crate::facts::{Facts, RowId};
use crate::law::{Law, Selection};
use crate::rulebook::{Block, BlockId, Effect, Expr};
use crate::toy::{
    COLORS, Completion, GUEST, HOME, PRICE, RAINS, SHADE, UMBRELLA, World, completions, day,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The matter with each of the many so many times as `times` says, two bits for each.
fn multiplied(facts: &Facts, world: &World, many: &BTreeSet<RowId>, mut times: u32) -> Facts {
    let schema = &world.rulebook.schema;
    let mut made = Facts::new(schema);
    let mut moved: BTreeMap<RowId, Vec<RowId>> = BTreeMap::from([(RowId(0), vec![RowId(0)])]);
    let rows = [GUEST, UMBRELLA].into_iter().flat_map(|kind| facts.rows_of(kind).iter().copied());
    for row in [RowId(0)].into_iter().chain(rows) {
        let it = facts.row(row).unwrap();
        if row != RowId(0) {
            let count = if many.contains(&row) { times % 3 } else { 1 };
            times /= 3;
            let mut copies = Vec::new();
            for parent in moved[&it.parent].clone() {
                copies.extend((0..count).map(|_| made.push(schema, it.kind, parent, 0)));
            }
            moved.insert(row, copies);
        }
        for copy in &moved[&row] {
            for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
                made.set(*copy, fact, facts.value(row, fact).clone());
            }
        }
    }
    made
}

/// The things that stand for any number, by the bits of a byte.
fn chosen(world: &World, many: u8) -> BTreeSet<RowId> {
    let rows = (1..).map(RowId).take(world.facts.rows().len() - 1);
    rows.filter(|it| many >> (it.0 % 8) & 1 == 1).collect()
}

/// Whether a block yields to another, through terms and what they yield to as well.
fn leads(world: &World, block: &Block, to: BlockId) -> bool {
    let mut below = world.rulebook.led_to_by(block);
    let mut seen = BTreeSet::new();
    while let Some(id) = below.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            below.extend(world.rulebook.led_to_by(world.rulebook.block(id).unwrap()));
        }
    }
    false
}

/// A matter in which some things stand for any number, and everything that it may be.
struct Scene {
    world: World,
    law: Law,
    many: BTreeSet<RowId>,
    all: Vec<Facts>,
}

/// A scene with as many of each as `times` says; none where it may be in more than `most` ways.
fn scene(tape: &[u8], many: u8, times: u32, most: usize) -> Option<Scene> {
    let world = World::read(tape);
    let law = world.rulebook.as_of(day(), &Selection::default());
    let many = chosen(&world, many);
    let all = completions(&multiplied(&world.facts, &world, &many, times), most)?;
    Some(Scene { world, law, many, all })
}

#[test]
fn what_is_certain_adds_to_what_is_in_doubt() {
    let mut compared = 0;
    for seed in 0..60_u8 {
        let tape: Vec<u8> = (0..=199_u8)
            .chain(0..=199)
            .map(|it| it.wrapping_mul(97) ^ seed.wrapping_mul(41))
            .collect();
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let nobody = BTreeSet::new();
        let mut crowd = law.crowd(&world.facts, &nobody);
        for placed in law.blocks() {
            let block = world.rulebook.block(placed.id).unwrap();
            let certain = Block { unverified: false, unless: Vec::new(), ..block.clone() };
            let doubtful = Block { unverified: true, ..certain.clone() };
            let never = Block { condition: Expr::Constant(false), ..certain.clone() };
            assert!(crowd.holds_no_more(&doubtful, &certain, None));
            if !crowd.holds_no_more(&certain, &never, None) {
                compared += 1;
                assert!(!crowd.holds_no_more(&certain, &doubtful, None), "{:?}", placed.id);
            }
        }
    }
    assert!(compared > 0, "nothing to compare");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_certain_of_the_crowd_is_so_in_every_matter(
        tape in proptest::collection::vec(any::<u8>(), 400),
        many in any::<u8>(),
        times in any::<u32>(),
    ) {
        let Some(Scene { world, law, many, all }) = scene(&tape, many, times, 200) else {
            return Ok(());
        };
        let mut crowd = law.crowd(&world.facts, &many);
        let points = BTreeMap::new();
        for facts in &all {
            let completion =
                Completion { rulebook: &world.rulebook, facts, points: &points, day: day() };
            for (place, block) in law.blocks().iter().enumerate() {
                // Only of the whole: a thing of the crowd has no one place in the matter.
                if block.subject.0 == 0 {
                    let mut missing = Vec::new();
                    let holds = completion.block(block.id, RowId(0), &mut missing);
                    let known = crowd.block(place, RowId(0)).known();
                    if missing.is_empty() {
                        prop_assert!(known.is_none_or(|it| it == holds), "block {place}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_holds_no_more_holds_nowhere_else(
        tape in proptest::collection::vec(any::<u8>(), 400),
        many in any::<u8>(),
        times in any::<u32>(),
    ) {
        let Some(Scene { world, law, many, all }) = scene(&tape, many, times, 100) else {
            return Ok(());
        };
        let mut crowd = law.crowd(&world.facts, &many);
        let points = BTreeMap::new();
        let whole: Vec<_> = law.blocks().iter().filter(|it| it.subject.0 == 0).collect();
        for (one, other) in whole.iter().flat_map(|one| whole.iter().map(move |it| (one, it))) {
            let blocks = [one, other].map(|it| world.rulebook.block(it.id).unwrap());
            if one.id == other.id || !crowd.holds_no_more(blocks[0], blocks[1], None) {
                continue;
            }
            for facts in &all {
                let completion =
                    Completion { rulebook: &world.rulebook, facts, points: &points, day: day() };
                let mut missing = Vec::new();
                let [first, second] =
                    [one, other].map(|it| completion.block(it.id, RowId(0), &mut missing));
                if missing.is_empty() {
                    prop_assert!(!first || second, "{:?} and {:?}", one.id, other.id);
                }
            }
        }
    }

    #[test]
    fn what_comes_to_the_same_beside_another_is_so_of_every_matter(
        tape in proptest::collection::vec(any::<u8>(), 400),
        many in any::<u8>(),
        times in any::<u32>(),
        place in any::<prop::sample::Index>(),
    ) {
        let Some(Scene { world, law, many, all }) = scene(&tape, many, times, 60) else {
            return Ok(());
        };
        let mut crowd = law.crowd(&world.facts, &many);
        let points = BTreeMap::new();
        let whole: Vec<_> = law.blocks().iter().filter(|it| it.subject.0 == 0).collect();
        if whole.is_empty() {
            return Ok(());
        }
        let id = place.get(&whole).id;
        let one = world.rulebook.block(id).unwrap();
        // As if it had the condition of another block, one that does not lead back to it.
        let others = whole.iter().filter(|it| it.id != id);
        for other in others.filter(|it| !leads(&world, world.rulebook.block(it.id).unwrap(), id)) {
            let condition = world.rulebook.block(other.id).unwrap().condition.clone();
            let mut changed = (*world.rulebook).clone();
            changed.blocks[id.0 as usize].condition = condition;
            let both = [one, changed.block(id).unwrap()].map(|block| Written { id, block });
            for third in whole.iter().filter(|it| it.id != id) {
                let third = Written { id: third.id, block: world.rulebook.block(third.id).unwrap() };
                let yields = third.block.unless.iter().flatten().any(|it| *it == id);
                let (beside, through) = if yields { (vec![], Some(third)) } else { (vec![third], None) };
                if !crowd.comes_to_the_same((both[0], both[1]), &beside, through, RowId(0)) {
                    continue;
                }
                for facts in &all {
                    let mut missing = Vec::new();
                    let [first, second] = [&*world.rulebook, &changed].map(|rulebook| {
                        let of = Completion { rulebook, facts, points: &points, day: day() };
                        let besides = of.block(third.id, RowId(0), &mut missing);
                        besides || through.is_none() && of.block(id, RowId(0), &mut missing)
                    });
                    // What one leads to through the other is no part of the claim.
                    let apart = !leads(&world, third.block, id);
                    if missing.is_empty() && (yields || apart) {
                        prop_assert_eq!(first, second, "{:?} beside {:?}", id, third.id);
                    }
                }
            }
        }
    }

    #[test]
    fn a_condition_that_asks_more_or_allows_less_holds_no_more(
        tape in proptest::collection::vec(any::<u8>(), 400),
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let nobody = BTreeSet::new();
        let mut crowd = law.crowd(&world.facts, &nobody);
        for placed in law.blocks() {
            let block = world.rulebook.block(placed.id).unwrap();
            prop_assert!(crowd.holds_no_more(block, block, None));
            let wider = |condition| Block { condition, ..block.clone() };
            let some = vec![Expr::Constant(false), block.condition.clone()];
            prop_assert!(crowd.holds_no_more(block, &wider(Expr::Any(some)), None));
            if let Expr::All(parts) = &block.condition
                && let Some((_, rest)) = parts.split_first()
            {
                prop_assert!(crowd.holds_no_more(block, &wider(Expr::All(rest.to_vec())), None));
            }
        }
    }

    #[test]
    fn without_a_crowd_it_says_what_the_evaluation_says(
        tape in proptest::collection::vec(any::<u8>(), 400),
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let nobody = BTreeSet::new();
        let mut crowd = law.crowd(&world.facts, &nobody);
        let mut fast = law.evaluate(&world.facts);
        for place in 0..law.blocks().len() {
            for row in (0..).map(RowId).take(world.facts.rows().len()) {
                let (one, other) = (crowd.block(place, row), fast.block(place, row));
                // The evaluation knows two tests of a fact to be of one value; it may know more.
                prop_assert!(one == other || one.is_unknown(), "{place}: {one} and {other}");
            }
        }
    }

    #[test]
    fn the_first_part_is_the_condition_and_nothing_is_told_of_what_is_not_in_force(
        tape in proptest::collection::vec(any::<u8>(), 400),
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let nobody = BTreeSet::new();
        let mut crowd = law.crowd(&world.facts, &nobody);
        for (place, block) in law.blocks().iter().enumerate() {
            let whole = world.rulebook.block(block.id).unwrap();
            let is_plain = whole.unless.is_empty() && !whole.unverified;
            if whole.subject.0 == 0 && is_plain && whole.effect != Effect::Untranslated {
                let parts = crowd.parts(place, RowId(0));
                let expected = match crowd.block(place, RowId(0)).known() {
                    Some(true) => 1,
                    None => 2,
                    Some(false) => 4,
                };
                prop_assert_eq!(parts.first().copied(), Some(expected));
            }
        }
        prop_assert!(crowd.parts(law.blocks().len(), RowId(0)).is_empty());
    }
}
