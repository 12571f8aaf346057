use super::Symbolic;
use crate::diagram::Node;
use crate::facts::{Facts, RowId, Value};
use crate::law::{Law, Selection};
use crate::rulebook::{Effect, Expr, Test};
use crate::toy::{
    COLORS, Completion, GUEST, HOME, SHADE, World, block, completions, day, row, rulebook, schema,
    table, test, thing,
};
use crate::truth::Truth;
use crate::unknown::{Point, Unknown};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// A loan at home in town 0 and one guest at home in town 0 or 1; the weather of town 0 is
/// doubtful, that of town 1 is wet.
fn doubtful_town(condition: Expr) -> (Law, Facts, RowId) {
    let blocks = vec![block("1", Effect::Exempt, GUEST, condition)];
    let tables = vec![table(vec![row(0, &[0], &[2]), row(1, &[2], &[])])];
    let law = Arc::new(rulebook(blocks, tables, Vec::new())).as_of(day(), &Selection::default());
    let schema = schema();
    let mut facts = Facts::new(&schema);
    facts.set(RowId(0), HOME, Value::Code(0));
    let guest = facts.push(&schema, GUEST, RowId(0), 0);
    facts.set(guest, HOME, Value::OneOf([0, 1].into()));
    (law, facts, guest)
}

#[test]
fn a_doubtful_cell_is_one_point_whoever_reads_it() {
    let wet = |variable| test(variable, HOME, Test::Column { table: 0, column: 0, words: vec![2] });
    let not = |it| Expr::Not(Box::new(it));
    let cell = Unknown::Law(Point::Cell { table: 0, key: 0, column: 0, word: 2 });
    // The guest's town is wet whenever the loan's is: it is the same or the wet one.
    for (condition, truth) in [
        (Expr::All(vec![wet(0), not(wet(1))]), Truth::False),
        (Expr::Any(vec![not(wet(0)), wet(1)]), Truth::True),
        (Expr::All(vec![wet(1), not(wet(0))]), Truth::Unknown),
    ] {
        let (law, facts, guest) = doubtful_town(condition);
        let mut symbolic = law.symbolic(&facts);
        let node = symbolic.block(0, guest);
        assert_eq!(symbolic.value(node), truth);
        assert_eq!(symbolic.depends_on(node, &cell), truth.is_unknown());
    }
}

#[test]
fn with_everything_known_nothing_is_built() {
    let (law, mut facts, guest) = doubtful_town(test(1, HOME, Test::In(vec![0])));
    facts.set(guest, HOME, Value::Code(0));
    let mut symbolic = law.symbolic(&facts);
    assert_eq!(symbolic.block(0, guest), Node::TRUE);
    assert_eq!((symbolic.diagram.size(), symbolic.diagram.variables()), (0, 0));
}

#[test]
fn a_known_code_in_an_unknown_set_is_a_question_about_the_set() {
    let within = Test::MemberOf { thing: thing(0), fact: COLORS };
    let has_red = test(0, COLORS, Test::Includes(1));
    let condition = Expr::All(vec![test(1, SHADE, within), Expr::Not(Box::new(has_red))]);
    let (law, mut facts, guest) = doubtful_town(condition);
    for (shade, truth) in [(0, Truth::False), (1, Truth::Unknown)] {
        facts.set(guest, SHADE, Value::Code(shade));
        let mut symbolic = law.symbolic(&facts);
        let node = symbolic.block(0, guest);
        assert_eq!(symbolic.value(node), truth, "shade {shade}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn beyond_its_budget_the_exact_evaluation_is_unknown_not_wrong(
        tape in tape(),
        budget in 0_usize..8,
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let mut exact = law.symbolic(&world.facts);
        let mut poor = Symbolic::new(&law, &world.facts, budget);
        for (place, block) in law.blocks().iter().enumerate() {
            for row in world.facts.rows_of(block.subject) {
                let (left, right) = (exact.block(place, *row), poor.block(place, *row));
                let (left, right) = (exact.value(left), poor.value(right));
                prop_assert!(right.is_unknown() || left == right);
            }
        }
    }
}
