//! Words that are nearly a known one: `technolgies`, `incorported`.
//!
//! A misspelled common word is still the name's own word, and is compared as one; but where it is
//! left over it must not weigh more than the word that was meant, or one slip of a key would hide a
//! listed party.

use super::Role;
use crate::edit;
use crate::key::key;

/// Known words, to be found by what was typed in their stead.
#[derive(Debug, Default)]
pub(super) struct Misspelled {
    words: Vec<(String, Role)>,
    /// Where the words of each key begin in `found`; a power of two of them and one.
    starts: Vec<u32>,
    found: Vec<u16>,
}

/// How many letters of a word make its keys.
const PREFIX: usize = 7;

impl Misspelled {
    /// Of these words, in Latin letters.
    pub(super) fn of(mut words: Vec<(String, Role)>) -> Self {
        words.retain(|(word, role)| word.is_ascii() && word.len() >= least(*role));
        words.sort_unstable();
        words.dedup_by(|a, b| a.0 == b.0);
        let mut keys = Vec::new();
        let mut entries: Vec<(u32, u16)> = Vec::new();
        for (at, (word, _)) in (0u16..).zip(&words) {
            keys_of(word.as_bytes(), &mut keys);
            entries.extend(keys.iter().map(|it| (*it, at)));
        }
        let lists = entries.len().next_power_of_two();
        let mask = u32::try_from(lists - 1).unwrap_or(u32::MAX);
        for it in &mut entries {
            it.0 &= mask;
        }
        entries.sort_unstable();
        entries.dedup();
        let mut starts = Vec::with_capacity(lists + 1);
        let mut rest = entries.iter().peekable();
        let mut count = 0;
        for list in 0..=mask {
            starts.push(count);
            while rest.next_if(|it| it.0 == list).is_some() {
                count += 1;
            }
        }
        starts.push(count);
        Self { words, starts, found: entries.into_iter().map(|it| it.1).collect() }
    }

    /// What the word is that was meant by `text`, which is none of them: the one that weighs least.
    pub(super) fn meant(&self, text: &str) -> Option<Role> {
        if !text.is_ascii() || text.len() < 3 {
            return None;
        }
        let mut keys = Vec::new();
        keys_of(text.as_bytes(), &mut keys);
        let mut meant = None;
        for key in keys {
            for (word, role) in self.listed(key) {
                if (meant.is_none() || *role == Role::Legal)
                    && is_slip(text.as_bytes(), word.as_bytes(), *role)
                {
                    if *role == Role::Legal {
                        return Some(Role::Legal);
                    }
                    meant = Some(*role);
                }
            }
        }
        meant
    }

    fn listed(&self, key: u32) -> impl Iterator<Item = &(String, Role)> {
        let lists = self.starts.len().saturating_sub(1);
        let list = usize::try_from(key).unwrap_or(0) & lists.wrapping_sub(1);
        let place = |at: usize| self.starts.get(at).and_then(|it| usize::try_from(*it).ok());
        let range = place(list).unwrap_or(0)..place(list.wrapping_add(1)).unwrap_or(0);
        let found = self.found.get(range).unwrap_or_default();
        found.iter().filter_map(|it| self.words.get(usize::from(*it)))
    }
}

/// The shortest word of a role whose misspellings are told from names.
fn least(role: Role) -> usize {
    if role == Role::Legal { 3 } else { 5 }
}

/// Whether `text` is `word` with a slip or two.
///
/// Short words: only neighbors swapped, and only legal forms, as another letter makes another name.
/// Middling ones begin as they should, with one slip; long ones may have two.
fn is_slip(text: &[u8], word: &[u8], role: Role) -> bool {
    let most = match (text.len().min(word.len()), text.len().max(word.len())) {
        (_, 0..=4) => {
            return role == Role::Legal
                && text.len() == word.len()
                && text.first() == word.first()
                && edit::distance(text, word, 1) == Some(1)
                && same_letters(text, word);
        }
        (0..=7, _) if text.first() != word.first() => return false,
        (0..=7, _) => 1,
        _ => 2,
    };
    edit::distance(text, word, most).is_some()
}

fn same_letters(a: &[u8], b: &[u8]) -> bool {
    let sum = |it: &[u8]| it.iter().map(|it| u32::from(*it)).sum::<u32>();
    sum(a) == sum(b)
}

/// What is left of a word when letters are left out: two words within the slips share one, as
/// [`crate::index`] argues.
fn keys_of(text: &[u8], to: &mut Vec<u32>) {
    to.clear();
    let prefix = text.get(..PREFIX.min(text.len())).unwrap_or_default();
    let around = |of: &[u8], at: usize| -> (Vec<u8>, Vec<u8>) {
        (of.get(..at).unwrap_or_default().to_vec(), of.get(at + 1..).unwrap_or_default().to_vec())
    };
    to.push(key(b'm', &[prefix]));
    for a in 0..prefix.len() {
        let (before, after) = around(prefix, a);
        to.push(key(b'm', &[&before, &after]));
        if text.len() < 8 {
            continue;
        }
        for b in 0..a {
            let (first, middle) = around(&before, b);
            to.push(key(b'm', &[&first, &middle, &after]));
        }
    }
    to.sort_unstable();
    to.dedup();
}

#[cfg(test)]
mod tests;
