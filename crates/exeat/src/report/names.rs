//! What things are called: `parties[0]` by its name or its role, as a person would.

use decision::transaction::{Party, Transaction};

/// Replaces the places of things by what they are called.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<(String, String)>);

impl Names {
    /// The names in a transaction. What has no name keeps its place.
    pub(crate) fn of(transaction: &Transaction) -> Self {
        let mut names = Vec::new();
        let items = transaction.items.as_deref().unwrap_or_default();
        for (place, item) in items.iter().enumerate() {
            let alone = items.len() == 1;
            let name = item.name.clone().filter(|_| !alone);
            let name = if alone { Some("the item".to_owned()) } else { name };
            names.extend(name.map(|it| (format!("items[{place}]"), it)));
        }
        let legs = transaction.legs();
        for leg in &legs {
            let inside = leg.place.map(|it| format!("legs[{it}].")).unwrap_or_default();
            names.extend(leg.place.map(|it| (format!("legs[{it}]"), format!("leg {}", it + 1))));
            let parties = leg.parties.unwrap_or_default();
            for (place, party) in parties.iter().enumerate() {
                let name = name(party, parties);
                names.push((format!("{inside}parties[{place}]"), name.clone()));
                names.push((format!("parties[{place}]"), name));
            }
            let ghost = parties.len();
            names.push((format!("{inside}parties[{ghost}]"), "the unnamed end user".to_owned()));
        }
        // The longest place first, so that `legs[0]` leaves `legs[0].parties[0]` alone.
        names.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
        Self(names)
    }

    /// What a thing is called.
    pub(crate) fn subject<'a>(&'a self, place: &'a str) -> &'a str {
        self.0.iter().find(|(it, _)| it == place).map_or(place, |(_, name)| name)
    }

    /// Facts such as `parties[0].sector = police`, each with whether the test of it held, as
    /// `Dubai Police: sector police, government of AE`.
    pub(crate) fn facts(&self, facts: &[(&str, bool)]) -> String {
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for (fact, held) in facts {
            let (subject, words) = self.fact(fact, *held);
            match groups.iter_mut().find(|it| it.0 == subject) {
                Some((_, group)) => group.push(words),
                None => groups.push((subject, vec![words])),
            }
        }
        let groups: Vec<String> = groups
            .into_iter()
            .map(|(subject, words)| match subject {
                "" => words.join(", "),
                subject => format!("{subject}: {}", words.join(", ")),
            })
            .collect();
        groups.join("; ")
    }

    /// What a fact is said of, and what is said.
    fn fact<'a>(&'a self, fact: &str, held: bool) -> (&'a str, String) {
        let (path, value) = fact.split_once(" = ").unwrap_or((fact, ""));
        let known = self.0.iter().find_map(|(place, name)| {
            Some((name.as_str(), path.strip_prefix(place.as_str())?.strip_prefix('.')?))
        });
        let (subject, field) = known.unwrap_or(("", path));
        let field = field.rsplit('.').next().unwrap_or(field).replace(['_', '-'], " ");
        let words = match (value, value.split_once(", ")) {
            ("" | "yes", _) => field,
            ("no", _) => format!("not {field}"),
            // The words of the table of entries are the rulebook's own.
            (_, Some((code, _))) if field == "eccn" => code.to_owned(),
            (code, None) if field == "eccn" => code.to_owned(),
            (_, Some((code, column))) if held => format!("{field} {code} ({})", short(column)),
            (_, Some((code, column))) => format!("{field} {code} (not {})", short(column)),
            (value, None) => format!("{field} {value}"),
        };
        (subject, words)
    }
}

fn name(party: &Party, all: &[Party]) -> String {
    let role = party.role.as_str().replace('-', " ");
    match &party.name {
        Some(name) => name.clone(),
        None if all.iter().filter(|it| it.role == party.role).count() == 1 => format!("the {role}"),
        None => format!("a {role}"),
    }
}

/// A long row of alternatives, cut where the point is made.
fn short(value: &str) -> String {
    const ALTERNATIVES: usize = 5;
    let parts: Vec<&str> = value.split(" or ").collect();
    match parts.get(..ALTERNATIVES) {
        Some(first) if parts.len() > ALTERNATIVES => format!("{} or …", first.join(" or ")),
        Some(_) | None => value.to_owned(),
    }
}
