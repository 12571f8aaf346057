//! The names that a term occurs in, each with a hint at what else it has.
//!
//! A name that a word of the query leads to is often worth a look only if another word of it is
//! like another word of the query, or little else is in it. The hint tells without a look at the
//! name: what its other words weigh where they are left over, and a *mark* of two bytes for each of
//! their spellings, which few others share.

use super::bytes::{Numbers, pull, push};
use crate::key::mix;

/// The mark of a term: few others have the same.
pub(crate) fn mark(term: u32) -> u16 {
    let [a, b, ..] = mix(term).to_le_bytes();
    u16::from_le_bytes([a, b])
}

/// For each term the names it occurs in, ascending.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Postings<'a> {
    pub(crate) starts: Numbers<'a>,
    pub(crate) bytes: &'a [u8],
}

/// A name that has a term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posting<'a> {
    pub(crate) name: u32,
    /// The least that its other words weigh where they are left over.
    pub(crate) left: u8,
    /// The marks of the other spellings, where they are told.
    others: Option<&'a [u8]>,
}

impl<'a> Posting<'a> {
    /// The marks of its other spellings; nothing if they are too many to be told.
    #[inline]
    pub(crate) fn others(&self) -> Option<impl Iterator<Item = u16> + use<'a>> {
        let all = self.others?.as_chunks::<2>().0;
        Some(all.iter().map(|it| u16::from_le_bytes(*it)))
    }
}

/// More spellings than this are not told.
const MOST: usize = 12;
/// Instead of their number.
const UNTOLD: u8 = u8::MAX;

impl<'a> Postings<'a> {
    fn list(&self, term: usize) -> (u32, u8, &'a [u8]) {
        let (from, to) = (self.starts.place(term), self.starts.place(term.saturating_add(1)));
        let mut bytes = self.bytes.get(from..to).unwrap_or_default();
        let count = pull(&mut bytes).unwrap_or(0);
        let (weight, bytes) = bytes.split_first().unwrap_or((&u8::MAX, &[]));
        (count, *weight, bytes)
    }

    /// How many names a term occurs in.
    pub(crate) fn count(&self, term: usize) -> usize {
        usize::try_from(self.list(term).0).unwrap_or(usize::MAX)
    }

    /// The most that a word weighs anywhere that has this spelling.
    pub(crate) fn weight(&self, term: usize) -> u8 {
        self.list(term).1
    }

    /// Those names.
    pub(crate) fn of(&self, term: usize) -> impl Iterator<Item = Posting<'a>> + use<'a> {
        let (.., mut bytes) = self.list(term);
        let mut name = 0u32;
        std::iter::from_fn(move || {
            name = name.wrapping_add(pull(&mut bytes)?);
            let ([left, count], rest) = bytes.split_first_chunk::<2>()?;
            if *count == UNTOLD {
                bytes = rest;
                return Some(Posting { name, left: *left, others: None });
            }
            let (others, rest) = rest.split_at_checked(usize::from(*count) * 2)?;
            bytes = rest;
            Some(Posting { name, left: *left, others: Some(others) })
        })
    }
}

/// A word of a name: what it weighs, what it weighs left over, and its spellings.
pub(crate) type Word<'a> = (u8, u8, &'a [u32]);

/// Writes postings of so many terms: `entries` are terms with names, sorted; `words` gives the words
/// of a name.
pub(crate) fn write<'a>(
    entries: &[(u32, u32)],
    terms: usize,
    words: impl Fn(u32) -> Vec<Word<'a>>,
) -> (Vec<u8>, Vec<u8>) {
    let mut starts = Vec::with_capacity((terms + 1) * 4);
    let mut bytes = Vec::with_capacity(entries.len() * 8);
    let mut rest = entries;
    for term in 0..terms {
        starts.extend(place(&bytes));
        let count = rest.iter().take_while(|it| usize::try_from(it.0) == Ok(term)).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        push(u32::try_from(count).unwrap_or(u32::MAX), &mut bytes);
        let heaviest = bytes.len();
        bytes.push(0);
        let (mut last, mut weight) = (0, 0);
        for (term, name) in own {
            push(name - last, &mut bytes);
            last = *name;
            let words = words(*name);
            let with = || words.iter().filter(|it| it.2.contains(term));
            weight = with().map(|it| it.0).fold(weight, u8::max);
            let all: u32 = words.iter().map(|it| u32::from(it.1)).sum();
            let own = with().map(|it| u32::from(it.1)).max().unwrap_or(0);
            bytes.push(u8::try_from(all - own).unwrap_or(u8::MAX));
            let mut others: Vec<u32> = words.iter().flat_map(|it| it.2).copied().collect();
            if let Some(at) = others.iter().position(|it| it == term) {
                others.remove(at);
            }
            if others.len() > MOST {
                bytes.push(UNTOLD);
            } else {
                bytes.push(u8::try_from(others.len()).unwrap_or(UNTOLD));
                bytes.extend(others.iter().flat_map(|it| mark(*it).to_le_bytes()));
            }
        }
        if let Some(slot) = bytes.get_mut(heaviest) {
            *slot = weight;
        }
    }
    starts.extend(place(&bytes));
    (starts, bytes)
}

fn place(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}
