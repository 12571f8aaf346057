//! The pages: a calm desk in the browser.
//!
//! Rendered here, with a little script of our own that the main paths do without. What a page
//! shows comes from the [`Desk`]; nothing is decided in a page.

use crate::desk::Desk;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{DOCTYPE, html};
use std::sync::Arc;

/// Every page.
pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/", get(home))
}

async fn home() -> impl IntoResponse {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { title { "Exeat" } }
            body { main { h1 { "Exeat" } p { "The pages are not built yet; the API is at /v1." } } }
        }
    };
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page.into_string())
}
