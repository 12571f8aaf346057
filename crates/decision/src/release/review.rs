//! What a release changes: of each component, what it is now, what it was, and what has to be
//! looked at before it is sold on.
//!
//! Three things are held apart, because three different people act on them: what the product does
//! changed (its makers), an answer is missing or older than what it is about (whoever answers), the
//! law moved under it (counsel). Answers that could be taken away without changing the answer are
//! never asked for again.

use super::answers::touched;
use super::{Basis, Component, Contradiction, GivenAnswer, Recorded, Release};
use crate::classification::{Classification, ClassificationOutcome, Described, Product};
use crate::engine::{Engine, Options};
use crate::trace::Trace;
use jiff::civil::Date;
use law::rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// What a release changes.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The day whose law was applied.
    pub on: Date,
    /// Its components, in the order of the file.
    pub components: Vec<ComponentReview<'a>>,
    /// Components that the release before had.
    pub gone: Vec<&'a str>,
}

/// What became of a component.
#[derive(Clone, Debug)]
pub struct ComponentReview<'a> {
    /// The component.
    pub component: &'a Component,
    /// What it is now.
    pub now: Classification<'a>,
    /// What it was, if anything says so.
    pub before: Option<Entry>,
    /// What has to be looked at, the gravest first.
    pub findings: Vec<Finding<'a>>,
    /// How many older answers change nothing.
    pub older_but_idle: usize,
}

/// What something was classified as.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The outcome, as it is written.
    pub outcome: String,
    /// The entry.
    pub eccn: Option<String>,
    /// What it is for; where there are several, the first.
    pub eccn_for: Option<String>,
}

/// Something to look at. From the gravest.
#[derive(Clone, Debug)]
pub enum Finding<'a> {
    /// What it does changed, and with it the classification.
    Changed {
        /// What it was.
        from: Entry,
        /// Where that is from.
        according_to: According,
    },
    /// The same answers lead elsewhere under the law of another day.
    LawMoved {
        /// The day on which the last of the answers was given.
        then: Date,
        /// What the answers led to on that day.
        from: Entry,
    },
    /// A question is open.
    Missing {
        /// The question.
        question: &'a str,
        /// In words.
        ask: &'a str,
        /// What a capability suggests.
        suggested: Option<&'a str>,
    },
    /// A capability contradicts an answer.
    Contradicted(Contradiction<'a>),
    /// An answer is older than the last change of what it is about.
    Older {
        /// The question.
        question: &'a str,
        /// When it was answered.
        on: Date,
        /// Why it is open again.
        because: Aged<'a>,
    },
    /// The answers are complete, and a person must decide all the same.
    Unsettled,
}

/// According to what something was classified differently before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum According {
    /// The release before.
    Against,
    /// What the file records.
    Record,
}

/// Why an answer is open again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Aged<'a> {
    /// What it is about changed on that day.
    Changed(Date),
    /// The capability of that name came or went.
    Capability(&'a str),
}

impl Entry {
    /// What a classification says.
    #[must_use]
    pub fn of(classification: &Classification<'_>) -> Self {
        Self {
            outcome: classification.outcome.as_str().to_owned(),
            eccn: classification.eccn.map(str::to_owned),
            eccn_for: classification.eccn_for.first().map(|it| (*it).to_owned()),
        }
    }

    fn recorded(it: &Recorded) -> Self {
        let outcome = if it.eccn.is_some() { "classified" } else { "not-controlled-here" };
        Self {
            outcome: it.outcome.clone().unwrap_or_else(|| outcome.to_owned()),
            eccn: it.eccn.as_ref().map(ToString::to_string),
            eccn_for: it.eccn_for.as_ref().map(ToString::to_string),
        }
    }

    /// Whether they say the same. A parent that only one of them names makes no difference.
    fn agrees(&self, other: &Self) -> bool {
        let parents = match (&self.eccn_for, &other.eccn_for) {
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => true,
        };
        self.outcome == other.outcome && self.eccn == other.eccn && parents
    }
}

impl Entry {
    /// Whether an open classification may still come to it.
    fn is_possible(&self, now: &Classification<'_>) -> bool {
        let named = |it: &Described<'_>| Some(it.eccn) == self.eccn.as_deref();
        !now.settled
            && !now.questions.is_empty()
            && (self.eccn.is_none() || now.candidates.iter().any(named))
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.eccn, &self.eccn_for) {
            (Some(eccn), Some(parent)) => write!(f, "{eccn} for {parent}"),
            (Some(eccn), None) => f.write_str(eccn),
            (None, _) => f.write_str(&self.outcome),
        }
    }
}

impl Engine {
    /// Compares a release with the one before it, or with what it records, under the law of a day:
    /// that of the options, or that of the release.
    #[must_use]
    pub fn review<'a>(
        &'a self,
        release: &'a Release,
        against: Option<&'a Release>,
        options: &Options,
    ) -> Review<'a> {
        let on = options.on.unwrap_or(release.date);
        let components = release.components.iter();
        let reviewed = components.filter_map(|component| {
            let classification = self.rulebook().classification.as_ref()?;
            let before =
                against.and_then(|it| it.components.iter().find(|it| it.id == component.id));
            let reviewing = Reviewing {
                engine: self,
                classification,
                release,
                component,
                against: against.zip(before),
                options: Options { on: None, ..*options },
                on,
            };
            Some(reviewing.review())
        });
        let components: Vec<ComponentReview<'a>> = reviewed.collect();
        let gone = against.into_iter().flat_map(|it| &it.components).map(|it| it.id.as_str());
        let gone = gone.filter(|id| !release.components.iter().any(|it| it.id == *id)).collect();
        Review { on, components, gone }
    }
}

/// One component under review.
struct Reviewing<'a> {
    engine: &'a Engine,
    classification: &'a rulebook::Classification,
    release: &'a Release,
    component: &'a Component,
    against: Option<(&'a Release, &'a Component)>,
    options: Options,
    on: Date,
}

impl<'a> Reviewing<'a> {
    fn review(&self) -> ComponentReview<'a> {
        let answered = self.component.answered(self.release, self.classification, self.on);
        let now = self.engine.classify(&answered.product, &self.options);
        let mut findings = Vec::new();
        let before = self.before();
        let then = answered.basis.values().filter_map(Basis::on).max().map(|it| it.min(self.on));
        let moved = then.and_then(|then| self.moved(then, &now));
        if let Some((from, according_to)) = &before
            && !from.agrees(&Entry::of(&now))
            && !from.is_possible(&now)
        {
            match (&moved, self.against) {
                // The law alone explains it: the same answers led there before.
                (Some((_, earlier)), _) if earlier.agrees(from) => {}
                (None, Some((old, _))) if self.is_by_law_alone(&now) => {
                    findings.push(Finding::LawMoved { then: old.date, from: from.clone() });
                }
                (Some(_) | None, _) => {
                    let according_to = *according_to;
                    findings.push(Finding::Changed { from: from.clone(), according_to });
                }
            }
        }
        if let Some((then, from)) = moved {
            findings.push(Finding::LawMoved { then, from });
        }
        for it in &now.questions {
            let suggested = answered.suggested.get(it.fact).map(|it| it.answer);
            if !answered.contradictions.iter().any(|known| known.given.question == it.fact) {
                findings.push(Finding::Missing { question: it.fact, ask: it.ask, suggested });
            }
        }
        findings.extend(answered.contradictions.iter().copied().map(Finding::Contradicted));
        let aged = self.aged(&answered.basis);
        let idle = self.without(&answered.product, aged.keys().copied(), &now);
        let older_but_idle = if idle { aged.len() } else { 0 };
        if !idle {
            findings.extend(aged.into_iter().map(|(question, (on, because))| Finding::Older {
                question,
                on,
                because,
            }));
        }
        let decided = matches!(
            now.outcome,
            ClassificationOutcome::NotSubject
                | ClassificationOutcome::NotControlledHere
                | ClassificationOutcome::Classified
        );
        if !decided && now.questions.is_empty() {
            findings.push(Finding::Unsettled);
        }
        let before = before.map(|it| it.0);
        ComponentReview { component: self.component, now, before, findings, older_but_idle }
    }

    /// What it was: by the release before under the law of its day, or by the record.
    fn before(&self) -> Option<(Entry, According)> {
        if let Some((release, component)) = self.against {
            let entry = self.classified(release, component, release.date);
            return Some((entry, According::Against));
        }
        let recorded = self.component.classified.as_ref()?;
        Some((Entry::recorded(recorded), According::Record))
    }

    fn classified(&self, release: &Release, component: &Component, on: Date) -> Entry {
        let answered = component.answered(release, self.classification, on);
        let options = Options { trace: Trace::None, ..self.options };
        Entry::of(&self.engine.classify(&answered.product, &options))
    }

    /// What the same answers led to on another day, where that was something else.
    fn moved(&self, then: Date, now: &Classification<'_>) -> Option<(Date, Entry)> {
        let earlier = self.classified(self.release, self.component, then);
        (earlier != Entry::of(now)).then_some((then, earlier))
    }

    /// Whether what the release before said would be the same today as what this one says, and
    /// what this one says the same then.
    fn is_by_law_alone(&self, now: &Classification<'_>) -> bool {
        let Some((release, component)) = self.against else { return false };
        self.classified(release, component, self.on) == Entry::of(now)
            && self.classified(self.release, self.component, release.date)
                == self.classified(release, component, release.date)
    }

    /// The answers that are older than what they are about.
    fn aged(&self, basis: &BTreeMap<&'a str, Basis<'a>>) -> BTreeMap<&'a str, (Date, Aged<'a>)> {
        let changed = self.component.changed(self.release);
        let reopened = self.reopened();
        let mut aged = BTreeMap::new();
        for (question, basis) in basis {
            let Some(on) = basis.on() else { continue };
            if on < changed {
                aged.insert(*question, (on, Aged::Changed(changed)));
            } else if let Some(capability) = reopened.get(question)
                && self.is_as_before(question, basis)
            {
                aged.insert(*question, (on, Aged::Capability(capability)));
            }
        }
        aged
    }

    /// The questions that a capability touches which came or went.
    fn reopened(&self) -> BTreeMap<&'a str, &'a str> {
        let Some((_, before)) = self.against else { return BTreeMap::new() };
        let held = |it: &'a Component| -> BTreeSet<&'a str> {
            it.capabilities.iter().flat_map(|it| &it.list).map(String::as_str).collect()
        };
        let (now, before) = (held(self.component), held(before));
        let mut reopened = BTreeMap::new();
        for capability in now.symmetric_difference(&before) {
            for question in touched(capability, self.classification) {
                reopened.entry(question).or_insert(*capability);
            }
        }
        reopened
    }

    /// Whether the answer is the one that the release before had already.
    fn is_as_before(&self, question: &str, basis: &Basis<'_>) -> bool {
        let Some((_, before)) = self.against else { return false };
        match basis {
            Basis::Given(given) => {
                let same = |it: &GivenAnswer| it.question == question && it.on == given.on;
                before.answers.iter().flatten().any(same)
            }
            Basis::NoneHeld { on, .. } => {
                before.capabilities.as_ref().is_some_and(|it| it.on == Some(*on))
            }
            Basis::Established(_) => false,
        }
    }

    /// Whether the answer stays what it is without these answers.
    fn without(
        &self,
        product: &Product,
        questions: impl Iterator<Item = &'a str>,
        now: &Classification<'_>,
    ) -> bool {
        let mut product = product.clone();
        let answers = product.answers.get_or_insert_default();
        for question in questions {
            answers.remove(question);
        }
        let options = Options { trace: Trace::None, ..self.options };
        Entry::of(&self.engine.classify(&product, &options)) == Entry::of(now)
    }
}
