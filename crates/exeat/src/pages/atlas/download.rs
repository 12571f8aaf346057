//! The atlas as files: JSON, CSV, and the picture.

use super::View;
use super::chosen::Chosen;
use crate::atlas::picture;
use crate::desk::Desk;
use crate::pages::aside;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// `/atlas/atlas.json`.
pub(super) async fn json(State(desk): State<Arc<Desk>>, Query(chosen): Query<Chosen>) -> Response {
    file(desk, chosen, "application/json", "atlas.json", |view| {
        let engine = view.desk.engine();
        let mut bytes = Vec::new();
        view.desk.atlas(&engine, &view.subject, view.on).json(&mut bytes);
        bytes.push(b'\n');
        bytes
    })
    .await
}

/// `/atlas/atlas.svg`.
pub(super) async fn svg(State(desk): State<Arc<Desk>>, Query(chosen): Query<Chosen>) -> Response {
    file(desk, chosen, "image/svg+xml", "atlas.svg", |view| {
        let engine = view.desk.engine();
        picture::render(&view.desk.atlas(&engine, &view.subject, view.on)).into_bytes()
    })
    .await
}

/// `/atlas/atlas.csv`.
pub(super) async fn csv(State(desk): State<Arc<Desk>>, Query(chosen): Query<Chosen>) -> Response {
    file(desk, chosen, "text/csv; charset=utf-8", "atlas.csv", rows).await
}

fn rows(view: &View<'_>) -> Vec<u8> {
    let engine = view.desk.engine();
    let sheet = view.desk.sheet(&engine, &view.subject, view.on);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["date", "country", "name", "outcome", "exception", "reasons", "citation", "text"];
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for it in &sheet.places {
        let _ = writer.write_record([
            view.on.to_string().as_str(),
            it.country.code(),
            it.country.name(),
            it.outcome.as_str(),
            it.exception.as_deref().unwrap_or_default(),
            &it.reasons.join(" "),
            &it.deciding.citation,
            &it.deciding.text,
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

async fn file(
    desk: Arc<Desk>,
    chosen: Chosen,
    kind: &'static str,
    name: &'static str,
    make: impl FnOnce(&View<'_>) -> Vec<u8> + Send + 'static,
) -> Response {
    aside(move || match View::of(&desk, &chosen) {
        Ok(view) => {
            let disposition = format!("attachment; filename=\"{name}\"");
            ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], make(&view))
                .into_response()
        }
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, problem).into_response(),
    })
    .await
}
