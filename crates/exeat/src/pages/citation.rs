//! Citations: the paragraph as the regulation is cited, with a link to the official text of a day.
//!
//! Links are made from the form of a citation alone; whether the paragraph exists is known to the
//! rulebook. What has no official address is shown without a link.

use jiff::civil::{Date, date};
use maud::{Markup, html};
use std::fmt::Write as _;

/// The first day that the official site can show.
const FIRST: Date = date(2017, 1, 3);

/// The day whose official text is linked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Official {
    /// `None` for the text of today.
    on: Option<Date>,
}

impl Official {
    /// The text of a day. A day that the official site cannot show, because it is too early or
    /// still to come, leads to the current text.
    pub(super) fn on(day: Date, today: Date) -> Self {
        Self { on: Some(day).filter(|it| *it >= FIRST && *it < today) }
    }

    /// The address of a citation's official text; `None` where it is not in the regulations.
    pub(super) fn address(self, citation: &str) -> Option<String> {
        let citation = citation.trim();
        if let Some((volume, page)) = citation.split_once(" FR ")
            && is_number(volume)
            && is_number(page)
        {
            return Some(format!("https://www.federalregister.gov/citation/{volume}-FR-{page}"));
        }
        let (title, rest) = match citation.split_once(" CFR ") {
            Some((title, rest)) if is_number(title) => (title, rest.trim_start_matches("§ ")),
            Some(_) => return None,
            None => ("15", citation),
        };
        let base = match self.on {
            Some(day) => format!("https://www.ecfr.gov/on/{day}/title-{title}"),
            None => format!("https://www.ecfr.gov/current/title-{title}"),
        };
        let place = place(rest)?;
        Some(format!("{base}/{place}"))
    }

    /// A citation, linked where it can be.
    pub(super) fn cite(self, citation: &str) -> Markup {
        match self.address(citation) {
            Some(address) => html! {
                a.cite href=(address) rel="external noreferrer" title="Official text" { (citation) }
            },
            None if citation.is_empty() => html! {},
            None => html! { span.cite { (citation) } },
        }
    }
}

/// Where a citation stands in its title: a section with its paragraph, a supplement, an entry.
fn place(citation: &str) -> Option<String> {
    if is_entry(citation) {
        return Some(supplement("774", "1"));
    }
    let end = citation.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(citation.len());
    let (number, rest) = citation.split_at(end);
    if let Some((part, section)) = number.split_once('.') {
        if !is_number(part) || !is_number(section) {
            return None;
        }
        let mut place = format!("section-{part}.{section}");
        let paragraph = rest.split([' ', '#']).next().unwrap_or_default();
        if paragraph.starts_with('(') {
            // Writing to a string cannot fail.
            let _ = write!(place, "#p-{part}.{section}{}", escaped(paragraph));
        }
        return Some(place);
    }
    let after = rest.strip_prefix(" Supp. ")?;
    let digits = after.find(|it: char| !it.is_ascii_digit()).unwrap_or(after.len());
    let (number_of, _) = after.split_at(digits);
    (is_number(number) && is_number(number_of)).then(|| supplement(number, number_of))
}

fn supplement(part: &str, number: &str) -> String {
    format!("part-{part}/appendix-Supplement%20No.%20{number}%20to%20Part%20{part}")
}

/// Whether a citation is an entry of the control list, such as `5A001.j` or `4E001 Note 1`.
fn is_entry(citation: &str) -> bool {
    match citation.as_bytes() {
        [category, group, a, b, c, rest @ ..] => {
            category.is_ascii_digit()
                && (b'A'..=b'E').contains(group)
                && [a, b, c].iter().all(|it| it.is_ascii_digit())
                && !rest.first().is_some_and(u8::is_ascii_alphanumeric)
        }
        _ => false,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// A paragraph in an address: what is no letter, digit or bracket is escaped.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'(' | b')' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => escaped.push(char::from(byte)),
            // Writing to a string cannot fail.
            other => drop(write!(escaped, "%{other:02X}")),
        }
        escaped
    })
}

#[cfg(test)]
mod tests;
