//! The one paragraph that decides: what a table of many answers names for each of them.
//!
//! Nothing is worked out again; the trace already says what holds. Whoever wants more than one
//! paragraph reads the whole answer.

use crate::determination::{Because, Determination, ExceptionFinding, ItemFinding, Question};
use crate::outcome::Outcome;
use law::Truth;

/// The paragraph that decides an answer.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Deciding {
    /// The paragraph; empty where no single one does.
    pub citation: String,
    /// What it says, or what must be found out first.
    pub text: String,
}

impl Deciding {
    fn new(citation: &str, text: &str) -> Self {
        Self { citation: citation.to_owned(), text: text.to_owned() }
    }

    fn of(node: &Because<'_>) -> Self {
        Self::new(node.citation, node.text)
    }

    /// The paragraph that decides an answer which has a trace: of the strictest leg, the strictest
    /// item.
    ///
    /// Where a license is required that is what closes the exception in question, before what
    /// requires the license; where a fact is missing, it is the best question.
    #[must_use]
    pub fn behind(determination: &Determination<'_>) -> Self {
        let answer = strictest(determination);
        let item = answer.items.iter().find(|it| it.outcome == answer.outcome);
        match answer.outcome {
            Outcome::NotAnExport | Outcome::NotSubject => {
                first(&answer.because, "exclude", Truth::True).map(Self::of)
            }
            Outcome::Prohibited => first(&answer.because, "prohibit", Truth::True).map(Self::of),
            Outcome::NoLicenseRequired => Some(spared(&answer.because).unwrap_or_else(|| {
                Self::new("", "Nothing in the rulebook asks for a license on these facts.")
            })),
            Outcome::LicenseException => item.and_then(authorizes),
            Outcome::LicenseRequired => item.and_then(refuses),
            Outcome::NeedsReview => open(answer),
        }
        .unwrap_or_default()
    }

    /// The question whose words are those of [`Deciding::behind`], where a question decides.
    pub(crate) fn question<'a>(determination: &'a Determination<'_>) -> Option<&'a Question> {
        let answer = strictest(determination);
        answer.questions.first().filter(|_| answer.outcome == Outcome::NeedsReview)
    }
}

/// The leg that is as strict as the whole.
fn strictest<'a, 'law>(determination: &'a Determination<'law>) -> &'a Determination<'law> {
    let leg = determination.legs.iter().find(|it| it.outcome == determination.outcome);
    leg.unwrap_or(determination)
}

/// The first node of an effect that is so, at any depth.
fn first<'a, 'law>(
    nodes: &'a [Because<'law>],
    effect: &str,
    truth: Truth,
) -> Option<&'a Because<'law>> {
    nodes.iter().find_map(|it| {
        let found = it.effect == effect && it.truth == truth;
        if found { Some(it) } else { first(&it.because, effect, truth) }
    })
}

/// The exemption that lifts a requirement, such as a cell of the chart without a mark.
fn spared(nodes: &[Because<'_>]) -> Option<Deciding> {
    nodes.iter().find_map(|it| match it.effect {
        "require license" if it.truth.is_false() => it
            .because
            .iter()
            .find(|it| it.effect == "exempt" && it.truth.is_true())
            .map(Deciding::of),
        _ => spared(&it.because),
    })
}

/// What lets an item go under its exception: the exemption without which a bar would have closed
/// it, or else the paragraph that opens it.
fn authorizes(item: &ItemFinding<'_>) -> Option<Deciding> {
    let exception = item.exceptions.iter().find(|it| Some(it.symbol) == item.exception)?;
    let bars = exception.because.iter().filter(|it| it.effect == "bar" && it.truth.is_false());
    let narrow = bars
        .filter(|bar| bar.because.iter().all(|it| it.effect == "exempt" || !it.truth.is_false()))
        .find_map(|bar| first(&bar.because, "exempt", Truth::True));
    narrow.or_else(|| own(exception, "allow")).map(Deciding::of)
}

/// What keeps the first exception that opens from covering an item, or else the first requirement.
fn refuses(item: &ItemFinding<'_>) -> Option<Deciding> {
    let opened = |it: &&ExceptionFinding<'_>| first(&it.because, "allow", Truth::True).is_some();
    let closed = item.exceptions.iter().filter(opened).find_map(|exception| {
        let beyond = exception.not_overcome.first().and_then(|reason| {
            let partly = exception.not_overcome.len() < reasons(item);
            item.requirements.iter().find(|it| partly && it.reason == *reason)
        });
        let beyond = beyond.map(|it| Deciding::new(it.citation, it.says));
        beyond.or_else(|| own(exception, "bar").map(Deciding::of))
    });
    closed.or_else(|| item.requirements.first().map(|it| Deciding::new(it.citation, it.says)))
}

fn reasons(item: &ItemFinding<'_>) -> usize {
    let mut reasons: Vec<&str> = item.requirements.iter().map(|it| it.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons.len()
}

/// The first node of an effect that is true, one that speaks of the exception itself before those
/// that speak of all.
fn own<'a, 'law>(exception: &'a ExceptionFinding<'law>, effect: &str) -> Option<&'a Because<'law>> {
    let mut found: Vec<_> =
        exception.because.iter().filter(|it| it.effect == effect && it.truth.is_true()).collect();
    found.sort_by_key(|it| !exception.is_spoken_of(it));
    found.first().copied()
}

/// What is open: the best question, or else a red flag, or else the law itself.
fn open(answer: &Determination<'_>) -> Option<Deciding> {
    let question = answer.questions.first().map(|it| Deciding::new(&it.citation, &it.ask));
    let flag = || answer.flags.iter().find(|it| !it.resolved);
    let flag = || flag().map(|it| Deciding::new(it.citation, it.why));
    question.or_else(flag).or_else(|| answer.notes.first().map(|it| Deciding::new("", it)))
}
