//! Where one begins.

use super::aside;
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::desk::Desk;
use crate::desk::cases::Cases;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use std::sync::Arc;
use store::case::Stage;

/// How many cases of one's own are named.
const MINE: usize = 8;

/// `/`, and what stands in the place of a page that is not there.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/", get(home)).fallback(missing)
}

async fn home(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || page(&desk, &visitor)).await
}

/// What waits for this reader.
fn waiting(desk: &Desk, visitor: &Visitor) -> Markup {
    let actor = visitor.actor();
    let mine = desk.cases().and_then(|it| it.queue(&actor, &Cases::mine(&actor)));
    let mine = mine.map(|it| it.rows).unwrap_or_default();
    let open: Vec<_> = mine.iter().filter(|it| it.view.state != Stage::Closed.as_str()).collect();
    html! {
        @if visitor.who.is_some() {
            section {
                h2 { "Your turn" }
                @if open.is_empty() { p.soft { "Nothing waits for you. " a href="/queue" { "The whole queue" } } }
                @else {
                    ul {
                        @for row in open.iter().take(MINE) {
                            li {
                                a href=(format!("/cases/{}", row.stream.id)) { (row.view.title) }
                                " " span.tag { (super::case::stage_name(&row.view.state)) }
                                @if let Some(due) = row.view.due { " due " time datetime=(due) { (due) } }
                            }
                        }
                    }
                    p { a href="/queue?turn=me" { "All of yours" } }
                }
            }
        }
    }
}

/// The ways to begin, for whom they are open.
fn beginning(visitor: &Visitor) -> Markup {
    let ways = [
        (
            Place::Check,
            "/check/example/vietnam-bank",
            "A sale to a bank in Vietnam",
            "An example to look around in: the answer, its reasons down to the paragraph, what would change it.",
        ),
        (
            Place::Check,
            "/check/paste",
            "A file of transactions",
            "JSON, YAML, TOML, CSV or JSON lines: one or many.",
        ),
        (
            Place::Screen,
            "/screen",
            "A name, or a file of customers",
            "Who of them may be on a restricted-party list, and why.",
        ),
        (
            Place::Classify,
            "/classify",
            "A product",
            "Which entry of the control list describes it.",
        ),
        (Place::Atlas, "/atlas", "The world", "Where an item may go, by the law of any day."),
        (
            Place::Law,
            "/law",
            "The law",
            "Paragraph by paragraph, in plain words, with its versions.",
        ),
    ];
    html! {
        section aria-labelledby="begin" {
            h2 id="begin" { "Or begin with" }
            ul.ways {
                @for (place, address, name, about) in ways {
                    @if place.is_for(visitor) {
                        li { a href=(address) { (name) } p.soft.small { (about) } }
                    }
                }
            }
        }
    }
}

fn page(desk: &Desk, visitor: &Visitor) -> Response {
    Page::new(desk, visitor, Place::Home, "Desk").show(&html! {
        div.stack {
            h1 { "May this leave, to these people, on this day?" }
            p.lead {
                "Describe what leaves, where to and for whom. You are asked only what can still \
                 change the answer, and every answer shows the paragraph that decides."
            }
            p { a.button.main href="/check" data-key="n" { "New check" } }
            (waiting(desk, visitor))
            (beginning(visitor))
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
