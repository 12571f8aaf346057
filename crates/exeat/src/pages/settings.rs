//! Settings: people and roles, keys of programs, webhooks, the law and the lists that answer, and
//! what thresholds would alert. One file each; here is what they share.

mod arrival;
mod hooks;
mod keys;
mod lists;
mod people;
mod thresholds;

use super::visitor::Visitor;
use crate::desk::Desk;
use crate::desk::permission::Permission;
use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;

/// `/settings`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/settings", get(people::show))
        .route("/settings/invite", post(people::invite))
        .route("/settings/person", post(people::person))
        .route("/settings/keys", get(keys::show).post(keys::make))
        .route("/settings/keys/end", post(keys::end))
        .route("/settings/hooks", get(hooks::show).post(hooks::make))
        .route("/settings/hooks/set", post(hooks::set))
        .route("/settings/lists", get(lists::show))
        .route("/settings/lists/send", post(arrival::send))
        .route("/settings/lists/fetch", post(arrival::fetch))
        .route("/settings/lists/arrival/{name}", get(arrival::show).post(arrival::accept))
        .route("/settings/thresholds", get(thresholds::show).post(thresholds::reckon))
}

/// The parts of this place that a visitor may see.
fn parts(visitor: &Visitor, here: &str) -> Markup {
    let parts = [
        ("/settings", "People", Permission::ReadPeople),
        ("/settings/keys", "Keys", Permission::ManageKeys),
        ("/settings/hooks", "Webhooks", Permission::ManageHooks),
        ("/settings/lists", "Law and lists", Permission::ReadPeople),
        ("/settings/thresholds", "Thresholds", Permission::Screen),
        ("/record/kept", "Retention", Permission::Dispose),
    ];
    html! {
        nav.parts-of aria-label="Settings" {
            ul {
                @for (address, name, permission) in parts {
                    @if visitor.may(permission) {
                        li { a href=(address) aria-current=[(address == here).then_some("page")] { (name) } }
                    }
                }
            }
        }
    }
}

/// Pairs of a form by name.
#[derive(Debug, Default)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn value(&self, name: &str) -> &str {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str()).unwrap_or_default()
    }

    /// What shows that the form is from a page of the session.
    fn csrf(&self) -> String {
        self.value("csrf").to_owned()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// Where this server is reached, as the browser says.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let host = text(HOST.as_str()).unwrap_or("localhost");
    let plain = text("x-forwarded-proto").unwrap_or("http") != "https";
    format!("{}://{host}", if plain { "http" } else { "https" })
}
