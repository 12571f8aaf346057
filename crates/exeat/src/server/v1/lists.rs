//! The lists that are searched, and their entries.

use super::screen::unreadable;
use crate::api::fields::{Object, Type, field};
use crate::api::listed;
use crate::api::lists::{ENTRIES, ENTRY, STATUS, entries, status};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::lists::arrival::{Arrived, LARGEST, Sent};
use crate::desk::permission::{Permission, Whose};
use crate::json::{Layout, Writer};
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, JSON, Method, Of, Operation, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use std::io;
use std::sync::Arc;

const LISTS: Shape = Shape::of("Lists", &[STATUS]);
const FOUND: Shape = Shape::of("Entries", &[ENTRIES, ENTRY]);
const PARTY: Shape = Shape::of("Entry", &[ENTRY]);

const ARRIVED: Object = Object {
    name: "arrived",
    about: "What became of a source.",
    fields: &[
        field("source", Type::Text, "What it is called here."),
        field("state", Type::OneOf(&["new", "unchanged", "kept"]), "`kept`: the last good one."),
        field("lists", Type::Many("size"), "The lists in it."),
        field("notes", Type::Texts, "What was not understood, or why the last good one is kept."),
    ],
};

const SIZE: Object = Object {
    name: "size",
    about: "A list of a source.",
    fields: &[
        field("list", Type::Text, "The list."),
        field("entries", Type::Count, "How many entries it has."),
    ],
};

const ALL: Object = Object {
    name: "all",
    about: "What became of every source.",
    fields: &[field("sources", Type::Many("arrived"), "They, in the order of their coming.")],
};

const ARRIVED_SHAPE: Shape = Shape::of("ListArrived", &[&[ARRIVED, SIZE]]);
const ALL_SHAPE: Shape = Shape::of("ListsUpdated", &[&[ALL, ARRIVED, SIZE]]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "lists",
        method: Method::Get,
        path: "/v1/lists",
        summary: "Say which lists answer, of which day they are, and what is not here",
        about: "A name is not cleared where a list that the law reads is not here as a whole.",
        permission: Some(Permission::ReadLaw),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(LISTS),
        effect: Effect::Reads,
        run: lists,
        lines: None,
    },
    Operation {
        id: "import-list",
        method: Method::Post,
        path: "/v1/lists",
        summary: "Take in a file of a restricted-party list",
        about: "The body is the file as it was published, at most 64 MB. What is not understood, or \
                has shrunk as no list does in a day, is refused, and the lists of before go on \
                answering. It is for this server; several servers each get it.",
        permission: Some(Permission::ManageLists),
        parameters: &[
            in_query("source", Of::Text, "What the source is called here, such as `csl`."),
            in_query("name", Of::Text, "What the file is called, such as `consolidated.csv`."),
            in_query("current_on", Of::Day, "The day on which it is known to be the current one."),
            in_query(
                "accept_shrunken",
                Of::Yes,
                "Whether a list that has shrunk, or is older than the one here, is taken.",
            ),
        ],
        body: Body::File(LARGEST),
        answer: Answer::Json(ARRIVED_SHAPE),
        effect: Effect::Records,
        run: import,
        lines: None,
    },
    Operation {
        id: "update-lists",
        method: Method::Post,
        path: "/v1/lists/update",
        summary: "Fetch every list again, and take in the drop folder",
        about: "As `exeat lists update` does; `lists.toml` of the data folder says from where. It \
                takes as long as the network does.",
        permission: Some(Permission::ManageLists),
        parameters: &[in_query("offline", Of::Yes, "Only the drop folder; fetch nothing.")],
        body: Body::Nothing,
        answer: Answer::Json(ALL_SHAPE),
        effect: Effect::Records,
        run: update,
        lines: None,
    },
    Operation {
        id: "lists-entries",
        method: Method::Get,
        path: "/v1/lists/entries",
        summary: "Find entries in which a text stands",
        about: "In a name, an address, a number, a program or a remark. For who a name may be, \
                see `screen`.",
        permission: Some(Permission::ReadLaw),
        parameters: &[
            in_query("text", Of::Text, "The text; case does not matter."),
            in_query("list", Of::Text, "Only in this list, such as EL."),
            in_query("limit", Of::Count(1, 200), "At most so many; 50 if not said."),
        ],
        body: Body::Nothing,
        answer: Answer::Json(FOUND),
        effect: Effect::Reads,
        run: found,
        lines: None,
    },
    Operation {
        id: "lists-entry",
        method: Method::Get,
        path: "/v1/lists/{list}/entries/{entry}",
        summary: "Show an entry of a list, with everything that its list says",
        about: "Matches name entries by list and number, such as SDN and 48059.",
        permission: Some(Permission::ReadLaw),
        parameters: &[
            in_path("list", "The list, such as SDN."),
            in_path("entry", "The entry's number in the list."),
        ],
        body: Body::Nothing,
        answer: Answer::Json(PARTY),
        effect: Effect::Reads,
        run: entry,
        lines: None,
    },
];

fn lists(call: &Call) -> Result<Reply, Problem> {
    let searcher = call.desk.lists().map_err(unreadable)?;
    let opened = searcher.opened().map_err(|it| unreadable(crate::trouble::Trouble::new(it)))?;
    let mut out = Vec::new();
    status(&opened.lists, opened.searched(), clock::today(), &mut out);
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}

fn found(call: &Call) -> Result<Reply, Problem> {
    let Some(text) = call.text("text") else {
        return Err(Problem::at(Kind::Request, "?text", "a text to look for is needed"));
    };
    let desk = &call.desk;
    let found = desk
        .working(|| desk.entries(text, call.text("list"), call.size("limit", 50)))
        .map_err(unreadable)?;
    let mut out = Vec::new();
    entries(&found, Layout::Line, &mut out);
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}

fn entry(call: &Call) -> Result<Reply, Problem> {
    let (list, id) = (call.named("list"), call.named("entry"));
    let party = call.desk.entry(list, id).map_err(unreadable)?.ok_or_else(|| {
        Problem::new(Kind::Missing, "there is no such entry")
            .help("GET /v1/lists/entries?text=... finds entries by their words")
    })?;
    let mut out = Vec::new();
    listed::write(&party, Layout::Line, &mut out);
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}

fn import(call: &Call) -> Result<Reply, Problem> {
    let Some(source) = call.text("source") else {
        return Err(Problem::at(Kind::Request, "?source", "a name for the source is needed"));
    };
    let sent = Sent {
        source: source.to_owned(),
        name: call.text("name").unwrap_or(source).to_owned(),
        current_on: call.day("current_on"),
        accept_shrunken: call.yes("accept_shrunken").unwrap_or(false),
    };
    let desk = &call.desk;
    let bytes = call.body.to_vec();
    let taken = desk.working(|| desk.take_list(&call.actor, &sent, bytes, clock::today()))?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| arrived(json, &taken));
    Ok(Reply::json(out))
}

fn update(call: &Call) -> Result<Reply, Problem> {
    call.actor.may(Permission::ManageLists, Whose::Anyone)?;
    let (desk, actor) = (Arc::clone(&call.desk), call.actor.clone());
    let offline = call.yes("offline").unwrap_or(false);
    Ok(Reply::flowing(JSON, move |out| {
        let all = desk.update_lists(&actor, offline, clock::today()).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        Writer::new(&mut bytes, Layout::Line).object(|json| {
            json.objects_of("sources", &all, arrived);
        });
        out.write_all(&bytes)
    }))
}

fn arrived(json: &mut Writer<'_>, it: &Arrived) {
    json.text_of("source", &it.source);
    json.text_of("state", it.state);
    let sizes: Vec<(&String, &u64)> = it.entries.iter().collect();
    json.objects_of("lists", &sizes, |json, (list, entries)| {
        json.text_of("list", list);
        json.number_of("entries", **entries);
    });
    json.texts_of("notes", it.notes.iter().map(String::as_str).collect::<Vec<_>>());
}
