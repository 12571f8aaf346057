//! An entry of a list for a person: everything that the list says, one thing a line.

use screening::ListedParty;
use screening::party::{Address, Basis, CountryLink, DateSpan, NameRole, PartyKind};
use std::fmt::Write as _;

/// What a party is, in a word.
pub(crate) fn kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "person",
        PartyKind::Organization => "organization",
        PartyKind::Vessel => "vessel",
        PartyKind::Aircraft => "aircraft",
        PartyKind::Unknown => "unknown",
    }
}

/// How a country is connected, in a word.
pub(crate) fn link(link: CountryLink) -> &'static str {
    match link {
        CountryLink::Location => "location",
        CountryLink::Citizenship => "citizenship",
        CountryLink::Nationality => "nationality",
        CountryLink::Birth => "birth",
        CountryLink::Registration => "registration",
    }
}

/// What a name is to its party, in a word.
pub(crate) fn role(role: NameRole) -> &'static str {
    match role {
        NameRole::Primary => "primary",
        NameRole::Alias => "alias",
        NameRole::Former => "former",
    }
}

/// What an entry names, in a word.
pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Name => "name",
        Basis::Address => "address",
        Basis::HighDiversionAddress => "high-diversion-address",
    }
}

/// An address in one line.
pub(crate) fn address(it: &Address) -> String {
    let country = it.country.map(|it| it.to_string()).unwrap_or_default();
    let parts = [&it.text, &it.city, &it.region, &it.postal_code, &country];
    parts.into_iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// A day, or the days between which it lies.
pub(crate) fn span(it: &DateSpan) -> String {
    let circa = if it.circa { "circa " } else { "" };
    if it.earliest == it.latest {
        format!("{circa}{}", it.earliest)
    } else {
        format!("{circa}{} to {}", it.earliest, it.latest)
    }
}

/// The entry as lines.
pub(crate) fn text(party: &ListedParty) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut say = |what: &str, text: String| {
        if !text.is_empty() {
            lines.push((what.to_owned(), text));
        }
    };
    say("entry", format!("{} {}", party.list, party.id));
    say("type", kind(party.kind).to_owned());
    for name in &party.names {
        let weak = if name.weak { " (weak)" } else { "" };
        say(role(name.role), format!("{}{weak}", name.text));
    }
    if party.basis != Basis::Name {
        say("what is listed", basis(party.basis).replace('-', " "));
    }
    for it in &party.addresses {
        say("address", address(it));
    }
    for (of, country) in &party.countries {
        say(link(*of), country.to_string());
    }
    for it in &party.births {
        say("born", span(it));
    }
    for it in &party.birth_places {
        say("born in", it.clone());
    }
    for it in &party.ids {
        let country = it.country.map(|it| format!(" ({it})")).unwrap_or_default();
        say("id", format!("{} {}{country}", it.kind, it.number));
    }
    say("programs", party.programs.join(", "));
    say("license requirement", party.license_requirement.clone().unwrap_or_default());
    say("license policy", party.license_policy.clone().unwrap_or_default());
    say("notices", party.notices.join(", "));
    say("from", party.from.map(|it| it.to_string()).unwrap_or_default());
    say("until", party.until.map(|it| it.to_string()).unwrap_or_default());
    say("remarks", party.remarks.clone().unwrap_or_default());
    say("source", party.source_url.clone().unwrap_or_default());
    let widest = lines.iter().map(|it| it.0.len()).max().unwrap_or_default();
    lines.iter().fold(String::new(), |mut all, (what, text)| {
        // Writing to a string cannot fail.
        let _ = writeln!(all, "{what:>widest$}  {text}");
        all
    })
}
