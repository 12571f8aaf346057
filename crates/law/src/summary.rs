//! What one day's law can tell of facts, in words that can be compared.
//!
//! Of two matters with one summary everything is true of the one that is true of the other: the
//! same things stand in the same places, and what is known of each is the same, but for numbers,
//! of which only the class counts that the day's tests put them in. Facts without a test are
//! written down all the same, since a host may read them.

use crate::facts::{Facts, Value};
use crate::law::Law;
use crate::partition::{FactPlan, Values, class};

impl Law {
    /// Appends the summary of facts.
    pub fn summary(&self, facts: &Facts, into: &mut Vec<u64>) {
        into.push(facts.rows().len() as u64);
        for row in facts.rows() {
            let Some(plan) = self.program.kinds.get(usize::from(row.kind.0)) else { continue };
            into.push(u64::from(row.kind.0) << 32 | u64::from(row.parent.0));
            for (plan, value) in plan.facts.iter().zip(facts.slots(row, plan.facts.len())) {
                write(plan, value, into);
            }
        }
    }
}

/// Appends a value. The first word says how many follow, so that no value is the beginning of
/// another.
fn write(plan: &FactPlan, value: &Value, into: &mut Vec<u64>) {
    let word = |tag: u64, content: u64| tag | content << 3;
    match value {
        Value::Unknown => into.push(word(0, 0)),
        Value::Truth(is) => into.push(word(1, u64::from(*is))),
        Value::Code(code) => into.push(word(2, u64::from(*code))),
        Value::Number(number) => match &plan.values {
            Values::Number { cuts } => into.push(word(3, class(cuts, *number) as u64)),
            Values::Truth | Values::Code { .. } | Values::Set => {
                into.extend([word(4, 0), number.cast_unsigned()]);
            }
        },
        Value::Set(set) => into.extend([word(5, 0), low(*set), low(*set >> 64)]),
        Value::OneOf(codes) => {
            into.push(word(6, codes.len() as u64));
            into.extend(codes.iter().map(|it| u64::from(*it)));
        }
        Value::Between(least, most) => {
            into.extend([word(7, 0), least.cast_unsigned(), most.cast_unsigned()]);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the high half is written by itself")]
fn low(set: u128) -> u64 {
    set as u64
}

#[cfg(test)]
mod tests;
