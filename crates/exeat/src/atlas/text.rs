//! The atlas as a table: outcomes from the freest, under each the paragraphs that decide, under
//! each the places.

use super::{Atlas, Group};
use crate::report::page::{DIM, PLAIN, Page, STRONG, styled, whole};
use crate::report::words;
use decision::Country;
use decision::atlas::{Change, Place};
use decision::outcome::Outcome;
use std::collections::BTreeMap;

/// Up to how many places are called by their names.
const NAMED: usize = 6;

/// The table, wrapped to a width.
pub(crate) fn render(atlas: &Atlas<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, &atlas.about)]);
    match atlas.changes() {
        Some(changes) => self::changes(&changes, atlas, &mut page),
        None => groups(&atlas.sheet.groups(), &mut page),
    }
    page.gap();
    for line in atlas.method() {
        page.paragraph(&styled(PLAIN, ""), &[styled(DIM, line)]);
    }
    page.paragraph(&styled(PLAIN, ""), &[styled(DIM, atlas.law())]);
    page.finish()
}

fn groups(groups: &[Group<'_>], page: &mut Page) {
    let mut last: Option<(Outcome, Option<&str>)> = None;
    for group in groups {
        let key = (group.outcome, group.exception);
        if last != Some(key) {
            let alike = groups.iter().filter(|it| (it.outcome, it.exception) == key);
            let count = alike.map(|it| it.countries.len()).sum();
            let outcome = words::sentence(&words::outcome(group.outcome, group.exception));
            page.gap();
            page.paragraph(
                &styled(PLAIN, ""),
                &[styled(words::color(group.outcome).bold(), outcome), styled(DIM, places(count))],
            );
            last = Some(key);
        }
        let citation = Some(&group.deciding.citation).filter(|it| !it.is_empty());
        let mut runs = vec![styled(PLAIN, &group.deciding.text)];
        runs.extend(citation.map(|it| whole(DIM, format!("[{it}]"))));
        page.paragraph(&styled(PLAIN, "  • "), &runs);
        let count = format!("{:>5} ", group.countries.len());
        page.paragraph(&styled(DIM, count), &[styled(PLAIN, list(&group.countries))]);
    }
}

fn changes(changes: &[Change<'_>], atlas: &Atlas<'_>, page: &mut Page) {
    let days = match &atlas.before {
        Some(before) => format!("from {} to {}", before.law_date, atlas.sheet.law_date),
        None => String::new(),
    };
    page.gap();
    let text = match changes.len() {
        0 => format!("Nothing changed {days}."),
        count => format!("{} changed {days}.", places(count)),
    };
    page.paragraph(&styled(PLAIN, ""), &[styled(STRONG, text)]);
    let mut moves: BTreeMap<_, Vec<Country>> = BTreeMap::new();
    for Change { before, after } in changes {
        moves.entry((key(before), key(after))).or_default().push(after.country);
    }
    for ((before, after), countries) in moves {
        page.gap();
        let outcome = |it: Key<'_>| styled(words::color(it.0).bold(), words::outcome(it.0, it.1));
        page.paragraph(
            &styled(PLAIN, ""),
            &[
                outcome(before),
                styled(DIM, "→"),
                outcome(after),
                styled(DIM, places(countries.len())),
            ],
        );
        for (sign, it) in [("  - ", before), ("  + ", after)] {
            let citation = (!it.2.is_empty()).then(|| whole(DIM, format!("[{}]", it.2)));
            let mut runs = vec![styled(PLAIN, it.3)];
            runs.extend(citation);
            page.paragraph(&styled(words::color(it.0), sign), &runs);
        }
        page.paragraph(&styled(PLAIN, "    "), &[styled(PLAIN, list(&countries))]);
    }
}

type Key<'a> = (Outcome, Option<&'a str>, &'a str, &'a str);

fn key(place: &Place) -> Key<'_> {
    let deciding = &place.deciding;
    (place.outcome, place.exception.as_deref(), &deciding.citation, &deciding.text)
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".to_owned() } else { format!("{count} places") }
}

fn list(countries: &[Country]) -> String {
    if countries.len() <= NAMED {
        let names: Vec<&str> = countries.iter().map(|it| it.name()).collect();
        return names.join(", ");
    }
    let codes: Vec<&str> = countries.iter().map(|it| it.code()).collect();
    codes.join(" ")
}
