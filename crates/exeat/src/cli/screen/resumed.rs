//! Going on where a file of answers ends, and only where that is right.
//!
//! Beside OUT stands `OUT.run`: which file was read, and what decides its answers. A run goes on only
//! where all of that is the same, and every line of OUT is the answer to its row; else rows would
//! count as searched that were not. What the rows before came to is counted with the rest.

use super::How;
use super::file::Counts;
use crate::clock;
use crate::digest;
use crate::keep;
use crate::rows::{Field, Reading, Rows};
use crate::search::Opened;
use crate::trouble::Trouble;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What one run of answers rests on.
#[derive(Debug)]
pub(super) struct Run(Value);

impl Run {
    /// What answers to this file rest on; `None` where it cannot be read a second time.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub(super) fn of(
        path: &Path,
        map: &[(Field, String)],
        how: &How,
        opened: &Opened,
    ) -> Result<Option<Self>, Trouble> {
        if path == Path::new("-") {
            return Ok(None);
        }
        let file = File::open(path).map_err(|error| Trouble::reading(path, &error))?;
        let content = digest::of_all(file).map_err(|error| Trouble::reading(path, &error))?;
        let searched = opened.searched();
        let decisions = crate::decisions::text(&opened.decisions)?;
        // Decisions hold for a time, so that what they clear depends on the day.
        let day = (!decisions.trim().is_empty()).then(|| clock::today().to_string());
        Ok(Some(Self(json!({
            "input": content,
            "columns": format!("{map:?}"),
            "lists": searched.digest,
            "settings": searched.settings,
            "decisions": digest::of(decisions.as_bytes()),
            "day": day,
            "clears": opened.wanting(),
            "limit": how.limit,
            "program": env!("CARGO_PKG_VERSION"),
        }))))
    }

    /// Notes beside a file that is begun what its answers rest on.
    ///
    /// # Errors
    ///
    /// Where that cannot be written.
    pub(super) fn note(run: Option<&Self>, out: &Path) -> Result<(), Trouble> {
        let beside = beside(out);
        let written = match run {
            Some(Self(run)) => keep::replace(&beside, format!("{run:#}\n").as_bytes()),
            // One of another run must not stand beside these answers.
            None => fs::remove_file(&beside).or_else(|error| {
                if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
            }),
        };
        written.map_err(|error| Trouble::writing(&beside, &error))
    }

    /// Refuses to go on with answers that rest on something else.
    ///
    /// # Errors
    ///
    /// What is different, or why that is not known.
    pub(super) fn goes_on(run: Option<&Self>, out: &Path) -> Result<(), Trouble> {
        let Some(Self(now)) = run else {
            let what =
                "standard input cannot be read again, so that it is not known what was answered";
            return Err(Trouble::new(what).help("put the rows into a file"));
        };
        let noted = beside(out);
        let before: Value = match fs::read(&noted) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) => return Err(again(out, &Trouble::reading(&noted, &error).what())),
        };
        let parts = [
            ("input", "the file of names is another"),
            ("columns", "the columns are understood in another way"),
            ("lists", "the lists are others"),
            ("settings", "the threshold or another setting is different"),
            ("decisions", "the decisions on matches are others"),
            ("day", "decisions on matches hold for a time, and the day is another"),
            ("clears", "what the lists are worth, by their age or by --max-list-age, is different"),
            ("limit", "the number of matches a name is different"),
            ("program", "the version of the program is another"),
        ];
        match parts.iter().find(|(key, _)| now.get(key) != before.get(key)) {
            None => Ok(()),
            Some((_, what)) => Err(again(out, &format!("{what} than for `{}`", out.display()))),
        }
    }
}

/// Where it is noted what the answers of a file rest on.
fn beside(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".run");
    out.with_file_name(name)
}

fn again(out: &Path, what: &str) -> Trouble {
    let help = format!(
        "leave --resume out to answer every row again, or name a file other than `{}`",
        out.display()
    );
    Trouble::new(format!("cannot go on: {what}")).help(help)
}

/// An answer as it stands in a file.
#[derive(Debug, Deserialize)]
struct Line {
    row: u64,
    query: Option<String>,
    #[serde(default)]
    hits: Vec<Match>,
    error: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Match {
    verdict: String,
}

/// What was answered already.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// What that came to.
    pub(super) counts: Counts,
    /// How many bytes of the file are whole lines.
    pub(super) whole: u64,
}

/// Reads the answers that a file has already, and passes over the rows that they answer.
///
/// # Errors
///
/// Where it cannot be read, or a line of it is not the answer to its row.
pub(super) fn answered(
    out: &Path,
    file: &File,
    rows: &mut Rows,
    reading: &Reading,
) -> Result<Before, Trouble> {
    let mut before = Before::default();
    let mut lines = BufReader::with_capacity(1 << 16, file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = lines.read_until(b'\n', &mut line);
        let count = count.map_err(|error| Trouble::reading(out, &error))?;
        // A line that was cut off is answered again.
        if count == 0 || line.last() != Some(&b'\n') {
            return Ok(before);
        }
        before.whole += count as u64;
        let number = before.counts.rows + 1;
        let row = rows.next().map_err(|error| Trouble::reading(out, &error))?;
        let asked = row.as_ref().map(|it| reading.asked(it));
        let said = serde_json::from_slice::<Line>(&line).ok().filter(|it| it.row == number);
        match (said, asked) {
            (Some(Line { error: Some(_), .. }), Some(Err(_))) => before.counts.bad(),
            (Some(Line { query: Some(query), hits, error: None, .. }), Some(Ok(asked)))
                if query == asked.query.name =>
            {
                let open = hits.iter().any(|it| it.verdict != "other");
                before.counts.answered(&asked, hits.len(), open);
            }
            _ => {
                let what = format!(
                    "line {number} of `{}` is not its answer to row {number}",
                    out.display()
                );
                return Err(again(out, &what));
            }
        }
    }
}
