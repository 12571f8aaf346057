//! Numbers for entries whose list gives them none.
//!
//! Such a number is made from the list and the name alone, so that an entry that is moved, amended
//! or published in another format keeps it. Entries that share a name are told apart by a count,
//! in the order of their dates and addresses. A number says nothing of the name: it may stand in a
//! log.

use crate::party::ListedParty;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Gives every party a number, no two the same, and sorts by it.
pub(super) fn settle(parties: &mut [ListedParty]) {
    for party in parties.iter_mut().filter(|it| it.id.is_empty()) {
        party.id = made(party);
    }
    parties.sort_by(|a, b| (&a.id, key(a)).cmp(&(&b.id, key(b))));
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for party in parties.iter_mut() {
        let count = seen.entry(party.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let _ = write!(party.id, "-{count}");
        }
    }
    parties.sort_by(|a, b| a.id.cmp(&b.id));
}

fn made(party: &ListedParty) -> String {
    let mut hasher = Sha256::new();
    hasher.update(party.list.as_bytes());
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let name = party.names.first().map_or("", |it| it.text.as_str());
    for word in words(name) {
        hasher.update(b"\0");
        hasher.update(word.as_bytes());
    }
    let mut id = format!("{}-", party.list);
    for byte in hasher.finalize().iter().take(6) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// What tells entries of one name apart.
fn key(party: &ListedParty) -> impl Ord + use<'_> {
    let places: Vec<_> =
        party.addresses.iter().map(|it| (&it.country, &it.city, &it.text)).collect();
    (party.from, party.until, &party.notices, places, &party.remarks)
}
