//! TOML to the tree, with lines.

use super::node::{Unfit, decimal};
use super::{DEEPEST, Entry, InputError, Node, NodeValue, Unparsed};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// Reads one TOML text.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Unparsed> {
    let lines = Lines::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let id = table.get_ref().get("id").and_then(|it| it.get_ref().as_str()).map(str::to_owned);
    if let Some(error) = errors.first() {
        let line = error.span().map(|it| lines.of(&it));
        let message = format!("not valid TOML: {}", error.message());
        return Err(Unparsed { id, error: InputError::of_the_whole(line, message, None) });
    }
    let value = lines.table(table.into_inner(), 0);
    value.map(|value| Node { value, line: 1 }).map_err(|error| Unparsed { id, error })
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(place, _)| place + 1).collect())
    }

    fn of(&self, span: &Range<usize>) -> u32 {
        let before = self.0.partition_point(|it| *it <= span.start);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    fn table<'t>(&self, table: DeTable<'t>, depth: usize) -> Result<NodeValue<'t>, InputError> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let mut node = self.value(value, depth + 1)?;
            node.line = self.of(&key.span());
            entries.push(Entry { key: key.into_inner(), node });
        }
        Ok(NodeValue::Map(entries))
    }

    fn value<'t>(&self, value: Spanned<DeValue<'t>>, depth: usize) -> Result<Node<'t>, InputError> {
        let line = self.of(&value.span());
        if depth > DEEPEST {
            return Err(InputError::of_the_whole(Some(line), "nested too deep", None));
        }
        let value = match value.into_inner() {
            DeValue::String(text) => NodeValue::Text(text),
            DeValue::Integer(number) => {
                NodeValue::Number(whole(&number).ok_or(Unfit::TooLargeOrFine))
            }
            DeValue::Float(number) => NodeValue::Number(decimal(number.as_str())),
            DeValue::Boolean(truth) => NodeValue::Bool(truth),
            DeValue::Datetime(datetime) => NodeValue::Text(Cow::Owned(datetime.to_string())),
            DeValue::Array(values) => NodeValue::List(
                values.into_iter().map(|it| self.value(it, depth + 1)).collect::<Result<_, _>>()?,
            ),
            DeValue::Table(table) => self.table(table, depth)?,
        };
        Ok(Node { value, line })
    }
}

fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()?.checked_mul(1000)
}
