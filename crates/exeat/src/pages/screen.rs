//! Screen: who a name may be, by the lists; a file of names, watched and worked; the lists.

mod alerts;
mod changes;
mod file;
mod hit;
mod lists;
mod one;

use crate::desk::Desk;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Everything under `/screen`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/screen", get(one::show))
        .route("/screen/decide", post(one::decide))
        .route("/screen/file", get(file::show).post(file::send))
        .route("/screen/file/{job}", get(alerts::show))
        .route("/screen/file/{job}/{row}", get(alerts::one).post(alerts::decide))
        .route("/screen/lists", get(lists::show))
        .route("/screen/changes", get(changes::show))
        .route("/screen/entry/{list}/{id}", get(lists::entry))
}

/// The parts of this place.
fn parts(here: &str) -> maud::Markup {
    let parts = [
        ("/screen", "One name"),
        ("/screen/file", "A file of names"),
        ("/screen/lists", "The lists"),
        ("/screen/changes", "What changed"),
    ];
    maud::html! {
        nav.parts-of aria-label="Screen" {
            ul {
                @for (address, name) in parts {
                    li { a href=(address) aria-current=[(address == here).then_some("page")] { (name) } }
                }
            }
        }
    }
}
