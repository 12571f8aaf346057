//! The law that answers.

use crate::api::rules;
use crate::api::shape::Shape;
use crate::desk::permission::Permission;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Reply, in_path, in_query,
};
use crate::server::problem::{Kind, Problem};

const RULEBOOK: Shape = Shape::of("Rulebook", &[rules::RULEBOOK]);
const PARAGRAPH: Shape = Shape::of("Paragraph", &[rules::PARAGRAPH]);
const CHANGES: Shape = Shape::of("LawChanges", &[rules::CHANGES]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "rules",
        method: Method::Get,
        path: "/v1/rules",
        summary: "Say which rulebook answers",
        about: "With its digest, its sections and the days on which the law changes.",
        permission: Some(Permission::ReadLaw),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(RULEBOOK),
        effect: Effect::Reads,
        run: rulebook,
        lines: None,
    },
    Operation {
        id: "rules-changes",
        method: Method::Get,
        path: "/v1/rules/changes",
        summary: "Say what changed in the law between two days",
        about: "Only what is law by its own dates counts.",
        permission: Some(Permission::ReadLaw),
        parameters: &[
            in_query("from", Of::Day, "The first day."),
            in_query("to", Of::Day, "The second day."),
        ],
        body: Body::Nothing,
        answer: Answer::Json(CHANGES),
        effect: Effect::Reads,
        run: changes,
        lines: None,
    },
    Operation {
        id: "rules-paragraph",
        method: Method::Get,
        path: "/v1/rules/{citation}",
        summary: "Show a paragraph as it is on a day",
        about: "Paragraphs are written as in `740.22(c)(2)`, without 15 CFR.",
        permission: Some(Permission::ReadLaw),
        parameters: &[
            in_path("citation", "The paragraph, such as `740.22(c)(2)` or `5A001.j`."),
            in_query("on", Of::Day, "The day; the last verified one if not said."),
        ],
        body: Body::Nothing,
        answer: Answer::Json(PARAGRAPH),
        effect: Effect::Reads,
        run: paragraph,
        lines: None,
    },
];

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn rulebook(call: &Call) -> Result<Reply, Problem> {
    let mut out = Vec::new();
    call.desk.rulebook(&mut out);
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}

fn changes(call: &Call) -> Result<Reply, Problem> {
    let (Some(from), Some(to)) = (call.day("from"), call.day("to")) else {
        return Err(Problem::at(Kind::Request, "?from", "both `from` and `to` are needed"));
    };
    let mut out = Vec::new();
    call.desk.working(|| call.desk.changes(from, to, &mut out));
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}

fn paragraph(call: &Call) -> Result<Reply, Problem> {
    let mut out = Vec::new();
    call.desk.paragraph(call.named("citation"), call.day("on"), &mut out).map_err(|trouble| {
        let (what, help) = trouble.parts();
        Problem { help, ..Problem::new(Kind::Missing, what) }
    })?;
    Ok(Reply::json(out).tagged().behind(Behind::of(&call.desk)))
}
