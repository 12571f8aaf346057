//! A file that is searched: how far it is, and its alerts, to be worked one after the other.
//!
//! While it runs, the browser asks again by itself (a `Refresh` header, so without a script too).

use super::hit::Deciding;
use super::one::matches;
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::On;
use crate::desk::screening::{Alert, Job, State as Standing};
use crate::pages::element::{alert, empty, turning};
use crate::pages::outcome::{Light, light};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, asked_for, deciding};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// How many alerts stand on a page.
const SHOWN: usize = 100;

/// Which alerts.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Which {
    page: usize,
}

/// `GET /screen/file/JOB`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(which): Query<Which>,
) -> Response {
    aside(move || {
        let Some(job) = desk.jobs().get(&name) else { return gone(&desk, &visitor) };
        let state = job.state();
        let here = format!("/screen/file/{name}");
        let page = Page::new(&desk, &visitor, Place::Screen, job.file.clone());
        let page = page.inside("Screen", "/screen").inside("A file of names", "/screen/file");
        page.looking_again(!state.done).show(&html! {
            div.stack {
                h1 { (job.file) }
                (standing(&job, &state))
                (list(&state, &here, which.page))
                (unread(&state))
            }
        })
    })
    .await
}

/// `GET /screen/file/JOB/ROW`: one alert.
pub(super) async fn one(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((name, row)): Path<(String, u64)>,
) -> Response {
    aside(move || {
        let Some(job) = desk.jobs().get(&name) else { return gone(&desk, &visitor) };
        let state = job.state();
        let here = format!("/screen/file/{name}");
        let Some(place) = state.alerts.iter().position(|it| it.row == row) else {
            return gone(&desk, &visitor);
        };
        let Some(it) = state.alerts.get(place) else { return gone(&desk, &visitor) };
        let searcher = desk.searcher();
        let Ok(opened) = searcher.opened() else { return gone(&desk, &visitor) };
        let other = |place: Option<usize>| {
            let row = state.alerts.get(place?)?.row;
            Some(format!("{here}/{row}"))
        };
        let (before, after) = (other(place.checked_sub(1)), other(place.checked_add(1)));
        let shown = format!("{} of {}", place + 1, state.alerts.len());
        let action = format!("{here}/{row}");
        let asked = String::new();
        let deciding = visitor.who.as_ref().map(|_| Deciding { visitor: &visitor, action, asked });
        let page = Page::new(&desk, &visitor, Place::Screen, format!("Row {row}"));
        let page = page.inside("Screen", "/screen").inside(job.file.clone(), here.clone());
        page.show(&html! {
            div.stack {
                div.row.between {
                    h1 { (it.asked.query.name) }
                    (turning(before.as_deref(), after.as_deref(), &shown))
                }
                (about(it))
                (matches(&it.asked, &it.found, opened.searched(), deciding.as_ref()))
                (turning(before.as_deref(), after.as_deref(), &shown))
            }
        })
    })
    .await
}

/// `POST /screen/file/JOB/ROW`: a match is decided, and the next alert that is open is shown.
pub(super) async fn decide(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((name, row)): Path<(String, u64)>,
    Form(sent): Form<deciding::Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let Some(job) = desk.jobs().get(&name) else { return Ok(gone(desk, visitor)) };
        let state = job.state();
        let Some(alert) = state.alerts.iter().find(|it| it.row == row) else {
            return Ok(gone(desk, visitor));
        };
        let actor = visitor.actor();
        let on = On { id: "", actor: &actor, at: clock::now(), expected: None };
        let subject = alert.asked.subject();
        desk.judge(on, &subject, &sent.judgment()?)?;
        desk.look_again(&job, row)?;
        let state = job.state();
        let here = format!("/screen/file/{name}");
        let same = state.alerts.iter().find(|it| it.row == row && it.is_open());
        let next = same.or_else(|| state.alerts.iter().find(|it| it.row > row && it.is_open()));
        let to = next.map_or_else(|| here.clone(), |it| format!("{here}/{}", it.row));
        Ok(Redirect::to(&to).into_response())
    })
    .await
}

/// What is known of the one who is asked for.
fn about(it: &Alert) -> Markup {
    let query = &it.asked.query;
    let countries: Vec<&str> = query.countries.iter().map(screening::CountryCode::as_str).collect();
    html! {
        dl.facts {
            dt { "Row" } dd { (it.row) }
            @if !query.aliases.is_empty() { dt { "Other names" } dd { (query.aliases.join("; ")) } }
            @if !countries.is_empty() { dt { "Countries" } dd { (countries.join(", ")) } }
            @if let Some(address) = &query.address { dt { "Address" } dd { (address) } }
            @if let Some(born) = &query.born { dt { "Born or built" } dd { (crate::report::listed::span(born)) } }
            @if !query.ids.is_empty() { dt { "Numbers" } dd { @for id in &query.ids { (id.kind) " " (id.number) " " } } }
            @for problem in &it.asked.problems { dt { "To mend" } dd { (problem) } }
        }
    }
}

fn standing(job: &Job, state: &Standing) -> Markup {
    html! {
        section.panel aria-labelledby="standing" role="status" {
            h2 id="standing" {
                @if !state.done { "Searching" } @else if state.trouble.is_some() { "Ended early" } @else { "Done" }
            }
            @if let Some(trouble) = &state.trouble {
                (alert(Light::Stop, "", &html! { p { "It stopped: " (trouble) ". What stands below is not the whole file; send it again." } }))
            }
            @if !state.done {
                progress max="100" value=(job.percent()) aria-label="Read" { (job.percent()) "%" }
                p.small.soft { "This page looks again every two seconds. You can leave and come back to this address." }
            }
            dl.facts.counts {
                dt { "Rows" } dd { (state.rows) }
                dt { "To decide" } dd { (state.open) }
                dt { "Not readable" } dd { (state.unread) }
                dt { "Lists" } dd { (job.lists) }
            }
        }
    }
}

fn list(state: &Standing, here: &str, page: usize) -> Markup {
    let from = page.saturating_mul(SHOWN);
    let alerts: Vec<&Arc<Alert>> = state.alerts.iter().skip(from).take(SHOWN).collect();
    let before = page.checked_sub(1).map(|it| format!("{here}?page={it}"));
    let after = (state.alerts.len() > from + SHOWN).then(|| format!("{here}?page={}", page + 1));
    let shown = format!("{} to {} of {}", from + 1, from + alerts.len(), state.alerts.len());
    html! {
        @if alerts.is_empty() {
            @if state.done && state.trouble.is_none() {
                (empty("No row may be somebody on these lists", &html! {
                    p { "Keep the file and the day of the lists with your papers: what was searched stands above." }
                }))
            }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Alerts" {
                table.stacked {
                    thead { tr {
                        th.number scope="col" { "Row" } th scope="col" { "Name" } th scope="col" { "May be" }
                        th scope="col" { "List" } th.number scope="col" { "Likeness" } th scope="col" { "Standing" }
                    } }
                    tbody {
                        @for (place, it) in alerts.iter().enumerate() {
                            tr {
                                td.number data-label="Row" { (it.row) }
                                th scope="row" {
                                    a href=(format!("{here}/{}", it.row)) data-key=[(place == 0).then_some("o")] data-command=[(place == 0).then_some("Open the first alert")] { (it.asked.query.name) }
                                }
                                @match it.found.first() {
                                    Some(best) => {
                                        td data-label="May be" { (best.told.listed) @if it.found.len() > 1 { span.soft.small { " and " (it.found.len() - 1) " more" } } }
                                        td data-label="List" { (best.party.list) }
                                        td.number data-label="Likeness" { (best.score) }
                                    },
                                    None => td colspan="3" { (it.asked.problems.join("; ")) },
                                }
                                td { @if it.is_open() { (light(Light::Wait, "To decide")) } @else { (light(Light::Go, "Decided")) } }
                            }
                        }
                    }
                }
            }
            @if before.is_some() || after.is_some() { (turning(before.as_deref(), after.as_deref(), &shown)) }
        }
    }
}

fn unread(state: &Standing) -> Markup {
    html! {
        @if !state.bad.is_empty() {
            section.stack-tight aria-labelledby="bad" {
                h2 id="bad" { "Rows that could not be read" }
                p { "These were not searched. Correct them and send them in a file of their own." }
                ul { @for (row, why) in &state.bad { li { "Row " (row) ": " (why) } } }
            }
        }
    }
}

fn gone(desk: &Desk, visitor: &Visitor) -> Response {
    let page = Page::new(desk, visitor, Place::Screen, "Not found");
    page.inside("Screen", "/screen").status(StatusCode::NOT_FOUND).show(&html! {
        div.stack.reading {
            h1 { "This file is no longer kept" }
            p { "A file that was searched is kept until the server starts anew, or until many others came after it. Send it again: the answers are the same while the lists are." }
            p { a.button.main href="/screen/file" { "Screen a file of names" } }
        }
    })
}
