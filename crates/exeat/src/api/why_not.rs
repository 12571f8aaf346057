//! The fields of what is said of one exception; `cli::why_not` writes them.

use super::fields::{Object, Type, field};

/// Every object of the answer that is not one of a determination; the first is the answer.
pub(crate) const WHY_NOT: &[Object] = &[
    Object {
        name: "why_not",
        about: "Whether an exception covers the items, and what stands in its way.",
        fields: &[
            field("exception", Type::Text, "The exception's symbol."),
            field("law_date", Type::Day, "The day whose law was applied."),
            field("outcome", Type::Outcome, "The outcome, all in all."),
            field("items", Type::Many("excepted"), "What is said of each item."),
            field("questions", Type::Many("question"), "What can still change the outcome."),
        ],
    },
    Object {
        name: "excepted",
        about: "What is said of one item.",
        fields: &[
            field("index", Type::Count, "Its place among the items."),
            field("label", Type::TextOrNull, "The leg."),
            field("eccn", Type::TextOrNull, "Its classification."),
            field("needed", Type::Yes, "Whether there is anything to overcome."),
            field("available", Type::Truth, "Whether the exception covers it; null is unknown."),
            field("opens", Type::Many("node"), "What opens it."),
            field("closes", Type::Many("node"), "What closes it."),
            field("may_close", Type::Many("node"), "What may close it."),
            field("not_overcome", Type::Texts, "Reasons that it does not overcome."),
            field("does_not_open", Type::Many("paragraph"), "What would open it, and does not."),
        ],
    },
    Object {
        name: "paragraph",
        about: "A paragraph.",
        fields: &[
            field("citation", Type::Text, "The paragraph."),
            field("text", Type::Text, "What it says, in our words."),
        ],
    },
];
