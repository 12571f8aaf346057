//! Two days side by side: which rules and rows begin, end and change.

use super::{address, words};
use crate::clock;
use crate::desk::{Desk, law as service};
use crate::pages::aside;
use crate::pages::element::{alert, empty};
use crate::pages::outcome::Light;
use crate::pages::page::Page;
use crate::pages::place::Place;
use crate::pages::visitor::Visitor;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use law::diff::{Change, diff};
use law::rulebook::{BlockId, Rulebook, TableRow};
use maud::{Markup, html};
use std::sync::Arc;

/// The days.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Days {
    from: String,
    to: String,
}

/// `GET /law/compare`.
pub(super) async fn show(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(days): Query<Days>,
) -> Response {
    aside(move || {
        let engine = desk.engine();
        let rulebook = engine.rulebook();
        let day = |text: &str, or: Date| match text.trim() {
            "" => Ok(or),
            text => text.parse::<Date>().map_err(|_| text.to_owned()),
        };
        let (from, to) = (day(&days.from, rulebook.from), day(&days.to, clock::today()));
        let page = Page::new(&desk, &visitor, Place::Law, "Compare two days");
        page.inside("Law", "/law").show(&html! {
            div.stack {
                h1 { "What changed in the law" }
                form.panel.row.bottom method="get" action="/law/compare" {
                    p { label for="from" { "From" } br; input.short type="date" id="from" name="from" value=(shown(&from)); }
                    p { label for="to" { "To" } br; input.short type="date" id="to" name="to" value=(shown(&to)); }
                    p { button.main type="submit" { "Compare" } }
                }
                p.small {
                    "The law changes on: "
                    @for (before, day) in pairs(rulebook) {
                        a href=(format!("/law/compare?from={before}&to={day}")) { (day) } " "
                    }
                }
                @match (from, to) {
                    (Ok(from), Ok(to)) => (changes(rulebook, from, to)),
                    (Err(text), _) | (_, Err(text)) => (alert(Light::Stop, "", &html! { p { "“" (text) "” is no day. Write it as year, month and day: 2024-03-15." } })),
                }
            }
        })
    })
    .await
}

fn shown(day: &Result<Date, String>) -> String {
    day.as_ref().map_or_else(Clone::clone, ToString::to_string)
}

/// Each day on which the law changes, with the day before it.
fn pairs(rulebook: &Rulebook) -> Vec<(Date, Date)> {
    let days = rulebook.epochs().into_iter().skip(1);
    days.filter_map(|day| Some((day.yesterday().ok()?, day))).collect()
}

fn changes(rulebook: &Rulebook, from: Date, to: Date) -> Markup {
    let changes = diff(rulebook, from, to);
    html! {
        @if changes.is_empty() {
            (empty("Nothing changed between these days", &html! { p { "Choose days on either side of one of the days above." } }))
        } @else {
            h2 { (changes.len()) @if changes.len() == 1 { " change" } @else { " changes" } " from " (from) " to " (to) }
            @for (name, title, changes) in by_section(rulebook, &changes) {
                section.stack-tight {
                    h3 { (name) @if !title.is_empty() { " " (title) } " " span.soft.small { (changes.len()) } }
                    ol.plain.changes { @for it in changes { li { (change(it, rulebook, from, to)) } } }
                }
            }
        }
    }
}

/// The changes of a section: its number, its title, and they.
type OfSection<'r> = (&'r str, &'r str, Vec<&'r Change>);

/// Changes under the sections that they are in, in the order in which they were found.
fn by_section<'r>(rulebook: &'r Rulebook, changes: &'r [Change]) -> Vec<OfSection<'r>> {
    let mut sections: Vec<OfSection<'r>> = Vec::new();
    for change in changes {
        let (name, title) = match change {
            Change::Begins(id) | Change::Ends(id) | Change::Becomes { after: id, .. } => {
                let block = rulebook.block(*id);
                let section = block.and_then(|it| service::section(rulebook, &it.citation));
                section.map_or(("Other rules", ""), |it| (it.number.as_str(), it.title.as_str()))
            }
            Change::Row { table, .. } => {
                let table = rulebook.tables.get(usize::from(*table));
                table.map_or(("Tables", ""), |it| (it.citation.as_str(), "table"))
            }
        };
        match sections.iter_mut().find(|it| it.0 == name && it.1 == title) {
            Some(section) => section.2.push(change),
            None => sections.push((name, title, vec![change])),
        }
    }
    sections
}

fn change(change: &Change, rulebook: &Rulebook, from: Date, to: Date) -> Markup {
    let said = |sign: &str, word: &str, id: BlockId, on: Date| {
        let Some(block) = rulebook.block(id) else { return html! {} };
        html! {
            p class=(word) {
                span.sign { (sign) span.unseen { (word) ": " } } " "
                a.cite href=(address(&block.id(), on)) { (block.id()) } " "
                (block.says) span.soft.small { " " (words::effect(block, rulebook)) }
            }
        }
    };
    html! {
        @match change {
            Change::Begins(id) => (said("+", "new", *id, to)),
            Change::Ends(id) => (said("−", "gone", *id, from)),
            Change::Becomes { before, after } => { (said("−", "gone", *before, from)) (said("+", "new", *after, to)) },
            Change::Row { table, key, before, after } => (row(rulebook, *table, key, *before, *after, to)),
        }
    }
}

fn row(
    rulebook: &Rulebook,
    table: u16,
    key: &str,
    before: Option<u32>,
    after: Option<u32>,
    to: Date,
) -> Markup {
    let Some(table) = rulebook.tables.get(usize::from(table)) else { return html! {} };
    let cells = |line: Option<u32>| -> Option<Vec<(&str, Vec<&str>, bool)>> {
        let row: &TableRow = table.rows.iter().find(|it| Some(it.line) == line)?;
        Some(service::cells(table, row))
    };
    let (before, after) = (cells(before), cells(after));
    let of = |cells: &Option<Vec<(&str, Vec<&str>, bool)>>, column: &str| {
        let found = cells.iter().flatten().find(|it| it.0 == column);
        found.map_or_else(|| "nothing".to_owned(), |it| it.1.join(", "))
    };
    let differs: Vec<(&str, String, String)> = table
        .columns
        .iter()
        .map(|it| (it.name.as_str(), of(&before, &it.name), of(&after, &it.name)))
        .filter(|it| it.1 != it.2)
        .collect();
    html! {
        p {
            span.sign { "~" span.unseen { "changed: " } } " "
            a href=(format!("/law?q={}&on={to}", crate::pages::escaped(key))) { (key) } " in " (table.name.replace('-', " ")) " "
            span.cite { (table.citation) }
            @match (&before, &after) {
                (None, _) => " begins",
                (_, None) => " ends",
                (Some(_), Some(_)) => {},
            }
            @for (column, before, after) in &differs {
                span.because { (column.replace('-', " ")) ": " del { (before) } " → " ins { (after) } }
            }
        }
    }
}
