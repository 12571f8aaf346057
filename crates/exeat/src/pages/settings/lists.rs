//! Which law and lists answer here.

use super::{arrival, parts};
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::standing::Standing;
use crate::pages::visitor::Visitor;
use crate::pages::{fault, looked_at, upload};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

/// `GET /settings/lists`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| page(desk, visitor, None)).await
}

/// The page, with what of a form was wrong.
pub(super) fn page(
    desk: &Desk,
    visitor: &Visitor,
    sent: Option<(&Fault, &upload::Sent)>,
) -> Result<Response, Fault> {
    visitor.actor().may(Permission::ReadPeople, Whose::Anyone)?;
    let forms = if visitor.may(Permission::ManageLists) {
        arrival::forms(visitor, &desk.sources(&visitor.actor())?, sent)
    } else {
        html! { p.soft { "An admin brings in lists on this page." } }
    };
    let status = sent.map_or(StatusCode::OK, |it| fault::heading(it.0).0);
    let page = Page::new(desk, visitor, Place::Settings, "Law and lists");
    Ok(page.inside("Settings", "/settings").status(status).show(&html! {
        div.stack-wide {
            h1 { "Law and lists" }
            (parts(visitor, "/settings/lists"))
            @if let Some((it, _)) = sent { (fault::said(it)) }
            (answering(desk, visitor))
            (forms)
        }
    }))
}

/// Which law and lists answer here.
fn answering(desk: &Desk, visitor: &Visitor) -> Markup {
    let standing = Standing::of(desk);
    let engine = desk.engine();
    let digest: String = engine.stamp().digest.chars().take(16).collect();
    let searcher = desk.searcher();
    html! {
        section aria-labelledby="answers" {
            h2 id="answers" { "What answers here" }
            dl.facts {
                dt { "Law" } dd { (engine.stamp().name) " " code { (digest) } @if let Some(day) = standing.law { ", verified through " time datetime=(day) { (day) } } }
                dt { "Lists" } dd { (standing.lists) }
            }
            @if let Some(Ok(opened)) = searcher.in_use() {
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "List" } th scope="col" { "Of" } th.number scope="col" { "Entries" } th scope="col" { "Whole" } } }
                        tbody {
                            @for it in &opened.searched().lists {
                                tr {
                                    th scope="row" { (it.code) }
                                    td { @match it.date { Some(day) => time datetime=(day) { (day) }, None => "Unknown day" } }
                                    td.number { (it.entries) }
                                    td { @if it.whole { "Yes" } @else { "Chosen entries" } }
                                }
                            }
                        }
                    }
                }
            }
            @if visitor.may(Permission::Screen) {
                p.small { a href="/screen/lists" { "Their titles and ages" } " · " a href="/screen/changes" { "What changed" } }
            }
        }
    }
}
