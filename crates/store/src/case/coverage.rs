//! Whether an authorization covers what is to leave: who granted it, where it lets things go, which
//! entries, whose names stand in it, on which days, and how much is left of it.
//!
//! What is needed is told by whoever answers ([`Needed`]); what is granted stands in the
//! authorization. Several authorizations may share a transaction, where each part of it is covered by
//! one of them as a whole (`shared`): a part is a line for one of those who receive it side by side,
//! to every destination, with everybody else who takes part.

mod shared;

use super::authorization::{Authorization, Granted};
use super::{Case, Finding, Refusal};
use decision::Outcome;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The agency that licenses what the Export Administration Regulations require a license for.
///
/// Source: 15 CFR 750.1.
pub const BIS: &str = "BIS";
/// The agency whose authorization takes the place of BIS's where the rulebook says so.
///
/// Source: 15 CFR 744.8(b), 746.7(a)(2).
pub const OFAC: &str = "OFAC";

/// What an authorization must cover.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Needed {
    /// Who can authorize it: [`BIS`], and [`OFAC`] where that is enough.
    pub agencies: Vec<String>,
    /// Where it goes, every leg of it.
    pub destinations: BTreeSet<String>,
    /// What needs a license.
    pub items: Vec<NeededItem>,
    /// Who takes part, but for those who only sell, carry or pay.
    pub parties: Vec<NeededParty>,
}

/// A line of what needs a license.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct NeededItem {
    /// The entry; `None` where nobody said.
    pub eccn: Option<String>,
    /// How much of it, in thousandths; `None` where nobody said.
    #[serde(default)]
    pub quantity: Option<i64>,
    /// Its value, in thousandths of a US dollar; `None` where nobody said.
    #[serde(default)]
    pub value: Option<i64>,
}

/// Somebody whose name must stand in an authorization.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct NeededParty {
    /// What it does, such as `end-user`.
    pub role: String,
    /// Its names, any of which may stand there; none where nobody named it.
    pub names: Vec<String>,
}

/// What was released on an authorization by other cases.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Drawn {
    /// The number of the authorization.
    pub number: String,
    /// How much, in thousandths.
    pub quantity: i64,
    /// Of which value, in thousandths of a US dollar.
    pub value: i64,
}

/// The short name of an agency that can authorize what the regulations refuse; `None` for others.
#[must_use]
pub fn agency(text: &str) -> Option<&'static str> {
    match plain(text).as_str() {
        "bis" | "bureau of industry and security" => Some(BIS),
        "ofac" | "office of foreign assets control" => Some(OFAC),
        _ => None,
    }
}

impl Case {
    /// Refuses where no authorization that is held covers what needs one on a day.
    pub(super) fn licensed(
        &self,
        finding: &Finding,
        day: Date,
        drawn: &[Drawn],
    ) -> Result<(), Refusal> {
        let needed = finding.needed.as_deref().ok_or(Refusal::Undecided)?;
        let live: Vec<&Authorization> =
            self.authorizations.iter().filter(|it| it.is_live()).collect();
        let lacks = |it: &Authorization| (it.granted.number.clone(), lacks(it, needed, day, drawn));
        match live.iter().map(|it| lacks(it)).min_by_key(|(_, lacks)| lacks.len()) {
            None => Err(Refusal::NotPermissive { outcome: Outcome::LicenseRequired }),
            Some((_, lacks)) if lacks.is_empty() => Ok(()),
            Some((number, mut lacks)) => {
                if live.len() > 1 {
                    match shared::lack(&live, needed, day, drawn) {
                        None => return Ok(()),
                        Some(lack) => lacks.push(lack),
                    }
                }
                Err(Refusal::NotCovered { number, lacks: lacks.join("; ") })
            }
        }
    }
}

/// What an authorization lacks to cover what is needed, each in a few words; none where it does.
fn lacks(it: &Authorization, needed: &Needed, day: Date, drawn: &[Drawn]) -> Vec<String> {
    let mut lacks = beside_amounts(it, needed, day);
    lacks.extend(beyond_amounts(&it.granted, &needed.items, drawn));
    lacks
}

/// The same but for how much is left of it.
fn beside_amounts(it: &Authorization, needed: &Needed, day: Date) -> Vec<String> {
    let granted = &it.granted;
    let mut lacks = Vec::new();
    let agency = agency(&granted.agency);
    if !agency.is_some_and(|it| needed.agencies.iter().any(|there| there == it)) {
        let wanted = needed.agencies.join(" or ");
        lacks.push(format!("{} does not authorize this: it takes {wanted}", granted.agency));
    }
    if !it.covers(day) {
        lacks.push(format!("it does not count on {day}"));
    }
    lacks.extend(destinations_beyond(granted, needed));
    lacks.extend(needed.items.iter().filter_map(|it| beyond(granted, it)));
    lacks.extend(needed.parties.iter().filter_map(|it| unnamed(granted, it)));
    lacks
}

/// What goes beyond the amounts of an authorization, where it has any.
fn beyond_amounts(granted: &Granted, items: &[NeededItem], drawn: &[Drawn]) -> Vec<String> {
    let before = drawn.iter().find(|it| it.number == granted.number);
    let quantities = items.iter().map(|it| it.quantity);
    let used = before.map_or(0, |it| it.quantity);
    let quantity = overdrawn("quantity", granted.quantity, quantities, used);
    let values = items.iter().map(|it| it.value);
    let used = before.map_or(0, |it| it.value);
    let value = overdrawn("value in US dollars", granted.value_usd, values, used);
    quantity.into_iter().chain(value).collect()
}

fn destinations_beyond(granted: &Granted, needed: &Needed) -> Option<String> {
    let there = |code: &str| granted.destinations.iter().any(|it| plain(it) == plain(code));
    let beyond: Vec<&str> =
        needed.destinations.iter().map(String::as_str).filter(|it| !there(it)).collect();
    let (goes, to) = (beyond.join(", "), told(&granted.destinations));
    match (beyond.is_empty(), needed.destinations.is_empty()) {
        (true, false) => None,
        (true, true) => Some("the transaction tells no destination".to_owned()),
        (false, _) => Some(format!("it is for {to}, and this goes to {goes}")),
    }
}

/// An entry covers itself and its paragraphs.
fn beyond(granted: &Granted, item: &NeededItem) -> Option<String> {
    let Some(eccn) = &item.eccn else {
        return Some("an item of the transaction has no ECCN".to_owned());
    };
    let needed = plain(eccn);
    let covers = |it: &String| {
        let rest = needed.strip_prefix(&plain(it));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ' ']))
    };
    let covered = granted.items.iter().any(covers);
    (!covered).then(|| format!("it is for {}, and this is {eccn}", told(&granted.items)))
}

fn unnamed(granted: &Granted, party: &NeededParty) -> Option<String> {
    let there = |name: &String| granted.parties.iter().any(|it| plain(it) == plain(name));
    match party.names.first() {
        None => Some(format!("the {} of the transaction has no name", party.role)),
        Some(_) if party.names.iter().any(there) => None,
        Some(name) => Some(format!("it does not name `{name}`, the {}", party.role)),
    }
}

/// What goes beyond a limit, with what was released on it before.
fn overdrawn(
    what: &str,
    limit: Option<u64>,
    needed: impl Iterator<Item = Option<i64>>,
    used: i64,
) -> Option<String> {
    let limit = i64::try_from(limit?).unwrap_or(i64::MAX).saturating_mul(1000);
    let Some(needed) = needed.sum::<Option<i64>>() else {
        return Some(format!("it limits the {what}, and the transaction does not tell it"));
    };
    let left = limit.saturating_sub(used);
    (needed > left).then(|| {
        format!("of its {what} {} is left, and this is {}", whole(left.max(0)), whole(needed))
    })
}

/// Thousandths as people write them.
fn whole(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}

fn told(some: &[String]) -> String {
    if some.is_empty() { "nothing that it states".to_owned() } else { some.join(", ") }
}

/// Without case, and with one space where there are several.
fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
