//! The cases that exercise a paragraph: those in which a rule of it holds, fails, or is unknown.

use super::{Asked, words};
use crate::desk::Desk;
use crate::desk::exercised::{Exercised, Truth};
use crate::interview::form::Form;
use crate::pages::aside;
use crate::pages::check::{Draft, address};
use crate::pages::outcome::{Light, light};
use crate::pages::page::{Page, fragment};
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::transactions;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use law::rulebook::{BlockId, Rulebook};
use maud::{Markup, html};
use std::sync::Arc;

/// How many cases of a kind are named at once.
const SHOWN: usize = 6;

/// `GET /law/cases/CITATION`, as a page of its own.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(citation): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let on = asked.day(desk.engine().rulebook()).0;
        let page = Page::new(&desk, &visitor, Place::Law, "Cases");
        let page = page.inside("Law", "/law").inside(&*citation, super::address(&citation, on));
        page.show(&html! {
            div.stack {
                h1 { "Cases that exercise " (citation) }
                (list(&desk, &citation, on, 2))
            }
        })
    })
    .await
}

/// `GET /law/cases-part/CITATION`: the same, for a script that puts it into the paragraph's page.
pub(super) async fn part(
    State(desk): State<Arc<Desk>>,
    Path(citation): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let on = asked.day(desk.engine().rulebook()).0;
        fragment(&list(&desk, &citation, on, 3))
    })
    .await
}

/// `GET /law/case/NUMBER`: a case as a check of one's own.
pub(super) async fn take(State(desk): State<Arc<Desk>>, Path(number): Path<usize>) -> Response {
    aside(move || {
        let exercised = desk.exercised();
        let text = exercised.cases.get(number).map(|it| it.transaction.clone());
        let form = text.and_then(|text| {
            let document = crate::input::Document {
                name: "the case".to_owned(),
                format: crate::input::Format::Yaml,
                bytes: text.into_bytes(),
            };
            transactions::tree(&document).ok().and_then(Form::with)
        });
        match form {
            Some(form) => {
                let draft = Draft::of(form).keep(&desk);
                Redirect::to(&format!("{}/answer", address(&draft))).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        }
    })
    .await
}

fn list(desk: &Desk, citation: &str, on: Date, level: u8) -> Markup {
    let engine = desk.engine();
    let rulebook: &Rulebook = engine.rulebook();
    let exercised = desk.exercised();
    let blocks = (0..).map(BlockId).zip(&rulebook.blocks);
    let here = blocks.filter(|(_, it)| it.citation == citation && it.version.covers(on));
    html! {
        p.soft.small { (exercised.cases.len()) " cases are in the program; they are run under the rulebook that answers here." }
        @for (id, block) in here {
            div.stack-tight {
                @if level == 2 { h2 { (words::effect(block, rulebook)) } } @else { h3 { (words::effect(block, rulebook)) } }
                p { (block.says) }
                (of(&exercised, id, Truth::Holds, Light::Go, "Holds"))
                (of(&exercised, id, Truth::Fails, Light::Stop, "Does not hold"))
                (of(&exercised, id, Truth::Unknown, Light::Wait, "Unknown"))
            }
        }
    }
}

fn of(exercised: &Exercised, id: BlockId, truth: Truth, color: Light, word: &str) -> Markup {
    let places = exercised.of(id, truth);
    let link = |place: usize| {
        html! {
            @if let Some(case) = exercised.cases.get(place) {
                li { a href=(format!("/law/case/{place}")) { (case.title) } " " span.soft.small { (case.page) } }
            }
        }
    };
    let (first, rest) = places.split_at_checked(SHOWN).unwrap_or((&places, &[]));
    html! {
        p { (light(color, word)) " in " (places.len()) @if places.len() == 1 { " case" } @else { " cases" } }
        @if !places.is_empty() {
            ul.hits { @for it in first { (link(*it)) } }
            @if !rest.is_empty() {
                details { summary { (rest.len()) " more" } ul.hits { @for it in rest { (link(*it)) } } }
            }
        }
    }
}
