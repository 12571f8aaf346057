//! The chain of events, for those who audit.

use super::determinations::LIMIT;
use crate::api::recorded;
use crate::api::shape::Shape;
use crate::desk::permission::Permission;
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Of, Operation, Parameter, Reply, in_query,
};
use crate::server::problem::Problem;

const EVENTS: Shape = Shape::of("Events", &[recorded::EVENTS]);

/// From where in the chain on.
pub(super) const AFTER: Parameter =
    in_query("after", Of::Count(0, u64::MAX >> 1), "Only those after this place; 0 if not said.");

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "events",
    method: Method::Get,
    path: "/v1/events",
    summary: "Read the chain of events",
    about: "In its order, with bodies and hashes; whoever reads on from `next` misses none.",
    permission: Some(Permission::ReadAudit),
    parameters: &[AFTER, LIMIT],
    body: Body::Nothing,
    answer: Answer::Json(EVENTS),
    effect: Effect::Reads,
    run: events,
    lines: None,
}];

fn events(call: &Call) -> Result<Reply, Problem> {
    let after = call.count("after").unwrap_or(0);
    let (events, head) = call.desk.events(&call.actor, after, call.size("limit", 50))?;
    let mut out = Vec::new();
    recorded::events(&events, head, &mut out);
    Ok(Reply::json(out))
}
