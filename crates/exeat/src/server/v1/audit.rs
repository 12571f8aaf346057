//! The records as a whole, and how long each is kept: for auditors, counsel, and whoever disposes.

use super::determinations::LIMIT;
use super::events::AFTER;
use super::people::{WHY_SHAPE, Why};
use crate::api;
use crate::api::fields::{Object, Type, field};
use crate::api::recorded::{EVENT, event};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::holds::Standing;
use crate::desk::permission::{Permission, Whose};
use crate::json::{Layout, Writer};
use crate::server::operation::{
    Answer, Body, Call, Effect, JSON, Method, Of, Operation, Parameter, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use std::io;
use std::sync::Arc;
use store::bundle::Bodies;
use store::retention::Retention;
use store::{Head, StreamId};

const VERIFIED: &[Object] = &[Object {
    name: "verified",
    about: "What a check of all records found.",
    fields: &[
        field("clean", Type::Yes, "Whether everything is what was written."),
        field("head", Type::TextOrNull, "Where the chain ends; note it elsewhere, as an anchor."),
        field("events", Type::Count, "How many events were read."),
        field("views", Type::Count, "How many views were compared with the chain."),
        field("contents", Type::Count, "How many contents were read."),
        field("erased", Type::Count, "How many bodies were erased when their time was over."),
        field("clock_back", Type::Count, "How many events are dated before their predecessor."),
        field("faults", Type::Texts, "What does not fit, the first two hundred of it."),
        field("more_faults", Type::Count, "How much more does not fit."),
    ],
}];

const STANDING: &[Object] = &[
    Object {
        name: "standing",
        about: "A record, and until when it is kept.",
        fields: &[
            field("record", Type::Text, "What it is called, such as `case/7f3a`."),
            field("state", Type::OneOf(&["kept", "held", "erased"]), "Whether it may be erased."),
            field("until", Type::DayOrNull, "The first day on which it may be erased."),
            field("held_by", Type::TextOrNull, "Who holds it beyond its time."),
            field("events", Type::Many("event"), "What happened, in order."),
        ],
    },
    EVENT,
];

const HOLDS: &[Object] = &[
    Object {
        name: "holds",
        about: "Some of what is held.",
        fields: &[
            field("holds", Type::Many("event"), "The events that say so."),
            field("next", Type::CountOrNull, "`after` of the next page; null where it ends."),
        ],
    },
    EVENT,
];

const HOLDS_SHAPE: Shape = Shape::of("Holds", &[HOLDS]);
const VERIFIED_SHAPE: Shape = Shape::of("Verified", &[VERIFIED]);
const STANDING_SHAPE: Shape = Shape::of("Standing", &[STANDING]);
const KIND: Parameter = in_path("kind", "The kind of the record, such as `case`.");
const ID: Parameter = in_path("id", "Its id.");
/// The media type of an archive.
const ARCHIVE: &str = "application/gzip";

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "audit-verify",
        method: Method::Post,
        path: "/v1/audit/verify",
        summary: "Check every event, view and content",
        about: "Names what was changed, dropped, moved or inserted. It takes as long as it takes to \
                read everything; others go on working.",
        permission: Some(Permission::ReadAudit),
        parameters: &[in_query(
            "anchor",
            Of::Text,
            "An end of the chain that was noted before: `NUMBER:HASH`.",
        )],
        body: Body::Nothing,
        answer: Answer::Json(VERIFIED_SHAPE),
        effect: Effect::Reads,
        run: verify,
        lines: None,
    },
    Operation {
        id: "audit-export",
        method: Method::Get,
        path: "/v1/audit/export",
        summary: "Fetch the records in a form that needs no Exeat",
        about: "An archive (tar, gzip) with a page that explains it and a checker in Python.",
        permission: Some(Permission::ReadAudit),
        parameters: &[in_query(
            "only",
            Of::Text,
            "Only the content of this record, `KIND/ID`; of the others, the events alone.",
        )],
        body: Body::Nothing,
        answer: Answer::File(ARCHIVE),
        effect: Effect::Reads,
        run: export,
        lines: None,
    },
    Operation {
        id: "holds",
        method: Method::Get,
        path: "/v1/holds",
        summary: "List what is held",
        about: "Of each record that is held, the event that says so, with who and why, in the order \
                of the chain.",
        permission: Some(Permission::ReadAudit),
        parameters: &[AFTER, LIMIT],
        body: Body::Nothing,
        answer: Answer::Json(HOLDS_SHAPE),
        effect: Effect::Reads,
        run: holds,
        lines: None,
    },
    Operation {
        id: "retention",
        method: Method::Get,
        path: "/v1/records/{kind}/{id}",
        summary: "Show a record of any kind, and until when it is kept",
        about: "Five years from its last event (15 CFR 762.6), longer while it is held.",
        permission: Some(Permission::ReadAudit),
        parameters: &[KIND, ID],
        body: Body::Nothing,
        answer: Answer::Json(STANDING_SHAPE),
        effect: Effect::Reads,
        run: standing,
        lines: None,
    },
    Operation {
        id: "hold-record",
        method: Method::Post,
        path: "/v1/records/{kind}/{id}/hold",
        summary: "Keep a record beyond its time, until it is let go",
        about: "A legal hold: nobody erases it meanwhile.",
        permission: Some(Permission::LegalHold),
        parameters: &[KIND, ID],
        body: Body::Json(WHY_SHAPE),
        answer: Answer::Json(STANDING_SHAPE),
        effect: Effect::Records,
        run: hold,
        lines: None,
    },
    Operation {
        id: "let-go-record",
        method: Method::Post,
        path: "/v1/records/{kind}/{id}/let-go",
        summary: "End a hold; the record's own time counts again",
        about: "By counsel.",
        permission: Some(Permission::LegalHold),
        parameters: &[KIND, ID],
        body: Body::Json(WHY_SHAPE),
        answer: Answer::Json(STANDING_SHAPE),
        effect: Effect::Records,
        run: let_go,
        lines: None,
    },
    Operation {
        id: "erase-record",
        method: Method::Post,
        path: "/v1/records/{kind}/{id}/erase",
        summary: "Erase what a record says, when its time is over and not before",
        about: "Its events stay in the chain, with who and when. Earlier, or while it is held, this \
                is refused (409) and says until when.",
        permission: Some(Permission::Dispose),
        parameters: &[KIND, ID],
        body: Body::Json(WHY_SHAPE),
        answer: Answer::Json(STANDING_SHAPE),
        effect: Effect::Records,
        run: erase,
        lines: None,
    },
];

fn verify(call: &Call) -> Result<Reply, Problem> {
    call.actor.may(Permission::ReadAudit, Whose::Anyone)?;
    let anchor = call.text("anchor").map(str::parse::<Head>).transpose();
    let anchor = anchor.map_err(|_| {
        Problem::at(Kind::Request, "?anchor", "it is no end of a chain such as 48213:9f0c...")
    })?;
    let (desk, actor) = (Arc::clone(&call.desk), call.actor.clone());
    desk.records()?;
    Ok(Reply::flowing(JSON, move |out| {
        let found = desk.verify(&actor, anchor.as_ref()).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        api::audit::write(&found, Layout::Line, &mut bytes);
        out.write_all(&bytes)
    }))
}

fn export(call: &Call) -> Result<Reply, Problem> {
    call.actor.may(Permission::ReadAudit, Whose::Anyone)?;
    let bodies = match call.text("only") {
        None => Bodies::All,
        Some(text) => {
            let named = text.split_once('/').and_then(|(kind, id)| stream(kind, id));
            let named = named.ok_or_else(|| {
                Problem::at(Kind::Request, "?only", "it is no record such as case/7f3a")
            })?;
            Bodies::Only([named].into())
        }
    };
    let (desk, actor) = (Arc::clone(&call.desk), call.actor.clone());
    desk.records()?;
    let mut reply = Reply::flowing(ARCHIVE, move |out| {
        desk.export(&actor, &bodies, clock::now(), out).map_err(io::Error::other)
    });
    let name = "attachment; filename=\"exeat-records.tar.gz\"".to_owned();
    reply.headers.push(("content-disposition", name));
    Ok(reply)
}

fn stream(kind: &str, id: &str) -> Option<StreamId> {
    let fits = (1..=200).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_graphic());
    kind.parse().ok().filter(|_| fits).map(|kind| StreamId::new(kind, id))
}

/// The record that the path names.
fn named(call: &Call) -> Result<StreamId, Problem> {
    let named = stream(call.named("kind"), call.named("id"));
    named.ok_or_else(|| Problem::new(Kind::Missing, "there is no such record"))
}

fn standing(call: &Call) -> Result<Reply, Problem> {
    let stream = named(call)?;
    Ok(reply(&stream, &call.desk.standing(&call.actor, &stream)?))
}

fn holds(call: &Call) -> Result<Reply, Problem> {
    let (after, limit) = (call.count("after").unwrap_or(0), call.size("limit", 50));
    let mut holds = call.desk.all_held(&call.actor, after, limit.saturating_add(1))?;
    let is_more = holds.len() > limit;
    holds.truncate(limit);
    let next = holds.last().filter(|_| is_more).map(|it| it.seq);
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.objects_of("holds", &holds, event);
        match next {
            Some(next) => json.number_of("next", next),
            None => json.optional_of("next", None),
        }
    });
    Ok(Reply::json(out))
}

fn hold(call: &Call) -> Result<Reply, Problem> {
    let (stream, Why { why }) = (named(call)?, call.object()?);
    Ok(reply(&stream, &call.desk.hold(&call.actor, &stream, &why, clock::now())?))
}

fn let_go(call: &Call) -> Result<Reply, Problem> {
    let (stream, Why { why }) = (named(call)?, call.object()?);
    Ok(reply(&stream, &call.desk.let_go(&call.actor, &stream, &why, clock::now())?))
}

fn erase(call: &Call) -> Result<Reply, Problem> {
    let (stream, Why { why }) = (named(call)?, call.object()?);
    Ok(reply(&stream, &call.desk.erase(&call.actor, &stream, &why, clock::now())?))
}

fn reply(stream: &StreamId, standing: &Standing) -> Reply {
    let (state, until, held_by) = match &standing.retention {
        Retention::Held { by, .. } => ("held", None, Some(by.as_str())),
        Retention::Until(day) => ("kept", Some(day.to_string()), None),
        Retention::Erased => ("erased", None, None),
    };
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.text_of("record", &stream.to_string());
        json.text_of("state", state);
        json.optional_of("until", until.as_deref());
        json.optional_of("held_by", held_by);
        json.objects_of("events", &standing.events, event);
    });
    Reply::json(out)
}
