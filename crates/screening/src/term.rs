//! One spelling of one word, with what it can be found by, and how alike two of them are.
//!
//! [`Term::keys`] names every way in which [`compare`] can find two terms alike: two terms that
//! share no key are not alike. The index rests on this, and a test holds it.

use crate::edit;
use crate::key::key;
use crate::sound;

/// A term of its own.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct OwnedTerm {
    /// In Latin letters where that is possible.
    pub text: String,
    /// See [`flag`].
    pub flags: u8,
    /// What it sounds like: 4 bytes a key, little endian.
    pub sounds: Vec<u8>,
    /// The classes it belongs to: 4 bytes a class.
    pub classes: Vec<u8>,
}

/// What a term is, as far as comparing depends on it.
pub mod flag {
    /// From a script that leaves vowels out.
    pub const ABJAD: u8 = 1;
    /// From a script whose syllables keep foreign sounds only roughly.
    pub const COARSE: u8 = 2;
    /// Has a digit, so only the same will do.
    pub const DIGIT: u8 = 4;
    /// Stands for a known phrase, so only the same or its class will do.
    pub const FIXED: u8 = 8;
    /// A single letter of an alphabet.
    pub const INITIAL: u8 = 16;
    /// From another script than the Latin one.
    pub const FOREIGN: u8 = 32;
    /// A word that dictionaries have: another such word is no misspelling of it.
    pub const KNOWN: u8 = 64;
}

/// A term wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Term<'a> {
    /// See [`OwnedTerm::text`].
    pub text: &'a [u8],
    /// See [`flag`].
    pub flags: u8,
    /// See [`OwnedTerm::sounds`].
    pub sounds: &'a [u8],
    /// See [`OwnedTerm::classes`].
    pub classes: &'a [u8],
}

/// How two words are alike.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Relation {
    /// Written the same, after folding and romanization.
    Same,
    /// Different spellings or forms that mean the same.
    Synonym,
    /// They sound alike.
    Sound,
    /// One or two typing errors apart.
    Typo,
    /// One is the first letter of the other.
    Initial,
    /// Several words on one side written as one on the other.
    Joined,
    /// The first letters of several words.
    Acronym,
}

/// How alike two words are, in thousandths, and in which way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Likeness {
    /// In thousandths.
    pub score: u16,
    /// In which way.
    pub relation: Relation,
}

impl OwnedTerm {
    /// A term of the text, already in Latin letters, with the classes given.
    #[must_use]
    pub fn new(text: String, flags: u8, classes: &[u32]) -> Self {
        let mut flags = flags;
        let mut text = text;
        while text.len() > usize::from(u8::MAX) {
            text.pop();
        }
        if text.bytes().any(|it| it.is_ascii_digit()) {
            flags |= flag::DIGIT;
        }
        if text.chars().count() == 1 && text.chars().all(char::is_alphabetic) {
            flags |= flag::INITIAL;
        }
        let sounds = if flags & (flag::DIGIT | flag::FIXED | flag::INITIAL) == 0 {
            sound::keys(&text).into_iter().flat_map(u32::to_le_bytes).collect()
        } else {
            Vec::new()
        };
        let classes = classes.iter().flat_map(|it| it.to_le_bytes()).collect();
        Self { text, flags, sounds, classes }
    }

    /// Seen as a term.
    #[must_use]
    pub fn view(&self) -> Term<'_> {
        Term {
            text: self.text.as_bytes(),
            flags: self.flags,
            sounds: &self.sounds,
            classes: &self.classes,
        }
    }
}

/// How many letters of a word make its keys for typing errors.
const PREFIX: usize = 7;

impl Term<'_> {
    /// Every key by which a term that is alike can be found, put into `to`; without repeats.
    pub fn keys(&self, to: &mut Vec<u32>) {
        to.clear();
        to.push(key(b'=', &[self.text]));
        to.extend(numbers(self.classes).chain(numbers(self.sounds)));
        if self.has_errors() {
            let prefix = self.text.get(..PREFIX.min(self.text.len())).unwrap_or_default();
            let budget = edit::budget(self.text.len());
            to.push(key(b'e', &[prefix]));
            for a in 0..prefix.len() {
                let (before, after) = around(prefix, a);
                to.push(key(b'e', &[before, after]));
                if budget < 2 {
                    continue;
                }
                for b in 0..a {
                    let (first, middle) = around(before, b);
                    to.push(key(b'e', &[first, middle, after]));
                }
            }
        }
        to.sort_unstable();
        to.dedup();
    }

    /// Whether typing errors are looked for.
    fn has_errors(&self) -> bool {
        self.flags & (flag::DIGIT | flag::FIXED | flag::INITIAL) == 0
            && (3..=edit::LONGEST).contains(&self.text.len())
    }
}

/// What is before and after the letter at `at`.
fn around(text: &[u8], at: usize) -> (&[u8], &[u8]) {
    (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|it| it.try_into().ok().map(u32::from_le_bytes))
}

/// How alike two terms are; nothing if they are not.
///
/// Symmetric.  A single letter is compared with whole words elsewhere.
#[must_use]
pub fn compare(a: Term<'_>, b: Term<'_>) -> Option<Likeness> {
    compare_if(a, b, true)
}

/// The same, leaving out typing errors unless the two are near each other by their letters.
pub(crate) fn compare_if(a: Term<'_>, b: Term<'_>, near: bool) -> Option<Likeness> {
    if a.text == b.text {
        return Some(Likeness { score: 1000, relation: Relation::Same });
    }
    let mut best: Option<Likeness> = None;
    let mut offer = |score: usize, relation: Relation| {
        let score = u16::try_from(score).unwrap_or(1000);
        if best.is_none_or(|it| it.score < score) {
            best = Some(Likeness { score, relation });
        }
    };
    if shares(a.classes, b.classes) {
        offer(SYNONYM, Relation::Synonym);
    }
    let fixed = (a.flags | b.flags) & (flag::DIGIT | flag::FIXED | flag::INITIAL) != 0;
    if fixed || a.flags & b.flags & flag::KNOWN != 0 {
        return best;
    }
    let shorter = a.text.len().min(b.text.len());
    if near
        && a.has_errors()
        && b.has_errors()
        && let Some(errors) = edit::distance(a.text, b.text, edit::budget(shorter))
    {
        let longer = a.text.len().max(b.text.len());
        // Nobody mistypes in another script: there, another letter is more likely another name.
        let foreign = (a.flags ^ b.flags) & flag::FOREIGN != 0;
        let error = if foreign { ERROR * 3 / 2 } else { ERROR };
        let score = 1000usize.saturating_sub(errors * error / longer + ERROR_FLAT);
        if score >= 300 {
            offer(score, Relation::Typo);
        }
    }
    if let Some(score) = sound_likeness(a, b) {
        offer(score, Relation::Sound);
    }
    best
}

const SYNONYM: usize = 960;
const ERROR: usize = 950;
const ERROR_FLAT: usize = 10;

fn sound_likeness(a: Term<'_>, b: Term<'_>) -> Option<usize> {
    if !shares(a.sounds, b.sounds) {
        return None;
    }
    let any = a.flags | b.flags;
    let (mut left, mut right) = ([0u8; 24], [0u8; 24]);
    let (m, n) = (sound::bones(a.text, &mut left), sound::bones(b.text, &mut right));
    let apart = edit::distance(left.get(..m)?, right.get(..n)?, 8)?;
    let bones = m.max(n).max(1);
    let score = if any & flag::ABJAD != 0 {
        // Vowels say little where one side does not write them.
        let ends = vowel(a.text.last()) != vowel(b.text.last());
        let begins = vowel(a.text.first()) != vowel(b.text.first());
        let odd = usize::from(ends) * 110 + usize::from(begins) * 150;
        950usize.checked_sub(apart * 400 / bones + odd)?
    } else if any & flag::COARSE != 0 {
        900usize.checked_sub(apart * 300 / bones)?
    } else {
        let longer = a.text.len().max(b.text.len()).max(1);
        let errors = edit::distance(a.text, b.text, 8)?;
        960usize.checked_sub(apart * 250 / bones + errors * 400 / longer)?
    };
    // A word of one consonant could be almost anything.
    let score = if bones < 2 { score.saturating_sub(150) } else { score };
    (score >= 500).then_some(score)
}

fn vowel(letter: Option<&u8>) -> bool {
    letter.is_some_and(|it| b"aeiouy".contains(it))
}

fn shares(a: &[u8], b: &[u8]) -> bool {
    a.chunks_exact(4).any(|it| b.chunks_exact(4).any(|other| it == other))
}

#[cfg(test)]
mod tests;
