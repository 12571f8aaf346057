use super::*;
use crate::party::Address;

/// A house of many rooms in Hong Kong, as the Entity List writes one.
const LISTED: &str = "Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon";

fn entry(basis: Basis, text: &str) -> ListedParty {
    let country = "HK".parse().ok();
    let address = Address { text: text.to_owned(), country, ..Address::default() };
    ListedParty { basis, addresses: vec![address], ..ListedParty::default() }
}

fn score(listed: &str, address: &str, country: &str) -> Option<u16> {
    let countries: Vec<CountryCode> = country.parse().into_iter().collect();
    let found = Premises::of([(7, &entry(Basis::Address, listed))]).at(address, &countries);
    found.first().map(|it| it.1.thousandths())
}

fn is_at(listed: &str, address: &str) -> bool {
    score(listed, address, "HK").is_some()
}

#[test]
fn an_address_is_found_however_it_is_written() {
    for (listed, asked) in [
        (
            LISTED,
            &[
                LISTED,
                "Rm. 1318-19, 13/F Hollywood Plaza, 610 Nathan Rd, Mong Kok, Kowloon, Hong Kong",
                "UNIT 1318, 13/F, HOLLYWOOD PLAZA, NO 610 NATHAN ROAD, MONG KOK",
                "Rm 1318-1319, 13/F., Hollywood Plaza, 610 Nathan Rd, Mongkok, Kln",
                "Rooms 1318 & 1319, 13th floor Hollywood Plaza, 610 Nathan Road",
                "Room 1319, Hollywood Plaza, 610 Nathan Road, Kowloon",
                "Hollywood Plaza, Unit 1319, Kowloon",
                "1319 Hollywood Plaza, 610 Nathan Road",
                "彌敦道610號荷李活商業中心1318-19室",
                "旺角弥敦道610号荷李活商业中心13楼1319室",
            ][..],
        ),
        (
            "Unit D, 16/F One Capital Place, 18 Luard Rd, Wan Chai",
            &[
                "16D One Capital Place, 18 Luard Rd",
                "18 Luard Road, One Capital Place, Flat D on 16/F",
                "Rm D, 16th Fl., One Capital Pl., No. 18 Luard Rd., Wan Chai",
                "灣仔盧押道18號海德中心16樓D室",
            ],
        ),
        (
            "Unit 04, 7/F Bright Way Tower, No. 33 Mong Kok Road, Kowloon",
            &[
                "Unit 4, 7th Floor, Brightway Tower, 33 Mongkok Rd, Kowloon",
                "Unit 4, seventh floor, Bright-Way Tower",
                "Unit 704, Bright Way Tower, 33 Mong Kok Road",
                "#07-04 Bright Way Tower, 33 Mong Kok Road",
            ],
        ),
        (
            "Room 19C Lockhart Centre 301-307, Lockhart Rd. Wan Chai",
            &[
                "19/F, Flat C, Lockhart Centre, 301 Lockhart Road",
                "Rm 19C, Lockhart Ctr, 305 Lockhart",
            ],
        ),
        (
            "Room 803, Chevalier House 45-51, Chatham Road South, Tsim Sha Tsui",
            &[
                "Rm. 803, Chevalier Hse, 45-51 Chatham Rd S, TST, Kowloon",
                "803 Chevalier House, 45 Chatham Road South, Tsimshatsui",
            ],
        ),
        (
            "Office 4, 16/F Ho King Commercial Centre, 2-16 Fayuen Street",
            &[
                "Room 1604, Ho King Commercial Centre, 2-16 Fa Yuen Street",
                "RM 1604,HO KING COMM CTR,2-16 FA YU",
                "1604 Hoking Commercial Center, Fa Yuen St",
            ],
        ),
        (
            "Room 1003, 10/F, Lippo Centre Tower 1, 89 Queensway, Admiralty",
            &[
                "Room 1003, Tower One, Lippo Centre, 89 Queensway",
                "Suite 1003 Lippo Ctr, Tower I, 89 Queensway Rd",
                "Rm 3, 10/F, Lippo Centre",
            ],
        ),
        (
            "7/F MW Tower, 111 Bonham Strand, Sheung Wan",
            &[
                "7th Floor, M.W. Tower, 111 Bonham Strand",
                "MW Tower 7/F, Bonham Strand 111",
                "Room 701, 111 Bonham Strand",
            ],
        ),
        (
            "Room B, 5/F Gaylord Commercial Building, 114-118 Lockhart Road, Wan Chai",
            &[
                "Rm 5B, Gaylord Comm Building, 114 Lockhart Road, Wanchai",
                "5B Gaylord Commercial Bldg",
            ],
        ),
        (
            "14C, Hung Shui Kiu Main Street, Yuen Long, N.T.",
            &["No. 14-C Hung Shui Kiu Main St. YL NT"],
        ),
    ] {
        let lost: Vec<_> = asked.iter().filter(|it| !is_at(listed, it)).collect();
        assert!(lost.is_empty(), "{listed}: {lost:?}");
    }
}

#[test]
fn another_room_floor_tower_house_or_street_is_another_address() {
    for (listed, asked) in [
        (LISTED, "Room 5, 12 Canton Road, Kowloon"),
        (LISTED, "Nathan Road, Mong Kok, Kowloon, Hong Kong"),
        (LISTED, "Room 905, Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon"),
        (LISTED, "905 Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon"),
        (LISTED, "9/F Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon"),
        (LISTED, "Unit 1317, Hollywood Plaza, 610 Nathan Road"),
        (LISTED, "Room 1319, Hollywood Centre, 233 Hollywood Road"),
        (LISTED, "Room 1319, 612 Nathan Road"),
        (LISTED, ""),
        (
            "Room 1003, 10/F, Lippo Centre Tower 1, 89 Queensway, Admiralty",
            "Room 1003, 10/F, Lippo Centre Tower 2, 89 Queensway, Admiralty",
        ),
        (
            "Unit D, 16/F One Capital Place, 18 Luard Rd, Wan Chai",
            "Unit D, 9/F One Capital Place, 18 Luard Rd, Wan Chai",
        ),
        (
            "Flat 1512, 15/F, Lucky Centre, No. 165-171 Wan Chai Road, Wan Chai",
            "Flat 1512, Lucky Centre, 315 Lockhart Road, Wan Chai",
        ),
        ("14C, Hung Shui Kiu Main Street, Yuen Long", "14B, Hung Shui Kiu Main Street, Yuen Long"),
        ("7/F MW Tower, 111 Bonham Strand", "Room 801, MW Tower, 111 Bonham Strand"),
    ] {
        assert!(!is_at(listed, asked), "{listed}: {asked}");
    }
}

#[test]
fn a_room_that_is_left_out_may_be_the_listed_one() {
    let asked = "Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon";
    assert_eq!(score(LISTED, asked, "HK"), Some(800));
    assert_eq!(score("610 Nathan Road, Kowloon", &format!("Room 5, {asked}"), "HK"), Some(1000));
}

#[test]
fn the_country_in_the_address_decides_and_not_that_of_the_party() {
    for country in ["HK", "CN", "US", "SG", ""] {
        assert_eq!(score(LISTED, LISTED, country), Some(1000), "{country}");
    }
    assert!(score(LISTED, &format!("{LISTED}, Hong Kong, China"), "DE").is_some());
    assert!(score(LISTED, &format!("{LISTED}, Hong Kong SAR"), "DE").is_some());
    assert_eq!(score(LISTED, &format!("{LISTED}, Singapore"), "HK"), None);
    // A house of the same name in another country, of which the address says nothing else.
    assert_eq!(score(LISTED, "Room 1319, Hollywood Plaza", "US"), None);
    assert_eq!(score(LISTED, "Room 1319, Hollywood Plaza", "HK"), Some(900));
    assert_eq!(score(LISTED, "Room 1319, Hollywood Plaza, Kowloon", "US"), Some(900));
}

#[test]
fn an_address_without_these_parts_is_found_by_its_words() {
    let listed = "Промзона Северная, корпус 7, Кедрово";
    assert!(is_at(listed, "Кедрово, Северная промзона, корп. 7"));
    assert!(!is_at(listed, "Кедрово, Южная промзона, корп. 9"));
}

#[test]
fn the_address_of_an_entry_that_names_a_party_is_no_entry() {
    let premises = Premises::of([(0, &entry(Basis::Name, LISTED))]);
    assert!(premises.at(LISTED, &[]).is_empty());
    let score = Premises::of([(3, &entry(Basis::HighDiversionAddress, LISTED))]).at(LISTED, &[]);
    assert_eq!(score, [(3, Score::new(1000))]);
}
