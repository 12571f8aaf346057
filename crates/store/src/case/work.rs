//! What surrounds the decisions: notes, files, whose turn it is, holds, closing.

use super::happened::{Assigned, DueSet, Happened, LabelsSet, PrioritySet, Words};
use super::{Case, Refusal, Who};
use crate::digest::Digest;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How pressing a case is; the greater goes first.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// When there is time.
    Low,
    /// In its turn.
    #[default]
    Normal,
    /// Soon.
    High,
    /// Now.
    Urgent,
}

/// A file that was attached; the content is kept by its digest.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Attachment {
    /// What it was called.
    pub name: String,
    /// Its digest.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// What kind of content it is said to be, such as `application/pdf`; never trusted.
    pub media: String,
}

/// Why a case is held.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hold {
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
}

impl Priority {
    /// Every priority, from the least pressing.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The number that lists are ordered by.
    #[must_use]
    pub fn rank(self) -> i32 {
        match self {
            Self::Low => -1,
            Self::Normal => 0,
            Self::High => 1,
            Self::Urgent => 2,
        }
    }
}

pub(super) fn note(text: &str) -> Result<Vec<Happened>, Refusal> {
    Ok(vec![Happened::Noted(Words { text: words("the note", text, 1, 20_000)? })])
}

pub(super) fn attach(case: &Case, it: &Attachment) -> Result<Vec<Happened>, Refusal> {
    if case.attachments.contains(it) {
        return Ok(Vec::new());
    }
    let name = words("the name of the file", &it.name, 1, 200)?;
    let media = words("the kind of the file", &it.media, 1, 100)?;
    Ok(vec![Happened::Attached(Attachment { name, media, ..it.clone() })])
}

pub(super) fn assign(case: &Case, to: Option<&str>) -> Vec<Happened> {
    if case.assignee.as_deref() == to {
        return Vec::new();
    }
    vec![Happened::Assigned(Assigned { to: to.map(str::to_owned) })]
}

pub(super) fn prioritize(case: &Case, to: Priority) -> Vec<Happened> {
    if case.priority == to { Vec::new() } else { vec![Happened::PrioritySet(PrioritySet { to })] }
}

pub(super) fn set_due(case: &Case, on: Option<Date>) -> Vec<Happened> {
    if case.due == on { Vec::new() } else { vec![Happened::DueSet(DueSet { on })] }
}

pub(super) fn set_labels(case: &Case, to: &[String]) -> Result<Vec<Happened>, Refusal> {
    let labels: Result<BTreeSet<String>, Refusal> =
        to.iter().take(51).map(|it| words("a label", it, 1, 40)).collect();
    let labels = labels?;
    if labels.len() > 50 {
        return Err(Refusal::Length { what: "the labels", least: 0, most: 50 });
    }
    if labels == case.labels {
        return Ok(Vec::new());
    }
    Ok(vec![Happened::LabelsSet(LabelsSet { to: labels.into_iter().collect() })])
}

pub(super) fn hold(case: &Case, why: &str) -> Result<Vec<Happened>, Refusal> {
    if let Some(hold) = &case.hold {
        return Err(Refusal::Held { why: hold.why.clone() });
    }
    Ok(vec![Happened::HoldPlaced(Words { text: reason("the reason", why)? })])
}

pub(super) fn lift_hold(case: &Case, who: &Who, why: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    if case.hold.is_none() {
        return Err(Refusal::NotHeld);
    }
    Ok(vec![Happened::HoldLifted(Words { text: reason("the reason", why)? })])
}

pub(super) fn close(why: &str) -> Result<Vec<Happened>, Refusal> {
    Ok(vec![Happened::Closed(Words { text: reason("the reason", why)? })])
}

pub(super) fn reopen(why: &str) -> Result<Vec<Happened>, Refusal> {
    Ok(vec![Happened::Reopened(Words { text: reason("the reason", why)? })])
}

/// A text that must be there.
pub(super) fn reason(what: &'static str, text: &str) -> Result<String, Refusal> {
    words(what, text, 1, 20_000)
}

/// A text of so many characters, without spaces around it.
pub(super) fn words(
    what: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().take(most + 1).count() {
        0 if least > 0 => Err(Refusal::Missing { what }),
        count if count < least || count > most => Err(Refusal::Length { what, least, most }),
        _ => Ok(text.to_owned()),
    }
}
