use crate::facts::{Facts, RowId, Value};
use crate::law::{Law, Selection};
use crate::toy::{COLORS, Completion, HOME, PRICE, RAINS, SHADE, World, completions, day, values};
use crate::unknown::{Class, Point, Unknown};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One way in which everything becomes known.
struct Whole {
    facts: Facts,
    points: BTreeMap<Point, bool>,
    outcome: usize,
}

/// Every way, and the outcome in each: which of the blocks hold of the root's or first row.
fn wholes(world: &World, law: &Law, asked: &[(usize, RowId)]) -> Option<Vec<Whole>> {
    let all = completions(&world.facts, 200)?;
    let outcome = |facts: &Facts, points: &BTreeMap<Point, bool>, missing: &mut Vec<Point>| {
        let completion = Completion { rulebook: &world.rulebook, facts, points, day: day() };
        asked.iter().fold(0, |sum, (place, row)| {
            let holds = completion.block(law.blocks()[*place].id, *row, missing);
            2 * sum + usize::from(holds)
        })
    };
    // The plain reading never stops early, so it meets every point that these facts can meet.
    let mut points = BTreeSet::new();
    for facts in &all {
        let mut missing = Vec::new();
        outcome(facts, &BTreeMap::new(), &mut missing);
        points.extend(missing);
    }
    if points.len() > 5 {
        return None;
    }
    let mut wholes = Vec::new();
    for facts in all {
        for bits in 0..1 << points.len() {
            let points: BTreeMap<Point, bool> = points
                .iter()
                .enumerate()
                .map(|(place, it)| (*it, bits >> place & 1 == 1))
                .collect();
            let outcome = outcome(&facts, &points, &mut Vec::new());
            wholes.push(Whole { facts: facts.clone(), points, outcome });
        }
    }
    Some(wholes)
}

/// The value that a way gives to something unknown.
fn given(whole: &Whole, unknown: &Unknown) -> Value {
    match unknown {
        Unknown::Fact { row, fact } => whole.facts.value(*row, *fact).clone(),
        Unknown::Law(point) => Value::Truth(whole.points[point]),
    }
}

/// Everything a way gives, but not to this.
fn others(whole: &Whole, unknown: &Unknown, facts: &Facts) -> String {
    let mut facts_of = whole.facts.clone();
    let mut points = whole.points.clone();
    match unknown {
        Unknown::Fact { row, fact } => facts_of.set(*row, *fact, facts.value(*row, *fact).clone()),
        Unknown::Law(point) => {
            points.remove(point);
        }
    }
    format!("{facts_of:?} {points:?}")
}

fn holds(class: &Class, value: &Value, classes: &[Class]) -> bool {
    match (class, value) {
        (Class::Truth(one), Value::Truth(other)) => one == other,
        (Class::Codes(codes), Value::Code(code)) => codes.contains(code),
        (Class::Numbers(low, high), Value::Number(number)) => low <= number && number <= high,
        (Class::Set(one), Value::Set(other)) => {
            let groups: Vec<u128> = classes
                .iter()
                .filter_map(|it| if let Class::Set(set) = it { Some(*set) } else { None })
                .collect();
            // The atoms of the listed sets are the groups.
            let same = |bit: u128| {
                let atom = groups.iter().filter(|it| *it & bit != 0).fold(7, |all, it| all & it);
                (one & atom != 0) == (other & atom != 0)
            };
            [1, 2, 4].into_iter().all(same)
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_can_still_change_the_outcome_is_exactly_what_is_told(
        tape in proptest::collection::vec(any::<u8>(), 400)
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let mut symbolic = law.symbolic(&world.facts);
        let first = |place: usize| {
            let row = world.facts.rows_of(law.blocks()[place].subject).first();
            row.map(|row| (place, *row))
        };
        let mut asked: Vec<(usize, RowId)> = (0..law.blocks().len()).rev().filter_map(first).collect();
        asked.truncate(2);
        let Some(wholes) = wholes(&world, &law, &asked) else { return Ok(()) };
        let mut outcomes = vec![(0_usize, super::Node::TRUE)];
        for (place, row) in &asked {
            let node = symbolic.block(*place, *row);
            let not = symbolic.diagram.not(node);
            outcomes = outcomes
                .iter()
                .flat_map(|(label, it)| [(2 * label, (*it, not)), (2 * label + 1, (*it, node))])
                .map(|(label, (left, right))| (label, symbolic.diagram.and(left, right)))
                .collect();
        }
        let outlook = symbolic.outlook(&outcomes);
        let found = symbolic.relevance(&outlook);
        if symbolic.approximates() {
            return Ok(());
        }
        let possible: BTreeSet<usize> = wholes.iter().map(|it| it.outcome).collect();
        prop_assert_eq!(&found.possible, &possible.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(found.settled.is_some(), possible.len() == 1);
        prop_assert!(!found.undecided);

        let mut unknown: Vec<Unknown> = Vec::new();
        for row in (0..world.facts.rows().len()).map(|it| RowId(u32::try_from(it).unwrap())) {
            for fact in [RAINS, HOME, COLORS, PRICE, SHADE] {
                if values(fact, world.facts.value(row, fact)).len() > 1 {
                    unknown.push(Unknown::Fact { row, fact });
                }
            }
        }
        unknown.extend(wholes[0].points.keys().map(|it| Unknown::Law(*it)));
        for unknown in unknown {
            let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
            for whole in &wholes {
                let key = others(whole, &unknown, &world.facts);
                seen.entry(key).or_default().insert(whole.outcome);
            }
            let can_change = seen.values().any(|it| it.len() > 1);
            let told = found.open.iter().find(|it| it.unknown == unknown);
            prop_assert_eq!(told.is_some(), can_change, "{:?}", unknown);
            let Some(told) = told else { continue };
            let classes = symbolic.classes(&unknown);
            prop_assert_eq!(told.classes, classes.len());
            let mut settling = 0;
            for (place, class) in classes.iter().enumerate() {
                let within: Vec<&Whole> =
                    wholes.iter().filter(|it| holds(class, &given(it, &unknown), &classes)).collect();
                let left: BTreeSet<usize> = within.iter().map(|it| it.outcome).collect();
                // A class of numbers may lie beyond the few that are tried here.
                prop_assume!(!left.is_empty());
                settling += usize::from(left.len() == 1);
                for (label, node) in &outcomes {
                    let node = symbolic.restrict(*node, &unknown, place);
                    prop_assert_eq!(node == super::Node::FALSE, !left.contains(label));
                }
            }
            prop_assert_eq!(told.settling, settling, "{:?}", unknown);
            let whole = wholes.iter().all(|whole| {
                classes.iter().filter(|it| holds(it, &given(whole, &unknown), &classes)).count() == 1
            });
            prop_assert!(whole, "the classes of {:?} are not a partition", unknown);
        }
    }
}
