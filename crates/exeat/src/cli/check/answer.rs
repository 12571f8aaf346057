//! One transaction to one answer, in the form that was asked for.

use super::recording::Recording;
use crate::api::determination;
use crate::api::failure::{Failure, Problem};
use crate::cli::is_narrow;
use crate::input::{Document, Format};
use crate::json::Layout;
use crate::known;
use crate::lines::{Tally, Verdict, Worker};
use crate::records::keep::Received;
use crate::report::page::{self, PLAIN, Page, STRONG, styled};
use crate::report::{Report, markdown, text, tree, words};
use crate::results::{BETWEEN, Output};
use crate::search::Searcher;
use crate::transactions;
use decision::{Determination, Engine, Options, Outcome, Trace, Workspace};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Everything that an answer needs but the transaction.
pub(crate) struct Answerer {
    pub(crate) engine: Engine,
    pub(crate) searcher: Searcher,
    pub(crate) options: Options,
    pub(crate) output: Output,
    pub(crate) width: usize,
    pub(crate) recording: Option<Recording>,
    /// The lines of an input that need somebody, for its summary.
    pub(crate) rows: Mutex<Rows>,
}

/// For each verdict that needs somebody the first lines that have it, by number.
#[derive(Debug, Default)]
pub(crate) struct Rows(BTreeMap<Need, BTreeMap<u64, String>>);

/// Why a line needs somebody, the most urgent first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Need {
    /// It could not be read.
    Unread,
    /// It is answered so; the stricter stands first.
    Answered(Reverse<Outcome>),
}

/// How many lines of a kind are named in a summary.
const NAMED: usize = 20;

impl Rows {
    /// Remembers a line, while it is among the first of its kind.
    fn add(&mut self, need: Need, number: u64, name: String) {
        let of_kind = self.0.entry(need).or_default();
        of_kind.insert(number, name);
        if of_kind.len() > NAMED {
            of_kind.pop_last();
        }
    }
}

/// A document among others.
pub(crate) struct Place<'a> {
    pub(crate) document: &'a Document,
    pub(crate) several: bool,
}

impl Answerer {
    /// Answers a document with an answer of its own.
    pub(crate) fn one(&self, place: &Place<'_>, out: &mut Vec<u8>) -> Verdict {
        let document = place.document;
        let transaction = match transactions::read(document) {
            Ok(transaction) => transaction,
            Err(failure) => {
                self.output.failed(&failure, &document.name, out);
                return Verdict::Failed;
            }
        };
        let workspace = &mut Workspace::default();
        let decided = self.searcher.decide(&self.engine, workspace, &transaction, &self.options);
        let format = match document.format {
            Format::Json | Format::Jsonl | Format::Csv => "json",
            Format::Yaml => "yaml",
            Format::Toml => "toml",
        };
        let decided = decided.and_then(|it| self.recorded(it, &document.bytes, format));
        let determination = match decided {
            Ok(determination) => determination,
            Err(failure) => {
                self.output.failed(&failure, &document.name, out);
                return Verdict::Failed;
            }
        };
        match self.output {
            Output::Text => {
                if place.several {
                    out.extend_from_slice(format!("── {}\n\n", document.name).as_bytes());
                }
                let report = Report::of(&determination, &transaction);
                out.extend_from_slice(text::render(&report, self.width).as_bytes());
                if self.options.trace == Trace::Full {
                    out.push(b'\n');
                    out.extend_from_slice(tree::render(&determination, self.width).as_bytes());
                }
                if place.several {
                    out.push(b'\n');
                }
            }
            Output::Md => {
                let report = Report::of(&determination, &transaction);
                out.extend_from_slice(markdown::render(&report).as_bytes());
                if place.several {
                    out.push(b'\n');
                }
            }
            Output::Json => {
                out.extend_from_slice(BETWEEN);
                determination::write(&determination, Layout::Pretty, out);
            }
            Output::Jsonl => {
                determination::write(&determination, Layout::Line, out);
                out.push(b'\n');
            }
        }
        Verdict::Answered(determination.outcome)
    }

    /// The determination, once it is in the records, where it is to be.
    fn recorded<'law>(
        &self,
        determination: Determination<'law>,
        text: &[u8],
        format: &str,
    ) -> Result<Determination<'law>, Failure> {
        if let Some(recording) = &self.recording {
            let text = String::from_utf8_lossy(text);
            let received = Received { text: &text, format };
            let (engine, searcher) = (&self.engine, &self.searcher);
            recording.keep(engine, searcher, &self.options, &determination, received)?;
        }
        Ok(determination)
    }

    /// How many lines were answered how, in a sentence, and which of them need somebody; nothing
    /// where there is none. The next input begins anew.
    pub(crate) fn summary(&self, tally: &Tally) -> String {
        let mut text = summary(tally);
        if is_narrow(self.width) && !text.is_empty() {
            let mut page = Page::new(self.width);
            page.paragraph(&styled(PLAIN, ""), &[styled(PLAIN, text.trim())]);
            text = format!("\n{}", page.finish());
        }
        let rows = std::mem::take(&mut *self.rows());
        for (need, lines) in rows.0 {
            let (what, all) = match need {
                Need::Unread => ("could not be read".to_owned(), tally.failed),
                Need::Answered(Reverse(outcome)) => {
                    let all = tally.answered.get(&outcome).copied().unwrap_or_default();
                    (words::outcome(outcome, None), all)
                }
            };
            let mut named: Vec<String> = lines.into_values().collect();
            let more = all.saturating_sub(named.len() as u64);
            if more > 0 {
                named.push(format!("and {more} more"));
            }
            let what = styled(STRONG, format!("{}:", words::sentence(&what)));
            let mut page = Page::new(self.width);
            page.hanging(&styled(PLAIN, ""), "  ", &[what, styled(PLAIN, named.join(", "))]);
            text.push_str(&page.finish());
        }
        text
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a line that could not be read.
    fn unread(&self, number: u64) {
        if self.output == Output::Text {
            self.rows().add(Need::Unread, number, format!("line {number}"));
        }
    }

    /// Answers one of JSON lines in one line, or says in its place why not.
    pub(crate) fn line(
        &self,
        worker: &mut Worker,
        number: u64,
        line: Result<&[u8], Problem>,
        out: &mut Vec<u8>,
    ) -> Verdict {
        let text = line.as_ref().map_or(&[][..], |it| *it);
        let transaction = line
            .map_err(|problem| Failure::from(problem.at_line(number)))
            .and_then(transactions::read_line)
            .and_then(|it| Searcher::understood(&self.engine, &it).map(|()| it))
            .map_err(|failure| failure.in_line(number));
        let transaction = match transaction {
            Ok(transaction) => transaction,
            Err(failure) => {
                self.unread(number);
                self.output.failed(&failure, &format!("line {number}"), out);
                return Verdict::Failed;
            }
        };
        let may_be_known = self.output == Output::Jsonl && self.recording.is_none();
        if may_be_known && !self.searcher.searches(&transaction) {
            let outcome = known::answer(&self.engine, worker, &transaction, &self.options, out);
            out.push(b'\n');
            return Verdict::Answered(outcome);
        }
        let workspace = &mut worker.workspace;
        let decided = self.searcher.decide(&self.engine, workspace, &transaction, &self.options);
        let decided = decided.and_then(|it| self.recorded(it, text, "json"));
        let determination = match decided {
            Ok(determination) => determination,
            Err(failure) => {
                self.unread(number);
                self.output.failed(&failure.in_line(number), &format!("line {number}"), out);
                return Verdict::Failed;
            }
        };
        match self.output {
            Output::Text => {
                row(number, &determination, self.width, out);
                if !determination.outcome.is_permissive() {
                    let need = Need::Answered(Reverse(determination.outcome));
                    let name = match &determination.id {
                        Some(id) => format!("{} (line {number})", page::visible(id)),
                        None => format!("line {number}"),
                    };
                    self.rows().add(need, number, name);
                }
            }
            Output::Md => {
                let name = name(number, &determination);
                let outcome = words::outcome(determination.outcome, determination.exception);
                let reasons = determination.reasons.join(", ");
                let text = format!("- {}: {outcome} {reasons}\n", markdown::escape(&name));
                out.extend_from_slice(text.as_bytes());
            }
            Output::Json => {
                out.extend_from_slice(BETWEEN);
                determination::write(&determination, Layout::Line, out);
            }
            Output::Jsonl => {
                determination::write(&determination, Layout::Line, out);
                out.push(b'\n');
            }
        }
        Verdict::Answered(determination.outcome)
    }
}

/// How many lines were answered how, in a sentence; nothing where there is none.
fn summary(tally: &Tally) -> String {
    let mut parts: Vec<String> = tally
        .answered
        .iter()
        .rev()
        .map(|(outcome, count)| format!("{count} {}", words::outcome(*outcome, None)))
        .collect();
    if tally.failed > 0 {
        parts.push(format!("{} could not be read", tally.failed));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("\n{} in all: {}.\n", tally.count(), words::and(&parts))
}

fn row(number: u64, determination: &Determination<'_>, width: usize, out: &mut Vec<u8>) {
    let name = name(number, determination);
    let outcome = words::outcome(determination.outcome, determination.exception);
    let color = words::color(determination.outcome);
    let reasons = determination.reasons.join(", ");
    if is_narrow(width) {
        let mut page = Page::new(width);
        let runs = [styled(color, outcome), styled(PLAIN, reasons)];
        page.hanging(&styled(PLAIN, format!("{name}: ")), "  ", &runs);
        out.extend_from_slice(page.finish().as_bytes());
        return;
    }
    let text = format!(
        "{:<14} {}{outcome:<22}{} {reasons}",
        crate::report::page::visible(&name),
        color.render(),
        color.render_reset()
    );
    out.extend_from_slice(text.trim_end().as_bytes());
    out.push(b'\n');
}

fn name(number: u64, determination: &Determination<'_>) -> String {
    determination.id.clone().unwrap_or_else(|| format!("line {number}"))
}
