//! A section on a day, and what the tables say of an entry or a country.

use super::{address, words};
use crate::clock;
use crate::desk::law as service;
use crate::pages::citation::Official;
use crate::pages::element::empty;
use decision::Country;
use jiff::civil::Date;
use law::rulebook::{Rulebook, Section};
use maud::{Markup, html};

/// The section.
pub(super) fn show(rulebook: &Rulebook, section: &Section, on: Date) -> Markup {
    let outline = service::outline(rulebook, section, on);
    let official = Official::on(on, clock::today());
    html! {
        div.stack {
            div.stack-tight {
                h1 { (section.number) " " (section.title) }
                p.small { (standing(rulebook, &section.number, on, official)) }
            }
            (other_day(&section.number, on))
            (tables(rulebook, &section.number, on))
            @if outline.is_empty() {
                (empty("Nothing of this section was law on this day", &html! { p { "Choose another day, or " a href="/law" { "another section" } "." } }))
            } @else {
                ol.outline {
                    @for it in &outline {
                        li class=(format!("depth-{}", it.depth.min(5))) {
                            a.cite href=(address(it.citation, on)) { (it.citation.strip_prefix(section.number.as_str()).filter(|it| !it.is_empty()).unwrap_or(it.citation)) }
                            div {
                                @if !it.title.is_empty() { p.title { (it.title) } }
                                @for block in &it.blocks {
                                    p {
                                        span class=(format!("does {}", words::class(&block.effect))) { (words::effect(block, rulebook)) "." }
                                        " " (block.says)
                                        @if block.unverified { " " span.tag { "not verified" } }
                                    }
                                }
                                @if it.blocks.is_empty() { p.soft.small { "Known, and without a rule." } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How sure the text is, and where the official one stands.
pub(super) fn standing(
    rulebook: &Rulebook,
    citation: &str,
    on: Date,
    official: Official,
) -> Markup {
    html! {
        @if let Some(address) = official.address(citation) {
            a href=(address) rel="external noreferrer" { "Official text" } " · "
        }
        "Our words, verified through " time datetime=(rulebook.verified_through) { (rulebook.verified_through) }
        @if on > rulebook.verified_through { " · " strong { "not verified for " (on) } }
    }
}

/// The same on another day.
pub(super) fn other_day(citation: &str, on: Date) -> Markup {
    html! {
        form.row.screen-only method="get" action=(format!("/law/{}", crate::pages::escaped(citation))) {
            label for="on" { "On the day" }
            input.short type="date" id="on" name="on" value=(on);
            button.small type="submit" { "Show" }
        }
    }
}

/// What the tables say of an entry of the control list, or of a country.
pub(super) fn tables(rulebook: &Rulebook, key: &str, on: Date) -> Markup {
    let country: Option<Country> = key
        .trim()
        .to_uppercase()
        .parse()
        .ok()
        .or_else(|| Country::all().find(|it| it.name().eq_ignore_ascii_case(key.trim())));
    let named = country.map_or(key.trim(), |it| it.code());
    let rows = service::rows(rulebook, named, on);
    html! {
        @if !rows.is_empty() {
            section.panel aria-labelledby="tables" {
                h2 id="tables" { @match country { Some(it) => (it.name()), None => (named) } " in the tables" }
                dl.facts {
                    @for (table, row) in &rows {
                        @for (column, said, doubtful) in service::cells(table, row) {
                            dt { (column.replace('-', " ")) " " span.cite { (row.citation.as_deref().unwrap_or(&table.citation)) } }
                            dd { (said.join(", ")) @if doubtful { " " span.tag { "in doubt" } } }
                        }
                    }
                    dt { "In force" }
                    dd {
                        @for (table, row) in &rows {
                            div { (table.name.replace('-', " ")) ": from " (row.from) @if let Some(until) = row.until { " until " (until) } }
                        }
                    }
                }
            }
        }
    }
}
