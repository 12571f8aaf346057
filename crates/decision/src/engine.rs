//! The engine: a rulebook, ready to answer for any day.
//!
//! The law of a day is compiled once, when the first question about that day comes, and kept. The
//! engine holds nothing else; the same transaction and options give the same answer, byte for byte.

use crate::bindings::Bindings;
use crate::catalogue::Catalogue;
use crate::classification::{ClassificationDay, classified_items};
use crate::determination::{Determination, Stamp};
use crate::effects::Effects;
use crate::facts::MatterFacts;
use crate::legs::Chain;
use crate::matches::{Screened, Unresolved};
use crate::matter::{Matter, REPORTED_TERMS, Reported, Share};
use crate::trace::Trace;
use crate::transaction::{Leg, Transaction};
use crate::workspace::Workspace;
use jiff::civil::Date;
use law::mutation::Asked;
use law::rulebook::{Rulebook, TermId};
use law::{Law, Selection};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// How to answer.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether presumptions are switched off, so that what is absent stays unknown.
    pub strict: bool,
    /// How many days after the rulebook's last verified day a permissive answer is still given.
    pub max_law_age: u32,
    /// The day whose law applies, instead of the transaction's own.
    pub on: Option<Date>,
    /// How much of the trace to keep.
    pub trace: Trace,
    /// Whether questions say what each answer would lead to.
    pub answers: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { strict: false, max_law_age: 180, on: None, trace: Trace::Decisive, answers: false }
    }
}

/// Who decides transactions that are made out of one: the engine alone, or somebody who searches the
/// names of each first.
pub trait Decides {
    /// Whether a transaction may go, in memory that is used again.
    fn decide_each<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law>;
}

impl Decides for Engine {
    fn decide_each<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        self.decide_in(workspace, transaction, options)
    }
}

/// A rulebook, ready to answer.
#[derive(Debug)]
pub struct Engine {
    rulebook: Arc<Rulebook>,
    catalogue: Catalogue,
    bindings: Bindings,
    /// Whether many transactions are to be answered.
    for_many: bool,
    /// The rulebook's terms by name.
    terms: BTreeMap<String, TermId>,
    digest: String,
    selection: Selection,
    /// The rulebook's first day, for all days before it.
    first: (Date, OnceLock<Day>),
    epochs: Vec<(Date, OnceLock<Day>)>,
    /// The law by which products are classified: before the rulebook begins, and for the same
    /// stretches of days.
    classifying: (OnceLock<ClassificationDay>, Vec<OnceLock<ClassificationDay>>),
}

/// The law of a stretch of days on which nothing changes.
#[derive(Debug)]
pub struct Day {
    /// The law.
    pub law: Law,
    /// Its blocks by what they do.
    pub effects: Effects,
    /// The terms that every answer reports.
    pub(crate) reported: Reported,
}

impl Engine {
    /// An engine over a rulebook; `digest` is that of its files.
    #[must_use]
    pub fn new(loaded: law::Loaded, digest: String) -> Self {
        Self::with_selection(loaded, digest, Selection::default())
    }

    /// An engine in which adopted or proposed versions take part as well.
    #[must_use]
    pub fn with_selection(loaded: law::Loaded, digest: String, selection: Selection) -> Self {
        let rulebook = Arc::new(loaded.rulebook);
        let epochs: Vec<(Date, OnceLock<Day>)> =
            rulebook.epochs().into_iter().map(|it| (it, OnceLock::new())).collect();
        let terms =
            (0..).map(TermId).zip(&rulebook.terms).map(|(id, it)| (it.name.clone(), id)).collect();
        let first = (rulebook.from, OnceLock::new());
        let classifying = (OnceLock::new(), epochs.iter().map(|_| OnceLock::new()).collect());
        let bindings = Bindings::new(&rulebook);
        Self {
            rulebook,
            catalogue: Catalogue::new(),
            bindings,
            for_many: true,
            terms,
            digest,
            selection,
            first,
            epochs,
            classifying,
        }
    }

    /// The same engine for few transactions: the law of a day is ready sooner, and each answer
    /// takes longer. The answers are the same.
    #[must_use]
    pub fn for_few(self) -> Self {
        Self { for_many: false, ..self }
    }

    /// The rulebook.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The rulebook, shared.
    pub(crate) fn shared_rulebook(&self) -> Arc<Rulebook> {
        Arc::clone(&self.rulebook)
    }

    /// The fact catalogue.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What the rulebook calls our countries and classifications.
    #[must_use]
    pub fn bindings(&self) -> &Bindings {
        &self.bindings
    }

    /// Which versions take part besides those that are law.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The term of that name.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<TermId> {
        self.terms.get(name).copied()
    }

    /// What is asked of a law whatever its blocks ask: the terms that every answer reports, and what
    /// the table of entries says of parents (`entries`) and reasons (`classification`).
    #[must_use]
    pub fn asked(&self) -> Asked {
        let terms = REPORTED_TERMS.iter().filter_map(|it| self.term(it)).collect();
        Asked { terms, columns: vec!["for", "reason"] }
    }

    /// The law of a day.
    #[must_use]
    pub fn law(&self, day: Date) -> &Law {
        &self.day(day).law
    }

    /// The law of a day, with its effects. A day before the rulebook begins has the law of its
    /// first day; [`Engine::decide`] refuses to be permissive there.
    #[must_use]
    pub fn day(&self, day: Date) -> &Day {
        let later = self.epochs.partition_point(|it| it.0 <= day);
        let (from, kept) =
            later.checked_sub(1).and_then(|place| self.epochs.get(place)).unwrap_or(&self.first);
        kept.get_or_init(|| self.compile(*from))
    }

    /// The law by which products are classified on a day. It is compiled when it is first asked.
    #[must_use]
    pub fn classification_day(&self, day: Date) -> &ClassificationDay {
        let later = self.epochs.partition_point(|it| it.0 <= day);
        let place = later.checked_sub(1);
        let found =
            place.and_then(|it| Some((self.epochs.get(it)?.0, self.classifying.1.get(it)?)));
        let (from, kept) = found.unwrap_or((self.first.0, &self.classifying.0));
        kept.get_or_init(|| ClassificationDay::of(&self.rulebook, from, &self.selection))
    }

    fn compile(&self, day: Date) -> Day {
        let law = if self.for_many {
            Rulebook::as_of(&self.rulebook, day, &self.selection)
        } else {
            Rulebook::as_of_once(&self.rulebook, day, &self.selection)
        };
        let effects = Effects::of(&law, &self.rulebook);
        let reported = Reported::of(&law, |name| self.term(name));
        Day { law, effects, reported }
    }

    /// Whether the transaction may go, and why.
    #[must_use]
    pub fn decide<'law>(
        &'law self,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        self.decide_in(&mut Workspace::default(), transaction, options)
    }

    /// The same in memory that is used again: for many transactions.
    #[must_use]
    pub fn decide_in<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        options: &Options,
    ) -> Determination<'law> {
        self.decide_unless(workspace, transaction, None, options)
    }

    /// Whether it may go, given what a search of the lists said of its parties.
    #[must_use]
    pub fn decide_screened<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        screened: Screened,
        options: &Options,
    ) -> Determination<'law> {
        let (adjudicated, unresolved) = screened.adjudicate(transaction);
        let mut determination =
            self.decide_unless(workspace, &adjudicated, Some(&unresolved), options);
        screened.explain(&mut determination);
        determination.screened = Some(screened);
        determination
    }

    /// Whether it may go, where more listings of some parties may be found than are known.
    fn decide_unless<'law>(
        &'law self,
        workspace: &mut Workspace,
        transaction: &Transaction,
        unresolved: Option<&Unresolved>,
        options: &Options,
    ) -> Determination<'law> {
        let told = crate::legs::with_users_told_later(transaction);
        let transaction = told.as_ref().unwrap_or(transaction);
        let mut legs = transaction.legs();
        for leg in &mut legs {
            leg.unresolved = unresolved;
        }
        if let [leg] = legs.as_slice()
            && leg.place.is_none()
        {
            return self.decide_leg(workspace, leg, options, Chain::default(), Share::of(1));
        }
        // The last leg first: who sells knows of the legs he lists (15 CFR § 736.2(b)(10)).
        let mut chain = Chain::of(transaction, &legs);
        let mut answers = Vec::with_capacity(legs.len());
        let taken_on = crate::legs::taken_on(&legs);
        for (leg, taken_on) in legs.iter().zip(&taken_on).rev() {
            let chain_here = Chain { taken_on, ..chain };
            let answer =
                self.decide_leg(workspace, leg, options, chain_here, Share::of(legs.len()));
            chain.later_leg_barred |= crate::legs::is_barred(leg, answer.outcome);
            answers.push(answer);
        }
        answers.reverse();
        let strictest = answers.iter().max_by_key(|it| it.outcome).cloned();
        if let Some(strictest) = strictest {
            return crate::legs::join(transaction, &strictest, answers, &self.rulebook);
        }
        // `Transaction::legs` gives one at least.
        let whole = Transaction { legs: None, ..transaction.clone() };
        self.decide_unless(workspace, &whole, unresolved, options)
    }

    /// Adds what every block of the law is of a transaction to a coverage.
    pub fn cover(
        &self,
        transaction: &Transaction,
        options: &Options,
        coverage: &mut law::Coverage,
    ) {
        for leg in transaction.legs() {
            let on = options.on.unwrap_or(leg.date);
            let classified = classified_items(self, &leg, on, options);
            let leg = classified.as_ref().map_or(leg, |it| it.leg(leg));
            let facts = Matter::facts(self, &leg, on, options, None);
            Matter::new(self, &leg, on, options, facts, Share::of(1)).cover(coverage);
        }
    }

    /// Answers one leg.
    pub(crate) fn decide_leg<'law>(
        &'law self,
        workspace: &mut Workspace,
        leg: &Leg<'_>,
        options: &Options,
        chain: Chain<'_>,
        share: Share,
    ) -> Determination<'law> {
        let on = options.on.unwrap_or(leg.date);
        let classified = classified_items(self, leg, on, options);
        let leg = &classified.as_ref().map_or(*leg, |it| it.leg(*leg));
        let facts = self.facts_of(workspace, leg, on, options, chain);
        let mut determination = self.decide_facts(workspace, (leg, share), on, options, facts);
        if let Some(classified) = classified {
            classified.add_to(&mut determination);
        }
        determination
    }

    /// What the law may know of a leg, in the memory of earlier facts.
    pub(crate) fn facts_of(
        &self,
        workspace: &mut Workspace,
        leg: &Leg<'_>,
        on: Date,
        options: &Options,
        chain: Chain<'_>,
    ) -> MatterFacts {
        let mut facts = Matter::facts(self, leg, on, options, workspace.facts.take());
        facts.set_chain(chain);
        facts
    }

    /// Answers a leg whose facts are made, and gives their memory back.
    pub(crate) fn decide_facts<'law>(
        &'law self,
        workspace: &mut Workspace,
        (leg, share): (&Leg<'_>, Share),
        on: Date,
        options: &Options,
        facts: MatterFacts,
    ) -> Determination<'law> {
        let matter = Matter::new(self, leg, on, options, facts, share);
        let interview = workspace.interview.as_mut().filter(|_| !share.inner);
        let (determination, facts) = matter.determine(&mut workspace.scratch, interview);
        workspace.facts = Some(facts);
        determination
    }

    /// The rulebook's name, day and digest.
    #[must_use]
    pub fn stamp(&self) -> Stamp<'_> {
        Stamp {
            name: &self.rulebook.name,
            as_of: Some(self.rulebook.verified_through),
            digest: &self.digest,
        }
    }
}
