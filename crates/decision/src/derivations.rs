//! Facts that are worked out from several others: who the end user is, what owners add up to,
//! which nationality is the latest.
//!
//! Each function is small, pure and errs on the side of "unknown".

use crate::country::Country;
use crate::transaction::end_use::Purpose;
use crate::transaction::leg::Leg;
use crate::transaction::listing::{Basis, KnownList, List};
use crate::transaction::party::{Nationality, Owner};
use crate::transaction::values::Percent;
use crate::transaction::{Activity, Listing, Party, Role, Sector};
use law::{Truth, Value};

/// Who counts as an end user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EndUsers {
    /// For each party, whether it does.
    pub counts: Vec<bool>,
    /// Whether some end user was not named.
    pub unnamed: bool,
}

/// Who counts as an end user of a leg.
///
/// A party with that role always does. Otherwise the person to whom something is released, the
/// traveler who takes it along, the provider who stores it, or the customer of a service; else
/// the ultimate consignee, then the purchaser, unless that party passes items on, the item is for
/// resale, or the user was not told. Where the purposes were not told they may be resale, and
/// somebody else may be the end user as well.
#[must_use]
pub fn end_users(leg: &Leg<'_>) -> EndUsers {
    let parties = leg.parties.unwrap_or_default();
    let told = leg.end_use.and_then(|it| it.end_user_known);
    let resold = leg
        .end_use
        .and_then(|it| it.purposes.as_ref())
        .is_some_and(|it| it.contains(&Purpose::Resale));
    let mut counts: Vec<bool> = parties
        .iter()
        .map(|it| {
            it.role == Role::EndUser || leg.activity.is_deemed() && it.role.is_released_person()
        })
        .collect();
    if leg.activity.is_deemed() {
        let unnamed = !counts.contains(&true);
        return EndUsers { counts, unnamed };
    }
    // Purposes that were not told may be resale: then somebody else may be the end user as well.
    let may_be_resold = told.is_none() && leg.end_use.is_none_or(|it| it.purposes.is_none());
    let mut somebody_else = false;
    let mut unnamed = told == Some(false);
    for stand_in in stand_ins(leg.activity) {
        if counts.contains(&true) || unnamed {
            break;
        }
        let consignee = matches!(stand_in, Role::UltimateConsignee | Role::Purchaser);
        for (party, counts) in parties.iter().zip(&mut counts).filter(|it| it.0.role == *stand_in) {
            if consignee && (resold || party.sector.is_some_and(Sector::passes_items_on)) {
                unnamed = true;
            } else {
                *counts = true;
                somebody_else |= consignee && may_be_resold;
            }
        }
    }
    unnamed |= somebody_else || !counts.contains(&true);
    EndUsers { counts, unnamed }
}

/// The roles that stand in where no party has the role of end user, the first one first.
fn stand_ins(activity: Activity) -> &'static [Role] {
    match activity {
        Activity::TemporaryExport => &[Role::Traveler, Role::UltimateConsignee, Role::Purchaser],
        Activity::StorageAbroad => {
            &[Role::StorageProvider, Role::UltimateConsignee, Role::Purchaser]
        }
        Activity::UsPersonSupport => &[Role::Customer, Role::UltimateConsignee, Role::Purchaser],
        Activity::Export
        | Activity::Reexport
        | Activity::TransferInCountry
        | Activity::DeemedExport
        | Activity::DeemedReexport
        | Activity::Transit => &[Role::UltimateConsignee, Role::Purchaser],
    }
}

/// For each nationality, whether it is the latest.
///
/// Source: 734.13(b), 734.14(b).
#[must_use]
pub fn latest(nationalities: &[Nationality]) -> Vec<Truth> {
    if let [_] = nationalities {
        return vec![Truth::True];
    }
    let last = nationalities.iter().filter_map(|it| it.since).max();
    let dated = nationalities.iter().all(|it| it.since.is_some());
    let at_last = nationalities.iter().filter(|it| it.since == last).count();
    let is_latest = |it: &Nationality| match it.since {
        Some(_) if it.since < last => Truth::False,
        Some(_) if dated && at_last == 1 => Truth::True,
        Some(_) | None => Truth::Unknown,
    };
    nationalities.iter().map(is_latest).collect()
}

/// The countries that a release may go to: the latest nationality of each person to whom something
/// is released, and what was told of the destination. Empty where that is unknown: where nothing
/// was told, and one of the persons has no nationality.
#[must_use]
pub fn released_to(parties: &[Party], told: Option<Country>) -> Vec<Country> {
    let released = |it: &&Party| it.role.is_released_person() || it.role == Role::EndUser;
    let mut countries: Vec<Country> = told.into_iter().collect();
    for person in parties.iter().filter(released) {
        let nationalities = person.nationalities.as_deref().unwrap_or_default();
        if nationalities.is_empty() && told.is_none() {
            return Vec::new();
        }
        let latest = latest(nationalities);
        let possible = nationalities.iter().zip(latest).filter(|it| !it.1.is_false());
        countries.extend(possible.map(|it| it.0.country));
    }
    countries
}

/// Which listings of owners are added up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OwnersOn {
    /// The Entity List.
    EntityList,
    /// The Military End-User List.
    MilitaryEndUserList,
    /// SDNs under a program that 744.8 names.
    SdnPrograms,
    /// Any of the three.
    AnyOfThem,
}

/// The share that listed owners hold together.
///
/// A share that cannot be found, or an owner who was not screened, leaves it between what is known
/// and everything: owners may be indirect, so what the others hold bounds nothing.
///
/// Source: 744.11(a)(1), Supp. 8 to 744.
#[must_use]
pub fn owned_by(owners: Option<&[Owner]>, on: OwnersOn) -> Value {
    const WHOLE: i64 = 100_000;
    let Some(owners) = owners else { return Value::Unknown };
    let (mut known, mut possible) = (0, 0);
    for owner in owners {
        let share = owner.percent.map(Percent::thousandths);
        match is_on(owner, on) {
            Truth::True => {
                known += share.unwrap_or(0);
                possible += share.unwrap_or(WHOLE);
            }
            Truth::Unknown => possible += share.unwrap_or(WHOLE),
            Truth::False => {}
        }
    }
    let (known, possible) = (known.min(WHOLE), possible.min(WHOLE));
    if known == possible { Value::Number(known) } else { Value::Between(known, possible) }
}

/// Whether some owner is on the Entity List, the Military End-User List or the SDN list.
#[must_use]
pub fn some_owner_is_listed(owners: Option<&[Owner]>) -> Truth {
    let Some(owners) = owners else { return Truth::Unknown };
    let listed = |owner: &Owner| match owner.lists.as_deref() {
        None => Truth::Unknown,
        Some(lists) => Truth::from(lists.iter().any(|it| {
            passes_on(it)
                && matches!(it.list, List::Known(KnownList::El | KnownList::Meu | KnownList::Sdn))
        })),
    };
    owners.iter().map(listed).fold(Truth::False, Truth::or)
}

/// Whether an owner's listing reaches what it owns. One of its address does not.
#[must_use]
pub fn passes_on(listing: &Listing) -> bool {
    listing.basis != Some(Basis::Address)
}

fn is_on(owner: &Owner, on: OwnersOn) -> Truth {
    let Some(lists) = owner.lists.as_deref() else { return Truth::Unknown };
    let lists = lists.iter().filter(|it| passes_on(it));
    lists.map(|it| counts_for(it, on)).fold(Truth::False, Truth::or)
}

fn counts_for(listing: &Listing, on: OwnersOn) -> Truth {
    let List::Known(list) = listing.list else { return Truth::False };
    let sdn = || match &listing.tags {
        None => Truth::Unknown,
        Some(tags) => tags.iter().any(|it| crate::catalogue::domains::tag_of_744_8(it)).into(),
    };
    let (entity, military) = (list == KnownList::El, list == KnownList::Meu);
    match on {
        OwnersOn::EntityList => entity.into(),
        OwnersOn::MilitaryEndUserList => military.into(),
        OwnersOn::SdnPrograms | OwnersOn::AnyOfThem if list == KnownList::Sdn => sdn(),
        OwnersOn::SdnPrograms => Truth::False,
        OwnersOn::AnyOfThem => (entity || military).into(),
    }
}

/// Whether the owners show a "U.S. subsidiary": one owner in the United States with a majority, so
/// that nobody else can hold as much.
///
/// Source: 772.1, "U.S. subsidiary", as far as shares show it.
#[must_use]
pub fn has_us_majority_owner(owners: Option<&[Owner]>) -> bool {
    const HALF: i64 = 50_000;
    let majority = |it: &Owner| it.percent.is_some_and(|it| it.thousandths() > HALF);
    owners.unwrap_or_default().iter().any(|it| it.country == Some(Country::us()) && majority(it))
}

#[cfg(test)]
mod tests;
