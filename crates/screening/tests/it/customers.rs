//! Between two real states of the lists, the index of customers against screening everybody.

use crate::shared::import;
use screening::change::changes;
use screening::customers::{Builder, Customer, Customers, Sought};
use screening::party::ListedParty;
use screening::{Index, Query, Screener, Settings, Workspace, index};
use std::collections::BTreeSet;

/// Entries that came, went or changed from 2022 to 2026, a few of each.
fn changed() -> Option<(Vec<ListedParty>, Vec<ListedParty>)> {
    let old = import(&["us-csl/consolidated-2022-04-21.csv"])?;
    let new = import(&["us-csl/csl-2026-07-31.reconstructed.csv.zst"])?;
    let changes = changes(&old.lists, &new.lists);
    let some = |them: Vec<&ListedParty>| -> Vec<ListedParty> {
        them.into_iter().step_by(211).cloned().collect()
    };
    let both = || changes.iter().flat_map(|it| &it.changed);
    let gone = changes.iter().flat_map(|it| &it.removed).copied();
    let added = changes.iter().flat_map(|it| &it.added).copied();
    let before = some(gone.chain(both().map(|it| it.before)).collect());
    let after = some(added.chain(both().map(|it| it.after)).collect());
    Some((before, after))
}

/// Somebody of this name, some of them with a slip, without a word, or with a word more.
fn customer(party: &ListedParty, number: usize) -> Query {
    let at = number % party.names.len().max(1);
    let mut name = party.names.get(at).map_or_else(String::new, |it| it.text.clone());
    let place = name.char_indices().map(|it| it.0).nth(number % 11);
    match (number % 5, place) {
        (1, Some(place)) => {
            name.remove(place);
        }
        (2, Some(place)) => name.insert(place, 'e'),
        (3, _) => name = name.rsplit_once(' ').map_or(name.clone(), |it| it.0.to_owned()),
        (4, _) => name.push_str(" Holding Ltd"),
        _ => {}
    }
    let kind = if number.is_multiple_of(3) { Query::default().kind } else { party.kind };
    let countries = party.countries.iter().map(|it| it.1).take(number % 2).collect();
    let ids = party.ids.iter().take(usize::from(number.is_multiple_of(4))).cloned().collect();
    let born = party.births.first().copied().filter(|_| number % 2 == 1);
    Query { countries, ids, born, ..Query::by_name(&name, kind) }
}

#[test]
fn whoever_a_change_of_the_real_lists_concerns_comes_up() {
    let Some((before, after)) = changed() else { return };
    let customers: Vec<Query> = before
        .iter()
        .chain(&after)
        .flat_map(|it| (0..6).map(move |number| customer(it, number + it.names.len())))
        .collect();
    assert!(customers.len() > 500, "{}", customers.len());
    let mut builder = Builder::default();
    for (place, query) in (0u32..).zip(&customers) {
        builder.add(place, Customer::of(query));
    }
    let bytes = builder.finish();
    let kept = Customers::read(&bytes).expect("an index");
    let settings = Settings::default();
    let (mut workspace, mut found) = (Workspace::default(), Vec::new());
    for it in Sought::of(before.iter().chain(&after)) {
        kept.sought(&it, &settings, &mut workspace, &mut found);
    }
    let found: BTreeSet<u32> = found.into_iter().collect();
    let mut hits = 0;
    for parties in [&before, &after] {
        let bytes = index::build(parties);
        let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
        let mut workspace = Workspace::default();
        for (place, query) in (0u32..).zip(&customers) {
            if !screener.screen(query, &mut workspace).is_empty() {
                hits += 1;
                assert!(found.contains(&place), "{query:?}");
            }
        }
    }
    assert!(hits > 300, "{hits}");
}
