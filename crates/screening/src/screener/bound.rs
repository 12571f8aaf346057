//! The most that a name can be alike, from what is known of it before it is looked at.
//!
//! Everything here may be too high and never too low: what it rules out, the scorer would too.
//!
//! A name reaches the least likeness `T` where the sum of `weight * (likeness - T)` over its pairs,
//! its *margin*, is at least `T` times the penalty for what is left over. A pair can be left out of
//! the sum where it would only lower it.

use super::candidates::{Asked, Side};
use crate::align::{Pair, Part};
use crate::name::{Class, MOST_TOKENS};
use crate::party::PartyKind;
use crate::score::{self, Score};
use crate::settings::Settings;
use std::cell::OnceCell;

/// The most that a word of a name weighs which a first letter may stand for.
pub(super) const HEAVIEST: u32 = 100;

/// What a pair of so much weight and such a likeness adds to the margin, at the most.
#[inline]
pub(super) fn margin(weight: u32, like: u16, asked: Asked<'_>) -> u32 {
    weight * u32::from(like.saturating_sub(asked.least.thousandths()))
}

/// Whether a name can be alike enough if all these words agree, a bit each, and nothing else does.
pub(super) fn may_reach(settings: &Settings, asked: Asked<'_>, open: u32) -> bool {
    let agree = asked.words.iter().enumerate().filter(|it| open >> it.0 & 1 == 1);
    let most = agree.map(|it| margin(u32::from(it.1.weight), 1000, asked)).sum();
    Test::new(settings, asked, Common { words: open, margin: most, left: 0 })
        .reaches(Common::default())
}

/// Whether two names can be alike enough whose words may be put together in these pairs.
///
/// Of the pairs that are taken, no two begin with the same word of either name. A word in none of
/// all pairs is left over, and neither said twice nor said again by a word that is.
pub(super) fn may_align(
    settings: &Settings,
    kind: PartyKind,
    least: Score,
    query: &[Part<'_>],
    candidate: &[Part<'_>],
    pairs: &[Pair],
) -> bool {
    let (mut best_query, mut best_candidate) = ([0u32; MOST_TOKENS], [0u32; MOST_TOKENS]);
    let (mut met_query, mut met_candidate, mut carrying) = (0u32, 0u32, 0u32);
    for it in pairs {
        let more = it.like.score.saturating_sub(least.thousandths());
        let margin = u32::from(it.weight) * u32::from(more);
        for (best, span) in [(&mut best_query, it.query), (&mut best_candidate, it.candidate)] {
            if let Some(best) = best.get_mut(usize::from(span.from)) {
                *best = (*best).max(margin);
            }
        }
        met_query |= it.query.mask();
        met_candidate |= it.candidate.mask();
        if query.get(usize::from(it.query.from)).is_some_and(|it| score::carries(it.class)) {
            carrying |= 1 << it.query.from;
        }
    }
    let lost = score::weight_left(query, !met_query);
    let left = score::weight_left(candidate, !met_candidate);
    let agree = usize::try_from(carrying.count_ones()).unwrap_or(usize::MAX);
    let penalty = score::penalty(settings, kind, agree, lost, left);
    let most = best_query.iter().sum::<u32>().min(best_candidate.iter().sum());
    u64::from(most) >= u64::from(least.thousandths()) * u64::from(penalty)
}

/// What some words of a name may have in common with the query.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Common {
    /// The words of the query that they may be like, a bit each.
    pub(super) words: u32,
    /// The most that their pairs add to the margin.
    pub(super) margin: u32,
    /// What those of them weigh that are like none.
    pub(super) left: u32,
}

/// Whether the names that a term leads to can be alike enough, by what else they have.
#[derive(Debug)]
pub(super) struct Test<'t> {
    settings: &'t Settings,
    asked: Asked<'t>,
    /// What the term has in common with the query, and what first letters may have.
    led: Common,
    /// How much of a name first letters may stand for.
    spared: u32,
    /// The words of the query that count as words that agree.
    carrying: u32,
    /// What the words of the query weigh that neither the term nor a first letter is like.
    lost: u32,
    /// How much may be left over in a name that has nothing else, once that was asked.
    alone: OnceCell<Option<u32>>,
}

impl<'t> Test<'t> {
    /// For the names with a term that has this in common with the query.
    ///
    /// On the side of the query, only words that carry a name count as words that agree. A listed
    /// word may agree with such a word whatever it is itself, unless it is a first letter; and the
    /// kind of the query is not known yet, so that what is left over costs as little as for any.
    pub(super) fn new(settings: &'t Settings, asked: Asked<'t>, led: Common) -> Self {
        let mut test =
            Self { settings, asked, led, spared: 0, carrying: 0, lost: 0, alone: OnceCell::new() };
        for (at, part) in asked.words.iter().enumerate() {
            let bit = 1u32 << at;
            let carries = match asked.side {
                Side::Query(_) => score::carries(part.class),
                Side::Listed => part.class != Class::Initial,
            };
            test.carrying |= if carries { bit } else { 0 };
            // A first letter that was asked for may be that of any word.
            if part.class == Class::Initial {
                test.led.words |= bit;
                test.led.margin +=
                    margin(u32::from(part.weight), crate::compare::INITIAL.score, asked);
                test.spared += HEAVIEST;
            }
            if test.led.words & bit == 0 {
                test.lost += u32::from(part.left);
            }
        }
        test
    }

    /// Whether a name can be alike enough that has this besides; nothing if that is not told.
    #[inline]
    pub(super) fn passes(&self, besides: Option<Common>) -> bool {
        let Some(besides) = besides else { return true };
        if besides.words == 0 {
            let most = self.alone.get_or_init(|| self.most_left());
            return most.is_some_and(|most| besides.left <= most);
        }
        self.reaches(besides)
    }

    fn reaches(&self, besides: Common) -> bool {
        let Asked { side, words: parts, least } = self.asked;
        let words = self.led.words | besides.words;
        let (mut lost, mut more) = (self.lost, besides.words & !self.led.words);
        while more != 0 {
            let at = usize::try_from(more.trailing_zeros()).unwrap_or(usize::MAX);
            lost -= parts.get(at).map_or(0, |it| u32::from(it.left));
            more &= more - 1;
        }
        let left = (self.led.left + besides.left).saturating_sub(self.spared);
        let agree = usize::try_from((words & self.carrying).count_ones()).unwrap_or(usize::MAX);
        let penalty = side.least(|kind| score::penalty(self.settings, kind, agree, lost, left));
        let margin = u64::from(self.led.margin) + u64::from(besides.margin);
        margin >= u64::from(least.thousandths()) * u64::from(penalty)
    }

    /// How much may be left over in a name with nothing else; what is left over costs the more, the
    /// more it is.
    fn most_left(&self) -> Option<u32> {
        let reaches = |left: u32| self.reaches(Common { left, ..Common::default() });
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
