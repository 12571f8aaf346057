//! Lists that come in: the forms that bring them, and how far they are.
//!
//! They are read aside, so that the page answers at once; while they come, the browser asks again
//! by itself (a `Refresh` header, so without a script too).

use super::{lists, parts};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::lists::arrival::{Arrived, LARGEST, incoming};
use crate::desk::lists::delivery::{Cargo, Sources, State as Standing};
use crate::desk::permission::{Permission, Whose};
use crate::lists::refresh::IncomingFile;
use crate::pages::element::{alert, empty, quoting};
use crate::pages::field::Field;
use crate::pages::outcome::{Light, light};
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::upload::{self, Upload, sent_for};
use crate::pages::visitor::{Sent as Carried, Visitor};
use crate::pages::{asked_for, entry, looked_at};
use crate::report::words::sentence;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// `POST /settings/lists/send`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    upload: Upload<LARGEST>,
) -> Response {
    sent_for(desk, visitor, upload, |desk, visitor, sent| {
        let begun = cargo(sent)
            .and_then(|it| desk.begin_delivery(&visitor.actor(), it, false, clock::today()));
        match begun {
            Ok(name) => Ok(Redirect::to(&address(&name)).into_response()),
            Err(it @ Fault::Invalid { .. }) => lists::page(desk, visitor, Some((&it, sent))),
            Err(it) => Err(it),
        }
    })
    .await
}

/// What a form sends, as it is taken in.
fn cargo(sent: &upload::Sent) -> Result<Cargo, Fault> {
    let files: Vec<IncomingFile> = sent
        .files("file")
        .filter(|it| !it.bytes.is_empty())
        .map(|it| IncomingFile::sent(&it.file, it.bytes.clone()))
        .collect();
    if files.is_empty() {
        return Err(Fault::invalid("file", "choose the file as it was published; it is not empty"));
    }
    let day = sent.text("current_on");
    let current_on = match day.trim() {
        "" => None,
        text => Some(text.parse::<Date>().map_err(|_| {
            Fault::invalid("current_on", "write a day as 2026-09-24, or leave it empty")
        })?),
    };
    Ok(Cargo::Sent(incoming(sent.text("source").trim(), files, current_on)?))
}

/// What the form that fetches says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    csrf: String,
    from: String,
}

/// `POST /settings/lists/fetch`.
pub(super) async fn fetch(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(wish): Form<Wish>,
) -> Response {
    asked_for(desk, visitor, wish.csrf, move |desk, visitor| {
        let cargo = Cargo::Fetched { offline: wish.from == "folder" };
        let name = desk.begin_delivery(&visitor.actor(), cargo, false, clock::today())?;
        Ok(Redirect::to(&address(&name)).into_response())
    })
    .await
}

/// `POST /settings/lists/arrival/NAME`: a list that shrank is taken all the same.
pub(super) async fn accept(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(sent): Form<Carried>,
) -> Response {
    asked_for(desk, visitor, sent.csrf, move |desk, visitor| {
        let name = desk.accept_shrunken(&visitor.actor(), &name, clock::today())?;
        Ok(Redirect::to(&address(&name)).into_response())
    })
    .await
}

fn address(name: &str) -> String {
    format!("/settings/lists/arrival/{name}")
}

/// `GET /settings/lists/arrival/NAME`: how far it is.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Response {
    looked_at(desk, visitor, move |desk, visitor| {
        visitor.actor().may(Permission::ManageLists, Whose::Anyone)?;
        let gone = Fault::NotFound { what: "such delivery any more: what answers stands under Settings, Law and lists" };
        let state = desk.delivery(&name).ok_or(gone)?.state();
        let page = Page::new(desk, visitor, Place::Settings, "Lists that come in");
        let page = page.inside("Settings", "/settings").inside("Law and lists", "/settings/lists");
        Ok(page.looking_again(state.ended.is_none()).show(&html! {
            div.stack {
                h1 { "Lists that come in" }
                (parts(visitor, "/settings/lists"))
                div.stack role="status" { (standing(visitor, &name, &state)) }
                (sources(&state.came))
                p.row { a href="/settings/lists" { "Back to law and lists" } @if visitor.may(Permission::Screen) { a href="/screen/changes" { "What the new lists change" } } }
            }
        }))
    })
    .await
}

fn standing(visitor: &Visitor, name: &str, state: &Standing) -> Markup {
    let new = state.came.iter().any(|it| it.state == "new");
    let kept = state.came.iter().filter(|it| it.state == "kept").count();
    let shrunken = state.came.iter().any(|it| it.shrunken);
    html! {
        @match &state.ended {
            None => section.panel {
                h2 { "On their way" }
                progress aria-label="Reading" {}
                p.small.soft { "They are fetched, read, and put in place as a whole. This page looks again every two seconds; you can leave and come back to this address." }
            },
            Some(Err(why)) => (alert(Light::Stop, "They could not be taken in", &html! {
                p { (quoting(&sentence(why))) ". The lists of before go on answering." }
            })),
            Some(Ok(())) => {
                @if new {
                    (alert(Light::Go, "The new lists answer from now on", &html! { p { "What was being answered meanwhile went on with the old ones. Open cases are decided anew." } }))
                }
                @if kept > 0 {
                    (alert(Light::Stop, if shrunken { "A list has shrunk as no list does in a day" } else { "The last good list is kept" }, &html! {
                        @if shrunken {
                            p { "The last good one goes on answering. Look at what the publisher says first: a list that is cut off would clear everybody who is missing from it." }
                            form method="post" action=(address(name)) {
                                (entry::carried(visitor))
                                button.stop type="submit" { "Take it all the same" }
                            }
                        } @else {
                            p { "Why stands below. Correct it, or fetch the file again, and send it anew." }
                        }
                    }))
                }
                @if !new && kept == 0 {
                    (alert(Light::Go, "Nothing is new", &html! { p { @if state.came.is_empty() { "There was nothing to take in." } @else { "What is here is what its publishers have." } } }))
                }
            },
        }
    }
}

fn sources(came: &[Arrived]) -> Markup {
    html! {
        @if !came.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="Sources" {
                table.stacked {
                    thead { tr { th scope="col" { "Source" } th scope="col" { "Standing" } th scope="col" { "Lists and entries" } th scope="col" { "Notes" } } }
                    tbody {
                        @for it in came {
                            tr {
                                th scope="row" { (it.source) }
                                td { @match it.state {
                                    "new" => (light(Light::Go, "New")),
                                    "unchanged" => (light(Light::Go, "Unchanged")),
                                    _ => (light(Light::Stop, "Kept as it was")),
                                } }
                                td data-label=[(!it.entries.is_empty()).then_some("Entries")] { @for (list, entries) in &it.entries { span.tag { (list) " " (entries) } " " } }
                                td { @if !it.notes.is_empty() { ul.plain-list { @for note in &it.notes { li { (quoting(&sentence(note))) } } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The forms that bring lists in, and what is kept.
pub(super) fn forms(
    visitor: &Visitor,
    from: &Sources,
    sent: Option<(&Fault, &upload::Sent)>,
) -> Markup {
    let wrong = |name: &str| match sent {
        Some((Fault::Invalid { field, what }, _)) if *field == name => Some(what.as_str()),
        Some(_) | None => None,
    };
    let typed = |name: &str| sent.map(|it| it.1.text(name)).unwrap_or_default();
    let (source, current_on) = (typed("source"), typed("current_on"));
    let kept = &from.manifest.source;
    html! {
        section aria-labelledby="bring" {
            h2 id="bring" { "Bring in lists" }
            @if from.elsewhere {
                (alert(Light::Wait, "They do not answer on this server", &html! {
                    p { "It was started with lists of its own, or to search none. What is brought in is kept for the day when it is started without." }
                }))
            }
            div.ways-of {
                form.panel.stack method="post" action="/settings/lists/fetch" {
                    (entry::carried(visitor))
                    h3 { "Fetch them" }
                    @if from.settings.remotes.is_empty() {
                        p { code { "lists.toml" } " names no address." }
                    } @else {
                        ul.small { @for it in &from.settings.remotes { li { (it.name) @for file in &it.files { " " span.cite.anywhere { (file.address) } } } } }
                    }
                    p.small.soft { "Files in " code.anywhere { (from.settings.drop_folder.display()) } " on the server are taken in as well." }
                    div.row {
                        button.main type="submit" name="from" value="everywhere" { "Update now" }
                        button type="submit" name="from" value="folder" { "Only the folder" }
                    }
                }
                form.panel.stack method="post" action="/settings/lists/send" enctype="multipart/form-data" {
                    (entry::carried(visitor))
                    h3 { "Send a file" }
                    @let file = Field::new("file", "File").hint("As it was published: CSV, XML or JSON, up to 64 MB. Several where they belong together.").error(wrong("file"));
                    (file.labeled(&html! {
                        input type="file" id=(file.id()) name="file" multiple required aria-describedby=[file.described()] aria-invalid=[file.error.map(|_| "true")] data-most=(LARGEST);
                    }))
                    @let field = Field::new("source", "What the source is called here").hint("The same name again takes the place of what it named.").value(&source).required().error(wrong("source"));
                    (field.labeled(&html! {
                        input type="text" id=(field.id()) name="source" value=(field.value) list="sources" required aria-describedby=[field.described()] aria-invalid=[field.error.map(|_| "true")] autocomplete="off" spellcheck="false";
                        datalist id="sources" { @for name in kept.keys() { option value=(name) {} } }
                    }))
                    (Field::new("current_on", "The day on which it is the current one").hint("Where it stays empty, the day in the file counts.").value(&current_on).error(wrong("current_on")).line("date", "short"))
                    button type="submit" { "Take it in" }
                }
            }
        }
        section aria-labelledby="kept-lists" {
            h2 id="kept-lists" { "What was brought in" }
            @if kept.is_empty() {
                (empty("Nothing yet", &html! { p { "Until lists are brought in, only a short list in the program is searched: it can find names, and clears nobody." } }))
            } @else {
                div.scroll tabindex="0" role="region" aria-label="Sources" {
                    table.stacked {
                        thead { tr { th scope="col" { "Source" } th scope="col" { "Came" } th scope="col" { "Current on" } th scope="col" { "Lists and entries" } th scope="col" { "Files" } } }
                        tbody {
                            @for (name, it) in kept {
                                tr {
                                    th scope="row" { (name) }
                                    td data-label="Came" { time datetime=(it.came) { (it.came) } }
                                    td data-label="Current on" { @match &it.current_on { Some(day) => time datetime=(day) { (day) }, None => "as the files say" } }
                                    td { @for (list, entries) in &it.entries { span.tag { (list) " " (entries) } " " } }
                                    td data-label="Files" { @for file in &it.file { div.anywhere { (file.name) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
