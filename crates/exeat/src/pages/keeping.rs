//! How long a record is kept: until which day, who holds it beyond that and why, the form with which
//! counsel holds it or lets it go, and the one with which an admin erases what is over.
//!
//! The panel stands on the page of a determination and of a case. The rule is `store::retention`;
//! who may, is asked by the [`Desk`].

use super::session::escaped;
use super::visitor::Visitor;
use super::{asked_for, case, entry, record};
use crate::clock;
use crate::desk::Desk;
use crate::desk::fault::Fault;
use crate::desk::permission::Permission;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;
use store::case::CASE;
use store::record::DETERMINATION;
use store::retention::{HELD, LET_GO, Retention, retention, why};
use store::{Event, StreamId};

/// `/record/kept/KIND/ID`.
pub(super) fn router() -> Router<Arc<Desk>> {
    Router::new().route("/record/kept/{kind}/{id}", post(send))
}

/// What the form sends.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Sent {
    csrf: String,
    what: String,
    why: String,
}

/// Holds a record, lets it go, or erases what it says, and goes back to its page.
async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((kind, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let (of, page) = match kind.as_str() {
            it if it == DETERMINATION.as_str() => (DETERMINATION, format!("/record/{id}#kept")),
            it if it == CASE.as_str() => (CASE, format!("/cases/{id}#kept")),
            _ => return Err(Fault::NotFound { what: "such record" }),
        };
        let (stream, actor, now) = (StreamId::new(of, &id), visitor.actor(), clock::now());
        let done = match sent.what.as_str() {
            "hold" => desk.hold(&actor, &stream, &sent.why, now),
            "let-go" => desk.let_go(&actor, &stream, &sent.why, now),
            "erase" => desk.erase(&actor, &stream, &sent.why, now),
            _ => Err(Fault::invalid("what", "it is held, let go, or erased")),
        };
        match done {
            Ok(_) if sent.what == "erase" => {
                let page = format!("/record/kept?erased={}", escaped(&stream.to_string()));
                Ok(Redirect::to(&page).into_response())
            }
            Ok(_) => Ok(Redirect::to(&page).into_response()),
            Err(it) if sent.what == "erase" && !matches!(it, Fault::Denied(_)) => {
                record::not_erased(desk, visitor, &it)
            }
            Err(it @ (Fault::Invalid { .. } | Fault::Moved(_))) if stream.kind == CASE => {
                case::refused(desk, visitor, &id, &it)
            }
            Err(it @ (Fault::Invalid { .. } | Fault::Moved(_))) => {
                record::refused(desk, visitor, &id, &it)
            }
            Err(it) => Err(it),
        }
    })
    .await
}

/// The panel of a record, for those who may read it.
pub(super) fn panel(desk: &Desk, visitor: &Visitor, stream: &StreamId) -> Result<Markup, Fault> {
    let events = desk.records()?.store.stream(stream, 0)?;
    let kept = retention(&events);
    let reads = visitor.may(Permission::ReadAudit);
    let holds: Vec<&Event> = events.iter().filter(|it| is_hold(it)).collect();
    Ok(html! {
        section.panel.small id="kept" aria-labelledby="kept-title" {
            h2 id="kept-title" { "How long it is kept" }
            @match &kept {
                Some(Retention::Until(day)) if is_over(*day) => p { "Five years have passed since its last event (15 CFR 762.6): since " time datetime=(day) { (day) } " it need not be kept any more" @if stream.kind == DETERMINATION { ", but for a case that rests on it" } "." },
                Some(Retention::Until(day)) => p { "Until " time datetime=(day) { (day) } ", five years from its last event (15 CFR 762.6)" @if stream.kind == DETERMINATION { ", and as long as a case that rests on it" } "; before that nobody can erase it." },
                Some(Retention::Held { by, since }) => {
                    p { strong { "Legal hold" } " by " (case::who(desk, by)) " since " time datetime=(since) { (since.strftime("%Y-%m-%d %H:%M UTC")) } ": it is kept until the hold is lifted." }
                },
                Some(Retention::Erased) => p { "What it said was erased when its time was over; that it was, stands in the chain." },
                None => p { "Nothing is known of it." },
            }
            @if reads && !holds.is_empty() {
                ol.history {
                    @for it in holds.iter().rev() {
                        li {
                            p.soft { time datetime=(it.at) { (it.at.strftime("%Y-%m-%d %H:%M UTC")) } " · " (case::who(desk, &it.actor)) " · " strong { @if it.kind == HELD { "Held" } @else { "Let go" } } }
                            @if let Some(why) = why(it) { p.said { (why) } }
                        }
                    }
                }
            }
            @match &kept {
                Some(Retention::Held { .. }) if visitor.may(Permission::LegalHold) => (form(visitor, stream, "let-go", "Why it need not be held any more", "Lift the legal hold")),
                Some(Retention::Until(_)) if visitor.may(Permission::LegalHold) => (form(visitor, stream, "hold", "Why it must be kept, such as an agency's letter and its date", "Put a legal hold on it")),
                Some(Retention::Until(day)) if is_over(*day) => {},
                Some(Retention::Until(_)) => p.soft.screen-only { "Where an agency has asked for it, or a dispute is near, counsel puts a legal hold on it here." },
                Some(Retention::Held { .. }) => p.soft.screen-only { "Counsel lifts the hold." },
                Some(Retention::Erased) | None => {},
            }
            @if matches!(&kept, Some(Retention::Until(day)) if is_over(*day)) {
                @if visitor.may(Permission::Dispose) { (erasing(visitor, stream)) }
                @else { p.soft.screen-only { "An admin may erase what it says." } }
            }
            @if reads || visitor.may(Permission::Dispose) { p.screen-only { a href="/record/kept" { "All that is held or over" } } }
        }
    })
}

/// The form with which an admin erases what is over.
pub(super) fn erasing(visitor: &Visitor, stream: &StreamId) -> Markup {
    html! {
        details.screen-only {
            summary { "Erase what it says" span.unseen { ": " (stream) } }
            p { "Its content and attachments are gone for good. Its events stay in the chain, with who, when and why, and the chain still verifies. Has an agency asked for it, or is a dispute near? Then counsel holds it first." }
            (form(visitor, stream, "erase", "Why it is erased", "Erase it for good"))
        }
    }
}

/// Whether the day has come on which a record need not be kept any more.
fn is_over(day: Date) -> bool {
    day <= clock::today()
}

fn is_hold(it: &Event) -> bool {
    it.kind == HELD || it.kind == LET_GO
}

fn form(visitor: &Visitor, stream: &StreamId, what: &str, label: &str, button: &str) -> Markup {
    html! {
        @let id = if what == "erase" { format!("why-erase-{}-{}", stream.kind, stream.id) } else { "kept-why".to_owned() };
        form.stack-tight.screen-only method="post" action=(format!("/record/kept/{}/{}", stream.kind, stream.id)) {
            (entry::carried(visitor))
            input type="hidden" name="what" value=(what);
            label for=(id) { (label) }
            textarea.wide.low id=(id) name="why" rows="2" maxlength="2000" required {}
            button.small.stop[what == "erase"] type="submit" { (button) }
        }
    }
}
