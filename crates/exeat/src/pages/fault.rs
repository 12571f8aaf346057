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
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

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
        Fault::NotFound { .. } => (StatusCode::NOT_FOUND, "Not found"),
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
    let waits = matches!(fault, Fault::Refused(_) | Fault::Moved(_) | Fault::Denied(_));
    let light = if waits { Light::Wait } else { Light::Stop };
    let problems: Vec<String> = match fault {
        Fault::Input(it) => it.problems.iter().map(Problem::to_string).collect(),
        Fault::TooLarge { most } => {
            vec![format!("It has more than {} MB; send it in parts", most >> 20)]
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
