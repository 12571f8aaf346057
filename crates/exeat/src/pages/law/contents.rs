//! The contents of the rulebook: search, sections by part, and what is not modelled.

use super::{address, cite, words};
use crate::desk::law as service;
use crate::pages::element::empty;
use crate::pages::escaped;
use crate::pages::field::Field;
use jiff::civil::Date;
use law::SourceFile;
use law::rulebook::{Block, Rulebook};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// How many paragraphs are shown that were found.
const SHOWN: usize = 100;

/// The search, and the day.
pub(super) fn searching(text: &str, on: Date, wrong: bool, rulebook: &Rulebook) -> Markup {
    let error = wrong.then_some("Write a day as year, month and day: 2024-03-15.");
    html! {
        form.panel.row.bottom method="get" action="/law" role="search" {
            (Field::new("q", "Paragraph, ECCN or words").value(text).labeled(&html! {
                input type="search" id="field-q" name="q" value=(text) placeholder="740.22(c)(2), 4D004, favorable treatment" data-key="s" data-command="Search the law";
            }))
            (Field::new("on", "On the day").error(error).labeled(&html! {
                input.short type="date" id="field-on" name="on" value=(on);
            }))
            p { button.main type="submit" { "Find" } }
        }
        p.small.soft {
            "Verified against the official text through " time datetime=(rulebook.verified_through) { (rulebook.verified_through) }
            ". It begins on " time datetime=(rulebook.from) { (rulebook.from) } ". "
            a href=(format!("/law/limits?on={on}")) { "What is not modelled" } " · "
            a href=(format!("/law/compare?from={}&to={on}", rulebook.from)) { "Compare two days" }
        }
    }
}

/// The sections, by part.
pub(super) fn sections(rulebook: &Rulebook, on: Date) -> Markup {
    let mut parts: BTreeMap<&str, Vec<&law::rulebook::Section>> = BTreeMap::new();
    for it in &rulebook.sections {
        let part = match it.number.get(..3) {
            Some(part) if part.bytes().all(|it| it.is_ascii_digit()) => part,
            Some(_) | None => "774",
        };
        parts.entry(part).or_default().push(it);
    }
    for sections in parts.values_mut() {
        sections.sort_by_key(|it| it.number.parse::<law::Citation>().ok());
    }
    let mut counts: BTreeMap<*const law::rulebook::Section, usize> = BTreeMap::new();
    for block in rulebook.blocks.iter().filter(|it| service::is_law(it, on)) {
        if let Some(section) = service::written_in(rulebook, block) {
            *counts.entry(std::ptr::from_ref(section)).or_default() += 1;
        }
    }
    html! {
        div.parts {
            @for (part, sections) in &parts {
                section aria-labelledby=(format!("part-{part}")) {
                    h2 id=(format!("part-{part}")) { span.cite { "Part " (part) } " " (title(part)) }
                    ul.plain {
                        @for it in sections {
                            @let rules = counts.get(&std::ptr::from_ref(*it)).copied().unwrap_or(0);
                            li {
                                a href=(address(&it.number, on)) { span.number-of { (it.number) } span { (it.title) } }
                                span.soft.small { " " (rules) @if rules == 1 { " rule" } @else { " rules" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a part is about.
fn title(part: &str) -> &'static str {
    match part {
        "732" => "How to use the regulations",
        "734" => "What is subject to them",
        "736" => "General prohibitions",
        "738" => "The control list and the country chart",
        "740" => "License exceptions",
        "742" => "Controls of the control list",
        "744" => "End users and end uses",
        "746" => "Embargoes",
        "748" | "750" => "Licenses",
        "758" => "Clearance",
        "762" => "Records",
        "772" => "Definitions",
        "774" => "The control list",
        _ => "",
    }
}

/// The paragraphs in which the words stand.
pub(super) fn found(rulebook: &Rulebook, files: &[SourceFile], text: &str, on: Date) -> Markup {
    let hits = service::search(rulebook, text, on, files);
    html! {
        (super::section::tables(rulebook, text, on))
        @if hits.is_empty() {
            (empty("Nothing of that is in the rulebook on this day", &html! {
                p { "Search for a paragraph (740.22(c)(2)), for an entry of the control list (4D004), or for words such as “government end user”. Every word must stand in the paragraph." }
                p { a href=(format!("/law?on={on}")) { "All sections" } }
            }))
        } @else {
            h2 { (hits.len()) @if hits.len() == 1 { " paragraph" } @else { " paragraphs" } " with “" (text) "”" }
            ul.plain.hits {
                @for it in hits.iter().take(SHOWN) {
                    li { (cite(it.citation, on)) " " (it.said) }
                }
            }
            @if hits.len() > SHOWN { p.soft { "The first " (SHOWN) " are shown; add a word to find fewer." } }
        }
    }
}

/// What the rulebook does not say for certain.
pub(super) fn limits(rulebook: &Rulebook, on: Date) -> Markup {
    let limits = service::limits(rulebook, on);
    let list = |blocks: &[&Block]| {
        html! {
            ul.plain.hits {
                @for it in blocks {
                    li { (cite(&it.id(), on)) " " (it.says) span.soft.small { " " (words::effect(it, rulebook)) } }
                }
            }
        }
    };
    html! {
        div.stack-wide {
            p.lead {
                "Wherever one of these is not false of a transaction, it counts as unknown, and no "
                "permissive answer rests on it. Nothing here is silently left out. On " (on) ":"
            }
            section.stack-tight aria-labelledby="untranslated" {
                h2 id="untranslated" { "Not expressed in the rule language: " (limits.untranslated.len()) }
                (list(&limits.untranslated))
            }
            section.stack-tight aria-labelledby="unverified" {
                h2 id="unverified" { "Not verified, or open to more than one reading: " (limits.unverified.len()) }
                (list(&limits.unverified))
            }
            section.stack-tight aria-labelledby="doubtful" {
                h2 id="doubtful" { "Rows of tables with a doubtful cell: " (limits.doubtful.len()) }
                ul.plain.hits {
                    @for (table, key) in &limits.doubtful {
                        li { a href=(format!("/law?q={}&on={on}", escaped(key))) { (key) } " in " (table.name.replace('-', " ")) " " span.cite { (table.citation) } }
                    }
                }
            }
            section.stack-tight aria-labelledby="cases" {
                h2 id="cases" { "Which cases exercise a paragraph" }
                p {
                    "Case pages judge the rulebook and are kept beside it, not in this program. "
                    code { "exeat rules coverage cases" }
                    " says for each paragraph whether a case saw it hold, fail and stay unknown."
                }
            }
        }
    }
}
