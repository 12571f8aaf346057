//! Verdicts for many: outcome, exception and reasons, without a trace, a bit of a word for each.
//!
//! A [`Packer`] sorts transactions into batches of one day's law and one shape. What does not fit
//! the packed form says so ([`Unfit`]), and what three-valued logic does not settle has no verdict:
//! both go the ordinary road, [`Engine::decide`]. Where there is a verdict it is the same.

use crate::effects::{Concluded, Conclusion, Effects};
use crate::engine::{Day, Engine, Options};
use crate::matter::{Matter, Share, out_of_date};
use crate::outcome::Outcome;
use crate::transaction::Transaction;
use crate::workspace::Workspace;
use jiff::civil::Date;
use law::rulebook::{Effect, Rulebook};
use law::sliced::LANES;
use law::{Batch, Facts, Lanes, RowId, Shape, Sliced, SlicedScratch};
use std::collections::BTreeMap;

/// What comes of one transaction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Verdict<'law> {
    /// What is to be done.
    pub outcome: Outcome,
    /// The exception's symbol, where one authorizes it.
    pub exception: Option<&'law str>,
    /// The reasons, one bit each by their place in the vocabulary.
    reasons: u64,
}

impl Verdict<'_> {
    /// Reason codes, in the order of the rulebook, which must be the one that decided.
    pub fn reasons<'r>(&self, rulebook: &'r Rulebook) -> impl Iterator<Item = &'r str> + use<'r> {
        let reasons = self.reasons;
        let given = move |it: &(u32, &String)| {
            1_u64.checked_shl(it.0).is_some_and(|bit| reasons & bit != 0)
        };
        (0..).zip(&rulebook.vocabulary.reasons).filter(given).map(|it| it.1.as_str())
    }
}

/// Why a transaction does not fit the packed form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unfit {
    /// It has legs, which say something of each other.
    Legs,
    /// It passes through a country, which is a matter of its own.
    Transit,
    /// An item has answers, by which it is classified first.
    Answers,
    /// A listing or a notice covers some entries, and whether the item is one of them is asked.
    Sets,
}

/// Sorts transactions into batches.
#[derive(Debug)]
pub struct Packer<'e> {
    engine: &'e Engine,
    options: Options,
    workspace: Workspace,
    open: BTreeMap<(Date, bool, Shape), Packed<'e>>,
}

/// Transactions of one shape under one day's law, packed.
#[derive(Debug)]
pub struct Packed<'e> {
    engine: &'e Engine,
    day: &'e Day,
    stale: bool,
    items: Vec<RowId>,
    batch: Batch,
    numbers: Vec<usize>,
}

impl<'e> Packer<'e> {
    /// A packer for answers of an engine.
    #[must_use]
    pub fn new(engine: &'e Engine, options: Options) -> Self {
        Self { engine, options, workspace: Workspace::default(), open: BTreeMap::new() }
    }

    /// Adds a transaction under a number of the caller's. Gives the batch that it filled.
    ///
    /// # Errors
    ///
    /// Why the transaction does not fit; then it was not added.
    pub fn push(
        &mut self,
        number: usize,
        transaction: &Transaction,
    ) -> Result<Option<Packed<'e>>, Unfit> {
        fits(transaction)?;
        let legs = transaction.legs();
        let Some(leg) = legs.first() else { return Err(Unfit::Legs) };
        let on = self.options.on.unwrap_or(leg.date);
        let facts = Matter::facts(self.engine, leg, on, &self.options, self.workspace.facts.take());
        let matter = Matter::new(self.engine, leg, on, &self.options, facts, Share::of(1));
        let facts = matter.into_parts().1;
        let pushed = self.add(number, on, &facts.facts, &facts.items);
        self.workspace.facts = Some(facts);
        pushed
    }

    /// Adds what is known of a transaction, under the law of a day.
    ///
    /// # Errors
    ///
    /// Why it does not fit; then it was not added.
    pub(crate) fn add(
        &mut self,
        number: usize,
        on: Date,
        facts: &Facts,
        items: &[RowId],
    ) -> Result<Option<Packed<'e>>, Unfit> {
        let (engine, options) = (self.engine, self.options);
        let day = engine.day(on);
        let stale = out_of_date(engine.rulebook(), on, options.max_law_age).is_some();
        let shape = Shape::of(facts);
        let key = (day.law.day(), stale, shape);
        if !self.open.contains_key(&key) {
            if !key.2.fits(&day.law) {
                return Err(Unfit::Sets);
            }
            let batch = Batch::new(&day.law, key.2.clone());
            let items = items.to_vec();
            let packed = Packed { engine, day, stale, items, batch, numbers: Vec::new() };
            self.open.insert(key.clone(), packed);
        }
        let Some(packed) = self.open.get_mut(&key) else { return Ok(None) };
        let evaluation = day.law.evaluate_into(facts, &mut self.workspace.scratch);
        packed.batch.push(&evaluation);
        packed.numbers.push(number);
        if !packed.batch.is_full() {
            return Ok(None);
        }
        Ok(self.open.remove(&key).map(Packed::sealed))
    }

    /// The batches that are not full.
    pub fn finish(&mut self) -> impl Iterator<Item = Packed<'e>> + use<'e> {
        std::mem::take(&mut self.open).into_values().map(Packed::sealed)
    }
}

/// Whether a transaction fits the packed form, as far as it alone can tell.
pub(crate) fn fits(transaction: &Transaction) -> Result<(), Unfit> {
    if transaction.legs.is_some() {
        return Err(Unfit::Legs);
    }
    if transaction.transit.as_ref().is_some_and(|it| !it.is_empty()) {
        return Err(Unfit::Transit);
    }
    if transaction.items.iter().flatten().any(|it| it.answers.is_some()) {
        return Err(Unfit::Answers);
    }
    Ok(())
}

impl<'e> Packed<'e> {
    fn sealed(mut self) -> Self {
        self.batch.seal();
        self
    }

    /// How many transactions it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The verdict on each transaction, by its number; `None` where three-valued logic does not
    /// settle it.
    pub fn verdicts(
        &self,
        scratch: &mut SlicedScratch,
    ) -> impl Iterator<Item = (usize, Option<Verdict<'e>>)> {
        let found = self.found(scratch);
        let words = &self.engine.rulebook().vocabulary;
        let verdict = move |(number, found): (&usize, Found)| {
            let verdict = found.outcome.map(|outcome| {
                let exception = found.exception.filter(|_| outcome == Outcome::LicenseException);
                let symbol = exception.and_then(|it| words.exceptions.get(usize::from(it)));
                let exception = symbol.map(String::as_str);
                Verdict { outcome, exception, reasons: found.reasons }
            });
            (*number, verdict)
        };
        self.numbers.iter().zip(found).map(verdict)
    }

    /// How many of the transactions come out so: for whoever counts and wants no more.
    pub fn count(&self, scratch: &mut SlicedScratch, of: Outcome) -> usize {
        self.found(scratch).iter().take(self.len()).filter(|it| it.outcome == Some(of)).count()
    }

    fn found(&self, scratch: &mut SlicedScratch) -> Vec<Found> {
        let effects = &self.day.effects;
        let mut sliced = Sliced::new(&self.day.law, &self.batch, scratch);
        let mut found = vec![Found::default(); LANES];
        for item in &self.items {
            let concluded = effects.conclude(&mut sliced, *item, self.stale);
            let mut settled = [0_u64; law::sliced::WORDS];
            for (conclusion, lanes) in &concluded.conclusions {
                for (place, word) in lanes.yes().iter().enumerate() {
                    if let Some(settled) = settled.get_mut(place) {
                        *settled |= word;
                    }
                    each(place, *word, &mut found, |it| it.add(*conclusion));
                }
            }
            for (place, settled) in settled.iter().enumerate() {
                each(place, !settled, &mut found, |it| it.open = true);
            }
            add_reasons(effects, &concluded, &mut found);
            self.add_prohibitions(&mut sliced, *item, &concluded, &mut found);
        }
        for it in &mut found {
            if it.open {
                it.outcome = None;
            }
        }
        found
    }

    /// The reasons of prohibitions, of the matters in which they decide.
    fn add_prohibitions(
        &self,
        sliced: &mut Sliced<'_>,
        item: RowId,
        concluded: &Concluded<Lanes>,
        found: &mut [Found],
    ) {
        let prohibited = |it: &&(Conclusion, Lanes)| it.0.outcome == Outcome::Prohibited;
        let Some((_, prohibited)) = concluded.conclusions.iter().find(prohibited) else { return };
        let words = &self.engine.rulebook().vocabulary;
        for judged in &self.day.effects.prohibitions {
            let Some(block) = self.day.law.block(judged.block) else { continue };
            let Effect::Prohibit(reason) = &block.effect else { continue };
            let Some(place) = words.reasons.iter().position(|it| it == reason) else { continue };
            let holds = sliced.block(judged.block, judged.row(item));
            let bit = u32::try_from(place).ok().and_then(|it| 1_u64.checked_shl(it)).unwrap_or(0);
            for (place, (holds, word)) in holds.yes().iter().zip(prohibited.yes()).enumerate() {
                each(place, holds & word, found, |it| it.reasons |= bit);
            }
        }
    }
}

/// What was found of one transaction so far.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    outcome: Option<Outcome>,
    exception: Option<u8>,
    reasons: u64,
    /// Whether some item is not settled.
    open: bool,
}

impl Found {
    fn add(&mut self, conclusion: Conclusion) {
        self.outcome = self.outcome.max(Some(conclusion.outcome));
        if conclusion.outcome == Outcome::LicenseException {
            self.exception = self.exception.or(conclusion.exception);
        }
    }
}

/// The reasons of requirements that certainly stand.
fn add_reasons(effects: &Effects, concluded: &Concluded<Lanes>, found: &mut [Found]) {
    for (requirement, lanes) in effects.requirements.iter().zip(&concluded.requirements) {
        let bit = 1_u64.checked_shl(requirement.reason.into()).unwrap_or(0);
        for (place, word) in lanes.yes().iter().enumerate() {
            each(place, *word, found, |it| it.reasons |= bit);
        }
    }
}

/// Calls back with each matter that has a bit in one word of a plane.
#[inline]
fn each(place: usize, word: u64, found: &mut [Found], mut call: impl FnMut(&mut Found)) {
    let mut left = word;
    let of = found.get_mut(64 * place..).unwrap_or_default();
    while left != 0 {
        if let Some(it) = of.get_mut(left.trailing_zeros() as usize) {
            call(it);
        }
        left &= left - 1;
    }
}
