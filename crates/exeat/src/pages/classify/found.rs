//! What a product is: the entry, what follows from it, what came near, and why.

use crate::clock;
use crate::pages::citation::Official;
use crate::pages::element::alert;
use crate::pages::law::address;
use crate::pages::outcome::Light;
use crate::report::classification::described;
use decision::classification::{Classification, ClassificationOutcome};
use decision::determination::Because;
use jiff::civil::Date;
use maud::{Markup, html};

/// How deep the reasons are shown at once.
const DEEP: usize = 3;

/// The answer.
pub(super) fn answer(it: &Classification<'_>, on: Date) -> Markup {
    let official = Official::on(on, clock::today());
    html! {
        @if !it.settled {
            (alert(Light::Wait, "Not settled", &html! { p { "What is not known can still change this. Somebody who knows the product must answer the questions that were passed over." } }))
        }
        @if it.outcome == ClassificationOutcome::NotControlledHere {
            (alert(Light::Wait, "This is not yet EAR99", &html! { p { "None of the entries that hacking, surveillance and encryption tools fall under describes it. Other entries of the control list, such as the 99x ones, may: look there before calling it EAR99." } }))
        }
        @if it.outcome == ClassificationOutcome::OtherAgency {
            (alert(Light::Stop, "Another agency's law comes first", &html! { p { "It may be on a list of another agency, such as the Munitions List. Ask there before this law is applied." } @for it in &it.referrals { p { (it.agency) ": " (it.why) " [" (it.citation) "]" } } }))
        }
        dl.facts {
            @if !it.reasons_for_control.is_empty() { dt { "Controlled for" } dd { (it.reasons_for_control.join(", ")) } }
            @if !it.exceptions.is_empty() { dt { "Exceptions the entry names" } dd { (it.exceptions.join(", ")) } }
            @if !it.also_described.is_empty() { dt { "Also described by" } dd { (it.also_described.iter().map(described).collect::<Vec<_>>().join(", ")) } }
            dt { "Law of" } dd { time datetime=(it.law_date) { (it.law_date) } ", verified through " @match it.rulebook.as_of { Some(day) => time datetime=(day) { (day) }, None => "an unknown day" } }
        }
        @if let Some(eccn) = it.eccn {
            p.row.screen-only {
                a.button.main href=(format!("/atlas?eccn={eccn}&user=private-other&government=no&on={on}")) { "Where it may go" }
                a.button href=(address(eccn, on)) { "Read the entry" }
                a.button href="/check" { "Check a sale of it" }
            }
        }
        @if !it.notes.is_empty() {
            section.stack-tight aria-labelledby="notes" { h2 id="notes" { "What to know" } ul { @for note in &it.notes { li { (note) } } } }
        }
        @if !it.because.is_empty() {
            section.stack-tight aria-labelledby="why" { h2 id="why" { "Why" } ul.reasons { (reasons(&it.because, on, DEEP)) } }
        }
        @if !it.near_misses.is_empty() {
            section.stack-tight aria-labelledby="near" {
                h2 id="near" { "What came near" }
                p.soft.small { "One or two other answers would lead to these. If an answer was not certain, look again." }
                ul.plain.hits {
                    @for near in &it.near_misses {
                        li {
                            a href=(address(near.described.eccn, on)) { strong { (described(&near.described)) } } ": " (near.text) " "
                            span.soft.small { (near.words) }
                        }
                    }
                }
            }
        }
        @if !it.excluded.is_empty() {
            section.stack-tight aria-labelledby="excluded" {
                h2 id="excluded" { "What takes it out of other entries" }
                ul.plain.hits { @for out in &it.excluded { li { strong { (out.eccn) } ": " (out.text) " " (official.cite(out.citation)) } } }
            }
        }
        @if !it.conditions.is_empty() {
            section.stack-tight aria-labelledby="duties" {
                h2 id="duties" { "Duties that come with it" }
                ul { @for duty in &it.conditions { li { (duty.what) " " (official.cite(duty.citation)) } } }
            }
        }
        @if !it.assumptions.is_empty() {
            section.stack-tight aria-labelledby="assumed" {
                h2 id="assumed" { "Taken for granted" }
                ul { @for assumed in &it.assumptions { li { (assumed.fact.replace('-', " ")) ": " strong { (assumed.answer) } ", " (assumed.why) } } }
            }
        }
    }
}

/// The reasons, down to a depth.
fn reasons(nodes: &[Because<'_>], on: Date, deep: usize) -> Markup {
    html! {
        @for it in nodes {
            li {
                span.reason { span.said {
                    (it.text) " " a.cite href=(address(it.citation, on)) { (it.citation) }
                    @if !it.facts.is_empty() { span.because { (it.facts.join("; ")) } }
                } }
                @if !it.because.is_empty() && deep > 1 { ul { (reasons(&it.because, on, deep - 1)) } }
            }
        }
    }
}
