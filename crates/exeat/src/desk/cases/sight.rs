//! What of a case somebody sees: everything, or what may be told to who asked for it.
//!
//! Who may not see matches must not learn from anything else that a party may be listed: not from a
//! question, not from the paragraph that decides, not from what others wrote.

use super::super::permission::{Actor, Permission, Reach};
use super::Shown;
use serde_json::{Value, json};
use store::case::{Attachment, Case, Happened, Review};
use store::{Event, ViewRow};

/// How much of a case somebody sees.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Sight {
    /// Everything.
    Full,
    /// What may be told to who asked.
    Told,
}

/// The kinds of events that are told to who asked; of the last ones only that they happened.
const TOLD: [&str; 6] = [
    "transaction-received",
    "facts-changed",
    "review-requested",
    "returned",
    "shipment-left",
    "shipment-arrived",
];
const THAT_IT_HAPPENED: [&str; 7] =
    ["determination-made", "approved", "released", "recalled", "hold-lifted", "closed", "reopened"];

impl Sight {
    /// How much an actor sees.
    pub(crate) fn of(actor: &Actor) -> Self {
        match actor.reach(Permission::SeeMatches) {
            Reach::Everything => Self::Full,
            Reach::Own | Reach::Nothing => Self::Told,
        }
    }

    /// A row of the queue as it is seen.
    pub(super) fn row(self, mut row: ViewRow) -> ViewRow {
        if self == Self::Full {
            return row;
        }
        let data: Value = serde_json::from_str(&row.view.data).unwrap_or_default();
        let told = ["reference", "opener", "destination", "activity", "date"];
        let told =
            told.into_iter().filter_map(|name| Some((name.to_owned(), data.get(name)?.clone())));
        row.view.data = Value::Object(told.collect()).to_string();
        row.view.labels.retain(|it| !it.starts_with("is:") && !it.starts_with("tag:"));
        row
    }
}

impl Shown {
    /// A case as an actor sees it.
    pub(super) fn to(actor: &Actor, id: &str, case: Case, events: Vec<Event>) -> Self {
        let sight = Sight::of(actor);
        let (case, events) = match sight {
            Sight::Full => (case, events),
            Sight::Told => {
                let events = events.into_iter().filter_map(|it| told(actor, it)).collect();
                (bare(case, actor), events)
            }
        };
        Self { id: id.to_owned(), case, events, sight }
    }

    /// The files that are seen.
    pub(crate) fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.case.attachments.iter()
    }
}

/// An event as it is told; `None` where it is not.
fn told(actor: &Actor, mut event: Event) -> Option<Event> {
    let kind = event.kind.as_str();
    let own = event.actor == actor.id && matches!(kind, "noted" | "attached");
    if TOLD.contains(&kind) || own {
        return Some(event);
    }
    if !THAT_IT_HAPPENED.contains(&kind) {
        return None;
    }
    let outcome = event.body.as_deref().and_then(|it| Happened::read(&event.kind, it).ok());
    let outcome = match outcome {
        Some(Happened::DeterminationMade(it)) => Some(it.outcome.as_str()),
        _ => None,
    };
    event.body = Some(json!({ "outcome": outcome }).to_string());
    Some(event)
}

/// A case without what is not told.
fn bare(mut case: Case, actor: &Actor) -> Case {
    if let Some(finding) = &mut case.determination.finding {
        finding.matches.clear();
        finding.needed = None;
        finding.decided_by.clear();
        finding.questions.retain(|it| !it.is_about_a_match());
    }
    case.change = None;
    case.overruling.history.clear();
    if let Some(it) = &mut case.overruling.restriction {
        it.reason.clear();
    }
    if let Some(it) = &mut case.hold {
        it.why.clear();
    }
    if case.opener != actor.id {
        case.review = Review::NotRequested;
    }
    case.labels.clear();
    case.attachments.retain(|_| false);
    case
}
