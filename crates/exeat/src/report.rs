//! An answer for a person: the outcome in a sentence, why, what is missing, what to do.
//!
//! [`Report::of`] chooses what to say; [`text`] and [`markdown`] lay it out and choose nothing.
//! Start with [`why`] to see which paragraphs are shown.

pub(crate) mod about;
pub(crate) mod classification;
pub(crate) mod hits;
pub(crate) mod listed;
pub(crate) mod markdown;
pub(crate) mod matches;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod why;
pub(crate) mod words;

use decision::Determination;
use decision::determination::{Condition, Flag, Question, Referral, Stamp};
use decision::outcome::Outcome;
use decision::transaction::Transaction;
use names::Names;

/// The heading of what decides.
const WHY: &str = "Why";
/// How many points it has.
const DECIDING: usize = 7;
/// How many legs are shown.
const LEGS: usize = 10;
/// How many points a section shows before it says how many more there are.
const SHOWN: usize = 4;
/// How many presumptions are named.
const PRESUMED: usize = 3;

/// What is said to a person about one answer.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The color of the outcome.
    pub(crate) color: anstyle::Style,
    /// The outcome in words.
    pub(crate) lead: String,
    /// What it means.
    pub(crate) meaning: String,
    /// What was asked about, in one line.
    pub(crate) about: String,
    /// The parts, in the order they are read.
    pub(crate) sections: Vec<Section>,
    /// What was presumed, what matters most first.
    pub(crate) presumed: Vec<String>,
    /// How many presumptions are named.
    pub(crate) named: usize,
    /// Which law answered.
    pub(crate) stamp: String,
}

/// A part of a report.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Its heading.
    pub(crate) title: &'static str,
    /// What it says.
    pub(crate) points: Vec<Point>,
    /// How much more it would say.
    pub(crate) more: usize,
    /// The command that asks what it leaves out.
    pub(crate) asks: Option<&'static str>,
    /// Whether all of it is shown, however long that is.
    pub(crate) whole: bool,
}

/// One thing said.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Point {
    /// How it bears on the answer.
    pub(crate) mark: Mark,
    /// In plain words.
    pub(crate) text: String,
    /// The paragraph.
    pub(crate) citation: Option<String>,
    /// What else helps, such as the facts behind it.
    pub(crate) detail: Option<String>,
}

/// How a point bears on the answer.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Mark {
    /// It neither opens nor closes.
    #[default]
    Neutral,
    /// It opens the way.
    Opens,
    /// It closes the way.
    Closes,
    /// It is not known.
    Open,
}

impl Section {
    /// A section that shows the first so many of its points.
    pub(crate) fn new(title: &'static str, mut points: Vec<Point>, most: usize) -> Self {
        let more = points.len().saturating_sub(most);
        points.truncate(most);
        Self { title, points, more, asks: Some("exeat ask FILE"), whole: false }
    }

    /// A section that leaves nothing out.
    pub(crate) fn whole(title: &'static str, points: Vec<Point>) -> Self {
        Self { whole: true, ..Self::new(title, points, usize::MAX) }
    }

    /// What stands below the points where there are more.
    pub(crate) fn rest(&self) -> Option<String> {
        let open = self.points.iter().all(|it| it.mark == Mark::Open);
        let ask = match (open && self.title != WHY, self.asks) {
            (true, Some(command)) => format!("; `{command}` asks one by one"),
            (true, None) | (false, _) => String::new(),
        };
        (self.more > 0).then(|| format!("and {} more{ask}", self.more))
    }
}

impl Point {
    /// A point with a citation.
    pub(crate) fn new(mark: Mark, text: impl Into<String>, citation: &str) -> Self {
        let citation = Some(citation).filter(|it| !it.is_empty()).map(str::to_owned);
        Self { mark, text: text.into(), citation, detail: None }
    }

    /// The same, with what else helps.
    pub(crate) fn detail(self, detail: Option<String>) -> Self {
        Self { detail: detail.filter(|it| !it.is_empty()), ..self }
    }
}

impl Report {
    /// What to say about an answer to a transaction.
    pub(crate) fn of(determination: &Determination<'_>, transaction: &Transaction) -> Self {
        Self::with(determination, about::line(transaction), &Names::of(transaction))
    }

    /// The same in fewer words: what only helps goes first, then the later points.
    pub(crate) fn shorter(&self, points: usize) -> Self {
        let mut shorter = self.clone();
        for section in &mut shorter.sections {
            for point in &mut section.points {
                let asks = point.mark == Mark::Open && section.title != matches::TITLE;
                let detail = point.detail.take().filter(|_| asks);
                // Of a question the path is left, where it has one.
                point.detail =
                    detail.and_then(|it| it.split_once(": ").map(|(path, _)| path.to_owned()));
            }
            let most = match section.title {
                _ if section.whole => usize::MAX,
                WHY => points.max(5),
                _ => points,
            };
            section.more += section.points.len().saturating_sub(most);
            section.points.truncate(most);
        }
        shorter.named = 0;
        shorter
    }

    /// The small print.
    pub(crate) fn footer(&self) -> Vec<String> {
        let named: Vec<&str> = self.presumed.iter().take(self.named).map(String::as_str).collect();
        let more = self.presumed.len() - named.len();
        let presumed = match (named.as_slice(), more) {
            ([], 0) => None,
            ([], 1) => Some("One fact was presumed".to_owned()),
            ([], more) => Some(format!("{more} facts were presumed")),
            (named, 0) => Some(format!("Presumed: {}", named.join(", "))),
            (named, more) => Some(format!("Presumed: {} and {more} more", named.join(", "))),
        };
        let presumed = presumed.map(|it| format!("{it} (--strict asks instead)."));
        presumed.into_iter().chain([self.stamp.clone()]).collect()
    }

    fn with(determination: &Determination<'_>, about: String, names: &Names) -> Self {
        let (lead, meaning) = words::headline(determination);
        let flags = flags(determination).into_iter().map(|it| flag(it, names)).collect();
        let conditions = determination.conditions.iter().map(condition).collect();
        let notes = determination.notes.iter().map(|it| Point::new(Mark::Neutral, it, ""));
        let mut sections = vec![
            Section::new(WHY, why::points(determination, names), DECIDING),
            legs(determination),
            questions(determination),
            matches::section(determination),
            Section::new("Red flags", flags, SHOWN),
            duties(conditions, determination.outcome),
            applying(determination),
            referrals(&determination.referrals),
            Section::new("About the law", notes.collect(), SHOWN),
        ];
        sections.retain(|it| !it.points.is_empty());
        Self {
            color: words::color(determination.outcome),
            lead,
            meaning,
            about,
            sections,
            presumed: presumed(determination),
            named: PRESUMED,
            stamp: stamp(determination),
        }
    }
}

fn legs(determination: &Determination<'_>) -> Section {
    let points = determination.legs.iter().enumerate().map(|(index, leg)| {
        let label = leg.label.as_deref().map(|it| format!(", {it}")).unwrap_or_default();
        let outcome = words::outcome(leg.outcome, leg.exception);
        let reasons = match leg.reasons.as_slice() {
            [] => String::new(),
            some => format!(" ({})", some.join(", ")),
        };
        let mark = match leg.outcome {
            Outcome::NotAnExport
            | Outcome::NotSubject
            | Outcome::NoLicenseRequired
            | Outcome::LicenseException => Mark::Opens,
            Outcome::NeedsReview => Mark::Open,
            Outcome::LicenseRequired | Outcome::Prohibited => Mark::Closes,
        };
        Point::new(mark, format!("Leg {}{label}: {outcome}{reasons}", index + 1), "")
    });
    Section::new("Leg by leg", points.collect(), LEGS)
}

fn questions(determination: &Determination<'_>) -> Section {
    let title = if determination.outcome == Outcome::NeedsReview {
        "Still needed"
    } else {
        "Could still change the answer"
    };
    Section::new(title, determination.questions.iter().map(question).collect(), SHOWN)
}

fn question(question: &Question) -> Point {
    let why = words::clause(&question.why);
    let detail = match question.fact.as_str() {
        "law" | "" => why.to_owned(),
        fact => format!("{fact}: {why}"),
    };
    Point::new(Mark::Open, &question.ask, &question.citation).detail(Some(detail))
}

fn flags<'a, 'law>(determination: &'a Determination<'law>) -> Vec<&'a Flag<'law>> {
    determination.flags.iter().filter(|it| !it.resolved).collect()
}

fn flag(flag: &Flag<'_>, names: &Names) -> Point {
    let name = words::sentence(&flag.flag.replace('-', " "));
    let (mark, perhaps) =
        if flag.truth.is_true() { (Mark::Closes, "") } else { (Mark::Open, "Perhaps: ") };
    let subject = match names.subject(&flag.subject) {
        "" | "transaction" => String::new(),
        subject => format!(" ({subject})"),
    };
    Point::new(mark, format!("{perhaps}{name}{subject}. {}", flag.why), flag.citation)
}

fn condition(condition: &Condition<'_>) -> Point {
    let perhaps = if condition.truth.is_true() { "" } else { "It may apply: " };
    let by = condition.by.map(|it| format!("due: {it}"));
    let text = format!("{perhaps}{}", condition.what);
    Point::new(Mark::Neutral, text, condition.citation).detail(by)
}

/// What to do. Where something may go on conditions, every one of them binds, and all are shown.
fn duties(conditions: Vec<Point>, outcome: Outcome) -> Section {
    const TITLE: &str = "What to do";
    if outcome.is_permissive() {
        Section::whole(TITLE, conditions)
    } else {
        Section::new(TITLE, conditions, SHOWN)
    }
}

fn applying(determination: &Determination<'_>) -> Section {
    let points = match &determination.review_policy {
        Some(policy) if determination.outcome >= Outcome::NeedsReview => {
            let text = format!("{}. {}", words::policy(policy.policy), policy.says);
            vec![Point::new(Mark::Neutral, text, policy.citation)]
        }
        Some(_) | None => Vec::new(),
    };
    Section::new("If you apply for a license", points, SHOWN)
}

/// The agencies whose law comes beside this one, or before it.
fn referrals(referrals: &[Referral<'_>]) -> Section {
    let referral = |it: &Referral<'_>| {
        Point::new(Mark::Neutral, format!("{}: {}", it.agency, it.why), it.citation)
    };
    Section::new("Other agencies", referrals.iter().map(referral).collect(), SHOWN)
}

/// What is presumed of parties matters more than what is presumed of items.
fn presumed(determination: &Determination<'_>) -> Vec<String> {
    let (parties, others): (Vec<_>, Vec<_>) = determination
        .assumptions
        .iter()
        .copied()
        .partition(|it| it.fact.to_string().contains("parties"));
    let all = parties.into_iter().chain(others);
    all.map(|it| format!("{} = {}", it.fact, it.value)).collect()
}

fn stamp(determination: &Determination<'_>) -> String {
    stamped(&determination.rulebook, determination.law_date)
}

/// Which law answered, in a line.
pub(crate) fn stamped(stamp: &Stamp, day: jiff::civil::Date) -> String {
    let as_of = stamp.as_of.map(|it| format!(", verified to {it}")).unwrap_or_default();
    let digest: String = stamp.digest.chars().take(8).collect();
    format!("Law of {day}; {} {digest}{as_of}. Not legal advice.", stamp.name)
}

#[cfg(test)]
mod tests;
