//! Cases: opened, looked for, shown, and taken a step further.

mod step;

use super::determinations::{AFTER, LIMIT, cursor};
use crate::api::case::{CASE, QUEUE, case, queue};
use crate::api::fields::{Object, Type, field};
use crate::api::recorded::EVENT;
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::cases::{On, Shown};
use crate::desk::permission::Permission;
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Of, Operation, Parameter, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use serde::Deserialize;
use serde_json::Value;
use step::{STEP, Step};
use store::case::command::Opening;
use store::{Assigned, Order, ViewQuery};

const OPENING: &[Object] = &[Object {
    name: "opening",
    about: "What a case begins with.",
    fields: &[
        field("title", Type::Text, "What people call it."),
        field("reference", Type::Perhaps, "The caller's own reference."),
        field("transaction", Type::Json, "What is proposed: a transaction as `check` takes it."),
    ],
}];

const NEW_CASE: Shape = Shape::of("NewCase", &[OPENING]);
const SHOWN: Shape = Shape::of("Case", &[CASE, &[EVENT]]);
const CASES: Shape = Shape::of("Cases", &[QUEUE]);
const STEP_SHAPE: Shape = Shape::of("CaseStep", &[STEP]);
const ID: Parameter = in_path("id", "The id of the case.");

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "open-case",
        method: Method::Post,
        path: "/v1/cases",
        summary: "Open a case from a transaction",
        about: "It is decided at once; the determination is recorded with it.",
        permission: Some(Permission::OpenCase),
        parameters: &[],
        body: Body::Json(NEW_CASE),
        answer: Answer::Made(SHOWN),
        effect: Effect::Records,
        run: open,
        lines: None,
    },
    Operation {
        id: "cases",
        method: Method::Get,
        path: "/v1/cases",
        summary: "List cases",
        about: "Those that the one who asks may see.",
        permission: Some(Permission::ReadCase),
        parameters: &[
            in_query("stage", Of::Text, "Only in this stage, such as `in-review`."),
            in_query("assignee", Of::Text, "Only this one's turn; `nobody` is nobody's."),
            in_query("label", Of::Text, "Only with this label, such as `is:in-review` or `tag:x`."),
            in_query("text", Of::Text, "Only with these words."),
            in_query(
                "order",
                Of::Word(&["changed", "newest", "oldest", "due", "priority"]),
                "Which come first; `changed` if not said.",
            ),
            AFTER,
            LIMIT,
        ],
        body: Body::Nothing,
        answer: Answer::Json(CASES),
        effect: Effect::Reads,
        run: list,
        lines: None,
    },
    Operation {
        id: "case",
        method: Method::Get,
        path: "/v1/cases/{id}",
        summary: "Show a case, with everything that happened",
        about: "As far as the one who asks may see it. The ETag is the version.",
        permission: Some(Permission::ReadCase),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(SHOWN),
        effect: Effect::Reads,
        run: show,
        lines: None,
    },
    Operation {
        id: "case-step",
        method: Method::Post,
        path: "/v1/cases/{id}/steps",
        summary: "Take a step: change facts, decide a match, ask for a review, approve, release ...",
        about: "What is not allowed is refused with a `reason` that does not change, such as \
                `four-eyes`. With the header `If-Match` or `version` the step is taken only where \
                nobody was first.",
        permission: Some(Permission::ReadCase),
        parameters: &[ID],
        body: Body::Json(STEP_SHAPE),
        answer: Answer::Json(SHOWN),
        effect: Effect::Records,
        run: step,
        lines: None,
    },
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCase {
    title: String,
    #[serde(default)]
    reference: Option<String>,
    transaction: Value,
}

fn open(call: &Call) -> Result<Reply, Problem> {
    let NewCase { title, reference, transaction } = call.object()?;
    let opening = Opening { title, reference, transaction };
    let cases = call.desk.cases()?;
    let shown = call.desk.working(|| cases.open(&call.actor, opening, clock::now()))?;
    Ok(reply(&shown).made(format!("/v1/cases/{}", shown.id)))
}

fn list(call: &Call) -> Result<Reply, Problem> {
    let several = |name| call.text(name).map(str::to_owned).into_iter().collect();
    let query = ViewQuery {
        states: several("stage"),
        assigned: call.text("assignee").map(|it| match it {
            "nobody" => Assigned::Nobody,
            somebody => Assigned::To(somebody.to_owned()),
        }),
        labels: several("label"),
        text: call.text("text").unwrap_or_default().to_owned(),
        order: match call.text("order") {
            Some("newest") => Order::Newest,
            Some("oldest") => Order::Oldest,
            Some("due") => Order::Due,
            Some("priority") => Order::Priority,
            _ => Order::Changed,
        },
        after: cursor(call)?,
        limit: call.size("limit", 50),
        ..ViewQuery::of(store::case::CASE)
    };
    let page = call.desk.cases()?.queue(&call.actor, &query)?;
    let mut out = Vec::new();
    queue(&page, &mut out);
    Ok(Reply::json(out))
}

fn show(call: &Call) -> Result<Reply, Problem> {
    Ok(reply(&call.desk.cases()?.show(&call.actor, call.named("id"))?))
}

fn step(call: &Call) -> Result<Reply, Problem> {
    let step: Step = call.object()?;
    let expected = match (&call.if_match, step.version) {
        (None, version) => version,
        (Some(etag), _) => {
            let version = etag.trim().trim_matches('"').parse::<u64>();
            Some(version.map_err(|_| {
                Problem::at(Kind::Request, "if-match", "`if-match` names no version of a case")
            })?)
        }
    };
    let on = On { id: call.named("id"), actor: &call.actor, at: clock::now(), expected };
    let cases = call.desk.cases()?;
    let shown = call.desk.working(|| -> Result<Shown, Problem> {
        match step.command()? {
            Some(command) => Ok(cases.act(on, &command)?),
            None => Ok(cases.decide_again(on)?),
        }
    });
    match shown {
        Ok(shown) => Ok(reply(&shown)),
        // What was named by `If-Match` is another version now.
        Err(problem) if call.if_match.is_some() && problem.moved => {
            Err(Problem { kind: Kind::Precondition, ..problem })
        }
        Err(problem) => Err(problem),
    }
}

fn reply(shown: &Shown) -> Reply {
    let mut out = Vec::new();
    case(shown, &mut out);
    Reply { etag: Some(shown.case.version.to_string()), ..Reply::json(out) }
}
