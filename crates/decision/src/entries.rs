//! From a classification to the rows of the control list's table that may describe it.
//!
//! A classification is as exact as whoever gave it: it may stop above the paragraphs that the
//! table tells apart, or leave out what a "for ..." paragraph is for. Then several rows remain,
//! and what they disagree on is unknown.

use crate::eccn::{Eccn, EccnChain};
use jiff::civil::Date;
use law::Value;
use law::rulebook::{Rulebook, TableRow};
use std::collections::BTreeMap;

/// The key of the row that stands for everything the table does not hold.
const UNLISTED: &str = "unlisted";

/// The rows of the control list's table, found by classification.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    rows: Vec<EntryRow>,
    /// Rows by the entry of their code, without the paragraph.
    by_entry: BTreeMap<Box<str>, Vec<usize>>,
    unlisted: Option<u16>,
}

#[derive(Clone, Debug)]
struct EntryRow {
    key: u16,
    code: Box<str>,
    parents: Vec<Parent>,
    from: Date,
    until: Option<Date>,
}

/// A word of the column that says what a paragraph is for.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Parent {
    /// These entries, the nearest first.
    Chain(Vec<Box<str>>),
    /// Whatever the rows with the same code do not name.
    Other,
}

/// What a classification may be in the table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// The row, or those that remain possible.
    pub value: Value,
    /// Whether the table does not hold it.
    pub unlisted: bool,
    /// Whether the table does not hold it on the day, but does on another.
    pub on_another_day: bool,
    /// Whether it would be settled by saying what the item is for.
    pub ask_parent: bool,
}

impl Entries {
    /// The rows of the rulebook's tables whose domain is `entry`.
    #[must_use]
    pub fn new(rulebook: &Rulebook) -> Self {
        let mut entries = Self::default();
        let domain = rulebook.schema.domain("entry");
        for table in rulebook.tables.iter().filter(|it| Some(it.domain) == domain) {
            let column = table.columns.iter().position(|it| it.name == "for");
            let words = column.and_then(|it| table.columns.get(it)).map(|it| it.words.as_slice());
            for row in &table.rows {
                let name = rulebook.schema.value_name(table.domain, row.key);
                let code = row.other.get("code").map_or(name, String::as_str);
                let parents = column.map(|it| parents(row, it, words.unwrap_or_default()));
                entries.push(code, row, parents.unwrap_or_default());
            }
        }
        entries
    }

    fn push(&mut self, code: &str, row: &TableRow, parents: Vec<Parent>) {
        if code == UNLISTED {
            self.unlisted = Some(row.key);
            return;
        }
        let entry = code.split('.').next().unwrap_or(code);
        self.by_entry.entry(entry.into()).or_default().push(self.rows.len());
        let (from, until) = (row.from, row.until);
        self.rows.push(EntryRow { key: row.key, code: code.into(), parents, from, until });
    }

    /// The row of a classification on a day.
    #[must_use]
    pub fn find(&self, eccn: &Eccn, chain: Option<&EccnChain>, day: Date) -> Found {
        let rows = self.described(eccn, day);
        let same_code = all_equal(rows.iter().map(|it| &it.code));
        let rows = match chain {
            Some(chain) => of_parents(&rows, chain),
            None => rows,
        };
        let mut keys: Vec<u16> = rows.iter().map(|it| it.key).collect();
        keys.sort_unstable();
        keys.dedup();
        let value = match keys.as_slice() {
            [] => self.unlisted.map_or(Value::Unknown, Value::Code),
            [key] => Value::Code(*key),
            _ => Value::OneOf(keys.into_boxed_slice()),
        };
        let ask_parent = same_code && matches!(value, Value::OneOf(_));
        let unlisted = rows.is_empty();
        let held = |it: &EntryRow| eccn.is_under(&it.code) || eccn.holds(&it.code);
        let on_another_day = unlisted && self.of_entry(eccn).any(held);
        Found { value, unlisted, on_another_day, ask_parent }
    }

    /// The rows of an item that one of these entries describes, or none that the table holds where
    /// that may be as well.
    #[must_use]
    pub fn one_of(&self, eccns: &[Eccn], or_unlisted: bool, day: Date) -> Value {
        let rows = eccns.iter().flat_map(|it| self.described(it, day)).map(|it| it.key);
        let mut keys: Vec<u16> = rows.chain(self.unlisted.filter(|_| or_unlisted)).collect();
        keys.sort_unstable();
        keys.dedup();
        match keys.as_slice() {
            [] => Value::Unknown,
            [key] => Value::Code(*key),
            _ => Value::OneOf(keys.into_boxed_slice()),
        }
    }

    /// What an entry of a list or a notice covers. Unknown where the table is coarser than what was
    /// given, and where nothing was: what covers nothing is not told as it is.
    #[must_use]
    pub fn set(&self, eccns: &[Eccn]) -> Value {
        if eccns.is_empty() {
            return Value::Unknown;
        }
        let mut set = 0_u128;
        for eccn in eccns {
            let rows: Vec<_> = self.of_entry(eccn).collect();
            let mut keys: Vec<u16> =
                rows.iter().filter(|it| eccn.holds(&it.code)).map(|it| it.key).collect();
            if keys.is_empty() {
                if rows.iter().any(|it| eccn.is_under(&it.code)) {
                    return Value::Unknown;
                }
                keys.extend(self.unlisted);
            }
            for key in keys {
                match 1_u128.checked_shl(u32::from(key)) {
                    Some(bit) => set |= bit,
                    None => return Value::Unknown,
                }
            }
        }
        Value::Set(set)
    }

    /// The rows that may describe an item with this classification: the deepest that contain it,
    /// and none where that paragraph is on the list on other days only; and where it is itself
    /// above others, those beneath, except the `.z` paragraphs, which a classifier who means them
    /// names.
    fn described(&self, eccn: &Eccn, day: Date) -> Vec<&EntryRow> {
        let in_force = || self.of_entry(eccn).filter(|it| it.is_in_force(day));
        let rows = self.of_entry(eccn).filter(|it| eccn.is_under(&it.code));
        let deepest = rows.map(|it| it.code.len()).max();
        let beneath = |it: &&EntryRow| {
            let rest = it.code.strip_prefix(eccn.as_str()).unwrap_or_default();
            rest.starts_with('.') && !names_z(rest)
        };
        let containing = |it: &&EntryRow| eccn.is_under(&it.code) && Some(it.code.len()) == deepest;
        in_force().filter(|it| containing(it) || beneath(it)).collect()
    }

    fn of_entry<'e>(&'e self, eccn: &Eccn) -> impl Iterator<Item = &'e EntryRow> + use<'e> {
        let places = self.by_entry.get(eccn.entry()).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|it| self.rows.get(*it))
    }
}

impl EntryRow {
    fn is_in_force(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

fn parents(row: &TableRow, column: usize, words: &[String]) -> Vec<Parent> {
    let named = [&row.words, &row.doubtful].into_iter().filter_map(|it| it.get(column)).flatten();
    named
        .filter_map(|it| words.get(usize::from(*it)))
        .map(|word| match word.as_str() {
            "other" => Parent::Other,
            chain => Parent::Chain(chain.split('>').map(Into::into).collect()),
        })
        .collect()
}

/// How well a word fits what an item is for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Fit {
    /// What was given is less exact than the word: it may be meant.
    Possible,
    /// It is meant; the longer word says it better.
    Meant(usize),
}

/// The rows that remain when it is said what the item is for.
fn of_parents<'e>(rows: &[&'e EntryRow], chain: &EccnChain) -> Vec<&'e EntryRow> {
    let best = |row: &EntryRow| row.parents.iter().filter_map(|it| fit(it, chain)).max();
    let fits: Vec<_> = rows.iter().map(|it| (*it, best(it))).collect();
    let most = fits.iter().filter_map(|it| it.1).max();
    let settled = matches!(most, Some(Fit::Meant(_)));
    let keeps = |row: &EntryRow, fit: Option<Fit>| match fit {
        Some(Fit::Possible) => true,
        Some(meant) => Some(meant) == most,
        None if row.parents.contains(&Parent::Other) => !settled,
        // A paragraph that is for nothing in particular.
        None => row.parents.is_empty() && !settled,
    };
    fits.iter().filter(|it| keeps(it.0, it.1)).map(|it| it.0).collect()
}

fn fit(parent: &Parent, chain: &EccnChain) -> Option<Fit> {
    let Parent::Chain(word) = parent else { return None };
    let mut fit = Fit::Meant(0);
    let mut given = chain.parents().iter();
    for code in word {
        let Some(given) = given.next() else {
            return Some(Fit::Possible);
        };
        if given.is_under(code) {
            if let Fit::Meant(length) = &mut fit {
                *length += code.len();
            }
        } else if given.holds(code) && !names_z(code.get(given.as_str().len()..)?) {
            fit = Fit::Possible;
        } else {
            return None;
        }
    }
    Some(fit)
}

/// Whether a paragraph lies in a `.z`.
fn names_z(paragraph: &str) -> bool {
    paragraph.split('.').any(|it| it == "z")
}

fn all_equal<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
    let first = values.next();
    values.all(|it| Some(it) == first)
}

#[cfg(test)]
mod tests;
