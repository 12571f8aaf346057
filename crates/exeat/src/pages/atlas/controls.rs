//! What one chooses: the day, the item, the user.

use super::View;
use super::chosen::{Chosen, FIRST};
use crate::desk::atlas::days as days_of_law;
use crate::examples;
use crate::pages::field::{Choice, Field};
use crate::report::words::sentence;
use decision::transaction::sector::Sector;
use jiff::civil::Date;
use maud::{Markup, html};

/// Classifications that are offered; any other can be typed.
const ITEMS: [(&str, &str); 8] = [
    ("4A005", "Systems that deliver or control intrusion software"),
    ("4D004", "Software for intrusion software"),
    ("4D001.a", "Software for developing the above"),
    ("4E001.c", "Technology for developing intrusion software"),
    ("5A001.j", "Network surveillance systems"),
    ("5D001.a", "Software for network surveillance and other telecommunications"),
    ("5A002", "Encryption hardware"),
    ("5D002", "Encryption software"),
];

/// The days on which the law changes, and a field for any other.
pub(super) fn days(view: &View<'_>) -> Markup {
    let engine = view.desk.engine();
    let days = days_of_law(&engine);
    let shown = days.iter().rev().find(|it| **it <= view.on);
    html! {
        section.time aria-labelledby="time" {
            div.row.between.bottom {
                h2 id="time" { "The law of " time datetime=(view.on) { (view.on) } }
                form.row method="get" action="/atlas" {
                    (hidden(view.chosen))
                    label for="on" { "Another day" }
                    input.short type="date" id="on" name="on" value=(view.on);
                    button.small type="submit" { "Show" }
                }
            }
            ol.days data-slider="atlas" data-turns=(view.chosen.address("/atlas/days", view.on)) aria-label="Days on which the law changes" {
                @for day in &days {
                    li {
                        a href=(view.chosen.address("/atlas", *day)) data-day=(day)
                            aria-current=[(shown == Some(day)).then_some("true")] {
                            time datetime=(day) { (day) }
                        }
                    }
                }
            }
            p.small { a href=(view.chosen.address("/atlas/days", view.on)) { "Which of these days change an answer here?" } }
        }
    }
}

/// The days on which some answer changes, with how many.
pub(super) fn turns(view: &View<'_>) -> Markup {
    let engine = view.desk.engine();
    let turns = view.desk.turns(&engine, &view.subject);
    let first = engine.rulebook().from;
    let shown = turns.iter().rev().find(|it| it.day <= view.on).map(|it| it.day);
    html! {
        @if turns.is_empty() {
            p.soft { "No answer to this has changed since the rulebook begins on " (first) "." }
        }
        ol.days id="turns" aria-label="Days on which an answer changes" {
            li {
                a href=(view.chosen.address("/atlas", first)) data-day=(first) aria-current=[shown.is_none().then_some("true")] {
                    time datetime=(first) { (first) } span.soft { " first day" }
                }
            }
            @for turn in &turns {
                li {
                    a href=(view.chosen.address("/atlas", turn.day)) data-day=(turn.day)
                        aria-current=[(shown == Some(turn.day)).then_some("true")] {
                        time datetime=(turn.day) { (turn.day) }
                        span.soft { " " (turn.moves.len()) @if turn.moves.len() == 1 { " place" } @else { " places" } }
                    }
                }
            }
        }
    }
}

/// What was chosen, for a form that changes the day.
fn hidden(chosen: &Chosen) -> Markup {
    let pairs = [
        ("example", &chosen.example),
        ("draft", &chosen.draft),
        ("eccn", &chosen.eccn),
        ("user", &chosen.user),
        ("government", &chosen.government),
    ];
    html! {
        @for (name, value) in pairs.iter().filter(|it| !it.1.is_empty()) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// Another item or user.
pub(super) fn subject(chosen: &Chosen, on: Date, problem: &str) -> Markup {
    let user = if chosen.user.is_empty() { Sector::Bank.as_str() } else { &chosen.user };
    let sectors: Vec<Choice> = Sector::ALL.iter().map(|it| sector(*it)).collect();
    let government = if chosen.government.is_empty() { "unknown" } else { &chosen.government };
    let answers = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")];
    let answers = answers.map(|(value, label)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        meaning: String::new(),
    });
    let wrong = Some(problem).filter(|it| !it.is_empty() && !chosen.eccn.is_empty());
    html! {
        section.panel aria-labelledby="other" id="another" {
            h2 id="other" { "Another item, another user" }
            div.halves {
                form method="get" action="/atlas" {
                    (Field::new("eccn", "Item").hint("Its classification (ECCN), such as 4D004 or 5A001.j.")
                        .value(&chosen.eccn).error(wrong).required()
                        .labeled(&html! {
                            input.short type="text" id="field-eccn" name="eccn" value=(chosen.eccn) list="items" required
                                autocomplete="off" spellcheck="false" aria-describedby="field-eccn-hint";
                            datalist id="items" { @for (eccn, what) in ITEMS { option value=(eccn) { (what) } } }
                        }))
                    (Field::new("user", "Who would use it").labeled(&html! {
                        select id="field-user" name="user" { @for it in &sectors { option value=(it.value) selected[it.value == *user] { (it.label) } } }
                    }))
                    (Field::new("government", "Owned or run by a government?").choices("radio", "inline", &answers, |it| it == government))
                    input type="hidden" name="on" value=(on);
                    p { button.main type="submit" { "Show where it may go" } }
                }
                div.stack-tight {
                    h3 { "Or a transaction of yours" }
                    form method="post" action="/atlas" {
                        (Field::new("text", "Transaction").hint("As JSON, YAML or TOML. Its destination is varied.")
                            .required().labeled(&html! {
                                textarea.code.wide id="field-text" name="text" required spellcheck="false" aria-describedby="field-text-hint" {}
                            }))
                        p { button type="submit" { "Show where it may go" } }
                    }
                }
                div.stack-tight.all {
                    h3 { "Or one of the examples" }
                    ul.plain.examples {
                        @for it in examples::all() {
                            @let current = chosen.eccn.is_empty() && chosen.draft.is_empty() && (it.name == chosen.example || chosen.example.is_empty() && it.name == FIRST);
                            li {
                                a href=(format!("/atlas?example={}&on={on}", it.name)) aria-current=[current.then_some("true")] { (it.about()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn sector(sector: Sector) -> Choice {
    let label = sentence(&sector.as_str().replace('-', " ")).replace("csirt", "CSIRT");
    Choice { value: sector.as_str().to_owned(), label, meaning: String::new() }
}
