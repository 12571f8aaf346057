//! What must be done, and by when: duties, papers, red flags, an application, other agencies.

use super::Told;
use crate::pages::outcome::{Light, light};
use crate::report::words;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

/// What must be done if it goes.
pub(super) fn section(told: &Told<'_>) -> Markup {
    let answer = told.answer;
    let official = told.official();
    html! {
        @if !answer.conditions.is_empty() {
            section aria-labelledby="duties" {
                h2 id="duties" { "What must be done" }
                div.scroll {
                    table.stacked {
                        thead { tr { th scope="col" { "Duty" } th scope="col" { "By" } th scope="col" { "Paragraph" } } }
                        tbody {
                            @for it in &answer.conditions {
                                tr {
                                    td { @if it.truth.is_none() { strong { "It may apply: " } } (it.what) }
                                    td { (by(it.by.as_deref(), told)) }
                                    td { (official.cite(&it.citation)) }
                                }
                            }
                        }
                    }
                }
            }
        }
        (flags(told))
        (papers(told))
        @if let Some(policy) = &answer.review_policy {
            section aria-labelledby="apply" {
                h2 id="apply" { "If you apply for a license" }
                p { (words::policy(policy)) "." }
            }
        }
        @if !answer.referrals.is_empty() {
            section aria-labelledby="agencies" {
                h2 id="agencies" { "Other agencies" }
                ul {
                    @for it in &answer.referrals {
                        li { strong { (it.agency) } ": " (it.why) " " (official.cite(&it.citation)) }
                    }
                }
            }
        }
        @if !answer.notes.is_empty() {
            section aria-labelledby="notes" {
                h2 id="notes" { "About the law" }
                ul { @for it in &answer.notes { li { (it) } } }
            }
        }
    }
}

/// By when; for what counts in years, the day that it is at the earliest.
fn by(by: Option<&str>, told: &Told<'_>) -> Markup {
    let years = i64::try_from(told.answer.clearance.records_years).unwrap_or(0);
    let day = told.answer.law_date.parse::<Date>().ok();
    let end = day.and_then(|it| it.checked_add(years.years()).ok()).filter(|_| years > 0);
    html! {
        @match (by, end) {
            (Some(by), Some(end)) if by.contains("years from the last event") => {
                (words::sentence(by)) ": not before " time datetime=(end) { (end) }
            }
            (Some(by), _) => (words::sentence(by)),
            (None, _) => span.soft { "Before it goes, and as long as it lasts" },
        }
    }
}

fn flags(told: &Told<'_>) -> Markup {
    let answer = told.answer;
    let official = told.official();
    html! {
        @if !answer.flags.is_empty() {
            section aria-labelledby="flags" {
                h2 id="flags" { "Red flags" }
                ul.plain-list {
                    @for it in &answer.flags {
                        li {
                            @if it.resolved { span.tag { "Resolved" } }
                            @else if it.truth.is_none() { (light(Light::Wait, "Perhaps")) }
                            @else { (light(Light::Wait, "Open")) }
                            " " strong { (words::sentence(&it.flag.replace('-', " "))) }
                            ". " (it.why) " " (official.cite(&it.citation))
                        }
                    }
                }
            }
        }
    }
}

/// Papers and filings.
fn papers(told: &Told<'_>) -> Markup {
    let it = &told.answer.clearance;
    let word = |truth: Option<bool>| match truth {
        Some(true) => "Required",
        Some(false) => "Not required",
        None => "Not known",
    };
    html! {
        section aria-labelledby="papers" {
            h2 id="papers" { "Papers" }
            dl.facts {
                dt { "Electronic export information (EEI)" } dd { (word(it.eei_required)) }
                @if let Some(code) = &it.aes_code { dt { "License code in AES" } dd { (code) } }
                dt { "ECCN on the EEI" } dd { (word(it.eccn_on_eei)) }
                dt { "Destination control statement" } dd { (word(it.destination_control_statement)) }
                dt { "Records kept" }
                dd { @if it.records_years == 0 { "No duty" } @else { (it.records_years) " years" } }
            }
        }
    }
}
