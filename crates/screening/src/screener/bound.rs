//! The most that a name can be alike, from what is known of it before it is looked at.
//!
//! Everything here may be too high and never too low: what it rules out, the scorer would too.
//!
//! A name reaches the least likeness `T` where the sum of `weight * (likeness - T)` over its pairs,
//! its *margin*, is at least `T` times the penalty for what is left over. A pair can be left out of
//! the sum where it would only lower it.

use super::candidates::Asked;
use crate::align::{Pair, Part};
use crate::name::{Class, MOST_TOKENS};
use crate::party::PartyKind;
use crate::score::{self, Score};
use crate::settings::Settings;
use std::cell::Cell;

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
    /// What the words of the query weigh that neither the term nor a first letter is like.
    lost: u32,
    /// How much may be left over in a name that has nothing else, as far as it was asked: less than
    /// the one may, the other may not.
    alone: Cell<(u32, u32)>,
}

impl<'t> Test<'t> {
    /// For the names with a term that has this in common with the query. A first letter that was
    /// asked for may be that of any word.
    ///
    /// The kind of the query is not known yet where it is listed, so that what is left over costs as
    /// little as for any.
    pub(super) fn new(settings: &'t Settings, asked: Asked<'t>, led: Common) -> Self {
        let mut led = led;
        led.words |= asked.initials;
        if asked.initials != 0 {
            let initials = asked.words.iter().filter(|it| it.class == Class::Initial);
            let like = crate::compare::INITIAL.score;
            led.margin += initials.map(|it| margin(u32::from(it.weight), like, asked)).sum::<u32>();
        }
        let spared = asked.initials.count_ones() * HEAVIEST;
        let lost = score::weight_left(asked.words, !led.words);
        Self { settings, asked, led, spared, lost, alone: Cell::new((0, u32::MAX)) }
    }

    /// Whether a name can be alike enough that has this besides; nothing if that is not told.
    #[inline]
    pub(super) fn passes(&self, besides: Option<Common>) -> bool {
        let Some(besides) = besides else { return true };
        if besides.words != 0 {
            return self.reaches(besides);
        }
        // What is left over costs the more, the more it is.
        let (may, may_not) = self.alone.get();
        if besides.left < may || besides.left >= may_not {
            return besides.left < may;
        }
        let reaches = self.reaches(Common { left: besides.left, ..Common::default() });
        let more = besides.left.saturating_add(1);
        self.alone.set(if reaches { (more, may_not) } else { (may, besides.left) });
        reaches
    }

    fn reaches(&self, besides: Common) -> bool {
        let Asked { side, words: parts, least, .. } = self.asked;
        let words = self.led.words | besides.words;
        let (mut lost, mut more) = (self.lost, besides.words & !self.led.words);
        while more != 0 {
            let at = usize::try_from(more.trailing_zeros()).unwrap_or(usize::MAX);
            lost -= parts.get(at).map_or(0, |it| u32::from(it.left));
            more &= more - 1;
        }
        let left = (self.led.left + besides.left).saturating_sub(self.spared);
        let agree =
            usize::try_from((words & self.asked.carrying).count_ones()).unwrap_or(usize::MAX);
        let penalty = side.least(|kind| score::penalty(self.settings, kind, agree, lost, left));
        let margin = u64::from(self.led.margin) + u64::from(besides.margin);
        margin >= u64::from(least.thousandths()) * u64::from(penalty)
    }
}
