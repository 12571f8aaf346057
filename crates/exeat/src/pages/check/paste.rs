//! The way for those who have a file: one transaction in any format, or many as CSV or JSON lines.

use super::draft::{Draft, address};
use super::{gone, table};
use crate::api::failure::{Failure, Problem};
use crate::desk::Desk;
use crate::examples;
use crate::input::{Document, Format};
use crate::interview::form::{FieldPath, Form as Filled};
use crate::pages::asking::Asking;
use crate::pages::element::{alert, quoting};
use crate::pages::field::Field;
use crate::pages::outcome::{Light, badge};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, glossary};
use crate::report::about;
use crate::transactions;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::{Value, json};
use std::sync::Arc;

/// How many transactions are answered on one page.
const MOST: usize = 500;

/// What was pasted.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Pasted {
    #[serde(default)]
    text: String,
}

/// `GET /check/paste`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || page(&desk, &visitor, "", &[])).await
}

/// `POST /check/paste`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pasted): Form<Pasted>,
) -> Response {
    aside(move || {
        let text = pasted.text.replace("\r\n", "\n");
        let text = text.trim_start_matches('\u{feff}');
        let kept = match Kind::of(text) {
            Kind::One(format) => one(text, format).map(|it| address(&it.keep(&desk))),
            Kind::Lines => many(lines(text), &desk),
            Kind::Csv => table::rows(text).and_then(|it| many(it, &desk)),
        };
        match kept {
            Ok(address) => Redirect::to(&address).into_response(),
            Err(problems) => page(&desk, &visitor, &pasted.text, &problems),
        }
    })
    .await
}

/// `GET /check/example/NAME`.
pub(super) async fn example(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        let Ok(example) = examples::find(&name) else { return gone(&desk, &visitor) };
        match one(example.text, Format::Yaml) {
            Ok(draft) => Redirect::to(&address(&draft.keep(&desk))).into_response(),
            Err(problems) => page(&desk, &visitor, example.text, &problems),
        }
    })
    .await
}

/// What a text is.
enum Kind {
    /// One transaction.
    One(Format),
    /// One JSON object a line.
    Lines,
    /// A header with the paths of fields, and one transaction a row.
    Csv,
}

impl Kind {
    fn of(text: &str) -> Self {
        let first = text.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
        let columns: Vec<&str> = first.split([',', ';', '\t']).map(str::trim).collect();
        let path = |it: &str| super::question::wanted(it.trim_matches('"')).is_some();
        if columns.len() > 1 && columns.iter().copied().all(path) {
            return Self::Csv;
        }
        match Format::of(text.as_bytes()) {
            Format::Jsonl => Self::Lines,
            Format::Csv => Self::Csv,
            one @ (Format::Json | Format::Yaml | Format::Toml) => Self::One(one),
        }
    }
}

/// One transaction as a draft.
fn one(text: &str, format: Format) -> Result<Draft, Vec<Problem>> {
    let name = "the text".to_owned();
    let document = Document { name, format, bytes: text.as_bytes().to_vec() };
    let problems = |it: Failure| it.problems;
    transactions::read(&document).map_err(problems)?;
    let tree = transactions::tree(&document).map_err(problems)?;
    let no_object = || vec![Problem::new("this is no transaction: it has no fields")];
    Filled::with(tree).map(Draft::of).ok_or_else(no_object)
}

fn lines(text: &str) -> Vec<table::Row> {
    let numbered = (1..).zip(text.lines()).filter(|it| !it.1.trim().is_empty());
    numbered.map(|(number, line)| (number, one(line, Format::Json))).collect()
}

/// Keeps the drafts of many transactions, and returns where they are shown.
fn many(lines: Vec<table::Row>, desk: &Desk) -> Result<String, Vec<Problem>> {
    if lines.len() > MOST {
        let problem = Problem::new(format!("there are {} transactions", lines.len()));
        let help = format!(
            "up to {MOST} are answered on one page; `exeat check FILE --format jsonl` takes any number"
        );
        return Err(vec![problem.help(help)]);
    }
    let kept: Vec<Value> = lines
        .into_iter()
        .map(|(number, line)| match line {
            Ok(draft) => json!({ "line": number, "draft": draft.keep(desk) }),
            Err(problems) => {
                let said: Vec<String> = problems.iter().map(Problem::to_string).collect();
                json!({ "line": number, "problems": said })
            }
        })
        .collect();
    let name = desk.drafts().keep(&json!({ "many": kept }).to_string());
    Ok(format!("/check/many/{name}"))
}

/// `GET /check/many/NAME`.
pub(super) async fn answers(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        let text = desk.drafts().get(&name);
        let kept: Option<Value> = text.and_then(|it| serde_json::from_str(&it).ok());
        let lines = kept.as_ref().and_then(|it| it.get("many")).and_then(Value::as_array);
        let Some(lines) = lines else { return gone(&desk, &visitor) };
        let page = Page::new(&desk, &visitor, Place::Check, "Many transactions");
        page.inside("New check", "/check").show(&html! {
            div.stack {
                h1 { (lines.len()) " transactions" }
                div.scroll tabindex="0" role="region" aria-label="Answers" {
                    table {
                        thead {
                            tr {
                                th.number scope="col" { "Line" }
                                th scope="col" { "Transaction" }
                                th scope="col" { "Answer" }
                            }
                        }
                        tbody { @for line in lines { (answer(Asking::of(&desk, &visitor), line)) } }
                    }
                }
            }
        })
    })
    .await
}

fn answer(asking: Asking<'_>, line: &Value) -> Markup {
    let draft = line.get("draft").and_then(Value::as_str);
    let known = draft.and_then(|name| Some((name, Draft::kept(asking.desk, name)?)));
    let problems = line.get("problems").and_then(Value::as_array).into_iter().flatten();
    html! {
        tr {
            td.number { (line.get("line").and_then(Value::as_u64).unwrap_or_default()) }
            @match &known {
                Some((name, draft)) => {
                    td { a href=(format!("{}/answer", address(name))) { (title(draft)) } }
                    td {
                        @match super::decided(asking, draft, |it| badge(it.outcome, it.exception)) {
                            Ok(badge) => (badge),
                            Err(failure) => (failure.problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; ")),
                        }
                    }
                }
                None => {
                    td.wrong-text colspan="2" {
                        @for problem in problems.filter_map(Value::as_str) { div { (quoting(problem)) } }
                    }
                }
            }
        }
    }
}

/// The reference of a draft, and what it is about.
fn title(draft: &Draft) -> String {
    let id = FieldPath::parse("id").and_then(|it| draft.form.at(&it).cloned());
    let id = id.as_ref().and_then(Value::as_str).map(|it| format!("{it}: ")).unwrap_or_default();
    let about = draft.transaction().map(|it| about::line(&it)).unwrap_or_default();
    format!("{id}{about}")
}

fn page(desk: &Desk, visitor: &Visitor, text: &str, problems: &[Problem]) -> Response {
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let error =
        (!problems.is_empty()).then_some("Correct what is listed above, and send it again.");
    let field = Field::new("text", "Transaction")
        .hint(
            "JSON, YAML or TOML for one; JSON lines or CSV for many, with the names of fields in \
             the first row, such as date, destination, items[0].eccn. In CSV, a blank cell is \
             unknown, none says that there is none, and several have commas between.",
        )
        .value(text)
        .error(error)
        .required();
    let area = html! {
        textarea.code.wide id=(field.id()) name="text" rows="18" required spellcheck="false"
            data-drop="file" aria-describedby=[field.described()]
            aria-invalid=[error.map(|_| "true")] { "\n" (text) }
    };
    let page = Page::new(desk, visitor, Place::Check, "From a file");
    page.inside("New check", "/check").status(status).show(&html! {
        div.stack {
            h1 { "Check from a file" }
            (trouble(text, problems))
            form.stack method="post" action="/check/paste" {
                (field.labeled(&area))
                p hidden {
                    label for="file" { "Or choose a file (it can also be dropped on the text): " }
                    input type="file" id="file" accept=".json,.jsonl,.ndjson,.yaml,.yml,.toml,.csv,.txt";
                }
                div.row { button.main type="submit" { "Check it" } }
            }
        }
    })
}

/// Every problem with its line, and the line itself.
fn trouble(text: &str, problems: &[Problem]) -> Markup {
    let line_of = |it: &Problem| {
        let place = usize::try_from(it.line?.checked_sub(1)?).ok()?;
        text.lines().nth(place)
    };
    if problems.is_empty() {
        return html! {};
    }
    alert(
        Light::Stop,
        "This cannot be read",
        &html! {
            ul {
                @for problem in problems {
                    li {
                        @if let Some(line) = problem.line { strong { "Line " (line) ". " } }
                        @if let Some(path) = problem.path.as_ref().filter(|it| !it.is_empty()) {
                            (glossary::field(path)) " (" code { (path) } "): "
                        }
                        (quoting(&problem.message))
                        @if let Some(help) = &problem.help { ". " (quoting(&crate::report::words::sentence(help))) }
                        @if let Some(line) = line_of(problem) { pre { (line) } }
                    }
                }
            }
        },
    )
}
