use super::chosen::Chosen;
use jiff::civil::date;

#[test]
fn what_is_chosen_stands_in_the_address_and_can_hold_anything() {
    let chosen = Chosen { eccn: "4D004".into(), user: "\"><b>&x".into(), ..Chosen::default() };
    assert_eq!(
        chosen.address("/atlas", date(2024, 3, 15)),
        "/atlas?eccn=4D004&user=%22%3E%3Cb%3E%26x&on=2024-03-15"
    );
}

#[test]
fn what_is_no_day_and_no_classification_is_said_in_a_sentence() {
    let chosen = |on: &str| Chosen { on: on.into(), ..Chosen::default() };
    assert!(chosen("someday").day().unwrap_err().contains("2024-03-15"));
    assert_eq!(chosen("2024-03-15").day(), Ok(date(2024, 3, 15)));
}
