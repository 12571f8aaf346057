//! A case: the answer that was recorded, what people say of it, what can be done next, what
//! happened.
//!
//! The page shows the record and computes nothing. What the case forbids it says itself, when it is
//! asked; here only what the role does not permit is left out.

mod act;
mod application;
mod events;
mod file;
mod license;
mod next;
mod open;

pub(super) use act::hidden;

use super::answer::{Answer, Deciding, Told, sections};
use super::element::alert;
use super::outcome::{Light, badge};
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use super::{check, entry, fault, keeping, looked_at};
use crate::desk::Desk;
use crate::desk::cases::Shown;
use crate::desk::cases::sight::Sight;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::permission::Permission;
use crate::interview::form::Form;
use crate::records::replay;
use crate::report::words;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;
use store::StreamId;
use store::case::CASE;
use store::case::happened::{Cause, Told as Before};

/// `/cases/ID` and what is done there.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/check/{draft}/case", post(open::from_draft))
        .route("/cases/{id}", get(show))
        .route("/cases/{id}/act", post(act::send))
        .route("/cases/{id}/application", get(application::show))
        .route("/cases/{id}/application.md", get(application::save))
        .route("/cases/{id}/edit", post(open::edit))
        .route("/cases/{id}/facts", post(open::save))
        .route("/cases/{id}/files/{digest}", get(file::get))
        .route("/cases/{id}/files", post(file::attach))
}

async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor, Path(id): Path<String>) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let shown = desk.cases()?.show(&visitor.actor(), &id)?;
        page(desk, visitor, &shown, None, None)
    })
    .await
}

/// The page of a case, with what was refused on top, and the license that was not recorded in its
/// form.
fn page(
    desk: &Desk,
    visitor: &Visitor,
    shown: &Shown,
    refused: Option<&Fault>,
    sent: Option<&act::Sent>,
) -> Result<Response, Fault> {
    let case = &shown.case;
    let form = Form::with(case.facts.transaction.clone()).unwrap_or_else(Form::empty);
    let here = format!("/cases/{}", shown.id);
    let answer = answer_of(desk, shown);
    let status = refused.map_or(StatusCode::OK, |it| fault::heading(it).0);
    let page =
        Page::new(desk, visitor, Place::Queue, case.title.as_str()).inside("Queue", "/queue");
    let kept = if visitor.may(Permission::ReadRecords) {
        keeping::panel(desk, visitor, &StreamId::new(CASE, shown.id.as_str()))?
    } else {
        html! {}
    };
    Ok(page.status(status).show(&html! {
        @if let Some(it) = refused { (fault::said(it)) }
        div.columns {
            div.stack-wide {
                div.stack {
                    div.row.between {
                        h1.title { (case.title) }
                        span.tag { (stage_name(case.stage().as_str())) }
                    }
                    div.paper-only { (next::review(desk, shown)) }
                    a.jump.small href="#next" { "What can be done next" }
                    (change(visitor, shown))
                    @match &answer {
                        Some(answer) => {
                            @let told = Told { answer, form: &form, change: None, deciding: Some(Deciding::Case(visitor, shown)) };
                            (told.sentence(2))
                            (stands(shown))
                            (told.open())
                            (told.items())
                        }
                        None => (bare(shown)),
                    }
                }
                @if let Some(answer) = &answer {
                    @let told = Told { answer, form: &form, change: None, deciding: Some(Deciding::Case(visitor, shown)) };
                    (sections(&told))
                }
                (events::section(desk, visitor, shown))
            }
            aside.stack {
                (next::panel(desk, visitor, shown))
                @if shown.sight == Sight::Full { (license::panel(visitor, shown, sent)) }
                details.panel.told open {
                    summary { "The facts" }
                    (check::summary(&form, None))
                    form.screen-only method="post" action=(format!("{here}/edit")) {
                        (entry::carried(visitor))
                        div.row {
                            button.small type="submit" { "Change the facts" }
                            a.button.small href=(format!("/check/like/case/{}", shown.id)) data-key="d" { "Check another like it" }
                        }
                    }
                }
                (kept)
            }
        }
    }))
}

/// The page of a case that something was not done with.
pub(super) fn refused(
    desk: &Desk,
    visitor: &Visitor,
    id: &str,
    fault: &Fault,
) -> Result<Response, Fault> {
    refused_with(desk, visitor, id, fault, None)
}

/// The same, with what was sent of a license in its form.
fn refused_with(
    desk: &Desk,
    visitor: &Visitor,
    id: &str,
    fault: &Fault,
    sent: Option<&act::Sent>,
) -> Result<Response, Fault> {
    let shown = desk.cases()?.show(&visitor.actor(), id)?;
    page(desk, visitor, &shown, Some(fault), sent)
}

/// The answer that was recorded last, where this reader may see all of it.
fn answer_of(desk: &Desk, shown: &Shown) -> Option<Answer> {
    if shown.sight != Sight::Full {
        return None;
    }
    let finding = shown.case.determination.finding.as_ref()?;
    let store = &desk.records().ok()?.store;
    let record = replay::record(&**store, &finding.determination).ok()?;
    Answer::read(record.answer.as_bytes())
}

/// What may be told to who asked.
fn bare(shown: &Shown) -> Markup {
    let outcome = shown.case.outcome();
    html! {
        @match outcome {
            Some(outcome) => p { (badge(outcome, None)) },
            None => p { "Not decided yet." },
        }
        p.soft { "You are told when somebody has looked at it. What you can do stands at the side." }
    }
}

/// Where people went against the engine: what stands instead.
fn stands(shown: &Shown) -> Markup {
    let case = &shown.case;
    let engine = case.determination.finding.as_ref().map(|it| it.outcome);
    let stands = case.outcome();
    html! {
        @if let (Some(engine), Some(stands)) = (engine, stands) {
            @if engine != stands {
                (alert(Light::of(stands), "People decided otherwise", &html! {
                    p { "The engine says " (words::outcome(engine, None)) "; what stands is " (badge(stands, None)) }
                    @if let Some(it) = &case.overruling.restriction { p { (it.reason) } }
                }))
            }
        }
    }
}

/// What the watch found, before and after.
fn change(visitor: &Visitor, shown: &Shown) -> Markup {
    let Some(change) = &shown.case.change else { return html! {} };
    let cause = match change.found.cause {
        Cause::Lists => "The lists changed",
        Cause::Law => "The law changed",
        Cause::Decisions => "A decision on a match changed",
        Cause::Day => "A day passed from which other law applies",
    };
    let column = |it: &Before| {
        html! {
            td {
                (badge(it.outcome, it.exception.as_deref()))
                p.small { @for by in &it.decided_by { span.cite { (by) } " " } }
                @if it.open_matches > 0 { p.small { (it.open_matches) " open matches" } }
            }
        }
    };
    alert(
        Light::Wait,
        &format!("{cause}, and the answer with it"),
        &html! {
            table {
                thead { tr { th scope="col" { "Before" } th scope="col" { "Now" } } }
                tbody { tr { (column(&change.found.before)) (column(&change.found.after)) } }
            }
            @if change.released { p { strong { "It was released when that happened." } } }
            (act::form(visitor, shown, "answer-change", "What follows from it", "Answer the change"))
        },
    )
}

/// A stage in plain words.
pub(super) fn stage_name(stage: &str) -> String {
    match stage {
        "open" => "To decide".to_owned(),
        "permitted" => "May go".to_owned(),
        "stopped" => "May not go".to_owned(),
        "changed" => "Something changed".to_owned(),
        "held" => "On hold".to_owned(),
        other => words::sentence(&other.replace('-', " ")),
    }
}

/// Whose id it is, by name where somebody has it.
pub(super) fn who(desk: &Desk, id: &str) -> String {
    let name = desk.records().ok().and_then(|it| People::new(&*it.store).glance(id).ok());
    match (name, id.split_once(':')) {
        (Some(account), _) => account.name,
        (None, Some(("system", _))) => "Exeat".to_owned(),
        (None, _) => id.to_owned(),
    }
}
