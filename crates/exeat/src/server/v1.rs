//! The API, version 1: the table of operations, and how a request becomes a call of one.
//!
//! [`OPERATIONS`] is the table; each file below has the rows of one matter. [`openapi`] is the
//! document made from it.

mod application;
mod audit;
mod cases;
mod changes;
mod check;
mod classify;
mod decisions;
mod determinations;
mod events;
mod files;
mod keys;
mod lists;
pub(crate) mod openapi;
mod people;
mod rules;
mod screen;
mod webhooks;
mod what_if;

use super::caller::caller;
use super::envelope::{AskedBy, id_of, missing, wrong_method};
use super::operation::{
    Behind, Body, Call, Effect, Flow, Hands, LINES, Lines, Method, Operation, Place, Reply, Writing,
};
use super::problem::{Kind, Problem};
use super::served::Served;
use super::stream;
use crate::desk::Desk;
use crate::desk::permission::{Actor, Whose};
use crate::input::{Format, without_mark};
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequestParts, Query, RawPathParams, Request};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, request::Parts};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, any, on};
use std::sync::Arc;

/// Every operation, by matter.
pub(crate) const OPERATIONS: &[&[Operation]] = &[
    check::OPERATIONS,
    what_if::OPERATIONS,
    application::OPERATIONS,
    classify::OPERATIONS,
    screen::OPERATIONS,
    rules::OPERATIONS,
    lists::OPERATIONS,
    determinations::OPERATIONS,
    cases::OPERATIONS,
    files::OPERATIONS,
    changes::OPERATIONS,
    decisions::OPERATIONS,
    events::OPERATIONS,
    audit::OPERATIONS,
    keys::OPERATIONS,
    webhooks::OPERATIONS,
    people::OPERATIONS,
    openapi::OPERATIONS,
];

/// The header of the rulebook's digest.
const RULEBOOK: HeaderName = HeaderName::from_static("exeat-rulebook");
/// The header of the digest of the lists.
const SNAPSHOT: HeaderName = HeaderName::from_static("exeat-lists");

/// Every operation, one after the other.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.iter().copied().flatten()
}

/// Everything under `/v1`.
pub(super) fn router(served: &Arc<Served>) -> Router {
    let mut router = Router::new();
    for operation in operations() {
        let filter = match operation.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Delete => MethodFilter::DELETE,
        };
        let served = Arc::clone(served);
        let answer = move |request: Request| dispatch(operation, Arc::clone(&served), request);
        router = router.route(operation.path, on(filter, answer));
    }
    // What is below `/v1` is for programs, which get a problem and no page.
    for nothing in ["/v1", "/v1/", "/v1/{*rest}"] {
        router = router.route(nothing, any(missing));
    }
    router.method_not_allowed_fallback(wrong_method)
}

/// Answers a request, or says why not.
async fn dispatch(
    operation: &'static Operation,
    served: Arc<Served>,
    request: Request,
) -> Response {
    let id = id_of(&request);
    let asked = if operation.permission.is_some() {
        caller(&served, request.headers()).await
    } else {
        Ok(Actor::key("anybody", "anybody", []))
    };
    let by = asked.as_ref().ok().map(|it| it.id.clone());
    let answered = match asked {
        Ok(actor) => answer(operation, &served, actor, request).await,
        Err(problem) => Err(problem),
    };
    let mut response = answered.unwrap_or_else(|problem| problem.response(&id));
    if let Some(by) = by {
        response.extensions_mut().insert(AskedBy(by));
    }
    response
}

async fn answer(
    operation: &'static Operation,
    served: &Arc<Served>,
    actor: Actor,
    request: Request,
) -> Result<Response, Problem> {
    if let Some(permission) = operation.permission {
        // Whether it reaches this very thing is asked where the thing is known.
        actor.may(permission, Whose::Own)?;
    }
    let (mut parts, body) = request.into_parts();
    let values = operation.values(said(&mut parts).await?)?;
    let form = form(operation, &parts.headers)?;
    let mut call = Call {
        desk: Arc::clone(&served.desk),
        token: if actor.is_person() { super::caller::sent(&parts.headers) } else { None },
        actor,
        values,
        body: Bytes::new(),
        format: form.unwrap_or(Format::Json),
        media: media(operation, &parts.headers)?,
        idempotency: header(&parts.headers, "idempotency-key")?,
        if_match: header(&parts.headers, "if-match")?,
    };
    if let (Some(Format::Jsonl), Some(lines)) = (form, operation.lines) {
        return streamed(served, call, lines, body).await;
    }
    let largest = match operation.body {
        Body::File(largest) => largest,
        Body::Nothing | Body::Document(_) | Body::Json(_) | Body::Array(..) | Body::Settings(_) => {
            served.limits.body
        }
    };
    call.body = whole(served, &parts.headers, body, largest).await?;
    if !matches!(operation.body, Body::File(_)) {
        call.body = call.body.slice_ref(without_mark(&call.body));
    }
    let run = operation.run;
    let mut reply = match operation.effect {
        Effect::Decides => served.deciding(move || run(&call)).await??,
        Effect::Hands(how) => handed(served, call, how).await?,
        Effect::Reads | Effect::Records => served.blocking(move || run(&call)).await??,
    };
    let flow = reply.flow.take();
    let mut response = response(reply, &parts.headers);
    if let Some(Flow(write)) = flow {
        *response.body_mut() = flowing(served, write).await?;
    }
    Ok(response)
}

/// Has a record made for which no thread waits, unless one must.
async fn handed(served: &Arc<Served>, call: Call, how: Hands) -> Result<Reply, Problem> {
    if !(how.waits)(&call) {
        return served.handing(call, how.make).await;
    }
    let look = move || Ok::<_, Problem>(((how.before)(&call)?, call));
    match served.blocking(look).await?? {
        (Some(reply), _) => Ok(reply),
        (None, call) => served.handing(call, how.make).await,
    }
}

/// What the path and the query say.
async fn said(parts: &mut Parts) -> Result<Vec<(Place, String, String)>, Problem> {
    let malformed = |what: &str| Problem::new(Kind::Request, format!("the {what} is malformed"));
    let path =
        RawPathParams::from_request_parts(parts, &()).await.map_err(|_| malformed("path"))?;
    let mut said: Vec<(Place, String, String)> =
        path.iter().map(|it| (Place::Path, it.0.to_owned(), it.1.to_owned())).collect();
    let Query(query) =
        Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(|_| malformed("query"))?;
    said.extend(query.into_iter().map(|(name, value)| (Place::Query, name, value)));
    Ok(said)
}

/// A header as a text.
fn header(headers: &HeaderMap, name: &str) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    match value.to_str() {
        Ok(text) if (1..=200).contains(&text.len()) => Ok(Some(text.to_owned())),
        Ok(_) | Err(_) => Err(Problem::at(
            Kind::Request,
            name,
            format!("the header `{name}` is no text of 1 to 200 characters"),
        )),
    }
}

/// Which form the body has; `None` where there is none.
fn form(operation: &Operation, headers: &HeaderMap) -> Result<Option<Format>, Problem> {
    let essence = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).map(|it| {
        let essence = it.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    });
    let format = match essence.as_deref() {
        Some("application/json") => Some(Format::Json),
        Some("application/yaml" | "application/x-yaml" | "text/yaml") => Some(Format::Yaml),
        Some("application/toml") => Some(Format::Toml),
        Some("application/jsonl" | "application/x-ndjson" | "application/x-jsonlines") => {
            Some(Format::Jsonl)
        }
        Some(_) | None => None,
    };
    let taken: &[&str] = match (operation.body, operation.lines.is_some()) {
        (Body::Nothing | Body::File(_), _) => return Ok(None),
        (Body::Settings(_), _) => &["json", "toml"],
        (Body::Document(_), true) => &["json", "yaml", "toml", "jsonl"],
        (Body::Document(_), false) => &["json", "yaml", "toml"],
        (Body::Json(_), true) => &["json", "jsonl"],
        (Body::Json(_) | Body::Array(..), _) => &["json"],
    };
    let is_taken = format.is_some_and(|it| {
        taken.contains(&match it {
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Yaml => "yaml",
            Format::Toml => "toml",
            Format::Csv => "csv",
        })
    });
    if is_taken {
        return Ok(format);
    }
    let types: Vec<String> = taken.iter().map(|it| format!("application/{it}")).collect();
    Err(Problem::new(Kind::Media, "the header `content-type` does not say a form that is taken")
        .help(format!("send one of {}", types.join(", "))))
}

/// What a file is said to be.
fn media(operation: &Operation, headers: &HeaderMap) -> Result<String, Problem> {
    let Body::File(_) = operation.body else { return Ok(String::new()) };
    let said = headers.get(CONTENT_TYPE).map(|it| it.to_str().unwrap_or_default().trim());
    let plain = |it: &str| {
        let fine = |it: char| it.is_ascii_alphanumeric() || "!#$&-^_.+/;= ".contains(it);
        it.contains('/') && it.len() <= 200 && it.chars().all(fine)
    };
    match said {
        Some(said) if plain(said) => Ok(said.to_owned()),
        Some(_) => Err(Problem::new(Kind::Media, "the header `content-type` is no media type")),
        None => Ok("application/octet-stream".to_owned()),
    }
}

/// The body, in the size and the time that bodies have.
pub(super) async fn whole(
    served: &Served,
    headers: &HeaderMap,
    body: axum::body::Body,
    largest: usize,
) -> Result<Bytes, Problem> {
    let too_large = || {
        Problem::new(Kind::TooLarge, format!("the body is larger than {largest} bytes"))
            .help("send less at a time; many transactions are streamed as JSON lines")
    };
    let told = headers.get("content-length").and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|it| it > largest) {
        return Err(too_large());
    }
    match tokio::time::timeout(served.limits.silence, to_bytes(body, largest)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            let mut cause: Option<&dyn std::error::Error> = Some(&error);
            while let Some(it) = cause {
                if it.is::<http_body_util::LengthLimitError>() {
                    return Err(too_large());
                }
                cause = it.source();
            }
            Err(Problem::new(Kind::Request, "the body was cut off"))
        }
        Err(_) => Err(Problem::new(Kind::Timeout, "the body did not come in time")),
    }
}

/// Answers a body of JSON lines while it comes.
async fn streamed(
    served: &Arc<Served>,
    call: Call,
    lines: Lines,
    body: axum::body::Body,
) -> Result<Response, Problem> {
    let silence = served.limits.silence;
    let behind = Behind::of(&call.desk);
    // The turn is over when the stream is: it goes along with the thread.
    let kept = Arc::clone(served);
    let runtime = tokio::runtime::Handle::current();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let incoming = stream::Incoming::new(body, silence);
    let (mut out, outcome) = stream::outgoing(silence);
    let guard = served.begin();
    tokio::task::spawn_blocking(move || {
        let _guard = guard;
        let turn = runtime.block_on(kept.stream());
        let _turn = match turn {
            Ok(turn) => {
                // Where nobody waits any more, the first write says so.
                drop(begun.send(Ok(())));
                turn
            }
            Err(problem) => {
                drop(begun.send(Err(problem)));
                return;
            }
        };
        if let Err(error) = lines(&call, Box::new(incoming), &mut out) {
            out.fail(error);
        }
    });
    match begins.await {
        Ok(Ok(())) => {}
        Ok(Err(problem)) => return Err(problem),
        Err(_) => return Err(super::served::defect()),
    }
    let mut response = Response::new(axum::body::Body::new(outcome));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(LINES));
    behind.tell(response.headers_mut());
    Ok(response)
}

/// A body that is written while it is sent.
async fn flowing(served: &Arc<Served>, write: Box<Writing>) -> Result<axum::body::Body, Problem> {
    let kept = Arc::clone(served);
    let runtime = tokio::runtime::Handle::current();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let (mut out, outcome) = stream::outgoing(served.limits.silence);
    let guard = served.begin();
    tokio::task::spawn_blocking(move || {
        let _guard = guard;
        let _turn = match runtime.block_on(kept.stream()) {
            Ok(turn) => {
                drop(begun.send(Ok(())));
                turn
            }
            Err(problem) => return drop(begun.send(Err(problem))),
        };
        if let Err(error) = write(&mut out) {
            out.fail(error);
        }
    });
    match begins.await {
        Ok(Ok(())) => Ok(axum::body::Body::new(outcome)),
        Ok(Err(problem)) => Err(problem),
        Err(_) => Err(super::served::defect()),
    }
}

impl Behind {
    /// What stands behind the answers of this moment.
    pub(crate) fn of(desk: &Desk) -> Self {
        Self {
            rulebook: Some(desk.engine().stamp().digest.to_owned()),
            lists: desk.searcher().digest().map(str::to_owned),
        }
    }

    fn tell(&self, headers: &mut HeaderMap) {
        for (name, value) in [(RULEBOOK, &self.rulebook), (SNAPSHOT, &self.lists)] {
            if let Some(value) = value.as_deref().and_then(|it| HeaderValue::from_str(it).ok()) {
                headers.insert(name, value);
            }
        }
    }
}

fn response(reply: Reply, asked: &HeaderMap) -> Response {
    let etag = reply.etag.map(|it| format!("\"{it}\""));
    let known = asked.get(IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let is_known = |etag: &String| {
        known.is_some_and(|it| it == "*" || it.split(',').any(|it| it.trim() == etag))
    };
    let mut response = if etag.as_ref().is_some_and(is_known) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(axum::body::Body::from(reply.body));
        *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
        if reply.status != 204 {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(reply.media));
        }
        response
    };
    let headers = response.headers_mut();
    if let Some(etag) = etag.and_then(|it| HeaderValue::from_str(&it).ok()) {
        headers.insert(ETAG, etag);
        headers.insert("cache-control", HeaderValue::from_static("private, no-cache"));
    }
    reply.behind.tell(headers);
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}
