//! Pairs of names that people judged, from a CSV.

use crate::screened::parse_kind;
use crate::trouble::Trouble;
use screening::Settings;
use screening::calibration::{Calibration, likeness};
use screening::party::PartyKind;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Judged pairs with their scores.
#[derive(Debug, Default)]
pub(super) struct Labelled {
    /// How many there are.
    pub(super) count: u64,
    /// All of them.
    pub(super) all: Calibration,
    /// By class, where the file has classes.
    pub(super) classes: BTreeMap<String, Calibration>,
    /// Rows that are no judged pair, and why.
    pub(super) problems: Vec<String>,
}

/// Where the columns are.
struct Columns {
    asked: usize,
    listed: usize,
    verdict: usize,
    aliases: Option<usize>,
    kind: Option<usize>,
    class: Option<usize>,
}

/// Reads and scores every pair.
///
/// # Errors
///
/// Where the file cannot be read, or lacks a column.
pub(super) fn read(path: &Path, settings: &Settings) -> Result<Labelled, Trouble> {
    let file = File::open(path).map_err(|error| Trouble::reading(path, &error))?;
    of(file, settings).map_err(|it| {
        Trouble::new(format!("`{}`: {it}", path.display()))
            .help("its columns are query_name, candidate_name and expected")
    })
}

/// The same from any text.
///
/// # Errors
///
/// Where it cannot be read, or lacks a column, in words.
pub(super) fn of(text: impl Read, settings: &Settings) -> Result<Labelled, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let columns = columns(reader.headers().map_err(|error| error.to_string())?)?;
    let mut labelled = Labelled::default();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) if error.is_io_error() => return Err(error.to_string()),
            Err(error) => {
                labelled.problems.push(error.to_string());
                continue;
            }
        };
        if let Err(problem) = labelled.add(&row, &columns, settings) {
            let line = row.position().map_or(0, csv::Position::line);
            labelled.problems.push(format!("line {line}: {problem}"));
        }
    }
    Ok(labelled)
}

fn columns(header: &csv::StringRecord) -> Result<Columns, String> {
    let find = |names: &[&str]| {
        let plain = |it: &str| it.trim_start_matches('\u{feff}').trim().to_ascii_lowercase();
        header.iter().position(|it| names.contains(&plain(it).as_str()))
    };
    let must = |names: &[&str], what: &str| find(names).ok_or(format!("no column has {what}"));
    Ok(Columns {
        asked: must(&["query_name", "query", "name", "customer"], "the name that was searched")?,
        listed: must(&["candidate_name", "candidate", "listed", "entry"], "the listed name")?,
        verdict: must(&["expected", "same", "match", "label", "verdict"], "what people said")?,
        aliases: find(&["candidate_aliases", "aliases", "listed_aliases"]),
        kind: find(&["query_schema", "schema", "type", "kind"]),
        class: find(&["category", "class"]),
    })
}

impl Labelled {
    fn add(
        &mut self,
        row: &csv::StringRecord,
        columns: &Columns,
        settings: &Settings,
    ) -> Result<(), String> {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let optional = |at: Option<usize>| at.map_or("", cell);
        let (asked, listed) = (cell(columns.asked), cell(columns.listed));
        if asked.is_empty() || listed.is_empty() {
            return Err("one of the two names is missing".to_owned());
        }
        let same = verdict(cell(columns.verdict))?;
        let kind = kind(optional(columns.kind))?;
        let names = std::iter::once(listed).chain(optional(columns.aliases).split(';'));
        let score = likeness(asked, names, kind, settings);
        self.count += 1;
        self.all.add(score, same);
        if columns.class.is_some() {
            self.classes.entry(optional(columns.class).to_owned()).or_default().add(score, same);
        }
        Ok(())
    }
}

/// Whether people said that it is the same.
fn verdict(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "match" | "yes" | "y" | "true" | "1" | "same" => Ok(true),
        "no" | "n" | "no-match" | "no_match" | "nomatch" | "false" | "0" | "other"
        | "non-match" => Ok(false),
        _ => Err(format!("`{text}` is neither match nor no")),
    }
}

/// What the party is, in our words or in those of `FollowTheMoney`.
fn kind(text: &str) -> Result<PartyKind, String> {
    match text.to_ascii_lowercase().as_str() {
        "legalentity" | "thing" => Ok(PartyKind::Unknown),
        "publicbody" => Ok(PartyKind::Organization),
        "airplane" => Ok(PartyKind::Aircraft),
        _ => parse_kind(text),
    }
}
