//! What the queue shows of a case: its view.

use super::Case;
use super::coverage::{Drawn, NeededItem};
use super::finding::MatchSeen;
use super::review::Review;
use super::shipment::State as Goods;
use crate::view::View;
use decision::Outcome;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The label of cases that the watch looks at: open and released ones.
pub const WATCHED: &str = "is:watched";
/// The label of cases with a change that waits for an answer.
pub const CHANGED: &str = "is:changed";
/// The label of cases in which the engine was ever overruled.
pub const OVERRULED: &str = "is:overruled";
/// The label of cases that are in a review.
pub const IN_REVIEW: &str = "is:in-review";
/// The label of cases with open matches.
pub const OPEN_MATCHES: &str = "is:open-matches";

/// The label of cases that somebody opened.
#[must_use]
pub fn opened_by(id: &str) -> String {
    format!("by:{id}")
}

/// The label of cases in which an authorization of a number was recorded.
#[must_use]
pub fn held(number: &str) -> String {
    format!("is:on {number}")
}

impl Case {
    /// What of an authorization this case draws: what it released, or what has left.
    #[must_use]
    pub fn drawn(&self, number: &str) -> Option<Drawn> {
        let held = self.authorizations.iter().any(|it| it.granted.number == number);
        let gone = self.shipments.iter().any(|it| matches!(it.state, Goods::Left | Goods::Arrived));
        let needed = self.determination.finding.as_ref()?.needed.as_deref()?;
        if !held || !(self.release.stands() || gone) {
            return None;
        }
        let sum = |of: fn(&NeededItem) -> Option<i64>| needed.items.iter().filter_map(of).sum();
        let (quantity, value) = (sum(|it| it.quantity), sum(|it| it.value));
        Some(Drawn { number: number.to_owned(), quantity, value })
    }

    /// What the queue shows.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            title: self.title.clone(),
            state: self.stage().as_str().to_owned(),
            assignee: self.assignee.clone(),
            priority: self.priority.rank(),
            due: self.due,
            outcome: self.outcome().map(|it| it.as_str().to_owned()),
            labels: self.row_labels(),
            text: self.row_text(),
            data: self.row_data().to_string(),
        }
    }

    fn row_labels(&self) -> BTreeSet<String> {
        let mut labels: BTreeSet<String> =
            self.labels.iter().map(|it| format!("tag:{it}")).collect();
        labels.insert(opened_by(&self.opener));
        labels.extend(self.authorizations.iter().map(|it| held(&it.granted.number)));
        let finding = self.determination.finding.as_ref();
        for (holds, label) in [
            (self.closed.is_none(), WATCHED),
            (self.change.is_some(), CHANGED),
            (!self.overruling.history.is_empty(), OVERRULED),
            (matches!(self.review, Review::Requested { .. }), IN_REVIEW),
            (finding.is_some_and(|it| it.open_matches().next().is_some()), OPEN_MATCHES),
        ] {
            if holds {
                labels.insert(label.to_owned());
            }
        }
        labels
    }

    /// The reference, and the names of everybody in the transaction: by them the cases of a party
    /// are found when a match of it is decided.
    fn row_text(&self) -> String {
        let mut words: Vec<&str> = self.reference.as_deref().into_iter().collect();
        names(self.facts.transaction.get("parties"), &mut words);
        let legs = self.facts.transaction.get("legs").and_then(Value::as_array);
        for leg in legs.into_iter().flatten() {
            names(leg.get("parties"), &mut words);
        }
        words.join(" ")
    }

    fn row_data(&self) -> Value {
        let finding = self.determination.finding.as_ref();
        let fact = |name: &str| self.facts.transaction.get(name).cloned().unwrap_or(Value::Null);
        let open = |it: &MatchSeen| it.verdict == super::Verdict::Open;
        json!({
            "reference": self.reference,
            "opener": self.opener,
            "destination": fact("destination"),
            "activity": fact("activity"),
            "date": fact("date"),
            "engine_outcome": finding.map(|it| Outcome::as_str(it.outcome)),
            "exception": finding.and_then(|it| it.exception.clone()),
            "decided_by": finding.map(|it| it.decided_by.clone()).unwrap_or_default(),
            "questions": finding.map_or(0, |it| it.questions.len()),
            "open_matches": finding.map_or(0, |it| it.matches.iter().filter(|it| open(it)).count()),
            "determination": finding.map(|it| it.determination.clone()),
            "law": finding.map(|it| it.basis.law.clone()),
            "lists": finding.map(|it| it.basis.lists.clone()),
            "approved_by": self.approver(),
            "approval_lapsed": self.approval_lapsed(),
            "change": self.change.as_ref().map(|it| json!({
                "cause": it.found.cause, "before": it.found.before, "after": it.found.after,
                "released": it.released,
            })),
        })
    }
}

/// The names of some, of their owners and of those for whom they act.
fn names<'a>(of: Option<&'a Value>, into: &mut Vec<&'a str>) {
    let some = match of {
        Some(Value::Array(some)) => some.as_slice(),
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => &[],
    };
    for it in some {
        into.extend(it.get("name").and_then(Value::as_str));
        names(it.get("owners"), into);
        names(it.get("acts_for"), into);
    }
}
