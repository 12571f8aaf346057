//! Determinations that are in the records before they are answered.

use super::check::{ON, STRICT, TRANSACTION, options, transaction};
use crate::api::shape::Shape;
use crate::api::{fields, recorded};
use crate::clock;
use crate::desk::determinations::{Opens, Recorded, Request};
use crate::desk::fault::Fault;
use crate::desk::permission::Permission;
use crate::input::Format;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Hands, Method, Of, Operation, Parameter, Reply, Told,
    in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use decision::{Outcome, Trace};
use std::sync::Arc;
use store::record::DETERMINATION as STREAM;
use store::{Order, ViewQuery};

const RECORDED: Shape = Shape::of("Recorded", &[recorded::RECORDED, fields::OBJECTS]);
const PAGE: Shape = Shape::of("Determinations", &[recorded::PAGE, &[recorded::CUSTOMER]]);
const REPLAY: Shape = Shape::of("Replay", &[recorded::REPLAY, fields::OBJECTS]);

const ID: Parameter = in_path("id", "The id of the determination.");
/// Where a page begins.
pub(super) const AFTER: Parameter =
    in_query("after", Of::Text, "Where the page begins: `next` of the page before.");
/// How long a page is.
pub(super) const LIMIT: Parameter =
    in_query("limit", Of::Count(1, 200), "At most so many; 50 if not said.");
const CASE: Parameter = in_query(
    "case",
    Of::Word(&["never", "review", "always"]),
    "Whether a case is opened from it: `never` if not said, `review` where it may not simply go, \
     `always`. The body is JSON then.",
);
const OUTCOMES: &[&str] = &[
    "not-an-export",
    "not-subject",
    "no-license-required",
    "license-exception",
    "needs-review",
    "license-required",
    "prohibited",
];

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "record",
        method: Method::Post,
        path: "/v1/determinations",
        summary: "Decide whether a transaction may leave, and record it",
        about: "The record is durable before the answer is sent. With the header `Idempotency-Key` \
                a repetition within 24 hours is answered by the first record (header \
                `idempotent-replayed: true`). Whoever may not see matches gets the code for \
                customers and not the determination. A determination alone says what was so at that \
                moment; with `case` it is recorded in a case, which is in the queue and is watched: \
                decided again when law, lists or the day move.",
        permission: Some(Permission::Record),
        parameters: &[STRICT, ON, CASE],
        body: Body::Document(TRANSACTION),
        answer: Answer::Made(RECORDED),
        effect: Effect::Hands(Hands { waits, before, make }),
        run: record,
        lines: None,
    },
    Operation {
        id: "determinations",
        method: Method::Get,
        path: "/v1/determinations",
        summary: "List recorded determinations",
        about: "The newest first. A filter by outcome works for those who may see matches.",
        permission: Some(Permission::ReadRecords),
        parameters: &[
            in_query("outcome", Of::Word(OUTCOMES), "Only with this outcome."),
            in_query("text", Of::Text, "Only with these words in the title."),
            AFTER,
            LIMIT,
        ],
        body: Body::Nothing,
        answer: Answer::Json(PAGE),
        effect: Effect::Reads,
        run: list,
        lines: None,
    },
    Operation {
        id: "determination",
        method: Method::Get,
        path: "/v1/determinations/{id}",
        summary: "Show a recorded determination",
        about: "As it was recorded, byte for byte.",
        permission: Some(Permission::ReadRecords),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(RECORDED),
        effect: Effect::Reads,
        run: show,
        lines: None,
    },
    Operation {
        id: "replay",
        method: Method::Post,
        path: "/v1/determinations/{id}/replay",
        summary: "Answer a recorded determination again, with the rulebook and the lists of that day",
        about: "`same` says whether the answer is the recorded one, byte for byte.",
        permission: Some(Permission::ReadRecords),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(REPLAY),
        effect: Effect::Reads,
        run: replay,
        lines: None,
    },
];

fn record(call: &Call) -> Result<Reply, Problem> {
    Ok(made(&call.desk.record(&request(call)?)?, call))
}

/// A repetition is looked up, and a case is written step by step.
fn waits(call: &Call) -> bool {
    call.idempotency.is_some() || opens(call) != Opens::Never
}

fn before(call: &Call) -> Result<Option<Reply>, Problem> {
    let request = request(call)?;
    let found = match request.opens {
        Opens::Never => call.desk.made_before(&request)?,
        Opens::Review | Opens::Always => Some(call.desk.record(&request)?),
    };
    Ok(found.map(|it| made(&it, call)))
}

fn make(call: Call, told: Told) {
    match request(&call) {
        Err(problem) => told(Err(problem)),
        Ok(request) => {
            let desk = Arc::clone(&call.desk);
            let tell = move |found: Result<Recorded, Fault>| {
                told(found.map(|it| made(&it, &call)).map_err(Problem::from));
            };
            desk.record_then(request, tell);
        }
    }
}

fn opens(call: &Call) -> Opens {
    match call.text("case") {
        Some("review") => Opens::Review,
        Some("always") => Opens::Always,
        _ => Opens::Never,
    }
}

/// What is to be recorded.
fn request(call: &Call) -> Result<Request, Problem> {
    let transaction = transaction(call)?;
    let text = std::str::from_utf8(&call.body)
        .map_err(|_| Problem::new(Kind::Input, "the body is not UTF-8"))?;
    let format = match call.format {
        Format::Json | Format::Jsonl | Format::Csv => "json",
        Format::Yaml => "yaml",
        Format::Toml => "toml",
    };
    Ok(Request {
        actor: call.actor.clone(),
        text: text.to_owned(),
        format,
        transaction,
        options: options(call, Trace::Decisive, false),
        idempotency: call.idempotency.clone(),
        opens: opens(call),
        at: clock::now(),
    })
}

fn made(recorded: &Recorded, call: &Call) -> Reply {
    let mut out = Vec::with_capacity(recorded.record.answer.len() + 1024);
    recorded::recorded(recorded, call.actor.sees_matches(), &mut out);
    let place = format!("/v1/determinations/{}", recorded.id);
    let mut reply = Reply::json(out).made(place).behind(Behind::of(&call.desk));
    if recorded.repeated {
        reply.headers.push(("idempotent-replayed", "true".to_owned()));
    }
    reply
}

fn list(call: &Call) -> Result<Reply, Problem> {
    let known = |it: &&str| Outcome::ALL.iter().any(|known| known.as_str() == *it);
    let query = ViewQuery {
        outcomes: call.text("outcome").filter(known).map(str::to_owned).into_iter().collect(),
        text: call.text("text").unwrap_or_default().to_owned(),
        after: cursor(call)?,
        order: Order::Newest,
        limit: call.size("limit", 50),
        ..ViewQuery::of(STREAM)
    };
    let page = call.desk.recorded_page(&call.actor, query)?;
    let mut out = Vec::new();
    recorded::page(&page, call.actor.sees_matches(), &mut out);
    Ok(Reply::json(out))
}

/// Where the page begins.
pub(super) fn cursor(call: &Call) -> Result<Option<store::Cursor>, Problem> {
    let Some(text) = call.text("after") else { return Ok(None) };
    let cursor = text.parse();
    cursor.map(Some).map_err(|error: store::query::ParseCursorError| {
        Problem::at(Kind::Request, "?after", error.to_string())
    })
}

fn show(call: &Call) -> Result<Reply, Problem> {
    let recorded = call.desk.recorded(&call.actor, call.named("id"))?;
    let mut out = Vec::new();
    recorded::recorded(&recorded, call.actor.sees_matches(), &mut out);
    Ok(Reply::json(out).tagged())
}

fn replay(call: &Call) -> Result<Reply, Problem> {
    let replayed = call.desk.replay(&call.actor, call.named("id"))?;
    let mut out = Vec::new();
    recorded::replayed(&replayed, call.actor.sees_matches(), &mut out);
    Ok(Reply::json(out))
}
