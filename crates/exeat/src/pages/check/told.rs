//! What was told so far, thing by thing, each fact with a way to change it.

use super::draft::{Draft, address};
use crate::interview::form::Form;
use crate::pages::glossary;
use maud::{Markup, html};
use serde_json::Value;

/// A fact: its path, and what was said.
#[derive(Clone, Debug)]
struct Fact {
    path: String,
    value: String,
}

/// Facts of one thing.
#[derive(Clone, Debug)]
struct Group {
    thing: String,
    facts: Vec<Fact>,
}

/// The facts beside the questions, each with a link that asks it anew.
pub(super) fn panel(draft: &Draft, name: &str) -> Markup {
    html! {
        details.panel.told open {
            summary { "What you told" }
            (facts(&draft.form, Some(&address(name))))
        }
    }
}

/// The facts on their own; `change` is the address of the draft in which they can be changed.
pub(in crate::pages) fn summary(form: &Form, change: Option<&str>) -> Markup {
    facts(form, change)
}

fn facts(form: &Form, change: Option<&str>) -> Markup {
    let mut groups: Vec<Group> = Vec::new();
    collect("", form.document(), &mut groups);
    html! {
        @for group in groups.iter().filter(|it| !it.facts.is_empty()) {
            div.stack-tight {
                h3 { (glossary::subject(&group.thing, form)) }
                dl.facts {
                    @for fact in &group.facts {
                        dt { (glossary::field(&fact.path)) }
                        dd {
                            (fact.value)
                            @if let Some(address) = change {
                                " "
                                a.change.screen-only href=(link(address, &fact.path))
                                    aria-label=(format!("Change: {}", glossary::field(&fact.path))) {
                                    "Change"
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The address that asks a fact anew.
fn link(address: &str, path: &str) -> String {
    let escaped = path.replace('[', "%5B").replace(']', "%5D");
    format!("{address}?fact={escaped}")
}

/// Walks through what is filled in. Lists of things are groups of their own; all else is a fact.
fn collect(thing: &str, value: &Value, groups: &mut Vec<Group>) {
    let Some(fields) = value.as_object() else { return };
    let place = groups.len();
    groups.push(Group { thing: thing.to_owned(), facts: Vec::new() });
    for (key, value) in in_order(fields) {
        let path = if thing.is_empty() { key.to_owned() } else { format!("{thing}.{key}") };
        match value {
            Value::Null => {}
            Value::Object(_) => collect(&path, value, groups),
            Value::Array(elements)
                if matches!(key, "items" | "parties" | "legs") && !elements.is_empty() =>
            {
                for (index, element) in elements.iter().enumerate() {
                    collect(&format!("{path}[{index}]"), element, groups);
                }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let value = glossary::shown(&path, value);
                if let Some(group) = groups.get_mut(place).filter(|_| key != "version") {
                    group.facts.push(Fact { path, value });
                }
            }
        }
    }
}

/// Fields in the order in which a person would say them.
fn in_order(fields: &serde_json::Map<String, Value>) -> Vec<(&str, &Value)> {
    const ORDER: [&str; 16] = [
        "id",
        "label",
        "date",
        "activity",
        "from",
        "destination",
        "role",
        "name",
        "eccn",
        "form",
        "country",
        "sector",
        "items",
        "parties",
        "end_use",
        "legs",
    ];
    let rank = |it: &str| ORDER.iter().position(|known| *known == it).unwrap_or(ORDER.len());
    let mut all: Vec<(&str, &Value)> = fields.iter().map(|(key, it)| (key.as_str(), it)).collect();
    all.sort_by_key(|it| rank(it.0));
    all
}
