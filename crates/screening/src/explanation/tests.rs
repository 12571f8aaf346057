use super::*;
use crate::index;
use crate::party::{DateSpan, PartyKind};
use crate::screener::tests::{kind, mutated, party, words};
use crate::{Index, Query, Score, Screener, Settings, Workspace};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn year(year: i16) -> DateSpan {
    DateSpan { earliest: date(year, 1, 1), latest: date(year, 12, 31), circa: false }
}

/// What is told of the only party, where it is a hit.
fn told(listed: &ListedParty, query: &Query) -> Option<Explanation> {
    let bytes = index::build(std::slice::from_ref(listed));
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let hits = screener.screen(query, &mut Workspace::default());
    hits.first().map(|it| Explanation::of(it, listed))
}

fn listed(name: &str, kind: PartyKind, births: &[DateSpan]) -> ListedParty {
    ListedParty { births: births.to_vec(), ..party(&[name.to_owned()], kind) }
}

fn text(listed: &ListedParty, asked: &str, kind: PartyKind) -> String {
    told(listed, &Query::by_name(asked, kind)).unwrap().text()
}

#[test]
fn the_years_of_birth_that_clear_are_told_and_only_where_they_do() {
    let born = [DateSpan { earliest: date(1977, 5, 6), latest: date(1977, 5, 6), circa: false }];
    let man = listed("VELIGOROV, Ostap Yuryevich", PartyKind::Person, &born);
    let part = text(&man, "Ostap Veligorof", PartyKind::Person);
    assert!(part.contains("a birth year before 1976 or after 1978 would clear this"), "{part}");
    let whole = text(&man, "Ostap Yuryevich Veligorov", PartyKind::Person);
    assert!(!whole.contains("would clear"), "{whole}");
    let about = [DateSpan { circa: true, ..year(1977) }];
    let about = listed("VELIGOROV, Ostap Yuryevich", PartyKind::Person, &about);
    let about = text(&about, "Ostap Veligorof", PartyKind::Person);
    assert!(about.contains("a birth year before 1972 or after 1982 would clear this"), "{about}");
}

#[test]
fn a_firm_is_founded_and_no_other_year_clears_it() {
    let firm = listed("Zephyrcom Trading House LLC", PartyKind::Organization, &[year(2022)]);
    let asked = |born| Query {
        born,
        ..Query::by_name("Zephircom Trade House LLC", PartyKind::Organization)
    };
    let unknown = told(&firm, &asked(None)).unwrap().text();
    assert!(!unknown.contains("birth") && !unknown.contains("would clear"), "{unknown}");
    let other = told(&firm, &asked(Some(year(1990)))).unwrap().text();
    assert!(!other.contains("differs"), "{other}");
    let same = told(&firm, &asked(Some(year(2022)))).unwrap().text();
    assert!(same.contains("the date of founding agrees"), "{same}");
    let ship = listed("Zephyrcom Star", PartyKind::Vessel, &[year(2002)]);
    let ship = text(&ship, "Zephircom Star", PartyKind::Vessel);
    assert!(!ship.contains("birth"), "{ship}");
    assert!(ship.contains("a year of building before 2001 or after 2003 would clear"), "{ship}");
}

#[test]
fn legal_forms_agree_only_where_they_are_the_same() {
    let firm = |name: &str| listed(name, PartyKind::Organization, &[]);
    let said = |name: &str, asked: &str| text(&firm(name), asked, PartyKind::Organization);
    let same = said("Zephyrcom Ltd.", "Zephyrcom LTD");
    assert!(same.contains("`ltd` agrees"), "{same}");
    let other = said("Zephyrcom FZC", "Zephyrcom Ltd. Şti.");
    assert!(other.contains("`ltd sti` and `fzc` are legal forms of one kind"), "{other}");
    let public = said("PJSC Zephyrcom", "Publichnoye Aktsionernoye Obshchestvo Zephyrcom");
    assert!(!public.contains("pao` agrees"), "{public}");
}

#[test]
fn a_word_on_both_sides_is_missing_on_none() {
    // The first word is a legal form of Spanish sports clubs in the name of a firm.
    let man = listed("VELIGOROV, Sad Muhammad Ostap", PartyKind::Person, &[]);
    for asked in ["Ostap Muhammad Sad Veligorov", "Ostap Sad Veligorov Muhammad"] {
        let told = told(&man, &Query::by_name(asked, PartyKind::Unknown)).unwrap();
        let both = |it: &&(String, u16)| told.left_listed.iter().any(|other| other.0 == it.0);
        let both = told.left_query.iter().find(both);
        let said = told.text();
        assert!(both.is_none() || said.contains("in both, but not as the same"), "{said}");
        assert!(!said.contains("not in the listed name: `sad`"), "{said}");
    }
}

#[test]
fn a_name_of_persons_that_is_a_legal_form_too_is_a_name() {
    let man = listed("VELIGOROV, Sad Muhammad Ostap", PartyKind::Person, &[]);
    let said = text(&man, "Sa'd Muhammad Ostap Veligorov", PartyKind::Unknown);
    assert!(said.contains("`sad` agrees"), "{said}");
}

fn births() -> impl Strategy<Value = Vec<DateSpan>> {
    let span = (1880i16..2090, 0i16..3, any::<bool>(), any::<bool>());
    let span = span.prop_map(|(from, more, is_day, circa)| {
        let day = |year| Date::new(year, 7, 8).unwrap();
        if is_day {
            DateSpan { earliest: day(from), latest: day(from), circa }
        } else {
            let (first, last) = (year(from), year(from + more));
            DateSpan { earliest: first.earliest, latest: last.latest, circa }
        }
    });
    prop::collection::vec(span, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn a_year_clears_where_that_is_said_and_nowhere_else(
        listed in prop::collection::vec(
            (prop::collection::vec(words(), 1..3), kind(), births()), 1..20),
        asked in prop::collection::vec((mutated(), kind()), 1..6),
        threshold in prop::sample::select(vec![500u16, 650, 770, 850]),
    ) {
        let parties: Vec<ListedParty> = listed
            .iter()
            .map(|(names, kind, births)| ListedParty {
                births: births.clone(),
                ..party(names, *kind)
            })
            .collect();
        let bytes = index::build(&parties);
        let settings = Settings { threshold: Score::new(threshold), ..Settings::default() };
        let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
        let mut workspace = Workspace::default();
        for (name, kind) in asked {
            let query = Query::by_name(&name, kind);
            for hit in screener.screen(&query, &mut workspace) {
                let listed = &parties[hit.party as usize];
                let told = Explanation::of(&hit, listed);
                let years = evidence::years(&listed.births).filter(|_| !listed.births.is_empty());
                let Some((first, last)) = years else { continue };
                for born in [first - 1, last + 1, first - 9, last + 9] {
                    let query = Query { born: Some(year(born)), ..query.clone() };
                    let hits = screener.screen(&query, &mut workspace);
                    let is_hit = hits.iter().any(|it| it.party == hit.party);
                    prop_assert_eq!(is_hit, told.clearing_years.is_none(), "{} {}", name, told.text());
                }
                let said = told.text().contains("would clear");
                prop_assert_eq!(said, told.clearing_years.is_some());
            }
        }
    }
}
