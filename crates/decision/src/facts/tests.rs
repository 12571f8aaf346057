use super::{FactOptions, MatterFacts, facts};
use crate::catalogue::{Catalogue, item, listing, party, passage, person, transaction};
use crate::toy;
use crate::transaction::Transaction;
use crate::transaction::read::{Format, read};
use law::schema::{FactId, FactType, KindId, Schema};
use law::{RowId, Value};
use proptest::prelude::*;

fn input(rest: &str) -> Transaction {
    let text = format!("date: 2026-09-24\n{rest}");
    read(Format::Yaml, text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn made(transaction: &Transaction, strict: bool) -> MatterFacts {
    let leg = transaction.legs()[0];
    facts(&leg, leg.date, &Catalogue::new(), &toy::bindings(), FactOptions { strict })
}

/// What is known of a fact of the first thing of its kind, in words.
fn known(rest: &str, kind: KindId, fact: FactId) -> String {
    let matter = made(&input(rest), false);
    let row = matter.facts.rows_of(kind).first().copied().expect("a thing of that kind");
    say(&toy::rulebook().schema, &matter, row, fact)
}

fn say(schema: &Schema, matter: &MatterFacts, row: RowId, fact: FactId) -> String {
    let kind = matter.facts.row(row).expect("a row").kind;
    let name = |place: &u16| match schema.kinds[usize::from(kind.0)].facts[usize::from(fact.0)].of {
        FactType::Code(domain) | FactType::Set(domain) => {
            schema.value_name(domain, *place).to_owned()
        }
        FactType::Truth | FactType::Number => panic!("no domain"),
    };
    match matter.facts.value(row, fact) {
        Value::Unknown => "?".to_owned(),
        Value::Truth(truth) => truth.to_string(),
        Value::Code(place) => name(place),
        Value::OneOf(places) => places.iter().map(name).collect::<Vec<_>>().join("|"),
        Value::Set(bits) => {
            let places: Vec<u16> = (0..128).filter(|it| bits & (1 << it) != 0).collect();
            format!("{{{}}}", places.iter().map(name).collect::<Vec<_>>().join(","))
        }
        Value::Number(number) => number.to_string(),
        Value::Between(low, high) => format!("{low}..{high}"),
    }
}

fn assumptions(rest: &str) -> String {
    let said = made(&input(rest), false).assumptions();
    let lines = said.iter().map(|it| format!("{} {} = {}", it.presumption, it.fact, it.value));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_presumption_used_is_listed_with_its_path() {
    let sale = "activity: export\ndestination: VN\nitems: [{eccn: 4D004, form: object-code}]
parties: [{role: end-user, sector: private-other, lists: []}, {role: ultimate-consignee, sector: police}]";
    insta::assert_snapshot!(assumptions(sale), @r"
    P1 from = US
    P15 end_use.knows = []
    P16 transfer.tangible = false
    P16 transfer.end_to_end_encrypted = false
    P16 transfer.fips_or_equivalent = false
    P16 transfer.keys_withheld = false
    P15 authorizations = []
    P15 notices = []
    P15 red_flags = []
    P2 items[0].published = false
    P2 items[0].fundamental_research = false
    P2 items[0].in_published_patent = false
    P4 items[0].free_of_charge = false
    P4 items[0].widely_available = false
    P4 items[0].mass_market = false
    P4 items[0].original_export_authorized = false
    P4 items[0].same_consignee = false
    P4 items[0].digital_artifact = false
    P3 items[0].supplied_as = product
    P5 items[0].encryption.classification = none
    P5 items[0].encryption.on_hold = false
    P5 items[0].encryption.open_source_notified = false
    P4 items[0].also_controlled = []
    P15 transit = []
    P11 parties[0].country = VN
    P6 parties[0].us_subsidiary = false
    P13 parties[0].headquarters = VN
    P14 parties[0].owners = none listed
    P7 parties[0].state_owned_percent = 0
    P8 parties[0].state_appoints_board_majority = false
    P6 parties[0].acts_for = itself
    P11 parties[1].country = VN
    P6 parties[1].us_subsidiary = false
    P13 parties[1].headquarters = VN
    P10 parties[1].government_level = national
    P9 parties[1].government_of = VN
    P6 parties[1].acts_for = itself
    ");
}

#[test]
fn an_exit_that_is_not_shown_is_not_presumed() {
    let sale = "activity: export\nparties: [{role: end-user, sector: bank}]";
    for (kind, fact) in [
        (transaction::KIND, transaction::DESTINATION),
        (transaction::KIND, transaction::PURPOSES),
        (transaction::KIND, transaction::DOCUMENTS),
        (transaction::KIND, transaction::TANGIBLE),
        (item::KIND, item::ECCN),
        (item::KIND, item::ENC_CATEGORY),
        (party::KIND, party::COUNTRY),
        (party::KIND, party::EL_OWNED_PERCENT),
        (person::KIND, person::STATE_OWNED_PERCENT),
        (person::KIND, person::STATE_APPOINTS_BOARD),
        (person::KIND, person::GOVERNMENT_OF),
        (listing::KIND, listing::LIST),
    ] {
        assert_eq!(known(sale, kind, fact), "?", "{kind:?} {fact:?}");
    }
}

#[test]
fn an_end_user_whom_nobody_named_is_a_party_of_whom_nothing_is_known() {
    let sale = input(
        "activity: export\ndestination: CN
parties: [{role: purchaser, country: CN, sector: reseller}]\nend_use: {purposes: [resale]}",
    );
    let matter = made(&sale, false);
    let schema = &toy::rulebook().schema;
    let [_, ghost] = matter.parties.as_slice() else { panic!("two parties") };
    let of = |fact| say(schema, &matter, *ghost, fact);
    assert_eq!(of(party::GHOST), "true");
    assert_eq!(of(party::ROLE), "end-user");
    assert_eq!(of(party::COUNTRY), "?");
    assert_eq!(of(party::US_SUBSIDIARY), "?");
    assert_eq!(of(party::HEADQUARTERS), "?");
    assert_eq!(matter.path_of(*ghost, party::COUNTRY).to_string(), "parties[1].country");
    let asked = matter.ask_for(&sale.legs()[0], *ghost, party::COUNTRY).expect("askable");
    assert_eq!(asked.question, "In which country is the end user, whom nobody named?");
    assert_eq!(known("activity: export", transaction::KIND, transaction::END_USER_KNOWN), "?");
}

#[test]
fn a_release_goes_to_the_country_of_the_latest_nationality() {
    for (nationalities, destination) in [
        ("[{country: CN}]", "CN"),
        ("[{country: CN, since: 2001-01-01}, {country: DE, since: 2010-01-01}]", "DE"),
        ("[{country: CN, since: 2001-01-01}, {country: DE}]", "CN|DE"),
        ("[{country: CN}, {country: CN, status: permanent-resident}]", "CN"),
        ("[]", "?"),
        ("null", "?"),
    ] {
        let release = format!(
            "activity: deemed-export\nparties: [{{role: employee, nationalities: {nationalities}}}]"
        );
        let found = known(&release, transaction::KIND, transaction::DESTINATION);
        assert_eq!(found, destination, "{nationalities}");
    }
    let two = "activity: deemed-export\nparties: [{role: employee, nationalities: [{country: CN}]}, {role: visitor, nationalities: [{country: IR}]}]";
    assert_eq!(known(two, transaction::KIND, transaction::DESTINATION), "CN|IR");
}

#[test]
fn whose_government_a_body_is_follows_from_its_sector() {
    for (sector, of, level) in [
        ("police", "VN", "national"),
        ("central-bank", "VN", "national"),
        ("us-government-agency", "US", "national"),
        ("international-organization", "?", "national"),
        ("university", "?", "?"),
        ("bank", "?", "?"),
    ] {
        let sale = format!(
            "activity: export\nparties: [{{role: end-user, country: VN, sector: {sector}}}]"
        );
        assert_eq!(known(&sale, person::KIND, person::GOVERNMENT_OF), of, "{sector}");
        assert_eq!(known(&sale, person::KIND, person::GOVERNMENT_LEVEL), level, "{sector}");
    }
}

#[test]
fn a_principal_is_a_person_of_its_own_with_its_own_listings() {
    let sale = input("activity: export
parties: [{role: end-user, lists: [], acts_for: {country: CN, sector: police, lists: [{list: EL, tags: [SDGT, X]}]}}]");
    let matter = made(&sale, false);
    let schema = &toy::rulebook().schema;
    let [itself, principal] = matter.facts.rows_of(person::KIND) else { panic!("two persons") };
    assert_eq!(say(schema, &matter, *itself, person::WHO), "self");
    assert_eq!(say(schema, &matter, *principal, person::GOVERNMENT_OF), "CN");
    assert_eq!(
        matter.path_of(*principal, person::SECTOR).to_string(),
        "parties[0].acts_for.sector"
    );
    let [listed] = matter.facts.rows_of(listing::KIND) else { panic!("one listing") };
    assert_eq!(say(schema, &matter, *listed, listing::VIA), "principal");
    assert_eq!(say(schema, &matter, *listed, listing::TAGS), "{SDGT,other}");
    assert_eq!(
        matter.path_of(*listed, listing::SCOPE).to_string(),
        "parties[0].acts_for.lists[0].scope"
    );
}

#[test]
fn a_license_counts_while_it_is_in_force() {
    for (held, bis) in [
        ("null", "false"),
        ("[]", "false"),
        ("[{type: bis-license, expires: 2026-09-23}]", "false"),
        ("[{type: bis-license, expires: 2026-09-24}]", "true"),
        ("[{type: bis-license}]", "?"),
        ("[{type: ofac-license, expires: 2027-01-01}]", "false"),
    ] {
        let sale = format!("activity: export\nauthorizations: {held}");
        assert_eq!(known(&sale, transaction::KIND, transaction::BIS_LICENSE), bis, "{held}");
    }
    let documents = "activity: export\ndocuments_held: [ofac-authorization]";
    assert_eq!(known(documents, transaction::KIND, transaction::OFAC_AUTHORIZATION), "true");
    for none in ["activity: export", "activity: export\nauthorizations: []"] {
        assert_eq!(known(none, transaction::KIND, transaction::OFAC_AUTHORIZATION), "false");
    }
}

#[test]
fn where_data_is_stored_is_unknown_where_it_can_matter_and_was_not_told() {
    use crate::catalogue::stored_place;
    for (rest, places) in [
        ("activity: storage-abroad", 1),
        ("activity: storage-abroad\ntransfer: {intentionally_stored_in: []}", 0),
        ("activity: storage-abroad\ntransfer: {intentionally_stored_in: [CN, DE]}", 2),
        ("activity: transit\ntransfer: {end_to_end_encrypted: true}", 1),
        ("activity: export", 0),
    ] {
        let matter = made(&input(rest), false);
        assert_eq!(matter.facts.rows_of(stored_place::KIND).len(), places, "{rest}");
    }
}

#[test]
fn each_item_passes_through_each_country_of_transit() {
    let sale = input("activity: export\ntransit: [VN, CN]\nitems: [{eccn: 4D004}, {eccn: EAR99}]");
    let mut matter = made(&sale, false);
    assert_eq!(matter.facts.rows_of(passage::KIND).len(), 4);
    let schema = &toy::rulebook().schema;
    let row = matter.passages(1).nth(1).expect("the second");
    assert_eq!(say(schema, &matter, row, passage::COUNTRY), "CN");
    assert_eq!(say(schema, &matter, row, passage::CLEARED), "?");
    matter.set_cleared(1, 1, Some(false));
    assert_eq!(say(schema, &matter, row, passage::CLEARED), "false");
    assert_eq!(matter.path_of(row, passage::COUNTRY).to_string(), "transit");
}

#[test]
fn reasons_that_the_input_states_count_only_where_the_table_has_none() {
    let stated = |eccn: &str, reasons: &str| {
        let sale =
            format!("activity: export\nitems: [{{eccn: {eccn}, reasons_for_control: {reasons}}}]");
        let of = |fact| known(&sale, item::KIND, fact);
        format!("{} {}", of(item::STATED_FOR_UNLISTED), of(item::STATED_REASONS))
    };
    assert_eq!(stated("4D004", "[NS2]"), "false {}");
    assert_eq!(stated("2A000.a", "[NS2, AT1]"), "true {NS2,AT1}");
    assert_eq!(stated("2A000.a", "null"), "true ?");
    assert_eq!(known("activity: export", item::KIND, item::STATED_FOR_UNLISTED), "?");
}

#[test]
fn the_letter_of_an_entry_is_known_whether_or_not_the_table_has_it() {
    for (item, group) in [
        ("{eccn: 4d004.a}", "D"),
        ("{eccn: 2A000.a, reasons_for_control: [NS2]}", "A"),
        ("{eccn: EAR99, form: technology}", "none"),
        ("{form: technology}", "none"),
    ] {
        let sale = format!("activity: export\nitems: [{item}]");
        assert_eq!(known(&sale, item::KIND, item::PRODUCT_GROUP), group, "{item}");
    }
    assert_eq!(known("activity: export", item::KIND, item::PRODUCT_GROUP), "none");
}

#[test]
fn a_fact_of_a_leg_stands_where_it_was_said_or_should_be() {
    let chain = input("activity: export\nlegs: [{destination: RU}, {parties: [{role: end-user}]}]");
    let legs = chain.legs();
    let (catalogue, bindings) = (Catalogue::new(), toy::bindings());
    let of = |leg| facts(leg, chain.date, &catalogue, &bindings, FactOptions::default());
    let second = of(&legs[1]);
    let row = second.parties[0];
    assert_eq!(second.path_of(row, party::COUNTRY).to_string(), "legs[1].parties[0].country");
    assert_eq!(
        second.path_of(RowId(0), transaction::PURPOSES).to_string(),
        "legs[1].end_use.purposes"
    );
    assert_eq!(second.path_of(second.items[0], item::FORM).to_string(), "items");
}

#[test]
fn an_item_that_lacks_its_parent_is_asked_for_it() {
    let sale = input("activity: export\nitems: [{eccn: 5D001.a}, {eccn: 5D001}]");
    let matter = made(&sale, false);
    assert_eq!(matter.path_of(matter.items[0], item::ECCN).to_string(), "items[0].eccn_for");
    assert_eq!(matter.path_of(matter.items[1], item::ECCN).to_string(), "items[1].eccn");
}

/// Transactions that leave out many things.
fn any_transaction() -> impl Strategy<Value = String> {
    let one_of = |lines: &'static [&'static str]| prop::sample::select(lines);
    (
        one_of(&["export", "deemed-export", "storage-abroad", "reexport", "us-person-support"]),
        one_of(&["", "from: DE", "from: US"]),
        one_of(&["", "destination: VN"]),
        one_of(&["", "items: [{eccn: 4D004, form: commodity}]", "items: [{published: true}]"]),
        one_of(&[
            "",
            "parties: []",
            "parties: [{role: end-user, sector: police, country: CN}]",
            "parties: [{role: ultimate-consignee, sector: private-other, lists: []}]",
            "parties: [{role: employee, us_status: us-citizen, headquarters: DE, owners: []}]",
            "parties: [{role: end-user, acts_for: {sector: reseller}, state_owned_percent: 0}]",
        ]),
        one_of(&["", "notices: []", "notices: [{from: BIS}]"]),
        one_of(&["", "transit: [CN]", "red_flags: []", "authorizations: [{type: bis-license}]"]),
        one_of(&["", "transfer: {tangible: true, keys_withheld: true}"]),
    )
        .prop_map(|(activity, from, to, items, parties, notices, rest, transfer)| {
            [&format!("activity: {activity}"), from, to, items, parties, notices, rest, transfer]
                .join("\n")
        })
}

/// Every thing with its path and everything that is known of it.
fn told(matter: &MatterFacts, schema: &Schema) -> Vec<(String, KindId, Vec<Value>)> {
    let rows = (0..).map(RowId).map_while(|it| matter.facts.row(it).map(|row| (it, row.kind)));
    rows.map(|(row, kind)| {
        let facts = (0..).map(FactId).take(schema.kinds[usize::from(kind.0)].facts.len());
        let values = facts.map(|it| matter.facts.value(row, it).clone()).collect();
        (matter.subject_of(row).to_string(), kind, values)
    })
    .collect()
}

proptest! {
    #[test]
    fn a_presumption_only_ever_replaces_an_unknown(rest in any_transaction()) {
        let transaction = input(&rest);
        let (loose, strict) = (made(&transaction, false), made(&transaction, true));
        let schema = Catalogue::new().schema;
        let mut strict_rows = told(&strict, &schema).into_iter().peekable();
        prop_assert!(strict.presumptions.is_empty());
        for (path, kind, values) in told(&loose, &schema) {
            // Under strict there are more things, of which nothing is known but what they are.
            let same = strict_rows.find(|it| it.0 == path && it.1 == kind);
            let (_, _, strict_values) = same.expect("nothing is lost under strict");
            for (value, strict_value) in values.iter().zip(&strict_values) {
                prop_assert!(strict_value == &Value::Unknown || strict_value == value,
                    "{path}: {strict_value:?} became {value:?}");
            }
        }
    }

    #[test]
    fn facts_do_not_depend_on_the_order_of_keys(rest in any_transaction()) {
        let mut lines: Vec<_> = rest.lines().filter(|it| !it.is_empty()).collect();
        lines.reverse();
        let (one, other) = (made(&input(&rest), false), made(&input(&lines.join("\n")), false));
        prop_assert_eq!(one.facts, other.facts);
    }
}

#[test]
fn a_country_that_no_table_has_is_unknown() {
    let bindings = toy::bindings();
    assert_eq!(bindings.value("FR".parse().ok()), Value::Unknown);
    assert_eq!(
        bindings.one_of(&["FR".parse().expect("a code"), "DE".parse().expect("a code")]),
        Value::Unknown
    );
}
