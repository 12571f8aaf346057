//! The pages: a calm desk in the browser.
//!
//! Rendered here, with a little script of our own that the main paths do without. What a page
//! shows comes from the [`Desk`]; nothing is decided in a page. Start with [`page::Page`], the
//! frame that every page stands in, and [`place::Place`], the places one can go to.

mod alignment;
mod answer;
mod asking;
mod asset;
mod atlas;
mod case;
pub(crate) mod check;
mod citation;
mod classify;
mod compressed;
mod deciding;
mod element;
mod entry;
mod fault;
mod field;
mod glossary;
mod guard;
mod home;
mod keeping;
mod law;
mod masked;
mod outcome;
mod page;
mod place;
mod queue;
mod record;
mod screen;
mod session;
mod settings;
mod standing;
mod upload;
mod visitor;

use self::visitor::Visitor;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::Permission;
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Every page.
pub(crate) fn router(desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    let only = |permission| from_fn_with_state((Arc::clone(desk), permission), session::permitted);
    Router::new()
        .merge(home::router())
        .merge(entry::router())
        .merge(queue::router())
        .merge(case::router())
        .merge(record::router())
        .merge(keeping::router())
        .merge(settings::router())
        .merge(check::router().route_layer(only(Permission::Check)))
        .merge(answer::router().route_layer(only(Permission::Check)))
        .merge(atlas::router().route_layer(only(Permission::Check)))
        .merge(law::router().route_layer(only(Permission::ReadLaw)))
        .merge(classify::router().route_layer(only(Permission::Check)))
        .merge(screen::router().route_layer(only(Permission::Screen)))
        .merge(visitor::router())
        .merge(asset::router())
        .layer(from_fn_with_state(Arc::clone(desk), fault::worded))
        .layer(from_fn_with_state(Arc::clone(desk), session::known))
        .layer(from_fn(guard::headers))
        .layer(from_fn(compressed::compressed))
}

/// Makes a page on a thread that may block.
async fn aside(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    let made = spawn_blocking(work).await;
    made.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Makes a page for a visitor, or says why there is none.
async fn looked_at(
    desk: Arc<Desk>,
    visitor: Visitor,
    page: impl FnOnce(&Arc<Desk>, &Visitor) -> Result<Response, Fault> + Send + 'static,
) -> Response {
    aside(move || page(&desk, &visitor).unwrap_or_else(|it| fault::page(&desk, &visitor, &it)))
        .await
}

/// Does what a form asks for, once it is known to come from a page of the same session.
async fn asked_for(
    desk: Arc<Desk>,
    visitor: Visitor,
    csrf: String,
    act: impl FnOnce(&Arc<Desk>, &Visitor) -> Result<Response, Fault> + Send + 'static,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| match visitor.strange(desk, &csrf) {
        Some(response) => Ok(response),
        None => act(desk, visitor),
    })
    .await
}

/// A value in the query or the path of an address.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'(' | b')' => escaped.push(char::from(byte)),
            it if it.is_ascii_alphanumeric() => escaped.push(char::from(it)),
            // Writing to a string cannot fail.
            other => drop(write!(escaped, "%{other:02X}")),
        }
        escaped
    })
}

#[cfg(test)]
mod tests;
