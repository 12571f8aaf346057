//! What is done with a case from its page: one form for each thing, one place that takes them.

use super::super::visitor::Visitor;
use super::super::{asked_for, entry};
use super::{license, refused, refused_with};
use crate::clock;
use crate::desk::Desk;
use crate::desk::cases::{On, Shown};
use crate::desk::fault::Fault;
use crate::pages::outcome;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;
use store::case::command::Judgment;
use store::case::{Command, InForce, Priority, Verdict};
use store::digest::Digest;

/// What a form on the page of a case sends.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Sent {
    pub(super) csrf: String,
    /// What is to be done.
    pub(super) what: String,
    /// The version that was looked at.
    pub(super) version: String,
    /// Words, a reason.
    pub(super) text: String,
    /// What it is set to: somebody, a priority, a day, an outcome, a verdict.
    pub(super) to: String,
    /// What was looked at and is approved.
    pub(super) binding: String,
    pub(super) party: String,
    pub(super) list: String,
    pub(super) entry: String,
    pub(super) until: String,
    /// Of a license: what stands on it.
    pub(super) number: String,
    pub(super) agency: String,
    pub(super) from: String,
    pub(super) destinations: String,
    pub(super) items: String,
    pub(super) parties: String,
    pub(super) quantity: String,
    pub(super) value_usd: String,
}

/// `POST /cases/ID/act`.
pub(super) async fn send(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    asked_for(desk, visitor, sent.csrf.clone(), move |desk, visitor| {
        let (actor, cases) = (visitor.actor(), desk.cases()?);
        let expected = sent.version.parse().ok();
        let on = On { id: &id, actor: &actor, at: clock::now(), expected };
        let done = match sent.what.as_str() {
            "decide-again" => cases.decide_again(on),
            _ => command(&sent, &actor.id).and_then(|it| cases.act(on, &it)),
        };
        match done {
            Ok(_) => Ok(Redirect::to(&format!("/cases/{id}")).into_response()),
            // What was copied from a license is not to be typed once more.
            Err(it) if sent.what == license::RECORD => {
                refused_with(desk, visitor, &id, &it, Some(&sent))
            }
            Err(it) => refused(desk, visitor, &id, &it),
        }
    })
    .await
}

/// The command that a form asks for.
fn command(sent: &Sent, me: &str) -> Result<Command, Fault> {
    let text = sent.text.trim().to_owned();
    let nothing = |it: &str| it.trim().is_empty();
    let day = |text: &str, field: &'static str| match text.trim() {
        "" => Ok(None),
        text => text
            .parse::<Date>()
            .map(Some)
            .map_err(|_| Fault::invalid(field, "write a day as 2026-09-24")),
    };
    let outcome =
        || outcome::named(&sent.to).ok_or_else(|| Fault::invalid("to", "choose an outcome"));
    Ok(match sent.what.as_str() {
        "note" => Command::Note(text),
        "assign" => Command::Assign(match sent.to.as_str() {
            "me" => Some(me.to_owned()),
            "" => None,
            one => Some(one.to_owned()),
        }),
        "priority" => Command::Prioritize(
            Priority::ALL
                .into_iter()
                .find(|it| it.as_str() == sent.to)
                .ok_or_else(|| Fault::invalid("to", "choose a priority"))?,
        ),
        "due" => Command::SetDue(day(&sent.to, "due")?),
        "labels" => Command::SetLabels(
            sent.text
                .split(',')
                .map(str::trim)
                .filter(|it| !nothing(it))
                .map(str::to_owned)
                .collect(),
        ),
        "request-review" => Command::RequestReview(text),
        "advise" => Command::Advise(text),
        "approve" => {
            let seen: Result<Digest, _> = sent.binding.parse();
            let seen = seen.map_err(|_| Fault::invalid("binding", "load the page again"))?;
            Command::Approve(seen, text)
        }
        "return" => Command::Return(text),
        "restrict" => Command::Restrict(outcome()?, text),
        "lift-restriction" => Command::LiftRestriction(text),
        "propose-overruling" => Command::ProposeOverruling(outcome()?, text),
        "confirm-overruling" => Command::ConfirmOverruling(text),
        "withdraw-overruling" => Command::WithdrawOverruling(text),
        // What is in force is looked up when it is done.
        "release" => Command::Release(InForce {
            law: String::new(),
            lists: String::new(),
            approve_all: false,
            drawn: Vec::new(),
        }),
        license::RECORD => Command::Authorize(license::granted(sent)?),
        "recall" => Command::Recall(text),
        "hold" => Command::Hold(text),
        "lift-hold" => Command::LiftHold(text),
        "answer-change" => Command::AnswerChange(text),
        "close" => Command::Close(text),
        "reopen" => Command::Reopen(text),
        "decide-match" => Command::DecideMatch(Judgment {
            party: sent.party.clone(),
            list: sent.list.clone(),
            entry: sent.entry.clone(),
            verdict: match sent.to.as_str() {
                "same" => Verdict::Same,
                "other" => Verdict::Other,
                _ => return Err(Fault::invalid("to", "say whether it is the listed party")),
            },
            why: text,
            until: day(&sent.until, "until")?,
        }),
        _ => return Err(Fault::invalid("what", "there is no such thing to do")),
    })
}

/// What every form of a case carries.
pub(in crate::pages) fn hidden(visitor: &Visitor, shown: &Shown, what: &str) -> Markup {
    html! {
        (entry::carried(visitor))
        input type="hidden" name="what" value=(what);
        input type="hidden" name="version" value=(shown.case.version);
    }
}

/// A form with a text and a button.
pub(super) fn form(
    visitor: &Visitor,
    shown: &Shown,
    what: &str,
    label: &str,
    button: &str,
) -> Markup {
    let id = format!("text-{what}");
    html! {
        form.stack-tight.screen-only method="post" action=(format!("/cases/{}/act", shown.id)) {
            (hidden(visitor, shown, what))
            label for=(id) { (label) }
            textarea.wide.low id=(id) name="text" rows="2" {}
            button.small type="submit" { (button) }
        }
    }
}
