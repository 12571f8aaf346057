//! The same as a table: by what decides, and by destination.

use super::View;
use crate::clock;
use crate::pages::citation::Official;
use crate::pages::outcome::badge;
use maud::{Markup, html};

/// How many codes stand in a row before they are folded.
const FEW: usize = 10;

/// What decides, and where.
pub(super) fn groups(view: &View<'_>) -> Markup {
    let engine = view.desk.engine();
    let sheet = view.desk.sheet(&engine, &view.subject, view.on);
    let official = Official::on(view.on, clock::today());
    html! {
        section.stack-tight aria-labelledby="groups" {
            div.row.between {
                h2 id="groups" tabindex="-1" { "What decides" }
                a.small href=(view.chosen.address("/atlas/table", view.on)) data-key="t" { "Table of every destination" }
            }
            div.scroll {
                table.groups {
                    thead { tr {
                        th scope="col" { "Answer" }
                        th scope="col" { "Why" }
                        th.number scope="col" { "Places" }
                        th scope="col" { "Which" }
                    } }
                    tbody {
                        @for (number, group) in sheet.groups().iter().enumerate() {
                            tr id=(format!("g{number}")) {
                                td { (badge(group.outcome, group.exception)) }
                                td { (group.deciding.text) " " (official.cite(&group.deciding.citation)) }
                                td.number { (group.countries.len()) }
                                td.which {
                                    @let (few, more) = group.countries.split_at(FEW.min(group.countries.len()));
                                    @for it in few { abbr title=(it.name()) { (it.code()) } " " }
                                    @if !more.is_empty() {
                                        details.inline {
                                            summary { "and " (more.len()) " more" }
                                            @for it in more { abbr title=(it.name()) { (it.code()) } " " }
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
}

/// Every destination, by its name.
pub(super) fn places(view: &View<'_>) -> Markup {
    let engine = view.desk.engine();
    let sheet = view.desk.sheet(&engine, &view.subject, view.on);
    let official = Official::on(view.on, clock::today());
    let mut places: Vec<_> = sheet.places.iter().collect();
    places.sort_by_key(|it| it.country.name());
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { "Destination" }
                    th scope="col" { "Answer" }
                    th scope="col" { "Reasons" }
                    th scope="col" { "What decides" }
                } }
                tbody {
                    @for it in places {
                        tr {
                            th scope="row" { (it.country.name()) " " span.cite { (it.country.code()) } }
                            td { (badge(it.outcome, it.exception.as_deref())) }
                            td { (it.reasons.join(", ")) }
                            td { (it.deciding.text) " " (official.cite(&it.deciding.citation)) }
                        }
                    }
                }
            }
        }
    }
}
