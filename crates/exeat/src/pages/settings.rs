//! Settings: who has an account and what they may do; the law and the lists that answer.

use super::element::alert;
use super::field::Field;
use super::outcome::Light;
use super::page::Page;
use super::place::Place;
use super::standing::Standing;
use super::visitor::Visitor;
use super::{aside, entry, fault};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::people::People;
use crate::desk::people::account::Account;
use crate::desk::people::link::Invitation;
use crate::desk::permission::{Permission, Role};
use axum::Router;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `/settings`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/invite", post(invite))
        .route("/settings/person", post(person))
}

async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || {
        page(&desk, &visitor, None, None).unwrap_or_else(|it| fault::page(&desk, &visitor, &it))
    })
    .await
}

/// Pairs of a form by name.
#[derive(Debug, Default)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn value(&self, name: &str) -> &str {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str()).unwrap_or_default()
    }

    fn roles(&self) -> BTreeSet<Role> {
        let said = self.0.iter().filter(|it| it.0 == "role");
        said.filter_map(|it| it.1.parse().ok()).collect()
    }
}

async fn invite(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    aside(move || {
        if let Some(response) = visitor.strange(&desk, sent.value("csrf")) {
            return response;
        }
        let name = sent.value("name").trim().to_owned();
        let invitation = Invitation { name: name.clone(), roles: sent.roles(), by: String::new() };
        let made = desk.records().and_then(|it| {
            People::new(&*it.store).invite(&visitor.actor(), invitation, clock::now())
        });
        let shown = match made {
            Ok(token) => {
                let link = format!("{}/link/{}", origin(&headers), token.reveal());
                page(&desk, &visitor, Some((&name, &link)), None)
            }
            Err(it) => page(&desk, &visitor, None, Some(&it)),
        };
        shown.unwrap_or_else(|it| fault::page(&desk, &visitor, &it))
    })
    .await
}

/// Where this server is reached, as the browser says.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let host = text(HOST.as_str()).unwrap_or("localhost");
    let plain = text("x-forwarded-proto").unwrap_or("http") != "https";
    format!("{}://{host}", if plain { "http" } else { "https" })
}

async fn person(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    aside(move || {
        if let Some(response) = visitor.strange(&desk, sent.value("csrf")) {
            return response;
        }
        let done = change(&desk, &visitor, &sent, &headers);
        let shown = match &done {
            Ok(None) => return Redirect::to("/settings").into_response(),
            Ok(Some((name, link))) => page(&desk, &visitor, Some((name, link)), None),
            Err(it) => page(&desk, &visitor, None, Some(it)),
        };
        shown.unwrap_or_else(|it| fault::page(&desk, &visitor, &it))
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
        "roles" => people.set_roles(&actor, id, sent.roles(), now).map(|_| None),
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
            (answering(desk))
        }
    }))
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
            td { (account.login) }
            td { @for it in &account.roles { span.tag { (it) } " " } }
            td { @if account.codes { "Asked for" } @else { "Not asked for" } }
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

/// Which law and lists answer here.
fn answering(desk: &Desk) -> Markup {
    let standing = Standing::of(desk);
    let engine = desk.engine();
    let digest: String = engine.stamp().digest.chars().take(16).collect();
    let searcher = desk.searcher();
    html! {
        section aria-labelledby="answers" {
            h2 id="answers" { "What answers here" }
            dl.facts {
                dt { "Law" } dd { (engine.stamp().name) " " code { (digest) } @if let Some(day) = standing.law { ", verified through " time datetime=(day) { (day) } } }
                dt { "Lists" } dd { (standing.lists) }
            }
            @if let Some(Ok(opened)) = searcher.in_use() {
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "List" } th scope="col" { "Of" } th.number scope="col" { "Entries" } th scope="col" { "Whole" } } }
                        tbody {
                            @for it in &opened.searched().lists {
                                tr {
                                    th scope="row" { (it.code) }
                                    td { @match it.date { Some(day) => time datetime=(day) { (day) }, None => "Unknown day" } }
                                    td.number { (it.entries) }
                                    td { @if it.whole { "Yes" } @else { "Chosen entries" } }
                                }
                            }
                        }
                    }
                }
            }
            p.soft.small { "Lists are brought in with " code { "exeat lists update" } " or " code { "exeat lists import" } "; the server takes them up by itself." }
        }
    }
}
