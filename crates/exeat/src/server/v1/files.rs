//! Files of a case: attached, and fetched by their digest.

use crate::api::case::{CASE, case};
use crate::api::recorded::EVENT;
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::cases::{LARGEST_FILE, On};
use crate::desk::permission::Permission;
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Of, Operation, Parameter, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use store::Digest;

const SHOWN: Shape = Shape::of("Case", &[CASE, &[EVENT]]);
const ID: Parameter = in_path("id", "The id of the case.");
/// What bytes are said to be: nothing that a browser would show or run.
const BYTES: &str = "application/octet-stream";

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "attach",
        method: Method::Post,
        path: "/v1/cases/{id}/attachments",
        summary: "Attach a file to a case",
        about: "The body is the file, at most 20 MB, with its own media type. The case keeps its \
                SHA-256; `attachments` of the case has them all.",
        permission: Some(Permission::Comment),
        parameters: &[ID, in_query("name", Of::Text, "What the file is called.")],
        body: Body::File(LARGEST_FILE),
        answer: Answer::Made(SHOWN),
        effect: Effect::Records,
        run: attach,
        lines: None,
    },
    Operation {
        id: "attachment",
        method: Method::Get,
        path: "/v1/cases/{id}/attachments/{digest}",
        summary: "Fetch a file of a case",
        about: "By its SHA-256, which is checked before it is sent and is the ETag. It is sent as \
                bytes, whatever it was said to be.",
        permission: Some(Permission::ReadCase),
        parameters: &[ID, in_path("digest", "The SHA-256 of the file, 64 hexadecimal digits.")],
        body: Body::Nothing,
        answer: Answer::File(BYTES),
        effect: Effect::Reads,
        run: fetch,
        lines: None,
    },
];

fn attach(call: &Call) -> Result<Reply, Problem> {
    let name = call.text("name").unwrap_or_default().trim();
    let wrong = |it: char| it.is_control() || matches!(it, '/' | '\\');
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(wrong) {
        let what = "a file has a name of 1 to 200 characters, without slashes";
        return Err(Problem::at(Kind::Request, "?name", what));
    }
    if call.body.is_empty() {
        return Err(Problem::at(Kind::Input, "body", "the file is empty"));
    }
    let id = call.named("id");
    let on = On { id, actor: &call.actor, at: clock::now(), expected: None };
    let shown = call.desk.cases()?.attach(on, name, &call.media, &call.body)?;
    let mut out = Vec::new();
    case(&shown, &mut out);
    let digest = Digest::of(&call.body);
    Ok(Reply::json(out).made(format!("/v1/cases/{}/attachments/{digest}", shown.id)))
}

fn fetch(call: &Call) -> Result<Reply, Problem> {
    let digest = call.named("digest").parse::<Digest>();
    let digest = digest.map_err(|_| Problem::new(Kind::Missing, "there is no such file"))?;
    let (attached, bytes) = call.desk.cases()?.file(&call.actor, call.named("id"), &digest)?;
    let plain = |it: char| if it.is_ascii_alphanumeric() || "-_. ".contains(it) { it } else { '_' };
    let name: String = attached.name.chars().map(plain).collect();
    let etag = Some(digest.to_string());
    let mut reply = Reply { media: BYTES, etag, ..Reply::json(bytes) };
    reply.headers.push(("content-disposition", format!("attachment; filename=\"{name}\"")));
    reply.headers.push(("x-content-type-options", "nosniff".to_owned()));
    Ok(reply)
}
