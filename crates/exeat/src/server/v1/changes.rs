//! What the watch found: cases that are answered otherwise, until somebody says what follows.

use super::determinations::{AFTER, cursor};
use crate::api::case::{CASE, QUEUE, case, queue};
use crate::api::fields::{Object, Type, field};
use crate::api::recorded::EVENT;
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::cases::On;
use crate::desk::permission::Permission;
use crate::desk::watch::Round;
use crate::json::{Layout, Writer};
use crate::server::operation::{Answer, Body, Call, Effect, Method, Operation, Reply, in_path};
use crate::server::problem::Problem;
use serde::Deserialize;
use store::case::Command;

const ROUND: &[Object] = &[Object {
    name: "round",
    about: "The last round through the cases: over, or under way.",
    fields: &[
        field("over", Type::Yes, "Whether it is over; false also where none was made yet."),
        field("rulebook", Type::TextOrNull, "The digest of the rulebook that it asks about."),
        field("lists", Type::TextOrNull, "The digest of the lists."),
        field("day", Type::DayOrNull, "The day."),
        field("examined", Type::Count, "How many cases were looked at."),
        field("changed", Type::Count, "How many are answered otherwise."),
        field("failed", Type::Count, "How many could not be decided."),
        field("failures", Type::Texts, "The ids of some of those."),
    ],
}];

const ANSWER: &[Object] = &[Object {
    name: "answer",
    about: "What follows from a change.",
    fields: &[field("text", Type::Text, "What follows, in words; the case keeps it.")],
}];

const WATCH: Shape = Shape::of("Watch", &[ROUND]);
const CHANGES: Shape = Shape::of("Cases", &[QUEUE]);
const SHOWN: Shape = Shape::of("Case", &[CASE, &[EVENT]]);
const ANSWER_SHAPE: Shape = Shape::of("ChangeAnswer", &[ANSWER]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "watch",
        method: Method::Get,
        path: "/v1/watch",
        summary: "Say how far the watch is",
        about: "Open and released cases are searched and decided again when lists or a rulebook \
                arrive, and when a day begins.",
        permission: Some(Permission::SeeMatches),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(WATCH),
        effect: Effect::Reads,
        run: watch,
        lines: None,
    },
    Operation {
        id: "changes",
        method: Method::Get,
        path: "/v1/changes",
        summary: "List cases that are answered otherwise since the law, the lists or the day moved",
        about: "The most pressing first; `data.change` of each has the cause, before and after.",
        permission: Some(Permission::SeeMatches),
        parameters: &[AFTER],
        body: Body::Nothing,
        answer: Answer::Json(CHANGES),
        effect: Effect::Reads,
        run: changes,
        lines: None,
    },
    Operation {
        id: "answer-change",
        method: Method::Post,
        path: "/v1/changes/{id}",
        summary: "Say what follows from a change, which takes the case out of the list",
        about: "The same as the step `answer-change` of the case.",
        permission: Some(Permission::AnswerChange),
        parameters: &[in_path("id", "The id of the case.")],
        body: Body::Json(ANSWER_SHAPE),
        answer: Answer::Json(SHOWN),
        effect: Effect::Records,
        run: answer,
        lines: None,
    },
];

fn watch(call: &Call) -> Result<Reply, Problem> {
    let round: Option<Round> = call.desk.last_round(&call.actor, clock::now())?;
    let force = round.as_ref().map(|it| &it.force);
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.bool_of("over", round.as_ref().is_some_and(Round::is_over));
        json.optional_of("rulebook", force.map(|it| it.law.as_str()));
        json.optional_of("lists", force.map(|it| it.lists.as_str()));
        json.optional_of("day", force.map(|it| it.day.to_string()).as_deref());
        let count = |of: fn(&Round) -> u64| round.as_ref().map_or(0, of);
        json.number_of("examined", count(|it| it.examined));
        json.number_of("changed", count(|it| it.changed));
        json.number_of("failed", count(|it| it.failed));
        let failures = round.as_ref().map(|it| it.failures.as_slice()).unwrap_or_default();
        json.texts_of("failures", failures.iter().map(String::as_str).collect::<Vec<_>>());
    });
    Ok(Reply::json(out))
}

fn changes(call: &Call) -> Result<Reply, Problem> {
    let page = call.desk.cases()?.changes(&call.actor, cursor(call)?)?;
    let mut out = Vec::new();
    queue(&page, &mut out);
    Ok(Reply::json(out))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeAnswer {
    text: String,
}

fn answer(call: &Call) -> Result<Reply, Problem> {
    let ChangeAnswer { text } = call.object()?;
    let on = On { id: call.named("id"), actor: &call.actor, at: clock::now(), expected: None };
    let shown = call.desk.cases()?.act(on, &Command::AnswerChange(text))?;
    let mut out = Vec::new();
    case(&shown, &mut out);
    Ok(Reply::json(out))
}
