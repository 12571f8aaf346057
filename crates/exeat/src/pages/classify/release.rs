//! A release: its components, what each is, its markets; the file in and out.

use super::{LARGEST, parts};
use crate::api::failure::Problem;
use crate::desk::{Desk, products};
use crate::pages::element::alert;
use crate::pages::field::Field;
use crate::pages::outcome::{Light, badge, light};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::upload::Upload;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, escaped, looked_at};
use crate::report::classification::outcome;
use crate::report::words::sentence;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use decision::classification::{Classification, ClassificationOutcome};
use decision::outcome::Outcome;
use decision::release::review::Entry;
use decision::release::{Component, Impact, Release};
use decision::{Engine, Trace};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

const EXAMPLE: &str = include_str!("../../../../../examples/release/export.toml");

/// `GET /classify/release`.
pub(super) async fn begin(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || page(&desk, &visitor, "", &[])).await
}

/// `GET /classify/release/example`.
pub(super) async fn example(State(desk): State<Arc<Desk>>) -> Response {
    Redirect::to(&address(&desk.drafts().keep(EXAMPLE))).into_response()
}

/// `POST /classify/release`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    upload: Upload<LARGEST>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let sent = upload.0?;
        let filled = |name| sent.part(name).filter(|it| !it.bytes.trim_ascii().is_empty());
        let Some(part) = filled("file").or_else(|| filled("text")) else {
            let problem = Problem::new("no file was chosen, and nothing was pasted");
            return Ok(page(desk, visitor, "", &[problem]));
        };
        let text = String::from_utf8_lossy(&part.bytes).replace("\r\n", "\n");
        Ok(match products::release(&desk.engine(), &text) {
            Ok(_) => Redirect::to(&address(&desk.drafts().keep(&text))).into_response(),
            Err(failure) => page(desk, visitor, &text, &failure.problems),
        })
    })
    .await
}

/// The address of a release.
pub(super) fn address(draft: &str) -> String {
    format!("/classify/release/{draft}")
}

/// The release of that draft, while it is kept.
pub(super) fn kept(desk: &Desk, engine: &Engine, draft: &str) -> Option<Release> {
    products::release(engine, &desk.drafts().get(draft)?).ok()
}

/// What stands in the place of a release that is no longer kept.
pub(super) fn gone(desk: &Desk, visitor: &Visitor) -> Response {
    let page = Page::new(desk, visitor, Place::Classify, "Not found");
    page.status(StatusCode::NOT_FOUND).show(&html! {
        div.stack.reading {
            h1 { "This release is no longer kept" }
            p { "A release is kept here while it is worked on, until the server starts anew. The file is yours: send it again." }
            p { a.button.main href="/classify/release" { "Send an export.toml" } }
        }
    })
}

fn page(desk: &Desk, visitor: &Visitor, text: &str, problems: &[Problem]) -> Response {
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page::new(desk, visitor, Place::Classify, "A release");
    page.inside("Classify", "/classify").status(status).show(&html! {
        div.stack {
            h1 { "Classify a release" }
            (parts("/classify/release"))
            @if !problems.is_empty() {
                (alert(Light::Stop, "This cannot be taken as it is", &html! {
                    ul { @for it in problems { li {
                        @if let Some(line) = it.line { strong { "Line " (line) ". " } }
                        @if let Some(path) = &it.path { code { (path) } ": " }
                        (it.message) @if let Some(help) = &it.help { ". " (sentence(help)) }
                    } } }
                }))
            }
            p.lead { "A release is an " code { "export.toml" } " beside the code: its components, what each can do, who answered what and when, and whom it is sold to." }
            form.panel method="post" action="/classify/release" enctype="multipart/form-data" {
                (Field::new("file", "File").labeled(&html! { input type="file" id="field-file" name="file" accept=".toml,.txt"; }))
                (Field::new("text", "Or paste it").value(text).labeled(&html! {
                    textarea.code.wide id="field-text" name="text" rows="10" spellcheck="false" { "\n" (text) }
                }))
                p.row {
                    button.main type="submit" { "Classify its components" }
                    a href="/classify/release/example" { "Try it with an example" }
                }
            }
        }
    })
}

/// `GET /classify/release/DRAFT`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(draft): Path<String>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let Some(release) = kept(&desk, &engine, &draft) else { return gone(&desk, &visitor) };
        let title = format!("{} {}", release.product, release.version);
        let here = address(&draft);
        let page = Page::new(&desk, &visitor, Place::Classify, title.clone());
        page.inside("Classify", "/classify").inside("A release", "/classify/release").show(&html! {
            div.stack-wide {
                div.stack-tight {
                    h1 { (title) }
                    p.about { "Law of " time datetime=(release.date) { (release.date) } @if let Some(it) = &release.description { ". " (it) } }
                    p.row.screen-only { a.button href=(format!("{here}/export.toml")) download="export.toml" { "Take export.toml along" } }
                }
                (components(&desk, &engine, &release, &here))
            }
        })
    })
    .await
}

/// `GET /classify/release/DRAFT/export.toml`.
pub(super) async fn file(State(desk): State<Arc<Desk>>, Path(draft): Path<String>) -> Response {
    match desk.drafts().get(&draft) {
        Some(text) if products::release(&desk.engine(), &text).is_ok() => {
            let headers = [
                (CONTENT_TYPE, "application/toml; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"export.toml\""),
            ];
            (headers, text.to_string()).into_response()
        }
        Some(_) | None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a component is, as far as its answers go.
pub(super) fn classified<'a>(
    desk: &Desk,
    engine: &'a Engine,
    release: &Release,
    component: &Component,
) -> Option<Classification<'a>> {
    let classification = engine.rulebook().classification.as_ref()?;
    let product = component.answered(release, classification, release.date).product;
    let options = decision::Options { on: Some(release.date), ..desk.options(Trace::Decisive) };
    Some(desk.working(|| engine.classify(&product, &options)))
}

fn components(desk: &Desk, engine: &Engine, release: &Release, here: &str) -> Markup {
    html! {
        @for component in &release.components {
            @if let Some(found) = classified(desk, engine, release, component) {
                @let impacts = engine.impact(release, component, &Entry::of(&found), None, release.date);
                section.panel aria-labelledby=(format!("component-{}", component.id)) {
                    div.row.between {
                        h2 id=(format!("component-{}", component.id)) { a href=(format!("{here}/{}", escaped(&component.id))) { (component.name()) } }
                        (standing(&found))
                    }
                    p.small.soft { (component.kind.as_str().replace('-', " ")) @if let Some(form) = component.form { " · " (form.as_str().replace('-', " ")) } @if let Some(it) = &component.description { " · " (it) } }
                    @if let Some(before) = &component.classified {
                        @let was = before.eccn.as_ref().map(ToString::to_string);
                        @if was.as_deref() != found.eccn {
                            (alert(Light::Wait, "Not what it was", &html! { p { "When somebody last looked it was " (was.as_deref().unwrap_or("no entry")) "." } }))
                        }
                    }
                    @if !found.questions.is_empty() {
                        p { (found.questions.len()) @if found.questions.len() == 1 { " question is" } @else { " questions are" } " open. " a href=(format!("{here}/{}", escaped(&component.id))) { "Answer" span.unseen { " those about " (component.name()) } } }
                    }
                    (markets(&impacts))
                }
            }
        }
    }
}

/// What a component is, with how sure that is.
pub(super) fn standing(found: &Classification<'_>) -> Markup {
    let words = sentence(&outcome(found));
    match found.outcome {
        ClassificationOutcome::NeedsReview => light(Light::Wait, &words),
        ClassificationOutcome::OtherAgency => light(Light::Stop, &words),
        ClassificationOutcome::Classified
        | ClassificationOutcome::NotSubject
        | ClassificationOutcome::NotControlledHere => {
            html! { strong.eccn { (words) } @if !found.settled { " " span.tag { "not settled" } } }
        }
    }
}

/// How many destinations of each market come to what.
fn markets(impacts: &[Impact<'_>]) -> Markup {
    html! {
        @if !impacts.is_empty() {
            h3 { "Markets" }
            dl.facts {
                @for impact in impacts {
                    @let counts = counts(impact);
                    dt { (impact.market.name) }
                    dd {
                        @for ((outcome, exception), codes) in &counts {
                            div { (badge(*outcome, *exception)) " " (codes.len()) @if codes.len() <= 12 { ": " (codes.join(" ")) } }
                        }
                    }
                }
            }
        }
    }
}

/// The destinations of a market, by what they come to.
fn counts<'i>(impact: &'i Impact<'_>) -> BTreeMap<(Outcome, Option<&'i str>), Vec<&'static str>> {
    let mut counts: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for it in &impact.destinations {
        let key = (it.now.outcome, it.now.exception.as_deref());
        counts.entry(key).or_default().push(it.country.code());
    }
    counts
}
