//! Asking for a party: every listed name alike enough, best first.
//!
//! [`Screener::screen`] looks only where the index leads; [`Screener::screen_exhaustively`] looks
//! at every name with the same scorer. They give the same hits; see [`crate::index`] for why.

mod bound;
mod candidates;
mod cut;
mod expansion;
mod memo;

use crate::align::{Alignment, Kinds};
use crate::compare::{self, Comparison};
use crate::evidence::{self, Evidence, Finding, State};
use crate::field::{self, Reading};
use crate::index::{Index, NameEntry};
use crate::name::{Name, Token, beginning};
use crate::party::PartyKind;
use crate::query::Query;
use crate::score::{self, Score, Tally};
use crate::settings::Settings;
use crate::term::OwnedTerm;
use memo::Words;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use candidates::Side;
pub use expansion::{Work, Workspace};
pub use memo::Memo;

/// A listed party that a query may mean, and why.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The place of the party among those that the index was built from.
    pub party: u32,
    /// Which of its names, by place.
    pub name: u16,
    /// Whether the list calls that name weak.
    pub weak: bool,
    /// What the party is.
    pub kind: PartyKind,
    /// Which name of the query: 0 is the name itself, then the aliases.
    pub asked: u16,
    /// Which reading of that name, by place among [`field::readings`].
    pub reading: u16,
    /// That reading.
    pub read: Arc<Reading>,
    /// The words of the listed name in Latin letters, with what each weighs where it is left over.
    pub listed: Vec<(String, u16)>,
    /// Name and evidence together.
    pub score: Score,
    /// How alike the names are, and the weights behind that.
    pub tally: Tally,
    /// The words that belong together, and those left over.
    pub alignment: Alignment,
    /// What else speaks for or against.
    pub evidence: Evidence,
    /// Whether the party would be no hit by any of its names if its birth were told and another.
    pub birth_clears: bool,
}

/// Screens against one index with fixed settings. Cheap to make; share it between threads, with a
/// [`Workspace`] for each.
#[derive(Clone, Copy, Debug)]
pub struct Screener<'a> {
    index: Index<'a>,
    settings: &'a Settings,
}

impl<'a> Screener<'a> {
    /// Screens against `index`.
    #[must_use]
    pub fn new(index: Index<'a>, settings: &'a Settings) -> Self {
        Self { index, settings }
    }

    /// The index it looks in.
    #[must_use]
    pub fn index(&self) -> &Index<'a> {
        &self.index
    }

    /// Every party that scores at least the threshold, best first, then by place in the index.
    pub fn screen(&self, query: &Query, workspace: &mut Workspace) -> Vec<Hit> {
        self.screen_by(query, workspace, None)
    }

    /// The same, for one of many queries: words that were asked for before are not looked up
    /// again. A memo of another index is passed over.
    pub fn screen_remembering(
        &self,
        query: &Query,
        workspace: &mut Workspace,
        memo: &mut Memo<'_>,
    ) -> Vec<Hit> {
        let words = if memo.is_of(&self.index) { Some(&mut memo.words) } else { None };
        self.screen_by(query, workspace, words)
    }

    fn screen_by(
        &self,
        query: &Query,
        workspace: &mut Workspace,
        memo: Option<&mut Words>,
    ) -> Vec<Hit> {
        let mut found = Found::new(self, query);
        let readings = found.asked();
        // Readings of a name have words in common.
        let mut shared = Words::default();
        let mut words = memo.or_else(|| (readings.len() > 1).then_some(&mut shared));
        for (asked, it) in &readings {
            self.candidates(
                &it.name,
                Side::Query(query.kind),
                it.least(found.least(*asked)),
                workspace,
                words.as_deref_mut(),
                |entry, tally, alignment| {
                    if let Some(tally) =
                        it.counts(tally, entry.kind, || score::is_whole(&tally, &alignment()))
                    {
                        found.offer(*asked, it, entry, tally, alignment);
                    }
                },
            );
        }
        found.by_spelling(&readings);
        found.by_beginning(&readings, |it| {
            beginning::key_to(it).into_iter().flat_map(|it| self.index.names_begun(it))
        });
        found.by_number();
        found.sorted()
    }

    /// The same, by looking at every name.
    #[must_use]
    pub fn screen_exhaustively(&self, query: &Query) -> Vec<Hit> {
        let mut found = Found::new(self, query);
        let readings = found.asked();
        for (asked, it) in &readings {
            for id in 0..u32::try_from(self.index.names()).unwrap_or(u32::MAX) {
                if let Some((entry, comparison)) = self.compare(&it.name, query.kind, id)
                    && let Some(tally) =
                        it.counts(comparison.tally, entry.kind, || comparison.is_whole())
                    && tally.likeness >= found.least(*asked)
                {
                    found.offer(*asked, it, entry, tally, || comparison.alignment.clone());
                }
            }
        }
        found.by_spelling(&readings);
        let names = u32::try_from(self.index.names()).unwrap_or(u32::MAX);
        found.by_beginning(&readings, |_| 0..names);
        found.by_number();
        found.sorted()
    }

    fn compare(
        &self,
        name: &Name,
        kind: PartyKind,
        id: u32,
    ) -> Option<(NameEntry<'a>, Comparison)> {
        let entry = self.index.name(id)?;
        let listed = self.listed(&entry);
        let kinds = Kinds { asked: kind, listed: entry.kind };
        Some((entry, compare::compare(name, &listed, kinds, self.settings)))
    }

    /// The words of a listed name, with what each weighs where it is left over.
    fn words(&self, entry: &NameEntry<'_>) -> Vec<(String, u16)> {
        let words = self.index.tokens_of(entry).map(|token| {
            let usual = self.index.spellings(&token).next().and_then(|it| self.index.term(it));
            let text = usual.map_or(&[][..], |it| it.text);
            (String::from_utf8_lossy(text).into_owned(), token.left)
        });
        words.collect()
    }

    /// A listed name in its parts, as the index has it.
    fn listed(&self, entry: &NameEntry<'a>) -> Name {
        let tokens = self
            .index
            .tokens_of(entry)
            .map(|token| Token {
                class: token.class,
                weight: token.weight,
                left: token.left,
                character: token.character,
                terms: self
                    .index
                    .spellings(&token)
                    .filter_map(|it| self.index.term(it))
                    .map(|it| OwnedTerm {
                        text: String::from_utf8_lossy(it.text).into_owned(),
                        flags: it.flags,
                        sounds: it.sounds.to_vec(),
                        classes: it.classes.to_vec(),
                    })
                    .collect(),
            })
            .collect();
        Name { tokens, spelling: None }
    }
}

/// The hits of one query so far, the best of each party.
struct Found<'q, 'a> {
    screener: &'q Screener<'a>,
    query: &'q Query,
    hits: BTreeMap<u32, Hit>,
    /// Parties that are hits whatever is told of their birth.
    held: BTreeSet<u32>,
    /// Whose public body each name of the query is.
    states: Vec<Option<State>>,
}

/// A reading of a name that is asked for.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// Which name of the query, and which reading of it.
    at: (u16, u16),
    /// Whether it is one word that carries a name, of something that may be no person.
    one_word: bool,
}

impl<'q, 'a> Found<'q, 'a> {
    fn new(screener: &'q Screener<'a>, query: &'q Query) -> Self {
        let names = std::iter::once(&query.name).chain(&query.aliases);
        let states = names.map(|it| State::of(it, query.kind)).collect();
        Self { screener, query, hits: BTreeMap::new(), held: BTreeSet::new(), states }
    }

    /// The least likeness by which a party can come to count.
    fn least(&self, asked: Asked) -> Score {
        evidence::least_likeness(self.query, self.screener.settings.least(asked.one_word))
    }

    /// Every reading of every name that is asked for, with their places.
    fn asked(&self) -> Vec<(Asked, Arc<Reading>)> {
        let names = std::iter::once(&self.query.name).chain(&self.query.aliases);
        let readings = (0u16..).zip(names).flat_map(|(at, it)| {
            let readings = (0u16..).zip(field::readings(it, self.query.kind));
            readings.map(move |(reading, it)| {
                let one_word = self.query.kind != PartyKind::Person && it.name.is_one_word();
                (Asked { at: (at, reading), one_word }, Arc::new(it))
            })
        });
        readings.collect()
    }

    fn offer(
        &mut self,
        asked: Asked,
        read: &Arc<Reading>,
        entry: NameEntry<'_>,
        tally: Tally,
        alignment: impl Fn() -> Alignment,
    ) {
        let settings = self.screener.settings;
        let facts = self.screener.index.facts(entry.party);
        let mut evidence = Evidence::of(self.query, entry.kind, facts);
        if let Some(Some(state)) = self.states.get(usize::from(asked.at.0)) {
            let tokens = self.screener.index.tokens_of(&entry);
            let words = tokens.filter(|it| score::carries(it.class)).count();
            evidence = evidence.of_state(state, &read.text, facts, words);
        }
        let mut score = evidence.score(&tally, entry.weak);
        let least = settings.least(asked.one_word && entry.kind != PartyKind::Person);
        if score < least {
            return;
        }
        if evidence.born == Finding::Unknown && !self.held.contains(&entry.party) {
            let other = Evidence { born: Finding::Differs, ..evidence }.score(&tally, entry.weak);
            if !evidence::births_tell(self.query.kind, entry.kind)
                || other >= settings.threshold
                || other >= least && score::is_whole(&tally, &alignment())
            {
                self.held.insert(entry.party);
            }
        }
        let aligned = if score < settings.threshold {
            let aligned = alignment();
            if !score::is_whole(&tally, &aligned) {
                return;
            }
            score = settings.threshold;
            Some(aligned)
        } else {
            None
        };
        let asked = asked.at;
        let rank = |score: Score, tally: &Tally, asked: (u16, u16), name: u16| {
            (score, tally.likeness, std::cmp::Reverse((asked, name)))
        };
        let better = self.hits.get(&entry.party).is_none_or(|it| {
            rank(score, &tally, asked, entry.name)
                > rank(it.score, &it.tally, (it.asked, it.reading), it.name)
        });
        if better {
            let hit = Hit {
                party: entry.party,
                name: entry.name,
                weak: entry.weak,
                kind: entry.kind,
                asked: asked.0,
                reading: asked.1,
                read: Arc::clone(read),
                listed: self.screener.words(&entry),
                score,
                tally,
                alignment: aligned.unwrap_or_else(&alignment),
                evidence,
                birth_clears: false,
            };
            self.hits.insert(entry.party, hit);
        }
    }

    /// Parties with a name that is written as one that was asked for, letter for letter. What its
    /// words are taken for depends on what bears it, and that may not be known or told wrongly: it
    /// is read as the listed one is.
    fn by_spelling(&mut self, readings: &[(Asked, Arc<Reading>)]) {
        for (asked, it) in readings {
            for id in self.screener.index.names_spelled(&it.name) {
                let Some(entry) = self.screener.index.name(id) else { continue };
                let read = it.as_kind(self.query.kind, entry.kind);
                if Arc::ptr_eq(&read, it) && self.has_all(asked.at, &entry) {
                    continue;
                }
                let listed = self.screener.listed(&entry);
                let settings = self.screener.settings;
                let kinds = Kinds { asked: self.query.kind, listed: entry.kind };
                let Comparison { alignment, tally } =
                    compare::compare(&read.name, &listed, kinds, settings);
                if tally.agreed == 0 && read.name.tokens != listed.tokens {
                    continue;
                }
                let agreed = tally.agreed.max(listed.weight());
                let tally = Tally { likeness: Score::new(1000), agreed, ..tally };
                if let Some(tally) = read.counts(tally, entry.kind, || true) {
                    self.offer(*asked, &read, entry, tally, || alignment.clone());
                }
            }
        }
    }

    /// Whether the hit of a party is already that of this name, with all of it, and so can be no
    /// better for being written the same.
    fn has_all(&self, asked: (u16, u16), entry: &NameEntry<'_>) -> bool {
        self.hits.get(&entry.party).is_some_and(|it| {
            let weights = self.screener.index.tokens_of(entry).map(|it| u32::from(it.weight));
            (it.asked, it.reading, it.name) == (asked.0, asked.1, entry.name)
                && it.tally.likeness == Score::new(1000)
                && it.tally.agreed >= weights.sum()
        })
    }

    /// Parties that share an identifier, whatever their names.
    fn by_number(&mut self) {
        let keys = self.query.ids.iter().filter_map(|it| evidence::number_key(&it.number));
        let mut parties: Vec<u32> =
            keys.flat_map(|it| self.screener.index.parties_by_number(it)).collect();
        parties.sort_unstable();
        parties.dedup();
        let readings = if parties.is_empty() { Vec::new() } else { self.asked() };
        for party in parties {
            for id in self.screener.names_of(party) {
                for (asked, it) in &readings {
                    if let Some((entry, comparison)) =
                        self.screener.compare(&it.name, self.query.kind, id)
                        && let Some(tally) =
                            it.counts(comparison.tally, entry.kind, || comparison.is_whole())
                    {
                        self.offer(*asked, it, entry, tally, || comparison.alignment.clone());
                    }
                }
            }
        }
    }

    fn sorted(self) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.hits.into_values().collect();
        for it in &mut hits {
            it.birth_clears =
                it.evidence.born == Finding::Unknown && !self.held.contains(&it.party);
        }
        hits.sort_by(|a, b| b.score.cmp(&a.score).then(a.party.cmp(&b.party)));
        hits
    }
}

impl Screener<'_> {
    /// The names of a party; names are in the order of their parties.
    fn names_of(&self, party: u32) -> std::ops::Range<u32> {
        let count = u32::try_from(self.index.names()).unwrap_or(u32::MAX);
        let first = |party: u32| {
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = low + (high - low) / 2;
                if self.index.name(middle).is_some_and(|it| it.party < party) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        first(party)..first(party.saturating_add(1))
    }
}

#[cfg(test)]
pub(crate) mod tests;
