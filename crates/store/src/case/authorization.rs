//! A license or another authorization that is held: until when, and whether it still counts.

use super::happened::{Happened, Part};
use super::work::{reason, words};
use super::{Case, Refusal, coverage};
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
    /// The countries to which it lets things go, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<String>,
    /// The entries that it is for; each with its paragraphs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Whose names stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// How much may leave in all; none for software and technology (15 CFR 750.7(f)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// Of which value in US dollars in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_usd: Option<u64>,
}

impl Granted {
    /// What it states of places, items, names and amounts, one line each; none for those that were
    /// recorded before that was asked for.
    pub(super) fn stated(&self) -> impl Iterator<Item = String> {
        let of = |what: &'static str, some: &[String]| -> Vec<String> {
            some.iter().map(|it| format!("{what} {it}")).collect()
        };
        let amount = |what: &'static str, it: Option<u64>| it.map(|it| format!("{what} {it}"));
        of("destination", &self.destinations)
            .into_iter()
            .chain(of("item", &self.items))
            .chain(of("party", &self.parties))
            .chain(amount("quantity", self.quantity))
            .chain(amount("value", self.value_usd))
    }
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
    // One that states nothing to compare with is recorded once more, with what it says.
    let there = case.authorizations.iter().find(|there| there.granted.number == number);
    if there.is_some_and(|it| it.granted.stated().next().is_some()) {
        return Err(Refusal::Twice { what: "authorization", id: number });
    }
    let agency = words("the agency", &it.agency, 1, 100)?;
    let Some(agency) = coverage::agency(&agency).map(str::to_owned) else {
        return Err(Refusal::NoAuthority { agency });
    };
    let scope = words("the scope", &it.scope, 1, 20_000)?;
    if it.until.is_none() {
        return Err(Refusal::Missing { what: "until when it counts" });
    }
    let destinations = several("a destination", &it.destinations)?;
    let items = several("an ECCN", &it.items)?;
    let parties = several("the name of a party", &it.parties)?;
    let granted = Granted { number, agency, scope, destinations, items, parties, ..it.clone() };
    Ok(vec![Happened::AuthorizationRecorded(granted)])
}

/// Texts of which there must be one.
fn several(what: &'static str, some: &[String]) -> Result<Vec<String>, Refusal> {
    if some.is_empty() {
        return Err(Refusal::Missing { what });
    }
    some.iter().map(|it| words(what, it, 1, 300)).collect()
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
