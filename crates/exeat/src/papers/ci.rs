//! What a pipeline prints of a release: what changed, what is missing, what it means for sales.

use super::markets;
use crate::cli::Exit;
use crate::json::{Layout, Writer};
use crate::report::page::{DIM, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use decision::Engine;
use decision::release::impact::Impact;
use decision::release::review::{According, Aged, Entry};
use decision::release::{ComponentReview, Finding, Release, Review};

/// The exit code of a review: that of the gravest finding.
pub(crate) fn exit(review: &Review<'_>) -> Exit {
    let findings = review.components.iter().flat_map(|it| &it.findings);
    let exits = findings.map(of).chain((!review.gone.is_empty()).then_some(Exit::Changed));
    exits.max_by_key(|it| grave(*it)).unwrap_or(Exit::Fine)
}

fn of(finding: &Finding<'_>) -> Exit {
    match finding {
        Finding::Changed { .. } => Exit::Changed,
        Finding::LawMoved { .. } => Exit::LawMoved,
        Finding::Missing { .. } | Finding::Contradicted(_) => Exit::AnswerMissing,
        Finding::Older { .. } => Exit::AnswerOld,
        Finding::Unsettled => Exit::NeedsReview,
    }
}

fn grave(exit: Exit) -> u8 {
    match exit {
        Exit::Changed => 5,
        Exit::LawMoved => 4,
        Exit::AnswerMissing => 3,
        Exit::AnswerOld => 2,
        Exit::NeedsReview => 1,
        Exit::Fine | Exit::Failed | Exit::LicenseRequired | Exit::Prohibited => 0,
    }
}

/// What the markets of each component come to.
pub(crate) fn impacts<'a>(
    engine: &Engine,
    release: &'a Release,
    review: &Review<'_>,
) -> Vec<Vec<Impact<'a>>> {
    let of = |it: &ComponentReview<'_>| {
        let now = Entry::of(&it.now);
        engine.impact(release, it.component, &now, it.before.as_ref(), review.on)
    };
    review.components.iter().map(of).collect()
}

/// The review for a person, who reads it in a log.
pub(crate) fn text(
    release: &Release,
    review: &Review<'_>,
    impacts: &[Vec<Impact<'_>>],
    width: usize,
) -> String {
    let mut page = Page::new(width);
    let nothing = exit(review) == Exit::Fine;
    let lead = if nothing { "Nothing to do." } else { "This release needs attention." };
    let style = if nothing { STRONG } else { YELLOW.bold() };
    let about = format!("{} {}, law of {}.", release.product, release.version, review.on);
    page.paragraph(&styled(PLAIN, ""), &[styled(style, lead), styled(PLAIN, about)]);
    for (component, impacts) in review.components.iter().zip(impacts) {
        page.gap();
        let name = component.component.name();
        let now = Entry::of(&component.now).to_string();
        page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, format!("{name}: {now}"))]);
        for finding in &component.findings {
            let (sign, words, detail) = sentence(finding, &now);
            let mark = if matches!(of(finding), Exit::Changed | Exit::LawMoved) {
                styled(RED, format!("  {sign} "))
            } else {
                styled(YELLOW, format!("  {sign} "))
            };
            page.paragraph(&mark, &[styled(PLAIN, words), whole(DIM, detail)]);
        }
        if component.findings.iter().any(|it| matches!(it, Finding::Unsettled)) {
            for note in &component.now.notes {
                page.paragraph(&styled(DIM, "  • "), &[styled(DIM, note)]);
            }
        }
        if component.older_but_idle > 0 {
            let count = component.older_but_idle;
            let words = format!("{count} older answers could be left out: they change nothing.");
            page.paragraph(&styled(DIM, "  • "), &[styled(DIM, words)]);
        }
        for line in markets::lines(impacts) {
            page.paragraph(&styled(PLAIN, "  • "), &[styled(PLAIN, line.trim_start())]);
        }
    }
    for id in &review.gone {
        page.gap();
        let words = format!("The component {id} of the release before is gone.");
        page.paragraph(&styled(RED, "✗ "), &[styled(PLAIN, words)]);
    }
    if impacts.iter().any(|it| !it.is_empty()) {
        page.gap();
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, "Assumed of every destination:")]);
        let all: Vec<Impact<'_>> = impacts.iter().flatten().cloned().collect();
        for line in markets::assumed(&all) {
            page.paragraph(&styled(DIM, "  • "), &[styled(DIM, line)]);
        }
    }
    page.finish()
}

/// The sign, the words and the name of the fact.
fn sentence(finding: &Finding<'_>, now: &str) -> (&'static str, String, String) {
    match finding {
        Finding::Changed { from, according_to } => {
            let by = match according_to {
                According::Against => "in the release before",
                According::Record => "by the record in the file",
            };
            ("✗", format!("The classification changed: {from} {by}, {now} now."), String::new())
        }
        Finding::LawMoved { then, from } => (
            "✗",
            format!("The law moved: these answers led to {from} on {then}, and lead to {now} now."),
            String::new(),
        ),
        Finding::Missing { question, ask, suggested } => {
            let likely = suggested.map(|it| format!(" A capability suggests {it}."));
            ("?", format!("{ask}{}", likely.unwrap_or_default()), format!("[{question}]"))
        }
        Finding::Contradicted(it) => (
            "?",
            format!(
                "{} answered {} on {}, and the capability {} says {}. Correct one of them.",
                it.given.by,
                super::answer(&it.given.value),
                it.given.on,
                it.capability,
                it.establishes
            ),
            format!("[{}]", it.given.question),
        ),
        Finding::Older { question, on, because } => {
            let why = match because {
                Aged::Changed(day) => format!("what it is about changed on {day}"),
                Aged::Capability(id) => format!("the capability {id} came or went since"),
            };
            ("?", format!("The answer of {on} is too old: {why}."), format!("[{question}]"))
        }
        Finding::Unsettled => (
            "?",
            "Every question is answered, and the text does not settle it: a person must decide, or \
             BIS."
            .to_owned(),
            String::new(),
        ),
    }
}

/// The review for a program.
pub(crate) fn json(
    release: &Release,
    review: &Review<'_>,
    impacts: &[Vec<Impact<'_>>],
    layout: Layout,
    out: &mut Vec<u8>,
) {
    Writer::new(out, layout).object(|json| {
        json.text_of("product", &release.product);
        json.text_of("version", &release.version);
        json.text_of("law_date", &review.on.to_string());
        json.text_of("verdict", verdict(exit(review)));
        let both: Vec<_> = review.components.iter().zip(impacts).collect();
        json.objects_of("components", &both, |json, (component, impacts)| {
            json.text_of("id", &component.component.id);
            json.object_of("now", |json| entry(json, &Entry::of(&component.now)));
            if let Some(before) = &component.before {
                json.object_of("before", |json| entry(json, before));
            }
            json.objects_of("findings", &component.findings, |json, it| {
                json.text_of("finding", verdict(of(it)));
                let now = Entry::of(&component.now).to_string();
                let (_, words, fact) = sentence(it, &now);
                json.text_of("words", &words);
                let fact = fact.trim_matches(['[', ']']);
                json.optional_of("fact", (!fact.is_empty()).then_some(fact));
            });
            json.objects_of("markets", impacts, |json, it| {
                json.text_of("market", &it.market.name);
                json.objects_of("destinations", &it.destinations, |json, it| {
                    json.text_of("country", it.country.code());
                    json.text_of("outcome", it.now.outcome.as_str());
                    json.optional_of("exception", it.now.exception.as_deref());
                    let before = it.before.as_ref();
                    json.optional_of("outcome_before", before.map(|it| it.outcome.as_str()));
                    let exception = before.and_then(|it| it.exception.as_deref());
                    json.optional_of("exception_before", exception);
                });
            });
        });
        json.texts_of("gone", &review.gone);
        let all: Vec<Impact<'_>> = impacts.iter().flatten().cloned().collect();
        let assumed = if all.is_empty() { Vec::new() } else { markets::assumed(&all) };
        json.texts_of("assumed", assumed);
    });
}

fn entry(json: &mut Writer<'_>, it: &Entry) {
    json.text_of("outcome", &it.outcome);
    json.optional_of("eccn", it.eccn.as_deref());
    json.optional_of("eccn_for", it.eccn_for.as_deref());
}

fn verdict(exit: Exit) -> &'static str {
    match exit {
        Exit::Fine => "nothing-to-do",
        Exit::Changed => "classification-changed",
        Exit::LawMoved => "law-moved",
        Exit::AnswerMissing => "answer-missing",
        Exit::AnswerOld => "answer-older-than-version",
        Exit::NeedsReview => "needs-review",
        Exit::Failed | Exit::LicenseRequired | Exit::Prohibited => "failed",
    }
}
