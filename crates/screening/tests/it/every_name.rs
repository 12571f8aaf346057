//! A listed name is a hit for whoever is told to bear it, letter for letter as it is listed.
//!
//! Each name and alias of every list is asked for as the name of a person, an organization, a
//! vessel, an aircraft and of who knows what. `./test` takes a sample; with `EXEAT_EVERY_NAME=1`
//! they are all asked for.

use crate::shared::import;
use screening::lists::{Extent, Import};
use screening::party::{Basis, ListedParty, PartyKind};
use screening::{Index, Query, Screener, Settings, Workspace, index};

/// How many names of a list are asked for where not all are.
const SAMPLE: usize = 60;

const KINDS: [PartyKind; 5] = [
    PartyKind::Unknown,
    PartyKind::Person,
    PartyKind::Organization,
    PartyKind::Vessel,
    PartyKind::Aircraft,
];

/// Names whose words are taken for something else where what bears them is not known: they were
/// passed over once, each in its way.
const HARD: [&str; 30] = [
    "ZHANG, Yu",
    "YU, Jin",
    "PAO, Yu Hsiang",
    "CHU, Na",
    "TEN, Sergey Yuryevich",
    "CORDOBA QUINTO, Jose Emilson",
    "VILLOTA SEGURA, Segundo Alberto",
    "ALMACEN JUNIOR",
    "DREAM II",
    "HAI II",
    "ELIZA II",
    "LYDIA II",
    "SHANNON II",
    "DIMITRA II",
    "AL DIAB II",
    "ANSHUN II",
    "YU SON",
    "GP-21",
    "RF-82041",
    "EK-30064",
    "S5-SAD",
    "EP-LDA",
    "DOCTOR M.R.O.",
    "AL-FAQIH, Sa'd",
    "EL TRECE",
    "EL OCHO",
    "Tango Four",
    "LLC AEON DEVELOPMENT",
    "AL ZAWAHIRI, Dr. Ayman",
    "MAR AZUL",
];

#[test]
fn a_name_written_as_it_is_listed_is_a_hit_whatever_is_told_to_bear_it() {
    let all = std::env::var_os("EXEAT_EVERY_NAME").is_some();
    let mut asked = 0;
    for files in [
        &["us-csl/csl-2026-07-31.reconstructed.csv.zst"][..],
        &["us-bis/bis_entity_list.2026-07-09.json"],
        &["us-bis/bis_dpl.2026-07-09.json"],
        &["us-bis/bis_meu.2026-07-09.json"],
        &["us-state/state_debarred_statutory.2026-07-09.json"],
        &["us-state/state_nonproliferation.2026-07-09.json"],
        &["us-other/ofac_nscmic.2026-07-09.json"],
        &["us-other/dow_1260h.2026-07-09.json"],
        &["uk/ConList-2020-04-27.csv"],
        &["un/UN_consolidated-2026-02-27.xml"],
        &["ca/sema-2025-05.xml"],
        &["eu/eu-fsf-sample.xml"],
        &["cn/mofcom-lists-2026-07-19.json"],
        &["jp/meti-foreign-end-user-list-2025-09-29.json"],
    ] {
        let Some(import) = import(files) else { return };
        asked += every_name(&import, files[0], all);
    }
    assert!(asked > 3000, "{asked} were asked for");
}

/// Asks for the names of these lists; how many searches that were.
fn every_name(import: &Import, file: &str, all: bool) -> usize {
    let parties = || import.lists.iter().flat_map(|it| &it.parties);
    assert!(
        import.lists.iter().all(|it| it.source.extent == Extent::Whole || !it.parties.is_empty())
    );
    let names = || {
        let named = (0u32..).zip(parties()).filter(|it| it.1.basis == Basis::Name);
        named.flat_map(|(at, party)| party.names.iter().map(move |it| (at, it.text.as_str())))
    };
    let step = if all { 1 } else { (names().count() / SAMPLE).max(1) };
    let chosen: Vec<(u32, &str)> = (0..)
        .zip(names())
        .filter(|(place, (_, it))| place % step == 0 || HARD.contains(it))
        .map(|it| it.1)
        .collect();
    // Of a sample, only the parties asked for are put into the index: a debug build is slow.
    let places: Vec<u32> = chosen.iter().map(|it| it.0).collect();
    let kept: Vec<(u32, ListedParty)> = (0u32..)
        .zip(parties())
        .filter(|it| all || places.binary_search(&it.0).is_ok())
        .map(|(at, it)| (at, it.clone()))
        .collect();
    let listed: Vec<ListedParty> = kept.iter().map(|it| it.1.clone()).collect();
    let bytes = index::build(&listed);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).expect("an index"), &settings);
    let mut workspace = Workspace::default();
    let mut missed = Vec::new();
    for (at, name) in &chosen {
        for kind in KINDS {
            let hits = screener.screen(&Query::by_name(name, kind), &mut workspace);
            let place =
                |it: u32| kept.get(usize::try_from(it).unwrap_or(usize::MAX)).map(|it| it.0);
            if !hits.iter().any(|it| place(it.party) == Some(*at)) {
                missed.push(format!("{kind:?} `{name}`"));
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{file}: {} of {} missed, {:#?}",
        missed.len(),
        chosen.len(),
        missed
    );
    chosen.len() * KINDS.len()
}
