//! What would be otherwise: other facts, other places, a single exception.

use super::check::{ON, STRICT, TRANSACTION, decide, options, transaction};
use crate::api::shape::Shape;
use crate::api::{fields, what_if, why_not};
use crate::atlas::{ATLAS, Atlas, Sheet, picture};
use crate::cli::why_not::{Findings, symbol};
use crate::desk::Desk;
use crate::desk::permission::Permission;
use crate::report::about;
use crate::report::names::Names;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};
use decision::Trace;
use decision::atlas::{Relocation, places};
use jiff::civil::Date;

const WHAT_IF: Shape = Shape::of("WhatIf", &[what_if::WHAT_IF, fields::OBJECTS]);
const WHY_NOT: Shape = Shape::of("WhyNot", &[why_not::WHY_NOT, fields::OBJECTS]);
const MAP: Shape = Shape::of("Atlas", &[ATLAS, &[what_if::DECIDING_OBJECT], fields::OBJECTS]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "what-if",
        method: Method::Post,
        path: "/v1/what-if",
        summary: "Find the smallest changes of fact that would alter the outcome",
        about: "Each change is marked as a lever (one may lawfully pull it), as something to find \
                out, or as no lever. A lever is pulled in truth or not at all. Names are searched as \
                `/v1/check` does it; `names` says what became of them.",
        permission: Some(Permission::Check),
        parameters: &[
            STRICT,
            ON,
            in_query("size", Of::Count(1, 2), "How many facts may change together; 2 if not said."),
        ],
        body: Body::Document(TRANSACTION),
        answer: Answer::Json(WHAT_IF),
        effect: Effect::Reads,
        run: what_if,
        lines: None,
    },
    Operation {
        id: "why-not",
        method: Method::Post,
        path: "/v1/why-not/{exception}",
        summary: "Say whether a license exception covers a transaction, and what stands in its way",
        about: "The exception is named by its symbol, such as ACE.",
        permission: Some(Permission::Check),
        parameters: &[STRICT, ON, in_path("exception", "The exception's symbol.")],
        body: Body::Document(TRANSACTION),
        answer: Answer::Json(WHY_NOT),
        effect: Effect::Reads,
        run: why_not,
        lines: None,
    },
    Operation {
        id: "atlas",
        method: Method::Post,
        path: "/v1/atlas",
        summary: "Decide a transaction for every destination there is",
        about: "With `before`, what changed since the law of that day stands under `changes`. Names \
                are searched as `/v1/check` does it, with the country of each place; `names` says \
                what became of them.",
        permission: Some(Permission::Check),
        parameters: &[
            STRICT,
            ON,
            in_query("before", Of::Day, "Say what changed since the law of this day."),
        ],
        body: Body::Document(TRANSACTION),
        answer: Answer::Json(MAP),
        effect: Effect::Reads,
        run: atlas,
        lines: None,
    },
    Operation {
        id: "atlas-picture",
        method: Method::Post,
        path: "/v1/atlas.svg",
        summary: "The same as a picture: a tile for each place",
        about: "An SVG without scripts or links.",
        permission: Some(Permission::Check),
        parameters: &[STRICT, ON],
        body: Body::Document(TRANSACTION),
        answer: Answer::Other("image/svg+xml"),
        effect: Effect::Reads,
        run: atlas_picture,
        lines: None,
    },
];

fn what_if(call: &Call) -> Result<Reply, Problem> {
    let transaction = transaction(call)?;
    let options = options(call, Trace::Decisive, false);
    let engine = call.desk.engine();
    let size = call.size("size", 2);
    let sees_matches = call.actor.sees_matches();
    let mut out = Vec::new();
    call.desk.working(|| {
        let searching = call.desk.searching(&engine, sees_matches);
        let why = Desk::not_searched(sees_matches);
        let names = searching.names(&transaction, &options, why)?;
        let found = decision::what_if::what_if(&searching, &transaction, &options, size);
        what_if::write(&found, &names, &mut out);
        Ok::<(), Problem>(())
    })?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

fn why_not(call: &Call) -> Result<Reply, Problem> {
    let engine = call.desk.engine();
    let symbol = symbol(call.named("exception"), &engine).map_err(|trouble| {
        let (what, help) = trouble.parts();
        Problem { help, ..Problem::new(Kind::Missing, what) }
    })?;
    let transaction = transaction(call)?;
    let options = options(call, Trace::Decisive, false);
    let mut out = Vec::new();
    call.desk.working(|| {
        let determination = decide(call, &engine, &transaction, &options)?;
        let names = Names::of(&transaction);
        Findings::of(&determination, &symbol, &engine, &names).json(&mut out);
        Ok::<(), Problem>(())
    })?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

/// Every place, handed to whoever writes it.
fn with_atlas<T>(call: &Call, write: impl FnOnce(&Atlas<'_>) -> T) -> Result<T, Problem> {
    let transaction = transaction(call)?;
    let engine = call.desk.engine();
    let relocation = Relocation::of(&transaction);
    let usual = options(call, Trace::Decisive, false);
    let sees_matches = call.actor.sees_matches();
    call.desk.working(|| {
        let searching = call.desk.searching(&engine, sees_matches);
        let names = searching.names(&transaction, &usual, Desk::not_searched(sees_matches))?;
        let sheet = |day: Option<Date>| {
            let options = decision::Options { on: day.or(usual.on), ..usual };
            let law_date = options.on.unwrap_or(transaction.date);
            Sheet { law_date, places: places(&searching, &transaction, &relocation, &options) }
        };
        let last = sheet(None);
        Ok(write(&Atlas {
            about: about::at_hand(&transaction),
            before: call.day("before").map(|day| sheet(Some(day))),
            sheet: last,
            relocation: relocation.clone(),
            stamp: engine.stamp(),
            proposed: engine.selection() != law::Selection::default(),
            names,
        }))
    })
}

fn atlas(call: &Call) -> Result<Reply, Problem> {
    let mut out = Vec::new();
    with_atlas(call, |atlas| atlas.json(&mut out))?;
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

fn atlas_picture(call: &Call) -> Result<Reply, Problem> {
    let picture = with_atlas(call, picture::render)?;
    let reply = Reply { media: "image/svg+xml", ..Reply::json(picture.into_bytes()) };
    Ok(reply.behind(Behind::of(&call.desk)))
}
