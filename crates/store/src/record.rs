//! A determination as it is kept: everything that is needed to give the same answer again.
//!
//! Written by hand, with its version inside, so that nothing in the core changes what is stored.
//! The answer stands in it byte for byte. The rulebook, the lists and the decisions on matches are
//! contents of the store, and the record holds their digests.

use crate::digest::Digest;
use crate::error::Error;
use crate::name::Kind;
use decision::{Options, Trace};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The stream of one determination.
pub const DETERMINATION: Kind = Kind::of("determination");
/// The event that a determination was made; its body is a [`Record`].
pub const MADE: Kind = Kind::of("made");

/// The version of records that is written.
const VERSION: u32 = 1;

/// A determination as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record {
    /// The program that answered, with its version.
    pub engine: String,
    /// The day whose law was applied.
    pub law_date: Date,
    /// The outcome, as it is written everywhere.
    pub outcome: String,
    /// The rulebook: a content of the store.
    pub rulebook: Digest,
    /// The lists that were searched; `None` where no name was.
    pub lists: Option<ListsUsed>,
    /// How it was answered.
    pub options: AnswerOptions,
    /// What was asked, as it was received.
    pub input: String,
    /// In which form: `json`, `yaml` or `toml`.
    pub format: String,
    /// The answer, as it was given: JSON.
    pub answer: String,
}

/// The lists that were searched, and what was known of matches.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ListsUsed {
    /// The snapshot: a content of the store.
    pub snapshot: Digest,
    /// Whether it was only the small list in the program.
    pub built_in: bool,
    /// The digest of the settings of the search.
    pub settings: String,
    /// How many days a list may be away from the day of the transaction.
    pub max_age: u32,
    /// The decisions on matches: a content of the store.
    pub decisions: Option<Digest>,
}

/// How it was answered.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "they are the switches of the command line")]
pub struct AnswerOptions {
    /// Whether presumptions were switched off.
    pub strict: bool,
    /// How many days after the rulebook's last verified day a permissive answer was still given.
    pub max_law_age: u32,
    /// The day whose law was asked for, instead of the transaction's own.
    pub on: Option<Date>,
    /// How much of the trace the answer carries.
    pub trace: TraceKept,
    /// Whether questions say what each answer would lead to.
    pub answers: bool,
    /// Whether adopted versions took part.
    pub adopted: bool,
    /// Whether proposed versions took part.
    pub proposed: bool,
}

/// How much of the trace an answer carries.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TraceKept {
    /// The outcome and its reasons.
    None,
    /// The blocks that decided.
    Lean,
    /// What decided and what just missed.
    Decisive,
    /// Everything.
    Full,
}

impl From<Trace> for TraceKept {
    fn from(trace: Trace) -> Self {
        match trace {
            Trace::None => Self::None,
            Trace::Lean => Self::Lean,
            Trace::Decisive => Self::Decisive,
            Trace::Full => Self::Full,
        }
    }
}

impl From<TraceKept> for Trace {
    fn from(trace: TraceKept) -> Self {
        match trace {
            TraceKept::None => Self::None,
            TraceKept::Lean => Self::Lean,
            TraceKept::Decisive => Self::Decisive,
            TraceKept::Full => Self::Full,
        }
    }
}

impl AnswerOptions {
    /// What the engine was told, and which versions took part besides the law.
    #[must_use]
    pub fn new(options: &Options, adopted: bool, proposed: bool) -> Self {
        let Options { strict, max_law_age, on, trace, answers } = *options;
        Self { strict, max_law_age, on, trace: trace.into(), answers, adopted, proposed }
    }

    /// What the engine is told to answer so again.
    #[must_use]
    pub fn options(&self) -> Options {
        let Self { strict, max_law_age, on, trace, answers, .. } = *self;
        Options { strict, max_law_age, on, trace: trace.into(), answers }
    }
}

/// What stands in the body of an event, version 1.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Version1<'a> {
    record: u32,
    engine: Cow<'a, str>,
    law_date: Date,
    outcome: Cow<'a, str>,
    rulebook: Digest,
    lists: Option<ListsUsed>,
    options: AnswerOptions,
    format: Cow<'a, str>,
    input: Cow<'a, str>,
    #[serde(borrow)]
    answer: &'a RawValue,
}

#[derive(Deserialize)]
struct Versioned {
    record: u32,
}

impl Record {
    /// As the body of an event.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the answer is no JSON.
    pub fn body(&self) -> Result<String, Error> {
        let wrong = |error: serde_json::Error| Error::refused(format!("the answer: {error}"));
        let answer: &RawValue = serde_json::from_str(&self.answer).map_err(wrong)?;
        let fields = Version1 {
            record: VERSION,
            engine: Cow::Borrowed(&self.engine),
            law_date: self.law_date,
            outcome: Cow::Borrowed(&self.outcome),
            rulebook: self.rulebook,
            lists: self.lists.clone(),
            options: self.options,
            format: Cow::Borrowed(&self.format),
            input: Cow::Borrowed(&self.input),
            answer,
        };
        serde_json::to_string(&fields).map_err(wrong)
    }

    /// Reads the body of an event.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where it was written by a newer program; [`Error::Corrupt`] where it is
    /// no record.
    pub fn read(body: &str) -> Result<Self, Error> {
        let wrong = |error: serde_json::Error| Error::corrupt(format!("a record: {error}"));
        let Versioned { record } = serde_json::from_str(body).map_err(wrong)?;
        if record != VERSION {
            let what = format!("the record is of version {record}: use a newer exeat");
            return Err(Error::refused(what));
        }
        let Version1 {
            engine,
            law_date,
            outcome,
            rulebook,
            lists,
            options,
            format,
            input,
            answer,
            ..
        } = serde_json::from_str(body).map_err(wrong)?;
        let (engine, outcome) = (engine.into_owned(), outcome.into_owned());
        let (input, format) = (input.into_owned(), format.into_owned());
        let answer = answer.get().to_owned();
        Ok(Self { engine, law_date, outcome, rulebook, lists, options, input, format, answer })
    }
}

#[cfg(test)]
mod tests;
