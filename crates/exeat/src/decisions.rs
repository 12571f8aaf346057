//! The file of decisions on matches: TOML that a team can keep in version control.
//!
//! A decision is put at the end of the file and never changed there: of several about the same
//! match the last one counts. `docs/screening-lists.md` is the reference.

use crate::keep;
use crate::trouble::Trouble;
use decision::matches::{Decided, Decision, Decisions};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What stands at the top of a new file.
const HEAD: &str = "\
# Decisions on matches with restricted-party lists, one block each. `exeat screen decide` adds to
# the end of this file; nothing in it is changed. Keep it in version control.
";

/// The file.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    decision: Vec<Block>,
}

/// A decision as it stands in the file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Block {
    party: String,
    list: String,
    entry: String,
    /// What the entry is called, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<String>,
    same: bool,
    by: String,
    why: String,
    on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    rests_on: Vec<String>,
}

/// Reads the decisions of a file; none where there is no such file.
///
/// # Errors
///
/// Where it cannot be read, or is not in its form: a decision that cannot be understood must not
/// be passed over.
pub(crate) fn read(path: &Path) -> Result<Decisions, Trouble> {
    Ok(entries(path)?.into_iter().collect())
}

/// Decisions as a text, which [`parse`] reads.
///
/// # Errors
///
/// Never, unless a text cannot be written as TOML.
pub(crate) fn text(decisions: &Decisions) -> Result<String, Trouble> {
    let decision = decisions.iter().map(|it| block(it, None)).collect();
    toml::to_string(&File { decision }).map_err(|error| Trouble::new(error.to_string()))
}

/// Reads what [`text`] wrote.
///
/// # Errors
///
/// Where it is not in its form.
pub(crate) fn parse(text: &str) -> Result<Decisions, Trouble> {
    Ok(parsed(text, "decisions")?.into_iter().collect())
}

/// Reads a file that somebody sent, in its order.
///
/// # Errors
///
/// Where it is not in its form.
pub(crate) fn sent(text: &str) -> Result<Vec<Decision>, Trouble> {
    parsed(text, "body")
}

/// Reads the decisions of a file that somebody named.
///
/// # Errors
///
/// As [`read`], and where there is no such file: whoever names one means one that is there.
pub(crate) fn named(path: &Path) -> Result<Decisions, Trouble> {
    if path.exists() {
        return read(path);
    }
    Err(Trouble::reading(path, &ErrorKind::NotFound.into())
        .help("leave --decisions out where nothing was decided yet"))
}

fn entries(path: &Path) -> Result<Vec<Decision>, Trouble> {
    match fs::read_to_string(path) {
        Ok(text) => parsed(&text, &path.display().to_string()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Trouble::reading(path, &error)),
    }
}

fn parsed(text: &str, name: &str) -> Result<Vec<Decision>, Trouble> {
    let wrong = |what: String| {
        Trouble::new(format!("`{name}`: {what}")).help(
            "a decision has party, list, entry, same, by, why, on, rests_on, and may have until",
        )
    };
    let file: File = toml::from_str(text).map_err(|error| wrong(first_lines(&error)))?;
    decisions_of(file, &wrong)
}

/// Reads the same as JSON.
///
/// # Errors
///
/// As [`sent`].
pub(crate) fn sent_json(text: &str) -> Result<Vec<Decision>, Trouble> {
    let wrong = |what: String| Trouble::new(format!("`body`: {what}"));
    let file: File = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    decisions_of(file, &wrong)
}

fn decisions_of(file: File, wrong: &dyn Fn(String) -> Trouble) -> Result<Vec<Decision>, Trouble> {
    let decision = |it: Block| -> Result<Decision, Trouble> {
        let day = |text: &str| {
            text.parse::<Date>()
                .map_err(|_| wrong(format!("`{text}` is no day such as 2026-09-24")))
        };
        let until = it.until.as_deref().map(day).transpose()?;
        let decided = Decided { on: day(&it.on)?, until, by: it.by, why: it.why };
        let (list, entry, same) = (it.list, it.entry, it.same);
        Ok(Decision { party: it.party, list, entry, same, decided, rests_on: it.rests_on })
    };
    file.decision.into_iter().map(decision).collect()
}

fn first_lines(error: &toml::de::Error) -> String {
    error.to_string().trim_end().to_owned()
}

/// Puts a decision at the end of a file, which is made where there is none.
///
/// # Errors
///
/// Where the file cannot be read or written, or is not in its form.
pub(crate) fn add(path: &Path, decision: &Decision, listed: &str) -> Result<(), Trouble> {
    entries(path)?;
    let mut text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(_) => HEAD.to_owned(),
    };
    let block = block(decision, Some(listed.to_owned()));
    let block = toml::to_string_pretty(&File { decision: vec![block] })
        .map_err(|error| Trouble::new(error.to_string()))?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&block);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Trouble::writing(folder, &error))?;
    }
    keep::replace(path, text.as_bytes()).map_err(|error| Trouble::writing(path, &error))
}

fn block(decision: &Decision, listed: Option<String>) -> Block {
    let day = |it: Date| it.to_string();
    Block {
        party: decision.party.clone(),
        list: decision.list.clone(),
        entry: decision.entry.clone(),
        listed,
        same: decision.same,
        by: decision.decided.by.clone(),
        why: decision.decided.why.clone(),
        on: day(decision.decided.on),
        until: decision.decided.until.map(day),
        rests_on: decision.rests_on.clone(),
    }
}

#[cfg(test)]
mod tests;
