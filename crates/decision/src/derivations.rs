//! Facts that are worked out from several others: who the end user is, what owners add up to,
//! which nationality is the latest.
//!
//! Each function is small, pure and errs on the side of "unknown".

mod encryption;

use crate::country::Country;
use crate::transaction::end_use::Purpose;
use crate::transaction::item::Origin;
use crate::transaction::leg::Leg;
use crate::transaction::listing::{Basis, KnownList, List};
use crate::transaction::party::{Nationality, Owner, UsStatus};
use crate::transaction::values::Percent;
use crate::transaction::{Activity, Listing, Party, Role, Sector};
pub(crate) use encryption::paragraphs_of_category;
pub use encryption::{encryption_category, is_encryption_entry};
use law::{Truth, Value};

/// What belongs to the United States, 772.1; the rulebook's `US-AREA`.
pub const UNITED_STATES: [&str; 7] = ["AS", "GU", "MP", "PR", "UM", "US", "VI"];

/// Whether an item is of US origin: what was told, unless it was made in the United States.
///
/// Source: 734.3(a)(2).
#[must_use]
pub fn is_us_origin(origin: &Origin) -> Option<bool> {
    let made_there = origin.made_in.is_some_and(|it| UNITED_STATES.contains(&it.code()));
    if made_there { Some(true) } else { origin.us_origin }
}

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
/// traveler who takes it along, the provider who stores it, or the customer of a service; and
/// the ultimate consignee, else the purchaser, unless that party passes items on, the item is for
/// resale, or the user was not told. Who is entered once as the end user and again as the consignee
/// or the purchaser, alike in everything, is one party. Where the purposes were not told they may
/// be resale, and somebody else may be the end user as well. What a traveler takes along and
/// somebody has ordered is for whoever ordered it.
#[must_use]
pub fn end_users(leg: &Leg<'_>) -> EndUsers {
    let parties = leg.parties.unwrap_or_default();
    let told = leg.end_use.and_then(|it| it.end_user_known);
    let purposes = leg.end_use.and_then(|it| it.purposes.as_deref());
    let resold = purposes.is_some_and(|it| it.contains(&Purpose::Resale));
    let named = parties.iter().any(|it| it.role == Role::EndUser);
    let mut counts: Vec<bool> = parties
        .iter()
        .map(|it| {
            it.role == Role::EndUser
                || leg.activity.is_deemed() && it.role.is_released_person()
                || !named && recipient(leg.activity) == Some(it.role)
        })
        .collect();
    let received = counts.contains(&true);
    // Where no purpose was told it may be resale: then somebody else may be the end user as well.
    let may_be_resold = told.is_none() && purposes.is_none_or(<[_]>::is_empty);
    let mut unnamed = told == Some(false) && !leg.activity.is_deemed();
    let mut somebody_else = false;
    let consignees = [Role::UltimateConsignee, Role::Purchaser];
    let consignee = consignees.into_iter().find(|it| parties.iter().any(|party| party.role == *it));
    if !named && !unnamed {
        let last = parties.iter().zip(&mut counts).filter(|it| Some(it.0.role) == consignee);
        for (party, counts) in last {
            let passes_on = resold || party.sector.is_some_and(Sector::passes_items_on);
            *counts = !passes_on;
            somebody_else |= passes_on || may_be_resold;
        }
    }
    for place in 0..parties.len() {
        let again = parties.get(place).is_some_and(|party| {
            let uses = |it: &Party| it.role == Role::EndUser && is_entered_again(it, party);
            consignees.contains(&party.role) && parties.iter().any(uses)
        });
        if let Some(counts) = counts.get_mut(place) {
            *counts |= again;
        }
    }
    let bought = parties.iter().zip(&counts).any(|it| *it.1 && Some(it.0.role) == consignee);
    unnamed |= is_ordered(leg) && !named && !bought;
    // Where somebody receives the item by what is done, nobody is missing.
    unnamed |= !received && (somebody_else || !counts.contains(&true) || leg.activity.is_deemed());
    EndUsers { counts, unnamed }
}

/// Whether two entries, of which it is told what they are and where, are alike in everything but
/// their role.
pub(crate) fn is_entered_again(it: &Party, other: &Party) -> bool {
    (it.sector.is_some() && it.country.is_some())
        && (it.country, it.sector) == (other.country, other.sector)
        && it.name == other.name
        && Party { role: it.role, ..other.clone() } == *it
}

/// Whether an order for what is taken along was received before it leaves.
///
/// Source: 740.9(a).
fn is_ordered(leg: &Leg<'_>) -> bool {
    leg.activity == Activity::TemporaryExport
        && leg.temporary.and_then(|it| it.order_to_acquire) == Some(true)
}

/// The role that receives the item by what is done, where no party has the role of end user.
fn recipient(activity: Activity) -> Option<Role> {
    match activity {
        Activity::TemporaryExport => Some(Role::Traveler),
        Activity::StorageAbroad => Some(Role::StorageProvider),
        Activity::UsPersonSupport => Some(Role::Customer),
        Activity::Export
        | Activity::Reexport
        | Activity::TransferInCountry
        | Activity::DeemedExport
        | Activity::DeemedReexport
        | Activity::Transit => None,
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

/// Whether something is released to a party, where the activity is a release.
fn is_released_to(party: &Party) -> bool {
    party.role.is_released_person() || party.role == Role::EndUser
}

/// What is missing to know where a release goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReleaseGap {
    /// The citizenships and residencies of that party, or of the one after the last.
    Nationalities(usize),
    /// Since when that party has that one of several.
    Since(usize, usize),
}

/// What is missing to know where a release goes, nothing where everything was told.
///
/// A destination that was told stands for whoever has no citizenship or residency that was told; the
/// rulebook asks for them all the same. Who is no foreign person needs none.
///
/// Source: 734.13(b), 734.14(b), 734.18(a)(2).
pub fn release_gaps(
    parties: &[Party],
    told: Option<Country>,
) -> impl Iterator<Item = ReleaseGap> + '_ {
    let nobody = !parties.iter().any(is_released_to) && told.is_none();
    let persons = parties.iter().enumerate().filter(|it| is_released_to(it.1));
    let gaps = persons.filter_map(move |(place, person)| {
        let foreign = person.us_status.is_none_or(|it| it == UsStatus::ForeignPerson);
        match person.nationalities.as_deref() {
            None | Some([]) => {
                (foreign && told.is_none()).then_some(ReleaseGap::Nationalities(place))
            }
            Some(several) => {
                let undated = latest(several).contains(&Truth::Unknown);
                let since = several.iter().position(|it| it.since.is_none()).filter(|_| undated);
                since.map(|it| ReleaseGap::Since(place, it))
            }
        }
    });
    nobody.then_some(ReleaseGap::Nationalities(parties.len())).into_iter().chain(gaps)
}

/// The countries that a release may go to: the latest nationality of each person to whom something
/// is released, and what was told of the destination. Empty where that is unknown.
#[must_use]
pub fn released_to(parties: &[Party], told: Option<Country>) -> Vec<Country> {
    if release_gaps(parties, told).any(|it| matches!(it, ReleaseGap::Nationalities(_))) {
        return Vec::new();
    }
    let mut countries: Vec<Country> = told.into_iter().collect();
    let foreign = |it: &&Party| it.us_status.is_none_or(|it| it == UsStatus::ForeignPerson);
    for person in parties.iter().filter(|it| is_released_to(it)).filter(foreign) {
        let nationalities = person.nationalities.as_deref().unwrap_or_default();
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

/// Whether an address names a place in the parts of Ukraine of which some are covered by 746.6, or
/// the regions themselves: the oblasts of Donetsk and Luhansk are wider than those, so that it asks
/// for a look and settles nothing.
///
/// Source: 746.6(a)(1)-(2), 772.1.
#[must_use]
pub fn is_near_746_6(address: &str) -> bool {
    const NAMES: [&str; 31] = [
        "crimea",
        "krym",
        "krim",
        "sevastopol",
        "sebastopol",
        "simferopol",
        "kerch",
        "yalta",
        "feodosi",
        "yevpator",
        "evpator",
        "dzhanko",
        "donetsk",
        "donets'k",
        "donbas",
        "luhansk",
        "luhans'k",
        "lugansk",
        "mariupol",
        "крым",
        "крим",
        "севастопол",
        "ферополь",
        "керч",
        "ялта",
        "донецк",
        "донецьк",
        "донбас",
        "луганс",
        "мариупол",
        "маріупол",
    ];
    let address = address.to_lowercase();
    NAMES.iter().any(|it| address.contains(it))
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

/// Whether the owners show a "U.S. subsidiary": one owner in the United States with a majority, and
/// nobody elsewhere who holds one too, as the owner of that owner would. Open where the share of
/// somebody elsewhere cannot be found.
///
/// Source: 772.1, "U.S. subsidiary", as far as shares show it.
#[must_use]
pub fn us_majority(owners: &[Owner]) -> Truth {
    let here = |it: &Owner| it.country == Some(Country::us());
    let held_here = owners.iter().any(|it| here(it) && holds_more_than_half(it).is_true());
    let elsewhere = owners.iter().filter(|it| !here(it)).map(holds_more_than_half);
    Truth::from(held_here).and(elsewhere.fold(Truth::False, Truth::or).not())
}

/// Half of all shares, in thousandths of a percent.
const HALF: i64 = 50_000;

/// Whether an owner holds more than half; open where the share cannot be found.
pub(crate) fn holds_more_than_half(owner: &Owner) -> Truth {
    owner.percent.map(|it| it.thousandths() > HALF).into()
}

/// Whether a share is half or more.
pub(crate) fn is_half(share: Percent) -> bool {
    share.thousandths() >= HALF
}

#[cfg(test)]
mod tests;
