//! Writing the index.

use super::{MAGIC, Signature, bytes, postings};
use crate::align::{LONGEST_ACRONYM, LONGEST_SPAN, abbreviates, each_acronym};
use crate::evidence;
use crate::key::key;
use crate::name::{Class, Name, beginning, forms};
use crate::normalize::SPELLING;
use crate::party::{ListedParty, PartyKind};
use crate::settings::VERSION;
use crate::term::{Keys, OwnedTerm};
use std::collections::BTreeMap;

/// The index of `parties`, which are known by their place in it. Hits that score the same come in
/// that order, so it should be by list and id.
#[must_use]
pub fn build(parties: &[ListedParty]) -> Vec<u8> {
    let mut builder = Builder::default();
    for (at, party) in (0u32..).zip(parties) {
        builder.add(at, party);
    }
    builder.finish()
}

/// What tells one token from another: class, weight, weight left over, character, spellings.
type TokenKey = (u8, u8, u8, u32, Vec<u32>);

/// An index in the making.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    terms: BTreeMap<OwnedTerm, u32>,
    tokens: BTreeMap<TokenKey, u32>,
    name_places: Vec<u32>,
    names: Vec<u8>,
    /// Terms and the names with them.
    postings: Vec<(u32, u32)>,
    joins: Vec<(u32, u32)>,
    numbers: Vec<(u32, u32)>,
    /// Names by how they are written, under two keys.
    spelled: [Vec<(u32, u32)>; SPELLING],
    /// Names by how they begin.
    begun: Vec<(u32, u32)>,
    parties: Vec<u32>,
    facts: Vec<u8>,
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Builder {
    fn add(&mut self, at: u32, party: &ListedParty) {
        self.parties.push(place(self.facts.len()));
        evidence::write(party, &mut self.facts);
        for id in &party.ids {
            self.numbers.extend(evidence::number_key(&id.number).map(|it| (it, at)));
        }
        let mut seen: Vec<(Name, u32)> = Vec::with_capacity(party.names.len());
        let mut add = |number: u16, weak: bool, name: Name| {
            if name.tokens.is_empty() {
                return;
            }
            // Another spelling of the same words is found by its letters too.
            if let Some((_, id)) = seen.iter().find(|it| it.0.tokens == name.tokens) {
                self.spell(*id, &name);
                return;
            }
            let id = self.add_name(at, number, party.kind, weak, &name);
            self.begin(id, &name);
            seen.push((name, id));
        };
        for (number, name) in (0u16..).zip(&party.names) {
            add(number, name.weak, Name::parse(&name.text, party.kind));
        }
        for (number, name) in (0u16..).zip(&party.names) {
            forms::each(&name.text, party.kind, |it| add(number, name.weak, it));
        }
    }

    /// Notes how a name that was added is written.
    fn spell(&mut self, id: u32, name: &Name) {
        for (all, key) in self.spelled.iter_mut().zip(name.spelling.into_iter().flatten()) {
            all.push((key, id));
        }
    }

    /// Notes how a name that was added begins.
    pub(crate) fn begin(&mut self, id: u32, name: &Name) {
        self.begun.extend(beginning::keys(name).map(|it| (it, id)));
    }

    /// Adds a name of a party and tells its number; parties come in the order of their places.
    pub(crate) fn add_name(
        &mut self,
        party: u32,
        number: u16,
        kind: PartyKind,
        weak: bool,
        name: &Name,
    ) -> u32 {
        let id = place(self.name_places.len());
        self.spell(id, name);
        self.name_places.push(place(self.names.len()));
        self.names.push(kind_code(kind) | if weak { 0x80 } else { 0 });
        bytes::push(party, &mut self.names);
        bytes::push(u32::from(number), &mut self.names);
        for token in &name.tokens {
            let spellings: Vec<u32> =
                token.terms.iter().map(|it| number_of(&mut self.terms, it)).collect();
            self.postings.extend(spellings.iter().map(|it| (*it, id)));
            let key = (
                class_code(token.class),
                small(usize::from(token.weight)),
                small(usize::from(token.left)),
                token.character,
                spellings,
            );
            let token = number_of(&mut self.tokens, &key);
            bytes::push(token, &mut self.names);
        }
        self.joins.extend(join_keys(name).into_iter().map(|it| (it, id)));
        id
    }

    /// The numbers of the tokens of a name that was added.
    fn tokens_of(&self, name: u32) -> impl Iterator<Item = u32> {
        let at = |it: u32| self.name_places.get(usize::try_from(it).ok()?).copied();
        let from = at(name).and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
        let to = at(name + 1).and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
        let mut rest = self.names.get(from + 1..to).unwrap_or_default();
        let _ = (bytes::pull(&mut rest), bytes::pull(&mut rest));
        std::iter::from_fn(move || bytes::pull(&mut rest))
    }

    /// The bytes that [`super::Index::read`] reads.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.parties.push(place(self.facts.len()));
        self.name_places.push(place(self.names.len()));
        // Terms that are alike begin alike: in the order of their letters, what a query asks of them
        // lies close together.
        let mut places = vec![0; self.terms.len()];
        for (at, id) in (0u32..).zip(self.terms.values_mut()) {
            if let Some(place) = places.get_mut(usize::try_from(*id).unwrap_or(usize::MAX)) {
                *place = at;
            }
            *id = at;
        }
        let moved = |id: u32| usize::try_from(id).ok().and_then(|it| places.get(it)).copied();
        for (term, _) in &mut self.postings {
            *term = moved(*term).unwrap_or(u32::MAX);
        }
        let mut by_id: Vec<(TokenKey, u32)> = std::mem::take(&mut self.tokens)
            .into_iter()
            .map(|((class, weight, left, character, spelled), id)| {
                let spelled = spelled.into_iter().filter_map(moved).collect();
                ((class, weight, left, character, spelled), id)
            })
            .collect();
        by_id.sort_unstable_by_key(|it| it.1);
        let (mut tokens, mut spellings) = (Vec::new(), Vec::new());
        for ((class, weight, left, character, spelled), _) in &by_id {
            let only = (spelled.len() == 1).then(|| spelled.first().copied()).flatten();
            tokens.extend(only.unwrap_or(place(spellings.len())).to_le_bytes());
            tokens.extend([*weight, *left, *class, small(spelled.len())]);
            tokens.extend(character.to_le_bytes());
            if only.is_none() {
                spellings.extend(spelled.iter().take(usize::from(u8::MAX)).copied());
            }
        }
        self.postings.sort_unstable();
        self.postings.dedup();
        let names_with = postings::write(&self.postings, self.terms.len(), |it| {
            let token = |it: u32| Some(&by_id.get(usize::try_from(it).ok()?)?.0);
            let tokens = self.tokens_of(it).filter_map(token);
            tokens.map(|it| (it.1, it.2, it.4.as_slice())).collect()
        });
        let terms = Terms::of(&self.terms, &names_with.2);
        let joins = bytes::hashed(self.joins);
        let numbers = bytes::hashed(self.numbers);
        let begun = bytes::hashed(self.begun);
        let spelled = self.spelled.map(bytes::hashed);
        let spelled = spelled.each_ref();
        let sections: [&[u8]; 29] = [
            &terms.records,
            &terms.letters,
            &terms.same.0,
            &terms.same.1,
            &terms.errors.0,
            &terms.errors.1,
            &terms.sounds.0,
            &terms.sounds.1,
            &tokens,
            &flat(&spellings),
            &names_with.0,
            &names_with.1,
            &flat(&self.name_places),
            &self.names,
            &joins.0,
            &joins.1,
            &numbers.0,
            &numbers.1,
            &spelled[0].0,
            &spelled[0].1,
            &spelled[1].0,
            &spelled[1].1,
            &spelled[2].0,
            &spelled[2].1,
            &spelled[3].0,
            &spelled[3].1,
            &begun.0,
            &begun.1,
            &flat(&self.parties),
        ];
        let mut all = MAGIC.to_vec();
        all.extend(VERSION.to_le_bytes());
        for section in sections {
            bytes::write(section, &mut all);
        }
        bytes::write(&self.facts, &mut all);
        all
    }
}

/// The number of a thing, the next one if it is new.
fn number_of<T: Clone + Ord>(all: &mut BTreeMap<T, u32>, it: &T) -> u32 {
    let next = place(all.len());
    match all.get(it) {
        Some(known) => *known,
        None => *all.entry(it.clone()).or_insert(next),
    }
}

fn place(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn flat(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|it| it.to_le_bytes()).collect()
}

/// Terms, and what they are found by.
struct Terms {
    records: Vec<u8>,
    letters: Vec<u8>,
    same: (Vec<u8>, Vec<u8>),
    errors: (Vec<u8>, Vec<u8>),
    sounds: (Vec<u8>, Vec<u8>),
}

impl Terms {
    fn of(terms: &BTreeMap<OwnedTerm, u32>, summaries: &[postings::Summary]) -> Self {
        let (mut records, mut letters) = (Vec::new(), Vec::new());
        let (mut same, mut errors, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
        let mut keys = Keys::default();
        for ((id, term), summary) in (0u32..).zip(terms.keys()).zip(summaries) {
            let cut = term.text.len().min(usize::from(u8::MAX));
            records.extend(place(letters.len()).to_le_bytes());
            records.extend(Signature::of(term.view()).0.to_le_bytes());
            records.push(small(cut));
            records.push(term.flags);
            records.push(small(term.sounds.len() / 4));
            records.push(small(term.classes.len() / 4));
            records.extend(summary);
            records.extend([0, 0]);
            letters.extend(term.text.bytes().take(cut));
            letters.extend(&term.sounds);
            letters.extend(&term.classes);
            term.view().listed_keys(&mut keys);
            same.extend(keys.same.iter().map(|it| (*it, id)));
            errors.extend(keys.errors.iter().map(|it| (*it, id)));
            sounds.extend(keys.sounds.iter().map(|it| (*it, id)));
        }
        Self {
            records,
            letters,
            same: bytes::hashed(same),
            errors: bytes::hashed(errors),
            sounds: bytes::hashed(sounds),
        }
    }
}

/// Keys of the runs of words that one word on the other side may stand for.
fn join_keys(name: &Name) -> Vec<u32> {
    let texts: Vec<&str> =
        name.tokens.iter().map(|it| it.terms.first().map_or("", |it| it.text.as_str())).collect();
    let mut keys = Vec::new();
    for from in 0..texts.len() {
        let mut joined = String::new();
        let mut letters = String::new();
        for (at, text) in
            texts.iter().enumerate().skip(from).take(LONGEST_ACRONYM.max(LONGEST_SPAN))
        {
            joined.push_str(text);
            letters.extend(text.chars().next());
            let count = at - from + 1;
            if (2..=LONGEST_SPAN).contains(&count) {
                keys.push(join_key(joined.as_bytes()));
            }
            if abbreviates(letters.as_bytes()) {
                keys.push(acronym_key(letters.as_bytes()));
            }
        }
    }
    let words: Vec<_> =
        name.tokens.iter().zip(&texts).map(|(it, text)| (it.class, text.as_bytes())).collect();
    each_acronym(&words, |letters| keys.push(acronym_key(letters)));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key of words written as one.
pub(crate) fn join_key(text: &[u8]) -> u32 {
    key(b'j', &[text])
}

/// The key of first letters.
pub(crate) fn acronym_key(text: &[u8]) -> u32 {
    key(b'a', &[text])
}

fn kind_code(kind: PartyKind) -> u8 {
    match kind {
        PartyKind::Person => 0,
        PartyKind::Organization => 1,
        PartyKind::Vessel => 2,
        PartyKind::Aircraft => 3,
        PartyKind::Unknown => 4,
    }
}

fn class_code(class: Class) -> u8 {
    match class {
        Class::Name => 0,
        Class::Number => 1,
        Class::Word => 2,
        Class::Patronymic => 3,
        Class::Initial => 4,
        Class::Particle => 5,
        Class::Honor => 6,
        Class::Legal => 7,
    }
}
