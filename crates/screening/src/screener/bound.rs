//! The most that a name can be alike, from what is known of it before it is looked at.
//!
//! Everything here may be too high and never too low: what it rules out, the scorer would too.

use super::candidates::{Asked, Side};
use crate::align::Part;
use crate::name::Class;
use crate::score::{self, Score};
use crate::settings::Settings;

/// The word whose likeness to a term led to a name: the most that it weighs there, and how alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Led {
    pub(super) at: usize,
    pub(super) weight: u32,
    pub(super) like: u32,
}

/// The most that a name can be alike which has pairs with open words only, a bit each; where a term
/// led to it, that word counts as far as the term is like it. `left` is what it has left over.
///
/// On the side of the query, only words that carry a name count as words that agree. A listed word
/// may agree with such a word whatever it is itself, unless it is a first letter; and the kind of
/// the query is not known yet, so that what is left over costs as little as for any.
pub(super) fn most(
    settings: &Settings,
    side: Side,
    parts: &[Part<'_>],
    open: u32,
    led: Option<Led>,
    left: u32,
) -> Score {
    let (mut rest, mut gain, mut expanded, mut words) = (0, 0, 0, 0);
    for (at, part) in parts.iter().enumerate() {
        if open >> at & 1 == 1 {
            let (weight, like) = match led {
                Some(led) if led.at == at => (led.weight, led.like),
                _ => (u32::from(part.weight), 1000),
            };
            rest += weight;
            gain += weight * like;
            words += usize::from(match side {
                Side::Query(_) => score::carries(part.class),
                Side::Listed => part.class != Class::Initial,
            });
        } else {
            expanded += u32::from(part.left);
        }
    }
    // Both sides cost the same, so it does not matter which one this is left over on.
    let penalty = side.least(|kind| score::penalty(settings, kind, words, expanded, left));
    share(gain, (rest + penalty) * 1000)
}

/// One more than the share, for what rounding takes away elsewhere.
fn share(gain: u32, all: u32) -> Score {
    if all == 0 {
        return Score::new(0);
    }
    let most = u64::from(gain) * 1000 / u64::from(all) + 1;
    Score::new(u16::try_from(most).unwrap_or(1000))
}

/// Whether the names that a term leads to can be alike enough, by what else they have.
#[derive(Debug)]
pub(super) struct Test<'t> {
    settings: &'t Settings,
    asked: Asked<'t>,
    /// Nothing where several words of the query may be one with the term.
    led: Option<Led>,
    /// The words of the query that the term is like: others than one may be said twice.
    twice: u32,
    /// How much may be left over with these words, a bit each; `None` if no name can do with them.
    known: Vec<(u32, Option<u32>)>,
}

impl<'t> Test<'t> {
    pub(super) fn new(
        settings: &'t Settings,
        asked: Asked<'t>,
        led: Option<Led>,
        twice: u32,
    ) -> Self {
        Self { settings, asked, led, twice, known: Vec::new() }
    }

    /// Whether a name can be alike enough whose other words may be like these of the query, a bit
    /// each, while the rest of it weighs so much left over.
    #[inline]
    pub(super) fn passes(&mut self, told: Option<(u32, u32)>) -> bool {
        let Some((words, left)) = told else { return true };
        if let Some((_, most)) = self.known.iter().find(|it| it.0 == words) {
            return most.is_some_and(|most| left <= most);
        }
        let most = self.most_left(words);
        self.known.push((words, most));
        most.is_some_and(|most| left <= most)
    }

    fn most_left(&self, words: u32) -> Option<u32> {
        let Asked { side, words: parts, least } = self.asked;
        let open = words | self.twice;
        let reaches = |left: u32| most(self.settings, side, parts, open, self.led, left) >= least;
        // What is left over costs the more, the more it is.
        let (mut low, mut high) = (0, MOST_LEFT);
        if !reaches(low) {
            return None;
        }
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if reaches(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Some(if low == MOST_LEFT { u32::MAX } else { low })
    }
}

/// More than this is not told apart.
const MOST_LEFT: u32 = 1023;
