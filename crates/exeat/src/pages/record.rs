//! The record: what was determined, the chain that holds it together, and the same answer again.

mod export;
mod kept;

use super::answer::{Answer, Told, sections};
use super::element::{alert, empty, turning};
use super::outcome::{Light, badge, named};
use super::page::Page;
use super::place::Place;
use super::session::escaped;
use super::visitor::{Sent, Visitor};
use super::{asked_for, case, entry, fault, keeping, looked_at};
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::input::{Document, Format};
use crate::interview::form::Form as Filled;
use crate::records::replay;
use crate::transactions;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;
use store::record::{DETERMINATION, Record};
use store::retention::{Retention, retention};
use store::{Order, Store, StreamId, ViewQuery};

/// How many events are shown of the end of the chain.
const SHOWN: u64 = 20;

/// What a second answer says otherwise than the record, line by line, or why there is none.
type Replayed = Result<Vec<(String, String)>, String>;

/// What was just asked of a determination, besides to see it.
#[derive(Debug, Default)]
struct Came<'a> {
    /// The second answer.
    replayed: Option<Replayed>,
    /// What was not done.
    refused: Option<&'a Fault>,
}

/// `/record`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/record", get(show))
        .route("/record/verify", post(verify))
        .route("/record/export", post(export::begin))
        .route("/record/export/{name}", get(export::show))
        .route("/record/export/{name}/records.tar.gz", get(export::take))
        .route("/record/kept", get(kept::show))
        .route("/record/{id}", get(one))
        .route("/record/{id}/replay", post(again))
}

/// What is looked for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    after: String,
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wish): Query<Wish>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| page(desk, visitor, &wish)).await
}

fn page(desk: &Desk, visitor: &Visitor, wish: &Wish) -> Result<Response, Fault> {
    visitor.actor().may(Permission::ReadRecords, Whose::Anyone)?;
    let store = &*desk.records()?.store;
    let after = match wish.after.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|it: store::query::ParseCursorError| {
            Fault::invalid("after", it.to_string())
        })?),
    };
    let query = ViewQuery {
        text: wish.q.clone(),
        order: Order::Newest,
        after,
        ..ViewQuery::of(DETERMINATION)
    };
    let found = store.views(&query)?;
    let next = found.next.as_ref();
    let next = next.map(|it| format!("/record?q={}&after={it}", escaped(&wish.q)));
    let first = (!wish.after.is_empty()).then(|| format!("/record?q={}", escaped(&wish.q)));
    Ok(Page::new(desk, visitor, Place::Record, "Record").show(&html! {
        div.stack {
            h1 { "Record" }
            (chain(desk, visitor, store)?)
            @if visitor.may(Permission::ReadAudit) { p.screen-only { a href="/record/kept" { "What is held, and what need not be kept any more" } } }
            h2 { "Determinations" }
            form.filter method="get" action="/record" role="search" {
                div {
                    label for="record-q" { "Words" }
                    input type="search" id="record-q" name="q" value=(wish.q) data-key="s" data-command="Search the record";
                }
                button type="submit" { "Search" }
            }
            @if found.rows.is_empty() {
                (empty("No determination", &html! { p { "A determination is recorded when a case is opened, when a program asks for one over the API, or by " code { "exeat check --record" } "." } }))
            } @else {
                div.scroll {
                    table.stacked {
                        thead { tr { th scope="col" { "Determination" } th scope="col" { "Answer" } th scope="col" { "Made" } th scope="col" { "Name" } } }
                        tbody {
                            @for row in &found.rows {
                                tr {
                                    th scope="row" { a href=(format!("/record/{}", row.stream.id)) { (row.view.title) } }
                                    td { @if let Some(it) = row.view.outcome.as_deref().and_then(named) { (badge(it, None)) } }
                                    td { time datetime=(row.at) { (row.at.strftime("%Y-%m-%d %H:%M UTC")) } }
                                    td { code { (row.stream.id) } }
                                }
                            }
                        }
                    }
                }
            }
            @if next.is_some() || first.is_some() { (turning(first.as_deref(), next.as_deref(), "")) }
        }
    }))
}

/// Where the chain ends, and the button that verifies it.
fn chain(desk: &Desk, visitor: &Visitor, store: &dyn Store) -> Result<Markup, Fault> {
    let head = store.head()?;
    let audits = visitor.may(Permission::ReadAudit);
    let events =
        if audits { store.events(head.seq.saturating_sub(SHOWN), 20)? } else { Vec::new() };
    Ok(html! {
        section.panel {
            h2 { "The chain" }
            p {
                (head.seq) " events, each with the digest of the one before. It ends in "
                code { (head.hash.to_string().chars().take(16).collect::<String>()) } "."
            }
            @if audits {
                div.row.screen-only {
                    form method="post" action="/record/verify" {
                        (entry::carried(visitor))
                        button type="submit" data-key="v" { "Verify all of it" }
                    }
                    form method="post" action="/record/export" {
                        (entry::carried(visitor))
                        button type="submit" { "Write it out for an auditor" }
                    }
                }
                details {
                    summary { "The last " (events.len()) " events" }
                    ol.history {
                        @for it in events.iter().rev() {
                            li.small {
                                code { (it.seq) } " "
                                time datetime=(it.at) { (it.at.strftime("%Y-%m-%d %H:%M UTC")) }
                                " · " (case::who(desk, &it.actor)) " · "
                                (it.kind) " · " (it.stream)
                            }
                        }
                    }
                }
            }
        }
    })
}

async fn verify(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, |desk, visitor| verified(desk, visitor)).await
}

fn verified(desk: &Desk, visitor: &Visitor) -> Result<Response, Fault> {
    visitor.actor().may(Permission::ReadAudit, Whose::Anyone)?;
    let store = &*desk.records()?.store;
    let found = store::audit::audit(store, None, &mut |_, _| {})?;
    let (light, title) = if found.is_clean() {
        (Light::Go, "Everything is what was written")
    } else {
        (Light::Stop, "Something is not what was written")
    };
    let page = Page::new(desk, visitor, Place::Record, "Verified").inside("Record", "/record");
    Ok(page.show(&html! {
        div.stack.reading {
            h1 { (title) }
            (alert(light, "", &html! {
                p {
                    (found.events) " events, " (found.views) " views and " (found.blobs)
                    " contents were read."
                }
                @if !found.faults.is_empty() {
                    ul { @for it in &found.faults { li { (it) } } }
                    @if found.more_faults > 0 { p { "and " (found.more_faults) " more" } }
                }
            }))
            @if let Some(head) = &found.head {
                p { "The chain ends at event " (head.seq) " in" }
                pre { (head.hash) }
                p.soft.small { "Keep this outside the server: whoever rewrites the whole chain cannot rewrite what you keep." }
            }
            @if found.erased > 0 { p { (found.erased) " bodies were erased when their time was over; their digests stand." } }
            p { a href="/record" { "Back to the record" } }
        }
    }))
}

async fn one(State(desk): State<Arc<Desk>>, visitor: Visitor, Path(id): Path<String>) -> Response {
    looked_at(desk, visitor, move |desk, visitor| recorded(desk, visitor, &id, &Came::default()))
        .await
}

async fn again(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, move |desk, visitor| {
        visitor.actor().may(Permission::ReadRecords, Whose::Anyone)?;
        recorded(desk, visitor, &id, &Came { replayed: Some(replayed(desk, &id)), refused: None })
    })
    .await
}

/// Whether the same answer comes out again; where not, what differs, line by line.
fn replayed(desk: &Desk, id: &str) -> Replayed {
    let store = &*desk.records().map_err(|it| it.to_string())?.store;
    let record = replay::record(store, id).map_err(crate::trouble::Trouble::what)?;
    let now = replay::answer(store, &record).map_err(crate::trouble::Trouble::what)?;
    if now == record.answer {
        return Ok(Vec::new());
    }
    let pretty = |it: &str| {
        let value: serde_json::Value = serde_json::from_str(it).unwrap_or_default();
        serde_json::to_string_pretty(&value).unwrap_or_default()
    };
    let (then, now) = (pretty(&record.answer), pretty(&now));
    let differing = then.lines().zip(now.lines()).filter(|(a, b)| a != b).take(40);
    Ok(differing.map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned())).collect())
}

/// The page of a recorded determination.
fn recorded(desk: &Desk, visitor: &Visitor, id: &str, came: &Came<'_>) -> Result<Response, Fault> {
    visitor.actor().may(Permission::ReadRecords, Whose::Anyone)?;
    visitor.actor().may(Permission::SeeMatches, Whose::Anyone)?;
    let store = &*desk.records()?.store;
    let stream = StreamId::new(DETERMINATION, id);
    let Ok(record) = replay::record(store, id) else { return gone(desk, visitor, &stream) };
    let answer = Answer::read(record.answer.as_bytes())
        .ok_or_else(|| Fault::Inside("the recorded answer cannot be read".to_owned()))?;
    let form = asked(&record);
    let told = Told { answer: &answer, form: &form, change: None, deciding: None };
    let status = came.refused.map_or(StatusCode::OK, |it| fault::heading(it).0);
    let page = Page::new(desk, visitor, Place::Record, "Determination").inside("Record", "/record");
    Ok(page.status(status).show(&html! {
        @if let Some(it) = came.refused { (fault::said(it)) }
        div.columns {
            div.stack-wide {
                div.stack {
                    (told.sentence(1))
                    (told.open())
                    (told.items())
                    (replay(visitor, id, came.replayed.as_ref()))
                }
                (sections(&told))
            }
            aside.stack {
                section.panel.told {
                    h2 { "What it rests on" }
                    (super::check::summary(&form, None))
                }
                (rests_on(id, &record))
                (keeping::panel(desk, visitor, &stream)?)
            }
        }
    }))
}

/// The page of a determination that something was not done with.
pub(super) fn refused(
    desk: &Desk,
    visitor: &Visitor,
    id: &str,
    fault: &Fault,
) -> Result<Response, Fault> {
    recorded(desk, visitor, id, &Came { replayed: None, refused: Some(fault) })
}

/// The page of what is over, with why something was not erased.
pub(super) fn not_erased(desk: &Desk, visitor: &Visitor, fault: &Fault) -> Result<Response, Fault> {
    kept::page(desk, visitor, &kept::Wish::default(), Some(fault))
}

/// What is said where there is no answer to show: it was erased, or never was.
fn gone(desk: &Desk, visitor: &Visitor, stream: &StreamId) -> Result<Response, Fault> {
    let events = desk.records()?.store.stream(stream, 0)?;
    if retention(&events) != Some(Retention::Erased) {
        return Err(Fault::NotFound { what: "such determination" });
    }
    let page = Page::new(desk, visitor, Place::Record, "Determination").inside("Record", "/record");
    Ok(page.status(StatusCode::GONE).show(&html! {
        div.stack.reading {
            h1 { "This determination was erased" }
            p { "Its time was over. That it was made, and who erased it when, stands in the chain; what it said does not." }
            (keeping::panel(desk, visitor, stream)?)
            p { a href="/record" { "Back to the record" } }
        }
    }))
}

/// The transaction as it was received, as a form.
pub(super) fn asked(record: &Record) -> Filled {
    let format = match record.format.as_str() {
        "yaml" => Format::Yaml,
        "toml" => Format::Toml,
        _ => Format::Json,
    };
    let bytes = record.input.clone().into_bytes();
    let document = Document { name: "the recorded input".to_owned(), format, bytes };
    let tree = transactions::tree(&document).ok();
    tree.and_then(Filled::with).unwrap_or_else(Filled::empty)
}

fn replay(visitor: &Visitor, id: &str, replayed: Option<&Replayed>) -> Markup {
    html! {
        @match replayed {
            None => {
                form.row.screen-only method="post" action=(format!("/record/{id}/replay")) {
                    (entry::carried(visitor))
                    button type="submit" { "Answer it again" }
                    a.button href=(format!("/check/like/record/{id}")) data-key="d" { "Check another like it" }
                    span.soft.small { "With the rulebook and the lists of that day, to see whether the same comes out." }
                }
            }
            Some(Ok(differing)) if differing.is_empty() => (alert(Light::Go, "The same answer again, byte for byte", &html! {})),
            Some(Ok(differing)) => (alert(Light::Stop, "Another answer came out", &html! {
                table {
                    thead { tr { th scope="col" { "Recorded" } th scope="col" { "Now" } } }
                    tbody { @for (then, now) in differing { tr { td { code { (then) } } td { code { (now) } } } } }
                }
            })),
            Some(Err(why)) => (alert(Light::Stop, "It could not be answered again", &html! { p { (why) } })),
        }
    }
}

/// The versions behind the answer.
fn rests_on(id: &str, record: &Record) -> Markup {
    let short = |it: String| it.chars().take(16).collect::<String>();
    html! {
        section.panel.small {
            h2 { "The record" }
            dl.facts {
                dt { "Name" } dd { code { (id) } }
                dt { "Law of" } dd { time datetime=(record.law_date) { (record.law_date) } }
                dt { "Rulebook" } dd { code { (short(record.rulebook.to_string())) } }
                @if let Some(lists) = &record.lists { dt { "Lists" } dd { code { (short(lists.snapshot.to_string())) } @if lists.built_in { " (the short list in the program)" } } }
                dt { "Engine" } dd { (record.engine) }
            }
        }
    }
}
