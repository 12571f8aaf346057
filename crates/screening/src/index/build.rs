//! Writing the index.

use super::{MAGIC, Signature, bytes};
use crate::align::{LONGEST_ACRONYM, LONGEST_SPAN, abbreviates};
use crate::evidence;
use crate::key::key;
use crate::name::{Class, Name};
use crate::party::{ListedParty, PartyKind};
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

#[derive(Default)]
struct Builder {
    terms: BTreeMap<OwnedTerm, u32>,
    names: Vec<u8>,
    name_count: u32,
    tokens: Vec<u8>,
    token_count: u32,
    spellings: Vec<u8>,
    spelling_count: u32,
    postings: Vec<(u32, u32)>,
    joins: Vec<(u32, u32)>,
    numbers: Vec<(u32, u32)>,
    parties: Vec<u32>,
    facts: Vec<u8>,
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Builder {
    fn add(&mut self, at: u32, party: &ListedParty) {
        self.parties.push(u32::try_from(self.facts.len()).unwrap_or(u32::MAX));
        evidence::write(party, &mut self.facts);
        for id in &party.ids {
            self.numbers.extend(evidence::number_key(&id.number).map(|it| (it, at)));
        }
        let mut seen: Vec<Name> = Vec::with_capacity(party.names.len());
        for (number, name) in (0u16..).zip(&party.names) {
            let parsed = Name::parse(&name.text, party.kind);
            if parsed.tokens.is_empty() || seen.contains(&parsed) {
                continue;
            }
            self.add_name(at, number, party.kind, name.weak, &parsed);
            seen.push(parsed);
        }
    }

    fn add_name(&mut self, party: u32, number: u16, kind: PartyKind, weak: bool, name: &Name) {
        let id = self.name_count;
        self.name_count += 1;
        self.names.extend(party.to_le_bytes());
        self.names.extend(number.to_le_bytes());
        self.names.push(kind_code(kind) | if weak { 0x80 } else { 0 });
        self.names.push(small(name.tokens.len()));
        self.names.extend(self.token_count.to_le_bytes());
        self.names.extend(self.spelling_count.to_le_bytes());
        let spelled: usize = name.tokens.iter().map(|it| it.terms.len()).sum();
        self.names.extend(u16::try_from(spelled).unwrap_or(u16::MAX).to_le_bytes());
        for (place, token) in name.tokens.iter().enumerate() {
            self.token_count += 1;
            self.tokens.extend(self.spelling_count.to_le_bytes());
            self.tokens.push(small(usize::from(token.weight)));
            self.tokens.push(small(usize::from(token.left)));
            self.tokens.push(class_code(token.class));
            self.tokens.push(small(token.terms.len()));
            self.tokens.extend(token.character.to_le_bytes());
            for term in &token.terms {
                let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
                let term = match self.terms.get(term) {
                    Some(known) => *known,
                    None => *self.terms.entry(term.clone()).or_insert(next),
                };
                self.spellings.extend(term.to_le_bytes());
                self.spellings.push(small(usize::from(token.weight)));
                self.spellings.push(small(usize::from(token.left)));
                self.spellings.push(small(place));
                self.spellings.push(u8::from(token.class == Class::Initial));
                self.spelling_count += 1;
                self.postings.push((term, id));
            }
        }
        self.joins.extend(join_keys(name).into_iter().map(|it| (it, id)));
    }

    fn finish(mut self) -> Vec<u8> {
        self.parties.push(u32::try_from(self.facts.len()).unwrap_or(u32::MAX));
        let mut by_id: Vec<(&OwnedTerm, u32)> =
            self.terms.iter().map(|(term, id)| (term, *id)).collect();
        by_id.sort_unstable_by_key(|it| it.1);
        let (mut terms, mut letters) = (Vec::new(), Vec::new());
        let (mut same, mut errors, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
        let mut keys = Keys::default();
        for (term, id) in &by_id {
            let cut = term.text.len().min(usize::from(u8::MAX));
            terms.extend(u32::try_from(letters.len()).unwrap_or(u32::MAX).to_le_bytes());
            terms.push(small(cut));
            terms.push(term.flags);
            terms.push(small(term.sounds.len() / 4));
            terms.push(small(term.classes.len() / 4));
            letters.extend(term.text.bytes().take(cut));
            letters.extend(&term.sounds);
            letters.extend(&term.classes);
            term.view().listed_keys(&mut keys);
            let signature = Signature::of(term.view()).0;
            same.extend(keys.same.iter().map(|it| (*it, *id)));
            errors.extend(keys.errors.iter().map(|it| (*it, (*id, signature))));
            sounds.extend(keys.sounds.iter().map(|it| (*it, (*id, *it))));
        }
        self.postings.sort_unstable();
        self.postings.dedup();
        let postings = bytes::lay_out(&self.postings, by_id.len());
        let flat =
            |numbers: &[u32]| numbers.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<u8>>();
        let same = bytes::hashed(same);
        let errors = bytes::hashed_pairs(errors);
        let sounds = bytes::hashed_pairs(sounds);
        let joins = bytes::hashed(self.joins);
        let numbers = bytes::hashed(self.numbers);
        let sections: [&[u8]; 19] = [
            &terms,
            &letters,
            &same.0,
            &same.1,
            &errors.0,
            &errors.1,
            &sounds.0,
            &sounds.1,
            &postings.0,
            &postings.1,
            &self.names,
            &self.tokens,
            &self.spellings,
            &joins.0,
            &joins.1,
            &numbers.0,
            &numbers.1,
            &flat(&self.parties),
            &self.facts,
        ];
        let mut all = MAGIC.to_vec();
        for section in sections {
            bytes::write(section, &mut all);
        }
        all
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
