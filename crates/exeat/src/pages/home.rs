//! Where one begins.

use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::desk::Desk;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use std::sync::Arc;

/// `/`, and what stands in the place of a page that is not there.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/", get(home)).fallback(missing)
}

async fn home(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    Page::new(&desk, &visitor, Place::Home, "Desk").show(&html! {
        div.stack {
            h1 { "May this leave, to these people, on this day?" }
            p.lead {
                "Describe what leaves, where to and for whom. You are asked only what can still \
                 change the answer, and every answer shows the paragraph that decides."
            }
            p { a.button.main href="/check" data-key="n" { "New check" } }
        }
    })
}

async fn missing(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    let page = Page::new(&desk, &visitor, Place::Home, "Not found").status(StatusCode::NOT_FOUND);
    page.show(&html! {
        div.stack {
            h1 { "There is no such page" }
            p { "The address " code { (visitor.address) } " leads nowhere." }
            p { a href="/" { "Go to the desk" } }
        }
    })
}
