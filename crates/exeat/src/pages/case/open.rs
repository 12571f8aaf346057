//! From a draft to a case, and from a case to a draft: facts are changed where they are asked.

use super::super::asked_for;
use super::super::visitor::{Sent as Carried, Visitor};
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::{On, Shown};
use crate::interview::form::Form as Filled;
use crate::pages::check::{Draft, address, gone};
use crate::report::about;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;
use std::sync::Arc;
use store::case::Command;
use store::case::command::Opening;

/// How long a title is.
const TITLE: usize = 200;

/// `POST /check/DRAFT/case`.
pub(super) async fn from_draft(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(sent): Form<Carried>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, move |desk, visitor| {
        let Some(draft) = Draft::kept(desk, &name) else { return Ok(gone(desk, visitor)) };
        let transaction = draft.transaction()?;
        let title: String = about::line(&transaction).chars().take(TITLE).collect();
        let (reference, facts) = (transaction.id.clone(), draft.document());
        let opening = Opening { title, reference, transaction: facts };
        let shown = desk.cases()?.open(&visitor.actor(), opening, clock::now())?;
        Ok(Redirect::to(&format!("/cases/{}", shown.id)).into_response())
    })
    .await
}

/// `POST /cases/ID/edit`: the facts of a case as a draft.
pub(super) async fn edit(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<Carried>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, move |desk, visitor| {
        let shown = desk.cases()?.show(&visitor.actor(), &id)?;
        let form = Filled::with(as_decided(&shown)).unwrap_or_else(Filled::empty);
        let draft = Draft { case: Some(id), ..Draft::of(form) };
        Ok(Redirect::to(&format!("{}/answer", address(&draft.keep(desk)))).into_response())
    })
    .await
}

/// The facts, on the day under whose law the case was decided last: a case that waits is decided
/// anew as time goes on, and what that asks could not be answered under the law of an earlier day.
fn as_decided(shown: &Shown) -> Value {
    let mut facts = shown.case.facts.transaction.clone();
    let decided = shown.case.determination.finding.as_ref().and_then(|it| it.law_date);
    if let (Some(fields), Some(day)) = (facts.as_object_mut(), decided) {
        let day = day.to_string();
        let earlier =
            fields.get("date").and_then(Value::as_str).is_some_and(|it| it < day.as_str());
        if earlier {
            fields.insert("date".to_owned(), Value::String(day));
        }
    }
    facts
}

/// What is saved.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Saved {
    csrf: String,
    draft: String,
    why: String,
}

/// `POST /cases/ID/facts`.
pub(super) async fn save(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<Saved>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let Some(draft) = Draft::kept(desk, &sent.draft) else { return Ok(gone(desk, visitor)) };
        let actor = visitor.actor();
        let on = On { id: &id, actor: &actor, at: clock::now(), expected: None };
        let command = Command::ChangeFacts(draft.document(), sent.why.clone());
        desk.cases()?.act(on, &command)?;
        Ok(Redirect::to(&format!("/cases/{id}")).into_response())
    })
    .await
}
