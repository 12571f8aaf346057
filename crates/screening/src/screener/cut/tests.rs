use super::super::tests::{kind, party, words};
use super::*;
use crate::party::{ListedParty, PartyKind};
use crate::{Explanation, Index, Query, Settings, Workspace, index};
use proptest::prelude::*;

/// The score of a listed name asked for by a field, 0 if it does not come up, and why it does.
fn asked(field: &str, listed: &str, kind: PartyKind) -> (u16, String) {
    let parties = [party(&[listed.to_owned()], kind)];
    let bytes = index::build(&parties);
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let hits = screener.screen(&Query::by_name(field, kind), &mut Workspace::default());
    let hit = hits.first();
    let said = hit.map(|it| Explanation::of(it, &parties[0]).text()).unwrap_or_default();
    (hit.map_or(0, |it| it.score.thousandths()), said)
}

#[test]
fn a_name_cut_off_where_a_form_ends_is_found() {
    let names = [
        ("NATIONAL UNIVERSITY OF DEFENSE TECHNO", "National University of Defense Technology"),
        ("NATIONAL UNIVERSITY OF DEFENSE", "National University of Defense Technology"),
        (
            "SHENZHEN VALWAY ELECTRONICS TECHNOLOG",
            "Shenzhen Valway Electronics Technology Co., Ltd.",
        ),
        ("Shenzhen Valway Electronics T", "Shenzhen Valway Electronics Technology Co., Ltd."),
        (
            "China Aerospace Science and In",
            "China Aerospace Science and Industry Corporation Limited",
        ),
        ("Dolgoprudny Research Productio", "Dolgoprudny Research Production Enterprise, OAO"),
        ("OBORONLOGISTICS LIMITED LIABILITY C", "Oboronlogistics Limited Liability Company"),
        (
            "TACTICAL MISSILE CORPORATION, JOINT",
            "Tactical Missile Corporation, Joint Stock Company Salute",
        ),
        ("LIMITED LIABILITY COMPANY STROYGAZM", "Limited Liability Company Stroygazmontazh"),
        ("ФЕДЕРАЛЬНОЕ АГЕНТСТВО ВОЗДУШНОГО ТРА", "Федеральное агентство воздушного транспорта"),
    ];
    for (field, listed) in names {
        for kind in [PartyKind::Organization, PartyKind::Unknown] {
            let (score, said) = asked(field, listed, kind);
            assert!(score >= 770, "{field} for {listed}: {score} {said}");
        }
    }
    let (score, _) = asked(
        "AL-TIKRITI, Barzan abd al-Ghaf",
        "AL-TIKRITI, Barzan abd al-Ghafur Majid",
        PartyKind::Person,
    );
    assert!(score >= 770, "{score}");
}

#[test]
fn what_is_cut_off_is_told_and_the_more_is_missing_the_less_it_counts() {
    let listed = "Shenzhen Valway Electronics Technology Import and Export Corporation";
    let (much, said) = asked("SHENZHEN VALWAY ELECTRONICS TECHNOLOG", listed, PartyKind::Unknown);
    assert!(
        said.contains("`technolog` may be `technology`, cut off where the field ends"),
        "{said}"
    );
    assert!(said.contains("only in the listed name: `importandexport`"), "{said}");
    let (little, _) = asked("SHENZHEN VALWAY EL", listed, PartyKind::Unknown);
    let (less, _) = asked("SHENZHEN VALWAY ELEC", listed, PartyKind::Unknown);
    assert_eq!(little, 0, "shorter than any form is");
    assert!(770 <= less && less < much, "{less} {much}");
}

#[test]
fn a_name_that_is_whole_or_goes_on_otherwise_is_not_taken_for_a_beginning() {
    let names = [
        // A legal form ends it.
        ("Valway Systems Co., Ltd.", "Valway Systems Co., Ltd. Norwood Kirkwall Ashdown Merriton"),
        // Another word in the middle, and at the end.
        ("Shenzhen Norwood Electronics Technolog", "Shenzhen Valway Electronics Technology Import"),
        ("National University of Music and Danc", "National University of Defense Technology"),
        // A legal form alone.
        ("LIMITED LIABILITY COMPANY ST", "Limited Liability Company Stroygazmontazh Engineering"),
        // One common word.
        (
            "JOINT STOCK COMPANY SCIENTIFIC",
            "Joint Stock Company Scientific Bureau Granit Kazan Volga",
        ),
    ];
    for (field, listed) in names {
        for kind in [PartyKind::Organization, PartyKind::Unknown] {
            let (score, said) = asked(field, listed, kind);
            assert_eq!(score, 0, "{field} for {listed}: {said}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_index_finds_the_same_beginnings_as_the_scan(
        listed in prop::collection::vec((words(), words(), kind()), 1..40),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 15usize..45, kind()), 1..12),
    ) {
        let parties: Vec<ListedParty> =
            listed.iter().map(|(a, b, kind)| party(&[format!("{a} {b}")], *kind)).collect();
        let bytes = index::build(&parties);
        let settings = Settings::default();
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let mut workspace = Workspace::default();
        for (at, length, kind) in cuts {
            let whole = &parties[at.index(parties.len())].names[0].text;
            let field: String = whole.chars().take(length).collect();
            let query = Query::by_name(&field, kind);
            let told = |hits: Vec<crate::Hit>| format!("{hits:?}");
            prop_assert_eq!(
                told(screener.screen(&query, &mut workspace)),
                told(screener.screen_exhaustively(&query)),
                "{} {:?}", field, kind
            );
        }
    }
}
