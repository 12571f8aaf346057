//! What somebody who wrote an unknown name probably meant.

use std::fmt;

/// A name that is not in its closed list.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{text}` is not {what}")]
pub struct UnknownName {
    /// What was written.
    pub text: String,
    /// What it should have named, with its article: `a sector`.
    pub what: &'static str,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl UnknownName {
    /// Says that `text` is none of `names`.
    #[must_use]
    pub fn new<'n>(
        text: &str,
        what: &'static str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        Self { text: shortened(text), what, suggestion: nearest(text, names).map(str::to_owned) }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.suggestion.as_ref().map(did_you_mean)
    }
}

/// The question that offers a suggestion.
pub(crate) fn did_you_mean(name: impl fmt::Display) -> String {
    format!("did you mean `{name}`?")
}

/// What was written, cut where it is too long to be shown.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// The name that differs least from what was written, if the difference is small enough to be a
/// slip. Case, and whether words are joined by `-`, `_` or a space, make no difference.
#[must_use]
pub fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    const LONGEST: usize = 48;
    let written = folded(text);
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    let allowed = (written.len() / 3).clamp(1, 3);
    let (distance, name) = names
        .into_iter()
        .map(|name| (distance(&written, &folded(name)), name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed && distance < written.len()).then_some(name)
}

fn folded(text: &str) -> Vec<char> {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|it| if matches!(it, '_' | ' ') { '-' } else { it })
        .collect()
}

/// Letters to insert, remove, change or swap with their neighbor.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut current = Vec::with_capacity(right.len() + 1);
        current.push(row + 1);
        for (column, other) in right.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let change = at(&above, column) + usize::from(letter != other);
            let mut least = change.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            if let (Some(row), Some(column)) = (row.checked_sub(1), column.checked_sub(1))
                && left.get(row) == Some(other)
                && right.get(column) == Some(letter)
            {
                least = least.min(at(&before, column) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
