//! What a page says where something was not done.

use super::element::alert;
use super::outcome::Light;
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::api::failure::Problem;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::report::words;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;
use store::Error;

/// A page of its own.
pub(super) fn page(desk: &Desk, visitor: &Visitor, fault: &Fault) -> Response {
    let (status, title) = heading(fault);
    Page::new(desk, visitor, Place::Home, title).status(status).show(&html! {
        div.stack.reading {
            h1 { (title) }
            (said(fault))
            p { a href="/" { "Go to the desk" } }
        }
    })
}

/// The status and the heading of a fault.
pub(super) fn heading(fault: &Fault) -> (StatusCode, &'static str) {
    match fault {
        Fault::Denied(_) => (StatusCode::FORBIDDEN, "Not for your role"),
        Fault::Refused(_) => (StatusCode::CONFLICT, "The case does not allow it"),
        Fault::Moved(_) => (StatusCode::CONFLICT, "Somebody else was first"),
        Fault::Store(Error::TooEarly { .. }) => (StatusCode::CONFLICT, "It must be kept"),
        Fault::NotFound { .. } | Fault::Store(Error::NotFound { .. }) => {
            (StatusCode::NOT_FOUND, "Not found")
        }
        Fault::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
        Fault::Inside(_) | Fault::Store(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "The desk is in trouble")
        }
        Fault::Input(_) | Fault::Reused | Fault::Invalid { .. } => {
            (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be taken as it is")
        }
    }
}

/// What is wrong, in words.
pub(super) fn said(fault: &Fault) -> Markup {
    let waits = matches!(
        fault,
        Fault::Refused(_)
            | Fault::Moved(_)
            | Fault::Denied(_)
            | Fault::Store(Error::TooEarly { .. })
    );
    let light = if waits { Light::Wait } else { Light::Stop };
    let problems: Vec<String> = match fault {
        Fault::Input(it) => it.problems.iter().map(Problem::to_string).collect(),
        Fault::TooLarge { most } => {
            vec![format!("It has more than {} MB; send it in parts", most >> 20)]
        }
        Fault::Store(Error::TooEarly { stream, until: None, .. }) => {
            let what = format!("{stream} is under a legal hold, or a case that rests on it is");
            vec![format!("{what}; counsel lifts it first")]
        }
        Fault::Denied(_)
        | Fault::Refused(_)
        | Fault::Moved(_)
        | Fault::NotFound { .. }
        | Fault::Reused
        | Fault::Invalid { .. }
        | Fault::Inside(_)
        | Fault::Store(_) => vec![words::sentence(&fault.to_string())],
    };
    alert(light, "", &html! { @for it in &problems { p { (super::element::quoting(it)) "." } } })
}

/// Puts a page in the place of an error without words, where a person asked for a page.
pub(super) async fn worded(
    State(desk): State<Arc<Desk>>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &()).await;
    let says = |headers: &HeaderMap, name: HeaderName| {
        let text = headers.get(name).and_then(|it| it.to_str().ok());
        text.is_some_and(|it| it.contains("text/html"))
    };
    let by_person = says(&parts.headers, ACCEPT);
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || !by_person || says(response.headers(), CONTENT_TYPE) {
        return response;
    }
    super::aside(move || bare(&desk, &visitor, status)).await
}

/// A page for a status that came without words.
fn bare(desk: &Desk, visitor: &Visitor, status: StatusCode) -> Response {
    let (title, what) = match status.as_u16() {
        404 => (
            "Not found",
            "It is not there any more, or never was. What is not recorded is kept only until the server starts anew.",
        ),
        405 => ("Not found", "This address takes what a form sends; it shows no page of its own."),
        413 => ("Too large", "It is larger than the form takes. Send it in parts."),
        500.. => (
            "The desk is in trouble",
            "It was not done. Try again; where it fails again, whoever runs the server finds the cause in its log.",
        ),
        _ => (
            "This cannot be taken as it is",
            "The form or the address holds something that no page of this desk sends. Go back, load the page again and send it anew.",
        ),
    };
    let page = Page::new(desk, visitor, Place::Home, title).status(status);
    page.show(&html! {
        div.stack.reading {
            h1 { (title) }
            (alert(Light::Stop, "", &html! { p { (what) } }))
            p { a href="/" { "Go to the desk" } }
        }
    })
}
