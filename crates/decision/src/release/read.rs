//! Bytes to a release: every problem at once, each with its path, its line and what was meant.
//!
//! The questions and the capabilities are those of a rulebook, so they are checked here and not by
//! the types.

use super::Release;
use crate::suggestion::UnknownName;
use crate::transaction::read::{Format, InputErrors, Node, NodeValue, Read, Reading, read_as};
use law::rulebook::Classification;
use std::collections::BTreeSet;

/// Reads `export.toml`. `classification` is the rulebook's.
///
/// # Errors
///
/// Every problem of the file: text that is not TOML, keys and values that do not exist, questions
/// and capabilities that the rulebook does not have, values that are no answer, and questions of a
/// component that are answered twice: which answer holds is for a person to say.
pub fn read(bytes: &[u8], classification: &Classification) -> Result<Release, InputErrors> {
    read_as(Format::Toml, bytes, |root, reading| {
        let release = Release::read(root, reading);
        each(root, "component", reading, |component, reading| {
            if let Some(held) = value(component, "capabilities") {
                reading.enter_key("capabilities");
                each(held, "list", reading, |id, reading| capability(id, classification, reading));
                reading.leave();
            }
            let mut answered = BTreeSet::new();
            each(component, "answer", reading, |answer, reading| {
                question(answer, classification, reading);
                once(answer, &mut answered, reading);
            });
        });
        release
    })
}

fn value<'n>(node: &'n Node<'n>, key: &str) -> Option<&'n Node<'n>> {
    let NodeValue::Map(entries) = &node.value else { return None };
    entries.iter().find(|it| it.key == key).map(|it| &it.node)
}

/// Visits every element of the list at a key. What is no list was reported by the typed reader.
fn each<'n>(
    node: &'n Node<'n>,
    key: &'n str,
    reading: &mut Reading<'n>,
    mut visit: impl FnMut(&'n Node<'n>, &mut Reading<'n>),
) {
    let Some(NodeValue::List(elements)) = value(node, key).map(|it| &it.value) else { return };
    reading.enter_key(key);
    for (place, element) in elements.iter().enumerate() {
        reading.enter_place(place);
        visit(element, reading);
        reading.leave();
    }
    reading.leave();
}

fn text<'n>(node: &'n Node<'n>) -> Option<&'n str> {
    match &node.value {
        NodeValue::Text(text) | NodeValue::Plain(text) => Some(text),
        NodeValue::Null
        | NodeValue::Bool(_)
        | NodeValue::Number(_)
        | NodeValue::List(_)
        | NodeValue::Map(_) => None,
    }
}

fn capability<'n>(node: &'n Node<'n>, classification: &Classification, reading: &mut Reading<'n>) {
    let Some(id) = text(node) else { return };
    let known = classification.capabilities.iter().map(|it| it.id.as_str());
    if !known.clone().any(|it| it == id) {
        let unknown = UnknownName::new(id, "a capability", known);
        let help = "`exeat classify --capabilities` lists them".to_owned();
        reading.problem(node, unknown.to_string(), unknown.help().or(Some(help)));
    }
}

/// Reports a question that was answered before in the same component.
fn once<'n>(node: &'n Node<'n>, answered: &mut BTreeSet<&'n str>, reading: &mut Reading<'n>) {
    let Some((asked, id)) = value(node, "question").and_then(|it| Some((it, text(it)?))) else {
        return;
    };
    if !answered.insert(id) {
        let help = "keep the answer that holds; version control has the others".to_owned();
        reading.enter_key("question");
        reading.problem(asked, format!("`{id}` is answered twice"), Some(help));
        reading.leave();
    }
}

/// Whether the question is there, and the value one of its answers.
fn question<'n>(node: &'n Node<'n>, classification: &Classification, reading: &mut Reading<'n>) {
    let Some((asked, id)) = value(node, "question").and_then(|it| Some((it, text(it)?))) else {
        return;
    };
    let ids = classification.questions.iter().map(|it| it.id.as_str());
    let Some(question) = classification.questions.iter().find(|it| it.id == id) else {
        let unknown = UnknownName::new(id, "a question", ids);
        let help = "`exeat classify --questions` lists them".to_owned();
        reading.enter_key("question");
        reading.problem(asked, unknown.to_string(), unknown.help().or(Some(help)));
        reading.leave();
        return;
    };
    let Some(answer) = value(node, "value") else { return };
    let values = question.values.as_slice();
    let fits = match &answer.value {
        NodeValue::Bool(_) => values.is_empty(),
        NodeValue::Text(said) | NodeValue::Plain(said) if values.is_empty() => {
            matches!(said.as_ref(), "yes" | "no" | "true" | "false")
        }
        NodeValue::Text(said) | NodeValue::Plain(said) => values.iter().any(|it| *it == **said),
        // The typed reader reported these.
        NodeValue::Null | NodeValue::Number(_) | NodeValue::List(_) | NodeValue::Map(_) => true,
    };
    if !fits {
        let help = match values {
            [] => "answer true or false".to_owned(),
            values => format!("one of: {}", values.join(", ")),
        };
        reading.enter_key("value");
        reading.problem(answer, format!("no answer to `{id}`"), Some(help));
        reading.leave();
    }
}
