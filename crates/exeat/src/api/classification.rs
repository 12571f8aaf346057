//! A classification as JSON, in the order and with the names of its JSON Schema.

use super::determination::{condition, node, referral, rulebook};
use super::fields::{
    BECAUSE, CITATION, CONDITIONS, Field, ID, LAW_DATE, NOTES, OBJECTS, Object, REFERRALS, Type,
    field, schema_of,
};
use crate::json::{Layout, Writer};
use decision::classification::{Classification, Described};

/// The outcomes of a classification, as they are written; a test holds them to the engine's.
const OUTCOMES: &[&str] =
    &["not-subject", "not-controlled-here", "classified", "needs-review", "other-agency"];

const ECCN: Field = field("eccn", Type::Text, "The entry, to the paragraph.");
const ECCN_FOR: Field =
    field("eccn_for", Type::TextOrNull, "The parent of a \"for ...\" paragraph.");

/// Every object of a classification; the first is the answer itself.
pub(crate) const CLASSIFICATION: &[Object] = &[
    Object {
        name: "classification",
        about: "The answer to one product.",
        fields: &[
            ID,
            LAW_DATE,
            field("outcome", Type::OneOf(OUTCOMES), "What it is."),
            field("eccn", Type::TextOrNull, "The entry, only with `classified`."),
            ECCN_FOR,
            field(
                "eccn_for_others",
                Type::Texts,
                "Other parents for which the same paragraph describes it.",
            ),
            field("settled", Type::Yes, "Whether no open question can change the answer."),
            field("candidates", Type::Many("entry"), "The entries that are still possible."),
            field("also_described", Type::Many("entry"), "Other entries that describe it too."),
            field("reasons_for_control", Type::Texts, "The reasons for control of the entry."),
            field("exceptions", Type::Texts, "What the entry says of exceptions."),
            field("excluded", Type::Many("exclusion"), "What takes it out of entries."),
            BECAUSE,
            field("questions", Type::Many("question"), "What can still change the answer."),
            field("near_misses", Type::Many("near_miss"), "Entries that are one answer away."),
            CONDITIONS,
            REFERRALS,
            field("assumptions", Type::Many("assumed_answer"), "Answers taken for granted."),
            NOTES,
            field("rulebook", Type::One("rulebook"), "Which rulebook answered."),
        ],
    },
    Object { name: "entry", about: "An entry.", fields: &[ECCN, ECCN_FOR] },
    Object {
        name: "exclusion",
        about: "What takes the product out of an entry.",
        fields: &[ECCN, CITATION, field("text", Type::Text, "What it says.")],
    },
    Object {
        name: "question",
        about: "A question that can still change the answer.",
        fields: &[
            field("fact", Type::Text, "The question's id."),
            field("ask", Type::Text, "The question."),
            field("help", Type::Text, "What counts and what does not."),
            field("values", Type::Texts, "What it may be answered with; none is yes or no."),
            field("why", Type::Text, "Why it is asked."),
            CITATION,
            field("leads_to", Type::Text, "What its answers lead to."),
        ],
    },
    Object {
        name: "near_miss",
        about: "An entry that other answers would lead to.",
        fields: &[
            ECCN,
            ECCN_FOR,
            CITATION,
            field("text", Type::Text, "What its paragraph says."),
            field("changes", Type::Many("change"), "The answers that would lead there."),
            field("words", Type::Text, "The same in words."),
        ],
    },
    Object {
        name: "change",
        about: "Another answer to a question.",
        fields: &[
            field("fact", Type::Text, "The question's id."),
            field("ask", Type::Text, "The question."),
            field("answer", Type::Text, "The other answer."),
        ],
    },
    Object {
        name: "assumed_answer",
        about: "An answer that was taken for granted.",
        fields: &[
            field("fact", Type::Text, "The question's id."),
            field("answer", Type::Text, "The answer."),
            field("why", Type::Text, "Why it was taken for granted."),
        ],
    },
];

/// The JSON Schema of a classification, or of the error that stands in its place.
pub(crate) fn schema() -> serde_json::Value {
    let shared = |it: &&Object| matches!(it.name, "node" | "condition" | "referral" | "rulebook");
    let objects: Vec<Object> =
        CLASSIFICATION.iter().chain(OBJECTS.iter().filter(shared)).copied().collect();
    schema_of(&objects, "Answer of `exeat classify`", "A classification, or the error of a product")
}

/// Appends an answer, without a line break behind it.
pub(crate) fn write(classification: &Classification<'_>, layout: Layout, out: &mut Vec<u8>) {
    Writer::new(out, layout).object(|json| answer(json, classification));
}

/// A classification's fields.
pub(crate) fn answer(json: &mut Writer<'_>, it: &Classification<'_>) {
    if let Some(id) = &it.id {
        json.text_of("id", id);
    }
    json.text_of("law_date", &it.law_date.to_string());
    json.text_of("outcome", it.outcome.as_str());
    json.optional_of("eccn", it.eccn);
    json.optional_of("eccn_for", it.eccn_for.first().copied());
    json.texts_of("eccn_for_others", it.eccn_for.iter().skip(1));
    json.bool_of("settled", it.settled);
    json.objects_of("candidates", &it.candidates, described);
    json.objects_of("also_described", &it.also_described, described);
    json.texts_of("reasons_for_control", &it.reasons_for_control);
    json.texts_of("exceptions", &it.exceptions);
    json.objects_of("excluded", &it.excluded, |json, it| {
        json.text_of("eccn", it.eccn);
        json.text_of("citation", it.citation);
        json.text_of("text", it.text);
    });
    json.objects_of("because", &it.because, node);
    json.objects_of("questions", &it.questions, |json, it| {
        json.text_of("fact", it.fact);
        json.text_of("ask", it.ask);
        json.text_of("help", it.help);
        json.texts_of("values", &it.values);
        json.text_of("why", &it.why);
        json.text_of("citation", it.citation);
        json.text_of("leads_to", it.leads_to);
    });
    json.objects_of("near_misses", &it.near_misses, |json, it| {
        described(json, &it.described);
        json.text_of("citation", it.citation);
        json.text_of("text", it.text);
        json.objects_of("changes", &it.changes, |json, it| {
            json.text_of("fact", it.fact);
            json.text_of("ask", it.ask);
            json.text_of("answer", it.answer);
        });
        json.text_of("words", &it.words);
    });
    json.objects_of("conditions", &it.conditions, condition);
    json.objects_of("referrals", &it.referrals, referral);
    json.objects_of("assumptions", &it.assumptions, |json, it| {
        json.text_of("fact", it.fact);
        json.text_of("answer", &it.answer);
        json.text_of("why", it.why);
    });
    json.texts_of("notes", &it.notes);
    json.object_of("rulebook", |json| rulebook(json, &it.rulebook));
}

fn described(json: &mut Writer<'_>, it: &Described<'_>) {
    json.text_of("eccn", it.eccn);
    json.optional_of("eccn_for", it.eccn_for.first().copied());
}

#[cfg(test)]
mod tests;
