//! What happens in a case: the kinds of its events and the JSON of their bodies.
//!
//! A body is written once and read for years: fields are added with a default, never renamed.

use super::finding::{Finding, Verdict};
use super::work;
use crate::digest::Digest;
use crate::name::Kind;
use decision::Outcome;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An event of a case: its kind is the word, its body the rest.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each kind is told by its body")]
pub enum Happened {
    TransactionReceived(Received),
    FactsChanged(Changed),
    ScreeningRun(Screened),
    MatchDecided(MatchDecided),
    DeterminationMade(Finding),
    ChangeFound(ChangeFound),
    ChangeAnswered(Words),
    ReviewRequested(Asked),
    Advised(Words),
    Approved(Approved),
    Returned(Words),
    Restricted(Against),
    RestrictionLifted(Words),
    OverrulingProposed(Against),
    OverrulingConfirmed(Words),
    OverrulingWithdrawn(Words),
    Noted(Words),
    Attached(work::Attachment),
    Assigned(Assigned),
    PrioritySet(PrioritySet),
    DueSet(DueSet),
    LabelsSet(LabelsSet),
    HoldPlaced(Words),
    HoldLifted(Words),
    Released(Released),
    Recalled(Words),
    SubmissionDrafted(Part),
    SubmissionFiled(Part),
    SubmissionQuestioned(Part),
    SubmissionAnswered(Part),
    SubmissionGranted(Part),
    SubmissionDenied(Part),
    SubmissionReturned(Part),
    SubmissionWithdrawn(Part),
    AuthorizationRecorded(super::authorization::Granted),
    AuthorizationSuspended(Part),
    AuthorizationResumed(Part),
    AuthorizationRevoked(Part),
    ShipmentPlanned(Part),
    ShipmentLeft(super::shipment::Left),
    ShipmentArrived(Part),
    ShipmentStopped(Part),
    Closed(Words),
    Reopened(Words),
}

/// A transaction was received, and the case opened.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Received {
    /// What people call the case.
    pub title: String,
    /// The caller's own reference.
    #[serde(default)]
    pub reference: Option<String>,
    /// The transaction, as it was sent.
    pub transaction: Value,
    /// The person behind the key that sent it.
    #[serde(default)]
    pub behind: Option<String>,
}

/// The facts were changed.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Changed {
    /// All of the transaction as it is now.
    pub transaction: Value,
    /// Why.
    pub why: String,
    /// The person behind the key that changed it.
    #[serde(default)]
    pub behind: Option<String>,
}

/// Names were searched.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Screened {
    /// The digest of the lists.
    pub lists: String,
    /// The digest of the settings of the search.
    pub settings: String,
    /// How many names were searched.
    pub names: u32,
    /// How many matches were found.
    pub matches: u32,
}

/// Somebody said whether a match is the listed party.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct MatchDecided {
    /// The name that was searched.
    pub party: String,
    /// The list.
    pub list: String,
    /// The entry's number.
    pub entry: String,
    /// What was decided; never `open`.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// The first day on which it no longer holds.
    #[serde(default)]
    pub until: Option<Date>,
}

/// What the watch found.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ChangeFound {
    /// What moved.
    pub cause: Cause,
    /// What was answered before.
    pub before: Told,
    /// What is answered now.
    pub after: Told,
}

/// What moved, so that the case was decided again.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Lists.
    Lists,
    /// A rulebook.
    Law,
    /// Decisions on matches, made in another case or run out.
    Decisions,
    /// Another day: a rule took effect, or lists became too old.
    Day,
}

/// An answer in short.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Told {
    /// The outcome.
    #[serde(with = "super::outcome")]
    pub outcome: Outcome,
    /// The exception.
    pub exception: Option<String>,
    /// The paragraphs that decide.
    pub decided_by: Vec<String>,
    /// How many matches are open.
    pub open_matches: u32,
    /// The rulebook.
    pub law: String,
    /// The lists.
    pub lists: String,
}

impl Told {
    /// A finding in short.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        Self {
            outcome: finding.outcome,
            exception: finding.exception.clone(),
            decided_by: finding.decided_by.clone(),
            open_matches: u32::try_from(finding.open_matches().count()).unwrap_or(u32::MAX),
            law: finding.basis.law.clone(),
            lists: finding.basis.lists.clone(),
        }
    }
}

/// What somebody wrote.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Words {
    /// The text.
    pub text: String,
}

/// A review was asked for.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Asked {
    /// What the reviewer should know.
    pub text: String,
    /// The person behind the key that asked.
    #[serde(default)]
    pub behind: Option<String>,
}

/// An approval, bound to what was approved.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Approved {
    /// The digest of what was approved ([`super::Case::binding`]).
    pub binding: Digest,
    /// The digest of everything the answer rests on, law and lists with it.
    pub basis: Digest,
    /// What the approver wrote.
    pub text: String,
}

/// Going against the engine.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Against {
    /// The outcome that shall stand.
    #[serde(with = "super::outcome")]
    pub to: Outcome,
    /// The outcome it goes against.
    #[serde(with = "super::outcome")]
    pub from: Outcome,
    /// The digest of what the answer says that it goes against.
    pub substance: Digest,
    /// The reason; kept forever.
    pub reason: String,
}

/// Whose turn it is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Assigned {
    /// Whose; `None`: nobody's.
    pub to: Option<String>,
}

/// How pressing it is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct PrioritySet {
    /// How pressing.
    pub to: work::Priority,
}

/// By when it is due.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DueSet {
    /// The day; `None`: no day.
    #[serde(default)]
    pub on: Option<Date>,
}

/// Words to filter by.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct LabelsSet {
    /// All of them.
    pub to: Vec<String>,
}

/// It may leave.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Released {
    /// The digest of what is released ([`super::Case::binding`]).
    pub binding: Digest,
    /// The digest of everything the answer rests on.
    pub basis: Digest,
    /// What let it go.
    pub upon: Upon,
}

/// What let a case go.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upon {
    /// A settled, permissive answer in which no person's judgment stands.
    Answer,
    /// An approval.
    Approval,
}

/// One step of a submission, an authorization or a shipment.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Part {
    /// Which one: the name that the case gives it.
    pub id: String,
    /// What is to be known of the step: a reference, a reason.
    pub text: String,
}

impl Happened {
    /// The kind of the event, and its body as JSON.
    ///
    /// # Errors
    ///
    /// Never in practice: every body is made of texts, numbers and lists.
    pub fn parts(&self) -> Result<(Kind, String), serde_json::Error> {
        let mut value = serde_json::to_value(self)?;
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().parse();
        let kind = kind.map_err(serde::de::Error::custom)?;
        let body = value.get_mut("body").map(Value::take).unwrap_or_default();
        Ok((kind, body.to_string()))
    }

    /// Reads an event.
    ///
    /// # Errors
    ///
    /// Where the kind is unknown or the body is not in its form.
    pub fn read(kind: &Kind, body: &str) -> Result<Self, serde_json::Error> {
        let body: Value = serde_json::from_str(body)?;
        serde_json::from_value(serde_json::json!({"kind": kind.as_str(), "body": body}))
    }
}
