//! Which listed words the words of earlier queries were like, kept for those that come after: the
//! names of a file share most of their words. What is found is the same; it is only not looked for
//! again.
//!
//! Bounded: what was found lately is kept in one generation, and when that is full, the one before
//! it is forgotten. A word that is asked for again moves into the younger one.

use super::expansion::Packed;
use crate::index::Index;
use crate::term::OwnedTerm;
#[expect(
    clippy::disallowed_types,
    reason = "asked for every word of every row of a file; nothing is ever listed from it"
)]
use std::collections::HashMap;
use std::mem;
use std::ops::Range;

/// What the words of a query led to in one index. One a thread.
#[derive(Debug)]
pub struct Memo<'a> {
    /// Held, so that these bytes stay what they are as long as this is remembered of them.
    index: Index<'a>,
    pub(super) words: Words,
}

/// Words and what they led to in one index, whichever that is.
#[derive(Debug)]
pub(crate) struct Words {
    young: Generation,
    old: Generation,
    /// How much a generation holds.
    pub(super) most: usize,
}

#[derive(Debug, Default)]
#[expect(clippy::disallowed_types, reason = "as above")]
struct Generation {
    words: HashMap<OwnedTerm, Range<usize>>,
    found: Vec<(u32, Packed)>,
}

/// How many listed words a generation holds; a word that was asked for counts as some.
const MOST: usize = 1 << 19;
const WORD: usize = 16;

impl<'a> Memo<'a> {
    /// Of nothing yet; for queries of `index`.
    #[must_use]
    pub fn of(index: Index<'a>) -> Self {
        Self { index, words: Words::default() }
    }

    /// Whether it is of this index.
    pub(super) fn is_of(&self, index: &Index<'_>) -> bool {
        self.index.is_at(index)
    }
}

impl Default for Words {
    fn default() -> Self {
        Self { young: Generation::default(), old: Generation::default(), most: MOST }
    }
}

impl Words {
    /// The listed words like `term`, and how alike each is.
    pub(super) fn get(&mut self, term: &OwnedTerm) -> Option<&[(u32, Packed)]> {
        if !self.young.words.contains_key(term) {
            let found = self.old.found.get(self.old.words.get(term)?.clone())?.to_vec();
            self.put(term, &found);
        }
        self.young.found.get(self.young.words.get(term)?.clone())
    }

    /// Keeps what was found for `term`.
    pub(super) fn put(&mut self, term: &OwnedTerm, found: &[(u32, Packed)]) {
        if self.young.found.len() + self.young.words.len() * WORD > self.most {
            self.old = mem::take(&mut self.young);
        }
        let from = self.young.found.len();
        self.young.found.extend(found);
        self.young.words.insert(term.clone(), from..self.young.found.len());
    }
}
