//! Readers of the plain values: texts, truths, numbers, dates, lists.

use super::{Node, NodeValue, Read, Reading};
use crate::country::Country;
use crate::eccn::{Eccn, EccnChain};
use crate::transaction::schema::Definitions;
use crate::transaction::values::{Amount, Answer, Days, Footnote, Percent, Version};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl<T: Read> Read for Option<T> {
    const REQUIRED: bool = false;

    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        if node.is_null() { Some(None) } else { T::read(node, reading).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [T::schema(definitions), { "type": "null" }] })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let nodes = reading.list(node)?;
        let mut values = Some(Self::with_capacity(nodes.len()));
        for (place, node) in nodes.iter().enumerate() {
            reading.enter_place(place);
            match T::read(node, reading) {
                Some(value) => values.as_mut().map_or((), |it| it.push(value)),
                None => values = None,
            }
            reading.leave();
        }
        values
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let mut values = Some(Self::new());
        for entry in reading.map(node)? {
            reading.enter_key(&entry.key);
            match T::read(&entry.node, reading) {
                Some(value) => {
                    let known = values.as_mut();
                    if known.is_some_and(|it| it.insert(entry.key.to_string(), value).is_some()) {
                        reading.repeated_key(&entry.node);
                    }
                }
                None => values = None,
            }
            reading.leave();
        }
        values
    }

    fn schema(definitions: &mut Definitions) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}

impl Read for String {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        reading.text(node).map(str::to_owned)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "pattern": "\\S" })
    }
}

impl Read for bool {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        reading.truth(node)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Read for Date {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let text = reading.text(node)?;
        let date = text.parse().ok().filter(|_| is_plain_date(text));
        if date.is_none() {
            let message = format!("`{}` is not a date", crate::suggestion::shortened(text));
            reading.problem(node, message, Some("write it as 2026-09-24".to_owned()));
        }
        date
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }
}

fn is_plain_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, it)| match place {
            4 | 7 => it == b'-',
            _ => it.is_ascii_digit(),
        })
}

impl Read for Country {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        match reading.text(node)?.parse::<Self>() {
            Ok(country) => Some(country),
            Err(error) => {
                let help = error.help().unwrap_or_else(|| {
                    "countries are ISO 3166-1 alpha-2 codes such as `DE`, or `UA-43`, `UA-14`, `UA-09`"
                        .to_owned()
                });
                reading.problem(node, error.to_string(), Some(help));
                None
            }
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        definitions.closed_list(
            "Country",
            "ISO 3166-1 alpha-2 code, `XK`, or `UA-43` (Crimea), `UA-14` (Donetsk), `UA-09` (Luhansk).",
            Self::all().map(|it| (it.code(), it.name())),
        )
    }
}

impl Read for Eccn {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        reading.parsed(node, "write it as `4D004`, `5D002.c.1` or `EAR99`")
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "pattern": eccn_pattern(&["^", "$"]) })
    }
}

impl Read for EccnChain {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        reading.parsed(node, "write it as `5A001.j` or `5D001.c for 5A001.j`, the nearest first")
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "pattern": eccn_pattern(&["^", "( +for +", ")*$"]) })
    }
}

/// The pattern of a classification number between these parts.
fn eccn_pattern(between: &[&str]) -> String {
    const NUMBER: &str = "([0-9][A-Ea-e][0-9]{3}(\\.([0-9]{1,4}|[A-Za-z]{1,4}))*|[Ee][Aa][Rr]99)";
    between.join(NUMBER)
}

impl Read for Percent {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let percent = reading.number(node)?;
        if !(0..=100_000).contains(&percent) {
            reading.problem(node, "a percentage lies between 0 and 100", None);
            return None;
        }
        Some(Self(percent))
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "number", "minimum": 0, "maximum": 100 })
    }
}

impl Read for Amount {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let amount = reading.number(node)?;
        if amount < 0 {
            reading.problem(node, "an amount is not negative", None);
            return None;
        }
        Some(Self(amount))
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "number", "minimum": 0 })
    }
}

impl Read for Days {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        whole(node, reading).map(Self)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl Read for Version {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        if whole(node, reading)? != 1 {
            let help = "this program reads version 1".to_owned();
            reading.problem(node, "an unknown version of this format", Some(help));
            return None;
        }
        Some(Self)
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "const": 1 })
    }
}

impl Read for Footnote {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        let number = whole(node, reading)?;
        let footnote = Self::ALL.iter().copied().find(|it| u32::from(it.number()) == number);
        if footnote.is_none() {
            let help = "the Entity List's footnotes are 1, 3, 4 and 5".to_owned();
            reading.problem(node, "there is no such footnote", Some(help));
        }
        footnote
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "enum": Self::ALL.iter().map(|it| it.number()).collect::<Vec<_>>() })
    }
}

fn whole<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<u32> {
    let number = reading.number(node)?;
    let whole = (number % 1000 == 0).then(|| u32::try_from(number / 1000).ok()).flatten();
    if whole.is_none() {
        reading.problem(node, "expected a whole number from 0", None);
    }
    whole
}

impl Read for Answer {
    fn read<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Option<Self> {
        if let NodeValue::Bool(truth) = node.value {
            return Some(if truth { Self::Yes } else { Self::No });
        }
        Some(match reading.text(node)? {
            "yes" | "true" => Self::Yes,
            "no" | "false" => Self::No,
            other => Self::Value(other.to_owned()),
        })
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": ["boolean", "string"] })
    }
}
