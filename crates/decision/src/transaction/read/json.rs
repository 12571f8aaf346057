//! JSON to the tree, in one pass that borrows what it can.

mod plain;

use super::node::{Unfit, thousandths};
use super::{DEEPEST, Entry, InputError, Node, NodeValue, Unparsed};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// Reads one JSON text.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Unparsed> {
    plain::parse(text).map_or_else(|| careful(text), Ok)
}

/// Reads any JSON text, or says what is wrong with it.
fn careful(text: &str) -> Result<Node<'_>, Unparsed> {
    let id = RefCell::new(None);
    let mut json = serde_json::Deserializer::from_str(text);
    let tree = Tree { depth: 0, is_id: false, id: &id };
    let parsed = tree.deserialize(&mut json).and_then(|node| json.end().map(|()| node));
    parsed.map_err(|error| Unparsed { id: id.take(), error: explained(&error) })
}

fn explained(error: &serde_json::Error) -> InputError {
    // The message ends with the place, which has a field of its own.
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |it| it.0);
    let line = u32::try_from(error.line()).ok().filter(|it| *it > 0);
    if message == "trailing characters" {
        let help = "write one transaction, or one a line in a JSON Lines file";
        return InputError::of_the_whole(
            line,
            "more text after the end of the transaction",
            Some(help),
        );
    }
    InputError::of_the_whole(line, format!("not valid JSON: {message}"), None)
}

/// Makes a node of the next value.
#[derive(Clone, Copy)]
struct Tree<'s> {
    depth: usize,
    is_id: bool,
    id: &'s RefCell<Option<String>>,
}

impl Tree<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEEPEST {
            return Err(E::custom("nested too deep"));
        }
        Ok(Self { depth: self.depth + 1, is_id: false, ..self })
    }

    fn text(self, text: Cow<'_, str>) -> Node<'_> {
        if self.is_id {
            *self.id.borrow_mut() = Some(text.to_string());
        }
        node(NodeValue::Text(text))
    }
}

fn node(value: NodeValue<'_>) -> Node<'_> {
    Node { value, line: 0 }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(node(NodeValue::Null))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node<'de>, E> {
        Ok(node(NodeValue::Bool(truth)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(node(NodeValue::Number(number.checked_mul(1000).ok_or(Unfit::TooLargeOrFine))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node<'de>, E> {
        let number = i64::try_from(number).ok().and_then(|it| it.checked_mul(1000));
        Ok(node(NodeValue::Number(number.ok_or(Unfit::TooLargeOrFine))))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node<'de>, E> {
        Ok(node(NodeValue::Number(thousandths(number))))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(self.text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(self.text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(seed)? {
            nodes.push(node);
        }
        Ok(node(NodeValue::List(nodes)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut entries = Vec::with_capacity(8);
        while let Some(Key(key)) = map.next_key_seed(KeySeed)? {
            let is_id = self.depth == 0 && key == "id";
            let node = map.next_value_seed(Tree { is_id, ..seed })?;
            entries.push(Entry { key, node });
        }
        Ok(node(NodeValue::Map(entries)))
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'de>(Cow<'de, str>);

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}
