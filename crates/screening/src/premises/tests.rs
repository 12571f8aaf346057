use super::*;
use crate::party::Address;

const LISTED: &str = "Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon";

fn entry(basis: Basis) -> ListedParty {
    let country = "HK".parse().ok();
    let address = Address { text: LISTED.to_owned(), country, ..Address::default() };
    ListedParty { basis, addresses: vec![address], ..ListedParty::default() }
}

fn at(address: &str, country: &str) -> usize {
    let countries: Vec<CountryCode> = country.parse().into_iter().collect();
    Premises::of([(7, &entry(Basis::Address))]).at(address, &countries).len()
}

#[test]
fn an_address_is_found_however_it_is_punctuated() {
    for address in [
        LISTED,
        "Rm. 1318-19, 13/F Hollywood Plaza, 610 Nathan Rd, Mong Kok, Kowloon, Hong Kong",
        "UNIT 1318, 13/F, HOLLYWOOD PLAZA, NO 610 NATHAN ROAD, MONG KOK",
    ] {
        assert_eq!(at(address, "HK"), 1, "{address}");
    }
}

#[test]
fn another_house_another_country_and_a_street_alone_are_not_it() {
    assert_eq!(at("Room 5, 12 Canton Road, Kowloon", "HK"), 0);
    assert_eq!(at("Nathan Road, Mong Kok, Kowloon, Hong Kong", "HK"), 0);
    assert_eq!(at(LISTED, "SG"), 0, "the country differs");
    assert_eq!(at(LISTED, ""), 1, "the country is not known");
    assert_eq!(at("", "HK"), 0);
}

#[test]
fn the_address_of_an_entry_that_names_a_party_is_no_entry() {
    let premises = Premises::of([(0, &entry(Basis::Name))]);
    assert!(premises.at(LISTED, &[]).is_empty());
    let score = Premises::of([(3, &entry(Basis::HighDiversionAddress))]).at(LISTED, &[]);
    assert_eq!(score, [(3, Score::new(1000))]);
}
