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
    let (head, tail) = cut_at_mark(text.trim());
    push(&mut names, primary(head.trim_end().trim_end_matches(['(', ','])));
    if !tail.is_empty() {
        split_marked(without_bracket(head, tail), &mut names);
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
    let (piece, role) = unmarked(piece.trim());
    let (head, tail) = cut_at_mark(piece);
    let text = tidy(head.trim_end().trim_end_matches(['(', ',']));
    push(names, PartyName { text, role, weak: false, parts: None });
    if !tail.is_empty() {
        split_marked(without_bracket(head, tail), names);
    }
}

/// Cuts before the first `a.k.a.` or its like that is not at the beginning.
fn cut_at_mark(piece: &str) -> (&str, &str) {
    // Only ASCII changes, so places in one are places in the other.
    let lower = piece.to_ascii_lowercase();
    let inner = MARKS.iter().filter(|it| it.0.contains('.') || it.0.contains(" known "));
    let cut = inner.filter_map(|it| lower.find(it.0)).filter(|it| *it > 0).min();
    cut.and_then(|it| piece.split_at_checked(it)).unwrap_or((piece, ""))
}

/// What stands behind the mark, without the bracket that was opened before it.
fn without_bracket<'t>(head: &str, tail: &'t str) -> &'t str {
    if head.trim_end().ends_with('(') {
        tail.trim().trim_end_matches(['.', ',']).trim_end_matches(')')
    } else {
        tail
    }
}

/// Adds a name, unless it is empty or already there.
pub(super) fn push(names: &mut Vec<PartyName>, name: PartyName) {
    let known = |it: &PartyName| it.text == name.text;
    if name.text.chars().any(char::is_alphanumeric) && !names.iter().any(known) {
        names.push(name);
    }
}

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
