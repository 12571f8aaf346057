//! The tiles: each destination roughly where a map has it.
//!
//! A tile says its outcome by color, by pattern and by a word. What decides stands below the tiles
//! and is shown for the tile under the pointer or in focus, by the style sheet alone.

use super::View;
use crate::atlas::picture::short;
use crate::atlas::tiles::cells;
use crate::pages::outcome::badge;
use decision::Country;
use decision::atlas::Place;
use decision::outcome::Outcome;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// So many paragraphs have a number; the style sheet knows as many.
const NUMBERED: usize = 48;

/// The class of a tile.
pub(super) fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotAnExport => "ne",
        Outcome::NotSubject => "ns",
        Outcome::NoLicenseRequired => "nl",
        Outcome::LicenseException => "le",
        Outcome::NeedsReview => "nr",
        Outcome::LicenseRequired => "lr",
        Outcome::Prohibited => "pr",
    }
}

/// The world as tiles.
pub(super) fn tiles(view: &View<'_>) -> Markup {
    let engine = view.desk.engine();
    let sheet = view.desk.sheet(&engine, &view.subject, view.on);
    let groups = sheet.groups();
    let group_of: BTreeMap<Country, usize> = (0..)
        .zip(&groups)
        .flat_map(|(number, group)| group.countries.iter().map(move |it| (*it, number)))
        .collect();
    let cells = cells();
    let home = view.subject.relocation().home().filter(|_| view.chosen.eccn.is_empty());
    let turn = view.turn();
    let address = view.chosen.address("/atlas/to", view.on);
    let tile = |place: &Place| {
        let Some(cell) = cells.get(&place.country) else { return html! {} };
        let group = group_of.get(&place.country).copied().unwrap_or(0).min(NUMBERED - 1);
        let moved =
            turn.as_ref().is_some_and(|it| it.moves.iter().any(|it| it.country == place.country));
        let mark = if home == Some(place.country) { " home" } else { "" };
        let moved = if moved { " moved" } else { "" };
        let code = place.country.code();
        let long = if code.len() > 2 { " long" } else { "" };
        let classes = format!(
            "t {} g{group} r{} c{}{mark}{moved}{long}",
            class(place.outcome),
            cell.row,
            cell.column
        );
        html! {
            a class=(classes) href=(address.replace("/to?", &format!("/to/{code}?"))) aria-describedby=(format!("s{group}")) {
                (code) b { (short(place)) } i { (place.country.name()) }
            }
        }
    };
    html! {
        section.world aria-label="Map" {
            (legend(&sheet))
            p.skipping { a.skip-map href="#groups" { "Skip the map" } }
            div.map { div.grid data-grid { @for place in &sheet.places { (tile(place)) } } }
            div.deciding {
                p.hint { "Point at a tile, or reach it by keyboard, to read what decides there." }
                @for (number, group) in groups.iter().enumerate().take(NUMBERED) {
                    p class=(format!("g{number}")) id=(format!("s{number}")) {
                        (badge(group.outcome, group.exception)) " "
                        (group.deciding.text) " "
                        span.cite { (group.deciding.citation) }
                    }
                }
            }
        }
    }
}

/// What the colors, patterns and words mean, and how often each occurs.
fn legend(sheet: &crate::atlas::Sheet) -> Markup {
    html! {
        ul.legend aria-label="Outcomes" {
            @for ((outcome, exception), count) in sheet.counts() {
                @if let Some(place) = sheet.places.iter().find(|it| it.outcome == outcome && it.exception.as_deref() == exception) {
                    li {
                        span class=(format!("t key {}", class(outcome))) aria-hidden="true" { b { (short(place)) } }
                        (crate::report::words::sentence(&crate::report::words::outcome(outcome, exception)))
                        span.soft { " " (count) }
                    }
                }
            }
        }
    }
}
