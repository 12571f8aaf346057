//! What an answer rests on, but for names: everything that two transactions must share for the
//! answers to differ in nothing but the caller's own words.
//!
//! Whoever answers many transactions meets the same pattern again and again, and may write down
//! what was answered. A pattern holds what the law is told, exactly as far as the law of the day can
//! tell it apart (see [`law::Law::summary`]), where each thing stands in the input, and what was
//! presumed. Patterns are compared as a whole; the hash only finds them.
//!
//! Only a transaction of one leg has one: neither a chain, nor what passes through a country, nor
//! an item that is classified by answers, nor a search of the lists.

use crate::determination::Question;
use crate::engine::{Engine, Options};
use crate::facts::{MatterFacts, Place, Presumption};
use crate::legs::Chain;
use crate::matter::Share;
use crate::trace::Trace;
use crate::transaction::{Item, Leg};
use jiff::civil::Date;
use law::{Law, RowId};

/// What an answer rests on, but for names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Pattern {
    words: Vec<u64>,
    presumptions: Vec<Presumption>,
    places: Vec<Place>,
    items: Vec<RowId>,
    parties: Vec<RowId>,
}

/// What is the caller's own in an answer, and so no part of its pattern.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    leg: &'a Leg<'a>,
    facts: &'a MatterFacts,
    on: Date,
}

impl Pattern {
    /// Whether the answer to a leg with these options has a pattern.
    pub(crate) fn fits(leg: &Leg<'_>, options: &Options) -> bool {
        let answered = |it: &Item| it.answers.as_ref().is_some_and(|it| !it.is_empty());
        leg.place.is_none()
            && leg.unresolved.is_none()
            && leg.transit.is_none_or(<[_]>::is_empty)
            && !leg.items.unwrap_or_default().iter().any(answered)
            && options.trace == Trace::Lean
            && !options.answers
    }

    /// The pattern of facts on a day, in the memory of an earlier one.
    pub(crate) fn renew(&mut self, law: &Law, on: Date, options: &Options, facts: &MatterFacts) {
        self.words.clear();
        let day = i64::from(on.year()) * 512 + i64::from(on.day_of_year());
        self.words.extend([day.cast_unsigned(), u64::from(options.strict)]);
        self.words.push(u64::from(options.max_law_age));
        law.summary(&facts.facts, &mut self.words);
        self.presumptions.clone_from(&facts.presumptions);
        self.places.clone_from(facts.places());
        self.items.clone_from(&facts.items);
        self.parties.clone_from(&facts.parties);
    }

    /// A number by which the pattern is found. Others may have it as well.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.words.iter().fold(0, |hash, it| {
            let mixed = (hash ^ it).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed ^ (mixed >> 29)
        })
    }

    /// How many bytes it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        let rows = self.places.len() * size_of::<Place>();
        8 * self.words.len() + rows + self.presumptions.len() * size_of::<Presumption>()
    }
}

impl Names<'_> {
    pub(crate) fn of<'a>(leg: &'a Leg<'a>, on: Date, facts: &'a MatterFacts) -> Names<'a> {
        Names { leg, facts, on }
    }

    /// The caller's reference.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.leg.id
    }

    /// The day whose law is applied.
    #[must_use]
    pub fn law_date(&self) -> Date {
        self.on
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        self.leg.items.unwrap_or_default()
    }

    /// What a question of an earlier answer with the same pattern asks here.
    #[must_use]
    pub fn ask(&self, question: &Question) -> Option<String> {
        let (row, fact) = question.about?;
        Some(self.facts.ask_for(self.leg, row, fact)?.question)
    }
}

/// An answer, or what is known of it already.
#[derive(Debug)]
pub enum Told<K, D> {
    /// It was known.
    Known(K),
    /// It was worked out.
    Decided(D),
}

impl Engine {
    /// Whether the transaction may go, unless `known` knows from its pattern. Where it has one and
    /// was not known, [`Workspace::pattern`](crate::Workspace::pattern) has it afterwards.
    #[must_use]
    pub fn decide_unless_known<'law, K>(
        &'law self,
        workspace: &mut crate::Workspace,
        transaction: &crate::Transaction,
        options: &Options,
        known: impl FnOnce(&Pattern, &Names<'_>) -> Option<K>,
    ) -> Told<K, crate::Determination<'law>> {
        workspace.has_pattern = false;
        let legs = transaction.legs();
        let [leg] = legs.as_slice() else {
            return Told::Decided(self.decide_in(workspace, transaction, options));
        };
        if !Pattern::fits(leg, options) {
            return Told::Decided(self.decide_in(workspace, transaction, options));
        }
        let on = options.on.unwrap_or(leg.date);
        let facts = self.facts_of(workspace, leg, on, options, Chain::default());
        workspace.pattern.renew(self.law(on), on, options, &facts);
        if let Some(known) = known(&workspace.pattern, &Names::of(leg, on, &facts)) {
            workspace.facts = Some(facts);
            return Told::Known(known);
        }
        workspace.has_pattern = true;
        Told::Decided(self.decide_facts(workspace, (leg, Share::of(1)), on, options, facts))
    }
}
