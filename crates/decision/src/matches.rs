//! Matches: what a search of the lists said of the parties, and what people decided about it.
//!
//! A name without stated listings is screened. What was found becomes listings where a person said
//! that it is the same party; nothing where a person said that it is not; and stays *unknown* where
//! nobody decided, where the lists are too old, or where a list that the law reads was not
//! searched. Listings that the transaction states are never touched. Start with
//! `Screened::adjudicate`.

mod decisions;
mod end;
mod listing;
pub mod material;
mod search;
mod words;

pub use decisions::{Decision, Decisions};
pub use end::End;
pub use listing::listing;
pub use search::{MOST_NAMES, Search, asks_for_a_search, sought, subject_at, unsearchable};

use crate::determination::Determination;
use crate::transaction::{Listing, Party, Transaction};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lists that the rulebook reads before it lets a party go. A name that was not searched in all of
/// them is not cleared.
///
/// Source: 736.2(b)(4), 744.8, 744.11, 744.15, 744.21, 764.3(a)(2); 22 CFR 127.7 by 744.19.
pub const NEEDED: [&str; 6] = ["DPL", "EL", "MEU", "UVL", "SDN", "DTC"];

/// What was searched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Searched {
    /// The lists, in the order of their codes.
    pub lists: Vec<SearchedList>,
    /// The digest of the snapshot.
    pub digest: String,
    /// The digest of the settings of the search.
    pub settings: String,
    /// Whether it was only the small list in the program.
    pub built_in: bool,
    /// How many days a list may be away from the day of the transaction.
    pub max_age: u32,
}

/// A list that was searched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SearchedList {
    /// Its code, such as `EL`.
    pub code: String,
    /// The day of its content, where that is known.
    pub date: Option<Date>,
    /// The digest of the file it came from.
    pub digest: String,
    /// How many entries it has.
    pub entries: u64,
    /// Whether this is the list, and not chosen entries of it.
    pub whole: bool,
}

/// What was found for the names of one transaction.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Screened {
    /// What was searched.
    pub searched: Arc<Searched>,
    /// Every name that was searched, in the order of the input.
    pub names: Vec<ScreenedName>,
}

/// A name of the transaction.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ScreenedName {
    /// Whose it is.
    pub place: Place,
    /// The name.
    pub name: String,
    /// The day as of which entries count.
    pub day: Date,
    /// The transaction's own day, where `day` is another that somebody asked for.
    pub own_day: Option<Date>,
    /// What was found at or above the threshold, best first.
    pub matches: Vec<Match>,
    /// Why the name could not be searched as a whole, where that is so: then nobody is cleared.
    pub unsearchable: Option<String>,
}

impl ScreenedName {
    /// Why nothing found does not clear the name; `None` where it does.
    #[must_use]
    pub fn insufficient(&self, searched: &Searched) -> Option<String> {
        let by_day = || searched.insufficient(self.day);
        // The law of another day may be asked for; the lists do not become younger by it.
        let by_own = || self.own_day.and_then(|it| searched.too_old(it));
        self.unsearchable.clone().or_else(by_day).or_else(by_own)
    }
}

/// Where a name stands in the transaction.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The leg whose own parties they are; `None` for those of the transaction.
    pub leg: Option<usize>,
    /// Which party.
    pub party: usize,
    /// Who of it.
    pub who: Who,
}

/// Who of a party has the name.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Who {
    /// The party.
    Itself,
    /// The one for whom it acts.
    Principal,
    /// An owner.
    Owner(usize),
}

/// An entry that the name may belong to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    /// Its list.
    pub list: String,
    /// Its number in the list.
    pub id: String,
    /// The listed name that is most alike.
    pub listed: String,
    /// How alike, in thousandths.
    pub score: u16,
    /// Why, in words.
    pub why: String,
    /// What the entry would mean for the party.
    pub listing: Listing,
    /// The material facts that a decision on it rests on.
    pub rests_on: Vec<String>,
    /// What a person decided.
    pub verdict: Verdict,
}

/// What was decided about a match.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Nobody decided, or what it rested on has changed: then the reason.
    Open(Option<String>),
    /// It is the listed party.
    True(Decided),
    /// It is somebody else.
    False(Decided),
}

/// By whom and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decided {
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
    /// The day of the decision.
    pub on: Date,
    /// The first day on which it no longer holds.
    pub until: Option<Date>,
}

/// Whose listings are not all known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Unresolved(BTreeSet<Place>);

impl Unresolved {
    /// Whether there may be more listings of this one.
    pub(crate) fn contains(&self, place: Place) -> bool {
        self.0.contains(&place)
    }
}

impl Place {
    /// As a path of the input, such as `legs[1].parties[0].owners[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        let leg = self.leg.map(|it| format!("legs[{it}].")).unwrap_or_default();
        let who = match self.who {
            Who::Itself => String::new(),
            Who::Principal => ".acts_for".to_owned(),
            Who::Owner(owner) => format!(".owners[{owner}]"),
        };
        format!("{leg}parties[{}]{who}", self.party)
    }
}

impl Verdict {
    /// Whether nobody decided.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }
}

impl Match {
    /// Whether nobody decided it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.verdict.is_open()
    }
}

impl Searched {
    /// Lists that the law reads and that were not searched as a whole.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let whole = |code: &str| self.lists.iter().any(|it| it.whole && it.code == code);
        NEEDED.into_iter().filter(move |code| !whole(code))
    }

    /// The needed list that is furthest from a day, and by how many days.
    fn furthest(&self, day: Date) -> Option<(&SearchedList, Option<u32>)> {
        let needed = self.lists.iter().filter(|it| NEEDED.contains(&it.code.as_str()));
        let away = |it: &SearchedList| it.date.map(|date| days_between(date, day));
        needed.map(|it| (it, away(it))).max_by_key(|it| it.1.unwrap_or(u32::MAX))
    }

    /// Whether a needed list is too old on a day, in words.
    fn too_old(&self, day: Date) -> Option<String> {
        let needed = self.lists.iter().filter(|it| NEEDED.contains(&it.code.as_str()));
        let is_old = |date: Date| date < day && days_between(date, day) > self.max_age;
        let mut old = needed.filter(|it| it.date.is_some_and(is_old));
        old.next().map(|it| words::stale(it, day, self.max_age))
    }

    /// The day of the oldest list that the law reads; of the oldest at all, where none of those is
    /// here.
    #[must_use]
    pub fn oldest(&self) -> Option<Date> {
        let days = |needed: bool| {
            let read = |it: &&SearchedList| !needed || NEEDED.contains(&it.code.as_str());
            self.lists.iter().filter(read).filter_map(|it| it.date).min()
        };
        days(true).or_else(|| days(false))
    }

    /// Of which day the lists are, in words: the oldest that the law reads, and, apart from it,
    /// others that are older than lists may be on a day.
    #[must_use]
    pub fn dated(&self, day: Date) -> Option<String> {
        let oldest = self.oldest()?;
        let others = self.lists.iter().filter(|it| !NEEDED.contains(&it.code.as_str()));
        let old = |date: Date| date < oldest && days_between(date, day) > self.max_age;
        let others: Vec<&SearchedList> = others.filter(|it| it.date.is_some_and(old)).collect();
        Some(words::dated(oldest, &others))
    }

    /// Why a name in which nothing was found is not cleared on a day; `None` where it is.
    #[must_use]
    pub fn insufficient(&self, day: Date) -> Option<String> {
        if self.built_in {
            return Some(words::built_in());
        }
        let missing: Vec<&str> = self.missing().collect();
        if !missing.is_empty() {
            return Some(words::missing(&missing));
        }
        match self.furthest(day)? {
            (list, None) => Some(words::undated(&list.code)),
            (list, Some(away)) if away > self.max_age => {
                Some(words::stale(list, day, self.max_age))
            }
            _ => None,
        }
    }
}

fn days_between(a: Date, b: Date) -> u32 {
    let span = a.until(b).map_or(i32::MAX, |it| it.get_days());
    span.unsigned_abs()
}

impl Screened {
    /// The transaction with the listings that were decided, and whose are still open.
    pub(crate) fn adjudicate(&self, transaction: &Transaction) -> (Transaction, Unresolved) {
        let mut adjudicated = transaction.clone();
        let mut unresolved = BTreeSet::new();
        for name in &self.names {
            let Some(lists) = lists_at(&mut adjudicated, name.place) else { continue };
            if lists.is_some() {
                continue;
            }
            let open = name.matches.iter().any(Match::is_open)
                || name.insufficient(&self.searched).is_some();
            let known: Vec<Listing> = name.matches.iter().filter_map(Match::known).collect();
            if !open {
                *lists = Some(known);
            } else if !known.is_empty() && !matches!(name.place.who, Who::Owner(_)) {
                // What is certain counts at once. An owner's share is one number, which cannot be
                // counted and open at the same time: there all of it stays open.
                *lists = Some(known);
                unresolved.insert(name.place);
            }
        }
        (adjudicated, Unresolved(unresolved))
    }

    /// Says in the questions about listings what the search found.
    pub(crate) fn explain(&self, determination: &mut Determination<'_>) {
        for name in &self.names {
            let fact = format!("{}.lists", name.place.path());
            for leg in &mut determination.legs {
                self.explain_one(name, &fact, leg);
            }
            self.explain_one(name, &fact, determination);
        }
    }

    fn explain_one(&self, name: &ScreenedName, fact: &str, determination: &mut Determination<'_>) {
        for question in determination.questions.iter_mut().filter(|it| it.fact == *fact) {
            let open: Vec<&Match> = name.matches.iter().filter(|it| it.is_open()).collect();
            if let [first, rest @ ..] = open.as_slice() {
                question.ask = words::is_it(&name.name, first, rest.len());
                question.why = format!("{}; {}", question.why, first.why);
            }
            if let Some(why) = name.insufficient(&self.searched) {
                question.why = format!("{}; {why}", question.why);
            }
            if name.unsearchable.is_some() && open.is_empty() {
                // The lists are searched again once there is a name.
                question.fact = format!("{}.name", name.place.path());
                question.ask = words::who(&name.name);
                question.answers.clear();
                question.about = None;
            }
        }
    }
}

impl Match {
    /// The listing, where a person said that it is the same party.
    fn known(&self) -> Option<Listing> {
        match self.verdict {
            Verdict::True(_) => Some(self.listing.clone()),
            Verdict::False(_) | Verdict::Open(_) => None,
        }
    }
}

fn lists_at(transaction: &mut Transaction, place: Place) -> Option<&mut Option<Vec<Listing>>> {
    let parties = match place.leg {
        None => transaction.parties.as_mut(),
        Some(leg) => transaction.legs.as_mut()?.get_mut(leg)?.parties.as_mut(),
    };
    let party: &mut Party = parties?.get_mut(place.party)?;
    match place.who {
        Who::Itself => Some(&mut party.lists),
        Who::Principal => party.acts_for.as_mut().map(|it| &mut it.lists),
        Who::Owner(owner) => Some(&mut party.owners.as_mut()?.get_mut(owner)?.lists),
    }
}

#[cfg(test)]
mod tests;
