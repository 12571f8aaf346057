//! The classification memo: what counsel reads, checks and signs.
//!
//! It holds everything that the classification rests on, so that somebody who never saw the
//! program can follow it: the item, each answer with its source, the reasoning with its paragraphs,
//! what was considered and rejected, what is open, and which text of the law was applied.

use super::{answer, basis};
use crate::report::classification::{described, entry, outcome};
use crate::report::markdown::escape;
use decision::classification::{Classification, ClassificationOutcome};
use decision::determination::Because;
use decision::release::{Answered, Basis, Component, Release};
use law::Truth;
use law::rulebook::Question;
use std::fmt::Write as _;

/// What a memo is about.
pub(crate) struct Memo<'a> {
    pub(crate) release: &'a Release,
    pub(crate) component: &'a Component,
    pub(crate) answered: &'a Answered<'a>,
    pub(crate) classification: &'a Classification<'a>,
    pub(crate) questions: &'a [Question],
}

impl Memo<'_> {
    /// The memo in Markdown.
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.conclusion(&mut out);
        self.answers(&mut out);
        self.reasoning(&mut out);
        self.alternatives(&mut out);
        self.open(&mut out);
        self.law(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let Self { release, component, .. } = self;
        line(out, &format!("# Classification memo: {}", escape(&release.product)));
        line(out, "");
        line(out, "| | |");
        line(out, "| --- | --- |");
        let mut row = |key: &str, value: &str| {
            line(out, &format!("| {key} | {} |", escape(value)));
        };
        row("Item", &format!("{}, {}", component.name(), component.kind));
        row("Version", &format!("{}, of {}", release.version, release.date));
        row("Form", component.form.map_or("not stated", |it| it.as_str()));
        let what = component.description.as_deref().or(release.description.as_deref());
        row("Description", what.unwrap_or("none given"));
        let maker = release.maker.as_ref().and_then(|it| it.name.as_deref());
        row("Maker", maker.unwrap_or("not stated"));
        if let Some(held) = &component.capabilities {
            row("Capabilities", &held.list.join(", "));
            let complete = match (held.complete, &held.by, held.on) {
                (Some(true), Some(by), Some(on)) => format!("declared by {by} on {on}"),
                (Some(true | false) | None, ..) => "not declared: what is absent is unknown".into(),
            };
            row("Complete list", &complete);
        }
        line(out, "");
    }

    fn conclusion(&self, out: &mut String) {
        let it = self.classification;
        line(out, "## Conclusion");
        line(out, "");
        let words = match it.outcome {
            ClassificationOutcome::Classified => {
                format!("The item is classified as **{}**.", entry(it))
            }
            ClassificationOutcome::NotSubject
            | ClassificationOutcome::NotControlledHere
            | ClassificationOutcome::NeedsReview
            | ClassificationOutcome::OtherAgency => {
                format!("**{}**", crate::report::words::sentence(&outcome(it)))
            }
        };
        line(out, &words);
        line(out, "");
        let settled = if it.settled {
            "Settled: no question that is still open can change it."
        } else {
            "Open: see below. Until it is settled, the item is treated as the strictest of what is possible."
        };
        line(out, settled);
        if !it.reasons_for_control.is_empty() {
            line(out, &format!("Reasons for control: {}.", it.reasons_for_control.join(", ")));
        }
        if !it.exceptions.is_empty() {
            line(
                out,
                &format!("Exceptions named by the entry: {}.", escape(&it.exceptions.join("; "))),
            );
        }
        line(out, "");
    }

    fn answers(&self, out: &mut String) {
        line(out, "## Answers and their sources");
        line(out, "");
        line(out, "| question | answer | source | note |");
        line(out, "| --- | --- | --- | --- |");
        for question in self.questions {
            let Some(basis_of) = self.answered.basis.get(question.id.as_str()) else { continue };
            if matches!(basis_of, Basis::NoneHeld { .. }) {
                continue;
            }
            let answers = self.answered.product.answers.as_ref();
            let said = answers.and_then(|it| it.get(&question.id)).and_then(Option::as_ref);
            let note = match basis_of {
                Basis::Given(given) => given.note.as_deref().unwrap_or_default(),
                Basis::Established(_) | Basis::NoneHeld { .. } => "",
            };
            let row = [
                format!("{} `{}`", escape(&question.ask), question.id),
                said.map_or("open", answer).to_owned(),
                escape(&basis(basis_of)),
                escape(note),
            ];
            line(out, &format!("| {} |", row.join(" | ")));
        }
        line(out, "");
        let none = self.answered.basis.iter();
        let none: Vec<_> = none.filter(|it| matches!(it.1, Basis::NoneHeld { .. })).collect();
        if let Some((_, declared)) = none.first() {
            let questions: Vec<String> = none.iter().map(|it| format!("`{}`", it.0)).collect();
            let because = escape(&basis(declared));
            line(out, &format!("- Answered no ({because}): {}.", questions.join(", ")));
        }
        for it in &self.classification.assumptions {
            line(
                out,
                &format!("- Taken for granted: `{}` = {}, because {}.", it.fact, it.answer, it.why),
            );
        }
        for it in &self.answered.contradictions {
            line(
                out,
                &format!(
                    "- Contradiction: {} answered `{}` {}; the capability {} says {}. Treated as open.",
                    escape(&it.given.by),
                    it.given.question,
                    answer(&it.given.value),
                    it.capability,
                    it.establishes
                ),
            );
        }
        line(out, "");
    }

    fn reasoning(&self, out: &mut String) {
        line(out, "## Reasoning");
        line(out, "");
        for node in &self.classification.because {
            paragraph(out, node, 0);
        }
        if self.classification.because.is_empty() {
            line(out, "No paragraph of the questionnaire describes the item.");
        }
        line(out, "");
    }

    fn alternatives(&self, out: &mut String) {
        let it = self.classification;
        line(out, "## Alternatives considered and rejected");
        line(out, "");
        for other in &it.also_described {
            if it.outcome == ClassificationOutcome::Classified {
                line(
                    out,
                    &format!(
                        "- {} describes it too. Unless a note puts one entry first, its reasons for \
                         control count as well.",
                        described(other)
                    ),
                );
            }
        }
        for excluded in &it.excluded {
            line(
                out,
                &format!(
                    "- {}: {} [{}]",
                    excluded.eccn,
                    escape(excluded.text),
                    escape(excluded.citation)
                ),
            );
        }
        for miss in &it.near_misses {
            line(
                out,
                &format!(
                    "- Not {}, but {} [{}]",
                    described(&miss.described),
                    escape(&miss.words),
                    escape(miss.citation)
                ),
            );
        }
        if it.also_described.is_empty() && it.excluded.is_empty() && it.near_misses.is_empty() {
            line(out, "None came near.");
        }
        line(out, "");
    }

    fn open(&self, out: &mut String) {
        let it = self.classification;
        line(out, "## Open points");
        line(out, "");
        for question in &it.questions {
            line(
                out,
                &format!(
                    "- {} `{}` [{}]: {}",
                    escape(question.ask),
                    question.fact,
                    escape(question.citation),
                    escape(&question.why)
                ),
            );
        }
        for note in &it.notes {
            line(out, &format!("- {}", escape(note)));
        }
        for duty in &it.conditions {
            let by = duty.by.map(|it| format!(" Due: {it}.")).unwrap_or_default();
            line(
                out,
                &format!("- {}{} [{}]", escape(duty.what), escape(&by), escape(duty.citation)),
            );
        }
        if it.questions.is_empty() && it.notes.is_empty() && it.conditions.is_empty() {
            line(out, "None.");
        }
        line(out, "");
    }

    fn law(&self, out: &mut String) {
        let it = self.classification;
        line(out, "## Law applied");
        line(out, "");
        let verified = it.rulebook.as_of.map_or("never".to_owned(), |it| it.to_string());
        line(
            out,
            &format!(
                "- Law of {}; rulebook {}, verified through {verified}.",
                it.law_date, it.rulebook.name
            ),
        );
        line(out, &format!("- Digest of the rulebook: `{}`", it.rulebook.digest));
        line(
            out,
            "- Prepared with a program. Not legal advice until a person has checked the paragraphs above against the regulation and signed.",
        );
        line(out, "");
        line(out, "## Signatures");
        line(out, "");
        line(out, "| | name | date | signature |");
        line(out, "| --- | --- | --- | --- |");
        line(out, "| Engineering: the answers are true | | | |");
        line(out, "| Export counsel: the classification follows | | | |");
        line(out, "| Next review, at the latest | | | |");
    }
}

/// A paragraph of the trace, and below it what it rests on.
fn paragraph(out: &mut String, node: &Because<'_>, depth: usize) {
    let sign = match node.truth {
        Truth::True => "holds",
        Truth::False => "does not hold",
        Truth::Unknown => "not known",
    };
    let facts = if node.facts.is_empty() {
        String::new()
    } else {
        format!(" Answers: {}.", escape(&node.facts.join("; ")))
    };
    let indent = "  ".repeat(depth);
    line(
        out,
        &format!("{indent}- [{}] {sign}: {}{facts}", escape(node.citation), escape(node.text)),
    );
    for below in &node.because {
        paragraph(out, below, depth + 1);
    }
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
