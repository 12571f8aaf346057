//! The index: which listed names could be alike a query, found without looking at the others.
//!
//! **Why nothing is missed.** Two names score through pairs of words only, and [`crate::term`] and
//! [`crate::align`] allow a pair in these ways: the terms share a key (the same text, a class, a
//! sound, a common rest after leaving out letters within the budget for errors); several words on
//! one side are joined, or abbreviated, to one on the other; one is the initial of the other. Each
//! way is a lookup here. A query word is *expanded* when all lookups for it were made. A name that
//! no expanded word leads to has no pair with any of them, so the weight `E` of the expanded words
//! is left over and at most the weight `R` of the rest agrees: its likeness is at most
//! `R / (R + penalty(E))`, where `E` counts a word that may be a misspelled common one as little as
//! the score does. Words are expanded, rarest first, until that is below what is asked for.
//!
//! A name that an expanded word leads to by some term is passed over, unseen, where the rest of it
//! cannot do. Its postings tell which other terms it may have, and so which other words of the
//! query may have a pair in it, and how good a pair at the most; a name that is alike enough, looked
//! at from the term of one of its pairs, has no pair with any other, and the words of it that are
//! like none are left over. If all of those pairs were there, each as good as it can be, they would
//! have to make up for that (`screener::bound`). A word of the query to which the term itself is
//! alike may be one said twice, and counts as agreeing; so does a first letter that is asked for,
//! which may be that of anything. Names with a word that several of the query are joined, or
//! abbreviated, to are tried in the same way, those words counting as agreeing; names in which
//! several words may be one of the query are looked at, but for very many in which they may be
//! abbreviated to it: if that alone is not enough, another word of the query has a pair too, and so
//! only those are looked at which the lookups for some other word also find.
//!
//! Leaving out letters is complete: if two words are `k` errors apart, they have a common
//! subsequence that leaves out at most `k` letters of each; cut to the first seven letters of each
//! word, the shorter of the two cut subsequences is common to both prefixes and leaves out at most
//! `k` of either.
//!
//! Names of which a field is the beginning need no pair of words: they are kept by their first
//! letters, and looked up by those of the field ([`crate::name`], `beginning`; `screener::cut`).
//!
//! The form is plain bytes in little endian, the same for the same parties in the same order, and
//! can be read in place. `build` writes it, this file reads it.

mod build;
pub(crate) mod bytes;
mod postings;

pub use build::build;
pub(crate) use build::{Builder, acronym_key, join_key};

use crate::name::{Class, Name};
use crate::normalize::SPELLING;
use crate::party::PartyKind;
use crate::settings::VERSION;
use crate::term::Term;
use bytes::{Hashed, Numbers, Reader};
use postings::Postings;
pub(crate) use postings::{Posting, mark};

/// What begins every index; the version of the comparison follows.
pub const MAGIC: [u8; 8] = *b"EXEATIXC";

/// An index that lies in bytes somewhere, such as a mapped file.
///
/// A *term* is one spelling of a word; a *token* is a word with its class, its weight and its
/// spellings, kept once however many names have it; a *name* is some tokens of a party.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    terms: &'a [u8],
    letters: &'a [u8],
    same: Hashed<'a>,
    errors: Hashed<'a>,
    sounds: Hashed<'a>,
    tokens: &'a [u8],
    spellings: Numbers<'a>,
    /// The names with a term.
    names_with: Postings<'a>,
    name_places: Numbers<'a>,
    names: &'a [u8],
    joins: Hashed<'a>,
    numbers: Hashed<'a>,
    /// Names by how they are written, under two keys.
    spelled: [Hashed<'a>; SPELLING],
    /// Names by how they begin.
    begun: Hashed<'a>,
    parties: Numbers<'a>,
    facts: &'a [u8],
}

/// Why bytes are no index.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IndexError {
    /// They do not begin as one, or are of another version of the form or of the comparison.
    #[error("these bytes are no index of this version")]
    Version,
    /// They end too early, or lengths do not fit together.
    #[error("the index is cut short or damaged")]
    Damaged,
}

/// What rules a term out without a look at it: 26 bits for its letters, 6 for its length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signature(pub(crate) u32);

impl Signature {
    /// That of a term.
    pub(crate) fn of(term: Term<'_>) -> Self {
        let letters = term.text.iter().fold(0, |bits, it| bits | 1u32 << (it % 26));
        Self(letters << 6 | u32::try_from(term.text.len()).unwrap_or(u32::MAX).min(63))
    }

    /// Whether two words may be within the errors allowed: each changes at most two of the letters
    /// that a word has, and the length by one.
    pub(crate) fn near(self, other: Self) -> bool {
        let (a, b) = (self.0 & 63, other.0 & 63);
        let errors = match a.min(b) {
            0..=2 => 0,
            3..=4 => 1,
            _ => 2,
        };
        a.abs_diff(b) <= errors && ((self.0 ^ other.0) >> 6).count_ones() <= errors * 2
    }
}

/// One listed name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameEntry<'a> {
    pub(crate) party: u32,
    pub(crate) name: u16,
    pub(crate) kind: PartyKind,
    pub(crate) weak: bool,
    /// The numbers of its tokens.
    tokens: &'a [u8],
}

impl<'a> NameEntry<'a> {
    /// The numbers of its words.
    pub(crate) fn words(&self) -> impl Iterator<Item = u32> + use<'a> {
        let mut rest = self.tokens;
        std::iter::from_fn(move || bytes::pull(&mut rest))
    }
}

/// One word of listed names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenEntry {
    pub(crate) class: Class,
    pub(crate) weight: u16,
    pub(crate) left: u16,
    pub(crate) character: u32,
    /// Its only spelling, or where its spellings begin.
    spellings: u32,
    count: u8,
}

const TERM: usize = 16;
const TOKEN: usize = 12;

impl<'a> Index<'a> {
    /// Reads `bytes` as an index, in place.
    ///
    /// # Errors
    ///
    /// If they are none, of another version, or cut short. Bytes that are damaged but still hang
    /// together are not noticed here and give wrong hits, never a panic: digests are the snapshot's
    /// business.
    pub fn read(bytes: &'a [u8]) -> Result<Self, IndexError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(IndexError::Version)?;
        // Names are kept as the comparison took them apart: with another, some would not be found.
        let rest = rest.strip_prefix(&VERSION.to_le_bytes()).ok_or(IndexError::Version)?;
        let mut reader = Reader::new(rest);
        let mut next = || reader.section().ok_or(IndexError::Damaged);
        Ok(Self {
            terms: next()?,
            letters: next()?,
            same: Hashed { starts: Numbers(next()?), bytes: next()? },
            errors: Hashed { starts: Numbers(next()?), bytes: next()? },
            sounds: Hashed { starts: Numbers(next()?), bytes: next()? },
            tokens: next()?,
            spellings: Numbers(next()?),
            names_with: Postings { starts: Numbers(next()?), bytes: next()? },
            name_places: Numbers(next()?),
            names: next()?,
            joins: Hashed { starts: Numbers(next()?), bytes: next()? },
            numbers: Hashed { starts: Numbers(next()?), bytes: next()? },
            spelled: [
                Hashed { starts: Numbers(next()?), bytes: next()? },
                Hashed { starts: Numbers(next()?), bytes: next()? },
                Hashed { starts: Numbers(next()?), bytes: next()? },
                Hashed { starts: Numbers(next()?), bytes: next()? },
            ],
            begun: Hashed { starts: Numbers(next()?), bytes: next()? },
            parties: Numbers(next()?),
            facts: next()?,
        })
    }

    /// Whether both read the same bytes, at the same place.
    pub(crate) fn is_at(&self, other: &Index<'_>) -> bool {
        std::ptr::eq(self.terms, other.terms) && std::ptr::eq(self.facts, other.facts)
    }

    /// How many parties it holds.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.parties.len().saturating_sub(1)
    }

    /// How many names it holds.
    #[must_use]
    pub fn names(&self) -> usize {
        self.name_places.len().saturating_sub(1)
    }

    /// How many different spellings of words it holds.
    #[must_use]
    pub fn terms(&self) -> usize {
        self.terms.len() / TERM
    }

    #[inline]
    pub(crate) fn term(&self, id: u32) -> Option<Term<'a>> {
        let record = record::<TERM>(self.terms, id)?;
        let [a, b, c, d, _, _, _, _, length, flags, sounds, classes, ..] = *record;
        let start = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
        let length = usize::from(length);
        let sounds = usize::from(sounds) * 4;
        let classes = usize::from(classes) * 4;
        let all = self.letters.get(start..start + length + sounds + classes)?;
        let (text, rest) = all.split_at_checked(length)?;
        let (sounds, classes) = rest.split_at_checked(sounds)?;
        Some(Term { text, flags, sounds, classes })
    }

    /// The signature of a term.
    #[inline]
    pub(crate) fn signature(&self, id: u32) -> Option<Signature> {
        let [_, _, _, _, a, b, c, d, ..] = *record::<TERM>(self.terms, id)?;
        Some(Signature(u32::from_le_bytes([a, b, c, d])))
    }

    /// Terms that may have this text or belong to this class.
    pub(crate) fn terms_alike(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.same.find(key)
    }

    /// Terms that may be some errors away from what has this key, near or not.
    pub(crate) fn terms_near(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.errors.find(key)
    }

    /// A letter of a term: asked for so that it is at hand when the whole of it is.
    #[inline]
    pub(crate) fn first_letter(&self, id: u32) -> u8 {
        let start = record::<TERM>(self.terms, id).and_then(|[a, b, c, d, ..]| {
            usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()
        });
        start.and_then(|it| self.letters.get(it)).copied().unwrap_or(0)
    }

    /// Terms that may be kept under this key of a sound.
    pub(crate) fn terms_sounding(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.sounds.find(key)
    }

    /// The names in which a term occurs, with what else they have.
    pub(crate) fn names_with(&self, term: u32) -> impl Iterator<Item = Posting<'a>> + use<'a> {
        self.names_with.of(place(term))
    }

    /// The most that a word with this spelling weighs.
    #[inline]
    pub(crate) fn weight_of(&self, term: u32) -> u8 {
        record::<TERM>(self.terms, term).map_or(u8::MAX, |it| it[12])
    }

    /// In how many bytes the names are told in which a term occurs, by the next power of two.
    #[inline]
    pub(crate) fn size_of_names(&self, term: u32) -> u64 {
        record::<TERM>(self.terms, term)
            .map_or(0, |it| 1u64.checked_shl(it[13].into()).unwrap_or(u64::MAX))
    }

    /// Names that may have words which are joined, or abbreviated, to one of this key.
    pub(crate) fn names_by_join(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.joins.find(key)
    }

    pub(crate) fn parties_by_number(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.numbers.find(key)
    }

    /// The names that are written so, letter for letter, in whatever order of words; by a chance of
    /// one in billions another.
    pub(crate) fn names_spelled(&self, name: &Name) -> Vec<u32> {
        let mut found: Option<Vec<u32>> = None;
        for (kept, key) in self.spelled.iter().zip(name.spelling.into_iter().flatten()) {
            let under = kept.find(key);
            let left: Vec<u32> = match &found {
                None => under.collect(),
                Some(before) => under.filter(|it| before.contains(it)).collect(),
            };
            if left.is_empty() {
                return left;
            }
            found = Some(left);
        }
        found.unwrap_or_default()
    }

    /// The names that may begin with the letters of this key.
    pub(crate) fn names_begun(&self, key: u32) -> impl Iterator<Item = u32> + use<'a> {
        self.begun.find(key)
    }

    #[inline]
    pub(crate) fn name(&self, id: u32) -> Option<NameEntry<'a>> {
        let at = place(id);
        let from = place(self.name_places.get(at)?);
        let to = place(self.name_places.get(at.checked_add(1)?)?);
        let (kind, mut tokens) = self.names.get(from..to)?.split_first()?;
        let party = bytes::pull(&mut tokens)?;
        let name = u16::try_from(bytes::pull(&mut tokens)?).ok()?;
        Some(NameEntry { party, name, kind: kind_of(kind & 0x7f), weak: kind & 0x80 != 0, tokens })
    }

    /// The words of a name.
    pub(crate) fn tokens_of(
        &self,
        name: &NameEntry<'a>,
    ) -> impl Iterator<Item = TokenEntry> + use<'a> {
        let index = *self;
        name.words().map_while(move |it| index.token(it))
    }

    /// A word by its number.
    #[inline]
    #[expect(clippy::many_single_char_names, reason = "bytes of a record")]
    pub(crate) fn token(&self, id: u32) -> Option<TokenEntry> {
        let [a, b, c, d, weight, left, class, count, g, h, i, j] =
            *record::<TOKEN>(self.tokens, id)?;
        Some(TokenEntry {
            spellings: u32::from_le_bytes([a, b, c, d]),
            weight: u16::from(weight),
            left: u16::from(left),
            class: class_of(class),
            count,
            character: u32::from_le_bytes([g, h, i, j]),
        })
    }

    /// The only spelling of a token; nothing if it has several.
    #[inline]
    pub(crate) fn only_spelling(token: &TokenEntry) -> Option<u32> {
        (token.count == 1).then_some(token.spellings)
    }

    /// The terms of a token, the usual spelling first.
    pub(crate) fn spellings(&self, token: &TokenEntry) -> impl Iterator<Item = u32> + use<'a> {
        let (spellings, token) = (self.spellings, *token);
        let from = place(token.spellings);
        (0..usize::from(token.count)).filter_map(move |it| match token.count {
            1 => Some(token.spellings),
            _ => spellings.get(from.checked_add(it)?),
        })
    }

    /// What else is known of a party, as [`crate::evidence`] writes it.
    pub(crate) fn facts(&self, party: u32) -> &'a [u8] {
        let at = usize::try_from(party).unwrap_or(usize::MAX - 1);
        let from = self.parties.get(at).and_then(|it| usize::try_from(it).ok());
        let to = self.parties.get(at + 1).and_then(|it| usize::try_from(it).ok());
        match (from, to) {
            (Some(from), Some(to)) => self.facts.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }
}

fn place(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

fn record<const N: usize>(bytes: &[u8], id: u32) -> Option<&[u8; N]> {
    let start = usize::try_from(id).ok()?.checked_mul(N)?;
    bytes.get(start..start.checked_add(N)?)?.try_into().ok()
}

fn kind_of(code: u8) -> PartyKind {
    match code {
        0 => PartyKind::Person,
        1 => PartyKind::Organization,
        2 => PartyKind::Vessel,
        3 => PartyKind::Aircraft,
        _ => PartyKind::Unknown,
    }
}

fn class_of(code: u8) -> Class {
    match code {
        0 => Class::Name,
        1 => Class::Number,
        2 => Class::Word,
        3 => Class::Patronymic,
        4 => Class::Initial,
        5 => Class::Particle,
        6 => Class::Honor,
        _ => Class::Legal,
    }
}
