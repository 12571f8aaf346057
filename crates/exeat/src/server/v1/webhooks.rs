//! Who is told by itself of what happens in cases: webhooks and addresses for e-mail.

use crate::api::fields::{Object, Type, field};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::hooks::{Hook, Hooks};
use crate::desk::permission::Permission;
use crate::desk::{mail, outbox};
use crate::json::{Layout, Writer};
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Operation, Parameter, Reply, in_path,
};
use crate::server::problem::Problem;
use serde::Deserialize;

const HOOK: Object = Object {
    name: "webhook",
    about: "Where messages go.",
    fields: &[
        field("id", Type::Text, "Its id."),
        field("name", Type::Text, "What people call it."),
        field("to", Type::Text, "An `https:` address, or `mailto:` and one for e-mail."),
        field("kinds", Type::Texts, "The kinds of events that it is told of; all where empty."),
        field("personal", Type::Yes, "Whether names and what was said are sent along."),
        field("disabled", Type::TextOrNull, "Why nothing is sent, where that is so."),
        field("secret", Type::Perhaps, "What signs messages, in the one answer that shows it."),
    ],
};

const HOOKS: &[Object] = &[
    Object {
        name: "webhooks",
        about: "Where messages go.",
        fields: &[field("webhooks", Type::Many("webhook"), "They, the oldest first.")],
    },
    HOOK,
];

const NEW: &[Object] = &[Object {
    name: "new",
    about: "What a hook is to be.",
    fields: &[
        field("name", Type::Text, "What people call it."),
        field("to", Type::Text, "An `https:` address, or `mailto:` and one for e-mail."),
        field(
            "kinds",
            Type::Optional(&Type::Texts),
            "The kinds of events that it is told of; all of cases if not said.",
        ),
        field(
            "personal",
            Type::Optional(&Type::Yes),
            "Whether names are sent along; no if not said.",
        ),
    ],
}];

const TRIAL: &[Object] = &[Object {
    name: "trial",
    about: "What came of trying a hook.",
    fields: &[
        field("arrived", Type::Yes, "Whether the other side took it."),
        field("status", Type::CountOrNull, "The status that it answered."),
        field("why", Type::TextOrNull, "What went wrong."),
    ],
}];

const LIST: Shape = Shape::of("Webhooks", &[HOOKS]);
const ONE: Shape = Shape::of("Webhook", &[&[HOOK]]);
const NEW_SHAPE: Shape = Shape::of("NewWebhook", &[NEW]);
const TRIAL_SHAPE: Shape = Shape::of("WebhookTrial", &[TRIAL]);
const ID: Parameter = in_path("id", "The id of the hook.");

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "webhooks",
        method: Method::Get,
        path: "/v1/webhooks",
        summary: "List where messages go",
        about: "No hook shows its secret.",
        permission: Some(Permission::ManageHooks),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(LIST),
        effect: Effect::Reads,
        run: list,
        lines: None,
    },
    Operation {
        id: "make-webhook",
        method: Method::Post,
        path: "/v1/webhooks",
        summary: "Have messages sent",
        about: "Each event of a case is sent as JSON with `exeat-event` (its id, the same when it is \
                sent again) and `exeat-signature: t=SECONDS,v1=HMAC`, HMAC-SHA256 by the secret over \
                SECONDS, a dot and the body. What is not answered with 2xx is sent again for days.",
        permission: Some(Permission::ManageHooks),
        parameters: &[],
        body: Body::Json(NEW_SHAPE),
        answer: Answer::Made(ONE),
        effect: Effect::Records,
        run: make,
        lines: None,
    },
    Operation {
        id: "remove-webhook",
        method: Method::Delete,
        path: "/v1/webhooks/{id}",
        summary: "Have no more messages sent",
        about: "What still waits is not sent either.",
        permission: Some(Permission::ManageHooks),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Nothing,
        effect: Effect::Records,
        run: remove,
        lines: None,
    },
    Operation {
        id: "enable-webhook",
        method: Method::Post,
        path: "/v1/webhooks/{id}/enable",
        summary: "Send again to a hook that was given up",
        about: "One that fails thirty times without one success is given up by the program.",
        permission: Some(Permission::ManageHooks),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(ONE),
        effect: Effect::Records,
        run: enable,
        lines: None,
    },
    Operation {
        id: "test-webhook",
        method: Method::Post,
        path: "/v1/webhooks/{id}/test",
        summary: "Send a message of the kind `test` at once",
        about: "Signed as all are; whether it arrived is the answer.",
        permission: Some(Permission::ManageHooks),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(TRIAL_SHAPE),
        effect: Effect::Records,
        run: test,
        lines: None,
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
    to: String,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    personal: bool,
}

fn list(call: &Call) -> Result<Reply, Problem> {
    let hooks = Hooks::new(&*call.desk.records()?.store).list(&call.actor)?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.objects_of("webhooks", &hooks, |json, it| hook(json, it, None));
    });
    Ok(Reply::json(out))
}

fn make(call: &Call) -> Result<Reply, Problem> {
    let New { name, to, kinds, personal } = call.object()?;
    let wanted = Hook { name, to, kinds, personal, ..Hook::default() };
    let hooks = Hooks::new(&*call.desk.records()?.store);
    let (made, secret) = hooks.make(&call.actor, wanted, clock::now())?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| hook(json, &made, Some(secret.reveal())));
    Ok(Reply::json(out).made(format!("/v1/webhooks/{}", made.id)))
}

fn remove(call: &Call) -> Result<Reply, Problem> {
    let hooks = Hooks::new(&*call.desk.records()?.store);
    hooks.remove(&call.actor, call.named("id"), clock::now())?;
    Ok(Reply::nothing())
}

fn enable(call: &Call) -> Result<Reply, Problem> {
    let hooks = Hooks::new(&*call.desk.records()?.store);
    let changed = hooks.set(&call.actor, call.named("id"), None, clock::now())?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| hook(json, &changed, None));
    Ok(Reply::json(out))
}

fn test(call: &Call) -> Result<Reply, Problem> {
    let store = &*call.desk.records()?.store;
    let tried = Hooks::new(store).one(&call.actor, call.named("id"))?;
    let mailer = mail::of_environment().ok().flatten();
    let trial = outbox::trial(store, &tried, mailer.as_ref(), clock::now())?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.bool_of("arrived", trial.arrived);
        match trial.status {
            Some(status) => json.number_of("status", u64::from(status)),
            None => json.optional_of("status", None),
        }
        json.optional_of("why", trial.why.as_deref());
    });
    Ok(Reply::json(out))
}

fn hook(json: &mut Writer<'_>, it: &Hook, secret: Option<&str>) {
    json.text_of("id", &it.id);
    json.text_of("name", &it.name);
    json.text_of("to", &it.to);
    json.texts_of("kinds", it.kinds.iter().map(String::as_str).collect::<Vec<_>>());
    json.bool_of("personal", it.personal);
    json.optional_of("disabled", it.disabled.as_deref());
    if let Some(secret) = secret {
        json.text_of("secret", secret);
    }
}
