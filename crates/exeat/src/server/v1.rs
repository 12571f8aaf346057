//! The API, version 1.

use crate::api::determination;
use crate::api::failure;
use crate::desk::Desk;
use crate::json::Layout;
use crate::transactions;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use decision::Trace;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Everything under `/v1`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/check", post(check))
}

/// Decides one transaction and records nothing.
async fn check(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    let answered = spawn_blocking(move || {
        let mut out = Vec::new();
        let engine = desk.engine();
        let decided = transactions::read_line(&body)
            .and_then(|it| desk.decide(&engine, &it, &desk.options(Trace::Decisive)));
        let status = match decided {
            Ok(determination) => {
                determination::write(&determination, Layout::Line, &mut out);
                StatusCode::OK
            }
            Err(failure) => {
                failure::write(&failure, Layout::Line, &mut out);
                StatusCode::UNPROCESSABLE_ENTITY
            }
        };
        (status, out)
    });
    match answered.await {
        Ok((status, out)) => (status, [(CONTENT_TYPE, "application/json")], out).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
