//! The US Consolidated Screening List.

use crate::shared::{counts, import, problems};
use screening::lists::{Extent, Import};
use screening::party::{Basis, Coverage, ListedParty, NameRole, Scope};
use screening::snapshot::{Ordinal, Snapshot, write};
use std::sync::LazyLock;

/// Imported once for the tests that look at it.
static OF_2022: LazyLock<Option<Import>> =
    LazyLock::new(|| import(&["us-csl/consolidated-2022-04-21.csv"]));
static OF_2026: LazyLock<Option<Import>> =
    LazyLock::new(|| import(&["us-csl/csl-2026-07-31.reconstructed.csv.zst"]));

const COUNTS_2026: &str = "CAP 1, CMIC 68, DPL 1596, DTC 787, EL 3420, ISN 161, MBS 51, MEU 70, \
                           PLC 78, SDN 19181, SSI 286, UVL 222";

fn party<'a>(import: &'a Import, list: &str, name: &str) -> &'a ListedParty {
    let mut parties = import.lists.iter().flat_map(|it| &it.parties);
    let named = |it: &&ListedParty| names(it).first() == Some(&name);
    parties.find(|it| it.list == list && named(it)).expect("a party of this name")
}

fn names(party: &ListedParty) -> Vec<&str> {
    party.names.iter().map(|it| it.text.as_str()).collect()
}

#[test]
fn the_whole_list_as_csv_is_imported() {
    let Some(import) = OF_2022.as_ref() else { return };
    let expected = "CAP 53, CMIC 68, DPL 462, DTC 727, EL 2001, FSE 3, ISN 163, MBS 17, MEU 71, \
                    PLC 78, SDN 10026, SSI 290, UVL 201";
    assert_eq!(counts(import), expected);
    let flags = ("vessel_flag … is no country that is known".to_owned(), 4);
    assert_eq!(problems(import), [flags]);
    assert!(import.failures.is_empty());
    assert_eq!(import.lists[0].source.extent, Extent::Whole);
    assert!(!import.lists[0].source.dated);
}

#[test]
fn what_matters_for_exports_is_kept() {
    let Some(import) = OF_2022.as_ref() else { return };
    let candiru = party(import, "EL", "Candiru");
    let aliases = [
        "Candiru",
        "Candiru Ltd.",
        "DF Associates Ltd.",
        "Grindavik Solutions Ltd.",
        "Taveta Ltd.",
        "Saito Tech Ltd.",
        "Greenwick Solutions",
        "Tabatha Ltd.",
    ];
    assert_eq!(names(candiru), aliases);
    assert_eq!(candiru.notices, ["86 FR 60760"]);
    assert_eq!(candiru.addresses[0].country, "IL".parse().ok());
    assert_eq!(candiru.from.map(|it| it.to_string()).as_deref(), Some("2021-11-04"));
    let coverage = Coverage {
        scope: Some(Scope::AllItems),
        exceptions_allowed: Some(Vec::new()),
        footnotes: Some(Vec::new()),
        review_policy: Some("presumption-of-denial".to_owned()),
    };
    assert_eq!(candiru.coverage, coverage);
    let center = party(import, "ISN", "Center for Innovation and Technology Cooperation");
    let former = center.names.iter().filter(|it| it.role == NameRole::Former).count();
    assert_eq!(former, 2, "{:?}", center.names);
}

#[test]
fn a_repeated_header_and_a_broken_row_cost_nothing_else() {
    let Some(import) = import(&["us-csl/consolidated-2023-11-subset.csv"]) else { return };
    let parties: usize = import.lists.iter().map(|it| it.parties.len()).sum();
    assert_eq!(parties, 4226);
    let problems: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
    let file = "`us-csl/consolidated-2023-11-subset.csv`";
    let expected = [
        format!("{file}, line 2: repeats the header"),
        format!("{file}, line 4233: has 8 fields instead of 29"),
    ];
    assert_eq!(problems, expected);
    assert_eq!(import.lists[0].source.lost, 1);
}

#[test]
fn the_same_day_in_two_formats_has_the_same_entries() {
    let json = import(&["us-csl/csl-2026-07-31.compact.json"]);
    let (Some(csv), Some(json)) = (OF_2026.as_ref(), json.as_ref()) else { return };
    assert_eq!(counts(csv), COUNTS_2026);
    assert_eq!(counts(json), COUNTS_2026);
    let day = json.lists[0].source.date.map(|it| it.to_string());
    assert_eq!(day.as_deref(), Some("2026-07-31"));
    let unlike = |list: &str| {
        let of = |import: &Import| {
            let list = import.lists.iter().find(|it| it.source.code == list).expect("the list");
            list.parties.iter().map(|it| it.id.clone()).collect::<Vec<_>>()
        };
        of(csv) != of(json)
    };
    for list in ["EL", "DPL", "UVL", "SDN", "ISN"] {
        assert!(!unlike(list), "{list} has other ids");
    }
    // Without street addresses nobody who sits at a listed one is found.
    let whole = |import: &Import| {
        let list = import.lists.iter().find(|it| it.source.code == "EL").expect("the list");
        list.source.extent == Extent::Whole
    };
    assert_eq!((whole(csv), whole(json)), (true, false));
    let addresses = csv.lists.iter().flat_map(|it| &it.parties);
    let addresses = addresses.filter(|it| it.basis == Basis::HighDiversionAddress).count();
    assert_eq!(addresses, 19, "addresses of high diversion risk");
}

#[test]
fn chosen_entries_are_an_excerpt() {
    let Some(import) = import(&["us-csl/csl-2026-09-24.cyber-subset.json"]) else { return };
    assert_eq!(counts(&import), "EL 9, SDN 5");
    assert_eq!(import.lists[0].source.extent, Extent::Excerpt);
    let nso = party(&import, "EL", "NSO Group");
    assert_eq!(nso.addresses[0].city, "Tel Aviv-Yafo");
}

#[test]
fn a_snapshot_of_the_whole_list_is_small_and_gives_every_party_back() {
    let Some(import) = OF_2026.as_ref() else { return };
    let bytes = write(&import.lists, &[]).expect("a snapshot");
    assert!(bytes.len() < 16 << 20, "{} bytes", bytes.len());
    let snapshot = Snapshot::open(bytes).expect("what was written");
    assert_eq!(snapshot.len(), 25_921);
    assert_eq!(snapshot.lists().expect("sound"), import.lists);
    let intellexa = snapshot.find("SDN", "48059").expect("sound").expect("INTELLEXA S.A.");
    let party = snapshot.party(intellexa).expect("sound");
    assert_eq!(
        (party.names[0].text.as_str(), party.programs[0].as_str()),
        ("INTELLEXA S.A.", "CYBER2")
    );
    assert!(snapshot.party(Ordinal(25_921)).is_err());
}
