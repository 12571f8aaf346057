//! One's own account: name and roles, the password, one-time codes, signing out everywhere.

use super::super::{asked_for, looked_at};
use super::{alert, carried, named};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::account::Account;
use crate::desk::people::code;
use crate::desk::people::entry::NoEntry;
use crate::desk::people::provider::door::Door;
use crate::desk::people::secret::Secret;
use crate::pages::field::Field;
use crate::pages::masked::masked;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::report::words::sentence;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::sync::Arc;

/// `/account`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(password))
        .route("/account/codes", post(begin_codes))
        .route("/account/codes/confirm", post(confirm_codes))
        .route("/account/codes/end", post(end_codes))
        .route("/account/signout", post(sign_out_everywhere))
}

/// What was typed.
#[derive(Debug, Default, serde::Deserialize)]
struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    own: String,
    #[serde(default)]
    code: String,
}

async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| page(desk, visitor, None)).await
}

/// Does something with one's own account, and shows what came of it.
async fn doing(
    desk: Arc<Desk>,
    visitor: Visitor,
    sent: Sent,
    what: impl FnOnce(&People<'_>, &Visitor, &Sent) -> Result<Response, NoEntry> + Send + 'static,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        match what(&People::new(&*desk.records()?.store), visitor, &sent) {
            Ok(response) => Ok(response),
            Err(NoEntry::Fault(it @ (Fault::Inside(_) | Fault::Store(_)))) => Err(it),
            Err(no) => page(desk, visitor, Some(&no)),
        }
    })
    .await
}

async fn password(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    doing(desk, visitor, sent, |people, visitor, sent| {
        let (old, new) = (Secret::new(sent.old.as_str()), Secret::new(sent.new.as_str()));
        people.change_password(&visitor.actor(), &old, &new, clock::now())?;
        Ok(Redirect::to("/signin").into_response())
    })
    .await
}

async fn begin_codes(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    let shown = Arc::clone(&desk);
    doing(desk, visitor, sent, move |people, visitor, _| {
        let secret = people.begin_codes(&visitor.actor(), clock::now())?;
        let login = visitor.who.as_ref().map(|it| it.session.account.login.clone());
        let address = code::address(&secret, login.as_deref().unwrap_or_default());
        let spaced: Vec<String> = secret
            .reveal()
            .as_bytes()
            .chunks(4)
            .map(|it| String::from_utf8_lossy(it).into_owned())
            .collect();
        let page = Page::new(&shown, visitor, Place::Home, "One-time codes");
        Ok(page.inside("Your account", "/account").show(&html! {
            div.stack.narrow {
                h1 { "One-time codes" }
                p { "Enter this key in an authenticator app, then the code that the app shows." }
                p.code { strong { (spaced.join(" ")) } }
                p { a href=(address.reveal()) { "Open it in an app on this device" } }
                form.stack method="post" action="/account/codes/confirm" {
                    (carried(visitor))
                    (named(&Field::new("code", "Code from the app").required(), "text", "one-time-code"))
                    button.main type="submit" { "Ask for codes from now on" }
                }
            }
        }))
    })
    .await
}

async fn confirm_codes(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    let shown = Arc::clone(&desk);
    doing(desk, visitor, sent, move |people, visitor, sent| {
        let first = Secret::new(sent.code.as_str());
        let recovery = people.confirm_codes(&visitor.actor(), &first, clock::now())?;
        let page = Page::new(&shown, visitor, Place::Home, "Recovery codes");
        Ok(page.inside("Your account", "/account").show(&html! {
            div.stack.narrow {
                h1 { "Codes are asked for from now on" }
                p {
                    "Keep these recovery codes where you find them when the phone is gone. Each \
                     works once, and they are shown only now."
                }
                pre { @for it in &recovery { (it.reveal()) "\n" } }
                p { a.button href="/account" { "I have kept them" } }
            }
        }))
    })
    .await
}

async fn end_codes(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    doing(desk, visitor, sent, |people, visitor, sent| {
        let (actor, old) = (visitor.actor(), Secret::new(sent.own.as_str()));
        people.end_codes(&actor, &actor.id, Some(&old), clock::now())?;
        Ok(Redirect::to("/account").into_response())
    })
    .await
}

async fn sign_out_everywhere(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Response {
    doing(desk, visitor, sent, |people, visitor, _| {
        let actor = visitor.actor();
        people.sign_out_everywhere(&actor, &actor.id, clock::now())?;
        Ok(Redirect::to("/signin").into_response())
    })
    .await
}

fn page(desk: &Desk, visitor: &Visitor, no: Option<&NoEntry>) -> Result<Response, Fault> {
    let nobody = Fault::NotFound { what: "account: nobody signed in" };
    let who = visitor.who.as_ref().ok_or(nobody)?;
    let status = if no.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let account = &who.session.account;
    let roles: Vec<String> = account.roles.iter().map(ToString::to_string).collect();
    Ok(Page::new(desk, visitor, Place::Home, "Your account").status(status).show(&html! {
        div.stack.reading {
            h1 { "Your account" }
            @if let Some(no) = no { (alert(Light::Stop, "", &html! { p { (sentence(&no.to_string())) "." } })) }
            dl.facts {
                dt { "Name" } dd { (account.name) }
                dt { "Signs in as" } dd { (account.login) }
                dt { "Roles" } dd { (roles.join(", ")) }
                dt { "One-time codes" } dd { @if account.codes { "Asked for" } @else { "Not asked for" } }
                dt { "Signed in since" }
                dd { time datetime=(who.session.since) { (who.session.since.strftime("%Y-%m-%d %H:%M UTC")) } }
            }
            section.part {
                h2 { "Password" }
                form.stack method="post" action="/account/password" {
                    (carried(visitor))
                    (named(&Field::new("old", "The password of now").required(), "password", "current-password"))
                    (named(&Field::new("new", "A new one").hint("Every session of yours ends.").required(), "password", "new-password"))
                    button type="submit" { "Change it" }
                }
            }
            section.part {
                h2 { "One-time codes" }
                @if account.codes {
                    form.stack method="post" action="/account/codes/end" {
                        (carried(visitor))
                        (named(&Field::new("own", "Password").required(), "password", "current-password"))
                        button.stop type="submit" { "Ask for no codes any more" }
                    }
                } @else {
                    p { "A code from an app on your phone, besides the password. Whoever approves or looks after people should have it." }
                    form method="post" action="/account/codes" {
                        (carried(visitor))
                        button type="submit" { "Set it up" }
                    }
                }
            }
            @if let Some(provider) = &desk.house().provider { (bound(visitor, account, provider)) }
            section.part {
                h2 { "Sessions" }
                form method="post" action="/account/signout" {
                    (carried(visitor))
                    button.stop type="submit" { "Sign out everywhere" }
                }
            }
        }
    }))
}

/// The way to one's own account by the identity provider: whether it is bound, and how to bind it.
/// A link and no form, since a form may lead to no other site.
fn bound(visitor: &Visitor, account: &Account, provider: &Door) -> Markup {
    let bind = visitor.who.as_ref().map(|it| masked(it.session.csrf())).unwrap_or_default();
    html! {
        section.part id="provider" {
            h2 { "Sign in with " (provider.label()) }
            @match &account.subject {
                Some(subject) => p { "This account opens when you sign in there, where you are " code.anywhere { (subject) } "." },
                None => {
                    p { "You sign in there once, and from then on this account opens that way too. Where it says which roles you have, it says so anew each time." }
                    p { a.button href=(format!("/sign-in/openid?to=/account&bind={bind}")) rel="nofollow" { "Bind this account to " (provider.label()) } }
                },
            }
        }
    }
}
