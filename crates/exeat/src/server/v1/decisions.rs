//! Decisions on matches that hold in every case, and the file in which a team kept them before.

use super::determinations::{AFTER, LIMIT, cursor};
use crate::api::fields::{Object, Type, field};
use crate::api::shape::Shape;
use crate::clock;
use crate::decisions;
use crate::desk::permission::Permission;
use crate::input::Format;
use crate::json::{Layout, Writer};
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Of, Operation, Reply, in_query,
};
use crate::server::problem::{Kind, Problem};
use store::{Order, ViewQuery};

const PAGE: &[Object] = &[
    Object {
        name: "page",
        about: "Some decisions on matches; of several about the same match the last one counts.",
        fields: &[
            field("decisions", Type::Many("kept"), "The decisions, the newest first."),
            field("next", Type::TextOrNull, "`after` of the next page; null on the last."),
        ],
    },
    Object {
        name: "kept",
        about: "The last decision about a party and an entry.",
        fields: &[
            field("id", Type::Text, "The record that has all of them."),
            field("title", Type::Text, "The party and the entry, for people."),
            field("changed_at", Type::Instant, "When it was written."),
            field("decision", Type::Json, "What was decided, by whom, why, and upon which facts."),
        ],
    },
];

const FILE: &[Object] = &[
    Object {
        name: "file",
        about: "Decisions as `exeat screen decide` keeps them.",
        fields: &[field("decision", Type::Many("decision"), "The decisions, in order.")],
    },
    Object {
        name: "decision",
        about: "A decision on a match.",
        fields: &[
            field("party", Type::Text, "The party's name."),
            field("list", Type::Text, "The list."),
            field("entry", Type::Text, "The entry's number."),
            field("listed", Type::Perhaps, "What the entry is called."),
            field("same", Type::Yes, "Whether they are the same."),
            field("by", Type::Text, "Who decided."),
            field("why", Type::Text, "Why."),
            field("on", Type::Day, "When."),
            field("until", Type::Optional(&Type::Day), "The first day on which it counts no more."),
            field("rests_on", Type::Texts, "The facts upon which it was decided."),
        ],
    },
];

const BROUGHT_IN: &[Object] = &[Object {
    name: "brought_in",
    about: "What became of a file.",
    fields: &[
        field("new", Type::Count, "Decisions that are new here."),
        field("known", Type::Count, "Decisions that were here already."),
    ],
}];

const DECISIONS: Shape = Shape::of("MatchDecisions", &[PAGE]);
const FILE_SHAPE: Shape = Shape::of("DecisionsFile", &[FILE]);
const DONE: Shape = Shape::of("BroughtIn", &[BROUGHT_IN]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "decisions",
        method: Method::Get,
        path: "/v1/decisions",
        summary: "List decisions on matches that hold in every case",
        about: "One for each party and entry, the last. In a case a match is decided with the step \
                `decide-match`.",
        permission: Some(Permission::SeeMatches),
        parameters: &[in_query("text", Of::Text, "Only with these words."), AFTER, LIMIT],
        body: Body::Nothing,
        answer: Answer::Json(DECISIONS),
        effect: Effect::Reads,
        run: list,
        lines: None,
    },
    Operation {
        id: "import-decisions",
        method: Method::Post,
        path: "/v1/decisions",
        summary: "Bring in a file of decisions on matches",
        about: "In the form of `decisions.toml`, or the same as JSON. Each is kept once; it holds \
                only as long as the facts that it rests on are the same.",
        permission: Some(Permission::DecideMatch),
        parameters: &[],
        body: Body::Settings(FILE_SHAPE),
        answer: Answer::Json(DONE),
        effect: Effect::Records,
        run: import,
        lines: None,
    },
];

fn list(call: &Call) -> Result<Reply, Problem> {
    let query = ViewQuery {
        text: call.text("text").unwrap_or_default().to_owned(),
        after: cursor(call)?,
        order: Order::Newest,
        limit: call.size("limit", 50),
        ..ViewQuery::of(crate::desk::MATCH)
    };
    let page = call.desk.adjudications(&call.actor, query)?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.objects_of("decisions", &page.rows, |json, row| {
            json.text_of("id", &row.stream.to_string());
            json.text_of("title", &row.view.title);
            json.text_of("changed_at", &row.at.to_string());
            json.json_of("decision", &row.view.data);
        });
        json.optional_of("next", page.next.as_ref().map(ToString::to_string).as_deref());
    });
    Ok(Reply::json(out))
}

fn import(call: &Call) -> Result<Reply, Problem> {
    let text = std::str::from_utf8(&call.body);
    let text = text.map_err(|_| Problem::new(Kind::Input, "the body is not UTF-8"))?;
    let read = match call.format {
        Format::Toml => decisions::sent(text),
        Format::Json | Format::Jsonl | Format::Yaml | Format::Csv => decisions::sent_json(text),
    };
    let read = read.map_err(|it| {
        let (what, help) = it.parts();
        let problem = Problem::new(Kind::Input, what);
        if let Some(help) = help { problem.help(help) } else { problem }
    })?;
    let done = call.desk.bring_in(&call.actor, &read, clock::now())?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.number_of("new", done.new);
        json.number_of("known", done.known);
    });
    Ok(Reply::json(out))
}
