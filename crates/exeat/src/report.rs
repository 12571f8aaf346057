//! An answer for a person: the outcome in a sentence, why, what is missing, what to do.
//!
//! [`Report::of`] chooses what to say; [`text`] and [`markdown`] lay it out and choose nothing.
//! Start with [`why`] to see which paragraphs are shown.

pub(crate) mod about;
pub(crate) mod markdown;
pub(crate) mod page;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod why;
pub(crate) mod words;

use decision::Determination;
use decision::determination::{Condition, Flag, Question};
use decision::outcome::Outcome;

/// How many points a section shows before it says how many more there are.
const SHOWN: usize = 6;

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
    /// What to say about an answer; `about` says what was asked.
    pub(crate) fn of(determination: &Determination<'_>, about: &str) -> Self {
        let (lead, meaning) = words::headline(determination);
        let mut sections = vec![
            Section { title: "Why", points: why::points(determination) },
            legs(determination),
            questions(determination),
            Section { title: "Red flags", points: points(&flags(determination), flag) },
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
            about: about.to_owned(),
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
            it if it.is_permissive() => Mark::Opens,
            Outcome::NeedsReview => Mark::Open,
            _ => Mark::Closes,
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
    Section { title, points: points(&determination.questions, question) }
}

fn question(question: &Question) -> Point {
    let detail = match question.fact.as_str() {
        "law" | "" => clean(&question.why),
        fact => format!("{} ({fact})", words::clause(&question.why)),
    };
    Point::new(Mark::Open, &question.ask, &question.citation).detail(Some(detail))
}

fn flags<'a>(determination: &'a Determination<'_>) -> Vec<&'a Flag<'a>> {
    determination.flags.iter().filter(|it| !it.resolved).collect()
}

fn flag(flag: &&Flag<'_>) -> Point {
    let name = flag.flag.replace('-', " ");
    let (mark, perhaps) =
        if flag.truth.is_true() { (Mark::Closes, "") } else { (Mark::Open, "perhaps ") };
    let detail = (!flag.subject.is_empty()).then(|| flag.subject.clone());
    Point::new(mark, format!("{perhaps}{name}: {}", flag.why), flag.citation).detail(detail)
}

fn condition(condition: &Condition<'_>) -> Point {
    let perhaps = if condition.truth.is_true() { "" } else { "It may apply: " };
    let by = condition.by.map(|it| format!(" By {it}.")).unwrap_or_default();
    Point::new(Mark::Neutral, format!("{perhaps}{}{by}", condition.what), condition.citation)
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
    if !determination.assumptions.is_empty() {
        let list: Vec<String> = determination
            .assumptions
            .iter()
            .map(|it| format!("{} = {} ({})", it.fact, it.value, it.presumption))
            .collect();
        lines.push(format!("Presumed: {}. Use --strict to be asked instead.", list.join(", ")));
    }
    let stamp = &determination.rulebook;
    let as_of = stamp.as_of.map(|it| format!(", verified through {it}")).unwrap_or_default();
    let digest: String = stamp.digest.chars().take(12).collect();
    lines.push(format!(
        "Law of {}, rulebook {}{as_of} ({digest}). Not legal advice.",
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

fn clean(text: &str) -> String {
    words::clause(text).to_owned()
}

#[cfg(test)]
mod tests;
