//! The most that a name can be alike, from what is known of it before it is looked at.
//!
//! Everything here may be too high and never too low: what it rules out, the scorer would too.

use super::candidates::{Asked, Side};
use crate::align::Part;
use crate::name::Class;
use crate::score::{self, Score};
use crate::settings::Settings;
use std::cell::OnceCell;

/// The word whose likeness to a term led to a name: the most that it weighs there, and how alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Led {
    pub(super) at: usize,
    pub(super) weight: u32,
    pub(super) like: u32,
}

/// The most that a name can be alike which has pairs with open words only, a bit each; where a term
/// led to it, that word counts as far as the term is like it.
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
    let penalty = side.least(|kind| score::penalty(settings, kind, words, expanded, 0));
    share(gain, (rest + penalty) * 1000)
}

/// The most that may be left over of a name in which nothing but the word that led to it is like
/// anything that was asked for; nothing if that is too much in any case.
fn most_left(settings: &Settings, asked: Asked<'_>, led: Led) -> Option<u8> {
    let lost = asked.words.iter().enumerate().filter(|it| it.0 != led.at);
    let lost: u32 = lost.map(|it| u32::from(it.1.left)).sum();
    let reaches = |left: u8| {
        let penalty = |kind| score::penalty(settings, kind, 1, lost, u32::from(left));
        let all = (led.weight + asked.side.least(penalty)) * 1000;
        share(led.weight * led.like, all) >= asked.least
    };
    // What is left over costs the more, the more it is.
    let (mut low, mut high) = (0u8, u8::MAX);
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
    Some(low)
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
    led: Led,
    /// The words of the query that the term is like: others than one may be said twice.
    twice: u32,
    /// What may be left over where nothing else agrees, once that was asked for.
    alone: OnceCell<Option<u8>>,
    /// What the last words came to.
    last: Option<(u32, bool)>,
}

impl<'t> Test<'t> {
    pub(super) fn new(settings: &'t Settings, asked: Asked<'t>, led: Led, twice: u32) -> Self {
        Self { settings, asked, led, twice, alone: OnceCell::new(), last: None }
    }

    /// Whether a name can be alike enough whose other words may be like these of the query, a bit
    /// each, and weigh at least so much where they are left over.
    #[inline]
    pub(super) fn passes(&mut self, words: Option<u32>, left: u8) -> bool {
        let Some(words) = words else { return true };
        let own = 1 << self.led.at;
        if words == 0 && self.twice == own {
            let alone = || most_left(self.settings, self.asked, self.led);
            return self.alone.get_or_init(alone).is_some_and(|most| left <= most);
        }
        match self.last {
            Some((last, passes)) if last == words => passes,
            _ => {
                let open = words | self.twice | own;
                let most =
                    most(self.settings, self.asked.side, self.asked.words, open, Some(self.led));
                let passes = most >= self.asked.least;
                self.last = Some((words, passes));
                passes
            }
        }
    }
}
