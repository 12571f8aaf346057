//! What happened in a case: notes and files on top, then everything, the latest first.

use super::{act, who};
use crate::desk::Desk;
use crate::desk::cases::Shown;
use crate::pages::outcome::badge;
use crate::pages::visitor::Visitor;
use crate::report::words;
use maud::{Markup, html};
use store::Event;
use store::case::{Happened, Verdict};

/// Notes, files and the history.
pub(super) fn section(desk: &Desk, visitor: &Visitor, shown: &Shown) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 id="history" { "Notes and history" }
            (act::form(visitor, shown, "note", "A note", "Write it down"))
            h3 id="files" { "Files" }
            @if shown.attachments().next().is_none() {
                p.soft.small { "None yet. End-user statements, licenses and letters belong here: they are kept as long as the case." }
            } @else {
                ul {
                    @for it in shown.attachments() {
                        li {
                            a href=(format!("/cases/{}/files/{}", shown.id, it.digest)) { (it.name) }
                            " " span.soft.small { (size(it.size)) ", SHA-256 " code { (it.digest.to_string().chars().take(12).collect::<String>()) } }
                        }
                    }
                }
            }
            form.row.screen-only method="post" enctype="multipart/form-data" action=(format!("/cases/{}/files", shown.id)) {
                (crate::pages::entry::carried(visitor))
                label for="attach" { "Attach a file" }
                input type="file" id="attach" name="file" required;
                button.small type="submit" { "Attach" }
                span.soft.small { "Up to 20 MB" }
            }
            h3 { "History" }
            ol.history reversed {
                @for event in shown.events.iter().rev() { (one(desk, event)) }
            }
        }
    }
}

/// So many bytes, as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

fn one(desk: &Desk, event: &Event) -> Markup {
    let body = event.body.as_deref();
    let read = body.and_then(|it| Happened::read(&event.kind, it).ok());
    html! {
        li {
            p.small.soft {
                time datetime=(event.at) { (event.at.strftime("%Y-%m-%d %H:%M UTC")) }
                " · " (who(desk, &event.actor)) " · "
                strong { (words::sentence(&event.kind.as_str().replace('-', " "))) }
            }
            @if let Some(it) = &read { (said(it)) }
        }
    }
}

/// What an event says besides its name.
#[expect(clippy::wildcard_enum_match_arm, reason = "the name of all others says enough")]
fn said(it: &Happened) -> Markup {
    let text = match it {
        Happened::Noted(it)
        | Happened::Advised(it)
        | Happened::Returned(it)
        | Happened::HoldPlaced(it)
        | Happened::HoldLifted(it)
        | Happened::Recalled(it)
        | Happened::Closed(it)
        | Happened::Reopened(it)
        | Happened::RestrictionLifted(it)
        | Happened::OverrulingConfirmed(it)
        | Happened::OverrulingWithdrawn(it)
        | Happened::ChangeAnswered(it) => it.text.clone(),
        Happened::ReviewRequested(it) => it.text.clone(),
        Happened::Approved(it) => it.text.clone(),
        Happened::FactsChanged(it) => it.why.clone(),
        Happened::Restricted(it) | Happened::OverrulingProposed(it) => {
            format!(
                "{} instead of {}: {}",
                words::outcome(it.to, None),
                words::outcome(it.from, None),
                it.reason
            )
        }
        Happened::MatchDecided(it) => {
            let verdict = match it.verdict {
                Verdict::Same => "is",
                Verdict::Other => "is not",
                Verdict::Open => "may be",
            };
            format!("{} {verdict} {} {}: {}", it.party, it.list, it.entry, it.why)
        }
        Happened::Attached(it) => it.name.clone(),
        Happened::PrioritySet(it) => it.to.as_str().to_owned(),
        Happened::DueSet(it) => it.on.map_or_else(|| "no day".to_owned(), |it| it.to_string()),
        Happened::LabelsSet(it) => it.to.join(", "),
        Happened::ScreeningRun(it) => format!("{} names, {} matches", it.names, it.matches),
        Happened::DeterminationMade(it) => {
            return html! { p { (badge(it.outcome, it.exception.as_deref())) } };
        }
        _ => String::new(),
    };
    html! { @if !text.is_empty() { p { (text) } } }
}
