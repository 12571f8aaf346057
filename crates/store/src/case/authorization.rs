//! A license or another authorization that is held: until when, and whether it still counts.

use super::happened::{Happened, Part};
use super::work::{reason, words};
use super::{Case, Refusal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an agency granted.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Granted {
    /// Its number.
    pub number: String,
    /// Which agency.
    pub agency: String,
    /// Who, where, which item, which end use, under which conditions.
    pub scope: String,
    /// The first day.
    #[serde(default)]
    pub from: Option<Date>,
    /// The first day after.
    #[serde(default)]
    pub until: Option<Date>,
}

/// An authorization of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authorization {
    /// What was granted.
    pub granted: Granted,
    /// Whether it still counts.
    pub state: State,
}

/// Whether an authorization still counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// It does, within its days.
    Live,
    /// Not for now.
    Suspended,
    /// Never again.
    Revoked,
}

/// A step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each step says what it does")]
pub enum Step {
    Suspend,
    Resume,
    Revoke,
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }
}

impl Authorization {
    /// Whether it counts, on its days.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// Whether it counts on a day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        let begun = self.granted.from.is_none_or(|it| it <= day);
        let over = self.granted.until.is_some_and(|it| it <= day);
        self.is_live() && begun && !over
    }
}

pub(super) fn record(case: &Case, it: &Granted) -> Result<Vec<Happened>, Refusal> {
    let number = words("the number", &it.number, 1, 100)?;
    if case.authorizations.iter().any(|there| there.granted.number == number) {
        return Err(Refusal::Twice { what: "authorization", id: number });
    }
    let agency = words("the agency", &it.agency, 1, 100)?;
    let scope = words("the scope", &it.scope, 1, 20_000)?;
    Ok(vec![Happened::AuthorizationRecorded(Granted { number, agency, scope, ..it.clone() })])
}

pub(super) fn step(
    case: &Case,
    step: Step,
    id: &str,
    text: &str,
) -> Result<Vec<Happened>, Refusal> {
    let what = "authorization";
    let Some(there) = case.authorizations.iter().find(|it| it.granted.number == id) else {
        return Err(Refusal::NoSuch { what, id: id.to_owned() });
    };
    let (to, from): (State, &[State]) = match step {
        Step::Suspend => (State::Suspended, &[State::Live]),
        Step::Resume => (State::Live, &[State::Suspended]),
        Step::Revoke => (State::Revoked, &[State::Live, State::Suspended]),
    };
    if !from.contains(&there.state) {
        let (state, wanted) = (there.state.as_str(), to.as_str());
        return Err(Refusal::Elsewhere { what, state, wanted });
    }
    let part = Part { id: id.to_owned(), text: reason("the reason", text)? };
    Ok(vec![match step {
        Step::Suspend => Happened::AuthorizationSuspended(part),
        Step::Resume => Happened::AuthorizationResumed(part),
        Step::Revoke => Happened::AuthorizationRevoked(part),
    }])
}

impl Case {
    /// Puts down that an authorization stands elsewhere now.
    pub(super) fn authorized(&mut self, number: &str, state: State) {
        if let Some(it) = self.authorizations.iter_mut().find(|it| it.granted.number == number) {
            it.state = state;
        }
    }
}
