//! The draft of the license application that a case needs, as a page and as a file. Nothing is
//! recorded: it is made anew from the facts of the case, by the law and the lists of today.

use crate::desk::Desk;
use crate::desk::cases::Shown;
use crate::desk::cases::sight::Sight;
use crate::desk::fault::Fault;
use crate::interview::form::Form;
use crate::pages::asking::Asking;
use crate::pages::check::Draft;
use crate::pages::looked_at;
use crate::pages::outcome::badge;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::papers::application::{self, Application};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use decision::Outcome;
use maud::html;
use std::sync::Arc;

/// `GET /cases/ID/application`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let shown = shown(desk, visitor, &id)?;
        let (outcome, drafts) = drafts(desk, visitor, &shown)?;
        let here = format!("/cases/{}", shown.id);
        let page = Page::new(desk, visitor, Place::Queue, "License application");
        Ok(page.inside(shown.case.title.as_str(), &here).show(&html! {
            div.stack.reading {
                h1 { "Draft of a license application (BIS-748P, SNAP-R)" }
                @if drafts.is_empty() {
                    p { (badge(outcome, None)) }
                    p { "By the law and the lists of today no license is required, or something is open first: there is no draft. Decide the case again to see why." }
                } @else {
                    p.screen-only { a.button href=(format!("{here}/application.md")) download { "Save it as a file" } }
                    (application::page(&drafts))
                }
                p.screen-only { a href=(here) { "Back to the case" } }
            }
        }))
    })
    .await
}

/// `GET /cases/ID/application.md`.
pub(super) async fn save(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let shown = shown(desk, visitor, &id)?;
        let (_, drafts) = drafts(desk, visitor, &shown)?;
        if drafts.is_empty() {
            return Err(Fault::NotFound { what: "draft: no license is required as it is" });
        }
        let disposition = "attachment; filename=\"application.md\"";
        let headers =
            [(CONTENT_TYPE, "text/markdown; charset=utf-8"), (CONTENT_DISPOSITION, disposition)];
        Ok((headers, application::markdown(&drafts)).into_response())
    })
    .await
}

/// The case, for those who may know all of it: a draft tells what only a search tells.
fn shown(desk: &Desk, visitor: &Visitor, id: &str) -> Result<Shown, Fault> {
    let shown = desk.cases()?.show(&visitor.actor(), id)?;
    if shown.sight == Sight::Full { Ok(shown) } else { Err(Fault::NotFound { what: "such page" }) }
}

fn drafts(
    desk: &Desk,
    visitor: &Visitor,
    shown: &Shown,
) -> Result<(Outcome, Vec<Application>), Fault> {
    let form = Form::with(shown.case.facts.transaction.clone()).unwrap_or_else(Form::empty);
    let transaction = Draft::of(form).transaction()?;
    let engine = desk.engine();
    let determination = Asking::of(desk, visitor).decide(&engine, &transaction)?;
    Ok((determination.outcome, application::drafts(&transaction, &determination)))
}
