//! What of a new import goes into the next snapshot, and what of the last one stays.
//!
//! A list that shrinks suspiciously, could not be read, or lost rows on the way is worse than one
//! that is a day old. Each list is judged by itself; a kept one carries a note that says why.

use crate::lists::{Extent, Import, List};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// When a new list is not believed. Shares are in thousandths.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// The largest share of its entries that a list may lose between two imports.
    pub shrink: u32,
    /// The largest share of a file's entries that may be unreadable.
    pub lost: u32,
}

impl Default for Limits {
    /// A tenth of the entries gone, or one in a hundred unreadable.
    fn default() -> Self {
        Self { shrink: 100, lost: 10 }
    }
}

/// The lists of the next snapshot, and what happened to each.
#[derive(Debug)]
pub struct Refreshed {
    /// All lists, by code.
    pub lists: Vec<List>,
    /// What happened, by code of the list.
    pub fates: BTreeMap<String, Fate>,
}

/// What happened to a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fate {
    /// There was none before.
    Added {
        /// Its entries.
        entries: usize,
    },
    /// The new one took the place of the last one.
    Replaced {
        /// Entries before.
        before: usize,
        /// Entries now.
        after: usize,
    },
    /// The last one stays although a new one was offered.
    Kept(Why),
    /// The import was not about this list.
    Untouched,
}

/// Why the last list was kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Why {
    /// The new one is too small.
    Shrank {
        /// Entries before.
        before: usize,
        /// Entries offered.
        after: usize,
    },
    /// Its file could not be read.
    Failed {
        /// The error, in words.
        error: String,
    },
    /// Its file no longer has it.
    Missing,
    /// Too many of its entries could not be read.
    Lost {
        /// How many.
        entries: u32,
    },
    /// The new one is older.
    Older,
    /// The new one is an excerpt, the last one is whole.
    Excerpt,
}

/// Decides list by list between the last snapshot's lists and an import.
#[must_use]
pub fn refresh(have: Vec<List>, import: Import, limits: Limits) -> Refreshed {
    let files: BTreeSet<String> = import.lists.iter().map(|it| it.source.file.clone()).collect();
    let mut errors = BTreeMap::new();
    for failure in &import.failures {
        errors.insert(failure.file.clone(), failure.to_string());
    }
    let mut offered: BTreeMap<String, List> = BTreeMap::new();
    for list in import.lists {
        offered.insert(list.source.code.clone(), list);
    }
    let mut refreshed = Refreshed { lists: Vec::new(), fates: BTreeMap::new() };
    for list in have {
        let code = list.source.code.clone();
        let new = offered.remove(&code);
        let why = match &new {
            Some(new) => refusal(&list, new, limits),
            None => match errors.get(&list.source.file) {
                Some(error) => Some(Why::Failed { error: error.clone() }),
                None => files.contains(&list.source.file).then_some(Why::Missing),
            },
        };
        let (list, outcome) = match (why, new) {
            (Some(why), _) => (kept(list, &why), Fate::Kept(why)),
            (None, None) => (list, Fate::Untouched),
            (None, Some(new)) => {
                let (before, after) = (list.parties.len(), new.parties.len());
                (new, Fate::Replaced { before, after })
            }
        };
        refreshed.fates.insert(code, outcome);
        refreshed.lists.push(list);
    }
    for (code, list) in offered {
        refreshed.fates.insert(code, Fate::Added { entries: list.parties.len() });
        refreshed.lists.push(list);
    }
    refreshed.lists.sort_by(|a, b| a.source.code.cmp(&b.source.code));
    refreshed
}

fn refusal(have: &List, new: &List, limits: Limits) -> Option<Why> {
    if have.source.extent == Extent::Excerpt {
        return None;
    }
    if new.source.extent == Extent::Excerpt {
        return Some(Why::Excerpt);
    }
    let (before, after) = (have.parties.len(), new.parties.len());
    if before.saturating_sub(after) as u64 * 1000 > before as u64 * u64::from(limits.shrink) {
        return Some(Why::Shrank { before, after });
    }
    let unread = u64::from(new.source.lost);
    if unread * 1000 > (after as u64 + unread) * u64::from(limits.lost) {
        return Some(Why::Lost { entries: new.source.lost });
    }
    let stated = |list: &List| list.source.date.filter(|_| list.source.dated);
    match (stated(have), stated(new)) {
        (Some(day), Some(other)) if other < day => Some(Why::Older),
        _ => None,
    }
}

fn kept(mut list: List, why: &Why) -> List {
    list.source.note = Some(format!("kept: {why}"));
    list
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { entries } => write!(f, "new, {entries} entries"),
            Self::Replaced { before, after } => {
                write!(f, "replaced, {before} entries became {after}")
            }
            Self::Kept(why) => write!(f, "the last good one was kept: {why}"),
            Self::Untouched => f.write_str("not touched"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shrank { before, after } => {
                write!(f, "the new one has {after} entries instead of {before}")
            }
            Self::Failed { error } => f.write_str(error),
            Self::Missing => f.write_str("the new file does not have it"),
            Self::Lost { entries } => {
                write!(f, "{entries} entries of the new file could not be read")
            }
            Self::Older => f.write_str("the new one is older"),
            Self::Excerpt => f.write_str("the new one is an excerpt"),
        }
    }
}

#[cfg(test)]
mod tests;
