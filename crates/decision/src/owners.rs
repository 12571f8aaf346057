//! Owners as people write them: `Example Holding 60%; J. Doe (40 %)`, and what names no owner.
//!
//! A name is what is searched, so nothing else may stand in it: a share goes where shares are read,
//! and a text that says something about owners, or that nobody knows them, is no owner. A search
//! for such a text would find nothing and clear a party that nobody looked at.

use screening::lexicon::{self, Role};
use screening::name::names_nobody;
use screening::normalize;
use std::mem;

/// How an answer is to be written.
pub const HOW: &str = "write each owner's full name with the share, such as `Example Holding 60%; \
                       J. Doe 40%`, or none where it is established that nobody owns any of it; \
                       leave it open where the owners are not known";

/// An owner as somebody wrote it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrittenOwner {
    /// The name alone.
    pub name: String,
    /// The share in percent, in digits with a point before decimals, where one was written.
    pub percent: Option<String>,
}

/// Why a text is no owner.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum WrittenOwnerError {
    /// There is no word that could be an owner's name.
    #[error("`{0}` names no owner")]
    NoName(String),
    /// It speaks of owners or of lists instead of naming somebody.
    #[error("`{0}` is no name; every name is searched in the lists")]
    Sentence(String),
    /// Between a share and the name, or behind both, something else is written.
    #[error("`{0}` is more than one name and one share")]
    More(String),
    /// A share that is none between 0 and 100.
    #[error("the share in `{0}` is no number between 0 and 100, such as 60% or 60.5%")]
    Share(String),
    /// A number where a share may be meant.
    #[error("`{0}` ends in a number; a share has % behind it")]
    Number(String),
}

/// Reads owners with a `;`, a new line or a comma between. Behind a share a comma always ends an
/// owner; other commas do so where nothing else separates, except before a legal form: `Acme, Inc.`
///
/// # Errors
///
/// Why one of them is no owner.
pub fn read(text: &str) -> Result<Vec<WrittenOwner>, WrittenOwnerError> {
    let text = with_percent_signs(text);
    let owners = parts(&text).iter().map(|it| owner(it)).collect::<Result<Vec<_>, _>>()?;
    if owners.is_empty() { Err(WrittenOwnerError::NoName(text)) } else { Ok(owners) }
}

/// Why a text is not the name of an owner, and nothing but it.
#[must_use]
pub fn no_name(name: &str) -> Option<WrittenOwnerError> {
    let words = words(name);
    let quoted = || name.trim().to_owned();
    if name.contains(PERCENT) {
        Some(WrittenOwnerError::More(quoted()))
    } else if names_nobody(name) || words.iter().all(|it| NOBODY_IN_PARTICULAR.contains(&&**it)) {
        Some(WrittenOwnerError::NoName(quoted()))
    } else {
        let spaced = format!(" {} ", words.join(" "));
        let says = |it: &&str| spaced.contains(&format!(" {it} "));
        SAID_OF_OWNERS.iter().any(says).then(|| WrittenOwnerError::Sentence(quoted()))
    }
}

const PERCENT: char = '%';

/// Words that, alone or together, name nobody who could be searched.
const NOBODY_IN_PARTICULAR: [&str; 78] = [
    "a",
    "all",
    "and",
    "board",
    "by",
    "companies",
    "company",
    "employee",
    "employees",
    "exchange",
    "families",
    "family",
    "few",
    "float",
    "foreign",
    "founder",
    "founders",
    "free",
    "funds",
    "government",
    "her",
    "herself",
    "him",
    "himself",
    "his",
    "holders",
    "i",
    "individuals",
    "institutional",
    "investor",
    "investors",
    "it",
    "its",
    "itself",
    "listed",
    "local",
    "majority",
    "management",
    "many",
    "me",
    "minority",
    "myself",
    "natural",
    "no",
    "of",
    "other",
    "others",
    "ours",
    "owned",
    "owner",
    "owners",
    "partner",
    "partners",
    "people",
    "persons",
    "private",
    "privately",
    "public",
    "publicly",
    "remainder",
    "remaining",
    "rest",
    "retail",
    "self",
    "several",
    "shareholders",
    "shares",
    "small",
    "some",
    "state",
    "stock",
    "stockholders",
    "the",
    "their",
    "them",
    "themselves",
    "traded",
    "yes",
];

/// What is in a text that speaks of owners and of lists.
const SAID_OF_OWNERS: [&str; 44] = [
    "are listed",
    "are not",
    "are on",
    "blocked by",
    "blocked persons",
    "cannot be",
    "dont know",
    "do not",
    "don t",
    "does not",
    "empty list",
    "end user list",
    "entity list",
    "entity lists",
    "entitylist",
    "enduser list",
    "i am",
    "is a",
    "is listed",
    "is not",
    "is on",
    "is owned",
    "is the",
    "it is",
    "military end user",
    "no idea",
    "no listed",
    "no one",
    "no owner",
    "no owners",
    "no shareholder",
    "none of",
    "not known",
    "not listed",
    "not on",
    "not sure",
    "on the list",
    "owned by",
    "owners are",
    "sdn list",
    "sdn",
    "there are",
    "there is",
    "they are",
];

/// Words that make a share less than exact.
const ROUGHLY: [&str; 23] = [
    "about",
    "above",
    "almost",
    "approx",
    "approximately",
    "around",
    "at",
    "below",
    "between",
    "ca",
    "circa",
    "least",
    "less",
    "more",
    "most",
    "nearly",
    "or",
    "over",
    "roughly",
    "some",
    "than",
    "to",
    "under",
];

fn words(text: &str) -> Vec<String> {
    normalize::words(text).into_iter().map(|it| it.text).collect()
}

/// The same with every way to write "percent" behind a number made a sign.
fn with_percent_signs(text: &str) -> String {
    const WORDS: [&str; 6] = ["percent", "per cent", "pct", "prozent", "процентов", "％"];
    let mut text = text.trim().to_owned();
    for word in WORDS {
        while let Some((at, length)) = behind_a_number(&text, word) {
            text.replace_range(at..at + length, "%");
        }
    }
    text
}

/// Where a word stands behind a number, and how long it is there.
fn behind_a_number(text: &str, word: &str) -> Option<(usize, usize)> {
    text.char_indices().map(|it| it.0).find_map(|at| {
        let (before, after) = text.split_at_checked(at)?;
        let found = after.get(..word.len())?;
        let number = before.trim_end().ends_with(|it: char| it.is_ascii_digit());
        let ends = !after.get(word.len()..)?.starts_with(char::is_alphanumeric);
        (number && ends && found.to_lowercase() == word).then_some((at, word.len()))
    })
}

/// The owners of a text, each as it is written.
fn parts(text: &str) -> Vec<String> {
    let strong = |it: char| matches!(it, ';' | '；' | '\n' | '\r');
    let weak = |it: char| matches!(it, ',' | '，' | '、');
    let only_weak = !text.contains(strong);
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let (mut end, mut by_comma) = (String::new(), false);
    for it in text.chars().chain(std::iter::once('\n')) {
        let behind_a_share = part.trim_end_matches([' ', ')', ']']).ends_with(PERCENT);
        if !(strong(it) || weak(it) && (only_weak || behind_a_share)) {
            part.push(it);
            continue;
        }
        mem::swap(&mut end, &mut part);
        part.clear();
        let ended = end.trim();
        match parts.last_mut() {
            Some(last) if by_comma && is_legal_form(ended) => {
                last.push_str(", ");
                last.push_str(ended);
            }
            Some(_) | None if ended.is_empty() => {}
            Some(_) | None => parts.push(ended.to_owned()),
        }
        by_comma = weak(it);
    }
    parts
}

/// Whether a part is only the legal form of the name before it, with its share or without.
fn is_legal_form(part: &str) -> bool {
    let name = share(part).map_or_else(|| part.to_owned(), |it| format!("{} {}", it.0, it.2));
    let words = words(&name);
    !words.is_empty() && lexicon::known(&words.join(" ")).iter().any(|it| it.role == Role::Legal)
}

fn owner(part: &str) -> Result<WrittenOwner, WrittenOwnerError> {
    let (name, percent) = match share(part) {
        Some((before, number, after)) => {
            let percent = exact(before, number);
            let percent = percent.ok_or_else(|| WrittenOwnerError::Share(part.to_owned()))?;
            let before = before.trim_start_matches(joins);
            let before = before.trim_end_matches(|it| joins(it) || matches!(it, '(' | '['));
            let after = after.trim_start_matches(|it| joins(it) || matches!(it, ')' | ']'));
            let after = after.trim_end_matches(joins);
            if !before.is_empty() && !after.is_empty() {
                return Err(WrittenOwnerError::More(part.to_owned()));
            }
            (if before.is_empty() { after } else { before }, Some(percent))
        }
        None if ends_in_a_number(part) => return Err(WrittenOwnerError::Number(part.to_owned())),
        None => (part, None),
    };
    match no_name(name) {
        Some(wrong) => Err(wrong),
        None => Ok(WrittenOwner { name: name.to_owned(), percent }),
    }
}

fn ends_in_a_number(part: &str) -> bool {
    let between = |it: char| joins(it) || matches!(it, '(' | ')' | '[' | ']');
    let last = part.trim_end_matches(between).rsplit(between).next().unwrap_or_default();
    !last.is_empty() && last.chars().all(|it| it.is_ascii_digit() || it == '.')
}

/// What stands before the first share, its number, and what stands behind it.
fn share(part: &str) -> Option<(&str, &str, &str)> {
    let (left, after) = part.split_once(PERCENT)?;
    let left = left.trim_end();
    let number = |it: char| it.is_ascii_digit() || matches!(it, '.' | ',');
    let before = left.trim_end_matches(number);
    Some((before, left.get(before.len()..).unwrap_or_default(), after))
}

/// A share that is told exactly, between 0 and 100.
fn exact(before: &str, number: &str) -> Option<String> {
    let is_range = before
        .strip_suffix(['-', '–', '—'])
        .is_some_and(|it| it.ends_with(|it: char| it.is_ascii_digit()));
    let roughly = is_range
        || words(before).last().is_some_and(|it| ROUGHLY.contains(&&**it))
        || before.trim_end().ends_with(['<', '>', '~', '≈', '≥', '≤', '±', '+']);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if roughly || !digits(whole) || !digits(decimals) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let nothing_more = decimals.bytes().all(|it| it == b'0');
    (whole < 100 || whole == 100 && nothing_more).then(|| number.trim_start_matches('0')).map(
        |it| {
            if it.is_empty() || it.starts_with('.') { format!("0{it}") } else { it.to_owned() }
        },
    )
}

/// What is between a name and the share behind or before it.
fn joins(it: char) -> bool {
    it.is_whitespace() || "-–—:=,".contains(it)
}

#[cfg(test)]
mod tests;
