//! Listed parties for the benchmarks.

use screening::party::{ListedParty, NameRole, PartyKind, PartyName};

/// The parties of a Consolidated Screening List in its compact JSON.
pub(crate) fn read(file: &str) -> Vec<ListedParty> {
    let text = std::fs::read_to_string(file).expect("a file");
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entries = list["entries"].as_array().expect("entries");
    entries
        .iter()
        .map(|entry| {
            let kind = match entry["t"].as_str() {
                Some("Individual") => PartyKind::Person,
                Some("Entity") => PartyKind::Organization,
                Some("Vessel") => PartyKind::Vessel,
                Some("Aircraft") => PartyKind::Aircraft,
                _ => PartyKind::Unknown,
            };
            let aliases = entry["a"].as_array().map(Vec::as_slice).unwrap_or_default();
            let names = std::iter::once(&entry["n"]).chain(aliases).filter_map(|it| it.as_str());
            let names = names
                .map(|it| PartyName {
                    text: it.to_owned(),
                    role: NameRole::Primary,
                    weak: false,
                    parts: None,
                })
                .collect();
            ListedParty { kind, names, ..ListedParty::default() }
        })
        .collect()
}
