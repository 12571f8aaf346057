//! What stands in the cells: days, words, marks, and words that may or may not be there.

use super::sheet::{Line, Sheet};
use crate::diagnostic::Diagnostic;
use crate::parser::parse_date;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Words that are there and words that may be there, by their place in the column's words.
type Cell = (Vec<u16>, Vec<u16>);

/// The columns that every dated table has.
#[derive(Debug)]
pub(crate) struct Dated<'a> {
    table: &'a str,
    pub(crate) from: usize,
    pub(crate) until: usize,
    pub(crate) source: Option<usize>,
}

impl<'a> Dated<'a> {
    pub(crate) fn find(
        sheet: &Sheet<'_>,
        table: &'a str,
        sourced: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let from = required(sheet, table, "from", diagnostics);
        let until = required(sheet, table, "until", diagnostics);
        let source = if sourced {
            required(sheet, table, "source", diagnostics).map(Some)
        } else {
            Some(None)
        };
        Some(Self { table, from: from?, until: until?, source: source? })
    }

    /// The days of a row, and its source.
    pub(crate) fn read<'l>(
        &self,
        line: &'l Line<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Date, Option<Date>, &'l str)> {
        let day = |cell: &str, name: &str, diagnostics: &mut Vec<Diagnostic>| {
            let date = parse_date(cell);
            if date.is_none() {
                let problem = format!("`{name}` is not a day: `{cell}`");
                let help = "write days as year-month-day, such as `2024-04-01`";
                diagnostics.push(self.error(line, &problem).help(help));
            }
            date
        };
        let source = self.source.map_or("", |it| line.cell(it));
        if self.source.is_some() && source.is_empty() {
            let help = "say where the row was read";
            diagnostics.push(self.error(line, "a row without a source").help(help));
        }
        let from = day(line.cell(self.from), "from", diagnostics);
        let until = match line.cell(self.until) {
            "" => None,
            cell => Some(day(cell, "until", diagnostics)?),
        };
        let from = from?;
        if let Some(until) = until.filter(|it| *it <= from) {
            let problem = format!("the row ends on {until}, before it begins on {from}");
            let help = "`until` is the first day after";
            diagnostics.push(self.error(line, &problem).help(help));
            return None;
        }
        Some((from, until, source))
    }

    /// An error that names the table and the line.
    pub(crate) fn error(&self, line: &Line<'_>, problem: &str) -> Diagnostic {
        let message = format!("table `{}`, line {}: {problem}", self.table, line.number);
        Diagnostic::error(line.span, message)
    }
}

/// The place of a column that every such table must have.
pub(crate) fn required(
    sheet: &Sheet<'_>,
    table: &str,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = sheet.column(name);
    if found.is_none() {
        let message = format!("table `{table}` has no column `{name}`");
        diagnostics.push(Diagnostic::error(sheet.span, message).suggest(name, sheet.headers()));
    }
    found
}

/// Every word that occurs in a column, sorted; for marks, the marked columns' names.
pub(crate) fn vocabulary(sheet: &Sheet<'_>, places: &[(&str, usize)], marks: bool) -> Vec<String> {
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for (name, place) in places {
        if marks {
            words.insert(name);
        } else {
            words.extend(sheet.lines.iter().flat_map(|it| split(it.cell(*place))).map(bare));
        }
    }
    words.remove("*");
    words.into_iter().map(str::to_owned).collect()
}

/// The words of one cell.
pub(crate) fn words(cell: &str, words: &[String]) -> Result<Cell, String> {
    let mut certain = Vec::new();
    let mut doubtful = Vec::new();
    let mut all = false;
    for word in split(cell) {
        if word == "*" || word == "?" {
            return Err(format!("`{word}` alone says nothing; `*?` marks every word as doubtful"));
        }
        if word == "*?" {
            all = true;
            continue;
        }
        let place = words.binary_search_by(|it| it.as_str().cmp(bare(word)));
        let place = place.ok().and_then(|it| u16::try_from(it).ok());
        let place = place.ok_or_else(|| "a column of too many words".to_owned())?;
        if word.ends_with('?') { doubtful.push(place) } else { certain.push(place) }
    }
    if all {
        doubtful = (0..u16::try_from(words.len()).unwrap_or(u16::MAX)).collect();
    }
    Ok(sorted(certain, doubtful))
}

/// The marks of one row.
pub(crate) fn marks(
    line: &Line<'_>,
    places: &[(&str, usize)],
    words: &[String],
) -> Result<Cell, String> {
    let mut certain = Vec::new();
    let mut doubtful = Vec::new();
    for (name, place) in places {
        let word = words.binary_search_by(|it| it.as_str().cmp(name)).ok();
        let Some(word) = word.and_then(|it| u16::try_from(it).ok()) else { continue };
        match line.cell(*place) {
            "" => {}
            "X" | "x" => certain.push(word),
            "X?" | "x?" | "?" => doubtful.push(word),
            other => {
                return Err(format!("`{other}` in `{name}` is not a mark: `X`, `X?` or empty"));
            }
        }
    }
    Ok(sorted(certain, doubtful))
}

/// Sorted, and what is certain is not doubtful as well.
fn sorted(mut certain: Vec<u16>, mut doubtful: Vec<u16>) -> Cell {
    certain.sort_unstable();
    certain.dedup();
    doubtful.sort_unstable();
    doubtful.dedup();
    doubtful.retain(|it| certain.binary_search(it).is_err());
    (certain, doubtful)
}

fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|it| !it.is_empty())
}

fn bare(word: &str) -> &str {
    word.strip_suffix('?').unwrap_or(word)
}
