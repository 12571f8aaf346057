use super::{Diagram, NODES, Node, Variable};
use proptest::prelude::*;

/// The cases of the variables of every diagram here.
const CASES: [u16; 4] = [2, 3, 2, 3];

fn points() -> Vec<[u16; 4]> {
    let mut points = vec![[0; 4]];
    for (place, cases) in CASES.into_iter().enumerate() {
        let with = |point: [u16; 4], case| {
            let mut point = point;
            point[place] = case;
            point
        };
        points =
            points.into_iter().flat_map(|it| (0..cases).map(move |case| with(it, case))).collect();
    }
    points
}

/// A function twice: as a diagram, and as the list of its values.
type Both = (Node, Vec<usize>);

fn value_at(diagram: &Diagram, node: Node, point: [u16; 4]) -> usize {
    let mut node = node;
    while let Some(next) = diagram.cases(node).get(match diagram.top(node) {
        variable @ 0..4 => usize::from(point[variable as usize]),
        _ => 0,
    }) {
        node = *next;
    }
    match node {
        Node::FALSE => 0,
        Node::TRUE => 1,
        other => other.as_label().unwrap() + 2,
    }
}

/// Functions made from a tape, each from those before.
fn functions(diagram: &mut Diagram, tape: &[u8]) -> Vec<Both> {
    for (cases, rank) in CASES.into_iter().zip([2, 0, 3, 1]) {
        diagram.variable(cases, rank);
    }
    let points = points();
    let mut made: Vec<Both> =
        vec![(Node::FALSE, vec![0; points.len()]), (Node::TRUE, vec![1; points.len()])];
    for bytes in tape.chunks_exact(4) {
        let pick = |byte: u8| made[usize::from(byte) % made.len()].clone();
        let (left, right) = (pick(bytes[1]), pick(bytes[2]));
        let pairs = left.1.iter().zip(&right.1);
        let new = match bytes[0] % 5 {
            0 => (diagram.and(left.0, right.0), pairs.map(|(one, other)| one & other).collect()),
            1 => (diagram.or(left.0, right.0), pairs.map(|(one, other)| one | other).collect()),
            2 => (diagram.not(left.0), left.1.iter().map(|it| 1 - it).collect()),
            // A choice, among functions that may speak of variables before it.
            _ => {
                let variable = usize::from(bytes[3]) % 4;
                let cases: Vec<Both> = (0..CASES[variable])
                    .map(|case| if case % 2 == 0 { left.clone() } else { right.clone() })
                    .collect();
                let nodes: Vec<Node> = cases.iter().map(|it| it.0).collect();
                let values = points.iter().enumerate();
                let values =
                    values.map(|(place, point)| cases[usize::from(point[variable])].1[place]);
                (diagram.choice(Variable::try_from(variable).unwrap(), &nodes), values.collect())
            }
        };
        made.push(new);
    }
    made
}

fn tape() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_diagram_is_its_function_and_the_same_function_is_the_same_node(tape in tape()) {
        let mut diagram = Diagram::new(NODES);
        let made = functions(&mut diagram, &tape);
        for (node, values) in &made {
            for (point, value) in points().into_iter().zip(values) {
                prop_assert_eq!(value_at(&diagram, *node, point), *value);
            }
            for (other, others) in &made {
                prop_assert_eq!(node == other, values == others);
            }
        }
    }

    #[test]
    fn a_function_depends_on_what_can_change_it(tape in tape(), variable in 0_usize..4) {
        let mut diagram = Diagram::new(NODES);
        for (node, values) in functions(&mut diagram, &tape) {
            let place = Variable::try_from(variable).unwrap();
            let points = points();
            let at = |point: &[u16; 4], case: u16| {
                let mut point = *point;
                point[variable] = case;
                values[points.iter().position(|it| *it == point).unwrap()]
            };
            let mut depends = false;
            for case in 0..CASES[variable] {
                depends |= points.iter().any(|it| at(it, 0) != at(it, case));
                let restricted = diagram.restrict(node, place, case);
                for point in &points {
                    prop_assert_eq!(value_at(&diagram, restricted, *point), at(point, case));
                }
            }
            prop_assert_eq!(diagram.support(node).contains(&place), depends);
        }
    }

    #[test]
    fn a_label_lies_over_what_was_there(tape in tape()) {
        let mut diagram = Diagram::new(NODES);
        let made = functions(&mut diagram, &tape);
        let (mut node, mut values) = made[0].clone();
        for (label, (condition, holds)) in made.iter().rev().take(5).enumerate() {
            node = diagram.overlay(*condition, Node::label(label), node);
            for (value, holds) in values.iter_mut().zip(holds) {
                *value = if *holds == 1 { label + 2 } else { *value };
            }
        }
        for (point, value) in points().into_iter().zip(values) {
            prop_assert_eq!(value_at(&diagram, node, point), value);
        }
    }

    #[test]
    fn beyond_the_budget_nothing_certain_is_wrong(tape in tape(), budget in 0_usize..12) {
        let (mut diagram, mut poor) = (Diagram::new(NODES), Diagram::new(budget));
        let made = functions(&mut diagram, &tape);
        let poorly = functions(&mut poor, &tape);
        for ((node, _), (other, _)) in made.into_iter().zip(poorly) {
            if [Node::TRUE, Node::FALSE].contains(&other) {
                prop_assert_eq!(node, other);
            }
        }
        prop_assert!(poor.size() <= budget);
    }
}
