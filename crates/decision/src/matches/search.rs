//! From a transaction to queries, and from hits to matches.
//!
//! Only names without stated listings are asked. An entry counts where it stands on the day of the
//! transaction, or of one of the legs that share the party.

use super::material::{self, Subject};
use super::{Decisions, End, Match, Place, Screened, ScreenedName, Searched, Who, listing, words};
use crate::country::Country;
use crate::owners;
use crate::transaction::{Party, Transaction};
use jiff::civil::Date;
use screening::care_of;
use screening::name::{MOST_TOKENS, Name, Token, names_nobody_in_particular};
use screening::normalize::LONGEST;
use screening::party::{Identifier, ListedParty};
use screening::snapshot::{Ordinal, Snapshot};
use screening::{CountryCode, Explanation, Premises, Query, Score, Screener, Workspace};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// Lists ready to be searched, with what people decided.
pub struct Search<'a, B> {
    /// The lists.
    pub snapshot: &'a Snapshot<B>,
    /// Their index, with the settings.
    pub screener: Screener<'a>,
    /// From this score on a match must be decided.
    pub review: Score,
    /// Their entries of an address alone, where an address asks for them.
    pub premises: &'a dyn Fn() -> &'a Premises,
    /// What was decided.
    pub decisions: &'a Decisions,
    /// What answers say of the lists.
    pub searched: Arc<Searched>,
    /// The day as of which entries count, instead of the transaction's own.
    pub on: Option<Date>,
}

impl<B> fmt::Debug for Search<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("searched", &self.searched).finish_non_exhaustive()
    }
}

/// A name that is to be searched.
#[derive(Clone, Debug)]
struct Asked<'t> {
    place: Place,
    name: &'t str,
    aliases: &'t [String],
    country: Option<Country>,
    address: Option<&'t str>,
    ids: Option<&'t BTreeMap<String, String>>,
}

/// Whether a transaction names anybody whose listings it does not state.
#[must_use]
pub fn asks_for_a_search(transaction: &Transaction) -> bool {
    let parties = transaction.parties.iter().flatten();
    let of_legs = transaction.legs.iter().flatten().filter_map(|it| it.parties.as_ref()).flatten();
    parties.chain(of_legs).any(|party| {
        party.name.is_some() && party.lists.is_none()
            || party.acts_for.as_ref().is_some_and(|it| it.name.is_some() && it.lists.is_none())
            || party.owners.iter().flatten().any(|it| it.name.is_some() && it.lists.is_none())
    })
}

/// Everything of a transaction that a search of its names looks at, as a text: where it is the same,
/// the same is found by the same lists.
#[must_use]
pub fn sought(transaction: &Transaction) -> String {
    let mut all = String::new();
    let mut add = |leg, parties: Option<&Vec<Party>>| {
        let asked: Vec<Asked<'_>> = parties
            .into_iter()
            .flatten()
            .enumerate()
            .flat_map(|(party, it)| self::asked(leg, party, it))
            .collect();
        // Writing to a string cannot fail.
        let _ = write!(all, "{:?} {asked:?}", own_days(transaction, leg));
    };
    add(None, transaction.parties.as_ref());
    for (leg, it) in transaction.legs.iter().flatten().enumerate() {
        add(Some(leg), it.parties.as_ref());
    }
    all
}

/// What decisions about a party of a transaction rest on, by its path; `None` where nobody there is
/// to be searched.
#[must_use]
pub fn subject_at(transaction: &Transaction, path: &str) -> Option<Subject> {
    let parties = transaction.parties.iter().flatten().enumerate().map(|it| (None, it));
    let of_legs = transaction.legs.iter().flatten().enumerate().flat_map(|(leg, it)| {
        it.parties.iter().flatten().enumerate().map(move |it| (Some(leg), it))
    });
    let mut all = parties.chain(of_legs).flat_map(|(leg, (party, it))| asked(leg, party, it));
    all.find(|it| it.place.path() == path).map(|it| it.subject())
}

impl<B: AsRef<[u8]>> Search<'_, B> {
    /// What the lists say of the names of a transaction.
    #[must_use]
    pub fn of(&self, transaction: &Transaction, workspace: &mut Workspace) -> Screened {
        let mut names = Vec::new();
        let days = self.days(transaction, None);
        for (party, it) in transaction.parties.iter().flatten().enumerate() {
            self.party(None, party, it, &days, workspace, &mut names);
        }
        for (leg, it) in transaction.legs.iter().flatten().enumerate() {
            let days = self.days(transaction, Some(leg));
            for (party, it) in it.parties.iter().flatten().enumerate() {
                self.party(Some(leg), party, it, &days, workspace, &mut names);
            }
        }
        Screened { searched: Arc::clone(&self.searched), names }
    }

    /// The days as of which the parties of a leg, or those that legs share, are searched.
    fn days(&self, transaction: &Transaction, leg: Option<usize>) -> Days {
        let own = own_days(transaction, leg);
        match self.on {
            Some(on) => Days { entries: vec![on], own: own.into_iter().max() },
            None => Days { entries: own, own: None },
        }
    }

    fn party(
        &self,
        leg: Option<usize>,
        party: usize,
        it: &Party,
        days: &Days,
        workspace: &mut Workspace,
        names: &mut Vec<ScreenedName>,
    ) {
        names.extend(asked(leg, party, it).iter().map(|it| self.name(it, days, workspace)));
    }

    fn name(&self, asked: &Asked<'_>, of: &Days, workspace: &mut Workspace) -> ScreenedName {
        let Days { entries: days, own: own_day } = of;
        let day = days.iter().copied().max().unwrap_or_default();
        // What was decided until a day does not hold longer where the law of before is asked for.
        let decided = own_day.map_or(day, |it| it.max(day));
        let (mut query, subject) = (asked.query(), asked.subject());
        let unsearchable = unsearchable(&query);
        query.aliases.truncate(MOST_NAMES);
        let mut matches: Vec<Match> = Vec::new();
        for hit in self.screener.screen(&query, workspace) {
            if hit.score < self.review {
                continue;
            }
            // A record that cannot be read makes its entry a match all the same.
            let party = self.snapshot.party(Ordinal(hit.party)).unwrap_or_default();
            let Some(end) = stands(&party, days, &self.searched) else { continue };
            let told = Explanation::of(&hit, &party);
            let why = [Some(told.text()), end.note()].into_iter().flatten().collect::<Vec<_>>();
            matches.push(self.found(
                &party,
                &subject,
                decided,
                hit.score,
                told.listed.clone(),
                why.join("; "),
            ));
        }
        if let Some(address) = asked.address {
            for (place, score) in (self.premises)().at(address, &query.countries) {
                let party = self.snapshot.party(Ordinal(place)).unwrap_or_default();
                if stands(&party, days, &self.searched).is_some() {
                    let why = words::same_address(score);
                    let listed = words::address(&party);
                    matches.push(self.found(&party, &subject, decided, score, listed, why));
                }
            }
        }
        let (place, name) = (asked.place, asked.name.to_owned());
        let is_owner = matches!(place.who, Who::Owner(_));
        let no_owner = || owners::no_name(&name).filter(|_| is_owner).map(|it| it.to_string());
        let unsearchable = unsearchable.or_else(no_owner);
        ScreenedName { place, name, day, own_day: *own_day, matches, unsearchable }
    }

    fn found(
        &self,
        party: &ListedParty,
        subject: &Subject,
        day: Date,
        score: Score,
        listed: String,
        why: String,
    ) -> Match {
        Match {
            list: party.list.clone(),
            id: party.id.clone(),
            listed,
            score: score.thousandths(),
            why,
            listing: listing(party),
            rests_on: material::of(subject, party),
            verdict: self.decisions.verdict(subject, party, day),
        }
    }
}

/// The days of which a name is searched.
struct Days {
    /// As of which entries count.
    entries: Vec<Date>,
    /// The last one of the transaction itself, where entries count as of another.
    own: Option<Date>,
}

/// The transaction's own days for the parties of a leg, or for those that legs share.
fn own_days(transaction: &Transaction, leg: Option<usize>) -> Vec<Date> {
    let legs = transaction.legs.as_deref().unwrap_or_default();
    let dates = legs.iter().enumerate().filter(|(place, it)| match leg {
        Some(leg) => *place == leg,
        None => it.parties.is_none(),
    });
    let mut days: Vec<Date> = dates.map(|(_, it)| it.date.unwrap_or(transaction.date)).collect();
    if days.is_empty() {
        days.push(transaction.date);
    }
    days
}

/// The names of a party that are to be searched.
fn asked(leg: Option<usize>, party: usize, it: &Party) -> Vec<Asked<'_>> {
    let place = |who| Place { leg, party, who };
    let mut asked: Vec<Asked<'_>> = Vec::new();
    if let (Some(name), None) = (&it.name, &it.lists) {
        asked.push(Asked {
            place: place(Who::Itself),
            name,
            aliases: it.aliases.as_deref().unwrap_or_default(),
            country: it.country,
            address: it.address.as_deref(),
            ids: it.ids.as_ref(),
        });
    }
    let other = |who, name, country| Asked {
        place: place(who),
        name,
        aliases: &[],
        country,
        address: None,
        ids: None,
    };
    if let Some(principal) = &it.acts_for
        && let (Some(name), None) = (&principal.name, &principal.lists)
    {
        asked.push(other(Who::Principal, name, principal.country));
    }
    for (owner, it) in it.owners.iter().flatten().enumerate() {
        if let (Some(name), None) = (&it.name, &it.lists) {
            asked.push(other(Who::Owner(owner), name, it.country));
        }
    }
    asked
}

/// The most other names of one party that are searched.
pub const MOST_NAMES: usize = 2_000;

/// Why a name, or another one of the party, cannot be searched as a whole; a search that finds
/// nothing says nothing then.
///
/// A name that only stands where one should, such as `unknown` or `LLC`, names nobody. Among the
/// other names of a party it takes nothing away.
#[must_use]
pub fn unsearchable(query: &Query) -> Option<String> {
    let whole = std::iter::once(&query.name).chain(&query.aliases).find_map(|name| {
        let tokens = Name::parse(name, query.kind).tokens;
        let read = |it: &Token| it.terms.first().is_some_and(|it| !it.text.is_empty());
        if !tokens.iter().any(read) {
            Some(words::nothing_to_search(name))
        } else if name.chars().count() > LONGEST || tokens.len() >= MOST_TOKENS {
            Some(words::too_long(name))
        } else {
            None
        }
    });
    let others = query.aliases.len();
    let many = || (others > MOST_NAMES).then(|| words::too_many(others, MOST_NAMES));
    let whole = whole.or_else(many);
    let nobody = || names_nobody_in_particular(&query.name);
    whole.or_else(|| nobody().then(|| words::nobody(&query.name)))
}

/// How an entry stands on one of the days; `None` where it does not.
fn stands(party: &ListedParty, days: &[Date], searched: &Searched) -> Option<End> {
    let begun = days.iter().filter(|day| party.from.is_none_or(|it| it <= **day));
    let ends: Vec<End> = begun.map(|day| End::of(party, *day, searched)).collect();
    let ahead = ends.iter().find(|it| **it == End::Ahead);
    ahead.or_else(|| ends.iter().find(|it| **it != End::Past)).copied()
}

impl Asked<'_> {
    /// Its other names, and whoever is named in its address, as behind `c/o`.
    fn others(&self) -> impl Iterator<Item = String> {
        let named = self.address.map(care_of::named_in).unwrap_or_default();
        self.aliases.iter().cloned().chain(named)
    }

    fn query(&self) -> Query {
        let country =
            self.country.and_then(|it| it.to_string().get(..2)?.parse::<CountryCode>().ok());
        let id = |(kind, number): (&String, &String)| Identifier {
            kind: kind.clone(),
            number: number.clone(),
            country: None,
        };
        Query {
            name: self.name.to_owned(),
            aliases: self.others().collect(),
            countries: country.into_iter().collect(),
            address: self.address.map(str::to_owned),
            ids: self.ids.into_iter().flatten().map(id).collect(),
            ..Query::default()
        }
    }

    fn subject(&self) -> Subject {
        let mut names = vec![self.name.to_owned()];
        names.extend(self.others());
        let ids = self.ids.into_iter().flatten().map(|it| (it.0.clone(), it.1.clone()));
        Subject {
            names,
            country: self.country.map(|it| it.to_string()),
            address: self.address.map(str::to_owned),
            born: None,
            ids: ids.collect(),
        }
    }
}
