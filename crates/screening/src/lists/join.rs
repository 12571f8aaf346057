//! Lists of one code that came from several files become one list.
//!
//! Two files may be parts of a list (statutory and administrative debarments) or the list twice
//! (the Consolidated Screening List beside OFAC's own). Entries of one number are one entry, and
//! the younger file has it, with the names that only the older one gave: a name too many is a
//! match to look at, a name too few is one that is missed.

use super::{Extent, List, names};
use crate::party::{ListedParty, NameRole, PartyName};
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
    // An unstated day is the older one: such a file may be of any age. An excerpt is older still.
    let age =
        |it: &List| (it.source.extent == Extent::Whole, it.source.date.filter(|_| it.source.dated));
    let (older, younger) =
        if age(&first) <= age(&second) { (first, second) } else { (second, first) };
    let (a, b) = (older.source, younger.source);
    let mut parties: BTreeMap<String, ListedParty> = BTreeMap::new();
    for party in younger.parties.into_iter().chain(older.parties) {
        match parties.get_mut(&party.id) {
            Some(known) => {
                for name in party.names {
                    let role = match name.role {
                        NameRole::Primary | NameRole::Alias => NameRole::Alias,
                        NameRole::Former => NameRole::Former,
                    };
                    names::push(&mut known.names, PartyName { role, ..name });
                }
            }
            None => {
                parties.insert(party.id.clone(), party);
            }
        }
    }
    let mut source = b.clone();
    // The list is as old as its older part.
    source.date = [a.date, b.date].into_iter().flatten().min();
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
