//! What stands in the records, as JSON.

use super::fields::{Object, Type, field};
use crate::desk::determinations::{Recorded, Replayed};
use crate::desk::keys::Key;
use crate::desk::told::Told;
use crate::json::{Layout, Writer};
use crate::records::replay;
use serde_json::Value;
use store::record::Record;
use store::{Event, ViewRow};

/// Every object of a recorded determination that is not one of a determination; the first is the
/// answer.
pub(crate) const RECORDED: &[Object] = &[
    Object {
        name: "recorded",
        about: "A determination in the records.",
        fields: &[
            field("id", Type::Text, "Its id."),
            field("recorded_at", Type::Instant, "When it was recorded."),
            field("by", Type::Text, "Who had it recorded, by id."),
            field("seq", Type::Count, "Its place in the chain of events."),
            field("case", Type::Perhaps, "The case that was opened along with it."),
            field("customer", Type::One("customer"), "What a customer may be told."),
            field("law_date", Type::Day, "The day whose law was applied."),
            field("engine", Type::Text, "The program that answered."),
            field(
                "outcome",
                Type::TextOrNull,
                "What is to be done; null for those who may not see matches.",
            ),
            field(
                "determination",
                Type::OneOrNull("determination"),
                "The answer, as it was recorded; null for those who may not see matches.",
            ),
        ],
    },
    CUSTOMER,
];

/// What a customer may be told.
pub(crate) const CUSTOMER: Object = Object {
    name: "customer",
    about: "What a customer may be told: never why, so that nothing is learned of lists.",
    fields: &[
        field("code", Type::OneOf(Told::CODES), "`may-go`, or `in-review` for all else."),
        field("message", Type::Text, "The same in words."),
    ],
};

/// Every object of a page of determinations; the first is the page.
pub(crate) const PAGE: &[Object] = &[
    Object {
        name: "page",
        about: "Some determinations.",
        fields: &[
            field("determinations", Type::Many("row"), "The determinations, in order."),
            field("next", Type::TextOrNull, "`after` of the next page; null on the last."),
        ],
    },
    Object {
        name: "row",
        about: "A determination in short.",
        fields: &[
            field("id", Type::Text, "Its id."),
            field("title", Type::Text, "The caller's own reference, or what it is about."),
            field("recorded_at", Type::Instant, "When it was recorded."),
            field("customer", Type::One("customer"), "What a customer may be told."),
            field(
                "outcome",
                Type::TextOrNull,
                "What is to be done; null for those who may not see matches.",
            ),
        ],
    },
];

/// Every object of a replay; the first is the answer.
pub(crate) const REPLAY: &[Object] = &[REPLAYED, DIFFERENCE];

const DIFFERENCE: Object = Object {
    name: "difference",
    about: "A place where two answers differ.",
    fields: &[
        field("path", Type::Text, "The place, such as `items[0].outcome`."),
        field("was", Type::Json, "What was recorded."),
        field("is", Type::Json, "What is answered now."),
    ],
};

const REPLAYED: Object = Object {
    name: "replay",
    about: "A recorded determination, answered again with the rulebook and the lists of that day.",
    fields: &[
        field("id", Type::Text, "Its id."),
        field("same", Type::Yes, "Whether the answer is the recorded one, byte for byte."),
        field("engine", Type::Text, "The program that answered then."),
        field("engine_now", Type::Text, "The program that answers now."),
        field("rulebook", Type::Text, "The digest of the rulebook."),
        field(
            "lists",
            Type::TextOrNull,
            "The content of the records that holds the lists, where names were searched.",
        ),
        field("snapshot", Type::TextOrNull, "The digest of the same lists, as answers name it."),
        field(
            "decisions",
            Type::TextOrNull,
            "The content of the records that holds the decisions on matches, where there were any.",
        ),
        field(
            "differences",
            Type::Many("difference"),
            "What differs from the recorded answer; empty for those who may not see matches.",
        ),
        field(
            "determination",
            Type::OneOrNull("determination"),
            "The answer of now; null for those who may not see matches.",
        ),
    ],
};

/// Every object of a page of events; the first is the page.
pub(crate) const EVENTS: &[Object] = &[
    Object {
        name: "events",
        about: "Some events, in the order of the chain.",
        fields: &[
            field("events", Type::Many("event"), "The events."),
            field("next", Type::CountOrNull, "`after` of the next page; null where it ends."),
            field("head", Type::Count, "Where the chain ends."),
        ],
    },
    EVENT,
];

/// An event.
pub(crate) const EVENT: Object = Object {
    name: "event",
    about: "Something that happened.",
    fields: &[
        field("seq", Type::Count, "Its place in the chain."),
        field("stream", Type::Text, "What it belongs to, such as `case/7f3a`."),
        field("version", Type::Count, "Its place in the stream."),
        field("kind", Type::Text, "What happened."),
        field("at", Type::Instant, "When."),
        field("by", Type::Text, "Who did it, by id."),
        field("hash", Type::Text, "The digest of it and of all before."),
        field("body_digest", Type::Text, "The digest of its body."),
        field("body", Type::Json, "What is kept of it; null where it was erased."),
    ],
};

/// Every object of a key; the first is the key.
pub(crate) const KEY: &[Object] = &[Object {
    name: "key",
    about: "A key of a program.",
    fields: &[
        field("id", Type::Text, "Its id."),
        field("name", Type::Text, "What people call it."),
        field("scopes", Type::Texts, "What it may do."),
        field("made_by", Type::Text, "Who made it, by id."),
        field("made_at", Type::Instant, "When."),
        field("expires", Type::InstantOrNull, "From when on it is refused."),
        field("per_second", Type::CountOrNull, "How many requests a second it may make."),
        field("key", Type::Perhaps, "The key itself, in the one answer that ever shows it."),
    ],
}];

/// Every object of the keys; the first is the answer.
pub(crate) const KEYS: &[Object] = &[Object {
    name: "keys",
    about: "The keys that were not ended.",
    fields: &[field("keys", Type::Many("key"), "The keys, the oldest first.")],
}];

/// Appends a recorded determination; `whole` says that matches may be seen.
pub(crate) fn recorded(it: &Recorded, whole: bool, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("id", &it.id);
        json.text_of("recorded_at", &it.at.to_string());
        json.text_of("by", &it.by);
        json.number_of("seq", it.seq);
        if let Some(case) = &it.case {
            json.text_of("case", case);
        }
        customer(json, &it.record.outcome);
        json.text_of("law_date", &it.record.law_date.to_string());
        json.text_of("engine", &it.record.engine);
        json.optional_of("outcome", whole.then_some(it.record.outcome.as_str()));
        json.json_of("determination", if whole { &it.record.answer } else { "null" });
    });
}

fn customer(json: &mut Writer<'_>, outcome: &str) {
    let told = Told::of_word(outcome);
    json.object_of("customer", |json| {
        json.text_of("code", told.code());
        json.text_of("message", told.message());
    });
}

/// Appends a page of determinations.
pub(crate) fn page(it: &store::Page, whole: bool, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Line).object(|json| {
        json.objects_of("determinations", &it.rows, |json, row: &ViewRow| {
            let outcome = row.view.outcome.as_deref().unwrap_or_default();
            json.text_of("id", &row.stream.id);
            json.text_of("title", &row.view.title);
            json.text_of("recorded_at", &row.at.to_string());
            customer(json, outcome);
            json.optional_of("outcome", whole.then_some(outcome));
        });
        json.optional_of("next", it.next.as_ref().map(ToString::to_string).as_deref());
    });
}

/// Appends a replay.
pub(crate) fn replayed(it: &Replayed, whole: bool, out: &mut Vec<u8>) {
    replay(&it.recorded.id, &it.recorded.record, &it.answer, whole, out);
}

/// Appends what a record of this name is answered now; `whole` says that matches may be seen.
pub(crate) fn replay(id: &str, record: &Record, answer: &str, whole: bool, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("id", id);
        json.bool_of("same", answer == record.answer);
        json.text_of("engine", &record.engine);
        json.text_of("engine_now", &crate::records::keep::engine_version());
        json.text_of("rulebook", &record.rulebook.to_string());
        let lists = record.lists.as_ref().map(|it| it.snapshot.to_string());
        json.optional_of("lists", lists.as_deref());
        json.optional_of("snapshot", replay::snapshot(record).as_deref());
        let decisions = record.lists.as_ref().and_then(|it| it.decisions);
        json.optional_of("decisions", decisions.map(|it| it.to_string()).as_deref());
        let differences = if whole { replay::differences(&record.answer, answer) } else { vec![] };
        json.objects_of("differences", &differences, |json, it| {
            json.text_of("path", &it.path);
            json.json_of("was", &it.was.to_string());
            json.json_of("is", &it.is.to_string());
        });
        json.json_of("determination", if whole { answer } else { "null" });
    });
}

/// Appends a page of events; `head` is where the chain ends.
pub(crate) fn events(events: &[Event], head: u64, out: &mut Vec<u8>) {
    let last = events.last().map(|it| it.seq);
    Writer::new(out, Layout::Line).object(|json| {
        json.objects_of("events", events, event);
        match last.filter(|it| *it < head) {
            Some(next) => json.number_of("next", next),
            None => json.optional_of("next", None),
        }
        json.number_of("head", head);
    });
}

/// An event's fields.
pub(crate) fn event(json: &mut Writer<'_>, it: &Event) {
    json.number_of("seq", it.seq);
    json.text_of("stream", &it.stream.to_string());
    json.number_of("version", it.version);
    json.text_of("kind", it.kind.as_str());
    json.text_of("at", &it.at.to_string());
    json.text_of("by", &it.actor);
    json.text_of("hash", &it.hash.to_string());
    json.text_of("body_digest", &it.body_digest.to_string());
    // A body is JSON; one that is not, is shown as the text that it is.
    let body = it.body.as_deref().unwrap_or("null");
    match serde_json::from_str::<&serde_json::value::RawValue>(body) {
        Ok(body) => json.json_of("body", body.get()),
        Err(_) => json.json_of("body", &Value::from(body).to_string()),
    }
}

/// A key's fields; `text` is the key itself, for the one time that it is shown.
pub(crate) fn key(json: &mut Writer<'_>, it: &Key, text: Option<&str>) {
    json.text_of("id", &it.id);
    json.text_of("name", &it.name);
    json.texts_of("scopes", it.scopes.iter().map(|it| it.0.as_str()));
    json.text_of("made_by", &it.made_by);
    json.text_of("made_at", &it.made_at.to_string());
    json.optional_of("expires", it.expires.map(|it| it.to_string()).as_deref());
    match it.per_second {
        Some(count) => json.number_of("per_second", u64::from(count)),
        None => json.optional_of("per_second", None),
    }
    if let Some(text) = text {
        json.text_of("key", text);
    }
}
