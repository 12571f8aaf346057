//! From a draft to a case, and from a case to a draft: facts are changed where they are asked.

use super::super::visitor::{Sent as Carried, Visitor};
use super::super::{aside, fault};
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::{On, Shown};
use crate::desk::fault::Fault;
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
    aside(move || {
        if let Some(response) = visitor.strange(&desk, &sent.csrf) {
            return response;
        }
        let Some(draft) = Draft::kept(&desk, &name) else { return gone(&desk, &visitor) };
        let opened = draft.transaction().map_err(Fault::from).and_then(|transaction| {
            let title: String = about::line(&transaction).chars().take(TITLE).collect();
            let (reference, facts) = (transaction.id.clone(), draft.document());
            let opening = Opening { title, reference, transaction: facts };
            desk.cases()?.open(&visitor.actor(), opening, clock::now())
        });
        match opened {
            Ok(shown) => Redirect::to(&format!("/cases/{}", shown.id)).into_response(),
            Err(it) => fault::page(&desk, &visitor, &it),
        }
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
    aside(move || {
        if let Some(response) = visitor.strange(&desk, &sent.csrf) {
            return response;
        }
        match desk.cases().and_then(|it| it.show(&visitor.actor(), &id)) {
            Ok(shown) => {
                let form = Filled::with(as_decided(&shown)).unwrap_or_else(Filled::empty);
                let draft = Draft { case: Some(id), ..Draft::of(form) };
                Redirect::to(&format!("{}/answer", address(&draft.keep(&desk)))).into_response()
            }
            Err(it) => fault::page(&desk, &visitor, &it),
        }
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
    aside(move || {
        if let Some(response) = visitor.strange(&desk, &sent.csrf) {
            return response;
        }
        let Some(draft) = Draft::kept(&desk, &sent.draft) else { return gone(&desk, &visitor) };
        let actor = visitor.actor();
        let on = On { id: &id, actor: &actor, at: clock::now(), expected: None };
        let command = Command::ChangeFacts(draft.document(), sent.why.clone());
        match desk.cases().and_then(|it| it.act(on, &command)) {
            Ok(_) => Redirect::to(&format!("/cases/{id}")).into_response(),
            Err(it) => fault::page(&desk, &visitor, &it),
        }
    })
    .await
}
