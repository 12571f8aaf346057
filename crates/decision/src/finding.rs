//! What was found for each item: its requirements, and the exceptions that come into question.

use crate::determination::{ExceptionFinding, ItemFinding, Requirement};
use crate::effects::{Effects, Exception, Judged, RuledOut};
use crate::judgment::Judgment;
use crate::outcome::Outcome;
use crate::trace::{Missed, Near, Trace, Tracer};
use crate::transaction::Item;
use law::rulebook::{Block, Effect};
use law::{Law, RowId, Truth};

/// One item, and what was concluded for it.
#[derive(Debug)]
pub(crate) struct Finding<'a, 'f, 'law> {
    pub(crate) law: &'law Law,
    pub(crate) effects: &'law Effects,
    pub(crate) tracer: &'a Tracer<'f, 'law>,
    pub(crate) judgment: &'a Judgment,
    pub(crate) row: RowId,
    /// What is known beforehand not to hold.
    pub(crate) ruled_out: &'a RuledOut,
}

impl<'law> Finding<'_, '_, 'law> {
    /// The finding for the item at `index`, as it was given.
    pub(crate) fn item(&self, index: usize, given: Option<&Item>) -> ItemFinding<'law> {
        let words = &self.tracer.rulebook.vocabulary;
        let exception = self.judgment.conclusion.and_then(|it| it.exception);
        let exception = exception.and_then(|it| words.exceptions.get(usize::from(it)));
        let traced = self.tracer.trace != Trace::None && !self.judgment.license_required.is_false();
        ItemFinding {
            index,
            name: given.and_then(|it| it.name.clone()),
            eccn: given.and_then(|it| it.eccn.as_ref()).map(ToString::to_string),
            outcome: self.judgment.outcome(),
            possible: self.judgment.possible.clone(),
            exception: exception.map(String::as_str),
            license_required: self.judgment.license_required,
            requirements: self.requirements(),
            exceptions: if traced { self.exceptions() } else { Vec::new() },
        }
    }

    fn requirements(&self) -> Vec<Requirement<'law>> {
        let found = self.effects.requirements.iter().zip(&self.judgment.requirements);
        let found = found.filter(|(_, truth)| !truth.is_false());
        found
            .filter_map(|(requirement, truth)| {
                let block = block(self.law, requirement.judged)?;
                let Effect::Require(reason) = &block.effect else { return None };
                let (citation, says) = (&block.citation, &block.says);
                Some(Requirement { reason, citation, says, truth: *truth })
            })
            .collect()
    }

    /// The exceptions in question, and where none is enough those that just miss.
    fn exceptions(&self) -> Vec<ExceptionFinding<'law>> {
        let names = &self.tracer.rulebook.vocabulary.exceptions;
        let mut found = Vec::new();
        let lean = self.tracer.trace == Trace::Lean;
        let missed = self.judgment.outcome() >= Outcome::NeedsReview && !lean;
        for (symbol, name) in (0_u8..).zip(names) {
            match self.judgment.exceptions.iter().find(|it| it.0 == symbol) {
                Some((_, available)) => found.push(self.exception(symbol, name, *available)),
                None if missed => {
                    found.extend(self.missed(symbol, name));
                }
                None => {}
            }
        }
        // A lean trace says what just misses only where nothing else speaks of an exception.
        if lean && found.is_empty() && self.judgment.outcome() == Outcome::LicenseRequired {
            found.extend(self.nearest());
        }
        found
    }

    /// Of the exceptions that would answer everything that requires a license, the one that comes
    /// nearest, with the one paragraph by which it does.
    fn nearest(&self) -> Option<ExceptionFinding<'law>> {
        let standing = self.judgment.standing(self.effects);
        let names = &self.tracer.rulebook.vocabulary.exceptions;
        let mut nearest: Option<(Near, &'law str, Judged)> = None;
        for (name, exception) in names.iter().zip(&self.effects.exceptions) {
            for (judged, bits) in &exception.allows {
                if bits & self.effects.of_the_item == 0 || standing & !bits != 0 {
                    continue;
                }
                let near = self.tracer.near(judged.block, judged.row(self.row), self.row);
                let Some(near) = near else { continue };
                if nearest.is_none_or(|(best, ..)| near.order(&best).is_lt()) {
                    nearest = Some((near, name, *judged));
                }
            }
        }
        let (_, symbol, judged) = nearest?;
        let because = self.tracer.because(judged.block, judged.row(self.row)).into_iter().collect();
        let (available, not_overcome) = (Truth::False, Vec::new());
        Some(ExceptionFinding { symbol, available, not_overcome, nearly: 0, because })
    }

    fn exception(&self, symbol: u8, name: &'law str, available: Truth) -> ExceptionFinding<'law> {
        let reasons = self.judgment.reasons(self.effects);
        let full = self.tracer.trace == Trace::Full;
        let mut because = Vec::new();
        let mut overcomes = 0_u64;
        let mut home: Vec<u16> = Vec::new();
        let exception = self.effects.exceptions.get(usize::from(symbol));
        for (judged, bits) in exception.map_or(&[][..], |it| it.allows.as_slice()) {
            if bits & reasons == 0 && !full {
                continue;
            }
            let row = judged.row(self.row);
            let open = self.tracer.truth(judged.block, row);
            if open.is_false() && !full {
                continue;
            }
            if !open.is_false() && bits & reasons != 0 {
                overcomes |= bits;
                home.push(judged.section);
            }
            because.extend(self.tracer.because(judged.block, row));
        }
        for judged in exception.map_or(&[][..], |it| it.bars.as_slice()) {
            // What closes it; and, of its own section, what does not.
            let own = full || home.contains(&judged.section);
            if !own && self.ruled_out.has(*judged) {
                continue;
            }
            let row = judged.row(self.row);
            if own || !self.tracer.truth(judged.block, row).is_false() {
                because.extend(self.tracer.because(judged.block, row));
            }
        }
        let not_overcome = self.not_overcome(overcomes);
        ExceptionFinding { symbol: name, available, not_overcome, nearly: 0, because }
    }

    fn not_overcome(&self, overcomes: u64) -> Vec<&'law str> {
        let reasons = &self.tracer.rulebook.vocabulary.reasons;
        let mut left: Vec<&'law str> = Vec::new();
        for (it, truth) in self.effects.requirements.iter().zip(&self.judgment.requirements) {
            if truth.is_true()
                && overcomes & (1 << it.reason) == 0
                && let Some(reason) = reasons.get(usize::from(it.reason))
                && !left.contains(&reason.as_str())
            {
                left.push(reason);
            }
        }
        left
    }

    /// An exception that is meant for such an item and does not open: why not, nearest first.
    fn missed(&self, symbol: u8, name: &'law str) -> Option<ExceptionFinding<'law>> {
        let exception = self.effects.exceptions.get(usize::from(symbol))?;
        let mut missed = Vec::new();
        for (judged, bits) in &exception.allows {
            if bits & self.effects.of_the_item == 0 {
                continue;
            }
            let found = self.tracer.fitting(judged.block, judged.row(self.row), self.row);
            missed.extend(found.map(|it| (self.nearly(exception, *judged, *bits, &it), it)));
        }
        missed.sort_by(|(nearly, it), (other, that)| {
            other.cmp(nearly).then_with(|| it.near.order(&that.near))
        });
        let nearly = missed.iter().filter(|it| it.0).count();
        let because: Vec<_> = missed.into_iter().map(|it| it.1.node).collect();
        let (available, not_overcome) = (Truth::False, Vec::new());
        (!because.is_empty()).then_some(ExceptionFinding {
            symbol: name,
            available,
            not_overcome,
            nearly,
            because,
        })
    }

    /// Whether an exception would cover the item if one thing more were as a paragraph asks.
    fn nearly(&self, exception: &Exception, it: Judged, overcomes: u64, by: &Missed<'_>) -> bool {
        let verified = block(self.law, it).is_some_and(|it| !it.unverified);
        let left = self.judgment.standing(self.effects) & !overcomes;
        (by.near.lacks, by.near.open, left) == (1, 0, 0) && verified && {
            let closes = |it: &Judged| !self.tracer.truth(it.block, it.row(self.row)).is_false();
            !exception.bars.iter().any(closes)
        }
    }
}

/// The block that is judged.
pub(crate) fn block(law: &Law, judged: Judged) -> Option<&Block> {
    law.block(judged.block)
}
