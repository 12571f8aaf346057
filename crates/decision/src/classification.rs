//! From what a product does to the entry of the control list that describes it.
//!
//! The rulebook's blocks about the kind that is classified say which entries describe a product,
//! what is not described, and which entry goes before which. Nothing here knows an entry: this
//! turns answers into facts, combines those blocks into an outcome, exactly about what was not
//! answered, and asks only what can still change it. Start at [`Engine::classify`].
//!
//! Source: 15 CFR § 774 Supp. 1 and § 772.1, as the rulebook says them.

mod answers;
mod because;
mod classify;
mod conclusion;
mod day;
mod items;
mod nearby;
mod product;
mod questions;
mod told_twice;

pub use day::ClassificationDay;
pub(crate) use items::classify as classified_items;
pub use product::{Product, Unanswered, product_schema, read};
pub(crate) use told_twice::category as encryption_category;

use crate::determination::{Because, Condition, Referral, Stamp};
use crate::engine::Engine;
use jiff::civil::Date;
use std::fmt;

/// What a product is, as far as the questions go. From the freest to the strictest.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ClassificationOutcome {
    /// Outside the regulations.
    NotSubject,
    /// None of the entries of the questionnaire describes it. Others may: see
    /// [`Classification::notes`].
    NotControlledHere,
    /// An entry describes it.
    Classified,
    /// Open, or the text itself does not settle it.
    NeedsReview,
    /// Another agency's law comes first.
    OtherAgency,
}

impl ClassificationOutcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::NotSubject,
        Self::NotControlledHere,
        Self::Classified,
        Self::NeedsReview,
        Self::OtherAgency,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSubject => "not-subject",
            Self::NotControlledHere => "not-controlled-here",
            Self::Classified => "classified",
            Self::NeedsReview => "needs-review",
            Self::OtherAgency => "other-agency",
        }
    }
}

impl fmt::Display for ClassificationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The answer to one product.
#[derive(Clone, Debug, PartialEq)]
pub struct Classification<'law> {
    /// The caller's own reference.
    pub id: Option<String>,
    /// The day whose law was applied.
    pub law_date: Date,
    /// What it is.
    pub outcome: ClassificationOutcome,
    /// Whether every completion of what was not answered gives this outcome and entry.
    pub settled: bool,
    /// The entry, where the outcome is that it is classified.
    pub eccn: Option<&'law str>,
    /// What the entry is for, where it is for something; the rulebook's other possibilities
    /// follow the first.
    pub eccn_for: Vec<&'law str>,
    /// Other entries that describe it too, in the order of the law.
    pub also_described: Vec<Described<'law>>,
    /// The entries that are still possible, where it is open; the one alone where it is settled.
    pub candidates: Vec<Described<'law>>,
    /// Every entry that the answers do not rule out: the candidates, and where the text may settle
    /// none, those of which it may not say which gives way.
    pub left_open: Vec<&'law str>,
    /// Whether it may be that none of the entries describes it.
    pub undescribed: bool,
    /// The reasons for control of the entry, as the table of the control list has them.
    pub reasons_for_control: Vec<&'law str>,
    /// The exceptions that the entry's row of the control list names, as printed.
    pub exceptions: Vec<&'law str>,
    /// What takes the product out of entries that might have described it.
    pub excluded: Vec<Excluded<'law>>,
    /// The trace: what decided, what was preferred, and what came near.
    pub because: Vec<Because<'law>>,
    /// What to find out, the best question first; empty where it is settled.
    pub questions: Vec<ClassificationQuestion<'law>>,
    /// Entries that one or two other answers would lead to.
    pub near_misses: Vec<NearMiss<'law>>,
    /// Duties that come with the outcome.
    pub conditions: Vec<Condition<'law>>,
    /// The agency whose law comes first, where one's does.
    pub referrals: Vec<Referral<'law>>,
    /// Answers that were taken for granted.
    pub assumptions: Vec<AssumedAnswer<'law>>,
    /// Why it is to be reviewed, and what the reader must know, in plain sentences.
    pub notes: Vec<String>,
    /// The rulebook that was applied.
    pub rulebook: Stamp<'law>,
}

/// An entry, and what it is for.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Described<'law> {
    /// The entry, to the paragraph.
    pub eccn: &'law str,
    /// What it is for, one of.
    pub eccn_for: Vec<&'law str>,
}

/// What takes a product out of an entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Excluded<'law> {
    /// The entry.
    pub eccn: &'law str,
    /// The paragraph that does it.
    pub citation: &'law str,
    /// What it says.
    pub text: &'law str,
}

/// A question that can still change the outcome or the entry.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClassificationQuestion<'law> {
    /// Its id.
    pub fact: &'law str,
    /// The question.
    pub ask: &'law str,
    /// What counts and what does not.
    pub help: &'law str,
    /// The values it may be answered with; none where it is answered yes or no.
    pub values: Vec<&'law str>,
    /// Why it is asked.
    pub why: String,
    /// The paragraph behind it.
    pub citation: &'law str,
    /// What its answers lead to.
    pub leads_to: &'law str,
}

/// An entry that does not describe a product, but would if one or two answers were others.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss<'law> {
    /// The entry.
    pub described: Described<'law>,
    /// Its paragraph.
    pub citation: &'law str,
    /// What its paragraph says.
    pub text: &'law str,
    /// The answers that would lead there.
    pub changes: Vec<Change<'law>>,
    /// The same in words.
    pub words: String,
}

/// Another answer to a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change<'law> {
    /// The question's id.
    pub fact: &'law str,
    /// The question.
    pub ask: &'law str,
    /// The answer that would lead there: `yes`, `no` or a value.
    pub answer: &'law str,
}

/// An answer that was taken for granted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AssumedAnswer<'law> {
    /// The question's id.
    pub fact: &'law str,
    /// The answer.
    pub answer: String,
    /// Why.
    pub why: &'static str,
}

impl Engine {
    /// The questions that lead to a classification, in the rulebook's order; none where the
    /// rulebook classifies nothing.
    #[must_use]
    pub fn classification_questions(&self) -> &[law::rulebook::Question] {
        self.rulebook().classification.as_ref().map_or(&[], |it| it.questions.as_slice())
    }
}

#[cfg(test)]
mod tests;
