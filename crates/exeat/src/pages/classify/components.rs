//! A component of a release: the next question about it, who answers, and what it is.

use super::found;
use super::release::{address, classified, gone, kept, standing};
use crate::clock;
use crate::desk::Desk;
use crate::desk::products::{Signed, answer_to, answered, suggestions};
use crate::pages::field::Field;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::pages::{aside, escaped};
use crate::report::words::sentence;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// Who answers, remembered from question to question, and which are passed over.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    by: String,
    passed: String,
}

/// An answer.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Answered {
    question: String,
    value: String,
    by: String,
    #[serde(default)]
    passed: String,
}

/// `GET /classify/release/DRAFT/COMPONENT`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((draft, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let Some(release) = kept(&desk, &engine, &draft) else { return gone(&desk, &visitor) };
        let Some(component) = release.components.iter().find(|it| it.id == id) else {
            return gone(&desk, &visitor);
        };
        let Some(found) = classified(&desk, &engine, &release, component) else {
            return gone(&desk, &visitor);
        };
        let suggested = suggestions(&engine, component, release.date);
        let passed: Vec<&str> = asked.passed.split(' ').collect();
        let question = found.questions.iter().find(|it| !passed.contains(&it.fact));
        let here = address(&draft);
        let title = component.name().to_owned();
        let page = Page::new(&desk, &visitor, Place::Classify, title);
        let page = page
            .inside("Classify", "/classify")
            .inside(format!("{} {}", release.product, release.version), here.clone());
        page.show(&html! {
            div.stack-wide {
                div.row.between { h1 { (component.name()) } (standing(&found)) }
                @if let Some(question) = question {
                    section.panel aria-labelledby="asked" {
                        form.asked method="post" action=(format!("{here}/{}/answer", escaped(&id))) {
                            h2 id="asked" { (question.ask) }
                            p.help { (question.help) }
                            @if let Some((answer, capability)) = suggested.get(question.fact) {
                                p { span.tag { "suggestion" } " Because it can " strong { (capability.replace('-', " ")) } ", the likely answer is " strong { (answer) } "." }
                            }
                            input type="hidden" name="question" value=(question.fact);
                            input type="hidden" name="passed" value=(asked.passed);
                            (choices(&question.values))
                            (Field::new("by", "Who answers").hint("The file keeps it with the day and the version.").value(&asked.by).required().line("text", ""))
                            p { button.main type="submit" { "Write it into the file" } }
                        }
                    }
                }
                (given(component))
                (found::answer(&found, release.date))
            }
        })
    })
    .await
}

fn choices(values: &[&str]) -> Markup {
    let plain = ["yes", "no"];
    let values = if values.is_empty() { &plain[..] } else { values };
    html! {
        div.choices role="radiogroup" aria-labelledby="asked" {
            @for value in values {
                label.choice { input type="radio" name="value" value=(value) required; span { (sentence(&value.replace('-', " "))) } }
            }
            label.choice { input type="radio" name="value" value="unknown" required; span { "I do not know: ask the next" } }
        }
    }
}

/// Who answered what.
fn given(component: &decision::release::Component) -> Markup {
    html! {
        @if let Some(answers) = component.answers.as_ref().filter(|it| !it.is_empty()) {
            details {
                summary { (answers.len()) " answers in the file" }
                div.scroll tabindex="0" role="region" aria-label="Answers in the file" {
                    table {
                        thead { tr { th scope="col" { "Question" } th scope="col" { "Answer" } th scope="col" { "By" } th scope="col" { "On" } } }
                        tbody {
                            @for it in answers {
                                tr { td { (it.question.replace('-', " ")) } td { (crate::papers::answer(&it.value)) } td { (it.by) } td { time datetime=(it.on) { (it.on) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /classify/release/DRAFT/COMPONENT/answer`.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((draft, id)): Path<(String, String)>,
    Form(said): Form<Answered>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let Some(release) = kept(&desk, &engine, &draft) else { return gone(&desk, &visitor) };
        let mut passed = said.passed.clone();
        let mut next = draft.clone();
        if said.value == "unknown" {
            passed = [passed.trim(), said.question.as_str()].join(" ");
        } else {
            let Some(value) = answer_to(&engine, &said.question, &said.value) else {
                return StatusCode::UNPROCESSABLE_ENTITY.into_response();
            };
            if said.by.trim().is_empty() {
                return StatusCode::UNPROCESSABLE_ENTITY.into_response();
            }
            let signed = Signed {
                question: said.question.clone(),
                answer: Some(value),
                by: said.by.trim().to_owned(),
                on: clock::today(),
            };
            let Some(text) = answered(&release, &id, &signed) else { return gone(&desk, &visitor) };
            next = desk.drafts().keep(&text);
        }
        let to = format!(
            "{}/{}?by={}&passed={}",
            address(&next),
            escaped(&id),
            escaped(&said.by),
            escaped(&passed)
        );
        Redirect::to(&to).into_response()
    })
    .await
}
