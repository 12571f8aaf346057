//! A classification for a person: the entry, why, what it means, what nearly happened, what is
//! open. It fits on a screen like every other answer.

use super::page::{GREEN, PLAIN, RED, YELLOW};
use super::words::{and, clause, sentence};
use super::{Mark, Point, Report, Section, stamped};
use anstyle::Style;
use decision::classification::{
    Classification, ClassificationOutcome, ClassificationQuestion, Described, NearMiss, Product,
};
use decision::determination::Because;
use law::Truth;
use std::collections::BTreeSet;

/// How many points of each section are shown.
const SHOWN: usize = 4;

/// What to say about a classification.
pub(crate) fn report(classification: &Classification<'_>, product: &Product) -> Report {
    let (lead, meaning) = headline(classification);
    let mut sections = vec![
        Section::new("Why", why(classification), 6),
        Section::new("What it means", consequences(classification), SHOWN),
        Section::new(questions_title(classification), questions(classification), SHOWN),
        Section::new("Not described", excluded(classification), SHOWN),
        Section::new("Near misses", near(classification), 3),
        super::referrals(&classification.referrals),
        Section::new("What to do", duties(classification), SHOWN),
        Section::new("Taken for granted", granted(classification), 3),
        Section::new("About the law", notes(classification), SHOWN),
    ];
    sections.retain(|it| !it.points.is_empty());
    for section in &mut sections {
        section.asks = Some("exeat classify --ask FILE");
    }
    Report {
        color: color(classification.outcome),
        lead,
        meaning,
        about: about(product),
        sections,
        presumed: Vec::new(),
        named: 0,
        stamp: stamped(&classification.rulebook, classification.law_date),
    }
}

/// The color of an outcome.
pub(crate) fn color(outcome: ClassificationOutcome) -> Style {
    match outcome {
        ClassificationOutcome::NotSubject | ClassificationOutcome::NotControlledHere => GREEN,
        ClassificationOutcome::Classified => PLAIN,
        ClassificationOutcome::NeedsReview => YELLOW,
        ClassificationOutcome::OtherAgency => RED,
    }
}

/// An outcome in a few words.
pub(crate) fn outcome(classification: &Classification<'_>) -> String {
    match classification.outcome {
        ClassificationOutcome::Classified => entry(classification),
        ClassificationOutcome::NotSubject => "not subject to the EAR".to_owned(),
        ClassificationOutcome::NotControlledHere => {
            "none of the entries asked about; look at the 99x entries and EAR99".to_owned()
        }
        ClassificationOutcome::NeedsReview => "not settled".to_owned(),
        ClassificationOutcome::OtherAgency => "another agency's law comes first".to_owned(),
    }
}

/// The entry with what it is for: `5D001.c for 5A001.j`.
pub(crate) fn entry(classification: &Classification<'_>) -> String {
    named(classification.eccn.unwrap_or_default(), &classification.eccn_for)
}

/// An entry with what it is for.
pub(crate) fn described(it: &Described<'_>) -> String {
    named(it.eccn, &it.eccn_for)
}

fn named(eccn: &str, parents: &[&str]) -> String {
    match parents {
        [] => eccn.to_owned(),
        parents => format!("{eccn} for {}", parents.join(" or ")),
    }
}

fn headline(it: &Classification<'_>) -> (String, String) {
    let open = it.questions.len();
    match it.outcome {
        ClassificationOutcome::Classified => {
            let settled = "Settled: nothing that is still open can change it.";
            (format!("{}.", entry(it)), settled.to_owned())
        }
        ClassificationOutcome::NotControlledHere => (
            "None of these entries.".to_owned(),
            "The entries for intrusion, surveillance and encryption tools do not describe it. \
             Others may: look at the 99x entries, then EAR99."
                .to_owned(),
        ),
        ClassificationOutcome::NotSubject => (
            "Not subject to the EAR.".to_owned(),
            "As long as what was answered stays true.".to_owned(),
        ),
        ClassificationOutcome::OtherAgency => (
            "Another agency's law comes first.".to_owned(),
            "Ask State for a commodity jurisdiction determination before anything else.".to_owned(),
        ),
        ClassificationOutcome::NeedsReview => {
            let candidates: Vec<String> = it.candidates.iter().map(described).collect();
            let entries: BTreeSet<&str> = it.candidates.iter().map(|it| it.eccn).collect();
            let possible = match entries.len() {
                0 => String::new(),
                1..=5 => format!(" Still possible: {}.", and(&candidates)),
                more => format!(" {more} entries are still possible."),
            };
            let rest = match open {
                0 => "A person must look at this.".to_owned(),
                1 => "One question can still change the answer.".to_owned(),
                open => format!("{open} questions can still change the answer."),
            };
            ("Not settled.".to_owned(), format!("{rest}{possible}"))
        }
    }
}

fn about(product: &Product) -> String {
    let name = product.name.as_deref().or(product.description.as_deref());
    let form = product.form.map(|it| it.as_str().replace('-', " "));
    match (name.map(|it| it.trim_end_matches('.')), form) {
        (Some(name), Some(form)) => format!("{name} ({form})"),
        (Some(name), None) => name.to_owned(),
        (None, Some(form)) => format!("something without a name ({form})"),
        (None, None) => String::new(),
    }
}

/// What decides: what holds, then what is not known.
fn why(classification: &Classification<'_>) -> Vec<Point> {
    let of = |truth: Truth| classification.because.iter().filter(move |it| it.truth == truth);
    let holds = of(Truth::True).map(|it| because(it, Mark::Neutral));
    let open = of(Truth::Unknown)
        .filter(|_| classification.outcome == ClassificationOutcome::NeedsReview)
        .flat_map(|it| std::iter::once(it).chain(doubts(it)))
        .map(|it| because(it, Mark::Open));
    holds.chain(open).collect()
}

/// The exemptions below a node of which the text, and no missing answer, leaves open whether they
/// hold.
fn doubts<'a, 'law>(node: &'a Because<'law>) -> Vec<&'a Because<'law>> {
    let mut all = Vec::new();
    for below in node.because.iter().filter(|it| it.truth == Truth::Unknown) {
        let answered = below.facts.iter().all(|it| !it.ends_with("= unknown"));
        let certain = below.because.iter().all(|it| it.truth != Truth::Unknown);
        if below.effect == "exempt" && answered && certain {
            all.push(below);
        } else {
            all.extend(doubts(below));
        }
    }
    all
}

fn because(node: &Because<'_>, mark: Mark) -> Point {
    let mark = match (node.effect, mark) {
        (_, Mark::Open) => Mark::Open,
        ("exclude" | "exempt", _) => Mark::Opens,
        ("prefer", _) => Mark::Neutral,
        _ => mark,
    };
    let said: Vec<&str> =
        answers(node).into_iter().filter(|it| !it.ends_with("= unknown")).collect();
    let detail = (!said.is_empty()).then(|| said.join("; "));
    Point::new(mark, node.text, node.citation).detail(detail)
}

/// The answers that a node rests on, its own first.
fn answers<'a>(node: &'a Because<'_>) -> Vec<&'a str> {
    let mut all: Vec<&str> = node.facts.iter().map(String::as_str).collect();
    for below in node.because.iter().filter(|it| it.truth == node.truth) {
        for answer in answers(below) {
            if !all.contains(&answer) {
                all.push(answer);
            }
        }
    }
    all
}

fn consequences(it: &Classification<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    if !it.reasons_for_control.is_empty() {
        let reasons = it.reasons_for_control.join(", ");
        points.push(Point::new(
            Mark::Neutral,
            format!("Controlled for {reasons}; `exeat check` says where that needs a license."),
            "",
        ));
    }
    if !it.exceptions.is_empty() {
        let printed = it.exceptions.join("; ");
        let of = it.eccn.filter(|_| !it.also_described.is_empty());
        let of = of.map(|eccn| format!(" of {eccn}")).unwrap_or_default();
        points.push(Point::new(Mark::Neutral, format!("Exceptions{of}: {printed}."), ""));
    }
    if it.outcome == ClassificationOutcome::Classified && !it.also_described.is_empty() {
        let others: Vec<String> = it.also_described.iter().map(described).collect();
        let text = format!(
            "It meets the words of {} too. Unless a note puts one entry first, the reasons of each \
             count.",
            and(&others)
        );
        points.push(Point::new(Mark::Neutral, text, ""));
    }
    points
}

fn questions_title(it: &Classification<'_>) -> &'static str {
    if it.settled { "Could still be asked" } else { "Still needed" }
}

fn questions(it: &Classification<'_>) -> Vec<Point> {
    it.questions.iter().map(question).collect()
}

fn question(question: &ClassificationQuestion<'_>) -> Point {
    let why = clause(&question.why);
    Point::new(Mark::Open, question.ask, question.citation)
        .detail(Some(format!("{}: {why}", question.fact)))
}

/// What takes it out of entries; one point for each paragraph, with the entries together.
fn excluded(it: &Classification<'_>) -> Vec<Point> {
    let mut grouped: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for excluded in &it.excluded {
        let same = |(citation, text, _): &(&str, &str, Vec<&str>)| {
            (*citation, *text) == (excluded.citation, excluded.text)
        };
        match grouped.iter_mut().find(|it| same(it)) {
            Some((.., entries)) if entries.contains(&excluded.eccn) => {}
            Some((.., entries)) => entries.push(excluded.eccn),
            None => grouped.push((excluded.citation, excluded.text, vec![excluded.eccn])),
        }
    }
    let point = |(citation, text, entries): (&str, &str, Vec<&str>)| {
        Point::new(Mark::Opens, format!("Not {}: {text}", entries.join(", ")), citation)
    };
    grouped.into_iter().map(point).collect()
}

fn near(it: &Classification<'_>) -> Vec<Point> {
    it.near_misses.iter().map(near_miss).collect()
}

fn near_miss(miss: &NearMiss<'_>) -> Point {
    Point::new(Mark::Neutral, format!("{}.", sentence(&miss.words)), miss.citation)
}

fn duties(it: &Classification<'_>) -> Vec<Point> {
    let duty = |it: &decision::determination::Condition<'_>| {
        let by = it.by.map(|it| format!("due: {it}"));
        Point::new(Mark::Neutral, it.what, it.citation).detail(by)
    };
    it.conditions.iter().map(duty).collect()
}

fn granted(it: &Classification<'_>) -> Vec<Point> {
    let granted = |it: &decision::classification::AssumedAnswer<'_>| {
        Point::new(Mark::Neutral, format!("{} = {}: {}", it.fact, it.answer, it.why), "")
    };
    it.assumptions.iter().map(granted).collect()
}

fn notes(it: &Classification<'_>) -> Vec<Point> {
    it.notes.iter().map(|it| Point::new(Mark::Neutral, it, "")).collect()
}
