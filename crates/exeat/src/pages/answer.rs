//! The answer: the sentence, the reasons down to the paragraph, the parties, the duties, what
//! would change it, what was presumed.
//!
//! [`Answer`] is read from the JSON of an answer, which is also what a record holds, so that the
//! page of a record shows what was said then and computes nothing. [`of_draft`] is the page of an
//! answer that is not recorded.

mod answered;
mod because;
mod duties;
mod of_draft;
mod parties;
mod presumed;
mod whatif;

pub(super) use answered::Answer;
pub(super) use of_draft::router;

use super::citation::Official;
use super::outcome::{Light, badge, named};
use super::visitor::Visitor;
use crate::clock;
use crate::desk::cases::Shown;
use crate::interview::form::Form;
use crate::report::words;
use decision::outcome::Outcome;
use maud::{Markup, html};

/// What the sections of an answer need besides it.
#[derive(Debug)]
pub(super) struct Told<'a> {
    /// The answer.
    pub(super) answer: &'a Answer,
    /// What was asked.
    pub(super) form: &'a Form,
    /// The address of the draft in which facts can be changed.
    pub(super) change: Option<&'a str>,
    /// Where matches can be decided.
    pub(super) deciding: Option<Deciding<'a>>,
}

/// Where a match is decided, and by whom.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deciding<'a> {
    /// In a case.
    Case(&'a Visitor, &'a Shown),
    /// Beside an answer that is not recorded, whose draft has this address.
    Draft(&'a Visitor, &'a str),
}

impl<'a> Deciding<'a> {
    fn visitor(&self) -> &'a Visitor {
        match self {
            Self::Case(visitor, _) | Self::Draft(visitor, _) => visitor,
        }
    }
}

/// Everything below the sentence: reasons, parties, duties, presumptions.
pub(super) fn sections(told: &Told<'_>) -> Markup {
    html! {
        (of_draft::questions(told))
        (because::section(told))
        (parties::section(told))
        (duties::section(told))
        (presumed::section(told))
    }
}

impl Told<'_> {
    /// The official text of the day whose law answered.
    pub(super) fn official(&self) -> Official {
        self.answer.law_date.parse().map_or_else(
            |_| Official::on(clock::today(), clock::today()),
            |day| Official::on(day, clock::today()),
        )
    }

    /// The outcome in a sentence, what it means, and what it rests on.
    ///
    /// `level` is that of its heading: 1 where the page is about nothing else.
    pub(super) fn sentence(&self, level: u8) -> Markup {
        let answer = self.answer;
        let outcome = named(&answer.outcome).unwrap_or(Outcome::NeedsReview);
        let light = Light::of(outcome);
        html! {
            div class=(format!("verdict {}", light.class())) {
                span.sign { (light.sign()) }
                div {
                    @if level == 1 { h1 { (headline(answer, outcome)) } }
                    @else { h2 { (headline(answer, outcome)) } }
                    p { (meaning(answer, outcome)) }
                    @if !answer.reasons.is_empty() {
                        p.small {
                            @if outcome == Outcome::LicenseException { "A license would be needed for: " }
                            @else { "Reasons for a license: " }
                            @for reason in &answer.reasons { span.tag { (reason) } " " }
                        }
                    }
                }
            }
        }
    }

    /// Whether it is settled, and what is still open.
    pub(super) fn open(&self) -> Markup {
        let answer = self.answer;
        let open = answer.questions.len();
        html! {
            @if answer.settled && open > 0 {
                p { "Settled, whatever the answers to the rest are." }
            }
            @if !answer.settled && answer.possible.len() > 1 {
                p {
                    "Still possible: "
                    @for word in &answer.possible {
                        @if let Some(outcome) = named(word) { (badge(outcome, None)) " " }
                    }
                }
            }
        }
    }

    /// The items, where there are several or they differ.
    pub(super) fn items(&self) -> Markup {
        let items = &self.answer.items;
        html! {
            @if items.len() > 1 {
                div.scroll {
                    table {
                        thead { tr {
                            th scope="col" { "Item" } th scope="col" { "ECCN" }
                            th scope="col" { "Answer" } th scope="col" { "Reasons" }
                        } }
                        tbody {
                            @for item in items {
                                tr {
                                    th scope="row" { (item.title()) }
                                    td { (item.eccn.as_deref().unwrap_or("not classified")) }
                                    td {
                                        @if let Some(outcome) = named(&item.outcome) {
                                            (badge(outcome, item.exception.as_deref()))
                                        }
                                    }
                                    td {
                                        @for it in &item.requirements { span.tag { (it.reason) } " " }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sentence.
fn headline(answer: &Answer, outcome: Outcome) -> String {
    match outcome {
        Outcome::LicenseException => {
            let under = answer
                .exception
                .as_deref()
                .map_or_else(|| "a license exception".to_owned(), words::authorization);
            format!("May go under {under}")
        }
        Outcome::NotAnExport => "Not an export".to_owned(),
        Outcome::NotSubject => "Not subject to the EAR".to_owned(),
        Outcome::NoLicenseRequired => "No license required".to_owned(),
        Outcome::NeedsReview if is_free_either_way(answer) => {
            words::FREE_EITHER_WAY.0.trim_end_matches('.').to_owned()
        }
        Outcome::NeedsReview => "Not yet".to_owned(),
        Outcome::LicenseRequired => "License required".to_owned(),
        Outcome::Prohibited => "Prohibited".to_owned(),
    }
}

/// As [`words::is_free_either_way`] of a determination.
fn is_free_either_way(answer: &Answer) -> bool {
    let flagged = answer.flags.iter().any(|it| !it.resolved && it.truth != Some(false));
    let law = answer.questions.iter().any(|it| it.fact == "law");
    let possible: Option<Vec<Outcome>> = answer.possible.iter().map(|it| named(it)).collect();
    !answer.settled && !flagged && !law && possible.is_some_and(|it| words::are_free(&it))
}

/// What the outcome means for the person who asked.
fn meaning(answer: &Answer, outcome: Outcome) -> String {
    let conditions = match answer.conditions.len() {
        0 => "",
        1 => ", on the condition below",
        _ => ", on the conditions below",
    };
    match outcome {
        Outcome::NotAnExport => {
            "The EAR see no export, reexport or transfer here, so no license is needed.".to_owned()
        }
        Outcome::NotSubject => "No license is needed under this regulation.".to_owned(),
        Outcome::NoLicenseRequired => format!("This may go{conditions}."),
        Outcome::LicenseException => {
            format!("It may leave without a license of its own{conditions}.")
        }
        Outcome::NeedsReview if is_free_either_way(answer) => words::FREE_EITHER_WAY.1.to_owned(),
        Outcome::NeedsReview => {
            "Something is open. Until it is resolved, this may not leave.".to_owned()
        }
        Outcome::LicenseRequired if answer.settled => {
            "This may not leave without a BIS license.".to_owned()
        }
        Outcome::LicenseRequired => {
            "As far as shown, this may not leave without a BIS license.".to_owned()
        }
        Outcome::Prohibited => "This may not leave, and no exception helps.".to_owned(),
    }
}
