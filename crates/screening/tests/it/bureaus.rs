//! The lists of BIS, State and the United Kingdom.

use crate::shared::{counts, import};
use screening::party::{Basis, Scope};

#[test]
fn whole_lists_have_as_many_entries_as_were_counted() {
    for (file, expected) in [
        ("us-bis/bis_entity_list.2026-07-09.json", "EL 3409"),
        ("us-bis/bis_dpl.2026-07-09.json", "DPL 564"),
        ("us-bis/bis_meu.2026-07-09.json", "MEU 70"),
        ("us-bis/dpl-2022-09.txt", "DPL 581"),
        ("us-state/state_debarred_statutory.2026-07-09.json", "DTC 779"),
        ("us-state/state_nonproliferation.2026-07-09.json", "ISN 528"),
        ("us-other/ofac_nscmic.2026-07-09.json", "CMIC 68"),
        ("us-other/dow_1260h.2026-07-09.json", "DOW-1260H 80"),
        ("uk/ConList-2020-04-27.csv", "UK 2114"),
        ("uk/ConList-current-format-sample.csv", "UK 6"),
    ] {
        let Some(import) = import(&[file]) else { return };
        assert!(import.failures.is_empty(), "{file}: {:?}", import.failures);
        assert_eq!(counts(&import), expected, "{file}");
        let entries: usize = import.lists.iter().map(|it| it.parties.len()).sum();
        assert!(import.problems.len() * 8 <= entries, "{file}: {:?}", import.problems);
    }
}

#[test]
fn nearly_every_license_requirement_of_the_entity_list_is_read() {
    let Some(import) = import(&["us-bis/bis_entity_list.2026-07-09.json"]) else { return };
    let parties = &import.lists[0].parties;
    let all = parties.iter().filter(|it| it.coverage.scope == Some(Scope::AllItems)).count();
    let unread = parties.iter().filter(|it| it.coverage.scope.is_none()).count();
    assert_eq!(all + unread, parties.len());
    assert!(unread * 20 < parties.len(), "{unread} of {} are unread", parties.len());
    let addresses = parties.iter().filter(|it| it.basis == Basis::HighDiversionAddress);
    assert!(addresses.filter(|it| !it.addresses.is_empty()).count() >= 8);
}
