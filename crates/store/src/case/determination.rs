//! The first machine: what is proposed, and what the engine found.
//!
//! Facts arrive or change, and a finding about them is awaited; a finding is put down only where it
//! is about the facts as they are. A decision on a match also asks for a new finding. What the watch
//! finds is a change only where the answer says something else than before.

use super::command::{Judgment, Opening};
use super::finding::{Basis, Finding, Verdict};
use super::happened::{Cause, ChangeFound, Changed, Happened, MatchDecided, Received, Told, Words};
use super::work::{reason, words};
use super::{Case, Facts, Refusal, Who};
use crate::digest::Digest;
use crate::json;
use serde_json::Value;

/// What the engine found.
#[derive(Clone, Debug, Default)]
pub struct Determination {
    /// The last finding.
    pub finding: Option<Finding>,
    /// Whether facts or decisions on matches are newer than the finding.
    pub awaited: bool,
}

/// A change that the watch found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// Before and after.
    pub found: ChangeFound,
    /// Whether the case was released then.
    pub released: bool,
}

/// The digest of a transaction: of its canonical text.
#[must_use]
pub fn digest(transaction: &Value) -> Digest {
    Digest::of(json::canonical(transaction).as_bytes())
}

impl Facts {
    /// Facts that somebody told.
    pub(super) fn told(transaction: &Value, by: &str) -> Self {
        Self {
            transaction: transaction.clone(),
            digest: Some(digest(transaction)),
            by: by.to_owned(),
        }
    }
}

pub(super) fn open(who: &Who, it: &Opening) -> Result<Vec<Happened>, Refusal> {
    let title = words("a title", &it.title, 1, 200)?;
    let (reference, transaction) = (it.reference.clone(), it.transaction.clone());
    let behind = who.behind.clone();
    Ok(vec![Happened::TransactionReceived(Received { title, reference, transaction, behind })])
}

pub(super) fn change_facts(
    case: &Case,
    who: &Who,
    transaction: &Value,
    why: &str,
) -> Result<Vec<Happened>, Refusal> {
    if case.facts.digest == Some(digest(transaction)) {
        return Ok(Vec::new());
    }
    let why = reason("the reason for the change", why)?;
    Ok(vec![Happened::FactsChanged(Changed {
        transaction: transaction.clone(),
        why,
        behind: who.behind.clone(),
    })])
}

pub(super) fn determine(case: &Case, finding: &Finding) -> Result<Vec<Happened>, Refusal> {
    about_these_facts(case, finding)?;
    let last = case.determination.finding.as_ref();
    if !case.determination.awaited && last.is_some_and(|it| same(it, finding)) {
        return Ok(Vec::new());
    }
    // An answer that changed since it was released or approved is a change, whoever noticed it.
    let before = case.current().ok().or(last.filter(|_| case.release.stands()));
    let change = before
        .filter(|it| it.basis.input == finding.basis.input)
        .filter(|it| !it.basis.agrees_with(&finding.basis))
        .map(|it| changed(moved(&it.basis, &finding.basis), it, finding));
    Ok(change.into_iter().chain([Happened::DeterminationMade(finding.clone())]).collect())
}

pub(super) fn watch(
    case: &Case,
    trigger: Cause,
    finding: &Finding,
) -> Result<Vec<Happened>, Refusal> {
    about_these_facts(case, finding)?;
    match case.current() {
        Ok(before) if before.basis.agrees_with(&finding.basis) => Ok(Vec::new()),
        Ok(before) => {
            let found = changed(trigger, before, finding);
            Ok(vec![found, Happened::DeterminationMade(finding.clone())])
        }
        // Nothing was answered yet, so nothing changed.
        Err(_) => Ok(vec![Happened::DeterminationMade(finding.clone())]),
    }
}

/// Whether nothing is to be put down.
fn same(last: &Finding, finding: &Finding) -> bool {
    last.basis == finding.basis && last.needed == finding.needed
}

fn changed(cause: Cause, before: &Finding, after: &Finding) -> Happened {
    let (before, after) = (Told::of(before), Told::of(after));
    Happened::ChangeFound(ChangeFound { cause, before, after })
}

/// What differs between two bases about the same facts.
fn moved(before: &Basis, after: &Basis) -> Cause {
    if before.law != after.law {
        Cause::Law
    } else if before.lists != after.lists {
        Cause::Lists
    } else if before.matches != after.matches {
        Cause::Decisions
    } else {
        Cause::Day
    }
}

fn about_these_facts(case: &Case, finding: &Finding) -> Result<(), Refusal> {
    if case.facts.digest == Some(finding.basis.input) { Ok(()) } else { Err(Refusal::OtherFacts) }
}

pub(super) fn decide_match(
    case: &Case,
    who: &Who,
    it: &Judgment,
) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    let finding = case.determination.finding.as_ref().ok_or(Refusal::Undecided)?;
    let seen = finding
        .matches
        .iter()
        .any(|seen| seen.party == it.party && seen.list == it.list && seen.entry == it.entry);
    if !seen {
        let Judgment { party, list, entry, .. } = it.clone();
        return Err(Refusal::NoSuchMatch { party, list, entry });
    }
    if it.verdict == Verdict::Open {
        return Err(Refusal::Missing { what: "whether it is the listed party" });
    }
    let why = reason("the reason for the decision", &it.why)?;
    let Judgment { party, list, entry, verdict, until, .. } = it.clone();
    Ok(vec![Happened::MatchDecided(MatchDecided { party, list, entry, verdict, why, until })])
}

pub(super) fn answer_change(case: &Case, who: &Who, text: &str) -> Result<Vec<Happened>, Refusal> {
    who.must_be_a_person()?;
    if case.change.is_none() {
        return Err(Refusal::NoChange);
    }
    Ok(vec![Happened::ChangeAnswered(Words { text: reason("what follows from it", text)? })])
}
