//! Capabilities: what things can do, in the words of those who make them, and what that says of
//! the questions by which they are classified.
//!
//! A capability establishes an answer only where it is what the question asks; else it suggests
//! one, or re-opens the questions that it touches. A capability never establishes a no, and never
//! an answer that would release a thing from a control: that must be stated by somebody.

use crate::diagnostic::Diagnostic;
use crate::manifest::{Manifest, span};
use crate::rulebook::{Capability, Classification, Question};
use crate::source::SourceFile;
use crate::tables::cells::{Dated, required};
use crate::tables::sheet::{Line, Sheet};
use std::collections::BTreeSet;

/// What the table is called in messages.
const TABLE: &str = "capabilities";

/// Reads the table of capabilities where the manifest names one, and says which file it is.
pub(crate) fn read(
    files: &[SourceFile],
    manifest: &Manifest,
    classification: &mut Classification,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let name = manifest.classification.as_ref()?.capabilities.as_ref()?;
    let place = files.iter().position(|it| it.name == *name.get_ref());
    let Some((place, file)) = place.and_then(|it| Some((it, files.get(it)?))) else {
        let message = format!("there is no file `{}`", name.get_ref());
        let error = Diagnostic::error(span(name, manifest.file), message);
        let known = files.iter().map(|it| it.name.as_str());
        diagnostics.push(error.suggest(name.get_ref(), known));
        return None;
    };
    let number = u16::try_from(place).unwrap_or(u16::MAX);
    classification.capabilities = rows(file, number, &classification.questions, diagnostics);
    Some(place)
}

/// The rows of the table; every question that they name must be there.
fn rows(
    file: &SourceFile,
    number: u16,
    questions: &[Question],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Capability> {
    let sheet = match Sheet::read(file, number) {
        Ok(sheet) => sheet,
        Err(error) => {
            diagnostics.push(*error);
            return Vec::new();
        }
    };
    let Some(dated) = Dated::find(&sheet, TABLE, true, diagnostics) else { return Vec::new() };
    let mut column = |name: &str| required(&sheet, TABLE, name, diagnostics);
    let columns = (
        column("id"),
        column("name"),
        column("counts"),
        column("does_not_count"),
        column("establishes"),
        column("suggests"),
        column("touches"),
        column("none_means_no"),
    );
    let (
        Some(id),
        Some(name),
        Some(counts),
        Some(does_not_count),
        Some(establishes),
        Some(suggests),
        Some(touches),
        Some(none_means_no),
    ) = columns
    else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut capabilities = Vec::with_capacity(sheet.lines.len());
    for line in &sheet.lines {
        let Some((from, until, source)) = dated.read(line, diagnostics) else { continue };
        let mut row = Row { line, dated: &dated, questions, diagnostics };
        let text = |column: usize| line.cell(column).to_owned();
        if line.cell(id).is_empty() || !seen.insert(text(id)) {
            row.problem("a capability without an id of its own");
        }
        let capability = Capability {
            id: text(id),
            from,
            until,
            name: text(name),
            counts: text(counts),
            does_not_count: text(does_not_count),
            establishes: row.answers(establishes),
            suggests: row.answers(suggests),
            touches: row.questions(touches),
            none_means_no: row.questions(none_means_no),
            source: source.to_owned(),
        };
        for (question, answer) in &capability.establishes {
            let asked = questions.iter().find(|it| it.id == *question);
            if answer == "no" || asked.is_some_and(|it| it.releases) {
                row.problem(&format!("`{question}` must be answered by somebody"));
            }
        }
        capabilities.push(capability);
    }
    capabilities
}

struct Row<'a> {
    line: &'a Line<'a>,
    dated: &'a Dated<'a>,
    questions: &'a [Question],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Row<'_> {
    fn problem(&mut self, what: &str) {
        self.diagnostics.push(self.dated.error(self.line, what));
    }

    fn question(&mut self, id: &str) -> Option<&Question> {
        let found = self.questions.iter().find(|it| it.id == id);
        if found.is_none() {
            let error = self.dated.error(self.line, &format!("there is no question `{id}`"));
            let known = self.questions.iter().map(|it| it.id.as_str());
            self.diagnostics.push(error.suggest(id, known));
        }
        found
    }

    fn questions(&mut self, column: usize) -> Vec<String> {
        let ids = words(self.line.cell(column));
        ids.filter(|it| self.question(it).is_some()).map(str::to_owned).collect()
    }

    /// Cells such as `payload-only=yes;encryption-category=other`.
    fn answers(&mut self, column: usize) -> Vec<(String, String)> {
        let mut answers = Vec::new();
        for part in words(self.line.cell(column)) {
            let Some((id, answer)) = part.split_once('=') else {
                self.problem(&format!("`{part}` names no answer: write `question=yes`"));
                continue;
            };
            let Some(question) = self.question(id) else { continue };
            let known = question.values.iter().map(String::as_str);
            let fits = if question.values.is_empty() {
                matches!(answer, "yes" | "no")
            } else {
                known.into_iter().any(|it| it == answer)
            };
            if fits {
                answers.push((id.to_owned(), answer.to_owned()));
            } else {
                self.problem(&format!("`{answer}` is no answer to `{id}`"));
            }
        }
        answers
    }
}

fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|it| !it.is_empty())
}

impl Capability {
    /// Whether it is listed on that day.
    #[must_use]
    pub fn covers(&self, day: jiff::civil::Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether it says anything of a question: establishes or suggests an answer, or touches it.
    #[must_use]
    pub fn concerns(&self, question: &str) -> bool {
        let answered = self.establishes.iter().chain(&self.suggests);
        answered.map(|it| &it.0).chain(&self.touches).any(|it| it == question)
    }
}

#[cfg(test)]
mod tests;
