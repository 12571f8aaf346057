//! Every page about a kind of tool in `cases/tools/`, and every product of `cases/near/`, on the
//! real rulebook.

use crate::fuzz::rulebook::{engine, root};
use decision::case_page::{ProductCase, read_products};
use decision::classification::{self, ClassificationOutcome, Product};
use decision::transaction::Item;
use decision::transaction::read::{Format, read};
use decision::transaction::values::Answer;
use decision::{Options, Outcome, Trace, Transaction};
use std::collections::{BTreeMap, BTreeSet};
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

/// A product with every question answered that was left out and counts as no.
fn spelled_out(mut product: Product) -> Product {
    let left_out = product.unanswered == Some(classification::Unanswered::No);
    let answers = product.answers.get_or_insert_default();
    for question in engine().classification_questions() {
        let free = ["published", "fundamental-research", "in-published-patent"];
        let is_no = left_out && question.values.is_empty() || free.contains(&question.id.as_str());
        if is_no {
            answers.entry(question.id.clone()).or_insert(Some(Answer::No));
        }
    }
    product.unanswered = None;
    product
}

/// A sale of that product to a private firm in Germany.
fn sale(product: &Product, answers: BTreeMap<String, Answer>) -> Transaction {
    let sale = format!(
        "date: {}\nactivity: export\nfrom: US\ndestination: DE\n\
         parties: [{{role: end-user, country: DE, sector: private-other, \
         state_owned_percent: 0, us_subsidiary: false, lists: [], owners: []}}]\n\
         end_use: {{purposes: [internal-business-use], knows: []}}\nnotices: []\nred_flags: []\n",
        product.date
    );
    let sale = read(Format::Yaml, sale.as_bytes()).expect("a sale");
    let item = Item { form: product.form, answers: Some(answers), ..Item::default() };
    Transaction { items: Some(vec![item]), ..sale }
}

#[test]
fn a_check_of_an_items_answers_says_what_their_classification_says() {
    let (mut seen, mut failed) = (BTreeSet::new(), Vec::new());
    for (place, case) in cases() {
        let product = spelled_out(product(&case));
        let told = product.answers.clone().unwrap_or_default();
        let answers: BTreeMap<String, Answer> =
            told.iter().filter_map(|it| Some((it.0.clone(), it.1.clone()?))).collect();
        // What is known not to be known cannot be told of an item.
        if answers.is_empty() || answers.len() < told.len() {
            continue;
        }
        let options = Options { trace: Trace::Lean, ..Options::default() };
        let found = engine().classify(&product, &options);
        let check = engine().decide(&sale(&product, answers), &options);
        let eccn = check.items.first().and_then(|it| it.eccn.clone());
        let asked = |id: &str| {
            let form = id == "form" && check.questions.iter().any(|it| it.fact == "items[0].form");
            form || check.questions.iter().any(|it| it.fact == format!("items[0].answers.{id}"))
        };
        let same = match found.outcome {
            ClassificationOutcome::Classified => eccn.as_deref() == found.eccn,
            ClassificationOutcome::NotSubject => check.outcome == Outcome::NotSubject,
            ClassificationOutcome::OtherAgency => {
                check.referrals.iter().any(|it| it.agency == "State") && !check.settled
            }
            ClassificationOutcome::NotControlledHere => {
                !check.outcome.is_permissive() || eccn.is_none()
            }
            // A service by itself is no item, whatever else is open of it.
            ClassificationOutcome::NeedsReview => {
                let open = found.questions.iter().all(|it| asked(it.fact));
                open && check.outcome == Outcome::NeedsReview
                    || check.outcome == Outcome::NotSubject
                        && product.form == Some(decision::transaction::item::Form::Service)
            }
        };
        if !same {
            failed.push(format!(
                "{place} {}: {} {:?}, and {} {eccn:?} in a check: {:?}",
                case.title, found.outcome, found.eccn, check.outcome, check.notes
            ));
        }
        seen.insert(found.outcome);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert_eq!(seen.len(), 5, "every outcome is compared: {seen:?}");
}
