//! A case as JSON.

use super::fields::{Object, Type, field};
use super::recorded::event;
use crate::desk::cases::Shown;
use crate::desk::cases::sight::Sight;
use crate::json::{Layout, Writer};
use store::case::{Finding, Review, Verdict};
use store::{Page, ViewRow};

/// Every object of a case that is not one of an event; the first is the case.
pub(crate) const CASE: &[Object] = &[
    Object {
        name: "case",
        about: "What people do about one transaction.",
        fields: &[
            field("id", Type::Text, "Its id."),
            field("version", Type::Count, "How many events it was made of; steps may name it."),
            field("title", Type::Text, "What people call it."),
            field("reference", Type::TextOrNull, "The caller's own reference."),
            field("stage", Type::Text, "Where it stands as a whole."),
            field("opener", Type::Text, "Who opened it."),
            field("assignee", Type::TextOrNull, "Whose turn it is."),
            field("priority", Type::Text, "How pressing it is."),
            field("due", Type::DayOrNull, "The day by which it is due."),
            field("labels", Type::Texts, "Words to filter by."),
            field("outcome", Type::TextOrNull, "What stands as the answer."),
            field("binding", Type::TextOrNull, "The digest of what an approval would be about."),
            field("review", Type::Text, "Where the review stands."),
            field("held", Type::Yes, "Whether it is held."),
            field("transaction", Type::Json, "What is proposed."),
            field("finding", Type::OneOrNull("finding"), "What the engine found."),
            field("attachments", Type::Many("attachment"), "Files that were attached."),
            field("events", Type::Many("event"), "What happened, in order."),
        ],
    },
    Object {
        name: "finding",
        about: "What the engine found.",
        fields: &[
            field("determination", Type::Text, "The id of the recorded determination."),
            field("outcome", Type::Outcome, "What is to be done."),
            field("exception", Type::TextOrNull, "The exception."),
            field("settled", Type::Yes, "Whether nothing can change the outcome any more."),
            field("law_date", Type::DayOrNull, "The day whose law was applied."),
            field("decided_by", Type::Texts, "The paragraphs that decide."),
            field("questions", Type::Many("open"), "What is still to be found out."),
            field("matches", Type::Many("match"), "Listed parties that names may belong to."),
            field("rulebook", Type::Text, "The digest of the rulebook."),
            field("lists", Type::Text, "The digest of the lists; empty where none was searched."),
        ],
    },
    Object {
        name: "open",
        about: "A question.",
        fields: &[
            field("fact", Type::Text, "The path of the fact."),
            field("ask", Type::Text, "The question."),
        ],
    },
    Object {
        name: "match",
        about: "A listed party that a name may belong to.",
        fields: &[
            field("place", Type::Text, "Where the name stands."),
            field("party", Type::Text, "The name."),
            field("list", Type::Text, "The list."),
            field("entry", Type::Text, "The entry's number."),
            field("listed", Type::Text, "What the entry is called."),
            field("score", Type::Score, "How alike."),
            field("verdict", Type::OneOf(&["open", "same", "other"]), "What was decided."),
        ],
    },
    Object {
        name: "attachment",
        about: "A file.",
        fields: &[
            field("name", Type::Text, "What it was called."),
            field("digest", Type::Text, "Its SHA-256."),
            field("size", Type::Count, "Its size in bytes."),
            field("media", Type::Text, "What it is said to be."),
        ],
    },
];

/// Every object of a page of cases; the first is the page.
pub(crate) const QUEUE: &[Object] = &[
    Object {
        name: "queue",
        about: "Some cases.",
        fields: &[
            field("cases", Type::Many("row"), "The cases, in order."),
            field("next", Type::TextOrNull, "`after` of the next page; null on the last."),
        ],
    },
    Object {
        name: "row",
        about: "A case in short.",
        fields: &[
            field("id", Type::Text, "Its id."),
            field("version", Type::Count, "The version that this row was made of."),
            field("title", Type::Text, "What people call it."),
            field("stage", Type::Text, "Where it stands as a whole."),
            field("changed_at", Type::Instant, "When it changed last."),
            field("assignee", Type::TextOrNull, "Whose turn it is."),
            field("due", Type::DayOrNull, "The day by which it is due."),
            field("outcome", Type::TextOrNull, "What stands as the answer."),
            field("data", Type::Json, "What else the queue shows."),
        ],
    },
];

/// Appends a case, without a line break behind it.
pub(crate) fn case(it: &Shown, out: &mut Vec<u8>) {
    let case = &it.case;
    Writer::new(out, Layout::Line).object(|json| {
        json.text_of("id", &it.id);
        json.number_of("version", case.version);
        json.text_of("title", &case.title);
        json.optional_of("reference", case.reference.as_deref());
        json.text_of("stage", case.stage().as_str());
        json.text_of("opener", &case.opener);
        json.optional_of("assignee", case.assignee.as_deref());
        json.text_of("priority", case.priority.as_str());
        json.optional_of("due", case.due.map(|it| it.to_string()).as_deref());
        json.texts_of("labels", &case.labels);
        json.optional_of("outcome", case.outcome().map(decision::Outcome::as_str));
        // A binding follows from matches: who may not see them gets none.
        let binding = case.binding().filter(|_| it.sight == Sight::Full);
        json.optional_of("binding", binding.map(|it| it.to_string()).as_deref());
        json.text_of(
            "review",
            match &case.review {
                Review::NotRequested => "not-requested",
                Review::Requested { .. } => "requested",
                Review::Returned { .. } => "returned",
                Review::Approved { .. } => "approved",
                Review::Lapsed { .. } => "lapsed",
            },
        );
        json.bool_of("held", case.hold.is_some());
        json.json_of("transaction", &case.facts.transaction.to_string());
        match &case.determination.finding {
            Some(it) => json.object_of("finding", |json| finding(json, it)),
            None => json.json_of("finding", "null"),
        }
        json.objects_of("attachments", &case.attachments, |json, it| {
            json.text_of("name", &it.name);
            json.text_of("digest", &it.digest.to_string());
            json.number_of("size", it.size);
            json.text_of("media", &it.media);
        });
        json.objects_of("events", &it.events, event);
    });
}

fn finding(json: &mut Writer<'_>, it: &Finding) {
    json.text_of("determination", &it.determination);
    json.text_of("outcome", it.outcome.as_str());
    json.optional_of("exception", it.exception.as_deref());
    json.bool_of("settled", it.settled);
    json.optional_of("law_date", it.law_date.map(|it| it.to_string()).as_deref());
    json.texts_of("decided_by", &it.decided_by);
    json.objects_of("questions", &it.questions, |json, it| {
        json.text_of("fact", &it.fact);
        json.text_of("ask", &it.ask);
    });
    json.objects_of("matches", &it.matches, |json, it| {
        json.text_of("place", &it.place);
        json.text_of("party", &it.party);
        json.text_of("list", &it.list);
        json.text_of("entry", &it.entry);
        json.text_of("listed", &it.listed);
        json.thousandths_of("score", it.score);
        json.text_of(
            "verdict",
            match it.verdict {
                Verdict::Open => "open",
                Verdict::Same => "same",
                Verdict::Other => "other",
            },
        );
    });
    json.text_of("rulebook", &it.basis.law);
    json.text_of("lists", &it.basis.lists);
}

/// Appends a page of cases, without a line break behind it.
pub(crate) fn queue(page: &Page, out: &mut Vec<u8>) {
    Writer::new(out, Layout::Line).object(|json| {
        json.objects_of("cases", &page.rows, row);
        json.optional_of("next", page.next.as_ref().map(ToString::to_string).as_deref());
    });
}

fn row(json: &mut Writer<'_>, it: &ViewRow) {
    json.text_of("id", &it.stream.id);
    json.number_of("version", it.version);
    json.text_of("title", &it.view.title);
    json.text_of("stage", &it.view.state);
    json.text_of("changed_at", &it.at.to_string());
    json.optional_of("assignee", it.view.assignee.as_deref());
    json.optional_of("due", it.view.due.map(|it| it.to_string()).as_deref());
    json.optional_of("outcome", it.view.outcome.as_deref());
    let data = serde_json::from_str::<serde_json::Value>(&it.view.data).unwrap_or_default();
    json.json_of("data", &data.to_string());
}
