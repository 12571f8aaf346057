//! Who has an account, and what they may do.

use super::{Sent, origin, parts};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::account::Account;
use crate::desk::people::link::Invitation;
use crate::desk::permission::{Permission, Role};
use crate::pages::element::alert;
use crate::pages::field::Field;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{asked_for, entry, fault, looked_at};
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `GET /settings`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| page(desk, visitor, None, None)).await
}

/// `POST /settings/invite`.
pub(super) async fn invite(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| {
        let name = sent.value("name").trim().to_owned();
        let invitation =
            Invitation { name: name.clone(), roles: roles_of(&sent), by: String::new() };
        let made = desk.records().and_then(|it| {
            People::new(&*it.store).invite(&visitor.actor(), invitation, clock::now())
        });
        match made {
            Ok(token) => {
                let link = format!("{}/link/{}", origin(&headers), token.reveal());
                page(desk, visitor, Some((&name, &link)), None)
            }
            Err(it) => page(desk, visitor, None, Some(&it)),
        }
    })
    .await
}

/// `POST /settings/person`.
pub(super) async fn person(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| {
        match &change(desk, visitor, &sent, &headers) {
            Ok(None) => Ok(Redirect::to("/settings").into_response()),
            Ok(Some((name, link))) => page(desk, visitor, Some((name, link)), None),
            Err(it) => page(desk, visitor, None, Some(it)),
        }
    })
    .await
}

/// Changes somebody's account; returns the name and the link to hand on, where one was made.
fn change(
    desk: &Desk,
    visitor: &Visitor,
    sent: &Sent,
    headers: &HeaderMap,
) -> Result<Option<(String, String)>, Fault> {
    let store = &*desk.records()?.store;
    let (people, actor, now) = (People::new(store), visitor.actor(), clock::now());
    let id = sent.value("id");
    match sent.value("what") {
        "roles" => people.set_roles(&actor, id, roles_of(sent), now).map(|_| None),
        "lock" => people.lock(&actor, id, sent.value("why"), now).map(|_| None),
        "unlock" => people.unlock(&actor, id, now).map(|_| None),
        "signout" => people.sign_out_everywhere(&actor, id, now).map(|()| None),
        "reset" => {
            let token = people.reset(&actor, id, now)?;
            let link = format!("{}/link/{}", origin(headers), token.reveal());
            Ok(Some((people.account(id)?.name, link)))
        }
        _ => Err(Fault::invalid("what", "there is no such thing to do")),
    }
}

fn page(
    desk: &Desk,
    visitor: &Visitor,
    link: Option<(&str, &str)>,
    wrong: Option<&Fault>,
) -> Result<Response, Fault> {
    let store = &*desk.records()?.store;
    let everybody = People::new(store).everybody(&visitor.actor())?;
    let manages = visitor.may(Permission::ManagePeople);
    let status = wrong.map_or(axum::http::StatusCode::OK, |it| fault::heading(it).0);
    Ok(Page::new(desk, visitor, Place::Settings, "Settings").status(status).show(&html! {
        div.stack-wide {
            h1 { "Settings" }
            (parts(visitor, "/settings"))
            @if let Some(wrong) = wrong { (fault::said(wrong)) }
            @if let Some((name, link)) = link {
                (alert(Light::Go, &format!("A link for {name}"), &html! {
                    p { "Hand it on in a way that only they can read. It works once, and is shown only now." }
                    pre { (link) }
                }))
            }
            section aria-labelledby="people" {
                h2 id="people" { "People" }
                div.scroll {
                    table.stacked {
                        thead { tr { th scope="col" { "Name" } th scope="col" { "Signs in as" } th scope="col" { "Roles" } th scope="col" { "Codes" } @if manages { th scope="col" { "Change" } } } }
                        tbody { @for it in &everybody { (row(visitor, it, manages)) } }
                    }
                }
                @if manages { (invitation(visitor)) }
            }
        }
    }))
}

/// The roles that were ticked.
fn roles_of(sent: &Sent) -> BTreeSet<Role> {
    sent.all("role").filter_map(|it| it.parse().ok()).collect()
}

fn row(visitor: &Visitor, account: &Account, manages: bool) -> Markup {
    let own = visitor.actor().id == account.id;
    let form = |what: &str, button: &str, inside: Markup| {
        html! {
            form.row method="post" action="/settings/person" {
                (entry::carried(visitor))
                input type="hidden" name="id" value=(account.id);
                input type="hidden" name="what" value=(what);
                (inside)
                button.small type="submit" { (button) }
            }
        }
    };
    html! {
        tr {
            th scope="row" { (account.name) @if account.locked { " " span.tag { "Locked" } } @if own { " " span.soft.small { "(you)" } } }
            td data-label="Signs in as" { (account.login) }
            td { @for it in &account.roles { span.tag { (it) } " " } }
            td data-label="Codes:" { @if account.codes { "Asked for" } @else { "Not asked for" } }
            @if manages {
                td {
                    @if own { span.soft.small { "Another admin changes yours." } }
                    @else {
                        details {
                            summary { "Change" span.unseen { " " (account.name) } }
                            div.stack-tight {
                                (form("roles", "Set the roles", roles(&account.roles)))
                                (form("reset", "Link for a new password", html! {}))
                                (form("signout", "Sign out everywhere", html! {}))
                                @if account.locked { (form("unlock", "Unlock", html! {})) }
                                @else {
                                    (form("lock", "Lock", html! {
                                        label for=(format!("why-{}", account.id)) { "Why" }
                                        input type="text" id=(format!("why-{}", account.id)) name="why" required;
                                    }))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The roles to choose from, with what they are.
fn roles(chosen: &BTreeSet<Role>) -> Markup {
    html! {
        fieldset.field {
            legend { "Roles" }
            div.choices {
                @for role in Role::ALL {
                    label.choice {
                        input type="checkbox" name="role" value=(role.as_str()) checked[chosen.contains(&role)];
                        span { (crate::report::words::sentence(role.as_str())) span.meaning { (role.purpose()) } }
                    }
                }
            }
        }
    }
}

fn invitation(visitor: &Visitor) -> Markup {
    html! {
        details.panel {
            summary { "Invite somebody" }
            form.stack method="post" action="/settings/invite" {
                (entry::carried(visitor))
                (Field::new("name", "Their name").required().line("text", ""))
                (roles(&BTreeSet::new()))
                button.main type="submit" { "Make a link" }
            }
        }
    }
}
