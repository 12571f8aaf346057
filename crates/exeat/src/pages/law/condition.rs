//! A rule's condition in words: the rule text, with its terms linked to what they mean.
//!
//! The rule language is made to be read aloud; here hyphens become spaces, and `item.eccn` becomes
//! "ECCN of item". The rule as it is written stands below, so that nothing is lost in it.

use super::address;
use jiff::civil::Date;
use law::rulebook::{Block, Rulebook};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Words that open a clause of a rule.
const CLAUSES: [&str; 9] =
    ["when", "unless", "says", "source", "by", "despite", "under", "overcomes", "for"];

/// The clauses of a rule that say when it holds.
pub(super) struct Condition<'t> {
    when: Vec<&'t str>,
    unless: Vec<&'t str>,
}

impl<'t> Condition<'t> {
    /// The condition in the text of a rule.
    pub(super) fn of(text: &'t str) -> Self {
        let mut condition = Self { when: Vec::new(), unless: Vec::new() };
        let mut clause = "";
        for line in text.lines().skip(1) {
            let indent = line.len() - line.trim_start().len();
            let line = line.trim();
            let first = line.split_whitespace().next().unwrap_or_default();
            let mut rest = line;
            if indent <= 2
                && let Some(opens) = CLAUSES.iter().find(|it| **it == first)
            {
                clause = opens;
                rest = line.strip_prefix(first).unwrap_or_default().trim();
            }
            match clause {
                "when" => condition.when.push(rest),
                "unless" => condition.unless.push(rest),
                _ => {}
            }
        }
        condition
    }

    /// Whether it always holds.
    pub(super) fn is_empty(&self) -> bool {
        self.when.is_empty() && self.unless.is_empty()
    }

    /// The condition in words.
    pub(super) fn words(&self, rulebook: &Rulebook, block: &Block, on: Date) -> Markup {
        let terms: BTreeMap<&str, String> = rulebook
            .terms
            .iter()
            .filter_map(|it| {
                let ids = it.blocks.iter().filter_map(|it| rulebook.block(*it));
                let block = ids.into_iter().find(|it| it.version.covers(on))?;
                Some((it.name.as_str(), block.citation.clone()))
            })
            .collect();
        let mut named: Vec<String> = block
            .unless
            .iter()
            .flatten()
            .filter_map(|it| rulebook.block(*it))
            .filter(|it| it.version.covers(on))
            .map(Block::id)
            .collect();
        named.dedup();
        html! {
            @if !self.when.is_empty() {
                p.condition { strong { "When " } @for line in &self.when { (line_in_words(line, &terms, on)) " " } }
            }
            @if !named.is_empty() {
                p.condition {
                    strong { "Unless " }
                    @for (place, it) in named.iter().enumerate() {
                        @if place > 0 { " or " }
                        a.cite href=(address(it, on)) { (it) }
                    }
                    " holds"
                }
            }
        }
    }
}

fn line_in_words(line: &str, terms: &BTreeMap<&str, String>, on: Date) -> Markup {
    html! {
        @for (place, word) in line.split_whitespace().enumerate() {
            @if place > 0 { " " }
            (in_words(word, terms, on))
        }
    }
}

/// A word of a rule, with what is around it.
fn in_words(word: &str, terms: &BTreeMap<&str, String>, on: Date) -> Markup {
    let of_code = |it: char| it.is_alphanumeric() || matches!(it, '-' | '.' | '_');
    let start = word.find(of_code).unwrap_or(word.len());
    let (before, rest) = word.split_at_checked(start).unwrap_or((word, ""));
    let tail = rest.len() - rest.trim_end_matches(|it| !of_code(it)).len();
    let end = rest.len() - tail;
    let (core, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let before = match before {
        ">=" => "at least",
        "<=" => "at most",
        "<" => "less than",
        ">" => "more than",
        other => other,
    };
    let said = |it: &str| it.replace('-', " ").replace("eccn", "ECCN");
    html! {
        (before)
        @match (terms.get(core), core.split_once('.')) {
            (Some(citation), _) => a href=(address(citation, on)) { (said(core)) },
            (None, Some((of, what))) if core.starts_with(|it: char| it.is_ascii_lowercase()) => {
                @match terms.get(what) {
                    Some(citation) => a href=(address(citation, on)) { (said(what)) },
                    None => (said(what)),
                }
                (if what.ends_with("-of") { " " } else { " of " }) (said(of))
            },
            (None, _) if core.starts_with(|it: char| it.is_ascii_lowercase()) => (said(core)),
            (None, _) => (core),
        }
        (after)
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;

    #[test]
    fn the_clauses_of_a_rule_are_told_apart() {
        let text = "bar ACE (c)(2) from 2022-05-26\n  when some end-user is public\n    and so on\n  \
                    unless (c)(2)(i)\n  says \"When it is so.\"";
        let condition = Condition::of(text);
        assert_eq!(condition.when, ["some end-user is public", "and so on"]);
        assert_eq!(condition.unless, ["(c)(2)(i)"]);
    }
}
