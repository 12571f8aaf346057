//! Keys of programs: made and ended here, and shown once.

use super::{Sent, parts};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::keys::{Key, Wanted, Word};
use crate::desk::permission::{Permission, Scope, Whose};
use crate::pages::element::{alert, empty};
use crate::pages::field::Field;
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{asked_for, case, entry, fault, looked_at};
use crate::report::words::{sentence, within};
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// `GET /settings/keys`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    looked_at(desk, visitor, |desk, visitor| page(desk, visitor, None, None)).await
}

/// `POST /settings/keys`.
pub(super) async fn make(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| match made(desk, visitor, &sent) {
        Ok((key, text)) => page(desk, visitor, Some((&key, &text)), None),
        Err(it) => page(desk, visitor, None, Some(&it)),
    })
    .await
}

fn made(desk: &Desk, visitor: &Visitor, sent: &Sent) -> Result<(Key, String), Fault> {
    visitor.actor().may(Permission::ManageKeys, Whose::Anyone)?;
    let scopes: BTreeSet<Word> =
        sent.all("scope").filter_map(|it| it.parse::<Scope>().ok()).map(Word).collect();
    let per_second = match sent.value("per_second").trim() {
        "" => None,
        text => Some(text.parse().ok().filter(|it| *it > 0).ok_or_else(|| {
            Fault::invalid("per_second", "write a number of at least 1, or leave it empty")
        })?),
    };
    let expires = expiry(sent.value("expires"))?;
    let wanted = Wanted { name: sent.value("name").to_owned(), scopes, expires, per_second };
    desk.records()?.keys.make(&visitor.actor().id, wanted, clock::now())
}

/// The beginning of that day, by universal time; nothing where no day is named.
fn expiry(text: &str) -> Result<Option<Timestamp>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Fault::invalid("expires", "write a day as 2027-09-24, or leave it empty");
    let day = text.parse::<Date>().map_err(|_| wrong())?;
    let start = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| wrong())?;
    Ok(Some(start))
}

/// `POST /settings/keys/end`.
pub(super) async fn end(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(pairs);
    asked_for(desk, visitor, sent.csrf(), move |desk, visitor| {
        let actor = visitor.actor();
        actor.may(Permission::ManageKeys, Whose::Anyone)?;
        desk.records()?.keys.end(&actor.id, sent.value("id"), clock::now())?;
        Ok(Redirect::to("/settings/keys").into_response())
    })
    .await
}

fn page(
    desk: &Desk,
    visitor: &Visitor,
    made: Option<(&Key, &str)>,
    wrong: Option<&Fault>,
) -> Result<Response, Fault> {
    visitor.actor().may(Permission::ManageKeys, Whose::Anyone)?;
    let keys = desk.records()?.keys.live()?;
    let status = wrong.map_or(axum::http::StatusCode::OK, |it| fault::heading(it).0);
    let page = Page::new(desk, visitor, Place::Settings, "Keys").inside("Settings", "/settings");
    Ok(page.status(status).show(&html! {
        div.stack-wide {
            h1 { "Keys of programs" }
            (parts(visitor, "/settings/keys"))
            @if let Some(wrong) = wrong { (fault::said(wrong)) }
            @if let Some((key, text)) = made {
                (alert(Light::Go, &format!("The key {}", key.name), &html! {
                    p { "It is shown only now; only its digest is kept. A program sends it as " code { "Authorization: Bearer …" } "." }
                    pre { (text) }
                }))
            }
            @if keys.is_empty() {
                (empty("No program has a key", &html! {
                    p { "A shop, a build pipeline or an assistant asks over the API with a key of its own: what it may do is what you tick here, and what it did stands in the record under its name." }
                }))
            } @else {
                (table(desk, visitor, &keys))
            }
            (new(visitor, keys.is_empty() || wrong.is_some()))
        }
    }))
}

fn table(desk: &Desk, visitor: &Visitor, keys: &[Key]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Keys" {
            table.stacked {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "May" } th scope="col" { "Made" }
                    th scope="col" { "Until" } th.number scope="col" { "A second" } th scope="col" { "Change" }
                } }
                tbody {
                    @for key in keys {
                        tr {
                            th scope="row" { (key.name) " " span.soft.small { code { (key.id) } } }
                            td { @for it in &key.scopes { span.tag { (it.0) } " " } }
                            td data-label="Made" { time datetime=(key.made_at) { (key.made_at.strftime("%Y-%m-%d %H:%M UTC")) } " by " (case::who(desk, &key.made_by)) }
                            td data-label="Until" { @match key.expires { Some(it) => time datetime=(it) { (it.strftime("%Y-%m-%d %H:%M UTC")) }, None => "ended" } }
                            td.number data-label="A second" { @match key.per_second { Some(it) => (it), None => span.soft { "as all" } } }
                            td {
                                form method="post" action="/settings/keys/end" {
                                    (entry::carried(visitor))
                                    input type="hidden" name="id" value=(key.id);
                                    button.small.stop type="submit" { "End it" span.unseen { ": " (key.name) } }
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
            summary { "Make a key" }
            form.stack method="post" action="/settings/keys" {
                (entry::carried(visitor))
                (Field::new("name", "What the program is called").required().line("text", ""))
                fieldset.field {
                    legend { "What it may do" }
                    div.choices {
                        @for scope in Scope::ALL {
                            @let verbs: Vec<String> = scope.verbs().iter().map(|it| within(it.meaning())).collect();
                            label.choice {
                                input type="checkbox" name="scope" value=(scope);
                                span { code { (scope) } span.meaning { (sentence(&verbs.join("; "))) } }
                            }
                        }
                    }
                }
                (Field::new("expires", "Until").hint("The first day on which it is refused; it may stay empty.").line("date", "short"))
                (Field::new("per_second", "Requests a second").hint("Empty: as for everybody.").line("number", "short"))
                button.main type="submit" { "Make it" }
            }
        }
    }
}
