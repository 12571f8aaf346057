//! The interview: what it can do, then only the questions that still matter, one at a time.

use super::found;
use super::parts;
use super::said::Said;
use crate::clock;
use crate::desk::Desk;
use crate::desk::products::Interview;
use crate::pages::aside;
use crate::pages::citation::Official;
use crate::pages::field::Field;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use crate::report::words::sentence;
use axum::extract::{Query, State};
use axum::response::Response;
use decision::classification::{Classification, ClassificationQuestion};
use decision::{Engine, Trace};
use maud::{Markup, html};
use std::sync::Arc;

/// `GET /classify`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    aside(move || {
        let said = Said::of(pairs);
        let engine = desk.engine();
        let on = said.day();
        let page = Page::new(&desk, &visitor, Place::Classify, "Classify");
        if !said.began && said.answers.is_empty() {
            return page.show(&html! {
                div.stack {
                    h1 { "What is it, on the control list?" }
                    (parts("/classify"))
                    (begin(&engine, &said))
                }
            });
        }
        let interview = Interview::of(&engine, on, &said.can, &said.answers);
        let product = interview.product(on);
        let options = decision::Options { on: Some(on), ..desk.options(Trace::Decisive) };
        let classification = desk.working(|| engine.classify(&product, &options));
        let open: Vec<&ClassificationQuestion<'_>> = classification
            .questions
            .iter()
            .filter(|it| !interview.passed.contains(it.fact))
            .collect();
        // What it is made of divides the list like nothing else, and anybody can tell.
        let next = open.iter().find(|it| it.fact == "form").or(open.first()).copied();
        let name = if said.name.is_empty() { "The product" } else { &said.name };
        page.inside("A product", "/classify").show(&html! {
            div.columns {
                div.stack {
                    @match next {
                        Some(question) => (ask(question, &said, &interview)),
                        None => {
                            h1 { (name) ": " (sentence(&crate::report::classification::outcome(&classification))) }
                            (found::answer(&classification, on))
                        },
                    }
                }
                aside.stack {
                    section.panel id="forming" aria-live="polite" { (forming(&classification, open.len())) }
                    (told(&engine, &said, &interview))
                }
            }
        })
    })
    .await
}

/// The name, the day, and what it can do.
fn begin(engine: &Engine, said: &Said) -> Markup {
    let on = said.day();
    let capabilities = engine.rulebook().classification.iter().flat_map(|it| &it.capabilities);
    let capabilities: Vec<_> = capabilities.filter(|it| it.covers(on)).collect();
    html! {
        form.stack method="get" action="/classify" {
            input type="hidden" name="began" value="1";
            div.halves {
                (Field::new("name", "What it is called").value(&said.name).line("text", ""))
                (Field::new("on", "Day of the release or the export").labeled(&html! {
                    input.short type="date" id="field-on" name="on" value=(on);
                }))
            }
            fieldset.field {
                legend { "What can it do?" }
                p.hint { "Tick what it does, if anything of this. A tick answers what it establishes and suggests other answers for you to confirm; you can also leave all of it and answer the questions." }
                div.control {
                    div.choices.columns {
                        @for it in &capabilities {
                            label.choice {
                                input type="checkbox" name="can" value=(it.id) checked[said.can.contains(&it.id)];
                                span { (it.name) span.meaning { "Counts: " (it.counts) " Does not: " (it.does_not_count) } }
                            }
                        }
                    }
                }
            }
            p.row {
                button.main type="submit" { "Ask what matters" }
                span.soft.small { "Nothing is kept: what you answer stands in the address of the page." }
            }
        }
    }
}

fn ask(question: &ClassificationQuestion<'_>, said: &Said, interview: &Interview) -> Markup {
    let name = format!("q.{}", question.fact);
    let suggested = interview.suggested.get(question.fact);
    let official = Official::on(said.day(), clock::today());
    let plain = [("yes", "Yes"), ("no", "No")].map(|it| (it.0.to_owned(), it.1.to_owned()));
    let mut choices: Vec<(String, String)> = if question.values.is_empty() {
        plain.to_vec()
    } else {
        question
            .values
            .iter()
            .map(|it| ((*it).to_owned(), sentence(&it.replace('-', " "))))
            .collect()
    };
    choices.push(("unknown".to_owned(), "I do not know".to_owned()));
    html! {
        form.asked method="get" action="/classify" {
            (said.hidden(question.fact))
            h1 id="asked" { (question.ask) }
            p.help { (question.help) }
            @if let Some((answer, capability)) = suggested {
                p { span.tag { "suggestion" } " Because it can " strong { (capability.replace('-', " ")) } ", the likely answer is " strong { (answer) } "." }
            }
            div.choices role="radiogroup" aria-labelledby="asked" {
                @for (value, label) in &choices {
                    label.choice { input type="radio" name=(name) value=(value) required; span { (label) } }
                }
            }
            p { button.main type="submit" { "Continue" } }
            details open[false] {
                summary { "Why this is asked" }
                p { "It " (question.why.trim_start_matches("it ")) ". " (question.leads_to) " " (official.cite(question.citation)) }
            }
        }
    }
}

/// How the answer forms.
fn forming(it: &Classification<'_>, open: usize) -> Markup {
    html! {
        h2 { "So far" }
        @if it.settled {
            p.verdict { strong { (sentence(&crate::report::classification::outcome(it))) } }
            p.small.soft { "Settled, whatever is answered to the rest." }
        } @else {
            p {
                @match it.candidates.len() {
                    0 => "No entry is left among those asked about.",
                    1 => "One entry is still possible:",
                    many => { (many) " entries are still possible:" },
                }
            }
            @if !it.candidates.is_empty() {
                p.small { @for one in it.candidates.iter().take(24) { span.tag { (crate::report::classification::described(one)) } " " } @if it.candidates.len() > 24 { "…" } }
            }
            p.small.soft { (open) @if open == 1 { " question is" } @else { " questions are" } " open." }
        }
    }
}

/// What was said, each with the way to say something else.
fn told(engine: &Engine, said: &Said, interview: &Interview) -> Markup {
    let ask = |id: &str| {
        let question = engine.classification_questions().iter().find(|it| it.id == id);
        question.map_or_else(|| sentence(&id.replace('-', " ")), |it| it.ask.clone())
    };
    html! {
        section.panel.small aria-labelledby="told" {
            h2 id="told" { "What was said" }
            p { "Law of " time datetime=(said.day()) { (said.day()) } }
            @if !said.can.is_empty() {
                p { "It can: " (said.can.iter().map(|it| it.replace('-', " ")).collect::<Vec<_>>().join(", ")) }
            }
            dl {
                @for (question, answer) in &said.answers {
                    dt { (ask(question)) }
                    dd { strong { (answer.replace('-', " ")) } " " a href=(said.address(question)) { "Change" span.unseen { ": " (ask(question)) } } }
                }
                @for (question, capability) in &interview.established {
                    dt { (ask(question)) }
                    dd { "follows from: " (capability.replace('-', " ")) }
                }
            }
            p { a href="/classify" { "Begin anew" } }
        }
    }
}
