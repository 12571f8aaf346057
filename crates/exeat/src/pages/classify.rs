//! Classify: the engineer's interview about a product, and releases with their components.
//!
//! Everything that was answered stands in the address of the interview ([`said::Said`]), so that
//! it can be sent, bookmarked and gone back through. A release is an `export.toml`, kept as a
//! draft while it is worked on, and taken along as a file.

mod components;
mod found;
mod interview;
mod release;
mod said;

use crate::desk::Desk;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// The largest `export.toml`, in bytes.
const LARGEST: usize = 4 << 20;

/// Everything under `/classify`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/classify", get(interview::show))
        .route("/classify/release", get(release::begin).post(release::send))
        .route("/classify/release/example", get(release::example))
        .route("/classify/release/{draft}", get(release::show))
        .route("/classify/release/{draft}/export.toml", get(release::file))
        .route("/classify/release/{draft}/{component}", get(components::show))
        .route("/classify/release/{draft}/{component}/answer", post(components::answer))
}

/// The two parts of this place.
fn parts(here: &str) -> maud::Markup {
    let parts = [("/classify", "A product"), ("/classify/release", "A release (export.toml)")];
    maud::html! {
        nav.parts-of aria-label="Classify" {
            ul {
                @for (address, name) in parts {
                    li { a href=(address) aria-current=[(address == here).then_some("page")] { (name) } }
                }
            }
        }
    }
}
