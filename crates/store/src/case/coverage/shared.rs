//! Several authorizations that share what needs one.
//!
//! Each part must be covered by one of them as a whole. Those who receive it side by side (several end
//! users, ultimate consignees, or persons of a release) may stand in different authorizations;
//! everybody else through whose hands it goes stands in each that is used. Of a limit that an
//! authorization has, each line of which it covers a part takes all it takes. Destinations are never
//! divided: the legs of a chain are one movement.

use super::{Drawn, Needed, NeededItem, NeededParty, beside_amounts, beyond_amounts};
use crate::case::authorization::Authorization;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Roles of which several receive side by side.
const SIDE_BY_SIDE: [&str; 6] =
    ["end-user", "ultimate-consignee", "employee", "contractor", "student", "visitor"];
/// So many parts are looked at; what has more is for a person to split.
const MOST: usize = 256;
/// So many ways to share are tried, so that the answer is the same everywhere.
const TRIED: usize = 20_000;

/// A line, for one of those who receive side by side.
struct Part {
    /// The place of the line.
    line: usize,
    /// What must be covered as a whole.
    needed: Needed,
    /// The authorizations that cover it but for amounts, by place.
    by: Vec<usize>,
}

/// Why these authorizations together do not cover what is needed; `None` where they do.
pub(super) fn lack(
    live: &[&Authorization],
    needed: &Needed,
    day: Date,
    drawn: &[Drawn],
) -> Option<String> {
    let recipients = recipients(&needed.parties);
    let Some(recipients) = recipients.filter(|it| it.len() * needed.items.len() <= MOST) else {
        return Some("it has too many parts to be shared by authorizations".to_owned());
    };
    let mut parts = Vec::new();
    for (line, item) in needed.items.iter().enumerate() {
        for parties in &recipients {
            let of_part = Needed {
                items: vec![item.clone()],
                parties: parties.iter().map(|it| (*it).clone()).collect(),
                ..needed.clone()
            };
            let covers = |it: &&Authorization| beside_amounts(it, &of_part, day).is_empty();
            let by: Vec<usize> = (0..).zip(live).filter(|it| covers(it.1)).map(|it| it.0).collect();
            if by.is_empty() {
                return Some(format!("nor does any cover {} as a whole", said(item, parties)));
            }
            parts.push(Part { line, needed: of_part, by });
        }
    }
    if parts.is_empty() {
        return Some("nor do all together: no line needs one".to_owned());
    }
    let mut sharing = Sharing { live, drawn, parts: &parts, tried: 0, taken: BTreeMap::new() };
    (!sharing.goes(0)).then(|| "nor is enough left of all of them together".to_owned())
}

/// Everybody who takes part, once for each choice among those who receive side by side; `None` where
/// there are too many choices.
fn recipients(parties: &[NeededParty]) -> Option<Vec<Vec<&NeededParty>>> {
    let mut all: Vec<Vec<&NeededParty>> = vec![Vec::new()];
    let mut seen = BTreeSet::new();
    for party in parties {
        let is_choice = SIDE_BY_SIDE.contains(&party.role.as_str());
        if !is_choice {
            for it in &mut all {
                it.push(party);
            }
        } else if seen.insert(party.role.as_str()) {
            let alike: Vec<&NeededParty> =
                parties.iter().filter(|it| it.role == party.role).collect();
            let mut longer = Vec::new();
            for chosen in &all {
                for one in &alike {
                    let mut chosen = chosen.clone();
                    chosen.push(*one);
                    longer.push(chosen);
                }
            }
            all = longer;
            if all.len() > MOST {
                return None;
            }
        }
    }
    Some(all)
}

/// A part in a few words.
fn said(item: &NeededItem, parties: &[&NeededParty]) -> String {
    let names: Vec<String> = parties
        .iter()
        .map(|it| it.names.first().map_or_else(|| format!("an unnamed {}", it.role), Clone::clone))
        .collect();
    let eccn = item.eccn.as_deref().unwrap_or("an item without an ECCN");
    if names.is_empty() { eccn.to_owned() } else { format!("{eccn} for {}", names.join(" and ")) }
}

/// The search for a way to share that no limit forbids.
struct Sharing<'a> {
    live: &'a [&'a Authorization],
    drawn: &'a [Drawn],
    parts: &'a [Part],
    tried: usize,
    /// For each authorization the lines of which it covers a part, and of how many.
    taken: BTreeMap<usize, BTreeMap<usize, usize>>,
}

impl Sharing<'_> {
    /// Whether the parts from this one on can be shared.
    fn goes(&mut self, place: usize) -> bool {
        let Some(part) = self.parts.get(place) else { return true };
        for by in &part.by {
            self.tried += 1;
            if self.tried > TRIED {
                return false;
            }
            *self.taken.entry(*by).or_default().entry(part.line).or_default() += 1;
            if self.is_left(*by) && self.goes(place + 1) {
                return true;
            }
            self.give_back(*by, part.line);
        }
        false
    }

    /// Whether enough is left of an authorization for the lines that it takes.
    fn is_left(&self, by: usize) -> bool {
        let Some(it) = self.live.get(by) else { return false };
        let lines = self.taken.get(&by).into_iter().flatten().map(|it| *it.0);
        let items: Vec<NeededItem> = lines
            .filter_map(|line| self.parts.iter().find(|it| it.line == line))
            .flat_map(|it| it.needed.items.iter().cloned())
            .collect();
        beyond_amounts(&it.granted, &items, self.drawn).is_empty()
    }

    fn give_back(&mut self, by: usize, line: usize) {
        if let Some(lines) = self.taken.get_mut(&by)
            && let Some(count) = lines.get_mut(&line)
        {
            *count -= 1;
            if *count == 0 {
                lines.remove(&line);
            }
        }
    }
}

#[cfg(test)]
mod tests;
