//! The lists that are searched: how old, how many entries, what is missing; and their entries.

use super::parts;
use crate::clock;
use crate::desk::Desk;
use crate::lists::open::Lists;
use crate::pages::aside;
use crate::pages::element::alert;
use crate::pages::outcome::{Light, light};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::standing::age;
use crate::pages::visitor::Visitor;
use crate::report::listed;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decision::matches::NEEDED;
use jiff::civil::Date;
use maud::{Markup, html};
use screening::ListedParty;
use screening::lists::Extent;
use std::sync::Arc;

/// `GET /screen/lists`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || {
        let searcher = desk.searcher();
        let page = Page::new(&desk, &visitor, Place::Screen, "The lists");
        page.inside("Screen", "/screen").show(&html! {
            div.stack {
                h1 { "The lists that are searched" }
                (parts("/screen/lists"))
                @match searcher.opened() {
                    Ok(opened) => (table(&opened.lists, &opened.searched().missing().collect::<Vec<_>>())),
                    Err(_) => (alert(Light::Stop, "The lists cannot be read", &html! {
                        p { "Nobody can be cleared. Whoever runs the server finds the cause with " code { "exeat lists status" } "." }
                    })),
                }
            }
        })
    })
    .await
}

fn table(lists: &Lists, missing: &[&str]) -> Markup {
    let today = clock::today();
    let days = |from: Date| from.until(today).map_or(0, |it| it.get_days());
    html! {
        @if lists.built_in {
            (alert(Light::Wait, "No lists were imported here", &html! {
                p { "Only a short list of cyber-related entries in the program is searched. It can find names, and clears nobody. An admin brings in the official lists, or files of them, under " a href="/settings/lists" { "Settings, Law and lists" } ", or with " code { "exeat lists update" } " on the server." }
            }))
        } @else if !missing.is_empty() {
            (alert(Light::Wait, "Nobody is cleared without these", &html! {
                p { "The law reads these lists, and they are not here as a whole: " (missing.join(", ")) "." }
            }))
        }
        div.scroll tabindex="0" role="region" aria-label="Lists" {
            table.stacked {
                thead { tr {
                    th scope="col" { "List" } th scope="col" { "Title" } th.number scope="col" { "Entries" }
                    th scope="col" { "Of" } th scope="col" { "Age" } th scope="col" { "Standing" }
                } }
                tbody {
                    @for (source, entries) in lists.snapshot.sources() {
                        tr {
                            th scope="row" { (source.code) }
                            td { (source.title) }
                            td.number data-label="Entries" { (entries) }
                            td data-label="Of" { @match source.date { Some(day) => time datetime=(day) { (day) }, None => "unknown" } }
                            td { @if let Some(day) = source.date { (age(days(day))) } }
                            td {
                                @if source.extent == Extent::Whole && !lists.built_in { (light(Light::Go, "Whole")) } @else { (light(Light::Wait, "An excerpt")) }
                                @if NEEDED.contains(&source.code.as_str()) { " " span.tag { "read by the law" } }
                                @if source.lost > 0 { p.small { (source.lost) " entries could not be read" } }
                            }
                        }
                    }
                }
            }
        }
        section.stack-tight aria-labelledby="changed" {
            h2 id="changed" { "What a new list changes" }
            p {
                "A new list takes the place of the old one while answers go on; a match is open again where its entry changed. "
                a href="/screen/changes" { "Who came, who went, and whose facts are others" }
            }
            p.small.soft { "Snapshot " code { (lists.snapshot.digest()) } }
        }
    }
}

/// `GET /screen/entry/LIST/ID`.
pub(super) async fn entry(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((list, id)): Path<(String, String)>,
) -> Response {
    aside(move || {
        let found = desk.entry(&list, &id).ok().flatten();
        let title = found.as_ref().map_or("Not found", name);
        let page = Page::new(&desk, &visitor, Place::Screen, title);
        let page = page.inside("Screen", "/screen").inside("The lists", "/screen/lists");
        match &found {
            Some(party) => page.show(&shown(party)),
            None => page.status(StatusCode::NOT_FOUND).show(&html! {
                div.stack {
                    h1 { "There is no such entry" }
                    p { "The lists that answer now have no entry " code { (id) } " on " code { (list) } ". It may have been taken off since." }
                    p { a href="/screen" { "Search for a name" } }
                }
            }),
        }
    })
    .await
}

fn name(party: &ListedParty) -> &str {
    party.names.first().map_or("An address", |it| it.text.as_str())
}

/// Everything that the list says of somebody.
fn shown(party: &ListedParty) -> Markup {
    let many = |label: &str, values: Vec<String>| {
        html! {
            @if !values.is_empty() { dt { (label) } dd { @for it in &values { div { (it) } } } }
        }
    };
    let names = party.names.iter().skip(1).map(|it| {
        let weak = if it.weak { ", weak" } else { "" };
        format!("{} ({}{weak})", it.text, listed::role(it.role))
    });
    let countries = party.countries.iter().map(|it| format!("{} ({})", it.1, listed::link(it.0)));
    let ids = party.ids.iter().map(|it| format!("{} {}", it.kind, it.number));
    html! {
        div.stack {
            h1 { (name(party)) }
            dl.facts {
                dt { "List" } dd { strong { (party.list) } " " span.cite { (party.id) } }
                dt { "What it is" } dd { (listed::kind(party.kind)) }
                (many("Also known as", names.collect()))
                (many("Addresses", party.addresses.iter().map(listed::address).collect()))
                (many("Countries", countries.collect()))
                (many("Born or built", party.births.iter().map(listed::span).collect()))
                (many("Places of birth", party.birth_places.clone()))
                (many("Numbers", ids.collect()))
                (many("Programs", party.programs.clone()))
                (many("License requirement", party.license_requirement.iter().cloned().collect()))
                (many("License policy", party.license_policy.iter().cloned().collect()))
                (many("Notices", party.notices.clone()))
                (many("Remarks", party.remarks.iter().cloned().collect()))
                @if let Some(day) = party.from { dt { "From" } dd { time datetime=(day) { (day) } } }
                @if let Some(day) = party.until { dt { "Until" } dd { time datetime=(day) { (day) } } }
                @if let Some(address) = party.source_url.as_ref().filter(|it| it.starts_with("https://")) {
                    dt { "Source" } dd { a href=(address) rel="external noreferrer" { (address) } }
                }
            }
        }
    }
}
