//! Papers about a release: what a pipeline prints, what counsel signs, what agencies receive.
//!
//! They say again what was decided elsewhere, in the form that their readers need.

pub(crate) mod annual_report;
pub(crate) mod application;
pub(crate) mod ci;
pub(crate) mod markets;
pub(crate) mod memo;
pub(crate) mod notice;

use decision::release::{Basis, Evidence};
use decision::transaction::values::Answer;

/// An answer as a person says it.
pub(crate) fn answer(answer: &Answer) -> &str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Value(value) => value,
    }
}

/// What an answer rests on, in words.
pub(crate) fn basis(basis: &Basis<'_>) -> String {
    match basis {
        Basis::Given(given) => {
            let source = given.source.iter().flat_map(Evidence::named);
            let source: Vec<String> = source.map(|(kind, it)| format!("{kind} {it}")).collect();
            let version = given.version.as_ref().map(|it| format!(", version {it}"));
            let source = if source.is_empty() { "no source".to_owned() } else { source.join(", ") };
            format!("{}, {}{}; {source}", given.by, given.on, version.unwrap_or_default())
        }
        Basis::Established(capability) => format!("capability {capability}"),
        Basis::NoneHeld { by, on } => {
            format!("no such capability in a list that {by} declared complete on {on}")
        }
    }
}
