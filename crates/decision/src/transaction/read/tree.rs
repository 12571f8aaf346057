//! The keys and values of an input as they stand, for whoever wants to go on writing it.

use super::node::{Node, NodeValue};
use serde_json::{Map, Number, Value};

/// The input as a tree. A YAML scalar without quotes is a text: what it means depends on the
/// field it stands in, and only the typed reader knows that.
pub(super) fn of(node: &Node<'_>) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => Value::Bool(*value),
        NodeValue::Number(thousandths) => thousandths.map_or(Value::Null, number),
        NodeValue::Plain(_) if node.is_null() => Value::Null,
        NodeValue::Text(text) | NodeValue::Plain(text) => Value::from(text.as_ref()),
        NodeValue::List(elements) => elements.iter().map(of).collect(),
        NodeValue::Map(entries) => {
            let entries = entries.iter().map(|it| (it.key.to_string(), of(&it.node)));
            Value::Object(entries.collect::<Map<_, _>>())
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
