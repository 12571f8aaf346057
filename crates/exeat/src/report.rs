//! An answer for a person: the outcome in a sentence, why, what is missing, what to do.
//!
//! [`Report::of`] chooses what to say; [`text`] and [`markdown`] lay it out and choose nothing.
//! Start with [`why`] to see which paragraphs are shown.

pub(crate) mod about;
pub(crate) mod markdown;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod why;
pub(crate) mod words;

use decision::Determination;
use decision::determination::{Condition, Flag, Question};
use decision::outcome::Outcome;
use decision::transaction::Transaction;
use names::Names;

/// How many points a section shows before it says how many more there are.
const SHOWN: usize = 4;
/// How many presumptions are named.
const PRESUMED: usize = 3;

/// What is said to a person about one answer.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The outcome, for the color.
    pub(crate) outcome: Outcome,
    /// The outcome in words.
    pub(crate) lead: String,
    /// What it means.
    pub(crate) meaning: String,
    /// What was asked about, in one line.
    pub(crate) about: String,
    /// The parts, in the order they are read.
    pub(crate) sections: Vec<Section>,
    /// Small print.
    pub(crate) footer: Vec<String>,
}

/// A part of a report.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Its heading.
    pub(crate) title: &'static str,
    /// What it says.
    pub(crate) points: Vec<Point>,
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

    fn with(determination: &Determination<'_>, about: String, names: &Names) -> Self {
        let (lead, meaning) = words::headline(determination);
        let flags = points(&flags(determination), |it| flag(it, names));
        let mut sections = vec![
            Section { title: "Why", points: why::points(determination, names) },
            legs(determination),
            questions(determination),
            Section { title: "Red flags", points: flags },
            Section { title: "What to do", points: points(&determination.conditions, condition) },
            applying(determination),
            referrals(determination),
            Section {
                title: "About the law",
                points: points(&determination.notes, |it| Point::new(Mark::Neutral, it, "")),
            },
        ];
        sections.retain(|it| !it.points.is_empty());
        Self {
            outcome: determination.outcome,
            lead,
            meaning,
            about,
            sections,
            footer: footer(determination),
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
    Section { title: "Leg by leg", points: points.collect() }
}

fn questions(determination: &Determination<'_>) -> Section {
    let title = if determination.outcome == Outcome::NeedsReview {
        "Still needed"
    } else {
        "Could still change the answer"
    };
    let mut points = points(&determination.questions, question);
    if let Some(more) = points.last_mut().filter(|it| it.mark == Mark::Neutral) {
        more.text.push_str("; `exeat ask FILE` asks them one by one");
    }
    Section { title, points }
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

fn applying(determination: &Determination<'_>) -> Section {
    let points = match &determination.review_policy {
        Some(policy) if determination.outcome >= Outcome::NeedsReview => {
            let text = format!("{}. {}", words::policy(policy.policy), policy.says);
            vec![Point::new(Mark::Neutral, text, policy.citation)]
        }
        Some(_) | None => Vec::new(),
    };
    Section { title: "If you apply for a license", points }
}

fn referrals(determination: &Determination<'_>) -> Section {
    let referral = |it: &decision::determination::Referral<'_>| {
        Point::new(Mark::Neutral, format!("{}: {}", it.agency, it.why), it.citation)
    };
    Section { title: "Other agencies", points: points(&determination.referrals, referral) }
}

fn footer(determination: &Determination<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let presumed = &determination.assumptions;
    if !presumed.is_empty() {
        // What is presumed of parties matters more than what is presumed of items.
        let (parties, others): (Vec<_>, Vec<_>) =
            presumed.iter().partition(|it| it.fact.contains("parties"));
        let first: Vec<String> = parties
            .iter()
            .chain(&others)
            .take(PRESUMED)
            .map(|it| format!("{} = {}", it.fact, it.value))
            .collect();
        let more = match presumed.len().saturating_sub(PRESUMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!("Presumed: {}{more} (--strict asks instead).", first.join(", ")));
    }
    let stamp = &determination.rulebook;
    let as_of = stamp.as_of.map(|it| format!(", verified to {it}")).unwrap_or_default();
    let digest: String = stamp.digest.chars().take(8).collect();
    lines.push(format!(
        "Law of {}; {} {digest}{as_of}. Not legal advice.",
        determination.law_date, stamp.name
    ));
    lines
}

/// The first few of a list as points, and how many more there are.
fn points<T>(list: &[T], of: impl FnMut(&T) -> Point) -> Vec<Point> {
    let mut points: Vec<Point> = list.iter().take(SHOWN).map(of).collect();
    if list.len() > SHOWN {
        points.push(Point::new(Mark::Neutral, format!("and {} more", list.len() - SHOWN), ""));
    }
    points
}

#[cfg(test)]
mod tests;
