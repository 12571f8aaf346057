//! Words in the rulebook: in what paragraphs say, in their titles, and in their citations.

use super::is_law;
use jiff::civil::Date;
use law::rulebook::Rulebook;
use std::collections::BTreeMap;

/// A paragraph in which every word stands.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'l> {
    /// The paragraph.
    pub(crate) citation: &'l str,
    /// What it says there.
    pub(crate) said: &'l str,
}

/// The paragraphs in force on a day in which every word stands, in the order of the rulebook: first
/// those that are called so.
pub(crate) fn search<'l>(
    rulebook: &'l Rulebook,
    text: &str,
    on: Date,
    files: &[law::SourceFile],
) -> Vec<Hit<'l>> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<(u8, usize), Hit<'l>> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    let rank = |citation: &str, plain: &str, rule: &str| {
        let citation = citation.to_lowercase();
        let plain = plain.to_lowercase();
        if words.iter().all(|it| citation.contains(it.as_str())) {
            return Some(0);
        }
        if words.iter().all(|it| plain.contains(it.as_str()) || citation.contains(it.as_str())) {
            return Some(1);
        }
        // The rule's own words have hyphens where people have spaces.
        let rule = rule.to_lowercase();
        let stands = |it: &String| rule.contains(it.as_str()) || plain.contains(it.as_str());
        words.iter().all(stands).then_some(2)
    };
    for (place, block) in rulebook.blocks.iter().enumerate().filter(|it| is_law(it.1, on)) {
        let rule = crate::cli::rules::text::source(block, files).replace('-', " ");
        if let Some(rank) = rank(&block.citation, &block.says, &rule)
            && seen.insert((block.citation.as_str(), block.says.as_str()))
        {
            found.insert((rank, place), Hit { citation: &block.citation, said: &block.says });
        }
    }
    let blocks = rulebook.blocks.len();
    for (place, it) in rulebook.paragraphs.iter().enumerate() {
        let covers = it.from <= on && it.until.is_none_or(|until| on < until);
        if covers
            && let Some(rank) = rank(&it.citation, &it.title, "")
            && seen.insert((it.citation.as_str(), it.title.as_str()))
        {
            found.insert((rank, blocks + place), Hit { citation: &it.citation, said: &it.title });
        }
    }
    found.into_values().collect()
}
