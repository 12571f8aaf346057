//! What is held beyond its time, and what need not be kept any more.

use super::super::element::{alert, empty, turning};
use super::super::outcome::Light;
use super::super::page::Page;
use super::super::place::Place;
use super::super::visitor::Visitor;
use super::super::{case, fault, keeping, looked_at};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::Permission;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;
use store::case::CASE;
use store::record::DETERMINATION;
use store::retention::{self, Retention, why};
use store::view::ViewRow;
use store::{Event, Kind, StreamId};

/// How many of each are shown.
const SHOWN: usize = 50;

/// From where on, and what was just done.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    after: u64,
    erased: String,
}

/// `GET /record/kept`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wish): Query<Wish>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| page(desk, visitor, &wish, None)).await
}

/// The page; with why something was not erased, where that was asked.
pub(super) fn page(
    desk: &Desk,
    visitor: &Visitor,
    wish: &Wish,
    refused: Option<&Fault>,
) -> Result<Response, Fault> {
    let over = desk.rested(&visitor.actor(), clock::today(), SHOWN)?;
    let holds = visitor.may(Permission::ReadAudit).then(|| holds(desk, visitor, wish));
    let title = "Held and over";
    let page = Page::new(desk, visitor, Place::Record, title);
    let page = if visitor.may(Permission::ReadRecords) {
        page.inside("Record", "/record")
    } else {
        page.inside("Settings", "/settings")
    };
    let status = refused.map_or(StatusCode::OK, |it| fault::heading(it).0);
    Ok(page.status(status).show(&html! {
        div.stack {
            h1 { (title) }
            @if let Some(it) = refused { (fault::said(it)) }
            p.soft { "Every record is kept for five years from its last event (15 CFR 762.6), and longer while counsel holds it; a determination as long as a case that rests on it. Nothing is erased by itself." }
            @if let Some(it) = erased(desk, &wish.erased)? {
                (alert(Light::Go, "It was erased", &html! { p { code { (it) } " says nothing any more. That it was, and who erased it, stands in the chain." } }))
            }
            @if let Some(it) = holds { (it?) }
            h2 { "Need not be kept any more" }
            @if over.is_empty() {
                (empty("Nothing is over", &html! { p { "Cases and determinations stand here when five years have passed since anything happened in them and nobody holds them. An admin may then erase what they say, on their page." } }))
            } @else {
                (rested(visitor, &over))
            }
        }
    }))
}

/// The record that an address says was erased, where that is so.
fn erased(desk: &Desk, named: &str) -> Result<Option<StreamId>, Fault> {
    let Some((kind, id)) = named.split_once('/') else { return Ok(None) };
    let Ok(kind) = kind.parse::<Kind>() else { return Ok(None) };
    let stream = StreamId::new(kind, id);
    let events = desk.records()?.store.stream(&stream, 0)?;
    Ok((retention::retention(&events) == Some(Retention::Erased)).then_some(stream))
}

/// What is held, page by page.
fn holds(desk: &Desk, visitor: &Visitor, wish: &Wish) -> Result<Markup, Fault> {
    let mut held = desk.all_held(&visitor.actor(), wish.after, SHOWN + 1)?;
    let is_more = held.len() > SHOWN;
    held.truncate(SHOWN);
    let next = held.last().filter(|_| is_more).map(|it| format!("/record/kept?after={}", it.seq));
    let store = &desk.records()?.store;
    let rows = held.into_iter().map(|it| Ok((store.view(&it.stream)?, it)));
    let rows: Vec<(Option<ViewRow>, Event)> = rows.collect::<Result<_, Fault>>()?;
    Ok(html! {
        h2 { "Legal holds" }
        @if rows.is_empty() {
            (empty("Nothing is held", &html! { p { "Where an agency has asked for records, or a dispute is near, counsel puts a legal hold on a determination or a case, on its page. Until it is lifted nobody erases it." } }))
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Legal holds" {
                table.stacked {
                    thead { tr { th scope="col" { "Record" } th scope="col" { "Held since" } th scope="col" { "By" } th scope="col" { "Why" } } }
                    tbody {
                        @for (row, it) in &rows {
                            tr {
                                th scope="row" { (name(visitor, &it.stream, row.as_ref())) }
                                td data-label="Held since" { time datetime=(it.at) { (it.at.strftime("%Y-%m-%d %H:%M UTC")) } }
                                td data-label="By" { (case::who(desk, &it.actor)) }
                                td data-label="Why" { @if let Some(why) = why(it) { (why) } }
                            }
                        }
                    }
                }
            }
        }
        @if next.is_some() || wish.after > 0 {
            (turning((wish.after > 0).then_some("/record/kept"), next.as_deref(), ""))
        }
    })
}

fn rested(visitor: &Visitor, over: &[ViewRow]) -> Markup {
    let erases = visitor.may(Permission::Dispose);
    html! {
        div.scroll tabindex="0" role="region" aria-label="Need not be kept any more" {
            table.stacked {
                thead { tr { th scope="col" { "Record" } th scope="col" { "Last event" } th scope="col" { "Free since" } @if erases { th scope="col" { "Erase" } } } }
                tbody {
                    @for it in over {
                        tr {
                            th scope="row" { (name(visitor, &it.stream, Some(it))) }
                            td data-label="Last event" { time datetime=(it.at) { (it.at.strftime("%Y-%m-%d %H:%M UTC")) } }
                            td data-label="Free since" { @let since = retention::until(it.at); time datetime=(since) { (since) } }
                            @if erases { td data-label="Erase" { (keeping::erasing(visitor, &it.stream)) } }
                        }
                    }
                }
            }
        }
    }
}

/// A record by its title, with the link to its page, for those who may read it.
fn name(visitor: &Visitor, stream: &StreamId, row: Option<&ViewRow>) -> Markup {
    let (may, page) = match &stream.kind {
        it if *it == CASE => (Permission::ReadCase, format!("/cases/{}#kept", stream.id)),
        _ => (Permission::ReadRecords, format!("/record/{}#kept", stream.id)),
    };
    let row = row.filter(|_| visitor.may(may));
    let is_page = stream.kind == CASE || stream.kind == DETERMINATION;
    html! {
        @match row {
            Some(row) if is_page => { a href=(page) { (row.view.title) } " " },
            Some(row) => { (row.view.title) " " },
            None => {},
        }
        span.soft.small { code { (stream) } }
    }
}
