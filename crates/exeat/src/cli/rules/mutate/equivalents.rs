//! The list of changes that mean the same law: which they are, and why no case could notice them.
//!
//! One to a line: the block and its days, the change, the reason, with ` :: ` between them. An
//! entry that names no change, or one that a case does notice, is wrong and must go.

use super::report::place;
use crate::trouble::Trouble;
use law::Mutant;
use law::rulebook::Rulebook;
use std::path::Path;

/// A change that means the same law.
pub(super) struct Equivalent {
    line: usize,
    place: String,
    what: String,
}

/// Reads the list.
pub(super) fn read(path: &Path) -> Result<Vec<Equivalent>, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|error| Trouble::reading(path, &error))?;
    let mut found = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = text.split(" :: ").map(str::trim).collect();
        let [place, what, reason] = parts.as_slice() else {
            let form = "a block with its days, a change and a reason, with ` :: ` between them";
            return Err(Trouble::new(format!("{}:{line}: {form}", path.display())));
        };
        if reason.is_empty() {
            return Err(Trouble::new(format!("{}:{line}: the reason is missing", path.display())));
        }
        found.push(Equivalent { line, place: (*place).to_owned(), what: (*what).to_owned() });
    }
    Ok(found)
}

/// For each change, whether the list names it; and what is wrong with the list: an entry that names
/// no change of the rulebook, and one of these changes that is noticed.
pub(super) fn judge(
    list: &[Equivalent],
    rulebook: &Rulebook,
    mutants: &[Mutant],
    noticed: &[Option<&str>],
) -> (Vec<bool>, Vec<String>) {
    let mut named = vec![false; mutants.len()];
    let mut problems = Vec::new();
    let all = if list.is_empty() { Vec::new() } else { rulebook.mutants() };
    for it in list {
        let is_it = |other: &Mutant| other.what == it.what && place(rulebook, other) == it.place;
        if !all.iter().any(is_it) {
            let Equivalent { line, place, what } = it;
            problems.push(format!("line {line}: there is no such change: {place} :: {what}"));
        }
        let Some(found) = mutants.iter().position(is_it) else { continue };
        if let Some(by) = noticed.get(found).copied().flatten() {
            problems.push(format!("line {}: `{by}` notices it", it.line));
        }
        named.get_mut(found).into_iter().for_each(|it| *it = true);
    }
    (named, problems)
}
