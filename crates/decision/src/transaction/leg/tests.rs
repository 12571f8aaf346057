use crate::country::Country;
use crate::transaction::read::{Format, read};

#[test]
fn a_leg_takes_what_it_leaves_out_from_the_transaction() {
    let text = br#"{"date": "2026-09-24", "activity": "export", "from": "US",
        "parties": [{"role": "end-user"}],
        "legs": [{"label": "ours", "destination": "RU"},
                 {"activity": "reexport", "from": "RU", "parties": []}]}"#;
    let transaction = read(Format::Json, text).expect("readable");
    let legs = transaction.legs();
    let [first, second] = legs.as_slice() else { panic!("two legs") };
    assert_eq!((first.label, first.activity.as_str()), (Some("ours"), "export"));
    assert_eq!(first.destination.map(Country::code), Some("RU"));
    assert_eq!(first.parties.map(<[_]>::len), Some(1));
    assert_eq!(second.parties.map(<[_]>::len), Some(0));
    assert_eq!(second.destination, None);
    for (leg, key, path) in [
        (first, "from", "from"),
        (first, "destination", "legs[0].destination"),
        (first, "parties", "parties"),
        (second, "parties", "legs[1].parties"),
        (second, "destination", "legs[1].destination"),
        (second, "transfer", "legs[1].transfer"),
        (second, "items", "items"),
    ] {
        assert_eq!(leg.path(key), path);
    }
}

#[test]
fn a_transaction_without_legs_is_its_own_only_leg() {
    let text = br#"{"date": "2026-09-24", "activity": "export"}"#;
    let transaction = read(Format::Json, text).expect("readable");
    assert_eq!(transaction.legs().len(), 1);
    assert_eq!(transaction.legs()[0].path("destination"), "destination");
}
