//! What would alter an outcome, as JSON.

use super::fields::{Object, Type, field};
use crate::json::{Layout, Writer};
use crate::search::searching::{self, Names};
use decision::Deciding;
use decision::outcome::Outcome;
use decision::what_if::{Turn, WhatIf};

/// Every object of the answer; the first is the answer itself.
pub(crate) const WHAT_IF: &[Object] = &[
    Object {
        name: "what_if",
        about: "The smallest changes of fact that would alter an outcome.",
        fields: &[
            OUTCOME,
            EXCEPTION,
            DECIDING,
            field("alterations", Type::Many("alteration"), "Sets of changes, the smallest first."),
            field("decided", Type::Count, "How many changed transactions were decided."),
            field("complete", Type::Yes, "Whether every set of that size was tried."),
            searching::FIELD,
            field("caution", Type::Text, "What must be understood before any of it is used."),
        ],
    },
    Object {
        name: "alteration",
        about: "Facts that change together, and what comes of it.",
        fields: &[
            STANDING,
            field("facts", Type::Many("turn"), "The facts."),
            OUTCOME,
            EXCEPTION,
            DECIDING,
        ],
    },
    Object {
        name: "turn",
        about: "A fact, and the values that do alike.",
        fields: &[
            field("fact", Type::Text, "The path of the fact."),
            field("values", Type::Texts, "Its other values."),
            STANDING,
            field("words", Type::Text, "The change in words."),
            field("why", Type::Text, "Why it is a lever or none."),
        ],
    },
    DECIDING_OBJECT,
    searching::NAMES,
];

const OUTCOME: super::fields::Field = field("outcome", Type::Outcome, "The outcome.");
const EXCEPTION: super::fields::Field =
    field("exception", Type::TextOrNull, "The exception, only with `license-exception`.");
const DECIDING: super::fields::Field =
    field("deciding", Type::One("deciding"), "The one paragraph behind it.");
const STANDING: super::fields::Field = field(
    "standing",
    Type::Text,
    "`lever` may lawfully be pulled, `find-out` is to be found out, `no-lever` is neither.",
);
/// The one paragraph behind an outcome.
pub(crate) const DECIDING_OBJECT: Object = Object {
    name: "deciding",
    about: "The one paragraph behind an outcome.",
    fields: &[
        field("citation", Type::Text, "The paragraph; may be empty."),
        field("text", Type::Text, "What it comes to, in words."),
    ],
};

/// What must be understood before any of it is used.
pub(crate) const CAUTION: &str = "A lever is pulled in truth or not at all. Nothing here advises to hide, split \
                       or reshape a fact so that it passes: that is a violation of its own \
                       (764.2(g), (h)). What is no lever is shown because the outcome hangs on \
                       it.";

/// Appends what was found, without a line break behind it.
pub(crate) fn write(found: &WhatIf, names: &Names, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Pretty).object(|json| {
        verdict(json, found.outcome, found.exception.as_deref(), &found.deciding);
        json.objects_of("alterations", &found.alterations, |json, it| {
            json.text_of("standing", it.standing.as_str());
            json.objects_of("facts", &it.facts, |json, values| {
                let turns: Vec<&Turn> =
                    values.iter().filter_map(|it| found.turns.get(*it)).collect();
                let Some(first) = turns.first() else { return };
                json.text_of("fact", &first.path);
                json.texts_of("values", turns.iter().map(|it| &it.value));
                json.text_of("standing", first.standing.as_str());
                json.text_of("words", &said(first, &turns));
                json.text_of("why", first.lever.why);
            });
            verdict(json, it.outcome, it.exception.as_deref(), &it.deciding);
        });
        json.number_of("decided", found.decided as u64);
        json.bool_of("complete", found.complete);
        names.write(json);
        json.text_of("caution", CAUTION);
    });
}

fn verdict(json: &mut Writer<'_>, outcome: Outcome, exception: Option<&str>, deciding: &Deciding) {
    json.text_of("outcome", outcome.as_str());
    json.optional_of("exception", exception);
    json.object_of("deciding", |json| {
        json.text_of("citation", &deciding.citation);
        json.text_of("text", &deciding.text);
    });
}

/// A change in words, with the values that do alike.
pub(crate) fn said(first: &Turn, turns: &[&Turn]) -> String {
    let values: Vec<&str> = turns.iter().map(|it| it.value.as_str()).collect();
    let values = match values.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    };
    first.lever.words.replace("{value}", &values).replace("{subject}", &first.subject)
}
