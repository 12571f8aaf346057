//! A check like an earlier one: its facts as a new draft, for today and without its reference.

use super::{Draft, address};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::{Permission, Whose};
use crate::interview::form::Form;
use crate::pages::record;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, fault};
use crate::records::replay;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;
use std::sync::Arc;

/// `GET /check/like/case/ID`.
pub(super) async fn case(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    aside(move || {
        let shown = desk.cases().and_then(|it| it.show(&visitor.actor(), &id));
        begun(&desk, &visitor, shown.map(|it| it.case.facts.transaction))
    })
    .await
}

/// `GET /check/like/record/ID`.
pub(super) async fn record(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Response {
    aside(move || {
        let facts = || -> Result<Value, Fault> {
            visitor.actor().may(Permission::ReadRecords, Whose::Anyone)?;
            let none = |_| Fault::NotFound { what: "such determination" };
            let record = replay::record(&*desk.records()?.store, &id).map_err(none)?;
            Ok(record::asked(&record).document().clone())
        };
        begun(&desk, &visitor, facts())
    })
    .await
}

/// A new draft with these facts. What leaves anew leaves today at the earliest, so a day that is
/// past becomes today; the reference is that of the earlier one.
fn begun(desk: &Desk, visitor: &Visitor, facts: Result<Value, Fault>) -> Response {
    let mut facts = match facts {
        Ok(facts) => facts,
        Err(it) => return fault::page(desk, visitor, &it),
    };
    if let Some(fields) = facts.as_object_mut() {
        fields.remove("id");
        let today = clock::today().to_string();
        let past = fields.get("date").and_then(Value::as_str).is_some_and(|it| it < today.as_str());
        if past {
            fields.insert("date".to_owned(), Value::String(today));
        }
    }
    let draft = Draft::of(Form::with(facts).unwrap_or_else(Form::empty));
    Redirect::to(&format!("{}/answer", address(&draft.keep(desk)))).into_response()
}
