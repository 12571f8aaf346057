use crate::law::Selection;
use crate::rulebook::{BlockId, Comparison, Effect, Expr, Quantifier, Test};
use crate::schema::FactId;
use crate::toy::{GUEST, HOME, LOAN, PRICE, block, day, rulebook, test};
use std::sync::Arc;

fn some_guest(fact: FactId, asked: Test) -> Expr {
    let body = Box::new(test(2, fact, asked));
    Expr::Quantified { quantifier: Quantifier::Some, kind: GUEST, of: None, variable: 2, body }
}

fn dead(conditions: Vec<Expr>) -> Vec<BlockId> {
    let flag = |it| block("1", Effect::Flag("x".to_owned()), LOAN, it);
    let blocks = conditions.into_iter().map(flag).collect();
    let law =
        Arc::new(rulebook(blocks, Vec::new(), Vec::new())).as_of(day(), &Selection::default());
    law.dead_blocks()
}

#[test]
fn a_condition_that_contradicts_itself_is_dead() {
    let cheap = test(0, PRICE, Test::Number(Comparison::Less, 5));
    let dear = test(0, PRICE, Test::Number(Comparison::More, 7));
    let home = |codes| test(0, HOME, Test::In(codes));
    let nowhere = Expr::All(vec![home(vec![0, 1]), home(vec![2, 3])]);
    let somewhere = Expr::All(vec![home(vec![0, 1]), home(vec![1, 3])]);
    assert_eq!(
        dead(vec![Expr::All(vec![cheap, dear]), nowhere, somewhere]),
        [BlockId(0), BlockId(1)]
    );
}

#[test]
fn a_condition_that_needs_no_thing_or_two_things_is_alive() {
    let anybody = some_guest(HOME, Test::In(vec![0, 1, 2, 3]));
    let nobody = Expr::Not(Box::new(anybody));
    let two =
        Expr::All(vec![some_guest(HOME, Test::In(vec![0])), some_guest(HOME, Test::In(vec![1]))]);
    assert_eq!(dead(vec![nobody, two]), []);
}
