//! Every case of every page in `cases/`, and every example, on the real rulebook.

use crate::fuzz::rulebook::{engine, root};
use decision::case_page::{self, CasePageEntry};
use decision::transaction::Transaction;
use decision::transaction::read::{Format, InputErrors, read};
use decision::{Options, Outcome};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder with this extension, in order of their names.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder");
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == extension));
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|it| it.to_str()).unwrap_or_default()
}

/// The cases of every page, each with its place.
pub(crate) fn entries() -> Vec<(String, CasePageEntry)> {
    entries_of("cases").into_iter().chain(entries_of("cases/near")).collect()
}

/// The cases of the pages in a folder.
pub(crate) fn entries_of(folder: &str) -> Vec<(String, CasePageEntry)> {
    let mut cases = Vec::new();
    for page in files(folder, "md") {
        let text = fs::read_to_string(&page).expect("the page");
        let name = name(&page);
        let entries = case_page::read(&text).unwrap_or_else(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{folder}/{name}\n{}", errors.join("\n"))
        });
        cases.extend(entries.into_iter().map(|it| (format!("{folder}/{name}:{}", it.line), it)));
    }
    cases
}

/// The transaction of a case.
pub(crate) fn transaction(case: &CasePageEntry) -> Result<Transaction, InputErrors> {
    read(Format::Yaml, case.transaction.as_bytes())
}

/// What is wrong with the answer to a case.
fn problems(case: &CasePageEntry) -> Vec<String> {
    match transaction(case) {
        Ok(transaction) => {
            let lost = case.lists.as_ref();
            let lost = lost.and_then(|it| it.about_nobody(&case.decided, &transaction));
            if let Some(path) = lost {
                return vec![format!("the decision on {path} is about nobody")];
            }
            case.expect.problems(&case.decide(engine(), &transaction, &Options::default()))
        }
        Err(errors) => errors.errors.iter().map(|it| format!("cannot be read: {it}")).collect(),
    }
}

#[test]
fn every_case_is_answered_as_the_page_expects() {
    let entries = entries();
    let mut failed = Vec::new();
    for (place, case) in &entries {
        let problems = problems(case);
        if !problems.is_empty() {
            failed.push(format!("{place}  {}\n    {}", case.title, problems.join("\n    ")));
        }
    }
    let cases = entries.len();
    assert!(failed.is_empty(), "{} of {cases} cases\n{}", failed.len(), failed.join("\n"));
    assert!(cases >= 400, "only {cases} cases were found");
}

#[test]
fn every_example_is_answered_as_its_comment_says() {
    let mut failed = Vec::new();
    let formats = [("yaml", Format::Yaml), ("toml", Format::Toml), ("json", Format::Json)];
    for (extension, format) in formats {
        let examples = files("examples", extension);
        assert!(!examples.is_empty(), "no example in {extension}");
        for path in examples {
            let text = fs::read_to_string(&path).expect("the example");
            let transaction = match read(format, text.as_bytes()) {
                Ok(transaction) => transaction,
                Err(errors) => {
                    failed.push(format!("{}: {errors}", name(&path)));
                    continue;
                }
            };
            let answer = engine().decide(&transaction, &Options::default());
            // JSON has no comments: the example of the same name in YAML says what is expected.
            let twin = fs::read_to_string(path.with_extension("yaml")).unwrap_or(text);
            let Some(expected) = twin.lines().find_map(|it| it.strip_prefix("# Expected: ")) else {
                failed.push(format!("{}: no comment says what is expected", name(&path)));
                continue;
            };
            let got = match (answer.outcome, answer.exception) {
                (Outcome::LicenseException, Some(symbol)) => format!("{} {symbol}", answer.outcome),
                _ => answer.outcome.to_string(),
            };
            if !expected.starts_with(&got) {
                failed.push(format!("{}: expected {expected} got {got}", name(&path)));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
