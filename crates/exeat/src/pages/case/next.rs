//! What can be done next with a case, by this reader, the likeliest first.

use super::act::{form, hidden};
use super::who;
use crate::desk::Desk;
use crate::desk::cases::Shown;
use crate::desk::people::People;
use crate::desk::permission::{Permission, Whose};
use crate::pages::outcome::badge;
use crate::pages::visitor::Visitor;
use decision::outcome::Outcome;
use maud::{Markup, html};
use store::case::overruling::State;
use store::case::{Priority, Review};

/// The panel at the side.
pub(super) fn panel(desk: &Desk, visitor: &Visitor, shown: &Shown) -> Markup {
    let case = &shown.case;
    let actor = visitor.actor();
    let whose = if case.opener == actor.id { Whose::Own } else { Whose::Anyone };
    let may = |it: Permission| actor.may(it, whose).is_ok();
    let closed = case.closed.is_some();
    let in_review = matches!(case.review, Review::Requested { .. });
    let prepared = case.preparers.contains(&actor.id);
    html! {
        section.panel aria-labelledby="next" {
            h2 id="next" { "Next" }
            (open_matches(shown))
            (review(desk, shown))
            @if let Some(hold) = &case.hold {
                p { strong { "On hold" } ", says " (who(desk, &hold.by)) ": " (hold.why) }
                @if may(Permission::LiftHold) { (form(visitor, shown, "lift-hold", "Why it may go on", "Lift the hold")) }
            }
            @if closed {
                p { "Closed: " (case.closed.as_deref().unwrap_or_default()) }
                @if may(Permission::Close) { (form(visitor, shown, "reopen", "Why", "Open it again")) }
            } @else {
                @if in_review && may(Permission::Approve) {
                    @if prepared {
                        p.soft.small { "You prepared this case, so somebody else approves it." }
                    } @else if let Some(binding) = case.binding() {
                        form.stack-tight method="post" action=(format!("/cases/{}/act", shown.id)) {
                            (hidden(visitor, shown, "approve"))
                            input type="hidden" name="binding" value=(binding);
                            label for="text-approve" { "Words to go with the approval" }
                            textarea.wide.low id="text-approve" name="text" rows="2" {}
                            button.main type="submit" data-key="A" { "Approve" }
                            p.small.soft { "You approve exactly what this page shows: " code { (binding.to_string().chars().take(12).collect::<String>()) } ". If facts, law or lists change it, the approval lapses." }
                        }
                    }
                }
                @if in_review && may(Permission::Return) { (form(visitor, shown, "return", "Why it goes back", "Send it back")) }
                @if !in_review && case.approver().is_none() && may(Permission::RequestReview) {
                    (form(visitor, shown, "request-review", "What the reviewer should know", "Ask for a review"))
                }
                @if may(Permission::Release) && !case.release.in_force(case) {
                    form.stack-tight method="post" action=(format!("/cases/{}/act", shown.id)) {
                        (hidden(visitor, shown, "release"))
                        button type="submit" { "Let it go" }
                    }
                }
                @if may(Permission::Hold) && case.release.in_force(case) { (form(visitor, shown, "recall", "Why", "Take the release back")) }
            }
        }
        @if !closed {
            section.panel {
                h2 { "Whose turn, by when" }
                (triage(desk, visitor, shown, may(Permission::Triage)))
            }
            section.panel {
                details {
                    summary { "More" }
                    div.stack {
                        form method="post" action=(format!("/cases/{}/act", shown.id)) {
                            (hidden(visitor, shown, "decide-again"))
                            button.small type="submit" { "Decide it again, by law and lists of today" }
                        }
                        @if may(Permission::Advise) { (form(visitor, shown, "advise", "Advice", "Advise")) }
                        @if may(Permission::Hold) && case.hold.is_none() { (form(visitor, shown, "hold", "Why it must wait", "Put it on hold")) }
                        @if may(Permission::Restrict) { (stricter(visitor, shown)) }
                        @if may(Permission::Overrule) { (freer(desk, visitor, shown)) }
                        @if may(Permission::Close) { (form(visitor, shown, "close", "Why it is over", "Close the case")) }
                    }
                }
            }
        }
    }
}

/// How many matches wait, and where they are decided.
fn open_matches(shown: &Shown) -> Markup {
    let open = shown.case.determination.finding.as_ref().map_or(0, |it| it.open_matches().count());
    html! {
        @if open > 0 {
            p {
                a href="#parties" data-key="m" {
                    @if open == 1 { "Decide the match" } @else { "Decide " (open) " matches" }
                }
                " before somebody can approve it."
            }
        }
    }
}

/// Where the review stands.
pub(super) fn review(desk: &Desk, shown: &Shown) -> Markup {
    let case = &shown.case;
    html! {
        @match &case.review {
            Review::NotRequested => @if case.release.in_force(case) { p { "Released." } },
            Review::Requested { by } => p { (who(desk, by)) " asks for a review." },
            Review::Returned { by, why } => p { "Sent back by " (who(desk, by)) ": " (why) },
            Review::Approved { by, .. } => p { "Approved by " (who(desk, by)) "." @if case.release.in_force(case) { " Released." } },
            Review::Lapsed { by } => p { strong { "The approval of " (who(desk, by)) " lapsed" } ": what was approved has changed." },
        }
    }
}

fn triage(desk: &Desk, visitor: &Visitor, shown: &Shown, may: bool) -> Markup {
    let case = &shown.case;
    let me = visitor.actor();
    let action = format!("/cases/{}/act", shown.id);
    let people = desk.records().ok().and_then(|it| People::new(&*it.store).everybody(&me).ok());
    let assignee = case.assignee.as_deref();
    let due = case.due.map(|it| it.to_string()).unwrap_or_default();
    html! {
        @if !may {
            dl.facts {
                dt { "Whose turn" } dd { @match assignee { Some(it) => (who(desk, it)), None => "Nobody's" } }
                dt { "Priority" } dd { (case.priority.as_str()) }
                dt { "Due" } dd { @if due.is_empty() { "No day" } @else { (due) } }
            }
        } @else {
            form.row.bottom method="post" action=(action) {
                (hidden(visitor, shown, "assign"))
                div {
                    label for="to-assign" { "Whose turn" }
                    select id="to-assign" name="to" {
                        option value="" selected[assignee.is_none()] { "Nobody's" }
                        option value=(me.id) selected[assignee == Some(me.id.as_str())] { "Mine" }
                        @for it in people.iter().flatten().filter(|it| it.id != me.id && !it.locked) {
                            option value=(it.id) selected[assignee == Some(it.id.as_str())] { (it.name) }
                        }
                    }
                }
                button.small type="submit" { "Set" span.unseen { " whose turn" } }
            }
            form.row.bottom method="post" action=(action) {
                (hidden(visitor, shown, "priority"))
                div {
                    label for="to-priority" { "Priority" }
                    select id="to-priority" name="to" {
                        @for it in Priority::ALL {
                            option value=(it.as_str()) selected[case.priority == it] { (crate::report::words::sentence(it.as_str())) }
                        }
                    }
                }
                button.small type="submit" { "Set" span.unseen { " priority" } }
            }
            form.row.bottom method="post" action=(action) {
                (hidden(visitor, shown, "due"))
                div {
                    label for="to-due" { "Due" }
                    input type="date" id="to-due" name="to" value=(due);
                }
                button.small type="submit" { "Set" span.unseen { " the day" } }
            }
        }
    }
}

fn stricter(visitor: &Visitor, shown: &Shown) -> Markup {
    if shown.case.overruling.restriction.is_some() {
        return form(visitor, shown, "lift-restriction", "Why", "Lift the restriction");
    }
    chosen(visitor, shown, "restrict", "Be stricter than the engine", |it| {
        it >= Outcome::NeedsReview
    })
}

fn freer(desk: &Desk, visitor: &Visitor, shown: &Shown) -> Markup {
    let last = shown.case.overruling.history.last();
    match last.filter(|it| it.state == State::Proposed) {
        Some(it) => html! {
            p { (who(desk, &it.proposer)) " proposes " (badge(it.to, None)) ": " (it.reason) }
            @if it.proposer != visitor.actor().id {
                (form(visitor, shown, "confirm-overruling", "Why you agree", "Confirm the overruling"))
            }
            (form(visitor, shown, "withdraw-overruling", "Why not", "Refuse or take it back"))
        },
        None => chosen(
            visitor,
            shown,
            "propose-overruling",
            "Be freer than the engine (a second person must agree, and the record shows it forever)",
            Outcome::is_permissive,
        ),
    }
}

/// A form with an outcome and a reason.
fn chosen(
    visitor: &Visitor,
    shown: &Shown,
    what: &str,
    label: &str,
    fits: fn(Outcome) -> bool,
) -> Markup {
    html! {
        form.stack-tight method="post" action=(format!("/cases/{}/act", shown.id)) {
            (hidden(visitor, shown, what))
            label for=(format!("to-{what}")) { (label) }
            select id=(format!("to-{what}")) name="to" {
                @for it in Outcome::ALL.into_iter().filter(|it| fits(*it)) {
                    option value=(it.as_str()) { (crate::report::words::sentence(&crate::report::words::outcome(it, None))) }
                }
            }
            label for=(format!("text-{what}")) { "Reason" }
            textarea.wide.low id=(format!("text-{what}")) name="text" rows="2" {}
            button.small type="submit" { "Put it down" }
        }
    }
}
