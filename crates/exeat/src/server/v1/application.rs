//! The draft of a license application.

use super::check::{ON, STRICT, TRANSACTION, decide, options, transaction};
use crate::api::shape::Shape;
use crate::desk::permission::Permission;
use crate::json::{Layout, Writer};
use crate::papers::application;
use crate::server::operation::{Answer, Behind, Body, Call, Effect, Method, Operation, Reply};
use crate::server::problem::Problem;
use decision::Trace;

const APPLICATION: Shape = Shape::of("Application", &[application::APPLICATIONS]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "application",
    method: Method::Post,
    path: "/v1/application",
    summary: "Draft the license application that a transaction needs",
    about: "A draft for each leg that needs a license, by the blocks of form BIS-748P, as `exeat \
            application` writes it; none where the outcome is another. What the transaction does not \
            tell is null, and the blocks themselves are to be verified by the applicant. Names are \
            searched as `/v1/check` does it. Nothing is recorded, and nothing is sent to anybody.",
    permission: Some(Permission::Check),
    parameters: &[STRICT, ON],
    body: Body::Document(TRANSACTION),
    answer: Answer::Json(APPLICATION),
    effect: Effect::Reads,
    run: draft,
    lines: None,
}];

fn draft(call: &Call) -> Result<Reply, Problem> {
    let transaction = transaction(call)?;
    let options = options(call, Trace::Decisive, false);
    let engine = call.desk.engine();
    let mut out = Vec::new();
    call.desk.working(|| {
        let determination = decide(call, &engine, &transaction, &options)?;
        let drafts = application::drafts(&transaction, &determination);
        Writer::new(&mut out, Layout::Pretty)
            .object(|json| application::write(json, determination.outcome, &drafts));
        out.push(b'\n');
        Ok::<(), Problem>(())
    })?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}
