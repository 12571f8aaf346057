//! What leaves: each shipment, which needs the release to be in force on the day it goes.

use super::happened::{Happened, Part};
use super::release::day_of;
use super::work::{reason, words};
use super::{Case, Outcome, Refusal};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A shipment left.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Left {
    /// What the case calls it.
    pub id: String,
    /// The day it left.
    #[serde(default)]
    pub on: Option<Date>,
    /// The number of its filing (ITN), or why there is none.
    pub filing: String,
    /// What is to be known of it.
    pub text: String,
}

/// A shipment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shipment {
    /// What the case calls it.
    pub id: String,
    /// Where it stands.
    pub state: State,
}

/// Where a shipment stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// It is planned.
    Planned,
    /// It left.
    Left,
    /// It arrived.
    Arrived,
    /// It was stopped.
    Stopped,
}

/// A step that needs no release.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each step says what it does")]
pub enum Step {
    Plan,
    Arrive,
    Stop,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Left => "under way",
            Self::Arrived => "arrived",
            Self::Stopped => "stopped",
        }
    }
}

pub(super) fn step(
    case: &Case,
    step: Step,
    id: &str,
    text: &str,
) -> Result<Vec<Happened>, Refusal> {
    let what = "shipment";
    let id = words("its name", id, 1, 100)?;
    let there = case.shipments.iter().find(|it| it.id == id);
    let (to, from): (State, &[State]) = match step {
        Step::Plan => (State::Planned, &[]),
        Step::Arrive => (State::Arrived, &[State::Left]),
        Step::Stop => (State::Stopped, &[State::Planned, State::Left]),
    };
    match (step, there) {
        (Step::Plan, Some(_)) => return Err(Refusal::Twice { what, id }),
        (Step::Plan, None) => {}
        (_, None) => return Err(Refusal::NoSuch { what, id }),
        (_, Some(it)) if from.contains(&it.state) => {}
        (_, Some(it)) => {
            return Err(Refusal::Elsewhere { what, state: it.state.as_str(), wanted: to.as_str() });
        }
    }
    let part = Part { id, text: reason("what is to be known of it", text)? };
    Ok(vec![match step {
        Step::Plan => Happened::ShipmentPlanned(part),
        Step::Arrive => Happened::ShipmentArrived(part),
        Step::Stop => Happened::ShipmentStopped(part),
    }])
}

pub(super) fn ship(case: &Case, it: &Left, at: Timestamp) -> Result<Vec<Happened>, Refusal> {
    let what = "shipment";
    if let Some(there) = case.shipments.iter().find(|there| there.id == it.id)
        && there.state != State::Planned
    {
        let (state, wanted) = (there.state.as_str(), State::Left.as_str());
        return Err(Refusal::Elsewhere { what, state, wanted });
    }
    if let Some(hold) = &case.hold {
        return Err(Refusal::Held { why: hold.why.clone() });
    }
    if case.change.is_some() {
        return Err(Refusal::UnansweredChange);
    }
    if !case.release.in_force(case) {
        return Err(Refusal::NotReleased);
    }
    let on = it.on.unwrap_or_else(|| day_of(at));
    // A license must count on the day it leaves, not only on that of the release.
    if case.outcome() == Some(Outcome::LicenseRequired) {
        case.licensed(case.current()?, on, &[])?;
    }
    let id = words("its name", &it.id, 1, 100)?;
    let filing = words("the filing", &it.filing, 1, 200)?;
    let text = words("the words", &it.text, 0, 20_000)?;
    Ok(vec![Happened::ShipmentLeft(Left { id, on: Some(on), filing, text })])
}

impl Case {
    /// Puts down where a shipment stands.
    pub(super) fn shipped(&mut self, id: &str, state: State) {
        match self.shipments.iter_mut().find(|it| it.id == id) {
            Some(it) => it.state = state,
            None => self.shipments.push(Shipment { id: id.to_owned(), state }),
        }
    }
}
