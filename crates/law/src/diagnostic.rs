//! What is wrong with a rulebook, said so that its author can mend it.
//!
//! A diagnostic points at a stretch of a file and, where we can, says what to do next. Rendering
//! is plain text: the file, line and column, the line itself, and carets under the place.

use crate::source::{SourceFile, Span};
use std::fmt::Write as _;

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// The rulebook is refused.
    Error,
    /// The rulebook is accepted, and somebody should look.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What stands beside the carets; may be empty.
    pub label: String,
    /// What to do next.
    pub help: Option<String>,
}

/// The file number of a diagnostic that belongs to no file.
pub(crate) const NOWHERE: Span = Span { file: u16::MAX, start: 0, end: 0 };

/// The longest piece of a source line that is shown.
const SHOWN: usize = 160;

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, message) }
    }

    /// The same, with words beside the carets.
    #[must_use]
    pub fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same, with the known name that is most like the unknown one, if one is like it.
    #[must_use]
    pub(crate) fn suggest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(word, known) {
            Some(it) => self.help(format!("did you mean `{it}`?")),
            None => self,
        }
    }

    /// The diagnostic as text, ending in a line break.
    #[must_use]
    pub fn render(&self, files: &[SourceFile]) -> String {
        let mut out = String::new();
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{severity}: {}", self.message);
        if let Some(file) = files.get(usize::from(self.span.file)) {
            self.render_place(file, &mut out);
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "  help: {help}");
        }
        out
    }

    fn render_place(&self, file: &SourceFile, out: &mut String) {
        let (number, column) = file.position(self.span.start);
        let start = (self.span.start as usize).min(file.text.len());
        let before = file.text.get(..start).unwrap_or_default();
        let begin = before.rfind('\n').map_or(0, |it| it + 1);
        let line = file.text.get(begin..).unwrap_or_default().lines().next().unwrap_or_default();
        let gutter = " ".repeat(number.to_string().len());
        let _ = writeln!(out, "{gutter}--> {}:{number}:{column}", file.name);
        let lead = before.get(begin..).unwrap_or_default();
        let rest = line.get(lead.len()..).unwrap_or_default();
        let end = (self.span.end as usize).saturating_sub(start).min(rest.len());
        let marked = rest.get(..end).unwrap_or(rest).trim_end();
        // A table's line may be very long: only what surrounds the place is shown.
        let skipped = lead.chars().count().saturating_sub(SHOWN / 2);
        let shown: String = line.chars().skip(skipped).take(SHOWN).map(printable).collect();
        let pad: String =
            lead.chars().skip(skipped).map(|it| if it == '\t' { '\t' } else { ' ' }).collect();
        let room = SHOWN.saturating_sub(pad.chars().count()).max(1);
        let carets = "^".repeat(marked.chars().count().clamp(1, room));
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{number} | {}", shown.trim_end());
        let _ = writeln!(out, "{}", format!("{gutter} | {pad}{carets} {}", self.label).trim_end());
    }
}

/// Control characters would move the cursor of whoever reads this.
fn printable(it: char) -> char {
    if it.is_control() && it != '\t' { ' ' } else { it }
}

/// The known name most like this word, where one is like it at all.
#[must_use]
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ranked(word, known).into_iter().next()
}

/// The known names that are like this word, the most alike first; ties in the order given.
#[must_use]
pub(crate) fn ranked<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return Vec::new();
    }
    let limit = (word.chars().count() / 3).max(1);
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|it| it.len() <= LONGEST && it.len().abs_diff(word.len()) <= limit * 4)
        .map(|it| (distance(word, it), it))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.dedup();
    found.into_iter().map(|(_, it)| it).collect()
}

/// How many letters must be changed, added or left out to turn one word into the other; case
/// does not count.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().map(|it| it.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().map(|it| it.to_ascii_lowercase()).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            let best = (diagonal + usize::from(a != *b)).min(left + 1).min(above + 1);
            diagonal = *above;
            left = best;
            next.push(best);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Diagnostics in the order of their files and places, errors before warnings at one place.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics
        .sort_by(|a, b| (a.span, a.severity, &a.message).cmp(&(b.span, b.severity, &b.message)));
    diagnostics.dedup();
}

/// All of them as text, with an empty line between two.
#[must_use]
pub fn render_all(diagnostics: &[Diagnostic], files: &[SourceFile]) -> String {
    diagnostics.iter().map(|it| it.render(files)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
