//! The names that a term occurs in, each with a hint at what else it has.
//!
//! A name that a word of the query leads to is often worth a look only if another word of it is
//! like another word of the query, or little else is in it. The hint tells without a look at the
//! name: a *mark* of two bytes for each spelling of its other words, which few others share, and what
//! the word weighs where it is left over.

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
    /// The other spellings, where they are told.
    others: Option<&'a [u8]>,
}

impl<'a> Posting<'a> {
    /// The marks of its other spellings, each with what its word weighs left over; nothing in place
    /// of that where it is of the same word as the one before. Nothing if they are too many.
    #[inline]
    pub(crate) fn others(&self) -> Option<impl Iterator<Item = (u16, Option<u8>)> + use<'a>> {
        let all = self.others?.as_chunks::<3>().0;
        Some(all.iter().map(|[a, b, left]| {
            (u16::from_le_bytes([*a, *b]), Some(*left).filter(|it| *it != AGAIN))
        }))
    }
}

/// In place of a weight: another spelling of the word before.
const AGAIN: u8 = u8::MAX;

/// More spellings than this are not told.
const MOST: usize = 12;
/// Instead of their number.
const UNTOLD: u8 = u8::MAX;

impl<'a> Postings<'a> {
    /// Those names.
    pub(crate) fn of(&self, term: usize) -> impl Iterator<Item = Posting<'a>> + use<'a> {
        let (from, to) = (self.starts.place(term), self.starts.place(term.saturating_add(1)));
        let mut bytes = self.bytes.get(from..to).unwrap_or_default();
        let mut name = 0u32;
        std::iter::from_fn(move || {
            name = name.wrapping_add(pull(&mut bytes)?);
            let (count, rest) = bytes.split_first()?;
            if *count == UNTOLD {
                bytes = rest;
                return Some(Posting { name, others: None });
            }
            let (others, rest) = rest.split_at_checked(usize::from(*count) * 3)?;
            bytes = rest;
            Some(Posting { name, others: Some(others) })
        })
    }
}

/// A word of a name: what it weighs, what it weighs left over, and its spellings.
pub(crate) type Word<'a> = (u8, u8, &'a [u32]);

/// What is told of a term without its names: the most that a word weighs anywhere that has this
/// spelling, and in how many bytes the names are told, as a binary logarithm.
pub(crate) type Summary = [u8; 2];

/// Writes postings of so many terms: `entries` are terms with names, sorted; `words` gives the words
/// of a name.
pub(crate) fn write<'a>(
    entries: &[(u32, u32)],
    terms: usize,
    words: impl Fn(u32) -> Vec<Word<'a>>,
) -> (Vec<u8>, Vec<u8>, Vec<Summary>) {
    let mut summaries = Vec::with_capacity(terms);
    let mut starts = Vec::with_capacity((terms + 1) * 4);
    let mut bytes = Vec::with_capacity(entries.len() * 8);
    let mut rest = entries;
    for term in 0..terms {
        starts.extend(place(&bytes));
        let count = rest.iter().take_while(|it| usize::try_from(it.0) == Ok(term)).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        let start = bytes.len();
        let (mut last, mut weight) = (0, 0);
        for (term, name) in own {
            push(name - last, &mut bytes);
            last = *name;
            let words = words(*name);
            let with = words.iter().filter(|it| it.2.contains(term));
            weight = with.map(|it| it.0).fold(weight, u8::max);
            let others = beside(*term, &words);
            if others.len() > MOST {
                bytes.push(UNTOLD);
            } else {
                bytes.push(u8::try_from(others.len()).unwrap_or(UNTOLD));
                for (mark, left) in others {
                    bytes.extend(mark.to_le_bytes());
                    bytes.push(left);
                }
            }
        }
        let size = (bytes.len() - start).next_power_of_two().trailing_zeros();
        summaries.push([weight, u8::try_from(size).unwrap_or(u8::MAX)]);
    }
    starts.extend(place(&bytes));
    (starts, bytes, summaries)
}

/// The other spellings of a name with `term`. One word with it is left over in no case: the one that
/// leads to the name, which is the heaviest of several.
fn beside(term: u32, words: &[Word<'_>]) -> Vec<(u16, u8)> {
    let with = words.iter().enumerate().filter(|it| it.1.2.contains(&term));
    let own = with.max_by_key(|it| it.1.1).map(|it| it.0);
    let mut all = Vec::new();
    for (at, (_, left, spellings)) in words.iter().enumerate() {
        let own = own == Some(at);
        let mut left = if own { 0 } else { (*left).min(AGAIN - 1) };
        for spelling in spellings.iter().filter(|it| !own || **it != term) {
            all.push((mark(*spelling), left));
            left = AGAIN;
        }
    }
    all
}

fn place(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}
