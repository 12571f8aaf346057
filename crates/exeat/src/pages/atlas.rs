//! The atlas: where an item may go, for one kind of user, on any day: as tiles and as a table.
//!
//! Everything that is chosen stands in the address ([`Chosen`]), so that a view can be sent. The
//! script turns the list of days into a slider; without it each day is a link.

mod chosen;
mod controls;
mod download;
mod table;
mod world;

use super::aside;
use super::check::{self, Draft};
use super::element::alert;
use super::outcome::{Light, badge};
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::clock;
use crate::desk::Desk;
use crate::desk::atlas::{Subject, Turn};
use crate::input::{Document, Format};
use crate::interview::form::Form as Filled;
use crate::report::about;
use crate::report::words::sentence;
use crate::transactions;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chosen::Chosen;
use decision::outcome::Outcome;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// Everything under `/atlas`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/atlas", get(show).post(paste))
        .route("/atlas/to/{country}", get(answer))
        .route("/atlas/table", get(table))
        .route("/atlas/days", get(days))
        .route("/atlas/atlas.json", get(download::json))
        .route("/atlas/atlas.csv", get(download::csv))
        .route("/atlas/atlas.svg", get(download::svg))
}

/// One view of the world.
struct View<'a> {
    desk: &'a Desk,
    chosen: &'a Chosen,
    subject: Subject,
    on: Date,
}

async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(chosen): Query<Chosen>,
) -> Response {
    aside(move || {
        let view = match View::of(&desk, &chosen) {
            Ok(view) => view,
            Err(problem) => return refused(&desk, &visitor, &chosen, &problem),
        };
        Page::new(&desk, &visitor, Place::Atlas, "Atlas").show(&html! {
            div.stack {
                (view.title())
                (controls::days(&view))
                div id="atlas" {
                    (view.changed_here())
                    (world::tiles(&view))
                    (table::groups(&view))
                    (view.method())
                }
                (controls::subject(&chosen, view.on, ""))
            }
        })
    })
    .await
}

async fn table(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(chosen): Query<Chosen>,
) -> Response {
    aside(move || {
        let view = match View::of(&desk, &chosen) {
            Ok(view) => view,
            Err(problem) => return refused(&desk, &visitor, &chosen, &problem),
        };
        let page = Page::new(&desk, &visitor, Place::Atlas, "Every destination");
        page.inside("Atlas", chosen.address("/atlas", view.on)).show(&html! {
            div.stack {
                h1 { "Every destination" }
                p.about { (about::at_hand(&view.subject.transaction)) ", on " (view.on) }
                (table::places(&view))
                (view.method())
            }
        })
    })
    .await
}

/// The days on which some destination's answer changes.
async fn days(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(chosen): Query<Chosen>,
) -> Response {
    aside(move || {
        let view = match View::of(&desk, &chosen) {
            Ok(view) => view,
            Err(problem) => return refused(&desk, &visitor, &chosen, &problem),
        };
        let page = Page::new(&desk, &visitor, Place::Atlas, "Days of change");
        page.inside("Atlas", chosen.address("/atlas", view.on)).show(&html! {
            div.stack {
                h1 { "Days on which an answer changes" }
                p.about { (about::at_hand(&view.subject.transaction)) }
                (controls::turns(&view))
            }
        })
    })
    .await
}

/// What is pasted.
#[derive(Debug, serde::Deserialize)]
struct Pasted {
    text: String,
}

/// Keeps a transaction as a draft, and shows its atlas.
async fn paste(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pasted): Form<Pasted>,
) -> Response {
    aside(move || {
        let bytes = pasted.text.replace("\r\n", "\n").into_bytes();
        let format = Format::of(&bytes);
        let document = Document { name: "the text".to_owned(), format, bytes };
        let read =
            transactions::read(&document).and_then(|it| Ok((it, transactions::tree(&document)?)));
        match read {
            Ok((transaction, tree)) => {
                let Some(form) = Filled::with(tree) else {
                    return StatusCode::UNPROCESSABLE_ENTITY.into_response();
                };
                let draft = Draft::of(form).keep(&desk);
                let chosen = Chosen { draft, ..Chosen::default() };
                Redirect::to(&chosen.address("/atlas", transaction.date)).into_response()
            }
            Err(failure) => {
                let said = failure.problems.iter().map(|it| match &it.path {
                    Some(path) => format!("{path}: {}", it.message),
                    None => it.message.clone(),
                });
                let said: Vec<String> = said.collect();
                refused(&desk, &visitor, &Chosen::default(), &said.join("; "))
            }
        }
    })
    .await
}

/// The whole answer for a destination: a draft of its own, so that it can be looked into.
async fn answer(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(country): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Response {
    aside(move || {
        let view = match View::of(&desk, &chosen) {
            Ok(view) => view,
            Err(problem) => return refused(&desk, &visitor, &chosen, &problem),
        };
        let Ok(country) = country.parse() else {
            return refused(&desk, &visitor, &chosen, "There is no such destination.");
        };
        let Some(form) = view.subject.at(country, view.on).and_then(Filled::with) else {
            let problem = "This chain of sales cannot be told for another destination as one \
                           document; the table says what decides there.";
            return refused(&desk, &visitor, &chosen, problem);
        };
        let draft = Draft::of(form).keep(&desk);
        Redirect::to(&format!("{}/answer", check::address(&draft))).into_response()
    })
    .await
}

/// What stands there where there is nothing to show.
fn refused(desk: &Desk, visitor: &Visitor, chosen: &Chosen, problem: &str) -> Response {
    let page = Page::new(desk, visitor, Place::Atlas, "Atlas");
    page.status(StatusCode::UNPROCESSABLE_ENTITY).show(&html! {
        div.stack {
            h1 { "Atlas" }
            (alert(Light::Stop, "There is no map of this", &html! { p { (problem) } }))
            (controls::subject(chosen, clock::today(), problem))
        }
    })
}

impl<'a> View<'a> {
    /// What was chosen, decided.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence.
    fn of(desk: &'a Desk, chosen: &'a Chosen) -> Result<Self, String> {
        let on = chosen.day()?;
        let subject = chosen.subject(desk, on)?;
        Ok(Self { desk, chosen, subject, on })
    }

    fn title(&self) -> Markup {
        html! {
            div.stack-tight {
                h1 { "Where it may go" }
                p.about { (sentence(&about::at_hand(&self.subject.transaction))) }
            }
        }
    }

    /// What changed on the day that is shown, where something did.
    fn turn(&self) -> Option<Turn> {
        self.desk.turn(&self.desk.engine(), &self.subject, self.on)
    }

    /// The same in words.
    fn changed_here(&self) -> Markup {
        let Some(turn) = self.turn() else { return html! {} };
        let mut kinds: Vec<(Outcomes<'_>, Vec<&str>)> = Vec::new();
        for it in &turn.moves {
            let kind = ((it.before.0, it.before.1.as_deref()), (it.after.0, it.after.1.as_deref()));
            match kinds.iter_mut().find(|known| known.0 == kind) {
                Some((_, names)) => names.push(it.country.name()),
                None => kinds.push((kind, vec![it.country.name()])),
            }
        }
        html! {
            section.panel.changed aria-labelledby="changed" {
                h2 id="changed" { "Changed on " (turn.day) }
                ul.plain {
                    @for ((before, after), names) in &kinds {
                        li {
                            (badge(before.0, before.1)) " → " (badge(after.0, after.1)) " "
                            (named(names))
                        }
                    }
                }
            }
        }
    }

    /// How it was made, and how to take it along.
    fn method(&self) -> Markup {
        let engine = self.desk.engine();
        let atlas = self.desk.atlas(&engine, &self.subject, self.on);
        let to = |path: &str| self.chosen.address(path, self.on);
        html! {
            section.stack-tight.small aria-label="How this was made" {
                p.row.screen-only {
                    "Save it: "
                    a href=(to("/atlas/atlas.csv")) download { "CSV" }
                    a href=(to("/atlas/atlas.json")) download { "JSON" }
                    a href=(to("/atlas/atlas.svg")) download { "Picture (SVG)" }
                }
                @for line in atlas.method() { p.soft { (line) } }
                p.soft { (atlas.law()) }
            }
        }
    }
}

/// Two outcomes with their exceptions: before and after.
type Outcomes<'a> = ((Outcome, Option<&'a str>), (Outcome, Option<&'a str>));

/// Names, where they are few; else how many there are, with all of them a click away.
fn named(names: &[&str]) -> Markup {
    const FEW: usize = 8;
    html! {
        @if names.len() <= FEW {
            (names.join(", "))
        } @else {
            details.inline {
                summary { (names.len()) " destinations" }
                p { (names.join(", ")) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
