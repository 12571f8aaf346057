//! The pages: a calm desk in the browser.
//!
//! Rendered here, with a little script of our own that the main paths do without. What a page
//! shows comes from the [`Desk`]; nothing is decided in a page. Start with [`page::Page`], the
//! frame that every page stands in, and [`place::Place`], the places one can go to.

mod asset;
#[expect(dead_code, reason = "the pages that use it are being built")]
mod citation;
#[expect(dead_code, reason = "the pages that use it are being built")]
mod element;
#[expect(dead_code, reason = "the pages that use it are being built")]
mod field;
mod guard;
mod home;
#[expect(dead_code, reason = "the pages that use it are being built")]
mod outcome;
mod page;
mod place;
mod standing;
mod visitor;

use crate::desk::Desk;
use axum::Router;
use axum::middleware::from_fn;
use std::sync::Arc;

/// Every page.
pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .merge(home::router())
        .merge(visitor::router())
        .merge(asset::router())
        .layer(from_fn(guard::headers))
}

#[cfg(test)]
mod tests;
