//! Tables of one's own, and the built-in one.

use super::import;
use crate::lists::{Extent, builtin};
use crate::party::{CountryLink, Gender, NameRole, PartyKind, Scope};

const TABLE: &str = "\
name,type,country,address,born,ids,aliases,weak_aliases,former_names,gender,nationalities,until
Jane Example,person,XA,\"1 Rain St, Wetville, XA; 2 Dry Rd, XB\",circa 1962,Passport: A12 (XA); 77,J. Example; Janet E.,Jay,Jane Maiden,female,XB,2027-01-01
Umbrella Works,balloon,Nowhereland,,31/02/1999,,,,,,,soon
";

#[test]
fn a_table_of_ones_own_is_read_with_its_mistakes_in_place() {
    let import = import(TABLE);
    assert!(import.failures.is_empty(), "{:?}", import.failures);
    let problems: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "`file`, line 3, field `type`: `balloon` is not one of `person`, `organization`, `vessel` or `aircraft`",
            "`file`, line 3, field `country`: `Nowhereland` is no country that is known",
            "`file`, line 3, field `born`: `31/02/1999` is no date that is read",
            "`file`, line 3, field `until`: `soon` is no day",
        ]
    );
    let [list] = import.lists.as_slice() else { panic!("one list") };
    assert_eq!(list.source.code, "OWN");
    let jane = list.parties.iter().find(|it| it.kind == PartyKind::Person).expect("Jane");
    let roles: Vec<_> = jane.names.iter().map(|it| (it.text.as_str(), it.role, it.weak)).collect();
    assert_eq!(
        roles,
        [
            ("Jane Example", NameRole::Primary, false),
            ("J. Example", NameRole::Alias, false),
            ("Janet E.", NameRole::Alias, false),
            ("Jay", NameRole::Alias, true),
            ("Jane Maiden", NameRole::Former, false),
        ]
    );
    assert_eq!(jane.addresses.len(), 2);
    assert_eq!(jane.addresses[1].country.map(|it| it.to_string()).as_deref(), Some("XB"));
    assert!(jane.births[0].circa);
    assert_eq!(jane.gender, Some(Gender::Female));
    assert_eq!(jane.countries[1].0, CountryLink::Nationality);
    let ids: Vec<_> = jane.ids.iter().map(|it| (it.kind.as_str(), it.number.as_str())).collect();
    assert_eq!(ids, [("Passport", "A12"), ("", "77")]);
}

#[test]
fn the_built_in_list_says_that_it_is_an_excerpt() {
    let list = builtin();
    assert_eq!(list.parties.len(), 9);
    assert_eq!(list.source.extent, Extent::Excerpt);
    assert!(list.source.title.contains("built in"));
    for party in &list.parties {
        assert_eq!(party.coverage.scope, Some(Scope::AllItems), "{:?}", party.names);
        assert_eq!(party.coverage.review_policy.as_deref(), Some("presumption-of-denial"));
        assert!(!party.notices.is_empty() && party.from.is_some());
        assert!(party.addresses.iter().all(|it| it.country.is_some()));
    }
}
