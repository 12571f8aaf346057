use super::{DayTables, answer, answers};
use crate::facts::Value;
use crate::rulebook::Test;
use crate::toy::{day, row, rulebook, table};

#[test]
fn the_answers_to_all_values_are_those_to_each() {
    let rows = vec![row(0, &[2], &[1]), row(1, &[1, 2], &[]), row(2, &[], &[0, 2])];
    let book = rulebook(Vec::new(), vec![table(rows)], Vec::new());
    let tables = DayTables::on(&book, day());
    let has = |words: &[u16]| Test::Column { table: 0, column: 0, words: words.to_vec() };
    let both = |left, right| Test::Both(Box::new(left), Box::new(right));
    let nowhere = Test::Column { table: 0, column: 7, words: vec![1] };
    for test in [
        has(&[2]),
        has(&[0, 1]),
        has(&[]),
        nowhere,
        Test::In(vec![0, 3, 9]),
        both(has(&[1]), Test::In(vec![0, 1])),
        Test::IsTrue,
    ] {
        let each: Vec<_> =
            (0..4).map(|it| answer(&book, &tables, &test, &Value::Code(it))).collect();
        assert_eq!(answers(&book, &tables, &test, 0..4), each, "{test:?}");
    }
}
