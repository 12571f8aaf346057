//! One test put to one value, the plain way: the meaning that every faster way must agree with.
//!
//! Also the tables as one day leaves them, because a column test reads them.

use crate::facts::Value;
use crate::rulebook::{Comparison, Rulebook, TableRow, Test};
use crate::truth::Truth;
use jiff::civil::Date;

const NO_ROW: u32 = u32::MAX;

/// The rows of every table that are in force on one day, by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct DayTables {
    rows: Vec<Vec<u32>>,
    /// For each table, column and word, the keys whose cells have it.
    keys: Vec<Vec<Vec<Keys>>>,
}

/// The keys whose cells have a word.
#[derive(Clone, Debug, Default)]
struct Keys {
    certain: Vec<u16>,
    doubtful: Vec<u16>,
}

impl DayTables {
    /// The rows that the day leaves.
    pub(crate) fn on(rulebook: &Rulebook, day: Date) -> Self {
        let rows = rulebook.tables.iter().map(|table| {
            let mut by_key = vec![NO_ROW; rulebook.schema.size(table.domain)];
            for (place, row) in table.rows.iter().enumerate() {
                let covers = row.from <= day && row.until.is_none_or(|until| day < until);
                if let (true, Some(slot)) = (covers, by_key.get_mut(usize::from(row.key))) {
                    *slot = u32::try_from(place).unwrap_or(NO_ROW);
                }
            }
            by_key
        });
        let rows: Vec<Vec<u32>> = rows.collect();
        let keys = rulebook.tables.iter().zip(&rows).map(|(table, by_key)| {
            let columns = table.columns.iter().map(|it| vec![Keys::default(); it.words.len()]);
            let mut columns: Vec<Vec<Keys>> = columns.collect();
            for row in by_key.iter().filter_map(|place| table.rows.get(*place as usize)) {
                for (keys, cell) in columns.iter_mut().zip(&row.words) {
                    for word in cell {
                        if let Some(keys) = keys.get_mut(usize::from(*word)) {
                            keys.certain.push(row.key);
                        }
                    }
                }
                for (keys, cell) in columns.iter_mut().zip(&row.doubtful) {
                    for word in cell {
                        if let Some(keys) = keys.get_mut(usize::from(*word)) {
                            keys.doubtful.push(row.key);
                        }
                    }
                }
            }
            columns
        });
        let keys = keys.collect();
        Self { rows, keys }
    }

    /// The row of a key on that day.
    pub(crate) fn row<'a>(
        &self,
        rulebook: &'a Rulebook,
        table: u16,
        key: u16,
    ) -> Option<&'a TableRow> {
        let place = self.place(table, key)?;
        rulebook.tables.get(usize::from(table))?.rows.get(place)
    }

    /// The place of that row in its table.
    pub(crate) fn place(&self, table: u16, key: u16) -> Option<usize> {
        let place = *self.rows.get(usize::from(table))?.get(usize::from(key))?;
        (place != NO_ROW).then_some(place as usize)
    }

    /// Whether a cell has a word. Without a row, or where the word is doubtful, it is unknown.
    pub(crate) fn cell(&self, rulebook: &Rulebook, cell: Cell) -> Truth {
        let Some(row) = self.row(rulebook, cell.table, cell.key) else { return Truth::Unknown };
        let has = |columns: &[Vec<u16>]| {
            columns.get(usize::from(cell.column)).is_some_and(|it| it.contains(&cell.word))
        };
        if has(&row.words) {
            Truth::True
        } else if has(&row.doubtful) || usize::from(cell.column) >= row.words.len() {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

/// One word of one cell of a table.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Cell {
    pub(crate) table: u16,
    pub(crate) key: u16,
    pub(crate) column: u16,
    pub(crate) word: u16,
}

/// The answer of a test to a value that is known; unknown for any other, and for one that does
/// not fit the test. `MemberOf` needs a second fact and is unknown here.
pub(crate) fn answer(rulebook: &Rulebook, tables: &DayTables, test: &Test, value: &Value) -> Truth {
    match (test, value) {
        (Test::IsTrue, Value::Truth(is)) => Truth::from(*is),
        (Test::In(values), Value::Code(code)) => Truth::from(values.contains(code)),
        (Test::Column { table, column, words }, Value::Code(key)) => {
            let cell = |word| Cell { table: *table, key: *key, column: *column, word };
            words
                .iter()
                .map(|word| tables.cell(rulebook, cell(*word)))
                .fold(Truth::False, Truth::or)
        }
        (Test::Both(left, right), value) => {
            answer(rulebook, tables, left, value).and(answer(rulebook, tables, right, value))
        }
        (Test::Includes(mask), Value::Set(set)) => Truth::from(set & mask != 0),
        (Test::Within(mask), Value::Set(set)) => Truth::from(set & !mask == 0),
        (Test::Empty, Value::Set(set)) => Truth::from(*set == 0),
        (Test::Number(comparison, than), Value::Number(number)) => Truth::from(match comparison {
            Comparison::Less => number < than,
            Comparison::AtMost => number <= than,
            Comparison::Equal => number == than,
            Comparison::AtLeast => number >= than,
            Comparison::More => number > than,
        }),
        (
            Test::IsTrue
            | Test::In(_)
            | Test::Column { .. }
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Empty
            | Test::Number(..)
            | Test::MemberOf { .. },
            _,
        ) => Truth::Unknown,
    }
}

/// What [`answer`] says of each of these values of a domain, with less work for all of them than
/// one by one.
pub(crate) fn answers(
    rulebook: &Rulebook,
    tables: &DayTables,
    test: &Test,
    codes: std::ops::Range<u16>,
) -> Vec<Truth> {
    match test {
        Test::In(values) => {
            let mut truths = vec![Truth::False; codes.len()];
            for code in values.iter().filter_map(|it| it.checked_sub(codes.start)) {
                if let Some(truth) = truths.get_mut(usize::from(code)) {
                    *truth = Truth::True;
                }
            }
            truths
        }
        Test::Column { words, .. } if words.is_empty() => vec![Truth::False; codes.len()],
        Test::Column { table, column, words } => {
            // Where there is no such cell, nobody can tell.
            let has_cell = |key| {
                let row = tables.row(rulebook, *table, key);
                row.is_some_and(|it| usize::from(*column) < it.words.len())
            };
            let first = codes.start;
            let mut truths: Vec<Truth> = codes
                .map(|key| if has_cell(key) { Truth::False } else { Truth::Unknown })
                .collect();
            let columns = tables.keys.get(usize::from(*table));
            let by_word = columns.and_then(|it| it.get(usize::from(*column)));
            let found = || {
                let by_word = by_word.map_or(&[][..], Vec::as_slice);
                words.iter().filter_map(|word| by_word.get(usize::from(*word)))
            };
            let mut mark = |key: u16, truth| {
                let slot = key.checked_sub(first).and_then(|it| truths.get_mut(usize::from(it)));
                if let Some(slot) = slot {
                    *slot = truth;
                }
            };
            found().flat_map(|it| &it.doubtful).for_each(|key| mark(*key, Truth::Unknown));
            found().flat_map(|it| &it.certain).for_each(|key| mark(*key, Truth::True));
            truths
        }
        Test::Both(left, right) => {
            let left = answers(rulebook, tables, left, codes.clone());
            let right = answers(rulebook, tables, right, codes);
            left.into_iter().zip(right).map(|(left, right)| left.and(right)).collect()
        }
        Test::IsTrue
        | Test::Includes(_)
        | Test::Within(_)
        | Test::Empty
        | Test::Number(..)
        | Test::MemberOf { .. } => {
            codes.map(|it| answer(rulebook, tables, test, &Value::Code(it))).collect()
        }
    }
}

/// Whether a code is in a set, as far as both are known; `size` is how many values the domain has.
pub(crate) fn member(code: &Value, set: &Value, size: usize) -> Truth {
    let Value::Set(set) = *set else { return Truth::Unknown };
    let one = |code: u16| match (set, 1_u128.checked_shl(u32::from(code))) {
        (0, _) => Truth::False,
        (_, Some(bit)) => Truth::from(set & bit != 0),
        // A set has no place for this value, so it cannot tell.
        (_, None) => Truth::Unknown,
    };
    match code {
        Value::Code(code) if usize::from(*code) < size => one(*code),
        Value::OneOf(codes) if fits(codes, size) => alike(codes.iter().copied().map(one)),
        Value::Unknown
        | Value::Truth(_)
        | Value::Code(_)
        | Value::OneOf(_)
        | Value::Set(_)
        | Value::Number(_)
        | Value::Between(..) => {
            alike((0..size).map(|it| u16::try_from(it).map_or(Truth::Unknown, one)))
        }
    }
}

/// Whether every value of a `OneOf` is one of a domain of that size, and there is one.
pub(crate) fn fits(codes: &[u16], size: usize) -> bool {
    !codes.is_empty() && codes.iter().all(|it| usize::from(*it) < size)
}

/// What all of them say, if they agree; unknown where they do not, or where there is none.
pub(crate) fn alike(mut truths: impl Iterator<Item = Truth>) -> Truth {
    let Some(first) = truths.next() else { return Truth::Unknown };
    if truths.all(|it| it == first) { first } else { Truth::Unknown }
}

#[cfg(test)]
mod tests;
