//! Which law and lists answer here.

use super::parts;
use crate::desk::Desk;
use crate::desk::permission::{Permission, Whose};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::standing::Standing;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, fault};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

/// `GET /settings/lists`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || {
        if let Err(it) = visitor.actor().may(Permission::ReadPeople, Whose::Anyone) {
            return fault::page(&desk, &visitor, &it.into());
        }
        let page = Page::new(&desk, &visitor, Place::Settings, "Law and lists");
        page.inside("Settings", "/settings").show(&html! {
            div.stack-wide {
                h1 { "Law and lists" }
                (parts(&visitor, "/settings/lists"))
                (answering(&desk))
            }
        })
    })
    .await
}

/// Which law and lists answer here.
fn answering(desk: &Desk) -> Markup {
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
            p.soft.small { "Lists are brought in with " code { "exeat lists update" } " or " code { "exeat lists import" } "; the server takes them up by itself. " a href="/screen/lists" { "Their titles and ages" } " · " a href="/screen/changes" { "What changed" } }
        }
    }
}
