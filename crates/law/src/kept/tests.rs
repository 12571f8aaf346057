use crate::diagram::Node;
use crate::facts::{RowId, Value};
use crate::law::{Law, Selection};
use crate::relevance::Outlook;
use crate::symbolic::Symbolic;
use crate::toy::{COLORS, HOME, PRICE, RAINS, SHADE, World, day, values};
use proptest::prelude::*;

const FACTS: [crate::schema::FactId; 5] = [RAINS, HOME, COLORS, PRICE, SHADE];

/// Which of the last blocks hold of the first thing of their kind.
fn outlook(symbolic: &mut Symbolic<'_>, law: &Law, world: &World) -> Outlook<usize> {
    let mut outcomes = vec![(0, Node::TRUE)];
    let places = (0..law.blocks().len()).rev();
    let first = |place: usize| {
        let row = world.facts.rows_of(law.blocks()[place].subject).first();
        row.map(|row| (place, *row))
    };
    for (place, row) in places.filter_map(first).take(3) {
        let node = symbolic.block(place, row);
        let not = symbolic.diagram.not(node);
        outcomes = outcomes
            .iter()
            .flat_map(|(label, it)| [(2 * label, (*it, not)), (2 * label + 1, (*it, node))])
            .map(|(label, (left, right))| (label, symbolic.diagram.and(left, right)))
            .collect();
    }
    symbolic.outlook(&outcomes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_was_kept_is_what_is_worked_out_from_the_beginning(
        tape in proptest::collection::vec(any::<u8>(), 400),
        told in proptest::collection::vec(any::<u8>(), 24),
    ) {
        let world = World::read(&tape);
        let law = world.rulebook.as_of(day(), &Selection::default());
        let mut symbolic = law.symbolic(&world.facts);
        let mut kept_outlook = outlook(&mut symbolic, &law, &world);
        prop_assume!(!symbolic.relevance(&kept_outlook).undecided);
        let (_, kept) = symbolic.keep();

        // Some of what was unknown becomes known.
        let mut facts = world.facts.clone();
        let mut told = told.into_iter();
        for row in (0..facts.rows().len()).map(|it| RowId(u32::try_from(it).unwrap())) {
            for fact in FACTS {
                let is_open = *facts.value(row, fact) == Value::Unknown;
                let chosen = told.next().map_or(0, usize::from);
                let known = values(fact, &Value::Unknown);
                if is_open && chosen % 3 == 0 {
                    facts.set(row, fact, known[chosen / 3 % known.len()].clone());
                }
            }
        }
        let resumed =
            Symbolic::resumed(law.evaluate(&facts), kept, &mut [kept_outlook.node()]);
        let Ok(mut resumed) = resumed else { return Ok(()) };
        let world = World { facts: facts.clone(), ..world };
        let mut fresh = law.symbolic(&facts);
        let fresh_outlook = outlook(&mut fresh, &law, &world);
        let found = fresh.relevance(&fresh_outlook);
        prop_assert_eq!(&resumed.relevance(&kept_outlook), &found);
        for it in &found.open {
            prop_assert_eq!(resumed.classes(&it.unknown), fresh.classes(&it.unknown));
        }
        let open: Vec<crate::Unknown> = found.open.iter().map(|it| it.unknown).collect();
        prop_assert_eq!(
            resumed.prospects(&kept_outlook, &open),
            fresh.prospects(&fresh_outlook, &open)
        );
        // And what is worked out from there on is the same as well.
        let again = outlook(&mut resumed, &law, &world);
        prop_assert_eq!(resumed.relevance(&again), found);
        for place in 0..law.blocks().len() {
            for row in (0..facts.rows().len()).map(|it| RowId(u32::try_from(it).unwrap())) {
                let (one, other) = (resumed.block(place, row), fresh.block(place, row));
                prop_assert_eq!(resumed.value(one), fresh.value(other));
                prop_assert_eq!(resumed.support(one), fresh.support(other));
            }
        }
    }
}

#[test]
fn what_was_forgotten_or_changed_is_worked_out_anew() {
    let world = World::read(&[7; 400]);
    let law = world.rulebook.as_of(day(), &Selection::default());
    let root = RowId(0);
    let known = |value| {
        let mut facts = world.facts.clone();
        facts.set(root, RAINS, value);
        facts
    };
    let (yes, no, unknown) =
        (known(Value::Truth(true)), known(Value::Truth(false)), known(Value::Unknown));
    let goes_on = |from: &crate::Facts, to| {
        let (_, kept) = law.symbolic(from).keep();
        Symbolic::resumed(law.evaluate(to), kept, &mut []).is_ok()
    };
    assert!(goes_on(&unknown, &yes));
    assert!(goes_on(&yes, &yes));
    assert!(!goes_on(&yes, &no));
    assert!(!goes_on(&yes, &unknown));
    let mut more = yes.clone();
    more.push(&world.rulebook.schema, crate::toy::GUEST, root, 0);
    assert!(!goes_on(&yes, &more));
}
