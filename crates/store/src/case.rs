//! A case: what people do about one transaction, from the first question to the last shipment.
//!
//! A case is not one long list of statuses but several small machines side by side: what the engine
//! found ([`determination`]), what people said of it ([`review`]), who went against it and how
//! ([`overruling`]), whether it may leave ([`release`]), and what happened outside ([`submission`],
//! [`authorization`], [`shipment`]). Each gives, for a [`Command`], the events that follow or a
//! [`Refusal`] that says why not and what to do. [`Case::fold`] makes the case out of its events;
//! nothing else changes one. Pure: who asks is told, and no clock is read. Start with [`Case`].

pub mod authorization;
pub mod command;
pub mod coverage;
pub mod determination;
pub mod finding;
pub mod fold;
pub mod happened;
mod outcome;
pub mod overruling;
pub mod refusal;
pub mod release;
pub mod review;
pub mod row;
pub mod shipment;
pub mod stage;
pub mod submission;
pub mod who;
pub mod work;

pub use command::Command;
pub use coverage::Needed;
pub use finding::{Basis, Finding, MatchSeen, Question, Verdict};
pub use fold::FoldError;
pub use happened::{Cause, Happened};
pub use refusal::Refusal;
pub use release::InForce;
pub use review::Review;
pub use stage::Stage;
pub use who::{Nature, Who};
pub use work::{Attachment, Priority};

use crate::digest::{Digest, Fields};
use crate::name::Kind;
use decision::Outcome;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;

/// The stream of one case.
pub const CASE: Kind = Kind::of("case");

/// What one transaction has come to.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// How many events it was made of; 0 where there is no case yet.
    pub version: u64,
    /// What people call it.
    pub title: String,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// Who opened it.
    pub opener: String,
    /// Everybody who prepared it: who opened it, changed its facts, decided a match, asked for the
    /// review or proposed to overrule. None of them approves it.
    pub preparers: BTreeSet<String>,
    /// What is proposed, as it was received or changed last.
    pub facts: Facts,
    /// What the engine found.
    pub determination: determination::Determination,
    /// What people said of it.
    pub review: Review,
    /// Who went against the engine.
    pub overruling: overruling::Overruling,
    /// Why it is held, where it is.
    pub hold: Option<work::Hold>,
    /// Whether it may leave.
    pub release: release::Release,
    /// What the watch found and nobody answered yet.
    pub change: Option<determination::Change>,
    /// Applications for a license.
    pub submissions: Vec<submission::Submission>,
    /// Licenses and other authorizations that are held.
    pub authorizations: Vec<authorization::Authorization>,
    /// What left.
    pub shipments: Vec<shipment::Shipment>,
    /// Whose turn it is.
    pub assignee: Option<String>,
    /// How pressing it is.
    pub priority: work::Priority,
    /// The day by which it is due.
    pub due: Option<Date>,
    /// Words to filter by.
    pub labels: BTreeSet<String>,
    /// How many notes were written.
    pub notes: u32,
    /// Files that were attached.
    pub attachments: Vec<work::Attachment>,
    /// Why it was closed, where it is.
    pub closed: Option<String>,
}

/// What is proposed.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The transaction, as JSON in the form of the schema.
    pub transaction: Value,
    /// The digest of its canonical text.
    pub digest: Option<Digest>,
    /// Who said so last.
    pub by: String,
}

impl Case {
    /// The events that follow from a command, in order; none where nothing would change.
    ///
    /// Whether the role permits the command is asked before, elsewhere; this is what the case
    /// itself says.
    ///
    /// # Errors
    ///
    /// Where the case forbids it: why, and what to do instead.
    pub fn decide(
        &self,
        who: &Who,
        command: &Command,
        at: Timestamp,
    ) -> Result<Vec<Happened>, Refusal> {
        match (command, self.version, &self.closed) {
            (Command::Open(_), 0, _) | (Command::Reopen(_), 1.., Some(_)) => {}
            (Command::Open(_), ..) => return Err(Refusal::OpenAlready),
            (_, 0, _) => return Err(Refusal::NoCase),
            (Command::Note(_) | Command::Attach(_), _, Some(_)) => {}
            (_, _, Some(_)) => return Err(Refusal::Closed),
            _ => {}
        }
        command::dispatch(self, who, command, at)
    }

    /// What stands as the answer: the engine's, unless people went against it.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let finding = self.determination.finding.as_ref()?;
        let engine = self.overruling.in_force(finding).unwrap_or(finding.outcome);
        Some(self.overruling.restriction.as_ref().map_or(engine, |it| engine.max(it.to)))
    }

    /// The digest of what an approval is about: the facts, the answer, the decisions on matches,
    /// what people set against the engine, and the authorizations it rests on.
    ///
    /// It does not change where newer law or lists give the same answer; an approval holds as long
    /// as this stays the same. The law and the lists themselves stand in [`Finding::basis`].
    #[must_use]
    pub fn binding(&self) -> Option<Digest> {
        let finding = self.determination.finding.as_ref()?;
        let mut fields = Fields::default()
            .text("exeat-binding-1")
            .fixed(&finding.basis.input)
            .fixed(&finding.basis.substance)
            .fixed(&finding.basis.matches)
            .text(self.outcome().map_or("", Outcome::as_str));
        if let Some(it) = &self.overruling.restriction {
            fields = fields.text("restricted").text(it.to.as_str()).text(&it.by);
        }
        if let Some(it) = self.overruling.confirmed(finding) {
            fields = fields.text("overruled").text(it.to.as_str()).text(&it.proposer);
        }
        for it in self.authorizations.iter().filter(|it| it.is_live()) {
            fields = fields.text("authorized").text(&it.granted.number).text(&it.granted.scope);
            // Those that were recorded before these were asked for keep their binding.
            for stated in it.granted.stated() {
                fields = fields.text(&stated);
            }
        }
        Some(fields.digest())
    }

    /// The finding, where it is about the facts as they are now.
    pub(crate) fn current(&self) -> Result<&Finding, Refusal> {
        match &self.determination.finding {
            Some(finding) if !self.determination.awaited => Ok(finding),
            Some(_) | None => Err(Refusal::Undecided),
        }
    }

    /// Refuses whoever prepared the case.
    pub(crate) fn four_eyes(&self, who: &Who) -> Result<(), Refusal> {
        who.must_be_a_person()?;
        if who.ids().any(|it| self.preparers.contains(it)) {
            return Err(Refusal::Prepared);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
