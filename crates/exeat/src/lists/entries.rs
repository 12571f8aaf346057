//! Entries in which a text stands: in a name, an address, a number, a program or a remark.

use super::open::Lists;
use crate::report::listed::address;
use crate::trouble::Trouble;
use screening::ListedParty;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// The entries, in the order of the lists.
    pub(crate) found: Vec<ListedParty>,
    /// How many more there are.
    pub(crate) more: u64,
}

impl Entries {
    /// The entries in which a text stands, whatever its case; only of one list where it is named.
    ///
    /// # Errors
    ///
    /// Where the snapshot is damaged.
    pub(crate) fn of(
        lists: &Lists,
        text: &str,
        list: Option<&str>,
        limit: usize,
    ) -> Result<Self, Trouble> {
        let wanted = text.to_lowercase();
        let mut entries = Self::default();
        for party in lists.snapshot.parties() {
            let party = party.map_err(|error| Trouble::new(error.to_string()))?;
            let in_list = list.is_none_or(|it| it.eq_ignore_ascii_case(&party.list));
            if !in_list || !stands_in(&party, &wanted) {
                continue;
            }
            if entries.found.len() < limit {
                entries.found.push(party);
            } else {
                entries.more += 1;
            }
        }
        Ok(entries)
    }
}

fn stands_in(party: &ListedParty, wanted: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    has(&party.id)
        || party.names.iter().any(|it| has(&it.text))
        || party.addresses.iter().any(|it| has(&address(it)))
        || party.ids.iter().any(|it| has(&it.number))
        || party.programs.iter().any(|it| has(it))
        || party.notices.iter().any(|it| has(it))
        || party.remarks.as_deref().is_some_and(has)
}
