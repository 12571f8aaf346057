//! The lists that are searched, and their entries.

use super::screen::unreadable;
use crate::api::listed;
use crate::api::lists::{ENTRIES, ENTRY, STATUS, entries, status};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::permission::Permission;
use crate::json::Layout;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};

const LISTS: Shape = Shape::of("Lists", &[STATUS]);
const FOUND: Shape = Shape::of("Entries", &[ENTRIES, ENTRY]);
const PARTY: Shape = Shape::of("Entry", &[ENTRY]);

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
