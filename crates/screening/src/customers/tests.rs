use super::*;
use crate::compare::compare;
use crate::index;
use crate::party::{Address, DateSpan, Identifier};
use crate::screener::tests::{kind, mutated, party, words};
use crate::{Premises, Score};
use proptest::prelude::*;

/// The customers that come up for these entries.
fn sought(parties: &[ListedParty], customers: &[Query], settings: &Settings) -> BTreeSet<u32> {
    let mut builder = Builder::default();
    for (place, query) in (0u32..).zip(customers) {
        builder.add(place, Customer::of(query));
    }
    let bytes = builder.finish();
    let customers = Customers::read(&bytes).unwrap();
    let (mut workspace, mut found) = (Workspace::default(), Vec::new());
    for it in Sought::of(parties) {
        customers.sought(&it, settings, &mut workspace, &mut found);
    }
    found.into_iter().collect()
}

/// The customers that hit one of them, each asked by itself.
fn hit(parties: &[ListedParty], customers: &[Query], settings: &Settings) -> BTreeSet<u32> {
    let bytes = index::build(parties);
    let screener = Screener::new(Index::read(&bytes).unwrap(), settings);
    let premises = Premises::of((0u32..).zip(parties));
    let at = |query: &Query| {
        query.address.as_ref().is_some_and(|it| !premises.at(it, &query.countries).is_empty())
    };
    let all = (0u32..).zip(customers);
    all.filter(|it| !screener.screen_exhaustively(it.1).is_empty() || at(it.1))
        .map(|it| it.0)
        .collect()
}

fn customer() -> impl Strategy<Value = Query> {
    let born = prop::option::of(1960i16..1963).prop_map(|it| {
        it.map(|year| DateSpan {
            earliest: jiff::civil::date(year, 1, 1),
            latest: jiff::civil::date(year, 12, 31),
            circa: false,
        })
    });
    let id = prop::option::of(prop::sample::select(vec!["AB 12345", "99-87654", "1"]));
    let country = prop::option::of(prop::sample::select(vec!["XA", "XB"]));
    let aliases = prop::collection::vec(mutated(), 0..2);
    (mutated(), aliases, kind(), born, id, country, prop::option::of(address())).prop_map(
        |(name, aliases, kind, born, id, country, address)| Query {
            name,
            aliases,
            kind,
            born,
            ids: id.into_iter().map(identifier).collect(),
            countries: country.into_iter().map(|it| it.parse().unwrap()).collect(),
            address,
            gender: None,
        },
    )
}

fn identifier(number: &str) -> Identifier {
    Identifier { kind: "passport".to_owned(), number: number.to_owned(), country: None }
}

fn address() -> impl Strategy<Value = String> {
    let words = [
        "12",
        "610",
        "13F",
        "1318-19",
        "1319",
        "16D",
        "Room",
        "Unit",
        "D",
        "5",
        ",",
        "Nathan",
        "Road",
        "Mong",
        "Kok",
        "Mongkok",
        "Plaza",
        "Anvil",
        "Tower",
        "1",
        "MW",
        "A",
        "12 Nathan Road",
        "Room 5",
        "Anvil Plaza",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 1..7).prop_map(|it| it.join(" "))
}

fn listed() -> impl Strategy<Value = ListedParty> {
    let names = prop::collection::vec((words(), any::<bool>()), 1..3);
    let id = prop::option::of(prop::sample::select(vec!["AB-12345", "9987654"]));
    (names, kind(), id, address(), any::<bool>()).prop_map(
        |(names, kind, id, address, is_place)| {
            let texts: Vec<String> = names.iter().map(|it| it.0.clone()).collect();
            let mut party = party(&texts, kind);
            for (name, it) in party.names.iter_mut().zip(&names) {
                name.weak = it.1;
            }
            party.ids = id.into_iter().map(identifier).collect();
            party.addresses = vec![Address { text: address, ..Address::default() }];
            if is_place {
                party.basis = Basis::Address;
            }
            party
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whoever_hits_an_entry_comes_up_for_it(
        parties in prop::collection::vec(listed(), 1..6),
        customers in prop::collection::vec(customer(), 1..40),
        threshold in prop::sample::select(vec![400u16, 500, 600, 700, 770, 800, 900]),
    ) {
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let hit = hit(&parties, &customers, &settings);
        let sought = sought(&parties, &customers, &settings);
        for it in hit {
            let query = customers.get(place(it)).unwrap();
            prop_assert!(sought.contains(&it), "{:?} among {:?}", query, parties);
        }
    }

    #[test]
    fn whoever_is_asked_for_by_name_alone_comes_up_only_where_names_are_alike(
        parties in prop::collection::vec(listed(), 1..3),
        names in prop::collection::vec((mutated(), kind()), 1..30),
    ) {
        let settings = Settings::default();
        let customers: Vec<Query> = names.iter().map(|it| Query::by_name(&it.0, it.1)).collect();
        for it in sought(&parties, &customers, &settings) {
            let query = customers.get(place(it)).unwrap();
            let alike = field::readings(&query.name, query.kind).iter().any(|it| {
                parties.iter().flat_map(|party| party.names.iter().map(|it| (party.kind, it))).any(
                    |(kind, listed)| {
                        let listed = Name::parse(&listed.text, kind);
                        let tally = compare(&it.name, &listed, query.kind, &settings).tally;
                        let [asked, begun] = [&it.name, &listed].map(beginning::letters);
                        let is_cut = beginning::may_be_cut(&query.name)
                            && beginning::is_alike(&asked, &begun);
                        tally.likeness >= Score::new(650) || is_cut
                    },
                )
            });
            prop_assert!(alike, "{:?} among {:?}", query, parties);
        }
    }
}

#[test]
fn a_name_of_many_customers_is_kept_once_and_finds_all_of_them() {
    let many: Vec<Query> = (0..50)
        .map(|it| Query {
            aliases: vec![format!("Brotfabrik Nummer {}", it % 7)],
            ..Query::by_name("Ottokar Vremenski", PartyKind::Person)
        })
        .collect();
    let entry = party(&["Otokar Vremensky".to_owned()], PartyKind::Person);
    let found = sought(&[entry], &many, &Settings::default());
    assert_eq!(found, (0..50).collect());
    let mut builder = Builder::default();
    for (place, query) in (0u32..).zip(&many) {
        builder.add(place, Customer::of(query));
    }
    let bytes = builder.finish();
    // `Brotfabrik Nummer`, without a number, is one reading of seven.
    assert_eq!(Customers::read(&bytes).unwrap().names(), 9);
}

#[test]
fn whoever_is_asked_for_by_the_beginning_of_a_listed_name_comes_up() {
    let fields = ["OBORONLOGISTICS LIMITED LIABILITY C", "SHENZHEN VALWAY ELECTRONICS TECHNOLOG"];
    let fields = fields.map(|it| Query::by_name(it, PartyKind::Unknown));
    let names = [
        "Oboronlogistics Limited Liability Company",
        "Shenzhen Valway Electronics Technology Import and Export Corporation Norwood Kirkwall",
    ];
    for (at, name) in (0u32..).zip(names) {
        let entry = party(&[name.to_owned()], PartyKind::Organization);
        assert_eq!(sought(&[entry], &fields, &Settings::default()), BTreeSet::from([at]));
    }
}

#[test]
fn damaged_bytes_are_refused_or_find_something_else_and_never_panic() {
    let customers = [Query::by_name("Ottokar Vremenski", PartyKind::Person)];
    let mut builder = Builder::default();
    builder.add(0, Customer::of(&customers[0]));
    let bytes = builder.finish();
    let entry = party(&["Otokar Vremensky".to_owned()], PartyKind::Person);
    for cut in 0..bytes.len() {
        assert!(Customers::read(&bytes[..cut]).is_err(), "{cut}");
        let mut changed = bytes.clone();
        changed[cut] ^= 0x55;
        if let Ok(it) = Customers::read(&changed) {
            for sought in Sought::of([&entry]) {
                let mut workspace = Workspace::default();
                it.sought(&sought, &Settings::default(), &mut workspace, &mut Vec::new());
            }
        }
    }
}
