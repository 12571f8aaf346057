//! The keys and values of an input as they stand, for whoever wants to go on writing it.

use super::Reading;
use super::node::{Node, NodeValue};
use serde_json::{Map, Number, Value};

/// The input as a tree; what would be lost on the way is a problem. A YAML scalar without quotes is
/// a text: what it means depends on the field it stands in, and only the typed reader knows that.
pub(super) fn of<'n>(node: &'n Node<'n>, reading: &mut Reading<'n>) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => Value::Bool(*value),
        NodeValue::Number(_) => reading.number(node).map_or(Value::Null, number),
        NodeValue::Plain(_) if node.is_null() => Value::Null,
        NodeValue::Text(text) | NodeValue::Plain(text) => Value::from(text.as_ref()),
        NodeValue::List(elements) => (0..)
            .zip(elements)
            .map(|(place, it)| {
                reading.enter_place(place);
                let value = of(it, reading);
                reading.leave();
                value
            })
            .collect(),
        NodeValue::Map(entries) => {
            let mut object = Map::new();
            for entry in entries {
                reading.enter_key(&entry.key);
                if object.contains_key(&*entry.key) {
                    reading.repeated_key(&entry.node);
                }
                object.insert(entry.key.to_string(), of(&entry.node, reading));
                reading.leave();
            }
            Value::Object(object)
        }
    }
}

/// A number in thousandths as a number.
fn number(thousandths: i64) -> Value {
    if thousandths % 1000 == 0 {
        return Value::from(thousandths / 1000);
    }
    #[expect(clippy::cast_precision_loss, reason = "the reader bounds numbers to exact ones")]
    let value = thousandths as f64 / 1000.0;
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
