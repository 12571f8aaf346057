//! Countries as lists write them, by name.

use crate::country::CountryCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("country_names.txt");

static NAMES: LazyLock<BTreeMap<String, CountryCode>> = LazyLock::new(|| {
    let row = |line: &str| {
        let (code, name) = line.split_once(' ')?;
        Some((key(name), code.parse().ok()?))
    };
    TABLE.lines().filter(|it| !it.starts_with('#')).filter_map(row).collect()
});

/// The last words of those names.
static ENDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| NAMES.keys().filter_map(|it| it.rsplit(' ').next()).collect());

/// The country of a name or of a two-letter code, where there is just one.
///
/// `Former USSR, now Belarus` is Belarus; a bracket behind a name is passed over.
#[must_use]
pub fn country(text: &str) -> Option<CountryCode> {
    let text = text.trim().trim_end_matches(['.', ',', ';']).trim();
    if text.len() == 2
        && let Ok(code) = text.parse::<CountryCode>()
        && text.bytes().all(|it| it.is_ascii_uppercase())
    {
        return Some(code);
    }
    known(text).or_else(|| today(text)).or_else(|| known(before_bracket(text)?))
}

/// Whether these are two capitals that stand for a country.
pub(crate) fn is_code(text: &str) -> bool {
    static CODES: LazyLock<BTreeSet<CountryCode>> =
        LazyLock::new(|| NAMES.values().copied().collect());
    text.bytes().all(|it| it.is_ascii_uppercase())
        && text.parse().is_ok_and(|it: CountryCode| CODES.contains(&it))
}

/// Whether a text is the name of a country, and nothing else.
pub(crate) fn is_country(text: &str) -> bool {
    text.len() > 2 && known(text).is_some()
}

/// Whether the name of a country may end in this word, marks behind it aside: what may not needs no
/// look at the words before it.
pub(crate) fn may_end(word: &str) -> bool {
    let word = word.trim_matches(['.', ',']);
    if word.is_empty() || !word.is_ascii() {
        return true;
    }
    let word = word.to_ascii_lowercase();
    matches!(word.as_str(), "citizenship" | "nationality") || ENDS.contains(word.as_str())
}

fn known(text: &str) -> Option<CountryCode> {
    let key = key(text);
    let key = key.trim_end_matches(" citizenship").trim_end_matches(" nationality");
    NAMES.get(key).or_else(|| NAMES.get(key.strip_prefix("the ")?)).copied()
}

fn today(text: &str) -> Option<CountryCode> {
    let lower = text.to_lowercase();
    let later = [" now ", "(now ", " currently ", "(currently "];
    let (_, after) = later.iter().find_map(|it| lower.split_once(it))?;
    known(after.trim_end_matches(')'))
}

fn before_bracket(text: &str) -> Option<&str> {
    text.split_once(" (").or_else(|| text.split_once(" / ")).map(|(name, _)| name)
}

fn key(name: &str) -> String {
    name.trim().replace('’', "'").to_lowercase()
}
