//! The answer as it forms beside the questions.

use super::draft::Draft;
use super::{decided, question};
use crate::interview::forming;
use crate::pages::asking::Asking;
use crate::pages::outcome::badge;
use decision::Determination;
use maud::{Markup, html};

/// How many matches are named before the answer shows them all.
const MATCHES: usize = 3;

/// What the answer would be with what was said so far; `answer` is the address of the draft.
pub(super) fn panel(asking: Asking<'_>, draft: &Draft, answer: Option<&str>) -> Markup {
    let engine = asking.desk.engine();
    let questions = engine.classification_questions();
    let told = decided(asking, draft, |it| told(question::open(draft, it, questions).len(), it));
    html! {
        h2 { "The answer so far" }
        @match told {
            Ok(told) => {
                (told)
                @if let Some(address) = answer {
                    p.screen-only {
                        a href=(format!("{address}/answer")) data-key="a" { "See the whole answer" }
                    }
                }
            }
            Err(failure) => {
                p.soft { "It forms here as you answer." }
                @if let Some(problem) = failure.problems.iter().find(|it| it.path.is_none()) {
                    p { (problem.message) }
                }
            }
        }
    }
}

fn told(open: usize, determination: &Determination<'_>) -> Markup {
    html! {
        p { (badge(determination.outcome, determination.exception)) }
        p { (forming(determination, open)) }
        (matches(determination))
    }
}

/// The entries of lists that names may belong to.
fn matches(determination: &Determination<'_>) -> Markup {
    let names = determination.screened.iter().flat_map(|it| &it.names);
    let found: Vec<_> = names
        .flat_map(|name| name.matches.iter().map(move |it| (name, it)))
        .filter(|(_, it)| it.is_open())
        .collect();
    html! {
        @if !found.is_empty() {
            p { strong { "A name may be on a list:" } }
            ul {
                @for (name, found) in found.iter().take(MATCHES) {
                    li { (name.name) " – " (found.list) " “" (found.listed) "”" }
                }
                @if found.len() > MATCHES { li { "and " (found.len() - MATCHES) " more" } }
            }
        }
    }
}
