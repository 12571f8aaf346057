//! How much a list holds of what a search or the law rests on.
//!
//! A list may lose its aliases, its addresses or its license requirements and keep every entry: a
//! column is missing, or the file of aliases is cut off. Whoever is found by what was lost is then
//! on no list.

use screening::lists::List;

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Holdings {
    /// Entries.
    entries: u64,
    /// Names and aliases.
    names: u64,
    /// Addresses that say more than a country.
    addresses: u64,
    /// Numbers by which a party is known.
    identifiers: u64,
    /// Days of birth.
    births: u64,
    /// Entries with a license requirement.
    requirements: u64,
    /// Entries with a policy of review.
    policies: u64,
    /// Tags of programs.
    programs: u64,
}

impl Holdings {
    /// What a list holds.
    pub(crate) fn of(list: &List) -> Self {
        let mut all = Self { entries: list.parties.len() as u64, ..Self::default() };
        for it in &list.parties {
            all.names += it.names.len() as u64;
            let told = it.addresses.iter().filter(|it| !it.text.is_empty() || !it.city.is_empty());
            all.addresses += told.count() as u64;
            all.identifiers += it.ids.len() as u64;
            all.births += it.births.len() as u64;
            all.requirements += u64::from(it.license_requirement.is_some());
            all.policies += u64::from(it.license_policy.is_some());
            all.programs += it.programs.len() as u64;
        }
        all
    }

    /// So many entries of which nothing else is known.
    pub(crate) fn of_entries(entries: u64) -> Self {
        Self { entries, ..Self::default() }
    }

    /// Each with its name.
    pub(crate) fn each(self) -> [(&'static str, u64); 8] {
        [
            ("entries", self.entries),
            ("names", self.names),
            ("addresses", self.addresses),
            ("identifiers", self.identifiers),
            ("days of birth", self.births),
            ("license requirements", self.requirements),
            ("license policies", self.policies),
            ("program tags", self.programs),
        ]
    }

    /// Of each the most that one of two lists has.
    pub(crate) fn most(self, other: Self) -> Self {
        Self {
            entries: self.entries.max(other.entries),
            names: self.names.max(other.names),
            addresses: self.addresses.max(other.addresses),
            identifiers: self.identifiers.max(other.identifiers),
            births: self.births.max(other.births),
            requirements: self.requirements.max(other.requirements),
            policies: self.policies.max(other.policies),
            programs: self.programs.max(other.programs),
        }
    }

    /// All of them together.
    pub(crate) fn all(self) -> u64 {
        self.each().iter().map(|it| it.1).sum()
    }
}
