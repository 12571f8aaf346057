//! Designators: `(a)`, `(1)`, `(i)`, `(A)`, and in italics `(1)` and `(i)` again.
//!
//! The file gives them as text and does not say how deep they stand. A letter that is a Roman
//! numeral too is read as what fits the one before it, and where both fit, the ones after it.

use super::{ITALIC, UPRIGHT, plain};

/// The most levels that the regulations have.
const LEVELS: usize = 6;

/// The designators that a piece of text begins with, italics marked by a star before them, and the
/// text. A heading in italics may stand between two of them.
pub(super) fn split(piece: &str) -> (Vec<String>, String) {
    let mut designators = Vec::new();
    let mut rest = piece.trim_start();
    loop {
        let bare = rest.trim_start();
        let after_heading = bare.strip_prefix(ITALIC).and_then(|it| it.split_once(UPRIGHT));
        if let Some((designator, after)) = designator(bare) {
            designators.push(designator);
            rest = after;
        } else if !designators.is_empty()
            && let Some((heading, after)) = after_heading
            && !heading.trim_start().starts_with('(')
            && let Some((designator, after)) = designator(after.trim_start())
        {
            designators.push(designator);
            rest = after;
        } else {
            // The text keeps its designators, so that a change of them is a change of it.
            return (designators, plain(piece));
        }
    }
}

/// One designator at the beginning of a text: `(a)`, or `(1)` with italics within or around.
fn designator(text: &str) -> Option<(String, &str)> {
    let outer = text.strip_prefix(ITALIC);
    let inner = outer.unwrap_or(text).strip_prefix('(')?;
    let (body, after) = inner.split_once(')')?;
    let italic = outer.is_some() || body.contains(ITALIC);
    let body: String = body.chars().filter(|it| !matches!(*it, ITALIC | UPRIGHT)).collect();
    let number = body.chars().all(|it| it.is_ascii_digit());
    let roman = body.chars().all(|it| "ivxlc".contains(it));
    let letter = body.chars().all(|it| it.is_ascii_alphabetic()) && body.len() <= 2;
    if body.is_empty() || body.len() > 6 || !(number && body.len() <= 3 || roman || letter) {
        return None;
    }
    let after = if outer.is_some() { after.strip_prefix(UPRIGHT).unwrap_or(after) } else { after };
    let mark = if italic { "*" } else { "" };
    Some((format!("{mark}{body}"), after))
}

/// Where one is in the outline of a section.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline(Vec<String>);

impl Outline {
    /// Goes on to the next designator, and gives the path to it, such as `(c)(2)(ii)`. `later` are
    /// the designators after it.
    pub(super) fn step<'a>(
        &mut self,
        designator: &str,
        later: impl Iterator<Item = &'a str>,
    ) -> String {
        let body = designator.trim_start_matches('*').to_owned();
        let level = self.level(designator, &body, later).min(LEVELS - 1);
        self.0.truncate(level);
        self.0.push(body);
        format!("({})", self.0.join(")("))
    }

    fn level<'a>(
        &self,
        designator: &str,
        body: &str,
        mut later: impl Iterator<Item = &'a str>,
    ) -> usize {
        let italic = designator.starts_with('*');
        let first = body.chars().next().unwrap_or('a');
        if first.is_ascii_digit() {
            return if italic || self.0.len() == 4 && !self.follows(1, body) { 4 } else { 1 };
        }
        if first.is_ascii_uppercase() {
            return 3;
        }
        let roman = value(body);
        if italic {
            return if roman.is_some() { 5 } else { 0 };
        }
        let Some(roman) = roman else { return 0 };
        let as_numeral = match self.0.get(2) {
            Some(last) => value(last).is_some_and(|it| it + 1 == roman),
            None => self.0.len() == 2 && roman == 1,
        };
        let as_letter = match self.0.first() {
            Some(last) => body.len() == 1 && next(last) == Some(first),
            None => true,
        };
        match (as_numeral, as_letter) {
            (true, false) => 2,
            (false, true) => 0,
            (true, true) | (false, false) => {
                // What comes first after it, the next numeral or the next letter, tells.
                let numeral = later.find_map(|it| {
                    let letter = it.len() == 1 && it.chars().next() == next(body);
                    (value(it) == Some(roman + 1) || letter).then_some(!letter)
                });
                // The last of a list, with nothing after it, belongs to the list that is open.
                if numeral.unwrap_or(self.0.len() >= 2) { 2 } else { 0 }
            }
        }
    }

    fn follows(&self, level: usize, body: &str) -> bool {
        let last = self.0.get(level).and_then(|it| it.parse::<u32>().ok());
        last.is_some_and(|it| body.parse() == Ok(it + 1))
    }
}

fn next(letter: &str) -> Option<char> {
    let letter = letter.chars().next()?;
    char::from_u32(u32::from(letter) + 1)
}

/// The value of a small Roman numeral.
fn value(text: &str) -> Option<u32> {
    const NUMERALS: [(&str, u32); 9] = [
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let mut rest = text;
    let mut sum = 0;
    for (numeral, value) in NUMERALS {
        while let Some(shorter) = rest.strip_prefix(numeral) {
            rest = shorter;
            sum += value;
        }
    }
    (rest.is_empty() && sum > 0).then_some(sum)
}
