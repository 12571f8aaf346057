//! What is written is read again, and nothing else is.

use super::{Ordinal, SectionKind, Snapshot, SnapshotError, write};
use crate::lists::{Extent, Format, List, Source};
use crate::party::{
    Address, Basis, CountryLink, Coverage, DateSpan, Gender, Identifier, ListedParty, NameParts,
    NameRole, PartyKind, PartyName, Scope,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn text() -> impl Strategy<Value = String> {
    "[a-zäж中 ]{0,6}"
}

fn day() -> impl Strategy<Value = Date> {
    (1..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|it| date(it.0, it.1, it.2))
}

fn country() -> impl Strategy<Value = crate::CountryCode> {
    "[A-Z]{2}".prop_map(|it| it.parse().expect("two letters"))
}

fn some<S: Strategy>(one: S) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(one, 0..3)
}

prop_compose! {
    fn name()(
        text in text(),
        role in prop::sample::select(vec![NameRole::Primary, NameRole::Alias, NameRole::Former]),
        weak: bool,
        parts in prop::option::of((text(), text())),
    ) -> PartyName {
        let parts = parts.map(|(given, family)| NameParts { given, family });
        PartyName { text, role, weak, parts }
    }
}

prop_compose! {
    fn coverage()(
        scope in prop::option::of(prop_oneof![
            Just(Scope::AllItems),
            Just(Scope::CclItems),
            some(text()).prop_map(Scope::ListedItems),
        ]),
        exceptions_allowed in prop::option::of(some(text())),
        footnotes in prop::option::of(some(any::<u8>())),
        review_policy in prop::option::of(text()),
    ) -> Coverage {
        Coverage { scope, exceptions_allowed, footnotes, review_policy }
    }
}

prop_compose! {
    fn address()(
        text in text(), city in text(), region in text(), postal_code in text(),
        country in prop::option::of(country()),
    ) -> Address {
        Address { text, city, region, postal_code, country }
    }
}

prop_compose! {
    fn place()(
        addresses in some(address()),
        countries in some((
            prop::sample::select(vec![
                CountryLink::Location, CountryLink::Citizenship, CountryLink::Nationality,
                CountryLink::Birth, CountryLink::Registration,
            ]),
            country(),
        )),
        births in some((day(), day(), any::<bool>())),
        ids in some((text(), text(), prop::option::of(country()))),
    ) -> ListedParty {
        let span = |(earliest, latest, circa)| DateSpan { earliest, latest, circa };
        let id = |(kind, number, country)| Identifier { kind, number, country };
        ListedParty {
            addresses,
            countries,
            births: births.into_iter().map(span).collect(),
            ids: ids.into_iter().map(id).collect(),
            ..ListedParty::default()
        }
    }
}

prop_compose! {
    fn party()(
        base in place(),
        names in some(name()),
        kind in prop::sample::select(vec![
            PartyKind::Person, PartyKind::Organization, PartyKind::Vessel, PartyKind::Aircraft,
            PartyKind::Unknown,
        ]),
        basis in prop::sample::select(vec![Basis::Name, Basis::Address, Basis::HighDiversionAddress]),
        gender in prop::option::of(prop::sample::select(vec![Gender::Female, Gender::Male])),
        texts in (some(text()), some(text()), some(text())),
        words in (prop::option::of(text()), prop::option::of(text()), prop::option::of(text()), prop::option::of(text())),
        coverage in coverage(),
        days in (prop::option::of(day()), prop::option::of(day())),
    ) -> ListedParty {
        let (birth_places, programs, notices) = texts;
        let (license_requirement, license_policy, remarks, source_url) = words;
        let (from, until) = days;
        ListedParty {
            kind,
            names,
            birth_places,
            gender,
            programs,
            license_requirement,
            license_policy,
            notices,
            coverage,
            basis,
            from,
            until,
            remarks,
            source_url,
            ..base
        }
    }
}

fn list(code: &str, parties: Vec<ListedParty>) -> List {
    let number = |(number, party): (usize, ListedParty)| ListedParty {
        list: code.to_owned(),
        id: format!("{code}-{number:03}"),
        ..party
    };
    let source = Source {
        code: code.to_owned(),
        title: format!("List {code}"),
        date: Some(date(2026, 7, 31)),
        dated: true,
        format: Format::CslCsv,
        file: "umbrellas.csv".to_owned(),
        digest: [7; 32],
        extent: Extent::Whole,
        lost: 1,
        note: Some("kept".to_owned()),
    };
    List { source, parties: parties.into_iter().enumerate().map(number).collect() }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(first in prop::collection::vec(party(), 0..6), second in prop::collection::vec(party(), 0..6)) {
        let lists = vec![list("A", first), list("B", second)];
        let bytes = write(&lists, &[(SectionKind(16), vec![1, 2, 3])]).expect("a small snapshot");
        let snapshot = Snapshot::open(bytes.as_slice()).expect("what was written");
        prop_assert_eq!(snapshot.lists().expect("all parties"), lists.clone());
        prop_assert_eq!(snapshot.section(SectionKind(16)), Some([1_u8, 2, 3].as_slice()));
        for (place, party) in lists.iter().flat_map(|it| &it.parties).enumerate() {
            let ordinal = Ordinal(u32::try_from(place).expect("few"));
            prop_assert_eq!(snapshot.find(&party.list, &party.id).expect("sound"), Some(ordinal));
        }
        let swapped: Vec<List> = lists.into_iter().rev().collect();
        let again = write(&swapped, &[(SectionKind(16), vec![1, 2, 3])]).expect("a small snapshot");
        prop_assert_eq!(again, bytes);
    }

    #[test]
    fn hostile_bytes_with_a_right_digest_are_refused_and_never_a_panic(
        parties in prop::collection::vec(party(), 1..4),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = write(&[list("A", parties)], &[]).expect("a small snapshot");
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let digest = Sha256::digest(&bytes[48..]);
        bytes[16..48].copy_from_slice(&digest);
        if let Ok(snapshot) = Snapshot::open(bytes.as_slice()) {
            let _ = snapshot.lists();
            let _ = snapshot.find("A", "A-001");
            for place in 0..snapshot.len().min(10) {
                let _ = snapshot.party(Ordinal(place));
            }
        }
    }
}

#[test]
fn a_snapshot_that_was_cut_or_changed_is_refused() {
    let bytes = write(&[list("A", vec![ListedParty::default()])], &[]).expect("a small snapshot");
    let refused = |bytes: &[u8]| Snapshot::open(bytes).expect_err("not what was written");
    assert_eq!(refused(b"something else"), SnapshotError::Foreign);
    assert_eq!(refused(&bytes[..bytes.len() - 1]), SnapshotError::Digest);
    let mut changed = bytes.clone();
    *changed.last_mut().expect("bytes") ^= 1;
    assert_eq!(refused(&changed), SnapshotError::Digest);
    let mut younger = bytes;
    younger[8] = 9;
    assert_eq!(refused(&younger), SnapshotError::Version { found: 9 });
}
