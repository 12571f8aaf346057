//! The first page of a check: what nearly every paragraph asks, and the other ways to begin.

use super::draft::{Draft, address};
use super::question::{control, labeled, wanted};
use super::said::{ASKED, Said, sentence};
use super::{complaint, forming};
use crate::api::failure::Problem;
use crate::clock;
use crate::desk::Desk;
use crate::examples;
use crate::interview::form::Form as Filled;
use crate::pages::aside;
use crate::pages::asking::Asking;
use crate::pages::page::{Page, fragment};
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// A field of the first page: its path, what it asks, how to answer.
type Line = (&'static str, &'static str, &'static str);

/// How many examples are seen at once.
const FEW: usize = 5;

const WHAT: [Line; 3] = [
    ("items[0].name", "What leaves?", "Its name, for people."),
    (
        "items[0].eccn",
        "Its classification (ECCN)",
        "Such as 4D004 or 5A001.j. EAR99 is what is subject to the EAR and described by no entry: \
         classify it to find out. Leave empty if you do not know it.",
    ),
    ("items[0].form", "What is it made of?", ""),
];
const WHERE: [Line; 4] = [
    ("date", "On which day?", "The law of that day applies."),
    ("activity", "What is proposed?", ""),
    ("from", "From which country?", "Where it is now. The United States if you say nothing."),
    (
        "destination",
        "To which country in the end?",
        "Leave it empty for a release to a person (deemed): you are asked for nationalities.",
    ),
];
const WHO: [Line; 2] = [
    (
        "parties[0].name",
        "Who finally uses it?",
        "The name is searched in the lists of restricted parties.",
    ),
    ("parties[0].role", "In which role?", ""),
];

/// `GET /check`.
pub(super) async fn show(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Response {
    aside(move || page(&desk, &visitor, &Said::default(), &[])).await
}

/// `POST /check`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    aside(move || match begun(&pairs) {
        Ok(draft) => Redirect::to(&address(&draft.keep(&desk))).into_response(),
        Err((said, problems)) => page(&desk, &visitor, &said, &problems),
    })
    .await
}

/// `POST /check/forming`.
pub(super) async fn form_so_far(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    aside(move || {
        let draft = begun(&pairs).unwrap_or_else(|_| Draft::of(Filled::empty()));
        fragment(&forming::panel(Asking::of(&desk, &visitor), &draft, None))
    })
    .await
}

/// The draft that the first page begins. A party without a name is no party yet; what was left
/// empty here is asked again where it matters.
fn begun(pairs: &[(String, String)]) -> Result<Draft, (Said, Vec<Problem>)> {
    let nameless =
        !pairs.iter().any(|(name, it)| name == "parties[0].name" && !it.trim().is_empty());
    let is_said =
        |name: &str| pairs.iter().any(|(it, value)| it == name && !value.trim().is_empty());
    let meant = |(name, value): &&(String, String)| {
        let path = if name == ASKED { value } else { name };
        !(nameless && path.starts_with("parties[0]")) && (name != ASKED || is_said(path))
    };
    let said = Said::of(pairs.iter().filter(meant).cloned().collect());
    let added = said.added_to(&Draft::of(Filled::empty()));
    added.map_err(|problems| (Said::of(pairs.to_vec()), problems))
}

fn page(desk: &Desk, visitor: &Visitor, said: &Said, problems: &[Problem]) -> Response {
    let today = clock::today().to_string();
    let said =
        said.clone().or("date", &today).or("activity", "export").or("parties[0].role", "end-user");
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::new(desk, visitor, Place::Check, "New check").status(status).show(&html! {
        div.columns {
            div.stack {
                h1 { "New check" }
                p.lead {
                    "Say what you know. You are then asked only what can still change the answer."
                }
                (complaint(problems, &[]))
                form.stack method="post" action="/check" data-live="/check/forming"
                    data-into="forming" {
                    (part("What", &WHAT, &said, problems))
                    (part("When and where", &WHERE, &said, problems))
                    (part("For whom", &WHO, &said, problems))
                    div.row { button.main type="submit" { "Continue" } }
                }
            }
            aside.stack {
                section.panel id="forming" aria-live="polite" {
                    h2 { "The answer so far" }
                    p.soft { "It forms here as you answer." }
                }
                (others())
            }
        }
    })
}

fn part(title: &str, lines: &[Line], said: &Said, problems: &[Problem]) -> Markup {
    html! {
        section.part {
            h2 { (title) }
            div {
                @for (path, ask, hint) in lines {
                    @if let Some(wanted) = wanted(path) {
                        @let wrong = problems.iter().find(|it| it.path.as_deref() == Some(path));
                        @let wrong = wrong.map(sentence);
                        input type="hidden" name=(ASKED) value=(path);
                        (control(&labeled(path, ask, hint).error(wrong.as_deref()), &wanted, said))
                    }
                }
            }
        }
    }
}

/// The other ways to begin.
fn others() -> Markup {
    let mut all: Vec<examples::Example> = examples::all().collect();
    // The one that the guide begins with goes first.
    all.sort_by_key(|it| it.name != "vietnam-bank");
    let (first, rest) = all.split_at_checked(FEW).unwrap_or((&all, &[]));
    let listed = |examples: &[examples::Example]| {
        html! {
            ul.plain-list {
                @for example in examples {
                    li {
                        a href=(format!("/check/example/{}", example.name)) { (example.about()) }
                    }
                }
            }
        }
    };
    html! {
        section.panel {
            h2 { "Or begin with" }
            p { a href="/check/paste" data-key="v" { "A file: JSON, YAML, TOML, CSV or JSON lines" } }
            h3 { "An example" }
            (listed(first))
            details { summary { (rest.len()) " more examples" } (listed(rest)) }
        }
    }
}
