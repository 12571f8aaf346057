//! A match, explained: the names one above the other, the words that were compared, the entry.

use crate::desk::permission::Permission;
use crate::pages::alignment;
use crate::pages::deciding::{self, Match};
use crate::pages::escaped;
use crate::pages::outcome::{Light, light};
use crate::pages::visitor::Visitor;
use crate::report::listed;
use crate::report::words::sentence;
use crate::screened::Found;
use decision::matches::Verdict;
use maud::{Markup, html};
use screening::ListedParty;
use screening::term::Relation;

/// How a pair of words is alike.
fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "the same",
        Relation::Synonym => "means the same",
        Relation::Sound => "sounds alike",
        Relation::Typo => "a letter or two apart",
        Relation::Initial => "begin alike",
        Relation::Joined => "other spaces",
        Relation::Acronym => "first letters",
    }
}

/// The match.
pub(super) fn hit(it: &Found, subject: &str, deciding: Option<&Deciding<'_>>) -> Markup {
    let address = format!("/screen/entry/{}/{}", escaped(&it.party.list), escaped(&it.party.id));
    html! {
        article.hit.panel {
            div.row.between {
                h3 {
                    a href=(address) { (name(&it.party)) }
                }
                (verdict(it))
            }
            p.small.soft {
                strong { (it.party.list) } " " span.cite { (it.party.id) }
                " · " (listed::kind(it.party.kind))
                @let countries = countries(&it.party);
                @if !countries.is_empty() { " · " (countries) }
                @if !it.party.programs.is_empty() { " · " (it.party.programs.join(", ")) }
                " · likeness " strong { (it.score) }
            }
            (alignment::names(&it.told.asked, &it.told.listed))
            ul.why { @for said in &it.told.sentences { li { (said_of(said)) } } }
            @if !it.told.pairs.is_empty() { (evidence(it)) }
            (decide(it, subject, deciding))
        }
    }
}

/// A sentence with the words in backticks as they are written.
fn said_of(sentence_of: &str) -> Markup {
    html! {
        @for (place, part) in sentence(sentence_of).split('`').enumerate() {
            @if place % 2 == 1 { q { (part) } } @else { (part) }
        }
    }
}

fn name(party: &ListedParty) -> &str {
    party.names.first().map_or("(an address)", |it| it.text.as_str())
}

fn countries(party: &ListedParty) -> String {
    let mut countries: Vec<&str> = party.countries.iter().map(|it| it.1.as_str()).collect();
    let of_addresses = party.addresses.iter().filter_map(|it| it.country.as_ref());
    countries.extend(of_addresses.map(screening::CountryCode::as_str));
    countries.sort_unstable();
    countries.dedup();
    countries.join(" ")
}

fn verdict(it: &Found) -> Markup {
    match &it.verdict {
        Verdict::Open(_) => light(Light::Wait, "To decide"),
        Verdict::True(_) => light(Light::Stop, "The same"),
        Verdict::False(_) => light(Light::Go, "Somebody else"),
    }
}

/// Every pair of words that made the score.
fn evidence(it: &Found) -> Markup {
    html! {
        details {
            summary { "The words compared" }
            div.scroll tabindex="0" role="region" aria-label="The words compared" {
                table {
                    thead { tr {
                        th scope="col" { "Given" } th scope="col" { "Listed" } th scope="col" { "How alike" }
                        th.number scope="col" { "Likeness" } th.number scope="col" { "Weight" }
                    } }
                    tbody {
                        @for pair in &it.told.pairs {
                            tr {
                                td { (pair.asked) } td { (pair.listed) } td { (relation(pair.relation)) }
                                td.number { (thousandths(pair.likeness)) } td.number { (thousandths(pair.weight)) }
                            }
                        }
                        @for (word, weight) in &it.told.left_query {
                            tr { td { (word) } td.soft { "not there" } td { "only given" } td.number { "0" } td.number { (thousandths(*weight)) } }
                        }
                        @for (word, weight) in &it.told.left_listed {
                            tr { td.soft { "not there" } td { (word) } td { "only listed" } td.number { "0" } td.number { (thousandths(*weight)) } }
                        }
                    }
                }
            }
        }
    }
}

fn thousandths(value: u16) -> String {
    format!("{}.{:03}", value / 1000, value % 1000)
}

/// Where a match is decided, by whom, and what the form carries.
#[derive(Clone, Debug)]
pub(super) struct Deciding<'a> {
    /// Who looks.
    pub(super) visitor: &'a Visitor,
    /// The address that takes the decision.
    pub(super) action: String,
    /// What was looked for, as the query of an address.
    pub(super) asked: String,
}

/// What was decided, or how it is.
fn decide(it: &Found, subject: &str, deciding: Option<&Deciding<'_>>) -> Markup {
    let entry = format!("{}:{}", it.party.list, it.party.id);
    let may = deciding.filter(|it| it.visitor.may(Permission::DecideMatch));
    let open = matches!(it.verdict, Verdict::Open(_));
    html! {
        @match &it.verdict {
            Verdict::Open(why) => @if let Some(why) = why { p { strong { "Open again: " } (why) } },
            Verdict::True(decided) => p { "The same, says " (decided.by) " on " (decided.on) ": " (decided.why) },
            Verdict::False(decided) => p {
                "Somebody else, says " (decided.by) " on " (decided.on)
                @if let Some(until) = decided.until { ", until " (until) }
                ": " (decided.why)
            },
        }
        @match may {
            Some(deciding) => {
                @let it_is = Match { action: &deciding.action, party: subject, list: &it.party.list, entry: &it.party.id };
                (it_is.form(&deciding::carried(deciding.visitor, &deciding.asked), open))
            },
            None if open && deciding.is_none() => {
                details.screen-only {
                    summary { "Decide it" }
                    p.small { "This server keeps no records. For the decisions in the data folder, write:" }
                    pre { "exeat screen decide " (quoted(subject)) " " (entry) " --same|--other --by NAME --why REASON" }
                }
            },
            None => {},
        }
    }
}

/// A word as a shell takes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
