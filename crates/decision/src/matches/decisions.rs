//! What people decided about matches, and whether it still holds.
//!
//! A decision holds for one party and one entry, as long as what it rested on is the same on both
//! sides, and until its own last day. Of several about the same, the last one counts.

use super::material::{self, Subject};
use super::{Decided, Verdict};
use jiff::civil::Date;
use screening::ListedParty;
use std::collections::BTreeMap;

/// A decision on one match.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decision {
    /// The party's name.
    pub party: String,
    /// The list of the entry.
    pub list: String,
    /// The entry's number in the list.
    pub entry: String,
    /// Whether they are the same.
    pub same: bool,
    /// By whom and why.
    pub decided: Decided,
    /// The material facts that were decided upon, as [`material::of`] gives them.
    pub rests_on: Vec<String>,
}

/// Decisions, to be asked about matches.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions(BTreeMap<(String, String, String), Vec<Decision>>);

impl FromIterator<Decision> for Decisions {
    fn from_iter<T: IntoIterator<Item = Decision>>(decisions: T) -> Self {
        let mut all = Self::default();
        for it in decisions {
            let key = (material::plain(&it.party), it.list.clone(), it.entry.clone());
            all.0.entry(key).or_default().push(it);
        }
        all
    }
}

impl Decisions {
    /// These and more, which count as later.
    #[must_use]
    pub fn and(&self, more: impl IntoIterator<Item = Decision>) -> Self {
        self.0.values().flatten().cloned().chain(more).collect()
    }

    /// These and more, each in the order of the day on which it was decided; `more` are later than
    /// others of their day. None was decided after `today`, whatever it says.
    #[must_use]
    pub fn merged(&self, more: impl IntoIterator<Item = Decision>, today: Date) -> Self {
        let mut all: Vec<Decision> = self.0.values().flatten().cloned().chain(more).collect();
        all.sort_by_key(|it| it.decided.on.min(today));
        all.into_iter().collect()
    }

    /// What was decided about a party of this name and an entry, in order.
    pub fn about(&self, party: &str, list: &str, entry: &str) -> impl Iterator<Item = &Decision> {
        let key = (material::plain(party), list.to_owned(), entry.to_owned());
        self.0.get(&key).into_iter().flatten()
    }

    /// What a name is called here, so that it is the same however it is typed.
    #[must_use]
    pub fn key(name: &str) -> String {
        material::plain(name)
    }

    /// What was decided about a match, as of a day.
    #[must_use]
    pub fn verdict(&self, subject: &Subject, entry: &ListedParty, day: Date) -> Verdict {
        let of_name = |name: &String| {
            self.0.get(&(material::plain(name), entry.list.clone(), entry.id.clone()))
        };
        let Some(found) = subject.names.iter().find_map(of_name) else {
            return Verdict::Open(None);
        };
        let facts = material::of(subject, entry);
        // The same name may be that of several parties: each has decisions of its own.
        if let Some(it) = found.iter().rev().find(|it| it.rests_on == facts) {
            return match it.decided.until {
                Some(until) if until <= day => Verdict::Open(Some(format!(
                    "{} decided on {}, and that ended on {until}",
                    it.decided.by, it.decided.on
                ))),
                _ if it.same => Verdict::True(it.decided.clone()),
                _ => Verdict::False(it.decided.clone()),
            };
        }
        let changed = found.last().map(|it| {
            let changes = changes(&it.rests_on, &facts);
            format!("{} decided on {}; since then: {changes}", it.decided.by, it.decided.on)
        });
        Verdict::Open(changed)
    }

    /// All decisions, by party and entry; those about the same in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.0.values().flatten()
    }

    /// How many parties and entries were decided upon.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What came and what went, at most a few of each.
fn changes(before: &[String], now: &[String]) -> String {
    const SHOWN: usize = 3;
    let mut words: Vec<String> = Vec::new();
    for (sign, of, against) in [("new", now, before), ("gone", before, now)] {
        let differing: Vec<&String> = of.iter().filter(|it| !against.contains(it)).collect();
        words.extend(differing.iter().take(SHOWN).map(|it| format!("{sign}: {it}")));
        if differing.len() > SHOWN {
            words.push(format!("{} more are {sign}", differing.len() - SHOWN));
        }
    }
    words.join("; ")
}
