//! Which paragraphs decide: three to seven of them, the ones a person would ask for.
//!
//! First why a license would be needed at all, then what opens and what closes the exceptions.
//! Nothing is worked out again; the trace already says what holds.

use super::names::Names;
use super::{Mark, Point, words};
use decision::Determination;
use decision::determination::{Because, ExceptionFinding, ItemFinding};
use decision::outcome::Outcome;
use law::Truth;

/// How many facts stand behind a point.
const FACTS: usize = 3;
/// How many paragraphs are named that lack one thing alone, of each exception.
pub(crate) const NEAREST: usize = 2;

/// The points that decide, the most important first.
pub(crate) fn points(determination: &Determination<'_>, names: &Names) -> Vec<Point> {
    let mut points = Points { names, list: Vec::new(), general: Vec::new() };
    match determination.outcome {
        Outcome::NotAnExport | Outcome::NotSubject => {
            points.effect(&determination.because, "exclude", Truth::True, Mark::Opens);
            points.items(determination);
        }
        Outcome::NoLicenseRequired => {
            points.items(determination);
            points.lifted(&determination.because);
            for leg in &determination.legs {
                points.lifted(&leg.because);
            }
            if points.list.is_empty() {
                let text = "Nothing in the rulebook asks for a license on these facts.";
                points.push(Point::new(Mark::Opens, text, ""));
            }
        }
        Outcome::Prohibited => {
            points.effect(&determination.because, "prohibit", Truth::True, Mark::Closes);
            points.items(determination);
        }
        Outcome::LicenseException | Outcome::NeedsReview | Outcome::LicenseRequired => {
            points.items(determination);
            points.effect(&determination.because, "prohibit", Truth::Unknown, Mark::Open);
            points.effect(&determination.because, "exclude", Truth::Unknown, Mark::Open);
            for point in std::mem::take(&mut points.general) {
                points.push(point);
            }
        }
    }
    points.list
}

#[derive(Debug)]
struct Points<'n> {
    names: &'n Names,
    list: Vec<Point>,
    /// What may close all exceptions alike: it mostly repeats what may prohibit, and comes last.
    general: Vec<Point>,
}

impl Points<'_> {
    fn push(&mut self, point: Point) {
        let known = |it: &Point| it.text == point.text && it.citation == point.citation;
        if !self.list.iter().any(known) {
            self.list.push(point);
        }
    }

    /// Blocks of one effect, at any depth, that are so.
    fn effect(&mut self, nodes: &[Because<'_>], effect: &str, truth: Truth, mark: Mark) {
        for node in nodes {
            if node.effect == effect && node.truth == truth {
                self.push(self.point(node, mark));
            } else {
                self.effect(&node.because, effect, truth, mark);
            }
        }
    }

    /// The exemptions that lift a requirement: a note of the entry, a cell without a mark.
    fn lifted(&mut self, nodes: &[Because<'_>]) {
        for node in nodes {
            if node.effect == "require license" && node.truth.is_false() {
                self.exemptions(node);
            } else {
                self.lifted(&node.because);
            }
        }
    }

    /// What stands in the way of each item, and what opens it; of each leg that decides.
    fn items(&mut self, determination: &Determination<'_>) {
        if determination.legs.is_empty() {
            self.answer(determination);
            return;
        }
        for leg in determination.legs.iter().filter(|it| it.outcome == determination.outcome) {
            self.answer(leg);
        }
    }

    fn answer(&mut self, determination: &Determination<'_>) {
        let alike = determination.items.windows(2).all(|it| match it {
            [a, b] => a.outcome == b.outcome && a.exception == b.exception,
            _ => true,
        });
        for item in &determination.items {
            if !alike {
                self.push(heading(item));
            }
            let permitted = item.outcome.is_permissive();
            for requirement in &item.requirements {
                let mark = match requirement.truth {
                    Truth::True if permitted => Mark::Neutral,
                    Truth::True => Mark::Closes,
                    Truth::False | Truth::Unknown => Mark::Open,
                };
                let text = format!("{}: {}", requirement.reason, requirement.says);
                self.push(Point::new(mark, text, requirement.citation));
            }
            let before = self.list.len();
            for exception in &item.exceptions {
                self.exception(item, exception);
            }
            if item.outcome == Outcome::LicenseRequired {
                item.exceptions.iter().for_each(|it| self.nearest(it));
            }
            if self.list.len() == before && item.outcome == Outcome::LicenseRequired {
                let text = "No license exception opens on these facts.";
                self.push(Point::new(Mark::Closes, text, ""));
            }
        }
    }

    fn exception(&mut self, item: &ItemFinding<'_>, exception: &ExceptionFinding<'_>) {
        let chosen = item.exception == Some(exception.symbol);
        if item.outcome == Outcome::LicenseException && !chosen {
            return;
        }
        // An exception that nothing opens needs no bar to be closed.
        let mut allows = exception.because.iter().filter(|it| it.effect == "allow").peekable();
        let closed = allows.peek().is_none() || allows.any(|it| it.truth.is_true());
        match exception.available {
            Truth::True => {
                self.nodes(exception, "allow", Truth::True, Mark::Opens);
                self.spared(exception);
            }
            Truth::False if closed => {
                self.nodes(exception, "bar", Truth::True, Mark::Closes);
                // One that overcomes nothing here was never in question.
                let mut reasons: Vec<&str> = item.requirements.iter().map(|it| it.reason).collect();
                reasons.dedup();
                let left = exception.not_overcome.len();
                if left > 0 && left < reasons.len() {
                    let reasons = words::and(&exception.not_overcome);
                    let text = format!("{} does not overcome {reasons}.", exception.symbol);
                    self.push(Point::new(Mark::Closes, text, ""));
                }
            }
            Truth::False => {}
            Truth::Unknown if item.outcome == Outcome::LicenseRequired => {}
            Truth::Unknown => {
                self.nodes(exception, "bar", Truth::True, Mark::Closes);
                self.nodes(exception, "bar", Truth::Unknown, Mark::Open);
                self.nodes(exception, "allow", Truth::Unknown, Mark::Open);
            }
        }
    }

    /// What an exception that nothing opens would need, where it is one thing alone.
    fn nearest(&mut self, exception: &ExceptionFinding<'_>) {
        for node in exception.nearest().iter().take(NEAREST) {
            let mut facts = Vec::new();
            deciding_facts(node, &mut facts);
            if facts.is_empty() {
                all_facts(node, &mut facts);
            }
            facts.truncate(FACTS);
            let text = format!("{} does not open, for one thing: {}", exception.symbol, node.text);
            let point = Point::new(Mark::Closes, text, node.citation);
            self.push(point.detail(Some(self.names.facts(&facts))));
        }
    }

    /// The exemptions without which a bar would have closed the exception.
    fn spared(&mut self, exception: &ExceptionFinding<'_>) {
        let bars = exception.because.iter().filter(|it| it.effect == "bar" && it.truth.is_false());
        bars.for_each(|it| self.exemptions(it));
    }

    /// What lifts a requirement or a bar; one that would not have held anyway needs no exemption.
    fn exemptions(&mut self, lifted: &Because<'_>) {
        let (exemptions, own): (Vec<_>, Vec<_>) =
            lifted.because.iter().partition(|it| it.effect == "exempt");
        if own.iter().any(|it| it.truth.is_false()) {
            return;
        }
        for exemption in exemptions.into_iter().filter(|it| it.truth.is_true()) {
            let point = self.point(exemption, Mark::Opens);
            let rows = if point.detail.is_none() { self.rows(exemption) } else { None };
            self.push(Point { detail: point.detail.or(rows), ..point });
        }
    }

    /// The rows of tables that a node rests on, each with its source: the Country Chart has a row
    /// for Switzerland, and section 738.3(b) gives it to Liechtenstein.
    fn rows(&self, node: &Because<'_>) -> Option<String> {
        let tables = node.because.iter().filter(|it| it.effect == "table");
        let rows = tables.map(|it| {
            let facts: Vec<_> =
                it.facts.iter().map(|fact| (fact.as_str(), it.truth.is_true())).collect();
            format!("{}, {}", self.names.facts(&facts), it.citation)
        });
        let rows: Vec<String> = rows.collect();
        (!rows.is_empty()).then(|| rows.join("; "))
    }

    /// Nodes of one effect that are so, those that speak of the exception itself first.
    fn nodes(&mut self, exception: &ExceptionFinding<'_>, effect: &str, truth: Truth, mark: Mark) {
        let symbol = exception.symbol;
        let found = exception.because.iter().filter(|it| it.effect == effect && it.truth == truth);
        let (own, general): (Vec<_>, Vec<_>) = found.partition(|it| exception.is_spoken_of(it));
        let facts = self.names;
        let told = |node: &Because<'_>| {
            let mut point = point(node, mark, facts);
            if !["xception", symbol].iter().any(|it| point.text.contains(it)) {
                point.text = format!("{symbol}: {}", point.text);
            }
            point
        };
        for node in own {
            self.push(told(node));
        }
        let general = general.into_iter().map(told);
        if truth.is_unknown() {
            self.general.extend(general);
        } else {
            general.for_each(|it| self.push(it));
        }
    }

    fn point(&self, node: &Because<'_>, mark: Mark) -> Point {
        point(node, mark, self.names)
    }
}

/// A node in words, with the facts that made it so; what is not known is asked elsewhere.
pub(crate) fn point(node: &Because<'_>, mark: Mark, names: &Names) -> Point {
    let mut facts = Vec::new();
    if !node.truth.is_unknown() {
        deciding_facts(node, &mut facts);
    }
    if facts.len() > 1 {
        facts.retain(|(it, _)| !it.contains("activity = "));
    }
    facts.truncate(FACTS);
    Point::new(mark, node.text, node.citation).detail(Some(names.facts(&facts)))
}

fn heading(item: &ItemFinding<'_>) -> Point {
    let name = match (&item.name, &item.eccn) {
        (Some(name), Some(eccn)) => format!(" ({name}, {eccn})"),
        (Some(it), None) | (None, Some(it)) => format!(" ({it})"),
        (None, None) => String::new(),
    };
    let outcome = words::outcome(item.outcome, item.exception);
    Point::new(Mark::Neutral, format!("Item {}{name}: {outcome}.", item.index + 1), "")
}

/// The facts of the input that a node and what it rests on read, each once, and whether their
/// node held.
fn deciding_facts<'a>(node: &'a Because<'_>, facts: &mut Vec<(&'a str, bool)>) {
    own_facts(node, facts);
    for inner in node.because.iter().filter(|it| it.truth == node.truth) {
        deciding_facts(inner, facts);
    }
}

/// The same of everything that it rests on: what is said of nobody may fail because of somebody.
fn all_facts<'a>(node: &'a Because<'_>, facts: &mut Vec<(&'a str, bool)>) {
    own_facts(node, facts);
    node.because.iter().for_each(|it| all_facts(it, facts));
}

fn own_facts<'a>(node: &'a Because<'_>, facts: &mut Vec<(&'a str, bool)>) {
    for fact in &node.facts {
        let (path, value) = fact.split_once(" = ").unwrap_or((fact, ""));
        // What the program worked out itself is no fact of the input, and a test of the
        // classification without a value says nothing.
        let inner = ["counts-as-", ".ghost", ".who", ".outcome"].iter().any(|it| path.contains(it));
        let empty = path.rsplit('.').next() == Some("eccn") && matches!(value, "yes" | "no");
        let known = facts.iter().any(|(it, _)| it.split_once(" = ").is_some_and(|it| it.0 == path));
        if !inner && !empty && !known {
            facts.push((fact, node.truth.is_true()));
        }
    }
}
