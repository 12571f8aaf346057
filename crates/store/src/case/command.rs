//! What can be asked of a case.

use super::authorization::Granted;
use super::finding::{Finding, Verdict};
use super::happened::{Cause, Happened};
use super::refusal::Refusal;
use super::shipment::Left;
use super::who::Who;
use super::work::{Attachment, Priority};
use super::{Case, authorization, determination, overruling, release, review, shipment};
use super::{submission, work};
use crate::digest::Digest;
use decision::Outcome;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// Something that is asked of a case.
#[derive(Clone, Debug)]
pub enum Command {
    /// Open it.
    Open(Opening),
    /// Change the facts: all of the transaction, and why.
    ChangeFacts(Value, String),
    /// Put down what the engine answered to the facts as they are.
    Determine(Box<Finding>),
    /// Put down what the engine answered because something moved.
    Watch(Cause, Box<Finding>),
    /// Say whether a match is the listed party.
    DecideMatch(Judgment),
    /// Say what follows from a change that the watch found.
    AnswerChange(String),
    /// Ask for a review.
    RequestReview(String),
    /// Give advice.
    Advise(String),
    /// Approve what one has looked at: its binding, and words.
    Approve(Digest, String),
    /// Send it back, with the reason.
    Return(String),
    /// Be stricter than the engine.
    Restrict(Outcome, String),
    /// Take that back.
    LiftRestriction(String),
    /// Propose to be freer than the engine.
    ProposeOverruling(Outcome, String),
    /// Confirm what somebody else proposed.
    ConfirmOverruling(String),
    /// Take the proposal back, or refuse it.
    WithdrawOverruling(String),
    /// Write a note.
    Note(String),
    /// Attach a file that is kept by its digest.
    Attach(Attachment),
    /// Say whose turn it is.
    Assign(Option<String>),
    /// Say how pressing it is.
    Prioritize(Priority),
    /// Say by when it is due.
    SetDue(Option<Date>),
    /// Set the words to filter by.
    SetLabels(Vec<String>),
    /// Hold it.
    Hold(String),
    /// Lift the hold.
    LiftHold(String),
    /// Let it go.
    Release(release::InForce),
    /// Take the release back.
    Recall(String),
    /// A step of an application for a license.
    Submission(submission::Step, String, String),
    /// A license or another authorization is held.
    Authorize(Granted),
    /// A step of an authorization.
    Authorization(authorization::Step, String, String),
    /// A shipment is planned, arrived or was stopped.
    Shipment(shipment::Step, String, String),
    /// A shipment left.
    Ship(Left),
    /// Close it.
    Close(String),
    /// Open it again.
    Reopen(String),
}

/// What a case begins with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What people call it.
    pub title: String,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// What is proposed.
    pub transaction: Value,
}

/// What somebody says of a match.
#[derive(Clone, Debug)]
pub struct Judgment {
    /// The name that was searched.
    pub party: String,
    /// The list.
    pub list: String,
    /// The entry's number.
    pub entry: String,
    /// Whether it is the listed party.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// The first day on which that no longer holds.
    pub until: Option<Date>,
}

/// Every command to its machine.
pub(super) fn dispatch(
    case: &Case,
    who: &Who,
    command: &Command,
    at: Timestamp,
) -> Result<Vec<Happened>, Refusal> {
    match command {
        Command::Open(it) => determination::open(who, it),
        Command::ChangeFacts(it, why) => determination::change_facts(case, who, it, why),
        Command::Determine(it) => determination::determine(case, it),
        Command::Watch(trigger, it) => determination::watch(case, *trigger, it),
        Command::DecideMatch(it) => determination::decide_match(case, who, it),
        Command::AnswerChange(it) => determination::answer_change(case, who, it),
        Command::RequestReview(it) => review::request(case, who, it),
        Command::Advise(it) => review::advise(who, it),
        Command::Approve(seen, it) => review::approve(case, who, *seen, it),
        Command::Return(it) => review::send_back(case, who, it),
        Command::Restrict(to, why) => overruling::restrict(case, who, *to, why),
        Command::LiftRestriction(why) => overruling::lift(case, who, why),
        Command::ProposeOverruling(to, why) => overruling::propose(case, who, *to, why),
        Command::ConfirmOverruling(why) => overruling::confirm(case, who, why),
        Command::WithdrawOverruling(why) => overruling::withdraw(case, who, why),
        Command::Note(it) => work::note(it),
        Command::Attach(it) => work::attach(case, it),
        Command::Assign(to) => Ok(work::assign(case, to.as_deref())),
        Command::Prioritize(to) => Ok(work::prioritize(case, *to)),
        Command::SetDue(on) => Ok(work::set_due(case, *on)),
        Command::SetLabels(to) => work::set_labels(case, to),
        Command::Hold(why) => work::hold(case, why),
        Command::LiftHold(why) => work::lift_hold(case, who, why),
        Command::Release(in_force) => release::release(case, who, in_force, at),
        Command::Recall(why) => release::recall(case, why),
        Command::Submission(step, id, text) => submission::step(case, *step, id, text),
        Command::Authorize(it) => authorization::record(case, it),
        Command::Authorization(step, id, text) => authorization::step(case, *step, id, text),
        Command::Shipment(step, id, text) => shipment::step(case, *step, id, text),
        Command::Ship(it) => shipment::ship(case, it, at),
        Command::Close(why) => work::close(why),
        Command::Reopen(why) => work::reopen(why),
    }
}
