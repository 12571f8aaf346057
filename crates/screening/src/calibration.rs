//! What a threshold would have done with pairs of names that people judged: how many of the same
//! it finds, and how many of the others it alerts on, for every threshold there is.

use crate::compare::compare;
use crate::evidence::Evidence;
use crate::name::Name;
use crate::party::PartyKind;
use crate::score::Score;
use crate::settings::Settings;

/// How many scores there are, from 0 to 1000 thousandths.
const SCORES: usize = 1001;

/// How alike a name is to the nearest of several names of one listed party, by the names alone: no
/// country, date or identifier helps or hinders.
#[must_use]
pub fn likeness<'a>(
    asked: &str,
    listed: impl IntoIterator<Item = &'a str>,
    kind: PartyKind,
    settings: &Settings,
) -> Score {
    let name = Name::parse(asked, kind);
    let names = listed.into_iter().map(str::trim).filter(|it| !it.is_empty());
    let score = |it| {
        let tally = compare(&name, &Name::parse(it, kind), kind, settings).tally;
        Evidence::default().score(&tally, false)
    };
    names.map(score).max().unwrap_or(Score::new(0))
}

/// Judged pairs, counted by score.
#[derive(Clone, Debug)]
pub struct Calibration {
    same: Vec<u64>,
    other: Vec<u64>,
}

/// What a threshold does with judged pairs.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Pairs that are the same, and alert.
    pub found: u64,
    /// Pairs that are the same, and do not.
    pub missed: u64,
    /// Pairs that are not the same, and alert.
    pub alarms: u64,
    /// Pairs that are not the same, and do not.
    pub quiet: u64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { same: vec![0; SCORES], other: vec![0; SCORES] }
    }
}

impl Calibration {
    /// Counts a pair: its score, and whether people said that it is the same party.
    pub fn add(&mut self, score: Score, same: bool) {
        let counts = if same { &mut self.same } else { &mut self.other };
        if let Some(count) = counts.get_mut(usize::from(score.thousandths())) {
            *count += 1;
        }
    }

    /// What a threshold does: pairs that score as much or more alert.
    #[must_use]
    pub fn at(&self, threshold: Score) -> Counts {
        let threshold = usize::from(threshold.thousandths());
        let count = |counts: &[u64]| {
            let (below, from) = counts.split_at_checked(threshold).unwrap_or((counts, &[]));
            (from.iter().sum(), below.iter().sum())
        };
        let ((found, missed), (alarms, quiet)) = (count(&self.same), count(&self.other));
        Counts { found, missed, alarms, quiet }
    }

    /// The lowest threshold at which F1 is best; `None` where no pair is the same.
    #[must_use]
    pub fn best(&self) -> Option<Score> {
        let all = (0..=1000).rev().map(Score::new);
        all.filter_map(|it| self.at(it).f1().map(|f1| (f1, it)))
            .max_by_key(|it| it.0)
            .map(|it| it.1)
    }

    /// The lowest threshold at which at most so many thousandths of the others alert; `None` where
    /// there are no others, or too many score 1.
    #[must_use]
    pub fn quiet_at(&self, thousandths: u32) -> Option<Score> {
        let quiet = |it: &Score| self.at(*it).false_alerts().is_some_and(|it| it <= thousandths);
        (0..=1000).map(Score::new).find(quiet)
    }
}

impl Counts {
    /// How many of the same are found, in thousandths; `None` where there are none.
    #[must_use]
    pub fn recall(&self) -> Option<u32> {
        share(self.found, self.found + self.missed)
    }

    /// How many alerts are right, in thousandths; `None` where there are none.
    #[must_use]
    pub fn precision(&self) -> Option<u32> {
        share(self.found, self.found + self.alarms)
    }

    /// How many of the others alert, in thousandths; `None` where there are none.
    #[must_use]
    pub fn false_alerts(&self) -> Option<u32> {
        share(self.alarms, self.alarms + self.quiet)
    }

    /// The harmonic mean of recall and precision, in thousandths; `None` where no pair is the same
    /// or alerts.
    #[must_use]
    pub fn f1(&self) -> Option<u32> {
        share(2 * self.found, 2 * self.found + self.alarms + self.missed)
    }
}

/// A part of a whole in thousandths, rounded.
fn share(part: u64, whole: u64) -> Option<u32> {
    let thousandths =
        (2000 * u128::from(part) + u128::from(whole)).checked_div(2 * u128::from(whole))?;
    u32::try_from(thousandths).ok()
}

#[cfg(test)]
mod tests;
