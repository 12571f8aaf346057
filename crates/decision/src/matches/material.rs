//! What a decision on a match rests on: the facts of both sides whose change reopens it.
//!
//! The facts are canonical, so that they are the same wherever they are put down; the order of names
//! and numbers, and how many spaces there are between words, do not matter. What only describes
//! (remarks, policies) is left out, and of the addresses of entries that name a party all but their
//! countries and whether the party's own agrees with them: that one moves says nothing, that it
//! moves in there does, and so does an entry that moves into another country.

use screening::ListedParty;
use screening::evidence::{self, Finding};
use screening::party::{Basis, NameRole};

/// What is known of the party that was searched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Subject {
    /// Its names; the order does not matter.
    pub names: Vec<String>,
    /// Its country, as a code.
    pub country: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// When it was born or founded, as it was told.
    pub born: Option<String>,
    /// Its numbers, each with what it is.
    pub ids: Vec<(String, String)>,
}

/// The material facts of a match, sorted.
#[must_use]
pub fn of(subject: &Subject, entry: &ListedParty) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut say = |what: &str, text: &str| lines.push(format!("{what} {}", plain(text)));
    for name in &subject.names {
        say("party name", name);
    }
    if let Some(country) = &subject.country {
        say("party country", country);
    }
    if let Some(born) = &subject.born {
        say("party born", born);
    }
    for (kind, number) in &subject.ids {
        say("party id", &format!("{kind} {number}"));
    }
    say("list", &entry.list);
    say("entry", &entry.id);
    for name in &entry.names {
        let role = match name.role {
            NameRole::Primary => "primary",
            NameRole::Alias => "alias",
            NameRole::Former => "former",
        };
        say("listed name", &format!("{role} {}", name.text));
    }
    for born in &entry.births {
        say("listed born", &format!("{} {} {}", born.earliest, born.latest, born.circa));
    }
    for id in &entry.ids {
        say("listed id", &format!("{} {}", id.kind, id.number));
    }
    let of_addresses = entry.addresses.iter().filter_map(|it| it.country.as_ref());
    for country in entry.countries.iter().map(|it| &it.1).chain(of_addresses) {
        say("listed country", country.as_str());
    }
    for day in [entry.from, entry.until].into_iter().flatten() {
        say("listed day", &day.to_string());
    }
    match entry.basis {
        Basis::Name => {
            if let Some(address) = &subject.address
                && evidence::address(address, entry) == Finding::Agrees
            {
                say("address", "agrees");
            }
        }
        // Of such an entry the address is what is listed.
        Basis::Address | Basis::HighDiversionAddress => {
            if let Some(address) = &subject.address {
                say("party address", address);
            }
            for address in &entry.addresses {
                say("listed address", &format!("{} {}", address.text, address.city));
            }
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

/// Without what is only typography: case, and spaces.
pub(super) fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
