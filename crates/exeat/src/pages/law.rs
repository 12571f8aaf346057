//! The rulebook as one reads it. Every paragraph has an address: `/law/740.22(c)(2)?on=2026-09-24`.
//!
//! [`contents()`] is where one begins, [`section`] a section on a day, [`paragraph`] its rules with
//! their versions, [`cases`] what they were tried with, [`compare`] two days side by side.

mod cases;
mod compare;
mod condition;
mod contents;
mod paragraph;
mod section;
mod words;

use super::aside;
use super::element::alert;
use super::escaped;
use super::outcome::Light;
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::clock;
use crate::desk::{Desk, law as service};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::civil::Date;
use law::found::Found;
use law::rulebook::Rulebook;
use maud::{Markup, html};
use std::sync::Arc;

/// Everything under `/law`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/law", get(contents))
        .route("/law/limits", get(limits))
        .route("/law/compare", get(compare::show))
        .route("/law/case/{number}", get(cases::take))
        .route("/law/cases/{*citation}", get(cases::show))
        .route("/law/cases-part/{*citation}", get(cases::part))
        .route("/law/{*citation}", get(read))
}

/// What is asked of the rulebook.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    /// Words, or a citation.
    q: String,
    /// The day.
    on: String,
}

impl Asked {
    /// The day, and whether one was asked for that is none.
    fn day(&self, rulebook: &Rulebook) -> (Date, bool) {
        match self.on.trim() {
            "" => (clock::today().max(rulebook.from), false),
            day => day.parse().map_or((clock::today(), true), |it| (it, false)),
        }
    }
}

/// The address of a paragraph on a day.
pub(super) fn address(citation: &str, on: Date) -> String {
    format!("/law/{}?on={on}", escaped(citation))
}

/// A citation, linked to where we read it.
fn cite(citation: &str, on: Date) -> Markup {
    html! { a.cite href=(address(citation, on)) { (citation) } }
}

async fn contents(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let rulebook = engine.rulebook();
        let (on, wrong) = asked.day(rulebook);
        let text = asked.q.trim();
        let exact = !text.is_empty() && !matches!(rulebook.find(text, on), Found::NoSuch { .. });
        if exact || rulebook.sections.iter().any(|it| it.number == text) {
            return Redirect::to(&address(text, on)).into_response();
        }
        Page::new(&desk, &visitor, Place::Law, "Law").show(&html! {
            div.stack {
                h1 { "The law as this program reads it" }
                (contents::searching(text, on, wrong, rulebook))
                @if text.is_empty() {
                    (contents::sections(rulebook, on))
                } @else {
                    (contents::found(rulebook, &desk.law_files(), text, on))
                }
            }
        })
    })
    .await
}

async fn limits(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let rulebook = engine.rulebook();
        let (on, _) = asked.day(rulebook);
        let page = Page::new(&desk, &visitor, Place::Law, "What is not modelled");
        page.inside("Law", format!("/law?on={on}")).show(&html! {
            div.stack { h1 { "What is not modelled" } (contents::limits(rulebook, on)) }
        })
    })
    .await
}

/// A section, a paragraph, an entry of the list; or where it went.
async fn read(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(citation): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let rulebook = engine.rulebook();
        let (on, _) = asked.day(rulebook);
        let citation = citation.trim();
        let inside = |title: &str| {
            Page::new(&desk, &visitor, Place::Law, title).inside("Law", format!("/law?on={on}"))
        };
        let section = service::section(rulebook, citation);
        if let Some(section) = section.filter(|it| it.number == citation) {
            return inside(citation).show(&section::show(rulebook, section, on));
        }
        let page = match section {
            Some(it) => inside(citation).inside(it.number.clone(), address(&it.number, on)),
            None => inside(citation),
        };
        match rulebook.find(citation, on) {
            Found::InForce(blocks) => {
                let reading = paragraph::Reading {
                    rulebook,
                    files: &desk.law_files(),
                    on,
                    today: clock::today(),
                };
                page.show(&reading.show(citation, &blocks))
            }
            found @ (Found::NotYet(_) | Found::Ended(_) | Found::NoSuch { .. }) => {
                page.status(StatusCode::NOT_FOUND).show(&elsewhere(rulebook, citation, on, found))
            }
        }
    })
    .await
}

/// What stands there where a paragraph is not in force, or not there at all.
fn elsewhere(rulebook: &Rulebook, citation: &str, on: Date, found: Found) -> Markup {
    let link = |day: Date| html! { a.button href=(address(citation, day)) { "Read it on " (day) } };
    html! {
        div.stack {
            h1 { (citation) }
            @match found {
                Found::InForce(_) => {},
                Found::NotYet(day) => {
                    (alert(Light::Wait, "Not in force yet", &html! { p { "On " (on) " this paragraph is not law. It begins on " (day) "." } }))
                    p { (link(day)) }
                },
                Found::Ended(day) => {
                    (alert(Light::Wait, "No longer in force", &html! { p { "On " (on) " this paragraph is no longer law. Its last day was " (day) "." } }))
                    p { (link(day)) }
                },
                Found::NoSuch { nearest } => {
                    (alert(Light::Wait, "The rulebook does not have this paragraph", &html! {
                        p { "It may exist in the regulations: the rulebook has what hacking, surveillance and encryption tools need. Paragraphs are written as in 740.22(c)(2), without 15 CFR." }
                    }))
                    @if !nearest.is_empty() {
                        p { "The nearest: " @for it in &nearest { (cite(it, on)) " " } }
                    }
                    (section::tables(rulebook, citation, on))
                    p { a href=(format!("/law?q={}&on={on}", escaped(citation))) { "Search for these words" } }
                },
            }
        }
    }
}
