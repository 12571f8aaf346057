//! Whether a word in Latin letters is a reading of one from another script, and how far it is off.
//!
//! [`crate::scripts`] gives a word a few spellings, people give it many. A table says for each
//! script which letters of a name stand for what a spelling has, and what that costs: little where
//! people write it so, more where they rarely do, and a full measure for another consonant. What a
//! word is as a whole is the best way through both. Which pairs are tried at all is decided by
//! [`crate::sound`], what a cost is worth by [`crate::term`]. Start at [`Reading`].

use crate::scripts::Script;
use std::sync::LazyLock;

/// The systems of writing that the table tells apart.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum System {
    /// Cyrillic.
    Cyrillic,
    /// Greek, and whatever is no other.
    Greek,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Chinese characters.
    Han,
    /// Japanese syllables.
    Kana,
    /// Korean syllables.
    Hangul,
}

const COUNT: usize = 7;

impl System {
    /// The system that words of a script are read by; nothing where they are in Latin letters.
    #[must_use]
    pub fn of(script: Script) -> Option<Self> {
        Some(match script {
            Script::Latin | Script::Digit => return None,
            Script::Cyrillic => Self::Cyrillic,
            Script::Greek | Script::Other => Self::Greek,
            Script::Arabic => Self::Arabic,
            Script::Hebrew => Self::Hebrew,
            Script::Han => Self::Han,
            Script::Kana => Self::Kana,
            Script::Hangul => Self::Hangul,
        })
    }

    fn place(self) -> usize {
        match self {
            Self::Cyrillic => 0,
            Self::Greek => 1,
            Self::Arabic => 2,
            Self::Hebrew => 3,
            Self::Han => 4,
            Self::Kana => 5,
            Self::Hangul => 6,
        }
    }
}

/// Letters of a spelling and those that a name may have for them.
#[derive(Clone, Copy, Debug)]
struct Way {
    from: &'static [u8],
    to: &'static [u8],
    cost: u16,
    place: Place,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Any,
    First,
    Last,
    /// Neither at the beginning nor at the end of the spelling.
    Inner,
    /// No vowel follows in the name.
    Closing,
}

const TABLE: &str = include_str!("../data/readings.tsv");

/// The letter of each system in the table, in the order of [`System::place`].
const SYSTEMS: &str = "RGABCKH";

/// For each system, the ways by the first letter of what they are from, those from nothing last.
static WAYS: LazyLock<[Vec<Vec<Way>>; COUNT]> = LazyLock::new(|| {
    let mut all: [Vec<Vec<Way>>; COUNT] = std::array::from_fn(|_| vec![Vec::new(); LETTERS + 1]);
    for line in TABLE.lines().filter(|it| !it.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(systems), Some(from), Some(ways)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let from = from.trim_matches('-').as_bytes();
        for (at, system) in SYSTEMS.chars().enumerate() {
            let here = all.get_mut(at).filter(|_| systems == "*" || systems.contains(system));
            let Some(here) = here.and_then(|it| it.get_mut(letter(from.first()))) else { continue };
            here.extend(ways.split(',').filter_map(|it| way(from, it)));
        }
    }
    all
});

const LETTERS: usize = 26;

fn letter(it: Option<&u8>) -> usize {
    it.filter(|it| it.is_ascii_lowercase()).map_or(LETTERS, |it| usize::from(it - b'a'))
}

fn way(from: &'static [u8], text: &'static str) -> Option<Way> {
    let (to, cost) = text.rsplit_once(' ')?;
    let place = match to.as_bytes().last()? {
        b'^' => Place::First,
        b'$' => Place::Last,
        b'~' => Place::Inner,
        b'!' => Place::Closing,
        _ => Place::Any,
    };
    let to = to.trim_matches(['^', '$', '~', '!', '-']).as_bytes();
    Some(Way { from, to, cost: weighed(cost.parse().ok()?), place })
}

/// What a difference of the table costs. Several that people make in any name (a doubled letter, a
/// silent one) say less together than a single one that no way of writing explains, and so a cost
/// below [`EVEN`] counts less than the table has, and one above it more.
fn weighed(cost: u16) -> u16 {
    let cube = u64::from(cost).pow(3);
    u16::try_from((cube / EVEN).isqrt()).unwrap_or(u16::MAX)
}

/// The cost that counts as the table has it.
const EVEN: u64 = 16;

/// Words longer than this are not read.
pub const LONGEST: usize = 24;

/// What a consonant costs that the other word has not, or has another in its place.
const CONSONANT: u16 = 100;
/// What a vowel costs for which the other word has a consonant.
const VOWEL_FOR_CONSONANT: u16 = 110;
/// What a vowel costs that is another one.
const VOWEL: u16 = 45;

fn is_vowel(it: u8) -> bool {
    matches!(it, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// A spelling of a word from another script, ready to be compared with names.
#[derive(Clone, Debug)]
pub struct Reading<'s> {
    spelled: &'s [u8],
    /// The ways that may be gone from each letter on, one letter after the other.
    ways: Vec<&'static Way>,
    /// Where those of each letter end, that after the last one included.
    ends: Vec<usize>,
}

impl<'s> Reading<'s> {
    /// Of a spelling of a word of this system; nothing if it is too long to be read.
    #[must_use]
    pub fn of(system: System, spelled: &'s [u8]) -> Option<Self> {
        if spelled.len() > LONGEST {
            return None;
        }
        let all = WAYS.get(system.place())?;
        let from_nothing = all.get(LETTERS).map_or(&[][..], Vec::as_slice);
        let mut ways = Vec::with_capacity(spelled.len() * 24);
        let mut ends = Vec::with_capacity(spelled.len() + 1);
        for at in 0..=spelled.len() {
            let rest = spelled.get(at..)?;
            let own = rest.first().and_then(|it| all.get(letter(Some(it))));
            let own = own.map_or(&[][..], Vec::as_slice);
            ways.extend(own.iter().filter(|it| rest.starts_with(it.from)));
            ways.extend(from_nothing);
            ends.push(ways.len());
        }
        Some(Self { spelled, ways, ends })
    }

    /// What the best way to read it as `name` costs, in hundredths of a wrong consonant; nothing
    /// where that is more than `most`, or the name is too long to be read.
    #[must_use]
    pub fn cost(&self, name: &[u8], most: u16) -> Option<u16> {
        if name.len() > LONGEST {
            return None;
        }
        // What it costs to have read so much of the spelling and so much of the name.
        let mut costs = [[u16::MAX; LONGEST + 1]; LONGEST + 1];
        costs[0][0] = 0;
        let mut from = 0;
        for (i, to) in self.ends.iter().enumerate() {
            let ways = self.ways.get(from..*to)?;
            from = *to;
            for j in 0..=name.len() {
                let so_far = *costs.get(i)?.get(j)?;
                if so_far <= most {
                    self.go_on(ways, name, (i, j), so_far, &mut costs);
                }
            }
        }
        costs.get(self.spelled.len())?.get(name.len()).copied().filter(|it| *it <= most)
    }

    /// Puts down what it costs to go on from one place.
    fn go_on(
        &self,
        ways: &[&'static Way],
        name: &[u8],
        (i, j): (usize, usize),
        so_far: u16,
        costs: &mut [[u16; LONGEST + 1]; LONGEST + 1],
    ) {
        let left = name.get(j..).unwrap_or_default();
        let (own, other) = (self.spelled.get(i), left.first());
        let mut put = |i: usize, j: usize, more: u16| {
            if let Some(it) = costs.get_mut(i).and_then(|it| it.get_mut(j)) {
                *it = (*it).min(so_far.saturating_add(more));
            }
        };
        for way in ways {
            let first = way.to.first();
            if first.is_some() && (first != other || !left.starts_with(way.to)) {
                continue;
            }
            let (to_i, to_j) = (i + way.from.len(), j + way.to.len());
            let ends = to_i == self.spelled.len();
            let stands = match way.place {
                Place::Any => true,
                Place::First => i == 0 && j == 0,
                Place::Last => ends && to_j == name.len(),
                Place::Inner => i > 0 && !ends,
                Place::Closing => name.get(to_j).is_none_or(|it| !is_vowel(*it)),
            };
            if stands {
                put(to_i, to_j, way.cost);
            }
        }
        let doubled = |letters: &[u8], at: usize| at > 0 && letters.get(at - 1) == letters.get(at);
        if let Some(own) = own {
            put(i + 1, j, if doubled(self.spelled, i) { 0 } else { CONSONANT });
            if let Some(other) = other {
                let cost = match (is_vowel(*own), is_vowel(*other)) {
                    _ if own == other => 0,
                    (true, true) => VOWEL,
                    (false, false) => CONSONANT,
                    (true, false) | (false, true) => VOWEL_FOR_CONSONANT,
                };
                put(i + 1, j + 1, cost);
            }
        }
        if let Some(other) = other {
            let free = doubled(name, j) && !is_vowel(*other);
            put(i, j + 1, if free { 0 } else { CONSONANT });
        }
    }
}

/// How much there is to read of a word: a consonant counts in full, a vowel less.
#[must_use]
pub fn mass(text: &[u8]) -> u16 {
    text.iter().map(|it| if is_vowel(*it) { 40 } else { 100 }).sum()
}

/// Whether all its vowels stand together.
#[must_use]
pub fn is_syllable(text: &[u8]) -> bool {
    text.split(|it| !is_vowel(*it)).filter(|it| !it.is_empty()).count() < 2
}

#[cfg(test)]
mod tests;
