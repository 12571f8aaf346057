//! The parties, and the entries of lists that their names may belong to.

use super::answered::Screening;
use super::{Deciding, Told};
use crate::desk::permission::Permission;
use crate::interview::form::FieldPath;
use crate::pages::deciding::{self, Match};
use crate::pages::outcome::{Light, light};
use crate::pages::{alignment, case, glossary};
use decision::matches::NEEDED;
use maud::{Markup, html};
use serde_json::Value;

/// Everybody who takes part.
pub(super) fn section(told: &Told<'_>) -> Markup {
    let parties = places(told.form.document());
    html! {
        @if !parties.is_empty() {
            section aria-labelledby="parties" {
                h2 id="parties" { "Parties" }
                @for place in &parties { (party(told, place)) }
                (searched(told))
            }
        }
    }
}

/// Where parties stand: those of the transaction, then those of its legs.
fn places(document: &Value) -> Vec<String> {
    let count = |it: &Value| it.get("parties").and_then(Value::as_array).map_or(0, Vec::len);
    let mut places: Vec<String> = (0..count(document)).map(|it| format!("parties[{it}]")).collect();
    let legs = document.get("legs").and_then(Value::as_array).into_iter().flatten();
    for (leg, held) in legs.enumerate() {
        places.extend((0..count(held)).map(|it| format!("legs[{leg}].parties[{it}]")));
    }
    places
}

fn party(told: &Told<'_>, place: &str) -> Markup {
    let said = |key: &str| {
        let path = format!("{place}.{key}");
        let value = FieldPath::parse(&path).and_then(|it| told.form.at(&it))?;
        Some(glossary::shown(&path, value))
    };
    let name = said("name");
    let about: Vec<String> = ["role", "sector", "country"].into_iter().filter_map(said).collect();
    let found: Vec<&Screening> =
        told.answer.screening.iter().filter(|it| is_of(&it.subject, place)).collect();
    let stated = said("lists");
    html! {
        div.panel {
            div.row.between {
                h3 { (name.clone().unwrap_or_else(|| glossary::subject(place, told.form))) }
                (state(&found, stated.as_deref(), is_open(told, place)))
            }
            @if !about.is_empty() { p.soft.small { (about.join(" · ")) } }
            @for it in found { (hit(told, it)) }
        }
    }
}

/// Whether a match is of a party, or of somebody it names.
fn is_of(subject: &str, place: &str) -> bool {
    subject.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether it is still asked on which lists a party stands: then nothing that was not found clears
/// it.
fn is_open(told: &Told<'_>, place: &str) -> bool {
    let legs = told.answer.legs.iter().flat_map(|it| &it.questions);
    let asked = told.answer.questions.iter().chain(legs);
    // Where a name cannot be searched, it is asked for instead.
    let of = |fact: &str| {
        let subject = fact.strip_suffix(".lists").or_else(|| fact.strip_suffix(".name"));
        subject.is_some_and(|it| is_of(it, place))
    };
    asked.into_iter().any(|it| of(&it.fact))
}

/// Where the search of a party stands.
fn state(found: &[&Screening], stated: Option<&str>, is_open: bool) -> Markup {
    let open = found.iter().filter(|it| it.verdict == "open").count();
    let same = found.iter().any(|it| it.verdict == "same");
    match (open, same, stated) {
        (_, true, _) => light(Light::Stop, "On a list"),
        (1, ..) => light(Light::Wait, "1 match to decide"),
        (2.., ..) => light(Light::Wait, &format!("{open} matches to decide")),
        (0, false, Some(stated)) => html! { span.tag { "Lists, as stated: " (stated) } },
        (0, false, None) if is_open => light(Light::Wait, "Not cleared"),
        (0, false, None) => html! { span.tag { "No match" } },
    }
}

fn hit(told: &Told<'_>, it: &Screening) -> Markup {
    html! {
        article.hit {
            (alignment::names(&it.name, &it.listed))
            p.small {
                strong { (it.list) } " " span.cite { (it.id) }
                @if let Some(score) = &it.score { " · likeness " (score) }
                " · " (crate::pages::element::quoting(&it.why))
            }
            @match (it.verdict.as_str(), &it.by) {
                ("same", Some(by)) => p { "The same, says " (by) @if let Some(on) = &it.on { " on " (on) } @if let Some(why) = &it.because { ": " (why) } },
                ("other", Some(by)) => p { "Somebody else, says " (by) @if let Some(on) = &it.on { " on " (on) } @if let Some(until) = &it.until { ", until " (until) } @if let Some(why) = &it.because { ": " (why) } },
                (_, _) => @if let Some(why) = &it.because { p { "Open again: " (why) } },
            }
            (decide(told, it))
        }
    }
}

/// The decision, where this reader may take it: there and then, with a reason.
fn decide(told: &Told<'_>, it: &Screening) -> Markup {
    let may = |it: &Deciding<'_>| it.visitor().may(Permission::DecideMatch);
    let Some(deciding) = told.deciding.as_ref().filter(|it| may(it)) else { return html! {} };
    let (action, hidden) = match deciding {
        Deciding::Case(visitor, shown) => {
            (format!("/cases/{}/act", shown.id), case::hidden(visitor, shown, "decide-match"))
        }
        Deciding::Draft(visitor, here) => {
            (format!("{here}/decide"), deciding::carried(visitor, &it.subject))
        }
    };
    let it_is = Match { action: &action, party: &it.name, list: &it.list, entry: &it.id };
    it_is.form(&hidden, it.verdict == "open")
}

/// What was searched.
fn searched(told: &Told<'_>) -> Markup {
    let lists = &told.answer.lists;
    let entries: u64 = lists.iter().map(|it| it.entries).sum();
    let needed = lists.iter().filter(|it| NEEDED.contains(&it.name.as_str()));
    let oldest = needed.filter_map(|it| it.date.as_deref()).min();
    html! {
        @if !lists.is_empty() {
            p.small.soft {
                "Searched: " (entries) " entries of " @if lists.len() == 1 { "one list" } @else { (lists.len()) " lists" }
                @if let Some(day) = oldest { ", the oldest that the law reads of " time datetime=(day) { (day) } }
                ": "
                @for (place, list) in lists.iter().enumerate() {
                    @if place > 0 { ", " }
                    (list.name)
                }
                "."
            }
        }
    }
}
