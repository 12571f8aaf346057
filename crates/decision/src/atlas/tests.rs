use super::Relocation;
use crate::country::Country;
use crate::transaction::Transaction;
use crate::transaction::read::{Format, read};

fn transaction(text: &str) -> Transaction {
    let head = "date: 2026-09-24\nactivity: export\n";
    read(Format::Yaml, format!("{head}{text}").as_bytes()).unwrap()
}

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

#[test]
fn the_user_and_its_government_move_with_the_destination_and_others_stay() {
    let police = transaction(
        "destination: VN\nparties:\n  - {role: end-user, country: VN, government_of: VN}\n  \
         - {role: bank, country: SG}\n",
    );
    let relocation = Relocation::of(&police);
    assert_eq!(
        relocation.varied(),
        ["destination", "parties[0].country", "parties[0].government_of"]
    );
    let moved = relocation.to(&police, country("FR"));
    let parties = moved.parties.unwrap();
    assert_eq!(moved.destination, Some(country("FR")));
    assert_eq!(
        (parties[0].country, parties[0].government_of),
        (Some(country("FR")), Some(country("FR")))
    );
    assert_eq!(parties[1].country, Some(country("SG")));
}

#[test]
fn what_was_obtained_for_one_destination_helps_no_other() {
    let licensed = transaction(
        "destination: VN\nitems: [{eccn: 4D004, origin: {us_content_percent: 5}}]\n\
         documents_held: [ofac-authorization, court-order]\n\
         authorizations: [{type: bis-license, number: D1, expires: 2027-01-01}]\n",
    );
    let relocation = Relocation::of(&licensed);
    assert_eq!(relocation.dropped().len(), 3, "{:?}", relocation.dropped());
    let moved = relocation.to(&licensed, country("CU"));
    assert_eq!(moved.authorizations, Some(Vec::new()));
    assert_eq!(moved.documents_held.unwrap().len(), 1);
    assert_eq!(moved.items.unwrap()[0].origin.as_ref().unwrap().us_content_percent, None);
    assert_eq!(relocation.to(&licensed, country("VN")), licensed, "as it is in the file");
}

#[test]
fn a_chain_moves_its_last_leg_only() {
    let chain = transaction(
        "parties: [{role: end-user, country: KZ}]\nlegs:\n  - {destination: RU, parties: \
         [{role: ultimate-consignee, country: RU}]}\n  - {activity: reexport, from: RU, \
         destination: KZ}\n",
    );
    let relocation = Relocation::of(&chain);
    assert_eq!(relocation.home(), Some(country("KZ")));
    let moved = relocation.to(&chain, country("DE"));
    let legs = moved.legs();
    assert_eq!(legs[0].destination, Some(country("RU")));
    assert_eq!(legs[1].from, Some(country("RU")));
    assert_eq!(legs[1].destination, Some(country("DE")));
    assert_eq!(legs[1].parties.unwrap()[0].country, Some(country("DE")));
}
