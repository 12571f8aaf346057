//! Many transactions as a table: the first row holds the paths of fields, each other row is one
//! transaction.
//!
//! A cell counts as it is written: nothing is completed, guessed or left out. What cannot be read
//! is wrong in its row, and the other rows are read. A blank cell, and the `None` that programs write
//! for it, says nothing; `none` and `[]` say that there is none.

use super::draft::Draft;
use super::field_path;
use super::question::wanted;
use crate::api::failure::Problem;
use crate::interview::form::Form;
use crate::interview::wanted::Wanted;
use serde_json::{Value, json};

/// A row: its number in the file, and the draft or what is wrong.
pub(crate) type Row = (u64, Result<Draft, Vec<Problem>>);

/// The transactions of a table.
///
/// # Errors
///
/// Where its header cannot be read, or names a field twice.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, Vec<Problem>> {
    let mut reader = reader(text);
    let wrong = |it: csv::Error| vec![Problem::new(it.to_string())];
    let header = reader.headers().map_err(wrong)?.clone();
    let paths: Vec<&str> = header.iter().map(str::trim).collect();
    let twice: Vec<Problem> = paths
        .iter()
        .enumerate()
        .filter(|(place, path)| paths.iter().take(*place).any(|it| it == *path))
        .map(|(_, path)| problem(path, "two columns have this name; leave one out"))
        .collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let mut rows = Vec::new();
    for (number, record) in (2..).zip(reader.records()) {
        let read = record.map_err(wrong).and_then(|it| row(&paths, &it));
        rows.push((number, read));
    }
    Ok(rows)
}

/// Whether a column of a table names a field.
pub(crate) fn names_a_field(text: &str) -> bool {
    let header = reader(text).headers().cloned().unwrap_or_default();
    header.iter().any(|it| wanted(it.trim()).is_some())
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let often = |it: &u8| first.bytes().filter(|byte| byte == it).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(often).unwrap_or(b',');
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

fn row(paths: &[&str], record: &csv::StringRecord) -> Result<Draft, Vec<Problem>> {
    if record.len() > paths.len() {
        let message = format!(
            "the row has {} cells and the header {}: a cell with the separator in it needs \
             quotation marks",
            record.len(),
            paths.len()
        );
        return Err(vec![Problem::new(message)]);
    }
    let mut form = Form::empty();
    let mut problems = Vec::new();
    for (path, text) in paths.iter().zip(record) {
        let said = match (field_path(path), wanted(path)) {
            (Some(field), Some(wanted)) => said(text.trim(), &wanted).map(|it| (field, it)),
            (None, _) | (_, None) => Err("there is no such field".to_owned()),
        };
        match said {
            Ok((_, None)) => {}
            Ok((field, Some(_))) if form.at(&field).is_some() => {
                problems.push(problem(path, "is given twice in this row"));
            }
            Ok((field, Some(value))) => {
                if !form.set_as_written(&field, value) {
                    problems.push(problem(path, "cannot be filled in here"));
                }
            }
            Err(wrong) => problems.push(problem(path, wrong)),
        }
    }
    let draft = Draft::of(form);
    if problems.is_empty() {
        problems = draft.transaction().err().map(|it| it.problems).unwrap_or_default();
    }
    if problems.is_empty() { Ok(draft) } else { Err(problems) }
}

/// What a cell says; `None` where it says nothing.
fn said(cell: &str, wanted: &Wanted) -> Result<Option<Value>, String> {
    let lists = wanted.is_list();
    match cell {
        "" | "None" => Ok(None),
        "none" | "[]" | super::said::NONE if lists => Ok(Some(json!([]))),
        other if lists && other.eq_ignore_ascii_case("none") => {
            Err(format!("`{other}`: write none or [] where there is none, and nothing if unknown"))
        }
        other => wanted.understand_cell(other).map(Some),
    }
}

fn problem(path: &str, message: impl Into<String>) -> Problem {
    Problem { path: Some(path.to_owned()), ..Problem::new(message) }
}

#[cfg(test)]
mod tests;
