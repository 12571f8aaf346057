//! What was presumed where nothing was said, each to be confirmed or corrected.

use super::Told;
use crate::pages::glossary;
use crate::report::words::within;
use maud::{Markup, html};

/// The presumptions.
pub(super) fn section(told: &Told<'_>) -> Markup {
    let presumed = &told.answer.assumptions;
    html! {
        @if !presumed.is_empty() {
            section aria-labelledby="presumed" {
                h2 id="presumed" { "What was presumed" }
                p.soft.small {
                    "Nobody said these, so the regulation's usual case was taken."
                    @if told.change.is_some() { " Confirm what is so; correct what is not." }
                }
                div.scroll {
                    table.stacked {
                        tbody {
                            @for it in presumed {
                                tr {
                                    th scope="row" { (subject(told, &it.fact)) }
                                    td { (words(&it.fact, &it.value)) " " span.tag { (it.presumption) } }
                                    @if let Some(address) = told.change {
                                        td.screen-only { (choice(address, &it.fact, &it.value)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Confirm it, or say otherwise.
fn choice(address: &str, fact: &str, value: &str) -> Markup {
    let otherwise = format!("{address}?fact={}", fact.replace('[', "%5B").replace(']', "%5D"));
    html! {
        form.row.tight method="post" action=(format!("{address}/confirm")) {
            @if let Some(value) = said(fact, value) {
                input type="hidden" name="fact" value=(fact);
                input type="hidden" name="value" value=(value);
                button.small type="submit" { "Confirm" span.unseen { ": " (glossary::field(fact)) } }
            }
            @if glossary::wanted(fact).is_some() {
                a.small href=(otherwise) { "It is otherwise" }
            }
        }
    }
}

/// A presumed value as a form would send it; `None` where it cannot be said.
fn said(fact: &str, value: &str) -> Option<String> {
    glossary::wanted(fact)?;
    match value {
        "[]" => Some("(none)".to_owned()),
        "false" => Some("no".to_owned()),
        "true" => Some("yes".to_owned()),
        "itself" | "no effect" => None,
        other => Some(other.to_owned()),
    }
}

fn subject(told: &Told<'_>, fact: &str) -> String {
    let thing = fact.rsplit_once('.').map_or("", |it| it.0);
    match thing {
        "" | "end_use" | "transfer" => glossary::field(fact),
        thing => {
            format!("{}: {}", glossary::subject(thing, told.form), within(&glossary::field(fact)))
        }
    }
}

fn words(fact: &str, value: &str) -> String {
    match value {
        "[]" => glossary::none(fact).to_owned(),
        "false" => "No".to_owned(),
        "true" => "Yes".to_owned(),
        "itself" => "For itself".to_owned(),
        other => glossary::shown(fact, &serde_json::Value::from(other)),
    }
}
