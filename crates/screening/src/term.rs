//! One spelling of one word, with what it can be found by, and how alike two of them are.
//!
//! [`Term::asked_keys`] and [`Term::listed_keys`] name every way in which [`compare`] can find two
//! terms alike: two terms that share no key are not alike. The index rests on this, and a test
//! holds it.

use crate::edit;
use crate::key::key;
use crate::reading::{self, Reading, System};
use crate::sound;

/// A term of its own.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
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
    use crate::reading::System;

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
    /// Beside the script: which of two alike it is.
    const OTHER: u8 = 128;

    /// The flags of a word from a script that is read by a system.
    #[must_use]
    pub fn of(system: System) -> u8 {
        FOREIGN
            | match system {
                System::Cyrillic => 0,
                System::Greek => OTHER,
                System::Arabic => ABJAD,
                System::Hebrew => ABJAD | OTHER,
                System::Han => COARSE,
                System::Kana => COARSE | OTHER,
                System::Hangul => COARSE | ABJAD,
            }
    }

    /// The system that a word from another script is read by; nothing where it is from none.
    #[must_use]
    pub fn system(flags: u8) -> Option<System> {
        let script = flags & (COARSE | ABJAD | OTHER);
        Some(match script {
            _ if flags & FOREIGN == 0 => return None,
            0 => System::Cyrillic,
            ABJAD => System::Arabic,
            COARSE => System::Han,
            _ if script == ABJAD | OTHER => System::Hebrew,
            _ if script == COARSE | OTHER => System::Kana,
            _ if script == COARSE | ABJAD => System::Hangul,
            _ => System::Greek,
        })
    }

    /// Whether vowels are left out.
    #[must_use]
    pub fn is_abjad(flags: u8) -> bool {
        flags & (ABJAD | COARSE) == ABJAD
    }
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
            sound::keys(&text, flag::system(flags)).into_iter().flat_map(u32::to_le_bytes).collect()
        } else {
            Vec::new()
        };
        let classes = classes.iter().flat_map(|it| it.to_le_bytes()).collect();
        Self { text, flags, sounds, classes }
    }

    /// Has only the first spelling of a word from another script read by its sounds, which become
    /// those of all: the table of readings knows the others.
    pub fn gather_sounds(spellings: &mut [Self]) {
        let Some((first, others)) = spellings.split_first_mut() else { return };
        for it in others {
            for key in it.sounds.as_chunks::<4>().0 {
                if !first.sounds.as_chunks::<4>().0.contains(key) {
                    first.sounds.extend(key);
                }
            }
            it.sounds.clear();
        }
        first.sounds.truncate(MOST_SOUNDS * 4);
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

/// The most keys of sounds that a term has.
const MOST_SOUNDS: usize = 60;

/// How many letters of a word make its keys for typing errors.
const PREFIX: usize = 7;

/// The keys of a term, by the way in which another can be like it.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The same text, or a class in common.
    pub same: Vec<u32>,
    /// Letters that are left when some are left out.
    pub errors: Vec<u32>,
    /// Sounds.
    pub sounds: Vec<u32>,
}

impl Term<'_> {
    /// The keys under which a listed term is kept, put into `to`; without repeats.
    pub fn listed_keys(&self, to: &mut Keys) {
        self.keys(to);
        if self.flags & flag::COARSE != 0 {
            let coarse = numbers(self.sounds).filter(|it| sound::is_coarse(*it));
            to.sounds.extend(coarse.map(of_coarse));
        }
    }

    /// The keys that find every listed term alike to this one: one that shares none is not.
    ///
    /// The coarse grade of sounds only counts where one side is coarse: a term that is not looks
    /// for those that are.
    pub fn asked_keys(&self, to: &mut Keys) {
        self.keys(to);
        if self.flags & flag::COARSE == 0 {
            for it in to.sounds.iter_mut().filter(|it| sound::is_coarse(**it)) {
                *it = of_coarse(*it);
            }
        }
    }

    fn keys(&self, to: &mut Keys) {
        to.same.clear();
        to.errors.clear();
        to.sounds.clear();
        to.same.push(key(b'=', &[self.text]));
        to.same.extend(numbers(self.classes));
        to.sounds.extend(numbers(self.sounds));
        if self.has_errors() {
            let prefix = self.text.get(..PREFIX.min(self.text.len())).unwrap_or_default();
            let budget = edit::budget(self.text.len());
            to.errors.push(key(b'e', &[prefix]));
            for a in 0..prefix.len() {
                let (before, after) = around(prefix, a);
                to.errors.push(key(b'e', &[before, after]));
                if budget < 2 {
                    continue;
                }
                for b in 0..a {
                    let (first, middle) = around(before, b);
                    to.errors.push(key(b'e', &[first, middle, after]));
                }
            }
            to.errors.sort_unstable();
            to.errors.dedup();
        }
    }

    /// Whether typing errors are looked for.
    pub(crate) fn has_errors(&self) -> bool {
        self.flags & (flag::DIGIT | flag::FIXED | flag::INITIAL) == 0
            && (3..=edit::LONGEST).contains(&self.text.len())
    }

    /// The same text, or the same meaning.
    pub(crate) fn same(&self, other: &Term<'_>) -> Option<Likeness> {
        if self.text == other.text {
            return Some(Likeness { score: 1000, relation: Relation::Same });
        }
        shares(self.classes, other.classes)
            .then_some(Likeness { score: SYNONYM, relation: Relation::Synonym })
    }

    /// Whether only the same text or the same meaning will do for these two.
    fn is_fixed(&self, other: &Term<'_>) -> bool {
        (self.flags | other.flags) & (flag::DIGIT | flag::FIXED | flag::INITIAL) != 0
            || self.flags & other.flags & flag::KNOWN != 0
    }

    /// Near by letters; `errors` counts them, up to so many.
    fn typo(
        &self,
        other: &Term<'_>,
        errors: impl FnOnce(usize) -> Option<usize>,
    ) -> Option<Likeness> {
        if self.is_fixed(other) || !self.has_errors() || !other.has_errors() {
            return None;
        }
        let errors = errors(edit::budget(self.text.len().min(other.text.len())))?;
        let longer = self.text.len().max(other.text.len());
        // Nobody mistypes in another script: there, another letter is more likely another name.
        let foreign = (self.flags ^ other.flags) & flag::FOREIGN != 0;
        let error = match (foreign, errors == 1 && is_swap(self.text, other.text)) {
            (true, _) => ERROR * 3 / 2,
            (false, true) => SWAP,
            (false, false) => ERROR,
        };
        likeness(1000usize.checked_sub(errors * error / longer + ERROR_FLAT)?, Relation::Typo)
    }

    /// Near by sound, for terms that share one; `apart` counts how many of so many consonants
    /// differ, `errors` how many letters.
    fn sound(
        &self,
        other: &Term<'_>,
        apart: impl FnOnce() -> Option<(usize, usize)>,
        errors: impl FnOnce() -> Option<usize>,
    ) -> Option<Likeness> {
        match (flag::system(self.flags), flag::system(other.flags)) {
            (Some(system), None) => {
                return read(&Reading::of(system, self.text)?, self, other);
            }
            (None, Some(system)) => {
                return read(&Reading::of(system, other.text)?, other, self);
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        let (apart, bones) = apart()?;
        let bones = bones.max(1);
        let abjad = flag::is_abjad(self.flags) || flag::is_abjad(other.flags);
        let score = if abjad {
            // Vowels say little where one side does not write them.
            let ends = vowel(self.text.last()) != vowel(other.text.last());
            let begins = vowel(self.text.first()) != vowel(other.text.first());
            let odd = usize::from(ends) * 110 + usize::from(begins) * 150;
            950usize.checked_sub(apart * 400 / bones + odd)?
        } else if (self.flags | other.flags) & flag::COARSE != 0 {
            900usize.checked_sub(apart * 300 / bones)?
        } else {
            let longer = self.text.len().max(other.text.len()).max(1);
            let short = if bones == 2 { SHORT_SOUND } else { 0 };
            960usize.checked_sub(apart * 250 / bones + errors()? * 400 / longer + short)?
        };
        // A word of one consonant could be almost anything.
        let score = if bones < 2 { score.saturating_sub(150) } else { score };
        likeness(score, Relation::Sound)
    }

    /// Whether the two share a sound, of the grade that counts for them.
    fn sounds_like(&self, other: &Term<'_>) -> bool {
        let coarse = (self.flags | other.flags) & flag::COARSE != 0;
        numbers(self.sounds)
            .filter(|it| coarse || !sound::is_coarse(*it))
            .any(|it| numbers(other.sounds).any(|other| it == other))
    }
}

/// How alike a word of another script, in one of its spellings, is to one in Latin letters.
fn read(reading: &Reading<'_>, foreign: &Term<'_>, latin: &Term<'_>) -> Option<Likeness> {
    let mass = reading::mass(foreign.text).max(reading::mass(latin.text)).max(1);
    // A single character is a Chinese name, and the table is for sounds of foreign ones.
    let is_character =
        flag::system(foreign.flags) == Some(System::Han) && reading::is_syllable(foreign.text);
    let slope = if is_character { READ_SLOPE * 2 } else { READ_SLOPE };
    let most = u32::from(READ - FAINT) * u32::from(mass) / slope;
    let cost = reading.cost(latin.text, u16::try_from(most).ok()?)?;
    let lost = u32::from(cost) * slope / u32::from(mass);
    likeness(usize::from(READ).checked_sub(usize::try_from(lost).ok()?)?, Relation::Sound)
}

/// Less than this is no likeness.
const LEAST: usize = 500;

fn likeness(score: usize, relation: Relation) -> Option<Likeness> {
    let score = u16::try_from(score).ok().filter(|it| usize::from(*it) >= LEAST)?;
    Some(Likeness { score, relation })
}

/// The key under which terms of the coarse grade alone are kept.
fn of_coarse(it: u32) -> u32 {
    crate::key::mix(it) | 1
}

/// What is before and after the letter at `at`.
fn around(text: &[u8], at: usize) -> (&[u8], &[u8]) {
    (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|it| u32::from_le_bytes(*it))
}

/// How alike two terms are; nothing if they are not.
///
/// Symmetric.  A single letter is compared with whole words elsewhere.
#[must_use]
pub fn compare(a: Term<'_>, b: Term<'_>) -> Option<Likeness> {
    let same = a.same(&b);
    if same.is_some_and(|it| it.relation == Relation::Same) || a.is_fixed(&b) {
        return same;
    }
    let typo = a.typo(&b, |most| edit::few(a.text, b.text, most));
    let sound = a.sounds_like(&b).then(|| {
        let apart = || {
            let (mut left, mut right) = ([0u8; 24], [0u8; 24]);
            let (m, n) = (sound::bones(a.text, &mut left), sound::bones(b.text, &mut right));
            let apart = edit::distance(left.get(..m)?, right.get(..n)?, MOST_APART)?;
            Some((apart, m.max(n)))
        };
        a.sound(&b, apart, || edit::distance(a.text, b.text, MOST_APART))
    });
    better(better(same, typo), sound.flatten())
}

/// The greater likeness; where they are equal, the nearer relation.
#[must_use]
pub fn better(a: Option<Likeness>, b: Option<Likeness>) -> Option<Likeness> {
    let rank = |it: &Likeness| (it.score, std::cmp::Reverse(it.relation));
    match (a, b) {
        (Some(a), Some(b)) => Some(if rank(&a) >= rank(&b) { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// A term that is compared with many listed ones: what depends on it alone is worked out once. Each
/// way of being alike is asked by itself, as the index finds terms way by way.
pub(crate) struct Asked<'a> {
    term: Term<'a>,
    letters: Option<edit::Pattern>,
    bones: edit::Pattern,
    bone_letters: [u8; 24],
    bone_count: usize,
    reading: Option<Reading<'a>>,
}

impl<'a> Asked<'a> {
    pub(crate) fn of(term: Term<'a>) -> Option<Self> {
        let mut bones = [0u8; 24];
        let bone_count = sound::bones(term.text, &mut bones);
        Some(Self {
            term,
            letters: edit::Pattern::of(term.text),
            bones: edit::Pattern::of(bones.get(..bone_count)?)?,
            bone_letters: bones,
            bone_count,
            reading: flag::system(term.flags).and_then(|it| Reading::of(it, term.text)),
        })
    }

    pub(crate) fn typo(&self, listed: &Term<'_>) -> Option<Likeness> {
        self.term.typo(listed, |most| edit::few(self.term.text, listed.text, most))
    }

    pub(crate) fn sound(&self, listed: &Term<'_>) -> Option<Likeness> {
        if self.term.is_fixed(listed)
            || self.term.text == listed.text
            || !self.term.sounds_like(listed)
        {
            return None;
        }
        if let Some(reading) = &self.reading
            && flag::system(listed.flags).is_none()
        {
            return read(reading, &self.term, listed);
        }
        let apart = || {
            let mut bones = [0u8; 24];
            let count = sound::bones(listed.text, &mut bones);
            // Both are filled up with nothing, so that most need no closer look.
            let apart = if bones == self.bone_letters {
                0
            } else {
                self.bones.distance(bones.get(..count)?, MOST_APART)?
            };
            Some((apart, self.bone_count.max(count)))
        };
        self.term.sound(listed, apart, || self.errors(listed, MOST_APART))
    }

    fn errors(&self, listed: &Term<'_>, most: usize) -> Option<usize> {
        match &self.letters {
            Some(it) if listed.text.len() <= edit::LONGEST => it.distance(listed.text, most),
            _ => edit::distance(self.term.text, listed.text, most),
        }
    }
}

const SYNONYM: u16 = 960;
/// How alike a word of another script is to a name that it can be read as without any cost.
const READ: u16 = 955;
/// What is lost where a reading costs as much as all consonants of a word.
const READ_SLOPE: u32 = 1700;
/// Less than this is no reading.
const FAINT: u16 = 600;
const ERROR: usize = 950;
/// Two letters in the wrong order: both words have the same letters, so it is hardly another word.
const SWAP: usize = 650;
const ERROR_FLAT: usize = 10;
/// What a word of two consonants loses, which many others sound like.
const SHORT_SOUND: usize = 80;
/// So many consonants or letters apart is too far in any case.
const MOST_APART: usize = 8;

/// Whether two words that are one error apart have the same letters in another order.
fn is_swap(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).filter(|(x, y)| x != y).count() == 2
}

fn vowel(letter: Option<&u8>) -> bool {
    letter.is_some_and(|it| b"aeiouy".contains(it))
}

fn shares(a: &[u8], b: &[u8]) -> bool {
    numbers(a).any(|it| numbers(b).any(|other| it == other))
}

#[cfg(test)]
mod tests;
