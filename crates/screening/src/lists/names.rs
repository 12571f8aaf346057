//! Names of one entry, freed from the punctuation that lists put around them.

use crate::party::{NameParts, NameRole, PartyName};

/// What a list writes in front of a name, and what it says of it.
const MARKS: [(&str, NameRole); 10] = [
    ("f.k.a.,", NameRole::Former),
    ("f.k.a.", NameRole::Former),
    ("fka ", NameRole::Former),
    ("formerly known as", NameRole::Former),
    ("formerly ", NameRole::Former),
    ("a.k.a.,", NameRole::Alias),
    ("a.k.a.", NameRole::Alias),
    ("aka ", NameRole::Alias),
    ("also known as", NameRole::Alias),
    ("n.k.a.", NameRole::Alias),
];

/// A primary name.
pub(super) fn primary(text: &str) -> PartyName {
    plain(text, NameRole::Primary)
}

/// A name without parts that the list does not call weak.
pub(super) fn plain(text: &str, role: NameRole) -> PartyName {
    PartyName { text: tidy(text), role, weak: false, parts: None }
}

/// A person's name that OFAC writes `FAMILY, Given`: in the order of speech, with its parts.
pub(super) fn person(text: &str, role: NameRole) -> PartyName {
    let text = tidy(text);
    let parts = text.split_once(", ").map(|(family, given)| NameParts {
        given: given.trim().to_owned(),
        family: family.trim().to_owned(),
    });
    let Some(parts) = parts.filter(|it| !it.given.is_empty() && !it.family.is_empty()) else {
        return PartyName { text, role, weak: false, parts: None };
    };
    let text = format!("{} {}", parts.given, parts.family);
    PartyName { text, role, weak: false, parts: Some(parts) }
}

/// The name of an entry, with what its list writes behind it: `X (a.k.a. Y)` is X, also known as Y.
pub(super) fn marked(text: &str) -> Vec<PartyName> {
    let mut names = Vec::new();
    let pieces = cut_at_marks(text.trim());
    for (place, piece) in pieces.into_iter().enumerate() {
        // A mark at the very beginning belongs to the name: `Aka Trading`.
        let (piece, role) = if place == 0 { (piece, NameRole::Primary) } else { unmarked(piece) };
        push(&mut names, plain(piece, role));
    }
    names
}

/// The aliases of a text that puts them one after the other: `A; B; and C (f.k.a., D)`.
pub(super) fn aliases(text: &str) -> Vec<PartyName> {
    let mut names = Vec::new();
    for piece in text.split(';') {
        let piece = piece.trim().trim_start_matches("and ").trim_start_matches(['-', '–', ' ']);
        split_marked(piece, &mut names);
    }
    names
}

/// `X (a.k.a. Y)` and `X, a.k.a. Y` are two names.
fn split_marked(piece: &str, names: &mut Vec<PartyName>) {
    for piece in cut_at_marks(piece.trim()) {
        let (text, role) = unmarked(piece);
        push(names, plain(text, role));
    }
}

/// Cuts before every `a.k.a.` or its like that is not at the beginning, and takes away the bracket
/// around what stands behind it.
fn cut_at_marks(text: &str) -> Vec<&str> {
    // Only ASCII changes, so places in one are places in the other.
    let lower = text.to_ascii_lowercase();
    let inner = MARKS.iter().filter(|it| it.0.contains('.') || it.0.contains(" known "));
    let mut cuts: Vec<usize> = inner
        .flat_map(|it| lower.match_indices(it.0))
        .map(|it| it.0)
        .filter(|it| *it > 0)
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(text.len());
    let (mut pieces, mut start, mut opened) = (Vec::new(), 0, false);
    for cut in cuts {
        let piece = text.get(start..cut).unwrap_or_default().trim();
        let opens = piece.ends_with('(');
        let piece = piece.trim_end_matches(['(', ',', ' ']);
        pieces.push(if opened {
            piece.trim_end_matches(['.', ',']).trim_end_matches(')')
        } else {
            piece
        });
        (start, opened) = (cut, opens);
    }
    pieces
}

/// Adds a name, unless it is empty or already there.
pub(super) fn push(names: &mut Vec<PartyName>, name: PartyName) {
    // Comparing every name with every other must not take forever where somebody gives a million.
    let known = |it: &PartyName| it.text == name.text;
    let known = names.len() < MANY && names.iter().any(known);
    if name.text.chars().any(char::is_alphanumeric) && !known {
        names.push(name);
    }
}

/// Adds something that is not there yet.
pub(super) fn add_once<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if all.len() >= MANY || !all.contains(&one) {
        all.push(one);
    }
}

/// More than any entry of a real list has. Beyond it, repetitions are kept.
const MANY: usize = 2048;

/// A name in quotation marks of its own is one that OFAC calls weak.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    [('\'', '\''), ('"', '"'), ('‘', '’'), ('“', '”')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .filter(|it| !it.is_empty())
}

/// One space between words, none around, and no comma or semicolon left over at either end.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    let kept = tidy.trim_matches([',', ';', ' ']);
    if kept.len() == tidy.len() { tidy } else { kept.to_owned() }
}

fn unmarked(piece: &str) -> (&str, NameRole) {
    let lower = piece.to_ascii_lowercase();
    for (mark, role) in MARKS {
        if lower.starts_with(mark) {
            let rest = piece.get(mark.len()..).unwrap_or_default();
            return (rest.trim_start_matches([',', ' ']), role);
        }
    }
    (piece, NameRole::Alias)
}
