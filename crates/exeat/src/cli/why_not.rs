//! `exeat why-not`: whether a license exception covers it, what opens it and what closes it.

use super::{Exit, Stop, width};
use crate::api::determination as api;
use crate::input::{Format, Source};
use crate::json::{Layout, Writer};
use crate::library::LawArgs;
use crate::report::names::Names;
use crate::report::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use crate::report::{Mark, text, why, words};
use crate::search::{SearchArgs, Searcher};
use crate::transactions;
use crate::trouble::Trouble;
use decision::determination::{Because, ExceptionFinding, ItemFinding};
use decision::{Deciding, Determination, Engine};
use law::Truth;
use law::rulebook::Effect;
use std::io::{self, Write};
use std::path::PathBuf;

/// Say whether a license exception covers a transaction, and what stands in its way
///
/// Exit codes: 0 it covers every item that needs a license and the whole may go, 3 it does not cover
/// one, 4 a fact can still change that; where it covers them and something else stops the whole, that
/// of `exeat check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The exception, such as ACE
    exception: String,
    /// The transaction; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "example")]
    file: Option<PathBuf>,
    /// Take an example that is in the program
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    example: Option<String>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// The format of the input, where neither its name nor its content tells it
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Format>,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten, next_help_heading = "Restricted-party lists")]
    search: SearchArgs,
}

/// How many paragraphs are named that do not open it.
const SHOWN: usize = 8;

/// How it is answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Output {
    /// For a person.
    Text,
    /// One JSON document.
    Json,
}

/// Answers for each item.
pub(crate) fn run(args: &Args) -> Result<Exit, Stop> {
    let engine = args.law.rules.engine()?.for_few();
    let symbol = symbol(&args.exception, &engine)?;
    let source = match (&args.example, &args.file) {
        (Some(name), _) => Source::Example(name.clone()),
        (None, Some(path)) => Source::named(path),
        (None, None) => Source::Stdin,
    };
    let document = source.document(args.input)?;
    let transaction = transactions::read(&document)
        .map_err(|failure| Trouble::of_input(&failure, &document.name))?;
    let options = args.law.options(decision::Trace::Decisive, false);
    let searcher = Searcher::new(args.search.clone());
    let workspace = &mut decision::Workspace::default();
    let determination = searcher
        .decide(&engine, workspace, &transaction, &options)
        .map_err(|failure| Trouble::of_input(&failure, &document.name))?;
    let names = Names::of(&transaction);
    let findings = Findings::of(&determination, &symbol, &engine, &names);
    findings.exit().written(match args.format {
        Output::Text => write!(anstream::stdout(), "{}", findings.text(width())),
        Output::Json => {
            let mut bytes = Vec::new();
            findings.json(&mut bytes);
            bytes.push(b'\n');
            io::stdout().write_all(&bytes)
        }
    })
}

/// The exception's symbol as the rulebook spells it.
///
/// # Errors
///
/// Where there is no such exception.
pub(crate) fn symbol(wanted: &str, engine: &Engine) -> Result<String, Trouble> {
    let known = &engine.rulebook().vocabulary.exceptions;
    known.iter().find(|it| it.eq_ignore_ascii_case(wanted)).cloned().ok_or_else(|| {
        Trouble::new(format!("there is no license exception `{wanted}`"))
            .help(format!("the exceptions are: {}", known.join(", ")))
    })
}

/// What is said of one exception.
pub(crate) struct Findings<'a> {
    symbol: &'a str,
    names: &'a Names,
    determination: &'a Determination<'a>,
    items: Vec<Finding<'a>>,
}

/// What is said of one exception and one item.
struct Finding<'a> {
    label: Option<&'a str>,
    item: &'a ItemFinding<'a>,
    state: State<'a>,
}

enum State<'a> {
    /// Nothing requires a license, so there is nothing to overcome.
    NotNeeded,
    /// It was looked at.
    Looked(&'a ExceptionFinding<'a>),
    /// Nothing opens it: its own paragraphs, in the order of the law.
    NeverOpens(Vec<(&'a str, &'a str)>),
}

impl<'a> Findings<'a> {
    /// What a determination says of an exception.
    pub(crate) fn of(
        determination: &'a Determination<'a>,
        symbol: &'a str,
        engine: &'a Engine,
        names: &'a Names,
    ) -> Self {
        let answers: Vec<&Determination<'_>> = if determination.legs.is_empty() {
            vec![determination]
        } else {
            determination.legs.iter().collect()
        };
        let items = answers
            .into_iter()
            .flat_map(|answer| {
                answer.items.iter().map(move |item| Finding {
                    label: answer.label.as_deref(),
                    item,
                    state: State::of(item, symbol, engine, answer),
                })
            })
            .collect();
        Self { symbol, names, determination, items }
    }

    fn exit(&self) -> Exit {
        let states: Vec<Truth> = self.items.iter().map(|it| it.state.covers()).collect();
        if states.iter().any(|it| it.is_false()) {
            Exit::LicenseRequired
        } else if states.is_empty() || states.iter().any(|it| it.is_unknown()) {
            Exit::NeedsReview
        } else {
            // An exception is no permission where something else stops the whole.
            Exit::from(self.determination.outcome)
        }
    }

    /// Why the whole may not go, where the exceptions alone would let it.
    fn but(&self) -> Option<String> {
        let whole = self.determination;
        if whole.outcome.is_permissive() {
            return None;
        }
        let outcome = words::outcome(whole.outcome, whole.exception);
        let deciding = Deciding::behind(whole);
        let citation = match deciding.citation.as_str() {
            "" => String::new(),
            citation => format!(" [{citation}]"),
        };
        Some(format!(
            "the whole is {outcome}, because: {}{citation}",
            deciding.text.trim_end_matches('.')
        ))
    }

    fn text(&self, width: usize) -> String {
        let mut page = Page::new(width);
        for finding in &self.items {
            page.gap();
            finding.text(self.symbol, self.names, self.but().as_deref(), &mut page);
        }
        if self.items.is_empty() {
            let text = format!("No item is named, so {} cannot be judged.", self.symbol);
            page.paragraph(&styled(PLAIN, ""), &[styled(YELLOW, text)]);
        }
        if !self.determination.questions.is_empty() {
            page.gap();
            page.paragraph(
                &styled(PLAIN, ""),
                &[styled(STRONG, "What could still change the answer")],
            );
            for question in &self.determination.questions {
                let fact = whole(DIM, format!("({})", question.fact));
                page.paragraph(&styled(YELLOW, "  ? "), &[styled(PLAIN, &question.ask), fact]);
            }
        }
        page.gap();
        let outcome = words::outcome(self.determination.outcome, self.determination.exception);
        let text = format!(
            "All in all: {outcome}. Law of {}, rulebook {}. Not legal advice.",
            self.determination.law_date, self.determination.rulebook.name
        );
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, text)]);
        page.finish()
    }

    /// Appends it as JSON, without a line break behind it.
    pub(crate) fn json(&self, out: &mut Vec<u8>) {
        Writer::new(out, Layout::Pretty).object(|json| {
            json.text_of("exception", self.symbol);
            json.text_of("law_date", &self.determination.law_date.to_string());
            json.text_of("outcome", self.determination.outcome.as_str());
            json.objects_of("items", &self.items, |json, it| it.json(json));
            json.objects_of("questions", &self.determination.questions, api::question);
        });
    }
}

impl<'a> State<'a> {
    fn of(
        item: &'a ItemFinding<'a>,
        symbol: &str,
        engine: &'a Engine,
        answer: &Determination<'_>,
    ) -> Self {
        if let Some(finding) = item.exceptions.iter().find(|it| it.symbol == symbol) {
            return Self::Looked(finding);
        }
        if item.license_required.is_false() {
            return Self::NotNeeded;
        }
        let day = answer.law_date;
        let blocks = engine.rulebook().blocks.iter().filter(|block| {
            let opens =
                matches!(&block.effect, Effect::Allow { exception, .. } if exception == symbol);
            opens && block.version.covers(day)
        });
        Self::NeverOpens(blocks.map(|it| (it.says.as_str(), it.citation.as_str())).collect())
    }

    fn covers(&self) -> Truth {
        match self {
            Self::NotNeeded => Truth::True,
            Self::Looked(finding) => finding.available,
            Self::NeverOpens(_) => Truth::False,
        }
    }
}

impl Finding<'_> {
    fn text(&self, symbol: &str, names: &Names, but: Option<&str>, page: &mut Page) {
        let leg = self.label.map(|it| format!(", {it}")).unwrap_or_default();
        let eccn = self.item.eccn.as_deref().unwrap_or("not classified");
        let item = format!("item {} ({eccn}{leg})", self.item.index + 1);
        let (style, sentence) = match (&self.state, self.state.covers(), but) {
            (State::NotNeeded, _, None) => (GREEN, format!("{symbol} is not needed for {item}.")),
            (State::NotNeeded, _, Some(but)) => {
                (YELLOW, format!("{symbol} is not needed for {item}, but {but}."))
            }
            (_, Truth::True, None) => (GREEN, format!("{symbol} covers {item}.")),
            (_, Truth::True, Some(but)) => {
                (YELLOW, format!("{symbol} itself is open for {item}, but {but}."))
            }
            (_, Truth::False, _) => (RED, format!("{symbol} does not cover {item}.")),
            (_, Truth::Unknown, _) => (YELLOW, format!("{symbol} may or may not cover {item}.")),
        };
        page.paragraph(&styled(PLAIN, ""), &[styled(style.bold(), sentence)]);
        match &self.state {
            State::NotNeeded => {
                let text = "Nothing here requires a license, so there is nothing to overcome.";
                page.paragraph(&styled(PLAIN, "  "), &[styled(PLAIN, text)]);
            }
            State::Looked(finding) => {
                nodes(page, "What opens it", &opening(finding), names);
                nodes(page, "What closes it", &closing(finding, Truth::True), names);
                self.not_overcome(page, finding);
                nodes(page, "What may close it", &closing(finding, Truth::Unknown), names);
                if finding.available.is_true() {
                    nodes(page, "What would close it, and does not", &spared(finding), names);
                }
            }
            State::NeverOpens(paragraphs) => {
                page.gap();
                let text =
                    format!("None of the paragraphs that open {symbol} holds on these facts");
                page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, text)]);
                for (says, citation) in paragraphs.iter().take(SHOWN) {
                    let citation = whole(DIM, format!("[{citation}]"));
                    page.paragraph(&styled(RED, "  ✗ "), &[styled(PLAIN, *says), citation]);
                }
                if paragraphs.len() > SHOWN {
                    let text = format!("and {} more", paragraphs.len() - SHOWN);
                    page.paragraph(&styled(PLAIN, "    "), &[styled(DIM, text)]);
                }
                if paragraphs.is_empty() {
                    let text = format!("On that day no paragraph of the rulebook opens {symbol}.");
                    page.paragraph(&styled(RED, "  ✗ "), &[styled(PLAIN, text)]);
                }
            }
        }
    }

    fn not_overcome(&self, page: &mut Page, finding: &ExceptionFinding<'_>) {
        if finding.not_overcome.is_empty() {
            return;
        }
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, "What it does not overcome")]);
        for reason in &finding.not_overcome {
            let known = self.item.requirements.iter().find(|it| it.reason == *reason);
            let mut runs = vec![styled(PLAIN, format!("{reason}:"))];
            if let Some(requirement) = known {
                runs.push(styled(PLAIN, requirement.says));
                runs.push(whole(DIM, format!("[{}]", requirement.citation)));
            }
            page.paragraph(&styled(RED, "  ✗ "), &runs);
        }
    }

    fn json(&self, json: &mut Writer<'_>) {
        json.number_of("index", self.item.index as u64);
        json.optional_of("label", self.label);
        json.optional_of("eccn", self.item.eccn.as_deref());
        json.bool_of("needed", !matches!(self.state, State::NotNeeded));
        json.truth_of("available", self.state.covers());
        let (opens, closes, open, not_overcome) = match &self.state {
            State::Looked(it) => (
                opening(it),
                closing(it, Truth::True),
                closing(it, Truth::Unknown),
                it.not_overcome.as_slice(),
            ),
            State::NotNeeded | State::NeverOpens(_) => {
                (Vec::new(), Vec::new(), Vec::new(), &[][..])
            }
        };
        json.objects_of("opens", &opens, |json, it| api::node(json, it));
        json.objects_of("closes", &closes, |json, it| api::node(json, it));
        json.objects_of("may_close", &open, |json, it| api::node(json, it));
        json.texts_of("not_overcome", not_overcome);
        let never: &[(&str, &str)] = match &self.state {
            State::NeverOpens(paragraphs) => paragraphs,
            State::NotNeeded | State::Looked(_) => &[],
        };
        json.objects_of("does_not_open", never, |json, (says, citation)| {
            json.text_of("citation", citation);
            json.text_of("text", says);
        });
    }
}

/// What opens it: its own paragraphs, or else those that open exceptions in general.
fn opening<'a>(finding: &'a ExceptionFinding<'a>) -> Vec<&'a Because<'a>> {
    let opens = finding.because.iter().filter(|it| it.effect == "allow");
    let (own, general): (Vec<_>, Vec<_>) = opens.partition(|it| finding.is_spoken_of(it));
    if own.is_empty() { general } else { own }
}

/// Bars that hold, or that may hold.
fn closing<'a>(finding: &'a ExceptionFinding<'a>, truth: Truth) -> Vec<&'a Because<'a>> {
    finding.because.iter().filter(|it| it.effect == "bar" && it.truth == truth).collect()
}

/// Bars that do not hold, of the exception itself.
fn spared<'a>(finding: &'a ExceptionFinding<'a>) -> Vec<&'a Because<'a>> {
    let bars = closing(finding, Truth::False).into_iter();
    bars.filter(|it| finding.is_spoken_of(it)).collect()
}

fn nodes(page: &mut Page, title: &str, nodes: &[&Because<'_>], names: &Names) {
    if nodes.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, title)]);
    for node in nodes {
        let mark = match (node.effect, node.truth) {
            (_, Truth::Unknown) => Mark::Open,
            ("bar", Truth::True) | (_, Truth::False) => Mark::Closes,
            (_, Truth::True) => Mark::Opens,
        };
        // A bar that does not hold is good news.
        let mark = if node.effect == "bar" && node.truth.is_false() { Mark::Opens } else { mark };
        text::point(page, &why::point(node, mark, names), "  ");
        for exemption in node.because.iter().filter(|it| it.effect == "exempt") {
            let mark = match exemption.truth {
                Truth::True => Mark::Opens,
                Truth::False => Mark::Closes,
                Truth::Unknown => Mark::Open,
            };
            let mut point = why::point(exemption, mark, names);
            point.text = format!("unless: {}", point.text);
            text::point(page, &point, "      ");
        }
    }
}
