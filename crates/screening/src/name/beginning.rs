//! How names begin, for fields that are cut off where a form ends: `NATIONAL UNIVERSITY OF DEFENSE
//! TECHNO`.
//!
//! What is compared are the letters of all words but legal forms and titles, one after the other. A
//! field that is about as long as forms let it be may be cut off, and then its letters are the first
//! ones of the name. What is missing behind them says nothing.

use super::{Class, Name};
use crate::key::key;
use crate::lexicon;
use crate::normalize;
use std::ops::RangeInclusive;

/// How many characters a field has that may be cut off: forms have room for so many.
const LENGTHS: RangeInclusive<usize> = 19..=41;

/// So many letters lead to the names that begin with them: the more where there are more, as many
/// names begin with the same city.
const FEW: usize = 8;
const MANY: usize = 15;

/// Whether words of this class are in the letters of a name. Others are written or not at will.
pub(crate) fn has_letters(class: Class) -> bool {
    match class {
        Class::Name
        | Class::Number
        | Class::Word
        | Class::Patronymic
        | Class::Initial
        | Class::Particle => true,
        Class::Honor | Class::Legal => false,
    }
}

/// The letters of a name.
pub(crate) fn letters(name: &Name) -> Vec<u8> {
    let words = name.tokens.iter().filter(|it| has_letters(it.class));
    words.filter_map(|it| it.terms.first()).flat_map(|it| it.text.bytes()).collect()
}

/// What a name is found by whose first letters are all that was written.
pub(crate) fn keys(name: &Name) -> impl Iterator<Item = u32> {
    let letters = letters(name);
    [FEW, MANY].into_iter().filter_map(move |it| key_of(&letters, it))
}

fn key_of(letters: &[u8], count: usize) -> Option<u32> {
    Some(key(b'b', &[letters.get(..count)?]))
}

/// Whether a field is about as long as forms let it be.
pub(crate) fn may_be_cut(text: &str) -> bool {
    LENGTHS.contains(&text.trim().chars().count())
}

/// The letters of a field that was cut off, read as `name`; nothing if that is whole, or too little
/// is left of it.
///
/// A legal form ends a name. A letter or two at the end are left out.
pub(crate) fn of_field(text: &str, name: &Name) -> Option<Vec<u8>> {
    let last = name.tokens.last()?;
    let spelled = last.terms.first().map_or("", |it| it.text.as_str());
    let written = text.trim().rsplit(|it: char| !it.is_alphanumeric()).find(|it| !it.is_empty())?;
    // `In` is no `Inc.` here.
    let is_rest = written.len() <= REST;
    if last.class == Class::Legal && (!is_rest || written.eq_ignore_ascii_case(spelled)) {
        return None;
    }
    let mut letters = letters(name);
    if is_rest && has_letters(last.class) {
        letters.truncate(letters.len().saturating_sub(spelled.len()));
    }
    (letters.len() >= FEW).then_some(letters)
}

/// The most letters of a last word that are left out.
const REST: usize = 2;

/// A field that may be cut off without the legal form in which it was: `Oboronlogistics Limited
/// Liability C`.
pub(crate) fn without_form(text: &str) -> Option<&str> {
    if !may_be_cut(text) || !text.is_ascii() {
        return None;
    }
    let begins = |tail: &str| {
        let first = tail.split([' ', ',', '.', '-']).find(|it| !it.is_empty())?;
        lexicon::begins_form(&first.to_ascii_lowercase()).then_some(())?;
        let words: Vec<String> = normalize::words(tail).into_iter().map(|it| it.text).collect();
        let phrase = words.join(" ");
        let is_cut = lexicon::begins_form(&phrase) && lexicon::known(&phrase).is_empty();
        (is_cut && phrase.len() > 2).then_some(())
    };
    let mut blanks = text.match_indices(' ').map(|it| it.0);
    let at = blanks.find(|it| text.get(it + 1..).and_then(begins).is_some())?;
    let before = text.get(..at)?.trim_end_matches([' ', ',', '-']);
    (!before.is_empty()).then_some(before)
}

/// Whether the few letters are the same that names are found by.
pub(crate) fn is_alike(a: &[u8], b: &[u8]) -> bool {
    a.get(..FEW).is_some_and(|it| b.starts_with(it))
}

/// What leads to names that begin with these letters.
pub(crate) fn key_to(letters: &[u8]) -> Option<u32> {
    key_of(letters, if letters.len() < MANY { FEW } else { MANY })
}
