//! Keys of programs. Only a person makes or ends them.

use crate::api::fields::{Object, Type, field};
use crate::api::recorded::{self, key};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::keys::{Wanted, Word};
use crate::desk::permission::Permission;
use crate::json::{Layout, Writer};
use crate::server::operation::{Answer, Body, Call, Effect, Method, Operation, Reply, in_path};
use crate::server::problem::{Kind, Problem};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeSet;

const WANTED: &[Object] = &[Object {
    name: "wanted",
    about: "What a key is to be given.",
    fields: &[
        field("name", Type::Text, "What people call it."),
        field("scopes", Type::Texts, "What it may do: `check`, `screen`, `record` and others."),
        field("expires", Type::Optional(&Type::Instant), "From when on it is refused."),
        field("per_second", Type::Optional(&Type::Count), "How many requests a second."),
    ],
}];

const NEW_KEY: Shape = Shape::of("NewKey", &[WANTED]);
const KEY: Shape = Shape::of("Key", &[recorded::KEY]);
const KEYS: Shape = Shape::of("Keys", &[recorded::KEYS, recorded::KEY]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "keys",
        method: Method::Get,
        path: "/v1/keys",
        summary: "List the keys of programs",
        about: "Those that were not ended. No key shows its secret.",
        permission: Some(Permission::ManageKeys),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(KEYS),
        effect: Effect::Reads,
        run: keys,
        lines: None,
    },
    Operation {
        id: "make-key",
        method: Method::Post,
        path: "/v1/keys",
        summary: "Make a key for a program",
        about: "The answer shows the key, once; only its digest is kept.",
        permission: Some(Permission::ManageKeys),
        parameters: &[],
        body: Body::Json(NEW_KEY),
        answer: Answer::Made(KEY),
        effect: Effect::Records,
        run: make,
        lines: None,
    },
    Operation {
        id: "end-key",
        method: Method::Delete,
        path: "/v1/keys/{id}",
        summary: "End a key",
        about: "It is refused on every server within two seconds.",
        permission: Some(Permission::ManageKeys),
        parameters: &[in_path("id", "The id of the key.")],
        body: Body::Nothing,
        answer: Answer::Nothing,
        effect: Effect::Records,
        run: end,
        lines: None,
    },
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKey {
    name: String,
    scopes: BTreeSet<Word>,
    #[serde(default)]
    expires: Option<Timestamp>,
    #[serde(default)]
    per_second: Option<u32>,
}

fn keys(call: &Call) -> Result<Reply, Problem> {
    let keys = call.desk.records()?.keys.live()?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.objects_of("keys", &keys, |json, it| key(json, it, None));
    });
    Ok(Reply::json(out))
}

fn make(call: &Call) -> Result<Reply, Problem> {
    let NewKey { name, scopes, expires, per_second } = call.object()?;
    if per_second == Some(0) {
        return Err(Problem::at(Kind::Input, "per_second", "it must be at least 1"));
    }
    let wanted = Wanted { name, scopes, expires, per_second };
    let (made, text) = call.desk.records()?.keys.make(&call.actor.id, wanted, clock::now())?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| key(json, &made, Some(&text)));
    Ok(Reply::json(out).made(format!("/v1/keys/{}", made.id)))
}

fn end(call: &Call) -> Result<Reply, Problem> {
    call.desk.records()?.keys.end(&call.actor.id, call.named("id"), clock::now())?;
    Ok(Reply::nothing())
}
