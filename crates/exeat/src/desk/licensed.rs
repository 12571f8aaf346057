//! Licenses: what one must cover for a transaction, and how much of it other cases have drawn.

use super::fault::Fault;
use super::judged::Deciding;
use crate::api::failure::Failure;
use decision::matches::Decision;
use decision::transaction::Transaction;
use decision::transaction::circumstance::Document;
use decision::transaction::party::Party;
use decision::transaction::role::Role;
use decision::transaction::values::Amount;
use decision::{Determination, Outcome, Workspace};
use jiff::Timestamp;
use store::case::coverage::{BIS, Drawn, NeededItem, NeededParty, OFAC};
use store::case::{CASE, Case, Needed, row};
use store::{Cursor, Digest, KeyWrite, Kind, Order, Store, StreamId, ViewQuery};

/// Releases on a license, each under a number: two at the same moment cannot have the same one.
const RELEASED: Kind = Kind::of("license-released");

/// What an authorization must cover, so that a transaction may go where the answer requires one.
///
/// # Errors
///
/// As [`Deciding::knowing`].
pub(super) fn needed(
    deciding: Deciding<'_, '_>,
    determination: &Determination<'_>,
    store: &dyn Store,
    pending: &[Decision],
) -> Result<Needed, Failure> {
    let transaction = deciding.transaction;
    let mut agencies = vec![BIS.to_owned()];
    if determination.outcome == Outcome::LicenseRequired
        && ofac_is_enough(deciding, store, pending)?
    {
        agencies.push(OFAC.to_owned());
    }
    let legs = transaction.legs();
    let destinations = legs.iter().filter_map(|it| it.destination);
    let mut parties: Vec<NeededParty> = Vec::new();
    for it in legs.iter().flat_map(|it| it.parties.unwrap_or_default()).flat_map(in_a_license) {
        if !parties.contains(&it) {
            parties.push(it);
        }
    }
    Ok(Needed {
        agencies,
        destinations: destinations.map(|it| it.to_string()).collect(),
        items: items(transaction, determination),
        parties,
    })
}

/// Whether the rulebook lets the authorization of OFAC take the place of that of BIS: the answer
/// for somebody who holds one.
fn ofac_is_enough(
    deciding: Deciding<'_, '_>,
    store: &dyn Store,
    pending: &[Decision],
) -> Result<bool, Failure> {
    let mut transaction: Transaction = deciding.transaction.clone();
    transaction.documents_held.get_or_insert_default().push(Document::OfacAuthorization);
    for leg in transaction.legs.iter_mut().flatten() {
        if let Some(held) = &mut leg.documents_held {
            held.push(Document::OfacAuthorization);
        }
    }
    let deciding = Deciding { transaction: &transaction, ..deciding };
    let decided = deciding.knowing(&mut Workspace::default(), store, pending)?;
    Ok(decided.determination.outcome.is_permissive())
}

/// The lines that need a license; all, where the answer is not about lines.
fn items(transaction: &Transaction, determination: &Determination<'_>) -> Vec<NeededItem> {
    let strict = |it: Outcome| it >= Outcome::LicenseRequired;
    let any = determination.items.iter().any(|it| strict(it.outcome));
    let lines = determination.items.iter().filter(|it| !any || strict(it.outcome));
    let given = transaction.items.as_deref().unwrap_or_default();
    let needed = lines.map(|it| NeededItem {
        eccn: it.eccn.clone(),
        quantity: given.get(it.index).and_then(|it| it.quantity).map(Amount::thousandths),
        value: given.get(it.index).and_then(|it| it.value_usd).map(Amount::thousandths),
    });
    needed.collect()
}

/// The party and whom it acts for, where a license names such parties.
///
/// Source: 15 CFR 748.5: purchaser, intermediate and ultimate consignee, end user; in a release
/// the person to whom it is made.
fn in_a_license(party: &Party) -> Vec<NeededParty> {
    match party.role {
        Role::Seller | Role::Applicant | Role::Transferor | Role::Carrier | Role::Bank => {
            return Vec::new();
        }
        Role::Purchaser
        | Role::IntermediateConsignee
        | Role::UltimateConsignee
        | Role::EndUser
        | Role::Broker
        | Role::Employee
        | Role::Contractor
        | Role::Student
        | Role::Visitor
        | Role::Traveler
        | Role::Customer
        | Role::StorageProvider
        | Role::ServiceProvider
        | Role::Other => {}
    }
    let aliases = party.aliases.iter().flatten();
    let itself = NeededParty {
        role: party.role.to_string(),
        names: party.name.iter().chain(aliases).cloned().collect(),
    };
    let principal = party
        .acts_for
        .as_ref()
        .and_then(|it| it.name.clone())
        .map(|name| NeededParty { role: "principal".to_owned(), names: vec![name] });
    std::iter::once(itself).chain(principal).collect()
}

/// What other cases have drawn on the authorizations of one, and what is written along with a
/// release, so that of two at the same moment one is refused.
///
/// # Errors
///
/// Where the records cannot be read.
pub(super) fn drawn(
    store: &dyn Store,
    id: &str,
    case: &Case,
    now: Timestamp,
) -> Result<(Vec<Drawn>, Vec<KeyWrite>), Fault> {
    let (mut all, mut keys) = (Vec::new(), Vec::new());
    for held in case.authorizations.iter().map(|it| &it.granted) {
        if held.quantity.is_none() && held.value_usd.is_none() {
            continue;
        }
        let mut sum = Drawn { number: held.number.clone(), ..Drawn::default() };
        for it in others(store, id, &held.number)? {
            if let Some(it) = it.drawn(&held.number) {
                sum.quantity = sum.quantity.saturating_add(it.quantity);
                sum.value = sum.value.saturating_add(it.value);
            }
        }
        all.push(sum);
        keys.push(next_release(store, &held.number, now)?.if_absent(now));
    }
    Ok((all, keys))
}

/// The other cases in which an authorization was recorded.
fn others(store: &dyn Store, id: &str, number: &str) -> Result<Vec<Case>, Fault> {
    let mut found = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let labels = vec![row::held(number)];
        let order = Order::Oldest;
        let page =
            store.views(&ViewQuery { labels, order, after, limit: 500, ..ViewQuery::of(CASE) })?;
        for row in page.rows.iter().filter(|it| it.stream.id != id) {
            found.push(Case::fold(&store.stream(&StreamId::new(CASE, &*row.stream.id), 0)?)?);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(found),
        }
    }
}

/// The key that the next release on an authorization writes.
fn next_release(store: &dyn Store, number: &str, now: Timestamp) -> Result<KeyWrite, Fault> {
    let name = Digest::of(number.as_bytes()).to_string();
    let (mut last, mut count) = (format!("{name}:"), 0_u64);
    loop {
        let keys = store.keys(&RELEASED, &last, 500, now)?;
        let own: Vec<_> = keys.into_iter().filter(|it| it.key.starts_with(&name)).collect();
        count += own.len() as u64;
        match own.last() {
            Some(it) => last.clone_from(&it.key),
            None => return Ok(KeyWrite::put(RELEASED, format!("{name}:{count:012}"), [], None)),
        }
    }
}
