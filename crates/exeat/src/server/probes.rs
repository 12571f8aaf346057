//! Whether the server is alive, whether it can answer, and what it counted.

use super::served::Served;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use tokio::net::TcpListener;

/// `/healthz` and `/readyz`.
pub(super) fn router() -> Router<Arc<Served>> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

/// Whether requests can be answered: the lists can be searched and the records are within reach.
async fn ready(State(served): State<Arc<Served>>) -> Response {
    let desk = Arc::clone(&served.desk);
    let found = served.blocking(move || desk.readiness()).await;
    match found {
        Ok(found) if found.is_ready() && !served.is_stopping() => "ok\n".into_response(),
        Ok(found) => {
            // Which part is missing, and no more: anybody may ask.
            let said = if served.is_stopping() { "stopping\n".to_owned() } else { found.told() };
            (StatusCode::SERVICE_UNAVAILABLE, said).into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy\n").into_response(),
    }
}

/// Serves what was counted, at `/metrics` of an address of its own.
pub(super) async fn metrics(listener: TcpListener, served: Arc<Served>) {
    let router = Router::new().route("/metrics", get(counted)).with_state(served);
    // It ends with the process.
    drop(axum::serve(listener, router).await);
}

async fn counted(State(served): State<Arc<Served>>) -> impl IntoResponse {
    let kept = Arc::clone(&served);
    let text = tokio::task::spawn_blocking(move || kept.metrics.text(&kept)).await;
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text.unwrap_or_default())
}
