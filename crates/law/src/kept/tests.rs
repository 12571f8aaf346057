use crate::diagram::Node;
use crate::facts::{RowId, Value};
use crate::law::{Law, Selection};
use crate::relevance::Outlook;
use crate::rulebook::{Effect, Test};
use crate::symbolic::Symbolic;
use crate::toy::{
    COLORS, HOME, LOAN, PRICE, RAINS, SHADE, World, day, row, rulebook, table, values,
};
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

#[test]
fn a_code_of_which_the_table_leaves_something_open_is_asked_about_by_its_own_name() {
    let condition = crate::toy::test(0, HOME, Test::Column { table: 0, column: 0, words: vec![0] });
    let block = crate::toy::block("1(a)", Effect::Flag("wet".to_owned()), LOAN, condition);
    let rows = vec![row(1, &[], &[0]), row(2, &[], &[0]), row(3, &[0], &[])];
    let rulebook = std::sync::Arc::new(rulebook(vec![block], vec![table(rows)], Vec::new()));
    let law = rulebook.as_of(day(), &Selection::default());
    let unknown = crate::Facts::new(&rulebook.schema);
    let supports: Vec<Vec<crate::Unknown>> = (1..=3)
        .map(|home| {
            let mut symbolic = law.symbolic(&unknown);
            let mut node = symbolic.block(0, RowId(0));
            let (_, kept) = symbolic.keep();
            let mut facts = unknown.clone();
            facts.set(RowId(0), HOME, Value::Code(home));
            let mut fresh = law.symbolic(&facts);
            let expected = fresh.block(0, RowId(0));
            let expected = fresh.support(expected);
            if let Ok(resumed) = Symbolic::resumed(law.evaluate(&facts), kept, &mut [&mut node]) {
                assert_eq!(resumed.support(node), expected, "{home}");
            }
            expected
        })
        .collect();
    assert_eq!(supports[0].len(), 1, "the table leaves it open");
    assert_ne!(supports[0], supports[1], "of each town by itself");
    assert!(supports[2].is_empty(), "and not of the last");
}
