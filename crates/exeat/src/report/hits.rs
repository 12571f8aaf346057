//! Hits of a name for a person: the score, the entry, the listed name with the letters in brackets
//! that differ from the one that was asked for, and why in words.

use super::page::{DIM, GREEN, PLAIN, Page, RED, STRONG, YELLOW, styled, whole};
use crate::report::listed::kind;
use crate::screened::Found;
use decision::matches::Verdict;
use std::collections::BTreeSet;

/// The hits as text of that width, with colors.
pub(crate) fn text(found: &[Found], width: usize) -> String {
    let mut page = Page::new(width);
    for it in found {
        let entry = format!("{}:{}", it.party.list, it.party.id);
        let mut runs = vec![whole(STRONG, format!("{}", it.score))];
        runs.push(styled(PLAIN, marked(&it.told.asked, &it.told.listed)));
        runs.push(whole(PLAIN, entry));
        runs.push(styled(DIM, about(it)));
        page.paragraph(&styled(PLAIN, ""), &runs);
        page.paragraph(&styled(PLAIN, "       "), &[styled(DIM, it.told.text())]);
        let (style, verdict) = match &it.verdict {
            Verdict::Open(None) => continue,
            Verdict::Open(Some(why)) => (YELLOW, format!("open again: {why}")),
            Verdict::True(it) => {
                (RED, format!("the same, says {} on {}: {}", it.by, it.on, it.why))
            }
            Verdict::False(it) => {
                (GREEN, format!("somebody else, says {} on {}: {}", it.by, it.on, it.why))
            }
        };
        page.paragraph(&styled(PLAIN, "       "), &[styled(style, verdict)]);
    }
    page.finish()
}

/// What the entry is, in a few words.
fn about(it: &Found) -> String {
    let mut countries: BTreeSet<&str> = it.party.countries.iter().map(|it| it.1.as_str()).collect();
    countries.extend(
        it.party
            .addresses
            .iter()
            .filter_map(|it| it.country.as_ref())
            .map(screening::CountryCode::as_str),
    );
    let countries: Vec<&str> = countries.into_iter().collect();
    let programs = it.party.programs.join(", ");
    let parts = [kind(it.party.kind).to_owned(), countries.join(" "), programs];
    parts.into_iter().filter(|it| !it.is_empty() && it != "unknown").collect::<Vec<_>>().join("; ")
}

/// The listed name; letters that do not stand in the asked one, in the same order, are in brackets.
fn marked(asked: &str, listed: &str) -> String {
    let differs = differing(asked, listed);
    let mut text = String::new();
    let mut open = false;
    let mut place = 0;
    for letter in listed.chars() {
        let differing = !letter.is_whitespace() && differs.contains(&place);
        if differing != open {
            text.push(if differing { '[' } else { ']' });
            open = differing;
        }
        text.push(letter);
        place += usize::from(!letter.is_whitespace());
    }
    if open {
        text.push(']');
    }
    text
}

/// The letters of the listed name, spaces left out, that are not in the longest common sequence.
pub(crate) fn differing(asked: &str, listed: &str) -> BTreeSet<usize> {
    const LONGEST: usize = 200;
    let letters = |text: &str| -> Vec<String> {
        let all = text.chars().filter(|it| !it.is_whitespace()).take(LONGEST);
        all.map(|it| it.to_lowercase().collect()).collect()
    };
    let (a, b) = (letters(asked), letters(listed));
    // common[i][j]: the longest common sequence of the rests a[i..] and b[j..].
    let mut common = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    let at = |common: &Vec<Vec<usize>>, i: usize, j: usize| {
        common.get(i).and_then(|it| it.get(j)).copied().unwrap_or(0)
    };
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let best = if a.get(i) == b.get(j) {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i).and_then(|it| it.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let mut differs: BTreeSet<usize> = (0..b.len()).collect();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a.get(i) == b.get(j) {
            differs.remove(&j);
            (i, j) = (i + 1, j + 1);
        } else if at(&common, i + 1, j) >= at(&common, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    differs
}

#[cfg(test)]
mod tests {
    use super::{differing, marked};

    #[test]
    fn letters_that_differ_are_those_outside_the_longest_common_sequence() {
        for (asked, listed, differs) in [
            ("Sandvayn", "Sandvine", vec![5, 7]),
            ("same", "SAME", vec![]),
            ("", "ab", vec![0, 1]),
            ("a b", "ab", vec![]),
        ] {
            let found: Vec<usize> = differing(asked, listed).into_iter().collect();
            assert_eq!(found, differs, "{asked} {listed}");
        }
        assert_eq!(marked("Sandvayn Ltd", "Sandvine Inc"), "Sandv[i]n[e] [Inc]");
    }
}
