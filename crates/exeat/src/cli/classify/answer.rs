//! One product to one answer, in the form that was asked for.

use crate::api::classification;
use crate::api::failure::{Failure, Problem};
use crate::input::Document;
use crate::json::Layout;
use crate::lines::{Tally, Verdict};
use crate::products;
use crate::report::classification::{color, outcome, report};
use crate::report::{markdown, page, text, tree, words};
use crate::results::{BETWEEN, Output};
use decision::classification::{Classification, ClassificationOutcome, Product};
use decision::{Engine, Options, Trace};

/// What became of a product.
type Classified = Verdict<ClassificationOutcome>;

/// Everything that an answer needs but the product.
pub(super) struct Answerer {
    pub(super) engine: Engine,
    pub(super) options: Options,
    pub(super) output: Output,
    pub(super) width: usize,
}

impl Answerer {
    /// Answers a document with an answer of its own.
    pub(super) fn one(&self, document: &Document, several: bool, out: &mut Vec<u8>) -> Classified {
        let product = match products::read(document, self.engine.classification_questions()) {
            Ok(product) => product,
            Err(failure) => {
                self.output.failed(&failure, &document.name, out);
                return Verdict::Failed;
            }
        };
        let heading = several.then_some(document.name.as_str());
        let classification = self.engine.classify(&product, &self.options);
        self.show(&classification, &product, heading, out);
        Verdict::Answered(classification.outcome)
    }

    /// Writes an answer out in full.
    pub(super) fn show(
        &self,
        classification: &Classification<'_>,
        product: &Product,
        heading: Option<&str>,
        out: &mut Vec<u8>,
    ) {
        match self.output {
            Output::Text => {
                if let Some(heading) = heading {
                    out.extend_from_slice(format!("── {heading}\n\n").as_bytes());
                }
                let shown = text::render(&report(classification, product), self.width);
                out.extend_from_slice(shown.as_bytes());
                if self.options.trace == Trace::Full {
                    let title = "The product".to_owned();
                    let tree = tree::of_nodes(title, &classification.because, self.width);
                    out.extend_from_slice(format!("\n{tree}").as_bytes());
                }
                if heading.is_some() {
                    out.push(b'\n');
                }
            }
            Output::Md => {
                let shown = markdown::render(&report(classification, product));
                out.extend_from_slice(shown.as_bytes());
                if heading.is_some() {
                    out.push(b'\n');
                }
            }
            Output::Json => {
                out.extend_from_slice(BETWEEN);
                classification::write(classification, Layout::Pretty, out);
            }
            Output::Jsonl => {
                classification::write(classification, Layout::Line, out);
                out.push(b'\n');
            }
        }
    }

    /// Answers one of JSON lines in one line, or says in its place why not.
    pub(super) fn line(
        &self,
        number: u64,
        line: Result<&[u8], Problem>,
        out: &mut Vec<u8>,
    ) -> Classified {
        let questions = self.engine.classification_questions();
        let product = line
            .map_err(|problem| Failure::from(problem.at_line(number)))
            .and_then(|line| products::read_line(line, questions))
            .map_err(|failure| failure.in_line(number));
        let product = match product {
            Ok(product) => product,
            Err(failure) => {
                self.output.failed(&failure, &format!("line {number}"), out);
                return Verdict::Failed;
            }
        };
        let classification = self.engine.classify(&product, &self.options);
        match self.output {
            Output::Text => row(number, &classification, out),
            Output::Md => {
                let name = markdown::escape(&name(number, &classification));
                let text = format!("- {name}: {}\n", outcome(&classification));
                out.extend_from_slice(text.as_bytes());
            }
            Output::Json => {
                out.extend_from_slice(BETWEEN);
                classification::write(&classification, Layout::Line, out);
            }
            Output::Jsonl => {
                classification::write(&classification, Layout::Line, out);
                out.push(b'\n');
            }
        }
        Verdict::Answered(classification.outcome)
    }
}

/// How many lines were answered how, in a sentence; nothing where there is none.
pub(super) fn summary(tally: &Tally<ClassificationOutcome>) -> String {
    let mut parts: Vec<String> =
        tally.answered.iter().rev().map(|(it, count)| format!("{count} {it}")).collect();
    if tally.failed > 0 {
        parts.push(format!("{} could not be read", tally.failed));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("\n{} in all: {}.\n", tally.count(), words::and(&parts))
}

fn row(number: u64, classification: &Classification<'_>, out: &mut Vec<u8>) {
    let name = name(number, classification);
    let color = color(classification.outcome);
    let text = format!(
        "{:<14} {}{}{}",
        page::visible(&name),
        color.render(),
        outcome(classification),
        color.render_reset()
    );
    out.extend_from_slice(text.trim_end().as_bytes());
    out.push(b'\n');
}

fn name(number: u64, classification: &Classification<'_>) -> String {
    classification.id.clone().unwrap_or_else(|| format!("line {number}"))
}
