//! Every page about a kind of tool in `cases/tools/`, and every product of `cases/near/`, on the
//! real rulebook.

use crate::fuzz::rulebook::{engine, root};
use decision::case_page::{ProductCase, read_products};
use decision::classification::{self, Product};
use decision::transaction::read::Format;
use decision::{Options, Trace};
use std::collections::BTreeSet;
use std::fs;

/// The cases of every page, each with its place.
fn cases() -> Vec<(String, ProductCase)> {
    let folders = ["cases/tools", "cases/near"];
    let mut pages: Vec<_> = folders
        .iter()
        .flat_map(|it| fs::read_dir(root().join(it)).expect("the folder"))
        .map(|it| it.expect("an entry").path())
        .filter(|it| it.extension().is_some_and(|it| it == "md"))
        .collect();
    pages.sort();
    let mut cases = Vec::new();
    for page in pages {
        let name = page.strip_prefix(root()).unwrap_or(&page).display().to_string();
        let text = fs::read_to_string(&page).expect("the page");
        let read = read_products(&text).unwrap_or_else(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{name}\n{}", errors.join("\n"))
        });
        cases.extend(read.into_iter().map(|it| (format!("{name}:{}", it.line), it)));
    }
    cases
}

fn product(case: &ProductCase) -> Product {
    let questions = engine().classification_questions();
    classification::read(Format::Yaml, case.product.as_bytes(), questions)
        .unwrap_or_else(|errors| panic!("{}: {errors}", case.title))
}

#[test]
fn every_kind_of_tool_is_classified_as_its_page_expects() {
    let cases = cases();
    let mut failed = Vec::new();
    for (place, case) in &cases {
        let answer = engine().classify(&product(case), &Options::default());
        let problems = case.expect.problems(&answer);
        if !problems.is_empty() {
            failed.push(format!("{place}  {}\n    {}", case.title, problems.join("\n    ")));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases\n{}", failed.len(), cases.len(), failed.join("\n"));
    let pages: BTreeSet<&str> =
        cases.iter().filter_map(|it| it.0.split_once(".md").map(|it| it.0)).collect();
    assert!(pages.len() >= 25, "only {} kinds of tools", pages.len());
}

#[test]
fn leaving_answers_out_never_makes_a_tool_freer_than_its_page_says() {
    // Asked instead of taken for no: whatever is still open, the answer is not permissive unless
    // it is certain.
    for (place, case) in cases() {
        let mut asked = product(&case);
        asked.unanswered = None;
        let options = Options { trace: Trace::None, ..Options::default() };
        let answer = engine().classify(&asked, &options);
        if answer.outcome < decision::classification::ClassificationOutcome::NeedsReview {
            assert!(answer.settled, "{place}: {} without being settled", answer.outcome);
        }
    }
}
