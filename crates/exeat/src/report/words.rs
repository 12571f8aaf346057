//! Plain words for outcomes, codes and paths.

use super::page::{GREEN, RED, YELLOW};
use anstyle::Style;
use decision::Determination;
use decision::outcome::Outcome;

/// The first sentence, and the one that says what it means.
pub(crate) fn headline(determination: &Determination<'_>) -> (String, String) {
    let conditions = match determination.conditions.len() {
        0 => "",
        1 => ", on the condition below",
        _ => ", on the conditions below",
    };
    match determination.outcome {
        Outcome::NotAnExport => (
            "Not an export.".to_owned(),
            "The EAR see no export, reexport or transfer here, so no license is needed.".to_owned(),
        ),
        Outcome::NotSubject => (
            "Not subject to the EAR.".to_owned(),
            "No license is needed under this regulation.".to_owned(),
        ),
        Outcome::NoLicenseRequired => {
            ("No license required.".to_owned(), format!("This may go{conditions}."))
        }
        Outcome::LicenseException => (
            format!(
                "May go under {}{conditions}.",
                determination
                    .exception
                    .map_or_else(|| exceptions_of_items(determination), authorization)
            ),
            String::new(),
        ),
        Outcome::NeedsReview => undecided(determination),
        Outcome::LicenseRequired => (
            "License required.".to_owned(),
            if determination.settled || !loosens(determination) {
                "This may not leave without a BIS license.".to_owned()
            } else {
                "As far as shown, this may not leave without a BIS license.".to_owned()
            },
        ),
        Outcome::Prohibited => {
            ("Prohibited.".to_owned(), "This may not leave, and no exception helps.".to_owned())
        }
    }
}

/// Whether some answer to what is open would let it go.
fn loosens(determination: &Determination<'_>) -> bool {
    determination.possible.iter().any(|it| *it < Outcome::LicenseRequired)
}

/// Whether no license is needed whatever the open facts are, so that they only tell why.
///
/// The outcome is a review all the same: it names one reason, and here there are several.
pub(crate) fn is_free_either_way(determination: &Determination<'_>) -> bool {
    let flagged = determination.flags.iter().any(|it| !it.resolved && !it.truth.is_false());
    let law = determination.questions.iter().any(|it| it.fact == "law");
    !determination.settled && !flagged && !law && are_free(&determination.possible)
}

/// Whether each of these means that there is nothing to license; none of them means nothing.
pub(crate) fn are_free(possible: &[Outcome]) -> bool {
    let free = |it: &Outcome| matches!(it, Outcome::NotAnExport | Outcome::NotSubject);
    !possible.is_empty() && possible.iter().all(free)
}

/// What is said of a review that is free of a license either way.
pub(crate) const FREE_EITHER_WAY: (&str, &str) = (
    "Free either way.",
    "No license is needed under this regulation, whatever the open facts are: it is no export, or it \
     is not subject to the EAR. They only tell which.",
);

fn undecided(determination: &Determination<'_>) -> (String, String) {
    if is_free_either_way(determination) {
        let (lead, meaning) = FREE_EITHER_WAY;
        return (lead.to_owned(), meaning.to_owned());
    }
    let open = determination.questions.iter().filter(|it| it.fact != "law").count();
    let flags = determination.flags.iter().filter(|it| !it.resolved && it.truth.is_true()).count();
    let law = determination.questions.iter().any(|it| it.fact == "law");
    let rest = match (open, flags, law) {
        (0, 0, true) => "The law itself is unresolved here, and a person must decide.".to_owned(),
        (0, 0, false) => "A person must look at this before it leaves.".to_owned(),
        (0, 1, _) => "A red flag must be resolved first.".to_owned(),
        (0, flags, _) => format!("{flags} red flags must be resolved first."),
        (1, 0, _) => "One fact can still change the answer.".to_owned(),
        (open, 0, _) => format!("{open} facts can still change the answer."),
        (1, 1, _) => "One fact and a red flag are open.".to_owned(),
        (open, 1, _) => format!("{open} facts and a red flag are open."),
        (open, flags, _) => format!("{open} {} and {flags} red flags are open.", facts(open)),
    };
    ("Not yet.".to_owned(), format!("{rest} Until then, it may not leave."))
}

fn facts(count: usize) -> &'static str {
    if count == 1 { "fact" } else { "facts" }
}

fn exceptions_of_items(determination: &Determination<'_>) -> String {
    let mut symbols: Vec<&str> = determination.items.iter().filter_map(|it| it.exception).collect();
    symbols.dedup();
    match symbols.as_slice() {
        [] => "a license exception".to_owned(),
        [one] => authorization(one),
        many => format!("License Exceptions {}", many.join(" and ")),
    }
}

/// What an exception's symbol stands for.
pub(crate) fn authorization(symbol: &str) -> String {
    match symbol {
        "TGL" => "the temporary general license".to_owned(),
        other => format!("License Exception {other}"),
    }
}

/// An outcome in a table or in the middle of a sentence.
pub(crate) fn outcome(outcome: Outcome, exception: Option<&str>) -> String {
    match (outcome, exception) {
        (Outcome::NotAnExport, _) => "not an export".to_owned(),
        (Outcome::NotSubject, _) => "not subject to the EAR".to_owned(),
        (Outcome::NoLicenseRequired, _) => "no license required".to_owned(),
        (Outcome::LicenseException, Some(symbol)) => format!("may go under {symbol}"),
        (Outcome::LicenseException, None) => "may go under an exception".to_owned(),
        (Outcome::NeedsReview, _) => "needs review".to_owned(),
        (Outcome::LicenseRequired, _) => "license required".to_owned(),
        (Outcome::Prohibited, _) => "prohibited".to_owned(),
    }
}

/// The color of an outcome.
pub(crate) fn color(outcome: Outcome) -> Style {
    match outcome {
        Outcome::NotAnExport
        | Outcome::NotSubject
        | Outcome::NoLicenseRequired
        | Outcome::LicenseException => GREEN,
        Outcome::NeedsReview => YELLOW,
        Outcome::LicenseRequired | Outcome::Prohibited => RED,
    }
}

/// A kebab-case code as words: `case-by-case` stays, `policy-of-denial` is read aloud.
pub(crate) fn policy(code: &str) -> String {
    match code {
        "approval" => "The policy is to approve".to_owned(),
        "general-approval" => "The policy is to approve in general".to_owned(),
        "presumption-of-approval" => "There is a presumption of approval".to_owned(),
        "case-by-case" => "It would be reviewed case by case".to_owned(),
        "presumption-of-denial" => "There is a presumption of denial".to_owned(),
        "policy-of-denial" => "There is a policy of denial".to_owned(),
        "general-denial" => "The policy is to deny in general".to_owned(),
        other => format!("It would be reviewed under: {}", other.replace('-', " ")),
    }
}

/// A list of words as a person says it.
pub(crate) fn and(words: &[impl AsRef<str>]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A sentence without its full stop, so that more can follow.
pub(crate) fn clause(sentence: &str) -> &str {
    sentence.trim().trim_end_matches('.')
}

/// The words as they stand within a sentence: without the capital letter in front, unless more of
/// the first word is in capitals (`US origin`, `ECCN`).
pub(crate) fn within(words: &str) -> String {
    let mut characters = words.chars();
    match (characters.next(), words.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        (Some(_) | None, _) => words.to_owned(),
    }
}

/// The words with a capital letter in front.
pub(crate) fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
