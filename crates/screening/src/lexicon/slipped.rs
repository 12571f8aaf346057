//! Legal forms of several words with a typing error in one of them: `Joint Stock Compnay`.
//!
//! Known only as a whole, such a form would leave its words over, and together they weigh as much
//! as the name beside them.

use super::folded::fold;
use super::table::Table;
use super::{Known, romanized};
use crate::edit;
use crate::normalize::Word;

/// Legal forms, by what is left of them without one of their words.
#[derive(Debug, Default)]
pub(super) struct Slipped {
    /// The first words and the second ones, as they are written, each with how many words the
    /// longest form has that it is of.
    firsts: Table<String, usize>,
    seconds: Table<String, usize>,
    /// The word that is missing, and the form.
    forms: Table<String, Vec<(String, Known)>>,
}

/// The fewest letters of a word in which an error is told from another word.
const SHORTEST: usize = 5;
/// From so many letters on, there may be two.
const LONG: usize = 8;

impl Slipped {
    /// Adds a form by its words, as they are written and in Latin letters.
    pub(super) fn add(&mut self, words: &[String], latin: &[String], known: &Known) {
        let [first, second, ..] = words else { return };
        for (all, word) in [(&mut self.firsts, first), (&mut self.seconds, second)] {
            let longest = all.entry(word.clone()).or_default();
            *longest = (*longest).max(words.len());
        }
        let folded: Vec<String> = latin.iter().map(|it| fold(it)).collect();
        for (at, word) in folded.iter().enumerate().filter(|it| it.1.len() >= SHORTEST) {
            let forms = self.forms.entry(without(&folded, at)).or_default();
            if !forms.iter().any(|it| it.0 == *word) {
                forms.push((word.clone(), known.clone()));
            }
        }
    }

    /// The longest form that `words` begin with if one of them has an error.
    pub(super) fn find(&self, words: &[Word]) -> Option<(usize, &Known)> {
        let [first, second, ..] = words else { return None };
        let longest = self.firsts.get(&first.text).max(self.seconds.get(&second.text))?;
        let folded: Vec<String> = words
            .iter()
            .take(*longest)
            .map_while(|it| romanized(std::slice::from_ref(it))?.pop())
            .map(|it| fold(&it))
            .collect();
        for used in (2..=folded.len()).rev() {
            let folded = folded.get(..used)?;
            for (at, word) in folded.iter().enumerate().filter(|it| it.1.len() + 1 >= SHORTEST) {
                let forms = self.forms.get(&without(folded, at)).map_or(&[][..], Vec::as_slice);
                let slip = |meant: &String| {
                    let errors = if meant.len() < LONG { 1 } else { 2 };
                    edit::distance(word.as_bytes(), meant.as_bytes(), errors).is_some()
                };
                if let Some((_, known)) = forms.iter().find(|it| slip(&it.0)) {
                    return Some((used, known));
                }
            }
        }
        None
    }
}

/// The words with one of them left open.
fn without(words: &[String], open: usize) -> String {
    let words = words.iter().enumerate();
    words.map(|(at, it)| if at == open { "*" } else { it }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
