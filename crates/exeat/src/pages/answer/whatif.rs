//! What would change the answer: the smallest changes of fact, each tried by deciding it.

use crate::api::what_if::{CAUTION, said};
use crate::pages::citation::Official;
use crate::pages::outcome::badge;
use crate::report::words;
use crate::search::searching::Names;
use decision::what_if::{Alteration, Standing, Turn, WhatIf};
use maud::{Markup, html};

/// How many alterations of a kind are shown at once.
const SHOWN: usize = 8;

/// What was found, levers first; `alone` where it is a page of its own.
pub(super) fn found(found: &WhatIf, names: &Names, official: Official, alone: bool) -> Markup {
    let of = |standing: Standing| -> Vec<&Alteration> {
        found.alterations.iter().filter(|it| it.standing == standing).collect()
    };
    let groups = [
        (Standing::Lever, "What one may lawfully do"),
        (Standing::FindOut, "What could be found out"),
        (Standing::NoLever, "What the answer hangs on, and nobody may shape"),
    ];
    html! {
        @if found.alterations.is_empty() {
            p { "No change of one or two facts alters the answer." }
        }
        @for (standing, title) in groups {
            @let all = of(standing);
            @if !all.is_empty() {
                @if alone { h2 { (title) } } @else { h3 { (title) } }
                ul.plain-list.changes {
                    @for it in all.iter().take(SHOWN) { (change(found, it, official)) }
                }
                @if all.len() > SHOWN {
                    details {
                        summary { (all.len() - SHOWN) " more" }
                        ul.plain-list.changes {
                            @for it in all.iter().skip(SHOWN) { (change(found, it, official)) }
                        }
                    }
                }
            }
        }
        @if let Some(said) = names.sentence() { p.soft.small { (said) } }
        p.soft.small { (CAUTION) }
    }
}

fn change(found: &WhatIf, it: &Alteration, official: Official) -> Markup {
    let what: Vec<String> = it
        .facts
        .iter()
        .filter_map(|values| {
            let turns: Vec<&Turn> = values.iter().filter_map(|it| found.turns.get(*it)).collect();
            turns.first().map(|first| said(first, &turns))
        })
        .collect();
    html! {
        li {
            (badge(it.outcome, it.exception.as_deref())) " "
            (words::sentence(&what.join("; and "))) ". "
            span.soft.small { (it.deciding.text) " " (official.cite(&it.deciding.citation)) }
        }
    }
}
