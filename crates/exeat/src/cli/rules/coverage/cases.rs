//! Cases from files: transactions, JSON lines, case pages.

use crate::api::failure::{Failure, Problem};
use crate::input::{Document, Format, Input, Source};
use crate::transactions;
use crate::trouble::Trouble;
use decision::case_page;
use decision::transaction::Transaction;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A case, or what is wrong with it.
type Case = Result<Transaction, String>;

/// The cases in a file, in order.
///
/// # Errors
///
/// Where the file cannot be read. What is wrong with a case stands in its place.
pub(super) fn read(path: &Path) -> Result<Vec<Case>, Trouble> {
    let name = path.display().to_string();
    if path.extension().is_some_and(|it| it == "md") {
        let text = std::fs::read_to_string(path).map_err(|error| Trouble::reading(path, &error))?;
        return Ok(page(&name, &text));
    }
    match Source::named(path).open(None, false)? {
        Input::One(document) => {
            Ok(vec![transactions::read(&document).map_err(|it| it.for_a_person(&name))])
        }
        Input::Table(_) => Err(Trouble::new(format!("{name} is a table, and no cases"))),
        Input::Lines(reader) => {
            let mut cases = Vec::new();
            for (number, line) in (1..).zip(BufReader::new(reader).split(b'\n')) {
                let line = line.map_err(|error| Trouble::reading(path, &error))?;
                match self::line(line.trim_ascii()) {
                    Ok(None) => {}
                    Ok(Some(transaction)) => cases.push(Ok(transaction)),
                    Err(failure) => cases.push(Err(failure.in_line(number).for_a_person(&name))),
                }
            }
            Ok(cases)
        }
    }
}

fn page(name: &str, text: &str) -> Vec<Case> {
    match case_page::read(text) {
        Ok(entries) => entries
            .into_iter()
            .map(|entry| {
                let place = format!("{name}:{}", entry.line);
                let bytes = entry.transaction.clone().into_bytes();
                let document = Document { name: place.clone(), format: Format::Yaml, bytes };
                let transaction = transactions::read(&document);
                let transaction = transaction.map(|it| entry.adjudicated(it));
                transaction.map_err(|it| it.for_a_person(&place))
            })
            .collect(),
        Err(errors) => errors.iter().map(|it| Err(format!("error: {name}: {it}"))).collect(),
    }
}

/// A transaction, or the one in a case; nothing in an empty line, or in a case without one.
fn line(line: &[u8]) -> Result<Option<Transaction>, Failure> {
    if line.is_empty() {
        return Ok(None);
    }
    let value: serde_json::Value = serde_json::from_slice(line)
        .map_err(|error| Failure::from(Problem::new(format!("this is not JSON: {error}"))))?;
    let is_case = value.get("kind").is_some() && value.get("date").is_none();
    match (value.get("transaction"), is_case) {
        (Some(inner), _) => transactions::read_line(inner.to_string().as_bytes()).map(Some),
        (None, true) => Ok(None),
        (None, false) => transactions::read_line(line).map(Some),
    }
}
