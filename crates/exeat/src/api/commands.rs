//! What commands write with `--format json` whose answers nothing else writes; and the schema of
//! every such answer, by the name of its command.

use super::fields::{Object, Type, field};
use super::shape::Shape;
use super::{lists, recorded, rules, what_if, why_not};
use crate::atlas;
use crate::json::{Layout, Writer};
use crate::papers::application;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes one answer to standard output, and a line break behind it.
///
/// # Errors
///
/// Where it cannot be written.
pub(crate) fn print(write: impl FnOnce(&mut Writer<'_>)) -> io::Result<()> {
    let mut bytes = Vec::new();
    Writer::new(&mut bytes, Layout::Pretty).object(write);
    bytes.push(b'\n');
    io::stdout().write_all(&bytes)
}

/// What `exeat doctor` found.
const HEALTH: &[Object] = &[
    Object {
        name: "health",
        about: "Whether an installation is well.",
        fields: &[
            field("well", Type::Yes, "Whether nothing is wrong."),
            field("findings", Type::Many("finding"), "What was looked at, in order."),
        ],
    },
    Object {
        name: "finding",
        about: "Something that was looked at.",
        fields: &[
            field("state", Type::OneOf(&["ok", "note", "wrong"]), "How it is."),
            field("what", Type::Text, "What was found, and what to do where it is wrong."),
        ],
    },
];

/// What `exeat rules check` found.
const CHECKED: &[Object] = &[
    Object {
        name: "checked",
        about: "Whether a rulebook can be used, and what there is in it.",
        fields: &[
            field("refused", Type::Yes, "Whether it cannot be used."),
            field("problems", Type::Many("problem"), "Errors and warnings, by file and place."),
            field(
                "dead",
                Type::Texts,
                "Blocks that can hold of nothing, where they were looked for.",
            ),
            field(
                "rulebook",
                Type::OneOrNull("counts"),
                "What there is; null where it is refused.",
            ),
        ],
    },
    Object {
        name: "problem",
        about: "Something that is wrong or odd.",
        fields: &[
            field(
                "severity",
                Type::OneOf(&["error", "warning"]),
                "Whether it refuses the rulebook.",
            ),
            field("file", Type::Text, "The file."),
            field("line", Type::Count, "The line, from 1."),
            field("column", Type::Count, "The column, from 1."),
            field("message", Type::Text, "What is wrong."),
            field("help", Type::TextOrNull, "What to do about it."),
        ],
    },
    Object {
        name: "counts",
        about: "What there is in a rulebook.",
        fields: &[
            field("name", Type::Text, "Its name."),
            field("from", Type::Day, "Its first day."),
            field("verified_through", Type::Day, "The last day through which it was verified."),
            field("sections", Type::Count, "Sections."),
            field("blocks", Type::Count, "Blocks, each counted once."),
            field("versions", Type::Count, "Versions of blocks."),
            field("untranslated", Type::Count, "Versions whose text the language cannot express."),
            field("unverified", Type::Count, "Versions whose text could not be verified."),
            field("terms", Type::Count, "Terms."),
            field("tables", Type::Count, "Tables."),
            field("rows", Type::Count, "Rows of tables."),
            field("paragraphs", Type::Count, "Paragraphs."),
        ],
    },
];

/// What `exeat audit show` shows.
const SHOWN: &[Object] = &[
    Object {
        name: "shown",
        about: "The events of a record.",
        fields: &[
            field("record", Type::Text, "The record, such as `case/17`."),
            field("events", Type::Many("event"), "Its events, the first first."),
            field("kept", Type::TextOrNull, "Until when it is kept, in words."),
        ],
    },
    recorded::EVENT,
];

/// What `exeat audit holds` lists.
const HOLDS: &[Object] = &[
    Object {
        name: "holds",
        about: "The records that are held beyond their time.",
        fields: &[field(
            "holds",
            Type::Many("hold"),
            "They, in the order in which they were held.",
        )],
    },
    Object {
        name: "hold",
        about: "A record that is held.",
        fields: &[
            field("record", Type::Text, "The record, such as `case/17`."),
            field("at", Type::Instant, "Since when."),
            field("by", Type::Text, "Who asked for it."),
            field("why", Type::TextOrNull, "Why."),
        ],
    },
];

/// What `exeat examples` lists.
const EXAMPLES: &[Object] = &[
    Object {
        name: "examples",
        about: "The examples in the program.",
        fields: &[field("examples", Type::Many("example"), "They, by name.")],
    },
    EXAMPLE,
];

/// An example; what `exeat examples NAME` prints.
const EXAMPLE: Object = Object {
    name: "example",
    about: "An example.",
    fields: &[
        field("name", Type::Text, "What it is called."),
        field("about", Type::Text, "What it is about."),
        field("transaction", Type::Json, "The transaction."),
    ],
};

/// What commands say that copy the records.
const COPIED: &[Object] = &[Object {
    name: "copied",
    about: "Records that were copied.",
    fields: &[
        field("to", Type::Text, "The file or folder; where the records are, of a restore."),
        field("head", Type::Text, "Where the chain ends, as NUMBER:HASH."),
        field("events", Type::Optional(&Type::Count), "How many events, of an export."),
        field("views", Type::Optional(&Type::Count), "How many views, of an export."),
        field("contents", Type::Optional(&Type::Count), "How many contents, of an export."),
    ],
}];

/// What `exeat impact` found.
const IMPACT: &[Object] = &[
    Object {
        name: "impact",
        about: "Which transactions come out differently under two laws.",
        fields: &[
            field("before", Type::Text, "The law before, in words."),
            field("after", Type::Text, "The law after, in words."),
            field("transactions", Type::Count, "How many were decided."),
            field("changed", Type::Count, "How many come out differently."),
            field("names_searched", Type::Yes, "Whether names were searched on the lists."),
            field(
                "names_not_searched",
                Type::Count,
                "Of how many transactions names were not searched whose listings are not stated.",
            ),
            field("groups", Type::Many("group"), "What changes, the most frequent first."),
            field("errors", Type::Many("unread"), "Lines that could not be read."),
        ],
    },
    Object {
        name: "group",
        about: "Transactions that change in the same way, by the same paragraph.",
        fields: &[
            field("before", Type::One("side"), "The answer before."),
            field("after", Type::One("side"), "The answer after."),
            field("deciding", Type::One("deciding"), "The paragraph that decides."),
            field("count", Type::Count, "How many there are."),
            field("value_usd", Type::Json, "The value of those that have one, in US dollars."),
            field("without_value", Type::Count, "How many have none."),
            field("transactions", Type::Texts, "What they are called."),
        ],
    },
    Object {
        name: "side",
        about: "An answer in short.",
        fields: &[
            field("outcome", Type::Outcome, "The outcome."),
            field("exception", Type::TextOrNull, "The exception."),
        ],
    },
    Object {
        name: "unread",
        about: "A line that could not be read.",
        fields: &[
            field("file", Type::Text, "Its file, where there are several."),
            field("line", Type::Count, "Its number."),
            field("id", Type::TextOrNull, "What the caller calls it, where that was read."),
            field("messages", Type::Texts, "What is wrong with it."),
        ],
    },
    what_if::DECIDING_OBJECT,
];

/// The answers by the words of their commands, with `-` between.
const COMMANDS: &[Shape] = &[
    Shape::of("what-if", &[what_if::WHAT_IF, super::fields::OBJECTS]),
    Shape::of("why-not", &[why_not::WHY_NOT, super::fields::OBJECTS]),
    Shape::of("atlas", &[atlas::ATLAS, &[what_if::DECIDING_OBJECT], super::fields::OBJECTS]),
    Shape::of("impact", &[IMPACT]),
    Shape::of("application", &[application::APPLICATIONS]),
    Shape::of("explain", &[rules::PARAGRAPH]),
    Shape::of("rules-show", &[rules::PARAGRAPH]),
    Shape::of("rules-diff", &[rules::CHANGES]),
    Shape::of("rules-check", &[CHECKED]),
    Shape::of("lists-status", &[lists::STATUS]),
    Shape::of("replay", &[recorded::REPLAY, super::fields::OBJECTS]),
    Shape::of("audit-show", &[SHOWN]),
    Shape::of("audit-holds", &[HOLDS]),
    Shape::of("audit-export", &[COPIED]),
    Shape::of("backup", &[COPIED]),
    Shape::of("restore", &[COPIED]),
    Shape::of("keys-add", &[recorded::KEY]),
    Shape::of("keys-list", &[recorded::KEYS, recorded::KEY]),
    Shape::of("doctor", &[HEALTH]),
    Shape::of("examples", &[EXAMPLES]),
];

/// The JSON Schema of the answers of commands: each stands under the name of its command, and is
/// written alone.
pub(crate) fn schema() -> Value {
    let mut definitions = Map::new();
    for shape in COMMANDS {
        shape.add_to(&mut definitions);
    }
    let of = |it: &Shape| (it.name.to_owned(), json!({ "$ref": format!("#/$defs/{}", it.name) }));
    let commands: Map<String, Value> = COMMANDS.iter().map(of).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers of other commands with --format json",
        "description": "The answer of each command stands under its name, with a hyphen between \
                        words; it is written alone. Keys that a reader does not know may be \
                        ignored.",
        "type": "object",
        "properties": commands,
        "$defs": here(Value::Object(definitions)),
    })
}

/// The same with references to where the parts are in a JSON Schema.
fn here(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => fields.into_iter().map(|(key, it)| (key, here(it))).collect(),
        Value::Array(values) => values.into_iter().map(here).collect(),
        Value::String(text) => match text.strip_prefix("#/components/schemas/") {
            Some(name) => Value::String(format!("#/$defs/{name}")),
            None => Value::String(text),
        },
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_)) => plain,
    }
}

#[cfg(test)]
mod tests;
