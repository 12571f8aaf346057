//! What was asked about, in one line.

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

fn route(leg: &Leg<'_>) -> String {
    let activity = leg.activity.as_str().replace('-', " ");
    let from = leg.from.map(|it| format!(" from {it}")).unwrap_or_default();
    let to =
        leg.destination.map_or_else(|| " to an unknown place".to_owned(), |it| format!(" to {it}"));
    format!("{activity}{from}{to}")
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
