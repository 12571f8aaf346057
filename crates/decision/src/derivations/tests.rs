use super::{OwnersOn, end_users, is_near_746_6, owned_by, some_owner_is_listed, us_majority};
use crate::transaction::Transaction;
use crate::transaction::read::{Format, read};
use law::{Truth, Value};

fn transaction(rest: &str) -> Transaction {
    let text = format!("date: 2026-09-24\n{rest}");
    read(Format::Yaml, text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Which roles count as end users, and `?` where somebody was not named.
fn counting(rest: &str) -> String {
    let transaction = transaction(rest);
    let end_users = end_users(&transaction.legs()[0]);
    let parties = transaction.parties.iter().flatten();
    let named = parties.zip(&end_users.counts).filter(|it| *it.1).map(|it| it.0.role.as_str());
    named.chain(end_users.unnamed.then_some("?")).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_end_user_is_who_is_named_or_who_stands_last_and_keeps_it() {
    for (rest, counts) in [
        ("activity: export", "?"),
        ("activity: export\nparties: []", "?"),
        ("activity: export\nparties: [{role: end-user}, {role: purchaser}]", "end-user"),
        ("activity: export\nparties: [{role: end-user, sector: reseller}]", "end-user"),
        ("activity: export\nparties: [{role: purchaser}]", "purchaser ?"),
        ("activity: export\nparties: [{role: purchaser}]\nend_use: {purposes: []}", "purchaser ?"),
        (
            "activity: export\nparties: [{role: purchaser}]\nend_use: {purposes: [research]}",
            "purchaser",
        ),
        (
            "activity: export\nparties: [{role: purchaser}]\nend_use: {end_user_known: true}",
            "purchaser",
        ),
        (
            "activity: export\nparties: [{role: purchaser}, {role: ultimate-consignee}]",
            "ultimate-consignee ?",
        ),
        ("activity: export\nparties: [{role: ultimate-consignee, sector: reseller}]", "?"),
        ("activity: export\nparties: [{role: purchaser, sector: freight-forwarding}]", "?"),
        ("activity: export\nparties: [{role: purchaser}]\nend_use: {purposes: [resale]}", "?"),
        ("activity: export\nparties: [{role: purchaser}]\nend_use: {end_user_known: false}", "?"),
        (
            "activity: export\nparties: [{role: end-user}]\nend_use: {end_user_known: false}",
            "end-user ?",
        ),
        ("activity: export\nparties: [{role: carrier}, {role: seller}]", "?"),
        ("activity: deemed-export\nparties: [{role: employee}, {role: seller}]", "employee"),
        ("activity: deemed-export\nparties: [{role: purchaser}]", "purchaser ?"),
        ("activity: export\nparties: [{role: employee}]", "?"),
        ("activity: temporary-export\nparties: [{role: traveler}, {role: customer}]", "traveler"),
        ("activity: temporary-export\nparties: [{role: traveler}, {role: end-user}]", "end-user"),
        ("activity: temporary-export\nparties: [{role: customer}]", "?"),
        ("activity: storage-abroad\nparties: [{role: storage-provider}]", "storage-provider"),
        ("activity: us-person-support\nparties: [{role: customer}]", "customer"),
        // Whoever receives it besides, and keeps it, is an end user too.
        (
            "activity: temporary-export\nparties: [{role: traveler}, {role: ultimate-consignee}]",
            "traveler ultimate-consignee",
        ),
        (
            "activity: temporary-export\nparties: [{role: traveler}, {role: purchaser, sector: reseller}]",
            "traveler",
        ),
        (
            "activity: deemed-export\nparties: [{role: employee}, {role: ultimate-consignee}]",
            "employee ultimate-consignee",
        ),
        (
            "activity: storage-abroad\nparties: [{role: purchaser}, {role: storage-provider}]",
            "purchaser storage-provider",
        ),
    ] {
        assert_eq!(counting(rest), counts, "{rest}");
    }
}

fn owned(owners: &str, on: OwnersOn) -> Value {
    let rest = format!("activity: export\nparties: [{{role: end-user, owners: {owners}}}]");
    owned_by(transaction(&rest).parties.expect("given")[0].owners.as_deref(), on)
}

#[test]
fn shares_of_listed_owners_are_added_and_a_share_that_cannot_be_found_leaves_them_open() {
    let entity = "lists: [{list: EL}]";
    for (owners, el) in [
        ("null".to_owned(), Value::Unknown),
        ("[]".to_owned(), Value::Number(0)),
        ("[{percent: 60, lists: []}]".to_owned(), Value::Number(0)),
        (
            format!("[{{percent: 25, {entity}}}, {{percent: 25.5, {entity}}}]"),
            Value::Number(50_500),
        ),
        (format!("[{{percent: 80, {entity}}}, {{percent: 80, {entity}}}]"), Value::Number(100_000)),
        (format!("[{{{entity}}}]"), Value::Between(0, 100_000)),
        (format!("[{{percent: 60}}, {{percent: 10, {entity}}}]"), Value::Between(10_000, 70_000)),
        ("[{percent: 90, lists: [{list: EL, basis: address}]}]".to_owned(), Value::Number(0)),
        ("[{percent: 90, lists: [{list: UVL}, {list: XYZ}]}]".to_owned(), Value::Number(0)),
    ] {
        assert_eq!(owned(&owners, OwnersOn::EntityList), el, "{owners}");
    }
}

#[test]
fn only_programs_that_744_8_names_count_for_sdn_owners() {
    for (tags, share) in [
        ("tags: [SDGT]", Value::Number(70_000)),
        ("tags: [CYBER2]", Value::Number(0)),
        ("tags: []", Value::Number(0)),
        ("basis: name", Value::Between(0, 70_000)),
    ] {
        let owners = format!("[{{percent: 70, lists: [{{list: SDN, {tags}}}]}}]");
        assert_eq!(owned(&owners, OwnersOn::SdnPrograms), share, "{tags}");
        assert_eq!(owned(&owners, OwnersOn::AnyOfThem), share, "{tags}");
        assert_eq!(owned(&owners, OwnersOn::EntityList), Value::Number(0), "{tags}");
    }
}

#[test]
fn an_owner_who_was_not_screened_may_be_listed() {
    let listed = |owners: &str| {
        let rest = format!("activity: export\nparties: [{{role: end-user, owners: {owners}}}]");
        some_owner_is_listed(transaction(&rest).parties.expect("given")[0].owners.as_deref())
    };
    assert_eq!(listed("null"), Truth::Unknown);
    assert_eq!(listed("[]"), Truth::False);
    assert_eq!(listed("[{lists: []}, {name: x}]"), Truth::Unknown);
    assert_eq!(listed("[{lists: [{list: MEU}]}, {name: x}]"), Truth::True);
    assert_eq!(listed("[{lists: [{list: UVL}]}]"), Truth::False);
}

#[test]
fn a_us_owner_shows_a_us_subsidiary_only_with_a_majority() {
    for (owners, shown) in [
        ("[{country: US, percent: 50.001}]", Truth::True),
        ("[{country: US, percent: 50}]", Truth::False),
        ("[{country: US, percent: 30}, {country: US, percent: 30}]", Truth::False),
        ("[{country: US}]", Truth::False),
        ("[{country: DE, percent: 100}]", Truth::False),
        ("[{country: US, percent: 60}, {country: CN, percent: 100}]", Truth::False),
        ("[{country: US, percent: 60}, {country: CN, percent: 40}]", Truth::True),
        ("[{country: US, percent: 60}, {country: CN}]", Truth::Unknown),
        ("null", Truth::False),
    ] {
        let rest = format!("activity: export\nparties: [{{role: end-user, owners: {owners}}}]");
        let transaction = transaction(&rest);
        let owners = transaction.parties.as_ref().expect("given")[0].owners.as_deref();
        assert_eq!(us_majority(owners.unwrap_or_default()), shown, "{rest}");
    }
}

#[test]
fn an_address_near_the_covered_regions_is_noticed_in_its_spellings() {
    for near in [
        "Nakhimova 1, SEVASTOPOL",
        "Autonomous Republic of Crimea",
        "Артема 74, Донецк",
        "вул. Оборонна 2, Луганськ",
        "Kramatorsk, Donets'k oblast",
        "м. Маріуполь",
    ] {
        assert!(is_near_746_6(near), "{near}");
    }
    for far in ["Khreshchatyk 22, Kyiv", "Дерибасовская 1, Одесса", "Lviv", ""] {
        assert!(!is_near_746_6(far), "{far}");
    }
}
