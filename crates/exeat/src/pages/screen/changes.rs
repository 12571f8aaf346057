//! What changed between two snapshots of the lists: who came, who went, and whose facts are others.

use super::parts;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::snapshots::Used;
use crate::pages::element::empty;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{escaped, looked_at};
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use screening::ListedParty;
use screening::change::{EntryChange, ListChange, changes};
use std::sync::Arc;

/// How many entries of a kind are shown of a list.
const SHOWN: usize = 50;

/// Which snapshots; where nothing is said, the one before and that of now.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    from: String,
    to: String,
}

/// `GET /screen/changes`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(wish): Query<Wish>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| page(desk, visitor, &wish)).await
}

fn page(desk: &Desk, visitor: &Visitor, wish: &Wish) -> Result<Response, Fault> {
    let known = desk.snapshots().unwrap_or_default();
    let from = match wish.from.as_str() {
        "" => known.get(1).map(|it| it.digest.to_string()).unwrap_or_default(),
        text => text.to_owned(),
    };
    let read = |text: &str| match text {
        "" => desk.lists_of_now(),
        digest => {
            let digest = digest.parse().map_err(|_| Fault::NotFound { what: "such snapshot" })?;
            desk.snapshot(&digest)
        }
    };
    let compared = match from.as_str() {
        "" => None,
        from => Some((read(from)?, read(&wish.to)?)),
    };
    let page = Page::new(desk, visitor, Place::Screen, "What changed");
    let page = page.inside("Screen", "/screen").inside("The lists", "/screen/lists");
    Ok(page.show(&html! {
        div.stack {
            h1 { "What changed in the lists" }
            (parts("/screen/changes"))
            @match &compared {
                None => (empty("One snapshot so far", &html! {
                    p { "A snapshot of the lists is kept with the first answer that was recorded on it. When newer lists come in and answer, what changed stands here." }
                    p { "Between two files: " code { "exeat lists diff OLD NEW" } "." }
                })),
                Some((old, new)) => {
                    (choice(&known, &from, &wish.to))
                    (told(&changes(old, new)))
                },
            }
        }
    }))
}

fn choice(known: &[Used], from: &str, to: &str) -> Markup {
    let select = |name: &str, label: &str, chosen: &str, now: bool| {
        html! {
            div {
                label for=(format!("snapshot-{name}")) { (label) }
                select id=(format!("snapshot-{name}")) name=(name) {
                    @if now { option value="" selected[chosen.is_empty()] { "The lists of now" } }
                    @for it in known {
                        @let digest = it.digest.to_string();
                        option value=(digest) selected[digest == chosen] {
                            "In use since " (it.since.strftime("%Y-%m-%d %H:%M UTC")) ", " (digest.chars().take(8).collect::<String>())
                        }
                    }
                }
            }
        }
    };
    html! {
        form.filter method="get" action="/screen/changes" {
            (select("from", "Before", from, false))
            (select("to", "After", to, true))
            button type="submit" { "Compare" }
        }
    }
}

fn told(all: &[ListChange<'_>]) -> Markup {
    let changed: Vec<&ListChange<'_>> = all.iter().filter(|it| !it.is_empty()).collect();
    html! {
        @if changed.is_empty() { p { strong { "Nothing changed." } " Every entry of every list is as it was." } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Lists that changed" {
                table {
                    thead { tr {
                        th scope="col" { "List" } th scope="col" { "Was of" } th scope="col" { "Is of" }
                        th.number scope="col" { "Came" } th.number scope="col" { "Went" } th.number scope="col" { "Changed" }
                    } }
                    tbody {
                        @for it in &changed {
                            tr {
                                th scope="row" { a href=(format!("#list-{}", it.code)) { (it.code) } }
                                td { @match it.before.and_then(|it| it.date) { Some(day) => time datetime=(day) { (day) }, None => "–" } }
                                td { @match it.after.and_then(|it| it.date) { Some(day) => time datetime=(day) { (day) }, None => "–" } }
                                td.number { (it.added.len()) }
                                td.number { (it.removed.len()) }
                                td.number { (it.changed.len()) }
                            }
                        }
                    }
                }
            }
            @for it in &changed { (list(it)) }
        }
    }
}

fn list(it: &ListChange<'_>) -> Markup {
    let more = |count: usize| html! { @if count > SHOWN { p.small.soft { "and " (count - SHOWN) " more; " code { "exeat lists diff" } " names all." } } };
    let parties = |title: &str, sign: &str, class: &str, parties: &[&ListedParty], linked: bool| {
        html! {
            @if !parties.is_empty() {
                h3 { (title) }
                ul.plain-list.changes {
                    @for it in parties.iter().take(SHOWN) {
                        li class=(class) { span.sign { (sign) } " " (entry(it, linked)) }
                    }
                }
                (more(parties.len()))
            }
        }
    };
    html! {
        section id=(format!("list-{}", it.code)) {
            h2 { (it.code) }
            (parties("Came", "+", "new", &it.added, true))
            (parties("Went", "−", "gone", &it.removed, false))
            @if !it.changed.is_empty() {
                h3 { "Changed" }
                ul.plain-list.changes { @for it in it.changed.iter().take(SHOWN) { (altered(it)) } }
                (more(it.changed.len()))
            }
        }
    }
}

fn altered(it: &EntryChange<'_>) -> Markup {
    html! {
        li {
            span.sign { "~" } " " (entry(it.after, true))
            @for field in &it.fields {
                span.because {
                    (crate::report::words::sentence(field.field)) ": "
                    @for gone in &field.gone { del { (gone) } " " }
                    @for new in &field.new { ins { (new) } " " }
                }
            }
        }
    }
}

fn entry(it: &ListedParty, linked: bool) -> Markup {
    let name = it.names.first().map_or("An address", |it| it.text.as_str());
    html! {
        @if linked { a href=(format!("/screen/entry/{}/{}", escaped(&it.list), escaped(&it.id))) { (name) } } @else { (name) }
        " " span.cite { (it.id) }
    }
}
