//! The page of an answer that is not recorded: it forms anew each time it is looked at.

use super::{Answer, Deciding, Told, sections, whatif};
use crate::api::determination;
use crate::api::failure::Problem;
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::On;
use crate::desk::fault::Fault;
use crate::desk::permission::Permission;
use crate::interview::form::FieldPath;
use crate::json::Layout;
use crate::pages::asking::Asking;
use crate::pages::check::{self, Draft, address, gone};
use crate::pages::citation::Official;
use crate::pages::element::{alert, quoting};
use crate::pages::outcome::Light;
use crate::pages::page::{Page, fragment};
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, asked_for, deciding, entry, escaped, glossary};
use crate::report::{Report, about, markdown};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use decision::Trace;
use decision::matches::subject_at;
use decision::transaction::Transaction;
use decision::what_if::what_if;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many facts may change together.
const SIZE: usize = 2;

/// `/check/DRAFT/answer` and what goes with it.
pub(in crate::pages) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/check/{draft}/answer", get(show))
        .route("/check/{draft}/answer.json", get(json))
        .route("/check/{draft}/answer.md", get(text))
        .route("/check/{draft}/what-if", get(changes))
        .route("/check/{draft}/what-if/part", get(changes_part))
        .route("/check/{draft}/confirm", post(confirm))
        .route("/check/{draft}/decide", post(decide))
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        let Some(draft) = Draft::kept(&desk, &name) else { return gone(&desk, &visitor) };
        let here = address(&name);
        let read = draft.transaction();
        let engine = desk.engine();
        let answered = read.and_then(|transaction| {
            let determination = Asking::of(&desk, &visitor).decide(&engine, &transaction)?;
            Ok((Answer::of(&determination), transaction))
        });
        let page = Page::new(&desk, &visitor, Place::Check, "Answer").inside("New check", "/check");
        let (answer, transaction) = match answered {
            Ok(answered) => answered,
            Err(failure) => {
                let page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
                return page.show(&unanswered(&failure.problems, &here));
            }
        };
        let deciding = visitor.who.is_some().then_some(Deciding::Draft(&visitor, &here));
        let told = Told { answer: &answer, form: &draft.form, change: Some(&here), deciding };
        page.show(&html! {
            div.columns {
                div.stack-wide {
                    div.stack {
                        (told.sentence(1))
                        p.about { (about::line(&transaction)) }
                        (told.open())
                        (told.items())
                        (tools(&here))
                        (onward(&visitor, &draft, &name))
                    }
                    (sections(&told))
                    (earlier(&visitor, &transaction))
                    section aria-labelledby="changes" {
                        h2 id="changes" { "What would change it" }
                        div {
                            p {
                                a.button href=(format!("{here}/what-if"))
                                    data-load=(format!("{here}/what-if/part")) data-soon {
                                    "Try every change of one or two facts"
                                }
                            }
                        }
                    }
                }
                aside.stack {
                    section.panel.told {
                        h2 { "What it rests on" }
                        (check::summary(&draft.form, Some(&here)))
                    }
                    (stamp(&answer))
                }
            }
        })
    })
    .await
}

/// From an answer to a case, or back to the case whose facts were changed.
fn onward(visitor: &Visitor, draft: &Draft, name: &str) -> Markup {
    html! {
        @match (&visitor.who, &draft.case) {
            (None, _) => {}
            (Some(_), None) => {
                form.row.screen-only method="post" action=(format!("/check/{name}/case")) {
                    (entry::carried(visitor))
                    button.main type="submit" data-key="o" { "Open a case" }
                    span.soft.small { "Records this answer, so that matches can be decided, somebody can review it, and it can go." }
                }
            }
            (Some(_), Some(id)) => {
                form.panel.stack-tight.screen-only method="post" action=(format!("/cases/{id}/facts")) {
                    (entry::carried(visitor))
                    input type="hidden" name="draft" value=(name);
                    label for="why" { "Why the facts of the case change" }
                    textarea.wide.low id="why" name="why" rows="2" required {}
                    div.row {
                        button.main type="submit" { "Save them to the case" }
                        a href=(format!("/cases/{id}")) { "Back to the case without" }
                    }
                }
            }
        }
    }
}

/// What was asked before about the same parties, for who may read it.
fn earlier(visitor: &Visitor, transaction: &Transaction) -> Markup {
    let names = transaction.parties.iter().flatten().filter_map(|it| it.name.as_deref());
    let names: BTreeSet<&str> = names.collect();
    html! {
        @if visitor.may(Permission::ReadCase) && !names.is_empty() {
            section.screen-only aria-labelledby="earlier" {
                h2 id="earlier" { "Asked before" }
                ul {
                    @for name in names {
                        li {
                            a href=(format!("/queue?stage=all&q={}", escaped(name))) { "Cases with " (name) }
                            @if visitor.may(Permission::ReadRecords) {
                                " · " a href=(format!("/record?q={}", escaped(name))) { "Determinations" span.unseen { " with " (name) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What one does with an answer.
fn tools(here: &str) -> Markup {
    html! {
        div.row.screen-only {
            button type="button" data-prints data-key="P" hidden { "Print" }
            a.button href=(format!("{here}/answer.md")) download { "Markdown" }
            a.button href=(format!("{here}/answer.json")) download { "JSON" }
        }
    }
}

/// What is still needed, the best question first, each with the way to answer it.
pub(super) fn questions(told: &Told<'_>) -> Markup {
    let answer = told.answer;
    let title = if answer.outcome == "needs-review" {
        "Still needed"
    } else {
        "Could still change the answer"
    };
    let official = told.official();
    html! {
        @if !answer.questions.is_empty() {
            section aria-labelledby="needed" {
                h2 id="needed" { (title) }
                ol {
                    @for it in &answer.questions {
                        li {
                            (quoting(&it.ask)) " " (official.cite(&it.citation))
                            @if let Some(address) = told.change.filter(|_| glossary::wanted(&it.fact).is_some()) {
                                " "
                                a.screen-only href=(format!("{address}?fact={}", it.fact.replace('[', "%5B").replace(']', "%5D"))) {
                                    "Answer it" span.unseen { ": " (it.ask) }
                                }
                            }
                            span.because.soft.small { (quoting(&it.why)) }
                        }
                    }
                }
            }
        }
    }
}

/// Which law and lists answered.
fn stamp(answer: &Answer) -> Markup {
    let digest: String = answer.rulebook.digest.chars().take(12).collect();
    html! {
        section.panel.small {
            h2 { "Which law answered" }
            dl.facts {
                dt { "Law of" } dd { time datetime=(answer.law_date) { (answer.law_date) } }
                dt { "Rulebook" } dd { (answer.rulebook.name) " " code { (digest) } }
                @if let Some(day) = &answer.rulebook.as_of {
                    dt { "Verified through" } dd { time datetime=(day) { (day) } }
                }
            }
        }
    }
}

fn unanswered(problems: &[Problem], here: &str) -> Markup {
    html! {
        div.stack {
            h1 { "There is no answer yet" }
            (alert(Light::Stop, "", &html! {
                ul { @for it in problems { li { (it) } } }
            }))
            p { a.button.main href=(here) { "Answer the next questions" } }
        }
    }
}

/// Something made from a determination.
fn made(
    desk: &Desk,
    visitor: &Visitor,
    name: &str,
    make: impl FnOnce(&decision::Determination<'_>, &decision::transaction::Transaction) -> Response,
) -> Response {
    let Some(draft) = Draft::kept(desk, name) else { return StatusCode::NOT_FOUND.into_response() };
    let engine = desk.engine();
    let response = draft.transaction().and_then(|transaction| {
        let determination = Asking::of(desk, visitor).decide(&engine, &transaction)?;
        Ok(make(&determination, &transaction))
    });
    response.unwrap_or_else(|_| StatusCode::UNPROCESSABLE_ENTITY.into_response())
}

async fn json(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        made(&desk, &visitor, &name, |determination, _| {
            let mut json = Vec::new();
            determination::write(determination, Layout::Pretty, &mut json);
            json.push(b'\n');
            saved("application/json", "answer.json", json)
        })
    })
    .await
}

async fn text(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        made(&desk, &visitor, &name, |determination, transaction| {
            let text = markdown::render(&Report::of(determination, transaction));
            saved("text/markdown; charset=utf-8", "answer.md", text.into_bytes())
        })
    })
    .await
}

/// A file to be saved.
fn saved(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// What would change the answer, as a page of its own.
async fn changes(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        let sees_matches = Asking::of(&desk, &visitor).sees_matches;
        let Some(found) = altered(&desk, &name, sees_matches, true) else {
            return gone(&desk, &visitor);
        };
        let here = address(&name);
        let page = Page::new(&desk, &visitor, Place::Check, "What would change it");
        let page = page.inside("New check", "/check").inside("Answer", format!("{here}/answer"));
        page.show(&html! { div.stack { h1 { "What would change it" } (found) } })
    })
    .await
}

/// The same as a part of the answer's page.
async fn changes_part(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    aside(move || {
        let sees_matches = Asking::of(&desk, &visitor).sees_matches;
        match altered(&desk, &name, sees_matches, false) {
            Some(found) => fragment(&found),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    })
    .await
}

fn altered(desk: &Desk, name: &str, sees_matches: bool, alone: bool) -> Option<Markup> {
    let transaction = Draft::kept(desk, name)?.transaction().ok()?;
    let engine = desk.engine();
    let options = desk.options(Trace::Decisive);
    let searching = desk.searching(&engine, sees_matches);
    let names = searching.names(&transaction, &options, Desk::not_searched(sees_matches)).ok()?;
    let found = what_if(&searching, &transaction, &options, SIZE);
    Some(whatif::found(&found, &names, Official::on(transaction.date, clock::today()), alone))
}

/// A match is decided there and then, for this answer and every other.
async fn decide(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(sent): Form<deciding::Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let Some(draft) = Draft::kept(desk, &name) else { return Ok(gone(desk, visitor)) };
        let actor = visitor.actor();
        let on = On { id: "", actor: &actor, at: clock::now(), expected: None };
        let subject = subject_at(&draft.transaction()?, &sent.asked)
            .ok_or(Fault::NotFound { what: "such party any more: load the page again" })?;
        desk.judge(on, &subject, &sent.judgment()?)?;
        Ok(Redirect::to(&format!("{}/answer#parties", address(&name))).into_response())
    })
    .await
}

/// What is confirmed.
#[derive(Debug, serde::Deserialize)]
struct Confirmed {
    fact: String,
    value: String,
}

/// A presumption becomes a fact that somebody stated.
async fn confirm(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(confirmed): Form<Confirmed>,
) -> Response {
    aside(move || {
        let Some(draft) = Draft::kept(&desk, &name) else { return gone(&desk, &visitor) };
        let known = FieldPath::parse(&confirmed.fact).is_some();
        match check::confirmed(&draft, &confirmed.fact, &confirmed.value) {
            Ok(next) if known => {
                Redirect::to(&format!("{}/answer", address(&next.keep(&desk)))).into_response()
            }
            Ok(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Err(problems) => {
                let page = Page::new(&desk, &visitor, Place::Check, "Answer");
                let page = page.status(StatusCode::UNPROCESSABLE_ENTITY);
                page.show(&unanswered(&problems, &address(&name)))
            }
        }
    })
    .await
}
