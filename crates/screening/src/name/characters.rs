//! Names of organizations in Chinese characters: which characters in a row are one word.

use crate::lexicon;
use crate::normalize::Word;
use crate::party::PartyKind;
use crate::scripts::{self, Script};

/// A name in the name of an organization that is one word and not one for each Chinese character:
/// one that is known, or a foreign one written sound by sound. How many characters it has, of the
/// latter three at least.
pub(super) fn foreign(
    words: &[Word],
    at: usize,
    kind: PartyKind,
    respelled: bool,
) -> Option<(usize, Word)> {
    if !matches!(kind, PartyKind::Organization | PartyKind::Unknown) {
        return None;
    }
    let mut whole = words.get(at).filter(|it| it.script == Script::Han)?.clone();
    for used in (2..=LONGEST_SENSE).rev() {
        let Some(words) = words.get(at..at + used) else { continue };
        let text: String = words.iter().map(|it| it.text.as_str()).collect();
        if lexicon::senses(&text)[0].is_some() {
            return Some((used, Word { text, ..whole }));
        }
    }
    // So are persons written whose names come from elsewhere.
    if kind == PartyKind::Unknown || !scripts::may_be_foreign(&whole.text) {
        return None;
    }
    let mut used = 1;
    while let Some(word) = words.get(at + used)
        && scripts::may_be_foreign(&word.text)
        && super::phrase(words, at + used, kind, respelled).is_none()
    {
        whole.text.push_str(&word.text);
        used += 1;
    }
    (used >= 3).then_some((used, whole))
}

/// The most characters of a name that is known by what it means.
const LONGEST_SENSE: usize = 5;

/// A foreign name with a dot between its parts stays in one piece, but not with what follows the
/// last of them: `洛克希德·马丁公司`.
pub(super) fn split(word: &Word, to: &mut Vec<Word>) {
    let characters: Vec<String> = word.text.chars().map(String::from).collect();
    let known = |from: &usize| {
        let rest = characters.get(*from..).unwrap_or_default();
        (2..=rest.len().min(LONGEST_SENSE))
            .any(|it| !lexicon::known(&rest.get(..it).unwrap_or_default().join(" ")).is_empty())
    };
    let head = (1..characters.len()).find(known).unwrap_or(characters.len());
    let (head, tail) = characters.split_at(head);
    to.push(Word { text: head.concat(), ..word.clone() });
    to.extend(tail.iter().map(|it| Word { text: it.clone(), ..word.clone() }));
}
