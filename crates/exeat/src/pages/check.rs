//! New check: an interview that asks only what still matters, with the answer forming beside it.
//!
//! What was said so far is a [`Draft`] with an address of its own, so that back, reload and a sent
//! link work. [`first`] is where it begins, [`question`] what is asked next, [`forming`] what
//! stands beside it, [`paste`] the way for those who have a file,
//! [`table`] how one of rows and columns is read.

mod draft;
mod first;
mod forming;
mod like;
mod paste;
mod question;
mod said;
pub(crate) mod table;
mod told;

pub(crate) use draft::Draft;
pub(super) use draft::address;
pub(super) use told::summary;

use super::aside;
use super::asking::Asking;
use super::element::{alert, quoting};
use super::outcome::Light;
use super::page::Page;
use super::place::Place;
use super::visitor::Visitor;
use crate::api::failure::{Failure, Problem};
use crate::desk::Desk;
use crate::interview::form::FieldPath;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use question::Asked;
use said::Said;
use std::sync::Arc;

/// Everything under `/check` but the answer.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/check", get(first::show).post(first::send))
        .route("/check/forming", post(first::form_so_far))
        .route("/check/paste", get(paste::show).post(paste::send))
        .route("/check/example/{name}", get(paste::example))
        .route("/check/many/{name}", get(paste::answers))
        .route("/check/like/case/{id}", get(like::case))
        .route("/check/like/record/{id}", get(like::record))
        .route("/check/{draft}", get(step).post(tell))
        .route("/check/{draft}/forming", post(form_so_far))
}

/// Which question is to be answered anew, where one is.
#[derive(Debug, Default, serde::Deserialize)]
struct Wish {
    #[serde(default)]
    fact: Option<String>,
}

/// The next questions, or the one that is to be answered anew.
async fn step(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
) -> Response {
    aside(move || {
        let Some(draft) = Draft::kept(&desk, &name) else { return gone(&desk, &visitor) };
        let interview = Interview { desk: &desk, visitor: &visitor, name: &name, draft: &draft };
        let asked = match &wish.fact {
            Some(fact) => {
                question::anew(Asking::of(&desk, &visitor), &draft, fact).into_iter().collect()
            }
            None => question::next(Asking::of(&desk, &visitor), &draft),
        };
        if asked.is_empty() {
            return Redirect::to(&format!("{}/answer", address(&name))).into_response();
        }
        let said = Said::in_draft(&draft, &asked);
        interview.show(&asked, &said, &[], StatusCode::OK)
    })
    .await
}

/// Takes answers, and goes on.
async fn tell(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    aside(move || {
        let Some(draft) = Draft::kept(&desk, &name) else { return gone(&desk, &visitor) };
        let said = Said::of(pairs);
        match said.added_to(&draft) {
            Ok(next) => Redirect::to(&address(&next.keep(&desk))).into_response(),
            Err(problems) => {
                let asked = match &wish.fact {
                    Some(fact) => question::anew(Asking::of(&desk, &visitor), &draft, fact)
                        .into_iter()
                        .collect(),
                    None => question::next(Asking::of(&desk, &visitor), &draft),
                };
                let interview =
                    Interview { desk: &desk, visitor: &visitor, name: &name, draft: &draft };
                interview.show(&asked, &said, &problems, StatusCode::UNPROCESSABLE_ENTITY)
            }
        }
    })
    .await
}

/// The answer with what is in the form and was not sent yet: a fragment.
async fn form_so_far(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    aside(move || {
        let Some(draft) = Draft::kept(&desk, &name) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let forming = match Said::of(pairs).added_to(&draft) {
            Ok(next) => forming::panel(Asking::of(&desk, &visitor), &next, None),
            Err(_) => forming::panel(Asking::of(&desk, &visitor), &draft, None),
        };
        super::page::fragment(&forming)
    })
    .await
}

/// One step of the interview.
struct Interview<'a> {
    desk: &'a Desk,
    visitor: &'a Visitor,
    name: &'a str,
    draft: &'a Draft,
}

impl Interview<'_> {
    fn show(
        &self,
        asked: &[Asked],
        said: &Said,
        problems: &[Problem],
        status: StatusCode,
    ) -> Response {
        let here = address(self.name);
        let page = Page::new(self.desk, self.visitor, Place::Check, "Questions");
        page.inside("New check", "/check").status(status).show(&html! {
            div.columns {
                div.stack {
                    h1 { (question::heading(asked, self.draft)) }
                    (complaint(problems, asked))
                    form.stack method="post" data-live=(format!("{here}/forming"))
                        data-into="forming" {
                        (question::group(asked, said, problems))
                        div.row {
                            button.main type="submit" { "Continue" }
                            span.soft.small { "Leave empty what you do not know." }
                        }
                    }
                }
                aside.stack {
                    section.panel id="forming" aria-live="polite" {
                        (forming::panel(Asking::of(self.desk, self.visitor), self.draft, Some(&here)))
                    }
                    (told::panel(self.draft, self.name))
                }
            }
        })
    }
}

/// What is wrong, with links to where it is.
fn complaint(problems: &[Problem], asked: &[Asked]) -> Markup {
    if problems.is_empty() {
        return html! {};
    }
    alert(
        Light::Stop,
        "This cannot be taken as it is",
        &html! {
            ul {
                @for problem in problems {
                    @let path = problem.path.as_deref().unwrap_or_default();
                    li {
                        @if asked.iter().any(|it| it.path == path) {
                            a href=(format!("#{}", super::field::id(path))) {
                                (quoting(&said::sentence(problem)))
                            }
                        } @else {
                            @if !path.is_empty() { code { (path) } ": " }
                            (quoting(&said::sentence(problem)))
                        }
                    }
                }
            }
        },
    )
}

/// What stands in the place of a draft that is no longer kept.
pub(super) fn gone(desk: &Desk, visitor: &Visitor) -> Response {
    let page = Page::new(desk, visitor, Place::Check, "Draft not found");
    page.status(StatusCode::NOT_FOUND).show(&html! {
        div.stack.reading {
            h1 { "This draft is no longer kept" }
            p {
                "Drafts are kept for a while, until the server starts anew. An answer that was \
                 recorded is kept for years."
            }
            p { a.button.main href="/check" data-key="n" { "New check" } }
        }
    })
}

/// A draft in which a presumption is stated.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn confirmed(draft: &Draft, fact: &str, value: &str) -> Result<Draft, Vec<Problem>> {
    let pairs = [(said::ASKED, fact), (fact, value)];
    Said::of(pairs.map(|(name, it)| (name.to_owned(), it.to_owned())).into()).added_to(draft)
}

/// The path of a field, where it is one.
fn field_path(text: &str) -> Option<FieldPath> {
    FieldPath::parse(text)
}

/// Decides what a draft says so far.
///
/// # Errors
///
/// What is wrong with it.
fn decided<T>(
    asking: Asking<'_>,
    draft: &Draft,
    tell: impl FnOnce(&decision::Determination<'_>) -> T,
) -> Result<T, Failure> {
    let transaction = draft.transaction()?;
    let engine = asking.desk.engine();
    let determination = asking.decide(&engine, &transaction)?;
    Ok(tell(&determination))
}
