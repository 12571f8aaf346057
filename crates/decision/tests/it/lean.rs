//! The lean trace, with which lines are answered, beside the full one.

use crate::cases::{entries, transaction};
use crate::fuzz::rulebook::engine;
use decision::determination::Because;
use decision::transaction::read::{Format, read};
use decision::{Determination, Options, Trace};
use std::collections::BTreeSet;

/// Every row of a table that an answer names: where it comes from, and what was asked of it.
fn rows<'a>(nodes: &'a [Because<'_>], found: &mut BTreeSet<(&'a str, &'a str)>) {
    for node in nodes {
        if node.effect == "table" {
            found.extend(node.facts.iter().map(|it| (node.citation, it.as_str())));
        }
        rows(&node.because, found);
    }
}

fn all_rows<'a>(answer: &'a Determination<'_>) -> BTreeSet<(&'a str, &'a str)> {
    let mut found = BTreeSet::new();
    rows(&answer.because, &mut found);
    answer.items.iter().flat_map(|it| &it.exceptions).for_each(|it| rows(&it.because, &mut found));
    answer.legs.iter().for_each(|it| found.extend(all_rows(it)));
    found
}

fn with(trace: Trace) -> Options {
    Options { trace, max_law_age: 10_000, ..Options::default() }
}

#[test]
fn a_line_names_the_row_of_the_country_chart_and_whose_it_is() {
    let sale = r#"{"version": 1, "date": "2026-09-24", "activity": "export", "from": "US",
        "destination": "JE", "items": [{"eccn": "4D004", "form": "object-code"}],
        "parties": [{"role": "end-user", "sector": "bank", "lists": []}],
        "end_use": {"purposes": ["defensive-testing"], "knows": []}}"#;
    let sale = read(Format::Json, sale.as_bytes()).expect("a sale");
    let answer = engine().decide(&sale, &with(Trace::Lean));
    let wanted = ("738.3(b); 738 Supp. 1", "destination = JE, chart NS1");
    assert!(all_rows(&answer).contains(&wanted), "{:?}", all_rows(&answer));
}

#[test]
fn a_line_names_no_row_that_the_full_trace_does_not_name() {
    let mut named = 0;
    for (place, case) in entries() {
        let Ok(sale) = transaction(&case) else { continue };
        let lean = engine().decide(&sale, &with(Trace::Lean));
        let lean = all_rows(&lean);
        if lean.is_empty() {
            continue;
        }
        let full = engine().decide(&sale, &with(Trace::Full));
        let full = all_rows(&full);
        assert!(lean.is_subset(&full), "{place}: {:?}", lean.difference(&full).collect::<Vec<_>>());
        named += lean.len();
        if named > 300 {
            break;
        }
    }
    assert!(named > 300, "{named}");
}

/// The network penetration tool, to a user of the sector in Kenya.
fn penetration_tool(sector: &str, classification: &str) -> String {
    format!(
        r#"{{"version": 1, "date": "2026-09-24", "activity": "export", "from": "US", "destination": "KE",
        "items": [{{"eccn": "5D002.c.1", "form": "object-code", "encryption":
            {{"classification": "{classification}", "category": "network-penetration"}}}}],
        "parties": [{{"role": "end-user", "country": "KE", "sector": "{sector}", "government_of": "KE",
            "state_owned_percent": 0, "us_subsidiary": false, "lists": []}}],
        "end_use": {{"purposes": ["defensive-testing"], "knows": []}}, "notices": [], "red_flags": []}}"#
    )
}

/// The exceptions that a line names for its first item: which, whether open, and the first paragraph.
fn exceptions_in_a_line(sale: &str) -> Vec<(String, bool, String)> {
    let sale = read(Format::Json, sale.as_bytes()).expect("a sale");
    let answer = engine().decide(&sale, &with(Trace::Lean));
    let found = answer.items.first().map_or(&[][..], |it| it.exceptions.as_slice());
    let first = |it: &decision::determination::ExceptionFinding<'_>| {
        it.because.first().map_or(String::new(), |node| node.citation.to_owned())
    };
    found.iter().map(|it| (it.symbol.to_owned(), it.available.is_true(), first(it))).collect()
}

#[test]
fn a_line_that_needs_a_license_names_the_nearest_exception_where_no_other_is_in_question() {
    let told =
        |sector, classification| exceptions_in_a_line(&penetration_tool(sector, classification));
    let police = [("ENC".to_owned(), false, "740.17(b)(2)(i)(F)".to_owned())];
    assert_eq!(told("police", "ccats"), police, "for a government");
    let unclassified = [("ENC".to_owned(), false, "740.17(b)(2)(i)(F)".to_owned())];
    assert_eq!(told("private-other", "none"), unclassified, "without a classification");
    let open = told("private-other", "ccats");
    assert!(open.iter().any(|it| it.0 == "ENC" && it.1), "{open:?}");
}
