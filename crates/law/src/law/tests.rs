use super::Selection;
use crate::facts::{Facts, RowId};
use crate::rulebook::{Block, BlockId, Effect, Expr, Rulebook, Status, Version};
use crate::toy::{LOAN, block, row, rulebook, table};
use jiff::civil::{Date, date};
use std::sync::Arc;

fn version(from: Date, until: Option<Date>, status: Status) -> Block {
    let mut made = block("1", Effect::Flag("x".to_owned()), LOAN, Expr::Constant(true));
    made.version = Version { from, until, status };
    made
}

fn in_force(rulebook: &Arc<Rulebook>, day: Date, selection: Selection) -> Vec<u32> {
    rulebook.as_of(day, &selection).blocks().iter().map(|it| it.id.0).collect()
}

#[test]
fn a_block_is_in_force_from_its_first_day_until_the_day_before_the_next() {
    let closed = version(date(2024, 4, 1), Some(date(2025, 7, 15)), Status::Law);
    let rulebook = Arc::new(rulebook(vec![closed], Vec::new(), Vec::new()));
    for (day, count) in [
        (date(2024, 3, 31), 0),
        (date(2024, 4, 1), 1),
        (date(2025, 7, 14), 1),
        (date(2025, 7, 15), 0),
    ] {
        assert_eq!(in_force(&rulebook, day, Selection::default()).len(), count, "on {day}");
    }
}

#[test]
fn an_adopted_version_stands_in_only_when_asked_for() {
    let law = version(date(2020, 1, 1), None, Status::Law);
    let adopted = version(date(2026, 6, 1), None, Status::Adopted);
    let rulebook = Arc::new(rulebook(vec![law, adopted], Vec::new(), Vec::new()));
    let asked = Selection { adopted: true, proposed: false };
    let day = date(2026, 7, 1);
    assert_eq!(in_force(&rulebook, day, Selection::default()), [0]);
    assert_eq!(in_force(&rulebook, day, asked), [1]);
    assert_eq!(in_force(&rulebook, date(2026, 5, 31), asked), [0]);
}

#[test]
fn the_law_is_the_same_between_two_epochs() {
    let closed = version(date(2024, 4, 1), Some(date(2025, 7, 15)), Status::Law);
    let mut line = row(0, &[0], &[]);
    line.from = date(2022, 2, 2);
    let rulebook = rulebook(vec![closed], vec![table(vec![line])], Vec::new());
    let days = [date(2020, 1, 1), date(2022, 2, 2), date(2024, 4, 1), date(2025, 7, 15)];
    assert_eq!(rulebook.epochs(), days);
}

#[test]
fn a_definition_that_leads_back_to_itself_is_unknown_not_endless() {
    let mut one = version(date(2020, 1, 1), None, Status::Law);
    one.unless.push(vec![BlockId(0)]);
    let law = Arc::new(rulebook(vec![one], Vec::new(), Vec::new()))
        .as_of(date(2026, 1, 1), &Selection::default());
    let facts = Facts::new(&law.rulebook().schema);
    assert!(law.evaluate(&facts).block(0, RowId(0)).is_unknown());
    let mut symbolic = law.symbolic(&facts);
    let node = symbolic.block(0, RowId(0));
    assert!(symbolic.value(node).is_unknown());
}
