use super::{limits, outline, referring, rows, search, section, versions, written_in};
use crate::library::RulesArg;
use jiff::civil::{Date, date};
use law::found::Found;

const DAY: Date = date(2026, 9, 24);

fn engine() -> decision::Engine {
    RulesArg { rules: None, also: Vec::new() }.engine().unwrap()
}

#[test]
fn a_section_is_read_in_the_order_of_its_outline() {
    let engine = engine();
    let rulebook = engine.rulebook();
    let ace = section(rulebook, "740.22(c)(2)").unwrap();
    assert_eq!(ace.number, "740.22");
    let outline = outline(rulebook, ace, DAY);
    let place = |it: &str| outline.iter().position(|p| p.citation == it).unwrap();
    assert!(place("740.22(a)") < place("740.22(b)(1)"));
    assert!(place("740.22(c)(2)") < place("740.22(c)(2)(i)"));
    assert_eq!(outline[place("740.22(c)(2)(i)")].depth, 3);
}

#[test]
fn every_rule_in_force_stands_in_a_section() {
    let engine = engine();
    let rulebook = engine.rulebook();
    let homeless: Vec<&str> = rulebook
        .blocks
        .iter()
        .filter(|it| written_in(rulebook, it).is_none())
        .map(|it| it.citation.as_str())
        .collect();
    assert_eq!(homeless, Vec::<&str>::new());
}

#[test]
fn words_find_paragraphs_and_citations_come_first() {
    let engine = engine();
    let (rulebook, files) = (engine.rulebook(), RulesArg { rules: None, also: Vec::new() }.files());
    let files = files.unwrap();
    let found = search(rulebook, "740.22(c)", DAY, &files);
    assert!(found[0].citation.starts_with("740.22(c)"), "{:?}", found[0]);
    assert!(!search(rulebook, "government end user", DAY, &files).is_empty());
    assert!(search(rulebook, "no such words anywhere", DAY, &files).is_empty());
    assert!(search(rulebook, "  ", DAY, &files).is_empty());
}

#[test]
fn a_paragraph_names_its_versions_and_who_uses_it() {
    let engine = engine();
    let rulebook = engine.rulebook();
    let Found::InForce(blocks) = rulebook.find("740.22(c)(2)(i)", DAY) else { panic!("not there") };
    let mut users = Vec::new();
    for id in blocks {
        let block = rulebook.block(id).unwrap();
        assert!(versions(rulebook, block).iter().any(|it| std::ptr::eq(*it, block)));
        users.extend(referring(rulebook, id, block, DAY).iter().map(|it| it.id()));
    }
    assert!(users.contains(&"740.22(c)(2)".to_owned()), "{users:?}");
}

#[test]
fn what_is_doubtful_is_counted_and_a_country_has_its_rows() {
    let engine = engine();
    let rulebook = engine.rulebook();
    assert!(!limits(rulebook, DAY).unverified.is_empty());
    assert!(!rows(rulebook, "VN", DAY).is_empty());
}
