//! Whether the server is alive, and whether it can answer.

use crate::desk::Desk;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

/// `/healthz` and `/readyz`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(async || "ok\n"))
}
