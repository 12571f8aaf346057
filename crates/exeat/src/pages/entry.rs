//! The way in: signing in, links that work once, one's own account.

mod account;
mod link;
mod openid;

use super::element::alert;
use super::field::Field;
use super::outcome::Light;
use super::page::Page;
use super::place::Place;
use super::session::{CSRF, forget, keep};
use super::visitor::Visitor;
use super::{aside, asked_for, looked_at};
use crate::clock;
use crate::desk::Desk;
use crate::desk::people::People;
use crate::desk::people::entry::{NoEntry, Typed};
use crate::desk::people::secret::Secret;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;

/// `/signin`, `/signout`, `/link/TOKEN` and `/account`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/signin", get(show).post(sign_in))
        .route("/signout", post(sign_out))
        .merge(link::router())
        .merge(openid::router())
        .merge(account::router())
}

/// Where one wanted to go.
#[derive(Debug, Default, serde::Deserialize)]
struct Wish {
    #[serde(default)]
    to: String,
}

/// What was typed.
#[derive(Debug, Default, serde::Deserialize)]
struct Sent {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    to: String,
}

/// A page of ours, or the first.
fn ours(to: &str) -> &str {
    let inside = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    if inside { to } else { "/" }
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wish): Query<Wish>,
) -> Response {
    aside(move || {
        if visitor.who.is_some() {
            return Redirect::to(ours(&wish.to)).into_response();
        }
        let sent = Sent { to: wish.to, ..Sent::default() };
        form(&desk, &visitor, &sent, None, false)
    })
    .await
}

async fn sign_in(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        let store = &*desk.records()?.store;
        let code = Some(sent.code.trim()).filter(|it| !it.is_empty()).map(Secret::new);
        let password = Secret::new(sent.password.as_str());
        let typed = Typed { login: sent.login.clone(), password, code };
        Ok(match People::new(store).sign_in(&typed, clock::now()) {
            Ok(entered) => {
                let cookie = keep(&entered.token, &headers);
                (AppendHeaders([cookie]), Redirect::to(ours(&sent.to))).into_response()
            }
            Err(NoEntry::Fault(it)) => return Err(it),
            Err(no @ NoEntry::CodeNeeded) => {
                form(desk, visitor, &sent, Some(&no.to_string()), true)
            }
            Err(no @ (NoEntry::Wrong | NoEntry::Wait { .. })) => {
                let with_code = !sent.code.is_empty();
                form(desk, visitor, &sent, Some(&no.to_string()), with_code)
            }
        })
    })
    .await
}

async fn sign_out(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(sent): Form<super::visitor::Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, move |desk, visitor| {
        if let (Ok(records), Some(it)) = (desk.records(), &visitor.who) {
            // A session that cannot be ended now ends by itself; the cookie goes in any case.
            drop(People::new(&*records.store).sign_out(&it.token));
        }
        let cleared =
            (axum::http::HeaderName::from_static("clear-site-data"), "\"cache\"".to_owned());
        Ok((AppendHeaders([forget(&headers), cleared]), Redirect::to("/signin")).into_response())
    })
    .await
}

fn form(
    desk: &Desk,
    visitor: &Visitor,
    sent: &Sent,
    wrong: Option<&str>,
    with_code: bool,
) -> Response {
    let status = if wrong.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let nobody =
        desk.records().ok().is_some_and(|it| People::new(&*it.store).is_empty().unwrap_or(false));
    Page::new(desk, visitor, Place::Home, "Sign in").status(status).show(&html! {
        div.stack.narrow {
            h1 { "Sign in" }
            @if nobody {
                (alert(Light::Wait, "Nobody has an account yet", &html! {
                    p {
                        "When the server started it printed a link that makes the first account. \
                         It works once, for a day; starting the server again prints a new one."
                    }
                }))
            }
            @if let Some(wrong) = wrong {
                (alert(Light::Stop, "", &html! { p { (crate::report::words::sentence(wrong)) "." } }))
            }
            form.stack method="post" action="/signin" {
                input type="hidden" name="to" value=(sent.to);
                (named(&Field::new("login", "Name to sign in with").value(&sent.login).required(), "text", "username"))
                (named(&Field::new("password", "Password").required(), "password", "current-password"))
                @if with_code {
                    (named(&Field::new("code", "Code from your app").hint("Or one of your recovery codes."), "text", "one-time-code"))
                }
                button.main type="submit" { "Sign in" }
            }
            @if let Some(door) = &desk.house().provider {
                p { a.button href=(openid::address(&sent.to)) { "Sign in with " (door.label()) } }
            }
        }
    })
}

/// A field that a password manager knows.
fn named(field: &Field<'_>, kind: &str, what: &str) -> Markup {
    field.labeled(&html! {
        input type=(kind) id=(field.id()) name=(field.name) value=(field.value)
            autocomplete=(what) required[field.required] aria-describedby=[field.described()]
            aria-invalid=[field.error.map(|_| "true")] autocapitalize="none" spellcheck="false";
    })
}

/// What a form of this session carries.
pub(super) fn carried(visitor: &Visitor) -> Markup {
    html! {
        @if let Some(it) = &visitor.who { input type="hidden" name=(CSRF) value=(super::masked::masked(it.session.csrf())); }
    }
}
