//! What the heading of a column says of what stands under it: somebody is named, or something else
//! is told, or nobody can say.
//!
//! Headings are read word by word, as people and programs write them: with blanks, marks, small and
//! capital letters. Words under which somebody is named are in `names.txt`, those of everything else
//! in `things.txt`. A heading that neither knows leaves it to the values ([`looks_like_a_name`]), as
//! nobody can list every word for a party.

use crate::screened::parse_born;
use screening::lists;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What a heading says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Heading {
    /// Somebody is named here.
    Names,
    /// Nobody can say.
    Unknown,
    /// Something else.
    Things,
}

/// Whether a heading says that nobody is named under it.
pub(super) fn names_a_thing(heading: &str) -> bool {
    Heading::of(heading) == Heading::Things
}

/// Words, and ends of words.
struct Words {
    whole: BTreeSet<&'static str>,
    ends: Vec<&'static str>,
}

static NAMES: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("heading/names.txt")));
static THINGS: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("heading/things.txt")));
static VALUES: LazyLock<Words> = LazyLock::new(|| Words::of(include_str!("heading/values.txt")));

/// What has a name and is nobody.
const NAMED_THINGS: &str = "category city class column country county currency day district domain \
    event file host item list module month product project province region role sheet state street \
    table town type unit";

/// Behind them stands what the heading is of: the word before them decides.
const OF: [&str; 17] = [
    "of", "at", "in", "on", "von", "vom", "der", "des", "de", "du", "del", "della", "di", "do",
    "da", "van", "av",
];

/// Between two things that stand under one heading: `name and address`.
const AND: [&str; 9] = ["and", "or", "und", "oder", "et", "ou", "y", "en", "и"];

impl Words {
    fn of(text: &'static str) -> Self {
        let lines = text.lines().filter(|it| !it.starts_with('#'));
        let words = || lines.clone().flat_map(str::split_whitespace);
        let ends = words().filter_map(|it| it.strip_prefix('-')).collect();
        Self { whole: words().filter(|it| !it.starts_with('-')).collect(), ends }
    }

    /// How much of a word's end these know, in bytes.
    fn end_of(&self, word: &str) -> usize {
        let ends = self.ends.iter().filter(|it| word.ends_with(*it));
        ends.map(|it| it.len()).max().unwrap_or_default()
    }
}

impl Heading {
    /// What this heading says.
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let whole = words.concat();
        let named = ["names", "name"].iter().find_map(|it| whole.strip_suffix(it));
        if named.is_some_and(|it| is_among(NAMED_THINGS, it)) {
            return Self::Things;
        }
        if let Some(told) = Self::whole(&whole) {
            return told;
        }
        let told: Vec<Option<Self>> = words.iter().map(|it| Self::of_word(it)).collect();
        let of = words.iter().position(|it| OF.contains(&it.as_str())).filter(|it| *it > 0);
        let head = told.get(..of.unwrap_or(told.len())).and_then(<[_]>::last).copied().flatten();
        let tells = |what: Self| told.contains(&Some(what));
        let several = text.contains(['&', '/', '+', ',', '('])
            || words.iter().any(|it| AND.contains(&it.as_str()));
        match head {
            Some(Self::Things) if several && tells(Self::Names) => Self::Unknown,
            Some(Self::Things) => Self::Things,
            _ if tells(Self::Names) && !tells(Self::Things) => Self::Names,
            _ => Self::Unknown,
        }
    }

    /// What one word says; `None` where it says nothing.
    fn of_word(word: &str) -> Option<Self> {
        let named = || word.contains("name").then_some(Self::Names);
        Self::whole(word).or_else(|| Self::end(word)).or_else(named)
    }

    /// What a word that the tables hold as a whole says.
    fn whole(word: &str) -> Option<Self> {
        let names = NAMES.whole.contains(word).then_some(Self::Names);
        names.or_else(|| THINGS.whole.contains(word).then_some(Self::Things))
    }

    /// What the end of a word says: the longer one, so that `国名` is no name.
    fn end(word: &str) -> Option<Self> {
        match (NAMES.end_of(word), THINGS.end_of(word)) {
            (0, 0) => None,
            (names, things) if names > things => Some(Self::Names),
            _ => Some(Self::Things),
        }
    }
}

/// The words of a heading in small letters, without digits.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut current, mut before_is_small) = (String::new(), false);
    let mut end = |current: &mut String| {
        if !current.is_empty() {
            words.push(std::mem::take(current));
        }
    };
    for it in text.chars() {
        if !it.is_alphabetic() {
            // An apostrophe is part of a word, and left out as other marks are.
            if !matches!(it, '\'' | '\u{2019}' | '\u{200c}' | '\u{200b}') {
                end(&mut current);
            }
            before_is_small = false;
            continue;
        }
        if it.is_uppercase() && before_is_small {
            end(&mut current);
        }
        before_is_small = it.is_lowercase();
        current.extend(it.to_lowercase().filter(|it| it.is_alphabetic()));
    }
    end(&mut current);
    words
}

/// Whether a value in a column that may hold names can be one: it has a letter, and is no address
/// of e-mail.
pub(super) fn may_be_name(value: &str) -> bool {
    value.chars().any(char::is_alphabetic) && !value.contains('@')
}

/// Whether a value in a column of which nobody knows what it holds may be a name: words, and no
/// code, no measure, no day, no country, no link, no sentence.
pub(super) fn looks_like_a_name(value: &str) -> bool {
    let text = value.trim();
    if !may_be_name(text) || is_link(text) || parse_born(text).is_ok() {
        return false;
    }
    let words: Vec<&str> =
        text.split(|it: char| it.is_whitespace() || "/,;()".contains(it)).collect();
    let has_digits = text.chars().any(|it| it.is_ascii_digit());
    let is_code = |word: &str| {
        let few = word.len() <= 3 && word.chars().all(|it| it.is_ascii_uppercase());
        few && (has_digits || words.len() == 1)
    };
    let names = |word: &&&str| {
        let letters = word.chars().filter(|it| it.is_alphabetic()).count();
        let digits = word.chars().any(|it| it.is_ascii_digit() || it == '_');
        let least = if word.is_ascii() { 2 } else { 1 };
        letters >= least && !digits && !is_code(word) && !is_plain(word)
    };
    words.iter().any(|it| names(&it)) && !is_sentence(text) && lists::country(text).is_none()
}

fn is_plain(word: &str) -> bool {
    let word = word.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    VALUES.whole.contains(word.as_str())
}

/// Whether a text is the address of a page, or the name of a file or of a host.
fn is_link(text: &str) -> bool {
    let is_host = |it: &str| {
        let (before, after) = it.rsplit_once('.').unwrap_or_default();
        let small = |it: &str| {
            !it.is_empty() && !it.chars().any(|it| it.is_whitespace() || it.is_uppercase())
        };
        small(before) && small(after) && after.len() >= 2
    };
    text.contains("://") || text.starts_with("www.") || is_host(text)
}

/// Whether most words of a longer text begin with a small letter, as those of a name do not.
fn is_sentence(text: &str) -> bool {
    /// Fewer words are none, in scripts that have blanks.
    const LEAST: usize = 6;
    /// So many characters without a blank are no name.
    const LONGEST: usize = 60;
    let first = |it: &str| it.chars().find(|it| it.is_alphabetic());
    let cased: Vec<char> = text.split_whitespace().filter_map(first).collect();
    let small = cased.iter().filter(|it| it.is_lowercase()).count();
    let is_long = || text.split_whitespace().any(|it| it.chars().count() > LONGEST);
    cased.len() >= LEAST && 2 * small > cased.len() || text.contains('。') || is_long()
}

fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|it| it == word)
}

#[cfg(test)]
mod tests;
