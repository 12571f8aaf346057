//! Webhooks and addresses for e-mail: made, stopped and let go on here.

use super::{Sent, parts};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::hooks::{Hook, Hooks};
use crate::desk::people::secret::Secret;
use crate::pages::element::{alert, empty};
use crate::pages::field::Field;
use crate::pages::outcome::{Light, light};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{asked_for, entry, fault, looked_at};
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// Kinds of events to choose from, with what they are; others can be named over the API.
const KINDS: [(&str, &str); 6] = [
    ("review-requested", "Somebody asks for a review"),
    ("approved", "A case is approved"),
    ("returned", "A case is sent back"),
    ("released", "A case is released"),
    ("change-found", "Law or lists change an answer"),
    ("match-decided", "A match is decided"),
];

/// `GET /settings/hooks`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| page(desk, visitor, None, None)).await
}

/// `POST /settings/hooks`.
pub(super) async fn make(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| {
        let hook = Hook {
            name: sent.value("name").to_owned(),
            to: sent.value("to").trim().to_owned(),
            kinds: sent.all("kind").map(str::to_owned).collect(),
            personal: sent.value("personal") == "yes",
            ..Hook::default()
        };
        let made = desk
            .records()
            .and_then(|it| Hooks::new(&*it.store).make(&visitor.actor(), hook, clock::now()));
        match &made {
            Ok((hook, secret)) => page(desk, visitor, Some((hook, secret)), None),
            Err(it) => page(desk, visitor, None, Some(it)),
        }
    })
    .await
}

/// `POST /settings/hooks/set`.
pub(super) async fn set(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| {
        let actor = visitor.actor();
        let stopped = (sent.value("to") == "stop").then(|| format!("{} stopped it", actor.name));
        let store = &*desk.records()?.store;
        Hooks::new(store).set(&actor, sent.value("id"), stopped, clock::now())?;
        Ok(Redirect::to("/settings/hooks").into_response())
    })
    .await
}

fn page(
    desk: &Desk,
    visitor: &Visitor,
    made: Option<(&Hook, &Secret)>,
    wrong: Option<&Fault>,
) -> Result<Response, Fault> {
    let hooks = Hooks::new(&*desk.records()?.store).list(&visitor.actor())?;
    let status = wrong.map_or(axum::http::StatusCode::OK, |it| fault::heading(it).0);
    let page =
        Page::new(desk, visitor, Place::Settings, "Webhooks").inside("Settings", "/settings");
    Ok(page.status(status).show(&html! {
        div.stack-wide {
            h1 { "Webhooks and e-mail" }
            (parts(visitor, "/settings/hooks"))
            @if let Some(wrong) = wrong { (fault::said(wrong)) }
            @if let Some((hook, secret)) = made {
                (alert(Light::Go, &format!("{} is told from now on", hook.name), &html! {
                    @if hook.to.starts_with("https:") {
                        p { "What is sent is signed with this secret. It is shown only now." }
                        pre { (secret.reveal()) }
                    }
                }))
            }
            @if hooks.is_empty() {
                (empty("Nobody is told by itself", &html! {
                    p { "A webhook or an e-mail tells a chat, a ticket system or a colleague when something happens in a case. No names are sent unless you ask for it." }
                }))
            } @else {
                (table(visitor, &hooks))
            }
            (new(visitor, hooks.is_empty() || wrong.is_some()))
        }
    }))
}

fn table(visitor: &Visitor, hooks: &[Hook]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Webhooks" {
            table.stacked {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "Leads to" } th scope="col" { "Told of" }
                    th scope="col" { "Standing" } th scope="col" { "Change" }
                } }
                tbody {
                    @for hook in hooks {
                        tr {
                            th scope="row" { (hook.name) @if hook.personal { " " span.tag { "with names" } } }
                            td { code { (hook.to) } }
                            td { @if hook.kinds.is_empty() { "Everything in cases" } @else { @for it in &hook.kinds { span.tag { (it) } " " } } }
                            td { @match &hook.disabled { None => (light(Light::Go, "Sends")), Some(why) => { (light(Light::Wait, "Stopped")) p.small { (why) } } } }
                            td {
                                form method="post" action="/settings/hooks/set" {
                                    (entry::carried(visitor))
                                    input type="hidden" name="id" value=(hook.id);
                                    @let (to, word) = if hook.disabled.is_some() { ("go", "Let it send") } else { ("stop", "Stop it") };
                                    input type="hidden" name="to" value=(to);
                                    button.small type="submit" { (word) span.unseen { ": " (hook.name) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn new(visitor: &Visitor, open: bool) -> Markup {
    html! {
        details.panel open[open] {
            summary { "Tell somebody" }
            form.stack method="post" action="/settings/hooks" {
                (entry::carried(visitor))
                (Field::new("name", "What it is called").required().line("text", ""))
                (Field::new("to", "Where it leads").hint("https://… for a webhook, mailto:somebody@example.com for e-mail.").required().line("text", "wide"))
                fieldset.field {
                    legend { "Told of" }
                    p.hint { "Nothing ticked: everything that happens in cases." }
                    div.choices {
                        @for (kind, meaning) in KINDS {
                            label.choice {
                                input type="checkbox" name="kind" value=(kind);
                                span { (meaning) span.meaning { code { (kind) } } }
                            }
                        }
                    }
                }
                label.choice {
                    input type="checkbox" name="personal" value="yes";
                    span { "Send what happened along" span.meaning { "With the names in it. Without, only which case and what kind of event." } }
                }
                button.main type="submit" { "Tell from now on" }
            }
        }
    }
}
