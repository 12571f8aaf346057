use crate::toy;
use jiff::civil::{Date, date};
use law::Value;

const TODAY: Date = date(2026, 9, 24);

/// The keys of the rows that an item with this classification may be, for this parent, on a day.
fn keys(eccn: &str, chain: &str, day: Date) -> String {
    let rulebook = toy::rulebook();
    let entries = super::Entries::new(rulebook);
    let chain = (!chain.is_empty()).then(|| chain.parse().expect("a chain"));
    let found = entries.find(&eccn.parse().expect("well formed"), chain.as_ref(), day);
    let name = |key: &u16| {
        let domain = rulebook.schema.domain("entry").expect("declared");
        rulebook.schema.value_name(domain, *key).to_owned()
    };
    let keys = match &found.value {
        Value::Code(key) => name(key),
        Value::OneOf(keys) => keys.iter().map(name).collect::<Vec<_>>().join(" "),
        Value::Unknown
        | Value::Truth(_)
        | Value::Set(_)
        | Value::Number(_)
        | Value::Between(..) => {
            panic!("no row: {:?}", found.value)
        }
    };
    format!("{keys}{}", if found.ask_parent { " ?for" } else { "" })
}

#[test]
fn a_classification_finds_the_deepest_row_that_contains_it() {
    for (eccn, found) in [
        ("4D004", "4D004"),
        ("4D004.a", "4D004"),
        ("5D002.c.1", "5D002.c.1"),
        ("5D002.c.1.a", "5D002.c.1"),
        ("5D002.c.11", "5D002"),
        ("4A005.z.1", "4A005.z.1"),
        ("4A005.z.3", "4A005.z"),
        ("EAR99", "EAR99"),
        ("3A001", "unlisted"),
    ] {
        assert_eq!(keys(eccn, "", TODAY), found, "{eccn}");
    }
}

#[test]
fn a_classification_above_the_rows_may_be_any_beneath_but_a_z_that_was_not_named() {
    assert_eq!(keys("4A005", "", TODAY), "4A005");
    assert_eq!(keys("5D002", "", TODAY), "5D002 5D002.c.1");
    assert_eq!(keys("5D002.c", "", TODAY), "5D002 5D002.c.1");
    assert_eq!(
        keys("5D001", "", TODAY),
        "5D001.a-j 5D001.a-f 5D001.a-other 5D001.c-j 5D001.c-z 5D001.e"
    );
}

#[test]
fn a_row_is_found_on_its_days_only() {
    assert_eq!(keys("4D004", "", date(2022, 3, 6)), "unlisted");
    assert_eq!(keys("4D004", "", date(2022, 3, 7)), "4D004");
    assert_eq!(keys("5D001.a", "", date(2022, 3, 6)), "5D001.a-f 5D001.a-other ?for");
}

#[test]
fn what_an_item_is_for_chooses_among_the_rows() {
    for (eccn, chain, found) in [
        ("5D001.a", "", "5D001.a-j 5D001.a-f 5D001.a-other ?for"),
        ("5D001.a", "5A001.j", "5D001.a-j"),
        ("5D001.a", "5A001.j.1", "5D001.a-j"),
        ("5D001.a", "5A001.b", "5D001.a-other"),
        ("5D001.a", "5A001", "5D001.a-j 5D001.a-f 5D001.a-other ?for"),
        ("5D001.c", "5B001.a for 5A001.j", "5D001.c-j"),
        ("5D001.c", "5B001.a for 5A001.b", "unlisted"),
        ("5D001.c", "5B001.a", "5D001.c-j"),
        ("5D001.c", "5A001.j", "5D001.c-j"),
        ("5D001.c", "5A001.j.z", "5D001.c-z"),
        ("5D001.e", "5A001.j", "5D001.e"),
    ] {
        assert_eq!(keys(eccn, chain, TODAY), found, "{eccn} for {chain}");
    }
}

#[test]
fn a_set_of_classifications_covers_what_is_beneath_and_is_unknown_where_the_table_is_coarser() {
    let entries = toy::bindings().entries;
    let set = |codes: &[&str]| {
        let eccns: Vec<_> = codes.iter().map(|it| it.parse().expect("well formed")).collect();
        entries.set(&eccns)
    };
    assert_eq!(set(&[]), Value::Unknown, "what covers nothing is not told");
    assert_eq!(set(&["4A005"]), Value::Set(0b111));
    assert_eq!(set(&["4D004.a"]), Value::Unknown);
    assert_eq!(set(&["3A001", "4D004"]), Value::Set(0b1000 | 1 << 13));
}
