//! Which paragraphs decide: three to seven of them, the ones a person would ask for.
//!
//! First why a license would be needed at all, then what opens and what closes the exceptions.
//! Nothing is worked out again; the trace already says what holds.

use super::{Mark, Point, words};
use decision::Determination;
use decision::determination::{Because, ExceptionFinding, ItemFinding};
use decision::outcome::Outcome;
use law::Truth;

/// The most that is shown.
const MOST: usize = 7;
/// How many facts stand behind a point.
const FACTS: usize = 3;

/// The points that decide, the most important first.
pub(crate) fn points(determination: &Determination<'_>) -> Vec<Point> {
    let mut points = Points::default();
    match determination.outcome {
        Outcome::NotAnExport | Outcome::NotSubject => {
            points.effect(&determination.because, "exclude", Truth::True, Mark::Opens);
            points.items(determination);
        }
        Outcome::NoLicenseRequired => {
            points.items(determination);
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
            points.effect(&determination.because, "prohibit", Truth::Unknown, Mark::Open);
            points.effect(&determination.because, "exclude", Truth::Unknown, Mark::Open);
            points.items(determination);
        }
    }
    points.list.truncate(MOST);
    points.list
}

#[derive(Debug, Default)]
struct Points {
    list: Vec<Point>,
}

impl Points {
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
                self.push(point(node, mark));
            } else {
                self.effect(&node.because, effect, truth, mark);
            }
        }
    }

    fn items(&mut self, determination: &Determination<'_>) {
        let alike = determination.items.windows(2).all(|it| match it {
            [a, b] => a.outcome == b.outcome && a.exception == b.exception,
            _ => true,
        });
        for item in &determination.items {
            if !alike {
                self.push(heading(item));
            }
            for requirement in &item.requirements {
                let mark = if requirement.truth.is_true() { Mark::Closes } else { Mark::Open };
                let text = format!("{}: {}", requirement.reason, requirement.says);
                self.push(Point::new(mark, text, requirement.citation));
            }
            for exception in &item.exceptions {
                self.exception(item, exception);
            }
        }
    }

    fn exception(&mut self, item: &ItemFinding<'_>, exception: &ExceptionFinding<'_>) {
        let chosen = item.exception == Some(exception.symbol);
        if item.outcome == Outcome::LicenseException && !chosen {
            return;
        }
        let symbol = exception.symbol;
        match exception.available {
            Truth::True => self.nodes(exception, "allow", Truth::True, Mark::Opens, symbol),
            Truth::False => {
                self.nodes(exception, "bar", Truth::True, Mark::Closes, symbol);
                if !exception.not_overcome.is_empty() {
                    let reasons = words::and(&exception.not_overcome);
                    let text = format!("{symbol} does not overcome {reasons}.");
                    self.push(Point::new(Mark::Closes, text, ""));
                }
            }
            Truth::Unknown => {
                self.nodes(exception, "bar", Truth::Unknown, Mark::Open, symbol);
                self.nodes(exception, "allow", Truth::Unknown, Mark::Open, symbol);
            }
        }
    }

    fn nodes(
        &mut self,
        exception: &ExceptionFinding<'_>,
        effect: &str,
        truth: Truth,
        mark: Mark,
        symbol: &str,
    ) {
        for node in exception.because.iter().filter(|it| it.effect == effect && it.truth == truth) {
            let mut point = point(node, mark);
            if !point.text.contains(symbol) {
                point.text = format!("{symbol}: {}", point.text);
            }
            self.push(point);
        }
    }
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

fn point(node: &Because<'_>, mark: Mark) -> Point {
    let mut facts = Vec::new();
    deciding_facts(node, &mut facts);
    facts.truncate(FACTS);
    Point::new(mark, node.text, node.citation).detail(Some(facts.join("; ")))
}

/// The facts that a node and what it rests on read, without repetition.
fn deciding_facts<'a>(node: &'a Because<'_>, facts: &mut Vec<&'a str>) {
    for fact in &node.facts {
        if !facts.contains(&fact.as_str()) {
            facts.push(fact);
        }
    }
    for inner in node.because.iter().filter(|it| it.truth == node.truth) {
        deciding_facts(inner, facts);
    }
}
