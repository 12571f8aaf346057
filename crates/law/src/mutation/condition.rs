//! Small changes of a condition. Its parts are counted from the outside in, in reading order.

use super::Kind;
use super::words::Words;
use crate::rulebook::{Comparison, Expr, Quantifier, Rulebook, Test};
use crate::schema::{FactType, KindId};

/// What is done to one part.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Turn {
    /// This member of a conjunction or disjunction is left out.
    Without(usize),
    /// It is negated.
    Not,
    /// This value is that one.
    Value(u16, u16),
    /// The number is compared so.
    Compare(Comparison),
    /// The number is another, in thousandths.
    Number(i64),
    /// So many things are asked for.
    Quantifier(Quantifier),
}

impl Turn {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Without(_) => Kind::Part,
            Self::Not | Self::Compare(_) | Self::Quantifier(_) => Kind::Turn,
            Self::Value(..) | Self::Number(_) => Kind::Value,
        }
    }
}

/// Every small change: the place of the part, what is done, and that in words.
pub(super) fn turns(
    condition: &Expr,
    rulebook: &Rulebook,
    subject: KindId,
) -> Vec<(usize, Turn, String)> {
    let mut found = Vec::new();
    let mut place = 0;
    walk(condition, &mut Words::new(rulebook, subject), &mut place, &mut found);
    found
}

fn walk(
    part: &Expr,
    words: &mut Words<'_>,
    place: &mut usize,
    found: &mut Vec<(usize, Turn, String)>,
) {
    let here = *place;
    *place += 1;
    match part {
        Expr::All(parts) | Expr::Any(parts) => {
            if parts.len() > 1 {
                for (number, inner) in parts.iter().enumerate() {
                    let what = format!("without `{}`", words.of(inner));
                    found.push((here, Turn::Without(number), what));
                }
            }
            for inner in parts {
                walk(inner, words, place, found);
            }
        }
        Expr::Not(inner) => {
            found.push((here, Turn::Not, format!("`{}` turned round", words.of(part))));
            // The part inside would be turned round to the same effect.
            let inside = found.len();
            walk(inner, words, place, found);
            let first = here + 1;
            let same = |it: &(usize, Turn, String)| it.0 == first && it.1 == Turn::Not;
            if let Some(at) = found.iter().skip(inside).position(same) {
                found.remove(inside + at);
            }
        }
        Expr::Constant(_) => {}
        Expr::Term { .. } => {
            found.push((here, Turn::Not, format!("`{}` turned round", words.of(part))));
        }
        Expr::Test { thing, fact, test } => {
            found.push((here, Turn::Not, format!("`{}` turned round", words.of(part))));
            let of = words.fact_type(*thing, *fact);
            for (turn, what) in values(test, of, words) {
                found.push((here, turn, format!("`{}`: {what}", words.of(part))));
            }
        }
        Expr::Quantified { quantifier, kind, variable, body, .. } => {
            let (other, word) = match quantifier {
                Quantifier::Some => (Quantifier::Every, "every"),
                Quantifier::Every | Quantifier::No => (Quantifier::Some, "some"),
            };
            let what = format!("`{}`: {word}", words.of(part));
            found.push((here, Turn::Quantifier(other), what));
            words.bind(*variable, *kind);
            walk(body, words, place, found);
        }
    }
}

/// What can be exchanged in a test.
fn values(test: &Test, of: Option<FactType>, words: &Words<'_>) -> Vec<(Turn, String)> {
    let mut found = Vec::new();
    let mut exchange = |present: &[u16], size: u16, name: &dyn Fn(u16) -> String| {
        for value in present {
            let after = (1..size).map(|step| (value + step) % size);
            if let Some(other) = after.into_iter().find(|it| !present.contains(it)) {
                let what = format!("{} for {}", name(other), name(*value));
                found.push((Turn::Value(*value, other), what));
            }
        }
    };
    match (test, of) {
        (Test::In(list), Some(FactType::Code(domain) | FactType::Set(domain))) => {
            let name = |value| words.value(domain, value);
            exchange(list, words.size(domain), &name);
        }
        (Test::Includes(set) | Test::Within(set), Some(FactType::Set(domain))) => {
            let list: Vec<u16> = (0..128).filter(|it| set >> it & 1 == 1).collect();
            let name = |value| words.value(domain, value);
            exchange(&list, words.size(domain), &name);
        }
        (Test::Column { table, column, words: list }, _) => {
            let name = |value| words.word(*table, *column, value);
            exchange(list, words.words_in(*table, *column), &name);
        }
        (Test::Number(comparison, bound), _) => {
            let other = match comparison {
                Comparison::Less => Comparison::AtMost,
                Comparison::AtMost => Comparison::Less,
                Comparison::Equal | Comparison::More => Comparison::AtLeast,
                Comparison::AtLeast => Comparison::More,
            };
            found.push((Turn::Compare(other), "the bound itself on the other side".to_owned()));
            found.push((Turn::Number(bound + 1000), "the bound one more".to_owned()));
            found.push((Turn::Number(bound - 1000), "the bound one less".to_owned()));
        }
        (Test::Both(one, other), of) => {
            // The second half is found by its own values, which no first half has.
            found.extend(values(one, of, words));
            found.extend(values(other, of, words));
        }
        (
            Test::IsTrue
            | Test::Empty
            | Test::MemberOf { .. }
            | Test::In(_)
            | Test::Includes(_)
            | Test::Within(_),
            _,
        ) => {}
    }
    found
}

/// Does that to the part at that place.
pub(super) fn turn(condition: &mut Expr, place: usize, turn: &Turn) {
    let mut place = place;
    descend(condition, &mut place, turn);
}

/// Whether the part was found.
fn descend(part: &mut Expr, place: &mut usize, turn: &Turn) -> bool {
    if *place == 0 {
        apply(part, turn);
        return true;
    }
    *place -= 1;
    match part {
        Expr::All(parts) | Expr::Any(parts) => {
            parts.iter_mut().any(|inner| descend(inner, place, turn))
        }
        Expr::Not(inner) => descend(inner, place, turn),
        Expr::Quantified { body, .. } => descend(body, place, turn),
        Expr::Constant(_) | Expr::Term { .. } | Expr::Test { .. } => false,
    }
}

fn apply(part: &mut Expr, turn: &Turn) {
    match (turn, &mut *part) {
        (Turn::Without(number), Expr::All(parts) | Expr::Any(parts)) => {
            parts.remove(*number);
        }
        (Turn::Not, Expr::Not(inner)) => *part = std::mem::replace(inner, Expr::Constant(false)),
        (Turn::Not, _) => {
            let inner = std::mem::replace(part, Expr::Constant(false));
            *part = Expr::Not(Box::new(inner));
        }
        (Turn::Quantifier(other), Expr::Quantified { quantifier, .. }) => *quantifier = *other,
        (Turn::Value(..) | Turn::Compare(_) | Turn::Number(_), Expr::Test { test, .. }) => {
            in_test(test, turn);
        }
        (
            Turn::Without(_)
            | Turn::Quantifier(_)
            | Turn::Value(..)
            | Turn::Compare(_)
            | Turn::Number(_),
            _,
        ) => {}
    }
}

fn in_test(test: &mut Test, turn: &Turn) {
    match (test, turn) {
        (Test::In(list) | Test::Column { words: list, .. }, Turn::Value(one, other)) => {
            for value in list.iter_mut().filter(|it| *it == one) {
                *value = *other;
            }
            list.sort_unstable();
        }
        (Test::Includes(set) | Test::Within(set), Turn::Value(one, other)) => {
            *set = *set & !(1_u128 << one) | 1_u128 << other;
        }
        (Test::Number(comparison, _), Turn::Compare(other)) => *comparison = *other,
        (Test::Number(_, bound), Turn::Number(other)) => *bound = *other,
        (Test::Both(one, other), turn) => {
            in_test(one, turn);
            in_test(other, turn);
        }
        (
            Test::In(_)
            | Test::Column { .. }
            | Test::Includes(_)
            | Test::Within(_)
            | Test::Number(..)
            | Test::IsTrue
            | Test::Empty
            | Test::MemberOf { .. },
            _,
        ) => {}
    }
}
