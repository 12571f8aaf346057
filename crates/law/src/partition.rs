//! The values of a fact that one day's tests cannot tell apart.
//!
//! Every test of a fact in force is a bit. The values of the fact fall into classes with the same
//! bits, so that reading a fact is one lookup whatever the number of tests, and an unknown fact
//! has a handful of cases instead of a continent. A set has too many values for classes: its tests
//! are masks, and its elements fall into groups instead.

use crate::facts::Value;
use crate::preclusion::{Mask, Preclusion, add};
use crate::probe::{DayTables, answer, answers, fits};
use crate::rulebook::{Comparison, Rulebook, Test};
use crate::schema::{FactId, FactType, KindId};
use crate::truth::Truth;
use std::collections::BTreeMap;

/// The tests of one fact, and the classes of its values.
#[derive(Clone, Debug)]
pub(crate) struct FactPlan {
    /// The type of the fact.
    pub(crate) of: FactType,
    /// How many values its domain has; 0 for truths and numbers.
    pub(crate) size: usize,
    /// The tests; the first is bit `first` of the row's words, the others follow.
    pub(crate) tests: Vec<Test>,
    /// The bit of the first test.
    pub(crate) first: usize,
    /// Where its words begin in a row, and how many there are: pairs (true, possible).
    at: usize,
    width: usize,
    /// How the values fall into classes.
    pub(crate) values: Values,
    /// How often the conditions in force test it.
    pub(crate) uses: u32,
    /// The facts on the other side of its membership tests.
    pub(crate) partners: Vec<(KindId, FactId)>,
    /// For each class the blocks that it rules out; of a set, after them, for each test that it
    /// fails, that it holds.
    pub(crate) masks: Vec<Mask>,
    /// For each class, the words (true, possible) of its tests. Of a set, the classes are the empty
    /// set and those of one value.
    known: Vec<u64>,
    /// The same where nothing is known.
    unknown: Vec<u64>,
}

/// How the values of a fact fall into classes.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// No, yes.
    Truth,
    /// For each value of the domain its class; for each class its first value.
    Code {
        /// By value.
        class_of: Vec<u16>,
        /// By class.
        first: Vec<u16>,
    },
    /// The numbers with which a new class begins, in order. The first class has no beginning.
    Number {
        /// Never empty of meaning: without any there is one class.
        cuts: Vec<i64>,
    },
    /// No classes.
    Set,
}

impl FactPlan {
    /// A fact without tests yet.
    pub(crate) fn new(of: FactType, size: usize) -> Self {
        let values = Values::Truth;
        let (tests, partners) = (Vec::new(), Vec::new());
        Self {
            of,
            size,
            tests,
            first: 0,
            at: 0,
            width: 0,
            values,
            uses: 0,
            partners,
            masks: Vec::new(),
            known: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The place of a test among the fact's, added if it is new.
    pub(crate) fn intern(&mut self, test: &Test) -> usize {
        self.uses = self.uses.saturating_add(1);
        self.tests.iter().position(|it| it == test).unwrap_or_else(|| {
            self.tests.push(test.clone());
            self.tests.len() - 1
        })
    }

    /// How many words its tests lie in.
    fn words(&self) -> usize {
        if self.tests.is_empty() { 0 } else { (self.first % 64 + self.tests.len()).div_ceil(64) }
    }

    /// Chooses the bits, from the next free one on, and returns the next free one after. The bits
    /// of a fact with at most 64 tests lie in one word.
    pub(crate) fn place(&mut self, next: usize) -> usize {
        let fits = next % 64 + self.tests.len() <= 64;
        self.first = if fits { next } else { next.next_multiple_of(64) };
        self.at = 2 * (self.first / 64);
        self.width = 2 * self.words();
        self.first + self.tests.len()
    }

    /// Works out the classes, once all tests are in and placed.
    pub(crate) fn settle(&mut self, rulebook: &Rulebook, tables: &DayTables) {
        self.known.clear();
        let samples: Vec<Value> = match self.of {
            FactType::Truth => {
                self.values = Values::Truth;
                vec![Value::Truth(false), Value::Truth(true)]
            }
            FactType::Code(_) => {
                self.settle_codes(rulebook, tables);
                Vec::new()
            }
            FactType::Number => {
                let cuts = self.cuts();
                let numbers = std::iter::once(i64::MIN).chain(cuts.iter().copied());
                let samples = numbers.map(Value::Number).collect();
                self.values = Values::Number { cuts };
                samples
            }
            FactType::Set(_) => {
                self.values = Values::Set;
                let one = (0..128).take(self.size).map(|it| Value::Set(1 << it));
                std::iter::once(Value::Set(0)).chain(one).collect()
            }
        };
        for sample in &samples {
            let words = self.packed(|test| answer(rulebook, tables, test, sample));
            self.known.extend(words);
        }
        let classes = self.classes();
        self.unknown = if let FactType::Set(_) = self.of {
            let full = full(self.size);
            // A domain without values, or with more than a set can hold, answers nothing.
            let exact = (1..=128).contains(&self.size);
            self.packed(|test| match test {
                Test::Includes(mask) if exact && mask & full == 0 => Truth::False,
                Test::Within(mask) if exact && full & !mask == 0 => Truth::True,
                Test::Includes(_)
                | Test::Within(_)
                | Test::IsTrue
                | Test::In(_)
                | Test::Column { .. }
                | Test::Both(..)
                | Test::Empty
                | Test::Number(..)
                | Test::MemberOf { .. } => Truth::Unknown,
            })
        } else if classes == 0 {
            self.packed(|_| Truth::Unknown)
        } else {
            let mut words = vec![0; self.width];
            self.join(&(0..classes), &mut words);
            words
        };
    }

    /// Writes the bits of a row's words that belong to this fact, and adds the blocks that it rules
    /// out to `ruled_out`.
    pub(crate) fn read(
        &self,
        value: &Value,
        row: &mut [u64],
        preclusion: &Preclusion,
        ruled_out: &mut [u64],
    ) {
        let Some(row) = row.get_mut(self.at..self.at + self.width) else { return };
        let class = match (value, &self.values) {
            (Value::Truth(is), Values::Truth) => usize::from(*is),
            (Value::Code(code), Values::Code { class_of, .. }) => {
                match class_of.get(usize::from(*code)) {
                    Some(class) => usize::from(*class),
                    None => return add(&self.unknown, row),
                }
            }
            (Value::Number(number), Values::Number { cuts }) => class(cuts, *number),
            (Value::OneOf(codes), Values::Code { class_of, .. }) if fits(codes, class_of.len()) => {
                let classes = codes.iter().filter_map(|it| class_of.get(usize::from(*it)));
                return self.join(&classes.map(|it| usize::from(*it)), row);
            }
            (Value::Between(low, high), Values::Number { cuts }) if low <= high => {
                return self.join(&(class(cuts, *low)..=class(cuts, *high)), row);
            }
            (Value::Set(0), Values::Set) => 0,
            (Value::Set(set), Values::Set)
                if set.is_power_of_two() && (set.trailing_zeros() as usize) < self.size =>
            {
                1 + set.trailing_zeros() as usize
            }
            (Value::Set(set), Values::Set) => {
                let classes = self.classes();
                for (place, test) in self.tests.iter().enumerate() {
                    let truth = ask_set(test, *set);
                    set_bit(row, self.first % 64 + place, truth);
                    if let Some(holds) = truth.known()
                        && let Some(mask) = self.masks.get(classes + 2 * place + usize::from(holds))
                    {
                        preclusion.add(*mask, ruled_out);
                    }
                }
                return;
            }
            _ => return add(&self.unknown, row),
        };
        self.copy(class, row);
        if let Some(mask) = self.masks.get(class) {
            preclusion.add(*mask, ruled_out);
        }
    }

    /// Clears the bits of a row's words that belong to this fact.
    pub(crate) fn forget(&self, row: &mut [u64]) {
        let Some(row) = row.get_mut(self.at..self.at + self.width) else { return };
        for bit in self.first % 64..self.first % 64 + self.tests.len() {
            let place = 2 * (bit / 64);
            for word in row.get_mut(place..place + 2).unwrap_or_default() {
                *word &= !(1 << (bit % 64));
            }
        }
    }

    /// How many classes there are.
    pub(crate) fn classes(&self) -> usize {
        self.known.len().checked_div(self.width).unwrap_or(0)
    }

    /// How many things that are known of it may rule blocks out.
    pub(crate) fn points(&self) -> usize {
        let tests = if let Values::Set = self.values { 2 * self.tests.len() } else { 0 };
        self.classes() + tests
    }

    /// What a class answers to a test.
    pub(crate) fn answer(&self, class: usize, test: usize) -> Truth {
        let bit = self.first % 64 + test;
        let place = class * self.width + 2 * (bit / 64);
        let has = |place: usize| self.known.get(place).is_some_and(|it| it >> (bit % 64) & 1 == 1);
        match (has(place), has(place + 1)) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }

    #[inline]
    fn copy(&self, class: usize, row: &mut [u64]) {
        let first = class * self.width;
        // Nearly every fact's tests lie in one word.
        if let ([yes, possible], Some([known_yes, known_possible])) =
            (&mut *row, self.known.get(first..first + 2))
        {
            *yes |= known_yes;
            *possible |= known_possible;
            return;
        }
        add(self.known.get(first..first + self.width).unwrap_or(&[]), row);
    }

    /// What all of several classes have in common.
    fn join(&self, classes: &(impl Iterator<Item = usize> + Clone), row: &mut [u64]) {
        for (place, into) in row.iter_mut().enumerate().take(self.width) {
            let words = classes.clone().filter_map(|it| self.known.get(it * self.width + place));
            *into |= if place % 2 == 0 {
                words.fold(u64::MAX, |all, word| all & word)
            } else {
                words.fold(0, |all, word| all | word)
            };
        }
    }

    fn packed(&self, truth: impl Fn(&Test) -> Truth) -> Vec<u64> {
        let mut words = vec![0; self.width];
        for (place, test) in self.tests.iter().enumerate() {
            set_bit(&mut words, self.first % 64 + place, truth(test));
        }
        words
    }

    /// Sorts the values of a domain into classes.
    fn settle_codes(&mut self, rulebook: &Rulebook, tables: &DayTables) {
        let codes = 0..u16::try_from(self.size).unwrap_or(u16::MAX);
        let mut words = vec![0; codes.len() * self.width];
        for (place, test) in self.tests.iter().enumerate() {
            let bit = self.first % 64 + place;
            let truths = answers(rulebook, tables, test, codes.clone());
            for (words, truth) in words.chunks_exact_mut(self.width).zip(truths) {
                set_bit(words, bit, truth);
            }
        }
        let mut classes: BTreeMap<(&[u64], Option<u16>), u16> = BTreeMap::new();
        let (mut class_of, mut first, mut known) = (Vec::new(), Vec::new(), Vec::new());
        for code in codes {
            let place = usize::from(code) * self.width;
            let words = words.get(place..place + self.width).unwrap_or_default();
            // A doubtful cell is a point of its own, so its value is like no other.
            let certain = words.chunks(2).all(|it| it.first() == it.last());
            let next = u16::try_from(first.len()).unwrap_or(u16::MAX);
            let class = *classes.entry((words, (!certain).then_some(code))).or_insert(next);
            if class == next {
                first.push(code);
                known.extend_from_slice(words);
            }
            class_of.push(class);
        }
        self.known = known;
        self.values = Values::Code { class_of, first };
    }

    fn cuts(&self) -> Vec<i64> {
        let mut cuts = Vec::new();
        for test in &self.tests {
            if let Test::Number(comparison, than) = test {
                let after = than.checked_add(1);
                match comparison {
                    Comparison::Less | Comparison::AtLeast => cuts.push(*than),
                    Comparison::AtMost | Comparison::More => cuts.extend(after),
                    Comparison::Equal => {
                        cuts.push(*than);
                        cuts.extend(after);
                    }
                }
            }
        }
        cuts.retain(|it| *it != i64::MIN);
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }
}

/// The class of a number.
pub(crate) fn class(cuts: &[i64], number: i64) -> usize {
    cuts.partition_point(|it| *it <= number)
}

/// The set of all values of a domain of that size, as far as a set can hold them.
pub(crate) fn full(size: usize) -> u128 {
    u32::try_from(size).ok().and_then(|it| 1_u128.checked_shl(it)).map_or(u128::MAX, |it| it - 1)
}

/// The answer of a known set to a test.
fn ask_set(test: &Test, set: u128) -> Truth {
    match test {
        Test::Includes(mask) => Truth::from(set & mask != 0),
        Test::Within(mask) => Truth::from(set & !mask == 0),
        Test::Empty => Truth::from(set == 0),
        Test::Both(left, right) => ask_set(left, set).and(ask_set(right, set)),
        Test::IsTrue
        | Test::In(_)
        | Test::Column { .. }
        | Test::Number(..)
        | Test::MemberOf { .. } => Truth::Unknown,
    }
}

/// Words come in pairs: what is true, what is possible.
fn set_bit(words: &mut [u64], bit: usize, truth: Truth) {
    let place = 2 * (bit / 64);
    let mask = 1_u64 << (bit % 64);
    if let (true, Some(word)) = (truth.is_true(), words.get_mut(place)) {
        *word |= mask;
    }
    if let (false, Some(word)) = (truth.is_false(), words.get_mut(place + 1)) {
        *word |= mask;
    }
}
