use crate::index;
use crate::lists::country_names;
use crate::party::{ListedParty, PartyKind};
use crate::screener::tests::party;
use crate::{Explanation, Index, Query, Screener, Settings, Workspace};

/// What is told of a public body with these names, listed with or without a country, where one of
/// this name is asked for.
fn told(listed: &[&str], country: Option<&str>, asked: &str) -> Option<String> {
    let names: Vec<String> = listed.iter().map(|it| (*it).to_owned()).collect();
    let mut listed = party(&names, PartyKind::Organization);
    let country = country.and_then(country_names::country);
    listed.countries.extend(country.map(|it| (crate::party::CountryLink::Location, it)));
    said(&listed, asked)
}

fn said(listed: &ListedParty, asked: &str) -> Option<String> {
    let bytes = index::build(std::slice::from_ref(listed));
    let settings = Settings::default();
    let screener = Screener::new(Index::read(&bytes).unwrap(), &settings);
    let query = Query::by_name(asked, PartyKind::Organization);
    let hits = screener.screen(&query, &mut Workspace::default());
    hits.first().map(|it| Explanation::of(it, listed).text())
}

#[test]
fn a_public_body_of_another_state_is_not_the_listed_one() {
    let ministry = ["Ministry of Petroleum"];
    for asked in [
        "Ministry of Petroleum of Germany",
        "Ministry of Petroleum (United Kingdom)",
        "Ministry of Petroleum, France",
    ] {
        assert_eq!(told(&ministry, Some("Iran"), asked), None, "{asked}");
        let named = ["Ministry of Petroleum", "Ministry of Petroleum [Iran]"];
        assert_eq!(told(&named, None, asked), None, "{asked}");
        // Nobody knows whose it is.
        assert!(told(&ministry, None, asked).is_some(), "{asked}");
    }
}

#[test]
fn the_state_of_the_listed_body_and_what_tells_more_speak_against_nothing() {
    for asked in [
        "Ministry of Petroleum",
        "Ministry of Petroleum of Iran",
        "Iranian Ministry of Petroleum",
        "Iran's Ministry of Petroleum",
        // The office of one state in another.
        "Ministry of Petroleum of Iran, Germany",
        "Ministry of Petroleum Tehran, Germany",
    ] {
        let said = told(&["Ministry of Petroleum"], Some("Iran"), asked);
        assert!(said.is_some_and(|it| !it.contains("another country")), "{asked}");
    }
    // A firm is no public body.
    let firm = told(&["Zephyrcom Quorvane"], Some("Iran"), "Zephyrcom Quorvane Germany");
    assert!(firm.is_some_and(|it| !it.contains("another country")));
}
