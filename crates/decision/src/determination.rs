//! The answer: an outcome, why, what is still needed, and what must be done.
//!
//! Words come from the rulebook by reference, so an answer costs little and says exactly what the
//! rule says. Doors turn it into JSON, a page or a memo; none of them computes anything again.

use crate::effects::section;
use crate::facts::Path;
use crate::matches::Screened;
use crate::outcome::Outcome;
use jiff::civil::Date;
use law::schema::FactId;
use law::{RowId, Truth};

/// The answer to one transaction, or to one leg of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Determination<'law> {
    /// The caller's own reference.
    pub id: Option<String>,
    /// What a leg is called, where this answers a leg.
    pub label: Option<String>,
    /// The day whose law was applied.
    pub law_date: Date,
    /// What is to be done.
    pub outcome: Outcome,
    /// Whether every completion of what is unknown gives this outcome.
    pub settled: bool,
    /// The outcomes that are still possible, from the freest; one where it is settled.
    pub possible: Vec<Outcome>,
    /// The exception's symbol, where the outcome is a license exception.
    pub exception: Option<&'law str>,
    /// Whether a license is required before exceptions are considered.
    pub license_required: Truth,
    /// One finding for each item.
    pub items: Vec<ItemFinding<'law>>,
    /// Reason codes, in the rulebook's order.
    pub reasons: Vec<&'law str>,
    /// The trace: the general prohibitions, exclusions and flags, each with what it rests on.
    pub because: Vec<Because<'law>>,
    /// Terms worked out from raw facts.
    pub derived: Vec<Derived<'law>>,
    /// What to find out, the best question first.
    pub questions: Vec<Question>,
    /// Presumptions that were used.
    pub assumptions: Vec<Assumption>,
    /// Duties and terms.
    pub conditions: Vec<Condition<'law>>,
    /// Red flags, resolved or not.
    pub flags: Vec<Flag<'law>>,
    /// Other agencies' law.
    pub referrals: Vec<Referral<'law>>,
    /// How an application would be reviewed, where a license is required.
    pub review_policy: Option<Policy<'law>>,
    /// Papers and filings.
    pub clearance: Clearance,
    /// One answer for each leg, where the transaction names legs.
    pub legs: Vec<Determination<'law>>,
    /// The rulebook that was applied, and through which day it was verified.
    pub rulebook: Stamp<'law>,
    /// What the reader must know about the law behind the answer, in plain sentences.
    pub notes: Vec<String>,
    /// What a search of the lists said of the parties, where names were searched.
    pub screened: Option<Screened>,
}

/// What was found for one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemFinding<'law> {
    /// Its place among the items, from 0.
    pub index: usize,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its classification as given.
    pub eccn: Option<String>,
    /// What is to be done with it.
    pub outcome: Outcome,
    /// The outcomes still possible for it.
    pub possible: Vec<Outcome>,
    /// The exception that covers it.
    pub exception: Option<&'law str>,
    /// Whether a license is required for it before exceptions.
    pub license_required: Truth,
    /// Why a license is required.
    pub requirements: Vec<Requirement<'law>>,
    /// The exceptions that come into question, the preferred one first.
    pub exceptions: Vec<ExceptionFinding<'law>>,
}

/// A reason for a license requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement<'law> {
    /// The reason code.
    pub reason: &'law str,
    /// The paragraph.
    pub citation: &'law str,
    /// What it says.
    pub says: &'law str,
    /// True, or unknown where only the law itself is unresolved.
    pub truth: Truth,
}

/// Whether an exception is available.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptionFinding<'law> {
    /// Its symbol.
    pub symbol: &'law str,
    /// Whether it covers the item.
    pub available: Truth,
    /// Reasons that it does not overcome.
    pub not_overcome: Vec<&'law str>,
    /// Where nothing opens it: how many paragraphs, the first of `because`, would each have it cover
    /// the item if one thing more were as they ask.
    pub nearly: usize,
    /// What opens it and what closes it.
    pub because: Vec<Because<'law>>,
}

impl ExceptionFinding<'_> {
    /// Whether a paragraph speaks of this exception and not of all: it names it, or stands in a
    /// section that does.
    #[must_use]
    pub fn is_spoken_of(&self, node: &Because<'_>) -> bool {
        let names = |it: &Because<'_>| it.text.contains(self.symbol);
        let home = section(node.citation);
        names(node) || self.because.iter().any(|it| section(it.citation) == home && names(it))
    }

    /// The paragraphs that would each have it cover the item if one thing more were as they ask.
    #[must_use]
    pub fn nearest(&self) -> &[Because<'_>] {
        self.because.get(..self.nearly).unwrap_or_default()
    }
}

/// A node of the trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Because<'law> {
    /// The paragraph, the entry or the table.
    pub citation: &'law str,
    /// What it says, in our words.
    pub text: &'law str,
    /// Which kind of block it is, such as `bar` or `define`; `table` for a table row and
    /// `prohibition` for a general prohibition.
    pub effect: &'static str,
    /// Whether it holds.
    pub truth: Truth,
    /// The facts it read, such as `parties[0].sector = police`.
    pub facts: Vec<String>,
    /// What it rests on.
    pub because: Vec<Because<'law>>,
}

/// A term that was worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived<'law> {
    /// The term.
    pub term: &'law str,
    /// Of what, such as `parties[0]`.
    pub subject: Path,
    /// Whether it holds.
    pub value: Truth,
    /// The paragraph that gives the meaning that holds, or the term's first.
    pub citation: &'law str,
}

/// Something to find out.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The path of the fact, such as `parties[0].sector`; `law` where the law is unresolved.
    pub fact: String,
    /// The question.
    pub ask: String,
    /// Why it is asked.
    pub why: String,
    /// The paragraph it decides.
    pub citation: String,
    /// The answers that can be told apart, where they are few: a sample value for each, and the
    /// outcomes it leaves open.
    pub answers: Vec<Answer>,
    /// The fact that it asks for, where it is about one.
    pub about: Option<(RowId, FactId)>,
}

/// What an answer to a question would lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The values that lead there, by their names (at most a few, then `…`).
    pub values: Vec<String>,
    /// The outcomes that remain possible.
    pub possible: Vec<Outcome>,
}

/// A presumption that stood in for an unknown fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumption {
    /// Its number, such as `P10`.
    pub presumption: &'static str,
    /// The path of the fact.
    pub fact: Path,
    /// What was presumed.
    pub value: &'static str,
}

/// A duty or a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition<'law> {
    /// Its code.
    pub code: &'law str,
    /// What must be done.
    pub what: &'law str,
    /// The paragraph.
    pub citation: &'law str,
    /// By when.
    pub by: Option<&'law str>,
    /// True, or unknown where it depends on an unknown fact.
    pub truth: Truth,
}

/// A red flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag<'law> {
    /// Its code.
    pub flag: &'law str,
    /// Of what, such as `parties[0]`.
    pub subject: String,
    /// Whether somebody resolved it.
    pub resolved: bool,
    /// True, or unknown where it depends on an unknown fact.
    pub truth: Truth,
    /// Why it was raised.
    pub why: &'law str,
    /// The paragraph.
    pub citation: &'law str,
}

/// Another agency's law.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral<'law> {
    /// The agency.
    pub agency: &'law str,
    /// Why.
    pub why: &'law str,
    /// The paragraph.
    pub citation: &'law str,
}

/// How an application would be reviewed.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy<'law> {
    /// The policy.
    pub policy: &'law str,
    /// What it rests on.
    pub says: &'law str,
    /// The paragraph.
    pub citation: &'law str,
}

/// Papers and filings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clearance {
    /// Whether EEI must be filed (15 CFR § 758.1).
    pub eei_required: Truth,
    /// The AES license code; `None` where it was not verified.
    pub aes_code: Option<&'static str>,
    /// Whether the ECCN must stand on the EEI (15 CFR § 758.1(g)).
    pub eccn_on_eei: Truth,
    /// Whether a destination control statement is needed (15 CFR § 758.6).
    pub destination_control_statement: Truth,
    /// For how many years records are kept (15 CFR § 762.6); 0 where nothing is subject.
    pub records_years: u8,
}

/// Which rulebook answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stamp<'law> {
    /// Its name.
    pub name: &'law str,
    /// The last day through which it was verified.
    pub as_of: Option<Date>,
    /// The digest of its files.
    pub digest: &'law str,
}
