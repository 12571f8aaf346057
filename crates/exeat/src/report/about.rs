//! What was asked about, in one line.

use decision::derivations::released_to;
use decision::transaction::{Leg, Role, Transaction};

/// Such as `intrusion framework (4D004), export from US to VN, for Example Bank`.
pub(crate) fn line(transaction: &Transaction) -> String {
    let items: Vec<String> = transaction
        .items
        .iter()
        .flatten()
        .map(|it| match (&it.name, &it.eccn) {
            (Some(name), Some(eccn)) => format!("{name} ({eccn})"),
            (Some(name), None) => name.clone(),
            (None, Some(eccn)) => eccn.to_string(),
            (None, None) => "an item not classified".to_owned(),
        })
        .collect();
    let mut parts =
        vec![if items.is_empty() { "no item named".to_owned() } else { items.join(", ") }];
    match transaction.legs().as_slice() {
        [leg] => {
            parts.push(route(leg));
            parts.extend(users(leg));
        }
        legs => parts.push(format!("{} legs: {}", legs.len(), chain(legs))),
    }
    parts.join(", ")
}

/// Such as `intrusion framework (4D004, object-code), export from US, for Example Bank (bank)`: the
/// item and the user wherever they are.
pub(crate) fn at_hand(transaction: &Transaction) -> String {
    let items = transaction.items.iter().flatten().map(|it| {
        let kind = it.eccn.as_ref().map_or("not classified".to_owned(), ToString::to_string);
        let kind = it.form.map_or(kind.clone(), |form| format!("{kind}, {form}"));
        it.name.as_ref().map_or(kind.clone(), |name| format!("{name} ({kind})"))
    });
    let mut parts: Vec<String> = items.collect();
    if let Some(leg) = transaction.legs().last() {
        let activity = leg.activity.as_str().replace('-', " ");
        parts.push(leg.from.map_or(activity.clone(), |it| format!("{activity} from {it}")));
        let parties = leg.parties.unwrap_or_default();
        let user = [Role::EndUser, Role::UltimateConsignee, Role::Purchaser, Role::Employee]
            .iter()
            .find_map(|role| parties.iter().find(|it| it.role == *role));
        parts.extend(user.map(|it| {
            let sector = it.sector.map(|it| it.as_str().replace('-', " "));
            match (it.name.as_deref(), sector.as_deref()) {
                (Some(name), Some(sector)) => format!("for {name} ({sector})"),
                (Some(it), None) | (None, Some(it)) => format!("for {it}"),
                (None, None) => format!("for one {}", it.role.as_str().replace('-', " ")),
            }
        }));
    }
    parts.join(", ")
}

fn route(leg: &Leg<'_>) -> String {
    let activity = leg.activity.as_str().replace('-', " ");
    let from = leg.from.map(|it| format!(" from {it}")).unwrap_or_default();
    let to = leg.destination.map_or_else(|| nationals(leg), |it| format!(" to {it}"));
    format!("{activity}{from}{to}")
}

/// Where a leg without a destination goes: a release goes to the country of the latest
/// nationality.
fn nationals(leg: &Leg<'_>) -> String {
    let mut countries = if leg.activity.is_deemed() {
        released_to(leg.parties.unwrap_or_default(), None)
    } else {
        Vec::new()
    };
    countries.sort_unstable();
    countries.dedup();
    if countries.is_empty() {
        return " to an unknown place".to_owned();
    }
    let countries: Vec<String> = countries.iter().map(ToString::to_string).collect();
    format!(" to a national of {}", countries.join(" or "))
}

fn chain(legs: &[Leg<'_>]) -> String {
    let place = |it: Option<decision::Country>| it.map_or("?".to_owned(), |it| it.to_string());
    let mut places: Vec<String> = legs.first().map(|it| place(it.from)).into_iter().collect();
    places.extend(legs.iter().map(|it| place(it.destination)));
    places.join(" → ")
}

fn users(leg: &Leg<'_>) -> Option<String> {
    let parties = leg.parties.unwrap_or_default().iter();
    let names: Vec<&str> =
        parties.filter(|it| it.role == Role::EndUser).filter_map(|it| it.name.as_deref()).collect();
    (!names.is_empty()).then(|| format!("for {}", names.join(", ")))
}
