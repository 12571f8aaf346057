//! An application for a license, from the draft to the agency's answer.

use super::happened::{Happened, Part};
use super::work::{reason, words};
use super::{Case, Refusal};

/// An application.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Submission {
    /// What the case calls it.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// What was said of each step, in order.
    pub steps: Vec<String>,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// Being written.
    Drafted,
    /// With the agency.
    Filed,
    /// The agency asked something.
    Questioned,
    /// Granted; the license is an authorization of its own.
    Granted,
    /// Denied.
    Denied,
    /// Returned without action.
    Returned,
    /// Withdrawn.
    Withdrawn,
}

/// A step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each step leads to the state of its name")]
pub enum Step {
    Draft,
    File,
    Question,
    Answer,
    Grant,
    Deny,
    Return,
    Withdraw,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Filed => "filed",
            Self::Questioned => "questioned",
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Step {
    /// The state it leads to, and the states it is taken from.
    fn leads(self) -> (State, &'static [State]) {
        const OUT: &[State] = &[State::Filed, State::Questioned];
        match self {
            Self::Draft => (State::Drafted, &[]),
            Self::File => (State::Filed, &[State::Drafted]),
            Self::Question => (State::Questioned, &[State::Filed]),
            Self::Answer => (State::Filed, &[State::Questioned]),
            Self::Grant => (State::Granted, OUT),
            Self::Deny => (State::Denied, OUT),
            Self::Return => (State::Returned, OUT),
            Self::Withdraw => {
                (State::Withdrawn, &[State::Drafted, State::Filed, State::Questioned])
            }
        }
    }
}

pub(super) fn step(
    case: &Case,
    step: Step,
    id: &str,
    text: &str,
) -> Result<Vec<Happened>, Refusal> {
    let what = "submission";
    let id = words("its name", id, 1, 100)?;
    let there = case.submissions.iter().find(|it| it.id == id);
    let (to, from) = step.leads();
    match (step, there) {
        (Step::Draft, Some(_)) => return Err(Refusal::Twice { what, id }),
        (Step::Draft, None) => {}
        (_, None) => return Err(Refusal::NoSuch { what, id }),
        (_, Some(it)) if from.contains(&it.state) => {}
        (_, Some(it)) => {
            return Err(Refusal::Elsewhere { what, state: it.state.as_str(), wanted: to.as_str() });
        }
    }
    let part = Part { id, text: reason("what is to be known of it", text)? };
    Ok(vec![match step {
        Step::Draft => Happened::SubmissionDrafted(part),
        Step::File => Happened::SubmissionFiled(part),
        Step::Question => Happened::SubmissionQuestioned(part),
        Step::Answer => Happened::SubmissionAnswered(part),
        Step::Grant => Happened::SubmissionGranted(part),
        Step::Deny => Happened::SubmissionDenied(part),
        Step::Return => Happened::SubmissionReturned(part),
        Step::Withdraw => Happened::SubmissionWithdrawn(part),
    }])
}

impl Case {
    /// Puts down a step that was taken.
    pub(super) fn submitted(&mut self, part: &Part, step: Step) {
        let (state, _) = step.leads();
        let text = part.text.clone();
        if let Some(it) = self.submissions.iter_mut().find(|it| it.id == part.id) {
            it.state = state;
            it.steps.push(text);
        } else {
            self.submissions.push(Submission { id: part.id.clone(), state, steps: vec![text] });
        }
    }
}
