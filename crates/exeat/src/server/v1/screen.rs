//! Who a name may be.

use crate::api::fields::{self, Object, Type, field};
use crate::api::shape::Shape;
use crate::api::{hits, matches};
use crate::cli::screen::How;
use crate::desk::permission::Permission;
use crate::json::{Layout, Writer};
use crate::lines::{self, Tally, Verdict};
use crate::rows::Reading;
use crate::screened::{Asked, Found, parse_born, parse_id, parse_kind};
use crate::search::Opened;
use crate::server::operation::{
    Answer, Behind, Body, Call, Effect, Method, Of, Operation, Reply, in_query,
};
use crate::server::problem::{Kind, Problem};
use crate::trouble::Trouble;
use decision::matches::unsearchable;
use screening::Workspace;
use serde::Deserialize;
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::sync::Arc;

/// The question about a name.
pub(crate) const PARTY: &[Object] = &[Object {
    name: "party",
    about: "Who is asked for.",
    fields: &[
        field("name", Type::Text, "The name."),
        field("aliases", Type::Optional(&Type::Texts), "Other names it goes by."),
        field(
            "type",
            Type::Optional(&Type::OneOf(&[
                "person",
                "organization",
                "vessel",
                "aircraft",
                "unknown",
            ])),
            "What it is.",
        ),
        field("countries", Type::Optional(&Type::Texts), "Countries it is connected with."),
        field("address", Type::Perhaps, "Its address."),
        field("born", Type::Perhaps, "When it was born or built: 1962, 1962-07 or 1962-07-31."),
        field("ids", Type::Optional(&Type::Texts), "Numbers: `7721234567`, `Passport:A123456`."),
    ],
}];

const ASKED: Shape = Shape::of("Party", &[PARTY]);
const SCREENING: Shape = Shape::of("Screening", &[hits::SCREENING, fields::OBJECTS]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "screen",
    method: Method::Post,
    path: "/v1/screen",
    summary: "Search restricted-party lists for a name",
    about: "What is found is explained by the words that were compared. A body of JSON lines is \
            answered line by line while it comes; its keys are those of `exeat screen FILE`.",
    permission: Some(Permission::Screen),
    parameters: &[
        in_query("threshold", Of::Count(0, 1000), "Report from this score on, in thousandths."),
        in_query("limit", Of::Count(1, 100), "At most so many hits; 20 if not said."),
    ],
    body: Body::Json(ASKED),
    answer: Answer::Json(SCREENING),
    effect: Effect::Reads,
    run: screen,
    lines: Some(screen_lines),
}];

/// The question as it is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    born: Option<String>,
    #[serde(default)]
    ids: Vec<String>,
}

impl Party {
    fn asked(self) -> Result<Asked, Problem> {
        let wrong = |path: &str, what: String| Problem::at(Kind::Input, path, what);
        if self.name.trim().is_empty() {
            return Err(wrong("name", "a name is needed".to_owned()));
        }
        let mut asked = Asked::by_name(self.name.trim());
        let query = &mut asked.query;
        query.aliases = self.aliases;
        if let Some(kind) = self.kind {
            query.kind = parse_kind(&kind).map_err(|it| wrong("type", it))?;
        }
        for (place, code) in self.countries.iter().enumerate() {
            let code = code.parse().map_err(|_| {
                wrong(&format!("countries[{place}]"), "it is no two-letter country code".to_owned())
            })?;
            query.countries.push(code);
        }
        if let Some(address) = &self.address {
            asked.at(address);
        }
        if let Some(born) = self.born {
            asked.born(parse_born(&born).map_err(|it| wrong("born", it))?);
        }
        for (place, id) in self.ids.iter().enumerate() {
            let id = parse_id(id).map_err(|it| wrong(&format!("ids[{place}]"), it))?;
            asked.query.ids.push(id);
        }
        asked.problems.extend(unsearchable(&asked.query));
        Ok(asked)
    }
}

fn how(call: &Call) -> How {
    let threshold = call.count("threshold").and_then(|it| u16::try_from(it).ok());
    How { threshold, limit: call.size("limit", 20), exhaustive: false }
}

/// Why the lists cannot be searched, for a caller.
pub(super) fn unreadable(_: Trouble) -> Problem {
    Problem::new(Kind::Unavailable, "the lists cannot be searched")
        .help("the operator finds the cause with exeat doctor")
}

fn screen(call: &Call) -> Result<Reply, Problem> {
    let mut asked = call.object::<Party>()?.asked()?;
    let found = call
        .desk
        .working(|| call.desk.screen(&asked, &how(call), &mut Workspace::default()))
        .map_err(unreadable)?;
    let lists = call.desk.lists().map_err(unreadable)?;
    let opened = lists.opened().ok();
    asked.problems.extend(opened.and_then(Opened::wanting));
    let searched = opened.map(Opened::searched);
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Pretty).object(|json| {
        fields(json, None, &asked, &found);
        matches::searched(json, searched);
    });
    out.push(b'\n');
    Ok(Reply::json(out).behind(Behind::of(&call.desk)))
}

fn fields(json: &mut Writer<'_>, row: Option<u64>, asked: &Asked, found: &[Found]) {
    hits::row(json, row, &asked.query.name, found);
    if !asked.problems.is_empty() {
        json.texts_of("problems", &asked.problems);
    }
}

thread_local! {
    /// Memory of this thread that searches use one after the other.
    static SCRATCH: RefCell<Workspace> = RefCell::default();
}

fn screen_lines(call: &Call, input: Box<dyn Read + Send>, out: &mut dyn Write) -> io::Result<()> {
    let desk = Arc::clone(&call.desk);
    let how = how(call);
    let reading = Reading::of_lines();
    let answer: Arc<lines::Answer<()>> = Arc::new(move |_, number, line, out| {
        let found = line.map_err(|it| it.message).and_then(|line| {
            let mut asked = reading.asked_line(line)?;
            let found = SCRATCH.with_borrow_mut(|scratch| {
                desk.working(|| desk.screen(&asked, &how, scratch)).map_err(Trouble::what)
            })?;
            asked.problems.extend(desk.searcher().opened().ok().and_then(Opened::wanting));
            Ok((asked, found))
        });
        let verdict = if found.is_ok() { Verdict::Answered(()) } else { Verdict::Failed };
        Writer::new(out, Layout::Line).object(|json| match &found {
            Ok((asked, found)) => fields(json, Some(number), asked, found),
            Err(message) => hits::bad_row(json, number, message),
        });
        out.push(b'\n');
        verdict
    });
    lines::answer(input, &answer, out, &mut Tally::default())
}
