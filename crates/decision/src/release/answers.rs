//! What is known of a component: what its makers answered, and what may be taken from its
//! capabilities.
//!
//! An answer that somebody gave stands, unless a capability establishes another: then the question
//! is open, and both are shown. A capability establishes an answer only where the rulebook's table
//! says that it is what the question asks. The absence of a capability says nothing, unless the
//! list is declared complete by a person on a day: then a question is answered no if the table
//! says that the listed capabilities cover it, and the component has none that even touches it.
//! That declaration is an answer like any other: it can be older than the version, and the memo
//! names who made it.

use super::{Component, GivenAnswer, Release};
use crate::classification::{Product, Unanswered};
use crate::transaction::values::Answer;
use jiff::civil::Date;
use law::rulebook::{Capability, Classification};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a component, and from where.
#[derive(Clone, Debug)]
pub struct Answered<'a> {
    /// The component as it is classified.
    pub product: Product,
    /// What each answer rests on.
    pub basis: BTreeMap<&'a str, Basis<'a>>,
    /// Answers that a capability contradicts; the question is open.
    pub contradictions: Vec<Contradiction<'a>>,
    /// Answers that a capability suggests and nobody gave.
    pub suggested: BTreeMap<&'a str, Suggestion<'a>>,
}

/// What an answer rests on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Basis<'a> {
    /// Somebody gave it.
    Given(&'a GivenAnswer),
    /// The capability of that name is what the question asks.
    Established(&'a str),
    /// The list of capabilities is declared complete, and none of them bears on the question.
    NoneHeld {
        /// Who declared it.
        by: &'a str,
        /// On which day.
        on: Date,
    },
}

/// An answer and a capability that contradicts it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Contradiction<'a> {
    /// What was answered.
    pub given: &'a GivenAnswer,
    /// The capability.
    pub capability: &'a str,
    /// What it establishes.
    pub establishes: &'a str,
}

/// An answer that a capability suggests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Suggestion<'a> {
    /// The answer.
    pub answer: &'a str,
    /// The capability.
    pub capability: &'a str,
}

impl Basis<'_> {
    /// The day on which it was said; `None` where the capabilities establish it by themselves.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Given(answer) => Some(answer.on),
            Self::NoneHeld { on, .. } => Some(*on),
            Self::Established(_) => None,
        }
    }
}

/// The capabilities of a component, as the rulebook has them on a day.
#[derive(Clone, Debug)]
pub struct Capabilities<'a> {
    held: Vec<&'a Capability>,
    all: Vec<&'a Capability>,
}

impl<'a> Capabilities<'a> {
    /// Those of a component.
    #[must_use]
    pub fn of(component: &Component, classification: &'a Classification, on: Date) -> Self {
        let all: Vec<_> = classification.capabilities.iter().filter(|it| it.covers(on)).collect();
        let listed = component.capabilities.as_ref().map_or(&[][..], |it| &it.list);
        let held = all.iter().copied().filter(|it| listed.contains(&it.id)).collect();
        Self { held, all }
    }

    /// What the held ones establish, and which does.
    pub fn establish(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.held.iter().flat_map(|it| {
            it.establishes.iter().map(|(question, answer)| (&*it.id, &**question, &**answer))
        })
    }

    /// What the held ones suggest, and which does.
    pub fn suggest(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.held.iter().flat_map(|it| {
            it.suggests.iter().map(|(question, answer)| (&*it.id, &**question, &**answer))
        })
    }

    /// The questions that the absent ones cover, and no held one bears on: no, where the list is
    /// complete.
    #[must_use]
    pub fn ruled_out(&self) -> BTreeSet<&'a str> {
        let covered = self.all.iter().flat_map(|it| &it.none_means_no);
        covered
            .map(String::as_str)
            .filter(|question| !self.held.iter().any(|it| it.concerns(question)))
            .collect()
    }
}

/// The questions that a capability bears on: where it comes or goes, they are open again.
#[must_use]
pub fn touched<'a>(capability: &str, classification: &'a Classification) -> BTreeSet<&'a str> {
    let found = classification.capabilities.iter().filter(|it| it.id == capability);
    found
        .flat_map(|it| {
            let answered = it.establishes.iter().chain(&it.suggests).map(|it| &it.0);
            answered.chain(&it.touches).chain(&it.none_means_no)
        })
        .map(String::as_str)
        .collect()
}

impl Component {
    /// What is known of it under the law of a day.
    #[must_use]
    pub fn answered<'a>(
        &'a self,
        release: &Release,
        classification: &'a Classification,
        on: Date,
    ) -> Answered<'a> {
        let capabilities = Capabilities::of(self, classification, on);
        let mut basis: BTreeMap<&str, Basis<'_>> = BTreeMap::new();
        let mut answers: BTreeMap<String, Option<Answer>> = BTreeMap::new();
        if let Some(held) = self.capabilities.as_ref().filter(|it| it.complete == Some(true))
            && let (Some(by), Some(on)) = (held.by.as_deref(), held.on)
        {
            for question in capabilities.ruled_out() {
                basis.insert(question, Basis::NoneHeld { by, on });
                answers.insert(question.to_owned(), Some(Answer::No));
            }
        }
        for (capability, question, answer) in capabilities.establish() {
            basis.insert(question, Basis::Established(capability));
            answers.insert(question.to_owned(), Some(said(answer)));
        }
        let mut contradictions = Vec::new();
        for given in self.answers.iter().flatten() {
            let established = capabilities
                .establish()
                .find(|it| it.1 == given.question && said(it.2) != given.value);
            if let Some((capability, _, establishes)) = established {
                contradictions.push(Contradiction { given, capability, establishes });
                basis.remove(given.question.as_str());
                answers.insert(given.question.clone(), None);
            } else if answers.get(&given.question) != Some(&None) {
                basis.insert(&given.question, Basis::Given(given));
                answers.insert(given.question.clone(), Some(given.value.clone()));
            }
        }
        // What is asked upon a yes to another question is not asked after a no, and then the
        // capability speaks of something else.
        let is_no = |answers: &BTreeMap<String, Option<Answer>>, id: &str| {
            answers.get(id) == Some(&Some(Answer::No))
        };
        let moot = |basis: &BTreeMap<&str, Basis<'_>>, answers: &BTreeMap<_, _>| {
            let questions = &classification.questions;
            let established = questions.iter().find(|it| {
                matches!(basis.get(it.id.as_str()), Some(Basis::Established(_)))
                    && !is_no(answers, &it.id)
                    && it.rests_on().any(|fact| {
                        let rest = questions.get(usize::from(fact.0));
                        rest.is_some_and(|it| is_no(answers, &it.id))
                    })
            });
            established.map(|it| it.id.as_str())
        };
        while let Some(question) = moot(&basis, &answers) {
            basis.remove(question);
            answers.remove(question);
        }
        let suggested = capabilities
            .suggest()
            .filter(|it| !answers.contains_key(it.1))
            .map(|(capability, question, answer)| (question, Suggestion { answer, capability }))
            .collect();
        let product = Product {
            id: Some(self.id.clone()),
            date: on,
            name: Some(format!("{} {}, {}", release.product, release.version, self.name())),
            description: self.description.clone().or_else(|| release.description.clone()),
            form: self.form,
            answers: Some(answers),
            unanswered: Some(Unanswered::Ask),
        };
        Answered { product, basis, contradictions, suggested }
    }
}

/// An answer as it is written in the table.
fn said(text: &str) -> Answer {
    match text {
        "yes" => Answer::Yes,
        "no" => Answer::No,
        other => Answer::Value(other.to_owned()),
    }
}
