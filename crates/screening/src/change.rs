//! What a new list changes, in people's words: who came, who went, and which of whose facts.

use crate::lists::{List, Source};
use crate::party::{Address, Basis, Coverage, DateSpan, ListedParty, NameRole, PartyName, Scope};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What changed in one list.
#[derive(Debug)]
pub struct ListChange<'a> {
    /// The code of the list.
    pub code: &'a str,
    /// Where it was from before; `None` where there was no such list.
    pub before: Option<&'a Source>,
    /// Where it is from now; `None` where it is gone.
    pub after: Option<&'a Source>,
    /// Entries that are new.
    pub added: Vec<&'a ListedParty>,
    /// Entries that are gone.
    pub removed: Vec<&'a ListedParty>,
    /// Entries that say something else.
    pub changed: Vec<EntryChange<'a>>,
}

/// What changed in one entry.
#[derive(Debug)]
pub struct EntryChange<'a> {
    /// As it was.
    pub before: &'a ListedParty,
    /// As it is.
    pub after: &'a ListedParty,
    /// The fields that differ, never none.
    pub fields: Vec<FieldChange>,
}

/// What changed in one field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldChange {
    /// The field, in words: `names`, `addresses`, `license requirement`.
    pub field: &'static str,
    /// Values that are gone.
    pub gone: Vec<String>,
    /// Values that are new.
    pub new: Vec<String>,
}

impl ListChange<'_> {
    /// Whether every entry is as it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares lists, list by list and entry by entry. Entries are the same where list and id are.
#[must_use]
pub fn changes<'a>(old: &'a [List], new: &'a [List]) -> Vec<ListChange<'a>> {
    let mut pairs: BTreeMap<&str, (Option<&List>, Option<&List>)> = BTreeMap::new();
    for list in old {
        pairs.entry(&list.source.code).or_default().0 = Some(list);
    }
    for list in new {
        pairs.entry(&list.source.code).or_default().1 = Some(list);
    }
    pairs.into_iter().map(|(code, (old, new))| list_change(code, old, new)).collect()
}

fn list_change<'a>(code: &'a str, old: Option<&'a List>, new: Option<&'a List>) -> ListChange<'a> {
    let by_id = |list: Option<&'a List>| -> BTreeMap<&'a str, &'a ListedParty> {
        list.into_iter().flat_map(|it| &it.parties).map(|it| (it.id.as_str(), it)).collect()
    };
    let (before, mut after) = (by_id(old), by_id(new));
    let mut change = ListChange {
        code,
        before: old.map(|it| &it.source),
        after: new.map(|it| &it.source),
        added: Vec::new(),
        removed: Vec::new(),
        changed: Vec::new(),
    };
    for (id, before) in before {
        match after.remove(id) {
            None => change.removed.push(before),
            Some(after) if before != after => {
                let fields = fields(before, after);
                change.changed.push(EntryChange { before, after, fields });
            }
            Some(_) => {}
        }
    }
    change.added = after.into_values().collect();
    change
}

/// The fields in which two entries differ.
#[must_use]
pub fn fields(before: &ListedParty, after: &ListedParty) -> Vec<FieldChange> {
    let (before, after) = (values(before), values(after));
    let pairs = before.into_iter().zip(after);
    let change =
        |((field, before), (_, after)): ((&'static str, Vec<String>), (_, Vec<String>))| {
            if before == after {
                return None;
            }
            let (old, new): (BTreeSet<&String>, BTreeSet<&String>) =
                (before.iter().collect(), after.iter().collect());
            // Where the same values stand in another order, all of them are shown.
            let same = old == new;
            let gone = before.iter().filter(|it| same || !new.contains(it)).cloned().collect();
            let new = after.iter().filter(|it| same || !old.contains(it)).cloned().collect();
            Some(FieldChange { field, gone, new })
        };
    pairs.filter_map(change).collect()
}

/// Every field of a party as words, always in the same order.
fn values(party: &ListedParty) -> Vec<(&'static str, Vec<String>)> {
    let one = |it: &Option<String>| it.iter().cloned().collect::<Vec<_>>();
    let shown = |it: Option<String>| it.into_iter().collect::<Vec<_>>();
    let countries = party.countries.iter().map(|it| format!("{:?} {}", it.0, it.1));
    let ids = party.ids.iter().map(|it| {
        let country = it.country.map_or_else(String::new, |it| format!(" ({it})"));
        format!("{} {}{country}", it.kind, it.number)
    });
    let basis = match party.basis {
        Basis::Name => None,
        Basis::Address => Some("an address".to_owned()),
        Basis::HighDiversionAddress => Some("an address of high diversion risk".to_owned()),
    };
    vec![
        ("names", party.names.iter().map(name).collect()),
        ("kind", vec![format!("{:?}", party.kind).to_lowercase()]),
        ("what is listed", shown(basis)),
        ("addresses", party.addresses.iter().map(address).collect()),
        ("countries", countries.collect()),
        ("born or built", party.births.iter().map(span).collect()),
        ("places of birth", party.birth_places.clone()),
        ("gender", shown(party.gender.map(|it| format!("{it:?}").to_lowercase()))),
        ("identifiers", ids.collect()),
        ("programs", party.programs.clone()),
        ("license requirement", one(&party.license_requirement)),
        ("license policy", one(&party.license_policy)),
        ("what was read of them", coverage(&party.coverage)),
        ("notices", party.notices.clone()),
        ("first day", shown(party.from.map(|it| it.to_string()))),
        ("first day after", shown(party.until.map(|it| it.to_string()))),
        ("remarks", one(&party.remarks)),
        ("source", one(&party.source_url)),
    ]
}

fn name(it: &PartyName) -> String {
    let role = match it.role {
        NameRole::Primary => "",
        NameRole::Alias if it.weak => " (weak alias)",
        NameRole::Alias => " (alias)",
        NameRole::Former => " (former)",
    };
    let parts =
        it.parts.as_ref().map_or_else(String::new, |it| format!(", family name {}", it.family));
    format!("{}{role}{parts}", it.text)
}

fn address(it: &Address) -> String {
    let country = it.country.map(|it| it.to_string()).unwrap_or_default();
    let parts = [&it.text, &it.city, &it.region, &it.postal_code, &country];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    parts.join(", ")
}

fn span(it: &DateSpan) -> String {
    let circa = if it.circa { "circa " } else { "" };
    if it.earliest == it.latest {
        return format!("{circa}{}", it.earliest);
    }
    format!("{circa}{} to {}", it.earliest, it.latest)
}

/// Different coverages have different words, also where they differ in what was not read.
fn coverage(it: &Coverage) -> Vec<String> {
    let scope = match &it.scope {
        None => "scope not read".to_owned(),
        Some(Scope::AllItems) => "all items".to_owned(),
        Some(Scope::CclItems) => "items on the Commerce Control List".to_owned(),
        Some(Scope::ListedItems(them)) => format!("items of {}", them.join(", ")),
    };
    let exceptions = match it.exceptions_allowed.as_deref() {
        None => "exceptions not read".to_owned(),
        Some([]) => "no exception left open".to_owned(),
        Some(them) => format!("{} may be used", them.join(", ")),
    };
    let footnotes = match it.footnotes.as_deref() {
        None => "footnotes not read".to_owned(),
        Some([]) => "no footnote".to_owned(),
        Some(them) => {
            let them: Vec<String> = them.iter().map(ToString::to_string).collect();
            format!("footnote {}", them.join(", "))
        }
    };
    let policy = it.review_policy.as_deref().unwrap_or("policy not read").replace('-', " ");
    vec![scope, exceptions, footnotes, policy]
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |them: &[String]| {
            them.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
        };
        match (self.gone.is_empty(), self.new.is_empty()) {
            (true, _) => write!(f, "{}: added {}", self.field, quoted(&self.new)),
            (_, true) => write!(f, "{}: removed {}", self.field, quoted(&self.gone)),
            _ => write!(f, "{}: {} became {}", self.field, quoted(&self.gone), quoted(&self.new)),
        }
    }
}

#[cfg(test)]
mod tests;
