//! A case on one line: `destination: MO; date: 2022-05-25 => outcome: needs-review; closed: [ACE]`.
//!
//! Left of the arrow stand the keys that replace those of the base, right of it what is expected.

use super::CasePageError;
use super::block::{Block, Entry};
use super::expect::{self, Expect, refused};

/// What is other than in the base, and what the answer must be.
pub(super) fn read(number: usize, line: &str) -> Result<(Block, Expect), Vec<CasePageError>> {
    let Some((changed, expected)) = line.split_once("=>") else {
        let form = "what is changed, `=>` and what is expected, on one line".to_owned();
        return Err(vec![refused(number, form)]);
    };
    let lines = |text| parts(text).into_iter().map(|it| (number, it.to_owned())).collect();
    let changed: Vec<(usize, String)> = lines(changed);
    let changed = Block::read(&changed).map_err(|it| vec![it])?;
    if changed.get("base").or(changed.get("expect")).is_some() {
        return Err(vec![refused(number, "a variant has its base from its block".to_owned())]);
    }
    let mut lines: Vec<(usize, String)> = lines(expected);
    lines.insert(0, (number, "expect:".to_owned()));
    let expect = expect::read(&Entry { key: "expect".to_owned(), line: number, lines })?;
    Ok((changed, expect))
}

/// The parts between semicolons that stand in no bracket and no quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut from) = (0_usize, false, 0);
    let mut parts = Vec::new();
    for (place, sign) in text.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ';' if !quoted && depth == 0 => {
                parts.extend(text.get(from..place));
                from = place + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(from..));
    parts.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect()
}
