//! A case about a product: what its classification must be, and whether an answer meets it.

use super::CasePageError;
use super::block::Entry;
use super::expect::{covers, refused, walk, words};
use crate::classification::{Classification, ClassificationOutcome};
use law::Truth;

/// A case of a page about a product.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProductCase {
    /// The heading above it.
    pub title: String,
    /// The line of its opening fence, counted from 1.
    pub line: usize,
    /// The product as YAML, with the keys of its base already in it.
    pub product: String,
    /// What the answer must be.
    pub expect: ProductExpect,
}

/// What a classification must be. What is left out is not judged.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ProductExpect {
    /// The outcome. Always stated.
    pub outcome: String,
    /// The entry, or one above it.
    pub eccn: Option<String>,
    /// What it is for, one of.
    pub eccn_for: Option<String>,
    /// Entries, with everything below them, that it must not be, nor have as candidates.
    pub not_eccn: Vec<String>,
    /// Whether every completion of what was not answered gives the outcome.
    pub settled: Option<bool>,
    /// Paragraphs that the trace or an exclusion must name.
    pub cites: Vec<String>,
    /// Questions that must be asked.
    pub questions: Vec<String>,
    /// Questions that must not be asked.
    pub not_questions: Vec<String>,
    /// Entries that must be named as near misses.
    pub near: Vec<String>,
    /// Duties that must come with the answer.
    pub conditions: Vec<String>,
    /// Duties that must not come with it.
    pub not_conditions: Vec<String>,
}

/// Reads the lines under `expect:`.
pub(super) fn read(entry: &Entry) -> Result<ProductExpect, Vec<CasePageError>> {
    let mut expect = ProductExpect::default();
    let mut errors = Vec::new();
    for (line, text) in entry.lines.iter().skip(1) {
        let Some((key, value)) = text.trim().split_once(':') else {
            errors.push(refused(*line, "a key, a colon and a value on one line".to_owned()));
            continue;
        };
        if let Err(problem) = expect.set(key, value.trim()) {
            errors.push(refused(*line, problem));
        }
    }
    if expect.outcome.is_empty() {
        errors.push(refused(entry.line, "the expected `outcome` is missing".to_owned()));
    }
    if errors.is_empty() { Ok(expect) } else { Err(errors) }
}

impl ProductExpect {
    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "outcome" => {
                if !ClassificationOutcome::ALL.iter().any(|it| it.as_str() == value) {
                    return Err(format!("there is no outcome `{value}`"));
                }
                value.clone_into(&mut self.outcome);
            }
            "eccn" => self.eccn = Some(value.to_owned()),
            "eccn_for" => self.eccn_for = Some(value.to_owned()),
            "settled" => {
                self.settled = Some(value.parse().map_err(|_| "`true` or `false`".to_owned())?);
            }
            "not_eccn" => self.not_eccn = words(value)?,
            "cites" => self.cites = words(value)?,
            "questions" => self.questions = words(value)?,
            "not_questions" => self.not_questions = words(value)?,
            "near" => self.near = words(value)?,
            "conditions" => self.conditions = words(value)?,
            "not_conditions" => self.not_conditions = words(value)?,
            _ => return Err(format!("`{key}` is nothing a case about a product can expect")),
        }
        Ok(())
    }

    /// What is wrong with an answer, one sentence each; nothing where it is as expected.
    #[must_use]
    pub fn problems(&self, answer: &Classification<'_>) -> Vec<String> {
        let mut problems = Vec::new();
        let got = answer.outcome.as_str();
        if got != self.outcome {
            let notes = answer.notes.join(" ");
            problems.push(format!("outcome: expected {}, got {got} {notes}", self.outcome));
        }
        let eccn = answer.eccn.unwrap_or("none");
        if self.eccn.as_ref().is_some_and(|want| !is_under(eccn, want)) {
            problems.push(format!("eccn: expected {}, got {eccn}", words_of(self.eccn.as_ref())));
        }
        if self.eccn_for.as_ref().is_some_and(|want| !answer.eccn_for.contains(&want.as_str())) {
            let want = words_of(self.eccn_for.as_ref());
            problems.push(format!("eccn_for: expected {want}, got {}", answer.eccn_for.join(", ")));
        }
        if self.settled.is_some_and(|want| want != answer.settled) {
            problems.push(format!("settled: got {}", answer.settled));
        }
        let candidates = answer.candidates.iter().map(|it| it.eccn).chain(answer.eccn);
        for bad in candidates.filter(|it| self.not_eccn.iter().any(|not| is_under(it, not))) {
            problems.push(format!("it must not be {bad}"));
        }
        self.compare_trace(answer, &mut problems);
        let asked: Vec<&str> = answer.questions.iter().map(|it| it.fact).collect();
        for want in self.questions.iter().filter(|it| !asked.contains(&it.as_str())) {
            problems.push(format!("question {want} is missing among [{}]", asked.join(", ")));
        }
        for unwanted in self.not_questions.iter().filter(|it| asked.contains(&it.as_str())) {
            problems.push(format!("question {unwanted} must not be there"));
        }
        let near: Vec<&str> = answer.near_misses.iter().map(|it| it.described.eccn).collect();
        for want in self.near.iter().filter(|want| !near.iter().any(|it| is_under(it, want))) {
            problems.push(format!("near miss {want} is missing among [{}]", near.join(", ")));
        }
        let duties: Vec<&str> = answer.conditions.iter().map(|it| it.code).collect();
        for want in self.conditions.iter().filter(|it| !duties.contains(&it.as_str())) {
            problems.push(format!("condition {want} is missing among [{}]", duties.join(", ")));
        }
        for unwanted in self.not_conditions.iter().filter(|it| duties.contains(&it.as_str())) {
            problems.push(format!("condition {unwanted} must not be there"));
        }
        problems
    }

    fn compare_trace(&self, answer: &Classification<'_>, problems: &mut Vec<String>) {
        let mut found = Vec::new();
        walk(&answer.because, &mut found);
        found.extend(answer.excluded.iter().map(|it| (it.citation, Truth::True)));
        for want in &self.cites {
            if !found.iter().any(|(it, _)| covers(it, want)) {
                problems.push(format!("the trace does not name {want}"));
            }
        }
    }
}

fn words_of(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

/// Whether an entry is another or below it.
fn is_under(eccn: &str, outer: &str) -> bool {
    eccn.strip_prefix(outer).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}
