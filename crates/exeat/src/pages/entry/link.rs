//! Links that work once: to set up the first account, to join, to choose a new password.

use super::super::session::keep;
use super::super::{aside, looked_at};
use super::{alert, named};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::entry::Joining;
use crate::desk::people::link::Link;
use crate::desk::people::secret::Secret;
use crate::pages::field::Field;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use std::sync::Arc;

/// `/link/TOKEN`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/link/{token}", get(show).post(send))
}

/// What was typed.
#[derive(Debug, Default, serde::Deserialize)]
struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Response {
    aside(move || match look(&desk, &token) {
        Ok(link) => {
            let name = match &link {
                Link::Invitation(it) => it.name.clone(),
                Link::Setup | Link::Reset { .. } => String::new(),
            };
            form(&desk, &visitor, &link, &Sent { name, ..Sent::default() }, None)
        }
        Err(it) => over(&desk, &visitor, &it),
    })
    .await
}

async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let link = match look(desk, &token) {
            Ok(link) => link,
            Err(it) => return Ok(over(desk, visitor, &it)),
        };
        let people = People::new(&*desk.records()?.store);
        let (token, password, now) =
            (Secret::new(token), Secret::new(sent.password.as_str()), clock::now());
        let done = match &link {
            Link::Reset { .. } => people.choose_password(&token, &password, now).map(|()| None),
            Link::Setup | Link::Invitation(_) => {
                let (login, name) = (sent.login.clone(), sent.name.clone());
                people.join(&token, &Joining { login, name, password }, now).map(Some)
            }
        };
        Ok(match done {
            Ok(None) => Redirect::to("/signin").into_response(),
            Ok(Some(entered)) => {
                (AppendHeaders([keep(&entered.token, &headers)]), Redirect::to("/")).into_response()
            }
            Err(it) => form(desk, visitor, &link, &sent, Some(&it)),
        })
    })
    .await
}

fn look(desk: &Desk, token: &str) -> Result<Link, Fault> {
    People::new(&*desk.records()?.store).link(&Secret::new(token), clock::now())
}

fn over(desk: &Desk, visitor: &Visitor, it: &Fault) -> Response {
    let page = Page::new(desk, visitor, Place::Home, "Link").status(StatusCode::NOT_FOUND);
    page.show(&html! {
        div.stack.narrow {
            h1 { "This link does not work" }
            p { "There is no such link, or it was used, or its time is over. Ask an admin for a new one." }
            @if !matches!(it, Fault::NotFound { .. }) { p { (it) } }
            p { a href="/signin" { "Sign in" } }
        }
    })
}

fn form(
    desk: &Desk,
    visitor: &Visitor,
    link: &Link,
    sent: &Sent,
    wrong: Option<&Fault>,
) -> Response {
    let (title, lead) = match link {
        Link::Setup => (
            "Set up the first account",
            "You will look after people, keys and lists here, and can prepare cases.",
        ),
        Link::Invitation(_) => ("Make your account", "You were invited to this desk."),
        Link::Reset { .. } => ("Choose a new password", "Every session of yours ends."),
    };
    let field_error = |name: &str| match wrong {
        Some(Fault::Invalid { field, what }) if *field == name => Some(what.clone()),
        Some(_) | None => None,
    };
    let (login, name, password) =
        (field_error("login"), field_error("name"), field_error("password"));
    let joins = !matches!(link, Link::Reset { .. });
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Page::new(desk, visitor, Place::Home, title).status(status).show(&html! {
        div.stack.narrow {
            h1 { (title) }
            p { (lead) }
            @if let Some(wrong) = wrong.filter(|it| !matches!(it, Fault::Invalid { .. })) {
                (alert(Light::Stop, "", &html! { p { (wrong) } }))
            }
            form.stack method="post" {
                @if joins {
                    (named(&Field::new("login", "Name to sign in with").hint("Letters, digits, dots and dashes, such as j.doe.").value(&sent.login).error(login.as_deref()).required(), "text", "username"))
                    (named(&Field::new("name", "Your name").hint("As your colleagues read it.").value(&sent.name).error(name.as_deref()).required(), "text", "name"))
                }
                (named(&Field::new("password", "Password").hint("Long is better than odd: a few words that do not belong together.").error(password.as_deref()).required(), "password", "new-password"))
                button.main type="submit" { @if joins { "Make the account" } @else { "Choose it" } }
            }
        }
    })
}
