//! A chain of legs: each is judged as a transaction of its own, and the strictest stands.

use crate::country::Country;
use crate::derivations::{UNITED_STATES, end_users, is_entered_again};
use crate::determination::{Clearance, Determination};
use crate::judgment::possible_together;
use crate::outcome::Outcome;
use crate::transaction::end_use::{EndUse, Purpose};
use crate::transaction::{Activity, Leg, Party, Role, Transaction};
use law::Truth;
use law::rulebook::Rulebook;
use std::collections::BTreeSet;

/// What the chain is to one of its legs.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Chain<'a> {
    /// A later leg is barred and not covered by an authorization.
    pub later_leg_barred: bool,
    /// A leg begins in the United States, so that what goes on abroad is known to have come from
    /// there (15 CFR § 734.13(c)).
    pub left_the_us: bool,
    /// Legs begin abroad in more than one country in which no other leg ends.
    pub leg_missing: bool,
    /// Parties, a destination or knowledge were told of the whole, and every leg says something else.
    pub told_in_no_leg: bool,
    /// Which parties of the leg a later one takes the item to, where they are; see [`taken_on`].
    pub taken_on: &'a [bool],
}

impl Chain<'_> {
    /// What is so of a chain in whatever order its legs were told.
    pub(crate) fn of(transaction: &Transaction, legs: &[Leg<'_>]) -> Self {
        let from_the_us = |it: &Leg<'_>| match it.from {
            Some(from) => UNITED_STATES.contains(&from.code()),
            None => it.activity.begins_in_the_us(),
        };
        let ends_at = |from: Country| legs.iter().any(|it| it.destination == Some(from));
        let beginnings = legs.iter().filter(|it| from_the_us(it) || !it.from.is_some_and(ends_at));
        let abroad: BTreeSet<_> =
            beginnings.filter(|it| !from_the_us(it)).filter_map(|it| it.from).collect();
        let left_the_us = legs.iter().any(from_the_us);
        Self {
            later_leg_barred: false,
            left_the_us,
            leg_missing: abroad.len() > usize::from(!left_the_us),
            told_in_no_leg: told_in_no_leg(transaction, legs),
            taken_on: &[],
        }
    }
}

/// Of each leg, which of its parties the legs that go on from it bring the item to, in the country
/// where they are: what is openly told to go on is judged there, and is no diversion.
pub(crate) fn taken_on(legs: &[Leg<'_>]) -> Vec<Vec<bool>> {
    let beyond = |place: usize| {
        let mut reached = vec![place];
        let mut next = 0;
        while let Some(leg) = reached.get(next).and_then(|it| legs.get(*it)) {
            merge(&mut reached, &going_on(legs, leg));
            next += 1;
        }
        reached.retain(|it| *it != place);
        reached
    };
    let takes = |leg: &Leg<'_>, party: &Party| {
        let told = leg.parties.unwrap_or_default().iter();
        let mut there = told.map(|it| in_its_country(it, leg));
        party.country == leg.destination && there.any(|it| is_entered_again(&it, party))
    };
    let of_leg = |(place, leg): (usize, &Leg<'_>)| {
        let beyond = beyond(place);
        let parties = leg.parties.unwrap_or_default().iter();
        let further = || beyond.iter().filter_map(|it| legs.get(*it));
        parties.map(|party| further().any(|it| takes(it, party))).collect()
    };
    legs.iter().enumerate().map(of_leg).collect()
}

/// The legs, by place, that sell on from where this one ends.
fn going_on(legs: &[Leg<'_>], leg: &Leg<'_>) -> Vec<usize> {
    let end = leg.destination;
    let goes_on = |it: &(usize, &Leg<'_>)| {
        end.is_some() && it.1.from == end && is_sale(it.1.activity) && !std::ptr::eq(it.1, leg)
    };
    legs.iter().enumerate().filter(goes_on).map(|it| it.0).collect()
}

/// Whether something was told of the whole that no leg takes up.
fn told_in_no_leg(transaction: &Transaction, legs: &[Leg<'_>]) -> bool {
    let takes_part = |party: &Party| {
        let same = |it: &Party| {
            (it.role, &it.name, it.country, it.sector, it.government_of)
                == (party.role, &party.name, party.country, party.sector, party.government_of)
        };
        legs.iter().any(|leg| leg.parties.unwrap_or_default().iter().any(same))
    };
    let mut strangers = transaction.parties.iter().flatten().filter(|it| !takes_part(it));
    let elsewhere = transaction
        .destination
        .is_some_and(|there| legs.iter().all(|leg| leg.destination != Some(there)));
    let knows = transaction.end_use.iter().flat_map(|it| it.knows.iter().flatten());
    let mut forgotten = knows.filter(|known| {
        let known_in = |leg: &Leg<'_>| {
            leg.end_use.and_then(|it| it.knows.as_ref()).is_some_and(|it| it.contains(known))
        };
        !legs.iter().any(known_in)
    });
    strangers.next().is_some() || elsewhere || forgotten.next().is_some()
}

/// The chain with the users of what is sold on told in the legs that lead to them; `None` where no
/// leg leads to users that another one names.
///
/// Who lists a later leg knows of it (15 CFR § 736.2(b)(10)), so that the user it names is the one
/// for whom a middleman buys. Nothing is told where one of the ways on ends with nobody named, where
/// the leg itself names somebody who may be the user, or where it says that nobody knows.
pub(crate) fn with_users_told_later(transaction: &Transaction) -> Option<Transaction> {
    let told = transaction.legs.as_ref()?;
    let legs = transaction.legs();
    let own = |place: usize| told.get(place)?.parties.as_ref().filter(|it| !it.is_empty());
    let users: Vec<_> = legs
        .iter()
        .enumerate()
        .map(|(place, leg)| {
            own(place)
                .filter(|_| is_for_somebody_else(leg))
                .and_then(|_| users_beyond(&legs, place))
        })
        .collect();
    if users.iter().all(Option::is_none) {
        return None;
    }
    let mut told = transaction.clone();
    for ((leg, whole), users) in told.legs.iter_mut().flatten().zip(&legs).zip(users) {
        let (Some(parties), Some(beyond)) = (&mut leg.parties, users) else { continue };
        parties.extend(beyond.users);
        // What it is resold for is what the user does with it.
        if let Some(end_use) = whole.end_use
            && end_use.purposes.as_deref() == Some(&[Purpose::Resale])
        {
            leg.end_use = Some(EndUse { purposes: beyond.purposes, ..end_use.clone() });
        }
    }
    Some(told)
}

/// Who uses what a leg sells on, and for what, as the legs that go on tell it.
struct Beyond {
    users: Vec<Party>,
    /// `None` where a leg does not tell.
    purposes: Option<Vec<Purpose>>,
}

/// Whether a leg may not go, and nothing that is held covers it: a license of BIS covers what needs a
/// license, and no license covers what is prohibited. One of OFAC that counts for the EAR (15 CFR
/// §§ 744.8(b), 746.7(a)(2)) leaves no license required.
pub(crate) fn is_barred(leg: &Leg<'_>, outcome: Outcome) -> bool {
    let mut held = leg.authorizations.unwrap_or_default().iter();
    outcome == Outcome::Prohibited
        || outcome == Outcome::LicenseRequired
            && !held.any(|it| it.is_bis_license_in_force(leg.date))
}

/// Whether a leg sells, and names nobody who may be the user.
fn is_for_somebody_else(leg: &Leg<'_>) -> bool {
    let users = end_users(leg);
    let known = leg.end_use.and_then(|it| it.end_user_known);
    is_sale(leg.activity) && known != Some(false) && users.unnamed && !users.counts.contains(&true)
}

fn is_sale(activity: Activity) -> bool {
    matches!(activity, Activity::Export | Activity::Reexport | Activity::TransferInCountry)
}

/// The users of the legs that go on, one after the other, where a leg ends; `None` where one of them
/// leaves its user open.
fn users_beyond(legs: &[Leg<'_>], place: usize) -> Option<Beyond> {
    let mut reached = vec![place];
    let mut users = Vec::new();
    let mut purposes = Some(Vec::new());
    let mut next = 0;
    while let Some(leg) = reached.get(next).and_then(|it| legs.get(*it)) {
        leg.destination?;
        let beyond = going_on(legs, leg);
        if is_for_somebody_else(leg) {
            if beyond.is_empty() {
                return None;
            }
            for it in beyond {
                merge(&mut reached, &[it]);
            }
        } else {
            merge(&mut users, &users_of(leg)?);
            let own = leg.end_use.and_then(|it| it.purposes.as_deref());
            match (&mut purposes, own) {
                (Some(all), Some(own)) => merge(all, own),
                _ => purposes = None,
            }
        }
        next += 1;
    }
    (!users.is_empty()).then_some(Beyond { users, purposes })
}

/// The end users of a leg, each in its country; `None` where somebody else may be one.
fn users_of(leg: &Leg<'_>) -> Option<Vec<Party>> {
    let users = end_users(leg);
    let parties = leg.parties.unwrap_or_default().iter().zip(&users.counts).filter(|it| *it.1);
    let user = |it: &Party| Party { role: Role::EndUser, ..in_its_country(it, leg) };
    (!users.unnamed).then(|| parties.map(|it| user(it.0)).collect())
}

/// A party of a leg, in the country where the leg ends unless another was told.
fn in_its_country(party: &Party, leg: &Leg<'_>) -> Party {
    Party { country: party.country.or(leg.destination), ..party.clone() }
}

/// Joins the answers to the legs of a chain. `strictest` is the one that stands.
pub(crate) fn join<'law>(
    transaction: &Transaction,
    strictest: &Determination<'law>,
    legs: Vec<Determination<'law>>,
    rulebook: &'law Rulebook,
) -> Determination<'law> {
    let mut joined = strictest.clone();
    joined.id.clone_from(&transaction.id);
    joined.label = None;
    joined.law_date = transaction.date;
    joined.settled = legs.iter().all(|it| it.settled);
    joined.license_required =
        legs.iter().fold(Truth::False, |truth, it| truth.or(it.license_required));
    joined.reasons.clear();
    for reason in &rulebook.vocabulary.reasons {
        if legs.iter().any(|it| it.reasons.contains(&reason.as_str())) {
            joined.reasons.push(reason);
        }
    }
    for leg in &legs {
        merge(&mut joined.because, &leg.because);
        merge(&mut joined.questions, &leg.questions);
        merge(&mut joined.assumptions, &leg.assumptions);
        merge(&mut joined.flags, &leg.flags);
        merge(&mut joined.referrals, &leg.referrals);
        merge(&mut joined.derived, &leg.derived);
        merge(&mut joined.notes, &leg.notes);
        for it in &leg.conditions {
            let known = &mut joined.conditions;
            match known.iter_mut().find(|known| (known.code, known.what) == (it.code, it.what)) {
                Some(known) => known.truth = known.truth.or(it.truth),
                None => known.push(it.clone()),
            }
        }
    }
    joined.clearance = Clearance {
        eei_required: any(&legs, |it| it.eei_required),
        aes_code: strictest.clearance.aes_code,
        eccn_on_eei: any(&legs, |it| it.eccn_on_eei),
        destination_control_statement: any(&legs, |it| it.destination_control_statement),
        records_years: legs.iter().map(|it| it.clearance.records_years).max().unwrap_or_default(),
    };
    joined.possible = possible_together(legs.iter().map(|it| it.possible.as_slice()));
    joined.legs = legs;
    joined
}

/// Whether a paper is due of some leg: each leg is filed by itself, and its own answer says which.
fn any(legs: &[Determination<'_>], due: impl Fn(&Clearance) -> Truth) -> Truth {
    legs.iter().fold(Truth::False, |truth, it| truth.or(due(&it.clearance)))
}

fn merge<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
    for it in from {
        if !into.contains(it) {
            into.push(it.clone());
        }
    }
}
