//! Lists of one code that came from several files become one list.
//!
//! Two files may be parts of a list (statutory and administrative debarments) or the list twice
//! (the Consolidated Screening List beside OFAC's own). Entries of one number are one entry, and
//! the younger file has it; nothing is lost either way.

use super::{Extent, List};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Joins lists of the same code, in the order of codes.
pub(super) fn join(lists: Vec<List>) -> Vec<List> {
    let mut joined: BTreeMap<String, List> = BTreeMap::new();
    for list in lists {
        let joined_list = match joined.remove(&list.source.code) {
            Some(first) => two(first, list),
            None => list,
        };
        joined.insert(joined_list.source.code.clone(), joined_list);
    }
    joined.into_values().collect()
}

fn two(first: List, second: List) -> List {
    // An unstated day is the older one: such a file may be of any age.
    let age = |it: &List| it.source.date.filter(|_| it.source.dated);
    let (older, younger) =
        if age(&first) <= age(&second) { (first, second) } else { (second, first) };
    let (a, b) = (older.source, younger.source);
    let mut parties = BTreeMap::new();
    for party in older.parties.into_iter().chain(younger.parties) {
        parties.insert(party.id.clone(), party);
    }
    let mut source = b.clone();
    // The list is as old as its older part.
    source.date = a.date;
    source.dated = a.dated && b.dated;
    source.file = format!("{} and {}", a.file, b.file);
    source.digest = Sha256::new().chain_update(a.digest).chain_update(b.digest).finalize().into();
    source.lost = a.lost.saturating_add(b.lost);
    source.extent = match (a.extent, b.extent) {
        (Extent::Excerpt, Extent::Excerpt) => Extent::Excerpt,
        (Extent::Whole, _) | (_, Extent::Whole) => Extent::Whole,
    };
    source.note = a.note.or(b.note).filter(|_| source.extent == Extent::Excerpt);
    List { source, parties: parties.into_values().collect() }
}
