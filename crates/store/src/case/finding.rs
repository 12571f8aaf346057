//! A finding: what the engine answered, as much of it as a case must know, and what it rests on.

use super::coverage::Needed;
use crate::digest::{Digest, Fields};
use decision::Outcome;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the engine answered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// The id of the recorded determination.
    pub determination: String,
    /// What it rests on.
    pub basis: Basis,
    /// What is to be done.
    #[serde(with = "super::outcome")]
    pub outcome: Outcome,
    /// The exception's symbol, where the outcome is one.
    pub exception: Option<String>,
    /// Whether every completion of what is unknown gives this outcome.
    pub settled: bool,
    /// The day whose law was applied.
    #[serde(default)]
    pub law_date: Option<Date>,
    /// The paragraphs that decide.
    pub decided_by: Vec<String>,
    /// What is still to be found out, the best question first.
    pub questions: Vec<Question>,
    /// Listed parties that names of the transaction may belong to.
    pub matches: Vec<MatchSeen>,
    /// What an authorization must cover, where one is needed; findings of before do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<Box<Needed>>,
}

/// Something to find out.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Question {
    /// The path of the fact, such as `parties[0].sector`.
    pub fact: String,
    /// The question.
    pub ask: String,
}

impl Question {
    /// Whether the question says who a party may be: only for those who see matches.
    #[must_use]
    pub fn is_about_a_match(&self) -> bool {
        self.fact.ends_with("lists")
    }
}

/// What a finding rests on: the same basis gives the same answer, byte for byte.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Basis {
    /// The digest of the facts.
    pub input: Digest,
    /// The digest of the whole answer.
    pub answer: Digest,
    /// The digest of what the answer says, without the versions of law and lists that said it.
    pub substance: Digest,
    /// The digest of the decisions on matches that it used.
    pub matches: Digest,
    /// The digest of the rulebook.
    pub law: String,
    /// The digest of the lists; empty where none were searched.
    pub lists: String,
    /// The version of the program.
    pub engine: String,
}

/// A listed party that a name may belong to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct MatchSeen {
    /// Where the name stands in the transaction, such as `parties[0].owners[1]`.
    pub place: String,
    /// The name that was searched.
    pub party: String,
    /// The list.
    pub list: String,
    /// The entry's number in the list.
    pub entry: String,
    /// What the entry is called.
    pub listed: String,
    /// How alike, in thousandths.
    pub score: u16,
    /// What was decided.
    pub verdict: Verdict,
}

/// What was decided about a match.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing yet.
    Open,
    /// It is the listed party.
    Same,
    /// It is somebody else.
    Other,
}

impl Basis {
    /// The digest of all of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Fields::default()
            .text("exeat-basis-1")
            .fixed(&self.input)
            .fixed(&self.answer)
            .fixed(&self.substance)
            .fixed(&self.matches)
            .text(&self.law)
            .text(&self.lists)
            .text(&self.engine)
            .digest()
    }

    /// Whether it says the same about the same facts, whatever law and lists said it.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.input == other.input
            && self.substance == other.substance
            && self.matches == other.matches
    }
}

impl Finding {
    /// Matches that nobody decided.
    pub fn open_matches(&self) -> impl Iterator<Item = &MatchSeen> {
        self.matches.iter().filter(|it| it.verdict == Verdict::Open)
    }

    /// Whether it is free because a person said that a listed party is somebody else.
    #[must_use]
    pub fn rests_on_judgment(&self) -> bool {
        self.matches.iter().any(|it| it.verdict == Verdict::Other)
    }
}
